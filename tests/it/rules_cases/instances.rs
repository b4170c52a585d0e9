//! Launching, reinstalling, making an image.

use cvmshare::{
    model::{Image, ImageState, InstanceState, Offer, Trust},
    rules::{Action, Code, Facts, Remedy},
};
use serde_json::json;

use super::{Add, Wanted, asks, blocked, choose, fill_region, first, notes};
use crate::rules_world::*;

fn offer(zone: &str, instance_type: &str, cpu: u32, memory_gib: u32, sold: bool) -> Offer {
    Offer { zone: zone.into(), instance_type: instance_type.into(), cpu, memory_gib, sold }
}

/// A launch in Guangzhou. An empty text leaves the choice open.
fn launch_in(zone: &str, instance_type: &str) -> Action {
    let chosen = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Action::Launch {
        image: img(FREE),
        region: None,
        zone: chosen(zone),
        instance_type: chosen(instance_type),
        name: None,
    }
}

pub fn cases(case: &mut Add<'_>, same: &dyn Fn() -> Facts) {
    use Code::*;
    case(
        LaunchOtherRegion,
        launch(FREE, Some(SH)),
        same(),
        blocked(
            LaunchOtherRegion,
            json!({"name": "golden", "from": GZ, "region": SH, "own": true}),
            first(copy(FREE, &[SH])),
        ),
    );
    case(
        LaunchOtherRegion,
        launch(FREE, Some(SH)),
        world(|f| add_copy(f, ImageState::Normal)),
        blocked(
            LaunchOtherRegion,
            json!({"name": "golden", "from": GZ, "region": SH, "own": true}),
            choose("img-copy0000"),
        ),
    );
    case(
        LaunchOtherRegion,
        launch(RECEIVED, Some(SH)),
        same(),
        blocked(
            LaunchOtherRegion,
            json!({"name": "quay-base", "from": GZ, "region": SH, "owner": QUAY, "owner_name": "Quay Labs"}),
            Remedy::Outside,
        ),
    );
    // Not known as a copy, but with the same name, size and system.
    case(
        LaunchOtherRegion,
        launch(FREE, Some(SH)),
        world(|f| f.add_images([image("img-alike000", SH, "golden")])),
        blocked(
            LaunchOtherRegion,
            json!({"name": "golden", "from": GZ, "region": SH, "own": true}),
            choose("img-alike000"),
        ),
    );
    case(LaunchOtherRegion, launch(PUBLIC, Some(SH)), same(), Wanted::Passes);
    case(LaunchOtherRegion, launch(FREE, Some(GZ)), same(), Wanted::Passes);
    case(LaunchOtherRegion, launch(FREE, None), same(), Wanted::Passes);
    case(
        LaunchNotNormal,
        launch(FREE, None),
        world(|f| edit(f, FREE, |i| i.state = ImageState::Importing)),
        blocked(LaunchNotNormal, json!({"name": "golden", "state": "IMPORTING"}), Remedy::Wait),
    );
    case(LaunchNotNormal, launch(FREE, None), same(), Wanted::Passes);
    let quay = json!({"name": "quay-base", "region": GZ, "owner": QUAY, "owner_name": "Quay Labs"});
    let enforce = |f: &mut Facts| f.standing.trust = Trust::Enforce;
    let trusted = |f: &mut Facts| {
        f.standing.trust = Trust::Enforce;
        f.standing.trusted.insert(uin(QUAY));
    };
    case(LaunchUntrusted, launch(RECEIVED, None), same(), asks(LaunchUntrusted, quay.clone()));
    case(
        LaunchUntrusted,
        launch(RECEIVED, None),
        world(enforce),
        blocked(LaunchUntrusted, quay.clone(), Remedy::Choose(None)),
    );
    case(
        LaunchUntrusted,
        launch(RECEIVED, None),
        world(|f| {
            trusted(f);
            edit(f, RECEIVED, |i| i.creator = Some("".into()));
        }),
        blocked(LaunchUntrusted, json!({"name": "quay-base", "region": GZ}), Remedy::Choose(None)),
    );
    case(LaunchUntrusted, launch(RECEIVED, None), world(trusted), Wanted::Passes);
    case(LaunchUntrusted, launch(FREE, None), world(enforce), Wanted::Passes);
    // The region sells different sizes, so that their order by similarity can be checked.
    let sells = |f: &mut Facts| {
        f.set_offers(
            reg(GZ),
            vec![
                offer("ap-guangzhou-2", "S5.MEDIUM4", 2, 4, false),
                offer("ap-guangzhou-3", "S5.MEDIUM4", 2, 4, false),
                offer("ap-guangzhou-3", "S5.LARGE8", 4, 8, true),
                offer("ap-guangzhou-3", "SA5.MEDIUM4", 2, 4, true),
                offer("ap-guangzhou-4", "S5.MEDIUM4", 2, 4, true),
            ],
        );
    };
    case(
        LaunchZone,
        launch_in("ap-guangzhou-99", "S5.MEDIUM4"),
        world(sells),
        blocked(
            LaunchZone,
            json!({"zone": "ap-guangzhou-99", "region": GZ, "zones": ["ap-guangzhou-3", "ap-guangzhou-4"]}),
            choose("ap-guangzhou-3"),
        ),
    );
    case(
        LaunchZone,
        launch_in("ap-guangzhou-2", ""),
        world(sells),
        blocked(
            LaunchZone,
            json!({
                "zone": "ap-guangzhou-2", "region": GZ, "sold_out": true,
                "zones": ["ap-guangzhou-3", "ap-guangzhou-4"],
            }),
            choose("ap-guangzhou-3"),
        ),
    );
    case(
        LaunchZone,
        launch_in("ap-guangzhou-3", ""),
        world(|f| f.set_offers(reg(GZ), Vec::new())),
        blocked(LaunchZone, json!({"zone": "ap-guangzhou-3", "region": GZ}), Remedy::Choose(None)),
    );
    case(LaunchZone, launch_in("ap-guangzhou-3", ""), world(sells), Wanted::Passes);
    case(
        LaunchType,
        launch_in("ap-guangzhou-3", "S5.MEDIUM4"),
        world(sells),
        blocked(
            LaunchType,
            json!({
                "type": "S5.MEDIUM4", "place": "ap-guangzhou-3", "sold_out": true,
                "elsewhere": ["ap-guangzhou-4"], "types": ["SA5.MEDIUM4", "S5.LARGE8"],
            }),
            choose("SA5.MEDIUM4"),
        ),
    );
    case(
        LaunchType,
        launch_in("ap-guangzhou-4", "S5.LARGE8"),
        world(sells),
        blocked(
            LaunchType,
            json!({
                "type": "S5.LARGE8", "place": "ap-guangzhou-4", "elsewhere": ["ap-guangzhou-3"],
                "types": ["S5.MEDIUM4"],
            }),
            choose("S5.MEDIUM4"),
        ),
    );
    case(
        LaunchType,
        launch_in("", "S5.LARGE9"),
        world(sells),
        blocked(
            LaunchType,
            json!({"type": "S5.LARGE9", "place": GZ, "types": ["S5.LARGE8", "S5.MEDIUM4", "SA5.MEDIUM4"]}),
            choose("S5.LARGE8"),
        ),
    );
    case(LaunchType, launch_in("", "S5.MEDIUM4"), world(sells), Wanted::Passes);
    case(LaunchType, launch_in("ap-guangzhou-4", "S5.MEDIUM4"), world(sells), Wanted::Passes);
    case(
        LaunchOwnShared,
        launch(SHARED, None),
        same(),
        notes(LaunchOwnShared, json!({"name": "golden-shared", "shared": 3})),
    );
    case(LaunchOwnShared, launch(FREE, None), same(), Wanted::Passes);
    let family = |f: &mut Facts| {
        edit(f, FREE, |i| {
            i.family = Some("golden".into());
            i.deprecated = true;
        });
        f.add_images([
            Image { family: Some("golden".into()), ..image("img-family01", GZ, "golden-8") },
            Image {
                family: Some("golden".into()),
                created_at: Some(at("2026-11-01")),
                ..image("img-family02", GZ, "golden-9")
            },
        ]);
    };
    case(
        LaunchDeprecated,
        launch(FREE, None),
        world(family),
        notes(LaunchDeprecated, json!({"name": "golden", "newest": "golden-9", "newest_id": "img-family02"})),
    );
    case(
        LaunchDeprecated,
        launch(FREE, None),
        world(|f| edit(f, FREE, |i| i.deprecated = true)),
        notes(LaunchDeprecated, json!({"name": "golden"})),
    );
    case(LaunchDeprecated, launch("img-family02", None), world(family), Wanted::Passes);
    case(
        ReinstallOtherRegion,
        reinstall(STOPPED, Some(FREE)),
        same(),
        blocked(
            ReinstallOtherRegion,
            json!({"name": "golden", "from": GZ, "instance": STOPPED, "region": SH}),
            Remedy::Choose(None),
        ),
    );
    case(
        ReinstallOtherRegion,
        reinstall(STOPPED, Some(FREE)),
        world(|f| add_copy(f, ImageState::Normal)),
        blocked(
            ReinstallOtherRegion,
            json!({"name": "golden", "from": GZ, "instance": STOPPED, "region": SH}),
            choose("img-copy0000"),
        ),
    );
    case(ReinstallOtherRegion, reinstall(RUNNING, Some(FREE)), same(), Wanted::Passes);
    case(ReinstallOtherRegion, reinstall(STOPPED, Some(PUBLIC)), same(), Wanted::Passes);
    case(
        ReinstallNotNormal,
        reinstall(RUNNING, Some(FREE)),
        world(|f| edit(f, FREE, |i| i.state = ImageState::ImportFailed)),
        blocked(ReinstallNotNormal, json!({"name": "golden", "state": "IMPORTFAILED"}), Remedy::None),
    );
    case(ReinstallNotNormal, reinstall(RUNNING, Some(FREE)), same(), Wanted::Passes);
    case(
        ReinstallUntrusted,
        reinstall(RUNNING, Some(RECEIVED)),
        same(),
        asks(ReinstallUntrusted, quay.clone()),
    );
    case(
        ReinstallUntrusted,
        reinstall(RUNNING, Some(RECEIVED)),
        world(enforce),
        blocked(ReinstallUntrusted, quay, Remedy::Choose(None)),
    );
    case(ReinstallUntrusted, reinstall(RUNNING, Some(RECEIVED)), world(trusted), Wanted::Passes);
    let rebooting = |f: &mut Facts| {
        f.add_instances([cvmshare::model::Instance {
            state: InstanceState::Other("REBOOTING".into()),
            ..instance(RUNNING, GZ, FREE)
        }]);
    };
    case(
        ReinstallState,
        reinstall(RUNNING, None),
        world(rebooting),
        blocked(ReinstallState, json!({"instance": RUNNING, "state": "REBOOTING"}), Remedy::Wait),
    );
    let operation = |state: &'static str| {
        move |f: &mut Facts| {
            f.add_instances([cvmshare::model::Instance {
                latest_operation: Some(("ResetInstance".into(), state.into())),
                ..instance(RUNNING, GZ, FREE)
            }]);
        }
    };
    case(
        ReinstallState,
        reinstall(RUNNING, None),
        world(operation("OPERATING")),
        blocked(
            ReinstallState,
            json!({"instance": RUNNING, "state": "RUNNING", "operation": "ResetInstance"}),
            Remedy::Wait,
        ),
    );
    case(ReinstallState, reinstall(RUNNING, None), world(operation("SUCCESS")), Wanted::Passes);
    case(ReinstallState, reinstall(STOPPED, None), same(), Wanted::Passes);
    case(
        ReinstallWipes,
        reinstall(RUNNING, None),
        same(),
        asks(ReinstallWipes, json!({"instance": RUNNING, "name": "web-1", "disk_gib": 50})),
    );
    case(ReinstallWipes, reinstall(RUNNING, Some(FREE)), same(), Wanted::Accepted);
    case(
        CaptureQuota,
        capture(RUNNING, None),
        world(|f| f.regions.get_mut(&reg(GZ)).unwrap().quota = Some(2)),
        blocked(
            CaptureQuota,
            json!({"region": GZ, "own": 2, "quota": 2, "oldest": ["golden"]}),
            Remedy::Choose(None),
        ),
    );
    case(
        CaptureQuota,
        capture(RUNNING, None),
        world(|f| fill_region(f, GZ, 10)),
        blocked(
            CaptureQuota,
            json!({"region": GZ, "own": 10, "quota": 10, "oldest": ["golden"]}),
            Remedy::CurrentRules(500),
        ),
    );
    case(CaptureQuota, capture(RUNNING, None), same(), Wanted::Passes);
    case(
        CaptureNameTaken,
        capture(RUNNING, Some("golden")),
        same(),
        blocked(CaptureNameTaken, json!({"name": "golden", "region": GZ, "image": FREE}), choose("golden-2")),
    );
    case(CaptureNameTaken, capture(RUNNING, Some("other")), same(), Wanted::Passes);
    case(
        CaptureNameLength,
        capture(RUNNING, Some(&"n".repeat(61))),
        same(),
        blocked(CaptureNameLength, json!({"length": 61, "limit": 60}), Remedy::Choose(None)),
    );
    case(
        CaptureNameLength,
        capture(RUNNING, Some("")),
        same(),
        blocked(CaptureNameLength, json!({"empty": true, "limit": 60}), Remedy::Choose(None)),
    );
    case(CaptureNameLength, capture(RUNNING, Some(&"n".repeat(60))), same(), Wanted::Passes);
    case(
        CaptureState,
        capture(RUNNING, None),
        world(rebooting),
        blocked(CaptureState, json!({"instance": RUNNING, "state": "REBOOTING"}), Remedy::Wait),
    );
    case(CaptureState, capture(STOPPED, None), same(), Wanted::Passes);
    case(
        CaptureReceivedContent,
        capture(RUNNING, Some("mine")),
        world(|f| f.add_instances([instance(RUNNING, GZ, RECEIVED)])),
        notes(
            CaptureReceivedContent,
            json!({"name": "quay-base", "instance": RUNNING, "owner": QUAY, "owner_name": "Quay Labs"}),
        ),
    );
    case(CaptureReceivedContent, capture(RUNNING, Some("mine")), same(), Wanted::Passes);
}
