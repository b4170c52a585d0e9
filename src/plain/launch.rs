//! An instance from an image: the form's questions in lines, with its rules, its defaults and its one token.

use crate::tui::app::reads;
use crate::{
    facts::Load,
    i18n::lang::tell,
    jobs::{Goal, JobState},
    model::{ImageId, Offer, Region, plain},
    plain::{Plain, Told, instance::CHOICES},
    rules::{Action, Kind},
    tui::{
        screens::{
            confirm::describe,
            launch::{Focus, Launch, place::Way},
        },
        widgets::theme::Role,
    },
};

impl Plain {
    pub(crate) fn launch(&mut self, image: ImageId) -> Told {
        let first = Action::Launch {
            image: image.clone(),
            region: None,
            zone: None,
            instance_type: None,
            name: None,
        };
        if self.may(&first)?.is_none() {
            return Ok(());
        }
        let Some(its) = self.state.facts.image(&image).cloned() else { return Ok(()) };
        let (lang, name) = (self.state.lang, plain(&its.name));
        self.say(&tell!(
            lang,
            "Launch {name} ({image}, {}). Nothing is sent before you say yes.",
            "用 {name}（{image}，{}）创建实例。在您输入 yes 之前不会发送任何请求。",
            its.region
        ))?;
        let offers = Load::Offers(its.region.clone());
        self.change(|state, effects| reads::load(state, offers, effects))?;
        let mut form = Launch::new(&its, &mut self.state);
        form.ask(Focus::Region);
        loop {
            let goes_on = match form.asked() {
                Focus::Region => self.region_of(&mut form)?,
                Focus::Zone => self.zone_of(&mut form)?,
                Focus::Type => self.type_of(&mut form)?,
                Focus::Name => self.name_of(&mut form)?,
                Focus::Network => {
                    if !self.network_of(&mut form)? {
                        return self.nothing();
                    }
                    match self.make(form)? {
                        Some(again) => {
                            form = again;
                            true
                        }
                        None => return Ok(()),
                    }
                }
            };
            if !goes_on {
                return self.nothing();
            }
        }
    }

    /// Says what the form has against it.
    fn objections(&mut self, form: &Launch) -> Told {
        let lang = self.state.lang;
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

    fn region_of(&mut self, form: &mut Launch) -> Told<bool> {
        let lang = self.state.lang;
        let (here, mut there, mut first) = (form.region().clone(), Vec::new(), Vec::new());
        for (region, way) in form.ways(&self.state) {
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
            let mut way = None;
            if let Ok(region) = &region {
                self.change(|state, effects| way = form.put_region(region, state, effects))?;
            }
            match (way, region) {
                (Some(Way::Here | Way::Copy(_)), _) => return Ok(true),
                (Some(Way::CopyFirst), Ok(region)) => return self.copy_before(form, region),
                (Some(Way::Cannot(_)), _) => self.objections(form)?,
                _ => self.say(&tell!(
                    lang,
                    "{line} is no region. Type regions at the beginning for those there are.",
                    "{line} 不是地域。停止后输入 regions 可查看有哪些地域。"
                ))?,
            }
        }
    }

    /// Copies it, waits for the copy, and takes that; false where it does not come to that.
    fn copy_before(&mut self, form: &mut Launch, region: Region) -> Told<bool> {
        let mut goal = Goal::new(form.image().clone(), Vec::new(), vec![region.clone()]);
        if !self.decide(1, &mut goal)? {
            return Ok(false);
        }
        // Who says no here was told that nothing was changed.
        let Some(id) = self.start(1, &goal)? else { return Ok(false) };
        self.until(|state| state.jobs.get(&id).is_none_or(|j| j.is_over() || j.paused.is_some()))?;
        if self.state.jobs.get(&id).is_none_or(|j| j.state() != JobState::Done) {
            return Ok(false);
        }
        self.until(|state| state.asking(|l| matches!(l, Load::Image(..) | Load::Images(_))).0 == 0)?;
        let mut way = None;
        self.change(|state, effects| way = form.put_region(&region, state, effects))?;
        Ok(matches!(way, Some(Way::Here | Way::Copy(_))))
    }

    fn zone_of(&mut self, form: &mut Launch) -> Told<bool> {
        self.until(|state| state.asking(|l| matches!(l, Load::Offers(_))).0 == 0)?;
        let lang = self.state.lang;
        if let Some(why) = form.no_offers(&self.state) {
            self.say(&why)?;
            return Ok(false);
        }
        let all: Vec<(String, usize, usize)> = form
            .zones(&self.state)
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
        let Some(first) = form.zone(&self.state).map(str::to_owned) else {
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
                form.put_zone(zone);
                return Ok(true);
            }
            self.say(&tell!(lang, "{line} is none of these zones.", "{line} 不在这些可用区中。"))?;
        }
    }

    fn type_of(&mut self, form: &mut Launch) -> Told<bool> {
        let lang = self.state.lang;
        form.put_filter("");
        let whole: Vec<Offer> = form.types(&self.state).into_iter().cloned().collect();
        loop {
            let fits: Vec<Offer> = form.types(&self.state).into_iter().cloned().collect();
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
                    form.put_type(&offer.instance_type);
                    return Ok(true);
                }
                Some(offer) => {
                    let (kind, zone) = (&offer.instance_type, &offer.zone);
                    self.say(&tell!(lang, "{kind} is sold out in {zone}.", "{kind} 在 {zone} 已售罄。"))?;
                }
                None => {
                    form.put_filter(&line);
                    if form.types(&self.state).is_empty() {
                        self.say(lang.of("Nothing matches.", "没有符合的。"))?;
                        form.put_filter("");
                    }
                }
            }
        }
    }

    fn name_of(&mut self, form: &mut Launch) -> Told<bool> {
        let asked = self.state.lang.of(
            "Step 4, name. What is the instance to be called? An empty line leaves that to the cloud.",
            "第 4 步，名称。实例叫什么？空行则由云端命名。",
        );
        let Some(line) = self.line(asked)? else { return Ok(false) };
        form.put_name(&line);
        Ok(true)
    }

    fn network_of(&mut self, form: &mut Launch) -> Told<bool> {
        let lang = self.state.lang;
        let asked = lang.of(
            "Step 5, network. Type the IDs of a VPC and of one of its subnets; an empty line is the default network \
             of the zone, stop stops.",
            "第 5 步，网络。请输入 VPC 及其一个子网的 ID；空行则用该可用区的默认网络，输入 stop 则停止。",
        );
        loop {
            let Some(line) = self.line(asked)?.filter(|l| l != "stop") else { return Ok(false) };
            form.put_network(&line);
            match form.chosen_network(lang) {
                Ok(_) => return Ok(true),
                Err(wrong) => self.say(&wrong)?,
            }
        }
    }

    /// The risks, and then the call, whose dry run comes first. Gives the form back where a field is to be asked for
    /// again.
    fn make(&mut self, mut form: Launch) -> Told<Option<Launch>> {
        let lang = self.state.lang;
        let action = form.action(&self.state);
        self.learn_action(&action)?;
        self.change(|state, effects| form.go_on(state, effects))?;
        if !form.is_ready() {
            self.objections(&form)?;
            let verdict = self.state.facts.verdict(&action);
            if verdict.kind() == Kind::Blocked {
                self.reasons(&action, &verdict)?;
                return Ok(None);
            }
            // Nothing of the form is missing where the facts are.
            return Ok((verdict.kind() == Kind::Allowed).then_some(form));
        }
        let verdict = form.shown().clone();
        self.say(lang.of("Step 6, risk.", "第 6 步，风险。"))?;
        let said = describe(&self.state, &action);
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
        if !self.agreed(lang.of("Launch it?", "创建吗？"))? {
            return Ok(None);
        }
        loop {
            self.change(|state, effects| {
                form.send(state, effects);
                state.open(form);
            })?;
            // Where the rules refuse it now, that was said.
            let sent = self.state.acting.is_some();
            self.until(|state| state.acting.is_none())?;
            // It goes by itself where the instance was made.
            let Some(came_back) = self.state.close::<Launch>() else { return Ok(None) };
            form = *came_back;
            if sent {
                self.objections(&form)?;
            }
            // What is read after trouble shows whether the cloud is there.
            self.until(|state| state.asking(|_| true).0 == 0)?;
            if !form.is_unsure() {
                return Ok(Some(form));
            }
            let question = lang.of(
                "Whether it was made is not known. Ask once more? The call carries the same token, and the cloud makes \
                 no second instance for it.",
                "尚不知道实例是否已创建。再问一次吗？请求带有相同的令牌，云端不会为它创建第二台实例。",
            );
            if !self.is_yes(question)? {
                self.say(lang.of(
                    "It stays unknown: look at instances before you try again.",
                    "结果仍未知：重试之前请先输入 instances 查看。",
                ))?;
                return Ok(None);
            }
        }
    }
}
