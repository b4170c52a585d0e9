//! `cvmshare unshare`.

use clap::Args;
use serde_json::json;

use crate::{
    boundary::output::say,
    commands::{
        action_runner::{ActionRunner, recorder},
        cloud_error::message,
        confirm::{Consent, confirm},
        lookup,
        printer::{self, Row},
        verdict,
    },
    i18n,
    jobs::{act::CallOptions, report::CallReport},
    messages::{m, text},
    model::{ImageId, Uin},
    rules::{Action, ShareSelection, clear},
    session::{
        error::{CommandError, Exit},
        flags::Format,
        setup::Setup,
    },
};

/// Which shares to cancel.
#[derive(Debug, Args)]
pub struct UnshareArgs {
    /// The image's ID
    pub image: ImageId,
    /// With these accounts
    #[arg(long, value_name = "UIN,...", value_delimiter = ',', required_unless_present = "all")]
    pub with: Vec<Uin>,
    /// With all accounts
    #[arg(long, conflicts_with = "with")]
    pub all: bool,
    /// Whether to ask
    #[command(flatten)]
    pub consent: Consent,
}

/// Cancels shares, reads the remaining ones, and prints them.
///
/// # Errors
///
/// [`CommandError`]
pub async fn unshare(args: &UnshareArgs, setup: &Setup) -> Result<Exit, CommandError> {
    let which =
        if args.with.is_empty() { ShareSelection::All } else { ShareSelection::Accounts(args.with.clone()) };
    let action = Action::Unshare { image: args.image.clone(), which };
    let client = setup.client(setup.profile(), None)?;
    let (verdict, facts, problems) = lookup::verdict(&action, setup, &client).await?;
    if args.consent.dry_run || !verdict.is_allowed() {
        return verdict::print(&action, &verdict, &facts, &problems, setup);
    }
    let Some(image) = facts.image(&args.image).cloned() else {
        return Err(CommandError::Failed(text!(cmd_unshare_image_is_not_known)));
    };
    let before: Vec<Uin> =
        facts.shares(&image.id).unwrap_or_default().iter().map(|s| s.account.clone()).collect();
    let (id, one_by_one, all) = (&image.id, args.with.len(), before.len());
    let what = match one_by_one {
        0 => {
            text!(cmd_unshare_question_all, id, all)
        }
        n => text!(cmd_unshare_question, id, n),
    };
    confirm(args.consent, &what, &verdict.acknowledge, None, setup)?;
    let cleared = match clear(action.clone(), &facts, &verdict) {
        Ok(cleared) => cleared,
        Err(verdict) => return verdict::print(&action, &verdict, &facts, &problems, setup),
    };
    let recorder = recorder(setup.journal().await?, facts.standing.me.clone(), None, setup);
    let runner = ActionRunner { client: &client, recorder, setup };
    let done = runner.perform(&cleared, &image.region, &CallOptions::default(), &facts).await?;
    let after: Option<Vec<Uin>> = done.shares.map(|all| all.into_iter().map(|s| s.account).collect());
    if let Some(error) = &done.unread {
        say(&message(error, setup.lang));
    }
    let gone: Vec<Uin> = match &after {
        Some(after) => before.into_iter().filter(|a| !after.contains(a)).collect(),
        // The calls were accepted, but the remaining shares could not be read.
        None if one_by_one > 0 => args.with.clone(),
        None => before,
    };
    if !done.still_listed.is_empty() {
        say(setup.lang.text(m::cmd_unshare_list_lags));
    }
    if setup.flags.output == Format::Json {
        printer::document(&json!({
            "action": "unshare", "image": image.id, "region": image.region, "cancelled": gone,
            "left": done.still_listed, "shared_with": after,
            "calls": done.calls.iter().map(CallReport::from).collect::<Vec<_>>(),
        }))?;
    } else {
        let row = |uin: &Uin, state: &str| Row {
            json: json!({ "image": image.id, "region": image.region, "account": uin, "state": state }),
            cells: vec![uin.to_string(), i18n::progress(state, setup.lang).to_owned()],
        };
        let left = after.iter().flatten().map(|uin| row(uin, "still shared"));
        let rows = gone.iter().map(|uin| row(uin, "cancelled")).chain(left).collect();
        let fields = "image,region,account,state";
        printer::rows(setup, fields, &[m::head_account, m::head_state], rows)?;
    }
    Ok(if done.still_listed.is_empty() && after.is_some() { Exit::Done } else { Exit::Partly })
}
