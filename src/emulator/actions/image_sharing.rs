//! DescribeImageSharePermission and ModifyImageSharePermission.

use serde_json::json;
use std::collections::BTreeSet;

use super::context::{Answer, Ctx, answer, empty_answer};
use crate::{
    emulator::{
        clock::iso,
        refusal::{Refusal, refuse, refuse_if},
        world::{Image, Ownership, Shared},
    },
    model::{ImageState, Uin},
};

pub(super) fn describe(ctx: &Ctx<'_>) -> Answer {
    let (image, whose) = ctx.image(ctx.params.str("ImageId"))?;
    if whose != Ownership::Own {
        return not_yours(image);
    }
    let shares: Vec<_> =
        image.shares.iter().map(|s| json!({ "CreatedTime": iso(s.since), "AccountId": s.account })).collect();
    answer(json!({ "SharePermissionSet": shares }))
}

fn not_yours<T>(image: &Image) -> Result<T, Refusal> {
    refuse(
        "UnauthorizedOperation.ImageNotBelongToAccount",
        format!("The image {} does not belong to the user.", image.id),
    )
}

pub(super) fn modify(ctx: &mut Ctx<'_>) -> Answer {
    let share = match ctx.params.str("Permission") {
        "SHARE" => true,
        "CANCEL" => false,
        other => {
            let message = format!("`Permission` is `{other}`; it should be SHARE or CANCEL.");
            return refuse("InvalidParameterValue", message);
        }
    };
    let mut seen = BTreeSet::new();
    let accounts: Vec<String> =
        ctx.params.texts("AccountIds").into_iter().filter(|a| seen.insert(*a)).map(str::to_owned).collect();
    if accounts.is_empty() {
        return ctx.missing("AccountIds");
    }
    if let Some(most) = ctx.quirks.accounts_per_call.filter(|most| accounts.len() > *most) {
        let message = format!("`AccountIds` has {} accounts; a call takes at most {most}.", accounts.len());
        return refuse("InvalidParameterValue.LimitExceeded", message);
    }
    let (image, whose) = ctx.image(ctx.params.str("ImageId"))?;
    let id = image.id.clone();
    match whose {
        Ownership::Own => {}
        Ownership::Received => return not_yours(image),
        Ownership::Public => {
            let message = format!("The image {id} is not allowed for this operation.");
            return refuse("InvalidParameterValue.InvalidImageId", message);
        }
    }
    let state = image.state(ctx.now);
    let message = format_args!("The image {id} is {state}; it should be NORMAL.");
    refuse_if(state != ImageState::Normal, "InvalidParameterValue.InvalidImageState", message)?;
    if share {
        check_shareable(image)?;
    }
    let now = ctx.now;
    let mut has: BTreeSet<Uin> = image.shares.iter().map(|s| s.account.clone()).collect();
    let mut refusal = None;
    let mut good = Vec::new();
    for account in &accounts {
        match check_account(ctx, account, share, &has) {
            Ok(uin) => {
                if share {
                    has.insert(uin.clone());
                }
                good.push(uin);
            }
            Err(e) => {
                refusal = Some(e);
                break;
            }
        }
    }
    // The vendor's pages do not say whether the accounts before a wrong one get the share. The quirk `share-batch`
    // decides.
    if refusal.is_none() || ctx.quirks.share_batch_prefix {
        let image = ctx.image_mut(&id)?;
        for uin in &good {
            let at = image.shares.iter().position(|s| s.account == *uin);
            match (share, at) {
                (true, None) => image.shares.push(Shared { account: uin.clone(), since: now }),
                (false, Some(at)) => drop(image.shares.remove(at)),
                (true, Some(_)) | (false, None) => {}
            }
        }
        ctx.changed |= !good.is_empty();
    }
    refusal.map_or_else(empty_answer, Err)
}

fn check_shareable(image: &Image) -> Result<(), Refusal> {
    let id = &image.id;
    let message = format_args!("The image {id} is encrypted; encrypted images cannot be shared.");
    refuse_if(image.encrypted, "UnsupportedOperation.EncryptedImagesNotSupported", message)?;
    let message = format_args!("The image {id} is a whole-machine image, which cannot be shared.");
    refuse_if(image.whole_machine, "InvalidParameter.InstanceImageNotSupport", message)?;
    let message = format_args!("The image {id} has its owner's own licence and cannot be shared.");
    refuse_if(image.byol, "FailedOperation.BYOLImageShareFailed", message)
}

/// Checks whether an account can get or lose the share. `has` are the accounts that have it already.
fn check_account(ctx: &Ctx<'_>, account: &str, share: bool, has: &BTreeSet<Uin>) -> Result<Uin, Refusal> {
    let Some(record) = ctx.world.account(account) else {
        return refuse("InvalidAccountId.NotFound", format!("The account `{account}` is not found."));
    };
    let uin = record.uin.clone();
    let message = format_args!("The account `{account}` is not a main account.");
    refuse_if(record.main.is_some(), "FailedOperation.NotMasterAccount", message)?;
    if uin == *ctx.me() {
        let code = if ctx.quirks.self_share_failed_operation {
            "FailedOperation.AccountIsYourSelf"
        } else {
            "InvalidAccountIs.YourSelf"
        };
        return refuse(code, "An image cannot be shared with its owner.");
    }
    if share && has.contains(&uin) {
        let message = format_args!("The image is shared with the account `{account}` already.");
        refuse_if(ctx.quirks.share_already_error, "FailedOperation.AccountAlreadyExists", message)?;
    } else if share && has.len() >= ctx.share_limit() {
        let message = format!("An image can be shared with at most {} accounts.", ctx.share_limit());
        return refuse("OverQuota", message);
    }
    Ok(uin)
}
