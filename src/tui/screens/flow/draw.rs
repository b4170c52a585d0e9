//! Draws the share form: the line of steps, the current step, and its messages.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::{
    i18n,
    jobs::{Cause, EdgeKind, Plan},
    messages::{m, tr},
    model::{Receiver, Uin},
    tui::{
        app::state::State,
        keymap::{Command, Context},
        screens::flow::{
            Flow, FlowStep,
            findings::{cell_text, edge_text, finding_text},
        },
        widgets::{
            list::{truncate_lines, window},
            matrix::Matrix,
            paint::{Painter, wrap},
            question::buttons,
            step_line::step_line,
            theme::Role,
        },
    },
};

impl Flow {
    pub(crate) fn draw_all(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        painter.clear(area);
        let name = state.facts.image(&self.image).map_or("", |i| &i.name);
        let title = format!(
            "{} {name}",
            if self.sharing { lang.text(m::common_share_title) } else { lang.text(m::common_copy_title) }
        );
        step_line(painter, area, &title, self.at as usize, self.sharing, lang);
        let inner = Rect::new(2, area.y + 3, area.width.saturating_sub(4), area.height.saturating_sub(4));
        match self.at {
            FlowStep::Receivers => self.draw_receivers(state, painter, inner),
            FlowStep::Regions => self.draw_regions(state, painter, inner),
            FlowStep::Findings => self.draw_findings(state, painter, inner),
            FlowStep::Risk => self.draw_risk(state, painter, inner),
        }
        if let Some(message) = &self.message
            && self.at != FlowStep::Receivers
        {
            let lines = wrap(message, inner.width);
            let top = area.bottom().saturating_sub(lines.len() as u16);
            painter.clear(Rect::new(0, top, area.width, lines.len() as u16));
            for (n, line) in lines.iter().enumerate() {
                painter.text(2, top + n as u16, inner.width, line, Role::Bad);
            }
        }
    }

    fn draw_receivers(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let mut y = area.y;
        painter.text(area.x, y, area.width, lang.text(m::share_receivers_question), Role::Dim);
        y += 2;
        painter.text(area.x, y, 2, ">", if self.in_book { Role::Dim } else { Role::Accent });
        self.field.draw(painter, area.x + 2, y, area.width.saturating_sub(2), !self.in_book);
        y += 1;
        if let Some(message) = &self.message {
            for line in wrap(message, area.width.saturating_sub(2)).into_iter().take(3) {
                painter.text(area.x + 2, y, area.width.saturating_sub(2), &line, Role::Bad);
                y += 1;
            }
        }
        y += 1;
        let chosen = if self.chosen.is_empty() {
            lang.text(m::common_none).to_owned()
        } else {
            self.chosen
                .iter()
                .map(|r| self.receiver_name(state, r))
                .collect::<Vec<_>>()
                .join(lang.text(m::common_list_comma))
        };
        let x = painter.text(area.x, y, area.width, lang.text(m::share_chosen), Role::Dim);
        for line in wrap(&chosen, area.right().saturating_sub(x)).into_iter().take(3) {
            painter.text(x, y, area.right().saturating_sub(x), &line, Role::Strong);
            y += 1;
        }
        y += 1;
        painter.text(area.x, y, area.width, lang.text(m::share_address_book), Role::Dim);
        y += 1;
        let book = Self::address_book(state);
        let rows = usize::from(area.bottom().saturating_sub(y));
        let top = window(self.book_cursor, rows);
        for (n, (uin, label)) in book.iter().enumerate().skip(top).take(rows) {
            let row = y + (n - top) as u16;
            let here = self.in_book && n == self.book_cursor;
            if here {
                painter.marker(area.x, row);
            }
            let on = self.chosen.iter().any(|r| r.account.as_ref() == Ok(uin));
            painter.text(area.x + 2, row, 4, if on { "[x]" } else { "[ ]" }, Role::Accent);
            let number = uin.to_string();
            if here {
                painter.selected(area.x + 6, row, 20, &number);
            } else {
                painter.text(area.x + 6, row, 20, &number, Role::Plain);
            }
            painter.text(area.x + 22, row, area.width.saturating_sub(22), label, Role::Plain);
        }
        if book.is_empty() {
            painter.text(area.x + 2, y, area.width, lang.text(m::share_address_book_empty), Role::Dim);
        }
    }

    fn receiver_name(&self, state: &State, receiver: &Receiver) -> String {
        let lang = state.lang;
        let name = match &receiver.account {
            Ok(uin) => state.facts.account_name(uin),
            Err(text) => text.clone(),
        };
        match &receiver.region {
            Some(region) => tr!(lang, share_receiver_in, name, region),
            None => name,
        }
    }

    fn draw_regions(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let what = if self.sharing {
            lang.text(m::share_regions_question)
        } else {
            lang.text(m::share_to_which_regions)
        };
        painter.text(area.x, area.y, area.width, what, Role::Dim);
        let choices = self.choices(state);
        let y = area.y + 2;
        let rows = usize::from(area.bottom().saturating_sub(y));
        let top = window(self.region_cursor, rows);
        for (n, (region, text, role)) in choices.iter().enumerate().skip(top).take(rows) {
            let row = y + (n - top) as u16;
            if n == self.region_cursor {
                painter.marker(area.x, row);
            }
            let mark = match (self.marked.contains(region), self.is_named(region), *role == Role::Bad) {
                (true, ..) => "[x]",
                // The region gets the image only for receivers that named it.
                (false, true, _) => "[@]",
                (false, false, true) => " - ",
                (false, false, false) => "[ ]",
            };
            painter.text(area.x + 2, row, 4, mark, Role::Accent);
            if n == self.region_cursor {
                painter.selected(area.x + 6, row, 18, region.as_str());
            } else {
                painter.text(
                    area.x + 6,
                    row,
                    18,
                    region.as_str(),
                    if *role == Role::Bad { Role::Dim } else { Role::Plain },
                );
            }
            painter.text(area.x + 25, row, area.width.saturating_sub(25), text, *role);
        }
    }

    fn draw_findings(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let plan = self.plan(state);
        let mut y = matrix(self, state, &plan, painter, area);
        y += 1;
        painter.rule(area.x, y, area.width);
        y += 1;
        if let Some((region, field)) = &self.naming {
            let x = painter.text(area.x, y, area.width, &tr!(lang, share_name_copy_in, region), Role::Accent);
            field.draw(painter, x, y, area.right().saturating_sub(x), true);
            y += 1;
        }
        let mut lines: Vec<(String, Role)> = Vec::new();
        for finding in &plan.findings {
            let (what, way) = finding_text(state, finding);
            let role = if finding.blocking { Role::Bad } else { Role::Warn };
            lines.extend(wrap(&what, area.width).into_iter().map(|l| (l, role)));
            if finding.blocking {
                let reuse = match &finding.cause {
                    Cause::LooksLike { image, .. } => {
                        tr!(lang, share_e_uses, image)
                    }
                    Cause::Rule(_) => String::new(),
                };
                let newer = match finding.cause.reason().lifted_by_current() {
                    true => {
                        let key = state.keymap.hint(Context::Dialog, Command::Newer);
                        tr!(lang, share_uses_newer_limits, key)
                    }
                    false => String::new(),
                };
                let ways = [reuse, way, newer, lang.text(m::share_x_skips).to_owned()];
                let way = ways.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" · ");
                lines.extend(
                    wrap(&way, area.width.saturating_sub(2))
                        .into_iter()
                        .map(|l| (format!("  {l}"), Role::Plain)),
                );
            }
        }
        if !plan.missing.is_empty() {
            lines.push((tr!(lang, share_waiting_for_answers, n = plan.missing.len()), Role::Dim));
        }
        for note in &plan.notes {
            let text = i18n::sentence(note.code, &note.args, state.lang);
            lines.extend(wrap(&text, area.width).into_iter().map(|l| (l, Role::Plain)));
        }
        if plan.findings.is_empty() && plan.missing.is_empty() {
            lines.insert(0, (lang.text(m::common_no_problems).into(), Role::Good));
        }
        truncate_lines(&mut lines, usize::from(area.bottom().saturating_sub(y)), lang);
        for (line, role) in lines {
            painter.text(area.x, y, area.width, &line, role);
            y += 1;
        }
    }

    fn draw_risk(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        // Draws the plan that Yes accepts, not the current one.
        let plan = &self.shown;
        let mut lines: Vec<(String, Role)> = Vec::new();
        let mut add = |text: &str, role: Role, bullet: &str| {
            let under = " ".repeat(bullet.width());
            for (n, line) in wrap(text, area.width.saturating_sub(2)).into_iter().enumerate() {
                lines.push((format!("{}{line}", if n == 0 { bullet } else { &under }), role));
            }
        };
        let adds = plan.edges.iter().filter(|e| e.kind == EdgeKind::Add).count();
        let copies =
            plan.cells.iter().filter(|c| matches!(c.kind, crate::jobs::CellKind::Copy { .. })).count();
        let copies = tr!(lang, count_copies, n = copies);
        let adds = tr!(lang, count_shares, n = adds);
        let sum = tr!(lang, share_totals, copies, adds);
        add(&sum, Role::Strong, "");
        add("", Role::Plain, "");
        for risk in &plan.acknowledge {
            add(&i18n::sentence(risk.code, &risk.args, state.lang), Role::Warn, "");
        }
        if self.sharing {
            add("", Role::Plain, "");
            add(lang.text(m::share_checklist), Role::Plain, "");
            for line in i18n::checklist(state.lang) {
                add(&line, Role::Plain, if state.looks.ascii { "* " } else { "· " });
            }
        }
        for note in &plan.notes {
            add("", Role::Plain, "");
            add(&i18n::sentence(note.code, &note.args, state.lang), Role::Dim, "");
        }
        let room = usize::from(area.height.saturating_sub(2));
        lines.truncate(room);
        let mut y = area.y;
        for (line, role) in &lines {
            painter.text(area.x, y, area.width, line, *role);
            y += 1;
        }
        let yes =
            if self.sharing { lang.text(m::common_yes_i_accept_risk) } else { lang.text(m::share_yes_copy) };
        buttons(painter, area.x, y + 1, area.width, lang.text(m::common_no_go_back), yes, self.on_yes, true);
    }
}

/// Draws the matrix of the plan. Returns the next free row.
fn matrix(flow: &Flow, state: &State, plan: &Plan, painter: &mut Painter<'_>, area: Rect) -> u16 {
    let lang = state.lang;
    let mut accounts: Vec<&Result<Uin, String>> = Vec::new();
    for edge in &plan.edges {
        if !accounts.contains(&&edge.account) {
            accounts.push(&edge.account);
        }
    }
    let name = |account: &&Result<Uin, String>| match account {
        Ok(uin) => state.facts.account_name(uin),
        Err(text) => text.clone(),
    };
    let matrix = Matrix {
        lang,
        heads: accounts.iter().map(name).collect(),
        regions: plan.cells.iter().map(|c| c.region.as_str()).collect(),
        cursor: flow.cell_cursor,
        rows: usize::from(area.height / 2).max(3),
        copy: 20,
        accounts: 46,
        right: area.right(),
    };
    let copy = |painter: &mut Painter<'_>, n: usize, x, y| {
        let (text, role) = cell_text(&plan.cells[n].kind, lang);
        painter.text(x, y, 24, &text, role);
    };
    let edge = |n: usize, account: usize| edge_text(plan, &plan.cells[n].region, accounts[account], lang);
    let summary = |n: usize| {
        let region = &plan.cells[n].region;
        let of = |kind: fn(&EdgeKind) -> bool| {
            plan.edges.iter().filter(|e| e.region == *region && kind(&e.kind)).count()
        };
        let text = [
            (of(|k| *k == EdgeKind::Add), lang.text(m::share_to_share)),
            (of(|k| matches!(k, EdgeKind::Already(_))), lang.text(m::word_shared)),
            (of(|k| *k == EdgeKind::Blocked), lang.text(m::share_blocked)),
            (of(|k| *k == EdgeKind::Dropped), lang.text(m::common_left_out)),
        ]
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect::<Vec<_>>()
        .join(", ");
        (text, Role::Plain)
    };
    matrix.draw(painter, area, copy, edge, summary)
}
