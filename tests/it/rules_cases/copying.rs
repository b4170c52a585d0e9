//! Copying.

use cvmshare::{
    model::{ImageState, RuleSet, Trust},
    rules::{Code, Facts, Limits, Probe, Remedy},
};
use serde_json::json;

use super::{Add, Wanted, asks, blocked, choose, fill_region, notes, probe};
use crate::rules_world::*;

pub fn cases(case: &mut Add<'_>, same: &dyn Fn() -> Facts) {
    use Code::*;
    let current = |f: &mut Facts| f.standing.rules = RuleSet::Current;
    for facts in [same(), world(current)] {
        case(
            CopyReceived,
            copy(RECEIVED, &[SH]),
            facts,
            blocked(
                CopyReceived,
                json!({
                    "name": "quay-base", "from": GZ, "region": SH, "owner": QUAY, "owner_name": "Quay Labs",
                }),
                Remedy::Outside,
            ),
        );
    }
    for facts in [same, &|| world(current)] {
        case(CopyReceived, copy(RECEIVED, &[GZ]), facts(), Wanted::Passes);
        case(CopyReceived, copy(RECEIVED, &[]), facts(), Wanted::Passes);
        for to in [&[GZ][..], &[]] {
            let own = json!({"name": "quay-base", "region": GZ});
            case(CopyReceivedOwn, copy(RECEIVED, to), facts(), notes(CopyReceivedOwn, own));
        }
    }
    case(CopyReceivedOwn, copy(FREE, &[SH]), same(), Wanted::Passes);
    let quay = json!({"name": "quay-base", "region": GZ, "owner": QUAY, "owner_name": "Quay Labs"});
    case(CopyUntrusted, copy(RECEIVED, &[GZ]), same(), asks(CopyUntrusted, quay.clone()));
    case(CopyUntrusted, copy(RECEIVED, &[]), same(), Wanted::Accepted);
    case(
        CopyUntrusted,
        copy(RECEIVED, &[GZ]),
        world(|f| f.standing.trust = Trust::Enforce),
        blocked(CopyUntrusted, quay, Remedy::Choose(None)),
    );
    case(
        CopyUntrusted,
        copy(RECEIVED, &[GZ]),
        world(|f| {
            f.standing.trust = Trust::Enforce;
            f.standing.trusted.insert(uin(QUAY));
        }),
        Wanted::Passes,
    );
    case(
        CopyPublic,
        copy(PUBLIC, &[SH]),
        same(),
        blocked(CopyPublic, json!({"name": "Ubuntu 24"}), Remedy::None),
    );
    case(CopyPublic, copy(FREE, &[SH]), same(), Wanted::Passes);
    case(
        CopyNotNormal,
        copy(FREE, &[]),
        world(|f| edit(f, FREE, |i| i.state = ImageState::Other("EXPORTING".into()))),
        blocked(CopyNotNormal, json!({"name": "golden", "state": "EXPORTING"}), Remedy::Wait),
    );
    case(CopyNotNormal, copy(FREE, &[SH]), same(), Wanted::Passes);
    case(
        CopySameRegion,
        copy(FREE, &[SH, GZ]),
        same(),
        blocked(CopySameRegion, json!({"name": "golden", "region": GZ}), Remedy::Choose(None)),
    );
    case(CopySameRegion, copy(FREE, &[SH, SH]), same(), Wanted::Passes);
    case(
        CopyCrossBorder,
        copy(FREE, &["eu-frankfurt"]),
        same(),
        blocked(
            CopyCrossBorder,
            json!({"from": GZ, "region": "eu-frankfurt", "mainland": GZ}),
            Remedy::Outside,
        ),
    );
    case(
        CopyCrossBorder,
        distribute(FREE, &["100000000002@ap-hongkong"], &[SH]),
        same(),
        blocked(
            CopyCrossBorder,
            json!({"from": GZ, "region": "ap-hongkong", "mainland": GZ}),
            Remedy::Outside,
        ),
    );
    case(
        CopyCrossBorder,
        copy(FREE, &[GZ]),
        world(|f| edit(f, FREE, |i| i.region = reg("ap-singapore"))),
        blocked(
            CopyCrossBorder,
            json!({"from": "ap-singapore", "region": GZ, "mainland": GZ}),
            Remedy::Outside,
        ),
    );
    case(
        CopyCrossBorder,
        copy(FREE, &["eu-frankfurt"]),
        world(|f| edit(f, FREE, |i| i.region = reg("ap-hongkong"))),
        Wanted::Passes,
    );
    case(
        CopyFinance,
        copy(FREE, &["ap-shanghai-fsi"]),
        same(),
        blocked(
            CopyFinance,
            json!({"from": GZ, "region": "ap-shanghai-fsi", "finance": "ap-shanghai-fsi"}),
            Remedy::Outside,
        ),
    );
    case(
        CopyFinance,
        copy(FREE, &["ap-shanghai-fsi"]),
        world(|f| edit(f, FREE, |i| i.region = reg("ap-shenzhen-fsi"))),
        Wanted::Passes,
    );
    case(
        CopyNoCopyRegion,
        copy(FREE, &["ap-taipei"]),
        world(|f| edit(f, FREE, |i| i.region = reg("ap-hongkong"))),
        blocked(CopyNoCopyRegion, json!({"region": "ap-taipei"}), Remedy::Choose(None)),
    );
    case(
        CopyNoCopyRegion,
        copy(FREE, &["ap-hongkong"]),
        world(|f| edit(f, FREE, |i| i.region = reg("ap-taipei"))),
        Wanted::Passes,
    );
    case(
        CopyNameTaken,
        copy(FREE, &[SH, "ap-beijing"]),
        world(|f| {
            f.add_images([
                image("img-clash000", SH, "golden"),
                image("img-second00", "ap-beijing", "golden-2"),
            ]);
        }),
        blocked(
            CopyNameTaken,
            json!({"name": "golden", "region": SH, "image": "img-clash000"}),
            choose("golden-3"),
        ),
    );
    case(
        CopyNameTaken,
        copy_as(FREE, &[SH], &"x".repeat(60)),
        world(|f| f.add_images([image("img-clash000", SH, &"x".repeat(60))])),
        blocked(
            CopyNameTaken,
            json!({"name": "x".repeat(60), "region": SH, "image": "img-clash000"}),
            choose(&format!("{}-2", "x".repeat(58))),
        ),
    );
    case(
        CopyNameTaken,
        copy_as(FREE, &[SH], "fresh"),
        world(|f| f.add_images([image("img-clash000", SH, "golden")])),
        Wanted::Passes,
    );
    case(
        CopyNameLength,
        copy_as(FREE, &[], &"名".repeat(61)),
        same(),
        blocked(CopyNameLength, json!({"length": 61, "limit": 60}), Remedy::Choose(None)),
    );
    case(CopyNameLength, copy_as(FREE, &[SH], &"名".repeat(60)), same(), Wanted::Passes);
    case(CopyNameLength, copy_as(FREE, &[SH], ""), same(), Wanted::Passes);
    case(
        CopyDescriptionLength,
        copy(FREE, &[SH]),
        world(|f| edit(f, FREE, |i| i.description = "d".repeat(257).into())),
        blocked(CopyDescriptionLength, json!({"length": 257, "limit": 256}), Remedy::Choose(None)),
    );
    case(
        CopyDescriptionLength,
        copy(FREE, &[SH]),
        world(|f| edit(f, FREE, |i| i.description = "d".repeat(256).into())),
        Wanted::Passes,
    );
    case(
        CopyQuota,
        copy(FREE, &[SH]),
        world(|f| {
            fill_region(f, SH, 10);
            edit(f, OTHER, |i| i.created_at = Some(at("2026-01-01")));
        }),
        blocked(
            CopyQuota,
            json!({"region": SH, "own": 10, "quota": 10, "oldest": ["other"]}),
            Remedy::CurrentRules(500),
        ),
    );
    case(
        CopyQuota,
        distribute(FREE, &[], &[SH, "ap-beijing"]),
        world(|f| {
            fill_region(f, "ap-beijing", 2);
            f.regions.get_mut(&reg("ap-beijing")).unwrap().quota = Some(2);
        }),
        blocked(CopyQuota, json!({"region": "ap-beijing", "own": 2, "quota": 2}), Remedy::Choose(None)),
    );
    case(
        CopyQuota,
        copy(FREE, &[SH]),
        world(|f| {
            fill_region(f, SH, 10);
            f.standing.rules = RuleSet::Current;
            f.standing.limits = Limits::documented(RuleSet::Current);
        }),
        Wanted::Passes,
    );
    case(CopyQuota, copy(FREE, &[SH]), world(|f| fill_region(f, SH, 9)), Wanted::Passes);
    case(
        CopyQuota,
        copy(FREE, &[SH]),
        world(|f| {
            fill_region(f, SH, 10);
            f.regions.get_mut(&reg(SH)).unwrap().quota = Some(11);
        }),
        Wanted::Passes,
    );
    case(
        CopyEncrypted,
        copy(FREE, &[SH]),
        world(|f| probe(f, true, false)),
        blocked(CopyEncrypted, json!({"name": "golden"}), Remedy::Outside),
    );
    case(CopyEncrypted, copy(FREE, &[SH]), world(|f| probe(f, false, false)), Wanted::Passes);
    case(
        CopyEncrypted,
        copy(RECEIVED, &[]),
        world(|f| {
            f.probes.insert(img(RECEIVED), Probe { encrypted: true, whole_machine: false });
        }),
        Wanted::Passes,
    );
    case(
        CopyWholeMachine,
        copy(FREE, &[SH]),
        world(|f| probe(f, false, true)),
        blocked(CopyWholeMachine, json!({"name": "golden"}), Remedy::Outside),
    );
    case(CopyWholeMachine, copy(FREE, &[SH]), world(|f| probe(f, false, false)), Wanted::Passes);
    case(
        CopyStorage,
        copy(FREE, &[SH, "ap-beijing"]),
        same(),
        notes(CopyStorage, json!({"size_gib": 50, "regions": 2, "total_gib": 100})),
    );
    case(CopyStorage, copy(FREE, &[]), same(), notes(CopyStorage, json!({"size_gib": 50})));
    case(
        CopyStorage,
        distribute(FREE, &["100000000002@ap-shanghai", QUAY], &["ap-beijing", GZ]),
        same(),
        notes(CopyStorage, json!({"size_gib": 50, "regions": 2, "total_gib": 100})),
    );
    case(
        CopyStorage,
        distribute(FREE, &["100000000002@ap-shanghai"], &[GZ]),
        world(|f| add_copy(f, ImageState::Normal)),
        Wanted::Passes,
    );
}
