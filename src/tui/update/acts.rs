//! Actions: what opens for a wish, the one gate before anything changes, and what came of it.

use crate::{
    facts::Load,
    i18n::{
        self,
        lang::{Lang, tell},
    },
    jobs::{CellState, Job, act::Extra},
    model::{Image, Region},
    rules::{Action, Kind, Missing, Note, Reason, Step, Verdict, cancel_first, clear},
    tui::{
        app::{actions, batch, effect::Effect, family, state::State},
        keymap::Command,
        screens::{
            Overlay, batch::Batch, capture::Capture, confirm::Confirm, flow::Flow, launch::Launch,
            menu::Menu, reinstall::Reinstall, rename::Rename, unshare::Unshare,
        },
        update::reads::{fetch, load},
        widgets::list::counted,
    },
};

/// An action of what is marked, or else of the selected row.
pub(crate) fn wish(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let images = batch::marked(state, command);
    if images.is_empty() {
        return wish_one(state, command, effects);
    }
    let items = images.iter().filter_map(|id| batch::item(state, id, command));
    let lacking: Vec<Missing> = items.flat_map(|item| item.verdict.missing.clone()).collect();
    fetch(state, &lacking, effects);
    state.overlays.push(Overlay::Batch(Batch::new(command, images)));
    if state.table().families {
        state.say(lang.of(
            "Of each family the image of its row alone; the copies are not touched.",
            "每族只动这一行自己的镜像，副本不动。",
        ));
    }
}

/// A row that stands for all copies of an image says which of them an action is for.
fn say_which(state: &mut State, image: &Image) {
    let others = family::of(state, image).len() - 1;
    if state.table().families && others > 0 {
        let name = i18n::plain(&image.name);
        let copies = counted(state.lang, others, "copy is", "copies are", "个副本");
        let region = &image.region;
        state.say(tell!(
            state.lang,
            "For {name} in {region} alone; its {copies} not touched.",
            "只针对 {region} 的 {name}，它的 {copies}不动。"
        ));
    }
}

/// An action of the selected row: it opens what asks for the rest, or says why it cannot be.
pub(crate) fn wish_one(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    if state.batch.is_some() {
        return state.complain(lang.of(
            "Several are still being done; try again when it is over.",
            "还有多个操作在进行，请等它结束后再试。",
        ));
    }
    let Some(row) = state.selected().cloned() else { return };
    let Some(line) = actions::line(state, &row, command) else {
        let what = command.text(state.lang);
        let text = tell!(state.lang, "There is nothing to {what} here.", "这里没有可以“{what}”的。");
        return state.say(text);
    };
    let image: Option<Image> = line.action.image().and_then(|id| state.facts.image(id)).cloned();
    if line.verdict.kind() == Kind::Unknown {
        fetch(state, &line.verdict.missing, effects);
        return state.say(lang.of(
            "Some facts are still being asked for; try again in a moment.",
            "还在查询一些信息，请稍后再试。",
        ));
    }
    let blocked = line.verdict.kind() == Kind::Blocked;
    if blocked && cancel_first(&line.action, &line.verdict).is_none() {
        let cursor = actions::lines(state, &row).iter().position(|l| l.command == command).unwrap_or(0);
        refuse(state, &line.verdict);
        return state.overlays.push(Overlay::Menu(Menu::new(row, cursor)));
    }
    if let Some(instance) = state.selected_instance() {
        let overlay = match command {
            Command::Reinstall => Overlay::Reinstall(Reinstall::new(instance)),
            Command::Capture => Overlay::Capture(Capture::new(instance)),
            _ => return,
        };
        return state.overlays.push(overlay);
    }
    let Some(image) = image else { return };
    say_which(state, &image);
    let overlay = match command {
        Command::Share | Command::Copy => {
            let sharing = command == Command::Share;
            let draft = state.draft.take_if(|d| d.is_for(&image.id, sharing));
            Overlay::Flow(draft.unwrap_or_else(|| {
                Box::new(if sharing { Flow::share(image.id, image.region) } else { Flow::copy(image.id) })
            }))
        }
        Command::Launch => {
            load(state, Load::Offers(image.region.clone()), effects);
            Overlay::Launch(Box::new(Launch::new(&image, state)))
        }
        Command::Unshare => Overlay::Unshare(Unshare::new(image.id.clone())),
        Command::Rename => Overlay::Rename(Rename::new(&image)),
        Command::Delete => {
            let Some(steps) = state.facts.guided(&line.action) else { return };
            let name = i18n::plain(&image.name).into_owned();
            let typed = name_to_type(state, &image);
            Overlay::Confirm(
                Confirm::new(tell!(lang, "Delete {name}", "删除 {name}"), "", steps).with_typed(&typed),
            )
        }
        _ => return,
    };
    state.overlays.push(overlay);
}

/// What people call the image or instance of an action, with the ID where another image has that name.
pub(crate) fn called(state: &State, action: &Action) -> String {
    let Some((id, name, _)) = state.facts.target(action) else {
        return action.image().map(ToString::to_string).unwrap_or_default();
    };
    let image = action.image().and_then(|id| state.facts.image(id));
    match image.is_some_and(|image| has_twin(state, image)) {
        true => format!("{} · {id}", i18n::plain(name)),
        false => i18n::plain(name).into_owned(),
    }
}

/// Whether another image of the kind has this one's name, in any region.
pub(crate) fn has_twin(state: &State, image: &Image) -> bool {
    state.facts.images().any(|i| i.id != image.id && i.kind == image.kind && i.name == image.name)
}

/// What a person types to delete an image: its name, or its ID where another own image has that name.
pub(crate) fn name_to_type(state: &State, image: &Image) -> String {
    match image.name.trim().is_empty() || has_twin(state, image) {
        true => image.id.to_string(),
        false => i18n::plain(&image.name).into_owned(),
    }
}

/// A reason whole: what, what to do, and the rule's code.
fn told(reason: &Reason, lang: Lang) -> String {
    let text = i18n::sentence(reason.code, &reason.args, lang);
    let fix = i18n::remedy(&reason.remedy, reason.code, lang);
    let fix = match fix.chars().next() {
        None => String::new(),
        Some(first) => {
            let rest = &fix[first.len_utf8()..];
            tell!(lang, " {0}{rest}.", "{0}{rest}。", first.to_uppercase())
        }
    };
    tell!(lang, "{text}{fix} ({})", "{text}{fix}（{}）", reason.code)
}

fn told_note(note: &Note, lang: Lang) -> String {
    tell!(lang, "{} ({})", "{}（{}）", i18n::sentence(note.code, &note.args, lang), note.code)
}

const ASKING: (&str, &str) =
    ("Some facts are still being asked for; try again in a moment.", "还在查询一些信息，请稍后再试。");

/// Says the first reason of a verdict; the others stand among the messages.
pub(crate) fn refuse(state: &mut State, verdict: &Verdict) {
    let lang = state.lang;
    let Some((first, others)) = verdict.reasons.split_first() else {
        return state.say(lang.of(ASKING.0, ASKING.1));
    };
    for other in others.iter().rev() {
        state.note(told(other, lang));
    }
    state.complain(told(first, lang));
}

/// Why an action cannot be done that was accepted with `shown`: all reasons, or what is new in the verdict.
pub(crate) fn refusal(verdict: &Verdict, shown: &Verdict, lang: Lang) -> String {
    let all = |texts: Vec<String>| texts.join(" ");
    match verdict.kind() {
        Kind::Blocked => all(verdict.reasons.iter().map(|r| told(r, lang)).collect()),
        Kind::Unknown => lang.of(ASKING.0, ASKING.1).to_owned(),
        Kind::Allowed => all(verdict.news_since(shown).iter().map(|n| told_note(n, lang)).collect()),
    }
}

/// The steps as the rules see them now; nothing where they cannot be done any more.
pub(crate) fn steps_now(state: &State, steps: &[Step]) -> Option<Vec<Step>> {
    state.facts.guided(&steps.last()?.action)
}

/// The first step that the rules refuse now, or that has in its verdict what the person has not seen: the verdict that
/// holds, and the one that was shown.
pub(crate) fn first_change(state: &State, steps: &[Step]) -> Option<(Verdict, Verdict)> {
    let now = steps_now(state, steps);
    let same = now.filter(|now| now.iter().map(|s| &s.action).eq(steps.iter().map(|s| &s.action)));
    steps.iter().enumerate().find_map(|(at, step)| {
        let verdict = match &same {
            Some(now) => now[at].verdict.clone(),
            None => (*state.facts.verdict(&step.action)).clone(),
        };
        let changed = !verdict.is_allowed() || !verdict.news_since(&step.verdict).is_empty();
        changed.then(|| (verdict, step.verdict.clone()))
    })
}

/// Says why what a person accepted cannot be done any more: it is refused now, or there is something in the verdict that
/// they have not seen.
pub(crate) fn changed(state: &mut State, verdict: &Verdict, shown: &Verdict) {
    if verdict.news_since(shown).is_empty() || !shown.is_allowed() {
        return refuse(state, verdict);
    }
    changed_to(state, &refusal(verdict, shown, state.lang));
}

/// The same of what is put in words already.
pub(crate) fn changed_to(state: &mut State, what: &str) {
    state.complain(tell!(
        state.lang,
        "Changed since you read it: {what} Nothing was done; read it again.",
        "您阅读之后有变化：{what} 未执行；请重新查看。"
    ));
}

/// The one gate: clears an action with the verdict that the person accepted, and has it done. False when it is refused
/// or has changed, which is said.
pub(crate) fn start(state: &mut State, action: Action, shown: &Verdict, effects: &mut Vec<Effect>) -> bool {
    start_with(state, action, shown, Extra::default(), effects)
}

/// The same with what the call says beside the action.
pub(crate) fn start_with(
    state: &mut State,
    action: Action,
    shown: &Verdict,
    extra: Extra,
    effects: &mut Vec<Effect>,
) -> bool {
    let begun = begin(state, action, shown, extra, effects);
    if let Err(verdict) = &begun {
        changed(state, verdict, shown);
    }
    begun.is_ok()
}

/// Clears an action and has it done, or gives back the verdict that holds now.
fn begin(
    state: &mut State,
    action: Action,
    shown: &Verdict,
    extra: Extra,
    effects: &mut Vec<Effect>,
) -> Result<(), Verdict> {
    let cleared = clear(action.clone(), &state.facts, shown)?;
    // No verdict allows anything for an image or instance that was not seen.
    if let Some((.., region)) = state.facts.target(&action) {
        let region = region.clone();
        state.acting = Some(action);
        effects.push(Effect::Perform(cleared, region, extra));
    }
    Ok(())
}

/// Does what is next in line; where the rules refuse it, the rest is not done either, but for that of a batch.
pub(crate) fn next_intent(state: &mut State, effects: &mut Vec<Effect>) {
    while let Some(intent) = state.intents.pop_front() {
        let (action, shown, lang) = (intent.action, intent.accepted, state.lang);
        let Err(now) = begin(state, action.clone(), &shown, intent.extra, effects) else { return };
        let why = refusal(&now, &shown, lang);
        if !batch::failed(state, &action, &why) {
            let (what, name) = (i18n::action(&action, lang), called(state, &action));
            state.complain(tell!(
                lang,
                "{what} was not done to {name}: {why}",
                "没有对 {name} 执行“{what}”：{why}"
            ));
            return state.intents.clear();
        }
    }
    batch::end(state);
}

/// Comes back to the launch that a copy had to come first for, once the copy is there and nobody is in the middle of
/// something else.
pub(crate) fn go_on_with_wanted(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    if !matches!(state.overlays.last(), None | Some(Overlay::Job(_))) || state.table().filtering {
        return;
    }
    let Some(wanted) = &state.wanted else { return };
    let copy = state.facts.copies.get(&wanted.image).and_then(|c| c.get(&wanted.region));
    if let Some(image) = copy.and_then(|id| state.facts.image(id)).filter(|i| i.is_normal()).cloned() {
        state.wanted = None;
        load(state, Load::Offers(image.region.clone()), effects);
        let launch = Launch::new(&image, state);
        state.overlays.push(Overlay::Launch(Box::new(launch)));
        let name = i18n::plain(&image.name).into_owned();
        state.say(tell!(
            lang,
            "The copy of {name} is in {}; the launch goes on.",
            "{name} 的副本已在 {}，继续创建实例。",
            image.region
        ));
        return;
    }
    let of_it =
        || state.jobs.values().filter(|j| j.image == wanted.image && j.cell(&wanted.region).is_some());
    if of_it().all(|j| j.is_over() && !gets(j, &wanted.region)) {
        // The copy failed or was given up, which its job says.
        state.wanted = None;
    }
}

/// Whether a job's copy in a region is there, so that only its read is waited for.
fn gets(job: &Job, region: &Region) -> bool {
    job.cell(region).is_some_and(|c| c.state == CellState::Ready)
}
