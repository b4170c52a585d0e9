//! The terminal interface: state, messages and update are pure; `run` does what they ask for.

pub(crate) mod app;
pub mod keymap;
pub(crate) mod runtime;
pub mod screens;
pub mod term;
pub mod test_driver;
pub(crate) mod update;
pub(crate) mod widgets;

use std::sync::Arc;

use color_eyre::eyre::{Result, WrapErr};
use jiff::Timestamp;

pub use crate::tui::{
    app::{
        auto_refresh::{Fresh, wakes_at},
        effect::{Effect, JobOrder, Keep},
        message::{CallLine, Load, Loaded, Message, Mouse, Page, Performed, Press, Trouble},
        row_cache::{Kept, Past},
        state::{LoadState, Looks, Profile, RowId, State},
        table::{Role, Tab, cell},
        view_state::{hint, leave, restore},
    },
    keymap::Keymap,
    screens::{Overlay, doctor::Doctor},
    update::update,
    widgets::theme::Theme,
};

use crate::{
    boundary::file,
    i18n::{Lang, plain, tell},
    model::Source,
    session::{self, Notes, Paths, Regions, Setup},
    tui::runtime::{
        backend::{self, view_state_file},
        event_loop,
    },
};

/// The keys that ship, with those of the person's `keymap.toml` laid over them.
///
/// # Errors
/// A file that cannot be used, with its name and the mend.
pub fn keys(paths: &Paths) -> std::result::Result<Keymap, String> {
    let path = paths.config_dir.join("keymap.toml");
    let wrong = |error: String| plain(&format!("{}: {error}", path.display())).into_owned();
    let user = match file::read_text(&path, file::LOOKS) {
        Ok(text) => Some(text),
        Err(error) if error.is_not_found() => None,
        Err(error) => return Err(wrong(error.to_string())),
    };
    Keymap::merge(user.as_deref()).map_err(wrong)
}

/// Opens the console and returns the exit status when it is left.
///
/// # Errors
/// A terminal that cannot be used.
pub fn open(setup: Setup, theme: Theme, keymap: Keymap) -> Result<u8> {
    let mut state = first_state(&setup, keymap, Timestamp::now());
    open_as_left(&mut state, &setup);
    state.looks.theme = theme;
    let key = profile_key(&state);
    event_loop::run(state, |send| backend::Backend::new(setup, send, key))
        .wrap_err("the terminal cannot be used")
}

/// Opens it as it was left last time.
fn open_as_left(state: &mut State, setup: &Setup) {
    let (last, trouble) = view_state_file::read(&setup.paths.view(), setup.lang);
    restore(state, &last, setup.flags.regions.is_some());
    state.notice = trouble.or(state.notice.take());
    state.fresh.seed = fastrand::u64(..);
}

/// The key that turns to another profile.
fn profile_key(state: &State) -> String {
    state.keymap.hint(keymap::Context::Table, keymap::Command::Profile)
}

/// A profile as the console shows it.
fn shown(p: &session::Profile, lang: Lang) -> Profile {
    Profile {
        name: p.name.clone(),
        label: p.label.clone(),
        color: p.color.map(|c| format!("{c:?}").to_lowercase()),
        demo: p.is_demo(),
        found: match &p.credentials {
            Source::Demo(uin) => tell!(lang, "built-in cloud, {uin}", "内置云，{uin}"),
            source => source.to_string(),
        },
        standing: p.standing(),
        regions: match &p.regions {
            Regions::All => Vec::new(),
            Regions::List(list) => list.clone(),
        },
    }
}

/// The console as a setup wants it, before anything was asked.
pub fn first_state(setup: &Setup, keymap: Keymap, now: Timestamp) -> State {
    let profiles = setup.profiles.iter().map(|p| shown(p, setup.lang)).collect();
    let mut state = State::new(now, (80, 24), Arc::new(keymap), profiles, setup.initial);
    state.lang = setup.lang;
    state.own_cloud = setup.endpoint.is_none();
    state.fresh.every = setup.config.refresh;
    state.fresh.pace = setup.pace(&setup.profile().name);
    state.looks.ascii = setup.ascii;
    state.looks.slow = setup.slow;
    state.looks.motion = setup.motion;
    state.facts.take_book(setup.accounts.clone(), setup.grouped());
    match Notes::read(&setup.paths.notes()) {
        Ok(notes) => state.notes = notes,
        Err(error) => state.complain(tell!(
            state.lang,
            "Your notes of images are not shown. {error}",
            "没能显示您对镜像的备注。{error}"
        )),
    }
    state
}
