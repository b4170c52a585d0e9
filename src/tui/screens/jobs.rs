//! The page of a job: its matrix of regions and accounts, its calls, and its report when it is finished.

use ratatui::layout::Rect;

use crate::{
    i18n::{self, refused::Purpose},
    jobs::{Cell, CellState, EdgeState, Job, JobState, job::UNREACHABLE, report::shared},
    messages::{Lang, m, tr},
    model::{ImageId, JobFailure, Region, Uin},
    tui::{
        app::{
            column::ago,
            effect::{Effect, JobOrder},
            jobs,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        screens::undo::Undo,
        widgets::{
            list::move_cursor,
            matrix::Matrix,
            paint::{Painter, wrap},
            step_line::step_line,
            theme::Role,
        },
    },
};

/// The page of one job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobScreen {
    id: String,
    cursor: usize,
}

/// Returns the state of a job in one or two words.
pub(crate) fn state_word(job: &Job, lang: Lang) -> (String, Role) {
    match (&job.paused, job.state()) {
        (Some(why), _) if why.code == UNREACHABLE => (lang.text(m::common_unreachable).into(), Role::Bad),
        (Some(_), _) => (lang.text(m::common_waits_for_sign_in).into(), Role::Bad),
        (_, JobState::Planned | JobState::Running) => {
            (tr!(lang, jobs_running, percent = jobs::percent(job)), Role::Accent)
        }
        (_, JobState::Done) => (lang.text(m::word_done).into(), Role::Good),
        (_, JobState::Partial) => (lang.text(m::jobs_partly_done).into(), Role::Warn),
        (_, JobState::Failed) => (lang.text(m::word_failed).into(), Role::Bad),
        (_, JobState::Undone) => (lang.text(m::word_undone).into(), Role::Dim),
    }
}

impl JobScreen {
    /// Returns the job's ID.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Opens the page of a job.
    pub fn new(id: String) -> Self {
        Self { id, cursor: 0 }
    }

    /// Opens the undo dialog for a finished job.
    fn undo(state: &mut State, job: &Job, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        if !job.is_over() {
            state.show_error(lang.text(m::jobs_still_running));
            return DialogOutcome::Stay;
        }
        if job.state() == JobState::Undone {
            state.show_notice(lang.text(m::jobs_it_is_undone_already));
            return DialogOutcome::Stay;
        }
        DialogOutcome::Open(Box::new(Undo::new(job, state, effects)))
    }

    /// Draws the matrix of regions and accounts. Returns the next free row.
    fn matrix(&self, state: &State, job: &Job, painter: &mut Painter<'_>, area: Rect, rows: usize) -> u16 {
        let lang = state.lang;
        let mut accounts: Vec<&Uin> = Vec::new();
        for edge in &job.edges {
            if !accounts.contains(&&edge.account) {
                accounts.push(&edge.account);
            }
        }
        let matrix = Matrix {
            lang,
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
            Some(edge) if edge.is_gone() => (lang.text(m::jobs_gone), Role::Warn),
            Some(edge) => edge_word(edge.state, lang),
            None => ("-", Role::Dim),
        };
        let summary = |n: usize| {
            let edges = || job.edges.iter().filter(|e| e.region == job.cells[n].region);
            let shared = edges().filter(|e| e.state.is_shared()).count();
            let failed = edges().filter(|e| e.state == EdgeState::Failed).count();
            let mut text = tr!(lang, jobs_shared_count, shared, edges = edges().count());
            if failed > 0 {
                text.push_str(&tr!(lang, common_and_failed, failed));
            }
            (text, if failed > 0 { Role::Warn } else { Role::Plain })
        };
        matrix.draw(painter, area, copy, edge, summary)
    }
}

impl Dialog for JobScreen {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        let Input::Command(command) = input else { return DialogOutcome::Stay };
        let Some(job) = state.jobs.get(&self.id).cloned() else { return DialogOutcome::Close };
        match command {
            Command::Back | Command::Confirm => {
                if !job.is_over() {
                    state.show_notice(lang.text(m::jobs_continues));
                }
                return DialogOutcome::Close;
            }
            Command::Drop | Command::Retry => {
                if let Some(cell) = job.cells.get(self.cursor) {
                    let region = cell.region.clone();
                    let order = match command {
                        Command::Drop => JobOrder::Drop(region),
                        _ if failed(&job, &cell.region) => JobOrder::Retry(region),
                        _ => {
                            state.show_notice(tr!(lang, jobs_nothing_failed_in, region));
                            return DialogOutcome::Stay;
                        }
                    };
                    effects.push(Effect::Order(Box::new(job), order));
                }
            }
            Command::CopyText => match receivers_text(state, &job) {
                Some(text) => {
                    effects.push(Effect::Clipboard(text));
                    state.show_notice(lang.text(m::jobs_text_for_receivers_was_sent));
                }
                None => state.show_error(lang.text(m::jobs_no_text_yet)),
            },
            Command::Undo => return Self::undo(state, &job, effects),
            command => {
                move_cursor(&mut self.cursor, job.cells.len(), 10, *command);
            }
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        painter.clear(area);
        let Some(job) = state.jobs.get(&self.id) else { return };
        let sharing = !job.edges.is_empty();
        let title = format!(
            "{} {}",
            if sharing { lang.text(m::common_share_title) } else { lang.text(m::common_copy_title) },
            job.name
        );
        step_line(painter, area, &title, if job.is_over() { 5 } else { 4 }, sharing, lang);
        let width = area.width.saturating_sub(4);
        let (word, role) = state_word(job, lang);
        let done = job.cells.iter().filter(|c| region_done(job, c)).count();
        let y = area.y + 2;
        painter.text(2, y, width, &word, role);
        let right = match job.state() {
            JobState::Undone => tr!(lang, jobs_job, id = job.id),
            _ => tr!(lang, jobs_regions_done_job, done, n = job.cells.len(), id = job.id),
        };
        painter.text_right(area.width - 2, y, width, &right, Role::Dim);
        let rows = usize::from(area.height.saturating_sub(8) / 2).max(3);
        let mut y = self.matrix(state, job, painter, Rect::new(2, y + 2, width, area.height), rows) + 1;
        painter.rule(2, y, width);
        y += 1;
        let room = usize::from(area.bottom().saturating_sub(y));
        let mut lines: Vec<(String, Role)> = Vec::new();
        if let Some(driver) = state.drivers.get(&job.id).filter(|_| !job.is_over()) {
            lines.push((tr!(lang, jobs_watching, driver), Role::Dim));
        }
        if let Some(why) = &job.paused {
            lines.push((
                tr!(
                    lang,
                    jobs_waiting,
                    job_failure =
                        i18n::job_failure(why, Purpose::Share, lang).0.trim_end_matches(['.', '\u{3002}']),
                    code = why.code
                ),
                Role::Bad,
            ));
        }
        if job.is_over() {
            lines.extend(report(state, job));
        }
        for (text, role) in failures(job, lang) {
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

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        let Some(job) = state.jobs.get(&self.id) else {
            return vec![(Command::Back, lang.text(m::command_back))];
        };
        let mut hints = Vec::new();
        if job.is_over() {
            hints.extend([
                (Command::Back, lang.text(m::command_back)),
                (Command::CopyText, lang.text(m::command_copy_text)),
                (Command::Undo, lang.text(m::jobs_undo)),
            ]);
        } else {
            hints.extend([
                (Command::Back, lang.text(m::common_leave_it_running)),
                (Command::Drop, lang.text(m::jobs_drop_region)),
            ]);
        }
        if job.cells.iter().any(|c| failed(job, &c.region)) {
            hints.push((Command::Retry, lang.text(m::command_try_again)));
        }
        hints
    }

    fn fills_the_screen(&self) -> bool {
        true
    }
}

fn draw_cell(state: &State, job: &Job, cell: &Cell, painter: &mut Painter<'_>, x: u16, y: u16) {
    let lang = state.lang;
    match (cell.state, cell.percent) {
        (CellState::Copying | CellState::Waiting, Some(percent)) => {
            let role = if cell.is_slow(state.now) { Role::Warn } else { Role::Plain };
            let at = painter.gauge(x, y, 14, percent);
            painter.text(at + 1, y, 12, &format!("{percent:>3} %"), role);
        }
        _ => {
            let here = cell.region == job.source;
            let (text, role) = match cell.state {
                CellState::Planned => (lang.text(m::jobs_to_be_copied).into(), Role::Dim),
                CellState::Copying => (lang.text(m::jobs_copying).into(), Role::Plain),
                CellState::Waiting => (lang.text(m::jobs_waits).into(), Role::Warn),
                CellState::Ready if here => (lang.text(m::common_is_there).into(), Role::Good),
                CellState::Ready => {
                    let id = cell.image.as_ref().map_or("", ImageId::as_str);
                    (
                        format!(
                            "{} · {id}",
                            if cell.reused {
                                lang.text(m::jobs_was_there)
                            } else {
                                lang.text(m::word_copied)
                            }
                        ),
                        Role::Good,
                    )
                }
                CellState::Skipped => (lang.text(m::common_left_out).into(), Role::Dim),
                CellState::Failed if cell.is_missing() => (lang.text(m::jobs_gone).into(), Role::Warn),
                CellState::Failed => (lang.text(m::word_failed).into(), Role::Bad),
                CellState::Undone => (lang.text(m::jobs_deleted_again).into(), Role::Dim),
            };
            painter.text(x, y, 24, &text, role);
        }
    }
}

fn edge_word(state: EdgeState, lang: Lang) -> (&'static str, Role) {
    match state {
        EdgeState::Planned | EdgeState::Waiting => (lang.text(m::jobs_waits), Role::Dim),
        EdgeState::Sharing => (lang.text(m::jobs_sharing), Role::Accent),
        EdgeState::Shared => (lang.text(m::word_shared), Role::Good),
        EdgeState::Verified => (lang.text(m::jobs_seen_by_them), Role::Good),
        EdgeState::Skipped => (lang.text(m::common_left_out), Role::Dim),
        EdgeState::Failed => (lang.text(m::word_failed), Role::Bad),
        EdgeState::Undone => (lang.text(m::word_cancelled), Role::Dim),
    }
}

fn failed(job: &Job, region: &Region) -> bool {
    job.cells.iter().any(|c| c.region == *region && c.state == CellState::Failed)
        || job.edges.iter().any(|e| e.region == *region && e.can_retry())
}

fn region_done(job: &Job, cell: &Cell) -> bool {
    cell.state == CellState::Ready
        && job
            .edges
            .iter()
            .filter(|e| e.region == cell.region)
            .all(|e| matches!(e.state, EdgeState::Shared | EdgeState::Verified | EdgeState::Skipped))
}

/// Returns the failures with their codes.
fn failures(job: &Job, lang: Lang) -> Vec<(String, Role)> {
    let cells =
        job.cells.iter().filter_map(|c| c.error.as_ref().map(|e| (c.region.to_string(), e, Purpose::Copy)));
    let edges = job.edges.iter().filter_map(|e| {
        let place = tr!(lang, jobs_in, account = e.account, region = e.region);
        e.error.as_ref().map(|f| (place, f, Purpose::Share))
    });
    let told = |(place, e, wanted): (String, &JobFailure, Purpose)| {
        let (why, fix) = i18n::job_failure(e, wanted, lang);
        let why = why.trim_end_matches(['.', '\u{3002}']);
        let line = tr!(lang, jobs_error_line, place, why, code = e.code);
        [(line, Role::Bad)].into_iter().chain(fix.map(|fix| (format!("  -> {fix}"), Role::Plain)))
    };
    cells.chain(edges).flat_map(told).collect()
}

fn report(state: &State, job: &Job) -> Vec<(String, Role)> {
    let lang = state.lang;
    let shared = job.edges.iter().filter(|e| e.state.is_shared()).count();
    let copied = job.cells.iter().filter(|c| c.state == CellState::Ready && !c.reused).count();
    let begun = ago(lang, state.now, job.created);
    let undone = job.edges.iter().filter(|e| e.state == EdgeState::Undone).count();
    let deleted = job.cells.iter().filter(|c| c.state == CellState::Undone).count();
    let mut lines = Vec::new();
    if undone + deleted > 0 {
        let shares = tr!(lang, count_shares, n = undone);
        let copies = tr!(lang, count_copies, n = deleted);
        lines.push((tr!(lang, jobs_undone_cancelled_deleted, shares, copies), Role::Strong));
    }
    if job.state() != JobState::Undone {
        let seen = match job.edges.iter().filter(|e| e.state == EdgeState::Verified).count() {
            0 => lang.text(m::jobs_view_not_checked).to_owned(),
            n => tr!(lang, jobs_seen_count, n),
        };
        let n = job.edges.len();
        lines.push((tr!(lang, jobs_summary, copied, shared, n, seen, begun), Role::Strong));
    }
    if let Some(at) = job.last_seen() {
        let today = state.now.strftime("%F").to_string() == at.strftime("%F").to_string();
        let at = at.strftime(if today { "%H:%M" } else { "%F %H:%M" });
        lines.push((tr!(lang, jobs_last_seen_in_cloud_utc, at), Role::Dim));
    }
    for (whom, text) in receivers_texts(state, job) {
        lines.push((String::new(), Role::Plain));
        lines.push((tr!(lang, jobs_text_for_y_copies_it, whom), Role::Dim));
        for line in text.lines() {
            let width = state.size.0.saturating_sub(6);
            lines.extend(wrap(line, width).into_iter().map(|l| (format!("  {l}"), Role::Plain)));
        }
    }
    lines
}

/// Returns the messages to the receivers about the shared images, each with the names of its receivers.
pub(crate) fn receivers_texts(state: &State, job: &Job) -> Vec<(String, String)> {
    // The profile in use may belong to another account than the job.
    let Some(me) = job.account.as_ref().or(state.facts.standing.me.as_ref()) else { return Vec::new() };
    let comma = state.lang.text(m::common_list_comma);
    i18n::receiver_texts(&shared(job), &job.name, me, state.lang)
        .into_iter()
        .map(|one| {
            let whom: Vec<String> = one.accounts.iter().map(|uin| state.facts.account_name(uin)).collect();
            (i18n::plain(&whom.join(comma)).into_owned(), one.text)
        })
        .collect()
}

/// Returns all messages as one text. If there are several, each follows the names of its receivers.
fn receivers_text(state: &State, job: &Job) -> Option<String> {
    let mut texts = receivers_texts(state, job);
    if texts.len() < 2 {
        return texts.pop().map(|(_, text)| text);
    }
    let each = |(whom, text)| tr!(state.lang, jobs_for, whom, text);
    Some(texts.into_iter().map(each).collect::<Vec<_>>().join("\n\n"))
}
