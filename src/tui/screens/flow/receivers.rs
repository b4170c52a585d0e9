//! The first step: choose the receivers, from typed or pasted account IDs and from the address book.

use crate::{
    i18n,
    messages::m,
    model::Receiver,
    rules::{Action, Code},
    tui::{
        app::{
            effect::Effect,
            state::{State, dialog::Input},
        },
        keymap::Command,
        screens::flow::{Flow, FlowStep},
        widgets::list::move_cursor,
    },
};

impl Flow {
    pub(crate) fn on_receivers(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) {
        let lang = state.lang;
        let book = Self::address_book(state);
        match input {
            Input::Typed(key) if !self.in_book => {
                self.field.handle_key(*key);
                self.message = None;
            }
            Input::Paste(text) => {
                self.in_book = false;
                self.field.insert(text);
                self.add_typed(state);
            }
            Input::Command(Command::Confirm) if !self.in_book && !self.field.text().trim().is_empty() => {
                self.add_typed(state);
            }
            Input::Command(Command::Confirm) => {
                if self.chosen.is_empty() {
                    self.message = Some(lang.text(m::share_choose_at_least_one_account).into());
                    return;
                }
                self.go_to_regions(state, effects);
            }
            Input::Command(Command::NextField | Command::PrevField) => {
                self.in_book = !self.in_book && !book.is_empty()
            }
            Input::Command(Command::Down) if !self.in_book => self.in_book = !book.is_empty(),
            Input::Command(Command::Up) if self.in_book && self.book_cursor == 0 => self.in_book = false,
            Input::Command(Command::Mark) if self.in_book => {
                if let Some((uin, _)) = book.get(self.book_cursor) {
                    let one = Receiver::from(uin.clone());
                    if self.chosen.contains(&one) {
                        self.chosen.retain(|r| *r != one);
                    } else {
                        self.chosen.push(one);
                    }
                    move_cursor(&mut self.book_cursor, book.len(), 10, Command::Down);
                }
            }
            Input::Command(Command::Drop) if self.in_book => {
                self.chosen.pop();
            }
            Input::Command(command) if self.in_book => {
                move_cursor(&mut self.book_cursor, book.len(), 10, *command);
            }
            _ => {}
        }
    }

    pub(crate) fn go_to_regions(&mut self, state: &mut State, effects: &mut Vec<Effect>) {
        self.message = None;
        self.set_goal();
        self.at = FlowStep::Regions;
        self.read_missing(state, effects);
    }

    /// Returns why a receiver cannot be chosen, or `None` if it can. Uses the same rules as the share itself.
    pub(crate) fn objection(&self, receiver: &Receiver, state: &State) -> Option<String> {
        let action = Action::Share { image: self.image.clone(), with: vec![receiver.clone()] };
        let verdict = state.facts.verdict(&action);
        let reason = verdict.reasons.iter().find(|r| {
            matches!(r.code, Code::ShareAccountForm | Code::ShareSubAccount)
                || r.code == Code::ShareSelf && receiver.region.is_none()
        })?;
        Some(i18n::sentence(reason.code, &reason.args, state.lang))
    }

    /// Chooses the typed accounts. The rest stays in the field, with an error message.
    fn add_typed(&mut self, state: &State) {
        let mut wrong = Vec::new();
        self.message = None;
        for receiver in Receiver::parse_many(self.field.text()) {
            match self.objection(&receiver, state) {
                Some(why) => {
                    self.message.get_or_insert(why);
                    wrong.push(receiver.to_string());
                }
                None => {
                    if !self.chosen.contains(&receiver) {
                        self.chosen.push(receiver);
                    }
                }
            }
        }
        self.field.take();
        self.field.insert(&wrong.join(" "));
    }
}
