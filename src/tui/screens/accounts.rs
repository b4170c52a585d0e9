//! The address book: the names of accounts and whose images may be used. Accounts of the selected row come first.

use ratatui::layout::Rect;

use crate::{
    messages::{m, tr},
    model::{Image, ImageKind, Trust, Uin},
    tui::{
        app::{
            accounts,
            effect::Effect,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
            table::RowId,
        },
        keymap::Command,
        widgets::{
            field::TextField,
            list::{centered, move_cursor, window},
            paint::{Painter, wrap},
            theme::Role,
        },
    },
};

/// The text field that is open.
#[derive(Debug, Clone)]
enum Editing {
    /// The ID of an account that is not listed.
    Account(TextField),
    /// The name of an account.
    Name(Uin, TextField),
}

/// The list of accounts with a cursor.
#[derive(Debug, Clone)]
pub struct Accounts {
    row: Option<RowId>,
    cursor: usize,
    typing: Option<Editing>,
}

/// An account, and its relation to the selected row.
struct AccountLine {
    uin: Uin,
    why: &'static str,
}

impl Accounts {
    /// Opens the list for the selected row, if any.
    pub fn new(row: Option<RowId>) -> Self {
        Self { row, cursor: 0, typing: None }
    }

    /// Returns the image of the row, or the image that its instance runs.
    fn image<'a>(&self, state: &'a State) -> Option<&'a Image> {
        match self.row.as_ref()? {
            RowId::Image(id) => state.facts.image(id),
            RowId::Instance(id) => state.facts.image(state.facts.instance(id)?.image.as_ref()?),
            RowId::Region(_) => None,
        }
    }

    fn lines(&self, state: &State) -> Vec<AccountLine> {
        let lang = state.lang;
        let me = state.facts.standing.me.as_ref();
        let mut all: Vec<AccountLine> = Vec::new();
        let mut add = |uin: &Uin, why: &'static str| {
            if Some(uin) != me && all.iter().all(|l| l.uin != *uin) {
                all.push(AccountLine { uin: uin.clone(), why });
            }
        };
        if let Some(image) = self.image(state) {
            if let Some(owner) = image.owner().filter(|_| image.kind == ImageKind::Received) {
                add(&owner, lang.text(m::accounts_its_owner));
            }
            for share in state.facts.shares(&image.id).unwrap_or_default() {
                add(&share.account, lang.text(m::word_shared));
            }
        }
        for uin in state.facts.accounts.keys().chain(&state.facts.standing.trusted) {
            add(uin, "");
        }
        all
    }

    fn on_typed(&mut self, mut typing: Editing, input: &Input, state: &mut State, effects: &mut Vec<Effect>) {
        let (Editing::Account(field) | Editing::Name(_, field)) = &mut typing;
        match input {
            Input::Command(Command::Back) => return,
            Input::Command(Command::Confirm) => {
                let text = field.text().trim().to_owned();
                match typing {
                    Editing::Name(uin, _) => {
                        let old = state.facts.accounts.get(&uin).map_or("", String::as_str);
                        if text != old {
                            accounts::name_account(state, uin, Some(text).filter(|t| !t.is_empty()), effects);
                        }
                        return;
                    }
                    Editing::Account(_) => match text.parse::<Uin>() {
                        Ok(uin) => {
                            let name = state.facts.accounts.get(&uin).cloned().unwrap_or_default();
                            typing = Editing::Name(uin, TextField::with(&name));
                        }
                        Err(error) => state.show_error(format!("{error}.")),
                    },
                }
            }
            Input::Typed(key) => drop(field.handle_key(*key)),
            Input::Paste(text) => field.insert(text),
            Input::Command(_) => {}
        }
        self.typing = Some(typing);
    }
}

impl Dialog for Accounts {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        if let Some(typing) = self.typing.take() {
            self.on_typed(typing, input, state, effects);
            return DialogOutcome::Stay;
        }
        let lines = self.lines(state);
        let here = lines.get(self.cursor).map(|l| l.uin.clone());
        match (input, here) {
            (Input::Command(Command::Back), _) => return DialogOutcome::Close,
            (Input::Command(Command::Mark), Some(uin)) => {
                let trusted = !state.facts.standing.trusted.contains(&uin);
                accounts::trust(state, uin, trusted, effects);
            }
            (Input::Command(Command::Confirm), Some(uin)) => {
                let name = state.facts.accounts.get(&uin).map_or("", String::as_str);
                let field = TextField::with(&crate::model::plain(name));
                self.typing = Some(Editing::Name(uin, field));
            }
            (Input::Command(Command::Drop), Some(uin)) => {
                if state.facts.accounts.contains_key(&uin) {
                    accounts::name_account(state, uin, None, effects);
                }
            }
            (Input::Command(Command::OtherName), _) => {
                self.typing = Some(Editing::Account(TextField::default()));
            }
            (Input::Paste(text), _) => {
                let mut field = TextField::default();
                field.insert(text);
                self.typing = Some(Editing::Account(field));
            }
            (Input::Command(command), _) => {
                move_cursor(&mut self.cursor, lines.len(), 10, *command);
            }
            (Input::Typed(_), _) => {}
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let lines = self.lines(state);
        let profile = state.profile().map_or("", |p| p.name.as_str());
        let means = match state.facts.standing.trust {
            Trust::Audit => lang.text(m::accounts_untrusted_asks),
            Trust::Enforce => lang.text(m::accounts_untrusted_blocked),
        };
        let means = tr!(lang, accounts_trusted_by_profile, profile, means);
        let width = 76.min(area.width);
        let means = wrap(&means, width.saturating_sub(4));
        let below = 2 + means.len() as u16;
        let wanted = (lines.len() as u16).max(1) + 1 + below + 2;
        let inside =
            painter.boxed(centered(area, width, wanted.min(area.height)), lang.text(m::accounts_accounts));
        painter.text(inside.x + 2, inside.y, 22, lang.text(m::column_name), Role::Dim);
        painter.text(inside.x + 26, inside.y, 20, lang.text(m::column_account), Role::Dim);
        painter.text(inside.x + 48, inside.y, 9, lang.text(m::accounts_trusted), Role::Dim);
        let room = inside.height.saturating_sub(1 + below);
        let top = window(self.cursor, usize::from(room));
        for (n, line) in lines.iter().enumerate().skip(top).take(usize::from(room)) {
            let y = inside.y + 1 + (n - top) as u16;
            let name = state.facts.accounts.get(&line.uin).map_or("-", String::as_str);
            let here = n == self.cursor && self.typing.is_none();
            painter.entry(inside.x, y, 22, name, here, Role::Plain);
            painter.text(inside.x + 26, y, 20, line.uin.as_str(), Role::Dim);
            let trusted = state.facts.standing.trusted.contains(&line.uin);
            let (text, role) = if trusted {
                (lang.text(m::common_yes), Role::Good)
            } else {
                (lang.text(m::common_no), Role::Dim)
            };
            painter.text(inside.x + 48, y, 4, text, role);
            painter.text(inside.x + 57, y, inside.width.saturating_sub(57), line.why, Role::Dim);
        }
        if lines.is_empty() {
            painter.text(
                inside.x + 2,
                inside.y + 1,
                inside.width,
                lang.text(m::accounts_nobody_is_known_yet),
                Role::Dim,
            );
        }
        let mut y = inside.bottom().saturating_sub(below - 1);
        match &self.typing {
            None => {
                for line in means {
                    painter.text(inside.x, y, inside.width, &line, Role::Dim);
                    y += 1;
                }
            }
            Some(Editing::Account(field)) => {
                painter.text(inside.x, y, 12, lang.text(m::word_account), Role::Accent);
                field.draw(painter, inside.x + 13, y, inside.width.saturating_sub(13), true);
            }
            Some(Editing::Name(uin, field)) => {
                painter.text(
                    inside.x,
                    y,
                    inside.width,
                    &tr!(lang, accounts_what_is_called, uin),
                    Role::Accent,
                );
                field.draw(painter, inside.x, y + 1, inside.width, true);
            }
        }
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        match self.typing {
            Some(Editing::Account(_)) => vec![
                (Command::Confirm, lang.text(m::accounts_its_name)),
                (Command::Back, lang.text(m::command_back)),
            ],
            Some(Editing::Name(..)) => {
                vec![
                    (Command::Confirm, lang.text(m::common_keep)),
                    (Command::Back, lang.text(m::command_back)),
                ]
            }
            None => vec![
                (Command::Mark, lang.text(m::accounts_trust_or_not)),
                (Command::Confirm, lang.text(m::common_name)),
                (Command::OtherName, lang.text(m::accounts_another_account)),
                (Command::Drop, lang.text(m::accounts_no_name)),
                (Command::Back, lang.text(m::command_back)),
            ],
        }
    }

    fn typing(&self) -> bool {
        self.typing.is_some()
    }
}
