//! `cvmshare list audit`: every call that changed something, or was to.

use serde_json::json;

use crate::{
    commands::out::{self, Row},
    session::{
        error::{Exit, Fault},
        flags::Format,
        setup::Setup,
    },
};

/// Prints the journal's writing calls, oldest first.
pub(super) async fn list(setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let entries = setup.journal().await?.audit().await?;
    let rows = entries.iter().map(|entry| {
        let outcome = entry.outcome.as_deref();
        Row {
            json: json!(entry),
            shown: vec![
                entry.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
                entry.profile.clone(),
                entry.account.clone().unwrap_or_else(|| "-".to_owned()),
                entry.action.clone(),
                entry.region.clone(),
                outcome.unwrap_or(setup.lang.of("no result yet", "尚无结果")).to_owned(),
                entry.request_id.clone().unwrap_or_else(|| "-".to_owned()),
                entry.what.clone(),
            ],
        }
    });
    let fields = ["at", "job", "profile", "account", "action", "region", "what", "outcome", "request_id"];
    let head = ["AT", "PROFILE", "ACCOUNT", "ACTION", "REGION", "OUTCOME", "REQUEST", "WHAT"];
    out::rows(format, setup.lang, &fields, &head, rows.collect())?;
    Ok(Exit::Done)
}
