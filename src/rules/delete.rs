//! Rules for deleting an own image.

use super::{
    Action, Code, Facts, Missing, Reason, Remedy, ShareSelection, Verdict, args, common::owner_args,
};
use crate::model::{Image, ImageId, ImageKind};

pub(super) fn check(id: &ImageId, with_snapshots: bool, facts: &Facts, out: &mut Verdict) {
    let Some(image) = super::image(id, facts, out) else { return };
    out.reasons.extend(received(image, facts));
    out.reasons.extend(public(image));
    out.reasons.extend(job(image, facts));
    if image.kind != ImageKind::Own {
        return;
    }
    out.reasons.extend(busy(image));
    match facts.shares(id) {
        None => out.missing.push(Missing::Shares(id.clone())),
        Some(shares) => out.reasons.extend(shared(image, shares.len())),
    }
    instances(image, facts, out);
    snapshots(image, with_snapshots, out);
    out.acknowledge(Code::DeleteTypeName, args! { "name": image.name.as_str() });
}

fn shared(image: &Image, count: usize) -> Option<Reason> {
    (count > 0).then(|| Reason {
        code: Code::DeleteShared,
        args: args! { "name": image.name.as_str(), "shared": count },
        remedy: Remedy::Do(Box::new(Action::Unshare { image: image.id.clone(), which: ShareSelection::All })),
    })
}

fn received(image: &Image, facts: &Facts) -> Option<Reason> {
    (image.kind == ImageKind::Received).then(|| Reason {
        code: Code::DeleteReceived,
        args: owner_args(image, facts, args! { "name": image.name.as_str() }),
        remedy: Remedy::Outside,
    })
}

fn public(image: &Image) -> Option<Reason> {
    (image.kind == ImageKind::Public).then(|| Reason {
        code: Code::DeletePublic,
        args: args! { "name": image.name.as_str() },
        remedy: Remedy::None,
    })
}

/// Blocks the three states that the API documents as not deletable. A failed image can be deleted.
fn busy(image: &Image) -> Option<Reason> {
    image.state.is_transitional().then(|| {
        let mut args = args! { "name": image.name.as_str(), "state": image.state.as_str() };
        if let Some(percent) = image.sync_percent {
            args.insert("percent", percent.into());
        }
        Reason { code: Code::DeleteBusy, args, remedy: Remedy::Wait }
    })
}

fn job(image: &Image, facts: &Facts) -> Option<Reason> {
    facts.busy.get(&image.id).map(|job| Reason {
        code: Code::DeleteJob,
        args: args! { "name": image.name.as_str(), "job": job.as_str() },
        remedy: Remedy::Wait,
    })
}

fn instances(image: &Image, facts: &Facts, out: &mut Verdict) {
    let count = facts.running(&image.id).count();
    if count > 0 {
        out.note(Code::DeleteInstances, args! { "name": image.name.as_str(), "instances": count });
    }
}

fn snapshots(image: &Image, with_snapshots: bool, out: &mut Verdict) {
    if image.snapshots.is_empty() {
        return;
    }
    let total: u64 = image.snapshots.iter().map(|s| u64::from(s.size_gib)).sum();
    let mut args = args! { "snapshots": image.snapshots.len(), "total_gib": total };
    args.insert(if with_snapshots { "deleted" } else { "kept" }, true.into());
    out.note(Code::DeleteSnapshots, args);
}
