//! Columns: what they show, how wide they are, what a filter's terms ask of them, and the texts of their cells.

use std::borrow::Cow;

use crate::{
    messages::{Lang, Plain, m, tr},
    tui::widgets::theme::Role,
};

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
    pub(crate) title: Plain,
    /// Its width, in columns; the first column takes what is left over, up to its own.
    pub width: u16,
    /// The lower, the later it gives way on a narrow screen; 0 never does.
    pub rank: u8,
    /// Figures stand to the right.
    pub right: bool,
}

impl Column {
    /// The head of the column in a language. Files name the column by the English one.
    pub fn head(&self, lang: Lang) -> &'static str {
        lang.text(self.title)
    }
}

pub(crate) const fn column(field: Field, title: Plain, width: u16, rank: u8) -> Column {
    Column { field, title, width, rank, right: false }
}

pub(crate) const fn figures(field: Field, title: Plain, width: u16, rank: u8) -> Column {
    Column { field, title, width, rank, right: true }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellText<'a> {
    /// As it came; the view neutralises it.
    pub text: Cow<'a, str>,
    /// What it means.
    pub role: Role,
}

pub(crate) fn text<'a>(text: impl Into<Cow<'a, str>>, role: Role) -> CellText<'a> {
    CellText { text: text.into(), role }
}

/// From so much of a limit on it is nearly reached, in percent.
const NEAR: u64 = 80;

/// How full something is, by role: full, nearly full, or neither.
pub(crate) fn fill(used: u64, limit: u64) -> Role {
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
    let (count, unit) = match seconds {
        ..60 => return lang.text(m::column_now).into(),
        60..3600 => (seconds / 60, m::column_min),
        3600..86_400 => (seconds / 3600, m::column_h),
        86_400..31_536_000 => (seconds / 86_400, m::column_d),
        _ => (seconds / 31_536_000, m::column_y),
    };
    format!("{count} {}", lang.text(unit))
}

/// The same as when it was: `3 d ago`, `just now`.
pub fn ago(lang: Lang, now: jiff::Timestamp, then: jiff::Timestamp) -> String {
    if now.as_second() - then.as_second() < 60 {
        return lang.text(m::column_just_now).into();
    }
    let age = age(lang, now, Some(then));
    tr!(lang, column_ago, age)
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

/// What a term asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// A text that has the value in it.
    Text(Field),
    /// A figure: `3`, `>0`, `<=50`.
    Figure(Field),
    /// A time: `<7d`.
    Time(Field),
    /// A region's code, place or short name.
    Region,
    /// Whom an own image is shared with.
    Receiver,
    /// The copies of the image with this ID, and itself.
    Family,
}

/// A term's word, and what it asks.
pub(crate) type Terms = &'static [(&'static str, Ask)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_one_unit() {
        let now: jiff::Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let at = |text: &str| Some(text.parse().unwrap());
        assert_eq!(age(Lang::EN, now, at("2026-11-24T11:59:30Z")), "now");
        assert_eq!(age(Lang::EN, now, at("2026-11-24T11:00:00Z")), "1 h");
        assert_eq!(age(Lang::EN, now, at("2026-11-21T11:00:00Z")), "3 d");
        assert_eq!(age(Lang::EN, now, at("2024-11-21T11:00:00Z")), "2 y");
        assert_eq!(age(Lang::EN, now, at("2026-11-25T11:00:00Z")), "now");
        assert_eq!(age(Lang::EN, now, None), "?");
    }

    #[test]
    fn an_age_is_drawn_again_when_its_words_change_and_not_before() {
        let then: jiff::Timestamp = "2026-11-24T12:00:00.4Z".parse().unwrap();
        let mut now = then;
        let mut texts = vec![age(Lang::EN, now, Some(then))];
        while texts.len() < 90 {
            let next = age_changes_at(now, then).unwrap();
            assert!(next > now);
            let before = next - jiff::SignedDuration::from_millis(1);
            assert_eq!(Some(&age(Lang::EN, before, Some(then))), texts.last(), "at {before}");
            texts.push(age(Lang::EN, next, Some(then)));
            // Wherever in between it is looked at.
            now = next + jiff::SignedDuration::from_millis(700);
        }
        assert_eq!(texts[..3], ["now", "1 min", "2 min"]);
        assert_eq!(texts[59..62], ["59 min", "1 h", "2 h"]);
        assert_eq!(texts[82..85], ["23 h", "1 d", "2 d"]);
    }
}
