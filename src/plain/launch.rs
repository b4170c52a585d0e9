//! Launching an instance from an image: the questions of the launch form.

use crate::{
    facts::Load,
    i18n::lang::tell,
    jobs::JobState,
    model::{ImageId, Offer, Region, plain},
    plain::{Plain, Result, instance::CHOICES},
    rules::{Action, Kind},
    tui::{
        app::request::{Form, LaunchAnswer, Request},
        screens::{
            confirm::describe,
            launch::{Focus, Launch, place::Way},
        },
        widgets::theme::Role,
    },
};

impl Plain {
    pub(crate) fn launch(&mut self, image: ImageId) -> Result {
        let first = Action::Launch {
            image: image.clone(),
            region: None,
            zone: None,
            instance_type: None,
            name: None,
        };
        if self.allowed(&first)?.is_none() {
            return Ok(());
        }
        let Some(its) = self.console.state.facts.image(&image).cloned() else { return Ok(()) };
        let (lang, name) = (self.console.state.lang, plain(&its.name));
        self.say(&tell!(
            lang,
            "Launch {name} ({image}, {}). Nothing is sent before you say yes.",
            "用 {name}（{image}，{}）创建实例。在您输入 yes 之前不会发送任何请求。",
            its.region
        ))?;
        self.with_form(Form::Launch(image), Self::launch_steps)
    }

    /// The form, as long as it is open.
    fn launch_form(&self) -> Option<Launch> {
        self.console.state.top::<Launch>().cloned()
    }

    fn answer_launch(&mut self, answer: LaunchAnswer) -> Result {
        self.request(Request::Launch(answer))
    }

    fn launch_steps(&mut self) -> Result {
        while let Some(form) = self.launch_form() {
            let goes_on = match form.asked() {
                Focus::Region => self.ask_launch_region(&form)?,
                Focus::Zone => self.ask_zone(&form)?,
                Focus::Type => self.ask_type()?,
                Focus::Name => self.ask_launch_name()?,
                Focus::Network => {
                    if !self.ask_network()? {
                        return self.say_unchanged();
                    }
                    if !self.confirm_launch()? {
                        return Ok(());
                    }
                    true
                }
            };
            if !goes_on {
                return self.say_unchanged();
            }
        }
        Ok(())
    }

    /// Prints the problems that the form shows.
    fn say_launch_problems(&mut self) -> Result {
        let Some(form) = self.launch_form() else { return Ok(()) };
        let lang = self.console.state.lang;
        for (text, role) in form.said() {
            match role {
                Role::Bad => self.say(&tell!(lang, "Problem: {text}", "问题：{text}"))?,
                // That of an unknown outcome is of keys; the question says it here.
                _ if form.is_unsure() => {}
                _ => self.say(text)?,
            }
        }
        Ok(())
    }

    fn ask_launch_region(&mut self, form: &Launch) -> Result<bool> {
        let lang = self.console.state.lang;
        let (here, mut there, mut first) = (form.region().clone(), Vec::new(), Vec::new());
        for (region, way) in form.ways(&self.console.state) {
            match way {
                Way::Copy(id) => {
                    there.push(tell!(lang, "{region}: a copy is there, {id}.", "{region}：已有副本，{id}。"))
                }
                Way::CopyFirst => first.push(region.to_string()),
                Way::Here | Way::Cannot(_) => {}
            }
        }
        there.iter().try_for_each(|line| self.say(line))?;
        if !first.is_empty() {
            let all = first.join(lang.of(", ", "，"));
            self.say(&tell!(
                lang,
                "It is copied first, and launched when that is done, in: {all}.",
                "先复制、完成后再创建实例的地域：{all}。"
            ))?;
        }
        let asked = tell!(
            lang,
            "Step 1, region. Where? An empty line is {here}, where the image is; stop stops.",
            "第 1 步，地域。在哪个地域？空行则为镜像所在的 {here}；输入 stop 则停止。"
        );
        loop {
            let Some(line) = self.line(&asked)?.filter(|l| l != "stop") else { return Ok(false) };
            let region = if line.is_empty() { Ok(here.clone()) } else { line.parse::<Region>() };
            let way = region.as_ref().ok().and_then(|r| form.way_to(r, &self.console.state));
            if let Ok(region) = &region {
                self.answer_launch(LaunchAnswer::Region(region.clone()))?;
            }
            match (way, region) {
                (Some(Way::Here | Way::Copy(_)), _) => return Ok(true),
                (Some(Way::CopyFirst), Ok(region)) => return self.copy_first(form.image().clone(), region),
                (Some(Way::Cannot(_)), _) => self.say_launch_problems()?,
                _ => self.say(&tell!(
                    lang,
                    "{line} is no region. Type regions at the beginning for those there are.",
                    "{line} 不是地域。停止后输入 regions 可查看有哪些地域。"
                ))?,
            }
        }
    }

    /// Copies it, waits for the copy, and takes that; false where it does not come to that.
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
        self.wait_for(|state| state.asking(|l| matches!(l, Load::Image(..) | Load::Images(_))).0 == 0)?;
        let way = self.launch_form().and_then(|form| form.way_to(&region, &self.console.state));
        self.answer_launch(LaunchAnswer::Region(region))?;
        Ok(matches!(way, Some(Way::Here | Way::Copy(_))))
    }

    fn ask_zone(&mut self, form: &Launch) -> Result<bool> {
        self.wait_for(|state| state.asking(|l| matches!(l, Load::Offers(_))).0 == 0)?;
        let lang = self.console.state.lang;
        if let Some(why) = form.no_offers(&self.console.state) {
            self.say(&why)?;
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
            self.say(&tell!(
                lang,
                "{n}. {zone}, sells {sold} of {listed} types by the hour",
                "{n}. {zone}，按量计费可售 {sold}/{listed} 种实例类型"
            ))?;
        }
        if !shut.is_empty() {
            let shut: Vec<&str> = shut.iter().map(|(zone, ..)| zone.as_str()).collect();
            let shut = shut.join(lang.of(", ", "，"));
            self.say(&tell!(lang, "Sold out: {shut}.", "已售罄：{shut}。"))?;
        }
        let Some(first) = form.zone(&self.console.state).map(str::to_owned) else {
            self.say(lang.of(
                "No zone of the region sells anything by the hour now.",
                "该地域目前没有按量计费可售的可用区。",
            ))?;
            return Ok(false);
        };
        let asked = tell!(
            lang,
            "Step 2, zone. Type its number or its name; an empty line is {first}, stop stops.",
            "第 2 步，可用区。请输入序号或名称；空行则为 {first}，输入 stop 则停止。"
        );
        loop {
            let Some(line) = self.line(&asked)?.filter(|l| l != "stop") else { return Ok(false) };
            let numbered = line.parse::<usize>().ok().and_then(|n| open.get(n.checked_sub(1)?));
            let zone = match line.is_empty() {
                true => Some(&first),
                false => numbered.or_else(|| open.iter().find(|(z, ..)| *z == line)).map(|(zone, ..)| zone),
            };
            if let Some(zone) = zone {
                self.answer_launch(LaunchAnswer::Zone(zone.clone()))?;
                return Ok(true);
            }
            self.say(&tell!(lang, "{line} is none of these zones.", "{line} 不在这些可用区中。"))?;
        }
    }

    /// The instance types that match the form's filter.
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
                let (n, gone) = (n + 1, if offer.sold { "" } else { lang.of(", sold out", "，已售罄") });
                let (kind, cpu, memory) = (&offer.instance_type, offer.cpu, offer.memory_gib);
                let cores = if cpu == 1 { "core" } else { "cores" };
                self.say(&tell!(
                    lang,
                    "{n}. {kind}, {cpu} {cores}, {memory} GiB{gone}",
                    "{n}. {kind}，{cpu} 核，{memory} GiB{gone}"
                ))?;
            }
            self.of_all(fits.len().min(CHOICES), fits.len())?;
            let asked = lang.of(
                "Step 3, type. Type its number or its name, or words to search by. An empty line stops.",
                "第 3 步，实例类型。请输入序号或名称，或输入词来查找；空行则停止。",
            );
            let Some(line) = self.line(asked)?.filter(|l| !l.is_empty()) else { return Ok(false) };
            let numbered = line.parse::<usize>().ok().and_then(|n| fits.get(n.checked_sub(1)?));
            let named = || whole.iter().find(|o| o.instance_type.eq_ignore_ascii_case(&line));
            match numbered.or_else(named) {
                Some(offer) if offer.sold => {
                    self.answer_launch(LaunchAnswer::Type(offer.instance_type.clone()))?;
                    return Ok(true);
                }
                Some(offer) => {
                    let (kind, zone) = (&offer.instance_type, &offer.zone);
                    self.say(&tell!(lang, "{kind} is sold out in {zone}.", "{kind} 在 {zone} 已售罄。"))?;
                }
                None => {
                    self.answer_launch(LaunchAnswer::Filter(line))?;
                    if self.types().is_empty() {
                        self.say(lang.of("Nothing matches.", "没有符合的。"))?;
                        self.answer_launch(LaunchAnswer::Filter(String::new()))?;
                    }
                }
            }
        }
    }

    fn ask_launch_name(&mut self) -> Result<bool> {
        let asked = self.console.state.lang.of(
            "Step 4, name. What is the instance to be called? An empty line leaves that to the cloud.",
            "第 4 步，名称。实例叫什么？空行则由云端命名。",
        );
        let Some(line) = self.line(asked)? else { return Ok(false) };
        self.answer_launch(LaunchAnswer::Name(line))?;
        Ok(true)
    }

    fn ask_network(&mut self) -> Result<bool> {
        let lang = self.console.state.lang;
        let asked = lang.of(
            "Step 5, network. Type the IDs of a VPC and of one of its subnets; an empty line is the default network \
             of the zone, stop stops.",
            "第 5 步，网络。请输入 VPC 及其一个子网的 ID；空行则用该可用区的默认网络，输入 stop 则停止。",
        );
        loop {
            let Some(line) = self.line(asked)?.filter(|l| l != "stop") else { return Ok(false) };
            self.answer_launch(LaunchAnswer::Network(line))?;
            match self.launch_form().map(|form| form.chosen_network(lang)) {
                Some(Err(wrong)) => self.say(&wrong)?,
                _ => return Ok(true),
            }
        }
    }

    /// The risks, and then the call, whose dry run comes first. True where a field of the form is to be asked for
    /// again.
    fn confirm_launch(&mut self) -> Result<bool> {
        let lang = self.console.state.lang;
        let Some(form) = self.launch_form() else { return Ok(false) };
        let action = form.action(&self.console.state);
        self.load_for(&action)?;
        self.answer_launch(LaunchAnswer::Review)?;
        let Some(form) = self.launch_form() else { return Ok(false) };
        if !form.is_ready() {
            self.say_launch_problems()?;
            let verdict = self.console.state.facts.verdict(&action);
            if verdict.kind() == Kind::Blocked {
                self.reasons(&action, &verdict)?;
                return Ok(false);
            }
            // Nothing of the form is missing where the facts are.
            return Ok(verdict.kind() == Kind::Allowed);
        }
        let verdict = form.shown().clone();
        self.say(lang.of("Step 6, risk.", "第 6 步，风险。"))?;
        let said = describe(&self.console.state, &action);
        self.say(&tell!(lang, "{said}.", "{said}。"))?;
        self.say(&match form.chosen_network(lang) {
            Ok(Some((vpc, subnet))) => tell!(
                lang,
                "In the network {vpc} {subnet}. It is billed by the hour from then on.",
                "网络为 {vpc} {subnet}。从那时起按小时计费。"
            ),
            _ => lang
                .of(
                    "In the default network. It is billed by the hour from then on.",
                    "使用默认网络。从那时起按小时计费。",
                )
                .to_owned(),
        })?;
        verdict.notes.iter().try_for_each(|note| self.note(note, ""))?;
        verdict.acknowledge.iter().try_for_each(|risk| self.risk(risk, ""))?;
        if !self.confirm(lang.of("Launch it?", "创建吗？"))? {
            return Ok(false);
        }
        loop {
            self.answer_launch(LaunchAnswer::Send)?;
            // Where the rules refuse it now, that was printed.
            let sent = self.console.state.acting.is_some();
            self.wait_for(|state| state.acting.is_none())?;
            // It closes where the instance was made.
            let Some(form) = self.launch_form() else { return Ok(false) };
            if sent {
                self.say_launch_problems()?;
            }
            // What is read after trouble shows whether the cloud is there.
            self.wait_for(|state| state.asking(|_| true).0 == 0)?;
            if !form.is_unsure() {
                return Ok(true);
            }
            let question = lang.of(
                "Whether it was made is not known. Ask once more? The call carries the same token, and the cloud makes \
                 no second instance for it.",
                "尚不知道实例是否已创建。再问一次吗？请求带有相同的令牌，云端不会为它创建第二台实例。",
            );
            if !self.ask_yes(question)? {
                self.say(lang.of(
                    "It stays unknown: look at instances before you try again.",
                    "结果仍未知：重试之前请先输入 instances 查看。",
                ))?;
                return Ok(false);
            }
        }
    }
}
