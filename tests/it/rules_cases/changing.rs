//! Cancelling shares, deleting, renaming.

use cvmshare::{
    model::ImageState,
    rules::{Action, Code, Facts, Remedy, ShareSelection},
};
use serde_json::json;

use super::{Add, Wanted, asks, blocked, choose, first, notes};
use crate::rules_world::*;

pub fn cases(case: &mut Add<'_>, same: &dyn Fn() -> Facts) {
    use Code::*;
    case(
        UnshareNone,
        unshare(FREE, &[]),
        same(),
        blocked(UnshareNone, json!({"name": "golden", "shared": 0}), Remedy::None),
    );
    case(
        UnshareNone,
        unshare(SHARED, &["100000000008"]),
        same(),
        blocked(
            UnshareNone,
            json!({"name": "golden-shared", "shared": 3, "accounts": ["100000000008"]}),
            Remedy::None,
        ),
    );
    case(
        UnshareNone,
        unshare(RECEIVED, &[]),
        same(),
        blocked(UnshareNone, json!({"name": "quay-base", "received": true}), Remedy::None),
    );
    case(
        UnshareNone,
        unshare(PUBLIC, &[]),
        same(),
        blocked(UnshareNone, json!({"name": "Ubuntu 24", "public": true}), Remedy::None),
    );
    case(UnshareNone, unshare(SHARED, &[BOREALIS]), same(), Wanted::Passes);
    case(
        UnshareNotNormal,
        unshare(SHARED, &[]),
        world(|f| {
            edit(f, SHARED, |i| {
                i.state = ImageState::Syncing;
                i.sync_percent = Some(42);
            });
        }),
        blocked(
            UnshareNotNormal,
            json!({"name": "golden-shared", "state": "SYNCING", "percent": 42}),
            Remedy::Wait,
        ),
    );
    case(UnshareNotNormal, unshare(SHARED, &[]), same(), Wanted::Passes);
    case(
        UnshareLivesOn,
        unshare(SHARED, &[]),
        same(),
        asks(UnshareLivesOn, json!({"name": "golden-shared"})),
    );
    case(UnshareLivesOn, unshare(SHARED, &[BOREALIS]), same(), Wanted::Accepted);
    case(
        UnshareForeign,
        unshare(SHARED, &[]),
        world(|f| {
            f.recorded_shares.remove(&(img(SHARED), uin(BOREALIS)));
        }),
        asks(UnshareForeign, json!({"count": 1, "accounts": ["Borealis Games"], "since": "2026-11-12"})),
    );
    case(UnshareForeign, unshare(SHARED, &[]), same(), Wanted::Passes);
    // Made by this program, cancelled, and made again by another user at another time.
    case(
        UnshareForeign,
        unshare(SHARED, &[BOREALIS]),
        world(|f| {
            let made = "2026-11-01T00:00:00Z".parse().ok();
            f.recorded_shares.insert((img(SHARED), uin(BOREALIS)), made);
        }),
        asks(UnshareForeign, json!({"count": 1, "accounts": ["Borealis Games"], "since": "2026-11-12"})),
    );
    case(
        UnshareForeign,
        unshare(SHARED, &[QUAY]),
        world(|f| {
            f.recorded_shares.remove(&(img(SHARED), uin(BOREALIS)));
        }),
        Wanted::Passes,
    );
    case(
        DeleteShared,
        delete(SHARED),
        same(),
        blocked(
            DeleteShared,
            json!({"name": "golden-shared", "shared": 3}),
            first(Action::Unshare { image: img(SHARED), which: ShareSelection::All }),
        ),
    );
    case(DeleteShared, delete(FREE), same(), Wanted::Passes);
    case(
        DeleteReceived,
        delete(RECEIVED),
        same(),
        blocked(
            DeleteReceived,
            json!({"name": "quay-base", "owner": QUAY, "owner_name": "Quay Labs"}),
            Remedy::Outside,
        ),
    );
    case(DeleteReceived, delete(FREE), same(), Wanted::Passes);
    case(
        RenameShared,
        rename(SHARED, Some("fresh"), None),
        same(),
        notes(RenameShared, json!({"name": "golden-shared", "shared": 3})),
    );
    case(RenameShared, rename(FREE, Some("fresh"), None), same(), Wanted::Passes);
    case(
        DeletePublic,
        delete(PUBLIC),
        same(),
        blocked(DeletePublic, json!({"name": "Ubuntu 24"}), Remedy::None),
    );
    case(DeletePublic, delete(OTHER), same(), Wanted::Passes);
    case(
        DeleteBusy,
        delete(FREE),
        world(|f| {
            edit(f, FREE, |i| {
                i.state = ImageState::Creating;
                i.sync_percent = Some(10);
            });
        }),
        blocked(DeleteBusy, json!({"name": "golden", "state": "CREATING", "percent": 10}), Remedy::Wait),
    );
    case(
        DeleteBusy,
        delete(FREE),
        world(|f| edit(f, FREE, |i| i.state = ImageState::CreateFailed)),
        Wanted::Passes,
    );
    case(
        DeleteJob,
        delete(FREE),
        world(|f| {
            f.busy.insert(img(FREE), "7f3a0b1c".into());
        }),
        blocked(DeleteJob, json!({"name": "golden", "job": "7f3a0b1c"}), Remedy::Wait),
    );
    case(
        DeleteJob,
        delete(FREE),
        world(|f| {
            f.busy.insert(img(OTHER), "7f3a0b1c".into());
        }),
        Wanted::Passes,
    );
    case(
        DeleteInstances,
        delete(FREE),
        same(),
        notes(DeleteInstances, json!({"name": "golden", "instances": 1})),
    );
    case(DeleteInstances, delete(FREE), world(|f| f.set_instances(&reg(GZ), vec![], at("2026-11-24"))), {
        Wanted::Passes
    });
    let snapshots = |f: &mut Facts| edit(f, FREE, |i| i.snapshots = vec![snapshot(50), snapshot(20)]);
    case(
        DeleteSnapshots,
        delete(FREE),
        world(snapshots),
        notes(DeleteSnapshots, json!({"snapshots": 2, "total_gib": 70, "kept": true})),
    );
    case(
        DeleteSnapshots,
        Action::Delete { image: img(FREE), with_snapshots: true },
        world(snapshots),
        notes(DeleteSnapshots, json!({"snapshots": 2, "total_gib": 70, "deleted": true})),
    );
    case(DeleteSnapshots, delete(FREE), same(), Wanted::Passes);
    case(DeleteTypeName, delete(FREE), same(), asks(DeleteTypeName, json!({"name": "golden"})));
    case(DeleteTypeName, delete(FREE), same(), Wanted::Accepted);
    case(
        RenameReceived,
        rename(RECEIVED, None, Some("mine")),
        same(),
        blocked(
            RenameReceived,
            json!({"name": "quay-base", "owner": QUAY, "owner_name": "Quay Labs"}),
            Remedy::Outside,
        ),
    );
    case(RenameReceived, rename(FREE, None, Some("mine")), same(), Wanted::Passes);
    case(
        RenamePublic,
        rename(PUBLIC, None, None),
        same(),
        blocked(RenamePublic, json!({"name": "Ubuntu 24"}), Remedy::None),
    );
    case(RenamePublic, rename(FREE, None, None), same(), Wanted::Passes);
    case(
        RenameNameTaken,
        rename(FREE, Some("golden-shared"), None),
        same(),
        blocked(
            RenameNameTaken,
            json!({"name": "golden-shared", "region": GZ, "image": SHARED}),
            choose("golden-shared-2"),
        ),
    );
    case(RenameNameTaken, rename(FREE, Some("golden"), None), same(), Wanted::Passes);
    case(RenameNameTaken, rename(FREE, Some("other"), None), same(), Wanted::Passes);
    case(
        RenameNameLength,
        rename(FREE, Some(&"n".repeat(61)), None),
        same(),
        blocked(RenameNameLength, json!({"length": 61, "limit": 60}), Remedy::Choose(None)),
    );
    case(
        RenameNameLength,
        rename(FREE, Some(""), None),
        same(),
        blocked(RenameNameLength, json!({"empty": true, "limit": 60}), Remedy::Choose(None)),
    );
    case(RenameNameLength, rename(FREE, Some(&"n".repeat(60)), None), same(), Wanted::Passes);
    case(
        RenameDescriptionLength,
        rename(FREE, None, Some(&"d".repeat(257))),
        same(),
        blocked(RenameDescriptionLength, json!({"length": 257, "limit": 256}), Remedy::Choose(None)),
    );
    case(RenameDescriptionLength, rename(FREE, None, Some(&"d".repeat(256))), same(), Wanted::Passes);
}
