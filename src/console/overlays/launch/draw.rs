//! The form's screen: the four choices, below them the list or the words for the one in hand, then the risks.

use ratatui::layout::Rect;

use super::{At, Focus, Launch, choose::size};
use crate::{
    console::{
        overlays::{
            confirm::{buttons, describe},
            window,
        },
        state::State,
        tabs::{Role, owner},
        view::{Painter, wrap},
    },
    model::ImageKind,
    rules::check,
    words,
};

const STEPS: [&str; 3] = ["choices", "risk", "sending"];
/// Characters of an instance's name (contract.json, RunInstances).
const NAME_LENGTH: usize = 128;

impl Launch {
    pub(in crate::console::overlays) fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        painter.clear(area);
        self.draw_head(state, painter, area);
        let inner = Rect::new(2, area.y + 3, area.width.saturating_sub(4), area.height.saturating_sub(4));
        match self.at {
            At::Choices => self.draw_choices(state, painter, inner),
            At::Risk | At::Sending => self.draw_risk(state, painter, inner),
        }
        let mut lines: Vec<(String, Role)> = Vec::new();
        for (text, role) in &self.said {
            lines.extend(wrap(text, inner.width).into_iter().map(|line| (line, *role)));
        }
        let top = area.bottom().saturating_sub(lines.len() as u16).max(area.y);
        painter.clear(Rect::new(0, top, area.width, area.bottom() - top));
        for (y, (line, role)) in (top..area.bottom()).zip(&lines) {
            painter.text(2, y, inner.width, line, *role);
        }
    }

    fn draw_head(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let width: u16 = STEPS.iter().map(|s| s.len() as u16 + 1).sum::<u16>() + 3;
        let name = state.facts.image(&self.image).map_or("", |i| &i.name);
        let room = area.width.saturating_sub(width + 3);
        painter.text(1, area.y, room, &format!("Launch {name}"), Role::Strong);
        let mut x = area.width.saturating_sub(width + 1);
        for (n, step) in STEPS.into_iter().enumerate() {
            if n > 0 {
                x = painter.text(x, area.y, 1, "-", Role::Dim);
            }
            x = if n == self.at as usize {
                painter.text(x, area.y, 20, &format!("[ {step} ]"), Role::Accent)
            } else {
                let role = if n < self.at as usize { Role::Plain } else { Role::Dim };
                painter.text(x, area.y, 20, step, role)
            };
        }
        painter.rule(1, area.y + 1, area.width.saturating_sub(2));
    }

    fn draw_choices(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        painter.text(area.x, area.y, area.width, &self.source(state), Role::Dim);
        let top = area.y + 2;
        let (x, width) = (area.x + 10, area.width.saturating_sub(10));
        for focus in Focus::ALL {
            let y = top + focus as u16;
            let label = ["region", "zone", "type", "name", "network"][focus as usize];
            let here = focus == self.focus;
            painter.text(area.x, y, 9, label, if here { Role::Accent } else { Role::Dim });
        }
        painter.text(x, top, width, self.region.as_str(), Role::Plain);
        let zone = self.zone(state);
        painter.text(x, top + 1, width, zone.unwrap_or("-"), Role::Plain);
        let kind = self.offer(state).map(|o| format!("{} · {}", o.instance_type, size(o)));
        let (kind, role) = match (kind, &self.kind) {
            (Some(kind), _) => (kind, Role::Plain),
            (None, Some(kind)) => (format!("{kind} is not sold in that zone"), Role::Bad),
            (None, None) => ("not chosen yet".into(), Role::Dim),
        };
        painter.text(x, top + 2, width, &kind, role);
        let used = self.name.text().chars().count();
        self.name.draw(painter, x, top + 3, width.saturating_sub(10), self.focus == Focus::Name);
        let role = if used > NAME_LENGTH { Role::Bad } else { Role::Dim };
        painter.text_right(area.right(), top + 3, 8, &format!("{used}/{NAME_LENGTH}"), role);
        self.network.draw(painter, x, top + 4, width, self.focus == Focus::Network);
        if self.network.text().is_empty() && self.focus != Focus::Network {
            painter.text(x, top + 4, width, "the default one", Role::Dim);
        }
        painter.rule(1, top + 5, area.width + 2);
        let below = Rect::new(area.x, top + 6, area.width, area.bottom().saturating_sub(top + 6));
        match (self.no_offers(state), self.focus) {
            (_, Focus::Region) => self.draw_regions(state, painter, below),
            (Some(text), Focus::Zone | Focus::Type) => {
                for (y, line) in (below.y..below.bottom()).zip(wrap(&text, below.width)) {
                    painter.text(below.x, y, below.width, &line, Role::Dim);
                }
            }
            (None, Focus::Zone) => self.draw_zones(state, painter, below),
            (None, Focus::Type) => self.draw_types(state, painter, below),
            (_, Focus::Name) => {
                let text = "What the instance is called; empty leaves that to the cloud.";
                painter.text(below.x, below.y, below.width, text, Role::Dim);
            }
            (_, Focus::Network) => self.draw_network(painter, below),
        }
    }

    /// What it is made from.
    fn source(&self, state: &State) -> String {
        let Some(image) = state.facts.image(&self.image) else { return self.image.to_string() };
        let mut parts = vec![image.id.to_string(), image.region.to_string()];
        if image.kind == ImageKind::Received {
            parts
                .push(format!("from {}", owner(state, image).unwrap_or_else(|| "an unknown account".into())));
        }
        parts.extend([image.arch.to_string(), image.os.to_string()]);
        parts.retain(|p| !p.is_empty());
        parts.join(" · ")
    }

    fn draw_zones(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let open = self.open_zones(state);
        let shut: Vec<&str> =
            self.zones(state).into_iter().filter(|(_, sold, _)| *sold == 0).map(|(zone, ..)| zone).collect();
        let rows = usize::from(area.height.saturating_sub(u16::from(!shut.is_empty())));
        let cursor = self.zone_cursor(state);
        let top = window(cursor, rows);
        let mut y = area.y;
        for (n, (zone, sold, listed)) in open.iter().enumerate().skip(top).take(rows) {
            painter.entry(area.x, y, 24, zone, n == cursor, Role::Plain);
            let text = format!("sells {sold} of {listed} types by the hour");
            painter.text(area.x + 28, y, area.width.saturating_sub(28), &text, Role::Dim);
            y += 1;
        }
        if open.is_empty() {
            painter.text(
                area.x,
                y,
                area.width,
                "No zone of the region sells anything by the hour now.",
                Role::Bad,
            );
        } else if !shut.is_empty() {
            painter.text(area.x + 2, y, area.width, &format!("sold out: {}", shut.join(", ")), Role::Dim);
        }
    }

    fn draw_types(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let types = self.types(state);
        painter.text(area.x, area.y, 1, "/", Role::Accent);
        self.filter.draw(painter, area.x + 2, area.y, area.width.saturating_sub(24), true);
        let zone = self.zone(state);
        let all = self.offers(state).iter().filter(|o| Some(o.zone.as_str()) == zone).count();
        let found = format!("{} of {all} types", types.len());
        painter.text_right(area.right(), area.y, 20, &found, Role::Dim);
        let rows = usize::from(area.height.saturating_sub(1));
        let top = window(self.type_cursor, rows);
        if types.is_empty() {
            painter.text(area.x + 2, area.y + 1, area.width, "Nothing matches.", Role::Dim);
        }
        for (n, offer) in types.iter().enumerate().skip(top).take(rows) {
            let y = area.y + 1 + (n - top) as u16;
            let role = if offer.sold { Role::Plain } else { Role::Dim };
            painter.entry(area.x, y, 22, &offer.instance_type, n == self.type_cursor, role);
            painter.text(area.x + 26, y, 24, &size(offer), role);
            if !offer.sold {
                painter.text(area.x + 52, y, area.width.saturating_sub(52), "sold out", Role::Bad);
            }
        }
    }

    fn draw_network(&self, painter: &mut Painter<'_>, area: Rect) {
        let text = "Empty for the default network of the zone, or the IDs of a VPC and of one of its subnets, typed or pasted.";
        let mut lines: Vec<(String, Role)> =
            wrap(text, area.width).into_iter().map(|l| (l, Role::Dim)).collect();
        if let Err(wrong) = self.chosen_network() {
            lines.extend(wrap(&wrong, area.width).into_iter().map(|l| (l, Role::Bad)));
        }
        for (y, (line, role)) in (area.y..area.bottom()).zip(&lines) {
            painter.text(area.x, y, area.width, line, *role);
        }
    }

    fn draw_risk(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let action = self.action(state);
        let verdict = check(&action, &state.facts);
        let network = match self.chosen_network() {
            Ok(Some((vpc, subnet))) => format!("In the network {vpc} {subnet}."),
            _ => "In the default network.".into(),
        };
        let mut lines: Vec<(String, Role)> = Vec::new();
        let mut add = |text: &str, role: Role| {
            lines.extend(wrap(text, area.width).into_iter().map(|l| (l, role)));
            lines.push((String::new(), Role::Plain));
        };
        add(&describe(state, &action), Role::Strong);
        add(&format!("{network} It is billed by the hour from then on."), Role::Plain);
        for risk in &verdict.acknowledge {
            add(&words::sentence(risk.code, &risk.args, state.lang), Role::Warn);
        }
        for note in &verdict.notes {
            add(&words::sentence(note.code, &note.args, state.lang), Role::Dim);
        }
        lines.truncate(usize::from(area.height.saturating_sub(2 + self.said.len() as u16)));
        let mut y = area.y;
        for (line, role) in &lines {
            painter.text(area.x, y, area.width, line, *role);
            y += 1;
        }
        if self.at == At::Sending {
            let text = if self.unsure {
                "Asking once more, with the same token …"
            } else {
                "Asking whether it would work (DryRun), then for the instance …"
            };
            painter.text(area.x, y, area.width, text, Role::Accent);
            return;
        }
        let yes = if verdict.acknowledge.is_empty() { "Yes, launch" } else { "Yes, I accept the risk" };
        buttons(painter, area.x, y, area.width, "No, go back", yes, self.on_yes, true);
    }
}
