//! Copy, then share, step by step: receivers, regions, what stands in the way, the risk, and then a job like any other.

use crate::tui::app::gate;
use crate::tui::app::jobs;
use crate::{
    i18n::{self, lang::tell},
    jobs::{Cause, CellKind, Choice, EdgeKind, Goal, JobState, Plan},
    model::{ImageId, Receiver, Region, plain},
    plain::{Plain, Told},
    rules::{Action, Code},
    tui::{app::state::State, screens::flow::findings::difference},
};

impl Plain {
    /// The guided way; without receivers, copies alone.
    pub(crate) fn share(&mut self, image: ImageId, sharing: bool) -> Told {
        let first = match sharing {
            true => Action::Share { image: image.clone(), with: Vec::new() },
            false => Action::Copy { image: image.clone(), to: Vec::new(), name: None },
        };
        if self.may(&first)?.is_none() {
            return Ok(());
        }
        let Some((name, home)) = self.state.facts.image(&image).map(|i| (i.name.clone(), i.region.clone()))
        else {
            return Ok(());
        };
        let (lang, name) = (self.state.lang, plain(&name));
        let (word, regions) = match sharing {
            true => (lang.of("Share", "共享"), 2),
            false => (lang.of("Copy", "复制"), 1),
        };
        self.say(&tell!(
            lang,
            "{word} {name} ({image}, {home}). Nothing is sent before you say yes.",
            "{word} {name}（{image}，{home}）。在您输入 yes 之前不会发送任何请求。"
        ))?;
        let with = match sharing {
            true => match self.receivers(&image)? {
                Some(with) => with,
                None => return self.nothing(),
            },
            false => Vec::new(),
        };
        let Some(to) = self.regions(regions, &home, sharing)? else {
            return self.nothing();
        };
        let mut goal = Goal::new(image, with, to);
        if !self.decide(regions + 1, &mut goal)? {
            return self.nothing();
        }
        self.start(regions + 2, &goal).map(drop)
    }

    /// Who gets it; nothing where that is given up.
    fn receivers(&mut self, image: &ImageId) -> Told<Option<Vec<Receiver>>> {
        let asked = self.state.lang.of(
            "Step 1, receivers. With whom? Type account IDs, or names of the address book or of groups, with \
             commas between; ID@REGION for who needs it in that region alone. An empty line stops.",
            "第 1 步，接收方。共享给谁？请输入账号 ID，或通讯录、分组中的名称，以逗号分隔；只在某个地域需要的写 \
             ID@REGION。空行则停止。",
        );
        loop {
            let Some(line) = self.line(asked)?.filter(|l| !l.is_empty()) else { return Ok(None) };
            let with = self.setup.config.receivers(line.split([',', '，', ';']), &self.state.facts.accounts);
            let mut wrong = Vec::new();
            for receiver in &with {
                // The words come from the same gate that stands before the share itself.
                let action = Action::Share { image: image.clone(), with: vec![receiver.clone()] };
                let verdict = self.state.facts.verdict(&action);
                let bad = verdict.reasons.iter().find(|r| {
                    matches!(r.code, Code::ShareAccountForm | Code::ShareSubAccount)
                        || r.code == Code::ShareSelf && receiver.region.is_none()
                });
                if let Some(reason) = bad {
                    let lang = self.state.lang;
                    let said = i18n::sentence(reason.code, &reason.args, lang);
                    wrong.push(tell!(lang, "{receiver}: {said}", "{receiver}：{said}"));
                }
            }
            if wrong.is_empty() && !with.is_empty() {
                return Ok(Some(with));
            }
            wrong.iter().try_for_each(|line| self.say(line))?;
        }
    }

    /// In which regions; nothing where that is given up.
    fn regions(&mut self, step: u8, home: &Region, sharing: bool) -> Told<Option<Vec<Region>>> {
        let lang = self.state.lang;
        let empty = match sharing {
            true => tell!(
                lang,
                "an empty line is {home} alone, where the image is; stop stops",
                "空行只选镜像所在的 {home}；输入 stop 则停止"
            ),
            false => lang.of("an empty line stops", "空行则停止").to_owned(),
        };
        let asked = tell!(
            lang,
            "Step {step}, regions. Where? Type region codes with commas between; {empty}.",
            "第 {step} 步，地域。到哪些地域？请输入地域代码，以逗号分隔；{empty}。"
        );
        loop {
            let Some(line) = self.line(&asked)?.filter(|l| l != "stop") else { return Ok(None) };
            let parts: Vec<&str> = line
                .split(|c: char| matches!(c, ',' | '，' | '、') || c.is_whitespace())
                .filter(|p| !p.is_empty())
                .collect();
            if parts.is_empty() {
                return Ok(sharing.then(|| vec![home.clone()]));
            }
            let known = crate::tui::screens::tabs::regions::all(&self.state);
            let read = parts.iter().map(|p| p.parse::<Region>().ok().filter(|r| known.contains(r)).ok_or(*p));
            match read.collect::<Result<Vec<Region>, &str>>() {
                Ok(regions) => return Ok(Some(regions)),
                Err(part) => {
                    let line = tell!(
                        lang,
                        "{part} is no region. Type regions at the beginning for those there are.",
                        "{part} 不是地域。停止后输入 regions 可查看有哪些地域。"
                    );
                    self.say(&line)?;
                }
            }
        }
    }

    /// Says what would be done and all that stands in the way, until nothing does; false where that is given up.
    pub(crate) fn decide(&mut self, step: u8, goal: &mut Goal) -> Told<bool> {
        let lang = self.state.lang;
        loop {
            self.learn(|state| plan(state, goal).missing)?;
            let plan = plan(&self.state, goal);
            self.say(&tell!(lang, "Step {step}, findings.", "第 {step} 步，检查结果。"))?;
            self.preview(&plan)?;
            if !plan.missing.is_empty() {
                self.say(lang.of(
                    "Some regions have not answered. Type refresh, and try again.",
                    "部分地域没有应答。请输入 refresh 后重试。",
                ))?;
                return Ok(false);
            }
            let Some(finding) = plan.findings.iter().find(|f| f.blocking) else {
                if !plan.is_ready() {
                    self.say(lang.of("There is nothing to do.", "没有要做的事。"))?;
                }
                return Ok(plan.is_ready());
            };
            let Some(region) = finding.region.clone() else { return Ok(false) };
            match (&finding.cause, finding.account.as_ref()) {
                (Cause::LooksLike { image, suggestion, .. }, _) => {
                    let named = plain(suggestion);
                    let asked = tell!(
                        lang,
                        "Is {image} in {region} a copy? Type use to share it, copy to copy as {named}, or leave to \
                         leave the region out. Anything else stops.",
                        "{region} 的 {image} 是副本吗？输入 use 直接共享它，输入 copy 另复制为 {named}，输入 leave \
                         则不含该地域；其他输入则停止。"
                    );
                    let choice = match self.line(&asked)?.as_deref() {
                        Some("use") => Choice::Reuse(image.clone()),
                        Some("copy") => Choice::CopyAs(suggestion.clone()),
                        Some("leave") => Choice::Drop,
                        _ => return Ok(false),
                    };
                    goal.choices.insert(region, choice);
                }
                (Cause::Rule(_), Some(Ok(account))) => {
                    let asked = tell!(
                        lang,
                        "Type leave to leave {account} out in {region}. Anything else stops.",
                        "输入 leave 则在 {region} 不含 {account}；其他输入则停止。"
                    );
                    if self.line(&asked)?.as_deref() != Some("leave") {
                        return Ok(false);
                    }
                    goal.dropped.insert((region, account.clone()));
                }
                (Cause::Rule(_), _) => {
                    let asked = tell!(
                        lang,
                        "Type leave to leave {region} out. Anything else stops.",
                        "输入 leave 则不含 {region}；其他输入则停止。"
                    );
                    if self.line(&asked)?.as_deref() != Some("leave") {
                        return Ok(false);
                    }
                    goal.choices.insert(region, Choice::Drop);
                }
            }
        }
    }

    /// What would be done, region by region and account by account, and what stands in the way.
    fn preview(&mut self, plan: &Plan) -> Told {
        let lang = self.state.lang;
        let (dropped, blocked) = (lang.of("left out", "不含"), lang.of("cannot be done", "不能执行"));
        for cell in &plan.cells {
            let what = match &cell.kind {
                CellKind::Here(id) => tell!(lang, "the image is here, {id}", "镜像就在这里，{id}"),
                CellKind::Copied(id) => tell!(lang, "a copy is there, {id}", "已有副本，{id}"),
                CellKind::LooksLike(id) => tell!(lang, "{id} looks like a copy", "{id} 看似副本"),
                CellKind::Copy { name } => {
                    let name = plain(name);
                    tell!(lang, "will be copied, as {name}", "将复制为 {name}")
                }
                CellKind::Dropped => dropped.to_owned(),
                CellKind::Blocked => blocked.to_owned(),
            };
            self.say(&tell!(lang, "{}: {what}.", "{}：{what}。", cell.region))?;
            for edge in plan.edges.iter().filter(|e| e.region == cell.region) {
                let what = match edge.kind {
                    EdgeKind::Add => lang.of("will be shared", "将共享"),
                    EdgeKind::Already(_) => lang.of("has it already", "已共享"),
                    EdgeKind::Dropped => dropped,
                    EdgeKind::Blocked => blocked,
                };
                let who = match &edge.account {
                    Ok(uin) => self.state.facts.account_name(uin),
                    Err(text) => text.clone(),
                };
                let who = plain(&who);
                self.say(&tell!(lang, "{}, {who}: {what}.", "{}，{who}：{what}。", edge.region))?;
            }
        }
        for finding in plan.findings.iter().filter(|f| f.blocking) {
            let reason = finding.cause.reason();
            let place = finding.region.as_ref();
            let place = place.map_or_else(String::new, |r| tell!(lang, "{r}: ", "{r}："));
            let said = i18n::sentence(reason.code, &reason.args, lang);
            self.say(&tell!(lang, "In the way: {place}{said}", "阻碍：{place}{said}"))?;
            let remedy = i18n::remedy(&reason.remedy, reason.code, lang);
            if !remedy.is_empty() {
                self.say(&tell!(lang, "What to do: {remedy}", "处理：{remedy}"))?;
            }
        }
        Ok(())
    }

    /// The risk, and then the job, through the one gate; its ID where it begins.
    pub(crate) fn start(&mut self, step: u8, goal: &Goal) -> Told<Option<String>> {
        let mut plan = plan(&self.state, goal);
        let lang = self.state.lang;
        self.say(&tell!(lang, "Step {step}, risk.", "第 {step} 步，风险。"))?;
        let profile = self.state.profile().map(|p| p.name.clone()).unwrap_or_default();
        loop {
            plan.notes.iter().try_for_each(|note| self.note(note, ""))?;
            for risk in &plan.acknowledge {
                self.risk(risk, "")?;
                if risk.code == Code::ShareLeak {
                    let checklist = i18n::checklist(lang);
                    let mut lines =
                        checklist.iter().map(|line| tell!(lang, "  Look for: {line}", "  请检查：{line}"));
                    lines.try_for_each(|line| self.say(&line))?;
                }
            }
            if !self.agreed(lang.of("Accept this and begin?", "接受并开始吗？"))? {
                return Ok(None);
            }
            self.state.now = jiff::Timestamp::now();
            match plan.start(goal, &self.state.facts, &profile, self.state.now) {
                Ok(job) => {
                    let id = job.id.clone();
                    self.say(&tell!(
                        lang,
                        "Job {id} begins and goes on while you do something else; wait waits for it, jobs tells of it.",
                        "任务 {id} 开始，您可以继续做别的；输入 wait 等待其完成，输入 jobs 查看进展。"
                    ))?;
                    if self.state.jobs.get(&id).is_none_or(|old| old.state() != JobState::Running) {
                        self.change(|state, effects| jobs::start_job(state, job, effects))?;
                    }
                    return Ok(Some(id));
                }
                // What has changed before the yes came is said, and asked again where it can still be done.
                Err(now) => {
                    let what = difference(&self.state, &now, &plan);
                    self.change(|state, _| gate::changed_to(state, &what))?;
                    if !now.is_ready() {
                        return Ok(None);
                    }
                    self.preview(&now)?;
                    plan = *now;
                }
            }
        }
    }
}

fn plan(state: &State, goal: &Goal) -> Plan {
    Plan::make(goal, &state.facts)
}
