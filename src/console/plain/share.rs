//! Copy, then share, step by step: receivers, regions, what stands in the way, the risk, and then a job like any other.

use super::{Plain, Told};
use crate::{
    console::{state::State, update},
    jobs::{Cause, CellKind, Choice, EdgeKind, Goal, JobState, Plan},
    model::{ImageId, Receiver, Region},
    rules::{Action, Code, check},
    words::{self, plain},
};

impl Plain {
    /// The guided way; without receivers, copies alone.
    pub(super) fn share(&mut self, image: ImageId, sharing: bool) -> Told {
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
        let (word, regions) = if sharing { ("Share", 2) } else { ("Copy", 1) };
        self.say(&format!("{word} {} ({image}, {home}). Nothing is sent before you say yes.", plain(&name)))?;
        let with = match sharing {
            true => match self.receivers(&image)? {
                Some(with) => with,
                None => return self.say("Nothing was changed."),
            },
            false => Vec::new(),
        };
        let Some(to) = self.regions(regions, &home, sharing)? else {
            return self.say("Nothing was changed.");
        };
        let mut goal = Goal::new(image, with, to);
        if !self.decide(regions + 1, &mut goal)? {
            return self.say("Nothing was changed.");
        }
        self.start(regions + 2, &goal)
    }

    /// Who gets it; nothing where that is given up.
    fn receivers(&mut self, image: &ImageId) -> Told<Option<Vec<Receiver>>> {
        let asked = "Step 1, receivers. With whom? Type account IDs, or names of the address book or of groups, with \
                     commas between; ID@REGION for who needs it in that region alone. An empty line stops.";
        loop {
            let Some(line) = self.line(asked)?.filter(|l| !l.is_empty()) else { return Ok(None) };
            let with = self.setup.config.receivers(line.split([',', '，', ';']), &self.state.facts.accounts);
            let mut wrong = Vec::new();
            for receiver in &with {
                // The words come from the same gate that stands before the share itself.
                let action = Action::Share { image: image.clone(), with: vec![receiver.clone()] };
                let reasons = check(&action, &self.state.facts).reasons;
                let bad = reasons.iter().find(|r| {
                    matches!(r.code, Code::ShareAccountForm | Code::ShareSubAccount)
                        || r.code == Code::ShareSelf && receiver.region.is_none()
                });
                if let Some(reason) = bad {
                    wrong.push(format!(
                        "{receiver}: {}",
                        words::sentence(reason.code, &reason.args, self.state.lang)
                    ));
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
        let empty = match sharing {
            true => format!("an empty line is {home} alone, where the image is; stop stops"),
            false => "an empty line stops".to_owned(),
        };
        let asked = format!("Step {step}, regions. Where? Type region codes with commas between; {empty}.");
        loop {
            let Some(line) = self.line(&asked)?.filter(|l| l != "stop") else { return Ok(None) };
            let parts: Vec<&str> =
                line.split(|c: char| c == ',' || c.is_whitespace()).filter(|p| !p.is_empty()).collect();
            if parts.is_empty() {
                return Ok(sharing.then(|| vec![home.clone()]));
            }
            let known = crate::console::tabs::regions_of(&self.state);
            let read = parts.iter().map(|p| p.parse::<Region>().ok().filter(|r| known.contains(r)).ok_or(*p));
            match read.collect::<Result<Vec<Region>, &str>>() {
                Ok(regions) => return Ok(Some(regions)),
                Err(part) => {
                    let line =
                        format!("{part} is no region. Type regions at the beginning for those there are.");
                    self.say(&line)?;
                }
            }
        }
    }

    /// Says what would be done and all that stands in the way, until nothing does; false where that is given up.
    fn decide(&mut self, step: u8, goal: &mut Goal) -> Told<bool> {
        loop {
            self.learn(|state| plan(state, goal).missing)?;
            let plan = plan(&self.state, goal);
            self.say(&format!("Step {step}, findings."))?;
            self.preview(&plan)?;
            if !plan.missing.is_empty() {
                self.say("Some regions have not answered. Type refresh, and try again.")?;
                return Ok(false);
            }
            let Some(finding) = plan.findings.iter().find(|f| f.blocking) else {
                if !plan.is_ready() {
                    self.say("There is nothing to do.")?;
                }
                return Ok(plan.is_ready());
            };
            let Some(region) = finding.region.clone() else { return Ok(false) };
            match (&finding.cause, finding.account.as_ref()) {
                (Cause::LooksLike { image, suggestion, .. }, _) => {
                    let asked = format!(
                        "Is {image} in {region} a copy? Type use to share it, copy to copy as {}, or leave to leave \
                         the region out. Anything else stops.",
                        plain(suggestion)
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
                    let asked =
                        format!("Type leave to leave {account} out in {region}. Anything else stops.");
                    if self.line(&asked)?.as_deref() != Some("leave") {
                        return Ok(false);
                    }
                    goal.dropped.insert((region, account.clone()));
                }
                (Cause::Rule(_), _) => {
                    let asked = format!("Type leave to leave {region} out. Anything else stops.");
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
        for cell in &plan.cells {
            let what = match &cell.kind {
                CellKind::Here(id) => format!("the image is here, {id}"),
                CellKind::Copied(id) => format!("a copy is there, {id}"),
                CellKind::LooksLike(id) => format!("{id} looks like a copy"),
                CellKind::Copy { name } => format!("will be copied, as {}", plain(name)),
                CellKind::Dropped => "left out".to_owned(),
                CellKind::Blocked => "cannot be done".to_owned(),
            };
            self.say(&format!("{}: {what}.", cell.region))?;
            for edge in plan.edges.iter().filter(|e| e.region == cell.region) {
                let what = match edge.kind {
                    EdgeKind::Add => "will be shared",
                    EdgeKind::Already(_) => "has it already",
                    EdgeKind::Dropped => "left out",
                    EdgeKind::Blocked => "cannot be done",
                };
                let who = match &edge.account {
                    Ok(uin) => self.state.facts.account_name(uin),
                    Err(text) => text.clone(),
                };
                self.say(&format!("{}, {}: {what}.", edge.region, plain(&who)))?;
            }
        }
        for finding in plan.findings.iter().filter(|f| f.blocking) {
            let reason = finding.cause.reason();
            let place = finding.region.as_ref().map_or_else(String::new, |r| format!("{r}: "));
            let said = words::sentence(reason.code, &reason.args, self.state.lang);
            self.say(&format!("In the way: {place}{said}"))?;
            let remedy = words::remedy(&reason.remedy, reason.code, self.state.lang);
            if !remedy.is_empty() {
                self.say(&format!("What to do: {remedy}"))?;
            }
        }
        Ok(())
    }

    /// The risk, and then the job, through the one gate.
    fn start(&mut self, step: u8, goal: &Goal) -> Told {
        let plan = plan(&self.state, goal);
        let lang = self.state.lang;
        self.say(&format!("Step {step}, risk."))?;
        for note in &plan.notes {
            self.say(&format!("Note: {}", words::sentence(note.code, &note.args, lang)))?;
        }
        for risk in &plan.acknowledge {
            self.say(&format!("To accept: {}", words::sentence(risk.code, &risk.args, lang)))?;
            if risk.code == Code::ShareLeak {
                words::checklist(lang)
                    .iter()
                    .try_for_each(|line| self.say(&format!("  Look for: {line}")))?;
            }
        }
        if !self.agreed("Accept this and begin?")? {
            return Ok(());
        }
        let accepted: Vec<Code> = plan.acknowledge.iter().map(|n| n.code).collect();
        let profile = self.state.profile().map(|p| p.name.clone()).unwrap_or_default();
        self.state.now = jiff::Timestamp::now();
        // From what is known now, which may be more than when it was asked.
        let plan = Plan::make(goal, &self.state.facts);
        match plan.start(goal, &self.state.facts, &accepted, &profile, self.state.now) {
            Ok(job) => {
                let id = job.id.clone();
                self.say(&format!(
                    "Job {id} begins and goes on while you do something else; wait waits for it, jobs tells of it."
                ))?;
                if self.state.jobs.get(&id).is_none_or(|old| old.state() != JobState::Running) {
                    self.change(|state, effects| update::start_job(state, job, effects))?;
                }
                Ok(())
            }
            Err(verdict) => {
                self.say("It cannot be done any more.")?;
                self.reasons(&plan.action(goal), &verdict)
            }
        }
    }
}

fn plan(state: &State, goal: &Goal) -> Plan {
    Plan::make(goal, &state.facts)
}
