//! Reinstalls an instance with another image, and makes an image from an instance.

use std::sync::Arc;

use crate::{
    messages::{m, tr},
    model::{ImageId, Instance, InstanceId, plain},
    plain::{LineMode, Result},
    rules::{Action, Step, Verdict, VerdictKind},
    tui::{
        app::request::{CaptureAnswer, Form, Request},
        screens::{
            capture::Capture,
            reinstall::{Reinstall, standing},
        },
        widgets::theme::Role,
    },
};

/// The maximum number of choices that are printed at once.
pub(crate) const CHOICES: usize = 20;

impl LineMode {
    pub(crate) fn reinstall(&mut self, instance: InstanceId) -> Result {
        let nothing = Action::Reinstall { instance: instance.clone(), image: None };
        let Some(its) = self.instance_of(&nothing)? else { return Ok(()) };
        let (lang, name) = (self.console.state.lang, plain(&its.name).into_owned());
        self.print(&tr!(lang, line_mode_reinstall_title, name, instance, zone = its.zone))?;
        let form = Reinstall::new(&its);
        self.load_missing(|state| {
            form.choices(state).into_iter().flat_map(|(_, v)| v.missing.clone()).collect()
        })?;
        let Some(image) = self.image_for(form, its.image.as_ref())? else { return self.print_unchanged() };
        let action = Action::Reinstall { instance: instance.clone(), image: Some(image) };
        let Some(verdict) = self.allowed_verdict(&action)? else { return Ok(()) };
        let asked = tr!(lang, line_mode_type_id, instance);
        if self.read_line(&asked)?.as_deref() != Some(instance.as_str()) {
            return self.print(lang.text(m::line_mode_id_mismatch));
        }
        self.confirm_and_perform(lang.text(m::line_mode_ask_reinstall), vec![Step { action, verdict }])
    }

    /// Returns the instance of an action, or `None` if the action is not allowed.
    fn instance_of(&mut self, action: &Action) -> Result<Option<Instance>> {
        let (Action::Reinstall { instance, .. } | Action::Capture { instance, .. }) = action else {
            return Ok(None);
        };
        Ok(self.allowed_verdict(action)?.and_then(|_| self.console.state.facts.instance(instance).cloned()))
    }

    /// Asks for the image. Returns `None` if the user stops.
    fn image_for(&mut self, mut form: Reinstall, runs: Option<&ImageId>) -> Result<Option<ImageId>> {
        let lang = self.console.state.lang;
        loop {
            let choices: Vec<(ImageId, Arc<Verdict>)> = form
                .choices(&self.console.state)
                .into_iter()
                .map(|(image, v)| (image.id.clone(), v))
                .collect();
            let lines = form.choices(&self.console.state).into_iter().take(CHOICES).enumerate();
            let lines: Vec<String> = lines
                .map(|(n, (image, verdict))| {
                    let (said, _) = standing(&self.console.state, image, &verdict, runs == Some(&image.id));
                    let (n, name, said) = (
                        n + 1,
                        plain(&image.name),
                        said.replace(" · ", lang.text(m::line_mode_clause_comma)),
                    );
                    tr!(lang, line_mode_image_choice, n, name, id = image.id, said)
                })
                .collect();
            lines.iter().try_for_each(|line| self.print(line))?;
            self.print_number_of_choices(lines.len(), choices.len())?;
            let asked = lang.text(m::line_mode_ask_image);
            let Some(line) = self.read_line(asked)?.filter(|l| !l.is_empty()) else { return Ok(None) };
            let numbered = line.parse::<usize>().ok().and_then(|n| choices.get(n.checked_sub(1)?));
            let named = || choices.iter().find(|(id, _)| id.as_str() == line);
            let Some((image, verdict)) = numbered.or_else(named) else {
                form.set_filter(&line);
                if form.choices(&self.console.state).is_empty() {
                    self.print(lang.text(m::common_nothing_matches))?;
                    form.set_filter("");
                }
                continue;
            };
            if verdict.kind() != VerdictKind::Blocked {
                return Ok(Some(image.clone()));
            }
            let action = form.action(image);
            self.print(lang.text(m::line_mode_not_possible))?;
            self.reasons(&action, verdict)?;
        }
    }

    /// Prints the number of printed choices if some were left out.
    pub(crate) fn print_number_of_choices(&mut self, shown: usize, all: usize) -> Result {
        match shown < all {
            true => self.print(&tr!(self.console.state.lang, line_mode_narrow, shown, all)),
            false => Ok(()),
        }
    }

    pub(crate) fn capture(&mut self, instance: InstanceId) -> Result {
        let nothing = Action::Capture { instance: instance.clone(), name: None };
        let Some(its) = self.instance_of(&nothing)? else { return Ok(()) };
        let (lang, name) = (self.console.state.lang, plain(&its.name).into_owned());
        self.print(&tr!(lang, line_mode_capture_title, name, instance, zone = its.zone))?;
        self.with_form(Form::Capture(instance), Self::capture_steps)
    }

    /// Returns the form while it is open.
    fn capture_form(&self) -> Option<Capture> {
        self.console.state.top::<Capture>().cloned()
    }

    /// Returns the lines of the form with their roles.
    fn capture_lines(&self) -> Vec<(String, Role)> {
        self.capture_form().map_or(Vec::new(), |form| form.lines(&self.console.state, u16::MAX))
    }

    fn answer_capture(&mut self, answer: CaptureAnswer) -> Result {
        self.request(Request::Capture(answer))
    }

    fn capture_steps(&mut self) -> Result {
        let lang = self.console.state.lang;
        if !self.ask_name_and_description()? {
            return self.print_unchanged();
        }
        self.answer_capture(CaptureAnswer::Review)?;
        while self.capture_form().is_some_and(|form| form.is_reviewed()) {
            for (text, role) in self.capture_lines() {
                match role {
                    Role::Warn => self.print(&tr!(lang, line_mode_to_accept_text, text))?,
                    _ => self.print(&tr!(lang, line_mode_note_text, text))?,
                }
            }
            if !self.confirm(lang.text(m::line_mode_ask_capture))? {
                return Ok(());
            }
            // If the verdict has changed, that was printed, and the form is reviewed again.
            self.answer_capture(CaptureAnswer::Send)?;
        }
        self.wait_for(|state| state.acting.is_none())?;
        // The form closes when the image is being made.
        for (text, _) in self.capture_lines().into_iter().filter(|(_, role)| *role == Role::Bad) {
            self.print(&tr!(lang, line_mode_problem, text))?;
        }
        Ok(())
    }

    /// Asks for name and description until the rules accept them. Returns false if the user stops.
    fn ask_name_and_description(&mut self) -> Result<bool> {
        let lang = self.console.state.lang;
        let Some(name) = self.capture_form().map(|form| form.name().to_owned()) else { return Ok(false) };
        loop {
            let asked = tr!(lang, line_mode_ask_image_name, name);
            let Some(line) = self.read_line(&asked)?.filter(|l| l != "stop") else { return Ok(false) };
            self.answer_capture(CaptureAnswer::Name(if line.is_empty() { name.clone() } else { line }))?;
            let Some(action) = self.capture_form().map(|form| form.action()) else { return Ok(false) };
            self.load_for(&action)?;
            let verdict = self.console.state.facts.verdict(&action);
            if verdict.is_allowed() {
                break;
            }
            self.reasons(&action, &verdict)?;
            if verdict.kind() == VerdictKind::Unknown {
                self.print(lang.text(m::line_mode_verdict_unknown))?;
                return Ok(false);
            }
        }
        let most = self.console.state.facts.standing.limits.description_length as usize;
        loop {
            let asked = tr!(lang, line_mode_ask_description, most);
            let Some(line) = self.read_line(&asked)? else { return Ok(false) };
            if line.chars().count() <= most {
                self.answer_capture(CaptureAnswer::Description(line))?;
                return Ok(true);
            }
            self.print(&tr!(lang, common_description_too_long, most))?;
        }
    }
}
