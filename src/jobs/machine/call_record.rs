//! Records of calls and failures.

use jiff::Timestamp;

use crate::{
    jobs::{
        answer::{Answer, Class, Outcome, class},
        job::{Call, CallRecord},
    },
    messages::Text,
    model::{FailureDetail, ImageState, JobFailure, Region},
};

/// Returns a failure with an error's code and message, and with the API action if its permission is missing.
pub(super) fn failure(code: &str, text: &Text, action: &str) -> JobFailure {
    let detail = (class(code) == Class::Denied).then(|| FailureDetail::Denied(action.to_owned()));
    JobFailure { detail, ..JobFailure::new(code, text.clone()) }
}

pub(super) fn call_record(call: &Call, outcome: &Outcome, at: Timestamp, source: &Region) -> CallRecord {
    let accounts = |n: usize| if n == 1 { "1 account".to_owned() } else { format!("{n} accounts") };
    let mut detail = match call {
        Call::Copy { to, .. } => to.iter().map(Region::as_str).collect::<Vec<_>>().join(", "),
        Call::Find { name, .. } => name.clone(),
        Call::Share { accounts: list, .. } => accounts(list.len()),
        Call::Look { image, .. } | Call::ReadShares { image, .. } => image.to_string(),
        Call::Verify { account, .. } => account.to_string(),
    };
    match (&outcome.answer, call) {
        (Answer::Image(Some(image)), Call::Look { .. }) => {
            detail = match (&image.state, image.sync_percent) {
                (ImageState::Syncing, Some(percent)) => format!("{percent} %"),
                (state, _) => state.to_string(),
            };
        }
        (Answer::Image(Some(image)), _) => detail = format!("{detail}: {}", image.id),
        (Answer::Image(None), _) => detail.push_str(": none"),
        (Answer::Shares(list), _) => detail = accounts(list.len()),
        (Answer::Seen(seen), _) => detail.push_str(if *seen { ": seen" } else { ": not seen" }),
        _ => {}
    }
    CallRecord {
        at,
        action: call.action().to_owned(),
        region: call.region().unwrap_or(source).clone(),
        outcome: match &outcome.answer {
            Answer::Refused { code, .. } => code.clone(),
            Answer::Lost { .. } => "lost".to_owned(),
            Answer::Unsent { .. } => "unsent".to_owned(),
            _ => "ok".to_owned(),
        },
        request_id: outcome.request_id.clone(),
        detail,
    }
}
