//! Sharing an own image, alone or with the copies that it needs first.

use std::collections::BTreeMap;

use super::{
    Action, Code, CopyIn, Facts, Limits, Missing, Reason, Remedy, Verdict, args, copy,
    rows::{each_once, not_normal, owner_args},
};
use crate::model::{Image, ImageId, ImageKind, Receiver, Receivers, Region, RuleSet, Uin};

/// Share in the image's own region, and through the copies that are already there.
pub(super) fn share(id: &ImageId, with: &[Receiver], facts: &Facts, out: &mut Verdict) {
    let Some(image) = common(id, with, &[], facts, out) else { return };
    if image.kind != ImageKind::Own {
        return;
    }
    let mut places = Places::default();
    for (region, accounts) in receivers_by_region(image, with, &[], facts) {
        match place(image, &region, facts) {
            Place::Held(held) => places.shared(image, held, &accounts, facts, out),
            Place::Away(held) => out.missing.push(Missing::Image(held)),
            Place::Nothing => {
                places.complete = false;
                // A region that the cloud does not have has its own row.
                if !super::standing::is_known(&region, facts) {
                    continue;
                }
                out.reasons.push(other_region(image, &region, &accounts, facts));
                out.reasons.extend(limit(0, accounts.len(), Some(&region), facts));
            }
        }
    }
    if with.is_empty() {
        out.reasons.extend(room(image, None, facts));
    }
    places.finish(with, out);
}

/// Copy where it is needed, then share: the Share rules but share.other-region, and the Copy rules for each region
/// that has no copy yet.
pub(super) fn distribute(
    id: &ImageId,
    with: &[Receiver],
    regions: &[Region],
    facts: &Facts,
    out: &mut Verdict,
) {
    let Some(image) = common(id, with, regions, facts, out) else { return };
    if image.kind != ImageKind::Own {
        return;
    }
    let mut wanted = receivers_by_region(image, with, regions, facts);
    for region in regions {
        wanted.entry(region.clone()).or_default();
    }
    if with.is_empty() && regions.is_empty() {
        out.reasons.extend(room(image, None, facts));
    }
    let mut places = Places::default();
    let mut copies = Vec::new();
    for (region, accounts) in &wanted {
        match place(image, region, facts) {
            Place::Held(held) if with.is_empty() => {
                out.reasons.extend(room(held, (held.id != image.id).then_some(region), facts));
            }
            Place::Held(held) => places.shared(image, held, accounts, facts, out),
            Place::Away(held) => out.missing.push(Missing::Image(held)),
            Place::Nothing => {
                places.complete = false;
                out.reasons.extend(limit(0, accounts.len(), Some(region), facts));
                copies.push(region);
            }
        }
    }
    copy::to_regions(image, &copies, &image.name, facts, out);
    places.finish(with, out);
}

/// What holds for the receivers and for the image itself, wherever it goes.
fn common<'a>(
    id: &ImageId,
    with: &[Receiver],
    regions: &[Region],
    facts: &'a Facts,
    out: &mut Verdict,
) -> Option<&'a Image> {
    let texts = with.iter().filter_map(|r| r.account.as_ref().err());
    out.reasons.extend(each_once(texts).into_iter().map(|t| account_form(t)));
    out.reasons.extend(accounts(with).into_iter().filter_map(|a| sub_account(a, facts)));
    out.reasons.extend(accounts(with).into_iter().filter_map(|a| not_known(a, facts)));
    if facts.standing.me.is_none() && !accounts(with).is_empty() {
        out.missing.push(Missing::Identity);
    }
    let image = super::image(id, facts, out)?;
    out.reasons.extend(received(image, facts));
    out.reasons.extend(public(image));
    if image.kind != ImageKind::Public {
        out.reasons.extend(not_normal(Code::ShareNotNormal, image));
    }
    if let Some(me) = &facts.standing.me {
        let mine = with.iter().filter(|r| r.account.as_ref() == Ok(me));
        let wanted = mine.flat_map(|r| r.regions(regions, &image.region));
        let elsewhere = each_once(wanted.map(|r| (*r != image.region).then_some(r)));
        out.reasons.extend(elsewhere.into_iter().map(|r| own_account(me, image, r, facts)));
    }
    out.reasons.extend(byol(image));
    out.reasons.extend(encrypted(image, facts));
    out.reasons.extend(whole_machine(image, facts));
    if image.kind == ImageKind::Own {
        out.ask(Code::ShareLeak, args! { "name": image.name.as_str() });
    }
    Some(image)
}

fn received(image: &Image, facts: &Facts) -> Option<Reason> {
    (image.kind == ImageKind::Received).then(|| Reason {
        code: Code::ShareReceived,
        args: owner_args(image, facts, args! { "name": image.name.as_str() }),
        remedy: Remedy::Outside,
    })
}

fn public(image: &Image) -> Option<Reason> {
    (image.kind == ImageKind::Public).then(|| Reason {
        code: Code::SharePublic,
        args: args! { "name": image.name.as_str() },
        remedy: Remedy::None,
    })
}

fn byol(image: &Image) -> Option<Reason> {
    image.byol.then(|| Reason {
        code: Code::ShareByol,
        args: args! { "name": image.name.as_str() },
        remedy: Remedy::Outside,
    })
}

fn encrypted(image: &Image, facts: &Facts) -> Option<Reason> {
    facts.probes.get(&image.id).filter(|p| p.encrypted).map(|_| Reason {
        code: Code::ShareEncrypted,
        args: args! { "name": image.name.as_str() },
        remedy: Remedy::Outside,
    })
}

fn whole_machine(image: &Image, facts: &Facts) -> Option<Reason> {
    facts.probes.get(&image.id).filter(|p| p.whole_machine).map(|_| Reason {
        code: Code::ShareWholeMachine,
        args: args! { "name": image.name.as_str() },
        remedy: Remedy::Outside,
    })
}

/// A text that is no account ID: what it looks like, and the digits in it where they are one.
fn account_form(text: &str) -> Reason {
    let kind = match text.split_once('@') {
        Some((head, _)) if head.parse::<Uin>().is_ok() => "bad_region",
        Some(_) => "email",
        None if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => "digits",
        None => "other",
    };
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '.' | '\u{a0}')).collect();
    let suggestion = (kind != "bad_region").then(|| digits.parse::<Uin>().ok()).flatten();
    let mut args = args! { "text": text };
    args.insert(kind, true.into());
    Reason {
        code: Code::ShareAccountForm,
        args,
        remedy: Remedy::Choose(suggestion.map(|uin| uin.to_string())),
    }
}

fn sub_account(account: &Uin, facts: &Facts) -> Option<Reason> {
    facts.sub_accounts.contains(account).then(|| Reason {
        code: Code::ShareSubAccount,
        args: args! { "account": account.as_str(), "account_name": facts.account_name(account) },
        remedy: Remedy::Choose(None),
    })
}

/// The profile shares only with accounts in the address book, and this one is not there.
fn not_known(account: &Uin, facts: &Facts) -> Option<Reason> {
    let standing = &facts.standing;
    let known = standing.receivers == Receivers::Any
        || standing.me.as_ref() == Some(account)
        || facts.accounts.contains_key(account)
        || facts.grouped.contains(account);
    (!known).then(|| Reason {
        code: Code::ShareNotKnown,
        args: args! { "account": account.as_str() },
        remedy: Remedy::Choose(None),
    })
}

/// Our own account needs no share; where it wants the image elsewhere, a copy does it.
fn own_account(me: &Uin, image: &Image, elsewhere: Option<&Region>, facts: &Facts) -> Reason {
    let mut args = args! { "account": me.as_str() };
    let mut remedy = Remedy::Choose(None);
    if let Some(region) = elsewhere {
        args.insert("region", region.as_str().into());
        let possible = image.kind == ImageKind::Own && super::standing::is_known(region, facts);
        if possible && matches!(place(image, region, facts), Place::Nothing) {
            remedy = copy_to(image, region);
        }
    }
    Reason { code: Code::ShareSelf, args, remedy }
}

fn other_region(image: &Image, region: &Region, accounts: &[&Uin], facts: &Facts) -> Reason {
    let names: Vec<String> = accounts.iter().map(|a| facts.account_name(a)).collect();
    Reason {
        code: Code::ShareOtherRegion,
        args: args! { "from": image.region.as_str(), "region": region.as_str(), "accounts": names },
        remedy: copy_to(image, region),
    }
}

fn copy_to(image: &Image, region: &Region) -> Remedy {
    Remedy::Do(Box::new(Action::Copy { image: image.id.clone(), to: vec![region.clone()], name: None }))
}

/// Whether even one more account could get an image that is there. `copy_in` is where it is a copy.
fn room(image: &Image, copy_in: Option<&Region>, facts: &Facts) -> Option<Reason> {
    limit(facts.shares(&image.id)?.len(), 0, copy_in, facts)
}

/// `shared` accounts have it and `new` would get it; with none new, whether even one more fits. Counted on the image
/// that is shared: a copy that does not exist yet has no shares.
fn limit(shared: usize, new: usize, region: Option<&Region>, facts: &Facts) -> Option<Reason> {
    let standing = &facts.standing;
    let limit = standing.limits.share_accounts;
    let fits = |limit: u32| shared + new.max(1) <= limit as usize;
    if fits(limit) {
        return None;
    }
    let newer = Limits::of(RuleSet::Current).share_accounts;
    let lifted = standing.rules == RuleSet::Faq && !standing.limits.share_accounts_set && fits(newer);
    let remedy = if lifted { Remedy::Newer(newer) } else { Remedy::Choose(None) };
    let mut args = args! { "shared": shared, "limit": limit };
    if new > 0 {
        args.insert("new", new.into());
        args.insert("total", (shared + new).into());
    }
    if let Some(region) = region {
        args.insert("region", region.as_str().into());
    }
    Some(Reason { code: Code::ShareLimit, args, remedy })
}

/// Where an image is for the receivers of one region.
enum Place<'a> {
    /// This image is there: the source itself or our copy.
    Held(&'a Image),
    /// Our copy should be there and has not been seen.
    Away(ImageId),
    /// Nothing of it is known to be there.
    Nothing,
}

fn place<'a>(image: &'a Image, region: &Region, facts: &'a Facts) -> Place<'a> {
    if *region == image.region {
        return Place::Held(image);
    }
    match facts.copy_in(image, region) {
        CopyIn::Held(copy) => Place::Held(copy),
        CopyIn::Unseen(id) => Place::Away(id.clone()),
        CopyIn::Nothing => Place::Nothing,
    }
}

/// The receivers that are accounts other than ours, by the region that they need it in.
fn receivers_by_region<'a>(
    image: &Image,
    with: &'a [Receiver],
    regions: &[Region],
    facts: &Facts,
) -> BTreeMap<Region, Vec<&'a Uin>> {
    let mut all = BTreeMap::<Region, Vec<&Uin>>::new();
    for receiver in each_once(with) {
        let Ok(account) = &receiver.account else { continue };
        if Some(account) == facts.standing.me.as_ref() {
            continue;
        }
        for region in receiver.regions(regions, &image.region) {
            let accounts = all.entry(region.clone()).or_default();
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
    }
    all
}

fn accounts(with: &[Receiver]) -> Vec<&Uin> {
    each_once(with.iter().filter_map(|r| r.account.as_ref().ok()))
}

/// What was seen of all places together, for share.already.
struct Places {
    /// Every account asked for is shared with already.
    complete: bool,
    names: Vec<String>,
    since: Option<jiff::Timestamp>,
}

impl Default for Places {
    fn default() -> Self {
        Self { complete: true, names: Vec::new(), since: None }
    }
}

impl Places {
    /// The image or a copy of it, and the accounts that should have it.
    fn shared(&mut self, image: &Image, held: &Image, accounts: &[&Uin], facts: &Facts, out: &mut Verdict) {
        if accounts.is_empty() {
            return;
        }
        let copy = (held.id != image.id).then_some(&held.region);
        if let Some(region) = copy
            && let Some(mut reason) = not_normal(Code::ShareNotNormal, held)
        {
            reason.args.insert("region", region.as_str().into());
            out.reasons.push(reason);
        }
        let Some(shares) = facts.shares(&held.id) else {
            self.complete = false;
            out.missing.push(Missing::Shares(held.id.clone()));
            return;
        };
        let mut new = 0;
        for account in accounts {
            match shares.iter().find(|s| s.account == **account) {
                Some(share) => {
                    self.names.push(facts.account_name(account));
                    self.since = [self.since, share.since].into_iter().flatten().min();
                }
                None => new += 1,
            }
        }
        if new > 0 {
            self.complete = false;
            out.reasons.extend(limit(shares.len(), new, copy, facts));
        }
    }

    /// The row about all places together.
    fn finish(self, with: &[Receiver], out: &mut Verdict) {
        if self.complete && !self.names.is_empty() && with.iter().all(|r| r.account.is_ok()) {
            let mut args = args! { "accounts": each_once(self.names) };
            if let Some(since) = self.since {
                args.insert("since", since.strftime("%Y-%m-%d").to_string().into());
            }
            out.block(Code::ShareAlready, args, Remedy::None);
        }
    }
}
