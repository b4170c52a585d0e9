//! Rules for sharing an own image, with or without copying it first.

use std::collections::BTreeMap;

use super::{
    Action, Code, CopyLookup, Facts, Limits, Missing, Reason, Remedy, Verdict, args,
    common::{not_normal, owner_args, unique},
    copy,
};
use crate::model::{Image, ImageId, ImageKind, Receiver, Receivers, Region, RuleSet, Uin};

/// Checks sharing in the image's own region and, through existing copies, in others.
pub(super) fn share(id: &ImageId, with: &[Receiver], facts: &Facts, out: &mut Verdict) {
    let Some(image) = common(id, with, &[], facts, out) else { return };
    if image.kind != ImageKind::Own {
        return;
    }
    let mut existing = ExistingShares::default();
    for (region, accounts) in receivers_by_region(image, with, &[], facts) {
        match place(image, &region, facts) {
            Place::Found(held) => existing.add(image, held, &accounts, facts, out),
            Place::Unseen(held) => out.missing.push(Missing::Image(held)),
            Place::NotFound => {
                existing.complete = false;
                // The rule `region.unknown` covers regions that the cloud does not have.
                if !super::standing::is_known(&region, facts) {
                    continue;
                }
                out.reasons.push(other_region(image, &region, &accounts, facts));
                out.reasons.extend(share_limit(0, accounts.len(), Some(&region), facts));
            }
        }
    }
    if with.is_empty() {
        out.reasons.extend(no_share_left(image, None, facts));
    }
    existing.finish(with, out);
}

/// Checks copying and then sharing. Applies the share rules except `share.other-region`, and the copy rules
/// for each region that has no copy yet.
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
        out.reasons.extend(no_share_left(image, None, facts));
    }
    let mut existing = ExistingShares::default();
    let mut copies = Vec::new();
    for (region, accounts) in &wanted {
        match place(image, region, facts) {
            Place::Found(held) if with.is_empty() => {
                out.reasons.extend(no_share_left(held, (held.id != image.id).then_some(region), facts));
            }
            Place::Found(held) => existing.add(image, held, accounts, facts, out),
            Place::Unseen(held) => out.missing.push(Missing::Image(held)),
            Place::NotFound => {
                existing.complete = false;
                out.reasons.extend(share_limit(0, accounts.len(), Some(region), facts));
                copies.push(region);
            }
        }
    }
    copy::to_regions(image, &copies, &image.name, facts, out);
    existing.finish(with, out);
}

/// Applies the rules about the receivers and the image that do not depend on the region.
fn common<'a>(
    id: &ImageId,
    with: &[Receiver],
    regions: &[Region],
    facts: &'a Facts,
    out: &mut Verdict,
) -> Option<&'a Image> {
    let texts = with.iter().filter_map(|r| r.account.as_ref().err());
    out.reasons.extend(unique(texts).into_iter().map(|t| account_form(t)));
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
        let elsewhere = unique(wanted.map(|r| (*r != image.region).then_some(r)));
        out.reasons.extend(elsewhere.into_iter().map(|r| own_account(me, image, r, facts)));
    }
    out.reasons.extend(byol(image));
    out.reasons.extend(encrypted(image, facts));
    out.reasons.extend(whole_machine(image, facts));
    if image.kind == ImageKind::Own {
        out.acknowledge(Code::ShareLeak, args! { "name": image.name.as_str() });
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

/// Blocks a text that is not an account ID. Reports what it looks like, and suggests its digits if they form
/// an account ID.
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

/// The profile shares only with accounts of the address book, and this one is not in it.
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

/// The profile's own account needs no share. If it needs the image in another region, the remedy is a copy.
fn own_account(me: &Uin, image: &Image, elsewhere: Option<&Region>, facts: &Facts) -> Reason {
    let mut args = args! { "account": me.as_str() };
    let mut remedy = Remedy::Choose(None);
    if let Some(region) = elsewhere {
        args.insert("region", region.as_str().into());
        let possible = image.kind == ImageKind::Own && super::standing::is_known(region, facts);
        if possible && matches!(place(image, region, facts), Place::NotFound) {
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

/// Blocks if the image cannot be shared with even one more account. `copy_in` is the region of the image if
/// it is a copy.
fn no_share_left(image: &Image, copy_in: Option<&Region>, facts: &Facts) -> Option<Reason> {
    share_limit(facts.shares(&image.id)?.len(), 0, copy_in, facts)
}

/// Blocks if `shared` existing plus `new` accounts exceed the limit. If `new` is 0, checks whether one more
/// account fits. The shares are counted on the image that is shared: a copy that does not exist yet has none.
fn share_limit(shared: usize, new: usize, region: Option<&Region>, facts: &Facts) -> Option<Reason> {
    let standing = &facts.standing;
    let limit = standing.limits.share_accounts;
    let fits = |limit: u32| shared + new.max(1) <= limit as usize;
    if fits(limit) {
        return None;
    }
    let newer = Limits::documented(RuleSet::Current).share_accounts;
    let lifted = standing.rules == RuleSet::Faq && !standing.limits.share_accounts_set && fits(newer);
    let remedy = if lifted { Remedy::CurrentRules(newer) } else { Remedy::Choose(None) };
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

/// The image that receivers in one region get.
enum Place<'a> {
    /// This image exists in the region: the source itself or a copy.
    Found(&'a Image),
    /// A job made this copy, and it has not been seen since.
    Unseen(ImageId),
    /// No copy is known.
    NotFound,
}

fn place<'a>(image: &'a Image, region: &Region, facts: &'a Facts) -> Place<'a> {
    if *region == image.region {
        return Place::Found(image);
    }
    match facts.copy_in(image, region) {
        CopyLookup::Found(copy) => Place::Found(copy),
        CopyLookup::Unseen(id) => Place::Unseen(id.clone()),
        CopyLookup::NotFound => Place::NotFound,
    }
}

/// Groups the receivers by the region in which they need the image. Leaves out the profile's own account.
fn receivers_by_region<'a>(
    image: &Image,
    with: &'a [Receiver],
    regions: &[Region],
    facts: &Facts,
) -> BTreeMap<Region, Vec<&'a Uin>> {
    let mut all = BTreeMap::<Region, Vec<&Uin>>::new();
    for receiver in unique(with) {
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
    unique(with.iter().filter_map(|r| r.account.as_ref().ok()))
}

/// Collects the existing shares of all regions for the rule `share.already`.
struct ExistingShares {
    /// Whether all requested accounts already have a share.
    complete: bool,
    names: Vec<String>,
    since: Option<jiff::Timestamp>,
}

impl Default for ExistingShares {
    fn default() -> Self {
        Self { complete: true, names: Vec::new(), since: None }
    }
}

impl ExistingShares {
    /// Adds the shares of one image. `held` is `image` or a copy of it; `accounts` are the receivers in its
    /// region.
    fn add(&mut self, image: &Image, held: &Image, accounts: &[&Uin], facts: &Facts, out: &mut Verdict) {
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
            out.reasons.extend(share_limit(shares.len(), new, copy, facts));
        }
    }

    /// Adds the rule `share.already` if every requested share exists.
    fn finish(self, with: &[Receiver], out: &mut Verdict) {
        if self.complete && !self.names.is_empty() && with.iter().all(|r| r.account.is_ok()) {
            let names = unique(self.names);
            let mut args = args! { "count": names.len(), "accounts": names };
            if let Some(since) = self.since {
                args.insert("since", since.strftime("%Y-%m-%d").to_string().into());
            }
            out.block(Code::ShareAlready, args, Remedy::None);
        }
    }
}
