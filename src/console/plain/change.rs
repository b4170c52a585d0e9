//! Cancelling shares, deleting, renaming: each through its questions, and through the one gate.

use super::{Plain, Told};
use crate::{
    console::{
        batch,
        state::{Intent, State},
        update,
    },
    model::{ImageId, Receiver, Uin},
    rules::{Action, Kind, Missing, Note, Verdict, Which, check},
    words::{self, plain},
};

impl Plain {
    /// The verdict on an action once all is known that it asks for; what stands in the way is said.
    pub(super) fn may(&mut self, action: &Action) -> Told<Option<Verdict>> {
        self.learn(|state| missing(state, action))?;
        let verdict = check(action, &self.state.facts);
        if verdict.is_allowed() {
            return Ok(Some(verdict));
        }
        self.say(match verdict.kind() {
            Kind::Blocked => "It cannot be done.",
            _ => "It is not known whether it can be done. Type refresh, and try again.",
        })?;
        self.reasons(action, &verdict)?;
        Ok(None)
    }

    /// Says the risks of what is wanted, asks, and does it through the gate, one after the other.
    fn ask_and_do(&mut self, question: &str, actions: Vec<Action>, risks: &[Note], notes: &[Note]) -> Told {
        for note in notes {
            self.say(&format!("Note: {}", words::sentence(note.code, &note.args, self.state.lang)))?;
        }
        for risk in risks {
            self.say(&format!("To accept: {}", words::sentence(risk.code, &risk.args, self.state.lang)))?;
        }
        if !self.agreed(question)? {
            return Ok(());
        }
        let accepted: Vec<_> = risks.iter().map(|r| r.code).collect();
        let intents = actions.into_iter().map(|action| Intent {
            action,
            accepted: accepted.clone(),
            extra: Default::default(),
        });
        self.state.intents.extend(intents);
        self.change(update::next_intent)?;
        self.until(|state| state.acting.is_none() && state.intents.is_empty())
    }

    pub(super) fn unshare(&mut self, image: ImageId) -> Told {
        let all = Action::Unshare { image: image.clone(), which: Which::All };
        if self.may(&all)?.is_none() {
            return Ok(());
        }
        let shares: Vec<Uin> =
            self.state.facts.shares(&image).unwrap_or_default().iter().map(|s| s.account.clone()).collect();
        for account in &shares {
            let name = self.state.facts.account_name(account);
            let name = if name == account.as_str() { String::new() } else { format!(", {name}") };
            self.say(&format!("{account}{name}"))?;
        }
        let asked = "Which shares are to be cancelled? Type account IDs with commas between, or all. \
                     An empty line stops.";
        let Some(line) = self.line(asked)?.filter(|l| !l.is_empty()) else {
            return self.say("Nothing was changed.");
        };
        let action = if line == "all" {
            all
        } else {
            let accounts: Vec<Uin> =
                Receiver::parse_many(&line).into_iter().filter_map(|r| r.account.ok()).collect();
            if accounts.is_empty() || accounts.iter().any(|a| !shares.contains(a)) {
                return self
                    .say("Not all of these are accounts that it is shared with. Nothing was changed.");
            }
            Action::Unshare { image, which: Which::Accounts(accounts) }
        };
        let Some(verdict) = self.may(&action)? else { return Ok(()) };
        self.ask_and_do("Cancel them?", vec![action], &verdict.acknowledge, &verdict.notes)
    }

    pub(super) fn delete(&mut self, image: ImageId) -> Told {
        let action = Action::Delete { image: image.clone(), with_snapshots: false };
        self.learn(|state| missing(state, &action))?;
        let verdict = check(&action, &self.state.facts);
        let mut doing = vec![action.clone()];
        let mut risks = verdict.acknowledge.clone();
        match batch::cancel_first(&action, &verdict) {
            Some(first) => {
                let Some(before) = self.may(&first)? else { return Ok(()) };
                self.reasons(
                    &action,
                    &Verdict { acknowledge: Vec::new(), notes: Vec::new(), ..verdict.clone() },
                )?;
                self.say(
                    "Both are done here as one step: all shares are cancelled, then the image is deleted.",
                )?;
                risks.extend(before.acknowledge);
                doing.insert(0, first);
            }
            None if !verdict.is_allowed() => return self.may(&action).map(drop),
            None => {}
        }
        let name = self.state.facts.image(&image).map_or_else(String::new, |i| plain(&i.name).into_owned());
        let typed = self.line(&format!("To delete it, type its name: {name}. An empty line stops."))?;
        if typed.as_deref() != Some(name.trim()) {
            return self.say("The name does not match; nothing was changed.");
        }
        self.ask_and_do("Delete it?", doing, &risks, &verdict.notes)
    }

    pub(super) fn rename(&mut self, image: ImageId) -> Told {
        let nothing = Action::Rename { image: image.clone(), name: None, description: None };
        if self.may(&nothing)?.is_none() {
            return Ok(());
        }
        let Some(old) = self.state.facts.image(&image).cloned() else { return Ok(()) };
        let asked = format!("New name? It is {} now; an empty line keeps it.", plain(&old.name));
        let Some(name) = self.line(&asked)? else { return Ok(()) };
        let shown = if old.description.is_empty() { "empty".into() } else { plain(&old.description) };
        let asked =
            format!("New description? It is {shown} now; an empty line keeps it, a single - makes it empty.");
        let Some(description) = self.line(&asked)? else { return Ok(()) };
        let given = |text: String| Some(text).filter(|t| !t.is_empty());
        let description = given(description).map(|d| if d == "-" { String::new() } else { d });
        let (name, description) = (given(name), description.filter(|d| *d != old.description));
        if name.is_none() && description.is_none() {
            return self.say("Nothing was changed.");
        }
        let action = Action::Rename { image, name, description };
        let Some(verdict) = self.may(&action)? else { return Ok(()) };
        self.ask_and_do("Change it?", vec![action], &verdict.acknowledge, &verdict.notes)
    }
}

fn missing(state: &State, action: &Action) -> Vec<Missing> {
    check(action, &state.facts).missing
}
