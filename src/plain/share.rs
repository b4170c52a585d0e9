//! Copying and sharing an image: the steps of the share form.

use crate::{
    i18n::{self, lang::tell},
    jobs::{Cause, CellKind, Choice, EdgeKind, Plan, PlanFinding},
    model::{ImageId, Region, plain},
    plain::{Plain, Result},
    rules::{Action, Code},
    tui::{
        app::request::{Form, Request, ShareAnswer},
        screens::{flow::Flow, jobs::JobScreen},
    },
};

impl Plain {
    /// Copies and shares an image, or only copies it.
    pub(crate) fn share(&mut self, image: ImageId, sharing: bool) -> Result {
        let first = match sharing {
            true => Action::Share { image: image.clone(), with: Vec::new() },
            false => Action::Copy { image: image.clone(), to: Vec::new(), name: None },
        };
        if self.allowed(&first)?.is_none() {
            return Ok(());
        }
        let Some((name, home)) =
            self.console.state.facts.image(&image).map(|i| (i.name.clone(), i.region.clone()))
        else {
            return Ok(());
        };
        let (lang, name) = (self.console.state.lang, plain(&name));
        let (word, regions) = match sharing {
            true => (lang.of("Share", "共享"), 2),
            false => (lang.of("Copy", "复制"), 1),
        };
        self.say(&tell!(
            lang,
            "{word} {name} ({image}, {home}). Nothing is sent before you say yes.",
            "{word} {name}（{image}，{home}）。在您输入 yes 之前不会发送任何请求。"
        ))?;
        let form = match sharing {
            true => Form::Share(image),
            false => Form::Copy(image),
        };
        self.with_form(form, |this| {
            if sharing && !this.ask_receivers()?
                || !this.ask_regions(regions, &home, sharing)?
                || !this.ask_findings(regions + 1)?
            {
                return this.say_unchanged();
            }
            this.confirm_share(regions + 2).map(drop)
        })
    }

    /// The form, as long as it is open.
    fn share_form(&self) -> Option<Flow> {
        self.console.state.top::<Flow>().cloned()
    }

    fn answer_share(&mut self, answer: ShareAnswer) -> Result {
        self.request(Request::Share(answer))
    }

    /// Asks who gets it; false where the person stops.
    fn ask_receivers(&mut self) -> Result<bool> {
        let lang = self.console.state.lang;
        let asked = lang.of(
            "Step 1, receivers. With whom? Type account IDs, or names of the address book or of groups, with \
             commas between; ID@REGION for who needs it in that region alone. An empty line stops.",
            "第 1 步，接收方。共享给谁？请输入账号 ID，或通讯录、分组中的名称，以逗号分隔；只在某个地域需要的写 \
             ID@REGION。空行则停止。",
        );
        while let Some(form) = self.share_form() {
            let Some(line) = self.line(asked)?.filter(|l| !l.is_empty()) else { return Ok(false) };
            let state = &self.console.state;
            let with = self.setup.config.receivers(line.split([',', '，', ';']), &state.facts.accounts);
            let wrong: Vec<String> = with
                .iter()
                .filter_map(|receiver| {
                    let why = form.objection(receiver, state)?;
                    Some(tell!(lang, "{receiver}: {why}", "{receiver}：{why}"))
                })
                .collect();
            if wrong.is_empty() && !with.is_empty() {
                self.answer_share(ShareAnswer::Receivers(with))?;
                return Ok(true);
            }
            wrong.iter().try_for_each(|line| self.say(line))?;
        }
        Ok(false)
    }

    /// Asks in which regions; false where the person stops.
    fn ask_regions(&mut self, step: u8, home: &Region, sharing: bool) -> Result<bool> {
        let lang = self.console.state.lang;
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
        while let Some(form) = self.share_form() {
            let Some(line) = self.line(&asked)?.filter(|l| l != "stop") else { return Ok(false) };
            let parts: Vec<&str> = line
                .split(|c: char| matches!(c, ',' | '，' | '、') || c.is_whitespace())
                .filter(|p| !p.is_empty())
                .collect();
            let known = crate::tui::screens::tabs::regions::all(&self.console.state);
            let read = parts.iter().map(|p| p.parse::<Region>().ok().filter(|r| known.contains(r)).ok_or(*p));
            let wrong = match read.collect::<std::result::Result<Vec<Region>, &str>>() {
                Ok(regions) => {
                    // What is marked at first: the image's own region where it is shared.
                    let regions = if regions.is_empty() { form.regions() } else { regions };
                    if regions.is_empty() {
                        return Ok(false);
                    }
                    let state = &self.console.state;
                    let wrong: Vec<String> = regions
                        .iter()
                        .filter_map(|region| {
                            let why = form.region_objection(region, state)?;
                            Some(tell!(lang, "{region}: {why}", "{region}：{why}"))
                        })
                        .collect();
                    if wrong.is_empty() {
                        self.answer_share(ShareAnswer::Regions(regions))?;
                        return Ok(true);
                    }
                    wrong
                }
                Err(part) => vec![tell!(
                    lang,
                    "{part} is no region. Type regions at the beginning for those there are.",
                    "{part} 不是地域。停止后输入 regions 可查看有哪些地域。"
                )],
            };
            wrong.iter().try_for_each(|line| self.say(line))?;
        }
        Ok(false)
    }

    /// Prints the plan and asks about each obstacle until none is left; false where the person stops.
    pub(crate) fn ask_findings(&mut self, step: u8) -> Result<bool> {
        let lang = self.console.state.lang;
        while let Some(form) = self.share_form() {
            self.load_missing(|state| form.plan(state).missing.clone())?;
            let plan = form.plan(&self.console.state);
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
                    return Ok(false);
                }
                self.answer_share(ShareAnswer::Review)?;
                return Ok(true);
            };
            let Some(answer) = self.ask_decision(finding)? else { return Ok(false) };
            self.answer_share(answer)?;
        }
        Ok(false)
    }

    /// Asks what to do about an obstacle; `None` where the person stops.
    fn ask_decision(&mut self, finding: &PlanFinding) -> Result<Option<ShareAnswer>> {
        let lang = self.console.state.lang;
        let Some(region) = finding.region.clone() else { return Ok(None) };
        if let Cause::LooksLike { image, suggestion, .. } = &finding.cause {
            let named = plain(suggestion);
            let asked = tell!(
                lang,
                "Is {image} in {region} a copy? Type use to share it, copy to copy as {named}, or leave to leave the \
                 region out. Anything else stops.",
                "{region} 的 {image} 是副本吗？输入 use 直接共享它，输入 copy 另复制为 {named}，输入 leave 则不含该地域；\
                 其他输入则停止。"
            );
            let choice = match self.line(&asked)?.as_deref() {
                Some("use") => Choice::Reuse(image.clone()),
                Some("copy") => Choice::CopyAs(suggestion.clone()),
                Some("leave") => Choice::Drop,
                _ => return Ok(None),
            };
            return Ok(Some(ShareAnswer::Choice(region, choice)));
        }
        let (asked, answer) = match &finding.account {
            Some(Ok(account)) => (
                tell!(
                    lang,
                    "Type leave to leave {account} out in {region}. Anything else stops.",
                    "输入 leave 则在 {region} 不含 {account}；其他输入则停止。"
                ),
                ShareAnswer::Drop(region, account.clone()),
            ),
            _ => (
                tell!(
                    lang,
                    "Type leave to leave {region} out. Anything else stops.",
                    "输入 leave 则不含 {region}；其他输入则停止。"
                ),
                ShareAnswer::Choice(region, Choice::Drop),
            ),
        };
        let leave = self.line(&asked)?.as_deref() == Some("leave");
        Ok(leave.then_some(answer))
    }

    /// Prints a plan by region and account, and what stands in the way.
    fn preview(&mut self, plan: &Plan) -> Result {
        let lang = self.console.state.lang;
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
                    Ok(uin) => self.console.state.facts.account_name(uin),
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

    /// Asks to accept the risk, and starts the job; its ID.
    pub(crate) fn confirm_share(&mut self, step: u8) -> Result<Option<String>> {
        let lang = self.console.state.lang;
        self.say(&tell!(lang, "Step {step}, risk.", "第 {step} 步，风险。"))?;
        while let Some(plan) = self.share_form().and_then(|form| form.reviewed().cloned()) {
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
            if !self.confirm(lang.of("Accept this and begin?", "接受并开始吗？"))? {
                return Ok(None);
            }
            self.answer_share(ShareAnswer::Start)?;
            if let Some(job) = self.console.state.top::<JobScreen>() {
                let id = job.id().to_owned();
                self.say(&tell!(
                    lang,
                    "Job {id} begins and goes on while you do something else; wait waits for it, jobs tells of it.",
                    "任务 {id} 开始，您可以继续做别的；输入 wait 等待其完成，输入 jobs 查看进展。"
                ))?;
                return Ok(Some(id));
            }
            // What has changed before the yes was printed; it is asked again where it is still possible.
            if let Some(now) = self.share_form().and_then(|form| form.reviewed().cloned()) {
                self.preview(&now)?;
            }
        }
        Ok(None)
    }
}
