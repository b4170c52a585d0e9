//! A job as it goes: the live matrix, its calls, and, when it is over, the report.

use ratatui::layout::Rect;

use crate::{
    i18n::{
        self,
        lang::{Lang, tell},
        refused::Purpose,
    },
    jobs::{Cell, CellState, EdgeState, Failure, Job, JobState, job::UNREACHABLE, report::shared},
    model::{ImageId, Region, Uin},
    tui::{
        app::{
            column::ago,
            effect::{Effect, JobOrder},
            jobs,
            state::{
                State,
                dialog::{Dialog, Input, Outcome},
            },
        },
        keymap::Command,
        screens::undo::Undo,
        widgets::{
            list::{counted, move_cursor},
            matrix::Matrix,
            paint::{Painter, wrap},
            step_line::step_line,
            theme::Role,
        },
    },
};

/// One job's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobScreen {
    id: String,
    cursor: usize,
}

/// A job in a word or two.
pub(crate) fn state_word(job: &Job, lang: Lang) -> (String, Role) {
    match (&job.paused, job.state()) {
        (Some(why), _) if why.code == UNREACHABLE => {
            (lang.of("reached nobody", "未能连通").into(), Role::Bad)
        }
        (Some(_), _) => (lang.of("waits for a sign-in", "等待登录").into(), Role::Bad),
        (_, JobState::Planned | JobState::Running) => {
            (tell!(lang, "running {} %", "进行中 {} %", jobs::percent(job)), Role::Accent)
        }
        (_, JobState::Done) => (lang.of("done", "完成").into(), Role::Good),
        (_, JobState::Partial) => (lang.of("partly done", "部分完成").into(), Role::Warn),
        (_, JobState::Failed) => (lang.of("failed", "失败").into(), Role::Bad),
        (_, JobState::Undone) => (lang.of("undone", "已撤销").into(), Role::Dim),
    }
}

impl JobScreen {
    /// The job's ID.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The screen of this job.
    pub fn new(id: String) -> Self {
        Self { id, cursor: 0 }
    }

    /// Offered, never automatic: only what this job did.
    fn undo(state: &mut State, job: &Job, effects: &mut Vec<Effect>) -> Outcome {
        let lang = state.lang;
        if !job.is_over() {
            state.complain(lang.of(
                "The job still runs. It can be undone when it is over.",
                "任务还在进行，结束后才能撤销。",
            ));
            return Outcome::Stay;
        }
        if job.state() == JobState::Undone {
            state.say(lang.of("It is undone already.", "已经撤销了。"));
            return Outcome::Stay;
        }
        Outcome::Open(Box::new(Undo::new(job, state, effects)))
    }

    /// How far each region and account is; returns the next row.
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
            Some(edge) if edge.is_gone() => (lang.of("gone", "已不在"), Role::Warn),
            Some(edge) => edge_word(edge.state, lang),
            None => ("-", Role::Dim),
        };
        let summary = |n: usize| {
            let edges = || job.edges.iter().filter(|e| e.region == job.cells[n].region);
            let shared = edges().filter(|e| e.state.is_shared()).count();
            let failed = edges().filter(|e| e.state == EdgeState::Failed).count();
            let mut text = tell!(lang, "{shared} of {} shared", "已共享 {shared}/{}", edges().count());
            if failed > 0 {
                text.push_str(&tell!(lang, ", {failed} failed", "，失败 {failed}"));
            }
            (text, if failed > 0 { Role::Warn } else { Role::Plain })
        };
        matrix.draw(painter, area, copy, edge, summary)
    }
}

impl Dialog for JobScreen {
    fn on(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> Outcome {
        let lang = state.lang;
        let Input::Command(command) = input else { return Outcome::Stay };
        let Some(job) = state.jobs.get(&self.id).cloned() else { return Outcome::Close };
        match command {
            Command::Back | Command::Confirm => {
                if !job.is_over() {
                    state.say(lang.of("The job goes on; J shows it.", "任务在继续，按 J 查看。"));
                }
                return Outcome::Close;
            }
            Command::Drop | Command::Retry => {
                if let Some(cell) = job.cells.get(self.cursor) {
                    let region = cell.region.clone();
                    let order = match command {
                        Command::Drop => JobOrder::Drop(region),
                        _ if failed(&job, &cell.region) => JobOrder::Retry(region),
                        _ => {
                            state.say(tell!(
                                lang,
                                "Nothing failed in {region}.",
                                "{region} 没有失败的步骤。"
                            ));
                            return Outcome::Stay;
                        }
                    };
                    effects.push(Effect::Order(Box::new(job), order));
                }
            }
            Command::CopyText => match receivers_text(state, &job) {
                Some(text) => {
                    effects.push(Effect::Clipboard(text));
                    state.say(lang.of(
                        "The text for the receivers was sent to the terminal's clipboard.",
                        "给接收方的文字已发送到终端的剪贴板。",
                    ));
                }
                None => state.complain(
                    lang.of("Nothing is shared yet, so there is no text.", "还没有共享，所以没有文字。"),
                ),
            },
            Command::Undo => return Self::undo(state, &job, effects),
            command => {
                move_cursor(&mut self.cursor, job.cells.len(), 10, *command);
            }
        }
        Outcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        painter.clear(area);
        let Some(job) = state.jobs.get(&self.id) else { return };
        let sharing = !job.edges.is_empty();
        let title = format!(
            "{} {}",
            if sharing { lang.of("Share", "共享") } else { lang.of("Copy", "复制") },
            job.name
        );
        step_line(painter, area, &title, if job.is_over() { 5 } else { 4 }, sharing, lang);
        let width = area.width.saturating_sub(4);
        let (word, role) = state_word(job, lang);
        let done = job.cells.iter().filter(|c| region_done(job, c)).count();
        let y = area.y + 2;
        painter.text(2, y, width, &word, role);
        let right = match job.state() {
            JobState::Undone => tell!(lang, "job {}", "任务 {}", job.id),
            _ => tell!(
                lang,
                "{done} of {} regions done · job {}",
                "{0} 个地域完成 {done} 个 · 任务 {1}",
                job.cells.len(),
                job.id
            ),
        };
        painter.text_right(area.width - 2, y, width, &right, Role::Dim);
        let rows = usize::from(area.height.saturating_sub(8) / 2).max(3);
        let mut y = self.matrix(state, job, painter, Rect::new(2, y + 2, width, area.height), rows) + 1;
        painter.rule(2, y, width);
        y += 1;
        let room = usize::from(area.bottom().saturating_sub(y));
        let mut lines: Vec<(String, Role)> = Vec::new();
        if let Some(driver) = state.drivers.get(&job.id).filter(|_| !job.is_over()) {
            lines.push((
                tell!(
                    lang,
                    "Process {driver} drives it; it is watched here.",
                    "由进程 {driver} 执行，这里只是查看。"
                ),
                Role::Dim,
            ));
        }
        if let Some(why) = &job.paused {
            lines.push((
                tell!(
                    lang,
                    "It waits: {} ({}). P takes another profile, r tries again.",
                    "在等待：{}（{}）。P 换配置，r 重试。",
                    i18n::job_failure(&why.code, &why.text, Purpose::Share, lang)
                        .0
                        .trim_end_matches(['.', '。']),
                    why.code
                ),
                Role::Bad,
            ));
        }
        if job.is_over() {
            lines.extend(report(state, job));
        }
        for (text, role) in troubles(job, lang) {
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
            return vec![(Command::Back, lang.of("back", "返回"))];
        };
        let mut hints = Vec::new();
        if job.is_over() {
            hints.extend([
                (Command::Back, lang.of("back", "返回")),
                (Command::CopyText, lang.of("copy the text", "复制文字")),
                (Command::Undo, lang.of("undo", "撤销")),
            ]);
        } else {
            hints.extend([
                (Command::Back, lang.of("leave it running", "让它继续")),
                (Command::Drop, lang.of("drop a region", "去掉地域")),
            ]);
        }
        if job.cells.iter().any(|c| failed(job, &c.region)) {
            hints.push((Command::Retry, lang.of("try again", "重试")));
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
                CellState::Planned => (lang.of("to be copied", "待复制").into(), Role::Dim),
                CellState::Copying => (lang.of("copying …", "复制中 …").into(), Role::Plain),
                CellState::Waiting => (lang.of("waits", "等待").into(), Role::Warn),
                CellState::Ready if here => (lang.of("is there", "已有").into(), Role::Good),
                CellState::Ready => {
                    let id = cell.image.as_ref().map_or("", ImageId::as_str);
                    (
                        format!(
                            "{} · {id}",
                            if cell.reused {
                                lang.of("was there", "原已有")
                            } else {
                                lang.of("copied", "已复制")
                            }
                        ),
                        Role::Good,
                    )
                }
                CellState::Skipped => (lang.of("left out", "已去掉").into(), Role::Dim),
                CellState::Failed if cell.is_missing() => (lang.of("gone", "已不在").into(), Role::Warn),
                CellState::Failed => (lang.of("failed", "失败").into(), Role::Bad),
                CellState::Undone => (lang.of("deleted again", "已删除").into(), Role::Dim),
            };
            painter.text(x, y, 24, &text, role);
        }
    }
}

fn edge_word(state: EdgeState, lang: Lang) -> (&'static str, Role) {
    match state {
        EdgeState::Planned | EdgeState::Waiting => (lang.of("waits", "等待"), Role::Dim),
        EdgeState::Sharing => (lang.of("sharing …", "共享中 …"), Role::Accent),
        EdgeState::Shared => (lang.of("shared", "已共享"), Role::Good),
        EdgeState::Verified => (lang.of("seen by them", "对方已见"), Role::Good),
        EdgeState::Skipped => (lang.of("left out", "已去掉"), Role::Dim),
        EdgeState::Failed => (lang.of("failed", "失败"), Role::Bad),
        EdgeState::Undone => (lang.of("cancelled", "已取消"), Role::Dim),
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

/// What did not work, in words and with the code.
fn troubles(job: &Job, lang: Lang) -> Vec<(String, Role)> {
    let cells =
        job.cells.iter().filter_map(|c| c.error.as_ref().map(|e| (c.region.to_string(), e, Purpose::Copy)));
    let edges = job.edges.iter().filter_map(|e| {
        let place = tell!(lang, "{} in {}", "{}（{}）", e.account, e.region);
        e.error.as_ref().map(|f| (place, f, Purpose::Share))
    });
    let told = |(place, e, wanted): (String, &Failure, Purpose)| {
        let (why, fix) = i18n::job_failure(&e.code, &e.text, wanted, lang);
        let why = why.trim_end_matches(['.', '。']);
        let line = tell!(lang, "{place}: {why} ({})", "{place}：{why}（{}）", e.code);
        [(line, Role::Bad)].into_iter().chain(fix.map(|fix| (format!("  -> {fix}"), Role::Plain)))
    };
    cells.chain(edges).flat_map(told).collect()
}

fn report(state: &State, job: &Job) -> Vec<(String, Role)> {
    let lang = state.lang;
    let shared = job.edges.iter().filter(|e| e.state.is_shared()).count();
    let seen = job.edges.iter().filter(|e| e.state == EdgeState::Verified).count();
    let copied = job.cells.iter().filter(|c| c.state == CellState::Ready && !c.reused).count();
    let begun = ago(lang, state.now, job.created);
    let undone = job.edges.iter().filter(|e| e.state == EdgeState::Undone).count();
    let deleted = job.cells.iter().filter(|c| c.state == CellState::Undone).count();
    let mut lines = Vec::new();
    if undone + deleted > 0 {
        let shares = counted(lang, undone, "share", "shares", "个共享");
        let copies = counted(lang, deleted, "copy", "copies", "个副本");
        lines.push((
            tell!(
                lang,
                "Undone: {shares} cancelled, {copies} deleted.",
                "已撤销：取消{shares}，删除{copies}。"
            ),
            Role::Strong,
        ));
    }
    if job.state() != JobState::Undone {
        lines.push((
            tell!(
                lang,
                "{copied} copied, {shared} of {} shared and read back, {seen} seen by the receiver · begun {begun}",
                "复制 {copied} 个，共享并读回 {shared}/{} 个，接收方已见 {seen} 个 · {begun}开始",
                job.edges.len()
            ),
            Role::Strong,
        ));
    }
    if let Some(at) = job.last_seen() {
        let today = state.now.strftime("%F").to_string() == at.strftime("%F").to_string();
        let at = at.strftime(if today { "%H:%M" } else { "%F %H:%M" });
        lines.push((tell!(lang, "last seen in the cloud {at} UTC", "最后在云端看到：{at} UTC"), Role::Dim));
    }
    for (whom, text) in receivers_texts(state, job) {
        lines.push((String::new(), Role::Plain));
        lines
            .push((tell!(lang, "Text for {whom} (y copies it):", "给 {whom} 的文字（y 复制）："), Role::Dim));
        for line in text.lines() {
            let width = state.size.0.saturating_sub(6);
            lines.extend(wrap(line, width).into_iter().map(|l| (format!("  {l}"), Role::Plain)));
        }
    }
    lines
}

/// What the receivers need to know: where the image is now that it is shared there. Each text with the names of those
/// that it is for.
pub(crate) fn receivers_texts(state: &State, job: &Job) -> Vec<(String, String)> {
    // Whose profile holds now may be another's.
    let Some(me) = job.account.as_ref().or(state.facts.standing.me.as_ref()) else { return Vec::new() };
    let comma = state.lang.of(", ", "、");
    i18n::receiver_texts(&shared(job), &job.name, me, state.lang)
        .into_iter()
        .map(|one| {
            let whom: Vec<String> = one.accounts.iter().map(|uin| state.facts.account_name(uin)).collect();
            (i18n::plain(&whom.join(comma)).into_owned(), one.text)
        })
        .collect()
}

/// All of them as one text: a single one alone, several each below whom it is for.
fn receivers_text(state: &State, job: &Job) -> Option<String> {
    let mut texts = receivers_texts(state, job);
    if texts.len() < 2 {
        return texts.pop().map(|(_, text)| text);
    }
    let each = |(whom, text)| tell!(state.lang, "For {whom}:\n{text}", "发给 {whom}：\n{text}");
    Some(texts.into_iter().map(each).collect::<Vec<_>>().join("\n\n"))
}
