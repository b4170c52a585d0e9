//! Draws the pane below the table: the selected row, and every action with its verdict.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::{
    i18n,
    messages::{Lang, m, tr},
    model::{Image, ImageKind, Instance},
    tui::{
        app::{
            actions::{lines, summary},
            column::age,
            family,
            layout::{LEFT, Layout},
            state::State,
            table::{RowId, Tab},
        },
        keymap::{Command, Context},
        screens::tabs::{
            images::owner,
            instance_pane, map,
            region_pane::{self, LabeledText},
            regions::{group as region_group, name as region_name},
        },
        widgets::{
            paint::{Painter, Spot, wrap},
            theme::Role,
        },
    },
};

pub(crate) fn draw(state: &State, painter: &mut Painter<'_>, layout: &Layout) {
    let lang = state.lang;
    let Some(rule) = layout.rule else { return };
    painter.rule(1, rule, layout.area.width.saturating_sub(2));
    let Some(row) = &state.pane else { return };
    let pane = layout.pane;
    let width = pane.width.saturating_sub(2);
    let (name, what) = match row {
        RowId::Image(id) => match state.shown_image(id) {
            Some(image) => (image.name.to_string(), image_line(state, image)),
            None => return,
        },
        RowId::Instance(id) => match state.shown_instance(id) {
            Some(instance) => (instance.name.clone(), instance_line(instance, lang)),
            None => return,
        },
        RowId::Region(region) => {
            if let Some(area) = layout.map {
                let legend = map::legend(state.looks.ascii, lang);
                painter.text_right(layout.area.width - 2, rule, area.width, legend, Role::Dim);
                map::draw(state, painter, area);
            }
            (region_name(region, lang), region_group(region, lang).to_owned())
        }
    };
    // The title has its own line if there is room. A long name must not push the facts out.
    let most = width / 2;
    let x = painter.text(1, pane.y, most, &name, Role::Strong);
    let x = painter.text(x + 2, pane.y, width.saturating_sub(x), row.as_str(), Role::Plain);
    painter.text(x + 2, pane.y, (width + 1).saturating_sub(x + 2), &what, Role::Dim);
    let air = u16::from(pane.height > 8);
    let lines = lines(state, row);
    let rows = usize::from(pane.height.saturating_sub(1)).saturating_sub(lines.len());
    let told = match row {
        RowId::Image(_) => Vec::new(),
        RowId::Instance(id) => {
            state.facts.instance(id).map(|i| instance_pane::facts(state, i)).unwrap_or_default()
        }
        RowId::Region(region) => region_pane::facts(state, region, pane.area() < ROOMY),
    };
    // Facts are aligned with verdicts, if there are any.
    let label = if lines.is_empty() { 12 } else { 14 };
    let used = facts(state, painter, Rect { y: pane.y + 1, height: rows as u16, ..pane }, &told, label);
    let top = pane.y + 1 + used + air.min(rows as u16 - used);
    for (n, line) in lines.iter().enumerate() {
        let y = top + n as u16;
        if y >= pane.bottom() {
            break;
        }
        let (text, role, hint) = summary(state, line);
        painter.text(LEFT, y, 2, &state.keymap.hint(Context::Table, line.command), Role::Accent);
        painter.text(LEFT + 3, y, 10, i18n::action(&line.action, state.lang), Role::Plain);
        let room = layout.area.width.saturating_sub(LEFT + 14 + 1);
        let hint_width = hint.width() as u16;
        let with_hint = !hint.is_empty() && text.width() as u16 + 2 + hint_width <= room;
        let end = painter.text(LEFT + 14, y, room, &text, role);
        painter.spot(LEFT, y, end - LEFT, Spot::Command(line.command));
        if with_hint {
            painter.text_right(
                layout.area.width - 1,
                y,
                room.saturating_sub(end - LEFT - 14),
                &hint,
                Role::Dim,
            );
        }
    }
}

/// The number of cells from which the pane shows more than the main figures.
const ROOMY: u32 = 600;

/// Draws facts, wrapped behind their labels, into an area. Returns the number of rows used.
fn facts(state: &State, painter: &mut Painter<'_>, area: Rect, told: &[LabeledText], label: u16) -> u16 {
    let lang = state.lang;
    let left = LEFT + label;
    let width = area.right().saturating_sub(left + 1);
    let mut lines = Vec::new();
    let mut last = "";
    for fact in told {
        for (n, text) in wrap(&fact.text, width).into_iter().enumerate() {
            let label = if n == 0 && fact.label != last { fact.label } else { "" };
            lines.push((label, text, fact.role));
        }
        last = fact.label;
    }
    let room = usize::from(area.height);
    if lines.len() > room
        && let Some(cut) = room.checked_sub(1).and_then(|n| lines.get_mut(n))
    {
        let key = state.keymap.hint(Context::Table, Command::Details);
        *cut = ("", tr!(lang, pane_has_rest, key), Role::Dim);
    }
    lines.truncate(room);
    for (n, (label, text, role)) in lines.iter().enumerate() {
        let y = area.y + n as u16;
        painter.text(LEFT, y, left - LEFT, label, Role::Dim);
        painter.text(left, y, width, text, *role);
    }
    lines.len() as u16
}

fn image_line(state: &State, image: &Image) -> String {
    let lang = state.lang;
    let mut parts = vec![image.os.to_string(), image.arch.to_string()];
    let copies = family::members(state, image).len() - 1;
    if copies > 0 && state.tab == Tab::Images && state.table().families {
        let those = tr!(lang, count_copies, n = copies);
        parts.insert(0, tr!(lang, pane_actions_for_this_image, region = image.region, those));
    }
    match image.kind {
        ImageKind::Own => match state.facts.shares(&image.id) {
            None | Some([]) => {}
            Some(shares) => {
                let mut names: Vec<String> = shares
                    .iter()
                    .take(2)
                    .map(|s| {
                        format!(
                            "{} ({})",
                            state.facts.account_name(&s.account),
                            age(state.lang, state.now, s.since)
                        )
                    })
                    .collect();
                if shares.len() > 2 {
                    names.push(tr!(lang, pane_more, shares = shares.len() - 2));
                }
                parts.push(tr!(lang, pane_shared_with, names = names.join(", ")));
            }
        },
        ImageKind::Received => {
            let from = owner(state, image).unwrap_or_else(|| lang.text(m::pane_unknown_account).into());
            parts.push(tr!(lang, pane_from, from));
            let trusted = image.owner().is_some_and(|o| state.facts.standing.trusted.contains(&o));
            parts.push(if trusted {
                lang.text(m::common_trusted).into()
            } else {
                lang.text(m::common_not_trusted).into()
            });
        }
        ImageKind::Public => {}
    }
    if image.deprecated {
        parts.push(lang.text(m::common_deprecated).into());
    }
    if state.notes.hidden.contains(&image.id) {
        parts.push(lang.text(m::pane_hidden_here).into());
    }
    if let Some(note) = state.notes.notes.get(&image.id) {
        parts.push(tr!(lang, pane_your_note, note));
    }
    if !image.description.is_empty() {
        parts.push(image.description.to_string());
    }
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

fn instance_line(instance: &Instance, lang: Lang) -> String {
    let (cpu, memory, disk) = (instance.cpu, instance.memory_gib, instance.system_disk_gib);
    let mut parts =
        vec![instance.os.clone(), tr!(lang, common_machine_size, cpu, memory, disk), instance.zone.clone()];
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}
