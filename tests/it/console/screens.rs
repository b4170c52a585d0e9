//! Every screen as users see it. It is checked in four sizes, in the dark theme, without colours, in ASCII and in
//! Chinese, and kept as a snapshot of text and styles in two sizes, in English and, if widths matter, in Chinese.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use cvmshare::{
    jobs::{CellState, Job},
    messages::Lang,
    model::{Catalog, JobFailure},
    rules::Code,
    tui::{Load, Loaded, Message, State, Theme, screens::frame, update},
};
use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Position, Rect},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

use super::{Stage, fresh, keys, pictures};

/// The sizes at which the columns change.
pub(super) const SIZES: [(u16, u16); 4] = [(60, 15), (80, 24), (120, 40), (200, 50)];

/// The sizes of the snapshots.
const SNAPSHOT_SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// The tabs. Their snapshots show the whole screen.
const WHOLE: &[&str] = &["my-images", "shared-with-me", "regions", "instances"];

/// The screens with Chinese snapshots: columns of a table, labels of a form, wrapped text, a list beside text.
const CHINESE_SNAPSHOTS: &[&str] = &[
    "my-images",
    "regions",
    "instances",
    "details",
    "rename",
    "findings",
    "several",
    "accounts",
    "help",
    "launch-type",
    "job-report",
];

fn lines(buffer: &Buffer) -> Vec<String> {
    cvmshare::tui::test_driver::lines(buffer)
}

/// Returns the name of a cell's style; `None` for the plain style. Rules and the sides of boxes are skipped.
fn style(cell: &Cell) -> Option<&'static str> {
    match (cell.modifier, cell.fg) {
        _ if "─│╭╮╰╯".contains(cell.symbol()) => None,
        (m, _) if m.contains(Modifier::REVERSED) => Some("reversed"),
        (m, _) if m.contains(Modifier::UNDERLINED) => Some("underlined"),
        (m, _) if m.contains(Modifier::BOLD) => Some("bold"),
        (m, _) if m.contains(Modifier::DIM) => Some("dim"),
        (_, Color::Red) => Some("red"),
        (_, Color::Green) => Some("green"),
        (_, Color::Yellow) => Some("yellow"),
        (_, Color::Cyan) => Some("cyan"),
        _ => None,
    }
}

/// Returns one line per style: the row and the columns of each run of it within the area.
pub(super) fn styles(buffer: &Buffer, area: Rect) -> String {
    let mut runs: BTreeMap<&str, String> = BTreeMap::new();
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let (start, now) = (x, style(&buffer[(x, y)]));
            while x < area.right() && style(&buffer[(x, y)]) == now {
                x += columns(&buffer[(x, y)]);
            }
            if let Some(now) = now {
                let (y, from, to) = (y - area.y, start - area.x, x - 1 - area.x);
                write!(runs.entry(now).or_default(), " {y}:{from}-{to}").unwrap();
            }
        }
    }
    runs.into_iter().map(|(style, runs)| format!("{style}:{runs}\n")).collect()
}

/// Returns the text of an area without blank lines at its end, and its styles.
fn picture(buffer: &Buffer, area: Rect) -> String {
    let mut part = Buffer::empty(area);
    for at in area.positions() {
        part[at] = buffer[at].clone();
    }
    let text = lines(&part).into_iter().map(|line| format!("|{line}\n")).collect::<String>();
    format!("{}\n{}", text.trim_end_matches("|\n").trim_end(), styles(buffer, area))
}

/// Returns the width of a cell's text. The columns after the first are not drawn.
fn columns(cell: &Cell) -> u16 {
    cell.symbol().width().max(1) as u16
}

fn drawn(state: &State) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
    frame::draw(state, &mut buffer);
    buffer
}

fn resized(state: &State, (width, height): (u16, u16)) -> State {
    let mut state = state.clone();
    update(&mut state, Message::Resize(width, height));
    state
}

/// Returns the area that is specific to the state: the dialogs on top, or the table's rows and the details pane.
fn own_area(state: &State, buffer: &Buffer) -> Rect {
    let layout = frame::Layout::new(buffer.area, state.tab);
    let mut below = state.clone();
    below.dialogs.clear();
    let below = drawn(&below);
    let changed = |at: &Position| (1..layout.notice).contains(&at.y) && buffer[*at] != below[*at];
    buffer
        .area
        .positions()
        .filter(changed)
        .map(|at| Rect::new(at.x, at.y, 1, 1))
        .reduce(Rect::union)
        .unwrap_or(Rect::new(0, layout.heads + 1, buffer.area.width, layout.notice - layout.heads - 1))
}

/// Returns the lines around the table: header, tabs, column heads, notice, keys.
fn around(state: &State, buffer: &Buffer) -> Vec<(u16, String)> {
    let layout = frame::Layout::new(buffer.area, state.tab);
    let lines = lines(buffer);
    let rows = [0, layout.tabs, layout.heads, layout.notice, layout.footer];
    rows.into_iter().map(|y| (y, lines[usize::from(y)].clone())).collect()
}

fn keep(name: &str, text: &str) {
    // Request ids and the durations of calls differ in every run.
    insta::with_settings!({ omit_expression => true, filters => [
        (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "00000000-0000-0000-0000-000000000000"),
    ] }, { insta::assert_snapshot!(name, text) });
}

/// The screens of one test. Each is checked in every size and look. A snapshot of a screen has only what is specific to
/// it. What surrounds the table is in one snapshot for the whole test, and only where it changes.
pub(super) struct Screens {
    name: &'static str,
    lang: Lang,
    around: Vec<Vec<(u16, String)>>,
    small: String,
}

impl Screens {
    pub fn new(name: &'static str, lang: Lang) -> Self {
        Self { name, lang, around: vec![Vec::new(); SNAPSHOT_SIZES.len()], small: String::new() }
    }

    /// Checks a screen and compares it with its snapshot.
    pub fn see(&mut self, name: &str, state: &State) {
        let text = self.look(name, state);
        match self.lang {
            Lang::EN => keep(name, &text),
            Lang::ZH if CHINESE_SNAPSHOTS.contains(&name) => keep(&format!("{name}-zh"), &text),
            _ => {}
        }
    }

    /// Checks a screen with little content. It goes into the snapshot of the test.
    pub fn small(&mut self, name: &str, state: &State) {
        let text = self.look(name, state);
        self.small.push_str(&text);
    }

    fn look(&mut self, name: &str, state: &State) -> String {
        assert_eq!(state.lang, self.lang);
        let mut out = String::new();
        for size in SIZES {
            check(name, &resized(state, size));
        }
        for (size, before) in SNAPSHOT_SIZES.into_iter().zip(&mut self.around) {
            let state = resized(state, size);
            let buffer = drawn(&state);
            let area = if WHOLE.contains(&name) { buffer.area } else { own_area(&state, &buffer) };
            let Rect { x, y, width, height } = area;
            let picture = picture(&buffer, area);
            writeln!(out, "== {name} on {}x{}: {width}x{height} at {x},{y}\n{picture}", size.0, size.1)
                .unwrap();
            let now = around(&state, &buffer);
            for row in now.iter().filter(|row| !before.contains(row)) {
                writeln!(self.small, "-- {name} {:3}|{}", row.0, row.1).unwrap();
            }
            *before = now;
        }
        out
    }

    /// Compares the snapshot of the test.
    pub fn done(self) {
        if self.lang == Lang::EN {
            keep(self.name, &self.small);
        }
    }
}

/// Checks the properties of every screen in a size.
fn check(name: &str, state: &State) {
    let dark = drawn(state);
    let said = || format!("{name} {:?} {:?}:\n{}", state.size, state.lang, lines(&dark).join("\n"));
    if state.lang != Lang::EN {
        nothing_english(name, state, &dark);
    }
    boxes_are_whole(&dark, &said);
    let mut other = state.clone();
    other.looks.theme = Theme::builtin("mono").unwrap();
    let mono = drawn(&other);
    assert_eq!(lines(&mono), lines(&dark), "{}", said());
    assert!(mono.content.iter().all(|c| c.fg == Color::Reset && c.bg == Color::Reset), "{}", said());
    more_than_colour(&dark, &mono, &said);
    let mut other = state.clone();
    other.looks.ascii = true;
    let ascii = drawn(&other);
    // The map and the legend above it use other signs.
    let map = frame::Layout::new(dark.area, state.tab).map;
    let is_map = |at: Position| map.is_some_and(|map| map.contains(at) || at.y + 1 == map.y);
    for at in dark.area.positions() {
        let (sign, plain) = (dark[at].symbol(), ascii[at].symbol());
        // Names and texts are not changed.
        let is_text = plain.chars().all(char::is_alphanumeric) || plain.width() == 2;
        assert!(plain.is_ascii() || is_text, "{plain:?} at {at}\n{}", said());
        if !is_map(at) {
            assert!(
                plain == sign || plain.is_ascii() && !sign.is_ascii(),
                "{sign:?} {plain:?} at {at}\n{}",
                said()
            );
            assert_eq!(ascii[at].style(), dark[at].style(), "{at}\n{}", said());
        }
    }
}

/// Checks that every box has its four corners and sides, so that nothing overlaps them, and that the screen's edge cuts
/// no wide character.
fn boxes_are_whole(buffer: &Buffer, said: &dyn Fn() -> String) {
    let at = |x: u16, y: u16| buffer.cell((x, y)).map_or("", |c| c.symbol());
    for Position { x, y } in buffer.area.positions() {
        if at(x, y).width() == 2 {
            assert!(x + 1 < buffer.area.width, "cut at {x},{y}\n{}", said());
        }
        if at(x, y) != "╭" {
            continue;
        }
        let right = (x..buffer.area.width).find(|x| at(*x, y) == "╮");
        let bottom = (y + 1..buffer.area.height).find(|y| at(x, *y) != "│");
        let (Some(right), Some(bottom)) = (right, bottom) else { panic!("open box at {x},{y}\n{}", said()) };
        let sides = (y + 1..bottom).all(|y| at(right, y) == "│");
        assert!(sides && at(x, bottom) == "╰" && at(right, bottom) == "╯", "box at {x},{y}\n{}", said());
    }
}

/// Checks that texts of different colours differ: a red text is never green elsewhere.
fn more_than_colour(dark: &Buffer, mono: &Buffer, said: &dyn Fn() -> String) {
    let mut colours: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for y in 0..dark.area.height {
        let mut x = 0;
        while x < dark.area.width {
            let (start, colour) = (x, dark[(x, y)].fg);
            let mut text = String::new();
            while x < dark.area.width && dark[(x, y)].fg == colour {
                text.push_str(dark[(x, y)].symbol());
                x += columns(&dark[(x, y)]);
            }
            let plain = mono[(start, y)].modifier.is_empty();
            if plain && colour != Color::Reset && !text.trim().is_empty() {
                colours.entry(text.trim().to_owned()).or_default().insert(format!("{colour:?}"));
            }
        }
    }
    let alone: Vec<_> = colours.iter().filter(|(_, colours)| colours.len() > 1).collect();
    assert!(alone.is_empty(), "{alone:?}\n{}", said());
}

/// Words that stay English on Chinese screens: those of the cloud and of programs, keys, typed text, the cloud's
/// message of a refusal, and the rest of a word that is scrolled out of its field.
const UNTRANSLATED: &str = "cvmshare https www tencentcloud com document product faq DEMO VPC SSH API ARM GiB env BYOL QQ AppId ok \
    Enter Esc Tab Shift Ctrl Down Up Left Right Home End PgUp PgDn space delete \
    NORMAL RUNNING STOPPED SYNCING CREATEFAILED REGION DryRun CREATE_IMAGE POSTPAID_BY_HOUR CLOUD_PREMIUM cloud-init uuid \
    InvalidImageId.NotFound InvalidParameterValue.InvalidImageForGivenInstanceType ResourceInsufficient.Quota \
    acme borealis quay Acme Platform Test example.com stat nothing-like-it \
    The image is for the instance type is not vember South China Guangzhou";

/// Returns the texts that may be English: from the cloud, codes of rules, names of commands and terms, and calls.
fn texts_from_elsewhere(state: &State) -> String {
    let mut all = vec![UNTRANSLATED.to_owned(), format!("{:?} {:?}", state.calls, state.messages)];
    all.extend(state.facts.images().chain(state.cached_images()).map(|i| {
        let snapshots: Vec<&str> = i.snapshots.iter().map(|s| s.id.as_str()).collect();
        format!(
            "{} {} {} {} {} {:?} {snapshots:?} {:?}",
            i.name, i.id, i.description, i.os, i.arch, i.tags, i.family
        )
    }));
    all.extend(
        state
            .facts
            .instances()
            .map(|i| format!("{} {} {} {} {:?}", i.name, i.id, i.os, i.instance_type, i.details)),
    );
    all.extend(state.facts.accounts.values().cloned());
    all.extend(state.jobs.values().map(|job| format!("{} {:?} {:?}", job.id, job.calls, job.cells)));
    all.extend(
        Catalog::get()
            .iter()
            .filter_map(|r| state.facts.offers(&r.region))
            .flatten()
            .map(|o| o.instance_type.clone()),
    );
    all.extend(Catalog::get().iter().map(|r| format!("{} {} {:?}", r.region, r.short, r.zones)));
    if state.lang != Lang::ZH {
        all.extend(Catalog::get().iter().map(|r| r.name.clone()));
    }
    all.extend(Code::ALL.iter().map(|c| format!("{c} {} {}", c.source(), c.doc().unwrap_or_default())));
    all.extend(state.failed_reads(|_| true).into_iter().map(|(_, trouble)| trouble.text.clone()));
    all.push(state.table().filter.clone());
    all.push(state.table().filter_error().unwrap_or_default().to_owned());
    all.join(" ")
}

/// Checks that a screen in another language has no English words of its own. IDs, addresses and times are not words, and texts that
/// a box or the screen cuts off are skipped.
fn nothing_english(name: &str, state: &State, buffer: &Buffer) {
    // The first column of the palette shows the names for keymap files.
    if matches!(name, "commands" | "palette") {
        return;
    }
    let elsewhere = texts_from_elsewhere(state);
    let letters = |c: char| c.is_ascii_alphabetic();
    let known: BTreeSet<&str> = elsewhere.split(|c| !letters(c)).collect();
    let mut odd = Vec::new();
    for line in lines(buffer) {
        let spelt = |c: char| c.is_ascii_alphanumeric() || "-_.'/:@".contains(c);
        let mut rest = line.as_str();
        while let Some(start) = rest.find(spelt) {
            let token = &rest[start..];
            let token = &token[..token.find(|c| !spelt(c)).unwrap_or(token.len())];
            let cut = |c: Option<char>| matches!(c, Some('…' | '│'));
            let before = rest[..start].chars().next_back();
            rest = &rest[start + token.len()..];
            if cut(before)
                || cut(rest.chars().next())
                || token.contains(|c: char| c.is_ascii_digit() || c == '/')
            {
                continue;
            }
            let words = token.split(|c| !letters(c)).filter(|w| w.len() > 2 && !known.contains(w));
            odd.extend(words.map(str::to_owned));
        }
    }
    assert_eq!(odd, [""; 0], "{name}:\n{}", lines(buffer).join("\n"));
}

/// Visits all screens of the scene `tour` by keys.
fn walk(lang: Lang) {
    let mut stage = Stage::tour_in(lang, (200, 50));
    stage.quiet();
    let mut screens = Screens::new("screens", lang);
    let mut see = |name: &str, keys: &str| {
        stage.press(keys);
        screens.see(name, &stage.console.state);
    };
    see("my-images", "");
    see("delete", "D");
    see("actions", "esc a");
    see("details", "esc enter");
    see("unshare", "esc u");
    see("rename", "esc e");
    see("receivers", "esc s \"me@example.com\" enter");
    see("regions-to-choose", "ctrl-u \"100000000002,100000000004@ap-beijing\" enter enter down space");
    see("findings", "enter");
    see("risk", "enter");
    see("copy", "esc esc esc esc c");
    see("shared-with-me", "esc 2");
    see("actions-received", "a");
    see("accounts", "esc t space");
    see("note", "space esc n");
    see("hidden", "esc h H");
    see("nothing-matches", "k h H 1 / \"nothing-like-it\"");
    see("marked", "esc g space j v");
    see("several", "j space D");
    see("several-share", "esc s");
    see("regions", "esc esc 3");
    see("region-details", "enter");
    see("instances", "esc 4");
    see("instance-actions", "a");
    see("instance-details", "esc enter");
    see("profiles", "esc P");
    see("regions-in-view", "esc o");
    see("help", "esc ?");
    see("commands", "esc 1 k : \"del\"");
    see("read-only", "esc Z 1");
    see("jobs-none", "Z J");
    screens.done();
}

#[test]
fn english_screens_match_their_snapshots() {
    walk(Lang::EN);
}

#[test]
fn chinese_screens_match_their_snapshots() {
    walk(Lang::ZH);
}

#[test]
fn pseudo_screens_are_translated() {
    walk(Lang::PSEUDO);
}

/// Draws screens that keys alone do not reach: pending requests, a cloud that does not answer, cached rows.
fn moments(lang: Lang) {
    let mut screens = Screens::new("moments", lang);
    let mut see = |name: &str, state: &State| screens.small(name, state);
    let mut state = keys::asking();
    state.lang = lang;
    see("loading", &state);
    keys::fails(&mut state);
    see("failed", &state);
    keys::press(&mut state, "M");
    see("messages-failed", &state);

    let mut state = keys::state();
    state.lang = lang;
    keys::press(&mut state, "r");
    keys::fails(&mut state);
    see("failed-with-rows", &state);

    let mut state = fresh::returned();
    state.lang = lang;
    see("of-last-time", &state);

    let mut state = keys::state();
    state.lang = lang;
    keys::empties(&mut state);
    for (tab, name) in [("1", "no-images"), ("2", "nothing-shared"), ("4", "no-instances")] {
        keys::press(&mut state, tab);
        see(name, &state);
    }
    let mut state = keys::state();
    (state.lang, state.last.sessions) = (lang, 1);
    keys::answer(&mut state, Load::Regions, Ok(Loaded::Regions(vec![keys::region()])));
    see("first-run", &state);
    screens.done();
}

#[test]
fn english_transient_screens_match_their_snapshots() {
    moments(Lang::EN);
}

#[test]
fn chinese_transient_screens_match_their_snapshots() {
    moments(Lang::ZH);
}

#[test]
fn pseudo_transient_screens_are_translated() {
    moments(Lang::PSEUDO);
}

/// Draws a job from its first copy to its report, and the question before it is cancelled.
fn job(lang: Lang) {
    let mut stage = Stage::tour_in(lang, (200, 50));
    stage.quiet();
    pictures::previewed(&mut stage);
    let mut job: Job = pictures::begun(&mut stage);
    pictures::halfway(&mut job);
    let mut screens = Screens::new("a-job", lang);
    let mut show = |name: &str, keys: &str, job: &Job| {
        stage.console.send(Message::Job(Box::new(job.clone())));
        stage.console.press(keys).unwrap();
        stage.console.state.notice = None;
        screens.see(name, &stage.console.state);
    };
    show("job-running", "", &job);
    let cell = job.cells.last_mut().unwrap();
    (cell.state, cell.percent) = (CellState::Failed, None);
    cell.error = Some(JobFailure::new("ResourceInsufficient.Quota", "The image quota is used up."));
    show("job-failed", "", &job);
    job.cells.last_mut().unwrap().error = None;
    pictures::done(&mut job);
    show("job-report", "", &job);
    // Two jobs make a list.
    let mut other = job.clone();
    (other.id, other.name) = ("0badcafe".into(), "golden-web-6".into());
    show("jobs", "esc J", &other);
    screens.done();
}

#[test]
fn english_job_screens_match_their_snapshots() {
    job(Lang::EN);
}

#[test]
fn chinese_job_screens_match_their_snapshots() {
    job(Lang::ZH);
}

#[test]
fn pseudo_job_screens_are_translated() {
    job(Lang::PSEUDO);
}

#[test]
fn screens_of_any_size_do_not_panic() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    for (width, height) in [(1, 1), (39, 9), (40, 10), (60, 16), (500, 200), (3, 200), (200, 3)] {
        stage.console.send(Message::Resize(width, height));
        for keys in ["1 enter", "esc a", "esc s", "esc D", "esc P", "esc e", "esc u", "esc ?", "esc 3", "1"] {
            stage.console.press(keys).unwrap();
            assert_eq!(stage.console.screen().area.width, width);
        }
    }
}
