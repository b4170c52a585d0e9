//! What is told of an instance beside its figures: the image that it runs, whose that is, and what was made from it.

use crate::{
    i18n::{self, lang::tell},
    model::{Image, ImageId, ImageKind, Instance},
    tui::{
        app::state::State,
        screens::tabs::{
            images::owner,
            instances::{Runs, runs},
            region_pane::Fact,
        },
        widgets::theme::Role,
    },
};

/// The facts, the most telling first.
pub fn told(state: &State, instance: &Instance) -> Vec<Fact> {
    let lang = state.lang;
    let mut facts = Vec::new();
    match runs(state, instance) {
        Runs::Unsaid => facts.push(Fact::new(
            lang.of("runs", "使用"),
            lang.of("the cloud does not say which image", "云端没有说用哪个镜像"),
            Role::Dim,
        )),
        Runs::Unknown(id) => facts.push(Fact::new(
            lang.of("runs", "使用"),
            tell!(lang, "{id} · asking what it is …", "{id} · 正在查询 …"),
            Role::Dim,
        )),
        Runs::Seen(image) => {
            facts.push(Fact::new(
                lang.of("runs", "使用"),
                format!("{} · {}", image.name, image.id),
                Role::Plain,
            ));
            facts.push(whose(state, image));
        }
        Runs::Gone(id, was) => {
            let from = was.and_then(|i| owner(state, i));
            let text = i18n::image_gone(id, was, from.as_deref(), state.lang);
            facts.push(Fact::new(lang.of("runs", "使用"), text, Role::Warn));
        }
    }
    let made = state.facts.made_from(&instance.id);
    if made.is_empty() {
        let text = tell!(
            lang,
            "no further image known: {}",
            "没有已知的衍生镜像：{}",
            i18n::made_unrecorded(state.lang)
        );
        facts.push(Fact::new(lang.of("made", "衍生"), text, Role::Dim));
    }
    facts.extend(
        made.into_iter().map(|id| Fact::new(lang.of("made", "衍生"), further(state, id), Role::Plain)),
    );
    facts
}

fn whose(state: &State, image: &Image) -> Fact {
    let lang = state.lang;
    let region = &image.region;
    match (image.kind, image.owner()) {
        (ImageKind::Own, _) => {
            Fact::new(lang.of("from", "来源"), lang.of("own image", "自有镜像"), Role::Plain)
        }
        (ImageKind::Public, _) => {
            Fact::new(lang.of("from", "来源"), lang.of("public image", "公共镜像"), Role::Plain)
        }
        (ImageKind::Received, None) => Fact::new(
            lang.of("from", "来源"),
            tell!(
                lang,
                "received from an account that the cloud does not name; still shared with you in {region}",
                "来自云端未说明的账号；在 {region} 仍共享给您"
            ),
            Role::Warn,
        ),
        (ImageKind::Received, Some(uin)) => {
            let who = match state.facts.accounts.get(&uin) {
                Some(name) => format!("{name}, {uin}"),
                None => tell!(lang, "{uin}, not in your address book", "{uin}，不在您的通讯录中"),
            };
            let trusted = state.facts.standing.trusted.contains(&uin);
            let trust =
                if trusted { lang.of("trusted", "已信任") } else { lang.of("not trusted", "未信任") };
            let text = tell!(
                lang,
                "received from {who} ({trust}); still shared with you in {region}",
                "来自 {who}（{trust}）；在 {region} 仍共享给您"
            );
            Fact::new(lang.of("from", "来源"), text, if trusted { Role::Plain } else { Role::Warn })
        }
    }
}

/// An image that was made from an instance.
fn further(state: &State, id: &ImageId) -> String {
    let lang = state.lang;
    match (state.facts.image(id), state.facts.gone_image(id)) {
        (Some(image), _) => format!("{} · {id} · {} · {}", image.name, image.region, image.state),
        (None, Some(was)) => {
            tell!(lang, "{} · {id} · {} · deleted", "{} · {id} · {} · 已删除", was.name, was.region)
        }
        (None, None) => id.to_string(),
    }
}
