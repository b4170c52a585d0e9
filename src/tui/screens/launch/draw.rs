//! Draws the launch form: the four choices, the list or help of the current field, then the risks.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::{
    i18n,
    messages::{Lang, m, tr},
    model::ImageKind,
    tui::{
        app::state::State,
        screens::{
            confirm::describe,
            launch::{Focus, LaunchForm, LaunchStep, choose::size},
            tabs::images::owner,
        },
        widgets::{
            list::window,
            paint::{Painter, wrap},
            question::buttons,
            theme::Role,
        },
    },
};

fn steps(lang: Lang) -> [&'static str; 3] {
    [m::step_choices, m::step_risk, m::step_sending].map(|name| lang.text(name))
}

/// The minimum number of lines to show more than one field.
const LOW: u16 = 12;
/// The maximum number of characters of an instance's name (contract.json, RunInstances).
const NAME_LENGTH: usize = 128;

impl LaunchForm {
    pub(crate) fn draw_all(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        painter.clear(area);
        self.draw_head(state, painter, area);
        let inner = Rect::new(2, area.y + 3, area.width.saturating_sub(4), area.height.saturating_sub(4));
        match self.at {
            LaunchStep::Choices => self.draw_choices(state, painter, inner),
            LaunchStep::Risk | LaunchStep::Sending => self.draw_risk(state, painter, inner),
        }
        let mut lines: Vec<(String, Role)> = Vec::new();
        for (text, role) in &self.messages {
            lines.extend(wrap(text, inner.width).into_iter().map(|line| (line, *role)));
        }
        let top = area.bottom().saturating_sub(lines.len() as u16).max(area.y);
        painter.clear(Rect::new(0, top, area.width, area.bottom() - top));
        for (y, (line, role)) in (top..area.bottom()).zip(&lines) {
            painter.text(2, y, inner.width, line, *role);
        }
    }

    fn draw_head(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let width: u16 = steps(lang).iter().map(|s| s.width() as u16 + 1).sum::<u16>() + 3;
        let name = state.facts.image(&self.image).map_or("", |i| &i.name);
        let room = area.width.saturating_sub(width + 3);
        painter.text(1, area.y, room, &tr!(lang, launch_launch, name), Role::Strong);
        let mut x = area.width.saturating_sub(width + 1);
        for (n, step) in steps(lang).into_iter().enumerate() {
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
        let lang = state.lang;
        // On a low screen only the current field is drawn, so that its list has room.
        let low = area.height < LOW;
        let top = if low { area.y } else { area.y + 2 };
        if !low {
            painter.text(area.x, area.y, area.width, &self.source(state), Role::Dim);
        }
        let (x, width) = (area.x + 10, area.width.saturating_sub(10));
        for focus in Focus::ALL.into_iter().filter(|f| !low || *f == self.focus) {
            let y = if low { top } else { top + focus as u16 };
            let label = match focus {
                Focus::Region => lang.text(m::common_region),
                Focus::Zone => lang.text(m::common_zone),
                Focus::Type => lang.text(m::common_type),
                Focus::Name => lang.text(m::common_name),
                Focus::Network => lang.text(m::common_network),
            };
            let here = focus == self.focus;
            painter.text(area.x, y, 9, label, if here { Role::Accent } else { Role::Dim });
            self.draw_field(focus, state, painter, Rect::new(x, y, width, 1));
        }
        let rule = if low { top + 1 } else { top + 5 };
        painter.rule(1, rule, area.width + 2);
        let below = Rect::new(area.x, rule + 1, area.width, area.bottom().saturating_sub(rule + 1));
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
                let text = lang.text(m::launch_name_help);
                painter.text(below.x, below.y, below.width, text, Role::Dim);
            }
            (_, Focus::Network) => self.draw_network(state, painter, below),
        }
    }

    /// Draws the value of a field.
    fn draw_field(&self, focus: Focus, state: &State, painter: &mut Painter<'_>, at: Rect) {
        let lang = state.lang;
        let here = focus == self.focus;
        match focus {
            Focus::Region => drop(painter.text(at.x, at.y, at.width, self.region.as_str(), Role::Plain)),
            Focus::Zone => {
                painter.text(at.x, at.y, at.width, self.zone(state).unwrap_or("-"), Role::Plain);
            }
            Focus::Type => {
                let sold = self.offer(state).map(|o| format!("{} · {}", o.instance_type, size(o, lang)));
                let (kind, role) = match (sold, &self.kind) {
                    (Some(kind), _) => (kind, Role::Plain),
                    (None, Some(kind)) => (tr!(lang, launch_is_not_sold_in_that, kind), Role::Bad),
                    (None, None) => (lang.text(m::launch_not_chosen_yet).into(), Role::Dim),
                };
                painter.text(at.x, at.y, at.width, &kind, role);
            }
            Focus::Name => {
                let used = self.name.text().chars().count();
                self.name.draw(painter, at.x, at.y, at.width.saturating_sub(10), here);
                let role = if used > NAME_LENGTH { Role::Bad } else { Role::Dim };
                painter.text_right(at.right(), at.y, 8, &format!("{used}/{NAME_LENGTH}"), role);
            }
            Focus::Network if self.network.text().is_empty() && !here => {
                painter.text(at.x, at.y, at.width, lang.text(m::launch_default_one), Role::Dim);
            }
            Focus::Network => self.network.draw(painter, at.x, at.y, at.width, here),
        }
    }

    /// Returns the text about the source image.
    fn source(&self, state: &State) -> String {
        let lang = state.lang;
        let Some(image) = state.facts.image(&self.image) else { return self.image.to_string() };
        let mut parts = vec![image.id.to_string(), image.region.to_string()];
        if image.kind == ImageKind::Received {
            parts.push(tr!(
                lang,
                launch_from,
                owner =
                    owner(state, image).unwrap_or_else(|| lang.text(m::cmd_exposure_unknown_account).into())
            ));
        }
        parts.extend([image.arch.to_string(), image.os.to_string()]);
        parts.retain(|p| !p.is_empty());
        parts.join(" · ")
    }

    fn draw_zones(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let open = self.open_zones(state);
        let shut: Vec<&str> =
            self.zones(state).into_iter().filter(|(_, sold, _)| *sold == 0).map(|(zone, ..)| zone).collect();
        let rows = usize::from(area.height.saturating_sub(u16::from(!shut.is_empty())));
        let cursor = self.zone_cursor(state);
        let top = window(cursor, rows);
        let mut y = area.y;
        for (n, (zone, sold, listed)) in open.iter().enumerate().skip(top).take(rows) {
            painter.entry(area.x, y, 24, zone, n == cursor, Role::Plain);
            let text = tr!(lang, launch_sells_types_by_hour, sold, listed);
            painter.text(area.x + 28, y, area.width.saturating_sub(28), &text, Role::Dim);
            y += 1;
        }
        if open.is_empty() {
            painter.text(area.x, y, area.width, lang.text(m::launch_nothing_on_sale), Role::Bad);
        } else if !shut.is_empty() {
            painter.text(
                area.x + 2,
                y,
                area.width,
                &tr!(lang, launch_zones_sold_out, shut = shut.join(", ")),
                Role::Dim,
            );
        }
    }

    fn draw_types(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let types = self.types(state);
        painter.text(area.x, area.y, 1, "/", Role::Accent);
        self.filter.draw(painter, area.x + 2, area.y, area.width.saturating_sub(24), true);
        let zone = self.zone(state);
        let all = self.offers(state).iter().filter(|o| Some(o.zone.as_str()) == zone).count();
        let found = tr!(lang, launch_types, n = types.len(), all);
        painter.text_right(area.right(), area.y, 20, &found, Role::Dim);
        let rows = usize::from(area.height.saturating_sub(1));
        let top = window(self.type_cursor, rows);
        if types.is_empty() {
            painter.text(area.x + 2, area.y + 1, area.width, lang.text(m::common_nothing_matches), Role::Dim);
        }
        for (n, offer) in types.iter().enumerate().skip(top).take(rows) {
            let y = area.y + 1 + (n - top) as u16;
            let role = if offer.sold { Role::Plain } else { Role::Dim };
            painter.entry(area.x, y, 22, &offer.instance_type, n == self.type_cursor, role);
            painter.text(area.x + 26, y, 24, &size(offer, lang), role);
            if !offer.sold {
                painter.text(
                    area.x + 52,
                    y,
                    area.width.saturating_sub(52),
                    lang.text(m::launch_sold_out),
                    Role::Bad,
                );
            }
        }
    }

    fn draw_network(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let text = lang.text(m::launch_network_help);
        let mut lines: Vec<(String, Role)> =
            wrap(text, area.width).into_iter().map(|l| (l, Role::Dim)).collect();
        if let Err(wrong) = self.chosen_network(lang) {
            lines.extend(wrap(&wrong, area.width).into_iter().map(|l| (l, Role::Bad)));
        }
        for (y, (line, role)) in (area.y..area.bottom()).zip(&lines) {
            painter.text(area.x, y, area.width, line, *role);
        }
    }

    fn draw_risk(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let action = self.action(state);
        let verdict = &self.shown;
        let network = match self.chosen_network(lang) {
            Ok(Some((vpc, subnet))) => {
                tr!(lang, launch_in_network, vpc, subnet)
            }
            _ => lang.text(m::launch_in_default_network).into(),
        };
        let mut lines: Vec<(String, Role)> = Vec::new();
        let mut add = |text: &str, role: Role| {
            lines.extend(wrap(text, area.width).into_iter().map(|l| (l, role)));
            lines.push((String::new(), Role::Plain));
        };
        add(&describe(state, &action), Role::Strong);
        add(&tr!(lang, launch_it_is_billed_by_hour, network), Role::Plain);
        for risk in &verdict.acknowledge {
            add(&i18n::sentence(risk.code, &risk.args, state.lang), Role::Warn);
        }
        for note in &verdict.notes {
            add(&i18n::sentence(note.code, &note.args, state.lang), Role::Dim);
        }
        lines.truncate(usize::from(area.height.saturating_sub(2 + self.messages.len() as u16)));
        let mut y = area.y;
        for (line, role) in &lines {
            painter.text(area.x, y, area.width, line, *role);
            y += 1;
        }
        if self.at == LaunchStep::Sending {
            let text = if self.unsure { lang.text(m::launch_retrying) } else { lang.text(m::launch_dry_run) };
            painter.text(area.x, y, area.width, text, Role::Accent);
            return;
        }
        let yes = if verdict.acknowledge.is_empty() {
            lang.text(m::launch_yes_launch)
        } else {
            lang.text(m::common_yes_i_accept_risk)
        };
        buttons(painter, area.x, y, area.width, lang.text(m::common_no_go_back), yes, self.on_yes, true);
    }
}
