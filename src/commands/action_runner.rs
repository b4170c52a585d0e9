//! Performs the single actions of commands, and updates the journal.

use jiff::Timestamp;

use crate::{
    boundary::output::say,
    cloud::{self, Client},
    commands::lookup,
    facts::{FactStore, Load, Loaded},
    jobs::{
        Journal, Recorder,
        act::{self, CallOptions, Done},
    },
    model::{Region, Uin},
    rules::{Action, Cleared},
    session::{error::CommandError, setup::Setup},
};

/// Returns the journal writer for calls of this command.
pub(super) fn recorder(
    journal: Journal,
    account: Option<Uin>,
    job: Option<String>,
    setup: &Setup,
) -> Recorder {
    Recorder { journal: Some(journal), profile: setup.profile().name.clone(), account, job }
}

/// Performs the actions of a command.
pub(super) struct ActionRunner<'a> {
    pub client: &'a Client,
    pub recorder: Recorder,
    pub setup: &'a Setup,
}

impl ActionRunner<'_> {
    /// Performs `cleared` in the region of its image or instance, and updates the records of jobs with what was read
    /// afterwards. A failure to update a record is only reported on stderr, because the change was made, and the next
    /// read updates the record. `facts` are the facts of the verdict.
    ///
    /// # Errors
    ///
    /// Those of [`act::perform_with`].
    pub(super) async fn perform(
        &self,
        cleared: &Cleared,
        region: &Region,
        extra: &CallOptions,
        facts: &FactStore,
    ) -> Result<Done, cloud::Error> {
        let at = Timestamp::now();
        let done = act::perform_with(self.client, cleared, region, extra, &self.recorder).await?;
        if let Err(fault) = update_records(cleared.action(), &done, facts, self.setup, at).await {
            say(&fault.message(self.setup.lang, &[]));
        }
        Ok(done)
    }
}

/// Updates the records of jobs after a Delete or an Unshare that started at `at`: the image was deleted, or is shared
/// with the accounts that were read.
async fn update_records(
    action: &Action,
    done: &Done,
    facts: &FactStore,
    setup: &Setup,
    at: Timestamp,
) -> Result<(), CommandError> {
    let (Action::Delete { image, .. } | Action::Unshare { image, .. }) = action else { return Ok(()) };
    let Some(image) = facts.image(image) else { return Ok(()) };
    let mut store = setup.facts(setup.profile());
    if let Some(me) = facts.standing.me.clone() {
        store.add_loaded(&Load::Identity, Loaded::Identity(me), at);
    }
    store.add_images([image.clone()]);
    if let Some(shares) = &done.shares {
        store.set_shares(image.id.clone(), shares.clone());
    }
    if done.deleted {
        store.remove_image(&image.id);
    }
    lookup::update_records(&mut store, setup, at).await
}
