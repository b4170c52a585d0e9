//! Below the table: the selected row, and every action with its verdict.

use unicode_width::UnicodeWidthStr;

use super::{Layout, Painter, layout::LEFT};
use crate::{
    console::{
        actions::{lines, summary},
        keymap::{Command, Context},
        message::Load,
        state::{LoadState, RowId, State},
        tabs::{Role, age, owner, region_group},
    },
    model::{Image, ImageKind, Instance, Region},
};

pub(super) fn draw(state: &State, painter: &mut Painter<'_>, layout: &Layout) {
    let Some(rule) = layout.rule else { return };
    painter.rule(1, rule, layout.area.width.saturating_sub(2));
    let Some(row) = &state.pane else { return };
    let pane = layout.pane;
    let width = pane.width.saturating_sub(2);
    let (name, what) = match row {
        RowId::Image(id) => match state.facts.image(id) {
            Some(image) => (image.name.clone(), image_line(state, image)),
            None => return,
        },
        RowId::Instance(id) => match state.facts.instance(id) {
            Some(instance) => (instance.name.clone(), instance_line(state, instance)),
            None => return,
        },
        RowId::Region(region) => {
            for (n, (text, role)) in region_lines(state, region).iter().enumerate() {
                if (n as u16) < pane.height {
                    painter.text(1, pane.y + n as u16, width, text, *role);
                }
            }
            return;
        }
    };
    // A title of its own line where there is room; the name alone never pushes the facts out.
    let most = width / 2;
    let x = painter.text(1, pane.y, most, &name, Role::Strong);
    let x = painter.text(x + 2, pane.y, width.saturating_sub(x), row.as_str(), Role::Plain);
    painter.text(x + 2, pane.y, (width + 1).saturating_sub(x + 2), &what, Role::Dim);
    let air = u16::from(pane.height > 8);
    let top = pane.y + 1 + air;
    for (n, line) in lines(state, row).iter().enumerate() {
        let y = top + n as u16;
        if y >= pane.bottom() {
            break;
        }
        let (text, role, hint) = summary(state, line);
        painter.text(LEFT, y, 2, &state.keymap.hint(Context::Table, line.command), Role::Accent);
        painter.text(LEFT + 3, y, 10, line.action.word(), Role::Plain);
        let room = layout.area.width.saturating_sub(LEFT + 14 + 1);
        let hint_width = hint.width() as u16;
        let with_hint = !hint.is_empty() && text.width() as u16 + 2 + hint_width <= room;
        let end = painter.text(LEFT + 14, y, room, &text, role);
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

fn image_line(state: &State, image: &Image) -> String {
    let mut parts = vec![image.os.clone(), image.arch.clone()];
    match image.kind {
        ImageKind::Own => match state.facts.shares(&image.id) {
            None | Some([]) => {}
            Some(shares) => {
                let mut names: Vec<String> = shares
                    .iter()
                    .take(2)
                    .map(|s| {
                        format!("{} ({})", state.facts.account_name(&s.account), age(state.now, s.since))
                    })
                    .collect();
                if shares.len() > 2 {
                    names.push(format!("{} more", shares.len() - 2));
                }
                parts.push(format!("shared with {}", names.join(", ")));
            }
        },
        ImageKind::Received => {
            let from =
                owner(state, image).unwrap_or_else(|| "an account that the cloud does not name".into());
            parts.push(format!("from {from}"));
            let trusted = image.owner().is_some_and(|o| state.facts.standing.trusted.contains(&o));
            parts.push(if trusted { "trusted".into() } else { "not trusted".into() });
        }
        ImageKind::Public => {}
    }
    if image.deprecated {
        parts.push("deprecated".into());
    }
    if state.notes.hidden.contains(&image.id) {
        parts.push("hidden here".into());
    }
    if let Some(note) = state.notes.notes.get(&image.id) {
        parts.push(format!("your note: {note}"));
    }
    if !image.description.is_empty() {
        parts.push(image.description.clone());
    }
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

fn instance_line(state: &State, instance: &Instance) -> String {
    let mut parts = vec![
        instance.os.clone(),
        format!("{} cores, {} GiB, {} GiB disk", instance.cpu, instance.memory_gib, instance.system_disk_gib),
    ];
    if let Some(id) = &instance.image {
        parts.push(match state.facts.image(id) {
            Some(image) if image.kind == ImageKind::Received => {
                let from = owner(state, image).unwrap_or_else(|| "an unknown account".into());
                format!("made from {}, received from {from}", image.name)
            }
            Some(image) => format!("made from {}", image.name),
            None => format!("made from {id}, which is not among the images seen"),
        });
    }
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

fn region_lines(state: &State, region: &Region) -> Vec<(String, Role)> {
    let facts = state.facts.regions.get(region);
    let title = format!("{region} · {}", region_group(region));
    let mut lines = vec![(title, Role::Strong)];
    let asked = state.loads.get(&Load::Images(region.clone()));
    if let Some(LoadState::Failed(_, trouble)) = asked {
        let refresh = state.keymap.hint(Context::Table, Command::Refresh);
        let text = format!("No answer ({refresh} asks again): {} ({})", trouble.text, trouble.code);
        lines.push((text, Role::Bad));
    }
    match facts.filter(|f| f.images_at.is_some()) {
        None if asked.is_some() || state.view.contains(region) => {}
        None => lines.push(("Not asked. o takes it into view.".into(), Role::Dim)),
        Some(f) => {
            let quota = state.facts.image_quota(region);
            let said = if f.quota.is_some() { "the cloud says" } else { "documented" };
            lines.push((format!("{} of {quota} own images ({said})", f.own), Role::Plain));
            lines.push((
                format!(
                    "{} received, not counted: images shared with you take nothing of your quota",
                    f.received
                ),
                Role::Plain,
            ));
        }
    }
    let copying = state.facts.images().filter(|i| i.region == *region && i.state.is_moving()).count();
    if copying > 0 {
        lines.push((format!("{copying} being made or copied there now"), Role::Warn));
    }
    let to = match region_group(region) {
        "mainland" => {
            "Copies go to and come from mainland regions; across the border, ask the vendor's support."
        }
        "overseas" => {
            "Copies go to and come from regions outside the mainland; across the border, ask the vendor's support."
        }
        "finance" => "Copies go to and come from finance regions only.",
        "takes no copies" => "Images cannot be copied there.",
        _ => "What it can be copied to is not known.",
    };
    lines.push((to.into(), Role::Plain));
    lines
}
