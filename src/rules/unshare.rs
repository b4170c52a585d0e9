//! Rules for cancelling shares.

use super::{Code, Facts, Missing, Remedy, ShareSelection, Verdict, args, common::not_normal};
use crate::model::{Image, ImageId, ImageKind, Share};

pub(super) fn check(id: &ImageId, which: &ShareSelection, facts: &Facts, out: &mut Verdict) {
    let Some(image) = super::image(id, facts, out) else { return };
    if image.kind != ImageKind::Own {
        // Only the owner may read and cancel shares.
        let kind = if image.kind == ImageKind::Received { "received" } else { "public" };
        let args = args! { "name": image.name.as_str(), kind: true };
        out.block(Code::UnshareNone, args, Remedy::None);
        return;
    }
    // ModifyImageSharePermission shares and cancels, and accepts only images in the state NORMAL. The source
    // of a running copy may have another state.
    out.reasons.extend(not_normal(Code::UnshareNotNormal, image));
    match facts.shares(id) {
        None => out.missing.push(Missing::Shares(id.clone())),
        Some(shares) => {
            let selected = selected(shares, which);
            if selected.is_empty() {
                nothing_to_cancel(image, which, shares, facts, out);
            } else {
                foreign(image, &selected, facts, out);
            }
        }
    }
    out.acknowledge(Code::UnshareLivesOn, args! { "name": image.name.as_str() });
}

/// Returns the shares to cancel. An empty list of accounts selects all shares.
fn selected<'a>(shares: &'a [Share], which: &ShareSelection) -> Vec<&'a Share> {
    match which {
        ShareSelection::Accounts(chosen) if !chosen.is_empty() => {
            shares.iter().filter(|s| chosen.contains(&s.account)).collect()
        }
        ShareSelection::All | ShareSelection::Accounts(_) => shares.iter().collect(),
    }
}

fn nothing_to_cancel(
    image: &Image,
    which: &ShareSelection,
    shares: &[Share],
    facts: &Facts,
    out: &mut Verdict,
) {
    let mut args = args! { "name": image.name.as_str(), "shared": shares.len() };
    if let ShareSelection::Accounts(chosen) = which
        && !chosen.is_empty()
    {
        let names: Vec<String> = chosen.iter().map(|a| facts.account_name(a)).collect();
        args.insert("accounts", names.into());
    }
    out.block(Code::UnshareNone, args, Remedy::None);
}

/// Shares that this program did not make, for example those made in the vendor's console.
fn foreign(image: &Image, selected: &[&Share], facts: &Facts, out: &mut Verdict) {
    let foreign: Vec<&&Share> = selected.iter().filter(|s| !facts.made_here(&image.id, &s.account)).collect();
    if foreign.is_empty() {
        return;
    }
    let names: Vec<String> = foreign.iter().map(|s| facts.account_name(&s.account)).collect();
    let mut args = args! { "count": names.len(), "accounts": names };
    if let Some(since) = foreign.iter().filter_map(|s| s.since).min() {
        args.insert("since", since.strftime("%Y-%m-%d").to_string().into());
    }
    out.acknowledge(Code::UnshareForeign, args);
}
