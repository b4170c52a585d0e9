//! A job as it goes: the live matrix, its calls, and, when it is over, the report.

use ratatui::layout::Rect;

use super::{Confirm, Input, Overlay, Step, flow::step_line, matrix::Matrix, moved};
use crate::{
    console::{
        effect::{Effect, JobOrder},
        keymap::Command,
        state::State,
        tabs::{Role, age},
        update,
        view::{Painter, wrap},
    },
    jobs::{Cell, CellState, EdgeState, Job, JobState, undo_plan},
    model::{ImageId, Region, Uin},
    rules::check,
    words,
};

/// One job's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobScreen {
    id: String,
    cursor: usize,
}

/// A job in a word or two.
pub(in crate::console) fn state_word(job: &Job) -> (String, Role) {
    match (&job.paused, job.state()) {
        (Some(_), _) => ("waits for a sign-in".into(), Role::Bad),
        (_, JobState::Planned | JobState::Running) => {
            (format!("running {} %", update::percent(job)), Role::Accent)
        }
        (_, JobState::Done) => ("done".into(), Role::Good),
        (_, JobState::Partial) => ("partly done".into(), Role::Warn),
        (_, JobState::Failed) => ("failed".into(), Role::Bad),
    }
}

impl JobScreen {
    /// The screen of this job.
    pub fn new(id: String) -> Self {
        Self { id, cursor: 0 }
    }

    pub(super) fn on(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> Step {
        let Input::Command(command) = input else { return Step::Stay };
        let Some(job) = state.jobs.get(&self.id).cloned() else { return Step::Close };
        match command {
            Command::Back | Command::Confirm => {
                if !job.is_over() {
                    state.say("The job goes on; J shows it.");
                }
                return Step::Close;
            }
            Command::Drop | Command::Retry => {
                if let Some(cell) = job.cells.get(self.cursor) {
                    let region = cell.region.clone();
                    let order = match command {
                        Command::Drop => JobOrder::Drop(region),
                        _ if failed(&job, &cell.region) => JobOrder::Retry(region),
                        _ => {
                            state.say(format!("Nothing failed in {region}."));
                            return Step::Stay;
                        }
                    };
                    effects.push(Effect::Order(Box::new(job), order));
                }
            }
            Command::CopyText => match receivers_text(state, &job) {
                Some(text) => {
                    effects.push(Effect::Clipboard(text));
                    state.say("The text for the receivers was sent to the terminal's clipboard.");
                }
                None => state.complain("Nothing is shared yet, so there is no text."),
            },
            Command::Undo => return self.undo(state, &job),
            command => {
                moved(&mut self.cursor, job.cells.len(), 10, *command);
            }
        }
        Step::Stay
    }

    /// Offered, never automatic: only what this job did.
    fn undo(&self, state: &mut State, job: &Job) -> Step {
        if !job.is_over() {
            state.complain("The job still runs. It can be undone when it is over.");
            return Step::Stay;
        }
        let actions = undo_plan(job);
        if actions.is_empty() {
            state.say("There is nothing to undo: this job made no share and no copy.");
            return Step::Stay;
        }
        let mut risks = Vec::new();
        for action in &actions {
            for risk in check(action, &state.facts).acknowledge {
                if !risks.iter().any(|r: &crate::rules::Note| r.code == risk.code) {
                    risks.push(risk);
                }
            }
        }
        let name = job.name.clone();
        let deletes = actions.iter().any(|a| matches!(a, crate::rules::Action::Delete { .. }));
        let confirm = Confirm::new("Undo what this job did".into(), "Yes, undo", actions, risks, Vec::new());
        Step::Open(Overlay::Confirm(if deletes { confirm.with_typed(&words::plain(&name)) } else { confirm }))
    }

    pub(super) fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let Some(job) = state.jobs.get(&self.id) else { return vec![(Command::Back, "back")] };
        let mut hints = Vec::new();
        if job.is_over() {
            hints.extend([
                (Command::Back, "back"),
                (Command::CopyText, "copy the text"),
                (Command::Undo, "undo"),
            ]);
        } else {
            hints.extend([(Command::Back, "leave it running"), (Command::Drop, "drop a region")]);
        }
        if job.cells.iter().any(|c| failed(job, &c.region)) {
            hints.push((Command::Retry, "try again"));
        }
        hints
    }

    pub(super) fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        painter.clear(area);
        let Some(job) = state.jobs.get(&self.id) else { return };
        let sharing = !job.edges.is_empty();
        let title = format!("{} {}", if sharing { "Share" } else { "Copy" }, job.name);
        step_line(painter, area, &title, if job.is_over() { 5 } else { 4 }, sharing);
        let width = area.width.saturating_sub(4);
        let (word, role) = state_word(job);
        let done = job.cells.iter().filter(|c| region_done(job, c)).count();
        let y = area.y + 2;
        painter.text(2, y, width, &word, role);
        let right = format!("{done} of {} regions done · job {}", job.cells.len(), job.id);
        painter.text_right(area.width - 2, y, width, &right, Role::Dim);
        let rows = usize::from(area.height.saturating_sub(8) / 2).max(3);
        let mut y = self.matrix(state, job, painter, Rect::new(2, y + 2, width, area.height), rows) + 1;
        painter.rule(2, y, width);
        y += 1;
        let room = usize::from(area.bottom().saturating_sub(y));
        let mut lines: Vec<(String, Role)> = Vec::new();
        if let Some(driver) = state.drivers.get(&job.id).filter(|_| !job.is_over()) {
            lines.push((format!("Process {driver} drives it; it is watched here."), Role::Dim));
        }
        if let Some(why) = &job.paused {
            lines.push((
                format!("It waits: {} ({}). P takes another profile, r tries again.", why.text, why.code),
                Role::Bad,
            ));
        }
        if job.is_over() {
            lines.extend(report(state, job));
        }
        for (text, role) in troubles(job) {
            lines.extend(wrap(&text, width).into_iter().map(|l| (l, role)));
        }
        if !job.is_over() {
            let keep = room.saturating_sub(lines.len());
            let calls = job.calls.iter().rev().take(keep).collect::<Vec<_>>();
            for call in calls.into_iter().rev() {
                let id = call.request_id.as_deref().unwrap_or("");
                let role = if call.outcome == "ok" { Role::Dim } else { Role::Warn };
                lines.push((
                    format!(
                        "{}  {} {}  {}  {}  {id}",
                        call.at.strftime("%H:%M:%S"),
                        call.action,
                        call.region,
                        call.detail,
                        call.outcome
                    ),
                    role,
                ));
            }
        }
        for (text, role) in lines.into_iter().take(room) {
            painter.text(2, y, width, &text, role);
            y += 1;
        }
    }

    /// How far each region and account is; returns the next row.
    fn matrix(&self, state: &State, job: &Job, painter: &mut Painter<'_>, area: Rect, rows: usize) -> u16 {
        let mut accounts: Vec<&Uin> = Vec::new();
        for edge in &job.edges {
            if !accounts.contains(&&edge.account) {
                accounts.push(&edge.account);
            }
        }
        let matrix = Matrix {
            heads: accounts.iter().map(|uin| state.facts.account_name(uin)).collect(),
            regions: job.cells.iter().map(|c| c.region.as_str()).collect(),
            cursor: self.cursor,
            rows,
            copy: 19,
            accounts: 44,
            right: area.right() + 2,
        };
        let copy =
            |painter: &mut Painter<'_>, n: usize, x, y| draw_cell(state, job, &job.cells[n], painter, x, y);
        let edge = |n: usize, account: usize| match job.edge(&job.cells[n].region, accounts[account]) {
            Some(edge) => edge_word(edge.state),
            None => ("-", Role::Dim),
        };
        let summary = |n: usize| {
            let edges = || job.edges.iter().filter(|e| e.region == job.cells[n].region);
            let shared = edges().filter(|e| e.state.is_shared()).count();
            let failed = edges().filter(|e| e.state == EdgeState::Failed).count();
            let mut text = format!("{shared} of {} shared", edges().count());
            if failed > 0 {
                text.push_str(&format!(", {failed} failed"));
            }
            (text, if failed > 0 { Role::Warn } else { Role::Plain })
        };
        matrix.draw(painter, area, copy, edge, summary)
    }
}

fn draw_cell(state: &State, job: &Job, cell: &Cell, painter: &mut Painter<'_>, x: u16, y: u16) {
    match (cell.state, cell.percent) {
        (CellState::Copying | CellState::Waiting, Some(percent)) => {
            let role = if cell.is_slow(state.now) { Role::Warn } else { Role::Plain };
            let at = painter.gauge(x, y, 14, percent);
            painter.text(at + 1, y, 12, &format!("{percent:>3} %"), role);
        }
        _ => {
            let here = cell.region == job.source;
            let (text, role) = match cell.state {
                CellState::Planned => ("to be copied".into(), Role::Dim),
                CellState::Copying => ("copying …".into(), Role::Plain),
                CellState::Waiting => ("waits".into(), Role::Warn),
                CellState::Ready if here => ("is there".into(), Role::Good),
                CellState::Ready => {
                    let id = cell.image.as_ref().map_or("", ImageId::as_str);
                    (format!("{} · {id}", if cell.reused { "was there" } else { "copied" }), Role::Good)
                }
                CellState::Skipped => ("left out".into(), Role::Dim),
                CellState::Failed => ("failed".into(), Role::Bad),
            };
            painter.text(x, y, 24, &text, role);
        }
    }
}

fn edge_word(state: EdgeState) -> (&'static str, Role) {
    match state {
        EdgeState::Planned | EdgeState::Waiting => ("waits", Role::Dim),
        EdgeState::Sharing => ("sharing …", Role::Accent),
        EdgeState::Shared => ("shared", Role::Good),
        EdgeState::Verified => ("seen by them", Role::Good),
        EdgeState::Skipped => ("left out", Role::Dim),
        EdgeState::Failed => ("failed", Role::Bad),
    }
}

fn failed(job: &Job, region: &Region) -> bool {
    job.cells.iter().any(|c| c.region == *region && c.state == CellState::Failed)
        || job.edges.iter().any(|e| e.region == *region && e.state == EdgeState::Failed)
}

fn region_done(job: &Job, cell: &Cell) -> bool {
    cell.state == CellState::Ready
        && job
            .edges
            .iter()
            .filter(|e| e.region == cell.region)
            .all(|e| matches!(e.state, EdgeState::Shared | EdgeState::Verified | EdgeState::Skipped))
}

/// What did not work, in words and with the code.
fn troubles(job: &Job) -> Vec<(String, Role)> {
    let cells = job.cells.iter().filter_map(|c| c.error.as_ref().map(|e| (c.region.to_string(), e)));
    let edges = job
        .edges
        .iter()
        .filter_map(|e| e.error.as_ref().map(|f| (format!("{} in {}", e.account, e.region), f)));
    cells.chain(edges).map(|(place, e)| (format!("{place}: {} ({})", e.text, e.code), Role::Bad)).collect()
}

fn report(state: &State, job: &Job) -> Vec<(String, Role)> {
    let shared = job.edges.iter().filter(|e| e.state.is_shared()).count();
    let seen = job.edges.iter().filter(|e| e.state == EdgeState::Verified).count();
    let copied = job.cells.iter().filter(|c| c.state == CellState::Ready && !c.reused).count();
    let took = age(state.now, Some(job.created));
    let mut lines = vec![(
        format!(
            "{copied} copied, {shared} of {} shared and read back, {seen} seen by the receiver · begun {took} ago",
            job.edges.len()
        )
        .replace("begun now ago", "begun just now"),
        Role::Strong,
    )];
    if let Some(text) = receivers_text(state, job) {
        lines.push((String::new(), Role::Plain));
        lines.push(("Text for the receivers (y copies it):".into(), Role::Dim));
        for line in text.lines() {
            let width = state.size.0.saturating_sub(6);
            lines.extend(wrap(line, width).into_iter().map(|l| (format!("  {l}"), Role::Plain)));
        }
    }
    lines
}

/// What the receivers need to know: where the image is now that it is shared there.
pub(in crate::console) fn receivers_text(state: &State, job: &Job) -> Option<String> {
    let images: Vec<(Region, ImageId)> = job
        .cells
        .iter()
        .filter(|c| job.edges.iter().any(|e| e.region == c.region && e.state.is_shared()))
        .filter_map(|c| c.image.clone().map(|id| (c.region.clone(), id)))
        .collect();
    // Whose profile holds now may be another's.
    let me = job.account.as_ref().or(state.facts.standing.me.as_ref())?;
    (!images.is_empty()).then(|| words::receiver_text(&images, &job.name, me, state.lang))
}
