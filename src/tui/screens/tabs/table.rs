//! Draws the table of a tab, and its empty, loading and failed states.

use crate::{
    facts::Load,
    messages::{Lang, m, tr},
    tui::{
        app::{
            layout::{self, Layout},
            state::State,
            table::Tab,
        },
        keymap::{Command, Context},
        screens::tabs::cell,
        widgets::{
            paint::{Painter, Spot, wrap},
            theme::Role,
        },
    },
};

pub(crate) fn draw(state: &State, painter: &mut Painter<'_>, layout: &Layout) {
    let table = state.table();
    let columns = layout::columns(state.tab.columns(), layout.area.width);
    for (column, x, width) in &columns {
        let arrow = match (table.sort == column.field, table.descending, state.looks.ascii) {
            (false, ..) => "",
            (true, true, false) => " ↓",
            (true, false, false) => " ↑",
            (true, true, true) => " v",
            (true, false, true) => " ^",
        };
        let title = format!("{}{arrow}", column.head(state.lang));
        if let Some(n) = state.tab.columns().iter().position(|c| c.field == column.field) {
            painter.spot(*x, layout.heads, *width, Spot::Head(n));
        }
        if column.right {
            painter.text_right(x + width, layout.heads, *width, &title, Role::Dim);
        } else {
            painter.text(*x, layout.heads, *width, &title, Role::Dim);
        }
    }
    if table.rows.is_empty() && table.is_partial() {
        return;
    }
    if table.rows.is_empty() {
        return empty(state, painter, layout);
    }
    for (n, row) in table.rows.iter().enumerate().skip(table.top).take(usize::from(layout.rows.height)) {
        let y = layout.rows.y + (n - table.top) as u16;
        let selected = n == table.cursor;
        painter.spot(0, y, layout.area.width, Spot::Row(n));
        if selected {
            painter.marker(1, y);
        }
        if table.marks.contains(row) {
            painter.text(2, y, 1, if state.looks.ascii { "*" } else { "●" }, Role::Accent);
        }
        for (i, (column, x, width)) in columns.iter().enumerate() {
            let shown = cell(state, row, column.field);
            if i == 0 && selected {
                painter.selected(*x, y, *width, &shown.text);
            } else if column.right {
                painter.text_right(x + width, y, *width, &shown.text, shown.role);
            } else {
                painter.text(*x, y, *width, &shown.text, shown.role);
            }
            if i == 0 && !table.filter.is_empty() {
                painter.underline(*x, y, *width, &shown.text, &table.letters(&shown.text));
            }
        }
    }
}

/// Draws why the table is empty, and what to do next.
fn empty(state: &State, painter: &mut Painter<'_>, layout: &Layout) {
    let lang = state.lang;
    let key = |c| state.keymap.hint(Context::Table, c);
    let of: fn(&Load) -> bool = match state.tab {
        Tab::Instances => |l| matches!(l, Load::Instances(_)),
        _ => |l| matches!(l, Load::Images(_)),
    };
    let (waiting, total) = state.pending_reads(of);
    let failed = state.failed_reads(of);
    let table = state.table();
    let mut lines: Vec<(String, Role)> = Vec::new();
    if !table.filter.is_empty() && state.tab.count(state) > 0 {
        match table.filter_error() {
            Some(error) => {
                let width = layout.area.width.saturating_sub(layout::LEFT + 1);
                lines.extend(wrap(error, width).into_iter().map(|line| (line, Role::Bad)));
            }
            None => lines.push((tr!(lang, table_nothing_matches, filter = table.filter), Role::Plain)),
        }
        lines.push((tr!(lang, table_takes_filter_away, key = key(Command::Back)), Role::Dim));
    } else if !state.connected && failed.is_empty() {
        lines.push((lang.text(m::table_starting).into(), Role::Dim));
    } else if waiting > 0 || total == 0 && state.facts.regions.is_empty() {
        lines.push((
            match total {
                0 => tr!(lang, table_no_cloud, key = key(Command::Refresh)),
                _ => tr!(
                    lang,
                    table_asking_answered,
                    counted = tr!(lang, count_regions, n = total),
                    answered = total - waiting
                ),
            },
            Role::Dim,
        ));
    } else if !failed.is_empty() && failed.len() == total {
        for (load, error) in failed.iter().take(4) {
            lines.push((format!("{}: {}", region_of(load, lang), error.text), Role::Bad));
        }
        lines.push((
            tr!(lang, table_retry_or_profile, key = key(Command::Refresh), switch = key(Command::Profile)),
            Role::Dim,
        ));
    } else {
        let what = match state.tab {
            Tab::Images => lang.text(m::table_you_have_no_image),
            Tab::Shared => lang.text(m::table_no_image_is_shared_with),
            Tab::Regions => lang.text(m::table_there_is_no_region),
            Tab::Instances => lang.text(m::table_you_have_no_instance),
        };
        let place = match state.view.as_slice() {
            [] => String::new(),
            [one] => tr!(lang, table_in_one, one),
            [first, second] => tr!(lang, table_in_two, first, second),
            all => tr!(lang, table_in_regions_in_view, n = all.len()),
        };
        lines.push((tr!(lang, table_sentence, what, place), Role::Plain));
        lines.push((
            tr!(lang, table_other_regions, regions = key(Command::Regions), refresh = key(Command::Refresh)),
            Role::Dim,
        ));
    }
    for (n, (text, role)) in lines.iter().enumerate() {
        let y = layout.rows.y + 1 + n as u16;
        if y < layout.rows.bottom() {
            painter.text(layout::LEFT, y, layout.area.width.saturating_sub(layout::LEFT + 1), text, *role);
        }
    }
}

/// Returns the region of a read as text.
pub(crate) fn region_of(load: &Load, lang: Lang) -> String {
    match load {
        Load::Images(r)
        | Load::Instances(r)
        | Load::Quota(r)
        | Load::Shares(r, _)
        | Load::Image(r, _)
        | Load::Instance(r, _)
        | Load::Offers(r)
        | Load::Probe(r, _) => r.to_string(),
        Load::Identity => lang.text(m::table_identity).into(),
        Load::Regions => lang.text(m::table_list_regions).into(),
    }
}
