//! What the cloud refused or left open, for scripts and for people.

use crate::{
    cli::ErrorShape,
    cloud::{self, Sent},
    rules::{self, Action, Args},
    words::{self, Lang},
};

/// The server is the authority; where it contradicts a verdict, that is written down.
pub(super) fn drift(action: &Action, error: &cloud::Error) {
    if let Some(code) = rules::from_refusal(action, &error.code) {
        tracing::warn!("rule-drift: {code} was not seen, the cloud said {} to {}", error.code, action.word());
    }
}

/// What lists what an action is about.
fn lists(action: &Action) -> &'static str {
    if action.image().is_some() { "images" } else { "instances" }
}

/// An error of the cloud with what it means for this action, and what to do where its outcome is open.
pub(super) fn told(action: &Action, error: &cloud::Error, lang: Lang) -> ErrorShape {
    let mut shape = ErrorShape::of(error, lang, &[]);
    if error.sent == Sent::Maybe {
        let what = lists(action);
        shape.mend = Some(format!(
            "It may have been carried out all the same; look with cvmshare list {what} before trying again"
        ));
    } else if let Some(code) = rules::from_refusal(action, &error.code) {
        shape.mend = Some(words::sentence(code, &Args::new(), lang));
    }
    shape
}

/// The same in Chinese for people: the whole line, and what to do.
pub(super) fn spoken(action: &Action, error: &cloud::Error) -> (String, Option<String>) {
    let mend = match error.sent {
        Sent::Maybe => Some(format!("它可能已执行；重试之前请用 cvmshare list {} 查看", lists(action))),
        _ => told(action, error, Lang::Zh).mend,
    };
    (super::told(error, Lang::Zh), mend)
}
