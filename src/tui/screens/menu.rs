//! The menu of a row: every action with its full verdict, which contains all reasons, their fixes, and the risks.

use ratatui::layout::Rect;

use crate::{
    i18n,
    messages::{m, tr},
    rules::{Action, Code, Remedy, VerdictKind},
    tui::{
        app::{
            accounts,
            actions::{self, ActionLine},
            effect::Effect,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
            table::RowId,
        },
        keymap::{Command, Context},
        screens::{accounts::Accounts, tabs::cell},
        widgets::{
            list::move_cursor,
            paint::{Painter, wrap},
            theme::Role,
        },
    },
};

/// The menu of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    row: RowId,
    cursor: usize,
}

impl Menu {
    /// Opens the menu of a row, with the cursor on an action.
    pub fn new(row: RowId, cursor: usize) -> Self {
        Self { row, cursor }
    }

    fn line(&self, state: &State) -> Option<ActionLine> {
        actions::lines(state, &self.row).into_iter().nth(self.cursor)
    }
}

impl Dialog for Menu {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        match input {
            Input::Command(Command::Back) => DialogOutcome::Close,
            Input::Command(Command::CopyText) => {
                if let Some(line) = self.line(state)
                    && let Some(image) = actions::received_image(state, &line)
                {
                    effects.push(Effect::Clipboard(i18n::request_text(&line.action, image, state.lang)));
                    state.show_notice(lang.text(m::menu_sent_to_clipboard));
                }
                DialogOutcome::Stay
            }
            Input::Command(Command::Confirm) => match self.line(state) {
                Some(line) if line.verdict.kind() == VerdictKind::Blocked => {
                    match line.verdict.reasons.first().map(|r| &r.remedy) {
                        Some(Remedy::Do(first)) => match (line.command, first.as_ref()) {
                            // The delete command offers to cancel all shares and then delete.
                            (Command::Delete, Action::Unshare { .. }) => {
                                DialogOutcome::OnRow(Command::Delete)
                            }
                            (_, Action::Unshare { .. }) => DialogOutcome::OnRow(Command::Unshare),
                            (_, Action::Copy { .. }) => DialogOutcome::OnRow(Command::Copy),
                            _ => DialogOutcome::Stay,
                        },
                        _ => DialogOutcome::Stay,
                    }
                }
                Some(line) => DialogOutcome::OnRow(line.command),
                None => DialogOutcome::Close,
            },
            Input::Command(Command::Newer) => {
                if self.line(state).is_some_and(|line| actions::is_lifted_by_newer_limits(&line.verdict)) {
                    accounts::use_newer_limits(state, effects);
                }
                DialogOutcome::Stay
            }
            Input::Command(Command::Trust) => {
                DialogOutcome::Open(Box::new(Accounts::new(Some(self.row.clone()))))
            }
            Input::Command(command) if self.handles(*command, state) => DialogOutcome::OnRow(*command),
            Input::Command(command) => {
                move_cursor(&mut self.cursor, actions::lines(state, &self.row).len(), 10, *command);
                DialogOutcome::Stay
            }
            Input::Typed(_) | Input::Paste(_) => DialogOutcome::Stay,
        }
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let name = cell(state, &self.row, state.tab.columns()[0].field).text;
        let x = painter.text(1, area.y, area.width, lang.text(m::menu_actions_for), Role::Strong);
        let x = painter.text(x, area.y, area.width.saturating_sub(x + 1), &name, Role::Strong);
        painter.text(x + 2, area.y, area.width.saturating_sub(x + 3), self.row.as_str(), Role::Dim);
        painter.rule(1, area.y + 1, area.width.saturating_sub(2));
        let mut y = area.y + 2;
        let lines = actions::lines(state, &self.row);
        for (n, line) in lines.iter().enumerate() {
            if y >= area.bottom() {
                return;
            }
            let (text, role, _) = actions::summary(state, line);
            if n == self.cursor {
                painter.marker(1, y);
            }
            painter.text(3, y, 2, &state.keymap.hint(Context::Table, line.command), Role::Accent);
            if n == self.cursor {
                painter.selected(6, y, 10, i18n::action(&line.action, state.lang));
            } else {
                painter.text(6, y, 10, i18n::action(&line.action, state.lang), Role::Plain);
            }
            painter.text(17, y, area.width.saturating_sub(18), &text, role);
            y += 1;
        }
        let Some(line) = lines.get(self.cursor) else { return };
        y += 1;
        painter.rule(1, y, area.width.saturating_sub(2));
        y += 1;
        for (text, role, page) in explain(state, line, area.width.saturating_sub(6)) {
            if y >= area.bottom() {
                return;
            }
            let width = area.width.saturating_sub(4);
            match page {
                Some(page) => {
                    // The indent is not part of the link.
                    let x = 3 + text.len() as u16 - text.trim_start().len() as u16;
                    painter.link(x, y, width.saturating_sub(x - 3), text.trim(), &page, role)
                }
                None => painter.text(3, y, width, &text, role),
            };
            y += 1;
        }
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        let Some(line) = self.line(state) else { return vec![(Command::Back, lang.text(m::command_back))] };
        let mut hints = match line.verdict.kind() {
            VerdictKind::Blocked => match line.verdict.reasons.first().map(|r| &r.remedy) {
                Some(Remedy::Do(_)) => vec![(Command::Confirm, lang.text(m::menu_do_what_comes_first))],
                _ => vec![],
            },
            _ => vec![(Command::Confirm, lang.text(m::command_go_on))],
        };
        if actions::is_lifted_by_newer_limits(&line.verdict) {
            hints.push((Command::Newer, lang.text(m::common_newer_limits)));
        }
        if actions::received_image(state, &line).is_some() {
            hints.push((Command::CopyText, lang.text(m::menu_copy_text_for_owner)));
        }
        hints.push((Command::Back, lang.text(m::command_back)));
        hints
    }

    fn handles(&self, command: Command, state: &State) -> bool {
        matches!(command, Command::Trust | Command::Note | Command::Hide)
            || actions::line(state, &self.row, command).is_some()
    }

    fn rule(&self, state: &State) -> Option<Code> {
        let verdict = self.line(state)?.verdict;
        let reasons = verdict.reasons.iter().map(|reason| reason.code);
        reasons.chain(verdict.acknowledge.iter().chain(&verdict.notes).map(|note| note.code)).next()
    }

    fn fills_the_screen(&self) -> bool {
        true
    }
}

/// Returns a verdict in full sentences. A line that cites a page has its URL.
fn explain(state: &State, line: &ActionLine, width: u16) -> Vec<(String, Role, Option<String>)> {
    let lang = state.lang;
    let mut out = Vec::new();
    let mut put = |text: &str, role: Role, indent: &str, page: Option<String>| {
        for part in wrap(text, width.saturating_sub(indent.len() as u16)) {
            out.push((format!("{indent}{part}"), role, page.clone()));
        }
    };
    for reason in &line.verdict.reasons {
        put(&i18n::sentence(reason.code, &reason.args, lang), Role::Bad, "", None);
        put(&i18n::remedy(&reason.remedy, reason.code, lang), Role::Plain, "  ", None);
        if let Some(doc) = reason.code.doc() {
            put(&format!("{} · {doc}", reason.code), Role::Dim, "  ", Some(doc));
        }
    }
    let mut add = |text: &str, role: Role, indent: &str| put(text, role, indent, None);
    let (_, _, hint) = actions::summary(state, line);
    if !hint.is_empty() {
        add(&hint, Role::Accent, "  ");
    }
    if line.verdict.kind() == VerdictKind::Unknown {
        add(lang.text(m::common_verdict_loading), Role::Dim, "");
    }
    for note in &line.verdict.acknowledge {
        add(
            &tr!(lang, menu_to_accept, sentence = i18n::sentence(note.code, &note.args, lang)),
            Role::Warn,
            "",
        );
    }
    for note in &line.verdict.notes {
        add(&i18n::sentence(note.code, &note.args, lang), Role::Plain, "");
    }
    if out.is_empty() {
        out.push((lang.text(m::common_no_problems).into(), Role::Good, None));
    }
    out
}
