//! Opens what a session works with: clients, the journal, the initial facts, the regions in view.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    boundary::output,
    cloud::{self, CallLog, Client, ClientOptions, Found, NoCredentials},
    facts::FactStore,
    jobs::{
        Journal, Pace,
        journal::{self, Unreadable},
    },
    messages::{m, text, tr},
    model::{Catalog, Region, Source, Uin, plain},
    session::{
        demo::DEMO_SPEED,
        error::CommandError,
        profile::{Profile, Regions},
        setup::Setup,
    },
};

impl Setup {
    /// Returns the setup ready for calls. Starts the built-in cloud in this process, or reads the machine's role from
    /// the metadata service, if the profile needs it.
    ///
    /// # Errors
    ///
    /// [`CommandError`] if the built-in cloud cannot start.
    pub async fn with_cloud(mut self) -> Result<Self, CommandError> {
        if !self.profile().is_demo() {
            return Ok(self.with_machine_role().await);
        }
        if self.needs_demo() {
            let start = self
                .demo_cloud
                .as_ref()
                .map(|cloud| cloud.start)
                .ok_or_else(|| CommandError::Failed(text!(handles_there_is_no_built_in)))?;
            let speed = self.flags.speed.unwrap_or(DEMO_SPEED);
            self.cloud = Some(start(speed, self.profile().rules).await?);
        }
        Ok(self)
    }

    /// Returns how often a job of a profile polls its copies. Polling is faster for the built-in cloud, and as fast
    /// as useful with `--speed`.
    pub fn pace(&self, profile: &str) -> Pace {
        let usual = Pace::default();
        let (speed, least) = match self.flags.speed {
            Some(speed) => (speed.max(1.0), SignedDuration::from_millis(20)),
            None if self.profiles.iter().any(|p| p.name == profile && p.is_demo()) => {
                (DEMO_SPEED, SignedDuration::from_millis(500))
            }
            None => return usual,
        };
        let faster = |pause: SignedDuration| {
            let shorter = SignedDuration::from_secs_f64(pause.as_secs_f64() / speed);
            shorter.max(least).min(pause)
        };
        Pace { first: faster(usual.first), max: faster(usual.max), ..usual }
    }

    /// Returns a profile's keys, or the source to get them from. Sends no request.
    ///
    /// # Errors
    ///
    /// [`NoCredentials`]
    pub fn credentials(&self, profile: &Profile) -> Result<Found, NoCredentials> {
        if let Source::Demo(uin) = &profile.credentials
            && let Some(keys) = self.demo_cloud.as_ref().and_then(|cloud| cloud.keys.get(uin))
        {
            return Ok(Found::Keys(keys.clone()));
        }
        match (cloud::find(&profile.credentials, &self.places), &self.machine) {
            (Ok(Found::Machine) | Err(NoCredentials::NotFound { .. }), Some(Err(why))) => Err(why.clone()),
            (Err(NoCredentials::NotFound { .. }), Some(Ok(_))) if profile.credentials == Source::Auto => {
                Ok(Found::Machine)
            }
            (found, _) => found,
        }
    }

    /// Reads the credentials of this machine's role from the metadata service if the profile has no others.
    #[must_use]
    pub async fn with_machine_role(mut self) -> Self {
        let source = &self.profile().credentials;
        let looked = match cloud::find(source, &self.places) {
            Ok(Found::Machine) => Vec::new(),
            Err(NoCredentials::NotFound { looked }) if *source == Source::Auto => looked,
            _ => return self,
        };
        if self.machine.is_none() {
            self.machine = Some(cloud::find_machine_role(&self.places, looked).await);
        }
        self
    }

    /// Returns the API client of a profile.
    ///
    /// # Errors
    ///
    /// [`CommandError::Credentials`], or [`CommandError::Cloud`] if the endpoint is invalid.
    pub fn client(
        &self,
        profile: &Profile,
        calls: Option<UnboundedSender<CallLog>>,
    ) -> Result<Client, CommandError> {
        let found = self.credentials(profile).map_err(CommandError::Credentials)?;
        let own = self.cloud.as_ref().filter(|_| profile.is_demo()).map(|cloud| cloud.endpoint.as_str());
        let options = ClientOptions {
            endpoint: self.endpoint_of(profile).or(own).map(str::to_owned),
            site: profile.site,
            lang: self.lang.text(m::api_language),
            calls,
            ..ClientOptions::default()
        };
        Ok(match (&profile.credentials, found) {
            // The keys of the built-in cloud cannot be looked up in any place.
            (Source::Demo(_), Found::Keys(keys)) => Client::new(options, keys)?,
            (source, _) => Client::with_lookup(options, source.clone(), self.places.clone())?,
        })
    }

    /// Returns the facts that are known about a profile before any call.
    pub fn facts(&self, profile: &Profile) -> FactStore {
        FactStore::new(&profile.name, profile.standing(), self.accounts.clone(), self.group_members())
    }

    /// Returns the regions in view, or `--region` alone if it is given. If all regions are in view, also returns what
    /// is missing from the list of regions.
    ///
    /// # Errors
    ///
    /// The error of the cloud, or an error about a region that the cloud does not have.
    pub async fn regions_in_view(
        &self,
        client: &Client,
    ) -> Result<(Vec<Region>, Option<cloud::Error>), cloud::Error> {
        let named = match (&self.region, &self.profile().regions) {
            (Some(region), _) => std::slice::from_ref(region),
            (None, Regions::List(list)) => list,
            (None, Regions::All) => {
                let (all, gap) = client.regions_with_gap().await?;
                let open = all.into_iter().filter(|(_, _, open)| *open);
                return Ok((open.map(|(region, _, _)| region).collect(), gap));
            }
        };
        // The cloud may have regions that the catalogue lacks. Only those are checked with a call.
        let strange = |region: &&Region| Catalog::get().region(region).is_none_or(|known| !known.open);
        if named.iter().any(|region| strange(&region)) {
            let all: Vec<Region> = client.regions().await?.into_iter().map(|(region, ..)| region).collect();
            if let Some(unknown) = named.iter().filter(strange).find(|region| !all.contains(region)) {
                return Err(cloud::Error::no_such_region(unknown, unknown.nearest(&all)));
            }
        }
        Ok((named.to_vec(), None))
    }

    /// Returns the journal of this setup's jobs, which is opened once. The journal is in memory if the built-in cloud
    /// runs in this process, because its jobs end with the process. Jobs that cannot be read are reported on stderr
    /// once.
    ///
    /// # Errors
    ///
    /// [`CommandError::Failed`] with the file and the fix.
    pub async fn journal(&self) -> Result<Journal, CommandError> {
        let journal = self.journal_of(self.profile()).await?;
        self.journals.reported.get_or_try_init(|| self.report_unreadable(&journal)).await?;
        Ok(journal)
    }

    /// Returns the journal of a profile's jobs. Does not report jobs that cannot be read.
    ///
    /// # Errors
    ///
    /// [`journal::Error`]
    pub async fn journal_of(&self, profile: &Profile) -> Result<Journal, journal::Error> {
        let opened = match self.ends_with_process(profile) {
            true => self.journals.memory.get_or_try_init(Journal::in_memory).await,
            false => {
                let path = self.paths.journal();
                self.journals.file.get_or_try_init(|| Journal::open(&path)).await
            }
        };
        opened.cloned()
    }

    async fn report_unreadable(&self, journal: &Journal) -> Result<(), journal::Error> {
        for Unreadable { id, what } in journal.unreadable().await? {
            let path = self.paths.journal();
            let path = path.display();
            output::say(&plain(&tr!(self.lang, handles_job_in_journal_cannot_be, id, path, what)));
        }
        Ok(())
    }

    /// Returns whether a profile uses the built-in cloud of this process, which ends with it.
    pub fn ends_with_process(&self, profile: &Profile) -> bool {
        profile.is_demo() && self.endpoint.is_none()
    }

    /// Returns the base URL of a profile's cloud. Returns `None` for the vendor's hosts and for the built-in cloud of
    /// this process.
    pub fn endpoint_of(&self, profile: &Profile) -> Option<&str> {
        let real = self.real_endpoint.as_deref().filter(|_| !profile.is_demo());
        self.endpoint.as_deref().or(real)
    }

    /// Returns whether a profile uses the cloud on which a job was started. A built-in cloud may have restarted on
    /// another port.
    pub fn uses_cloud_of(&self, endpoint: Option<&str>, profile: &Profile) -> bool {
        let here = |text: &str| {
            ["http://127.", "http://localhost", "http://[::1]"].iter().any(|start| text.starts_with(start))
        };
        match (endpoint, self.endpoint_of(profile)) {
            (None, None) => true,
            (Some(then), Some(now)) => then == now || (here(then) && here(now)),
            _ => false,
        }
    }

    /// Returns the members of all groups of the address book.
    pub fn group_members(&self) -> BTreeSet<Uin> {
        self.config.groups.values().flatten().filter_map(|r| r.account.clone().ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::Places,
        session::{flags::Global, paths::Paths},
    };

    #[test]
    fn only_jobs_of_the_built_in_cloud_poll_often() {
        let two = "[profiles.lab]\ncredentials = \"demo:100000000001\"\n[profiles.prod]\n";
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("config.toml"), two).unwrap();
        let paths = Paths { config_dir: dir.path().into(), state_dir: dir.path().into() };
        let setup = Setup::with_paths(&Global::default(), paths, Places::default()).unwrap();
        let usual = Pace::default();
        assert!(setup.pace("lab").max < usual.first);
        for real in ["prod", "found-later"] {
            assert_eq!((setup.pace(real).first, setup.pace(real).max), (usual.first, usual.max));
        }
    }

    #[tokio::test]
    async fn a_demo_profile_cannot_start_without_a_built_in_cloud() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths { config_dir: dir.path().into(), state_dir: dir.path().into() };
        let demo = Global { demo: true, ..Global::default() };
        let fault =
            Setup::with_paths(&demo, paths, Places::default()).unwrap().with_cloud().await.unwrap_err();
        assert_eq!(fault.to_string(), "this program has no built-in cloud");
    }
}
