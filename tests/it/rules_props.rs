//! Properties of every action in every world. The seed is fixed; a failure prints the smallest case.

use std::collections::BTreeMap;

use cvmshare::{
    i18n::{remedy, sentence, short},
    messages::Lang,
    model::{Image, ImageKind, ImageState, InstanceState, Receiver, Region, RuleSet, Session, Trust},
    rules::{
        Action, Code, Facts, Limits, Probe, Reason, Remedy, ShareSelection, Verdict, VerdictKind, check,
        clear,
    },
};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};

use crate::rules_world::{at, image, img, ins, instance, reg, share, uin};

const SEED: [u8; 32] = *b"cvmshare: the rules, every world";
const REGIONS: [&str; 6] =
    ["ap-guangzhou", "ap-shanghai", "ap-hongkong", "ap-shanghai-fsi", "ap-taipei", "mars-north"];
const IMAGES: [&str; 5] = ["img-aaaaaaaa", "img-bbbbbbbb", "img-cccccccc", "img-dddddddd", "img-eeeeeeee"];
const INSTANCES: [&str; 2] = ["ins-aaaaaaaa", "ins-bbbbbbbb"];
const ACCOUNTS: [&str; 5] = ["100000000001", "100000000002", "100000000003", "200000000021", "100000000009"];
const NAMES: [&str; 4] = ["golden", "golden-2", "\u{1b}[2J{region}", "名"];

fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &SEED))
}

fn region() -> impl Strategy<Value = Region> {
    select(&REGIONS[..]).prop_map(reg)
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(&NAMES[..]).prop_map(str::to_owned),
        1 => (59usize..63).prop_map(|n| "n".repeat(n)),
    ]
}

fn receiver() -> impl Strategy<Value = Receiver> {
    let account = prop_oneof![
        6 => select(&ACCOUNTS[..]).prop_map(|a| Ok(uin(a))),
        1 => select(&["me@example.com", "12", "x", "1000-0000-0002", ""][..]).prop_map(|t| Err(t.to_owned())),
    ];
    (account, proptest::option::of(region())).prop_map(|(account, region)| Receiver { account, region })
}

fn action() -> impl Strategy<Value = Action> {
    let id = || select(&IMAGES[..]).prop_map(img);
    let vm = || select(&INSTANCES[..]).prop_map(ins);
    let with = || vec(receiver(), 0..4);
    let to = || vec(region(), 0..4);
    let maybe_name = || proptest::option::of(name());
    let which = prop_oneof![
        Just(ShareSelection::All),
        vec(select(&ACCOUNTS[..]).prop_map(uin), 0..3).prop_map(ShareSelection::Accounts)
    ];
    prop_oneof![
        (id(), with()).prop_map(|(image, with)| Action::Share { image, with }),
        (id(), with(), to()).prop_map(|(image, with, regions)| Action::Distribute { image, with, regions }),
        (id(), to(), maybe_name()).prop_map(|(image, to, name)| Action::Copy { image, to, name }),
        (id(), which).prop_map(|(image, which)| Action::Unshare { image, which }),
        (id(), any::<bool>()).prop_map(|(image, with_snapshots)| Action::Delete { image, with_snapshots }),
        (id(), maybe_name(), proptest::option::of(Just("d".repeat(257))))
            .prop_map(|(image, name, description)| Action::Rename { image, name, description }),
        (id(), proptest::option::of(region())).prop_map(|(image, region)| Action::Launch {
            image,
            region,
            zone: None,
            instance_type: None,
            name: None,
        }),
        (vm(), proptest::option::of(id()))
            .prop_map(|(instance, image)| Action::Reinstall { instance, image }),
        (vm(), maybe_name()).prop_map(|(instance, name)| Action::Capture { instance, name }),
    ]
}

fn an_image(id: &'static str) -> impl Strategy<Value = Image> {
    let kind =
        select(&[ImageKind::Own, ImageKind::Own, ImageKind::Own, ImageKind::Received, ImageKind::Public][..]);
    let state = select(
        &[
            ImageState::Normal,
            ImageState::Normal,
            ImageState::Normal,
            ImageState::Syncing,
            ImageState::CreateFailed,
        ][..],
    );
    let creator = proptest::option::of(select(&["100000000003", "", "tencent"][..]).prop_map(str::to_owned));
    (region(), name(), kind, state, creator, any::<(bool, bool, bool)>()).prop_map(
        move |(region, name, kind, state, creator, (byol, deprecated, family))| Image {
            kind,
            state,
            creator: creator.map(Into::into),
            byol: byol && deprecated,
            deprecated,
            family: family.then(|| "golden".into()),
            sync_percent: family.then_some(7),
            ..image(id, region.as_str(), &name)
        },
    )
}

fn facts() -> impl Strategy<Value = Facts> {
    let images: Vec<_> = IMAGES.iter().map(|id| proptest::option::weighted(0.9, an_image(id))).collect();
    let shares = vec(proptest::option::weighted(0.8, vec(select(&ACCOUNTS[1..]), 0..4)), IMAGES.len());
    let standing = (
        proptest::option::weighted(0.9, Just(())),
        select(&[Session::Valid, Session::Valid, Session::Valid, Session::Expired, Session::None][..]),
        proptest::bool::weighted(0.1),
        proptest::bool::weighted(0.1),
        select(&[RuleSet::Faq, RuleSet::Current][..]),
        select(&[Trust::Audit, Trust::Enforce][..]),
        1u32..5,
        1u32..4,
    );
    let links = (
        vec((0..IMAGES.len(), 0..IMAGES.len()), 0..3),
        vec(any::<(bool, bool)>(), IMAGES.len()),
        vec(proptest::bool::weighted(0.15), IMAGES.len()),
    );
    let running = (vec(region(), 2), vec(select(&["RUNNING", "STOPPED", "REBOOTING"][..]), 2));
    (images, shares, standing, links, running, vec(proptest::bool::weighted(0.8), REGIONS.len())).prop_map(
        |(images, shares, standing, (copies, probes, busy), (places, states), read)| {
            let mut f = Facts::default();
            let (me, session, read_only, offline, rules, trust, share_limit, quota) = standing;
            f.standing.me = me.map(|()| uin(ACCOUNTS[0]));
            f.standing.session = session;
            f.standing.read_only = read_only;
            f.standing.offline = offline;
            f.standing.rules = rules;
            f.standing.trust = trust;
            f.standing.limits = Limits {
                images_per_region: quota,
                ..Limits::documented(rules).with_share_limit(Some(share_limit))
            };
            f.known_regions = REGIONS[..5].iter().map(|r| reg(r)).collect();
            for (region, read) in REGIONS.iter().zip(read) {
                if read {
                    f.set_images(&reg(region), Vec::new(), at("2026-11-24"));
                }
            }
            for ((id, image), shares) in IMAGES.iter().zip(images).zip(shares) {
                let Some(image) = image else { continue };
                let own = image.kind == ImageKind::Own;
                f.add_images([image]);
                if let (true, Some(shares)) = (own, shares) {
                    let mut with: Vec<_> = shares.iter().map(|a| share(a, "2026-11-01")).collect();
                    with.dedup_by(|a, b| a.account == b.account);
                    f.set_shares(img(id), with);
                }
            }
            for (from, to) in copies {
                if let Some(region) = f.image(&img(IMAGES[to])).map(|i| i.region.clone()) {
                    f.copies.entry(img(IMAGES[from])).or_default().insert(region, img(IMAGES[to]));
                }
            }
            for ((id, (encrypted, whole_machine)), busy) in IMAGES.iter().zip(probes).zip(busy) {
                if encrypted && whole_machine {
                    f.probes.insert(img(id), Probe { encrypted, whole_machine: false });
                }
                if busy {
                    f.busy.insert(img(id), "7f3a0b1c".into());
                }
            }
            for (id, (place, state)) in INSTANCES.iter().zip(places.iter().zip(states)) {
                let state = InstanceState::from(state.to_owned());
                f.add_instances([cvmshare::model::Instance {
                    state,
                    ..instance(id, place.as_str(), IMAGES[0])
                }]);
            }
            f
        },
    )
}

fn holds(cases: u32, test: impl Fn(Action, Facts) -> Result<(), String>) {
    runner(cases)
        .run(&(action(), facts()), |(action, facts)| test(action, facts).map_err(TestCaseError::fail))
        .unwrap();
}

fn must(condition: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if condition { Ok(()) } else { Err(what()) }
}

/// The order of reasons: out of the user's control, permanent, fixable.
fn rank(remedy: &Remedy) -> u8 {
    match remedy.kind() {
        "outside" => 0,
        "none" => 1,
        _ => 2,
    }
}

/// Returns the facts after an action was performed.
fn done(action: &Action, facts: &mut Facts) {
    match action {
        Action::Copy { image: id, to, name } => {
            let source = facts.image(id).unwrap().clone();
            for region in to {
                let copy = img(&format!("img-copy{:04}", facts.images().count()));
                let name = name.clone().unwrap_or_else(|| source.name.to_string());
                facts.add_images([Image {
                    id: copy.clone(),
                    region: region.clone(),
                    name: name.into(),
                    state: ImageState::Normal,
                    ..source.clone()
                }]);
                facts.set_shares(copy.clone(), Vec::new());
                facts.copies.entry(id.clone()).or_default().insert(region.clone(), copy);
            }
        }
        Action::Unshare { image, which: ShareSelection::All } => facts.set_shares(image.clone(), Vec::new()),
        other => panic!("no remedy does {other:?}"),
    }
}

#[test]
fn verdicts_and_their_messages_are_complete() {
    holds(4000, |action, facts| {
        let verdict = check(&action, &facts);
        let say = || format!("{action:?}: {verdict:#?}");
        must(check(&action, &facts) == verdict, || format!("not the same twice: {}", say()))?;
        must((verdict.kind() == VerdictKind::Blocked) != verdict.reasons.is_empty(), say)?;
        must(verdict.reasons.is_sorted_by_key(|r| rank(&r.remedy)), || format!("order: {}", say()))?;
        let Verdict { reasons, notes, acknowledge, missing } = &verdict;
        must(missing.is_sorted() && missing.windows(2).all(|w| w[0] != w[1]), say)?;
        for (i, reason) in reasons.iter().enumerate() {
            must(!reasons[..i].contains(reason), || format!("said twice: {}", say()))?;
        }
        let said = reasons.iter().map(|r| (r.code, &r.args));
        for (code, args) in said.chain(notes.iter().chain(acknowledge).map(|n| (n.code, &n.args))) {
            for lang in [Lang::EN, Lang::ZH] {
                must(!sentence(code, args, lang).is_empty() && !short(code, args, lang).is_empty(), say)?;
            }
        }
        for reason in reasons {
            must(!remedy(&reason.remedy, reason.code, Lang::EN).is_empty(), say)?;
        }
        must(clear(action.clone(), &facts, &verdict).is_ok() == verdict.is_allowed(), say)?;
        // A risk or note that the user did not see, or saw with other figures, has to be confirmed again.
        for at in 0..acknowledge.len() {
            let mut shown = verdict.clone();
            shown.acknowledge.remove(at);
            must(clear(action.clone(), &facts, &shown).is_err(), say)?;
            let mut shown = verdict.clone();
            shown.acknowledge[at].args.insert("figure", 1.into());
            must(clear(action.clone(), &facts, &shown).is_err(), say)?;
        }
        must(
            notes.is_empty()
                || clear(action.clone(), &facts, &Verdict { notes: vec![], ..verdict.clone() }).is_err(),
            say,
        )
    });
}

#[test]
fn performing_a_remedy_removes_its_reason() {
    let met = std::cell::RefCell::new(BTreeMap::<Code, u32>::new());
    holds(4000, |action, mut facts| {
        let first = |v: &Verdict| v.reasons.iter().find(|r| matches!(r.remedy, Remedy::Do(_))).cloned();
        let mut steps = 0;
        while let Some(Reason { code, args, remedy: Remedy::Do(before) }) = first(&check(&action, &facts)) {
            *met.borrow_mut().entry(code).or_default() += 1;
            must(steps < 8, || format!("no end: {action:?}"))?;
            steps += 1;
            done(&before, &mut facts);
            let after = check(&action, &facts);
            let left = after.reasons.iter().find(|r| r.code == code && r.args == args);
            let say = || format!("{action:?} after {before:?}: {left:?}");
            match code {
                // The copy exists, and the user continues with it.
                Code::LaunchOtherRegion => {
                    let Some(Remedy::Choose(Some(copy))) = left.map(|r| &r.remedy) else { return Err(say()) };
                    let Action::Launch { region, .. } = &action else { return Err(say()) };
                    let again = Action::Launch {
                        image: img(copy),
                        region: region.clone(),
                        zone: None,
                        instance_type: None,
                        name: None,
                    };
                    must(!check(&again, &facts).codes().contains(&code), say)?;
                }
                // The own account already has the image and can be left out.
                Code::ShareSelf => must(left.is_some_and(|r| r.remedy == Remedy::Choose(None)), say)?,
                _ => must(left.is_none(), say)?,
            }
        }
        Ok(())
    });
    let met: Vec<Code> = met.into_inner().into_keys().collect();
    let all = [Code::ShareOtherRegion, Code::ShareSelf, Code::DeleteShared, Code::LaunchOtherRegion];
    assert_eq!(met, all, "not every such remedy was met");
}

/// Returns the same action with all choices open.
fn open(action: &Action) -> Action {
    match action.clone() {
        Action::Share { image, .. } => Action::Share { image, with: vec![] },
        Action::Distribute { image, .. } => Action::Distribute { image, with: vec![], regions: vec![] },
        Action::Copy { image, .. } => Action::Copy { image, to: vec![], name: None },
        Action::Unshare { image, .. } => Action::Unshare { image, which: ShareSelection::Accounts(vec![]) },
        Action::Rename { image, .. } => Action::Rename { image, name: None, description: None },
        Action::Launch { image, .. } => {
            Action::Launch { image, region: None, zone: None, instance_type: None, name: None }
        }
        Action::Reinstall { instance, .. } => Action::Reinstall { instance, image: None },
        Action::Capture { instance, .. } => Action::Capture { instance, name: None },
        action @ Action::Delete { .. } => action,
    }
}

#[test]
fn an_impossible_action_is_impossible_with_every_choice() {
    let met = std::cell::Cell::new(0);
    holds(4000, |action, facts| {
        let at_all = check(&open(&action), &facts);
        if at_all.kind() == VerdictKind::Blocked {
            met.set(met.get() + 1);
            let verdict = check(&action, &facts);
            must(verdict.kind() == VerdictKind::Blocked, || {
                format!("{action:?}: {at_all:?} but {verdict:?}")
            })?;
        }
        Ok(())
    });
    assert!(met.get() > 1000, "only {} were blocked", met.get());
}

#[test]
fn every_suggested_name_is_free() {
    let met = std::cell::Cell::new(0);
    holds(4000, |action, facts| {
        for reason in check(&action, &facts).reasons {
            let Remedy::Choose(Some(name)) = &reason.remedy else { continue };
            let again = match (&action, reason.code) {
                (Action::Copy { image, to, .. }, Code::CopyNameTaken) => {
                    Action::Copy { image: image.clone(), to: to.clone(), name: Some(name.clone()) }
                }
                (Action::Rename { image, .. }, Code::RenameNameTaken) => {
                    Action::Rename { image: image.clone(), name: Some(name.clone()), description: None }
                }
                (Action::Capture { instance, .. }, Code::CaptureNameTaken) => {
                    Action::Capture { instance: instance.clone(), name: Some(name.clone()) }
                }
                _ => continue,
            };
            met.set(met.get() + 1);
            let codes = check(&again, &facts).codes();
            must(!codes.contains(&reason.code), || format!("{again:?} {codes:?}"))?;
        }
        Ok(())
    });
    assert!(met.get() > 20, "only {} names were suggested", met.get());
}
