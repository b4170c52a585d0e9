//! The values of cells, which rows are sorted by and filter terms compare with.

use std::{borrow::Cow, cmp::Ordering};

/// The value of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CellValue<'a> {
    /// A number: a count, GiB, seconds.
    Figure(i128),
    /// A text.
    Text(Cow<'a, str>),
    /// The value is unknown or missing. It is sorted last in both directions.
    Unknown,
}

impl<'a> CellValue<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub fn figure(figure: impl TryInto<i128>) -> Self {
        figure.try_into().map_or(Self::Unknown, Self::Figure)
    }

    /// Returns the value for comparison: texts in lower case.
    pub(crate) fn key(self) -> Self {
        match self {
            Self::Text(text) if text.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) => {
                Self::Text(text.to_lowercase().into())
            }
            other => other,
        }
    }
}

pub(crate) fn order(a: &CellValue<'_>, b: &CellValue<'_>, descending: bool) -> Ordering {
    let rank = |v: &CellValue<'_>| match v {
        CellValue::Figure(_) => 0,
        CellValue::Text(_) => 1,
        CellValue::Unknown => 2,
    };
    let known = match (a, b) {
        (CellValue::Figure(a), CellValue::Figure(b)) => a.cmp(b),
        (CellValue::Text(a), CellValue::Text(b)) => a.cmp(b),
        _ => return rank(a).cmp(&rank(b)),
    };
    if descending { known.reverse() } else { known }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_stands_last_both_ways_and_figures_are_no_texts() {
        let all = [
            CellValue::figure(9u32),
            CellValue::figure(10u32),
            CellValue::text("alpha"),
            CellValue::text("Beta").key(),
            CellValue::Unknown,
        ];
        for (descending, wanted) in [(false, [0, 1, 2, 3, 4]), (true, [1, 0, 3, 2, 4])] {
            let mut places: Vec<usize> = vec![4, 2, 0, 3, 1];
            places.sort_by(|a, b| order(&all[*a], &all[*b], descending));
            assert_eq!(places, wanted, "{descending}");
        }
    }
}
