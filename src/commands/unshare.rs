//! `cvmshare unshare`.

use jiff::Timestamp;
use serde_json::json;

use crate::{
    cli::Consent,
    commands::{
        agree::{What, agree},
        check, gather, out, say, say_clock, told,
    },
    i18n,
    jobs::{Recorder, act},
    rules::{Action, Which, clear},
    session::{
        error::{Exit, Fault},
        flags::Format,
        setup::Setup,
    },
};

/// Cancels shares, reads back what is left, and prints it.
///
/// # Errors
/// [`Fault`]
pub async fn unshare(action: Action, ask: Consent, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let client = setup.client(setup.profile(), None)?;
    let gathered = gather::verdict(&action, setup, &client).await;
    say_clock(&client, setup);
    let (verdict, facts, problems) = gathered?;
    if ask.dry_run || !verdict.is_allowed() {
        return check::print(&action, &verdict, &facts, &problems, setup, format);
    }
    let Some(image) = action.image().and_then(|id| facts.image(id)).cloned() else {
        return Err(Fault::Failed("the image is not known".to_owned()).zh("没有找到该镜像"));
    };
    let (whom, zh) = match &action {
        Action::Unshare { which: Which::Accounts(accounts), .. } => {
            (format!("{} accounts", accounts.len()), format!(" {} 个账号", accounts.len()))
        }
        _ => {
            let all = facts.shares(&image.id).map_or(0, <[_]>::len);
            (format!("all {all} accounts"), format!("全部 {all} 个账号"))
        }
    };
    let what = What {
        en: format!("Cancel the shares of {} with {whom}", image.id),
        zh: format!("取消 {} 对{zh}的共享", image.id),
    };
    agree(ask, &what, &verdict.acknowledge, setup)?;
    let before: Vec<_> =
        facts.shares(&image.id).unwrap_or_default().iter().map(|s| s.account.clone()).collect();
    let cleared = match clear(action.clone(), &facts, &verdict) {
        Ok(cleared) => cleared,
        Err(verdict) => return check::print(&action, &verdict, &facts, &problems, setup, format),
    };
    let recorder = Recorder {
        journal: Some(setup.journal().await?),
        profile: setup.profile().name.clone(),
        account: facts.standing.me.clone(),
        job: None,
    };
    let at = Timestamp::now();
    let done = act::perform(&client, &cleared, &image.region, &recorder).await?;
    let me = facts.standing.me.clone();
    gather::remember_image(&image, done.shares.as_deref(), false, me, setup, at).await?;
    let after: Option<Vec<_>> = done.shares.map(|all| all.into_iter().map(|s| s.account).collect());
    if let Some(error) = &done.unread {
        say(&told(error, setup.lang));
    }
    let gone: Vec<_> = match (&after, &action) {
        (Some(after), _) => before.into_iter().filter(|a| !after.contains(a)).collect(),
        // Accepted, and what is left could not be read.
        (None, Action::Unshare { which: Which::Accounts(accounts), .. }) => accounts.clone(),
        (None, _) => before,
    };
    if !done.left.is_empty() {
        say(setup.lang.of(
            "the share list still shows some of them; it may lag behind: look again with cvmshare list shares",
            "共享列表仍显示其中一些账号；列表可能滞后：请稍后用 cvmshare list shares 查看",
        ));
    }
    let lines = |state: &'static str, all: &[crate::model::Uin]| -> Vec<out::Row> {
        let row = |uin: &crate::model::Uin| out::Row {
            json: json!({ "image": image.id, "region": image.region, "account": uin, "state": state }),
            shown: vec![uin.to_string(), i18n::progress(state, setup.lang).to_owned()],
        };
        all.iter().map(row).collect()
    };
    match format {
        Format::Json => {
            let document = json!({
                "action": "unshare", "image": image.id, "region": image.region, "cancelled": gone,
                "left": done.left, "shared_with": after,
                "calls": done.calls.iter().map(crate::jobs::report::CallReport::from).collect::<Vec<_>>(),
            });
            let text = serde_json::to_string_pretty(&document).map_err(|e| Fault::Failed(e.to_string()))?;
            out::json(&format!("{text}\n"))?;
        }
        _ => {
            let mut rows = lines("cancelled", &gone);
            rows.extend(lines("still shared", after.as_deref().unwrap_or_default()));
            let head = ["ACCOUNT", "STATE"];
            out::rows(format, setup.lang, &["image", "region", "account", "state"], &head, rows)?;
        }
    }
    Ok(if done.left.is_empty() && after.is_some() { Exit::Done } else { Exit::Partly })
}
