//! The pane of an instance: the image that it runs, that image's owner, and the images that were made from the
//! instance.

use crate::{
    i18n,
    messages::{m, tr},
    model::{Image, ImageId, ImageKind, Instance},
    tui::{
        app::state::State,
        screens::tabs::{
            images::owner,
            instances::{InstanceImage, image_of},
            region_pane::LabeledText,
        },
        widgets::theme::Role,
    },
};

/// Returns the facts, the most important first.
pub fn facts(state: &State, instance: &Instance) -> Vec<LabeledText> {
    let lang = state.lang;
    let mut facts = Vec::new();
    match image_of(state, instance) {
        InstanceImage::Unsaid => facts.push(LabeledText::new(
            lang.text(m::instance_pane_runs),
            lang.text(m::common_image_unknown),
            Role::Dim,
        )),
        InstanceImage::Unknown(id) => facts.push(LabeledText::new(
            lang.text(m::instance_pane_runs),
            tr!(lang, common_asking_what_it_is, id),
            Role::Dim,
        )),
        InstanceImage::Seen(image) => {
            facts.push(LabeledText::new(
                lang.text(m::instance_pane_runs),
                format!("{} · {}", image.name, image.id),
                Role::Plain,
            ));
            facts.push(owner_fact(state, image));
        }
        InstanceImage::Gone(id, was) => {
            let from = was.and_then(|i| owner(state, i));
            let text = i18n::image_gone(id, was, from.as_deref(), state.lang);
            facts.push(LabeledText::new(lang.text(m::instance_pane_runs), text, Role::Warn));
        }
    }
    let made = state.facts.made_from(&instance.id);
    if made.is_empty() {
        let text = tr!(
            lang,
            instance_pane_no_further_image_known,
            made_unrecorded = state.lang.text(m::images_made_unrecorded)
        );
        facts.push(LabeledText::new(lang.text(m::instance_pane_made), text, Role::Dim));
    }
    facts.extend(made.into_iter().map(|id| {
        LabeledText::new(lang.text(m::instance_pane_made), made_image_text(state, id), Role::Plain)
    }));
    facts
}

fn owner_fact(state: &State, image: &Image) -> LabeledText {
    let lang = state.lang;
    let region = &image.region;
    match (image.kind, image.owner()) {
        (ImageKind::Own, _) => LabeledText::new(
            lang.text(m::instance_pane_from),
            lang.text(m::instance_pane_own_image),
            Role::Plain,
        ),
        (ImageKind::Public, _) => LabeledText::new(
            lang.text(m::instance_pane_from),
            lang.text(m::instance_pane_public_image),
            Role::Plain,
        ),
        (ImageKind::Received, None) => LabeledText::new(
            lang.text(m::instance_pane_from),
            tr!(lang, instance_pane_received_from_unknown, region),
            Role::Warn,
        ),
        (ImageKind::Received, Some(uin)) => {
            let who = match state.facts.accounts.get(&uin) {
                Some(name) => format!("{name}, {uin}"),
                None => tr!(lang, instance_pane_not_in_your_address_book, uin),
            };
            let trusted = state.facts.standing.trusted.contains(&uin);
            let trust = if trusted { lang.text(m::common_trusted) } else { lang.text(m::common_not_trusted) };
            let text = tr!(lang, instance_pane_received, who, trust, region);
            LabeledText::new(
                lang.text(m::instance_pane_from),
                text,
                if trusted { Role::Plain } else { Role::Warn },
            )
        }
    }
}

/// Returns the text about an image that was made from an instance.
fn made_image_text(state: &State, id: &ImageId) -> String {
    let lang = state.lang;
    match (state.facts.image(id), state.facts.gone_image(id)) {
        (Some(image), _) => format!("{} · {id} · {} · {}", image.name, image.region, image.state),
        (None, Some(was)) => {
            tr!(lang, instance_pane_deleted, name = was.name, id, region = was.region)
        }
        (None, None) => id.to_string(),
    }
}
