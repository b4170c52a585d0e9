//! The terminal interface: state, messages and update are pure; `run` does what they ask for.

#[macro_use]
mod commands;

pub(crate) mod app;
pub mod keymap;
pub(crate) mod runtime;
pub mod screens;
pub mod term;
#[cfg(any(test, feature = "test-support"))]
pub mod test_driver;
pub(crate) mod update;
pub(crate) mod widgets;

use std::{io, sync::Arc};

use jiff::Timestamp;

pub use crate::tui::{
    app::{
        auto_refresh::AutoRefresh,
        due::wakes_at,
        effect::{Effect, JobOrder, SavedChange},
        hints::hint,
        message::{CallError, CallLine, Load, Loaded, Message, Mouse, Page, Performed, Press, ProfileView},
        row_cache::{RowCache, SavedRows},
        state::{DoctorState, LoadState, State, dialog::Dialog},
        table::{RowId, Tab},
    },
    keymap::Keymap,
    screens::{
        confirm::Confirm, launch::LaunchForm, picker::Picker, reader::Reader, rename::Rename, tabs::cell,
        undo::Undo,
    },
    update::{
        update,
        view_state::{restore, save},
    },
    widgets::theme::{Looks, Role, Theme},
};

use crate::{
    boundary::file,
    messages::{Text, text, tr},
    model::plain,
    session::{config_edit::Notes, paths::Paths, setup::Setup},
    tui::runtime::{
        backend::{self, view_state_file},
        terminal,
    },
};

/// The keys that ship, with those of the person's `keymap.toml` laid over them.
///
/// # Errors
/// A file that cannot be used, with its name and how to fix it.
pub fn keys(paths: &Paths) -> std::result::Result<Keymap, Text> {
    let path = paths.config_dir.join("keymap.toml");
    let wrong = |message: Text| {
        text!(config_error, place = path.display(), message).map_literals(&|text| plain(text).into_owned())
    };
    let user = match file::read_text(&path, file::APPEARANCE) {
        Ok(text) => Some(text),
        Err(error) if error.is_not_found() => None,
        Err(error) => return Err(wrong(error.text())),
    };
    Keymap::merge(user.as_deref()).map_err(wrong)
}

/// Opens the console and returns the exit status when it is left.
///
/// # Errors
/// A terminal that cannot be used.
pub fn open(setup: Setup, theme: Theme, keymap: Keymap) -> io::Result<u8> {
    let mut state = first_state(&setup, keymap, Timestamp::now());
    open_as_left(&mut state, &setup);
    state.looks.theme = theme;
    let key = state.profile_key();
    terminal::run(state, |sender| backend::Backend::new(setup, sender, key))
}

/// Opens it as it was left last time.
fn open_as_left(state: &mut State, setup: &Setup) {
    let (last, error) = view_state_file::read(&setup.paths.view(), setup.lang);
    restore(state, &last, setup.flags.regions.is_some());
    state.notice = error.or(state.notice.take());
    state.fresh.seed = fastrand::u64(..);
}

/// The console as a setup wants it, before anything was asked.
pub fn first_state(setup: &Setup, keymap: Keymap, now: Timestamp) -> State {
    let profiles = setup.profiles.iter().map(|p| ProfileView::new(p, setup.lang)).collect();
    let mut state = State::new(now, (80, 24), Arc::new(keymap), profiles, setup.initial);
    state.lang = setup.lang;
    state.own_cloud = setup.endpoint.is_none();
    state.fresh.every = setup.config.refresh;
    state.fresh.pace = setup.pace(&setup.profile().name);
    state.looks.ascii = setup.ascii;
    state.looks.slow = setup.slow;
    state.looks.motion = setup.motion;
    state.facts.set_address_book(setup.accounts.clone(), setup.group_members());
    match Notes::read(&setup.paths.notes()) {
        Ok(notes) => state.notes = notes,
        Err(error) => state.show_error(tr!(state.lang, console_your_notes_images_are_not, error)),
    }
    state
}
