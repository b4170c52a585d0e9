//! Columns: their fields, widths, filter terms, and the texts of their cells.

use std::borrow::Cow;

use crate::{
    messages::{Lang, Plain, m, tr},
    tui::widgets::theme::Role,
};

/// The field that a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// The ID.
    Id,
    /// The region.
    Region,
    /// The state.
    State,
    /// The size in GiB.
    Size,
    /// The number of accounts that the image is shared with.
    Shared,
    /// The regions that have a copy.
    Copies,
    /// The age.
    Age,
    /// The owner of a received image.
    Owner,
    /// The operating system.
    Os,
    /// The region's code.
    Code,
    /// Own images and the quota.
    Own,
    /// Received images.
    Received,
    /// Instances.
    Instances,
    /// The used part of the quota.
    Quota,
    /// Copies under way to the region.
    Copying,
    /// The copy group.
    Group,
    /// The instance type.
    Type,
    /// The image of an instance.
    Image,
    /// The origin of an instance's image: own, received or public.
    From,
    /// The images that were made from an instance.
    Made,
    /// The first address.
    Address,
    /// All addresses.
    Addresses,
    /// The processor architecture.
    Arch,
    /// The user's note.
    Note,
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The field that it shows.
    pub field: Field,
    pub(crate) title: Plain,
    /// The width in columns. The first column also gets the remaining space, up to this width.
    pub width: u16,
    /// The priority on a narrow screen: columns with higher ranks are hidden first, and rank 0 is never hidden.
    pub rank: u8,
    /// Whether the text is aligned to the right, as for numbers.
    pub right: bool,
}

impl Column {
    /// Returns the head of the column in a language. Files use the English head as the column's name.
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

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellText<'a> {
    /// The text, not neutralised. The view neutralises it.
    pub text: Cow<'a, str>,
    /// The role, which determines the colour.
    pub role: Role,
}

pub(crate) fn text<'a>(text: impl Into<Cow<'a, str>>, role: Role) -> CellText<'a> {
    CellText { text: text.into(), role }
}

/// The percentage of a limit from which the limit counts as nearly reached.
const NEAR: u64 = 80;

/// Returns the role of a count against its limit: full, nearly full, or neither.
pub(crate) fn fill_role(used: u64, limit: u64) -> Role {
    if used >= limit {
        Role::Bad
    } else if used * 100 >= limit * NEAR {
        Role::Warn
    } else {
        Role::Plain
    }
}

/// Returns the age in one unit: `3 d`, `1 h`, `now`.
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

/// Returns the age as a phrase: `3 d ago`, `just now`.
pub fn ago(lang: Lang, now: jiff::Timestamp, then: jiff::Timestamp) -> String {
    if now.as_second() - then.as_second() < 60 {
        return lang.text(m::column_just_now).into();
    }
    let age = age(lang, now, Some(then));
    tr!(lang, column_ago, age)
}

/// Returns when the text of an age changes next.
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

/// What a filter term compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TermKind {
    /// Whether a text contains the value.
    Text(Field),
    /// A comparison with a number: `3`, `>0`, `<=50`.
    Figure(Field),
    /// A comparison with a time: `<7d`.
    Time(Field),
    /// A region's code, place or short name.
    Region,
    /// The accounts that an own image is shared with.
    Receiver,
    /// The image with this ID and its copies.
    Family,
}

/// The terms of a filter: the word before the colon, and what it compares.
pub(crate) type Terms = &'static [(&'static str, TermKind)];

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
            // The time of the check lies anywhere between two changes.
            now = next + jiff::SignedDuration::from_millis(700);
        }
        assert_eq!(texts[..3], ["now", "1 min", "2 min"]);
        assert_eq!(texts[59..62], ["59 min", "1 h", "2 h"]);
        assert_eq!(texts[82..85], ["23 h", "1 d", "2 d"]);
    }
}
