//! The table of a tab, and its empty, loading and failed states.

use crate::{
    facts::Load,
    i18n::lang::{Lang, tell},
    tui::{
        app::{
            layout::{self, Layout},
            state::State,
            table::Tab,
        },
        keymap::{Command, Context},
        screens::tabs::cell,
        widgets::{
            list::counted,
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

/// Why there is nothing, and what to do next.
fn empty(state: &State, painter: &mut Painter<'_>, layout: &Layout) {
    let lang = state.lang;
    let key = |c| state.keymap.hint(Context::Table, c);
    let of: fn(&Load) -> bool = match state.tab {
        Tab::Instances => |l| matches!(l, Load::Instances(_)),
        _ => |l| matches!(l, Load::Images(_)),
    };
    let (waiting, total) = state.asking(of);
    let failed = state.failed(of);
    let table = state.table();
    let mut lines: Vec<(String, Role)> = Vec::new();
    if !table.filter.is_empty() && state.tab.count(state) > 0 {
        match table.trouble() {
            Some(trouble) => {
                let width = layout.area.width.saturating_sub(layout::LEFT + 1);
                lines.extend(wrap(trouble, width).into_iter().map(|line| (line, Role::Bad)));
            }
            None => lines.push((
                tell!(lang, "Nothing matches \"{}\".", "没有匹配“{}”的行。", table.filter),
                Role::Plain,
            )),
        }
        lines
            .push((tell!(lang, "{} takes the filter away.", "{} 清除筛选。", key(Command::Back)), Role::Dim));
    } else if !state.connected && failed.is_empty() {
        lines.push((lang.of("Starting …", "正在启动 …").into(), Role::Dim));
    } else if waiting > 0 || total == 0 && state.facts.regions.is_empty() {
        lines.push((
            tell!(
                lang,
                "Asking {} … {} answered.",
                "正在查询 {} … 已回答 {}。",
                counted(lang, total, "region", "regions", "个地域"),
                total - waiting
            ),
            Role::Dim,
        ));
    } else if !failed.is_empty() && failed.len() == total {
        for (load, trouble) in failed.iter().take(4) {
            lines.push((format!("{}: {}", region_of(load, lang), trouble.text), Role::Bad));
        }
        lines.push((
            tell!(
                lang,
                "{} asks again · {} takes another profile",
                "{} 再查 · {} 换配置",
                key(Command::Refresh),
                key(Command::Profile)
            ),
            Role::Dim,
        ));
    } else {
        let what = match state.tab {
            Tab::Images => lang.of("You have no image", "没有镜像"),
            Tab::Shared => lang.of("No image is shared with you", "没有镜像共享给您"),
            Tab::Regions => lang.of("There is no region", "没有地域"),
            Tab::Instances => lang.of("You have no instance", "没有实例"),
        };
        let place = match state.view.as_slice() {
            [] => String::new(),
            [one] => tell!(lang, " in {one}", "（{one}）"),
            [first, second] => tell!(lang, " in {first} or {second}", "（{first} 或 {second}）"),
            all => tell!(lang, " in the {} regions in view", "（显示的 {} 个地域）", all.len()),
        };
        lines.push((tell!(lang, "{what}{place}.", "{what}{place}。"), Role::Plain));
        lines.push((
            tell!(
                lang,
                "{} looks in other regions · {} asks again",
                "{} 看其他地域 · {} 再查",
                key(Command::Regions),
                key(Command::Refresh)
            ),
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

/// The region that a read is about, as text.
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
        Load::Identity => lang.of("who we are", "账号身份").into(),
        Load::Regions => lang.of("the list of regions", "地域列表").into(),
    }
}
