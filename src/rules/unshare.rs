//! Cancelling shares.

use super::{Code, Facts, Missing, Remedy, Verdict, Which, args, rows::not_normal};
use crate::model::{Image, ImageId, ImageKind, Share};

pub(super) fn check(id: &ImageId, which: &Which, facts: &Facts, out: &mut Verdict) {
    let Some(image) = super::image(id, facts, out) else { return };
    if image.kind != ImageKind::Own {
        // Only the owner may read and cancel them: there is nothing of ours here.
        let kind = if image.kind == ImageKind::Received { "received" } else { "public" };
        let args = args! { "name": image.name.as_str(), kind: true };
        out.block(Code::UnshareNone, args, Remedy::None);
        return;
    }
    // One API action shares and cancels, and it takes images that are NORMAL; the source of a running copy may not be.
    out.reasons.extend(not_normal(Code::UnshareNotNormal, image));
    match facts.shares(id) {
        None => out.missing.push(Missing::Shares(id.clone())),
        Some(shares) => {
            let meant = meant(shares, which);
            if meant.is_empty() {
                none(image, which, shares, facts, out);
            } else {
                foreign(image, &meant, facts, out);
            }
        }
    }
    out.ask(Code::UnshareLivesOn, args! { "name": image.name.as_str() });
}

/// The shares that would be cancelled; an empty choice means any.
fn meant<'a>(shares: &'a [Share], which: &Which) -> Vec<&'a Share> {
    match which {
        Which::Accounts(chosen) if !chosen.is_empty() => {
            shares.iter().filter(|s| chosen.contains(&s.account)).collect()
        }
        Which::All | Which::Accounts(_) => shares.iter().collect(),
    }
}

fn none(image: &Image, which: &Which, shares: &[Share], facts: &Facts, out: &mut Verdict) {
    let mut args = args! { "name": image.name.as_str(), "shared": shares.len() };
    if let Which::Accounts(chosen) = which
        && !chosen.is_empty()
    {
        let names: Vec<String> = chosen.iter().map(|a| facts.account_name(a)).collect();
        args.insert("accounts", names.into());
    }
    out.block(Code::UnshareNone, args, Remedy::None);
}

/// Shares that somebody else made, in the cloud's own console for instance.
fn foreign(image: &Image, meant: &[&Share], facts: &Facts, out: &mut Verdict) {
    let foreign: Vec<&&Share> = meant.iter().filter(|s| !facts.made_here(&image.id, &s.account)).collect();
    if foreign.is_empty() {
        return;
    }
    let names: Vec<String> = foreign.iter().map(|s| facts.account_name(&s.account)).collect();
    let mut args = args! { "accounts": names };
    if let Some(since) = foreign.iter().filter_map(|s| s.since).min() {
        args.insert("since", since.strftime("%Y-%m-%d").to_string().into());
    }
    out.ask(Code::UnshareForeign, args);
}
