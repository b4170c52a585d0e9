//! Formats errors of the cloud for people and for scripts.

use crate::{
    boundary::output::say,
    cloud::{self, Client, Sent},
    i18n::{self, clock::clock_warning},
    messages::{Lang, tr},
    rules::{self, Action, Args},
    session::{
        error::{ErrorShape, failure},
        setup::Setup,
    },
};

/// Warns if this machine's clock makes the cloud reject signatures, or soon will.
pub(crate) fn warn_clock(client: &Client, setup: &Setup) {
    if let Some(warning) = clock_warning(client.clock_skew(), setup.lang) {
        say(&warning);
    }
}

/// Returns the message of a cloud error for people.
pub(crate) fn message(error: &cloud::Error, lang: Lang) -> String {
    failure(error).details(lang)
}

/// Logs a refusal of the cloud that contradicts the verdict of the rules.
pub(crate) fn log_drift(action: &Action, error: &cloud::Error) {
    let about = match action {
        Action::Reinstall { instance, .. } | Action::Capture { instance, .. } => instance.as_str(),
        _ => action.image().map_or("", |image| image.as_str()),
    };
    if let Some(line) = rules::drift(action.as_str(), &error.code, about) {
        tracing::warn!("{line}");
    }
}

/// Returns the list that shows the outcome of an action.
fn list_of(action: &Action) -> &'static str {
    if action.image().is_some() { "images" } else { "instances" }
}

/// Returns a cloud error for scripts, with the rule that it means for this action, and what to do if the outcome is
/// unknown.
pub(crate) fn shape(action: &Action, error: &cloud::Error, lang: Lang) -> ErrorShape {
    let mut shape = ErrorShape::from_cloud(error, lang, &[]);
    if error.sent == Sent::Maybe {
        shape.fix = Some(tr!(lang, cloud_error_maybe_done, list = list_of(action)));
    } else if let Some(code) = rules::from_refusal(action, &error.code) {
        shape.fix = Some(i18n::sentence(code, &Args::new(), lang));
    }
    shape
}
