//! Pages of text: the help, a row's details, messages, the doctor.

pub(crate) mod calls;
pub(crate) mod family;
pub(crate) mod place;

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::{
    messages::{m, tr},
    model::{Image, ImageKind},
    tui::{
        app::{
            column::{age, ago},
            effect::Effect,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
            table::RowId,
        },
        keymap::{Command, Context},
        screens::{
            messages,
            tabs::{cell, images::owner, regions::name as region_name},
        },
        widgets::{
            list::TextLine,
            paint::{Painter, pad, wrap},
            theme::Role,
        },
    },
};

/// The content of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReaderPage {
    /// The keys.
    Help,
    /// All details of a row.
    Details(RowId),
    /// Calls and error messages.
    Messages,
    /// The doctor's findings.
    Doctor,
}

/// A page that can be scrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    page: ReaderPage,
    top: usize,
}

impl Reader {
    /// Opens a page at its start, or Messages at its end.
    pub fn new(page: ReaderPage) -> Self {
        let top = if page == ReaderPage::Messages { usize::MAX } else { 0 };
        Self { page, top }
    }

    /// Returns all lines of the page as text.
    pub fn texts(&self, state: &State) -> Vec<String> {
        let lines = self.lines(state, u16::MAX);
        lines.iter().map(one_line).filter(|text| !text.is_empty()).collect()
    }

    fn lines(&self, state: &State, width: u16) -> Vec<TextLine> {
        match &self.page {
            ReaderPage::Help => help(state, width),
            ReaderPage::Messages => messages::lines(state, width),
            ReaderPage::Doctor => state.doctor.lines(state.lang, width),
            ReaderPage::Details(RowId::Image(id)) => {
                let all = |i| {
                    let (copies, shares) = (family::members(state, i, width), receivers(state, i, width));
                    [image(state, i, width), copies, shares].concat()
                };
                state.shown_image(id).map(all).unwrap_or_default()
            }
            ReaderPage::Details(RowId::Region(region)) => place::region(state, region, width),
            ReaderPage::Details(RowId::Instance(id)) => {
                state.shown_instance(id).map(|i| place::instance(state, i, width)).unwrap_or_default()
            }
        }
    }
}

impl Dialog for Reader {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        let Input::Command(command) = input else { return DialogOutcome::Stay };
        let height = usize::from(state.size.1.saturating_sub(5));
        // In Messages the cursor selects an entry; on other pages it is the first line on the screen.
        let last = match self.page {
            ReaderPage::Messages => messages::entries(state, state.size.0).len().saturating_sub(1),
            _ => self.lines(state, state.size.0).len().saturating_sub(height),
        };
        self.top = self.top.min(last);
        match command {
            Command::Back | Command::Confirm => return DialogOutcome::Close,
            Command::Help if self.page == ReaderPage::Help => return DialogOutcome::Close,
            Command::CopyText if matches!(self.page, ReaderPage::Details(_)) => {
                return DialogOutcome::Command(Command::CopyId);
            }
            Command::CopyText if self.page == ReaderPage::Messages => {
                if let Some(message) = messages::entries(state, u16::MAX).get(self.top) {
                    effects.push(Effect::Clipboard(one_line(message.iter().flatten())));
                    state.show_notice(lang.text(m::reader_message_was_sent_to_terminals));
                }
            }
            command => {
                crate::tui::widgets::list::move_cursor(&mut self.top, last + 1, height, *command);
            }
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let title = match &self.page {
            ReaderPage::Help => lang.text(m::reader_keys).to_owned(),
            ReaderPage::Messages => lang.text(m::reader_messages).to_owned(),
            ReaderPage::Doctor => lang.text(m::reader_doctor).to_owned(),
            ReaderPage::Details(row) => cell(state, row, state.tab.columns()[0].field).text.into_owned(),
        };
        painter.text(1, area.y, area.width.saturating_sub(2), &title, Role::Strong);
        if self.page == ReaderPage::Messages {
            let told = calls::summary(state);
            painter.text_right(area.width - 1, area.y, area.width.saturating_sub(12), &told, Role::Dim);
        }
        painter.rule(1, area.y + 1, area.width.saturating_sub(2));
        let height = usize::from(area.height.saturating_sub(2));
        let entries = match self.page {
            ReaderPage::Messages => messages::entries(state, area.width),
            _ => Vec::new(),
        };
        let at = self.top.min(entries.len().saturating_sub(1));
        let selected =
            entries.get(at).map(|entry| (entries[..at].iter().map(Vec::len).sum::<usize>(), entry.len()));
        let lines = if entries.is_empty() { self.lines(state, area.width) } else { entries.concat() };
        let top = match selected {
            Some((first, size)) => crate::tui::widgets::list::window(first + size - 1, height),
            None => self.top.min(lines.len().saturating_sub(height)),
        };
        for (n, line) in lines.iter().enumerate().skip(top).take(height) {
            let y = area.y + 2 + (n - top) as u16;
            if selected.is_some_and(|(first, _)| first == n) {
                painter.marker(0, y);
            }
            let mut x = 1;
            for (text, role) in line {
                x = painter.text(x, y, area.width.saturating_sub(x + 1), text, *role);
            }
        }
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        let mut hints = vec![
            (Command::Down, lang.text(m::common_down)),
            (Command::Up, lang.text(m::common_up)),
            (Command::Back, lang.text(m::command_back)),
        ];
        match self.page {
            ReaderPage::Details(_) => hints.insert(2, (Command::CopyText, lang.text(m::command_copy_id))),
            ReaderPage::Messages => hints.insert(2, (Command::CopyText, lang.text(m::reader_copy_message))),
            ReaderPage::Help | ReaderPage::Doctor => {}
        }
        hints
    }

    fn fills_the_screen(&self) -> bool {
        true
    }
}

/// Returns pieces of text as one line without padding.
fn one_line<'a>(pieces: impl IntoIterator<Item = &'a (String, Role)>) -> String {
    let text: String = pieces.into_iter().map(|(text, _)| text.as_str()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a label and its value, which is wrapped in its own column.
fn entry(label: &str, value: &str, width: u16) -> Vec<TextLine> {
    let wrapped = wrap(value, width.saturating_sub(20));
    let mut lines: Vec<TextLine> = Vec::new();
    for (n, part) in wrapped.into_iter().enumerate() {
        let label = if n == 0 { label.to_lowercase() } else { String::new() };
        lines.push(vec![(format!("  {} ", pad(&label, 15)), Role::Dim), (part, Role::Plain)]);
    }
    lines
}

fn image(state: &State, image: &Image, width: u16) -> Vec<TextLine> {
    let lang = state.lang;
    let mut lines = Vec::new();
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.extend(entry(label, value, width));
        }
    };
    add("id", image.id.as_str());
    add(lang.text(m::common_region), &format!("{} · {}", image.region, region_name(&image.region, lang)));
    let percent = image.sync_percent.map(|p| format!(", {p} %")).unwrap_or_default();
    add(lang.text(m::reader_state), &format!("{}{percent}", image.state));
    add(lang.text(m::common_description), &image.description);
    add(lang.text(m::reader_your_note), state.notes.notes.get(&image.id).map_or("", String::as_str));
    let platform = if image.os.contains(image.platform.as_str()) { "" } else { image.platform.as_str() };
    let system = [image.os.as_str(), platform, &image.arch].into_iter().filter(|part| !part.is_empty());
    add(lang.text(m::reader_system), &system.collect::<Vec<_>>().join(", "));
    add(
        "cloud-init",
        if image.cloudinit { lang.text(m::reader_supported) } else { lang.text(m::reader_not_supported) },
    );
    add(lang.text(m::word_size), &format!("{} GiB", image.size_gib));
    if let Some(at) = image.created_at {
        add(
            lang.text(m::reader_created),
            &tr!(lang, reader_time_and_age, at, ago = ago(lang, state.now, at)),
        );
    }
    match image.kind {
        ImageKind::Received => {
            let from = owner(state, image).unwrap_or_else(|| lang.text(m::reader_cloud_does_not_say).into());
            let number = image.owner().map(|o| format!(", {o}")).unwrap_or_default();
            add(lang.text(m::reader_owner), &format!("{from}{number}"));
        }
        _ => add(lang.text(m::reader_creator), image.creator.as_deref().unwrap_or("")),
    }
    add(lang.text(m::reader_made_by), image.source.as_deref().unwrap_or(""));
    add(lang.text(m::reader_family), image.family.as_deref().unwrap_or(""));
    add(
        lang.text(m::reader_licence),
        if image.byol {
            lang.text(m::reader_brought_by_owner_byol)
        } else {
            lang.text(m::reader_tencent_cloud)
        },
    );
    if image.deprecated {
        add(lang.text(m::common_deprecated), lang.text(m::common_yes));
    }
    let probe = state.facts.probes.get(&image.id).copied().unwrap_or_default();
    if probe.encrypted {
        add(lang.text(m::reader_encrypted), lang.text(m::common_yes));
    }
    if probe.whole_machine {
        add(lang.text(m::reader_whole_machine), lang.text(m::reader_yes_data_disks_and_all));
    }
    if let Some(job) = state.facts.busy.get(&image.id) {
        add(lang.text(m::reader_worked_on), &tr!(lang, reader_used_by_job, job));
    }
    add(lang.text(m::reader_tags), &tags(&image.tags));
    for snapshot in &image.snapshots {
        let disk = if snapshot.data_disk {
            lang.text(m::reader_data_disk)
        } else {
            lang.text(m::reader_system_disk)
        };
        add(
            lang.text(m::reader_snapshot),
            &tr!(lang, reader_gib, id = snapshot.id, disk, size_gib = snapshot.size_gib),
        );
    }
    // An image ID is unique in all regions, so the instances of all regions are counted.
    let mut runs: Vec<_> = state.facts.running(&image.id).collect();
    runs.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    for instance in &runs {
        add(
            lang.text(m::reader_runs_on),
            &format!("{} · {} · {} · {}", instance.name, instance.id, instance.zone, instance.state),
        );
    }
    let of = state.facts.captures.iter().filter(|(_, made)| made.contains(&image.id));
    for (instance, _) in of {
        let name = state.facts.instance(instance).map_or("", |i| i.name.as_str());
        add(lang.text(m::reader_made_from), &format!("{instance} {name}"));
    }
    for instance in &runs {
        for further in state.facts.made_from(&instance.id) {
            let name = state.facts.image(further).map_or("", |i| i.name.as_str());
            add(
                lang.text(m::reader_further_image),
                &tr!(lang, reader_derived_from, further, name, origin = instance.name),
            );
        }
    }
    lines
}

/// Formats tags as `key=value`.
fn tags(tags: &[(String, String)]) -> String {
    tags.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
}

/// Returns the accounts that an own image is shared with. They come last because they may be many.
fn receivers(state: &State, image: &Image, width: u16) -> Vec<TextLine> {
    let lang = state.lang;
    if image.kind != ImageKind::Own {
        return Vec::new();
    }
    let said = |text: &str| entry(lang.text(m::reader_shared_with), text, width);
    let shares = match state.facts.shares(&image.id) {
        None => return said(lang.text(m::common_asking)),
        Some([]) => return said(lang.text(m::reader_nobody)),
        Some(shares) => shares,
    };
    let limit = state.facts.standing.limits.share_accounts;
    let mut lines = said(&tr!(lang, reader_accounts, n = shares.len(), limit));
    for share in shares {
        let since = age(state.lang, state.now, share.since);
        let name = state.facts.accounts.get(&share.account).map_or("", String::as_str);
        lines.push(vec![
            (format!("  {:<15} {}  ", "", share.account), Role::Plain),
            (tr!(lang, reader_since, since), Role::Dim),
            (name.to_owned(), Role::Plain),
        ]);
    }
    lines
}

/// Returns the keys of both contexts, in two columns if there is room.
fn help(state: &State, width: u16) -> Vec<TextLine> {
    let lang = state.lang;
    let mut lines = Vec::new();
    for (context, title) in [
        (Context::Table, lang.text(m::reader_on_tables)),
        (Context::Dialog, lang.text(m::reader_everywhere_else)),
    ] {
        lines.push(vec![(title.to_owned(), Role::Strong)]);
        let entries: Vec<(String, &str)> = Command::ALL
            .iter()
            .filter_map(|command| {
                let keys = state.keymap.keys(context, *command);
                let text: Vec<String> = keys.iter().map(ToString::to_string).collect();
                (!text.is_empty()).then(|| (text.join(" "), command.text(state.lang)))
            })
            .collect();
        let columns = if width >= 100 { 2 } else { 1 };
        let height = entries.len().div_ceil(columns);
        for n in 0..height {
            let mut line = TextLine::new();
            for column in 0..columns {
                if let Some((keys, what)) = entries.get(n + column * height) {
                    let pad = 34usize.saturating_sub(what.width());
                    line.push((format!("  {keys:<16}"), Role::Accent));
                    line.push((format!("{what}{}", " ".repeat(pad)), Role::Plain));
                }
            }
            lines.push(line);
        }
        lines.push(TextLine::new());
    }
    lines
}
