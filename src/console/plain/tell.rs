//! Lists, details, verdicts and jobs in lines.

use super::{Plain, Told, typed};
use crate::{
    console::{
        actions::{self, Line},
        message::Load,
        overlays::{Page, Reader, receivers_text},
        state::{RowId, State},
        tabs::{Field, Tab, cell},
        update,
    },
    jobs::{CellState, EdgeState, Job, report},
    model::{ImageId, ImageKind},
    rules::{Action, Kind, Remedy, Verdict},
    words,
};

impl Plain {
    pub(super) fn help(&mut self) -> Told {
        for (usage, what) in typed::HELP {
            self.say(&format!("{usage}: {what}"))?;
        }
        Ok(())
    }

    /// Whose cloud it is and how much is there, and what did not answer.
    pub(super) fn counts(&mut self) -> Told {
        let (state, mut parts) = (&self.state, Vec::new());
        parts.extend(state.facts.standing.me.as_ref().map(|me| format!("Account {me}")));
        for tab in Tab::ALL {
            parts.push(format!("{} {}", tab.title(state.lang), tab.count(state)));
        }
        let failed: Vec<String> = state
            .failed(|l| matches!(l, Load::Identity | Load::Regions | Load::Images(_) | Load::Instances(_)))
            .into_iter()
            .map(|(load, why)| {
                format!(
                    "Problem: {} did not answer: {}",
                    super::super::view::asked(load, self.state.lang),
                    why.told(self.state.lang)
                )
            })
            .collect();
        self.say(&format!("{}.", parts.join(", ")))?;
        failed.iter().try_for_each(|line| self.say(line))
    }

    pub(super) fn list(&mut self, tab: Tab, words: String) -> Told {
        self.listed.clear();
        // What a job or an action has changed is being read.
        self.until(|state| state.asking(|l| matches!(l, Load::Image(..) | Load::Instance(..))).0 == 0)?;
        self.change(|state, _| {
            state.tab = tab;
            state.pane = None;
            let table = &mut state.tables[tab as usize];
            table.filter = words;
            table.stale();
        })?;
        let (rows, title) = (self.state.table().rows.len(), tab.title(self.state.lang));
        let of = if self.state.table().filter.is_empty() { "" } else { " with these words" };
        self.say(&format!("{title}: {}{of}.", super::super::overlays::count(rows, "row", "rows")))?;
        self.more()
    }

    /// The next rows of the list; what is told of them is asked for first.
    pub(super) fn more(&mut self) -> Told {
        let from = self.listed.len();
        let rows = self.state.table().rows.len();
        if rows == 0 || from >= rows {
            return if from == 0 { Ok(()) } else { self.say("There are no more rows.") };
        }
        let page = self.state.rows_height();
        self.change(|state, _| {
            let last = state.table().rows.len().saturating_sub(1);
            let table = &mut state.tables[state.tab as usize];
            table.move_to((from + page - 1).min(last));
            table.top = from;
            state.pane = state.selected().cloned();
        })?;
        self.until(|state| state.asking(|l| matches!(l, Load::Shares(..) | Load::Quota(_))).0 == 0)?;
        let rows: Vec<RowId> = self.state.table().rows.clone();
        let to = rows.len().min(from + page);
        for row in rows.iter().take(to).skip(from) {
            self.listed.push(row.clone());
            let line = format!("{}. {}", self.listed.len(), row_line(&self.state, row));
            self.say(&line)?;
        }
        if to < rows.len() {
            self.say(&format!("{to} of {}; more tells the next.", rows.len()))?;
        }
        Ok(())
    }

    /// Does something with the row that a number of the last list or an ID names.
    pub(super) fn on_row(&mut self, what: &str, act: impl FnOnce(&mut Self, RowId) -> Told) -> Told {
        let numbered = what.parse::<usize>().ok().map(|n| n.checked_sub(1).and_then(|n| self.listed.get(n)));
        let row = match numbered {
            Some(row) => row.cloned(),
            None => named(&self.state, what),
        };
        match row {
            Some(row) => act(self, row),
            None if self.listed.is_empty() => self
                .say(&format!("Nothing is called {what}. Type images, shared, regions or instances first.")),
            None => self.say(&format!(
                "Nothing is called {what}. The last list has {}.",
                super::super::overlays::count(self.listed.len(), "row", "rows")
            )),
        }
    }

    pub(super) fn on_image(&mut self, what: &str, act: impl FnOnce(&mut Self, ImageId) -> Told) -> Told {
        self.on_row(what, |this, row| match row {
            RowId::Image(id) => act(this, id),
            _ => this.say("That is for images alone."),
        })
    }

    pub(super) fn show(&mut self, row: RowId) -> Told {
        if let RowId::Image(id) = &row
            && let Some(image) = self.state.facts.image(id).cloned()
        {
            let shares = Load::Shares(image.region, image.id);
            self.change(|state, effects| update::load(state, shares, effects))?;
            self.until(|state| state.asking(|l| matches!(l, Load::Shares(..))).0 == 0)?;
        }
        let name = cell(&self.state, &row, self.state.tab.columns()[0].field).text.into_owned();
        self.say(&name)?;
        for line in Reader::new(Page::Details(row)).texts(&self.state) {
            self.say(&line)?;
        }
        Ok(())
    }

    pub(super) fn actions(&mut self, row: RowId) -> Told {
        self.learn(|state| {
            actions::lines(state, &row).into_iter().flat_map(|l| l.verdict.missing).collect()
        })?;
        let lines = actions::lines(&self.state, &row);
        if lines.is_empty() {
            return self.say("There is nothing to do with it.");
        }
        lines.iter().try_for_each(|line| self.verdict(line))
    }

    /// A verdict with all its reasons and what to do about each.
    fn verdict(&mut self, line: &Line) -> Told {
        let word = match line.verdict.kind() {
            Kind::Allowed => "ready",
            Kind::Blocked => "blocked",
            Kind::Unknown => "not known yet",
        };
        self.say(&format!("{}: {word}.", line.action.word()))?;
        self.reasons(&line.action, &line.verdict)
    }

    pub(super) fn reasons(&mut self, action: &Action, verdict: &Verdict) -> Told {
        let lang = self.state.lang;
        for reason in &verdict.reasons {
            self.say(&format!("  Because: {}", words::sentence(reason.code, &reason.args, lang)))?;
            let remedy = words::remedy(&reason.remedy, reason.code, lang);
            if !remedy.is_empty() {
                self.say(&format!("  What to do: {remedy}"))?;
            }
        }
        let received = action.image().and_then(|id| self.state.facts.image(id));
        let received = received.filter(|i| i.kind == ImageKind::Received).cloned();
        if let Some(image) = received.filter(|_| verdict.reasons.iter().any(|r| r.remedy == Remedy::Outside))
        {
            for line in words::request_text(action, &image, lang).lines() {
                self.say(&format!("  Text for its owner: {line}"))?;
            }
        }
        for note in &verdict.acknowledge {
            self.say(&format!("  To accept: {}", words::sentence(note.code, &note.args, lang)))?;
        }
        for note in &verdict.notes {
            self.say(&format!("  Note: {}", words::sentence(note.code, &note.args, lang)))?;
        }
        Ok(())
    }

    pub(super) fn tell_jobs(&mut self) -> Told {
        if self.state.jobs.is_empty() {
            return self.say("There are no jobs.");
        }
        let jobs: Vec<Job> = self.state.jobs.values().cloned().collect();
        for job in jobs {
            self.say(&format!("Job {}, {}: {}", job.id, job.name, report::job_word(job.state())))?;
            for line in job_lines(&self.state, &job) {
                self.say(&format!("  {line}"))?;
            }
        }
        Ok(())
    }

    pub(super) fn profiles(&mut self) -> Told {
        let here = self.state.profile;
        let all: Vec<String> = self
            .state
            .profiles
            .iter()
            .enumerate()
            .map(|(n, p)| format!("{}: {}{}", p.name, p.label, if n == here { ", this one" } else { "" }))
            .collect();
        all.iter().try_for_each(|line| self.say(line))
    }
}

/// The row of that ID, whatever list it is in.
fn named(state: &State, what: &str) -> Option<RowId> {
    let image = what.parse().ok().filter(|id| state.facts.image(id).is_some()).map(RowId::Image);
    let instance = || what.parse().ok().filter(|id| state.facts.instance(id).is_some()).map(RowId::Instance);
    let region =
        || what.parse().ok().filter(|r| super::super::tabs::regions_of(state).contains(r)).map(RowId::Region);
    image.or_else(instance).or_else(region)
}

/// A row in a line: what says itself, then the rest behind the heads of its columns.
fn row_line(state: &State, row: &RowId) -> String {
    let mut parts = Vec::new();
    for column in tab_of(state, row).columns() {
        let text = cell(state, row, column.field).text;
        match column.field {
            _ if matches!(text.as_ref(), "" | "-" | "…") => {}
            Field::Quota => {}
            Field::Name | Field::Id | Field::Code | Field::Region | Field::State => {
                parts.push(text.into_owned())
            }
            _ => parts.push(format!("{} {text}", column.title.to_lowercase())),
        }
    }
    parts.join(", ")
}

fn tab_of(state: &State, row: &RowId) -> Tab {
    match row {
        RowId::Image(_) => state.tab,
        RowId::Region(_) => Tab::Regions,
        RowId::Instance(_) => Tab::Instances,
    }
}

/// How far a job is: a line for each region and account. Percents by quarters, so that each line is news.
pub(super) fn job_lines(state: &State, job: &Job) -> Vec<String> {
    let mut lines = Vec::new();
    for cell in &job.cells {
        let word = match cell.state {
            CellState::Copying => match cell.percent.map(|p| p / 25 * 25) {
                Some(percent) if percent > 0 => format!("copying, {percent} percent"),
                _ => "copying".to_owned(),
            },
            CellState::Ready if cell.reused => "the image is there".to_owned(),
            CellState::Ready => "copied".to_owned(),
            state => report::cell_word(state).to_owned(),
        };
        let why = cell.error.as_ref().map(|e| format!(": {} ({})", e.text, e.code)).unwrap_or_default();
        lines.push(format!("{}: {word}{why}", cell.region));
        for edge in job.edges.iter().filter(|e| e.region == cell.region) {
            let word = match edge.state {
                EdgeState::Verified => "shared, and seen by the receiver".to_owned(),
                state => report::edge_word(state).to_owned(),
            };
            let why = edge.error.as_ref().map(|e| format!(": {} ({})", e.text, e.code)).unwrap_or_default();
            lines.push(format!("{}, {}: {word}{why}", edge.region, state.facts.account_name(&edge.account)));
        }
    }
    if let Some(text) = receivers_text(state, job).filter(|_| job.is_over()) {
        lines.extend(text.lines().map(|line| format!("text for the receivers: {line}")));
    }
    if let Some(why) = &job.paused {
        lines.push(format!("waits: {} ({}); refresh goes on", why.text, why.code));
    }
    lines
}
