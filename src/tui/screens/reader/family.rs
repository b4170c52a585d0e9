//! The copies of an image, one per line.

use unicode_width::UnicodeWidthStr;

use crate::{
    messages::{m, tr},
    model::{Image, ImageKind},
    tui::{
        app::{
            column::{Field, age},
            family,
            state::State,
            table::RowId,
        },
        screens::tabs::cell,
        widgets::{
            list::TextLine,
            paint::{pad, wrap},
            theme::Role,
        },
    },
};

/// Returns the region and state of each copy. Empty if there is no copy.
pub(crate) fn members(state: &State, image: &Image, width: u16) -> Vec<TextLine> {
    let lang = state.lang;
    let all = family::members(state, image);
    if image.kind != ImageKind::Own || all.len() < 2 {
        return Vec::new();
    }
    let recorded = |member: &Image| {
        family::source(state, &member.id).is_some() || state.facts.copies.contains_key(&member.id)
    };
    let title = tr!(lang, reader_family_note, n = all.len());
    let mut lines = vec![TextLine::new()];
    lines.extend(wrap(&title, width.saturating_sub(2)).into_iter().map(|line| vec![(line, Role::Strong)]));
    for (n, member) in all.iter().enumerate() {
        let row = RowId::Image(member.id.clone());
        let ours = member.id == image.id;
        let mut line = vec![(
            format!("  {:<16} {:<13} ", member.region, member.id),
            if ours { Role::Accent } else { Role::Plain },
        )];
        for (field, wide) in [(Field::State, 13), (Field::Shared, 9)] {
            let cell = cell(state, &row, field);
            line.push((format!("{} ", pad(&cell.text, wide)), cell.role));
        }
        if width >= 76 {
            let note = match (ours, n, recorded(member)) {
                (true, ..) => lang.text(m::reader_this_one),
                (_, 0, _) => lang.text(m::reader_original),
                (_, _, true) => lang.text(m::reader_copied_by_job),
                _ => lang.text(m::reader_alike),
            };
            let age = age(state.lang, state.now, member.created_at);
            line.push((
                format!("{}{age}  {note}", " ".repeat(6usize.saturating_sub(age.width()))),
                Role::Dim,
            ));
        }
        if member.name != image.name {
            line.push((format!("  {}", member.name), Role::Dim));
        }
        lines.push(line);
    }
    lines.push(TextLine::new());
    lines
}
