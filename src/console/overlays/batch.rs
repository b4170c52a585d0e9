//! An action for all that are marked: which of them can, why the others cannot, and No first.

use ratatui::layout::Rect;

use super::{Field, Flow, Input, Overlay, Step, confirm::buttons, moved, window};
use crate::{
    console::{
        actions,
        batch::{self, Item},
        effect::Effect,
        keymap::Command,
        state::{RowId, State},
        tabs::Role,
        update,
        view::{Painter, wrap},
    },
    model::ImageId,
    rules::Code,
    words,
};

/// A question about several images. The verdicts are asked anew with each drawing.
#[derive(Debug, Clone)]
pub struct Batch {
    command: Command,
    images: Vec<ImageId>,
    cursor: usize,
    typed: Field,
    on_yes: bool,
}

impl Batch {
    /// About these images.
    pub fn new(command: Command, images: Vec<ImageId>) -> Self {
        Self { command, images, cursor: 0, typed: Field::default(), on_yes: false }
    }

    pub(super) fn typing(&self) -> bool {
        self.command == Command::Delete
    }

    fn items(&self, state: &State) -> Vec<Item> {
        self.images.iter().filter_map(|id| batch::item(state, id, self.command)).collect()
    }

    fn can(&self, state: &State) -> Vec<Item> {
        self.items(state).into_iter().filter(|i| !i.actions.is_empty()).collect()
    }

    /// Deleting wants the word and the number, so that a list that changed meanwhile is read again.
    fn may_go_on(&self, can: usize) -> bool {
        can > 0 && (!self.typing() || self.typed.text().trim() == format!("delete {can}"))
    }

    pub(super) fn on(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> Step {
        match input {
            Input::Command(Command::Back) => return Step::Close,
            Input::Command(Command::Left | Command::Right | Command::NextField | Command::PrevField) => {
                self.on_yes = !self.on_yes;
            }
            Input::Command(Command::Confirm) => {
                let can = self.can(state);
                let may = self.may_go_on(can.len());
                if !self.on_yes && self.typing() && may {
                    // Enter in the field goes on to the buttons, and never through them.
                    self.on_yes = true;
                    return Step::Stay;
                }
                if !self.on_yes {
                    return Step::Close;
                }
                if !may {
                    state.complain("What is typed is not what is asked for; nothing was done.");
                    return Step::Stay;
                }
                return self.go(can, state, effects);
            }
            Input::Command(command) => {
                moved(&mut self.cursor, self.images.len(), 10, *command);
            }
            Input::Typed(key) if self.typing() => {
                self.typed.on(*key);
                self.on_yes = false;
            }
            Input::Paste(text) if self.typing() => {
                self.typed.insert(text);
                self.on_yes = false;
            }
            Input::Typed(_) | Input::Paste(_) => {}
        }
        Step::Stay
    }

    fn go(&self, can: Vec<Item>, state: &mut State, effects: &mut Vec<Effect>) -> Step {
        if state.acting.is_some() || !state.intents.is_empty() {
            state.complain("Something is still being done; try again when it is over.");
            return Step::Stay;
        }
        if matches!(self.command, Command::Share | Command::Copy) {
            // One guided flow each, the first on top; leaving one shows the next.
            let mut flows: Vec<Overlay> = Vec::new();
            for item in can.into_iter().rev() {
                state.table_mut().marks.remove(&RowId::Image(item.image.clone()));
                let Some(image) = state.facts.image(&item.image) else { continue };
                let flow = match self.command {
                    Command::Share => Flow::share(item.image, image.region.clone()),
                    _ => Flow::copy(item.image),
                };
                flows.push(Overlay::Flow(Box::new(flow)));
            }
            state.overlays.extend(flows);
            return Step::Close;
        }
        batch::begin(state, self.command, can);
        update::next_intent(state, effects);
        Step::Close
    }

    pub(super) fn hints(&self) -> Vec<(Command, &'static str)> {
        vec![
            (Command::Down, "reasons of the next"),
            (Command::NextField, "other button"),
            (Command::Confirm, "press it"),
            (Command::Back, "back"),
        ]
    }

    pub(super) fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let items = self.items(state);
        let can = items.iter().filter(|i| !i.actions.is_empty()).count();
        let width = area.width.saturating_sub(2);
        let title = format!("{}: {can} of {} can", capital(self.command.text(state.lang)), items.len());
        painter.text(1, area.y, width, &title, Role::Strong);
        painter.rule(1, area.y + 1, width);

        let said = self.said(state, &items, width.saturating_sub(4));
        let below = 3 + 2 * u16::from(self.typing());
        let most = area.height.saturating_sub(2 + below + 1);
        let listed = (items.len() as u16).min(most.saturating_sub(said.len() as u16).max(3)).min(most);
        let top = window(self.cursor, usize::from(listed));
        let mut y = area.y + 2;
        for (n, item) in items.iter().enumerate().skip(top).take(usize::from(listed)) {
            row(state, painter, area, y, item, n == self.cursor, self.command);
            y += 1;
        }
        painter.rule(1, y, width);
        y += 1;
        for (text, role) in said.iter().take(usize::from(most.saturating_sub(listed))) {
            painter.text(3, y, width.saturating_sub(2), text, *role);
            y += 1;
        }
        if self.typing() && can > 0 {
            painter.text(3, y, width, &format!("Type delete {can} to go on:"), Role::Plain);
            self.typed.draw(painter, 3, y + 1, width.saturating_sub(2), !self.on_yes);
            y += 2;
        }
        let yes = match self.command {
            Command::Unshare => format!("Yes, cancel those of {can}"),
            command => format!("Yes, {} {can}", command.text(state.lang).to_lowercase()),
        };
        buttons(painter, 3, y + 1, width, "No", &yes, self.on_yes, self.may_go_on(can));
    }

    /// All reasons and risks of the one under the marker; the rows tell the first of each.
    fn said(&self, state: &State, items: &[Item], width: u16) -> Vec<(String, Role)> {
        let mut out: Vec<(String, Role)> = Vec::new();
        let mut add = |text: String, role: Role| {
            out.extend(wrap(&text, width).into_iter().map(|part| (part.to_string(), role)));
        };
        let Some(item) = items.get(self.cursor) else { return out };
        if item.actions.is_empty() {
            for reason in &item.verdict.reasons {
                add(words::sentence(reason.code, &reason.args, state.lang), Role::Bad);
                add(words::remedy(&reason.remedy, reason.code, state.lang), Role::Plain);
            }
            return out;
        }
        for risk in item.risks.iter().filter(|r| r.code != Code::DeleteTypeName) {
            add(words::sentence(risk.code, &risk.args, state.lang), Role::Warn);
        }
        for note in &item.verdict.notes {
            add(words::sentence(note.code, &note.args, state.lang), Role::Plain);
        }
        out
    }
}

fn row(
    state: &State,
    painter: &mut Painter<'_>,
    area: Rect,
    y: u16,
    item: &Item,
    here: bool,
    command: Command,
) {
    let Some(image) = state.facts.image(&item.image) else { return };
    painter.entry(1, y, 24, &image.name, here, Role::Plain);
    painter.text(28, y, 14, image.region.as_str(), Role::Dim);
    let (text, role) =
        match (item.actions.len(), actions::line(state, &RowId::Image(item.image.clone()), command)) {
            (2, _) => {
                let shares = state.facts.shares(&item.image).map_or(0, <[_]>::len);
                let shares = if shares == 1 { "its 1 share".into() } else { format!("all {shares} shares") };
                (format!("cancels {shares} first"), Role::Warn)
            }
            (_, Some(mut line)) => {
                // It is the number that is typed, for all of them.
                line.verdict.acknowledge.retain(|n| n.code != Code::DeleteTypeName);
                let (text, role, _) = actions::summary(state, &line);
                (text, role)
            }
            (_, None) => return,
        };
    painter.text(43, y, area.width.saturating_sub(44), &text, role);
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
