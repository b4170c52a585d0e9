//! Prints lists, details, verdicts and jobs.

use crate::{
    facts::Load,
    i18n::{self, refused::Purpose},
    jobs::{CellState, EdgeState, Job, report},
    messages::{m, tr},
    model::{ImageId, ImageKind, InstanceId, JobFailure},
    plain::{LineMode, Result, typed},
    rules::{Action, Note, Remedy, Verdict, VerdictKind},
    tui::{
        app::{
            actions::{self, ActionLine},
            column::Field,
            request::Request,
            state::State,
            table::{RowId, Tab},
        },
        screens::{
            jobs::receivers_texts,
            reader::{Reader, ReaderPage},
            tabs::cell,
        },
    },
};

impl LineMode {
    pub(crate) fn help(&mut self) -> Result {
        let lang = self.console.state.lang;
        for (usage, does) in typed::HELP {
            self.print(&tr!(lang, line_mode_help_line, usage, does = lang.text(*does)))?;
        }
        Ok(())
    }

    /// Prints the account, the number of rows of each tab, and which lists could not be read.
    pub(crate) fn print_summary(&mut self) -> Result {
        let (state, mut parts) = (&self.console.state, Vec::new());
        let lang = state.lang;
        parts.extend(state.facts.standing.me.as_ref().map(|me| tr!(lang, line_mode_account, me)));
        for tab in Tab::ALL {
            parts.push(format!("{} {}", tab.title(lang), tab.count(state)));
        }
        let failed: Vec<String> = state
            .failed_reads(Load::is_list)
            .into_iter()
            .map(|(load, why)| {
                let (asked, told) = (crate::tui::screens::frame::asked(load, lang), why.to_line(lang));
                match why.is_partial() {
                    true => {
                        tr!(lang, line_mode_problem_incomplete, asked, told)
                    }
                    false => tr!(lang, line_mode_problem_did_not_answer, asked, told),
                }
            })
            .collect();
        self.print(&tr!(lang, line_mode_overview, parts = parts.join(lang.text(m::line_mode_clause_comma))))?;
        failed.iter().try_for_each(|line| self.print(line))
    }

    pub(crate) fn list(&mut self, tab: Tab, words: String) -> Result {
        self.listed.clear();
        // Waits for reads of what a job or an action has changed.
        self.wait_for(|state| {
            state.pending_reads(|l| matches!(l, Load::Image(..) | Load::Instance(..))).0 == 0
        })?;
        self.request(Request::List(tab, words))?;
        self.wait_for(|state| !state.table().is_partial())?;
        let lang = self.console.state.lang;
        let (rows, title) = (self.console.state.table().rows.len(), tab.title(lang));
        let filtered = !self.console.state.table().filter.is_empty();
        self.print(&tr!(
            lang,
            line_mode_list_title,
            title,
            counted = tr!(lang, count_rows, n = rows),
            filtered = if filtered { lang.text(m::line_mode_with_these_words) } else { "" }
        ))?;
        self.more()
    }

    /// Prints the next rows of the list, after reading what their lines need.
    pub(crate) fn more(&mut self) -> Result {
        let from = self.listed.len();
        let rows = self.console.state.table().rows.len();
        if rows == 0 || from >= rows {
            return if from == 0 {
                Ok(())
            } else {
                self.print(self.console.state.lang.text(m::line_mode_no_more_rows))
            };
        }
        let page = self.console.state.rows_height();
        self.request(Request::ShowRows(from))?;
        self.wait_for(|state| {
            state.pending_reads(|l| matches!(l, Load::Shares(..) | Load::Quota(_))).0 == 0
        })?;
        let rows: Vec<RowId> = self.console.state.table().rows.clone();
        let to = rows.len().min(from + page);
        for row in rows.iter().take(to).skip(from) {
            self.listed.push(row.clone());
            let line = format!("{}. {}", self.listed.len(), row_line(&self.console.state, row));
            self.print(&line)?;
        }
        if to < rows.len() {
            self.print(&tr!(self.console.state.lang, line_mode_more, to, n = rows.len()))?;
        }
        Ok(())
    }

    /// Runs `act` on the row with this number in the last list, or with this ID.
    pub(crate) fn on_row(&mut self, what: &str, act: impl FnOnce(&mut Self, RowId) -> Result) -> Result {
        let numbered = what.parse::<usize>().ok().map(|n| n.checked_sub(1).and_then(|n| self.listed.get(n)));
        let row = match numbered {
            Some(row) => row.cloned(),
            None => row_with_id(&self.console.state, what),
        };
        let lang = self.console.state.lang;
        match row {
            Some(row) => act(self, row),
            None if self.listed.is_empty() => self.print(&tr!(lang, line_mode_list_first, what)),
            None => self.print(&tr!(
                lang,
                line_mode_not_in_list,
                what,
                counted = tr!(lang, count_rows, n = self.listed.len())
            )),
        }
    }

    pub(crate) fn on_image(&mut self, what: &str, act: impl FnOnce(&mut Self, ImageId) -> Result) -> Result {
        self.on_row(what, |this, row| match row {
            RowId::Image(id) => act(this, id),
            _ => this.print(this.console.state.lang.text(m::line_mode_images_only)),
        })
    }

    pub(crate) fn on_instance(
        &mut self,
        what: &str,
        act: impl FnOnce(&mut Self, InstanceId) -> Result,
    ) -> Result {
        self.on_row(what, |this, row| match row {
            RowId::Instance(id) => act(this, id),
            _ => this.print(this.console.state.lang.text(m::line_mode_instances_only)),
        })
    }

    pub(crate) fn show(&mut self, row: RowId) -> Result {
        if let RowId::Image(id) = &row
            && let Some(image) = self.console.state.facts.image(id).cloned()
        {
            let shares = Load::Shares(image.region, image.id);
            self.request(Request::Load(shares))?;
            self.wait_for(|state| state.pending_reads(|l| matches!(l, Load::Shares(..))).0 == 0)?;
        }
        let name =
            cell(&self.console.state, &row, self.console.state.tab.columns()[0].field).text.into_owned();
        self.print(&name)?;
        for line in Reader::new(ReaderPage::Details(row)).texts(&self.console.state) {
            self.print(&line)?;
        }
        Ok(())
    }

    pub(crate) fn actions(&mut self, row: RowId) -> Result {
        let actions: Vec<Action> =
            actions::lines(&self.console.state, &row).into_iter().map(|l| l.action).collect();
        actions.iter().try_for_each(|action| self.load_for(action))?;
        let lines = actions::lines(&self.console.state, &row);
        if lines.is_empty() {
            return self.print(self.console.state.lang.text(m::line_mode_no_actions));
        }
        lines.iter().try_for_each(|line| self.verdict(line))
    }

    /// Prints a verdict with its reasons and their fixes.
    fn verdict(&mut self, line: &ActionLine) -> Result {
        let lang = self.console.state.lang;
        let word = match line.verdict.kind() {
            VerdictKind::Allowed => lang.text(m::common_ready),
            VerdictKind::Blocked => lang.text(m::word_blocked),
            VerdictKind::Unknown => lang.text(m::common_not_known_yet),
        };
        let typed = line.action.as_str();
        self.print(&tr!(lang, line_mode_action_verdict, typed, word))?;
        self.reasons(&line.action, &line.verdict)
    }

    pub(crate) fn reasons(&mut self, action: &Action, verdict: &Verdict) -> Result {
        let lang = self.console.state.lang;
        for reason in &verdict.reasons {
            let (said, code) = (i18n::sentence(reason.code, &reason.args, lang), reason.code);
            self.print(&tr!(lang, line_mode_because, said, code))?;
            let remedy = i18n::remedy(&reason.remedy, reason.code, lang);
            if !remedy.is_empty() {
                self.print(&tr!(lang, line_mode_fix_indented, remedy))?;
            }
        }
        let received = action.image().and_then(|id| self.console.state.facts.image(id));
        let received = received.filter(|i| i.kind == ImageKind::Received).cloned();
        if let Some(image) = received.filter(|_| verdict.reasons.iter().any(|r| r.remedy == Remedy::Outside))
        {
            for line in i18n::request_text(action, &image, lang).lines() {
                self.print(&tr!(lang, line_mode_text_for_its_owner, line))?;
            }
        }
        verdict.acknowledge.iter().try_for_each(|risk| self.risk(risk, "  "))?;
        verdict.notes.iter().try_for_each(|note| self.note(note, "  "))
    }

    /// Prints a risk that has to be accepted, after an indent.
    pub(crate) fn risk(&mut self, risk: &Note, before: &str) -> Result {
        let lang = self.console.state.lang;
        let said = i18n::sentence(risk.code, &risk.args, lang);
        self.print(&tr!(lang, line_mode_to_accept, before, said))
    }

    /// Prints a note, after an indent.
    pub(crate) fn note(&mut self, note: &Note, before: &str) -> Result {
        let lang = self.console.state.lang;
        let said = i18n::sentence(note.code, &note.args, lang);
        self.print(&tr!(lang, line_mode_note, before, said))
    }

    pub(crate) fn print_jobs(&mut self) -> Result {
        let lang = self.console.state.lang;
        if self.console.state.jobs.is_empty() {
            return self.print(lang.text(m::line_mode_no_jobs));
        }
        let jobs: Vec<Job> = self.console.state.jobs.values().cloned().collect();
        for job in jobs {
            let (id, name, word) =
                (&job.id, &job.name, i18n::progress(report::job_state_name(job.state()), lang));
            self.print(&tr!(lang, line_mode_job, id, name, word))?;
            for line in job_lines(&self.console.state, &job) {
                self.print(&format!("  {line}"))?;
            }
        }
        Ok(())
    }

    pub(crate) fn print_profiles(&mut self) -> Result {
        let (here, lang) = (self.console.state.profile, self.console.state.lang);
        let this = lang.text(m::line_mode_this_one);
        let all: Vec<String> = self
            .console
            .state
            .profiles
            .iter()
            .enumerate()
            .map(|(n, p)| {
                tr!(
                    lang,
                    line_mode_profile,
                    name = p.name,
                    label = p.label,
                    n = if n == here { this } else { "" }
                )
            })
            .collect();
        all.iter().try_for_each(|line| self.print(line))
    }
}

/// Returns the row with this ID, in any list.
fn row_with_id(state: &State, what: &str) -> Option<RowId> {
    let image = what.parse().ok().filter(|id| state.facts.image(id).is_some()).map(RowId::Image);
    let instance = || what.parse().ok().filter(|id| state.facts.instance(id).is_some()).map(RowId::Instance);
    let region = || {
        what.parse()
            .ok()
            .filter(|r| crate::tui::screens::tabs::regions::all(state).contains(r))
            .map(RowId::Region)
    };
    image.or_else(instance).or_else(region)
}

/// Returns a row as a line. Columns whose value is not clear by itself are prefixed with their title.
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
            _ => parts.push(format!("{} {text}", column.head(state.lang).to_lowercase())),
        }
    }
    parts.join(state.lang.text(m::line_mode_clause_comma))
}

fn tab_of(state: &State, row: &RowId) -> Tab {
    match row {
        RowId::Image(_) => state.tab,
        RowId::Region(_) => Tab::Regions,
        RowId::Instance(_) => Tab::Instances,
    }
}

/// Returns the progress of a job, one line per region and account. Percentages are rounded to quarters, so that few
/// lines change.
pub(crate) fn job_lines(state: &State, job: &Job) -> Vec<String> {
    let lang = state.lang;
    let mut lines = Vec::new();
    let because = |error: &Option<JobFailure>, wanted| {
        let Some(e) = error else { return String::new() };
        let (why, fix) = i18n::job_failure(e, wanted, lang);
        let why = why.trim_end_matches(['.', '\u{3002}']);
        let fix = fix.map(|fix| tr!(lang, line_mode_and_fix, fix)).unwrap_or_default();
        tr!(lang, line_mode_error_and_fix, why, code = e.code, fix)
    };
    for cell in &job.cells {
        let word = match cell.state {
            CellState::Copying => match cell.percent.map(|p| p / 25 * 25) {
                Some(percent) if percent > 0 => {
                    tr!(lang, line_mode_copying_percent, percent)
                }
                _ => lang.text(m::word_copying).to_owned(),
            },
            CellState::Ready if cell.reused => lang.text(m::line_mode_image_exists).to_owned(),
            CellState::Ready => lang.text(m::word_copied).to_owned(),
            state => i18n::progress(report::cell_state_name(state), lang).to_owned(),
        };
        let why = because(&cell.error, Purpose::Copy);
        lines.push(tr!(lang, line_mode_job_region, region = cell.region, word, why));
        for edge in job.edges.iter().filter(|e| e.region == cell.region) {
            let word = match edge.state {
                EdgeState::Verified => lang.text(m::line_mode_verified),
                state => i18n::progress(report::edge_state_name(state), lang),
            };
            let (why, who) = (because(&edge.error, Purpose::Share), state.facts.account_name(&edge.account));
            lines.push(tr!(lang, line_mode_job_share, region = edge.region, who, word, why));
        }
    }
    if job.is_over() {
        for (whom, text) in receivers_texts(state, job) {
            lines.extend(text.lines().map(|line| tr!(lang, line_mode_receiver_text, whom, line)));
        }
    }
    if let Some(why) = &job.paused {
        lines.push(tr!(
            lang,
            line_mode_job_waiting,
            job_failure = i18n::job_failure(why, Purpose::Share, lang).0.trim_end_matches(['.', '\u{3002}']),
            code = why.code
        ));
    }
    lines
}
