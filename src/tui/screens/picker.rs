//! A list to choose from: profiles, regions in view, commands, jobs or jumps.

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::{
    messages::{m, tr},
    model::{Catalog, Region},
    tui::{
        app::{
            column::age,
            effect::Effect,
            jobs, reads,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
            table::RowId,
        },
        keymap::Command,
        screens::{
            jobs::JobScreen,
            jumps::{self, Jump, JumpTarget, go_to},
            palette,
            tabs::regions::all as regions_of,
        },
        widgets::{
            field::TextField,
            list::{centered, move_cursor, window},
            paint::Painter,
            theme::Role,
        },
    },
};

/// PickerTarget the list contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The profiles; one is chosen.
    Profiles,
    /// The regions; several can be chosen.
    Regions,
    /// The commands; one is chosen.
    Commands,
    /// The jobs; one is chosen.
    Jobs,
    /// The jumps of a row; one is chosen.
    Jumps(RowId),
}

/// The list with a cursor, marks if several can be chosen, and a filter for commands.
#[derive(Debug, Clone)]
pub struct Picker {
    subject: Subject,
    cursor: usize,
    marked: BTreeSet<Region>,
    filter: TextField,
}

struct PickerItem {
    texts: [String; 3],
    role: Role,
    what: PickerTarget,
}

enum PickerTarget {
    Profile(usize),
    Region(Region),
    Command(Command),
    Job(String),
    Jump(Jump),
}

impl Picker {
    /// Opens the list with the cursor on the current choice.
    pub fn new(subject: Subject, state: &State) -> Self {
        let cursor = if subject == Subject::Profiles { state.profile } else { 0 };
        Self { subject, cursor, marked: state.view.iter().cloned().collect(), filter: TextField::default() }
    }

    fn items(&self, state: &State) -> Vec<PickerItem> {
        match &self.subject {
            Subject::Profiles => profiles(state),
            Subject::Regions => regions(state),
            Subject::Commands => commands(state, self.filter.text()),
            Subject::Jobs => jobs(state),
            Subject::Jumps(row) => jumps(state, row),
        }
    }
}

impl Dialog for Picker {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        let items = self.items(state);
        let item = items.get(self.cursor);
        match input {
            Input::Command(Command::Back) => return DialogOutcome::Close,
            Input::Command(Command::Confirm) => {
                return match (item.map(|i| &i.what), &self.subject) {
                    (_, Subject::Regions) => {
                        if self.marked.is_empty() {
                            state.show_error(lang.text(m::picker_mark_at_least_one_region));
                            return DialogOutcome::Stay;
                        }
                        reads::change_view(state, self.marked.iter().cloned().collect(), effects);
                        DialogOutcome::Close
                    }
                    (Some(PickerTarget::Profile(index)), _) => {
                        reads::connect(state, *index, effects);
                        DialogOutcome::Close
                    }
                    (Some(PickerTarget::Command(command)), _) => {
                        palette::on_used(state, *command);
                        DialogOutcome::Command(*command)
                    }
                    (Some(PickerTarget::Jump(jump)), _) => {
                        go_to(state, jump);
                        if jump.target == JumpTarget::Nowhere {
                            DialogOutcome::Stay
                        } else {
                            DialogOutcome::Close
                        }
                    }
                    (Some(PickerTarget::Job(id)), _) => {
                        jobs::read_job_again(state, id, effects);
                        DialogOutcome::Replace(Box::new(JobScreen::new(id.clone())))
                    }
                    _ => DialogOutcome::Close,
                };
            }
            Input::Command(Command::Mark) => {
                if let Some(PickerTarget::Region(region)) = item.map(|i| &i.what) {
                    if !self.marked.remove(region) {
                        self.marked.insert(region.clone());
                    }
                    move_cursor(&mut self.cursor, items.len(), 10, Command::Down);
                }
            }
            Input::Command(Command::Invert) => {
                let all = regions_of(state);
                self.marked = all.difference(&self.marked).cloned().collect();
            }
            Input::Command(command) => {
                move_cursor(&mut self.cursor, items.len(), 10, *command);
            }
            Input::Typed(key) => {
                self.filter.handle_key(*key);
                self.cursor = 0;
            }
            Input::Paste(text) => self.filter.insert(text),
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let items = self.items(state);
        let typing = u16::from(self.typing());
        let title = match self.subject {
            Subject::Profiles => lang.text(m::picker_profile),
            Subject::Regions => lang.text(m::picker_regions_in_view),
            Subject::Commands => lang.text(m::picker_commands),
            Subject::Jobs => lang.text(m::picker_jobs),
            Subject::Jumps(_) => lang.text(m::picker_go_to),
        };
        let height = (items.len().max(1) as u16 + 2 + typing).min(area.height);
        // The list is wider for commands and jumps, whose reasons and places are long.
        let width = match self.subject {
            Subject::Commands | Subject::Jumps(_) => area.width.saturating_sub(4).clamp(76, 112),
            _ => 76,
        };
        let inside = painter.boxed(centered(area, width, height), title);
        if self.typing() {
            painter.text(inside.x, inside.y, 2, ":", Role::Accent);
            self.filter.draw(painter, inside.x + 2, inside.y, inside.width.saturating_sub(2), true);
        }
        let rows = usize::from(inside.height - typing.min(inside.height));
        let top = window(self.cursor, rows);
        if items.is_empty() {
            let nothing = match self.subject {
                Subject::Jobs => lang.text(m::picker_no_jobs),
                _ => lang.text(m::common_nothing_matches),
            };
            painter.text(inside.x, inside.y + typing, inside.width, nothing, Role::Dim);
        }
        for (n, item) in items.iter().enumerate().skip(top).take(rows) {
            let y = inside.y + typing + (n - top) as u16;
            let mut x = inside.x + 2;
            if n == self.cursor {
                painter.marker(inside.x, y);
            }
            if let PickerTarget::Region(region) = &item.what {
                let mark = if self.marked.contains(region) { "[x] " } else { "[ ] " };
                x = painter.text(x, y, 4, mark, Role::Accent);
            }
            let [first, second, third] = &item.texts;
            if n == self.cursor {
                painter.selected(x, y, 24, first);
            } else {
                let role = if item.role == Role::Dim { Role::Dim } else { Role::Plain };
                painter.text(x, y, 24, first, role);
            }
            // The column of the second text depends on the kind of item, because a region's code is shorter than a
            // name.
            let at = x + if matches!(item.what, PickerTarget::Region(_)) { 18 } else { 26 };
            let end = painter.text(at, y, inside.right().saturating_sub(at), second, item.role);
            painter.text_right(inside.right(), y, inside.right().saturating_sub(end + 1), third, Role::Dim);
        }
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        match self.subject {
            Subject::Regions => vec![
                (Command::Mark, lang.text(m::command_mark)),
                (Command::Invert, lang.text(m::picker_invert)),
                (Command::Confirm, lang.text(m::picker_look_at_these)),
                (Command::Back, lang.text(m::command_back)),
            ],
            Subject::Jumps(_) => vec![
                (Command::Confirm, lang.text(m::picker_go_there)),
                (Command::Back, lang.text(m::command_back)),
            ],
            _ => {
                vec![
                    (Command::Confirm, lang.text(m::common_open)),
                    (Command::Back, lang.text(m::command_back)),
                ]
            }
        }
    }

    fn typing(&self) -> bool {
        self.subject == Subject::Commands
    }
}

fn profiles(state: &State) -> Vec<PickerItem> {
    let all = state.profiles.iter().enumerate();
    all.map(|(n, p)| PickerItem {
        texts: [p.name.clone(), p.label.clone(), p.found.clone()],
        role: if n == state.profile { Role::Accent } else { Role::Plain },
        what: PickerTarget::Profile(n),
    })
    .collect()
}

fn regions(state: &State) -> Vec<PickerItem> {
    let lang = state.lang;
    let catalog = Catalog::get();
    regions_of(state)
        .into_iter()
        .map(|r| {
            let name = catalog.region(&r).map(|i| i.name_in(lang.as_str()).to_owned()).unwrap_or_default();
            let own = state.facts.regions.get(&r).filter(|f| f.images_at.is_some());
            let images = own
                .map(|f| tr!(lang, picker_own_received, own = f.own, received = f.received))
                .unwrap_or_default();
            PickerItem {
                texts: [r.to_string(), name, images],
                role: Role::Plain,
                what: PickerTarget::Region(r),
            }
        })
        .collect()
}

fn commands(state: &State, typed: &str) -> Vec<PickerItem> {
    let all = palette::entries(state, typed).into_iter();
    all.map(|entry| PickerItem {
        texts: [entry.command.word().replace('_', " "), entry.text, entry.key],
        role: if entry.blocked { Role::Dim } else { Role::Plain },
        what: PickerTarget::Command(entry.command),
    })
    .collect()
}

fn jumps(state: &State, row: &RowId) -> Vec<PickerItem> {
    let all = jumps::jumps(state, row).into_iter();
    all.map(|jump| PickerItem {
        texts: [jump.to.clone(), jump.what.clone(), String::new()],
        role: if jump.target == JumpTarget::Nowhere { Role::Dim } else { Role::Plain },
        what: PickerTarget::Jump(jump),
    })
    .collect()
}

fn jobs(state: &State) -> Vec<PickerItem> {
    let lang = state.lang;
    let mut all: Vec<_> = state.jobs.values().collect();
    all.sort_by(|a, b| b.created.cmp(&a.created).then_with(|| a.id.cmp(&b.id)));
    all.into_iter()
        .map(|job| {
            let (word, role) = crate::tui::screens::jobs::state_word(job, lang);
            let what =
                tr!(lang, picker_regions_shares, word, regions = job.cells.len(), shares = job.edges.len());
            PickerItem {
                texts: [
                    job.name.clone(),
                    what,
                    format!("{} · {}", job.id, age(state.lang, state.now, Some(job.created))),
                ],
                role,
                what: PickerTarget::Job(job.id.clone()),
            }
        })
        .collect()
}
