//! Files that outlive a session: the view state and the cached rows.

use crate::{
    messages::{Lang, tr},
    session::last_view::LastView,
    tui::{
        app::{
            message::Message,
            row_cache::SavedRows,
            state::{Notice, State},
        },
        runtime::backend::{Backend, Shared},
        update::view_state,
    },
};

impl Backend {
    /// Reads the cached rows of a profile. They are shown until newer ones arrive.
    pub(crate) fn recall_rows(&self, profile: &str, epoch: u64) {
        let Some(profile) = self.shared.profile_of(profile).filter(|p| !p.is_demo()) else { return };
        let shared = self.shared.clone();
        self.runtime.spawn_blocking(move || {
            let kept = SavedRows::read(&shared.first.paths.rows(&profile.name)).filter(|kept| {
                kept.profile == profile.name && shared.first.uses_cloud_of(kept.endpoint.as_deref(), &profile)
            });
            if let Some(kept) = kept {
                shared.send(Message::CachedRows { epoch, kept: Box::new(kept) });
            }
        });
    }

    /// Saves the rows of the profile that was left.
    pub(crate) fn remember(&self, kept: SavedRows) {
        let shared = self.shared.clone();
        self.runtime.spawn_blocking(move || shared.keep_rows(kept));
    }

    /// Saves the view state and the rows when the console ends. Errors are only logged.
    pub(crate) fn keep_left(&self, state: &State) {
        let file = self.shared.first.paths.view();
        if let Err(error) = view_state::save(state).write(&file) {
            tracing::warn!("how the console was left is not kept: {error}");
        }
        self.keep_rows(state);
    }

    /// Saves the cached rows for the next start.
    pub(crate) fn keep_rows(&self, state: &State) {
        if let Some(kept) = state.rows_to_keep() {
            self.shared.keep_rows(kept);
        }
    }
}

impl Shared {
    fn keep_rows(&self, mut kept: SavedRows) {
        let Some(profile) = self.profile_of(&kept.profile).filter(|p| !p.is_demo()) else { return };
        kept.endpoint = self.first.endpoint_of(&profile).map(str::to_owned);
        if let Err(error) = kept.write(&self.first.paths.rows(&profile.name)) {
            tracing::warn!("the rows are not kept for the next start: {error}");
        }
    }
}

/// Reads the view state of the last session. If it cannot be read, returns the default and a notice.
pub(crate) fn read(file: &std::path::Path, lang: Lang) -> (LastView, Option<Notice>) {
    match LastView::read(file) {
        Ok(last) => (last, None),
        Err(error) => {
            let text = tr!(lang, view_state_file_unreadable, error);
            (LastView::default(), Some(Notice { text, bad: true }))
        }
    }
}
