//! The facts of one profile and their sources.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Deref,
    sync::Arc,
};

use jiff::Timestamp;

use super::{Load, Loaded, Page};
use crate::{
    jobs::Job,
    model::{Image, ImageId, Instance, InstanceId, Region, Session, Share, Uin},
    rules::{self, Action, Facts, Standing, Step, Verdict},
};

/// The verdicts computed since the last change of a fact.
#[derive(Debug, Clone, Default)]
struct Verdicts {
    revision: u64,
    all: HashMap<Action, Arc<Verdict>>,
}

/// The facts of one profile. Read them through [`Deref`]; change them only with the methods of this type.
#[derive(Debug, Clone, Default)]
pub struct FactStore {
    facts: Facts,
    profile: String,
    /// The contribution of each job of the profile: images in use, copies and shares.
    jobs: BTreeMap<String, Contribution>,
    /// The regions of the images of the profile's jobs, including regions that are not in view.
    homes: HashMap<ImageId, Region>,
    /// Grows with every change of a fact.
    revision: u64,
    verdicts: RefCell<Verdicts>,
}

/// The part of a job that the rules use, without calls and percentages.
#[derive(Debug, Clone)]
struct Contribution {
    job: Job,
    facts: Facts,
}

impl Deref for FactStore {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl FactStore {
    /// Creates the facts of a profile before anything has been read: its settings and the address book with
    /// the members of its groups.
    pub fn new(
        profile: &str,
        standing: Standing,
        accounts: BTreeMap<Uin, String>,
        grouped: BTreeSet<Uin>,
    ) -> Self {
        let mut store = Self { profile: profile.to_owned(), ..Self::default() };
        store.facts.standing = standing;
        store.facts.accounts = accounts;
        store.facts.grouped = grouped;
        store
    }

    /// Returns a counter that grows with every change of a fact that a verdict can depend on.
    pub fn verdict_revision(&self) -> u64 {
        self.revision
    }

    /// Returns the verdict on an action. It is cached until a fact changes.
    pub fn verdict(&self, action: &Action) -> Arc<Verdict> {
        let mut kept = self.verdicts.borrow_mut();
        if kept.revision != self.revision {
            *kept = Verdicts { revision: self.revision, all: HashMap::new() };
        }
        if let Some(verdict) = kept.all.get(action) {
            return verdict.clone();
        }
        let verdict = Arc::new(rules::check(action, &self.facts));
        kept.all.insert(action.clone(), verdict.clone());
        verdict
    }

    /// Returns the actions that lead to the wanted one, each with its verdict; see [`rules::guided`].
    pub fn guided(&self, action: &Action) -> Option<Vec<Step>> {
        let verdict = (*self.verdict(action)).clone();
        rules::guided_from(action, verdict, |first| (*self.verdict(first)).clone())
    }

    /// Returns the region of an image: where it was seen, or where a job of the profile has it.
    pub fn region_of(&self, id: &ImageId) -> Option<&Region> {
        self.facts.image(id).map(|i| &i.region).or_else(|| self.homes.get(id))
    }

    /// Adds the result of a read that was made at `now`.
    pub fn add_loaded(&mut self, load: &Load, loaded: Loaded, now: Timestamp) {
        self.revision += 1;
        let facts = &mut self.facts;
        match (load, loaded) {
            (_, Loaded::Identity(uin)) => facts.standing.me = Some(uin),
            (_, Loaded::Regions(regions)) => facts.known_regions = regions.into_iter().collect(),
            (Load::Images(region), Loaded::Images(images)) => facts.set_images(region, images, now),
            (Load::Images(region), Loaded::Listed(ids)) => facts.keep_images(region, &ids, now),
            (Load::Image(region, id), Loaded::Image(image)) => match *image {
                Some(image) => facts.add_images([image]),
                // A read of one region says nothing about an image that was seen in another.
                None if facts.image(id).is_some_and(|seen| seen.region != *region) => {}
                None => facts.remove_image(id),
            },
            (_, Loaded::Instance(instance)) => facts.add_instances(*instance),
            (Load::Instances(region), Loaded::Instances(all)) => facts.set_instances(region, all, now),
            (Load::Shares(_, image), Loaded::Shares(shares)) => facts.set_shares(image.clone(), shares),
            (Load::Quota(region), Loaded::Quota(quota)) => {
                facts.regions.entry(region.clone()).or_default().quota = Some(quota);
            }
            (Load::Offers(region), Loaded::Offers(offers)) => facts.set_offers(region.clone(), offers),
            (Load::Probe(_, image), Loaded::Probe(probe)) => {
                facts.probes.insert(image.clone(), probe);
            }
            _ => {}
        }
    }

    /// Adds a page of images of an unfinished list.
    pub fn add_images(&mut self, images: impl IntoIterator<Item = Image>) {
        self.revision += 1;
        self.facts.add_images(images);
    }

    /// Adds rows of an unfinished list.
    pub fn add_page(&mut self, page: Page) {
        match page {
            Page::Images(images) => self.add_images(images),
            Page::Instances(instances) => self.add_instances(instances),
        }
    }

    /// Replaces an image's shares with those read after a call.
    pub fn set_shares(&mut self, image: ImageId, shares: Vec<Share>) {
        self.revision += 1;
        self.facts.set_shares(image, shares);
    }

    /// Adds or replaces instances that were read after a call.
    pub fn add_instances(&mut self, instances: impl IntoIterator<Item = Instance>) {
        self.revision += 1;
        self.facts.add_instances(instances);
    }

    /// Removes an image that a successful call deleted.
    pub fn remove_image(&mut self, id: &ImageId) {
        self.revision += 1;
        self.facts.remove_image(id);
    }

    /// Records that an image was created from an instance, because the API does not record it.
    pub fn record_capture(&mut self, instance: InstanceId, image: ImageId) {
        self.revision += 1;
        self.facts.captures.entry(instance).or_default().insert(image);
    }

    /// Adds or replaces the contribution of a job. Ignores jobs of other profiles.
    pub fn add_job(&mut self, job: &Job) {
        if job.profile != self.profile {
            return;
        }
        let mut facts = Facts::default();
        job.update_facts(&mut facts);
        let changed = self.jobs.get(&job.id).is_none_or(|old| !same_contribution(&old.facts, &facts));
        let job = Job { calls: Vec::new(), ..job.clone() };
        for cell in &job.cells {
            self.homes.extend(cell.image.clone().map(|id| (id, cell.region.clone())));
        }
        self.homes.insert(job.image.clone(), job.source.clone());
        self.jobs.insert(job.id.clone(), Contribution { job, facts });
        if changed {
            self.revision += 1;
            self.merge_jobs();
        }
    }

    /// Marks the images of a job as not in use, so that this process may continue the job.
    pub fn release_job(&mut self, id: &str) {
        self.revision += 1;
        self.facts.busy.retain(|_, job| job != id);
    }

    fn merge_jobs(&mut self) {
        self.facts.busy.clear();
        self.facts.copies.clear();
        self.facts.recorded_shares.clear();
        self.facts.sub_accounts.clear();
        for one in self.jobs.values() {
            one.job.update_facts(&mut self.facts);
        }
    }

    /// Returns the settings of the profile that a person can change: read-only, trust, the rule set.
    pub fn standing_mut(&mut self) -> &mut Standing {
        self.revision += 1;
        &mut self.facts.standing
    }

    /// Replaces the address book and the members of its groups.
    pub fn set_address_book(&mut self, accounts: BTreeMap<Uin, String>, grouped: BTreeSet<Uin>) {
        self.revision += 1;
        (self.facts.accounts, self.facts.grouped) = (accounts, grouped);
    }

    /// Returns the address book for changes by the person.
    pub fn accounts_mut(&mut self) -> &mut BTreeMap<Uin, String> {
        self.revision += 1;
        &mut self.facts.accounts
    }

    /// Records that the cloud answered: it can be reached, and the credentials work.
    pub fn set_online(&mut self) {
        if self.facts.standing.offline || self.facts.standing.session != Session::Valid {
            let standing = self.standing_mut();
            (standing.offline, standing.session) = (false, Session::Valid);
        }
    }

    /// Records that the credentials were refused or do not exist.
    pub fn set_session_expired(&mut self) {
        let had = self.facts.standing.me.is_some();
        self.standing_mut().session = if had { Session::Expired } else { Session::None };
    }

    /// Records that the cloud could not be reached.
    pub fn set_offline(&mut self) {
        self.standing_mut().offline = true;
    }

    /// Switches to another profile. Keeps the address book and the records of images created from instances.
    pub fn switch_profile(&mut self, profile: &str, standing: Standing) {
        let accounts = std::mem::take(&mut self.facts.accounts);
        let grouped = std::mem::take(&mut self.facts.grouped);
        let made = std::mem::take(&mut self.facts.captures);
        let revision = self.revision + 1;
        *self = Self::new(profile, standing, accounts, grouped);
        self.facts.captures = made;
        self.revision = revision;
    }

    /// Returns the facts for direct changes, for tests only.
    #[doc(hidden)]
    pub fn facts_mut(&mut self) -> &mut Facts {
        self.revision += 1;
        &mut self.facts
    }
}

/// Returns whether the contributions of two jobs are equal.
fn same_contribution(a: &Facts, b: &Facts) -> bool {
    a.busy == b.busy
        && a.copies == b.copies
        && a.recorded_shares == b.recorded_shares
        && a.sub_accounts == b.sub_accounts
}
