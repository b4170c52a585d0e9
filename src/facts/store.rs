//! The facts of one profile with what they were put together from.

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

/// The verdicts that were asked for since a fact last changed.
#[derive(Debug, Clone, Default)]
struct Verdicts {
    revision: u64,
    all: HashMap<Action, Arc<Verdict>>,
}

/// The facts of one profile. They are read through [`Deref`] and change only by what is handed in here.
#[derive(Debug, Clone, Default)]
pub struct FactStore {
    facts: Facts,
    profile: String,
    /// What each job of the profile contributes: images in use, copies, shares made.
    jobs: BTreeMap<String, Contribution>,
    /// Where the images of the profile's jobs are, whatever regions are in view.
    homes: HashMap<ImageId, Region>,
    /// Grows with every change of a fact.
    revision: u64,
    verdicts: RefCell<Verdicts>,
}

/// A job without its calls and percentages, as far as the rules can tell the difference.
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
    /// What is known of a profile before anything was read: what the profile decides, and the address book with the
    /// members of its groups.
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

    /// Grows with every change of a fact that a verdict can depend on.
    pub fn revision_of_verdicts(&self) -> u64 {
        self.revision
    }

    /// The verdict on an action. It is worked out once and kept until a fact changes.
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

    /// The actions that lead to what is wanted, each with its verdict; see [`rules::guided`].
    pub fn guided(&self, action: &Action) -> Option<Vec<Step>> {
        let verdict = (*self.verdict(action)).clone();
        rules::guided_from(action, verdict, |first| (*self.verdict(first)).clone())
    }

    /// The region of an image: where it was seen, or where a job of the profile has it.
    pub fn home(&self, id: &ImageId) -> Option<&Region> {
        self.facts.image(id).map(|i| &i.region).or_else(|| self.homes.get(id))
    }

    /// Takes what a read brought at `now`.
    pub fn take(&mut self, load: &Load, loaded: Loaded, now: Timestamp) {
        self.revision += 1;
        let facts = &mut self.facts;
        match (load, loaded) {
            (_, Loaded::Identity(uin)) => facts.standing.me = Some(uin),
            (_, Loaded::Regions(regions)) => facts.known_regions = regions.into_iter().collect(),
            (Load::Images(region), Loaded::Images(images)) => facts.set_images(region, images, now),
            (Load::Images(region), Loaded::Listed(ids)) => facts.keep_images(region, &ids, now),
            (Load::Image(region, id), Loaded::Image(image)) => match *image {
                Some(image) => facts.add_images([image]),
                // That it is not in a region where nobody saw it says nothing.
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

    /// Takes a page of images ahead of the whole list.
    pub fn take_page(&mut self, images: impl IntoIterator<Item = Image>) {
        self.revision += 1;
        self.facts.add_images(images);
    }

    /// Takes rows of a list ahead of its end.
    pub fn take_rows(&mut self, page: Page) {
        match page {
            Page::Images(images) => self.take_page(images),
            Page::Instances(instances) => self.take_instances(instances),
        }
    }

    /// Takes an image's shares as they were read after a call.
    pub fn take_shares(&mut self, image: ImageId, shares: Vec<Share>) {
        self.revision += 1;
        self.facts.set_shares(image, shares);
    }

    /// Takes instances as they were read after a call.
    pub fn take_instances(&mut self, instances: impl IntoIterator<Item = Instance>) {
        self.revision += 1;
        self.facts.add_instances(instances);
    }

    /// An image was deleted by a call that succeeded.
    pub fn image_deleted(&mut self, id: &ImageId) {
        self.revision += 1;
        self.facts.remove_image(id);
    }

    /// An image was made from an instance. The cloud keeps no record of that.
    pub fn image_made(&mut self, instance: InstanceId, image: ImageId) {
        self.revision += 1;
        self.facts.captures.entry(instance).or_default().insert(image);
    }

    /// Takes a job as it stands now. Jobs of other profiles say nothing here.
    pub fn take_job(&mut self, job: &Job) {
        if job.profile != self.profile {
            return;
        }
        let mut facts = Facts::default();
        job.teach(&mut facts);
        let changed = self.jobs.get(&job.id).is_none_or(|old| !same(&old.facts, &facts));
        let job = Job { calls: Vec::new(), ..job.clone() };
        for cell in &job.cells {
            self.homes.extend(cell.image.clone().map(|id| (id, cell.region.clone())));
        }
        self.homes.insert(job.image.clone(), job.source.clone());
        self.jobs.insert(job.id.clone(), Contribution { job, facts });
        if changed {
            self.revision += 1;
            self.put_jobs_together();
        }
    }

    /// The images of this job are not in use for whoever goes on with it.
    pub fn job_may_go_on(&mut self, id: &str) {
        self.revision += 1;
        self.facts.busy.retain(|_, job| job != id);
    }

    fn put_jobs_together(&mut self) {
        self.facts.busy.clear();
        self.facts.copies.clear();
        self.facts.recorded_shares.clear();
        self.facts.sub_accounts.clear();
        for one in self.jobs.values() {
            one.job.teach(&mut self.facts);
        }
    }

    /// What the profile decides, to be changed by the person: read-only, trust, the rule set.
    pub fn standing_mut(&mut self) -> &mut Standing {
        self.revision += 1;
        &mut self.facts.standing
    }

    /// Takes the address book and the members of its groups.
    pub fn take_book(&mut self, accounts: BTreeMap<Uin, String>, grouped: BTreeSet<Uin>) {
        self.revision += 1;
        (self.facts.accounts, self.facts.grouped) = (accounts, grouped);
    }

    /// The address book, to be changed by the person.
    pub fn accounts_mut(&mut self) -> &mut BTreeMap<Uin, String> {
        self.revision += 1;
        &mut self.facts.accounts
    }

    /// The cloud answered: it can be reached, and the credentials work.
    pub fn answered(&mut self) {
        if self.facts.standing.offline || self.facts.standing.session != Session::Valid {
            let standing = self.standing_mut();
            (standing.offline, standing.session) = (false, Session::Valid);
        }
    }

    /// The credentials were refused, or there are none.
    pub fn session_ended(&mut self) {
        let had = self.facts.standing.me.is_some();
        self.standing_mut().session = if had { Session::Expired } else { Session::None };
    }

    /// The cloud could not be reached.
    pub fn went_offline(&mut self) {
        self.standing_mut().offline = true;
    }

    /// Takes what stays when the person turns to another profile: the address book, and which images were made from
    /// which instances.
    pub fn turn_to(&mut self, profile: &str, standing: Standing) {
        let accounts = std::mem::take(&mut self.facts.accounts);
        let grouped = std::mem::take(&mut self.facts.grouped);
        let made = std::mem::take(&mut self.facts.captures);
        let revision = self.revision + 1;
        *self = Self::new(profile, standing, accounts, grouped);
        self.facts.captures = made;
        self.revision = revision;
    }

    /// The bare facts, for tests that put a world together by hand.
    #[doc(hidden)]
    pub fn by_hand(&mut self) -> &mut Facts {
        self.revision += 1;
        &mut self.facts
    }
}

/// Whether two jobs' contributions are the same.
fn same(a: &Facts, b: &Facts) -> bool {
    a.busy == b.busy
        && a.copies == b.copies
        && a.recorded_shares == b.recorded_shares
        && a.sub_accounts == b.sub_accounts
}
