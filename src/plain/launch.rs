//! Launches an instance from an image: asks for the fields of the launch form.

use crate::{
    facts::Load,
    jobs::JobState,
    messages::{m, tr},
    model::{ImageId, Offer, Region, plain},
    plain::{LineMode, Result, instance::CHOICES},
    rules::{Action, VerdictKind},
    tui::{
        app::request::{Form, LaunchAnswer, Request},
        screens::{
            confirm::describe,
            launch::{Focus, LaunchForm, place::Availability},
        },
        widgets::theme::Role,
    },
};

impl LineMode {
    pub(crate) fn launch(&mut self, image: ImageId) -> Result {
        let first = Action::Launch {
            image: image.clone(),
            region: None,
            zone: None,
            instance_type: None,
            name: None,
        };
        if self.allowed_verdict(&first)?.is_none() {
            return Ok(());
        }
        let Some(its) = self.console.state.facts.image(&image).cloned() else { return Ok(()) };
        let (lang, name) = (self.console.state.lang, plain(&its.name));
        self.print(&tr!(lang, line_mode_launch_title, name, image, region = its.region))?;
        self.with_form(Form::Launch(image), Self::launch_steps)
    }

    /// Returns the form while it is open.
    fn launch_form(&self) -> Option<LaunchForm> {
        self.console.state.top::<LaunchForm>().cloned()
    }

    fn answer_launch(&mut self, answer: LaunchAnswer) -> Result {
        self.request(Request::Launch(answer))
    }

    fn launch_steps(&mut self) -> Result {
        while let Some(form) = self.launch_form() {
            let goes_on = match form.focus() {
                Focus::Region => self.ask_launch_region(&form)?,
                Focus::Zone => self.ask_zone(&form)?,
                Focus::Type => self.ask_type()?,
                Focus::Name => self.ask_launch_name()?,
                Focus::Network => {
                    if !self.ask_network()? {
                        return self.print_unchanged();
                    }
                    if !self.confirm_launch()? {
                        return Ok(());
                    }
                    true
                }
            };
            if !goes_on {
                return self.print_unchanged();
            }
        }
        Ok(())
    }

    /// Prints the problems that the form shows.
    fn print_launch_problems(&mut self) -> Result {
        let Some(form) = self.launch_form() else { return Ok(()) };
        let lang = self.console.state.lang;
        for (text, role) in form.messages() {
            match role {
                Role::Bad => self.print(&tr!(lang, line_mode_problem, text))?,
                // The form's text about an unknown outcome names keys. The question below says it instead.
                _ if form.is_unsure() => {}
                _ => self.print(text)?,
            }
        }
        Ok(())
    }

    fn ask_launch_region(&mut self, form: &LaunchForm) -> Result<bool> {
        let lang = self.console.state.lang;
        let (here, mut there, mut first) = (form.region().clone(), Vec::new(), Vec::new());
        for (region, way) in form.availabilities(&self.console.state) {
            match way {
                Availability::Copy(id) => there.push(tr!(lang, line_mode_copy_exists_in, region, id)),
                Availability::CopyFirst => first.push(region.to_string()),
                Availability::Here | Availability::Cannot(_) => {}
            }
        }
        there.iter().try_for_each(|line| self.print(line))?;
        if !first.is_empty() {
            let all = first.join(lang.text(m::line_mode_clause_comma));
            self.print(&tr!(lang, line_mode_copy_first, all))?;
        }
        let asked = tr!(lang, line_mode_step_region, here);
        loop {
            let Some(line) = self.read_line(&asked)?.filter(|l| l != "stop") else { return Ok(false) };
            let region = if line.is_empty() { Ok(here.clone()) } else { line.parse::<Region>() };
            let way = region.as_ref().ok().and_then(|r| form.availability_in(r, &self.console.state));
            if let Ok(region) = &region {
                self.answer_launch(LaunchAnswer::Region(region.clone()))?;
            }
            match (way, region) {
                (Some(Availability::Here | Availability::Copy(_)), _) => return Ok(true),
                (Some(Availability::CopyFirst), Ok(region)) => {
                    return self.copy_first(form.image().clone(), region);
                }
                (Some(Availability::Cannot(_)), _) => self.print_launch_problems()?,
                _ => self.print(&tr!(lang, line_mode_no_region, part = line))?,
            }
        }
    }

    /// Copies the image, waits for the copy, and launches from the copy. Returns false if that is not possible.
    fn copy_first(&mut self, image: ImageId, region: Region) -> Result<bool> {
        let job =
            self.with_form(Form::CopyTo(image, region.clone()), |this| match this.ask_findings(1)? {
                true => this.confirm_share(1),
                false => Ok(None),
            })?;
        let Some(id) = job else { return Ok(false) };
        self.wait_for(|state| state.jobs.get(&id).is_none_or(|j| j.is_over() || j.paused.is_some()))?;
        if self.console.state.jobs.get(&id).is_none_or(|j| j.state() != JobState::Done) {
            return Ok(false);
        }
        self.wait_for(|state| {
            state.pending_reads(|l| matches!(l, Load::Image(..) | Load::Images(_))).0 == 0
        })?;
        let way = self.launch_form().and_then(|form| form.availability_in(&region, &self.console.state));
        self.answer_launch(LaunchAnswer::Region(region))?;
        Ok(matches!(way, Some(Availability::Here | Availability::Copy(_))))
    }

    fn ask_zone(&mut self, form: &LaunchForm) -> Result<bool> {
        self.wait_for(|state| state.pending_reads(|l| matches!(l, Load::Offers(_))).0 == 0)?;
        let lang = self.console.state.lang;
        if let Some(why) = form.no_offers(&self.console.state) {
            self.print(&why)?;
            return Ok(false);
        }
        let all: Vec<(String, usize, usize)> = form
            .zones(&self.console.state)
            .into_iter()
            .map(|(zone, sold, listed)| (zone.to_owned(), sold, listed))
            .collect();
        let (open, shut): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, sold, _)| *sold > 0);
        for (n, (zone, sold, listed)) in open.iter().enumerate() {
            let n = n + 1;
            self.print(&tr!(lang, line_mode_zone, n, zone, sold, listed))?;
        }
        if !shut.is_empty() {
            let shut: Vec<&str> = shut.iter().map(|(zone, ..)| zone.as_str()).collect();
            let shut = shut.join(lang.text(m::line_mode_clause_comma));
            self.print(&tr!(lang, line_mode_zones_sold_out, shut))?;
        }
        let Some(first) = form.zone(&self.console.state).map(str::to_owned) else {
            self.print(lang.text(m::launch_nothing_on_sale))?;
            return Ok(false);
        };
        let asked = tr!(lang, line_mode_step_zone, first);
        loop {
            let Some(line) = self.read_line(&asked)?.filter(|l| l != "stop") else { return Ok(false) };
            let numbered = line.parse::<usize>().ok().and_then(|n| open.get(n.checked_sub(1)?));
            let zone = match line.is_empty() {
                true => Some(&first),
                false => numbered.or_else(|| open.iter().find(|(z, ..)| *z == line)).map(|(zone, ..)| zone),
            };
            if let Some(zone) = zone {
                self.answer_launch(LaunchAnswer::Zone(zone.clone()))?;
                return Ok(true);
            }
            self.print(&tr!(lang, line_mode_no_zone, line))?;
        }
    }

    /// Returns the instance types that match the form's filter.
    fn types(&self) -> Vec<Offer> {
        let form = self.launch_form();
        form.map_or(Vec::new(), |form| form.types(&self.console.state).into_iter().cloned().collect())
    }

    fn ask_type(&mut self) -> Result<bool> {
        let lang = self.console.state.lang;
        self.answer_launch(LaunchAnswer::Filter(String::new()))?;
        let whole = self.types();
        loop {
            let fits = self.types();
            for (n, offer) in fits.iter().take(CHOICES).enumerate() {
                let (n, gone) = (n + 1, if offer.sold { "" } else { lang.text(m::line_mode_sold_out) });
                let (kind, cores, memory) = (&offer.instance_type, offer.cpu, offer.memory_gib);
                self.print(&tr!(lang, line_mode_instance_type, n, kind, cores, memory, gone))?;
            }
            self.print_number_of_choices(fits.len().min(CHOICES), fits.len())?;
            let asked = lang.text(m::line_mode_step_type);
            let Some(line) = self.read_line(asked)?.filter(|l| !l.is_empty()) else { return Ok(false) };
            let numbered = line.parse::<usize>().ok().and_then(|n| fits.get(n.checked_sub(1)?));
            let named = || whole.iter().find(|o| o.instance_type.eq_ignore_ascii_case(&line));
            match numbered.or_else(named) {
                Some(offer) if offer.sold => {
                    self.answer_launch(LaunchAnswer::Type(offer.instance_type.clone()))?;
                    return Ok(true);
                }
                Some(offer) => {
                    let (kind, zone) = (&offer.instance_type, &offer.zone);
                    self.print(&tr!(lang, line_mode_type_sold_out, kind, zone))?;
                }
                None => {
                    self.answer_launch(LaunchAnswer::Filter(line))?;
                    if self.types().is_empty() {
                        self.print(lang.text(m::common_nothing_matches))?;
                        self.answer_launch(LaunchAnswer::Filter(String::new()))?;
                    }
                }
            }
        }
    }

    fn ask_launch_name(&mut self) -> Result<bool> {
        let asked = self.console.state.lang.text(m::line_mode_step_name);
        let Some(line) = self.read_line(asked)? else { return Ok(false) };
        self.answer_launch(LaunchAnswer::Name(line))?;
        Ok(true)
    }

    fn ask_network(&mut self) -> Result<bool> {
        let lang = self.console.state.lang;
        let asked = lang.text(m::line_mode_step_network);
        loop {
            let Some(line) = self.read_line(asked)?.filter(|l| l != "stop") else { return Ok(false) };
            self.answer_launch(LaunchAnswer::Network(line))?;
            match self.launch_form().map(|form| form.chosen_network(lang)) {
                Some(Err(wrong)) => self.print(&wrong)?,
                _ => return Ok(true),
            }
        }
    }

    /// Prints the risks, asks, and sends the call after its dry run. Returns true if a field of the form has to be
    /// asked for again.
    fn confirm_launch(&mut self) -> Result<bool> {
        let lang = self.console.state.lang;
        let Some(form) = self.launch_form() else { return Ok(false) };
        let action = form.action(&self.console.state);
        self.load_for(&action)?;
        self.answer_launch(LaunchAnswer::Review)?;
        let Some(form) = self.launch_form() else { return Ok(false) };
        if !form.is_ready() {
            self.print_launch_problems()?;
            let verdict = self.console.state.facts.verdict(&action);
            if verdict.kind() == VerdictKind::Blocked {
                self.reasons(&action, &verdict)?;
                return Ok(false);
            }
            // No field is missing if all facts are known.
            return Ok(verdict.kind() == VerdictKind::Allowed);
        }
        let verdict = form.shown().clone();
        self.print(lang.text(m::line_mode_step_6_risk))?;
        let said = describe(&self.console.state, &action);
        self.print(&tr!(lang, line_mode_sentence, said))?;
        self.print(&match form.chosen_network(lang) {
            Ok(Some((vpc, subnet))) => tr!(lang, line_mode_network, vpc, subnet),
            _ => lang.text(m::line_mode_default_network).to_owned(),
        })?;
        verdict.notes.iter().try_for_each(|note| self.note(note, ""))?;
        verdict.acknowledge.iter().try_for_each(|risk| self.risk(risk, ""))?;
        if !self.confirm(lang.text(m::line_mode_ask_launch))? {
            return Ok(false);
        }
        loop {
            self.answer_launch(LaunchAnswer::Send)?;
            // If the rules now refuse the action, that was printed.
            let sent = self.console.state.acting.is_some();
            self.wait_for(|state| state.acting.is_none())?;
            // The form closes when the instance was created.
            let Some(form) = self.launch_form() else { return Ok(false) };
            if sent {
                self.print_launch_problems()?;
            }
            // The reads after an error show whether the cloud can be reached.
            self.wait_for(|state| state.pending_reads(|_| true).0 == 0)?;
            if !form.is_unsure() {
                return Ok(true);
            }
            let question = lang.text(m::line_mode_launch_unknown);
            if !self.ask_yes(question)? {
                self.print(lang.text(m::line_mode_still_unknown))?;
                return Ok(false);
            }
        }
    }
}
