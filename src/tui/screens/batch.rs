//! Confirms an action on all marked rows. Shows which rows it is possible for and why not for the others. The default
//! is No.

use ratatui::layout::Rect;

use crate::{
    i18n,
    messages::{Lang, m, tr},
    model::ImageId,
    rules::{Code, Note},
    tui::{
        app::{
            actions,
            batch::{self, BatchItem},
            effect::Effect,
            gate,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
            table::RowId,
        },
        keymap::Command,
        screens::flow::Flow,
        widgets::{
            field::TextField,
            list::{move_cursor, window},
            paint::{Painter, wrap},
            question::buttons,
            theme::Role,
        },
    },
};

/// The dialog, with the verdicts on the screen.
#[derive(Debug, Clone)]
pub struct Batch {
    command: Command,
    images: Vec<ImageId>,
    cursor: usize,
    typed: TextField,
    on_yes: bool,
    /// The items when the cursor moved to Yes. Yes accepts these, and they are drawn from then on.
    shown: Vec<BatchItem>,
}

impl Batch {
    /// Opens the dialog for these images.
    pub fn new(command: Command, images: Vec<ImageId>) -> Self {
        Self { command, images, cursor: 0, typed: TextField::default(), on_yes: false, shown: Vec::new() }
    }

    /// Returns the items to draw: with current verdicts, or those of `shown` when the cursor is on Yes.
    fn items(&self, state: &State) -> Vec<BatchItem> {
        match self.on_yes {
            true => self.shown.clone(),
            false => self.items_now(state),
        }
    }

    fn move_to(&mut self, on_yes: bool, state: &State) {
        self.shown = self.items_now(state);
        self.on_yes = on_yes;
    }

    /// Returns the verdicts that have changed since they were shown, one sentence for each image.
    fn changes(&self, state: &State) -> Vec<String> {
        let lang = state.lang;
        let changed = |then: &BatchItem| {
            let Some(now) = batch::item(state, &then.image, self.command) else {
                let gone = tr!(lang, batch_is_gone, image = then.image);
                return Some(gone);
            };
            let mut why = gate::refusal(&now.verdict, &then.verdict, lang);
            let actions = |item: &BatchItem| item.steps.iter().map(|s| s.action.clone()).collect::<Vec<_>>();
            if actions(&now) == actions(then) {
                let pairs = || now.steps.iter().zip(&then.steps);
                if pairs().all(|(a, b)| a.verdict.changes_since(&b.verdict).is_empty()) {
                    return None;
                }
                why = pairs().map(|(a, b)| gate::refusal(&a.verdict, &b.verdict, lang)).collect();
            }
            let name = actions::target_name(state, &now.action);
            Some(tr!(lang, batch_name_why, name, why))
        };
        self.shown.iter().filter_map(changed).collect()
    }

    fn items_now(&self, state: &State) -> Vec<BatchItem> {
        self.images.iter().filter_map(|id| batch::item(state, id, self.command)).collect()
    }

    fn possible(&self, state: &State) -> Vec<BatchItem> {
        self.items(state).into_iter().filter(|i| !i.steps.is_empty()).collect()
    }

    /// Returns whether the action may start. To delete, the user types the word and the number, so that a changed
    /// list is read again.
    fn may_start(&self, can: usize) -> bool {
        can > 0 && (!self.typing() || self.typed.text().trim() == format!("delete {can}"))
    }

    fn start(&self, can: Vec<BatchItem>, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        if state.acting.is_some() || !state.intents.is_empty() {
            state.show_error(lang.text(m::common_still_running));
            return DialogOutcome::Stay;
        }
        if matches!(self.command, Command::Share | Command::Copy) {
            // Opens one form for each image, the first on top. Leaving one shows the next.
            let mut flows: Vec<Box<dyn Dialog>> = Vec::new();
            for item in can.into_iter().rev() {
                state.table_mut().marks.remove(&RowId::Image(item.image.clone()));
                let Some(image) = state.facts.image(&item.image) else { continue };
                let flow = match self.command {
                    Command::Share => Flow::share(item.image, image.region.clone()),
                    _ => Flow::copy(item.image),
                };
                flows.push(Box::new(flow));
            }
            state.dialogs.extend(flows);
            return DialogOutcome::Close;
        }
        batch::start(state, self.command, can);
        gate::next_intent(state, effects);
        DialogOutcome::Close
    }

    /// Returns the totals, then all reasons and risks of the item under the cursor. The rows show only the first of
    /// each.
    fn messages(&self, state: &State, items: &[BatchItem], width: u16) -> Vec<(String, Role)> {
        let lang = state.lang;
        let mut out: Vec<(String, Role)> = Vec::new();
        let mut add = |text: String, role: Role| {
            out.extend(wrap(&text, width).into_iter().map(|part| (part.to_string(), role)));
        };
        for text in totals(items, lang) {
            add(text, Role::Strong);
        }
        let Some(item) = items.get(self.cursor) else { return out };
        if let Some(image) = state.facts.image(&item.image) {
            add(format!("{} · {} · {}", i18n::plain(&image.name), image.id, image.region), Role::Dim);
        }
        if item.steps.is_empty() {
            for reason in &item.verdict.reasons {
                add(i18n::sentence(reason.code, &reason.args, state.lang), Role::Bad);
                add(i18n::remedy(&reason.remedy, reason.code, state.lang), Role::Plain);
            }
            return out;
        }
        for risk in
            item.steps.iter().flat_map(|s| &s.verdict.acknowledge).filter(|r| r.code != Code::DeleteTypeName)
        {
            add(i18n::sentence(risk.code, &risk.args, state.lang), Role::Warn);
        }
        for note in &item.verdict.notes {
            add(i18n::sentence(note.code, &note.args, state.lang), Role::Plain);
        }
        out
    }
}

impl Dialog for Batch {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        match input {
            Input::Command(Command::Back) => return DialogOutcome::Close,
            Input::Command(Command::Left | Command::Right | Command::NextField | Command::PrevField) => {
                self.move_to(!self.on_yes, state);
            }
            Input::Command(Command::Confirm) => {
                let changes = if self.on_yes { self.changes(state) } else { Vec::new() };
                if !changes.is_empty() {
                    self.move_to(false, state);
                    gate::show_change_text(state, &changes.join(" "));
                    return DialogOutcome::Stay;
                }
                let can = self.possible(state);
                let may = self.may_start(can.len());
                if !self.on_yes && self.typing() && may {
                    // Enter in the field moves to the buttons, but does not press one.
                    self.move_to(true, state);
                    return DialogOutcome::Stay;
                }
                if !self.on_yes {
                    return DialogOutcome::Close;
                }
                if !may {
                    state.show_error(lang.text(m::common_mismatch));
                    return DialogOutcome::Stay;
                }
                return self.start(can, state, effects);
            }
            Input::Command(command) => {
                move_cursor(&mut self.cursor, self.images.len(), 10, *command);
            }
            Input::Typed(key) if self.typing() => {
                self.typed.handle_key(*key);
                self.on_yes = false;
            }
            Input::Paste(text) if self.typing() => {
                self.typed.insert(text);
                self.on_yes = false;
            }
            Input::Typed(_) | Input::Paste(_) => {}
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let items = self.items(state);
        let can = items.iter().filter(|i| !i.steps.is_empty()).count();
        let width = area.width.saturating_sub(2);
        let title = tr!(lang, batch_title, capital = capital(verb(self.command, lang)), can, n = items.len());
        painter.text(1, area.y, width, &title, Role::Strong);
        painter.rule(1, area.y + 1, width);

        let said = self.messages(state, &items, width.saturating_sub(4));
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
            painter.text(3, y, width, &tr!(lang, batch_type_delete_to_go_on, can), Role::Plain);
            self.typed.draw(painter, 3, y + 1, width.saturating_sub(2), !self.on_yes);
            y += 2;
        }
        let yes = match self.command {
            Command::Unshare => tr!(lang, batch_yes_cancel_those, can),
            command => {
                tr!(lang, batch_yes, verb = verb(command, lang), can)
            }
        };
        buttons(
            painter,
            3,
            y + 1,
            width,
            lang.text(m::common_no_button),
            &yes,
            self.on_yes,
            self.may_start(can),
        );
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        vec![
            (Command::Down, lang.text(m::batch_reasons_next)),
            (Command::NextField, lang.text(m::common_other_button)),
            (Command::Confirm, lang.text(m::common_press_it)),
            (Command::Back, lang.text(m::command_back)),
        ]
    }

    fn typing(&self) -> bool {
        self.command == Command::Delete
    }

    fn fills_the_screen(&self) -> bool {
        true
    }
}

/// Returns the totals of the notes and risks of all items that are possible.
fn totals(items: &[BatchItem], lang: Lang) -> Vec<String> {
    let can: Vec<&BatchItem> = items.iter().filter(|i| !i.steps.is_empty()).collect();
    if can.len() < 2 {
        return Vec::new();
    }
    // Groups the notes by code, in the order of the codes' first occurrence.
    let mut by_code: Vec<(Code, Vec<&Note>)> = Vec::new();
    for item in &can {
        let mut seen: Vec<Code> = Vec::new();
        let verdicts = item.steps.iter().map(|s| &s.verdict);
        for note in verdicts.flat_map(|v| v.acknowledge.iter().chain(&v.notes)) {
            if note.code == Code::DeleteTypeName || seen.contains(&note.code) {
                continue;
            }
            seen.push(note.code);
            match by_code.iter_mut().find(|(code, _)| *code == note.code) {
                Some((_, notes)) => notes.push(note),
                None => by_code.push((note.code, vec![note])),
            }
        }
    }
    by_code.iter().map(|(code, notes)| total(*code, notes, can.len(), lang)).collect()
}

/// Returns the text for all notes of one code. `of` is the number of all images.
fn total(code: Code, notes: &[&Note], of: usize, lang: Lang) -> String {
    let images = match notes.len() == of {
        true => tr!(lang, count_images, n = of),
        false => tr!(lang, batch_images, n = notes.len(), of),
    };
    let sum = |key: &str| notes.iter().filter_map(|n| n.args.get(key)?.as_u64()).sum::<u64>();
    match code {
        Code::DeleteSnapshots => {
            let (count, gib) = (sum("snapshots"), thousands(sum("total_gib")));
            let snapshots = tr!(lang, count_snapshots, n = count as usize);
            match notes.iter().any(|n| n.args.contains_key("deleted")) {
                true => tr!(lang, batch_gib_deleted_with_them, images, snapshots, gib),
                false => {
                    tr!(lang, batch_gib_stay, images, snapshots, gib)
                }
            }
        }
        Code::DeleteInstances => {
            let instances = tr!(lang, count_instances, n = sum("instances") as usize);
            tr!(lang, batch_made_from_them_not_touched, images, instances)
        }
        _ => {
            let mut said: Vec<String> = notes.iter().map(|n| i18n::short(n.code, &n.args, lang)).collect();
            said.dedup();
            let more = said.len().saturating_sub(NAMED);
            said.truncate(NAMED);
            if more > 0 {
                said.push(tr!(lang, batch_more, more));
            }
            let said = said.join(lang.text(m::common_semicolon));
            tr!(lang, batch_images_sentence, images, said)
        }
    }
}

/// The maximum number of different notes of one code that are listed.
const NAMED: usize = 3;

/// Formats a number with thousands separators: `1,350`.
fn thousands(figure: u64) -> String {
    let digits = figure.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn row(
    state: &State,
    painter: &mut Painter<'_>,
    area: Rect,
    y: u16,
    item: &BatchItem,
    here: bool,
    command: Command,
) {
    let lang = state.lang;
    let Some(image) = state.facts.image(&item.image) else { return };
    // If another image has the same name, the ID is shown.
    let name = match actions::has_same_name(state, image) {
        true => format!("{} {}", image.id, image.name),
        false => image.name.to_string(),
    };
    painter.entry(1, y, 24, &name, here, Role::Plain);
    painter.text(28, y, 14, image.region.as_str(), Role::Dim);
    let (text, role) =
        match (item.steps.len(), actions::line(state, &RowId::Image(item.image.clone()), command)) {
            (2, _) => {
                let shares = state.facts.shares(&item.image).map_or(0, <[_]>::len);
                let shares = tr!(lang, batch_its_shares, shares);
                (tr!(lang, batch_cancels_first, shares), Role::Warn)
            }
            (_, Some(mut line)) => {
                // In a batch the user types the number of images instead of each name.
                let mut verdict = (*item.verdict).clone();
                verdict.acknowledge.retain(|n| n.code != Code::DeleteTypeName);
                line.verdict = verdict.into();
                let (text, role, _) = actions::summary(state, &line);
                (text, role)
            }
            (_, None) => return,
        };
    painter.text(43, y, area.width.saturating_sub(44), &text, role);
}

/// Returns the verb for a command.
fn verb(command: Command, lang: Lang) -> &'static str {
    match command {
        Command::Share => lang.text(m::action_share),
        Command::Copy => lang.text(m::action_copy),
        Command::Unshare => lang.text(m::command_cancel_shares),
        command => command.text(lang),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
