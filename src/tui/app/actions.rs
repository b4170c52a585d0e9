//! The actions of a row with their verdicts, for the pane, the menu, the palette and the keys.

use std::sync::Arc;

use crate::{
    i18n,
    messages::{m, tr},
    model::{Image, ImageKind},
    rules::{Action, Code, Remedy, ShareSelection, Verdict, VerdictKind},
    tui::{
        app::{state::State, table::RowId},
        keymap::Command,
        widgets::theme::Role,
    },
};

/// One action of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionLine {
    /// The command that starts the action.
    pub command: Command,
    /// The action, with the arguments that are already chosen.
    pub action: Action,
    /// The verdict of the rules.
    pub verdict: Arc<Verdict>,
}

/// Returns the actions of a row in the order of the pane.
pub fn lines(state: &State, row: &RowId) -> Vec<ActionLine> {
    let commands: &[Command] = match row {
        // The rules do not know cached rows: their verdicts are unknown until the rows are read.
        RowId::Image(id) => match state.shown_image(id).map(|i| i.kind) {
            Some(ImageKind::Own) => &[
                Command::Share,
                Command::Copy,
                Command::Launch,
                Command::Unshare,
                Command::Rename,
                Command::Delete,
            ],
            Some(_) => &[Command::Share, Command::Copy, Command::Launch, Command::Rename, Command::Delete],
            None => &[],
        },
        RowId::Instance(_) => &[Command::Reinstall, Command::Capture],
        RowId::Region(_) => &[],
    };
    commands.iter().filter_map(|command| line(state, row, *command)).collect()
}

/// Returns one action of a row, or `None` if the row has no such action.
pub fn line(state: &State, row: &RowId, command: Command) -> Option<ActionLine> {
    let action = match row {
        RowId::Image(id) => {
            let image = id.clone();
            match command {
                Command::Share => Action::Share { image, with: Vec::new() },
                Command::Copy => Action::Copy { image, to: Vec::new(), name: None },
                Command::Unshare => Action::Unshare { image, which: ShareSelection::All },
                Command::Delete => Action::Delete { image, with_snapshots: false },
                Command::Rename => Action::Rename { image, name: None, description: None },
                Command::Launch => {
                    Action::Launch { image, region: None, zone: None, instance_type: None, name: None }
                }
                _ => return None,
            }
        }
        RowId::Instance(id) => match command {
            Command::Reinstall => Action::Reinstall { instance: id.clone(), image: None },
            Command::Capture => Action::Capture { instance: id.clone(), name: None },
            _ => return None,
        },
        RowId::Region(_) => return None,
    };
    let verdict = state.facts.verdict(&action);
    Some(ActionLine { command, action, verdict })
}

/// Returns a line in short: the text, its role, and a hint to the first step.
pub fn summary(state: &State, line: &ActionLine) -> (String, Role, String) {
    let lang = state.lang;
    match line.verdict.kind() {
        VerdictKind::Unknown => (lang.text(m::common_checking).into(), Role::Dim, String::new()),
        VerdictKind::Allowed => {
            let short = |n: &crate::rules::Note| i18n::short(n.code, &n.args, lang);
            let strangers = [Code::LaunchUntrusted, Code::ReinstallUntrusted];
            if let Some(risk) = line.verdict.acknowledge.iter().find(|n| strangers.contains(&n.code)) {
                let key = state.keymap.hint(crate::tui::keymap::Context::Table, Command::Trust);
                return (
                    tr!(lang, actions_asks, short = short(risk)),
                    Role::Warn,
                    tr!(lang, actions_trusts_it, key),
                );
            }
            let first = line
                .verdict
                .acknowledge
                .first()
                .or_else(|| line.verdict.notes.iter().find(|n| n.code != Code::QuotaReceived));
            let text = first.map_or_else(
                || lang.text(m::common_ready).into(),
                |n| tr!(lang, actions_ready, short = short(n)),
            );
            (text, Role::Good, String::new())
        }
        VerdictKind::Blocked => {
            let reasons = &line.verdict.reasons;
            let Some(first) = reasons.first() else { return Default::default() };
            let more = match reasons.len() - 1 {
                0 => String::new(),
                n => tr!(lang, actions_and_more_reasons, n),
            };
            let text = tr!(lang, actions_blocked, short = i18n::short(first.code, &first.args, lang), more);
            (text, Role::Bad, hint(state, line, &first.remedy))
        }
    }
}

/// Returns the key of the action that has to be done first.
fn hint(state: &State, line: &ActionLine, remedy: &Remedy) -> String {
    let lang = state.lang;
    let key = |command| state.keymap.hint(crate::tui::keymap::Context::Table, command);
    // A hint to what this account can do instead of the owner.
    match line.verdict.reasons.first().map(|r| r.code) {
        Some(Code::RenameReceived) => {
            return tr!(lang, actions_keeps_note_yours, key = key(Command::Note));
        }
        Some(Code::DeleteReceived) => {
            return tr!(lang, actions_hides_it_here, key = key(Command::Hide));
        }
        Some(Code::LaunchUntrusted | Code::ReinstallUntrusted) => {
            return tr!(lang, actions_trusts_it, key = key(Command::Trust));
        }
        _ => {}
    }
    match remedy {
        Remedy::Do(first) => match (first.as_ref(), line.command) {
            (Action::Unshare { .. }, Command::Delete) => {
                tr!(lang, actions_does_both, key = key(Command::Delete))
            }
            (Action::Copy { .. }, _) => tr!(lang, actions_does_that, key = key(Command::Copy)),
            (Action::Unshare { .. }, _) => tr!(lang, actions_does_that, key = key(Command::Unshare)),
            _ => String::new(),
        },
        Remedy::Outside if received_image(state, line).is_some() => {
            tr!(lang, actions_has_text_for_its_owner, key = key(Command::Actions))
        }
        Remedy::CurrentRules(figure) => {
            tr!(lang, actions_goes_by, key = key(Command::Newer), figure)
        }
        Remedy::Wait => tr!(lang, actions_looks_again, key = key(Command::Refresh)),
        Remedy::SignIn => tr!(lang, actions_takes_another_profile, key = key(Command::Profile)),
        _ => String::new(),
    }
}

/// Returns whether an action is blocked only by a limit of the FAQ that the newer pages raise.
pub fn is_lifted_by_newer_limits(verdict: &Verdict) -> bool {
    verdict.reasons.iter().any(crate::rules::Reason::lifted_by_current)
}

/// Returns the received image of a line.
pub fn received_image<'a>(state: &'a State, line: &ActionLine) -> Option<&'a Image> {
    line.action.image().and_then(|id| state.facts.image(id)).filter(|i| i.kind == ImageKind::Received)
}

/// Returns the name of the image or instance of an action. Appends the ID if another image has the same name.
pub(crate) fn target_name(state: &State, action: &Action) -> String {
    let Some((id, name, _)) = state.facts.target(action) else {
        return action.image().map(ToString::to_string).unwrap_or_default();
    };
    let image = action.image().and_then(|id| state.facts.image(id));
    match image.is_some_and(|image| has_same_name(state, image)) {
        true => format!("{} · {id}", i18n::plain(name)),
        false => i18n::plain(name).into_owned(),
    }
}

/// Returns whether another image of the same kind has the same name, in any region.
pub(crate) fn has_same_name(state: &State, image: &Image) -> bool {
    state.facts.images().any(|i| i.id != image.id && i.kind == image.kind && i.name == image.name)
}

/// Returns the text to type to delete an image: its name, or its ID if another own image has the same name.
pub(crate) fn name_to_type(state: &State, image: &Image) -> String {
    match image.name.trim().is_empty() || has_same_name(state, image) {
        true => image.id.to_string(),
        false => i18n::plain(&image.name).into_owned(),
    }
}
