//! The four tabs: what their columns show, how they sort and filter.

pub mod copying;
pub(crate) mod derive;
pub(crate) mod filter;
pub(crate) mod images;
pub(crate) mod instances;
pub(crate) mod marks;
pub(crate) mod regions;
pub(crate) mod value;

use std::{borrow::Cow, collections::BTreeSet};

use crate::{
    i18n::lang::{Lang, tell},
    model::{Image, ImageKind},
    tui::app::state::{RowId, State},
};

pub use crate::tui::app::table::{
    images::owner,
    instances::{Runs, runs},
    regions::{
        all as regions_of, fullness, group as region_group, in_view, name as region_name,
        place as region_place,
    },
};

/// A tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Own images.
    Images,
    /// Received images.
    Shared,
    /// Regions.
    Regions,
    /// Instances.
    Instances,
}

impl Tab {
    /// In the order of their keys.
    pub const ALL: [Tab; 4] = [Tab::Images, Tab::Shared, Tab::Regions, Tab::Instances];

    /// As the tab line says it.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Images => lang.of("My Images", "我的镜像"),
            Self::Shared => lang.of("Shared With Me", "共享给我"),
            Self::Regions => lang.of("Regions", "地域"),
            Self::Instances => lang.of("Instances", "实例"),
        }
    }

    /// Its columns, first to last.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Images => images::OWN,
            Self::Shared => images::RECEIVED,
            Self::Regions => regions::COLUMNS,
            Self::Instances => instances::COLUMNS,
        }
    }

    /// How many rows it has, unfiltered: those of the regions in view.
    pub fn count(self, state: &State) -> usize {
        let sum = |of: fn(&crate::rules::RegionFacts) -> u32| -> usize {
            let regions = state.facts.regions.iter().filter(|(region, _)| in_view(state, region));
            regions.map(|(_, known)| of(known) as usize).sum()
        };
        // Of last time, where nothing newer came.
        let past = |kind| {
            let shown = |i: &&Image| state.show_hidden || !state.notes.hidden.contains(&i.id);
            state.past_images().filter(|i| i.kind == kind).filter(shown).count()
        };
        match self {
            Self::Images => sum(|r| r.own) + past(ImageKind::Own),
            Self::Shared if state.show_hidden => sum(|r| r.received) + past(ImageKind::Received),
            Self::Shared => {
                let known = state.notes.hidden.iter().filter_map(|id| state.facts.image(id));
                let hidden = known.filter(|image| in_view(state, &image.region));
                sum(|r| r.received).saturating_sub(hidden.count()) + past(ImageKind::Received)
            }
            Self::Regions => regions::all(state).len(),
            Self::Instances => sum(|r| r.instances) + state.past_instances().count(),
        }
    }
}

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Name.
    Name,
    /// ID.
    Id,
    /// Region.
    Region,
    /// State.
    State,
    /// Size.
    Size,
    /// Shared with how many.
    Shared,
    /// Copies in which regions.
    Copies,
    /// Age.
    Age,
    /// The owner of a received image.
    Owner,
    /// Operating system.
    Os,
    /// The region's code.
    Code,
    /// Own images against the quota.
    Own,
    /// Received images.
    Received,
    /// Instances.
    Instances,
    /// How much of the quota is used.
    Quota,
    /// Copies under way to it.
    Copying,
    /// Copy group.
    Group,
    /// Instance type.
    Type,
    /// The image of an instance.
    Image,
    /// Whose that image is.
    From,
    /// Images that were made from an instance.
    Made,
    /// Address.
    Address,
    /// All addresses.
    Addresses,
    /// Processor architecture.
    Arch,
    /// The person's own note.
    Note,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// What it shows.
    pub field: Field,
    /// Its head, in English; files know the column by it.
    pub title: &'static str,
    zh: &'static str,
    /// Its width, in columns; the first column takes what is left over, up to its own.
    pub width: u16,
    /// The lower, the later it gives way on a narrow screen; 0 never does.
    pub rank: u8,
    /// Figures stand to the right.
    pub right: bool,
}

impl Column {
    /// Its head.
    pub fn head(&self, lang: Lang) -> &'static str {
        lang.of(self.title, self.zh)
    }
}

const fn column(field: Field, title: &'static str, zh: &'static str, width: u16, rank: u8) -> Column {
    Column { field, title, zh, width, rank, right: false }
}

const fn figures(field: Field, title: &'static str, zh: &'static str, width: u16, rank: u8) -> Column {
    Column { field, title, zh, width, rank, right: true }
}

/// What a text means, and so how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Plain.
    #[default]
    Plain,
    /// Context.
    Dim,
    /// In order.
    Good,
    /// Under way, or slow.
    Warn,
    /// Failed or blocked.
    Bad,
    /// Selected, or a key.
    Accent,
    /// A heading.
    Strong,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellText<'a> {
    /// As it came; the view neutralises it.
    pub text: Cow<'a, str>,
    /// What it means.
    pub role: Role,
}

fn text<'a>(text: impl Into<Cow<'a, str>>, role: Role) -> CellText<'a> {
    CellText { text: text.into(), role }
}

/// A row's cell.
pub fn cell<'a>(state: &'a State, row: &'a RowId, field: Field) -> CellText<'a> {
    let cell = match row {
        RowId::Image(id) => state.shown_image(id).map(|image| images::cell(state, image, field)),
        RowId::Region(region) => Some(regions::cell(state, region, field)),
        RowId::Instance(id) => {
            state.shown_instance(id).map(|instance| instances::cell(state, instance, field))
        }
    };
    let shown = cell.unwrap_or_else(|| text("", Role::Plain));
    // A row of last time is context.
    if state.is_past(row) { CellText { role: Role::Dim, ..shown } } else { shown }
}

/// What a tab shows of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    tab: Tab,
    /// The rows, filtered and sorted.
    pub rows: Vec<RowId>,
    /// The selected row; it stays the same row whatever is read, sorted or filtered.
    pub selected: Option<RowId>,
    /// The person chose it; until then it is the first row, whatever that is.
    pub chosen: bool,
    /// Where it is among the rows.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// What rows must contain.
    pub filter: String,
    /// The filter is being typed.
    pub filtering: bool,
    /// The column, as an index into the tab's, that orders them.
    pub sort: usize,
    /// From the greatest to the least.
    pub descending: bool,
    /// Marked rows, in sight of the filter or not.
    pub marks: BTreeSet<RowId>,
    /// The row that was marked last.
    pub anchor: Option<RowId>,
    /// Of each family of copies one row is shown.
    pub families: bool,
    /// So many rows are shown because it is not known yet whether the filter keeps them out.
    pub unsure: usize,
    /// Sorted, without the filter; empty where `rows` are the whole of it.
    all: Vec<RowId>,
    whole: bool,
    rest: Option<derive::Rest>,
    query: filter::Query,
    /// The rows stand for families.
    grouped: bool,
    sorted: Option<u64>,
    shown: Option<(u64, u64)>,
    derived: Option<u64>,
}

impl Table {
    /// An empty one, ordered as its tab is at first.
    pub fn new(tab: Tab) -> Self {
        let (field, descending) = match tab {
            Tab::Images | Tab::Shared | Tab::Instances => (Field::Age, false),
            Tab::Regions => (Field::Own, true),
        };
        Self {
            tab,
            rows: Vec::new(),
            selected: None,
            chosen: false,
            cursor: 0,
            top: 0,
            filter: String::new(),
            filtering: false,
            sort: tab.columns().iter().position(|c| c.field == field).unwrap_or(0),
            descending,
            marks: BTreeSet::new(),
            anchor: None,
            families: false,
            unsure: 0,
            all: Vec::new(),
            whole: false,
            rest: None,
            query: filter::Query::default(),
            grouped: false,
            sorted: None,
            shown: None,
            derived: None,
        }
    }

    /// The tab whose table it is.
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// Selects the row at an index, or the nearest there is.
    pub fn move_to(&mut self, index: usize) {
        self.cursor = index.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(self.cursor).cloned();
    }

    /// Scrolls as little as shows the cursor in so many rows.
    pub fn scroll(&mut self, height: usize) {
        let last_top = self.rows.len().saturating_sub(height);
        self.top = self.top.min(last_top).min(self.cursor);
        if height > 0 && self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
    }
}

/// From so much of a limit on it is nearly reached, in percent.
const NEAR: u64 = 80;

/// How full something is, by role: full, nearly full, or neither.
fn fill(used: u64, limit: u64) -> Role {
    if used >= limit {
        Role::Bad
    } else if used * 100 >= limit * NEAR {
        Role::Warn
    } else {
        Role::Plain
    }
}

/// How long ago, in one unit: `3 d`, `1 h`, `now`.
pub fn age(lang: Lang, now: jiff::Timestamp, then: Option<jiff::Timestamp>) -> String {
    let Some(then) = then else { return "?".into() };
    let seconds = now.as_second() - then.as_second();
    let (count, en, zh) = match seconds {
        ..60 => return lang.of("now", "刚刚").into(),
        60..3600 => (seconds / 60, "min", "分钟"),
        3600..86_400 => (seconds / 3600, "h", "小时"),
        86_400..31_536_000 => (seconds / 86_400, "d", "天"),
        _ => (seconds / 31_536_000, "y", "年"),
    };
    format!("{count} {}", lang.of(en, zh))
}

/// The same as when it was: `3 d ago`, `just now`.
pub fn ago(lang: Lang, now: jiff::Timestamp, then: jiff::Timestamp) -> String {
    if now.as_second() - then.as_second() < 60 {
        return lang.of("just now", "刚刚").into();
    }
    let age = age(lang, now, Some(then));
    tell!(lang, "{age} ago", "{age}前")
}

/// When the words of an age change next.
pub fn age_changes_at(now: jiff::Timestamp, then: jiff::Timestamp) -> Option<jiff::Timestamp> {
    let seconds = now.as_second() - then.as_second();
    let unit = match seconds {
        ..60 => return jiff::Timestamp::from_second(then.as_second() + 60).ok(),
        60..3600 => 60,
        3600..86_400 => 3600,
        86_400..31_536_000 => 86_400,
        _ => 31_536_000,
    };
    jiff::Timestamp::from_second(then.as_second() + (seconds / unit + 1) * unit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_one_unit() {
        let now: jiff::Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let at = |text: &str| Some(text.parse().unwrap());
        assert_eq!(age(Lang::En, now, at("2026-11-24T11:59:30Z")), "now");
        assert_eq!(age(Lang::En, now, at("2026-11-24T11:00:00Z")), "1 h");
        assert_eq!(age(Lang::En, now, at("2026-11-21T11:00:00Z")), "3 d");
        assert_eq!(age(Lang::En, now, at("2024-11-21T11:00:00Z")), "2 y");
        assert_eq!(age(Lang::En, now, at("2026-11-25T11:00:00Z")), "now");
        assert_eq!(age(Lang::En, now, None), "?");
    }

    #[test]
    fn an_age_is_drawn_again_when_its_words_change_and_not_before() {
        let then: jiff::Timestamp = "2026-11-24T12:00:00.4Z".parse().unwrap();
        let mut now = then;
        let mut texts = vec![age(Lang::En, now, Some(then))];
        while texts.len() < 90 {
            let next = age_changes_at(now, then).unwrap();
            assert!(next > now);
            let before = next - jiff::SignedDuration::from_millis(1);
            assert_eq!(Some(&age(Lang::En, before, Some(then))), texts.last(), "at {before}");
            texts.push(age(Lang::En, next, Some(then)));
            // Wherever in between it is looked at.
            now = next + jiff::SignedDuration::from_millis(700);
        }
        assert_eq!(texts[..3], ["now", "1 min", "2 min"]);
        assert_eq!(texts[59..62], ["59 min", "1 h", "2 h"]);
        assert_eq!(texts[82..85], ["23 h", "1 d", "2 d"]);
    }

    #[test]
    fn scrolling_moves_as_little_as_it_can() {
        let mut table = Table::new(Tab::Images);
        table.rows = (0..50).map(|n| RowId::Image(format!("img-{n:08}").parse().unwrap())).collect();
        for (to, top) in [(0, 0), (9, 0), (10, 1), (30, 21), (25, 21), (20, 20), (49, 40), (0, 0)] {
            table.move_to(to);
            table.scroll(10);
            assert_eq!(table.top, top, "to {to}");
        }
    }
}
