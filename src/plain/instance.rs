//! An instance reinstalled with another image, and an image made of an instance: the forms' questions in lines.

use std::sync::Arc;

use crate::{
    i18n::lang::tell,
    model::{ImageId, Instance, InstanceId, plain},
    plain::{Plain, Told},
    rules::{Action, Kind, Step, Verdict},
    tui::{
        screens::{
            capture::Capture,
            reinstall::{Reinstall, standing},
        },
        widgets::theme::Role,
    },
};

/// So many choices are told at once; words narrow them down.
pub(crate) const CHOICES: usize = 20;

impl Plain {
    pub(crate) fn reinstall(&mut self, instance: InstanceId) -> Told {
        let nothing = Action::Reinstall { instance: instance.clone(), image: None };
        let Some(its) = self.instance_of(&nothing)? else { return Ok(()) };
        let (lang, name) = (self.state.lang, plain(&its.name).into_owned());
        self.say(&tell!(
            lang,
            "Reinstall {name} ({instance}, {}). Nothing is sent before you say yes.",
            "重装 {name}（{instance}，{}）。在您输入 yes 之前不会发送任何请求。",
            its.zone
        ))?;
        let form = Reinstall::new(&its);
        self.learn(|state| form.choices(state).into_iter().flat_map(|(_, v)| v.missing.clone()).collect())?;
        let Some(image) = self.image_for(form, its.image.as_ref())? else { return self.nothing() };
        let action = Action::Reinstall { instance: instance.clone(), image: Some(image) };
        let Some(verdict) = self.may(&action)? else { return Ok(()) };
        let asked = tell!(
            lang,
            "To reinstall it, type its ID: {instance}. An empty line stops.",
            "重装前请输入实例 ID：{instance}；空行则停止。"
        );
        if self.line(&asked)?.as_deref() != Some(instance.as_str()) {
            return self
                .say(lang.of("The ID does not match; nothing was changed.", "ID 不符；没有任何更改。"));
        }
        self.ask_and_do(lang.of("Reinstall it?", "重装吗？"), vec![Step { action, verdict }])
    }

    /// The instance that an action is about; nothing where the action may not be.
    fn instance_of(&mut self, action: &Action) -> Told<Option<Instance>> {
        let (Action::Reinstall { instance, .. } | Action::Capture { instance, .. }) = action else {
            return Ok(None);
        };
        Ok(self.may(action)?.and_then(|_| self.state.facts.instance(instance).cloned()))
    }

    /// Which image; nothing where that is given up.
    fn image_for(&mut self, mut form: Reinstall, runs: Option<&ImageId>) -> Told<Option<ImageId>> {
        let lang = self.state.lang;
        loop {
            let choices: Vec<(ImageId, Arc<Verdict>)> =
                form.choices(&self.state).into_iter().map(|(image, v)| (image.id.clone(), v)).collect();
            let lines = form.choices(&self.state).into_iter().take(CHOICES).enumerate();
            let lines: Vec<String> = lines
                .map(|(n, (image, verdict))| {
                    let (said, _) = standing(&self.state, image, &verdict, runs == Some(&image.id));
                    let (n, name, said) =
                        (n + 1, plain(&image.name), said.replace(" · ", lang.of(", ", "，")));
                    tell!(lang, "{n}. {name}, {}, {said}", "{n}. {name}，{}，{said}", image.id)
                })
                .collect();
            lines.iter().try_for_each(|line| self.say(line))?;
            self.of_all(lines.len(), choices.len())?;
            let asked = lang.of(
                "With which image? Type its number or its ID, or words to search by. An empty line stops.",
                "用哪个镜像？请输入序号或 ID，或输入词来查找；空行则停止。",
            );
            let Some(line) = self.line(asked)?.filter(|l| !l.is_empty()) else { return Ok(None) };
            let numbered = line.parse::<usize>().ok().and_then(|n| choices.get(n.checked_sub(1)?));
            let named = || choices.iter().find(|(id, _)| id.as_str() == line);
            let Some((image, verdict)) = numbered.or_else(named) else {
                form.put_filter(&line);
                if form.choices(&self.state).is_empty() {
                    self.say(lang.of("Nothing matches.", "没有符合的。"))?;
                    form.put_filter("");
                }
                continue;
            };
            if verdict.kind() != Kind::Blocked {
                return Ok(Some(image.clone()));
            }
            let action = form.action(image);
            self.say(lang.of("It cannot be done.", "不能执行。"))?;
            self.reasons(&action, verdict)?;
        }
    }

    /// Says how many of how many were told, where it is not all of them.
    pub(crate) fn of_all(&mut self, told: usize, all: usize) -> Told {
        match told < all {
            true => self.say(&tell!(
                self.state.lang,
                "{told} of {all}; words narrow them down.",
                "已列出 {told}/{all}；输入词可缩小范围。"
            )),
            false => Ok(()),
        }
    }

    pub(crate) fn capture(&mut self, instance: InstanceId) -> Told {
        let nothing = Action::Capture { instance: instance.clone(), name: None };
        let Some(its) = self.instance_of(&nothing)? else { return Ok(()) };
        let (lang, name) = (self.state.lang, plain(&its.name).into_owned());
        self.say(&tell!(
            lang,
            "Make an image of {name} ({instance}, {}). Nothing is sent before you say yes.",
            "用 {name}（{instance}，{}）制作镜像。在您输入 yes 之前不会发送任何请求。",
            its.zone
        ))?;
        let mut form = Capture::new(&its);
        if !self.name_and_description(&mut form)? {
            return self.nothing();
        }
        self.change(|state, effects| form.review(state, effects))?;
        while form.is_reviewed() {
            for (text, role) in form.lines(&self.state, u16::MAX) {
                match role {
                    Role::Warn => self.say(&tell!(lang, "To accept: {text}", "须接受：{text}"))?,
                    _ => self.say(&tell!(lang, "Note: {text}", "提示：{text}"))?,
                }
            }
            if !self.agreed(lang.of("Make it?", "制作吗？"))? {
                return Ok(());
            }
            // Where it has changed meanwhile, that is said, and it is reviewed again.
            self.change(|state, effects| form.send(state, effects))?;
        }
        self.state.open(form);
        self.until(|state| state.acting.is_none())?;
        // It goes by itself where the image is being made.
        if let Some(form) = self.state.close::<Capture>() {
            for (text, _) in
                form.lines(&self.state, u16::MAX).into_iter().filter(|(_, role)| *role == Role::Bad)
            {
                self.say(&tell!(lang, "Problem: {text}", "问题：{text}"))?;
            }
        }
        Ok(())
    }

    /// Asks for both until the rules take them; false where that is given up.
    fn name_and_description(&mut self, form: &mut Capture) -> Told<bool> {
        let lang = self.state.lang;
        let name = form.name().to_owned();
        loop {
            let asked = tell!(
                lang,
                "Name of the image? An empty line is {name}; stop stops.",
                "镜像名称？空行则为 {name}；输入 stop 则停止。"
            );
            let Some(line) = self.line(&asked)?.filter(|l| l != "stop") else { return Ok(false) };
            form.put(Some(if line.is_empty() { &name } else { &line }), None);
            let action = form.action();
            self.learn_action(&action)?;
            let verdict = self.state.facts.verdict(&action);
            if verdict.is_allowed() {
                break;
            }
            self.reasons(&action, &verdict)?;
            if verdict.kind() == Kind::Unknown {
                self.say(lang.of(
                    "It is not known whether it can be done. Type refresh, and try again.",
                    "尚不确定能否执行。请输入 refresh 后重试。",
                ))?;
                return Ok(false);
            }
        }
        let most = self.state.facts.standing.limits.description_length as usize;
        loop {
            let asked = tell!(
                lang,
                "Description, of at most {most} characters? An empty line leaves it out.",
                "描述（最多 {most} 个字符）？空行则不填。"
            );
            let Some(line) = self.line(&asked)? else { return Ok(false) };
            if line.chars().count() <= most {
                form.put(None, Some(&line));
                return Ok(true);
            }
            self.say(&tell!(
                lang,
                "The description is longer than {most} characters.",
                "描述超过 {most} 个字符。"
            ))?;
        }
    }
}
