//! `cvmshare list audit`: the journal of calls that make changes.

use serde_json::json;

use crate::{
    commands::printer::{self, Row},
    messages::m,
    session::{
        error::{CommandError, Exit},
        setup::Setup,
    },
};

/// Prints the writing calls of the journal, oldest first.
pub(crate) async fn list(setup: &Setup) -> Result<Exit, CommandError> {
    let entries = setup.journal().await?.audit().await?;
    let rows = entries.iter().map(|entry| {
        let outcome = entry.outcome.as_deref();
        Row {
            json: json!(entry),
            cells: vec![
                entry.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
                entry.profile.clone(),
                entry.account.clone().unwrap_or_else(|| "-".to_owned()),
                entry.action.clone(),
                entry.region.clone(),
                outcome.unwrap_or(setup.lang.text(m::cmd_audit_no_result_yet)).to_owned(),
                entry.request_id.clone().unwrap_or_else(|| "-".to_owned()),
                entry.what.clone(),
            ],
        }
    });
    let fields = "at,job,profile,account,action,region,what,outcome,request_id";
    let head = &[
        m::head_at,
        m::head_profile,
        m::head_account,
        m::head_action,
        m::head_region,
        m::head_outcome,
        m::head_request,
        m::head_what,
    ];
    printer::rows(setup, fields, head, rows.collect())?;
    Ok(Exit::Done)
}
