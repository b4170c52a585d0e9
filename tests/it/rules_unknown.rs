//! Unknown facts, and several reasons at once.

use cvmshare::{
    model::{ImageState, Session},
    rules::{Action, Code, Facts, Missing, VerdictKind, check},
};

use crate::rules_world::*;

/// Makes a region's images unknown.
fn unread(f: &mut Facts, region: &str) {
    f.regions.get_mut(&reg(region)).unwrap().images_at = None;
}

#[test]
fn unknown_facts_that_matter_make_the_verdict_unknown() {
    let unshared = |f: &mut Facts| {
        let image = f.image(&img(FREE)).unwrap().clone();
        f.remove_image(&img(FREE));
        f.add_images([image]);
    };
    let shares = Missing::Shares(img(FREE));
    let nobody = |f: &mut Facts| f.standing.me = None;
    let gone = "img-nowhere0";
    let cases: Vec<(Action, Facts, Vec<Missing>)> = vec![
        (delete(FREE), world(unshared), vec![shares.clone()]),
        (unshare(FREE, &[]), world(unshared), vec![shares.clone()]),
        (share_with(FREE, &[BOREALIS]), world(unshared), vec![shares.clone()]),
        (distribute(FREE, &[BOREALIS], &[]), world(unshared), vec![shares]),
        (share_with(FREE, &[]), world(unshared), vec![]),
        (distribute(FREE, &[], &[SH]), world(unshared), vec![]),
        (launch(FREE, None), world(unshared), vec![]),
        (share_with(FREE, &[BOREALIS]), world(nobody), vec![Missing::Identity]),
        (share_with(FREE, &[]), world(nobody), vec![]),
        (copy(FREE, &[SH]), world(|f| unread(f, SH)), vec![Missing::Images(reg(SH))]),
        (copy(FREE, &["ap-beijing", SH]), world(|f| unread(f, SH)), vec![Missing::Images(reg(SH))]),
        (copy(FREE, &[]), world(|f| unread(f, SH)), vec![]),
        (copy(FREE, &[SH]), world(|f| unread(f, GZ)), vec![]),
        (
            distribute(FREE, &["100000000002@ap-shanghai"], &[]),
            world(|f| unread(f, SH)),
            vec![Missing::Images(reg(SH))],
        ),
        (
            // A job remembers the copy, but its region was not read.
            share_with(FREE, &["100000000002@ap-shanghai"]),
            world(|f| {
                add_copy(f, ImageState::Normal);
                f.remove_image(&img("img-copy0000"));
                unread(f, SH);
            }),
            vec![Missing::Image(img("img-copy0000"))],
        ),
        (rename(FREE, Some("fresh"), None), world(|f| unread(f, GZ)), vec![Missing::Images(reg(GZ))]),
        (rename(FREE, None, Some("text")), world(|f| unread(f, GZ)), vec![]),
        (capture(RUNNING, None), world(|f| unread(f, GZ)), vec![Missing::Images(reg(GZ))]),
        (reinstall(RUNNING, None), world(|f| unread(f, GZ)), vec![]),
        (
            Action::Launch {
                image: img(FREE),
                region: None,
                zone: None,
                instance_type: Some("S5.MEDIUM4".into()),
                name: None,
            },
            world(|_| {}),
            vec![Missing::Offers(reg(GZ))],
        ),
        (delete(gone), world(|_| {}), vec![Missing::Image(img(gone))]),
        (launch(gone, Some(SH)), world(|_| {}), vec![Missing::Image(img(gone))]),
        (
            reinstall("ins-nowhere0", Some(gone)),
            world(|_| {}),
            vec![Missing::Image(img(gone)), Missing::Instance(ins("ins-nowhere0"))],
        ),
        (capture("ins-nowhere0", None), world(|_| {}), vec![Missing::Instance(ins("ins-nowhere0"))]),
    ];
    for (action, facts, missing) in cases {
        let verdict = check(&action, &facts);
        assert_eq!(verdict.missing, missing, "{action:?}");
        let kind = if missing.is_empty() { VerdictKind::Allowed } else { VerdictKind::Unknown };
        assert_eq!(verdict.kind(), kind, "{action:?} {:?}", verdict.reasons);
    }
}

#[test]
fn a_deleted_copy_is_made_again() {
    let facts = world(|f| {
        add_copy(f, ImageState::Normal);
        f.remove_image(&img("img-copy0000"));
    });
    let verdict = check(&share_with(FREE, &["100000000002@ap-shanghai"]), &facts);
    assert_eq!(verdict.codes(), [Code::ShareOtherRegion]);
}

#[test]
fn all_reasons_are_listed_in_order() {
    let facts = world(|f| {
        f.standing.session = Session::Expired;
        f.standing.read_only = true;
        f.busy.insert(img(SHARED), "7f3a0b1c".into());
        edit(f, SHARED, |i| {
            i.state = ImageState::CreateFailed;
            i.byol = true;
        });
    });
    let verdict = check(&share_with(SHARED, &[ME, BOREALIS, "x", "100000000002@ap-shanghai"]), &facts);
    assert_eq!(
        verdict.codes(),
        [
            Code::ShareByol,
            Code::ShareNotNormal,
            Code::ModeReadOnly,
            Code::SessionExpired,
            Code::JobBusy,
            Code::ShareAccountForm,
            Code::ShareSelf,
            Code::ShareOtherRegion,
        ]
    );
    let far = check(&distribute(FREE, &[], &["ap-shanghai-fsi", "ap-taipei", "mars-north", SH]), &facts);
    let by_region: Vec<(Code, Option<&str>)> =
        far.reasons.iter().map(|r| (r.code, r.args.get("region").and_then(|v| v.as_str()))).collect();
    assert_eq!(
        by_region,
        [
            (Code::CopyFinance, Some("ap-shanghai-fsi")),
            (Code::CopyCrossBorder, Some("ap-taipei")),
            (Code::ModeReadOnly, None),
            (Code::SessionExpired, None),
            (Code::RegionUnknown, Some("mars-north")),
            (Code::CopyNoCopyRegion, Some("ap-taipei")),
        ]
    );
}
