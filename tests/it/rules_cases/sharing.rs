//! Sharing, alone and with copies.

use cvmshare::{
    model::{ImageState, Receivers, RuleSet},
    rules::{Code, Facts, Limits, Reason, Remedy},
};
use serde_json::json;

use super::{Add, Wanted, asks, blocked, choose, first, probe};
use crate::rules_world::*;

pub fn cases(case: &mut Add<'_>, same: &dyn Fn() -> Facts) {
    use Code::*;
    let full = |n: u64| move |f: &mut Facts| f.set_shares(img(FREE), shares(n));
    case(
        ShareLimit,
        share_with(FREE, &[BOREALIS, QUAY, "100000000009"]),
        world(full(49)),
        blocked(
            ShareLimit,
            json!({"shared": 49, "new": 3, "total": 52, "limit": 50}),
            Remedy::CurrentRules(500),
        ),
    );
    case(
        ShareLimit,
        share_with(FREE, &[]),
        world(full(50)),
        blocked(ShareLimit, json!({"shared": 50, "limit": 50}), Remedy::CurrentRules(500)),
    );
    case(ShareLimit, share_with(FREE, &[BOREALIS]), world(full(49)), Wanted::Passes);
    case(ShareLimit, share_with(FREE, &[]), world(full(49)), Wanted::Passes);
    case(
        ShareLimit,
        share_with(FREE, &[BOREALIS]),
        world(|f| {
            full(499)(f);
            f.standing.limits = cvmshare::rules::Limits::documented(RuleSet::Current);
        }),
        Wanted::Passes,
    );
    case(
        ShareLimit,
        distribute(FREE, &["100000000002@ap-shanghai", "100000000003@ap-shanghai"], &[]),
        world(|f| f.standing.limits = Limits::documented(RuleSet::Faq).with_share_limit(Some(1))),
        blocked(
            ShareLimit,
            json!({"shared": 0, "new": 2, "total": 2, "limit": 1, "region": SH}),
            Remedy::Choose(None),
        ),
    );
    // Newer pages do not lift a limit of the profile, nor a number beyond their own limit.
    case(
        ShareLimit,
        share_with(FREE, &[BOREALIS]),
        world(|f| {
            full(50)(f);
            f.standing.limits = Limits::documented(RuleSet::Faq).with_share_limit(Some(50));
        }),
        blocked(ShareLimit, json!({"shared": 50, "new": 1, "total": 51, "limit": 50}), Remedy::Choose(None)),
    );
    case(
        ShareLimit,
        share_with(FREE, &[BOREALIS]),
        world(full(500)),
        blocked(
            ShareLimit,
            json!({"shared": 500, "new": 1, "total": 501, "limit": 50}),
            Remedy::Choose(None),
        ),
    );
    // The limit applies to the image that is shared: a new copy has no shares, and an existing one has its own.
    case(ShareLimit, distribute(FREE, &[BOREALIS, QUAY], &[SH]), world(full(49)), Wanted::Passes);
    case(ShareLimit, distribute(FREE, &["100000000002@ap-shanghai"], &[]), world(full(50)), Wanted::Passes);
    case(ShareLimit, distribute(FREE, &[], &[SH]), world(full(50)), Wanted::Passes);
    let copied = |n: u64| {
        move |f: &mut Facts| {
            full(50)(f);
            add_copy(f, ImageState::Normal);
            f.set_shares(img("img-copy0000"), shares(n));
        }
    };
    case(ShareLimit, distribute(FREE, &[BOREALIS, QUAY], &[SH]), world(copied(48)), Wanted::Passes);
    case(ShareLimit, share_with(FREE, &["100000000002@ap-shanghai"]), world(copied(49)), Wanted::Passes);
    for action in [
        distribute(FREE, &[BOREALIS, QUAY], &[SH]),
        share_with(FREE, &["100000000002@ap-shanghai", "100000000003@ap-shanghai"]),
    ] {
        case(
            ShareLimit,
            action,
            world(copied(49)),
            blocked(
                ShareLimit,
                json!({"shared": 49, "new": 2, "total": 51, "limit": 50, "region": SH}),
                Remedy::CurrentRules(500),
            ),
        );
    }
    case(
        ShareLimit,
        distribute(FREE, &[], &[SH]),
        world(copied(50)),
        blocked(ShareLimit, json!({"shared": 50, "limit": 50, "region": SH}), Remedy::CurrentRules(500)),
    );
    case(
        ShareReceived,
        share_with(RECEIVED, &[BOREALIS]),
        same(),
        blocked(
            ShareReceived,
            json!({"name": "quay-base", "owner": QUAY, "owner_name": "Quay Labs"}),
            Remedy::Outside,
        ),
    );
    case(
        ShareReceived,
        share_with(RECEIVED, &[]),
        world(|f| edit(f, RECEIVED, |i| i.creator = None)),
        blocked(ShareReceived, json!({"name": "quay-base"}), Remedy::Outside),
    );
    case(ShareReceived, share_with(FREE, &[BOREALIS]), same(), Wanted::Passes);
    case(
        SharePublic,
        share_with(PUBLIC, &[]),
        same(),
        blocked(SharePublic, json!({"name": "Ubuntu 24"}), Remedy::None),
    );
    case(SharePublic, share_with(FREE, &[]), same(), Wanted::Passes);
    case(
        ShareOtherRegion,
        share_with(FREE, &["100000000002@ap-shanghai", QUAY]),
        same(),
        blocked(
            ShareOtherRegion,
            json!({"from": GZ, "region": SH, "accounts": ["Borealis Games"]}),
            first(copy(FREE, &[SH])),
        ),
    );
    case(ShareOtherRegion, share_with(FREE, &["100000000002@ap-guangzhou"]), same(), Wanted::Passes);
    case(
        ShareOtherRegion,
        share_with(FREE, &["100000000002@ap-shanghai"]),
        world(|f| add_copy(f, ImageState::Normal)),
        Wanted::Passes,
    );
    case(ShareOtherRegion, distribute(FREE, &["100000000002@ap-shanghai"], &[]), same(), Wanted::Passes);
    case(
        ShareNotNormal,
        share_with(FREE, &[]),
        world(|f| {
            edit(f, FREE, |i| {
                i.state = ImageState::Syncing;
                i.sync_percent = Some(42);
            });
        }),
        blocked(ShareNotNormal, json!({"name": "golden", "state": "SYNCING", "percent": 42}), Remedy::Wait),
    );
    case(
        ShareNotNormal,
        share_with(FREE, &[BOREALIS]),
        world(|f| edit(f, FREE, |i| i.state = ImageState::CreateFailed)),
        blocked(ShareNotNormal, json!({"name": "golden", "state": "CREATEFAILED"}), Remedy::None),
    );
    case(
        ShareNotNormal,
        share_with(FREE, &["100000000002@ap-shanghai"]),
        world(|f| add_copy(f, ImageState::Syncing)),
        blocked(ShareNotNormal, json!({"name": "golden", "state": "SYNCING", "region": SH}), Remedy::Wait),
    );
    case(ShareNotNormal, share_with(FREE, &[BOREALIS]), same(), Wanted::Passes);
    case(
        ShareSelf,
        share_with(FREE, &[ME]),
        same(),
        blocked(ShareSelf, json!({"account": ME}), Remedy::Choose(None)),
    );
    case(
        ShareSelf,
        share_with(FREE, &["100000000001@ap-shanghai"]),
        same(),
        blocked(ShareSelf, json!({"account": ME, "region": SH}), first(copy(FREE, &[SH]))),
    );
    case(
        ShareSelf,
        share_with(FREE, &["100000000001@ap-shanghai"]),
        world(|f| add_copy(f, ImageState::Normal)),
        blocked(ShareSelf, json!({"account": ME, "region": SH}), Remedy::Choose(None)),
    );
    case(ShareSelf, share_with(FREE, &[BOREALIS]), same(), Wanted::Passes);
    case(
        ShareAccountForm,
        share_with(FREE, &["me@example.com", "1000 0000-0002", "12345678901234567890123", "x"]),
        same(),
        Wanted::Blocked(
            [
                (json!({"text": "me@example.com", "email": true}), Remedy::Choose(None)),
                (json!({"text": "1000 0000-0002", "other": true}), choose(BOREALIS)),
                (json!({"text": "12345678901234567890123", "digits": true}), Remedy::Choose(None)),
                (json!({"text": "x", "other": true}), Remedy::Choose(None)),
            ]
            .map(|(figures, remedy)| Reason { code: ShareAccountForm, args: args(figures), remedy })
            .into(),
        ),
    );
    case(
        ShareAccountForm,
        share_with(FREE, &["100000000002@Frankfurt"]),
        same(),
        blocked(
            ShareAccountForm,
            json!({"text": "100000000002@Frankfurt", "bad_region": true}),
            Remedy::Choose(None),
        ),
    );
    case(ShareAccountForm, share_with(FREE, &["3205597606", "1234567"]), same(), Wanted::Passes);
    case(
        ShareSubAccount,
        share_with(FREE, &["200000000021"]),
        world(|f| {
            f.sub_accounts.insert(uin("200000000021"));
        }),
        blocked(
            ShareSubAccount,
            json!({"account": "200000000021", "account_name": "200000000021"}),
            Remedy::Choose(None),
        ),
    );
    case(ShareSubAccount, share_with(FREE, &["200000000021"]), same(), Wanted::Passes);
    let known = |f: &mut Facts| f.standing.receivers = Receivers::Known;
    case(
        ShareNotKnown,
        share_with(FREE, &[BOREALIS, "100000000077"]),
        world(known),
        blocked(ShareNotKnown, json!({"account": "100000000077"}), Remedy::Choose(None)),
    );
    case(
        ShareNotKnown,
        distribute(FREE, &["100000000077"], &[SH]),
        world(known),
        blocked(ShareNotKnown, json!({"account": "100000000077"}), Remedy::Choose(None)),
    );
    case(
        ShareNotKnown,
        share_with(FREE, &["100000000077"]),
        world(|f| {
            known(f);
            f.grouped.insert(uin("100000000077"));
        }),
        Wanted::Passes,
    );
    case(ShareNotKnown, share_with(FREE, &[BOREALIS]), world(known), Wanted::Passes);
    case(ShareNotKnown, share_with(FREE, &["100000000077"]), same(), Wanted::Passes);
    case(
        ShareAlready,
        share_with(SHARED, &[BOREALIS, QUAY]),
        same(),
        blocked(
            ShareAlready,
            json!({"count": 2, "accounts": ["Borealis Games", "Quay Labs"], "since": "2026-11-01"}),
            Remedy::None,
        ),
    );
    case(ShareAlready, share_with(SHARED, &[BOREALIS, "100000000008"]), same(), Wanted::Passes);
    case(ShareAlready, distribute(SHARED, &[BOREALIS], &[SH]), same(), Wanted::Passes);
    case(
        ShareEncrypted,
        share_with(FREE, &[]),
        world(|f| probe(f, true, false)),
        blocked(ShareEncrypted, json!({"name": "golden"}), Remedy::Outside),
    );
    case(ShareEncrypted, share_with(FREE, &[]), world(|f| probe(f, false, false)), Wanted::Passes);
    case(
        ShareByol,
        share_with(FREE, &[]),
        world(|f| edit(f, FREE, |i| i.byol = true)),
        blocked(ShareByol, json!({"name": "golden"}), Remedy::Outside),
    );
    case(ShareByol, share_with(FREE, &[]), same(), Wanted::Passes);
    case(
        ShareWholeMachine,
        share_with(FREE, &[]),
        world(|f| probe(f, false, true)),
        blocked(ShareWholeMachine, json!({"name": "golden"}), Remedy::Outside),
    );
    case(ShareWholeMachine, share_with(FREE, &[]), world(|f| probe(f, false, false)), Wanted::Passes);
    case(ShareLeak, share_with(FREE, &[]), same(), asks(ShareLeak, json!({"name": "golden"})));
    case(ShareLeak, distribute(FREE, &[BOREALIS], &[SH]), same(), asks(ShareLeak, json!({"name": "golden"})));
    case(ShareLeak, share_with(FREE, &[BOREALIS]), same(), Wanted::Accepted);
}
