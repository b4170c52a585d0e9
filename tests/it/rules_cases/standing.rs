//! The rules that are part of every check.

use cvmshare::{
    model::Session,
    rules::{Code, Facts, Remedy},
};
use serde_json::json;

use super::{Add, Wanted, blocked, choose, notes};
use crate::rules_world::*;

pub fn cases(case: &mut Add<'_>, same: &dyn Fn() -> Facts) {
    use Code::*;
    case(
        ModeReadOnly,
        delete(FREE),
        world(|f| f.standing.read_only = true),
        blocked(ModeReadOnly, json!({}), Remedy::Choose(None)),
    );
    case(ModeReadOnly, delete(FREE), same(), Wanted::Passes);
    case(
        SessionNone,
        rename(FREE, Some("x"), None),
        world(|f| f.standing.session = Session::None),
        blocked(SessionNone, json!({}), Remedy::SignIn),
    );
    case(SessionNone, rename(FREE, Some("x"), None), same(), Wanted::Passes);
    case(
        SessionExpired,
        launch(FREE, None),
        world(|f| f.standing.session = Session::Expired),
        blocked(SessionExpired, json!({}), Remedy::SignIn),
    );
    case(SessionExpired, launch(FREE, None), same(), Wanted::Passes);
    case(
        NetOffline,
        copy(FREE, &[SH]),
        world(|f| f.standing.offline = true),
        blocked(NetOffline, json!({}), Remedy::Wait),
    );
    case(NetOffline, copy(FREE, &[SH]), same(), Wanted::Passes);
    case(
        RegionUnknown,
        copy(FREE, &["ap-shangai"]),
        same(),
        blocked(RegionUnknown, json!({"region": "ap-shangai"}), choose(SH)),
    );
    case(
        RegionUnknown,
        distribute(FREE, &["100000000002@mars-north"], &[SH]),
        same(),
        blocked(RegionUnknown, json!({"region": "mars-north"}), Remedy::Choose(None)),
    );
    case(
        RegionUnknown,
        launch(FREE, Some("eu-moscow")),
        same(),
        blocked(RegionUnknown, json!({"region": "eu-moscow"}), Remedy::Choose(None)),
    );
    case(RegionUnknown, copy(FREE, &[SH]), same(), Wanted::Passes);
    case(
        JobBusy,
        share_with(FREE, &[BOREALIS]),
        world(|f| {
            f.busy.insert(img(FREE), "7f3a0b1c".into());
        }),
        blocked(JobBusy, json!({"job": "7f3a0b1c"}), Remedy::Wait),
    );
    case(
        JobBusy,
        share_with(FREE, &[BOREALIS]),
        world(|f| {
            f.busy.insert(img(SHARED), "7f3a0b1c".into());
        }),
        Wanted::Passes,
    );
    case(
        QuotaReceived,
        capture(RUNNING, None),
        same(),
        notes(QuotaReceived, json!({"region": GZ, "own": 2, "quota": 10, "received": 1})),
    );
    case(QuotaReceived, copy(FREE, &[SH]), same(), Wanted::Passes);
}
