//! What the cloud refused or left open, for scripts and for people.

use crate::{
    cloud::{self, Sent},
    commands::check::shown_word,
    i18n::{
        self,
        lang::{Lang, tell},
    },
    rules::{self, Action, Args, Verdict},
    session::error::ErrorShape,
};

/// The server is the authority; where it contradicts a verdict, that is written down.
pub(crate) fn drift(action: &Action, error: &cloud::Error) {
    let about = match action {
        Action::Reinstall { instance, .. } | Action::Capture { instance, .. } => instance.as_str(),
        _ => action.image().map_or("", |image| image.as_str()),
    };
    if let Some(line) = rules::drift(action.word(), &error.code, about) {
        tracing::warn!("{line}");
    }
}

/// Why an action was not carried out, for scripts: blocked (the first reason's code and fix, the sentences of all),
/// facts missing, or allowed with risks that were not accepted because they are new.
pub(crate) fn refusal(verdict: &Verdict, lang: Lang) -> ErrorShape {
    let shape = |code: &str, text: String, mend: String| ErrorShape {
        code: code.to_owned(),
        text,
        request_id: None,
        mend: (!mend.is_empty()).then_some(mend),
    };
    if let Some(first) = verdict.reasons.first() {
        let all: Vec<String> =
            verdict.reasons.iter().map(|r| i18n::sentence(r.code, &r.args, lang)).collect();
        return shape(first.code.as_str(), all.join(" "), i18n::remedy(&first.remedy, first.code, lang));
    }
    if !verdict.missing.is_empty() {
        let missing: Vec<String> = verdict.missing.iter().map(|m| shown_word(m, lang)).collect();
        return shape(
            "unknown",
            tell!(lang, "not known: {}", "未知：{}", missing.join(", ")),
            lang.of(
                "Name its region with --region, or try again where the cloud did not answer",
                "请用 --region 指明其地域，或在云端没有应答时重试",
            )
            .to_owned(),
        );
    }
    shape(
        "changed",
        lang.of("it has changed meanwhile, and nothing was done", "在此期间有变化，未执行").to_owned(),
        lang.of("Run the command again", "请重新运行该命令").to_owned(),
    )
}

/// What lists what an action is about.
fn lists(action: &Action) -> &'static str {
    if action.image().is_some() { "images" } else { "instances" }
}

/// An error of the cloud with what it means for this action, and what to do where its outcome is open.
pub(crate) fn told(action: &Action, error: &cloud::Error, lang: Lang) -> ErrorShape {
    let mut shape = ErrorShape::of(error, lang, &[]);
    if error.sent == Sent::Maybe {
        let what = lists(action);
        shape.mend = Some(format!(
            "It may have been carried out all the same; look with cvmshare list {what} before trying again"
        ));
    } else if let Some(code) = rules::from_refusal(action, &error.code) {
        shape.mend = Some(i18n::sentence(code, &Args::new(), lang));
    }
    shape
}

/// The same in Chinese for people: the whole line, and what to do.
pub(crate) fn spoken(action: &Action, error: &cloud::Error) -> (String, Option<String>) {
    let mend = match error.sent {
        Sent::Maybe => Some(format!("它可能已执行；重试之前请用 cvmshare list {} 查看", lists(action))),
        _ => told(action, error, Lang::Zh).mend,
    };
    (crate::commands::told(error, Lang::Zh), mend)
}
