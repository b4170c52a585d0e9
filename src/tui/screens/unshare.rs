//! Chooses which shares of an image to cancel.

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::{
    messages::{m, tr},
    model::{ImageId, Uin},
    rules::{Action, ShareSelection},
    tui::{
        app::{
            column::age,
            effect::Effect,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        screens::confirm::Confirm,
        widgets::{
            list::{centered, move_cursor, window},
            paint::Painter,
            theme::Role,
        },
    },
};

/// The accounts that an image is shared with, which can be marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unshare {
    image: ImageId,
    cursor: usize,
    marked: BTreeSet<Uin>,
}

impl Unshare {
    /// Opens the list for an image, without marks.
    pub fn new(image: ImageId) -> Self {
        Self { image, cursor: 0, marked: BTreeSet::new() }
    }
}

impl Dialog for Unshare {
    fn on_input(&mut self, input: &Input, state: &mut State, _: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        let shares = state.facts.shares(&self.image).unwrap_or_default().to_vec();
        let Input::Command(command) = input else { return DialogOutcome::Stay };
        match command {
            Command::Back => return DialogOutcome::Close,
            Command::Mark => {
                if let Some(share) = shares.get(self.cursor) {
                    if !self.marked.remove(&share.account) {
                        self.marked.insert(share.account.clone());
                    }
                    move_cursor(&mut self.cursor, shares.len(), 10, Command::Down);
                }
            }
            Command::Invert => {
                let all: BTreeSet<Uin> = shares.iter().map(|s| s.account.clone()).collect();
                self.marked = all.difference(&self.marked).cloned().collect();
            }
            Command::Confirm => {
                let at_cursor = shares.get(self.cursor).map(|s| s.account.clone());
                let accounts: Vec<Uin> = if self.marked.is_empty() {
                    at_cursor.into_iter().collect()
                } else {
                    self.marked.iter().cloned().collect()
                };
                let which = if accounts.len() == shares.len() {
                    ShareSelection::All
                } else {
                    ShareSelection::Accounts(accounts)
                };
                let action = Action::Unshare { image: self.image.clone(), which };
                let Some(steps) = state.facts.guided(&action) else {
                    let verdict = state.facts.verdict(&action);
                    crate::tui::app::gate::show_refusal(state, &verdict);
                    return DialogOutcome::Stay;
                };
                return DialogOutcome::Replace(Box::new(Confirm::new(
                    lang.text(m::unshare_cancel_shares).into(),
                    lang.text(m::unshare_yes_cancel),
                    steps,
                )));
            }
            command => {
                move_cursor(&mut self.cursor, shares.len(), 10, *command);
            }
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let shares = state.facts.shares(&self.image).unwrap_or_default();
        let height = (shares.len() as u16 + 4).min(area.height);
        let name = state.facts.image(&self.image).map_or("", |i| &i.name);
        let inside = painter.boxed(centered(area, 70, height), &tr!(lang, unshare_title, name));
        let rows = usize::from(inside.height.saturating_sub(2));
        let top = window(self.cursor, rows);
        for (n, share) in shares.iter().enumerate().skip(top).take(rows) {
            let y = inside.y + (n - top) as u16;
            if n == self.cursor {
                painter.marker(inside.x, y);
            }
            let mark = if self.marked.contains(&share.account) { "[x] " } else { "[ ] " };
            let x = painter.text(inside.x + 2, y, 4, mark, Role::Accent);
            let account = share.account.to_string();
            let x = if n == self.cursor {
                painter.selected(x, y, 20, &account)
            } else {
                painter.text(x, y, 20, &account, Role::Plain)
            };
            let label = state.facts.accounts.get(&share.account).map_or("", String::as_str);
            painter.text(x + 2, y, 26, label, Role::Plain);
            painter.text_right(inside.right(), y, 12, &age(state.lang, state.now, share.since), Role::Dim);
        }
        let said = match self.marked.len() {
            0 => lang.text(m::unshare_one_under_marker).into(),
            n => tr!(lang, common_marked, n),
        };
        let all = tr!(lang, count_shares, n = shares.len());
        painter.text(inside.x, inside.bottom() - 1, inside.width, &format!("{all} · {said}"), Role::Dim);
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        vec![
            (Command::Mark, lang.text(m::command_mark)),
            (Command::Invert, lang.text(m::common_all)),
            (Command::Confirm, lang.text(m::unshare_cancel_these)),
            (Command::Back, lang.text(m::command_back)),
        ]
    }
}
