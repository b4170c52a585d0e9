//! What is told of an instance beside its figures: the image that it runs, whose that is, and what was made from it.

use crate::{
    console::{
        state::State,
        tabs::{Role, Runs, owner, runs},
    },
    model::{Image, ImageId, ImageKind, Instance},
    words,
};

use super::Fact;

/// The facts, the most telling first.
pub fn told(state: &State, instance: &Instance) -> Vec<Fact> {
    let mut facts = Vec::new();
    match runs(state, instance) {
        Runs::Unsaid => facts.push(Fact::new("runs", "the cloud does not say which image", Role::Dim)),
        Runs::Unknown(id) => facts.push(Fact::new("runs", format!("{id} · asking what it is …"), Role::Dim)),
        Runs::Seen(image) => {
            facts.push(Fact::new("runs", format!("{} · {}", image.name, image.id), Role::Plain));
            facts.push(whose(state, image));
        }
        Runs::Gone(id, was) => {
            let from = was.and_then(|i| owner(state, i));
            let text = words::image_gone(id, was, from.as_deref(), state.lang);
            facts.push(Fact::new("runs", text, Role::Warn));
        }
    }
    let made = state.facts.made_from(&instance.id);
    if made.is_empty() {
        let text = format!("no further image known: {}", words::made_unrecorded(state.lang));
        facts.push(Fact::new("made", text, Role::Dim));
    }
    facts.extend(made.into_iter().map(|id| Fact::new("made", further(state, id), Role::Plain)));
    facts
}

fn whose(state: &State, image: &Image) -> Fact {
    let region = &image.region;
    match (image.kind, image.owner()) {
        (ImageKind::Own, _) => Fact::new("from", "own image", Role::Plain),
        (ImageKind::Public, _) => Fact::new("from", "public image", Role::Plain),
        (ImageKind::Received, None) => Fact::new(
            "from",
            format!(
                "received from an account that the cloud does not name; still shared with you in {region}"
            ),
            Role::Warn,
        ),
        (ImageKind::Received, Some(uin)) => {
            let who = match state.facts.accounts.get(&uin) {
                Some(name) => format!("{name}, {uin}"),
                None => format!("{uin}, not in your address book"),
            };
            let trusted = state.facts.standing.trusted.contains(&uin);
            let trust = if trusted { "trusted" } else { "not trusted" };
            let text = format!("received from {who} ({trust}); still shared with you in {region}");
            Fact::new("from", text, if trusted { Role::Plain } else { Role::Warn })
        }
    }
}

/// An image that was made from an instance.
fn further(state: &State, id: &ImageId) -> String {
    match (state.facts.image(id), state.facts.gone_image(id)) {
        (Some(image), _) => format!("{} · {id} · {} · {}", image.name, image.region, image.state),
        (None, Some(was)) => format!("{} · {id} · {} · deleted", was.name, was.region),
        (None, None) => id.to_string(),
    }
}
