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
    i18n::{self, lang::text},
    jobs::{act::Extra, report::CallReport},
    model::{ImageId, Uin},
    rules::{Action, Which, clear},
    session::{
        error::{Exit, Fault},
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

/// Cancels shares, reads back what is left, and prints it.
///
/// # Errors
/// [`Fault`]
pub async fn unshare(args: &UnshareArgs, setup: &Setup) -> Result<Exit, Fault> {
    let which = if args.with.is_empty() { Which::All } else { Which::Accounts(args.with.clone()) };
    let action = Action::Unshare { image: args.image.clone(), which };
    let client = setup.client(setup.profile(), None)?;
    let (verdict, facts, problems) = lookup::verdict(&action, setup, &client).await?;
    if args.consent.dry_run || !verdict.is_allowed() {
        return verdict::print(&action, &verdict, &facts, &problems, setup);
    }
    let Some(image) = facts.image(&args.image).cloned() else {
        return Err(Fault::Failed(text!("the image is not known", "没有找到该镜像")));
    };
    let before: Vec<Uin> =
        facts.shares(&image.id).unwrap_or_default().iter().map(|s| s.account.clone()).collect();
    let (id, one_by_one, all) = (&image.id, args.with.len(), before.len());
    let what = match one_by_one {
        0 => {
            text!("Cancel the shares of {id} with all {all} accounts", "取消 {id} 对全部 {all} 个账号的共享")
        }
        n => text!("Cancel the shares of {id} with {n} accounts", "取消 {id} 对 {n} 个账号的共享"),
    };
    confirm(args.consent, &what, &verdict.acknowledge, None, setup)?;
    let cleared = match clear(action.clone(), &facts, &verdict) {
        Ok(cleared) => cleared,
        Err(verdict) => return verdict::print(&action, &verdict, &facts, &problems, setup),
    };
    let recorder = recorder(setup.journal().await?, facts.standing.me.clone(), None, setup);
    let runner = ActionRunner { client: &client, recorder, setup };
    let done = runner.perform(&cleared, &image.region, &Extra::default(), &facts).await?;
    let after: Option<Vec<Uin>> = done.shares.map(|all| all.into_iter().map(|s| s.account).collect());
    if let Some(error) = &done.unread {
        say(&message(error, setup.lang));
    }
    let gone: Vec<Uin> = match &after {
        Some(after) => before.into_iter().filter(|a| !after.contains(a)).collect(),
        // Accepted, and what is left could not be read.
        None if one_by_one > 0 => args.with.clone(),
        None => before,
    };
    if !done.left.is_empty() {
        say(setup.lang.of(
            "the share list still shows some of them; it may lag behind: look again with cvmshare list shares",
            "共享列表仍显示其中一些账号；列表可能滞后：请稍后用 cvmshare list shares 查看",
        ));
    }
    if setup.flags.output == Format::Json {
        printer::document(&json!({
            "action": "unshare", "image": image.id, "region": image.region, "cancelled": gone,
            "left": done.left, "shared_with": after,
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
        printer::rows(setup, fields, "ACCOUNT,STATE", rows)?;
    }
    Ok(if done.left.is_empty() && after.is_some() { Exit::Done } else { Exit::Partly })
}
