//! Copies and shares an image: the steps of the share form.

use crate::{
    i18n,
    jobs::{Cause, CellKind, Choice, EdgeKind, Plan, PlanFinding},
    messages::{m, tr},
    model::{ImageId, Region, plain},
    plain::{LineMode, Result},
    rules::{Action, Code},
    tui::{
        app::request::{Form, Request, ShareAnswer},
        screens::{flow::Flow, jobs::JobScreen},
    },
};

impl LineMode {
    /// Copies an image, and shares it if `sharing` is set.
    pub(crate) fn share(&mut self, image: ImageId, sharing: bool) -> Result {
        let first = match sharing {
            true => Action::Share { image: image.clone(), with: Vec::new() },
            false => Action::Copy { image: image.clone(), to: Vec::new(), name: None },
        };
        if self.allowed_verdict(&first)?.is_none() {
            return Ok(());
        }
        let Some((name, home)) =
            self.console.state.facts.image(&image).map(|i| (i.name.clone(), i.region.clone()))
        else {
            return Ok(());
        };
        let (lang, name) = (self.console.state.lang, plain(&name));
        let (word, regions) = match sharing {
            true => (lang.text(m::common_share_title), 2),
            false => (lang.text(m::common_copy_title), 1),
        };
        self.print(&tr!(lang, line_mode_share_title, word, name, image, home))?;
        let form = match sharing {
            true => Form::Share(image),
            false => Form::Copy(image),
        };
        self.with_form(form, |this| {
            if sharing && !this.ask_receivers()?
                || !this.ask_regions(regions, &home, sharing)?
                || !this.ask_findings(regions + 1)?
            {
                return this.print_unchanged();
            }
            this.confirm_share(regions + 2).map(drop)
        })
    }

    /// Returns the form while it is open.
    fn share_form(&self) -> Option<Flow> {
        self.console.state.top::<Flow>().cloned()
    }

    fn answer_share(&mut self, answer: ShareAnswer) -> Result {
        self.request(Request::Share(answer))
    }

    /// Asks for the receivers. Returns false if the user stops.
    fn ask_receivers(&mut self) -> Result<bool> {
        let lang = self.console.state.lang;
        let asked = lang.text(m::line_mode_step_receivers);
        while let Some(form) = self.share_form() {
            let Some(line) = self.read_line(asked)?.filter(|l| !l.is_empty()) else { return Ok(false) };
            let state = &self.console.state;
            let with = self.setup.config.receivers(line.split([',', '\u{ff0c}', ';']), &state.facts.accounts);
            let wrong: Vec<String> = with
                .iter()
                .filter_map(|receiver| {
                    let why = form.objection(receiver, state)?;
                    Some(tr!(lang, line_mode_receiver_why, receiver, why))
                })
                .collect();
            if wrong.is_empty() && !with.is_empty() {
                self.answer_share(ShareAnswer::Receivers(with))?;
                return Ok(true);
            }
            wrong.iter().try_for_each(|line| self.print(line))?;
        }
        Ok(false)
    }

    /// Asks for the regions. Returns false if the user stops.
    fn ask_regions(&mut self, step: u8, home: &Region, sharing: bool) -> Result<bool> {
        let lang = self.console.state.lang;
        let empty = match sharing {
            true => tr!(lang, line_mode_empty_is_home, home),
            false => lang.text(m::line_mode_empty_stops).to_owned(),
        };
        let asked = tr!(lang, line_mode_step_regions, step, empty);
        while let Some(form) = self.share_form() {
            let Some(line) = self.read_line(&asked)?.filter(|l| l != "stop") else { return Ok(false) };
            let parts: Vec<&str> = line
                .split(|c: char| matches!(c, ',' | '\u{ff0c}' | '\u{3001}') || c.is_whitespace())
                .filter(|p| !p.is_empty())
                .collect();
            let known = crate::tui::screens::tabs::regions::all(&self.console.state);
            let read = parts.iter().map(|p| p.parse::<Region>().ok().filter(|r| known.contains(r)).ok_or(*p));
            let wrong = match read.collect::<std::result::Result<Vec<Region>, &str>>() {
                Ok(regions) => {
                    // The default is the image's own region, if it is to be shared.
                    let regions = if regions.is_empty() { form.regions() } else { regions };
                    if regions.is_empty() {
                        return Ok(false);
                    }
                    let state = &self.console.state;
                    let wrong: Vec<String> = regions
                        .iter()
                        .filter_map(|region| {
                            let why = form.region_objection(region, state)?;
                            Some(tr!(lang, common_region_why, region, why))
                        })
                        .collect();
                    if wrong.is_empty() {
                        self.answer_share(ShareAnswer::Regions(regions))?;
                        return Ok(true);
                    }
                    wrong
                }
                Err(part) => vec![tr!(lang, line_mode_no_region, part)],
            };
            wrong.iter().try_for_each(|line| self.print(line))?;
        }
        Ok(false)
    }

    /// Prints the plan and asks about each problem until none is left. Returns false if the user stops.
    pub(crate) fn ask_findings(&mut self, step: u8) -> Result<bool> {
        let lang = self.console.state.lang;
        while let Some(form) = self.share_form() {
            self.load_missing(|state| form.plan(state).missing.clone())?;
            let plan = form.plan(&self.console.state);
            self.print(&tr!(lang, line_mode_step_findings, step))?;
            self.preview(&plan)?;
            if !plan.missing.is_empty() {
                self.print(lang.text(m::line_mode_some_regions_have_not_answered))?;
                return Ok(false);
            }
            let Some(finding) = plan.findings.iter().find(|f| f.blocking) else {
                if !plan.is_ready() {
                    self.print(lang.text(m::common_there_is_nothing_to_do))?;
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

    /// Asks what to do about a problem. Returns `None` if the user stops.
    fn ask_decision(&mut self, finding: &PlanFinding) -> Result<Option<ShareAnswer>> {
        let lang = self.console.state.lang;
        let Some(region) = finding.region.clone() else { return Ok(None) };
        if let Cause::LooksLike { image, suggestion, .. } = &finding.cause {
            let named = plain(suggestion);
            let asked = tr!(lang, line_mode_ask_copy, image, region, named);
            let choice = match self.read_line(&asked)?.as_deref() {
                Some("use") => Choice::Reuse(image.clone()),
                Some("copy") => Choice::CopyAs(suggestion.clone()),
                Some("leave") => Choice::Drop,
                _ => return Ok(None),
            };
            return Ok(Some(ShareAnswer::Choice(region, choice)));
        }
        let (asked, answer) = match &finding.account {
            Some(Ok(account)) => (
                tr!(lang, line_mode_leave_account, account, region),
                ShareAnswer::Drop(region, account.clone()),
            ),
            _ => (tr!(lang, line_mode_leave_region, region), ShareAnswer::Choice(region, Choice::Drop)),
        };
        let leave = self.read_line(&asked)?.as_deref() == Some("leave");
        Ok(leave.then_some(answer))
    }

    /// Prints a plan by region and account, and its problems.
    fn preview(&mut self, plan: &Plan) -> Result {
        let lang = self.console.state.lang;
        let (dropped, blocked) = (lang.text(m::common_left_out), lang.text(m::line_mode_cannot));
        for cell in &plan.cells {
            let what = match &cell.kind {
                CellKind::Here(id) => tr!(lang, line_mode_image_here, id),
                CellKind::Copied(id) => tr!(lang, line_mode_copy_exists, id),
                CellKind::LooksLike(id) => tr!(lang, line_mode_looks_like_copy, id),
                CellKind::Copy { name } => {
                    let name = plain(name);
                    tr!(lang, line_mode_will_be_copied_as, name)
                }
                CellKind::Dropped => dropped.to_owned(),
                CellKind::Blocked => blocked.to_owned(),
            };
            self.print(&tr!(lang, line_mode_region_plan, region = cell.region, what))?;
            for edge in plan.edges.iter().filter(|e| e.region == cell.region) {
                let what = match edge.kind {
                    EdgeKind::Add => lang.text(m::line_mode_will_be_shared),
                    EdgeKind::Already(_) => lang.text(m::line_mode_shared_already),
                    EdgeKind::Dropped => dropped,
                    EdgeKind::Blocked => blocked,
                };
                let who = match &edge.account {
                    Ok(uin) => self.console.state.facts.account_name(uin),
                    Err(text) => text.clone(),
                };
                let who = plain(&who);
                self.print(&tr!(lang, line_mode_share_plan, region = edge.region, who, what))?;
            }
        }
        for finding in plan.findings.iter().filter(|f| f.blocking) {
            let reason = finding.cause.reason();
            let place = finding.region.as_ref();
            let place = place.map_or_else(String::new, |r| tr!(lang, line_mode_region_prefix, r));
            let said = i18n::sentence(reason.code, &reason.args, lang);
            self.print(&tr!(lang, line_mode_blocked_by, place, said))?;
            let remedy = i18n::remedy(&reason.remedy, reason.code, lang);
            if !remedy.is_empty() {
                self.print(&tr!(lang, line_mode_fix, remedy))?;
            }
        }
        Ok(())
    }

    /// Asks to accept the risk, and starts the job. Returns its ID.
    pub(crate) fn confirm_share(&mut self, step: u8) -> Result<Option<String>> {
        let lang = self.console.state.lang;
        self.print(&tr!(lang, line_mode_step_risk, step))?;
        while let Some(plan) = self.share_form().and_then(|form| form.reviewed().cloned()) {
            plan.notes.iter().try_for_each(|note| self.note(note, ""))?;
            for risk in &plan.acknowledge {
                self.risk(risk, "")?;
                if risk.code == Code::ShareLeak {
                    let checklist = i18n::checklist(lang);
                    let mut lines = checklist.iter().map(|line| tr!(lang, line_mode_look_for, line));
                    lines.try_for_each(|line| self.print(&line))?;
                }
            }
            if !self.confirm(lang.text(m::line_mode_ask_accept))? {
                return Ok(None);
            }
            self.answer_share(ShareAnswer::Start)?;
            if let Some(job) = self.console.state.top::<JobScreen>() {
                let id = job.id().to_owned();
                self.print(&tr!(lang, line_mode_job_started, id))?;
                return Ok(Some(id));
            }
            // If the plan has changed before the yes, that was printed, and the question is asked again if the plan
            // is still possible.
            if let Some(now) = self.share_form().and_then(|form| form.reviewed().cloned()) {
                self.preview(&now)?;
            }
        }
        Ok(None)
    }
}
