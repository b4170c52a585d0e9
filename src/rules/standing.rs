//! Rules that apply to every action.

use super::{Action, Args, Code, Facts, Note, Reason, Remedy, Verdict, args, common::unique};
use crate::model::{Region, Session};

pub(super) fn check(action: &Action, facts: &Facts, out: &mut Verdict) {
    out.reasons.extend(read_only(facts));
    out.reasons.extend(session(facts));
    out.reasons.extend(offline(facts));
    for region in unique(chosen_regions(action)) {
        out.reasons.extend(unknown_region(region, facts));
    }
    out.reasons.extend(busy(action, facts));
}

fn read_only(facts: &Facts) -> Option<Reason> {
    facts.standing.read_only.then(|| Reason {
        code: Code::ModeReadOnly,
        args: Args::new(),
        remedy: Remedy::Choose(None),
    })
}

fn session(facts: &Facts) -> Option<Reason> {
    let code = match facts.standing.session {
        Session::Valid => return None,
        Session::None => Code::SessionNone,
        Session::Expired => Code::SessionExpired,
    };
    Some(Reason { code, args: Args::new(), remedy: Remedy::SignIn })
}

fn offline(facts: &Facts) -> Option<Reason> {
    facts.standing.offline.then(|| Reason { code: Code::NetOffline, args: Args::new(), remedy: Remedy::Wait })
}

/// The cloud does not have a region that the person chose.
fn unknown_region(region: &Region, facts: &Facts) -> Option<Reason> {
    (!is_known(region, facts)).then(|| Reason {
        code: Code::RegionUnknown,
        args: args! { "region": region.as_str() },
        remedy: Remedy::Choose(nearest(region, facts)),
    })
}

/// A running job uses the image. Deleting has its own rule for this.
fn busy(action: &Action, facts: &Facts) -> Option<Reason> {
    if matches!(action, Action::Delete { .. }) {
        return None;
    }
    let job = facts.busy.get(action.image()?)?;
    Some(Reason { code: Code::JobBusy, args: args! { "job": job.as_str() }, remedy: Remedy::Wait })
}

/// Returns whether the cloud has the region. Returns true if the regions have not been read.
pub(super) fn is_known(region: &Region, facts: &Facts) -> bool {
    facts.known_regions.is_empty() || facts.known_regions.contains(region)
}

/// Returns a note with the number of own images, the quota, and the number of received images, which do not
/// count toward the quota (FAQ question F3). Returns `None` if the region has no received images or has not
/// been read.
pub fn quota_note(region: &Region, facts: &Facts) -> Option<Note> {
    let known = facts.images_known(region).ok().filter(|r| r.received > 0)?;
    Some(Note {
        code: Code::QuotaReceived,
        args: args! {
            "region": region.as_str(),
            "own": known.own,
            "quota": facts.image_quota(region),
            "received": known.received,
        },
    })
}

fn chosen_regions(action: &Action) -> Vec<&Region> {
    match action {
        Action::Share { with, .. } => with.iter().filter_map(|r| r.region.as_ref()).collect(),
        Action::Distribute { with, regions, .. } => {
            regions.iter().chain(with.iter().filter_map(|r| r.region.as_ref())).collect()
        }
        Action::Copy { to, .. } => to.iter().collect(),
        Action::Launch { region, .. } => region.iter().collect(),
        Action::Unshare { .. }
        | Action::Delete { .. }
        | Action::Rename { .. }
        | Action::Reinstall { .. }
        | Action::Capture { .. } => Vec::new(),
    }
}

/// Returns the known region with the smallest edit distance, if it is small enough to be a typing error.
fn nearest(region: &Region, facts: &Facts) -> Option<String> {
    facts
        .known_regions
        .iter()
        .map(|r| (distance(region.as_str(), r.as_str()), r))
        .min()
        .filter(|(d, _)| *d <= 3)
        .map(|(_, r)| r.to_string())
}

/// Returns the Levenshtein distance in bytes. Codes of regions, zones and types are ASCII.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut before = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let here = (before + usize::from(x != y)).min(left + 1).min(*cell + 1);
            before = *cell;
            *cell = here;
            left = here;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn counts_single_byte_edits() {
        assert_eq!(distance("ap-guangzhou", "ap-guangzhou"), 0);
        assert_eq!(distance("ap-guangzou", "ap-guangzhou"), 1);
        assert_eq!(distance("ap-guangzhouu", "ap-guangzhou"), 1);
        assert_eq!(distance("eu-frankfort", "eu-frankfurt"), 1);
        assert_eq!(distance("ab", "ba"), 2);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
