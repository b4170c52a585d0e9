//! Cancels shares, deletes and renames images.

use crate::{
    messages::{m, tr},
    model::{ImageId, Receiver, Uin, plain},
    plain::{LineMode, Result},
    rules::{Action, ShareSelection, Step, Verdict, VerdictKind},
    tui::app::{actions, gate, request::Request},
};

impl LineMode {
    /// Reads what an action needs. Returns its verdict if it is allowed; otherwise prints the reasons.
    pub(crate) fn allowed_verdict(&mut self, action: &Action) -> Result<Option<Verdict>> {
        self.load_for(action)?;
        let verdict = self.console.state.facts.verdict(action);
        if verdict.is_allowed() {
            return Ok(Some((*verdict).clone()));
        }
        let lang = self.console.state.lang;
        self.print(match verdict.kind() {
            VerdictKind::Blocked => lang.text(m::line_mode_not_possible),
            _ => lang.text(m::line_mode_verdict_unknown),
        })?;
        self.reasons(action, &verdict)?;
        Ok(None)
    }

    /// Prints the risks, asks for a yes and performs the steps one after another. If a verdict changes before the
    /// yes, prints the change and asks again.
    pub(crate) fn confirm_and_perform(&mut self, question: &str, mut steps: Vec<Step>) -> Result {
        loop {
            for step in &steps {
                step.verdict.notes.iter().try_for_each(|note| self.note(note, ""))?;
                step.verdict.acknowledge.iter().try_for_each(|risk| self.risk(risk, ""))?;
            }
            if !self.confirm(question)? {
                return Ok(());
            }
            let Some((now, shown)) = gate::first_change(&self.console.state, &steps) else { break };
            self.request(Request::ComplainOfChange(Box::new((now, shown))))?;
            match gate::steps_now(&self.console.state, &steps) {
                Some(now) => steps = now,
                None => return Ok(()),
            }
        }
        self.request(Request::Perform(steps))?;
        self.wait_for(|state| state.acting.is_none() && state.intents.is_empty())
    }

    pub(crate) fn unshare(&mut self, image: ImageId) -> Result {
        let all = Action::Unshare { image: image.clone(), which: ShareSelection::All };
        if self.allowed_verdict(&all)?.is_none() {
            return Ok(());
        }
        let shares: Vec<Uin> = self
            .console
            .state
            .facts
            .shares(&image)
            .unwrap_or_default()
            .iter()
            .map(|s| s.account.clone())
            .collect();
        for account in &shares {
            let name = self.console.state.facts.account_name(account);
            let name = match name == account.as_str() {
                true => String::new(),
                false => tr!(self.console.state.lang, common_and_name, name),
            };
            self.print(&format!("{account}{name}"))?;
        }
        let lang = self.console.state.lang;
        let asked = lang.text(m::line_mode_ask_shares);
        let Some(line) = self.read_line(asked)?.filter(|l| !l.is_empty()) else {
            return self.print_unchanged();
        };
        let action = if line == "all" {
            all
        } else {
            let accounts: Vec<Uin> =
                Receiver::parse_many(&line).into_iter().filter_map(|r| r.account.ok()).collect();
            if accounts.is_empty() || accounts.iter().any(|a| !shares.contains(a)) {
                return self.print(lang.text(m::line_mode_not_shared_with));
            }
            Action::Unshare { image, which: ShareSelection::Accounts(accounts) }
        };
        let Some(verdict) = self.allowed_verdict(&action)? else { return Ok(()) };
        self.confirm_and_perform(lang.text(m::line_mode_ask_cancel), vec![Step { action, verdict }])
    }

    pub(crate) fn delete(&mut self, image: ImageId) -> Result {
        let lang = self.console.state.lang;
        let action = Action::Delete { image: image.clone(), with_snapshots: false };
        self.load_for(&action)?;
        let Some(steps) = self.console.state.facts.guided(&action) else {
            return self.allowed_verdict(&action).map(drop);
        };
        if steps.len() > 1 {
            let verdict = self.console.state.facts.verdict(&action);
            self.reasons(&action, &Verdict { reasons: verdict.reasons.clone(), ..Verdict::default() })?;
            self.print(lang.text(m::line_mode_cancel_and_delete))?;
        }
        let Some(target) = self.console.state.facts.image(&image).cloned() else { return Ok(()) };
        let name = actions::name_to_type(&self.console.state, &target);
        let asked = tr!(lang, line_mode_type_name, name);
        let typed = self.read_line(&asked)?;
        if typed.as_deref() != Some(name.trim()) {
            return self.print(lang.text(m::common_mismatch));
        }
        self.confirm_and_perform(lang.text(m::line_mode_ask_delete), steps)
    }

    pub(crate) fn rename(&mut self, image: ImageId) -> Result {
        let nothing = Action::Rename { image: image.clone(), name: None, description: None };
        if self.allowed_verdict(&nothing)?.is_none() {
            return Ok(());
        }
        let Some(old) = self.console.state.facts.image(&image).cloned() else { return Ok(()) };
        let (lang, name) = (self.console.state.lang, plain(&old.name));
        let asked = tr!(lang, line_mode_ask_new_name, name);
        let Some(name) = self.read_line(&asked)? else { return Ok(()) };
        let shown = match old.description.is_empty() {
            true => lang.text(m::line_mode_empty).into(),
            false => plain(&old.description),
        };
        let asked = tr!(lang, line_mode_ask_new_description, shown);
        let Some(description) = self.read_line(&asked)? else { return Ok(()) };
        let given = |text: String| Some(text).filter(|t| !t.is_empty());
        let description = given(description).map(|d| if d == "-" { String::new() } else { d });
        let (name, description) = (given(name), description.filter(|d| *d != old.description));
        if name.is_none() && description.is_none() {
            return self.print_unchanged();
        }
        let action = Action::Rename { image, name, description };
        let Some(verdict) = self.allowed_verdict(&action)? else { return Ok(()) };
        self.confirm_and_perform(lang.text(m::line_mode_ask_change), vec![Step { action, verdict }])
    }
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
