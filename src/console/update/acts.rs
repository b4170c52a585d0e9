//! Actions: what opens for a wish, the one gate before anything changes, and what came of it.

use super::{fetch, load, note_trouble};
use crate::{
    console::{
        actions,
        effect::Effect,
        keymap::Command,
        message::{Load, Performed},
        overlays::{Confirm, Flow, Menu, Overlay, Rename, Unshare},
        state::State,
    },
    model::Image,
    rules::{self, Action, Code, Kind, Remedy, Verdict, clear},
    words,
};

/// An action of the selected row: it opens what asks for the rest, or says why it cannot be.
pub(super) fn wish(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let Some(row) = state.selected().cloned() else { return };
    let Some(line) = actions::line(state, &row, command) else {
        if command == Command::Trust {
            return not_yet(state, command);
        }
        return state.say(format!("There is nothing to {} here.", command.text()));
    };
    let image: Option<Image> = line.action.image().and_then(|id| state.facts.image(id)).cloned();
    if line.verdict.kind() == Kind::Unknown {
        fetch(state, &line.verdict.missing, effects);
        return state.say("Some facts are still being asked for; try again in a moment.");
    }
    // Cancel all, then delete: the one block that the command itself leads through.
    let cancel_first = match (&line.action, line.verdict.reasons.as_slice()) {
        (Action::Delete { .. }, [reason]) => match &reason.remedy {
            Remedy::Do(first) if matches!(**first, Action::Unshare { .. }) => Some((**first).clone()),
            _ => None,
        },
        _ => None,
    };
    if line.verdict.kind() == Kind::Blocked && cancel_first.is_none() {
        let cursor = actions::lines(state, &row).iter().position(|l| l.command == command).unwrap_or(0);
        refuse(state, &line.verdict);
        return state.overlays.push(Overlay::Menu(Menu::new(row, cursor)));
    }
    let Some(image) = image else { return not_yet(state, command) };
    let overlay = match command {
        Command::Share | Command::Copy => {
            let sharing = command == Command::Share;
            let draft = state.draft.take_if(|d| d.is_for(&image.id, sharing));
            Overlay::Flow(draft.unwrap_or_else(|| {
                Box::new(if sharing { Flow::share(image.id, image.region) } else { Flow::copy(image.id) })
            }))
        }
        Command::Unshare => Overlay::Unshare(Unshare::new(image.id)),
        Command::Rename => Overlay::Rename(Rename::new(&image)),
        Command::Delete => {
            let mut risks = line.verdict.acknowledge;
            let mut doing = vec![line.action];
            if let Some(first) = cancel_first {
                risks.extend(rules::check(&first, &state.facts).acknowledge);
                doing.insert(0, first);
            }
            let yes = if doing.len() > 1 { "Yes, cancel all and delete" } else { "Yes, delete" };
            let name = words::plain(&image.name).into_owned();
            Overlay::Confirm(
                Confirm::new(format!("Delete {name}"), yes, doing, risks, line.verdict.notes)
                    .with_typed(&name),
            )
        }
        _ => return not_yet(state, command),
    };
    state.overlays.push(overlay);
}

pub(super) fn not_yet(state: &mut State, command: Command) {
    state.complain(format!("To {}: this version does not do that yet.", command.text()));
}

/// Says the first reason of a verdict.
pub(in crate::console) fn refuse(state: &mut State, verdict: &Verdict) {
    match verdict.reasons.first() {
        Some(reason) => {
            let text = words::sentence(reason.code, &reason.args, state.lang);
            state.complain(text);
        }
        None if !verdict.missing.is_empty() => {
            state.say("Some facts are still being asked for; try again in a moment.")
        }
        None => state.complain("The risks were not all accepted; nothing was done."),
    }
}

/// The one gate: clears an action by the rules and has it done. False where the rules refuse, which is said.
pub(in crate::console) fn start(
    state: &mut State,
    action: Action,
    accepted: &[Code],
    effects: &mut Vec<Effect>,
) -> bool {
    match clear(action.clone(), &state.facts, accepted) {
        Ok(cleared) => {
            // The rules let nothing pass for an image that was not seen.
            let region = action.image().and_then(|id| state.facts.image(id)).map(|i| i.region.clone());
            if let Some(region) = region {
                state.acting = Some(action);
                effects.push(Effect::Perform(cleared, region));
            }
            true
        }
        Err(verdict) => {
            refuse(state, &verdict);
            false
        }
    }
}

/// Does what is next in line; where the rules refuse it, the rest is not done either.
pub(in crate::console) fn next_intent(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(intent) = state.intents.pop_front()
        && !start(state, intent.action, &intent.accepted, effects)
    {
        state.intents.clear();
    }
}

pub(super) fn on_performed(state: &mut State, performed: Performed, effects: &mut Vec<Effect>) {
    state.acting = None;
    let action = performed.cleared.action().clone();
    let Some(id) = action.image().cloned() else { return };
    let before = state.facts.image(&id).cloned();
    if let Some(shares) = performed.shares {
        state.facts.set_shares(id.clone(), shares);
    }
    if let Some(image) = performed.image {
        state.facts.add_images([image]);
    } else if performed.trouble.is_none() && matches!(action, Action::Delete { .. }) {
        state.facts.remove_image(&id);
    }
    let name = before.map_or_else(|| id.to_string(), |i| words::plain(&i.name).into_owned());
    if let Some(trouble) = performed.trouble {
        state.intents.clear();
        note_trouble(state, &trouble);
        if let Some(code) = rules::from_refusal(&action, &trouble.code) {
            effects.push(Effect::Log(format!(
                "rule-drift: {code} was not seen, the cloud said {} to {} of {id}",
                trouble.code,
                action.word()
            )));
        }
        if let (Action::Unshare { .. }, Some(image)) = (&action, state.facts.image(&id)) {
            // Some may be cancelled all the same; only a read can tell.
            let shares = Load::Shares(image.region.clone(), id.clone());
            load(state, shares, effects);
        }
        let request = trouble.request_id.map(|r| format!(" · request {r}")).unwrap_or_default();
        // What the rules have words for is told in them, whatever the cloud's own are.
        let text = match rules::from_refusal(&action, &trouble.code) {
            Some(code) => {
                let text = words::sentence(code, &rules::Args::new(), state.lang);
                text.trim_end_matches(['.', '。']).to_owned()
            }
            None => trouble.text,
        };
        state.complain(format!("{name}: {text} ({}){request}", trouble.code));
        return;
    }
    state.say(match &action {
        Action::Delete { .. } => format!("{name} is deleted."),
        Action::Unshare { .. } => {
            let left = state.facts.shares(&id).map_or(0, <[_]>::len);
            format!("Shares of {name} are cancelled; {left} left, read back.")
        }
        Action::Rename { .. } => format!("{name} is changed, read back."),
        _ => format!("{name}: done."),
    });
    next_intent(state, effects);
}
