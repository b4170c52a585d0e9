//! Lists, details, verdicts and jobs in lines.

use crate::{
    facts::Load,
    i18n::{self, lang::tell, refused::Purpose},
    jobs::{CellState, EdgeState, Failure, Job, report},
    model::{ImageId, ImageKind, InstanceId},
    plain::{Plain, Result, typed},
    rules::{Action, Kind, Note, Remedy, Verdict},
    tui::{
        app::{
            actions::{self, Line},
            column::Field,
            request::Request,
            state::State,
            table::{RowId, Tab},
        },
        screens::{
            jobs::receivers_texts,
            reader::{Page, Reader},
            tabs::cell,
        },
        widgets::list::counted,
    },
};

impl Plain {
    pub(crate) fn help(&mut self) -> Result {
        let lang = self.console.state.lang;
        for (usage, en, zh) in typed::HELP {
            self.say(&tell!(lang, "{usage}: {}", "{usage}：{}", lang.of(en, zh)))?;
        }
        Ok(())
    }

    /// Prints the account, the number of rows of each tab, and which lists could not be read.
    pub(crate) fn print_summary(&mut self) -> Result {
        let (state, mut parts) = (&self.console.state, Vec::new());
        let lang = state.lang;
        parts.extend(state.facts.standing.me.as_ref().map(|me| tell!(lang, "Account {me}", "账号 {me}")));
        for tab in Tab::ALL {
            parts.push(format!("{} {}", tab.title(lang), tab.count(state)));
        }
        let failed: Vec<String> = state
            .failed(Load::is_list)
            .into_iter()
            .map(|(load, why)| {
                let (asked, told) = (crate::tui::screens::frame::asked(load, lang), why.told(lang));
                match why.is_partial() {
                    true => {
                        tell!(lang, "Problem: {asked} is not whole: {told}", "问题：{asked}不完整：{told}")
                    }
                    false => tell!(
                        lang,
                        "Problem: {asked} did not answer: {told}",
                        "问题：{asked}没有应答：{told}"
                    ),
                }
            })
            .collect();
        self.say(&tell!(lang, "{}.", "{}。", parts.join(lang.of(", ", "，"))))?;
        failed.iter().try_for_each(|line| self.say(line))
    }

    pub(crate) fn list(&mut self, tab: Tab, words: String) -> Result {
        self.listed.clear();
        // What a job or an action has changed is still being read.
        self.wait_for(|state| state.asking(|l| matches!(l, Load::Image(..) | Load::Instance(..))).0 == 0)?;
        self.request(Request::List(tab, words))?;
        self.wait_for(|state| !state.table().is_partial())?;
        let lang = self.console.state.lang;
        let (rows, title) = (self.console.state.table().rows.len(), tab.title(lang));
        let filtered = !self.console.state.table().filter.is_empty();
        self.say(&tell!(
            lang,
            "{title}: {}{}.",
            "{title}：{}{}。",
            counted(lang, rows, "row", "rows", "行"),
            if filtered { lang.of(" with these words", "符合这些词") } else { "" }
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
                self.say(self.console.state.lang.of("There are no more rows.", "没有更多行了。"))
            };
        }
        let page = self.console.state.rows_height();
        self.request(Request::ShowRows(from))?;
        self.wait_for(|state| state.asking(|l| matches!(l, Load::Shares(..) | Load::Quota(_))).0 == 0)?;
        let rows: Vec<RowId> = self.console.state.table().rows.clone();
        let to = rows.len().min(from + page);
        for row in rows.iter().take(to).skip(from) {
            self.listed.push(row.clone());
            let line = format!("{}. {}", self.listed.len(), row_line(&self.console.state, row));
            self.say(&line)?;
        }
        if to < rows.len() {
            self.say(&tell!(
                self.console.state.lang,
                "{to} of {}; more tells the next.",
                "已列出 {to}/{}；输入 more 列出后面的。",
                rows.len()
            ))?;
        }
        Ok(())
    }

    /// Runs `act` on the row with this number in the last list, or with this ID.
    pub(crate) fn on_row(&mut self, what: &str, act: impl FnOnce(&mut Self, RowId) -> Result) -> Result {
        let numbered = what.parse::<usize>().ok().map(|n| n.checked_sub(1).and_then(|n| self.listed.get(n)));
        let row = match numbered {
            Some(row) => row.cloned(),
            None => named(&self.console.state, what),
        };
        let lang = self.console.state.lang;
        match row {
            Some(row) => act(self, row),
            None if self.listed.is_empty() => self.say(&tell!(
                lang,
                "Nothing is called {what}. Type images, shared, regions or instances first.",
                "没有 {what}。请先输入 images、shared、regions 或 instances。"
            )),
            None => self.say(&tell!(
                lang,
                "Nothing is called {what}. The last list has {}.",
                "没有 {what}。上一个列表有 {}。",
                counted(lang, self.listed.len(), "row", "rows", "行")
            )),
        }
    }

    pub(crate) fn on_image(&mut self, what: &str, act: impl FnOnce(&mut Self, ImageId) -> Result) -> Result {
        self.on_row(what, |this, row| match row {
            RowId::Image(id) => act(this, id),
            _ => this.say(this.console.state.lang.of("That is for images alone.", "该命令只用于镜像。")),
        })
    }

    pub(crate) fn on_instance(
        &mut self,
        what: &str,
        act: impl FnOnce(&mut Self, InstanceId) -> Result,
    ) -> Result {
        self.on_row(what, |this, row| match row {
            RowId::Instance(id) => act(this, id),
            _ => this.say(this.console.state.lang.of("That is for instances alone.", "该命令只用于实例。")),
        })
    }

    pub(crate) fn show(&mut self, row: RowId) -> Result {
        if let RowId::Image(id) = &row
            && let Some(image) = self.console.state.facts.image(id).cloned()
        {
            let shares = Load::Shares(image.region, image.id);
            self.request(Request::Load(shares))?;
            self.wait_for(|state| state.asking(|l| matches!(l, Load::Shares(..))).0 == 0)?;
        }
        let name =
            cell(&self.console.state, &row, self.console.state.tab.columns()[0].field).text.into_owned();
        self.say(&name)?;
        for line in Reader::new(Page::Details(row)).texts(&self.console.state) {
            self.say(&line)?;
        }
        Ok(())
    }

    pub(crate) fn actions(&mut self, row: RowId) -> Result {
        let actions: Vec<Action> =
            actions::lines(&self.console.state, &row).into_iter().map(|l| l.action).collect();
        actions.iter().try_for_each(|action| self.load_for(action))?;
        let lines = actions::lines(&self.console.state, &row);
        if lines.is_empty() {
            return self
                .say(self.console.state.lang.of("There is nothing to do with it.", "没有可执行的操作。"));
        }
        lines.iter().try_for_each(|line| self.verdict(line))
    }

    /// Prints a verdict with its reasons and what to do about each.
    fn verdict(&mut self, line: &Line) -> Result {
        let lang = self.console.state.lang;
        let word = match line.verdict.kind() {
            Kind::Allowed => lang.of("ready", "可以"),
            Kind::Blocked => lang.of("blocked", "不可以"),
            Kind::Unknown => lang.of("not known yet", "尚不确定"),
        };
        let (typed, named) = (line.action.as_str(), i18n::action(&line.action, lang));
        self.say(&tell!(lang, "{typed}: {word}.", "{typed}（{named}）：{word}。"))?;
        self.reasons(&line.action, &line.verdict)
    }

    pub(crate) fn reasons(&mut self, action: &Action, verdict: &Verdict) -> Result {
        let lang = self.console.state.lang;
        for reason in &verdict.reasons {
            let (said, code) = (i18n::sentence(reason.code, &reason.args, lang), reason.code);
            self.say(&tell!(lang, "  Because: {said} ({code})", "  原因：{said}（{code}）"))?;
            let remedy = i18n::remedy(&reason.remedy, reason.code, lang);
            if !remedy.is_empty() {
                self.say(&tell!(lang, "  What to do: {remedy}", "  处理：{remedy}"))?;
            }
        }
        let received = action.image().and_then(|id| self.console.state.facts.image(id));
        let received = received.filter(|i| i.kind == ImageKind::Received).cloned();
        if let Some(image) = received.filter(|_| verdict.reasons.iter().any(|r| r.remedy == Remedy::Outside))
        {
            for line in i18n::request_text(action, &image, lang).lines() {
                self.say(&tell!(lang, "  Text for its owner: {line}", "  发给所有者：{line}"))?;
            }
        }
        verdict.acknowledge.iter().try_for_each(|risk| self.risk(risk, "  "))?;
        verdict.notes.iter().try_for_each(|note| self.note(note, "  "))
    }

    /// Prints a risk that has to be accepted, after an indent.
    pub(crate) fn risk(&mut self, risk: &Note, before: &str) -> Result {
        let lang = self.console.state.lang;
        let said = i18n::sentence(risk.code, &risk.args, lang);
        self.say(&tell!(lang, "{before}To accept: {said}", "{before}须接受：{said}"))
    }

    /// Prints a note, after an indent.
    pub(crate) fn note(&mut self, note: &Note, before: &str) -> Result {
        let lang = self.console.state.lang;
        let said = i18n::sentence(note.code, &note.args, lang);
        self.say(&tell!(lang, "{before}Note: {said}", "{before}提示：{said}"))
    }

    pub(crate) fn print_jobs(&mut self) -> Result {
        let lang = self.console.state.lang;
        if self.console.state.jobs.is_empty() {
            return self.say(lang.of("There are no jobs.", "没有任务。"));
        }
        let jobs: Vec<Job> = self.console.state.jobs.values().cloned().collect();
        for job in jobs {
            let (id, name, word) =
                (&job.id, &job.name, i18n::progress(report::job_state_name(job.state()), lang));
            self.say(&tell!(lang, "Job {id}, {name}: {word}", "任务 {id}，{name}：{word}"))?;
            for line in job_lines(&self.console.state, &job) {
                self.say(&format!("  {line}"))?;
            }
        }
        Ok(())
    }

    pub(crate) fn print_profiles(&mut self) -> Result {
        let (here, lang) = (self.console.state.profile, self.console.state.lang);
        let this = lang.of(", this one", "，当前");
        let all: Vec<String> = self
            .console
            .state
            .profiles
            .iter()
            .enumerate()
            .map(|(n, p)| {
                tell!(lang, "{}: {}{}", "{}：{}{}", p.name, p.label, if n == here { this } else { "" })
            })
            .collect();
        all.iter().try_for_each(|line| self.say(line))
    }
}

/// The row with this ID, in any list.
fn named(state: &State, what: &str) -> Option<RowId> {
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

/// A row as a line; columns that need it carry their title.
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
    parts.join(state.lang.of(", ", "，"))
}

fn tab_of(state: &State, row: &RowId) -> Tab {
    match row {
        RowId::Image(_) => state.tab,
        RowId::Region(_) => Tab::Regions,
        RowId::Instance(_) => Tab::Instances,
    }
}

/// How far a job is: a line for each region and account. Percents by quarters, so that each line is news.
pub(crate) fn job_lines(state: &State, job: &Job) -> Vec<String> {
    let lang = state.lang;
    let mut lines = Vec::new();
    let because = |error: &Option<Failure>, wanted| {
        let Some(e) = error else { return String::new() };
        let (why, fix) = i18n::job_failure(&e.code, &e.text, wanted, lang);
        let why = why.trim_end_matches(['.', '。']);
        let fix = fix.map(|fix| tell!(lang, "; what to do: {fix}", "；处理办法：{fix}")).unwrap_or_default();
        tell!(lang, ": {why} ({}){fix}", "：{why}（{}）{fix}", e.code)
    };
    for cell in &job.cells {
        let word = match cell.state {
            CellState::Copying => match cell.percent.map(|p| p / 25 * 25) {
                Some(percent) if percent > 0 => {
                    tell!(lang, "copying, {percent} percent", "复制中，{percent}%")
                }
                _ => lang.of("copying", "复制中").to_owned(),
            },
            CellState::Ready if cell.reused => lang.of("the image is there", "镜像已在").to_owned(),
            CellState::Ready => lang.of("copied", "已复制").to_owned(),
            state => i18n::progress(report::cell_state_name(state), lang).to_owned(),
        };
        let why = because(&cell.error, Purpose::Copy);
        lines.push(tell!(lang, "{}: {word}{why}", "{}：{word}{why}", cell.region));
        for edge in job.edges.iter().filter(|e| e.region == cell.region) {
            let word = match edge.state {
                EdgeState::Verified => lang.of("shared, and seen by the receiver", "已共享，接收方已看到"),
                state => i18n::progress(report::edge_state_name(state), lang),
            };
            let (why, who) = (because(&edge.error, Purpose::Share), state.facts.account_name(&edge.account));
            lines.push(tell!(lang, "{}, {who}: {word}{why}", "{}，{who}：{word}{why}", edge.region));
        }
    }
    if job.is_over() {
        for (whom, text) in receivers_texts(state, job) {
            lines.extend(
                text.lines().map(|line| tell!(lang, "text for {whom}: {line}", "发给 {whom}：{line}")),
            );
        }
    }
    if let Some(why) = &job.paused {
        lines.push(tell!(
            lang,
            "waits: {} ({}); refresh goes on",
            "等待：{}（{}）；输入 refresh 继续",
            i18n::job_failure(&why.code, &why.text, Purpose::Share, lang).0.trim_end_matches(['.', '。']),
            why.code
        ));
    }
    lines
}
