use std::collections::BTreeMap;

use jiff::Timestamp;

use super::*;

use crate::{
    fixtures::image,
    jobs::job::{CellState, EdgeState},
    model::{Image, ImageState, Share},
    rules::Facts,
};

const SOURCE: &str = "img-6pb6lrmy";

/// Returns facts with `web` in Guangzhou, shared with 100000000009. Everything has been read.
fn facts(more: Vec<Image>) -> Facts {
    let mut facts = Facts::default();
    facts.standing.me = "100000000001".parse().ok();
    let at = Timestamp::UNIX_EPOCH;
    let mut by_region: BTreeMap<Region, Vec<Image>> = BTreeMap::new();
    for region in ["ap-guangzhou", "ap-shanghai", "ap-beijing", "ap-nanjing", "eu-frankfurt"] {
        by_region.insert(region.parse().unwrap(), Vec::new());
    }
    for image in more.into_iter().chain([image(SOURCE, "ap-guangzhou", "web")]) {
        by_region.get_mut(&image.region).unwrap().push(image);
    }
    for (region, images) in by_region {
        for image in &images {
            facts.set_shares(image.id.clone(), Vec::new());
        }
        facts.set_images(&region, images, at);
    }
    let since = Some(at);
    facts.set_shares(id(SOURCE), vec![Share { account: "100000000009".parse().unwrap(), since }]);
    facts
}

fn id(text: &str) -> ImageId {
    text.parse().unwrap()
}

fn region(text: &str) -> Region {
    text.parse().unwrap()
}

fn goal(with: &str, regions: &str) -> Goal {
    let regions = regions.split_whitespace().map(region).collect();
    Goal::new(id(SOURCE), Receiver::parse_many(with), regions)
}

/// Formats a plan as a few lines.
fn format_plan(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    for cell in &plan.cells {
        let kind = match &cell.kind {
            CellKind::Here(id) => format!("here {id}"),
            CellKind::Copied(id) => format!("copied {id}"),
            CellKind::LooksLike(id) => format!("looks like {id}"),
            CellKind::Copy { name } => format!("copy as {name}"),
            CellKind::Dropped => "dropped".into(),
            CellKind::Blocked => "blocked".into(),
        };
        lines.push(format!("{}: {kind}", cell.region));
        for edge in plan.edges.iter().filter(|e| e.region == cell.region) {
            let kind = match edge.kind {
                EdgeKind::Add => "add",
                EdgeKind::Already(_) => "already",
                EdgeKind::Dropped => "dropped",
                EdgeKind::Blocked => "blocked",
            };
            let account = match &edge.account {
                Ok(uin) => uin.as_str().trim_start_matches("10000000000").to_owned(),
                Err(text) => text.clone(),
            };
            lines.push(format!("  {account} {kind}"));
        }
    }
    for finding in &plan.findings {
        let place = finding.region.as_ref().map_or("all", Region::as_str);
        let who = match &finding.account {
            None => String::new(),
            Some(Ok(uin)) => format!(" {}", uin.as_str().trim_start_matches("10000000000")),
            Some(Err(text)) => format!(" {text}"),
        };
        let what = match &finding.cause {
            Cause::Rule(reason) => reason.code.to_string(),
            Cause::LooksLike { suggestion, .. } => format!("a look-alike, or {suggestion}"),
        };
        lines.push(format!("! {place}{who}: {what}"));
    }
    lines.extend(plan.missing.iter().map(|m| format!("? {m:?}")));
    lines
}

#[test]
fn regions_come_from_receivers_and_the_goal() {
    for (with, regions, want) in [
        ("100000000002", "", vec!["ap-guangzhou: here img-6pb6lrmy", "  2 add"]),
        ("100000000002@ap-shanghai", "", vec!["ap-shanghai: copy as web", "  2 add"]),
        // With regions, an account without a region gets the image in each of them, and in the source's
        // region only if it is listed.
        (
            "100000000002 100000000003@ap-nanjing",
            "ap-shanghai ap-beijing",
            vec![
                "ap-shanghai: copy as web",
                "  2 add",
                "ap-beijing: copy as web",
                "  2 add",
                "ap-nanjing: copy as web",
                "  3 add",
            ],
        ),
        (
            "100000000002 100000000009",
            "ap-shanghai ap-guangzhou ap-shanghai",
            vec![
                "ap-guangzhou: here img-6pb6lrmy",
                "  2 add",
                "  9 already",
                "ap-shanghai: copy as web",
                "  2 add",
                "  9 add",
            ],
        ),
        ("", "ap-shanghai", vec!["ap-shanghai: copy as web"]),
        // A plan with nothing to do says so.
        ("100000000009", "", vec!["ap-guangzhou: here img-6pb6lrmy", "  9 already", "! all: share.already"]),
        ("", "ap-guangzhou", vec!["ap-guangzhou: here img-6pb6lrmy", "! all: copy.same-region"]),
    ] {
        let plan = Plan::make(&goal(with, regions), &facts(vec![]));
        assert_eq!(format_plan(&plan), want, "{with} in {regions}");
        assert_eq!(plan.is_ready(), plan.findings.is_empty(), "{with} in {regions}");
    }
}

#[test]
fn reports_all_findings_at_once() {
    let facts = facts(vec![image("img-other001", "ap-beijing", "web"), {
        let mut other = image("img-other002", "ap-nanjing", "web");
        other.size_gib = 20;
        other
    }]);
    let mut goal = goal(
        "100000000001 100000000002 me@example.com",
        "ap-guangzhou ap-shanghai ap-beijing ap-nanjing eu-frankfurt",
    );
    let plan = Plan::make(&goal, &facts);
    assert_eq!(
        format_plan(&plan),
        [
            "ap-guangzhou: here img-6pb6lrmy",
            "  1 blocked",
            "  2 add",
            "  me@example.com blocked",
            "ap-shanghai: copy as web",
            "  1 blocked",
            "  2 add",
            "  me@example.com blocked",
            "ap-beijing: looks like img-other001",
            "  1 blocked",
            "  2 add",
            "  me@example.com blocked",
            "ap-nanjing: blocked",
            "  1 blocked",
            "  2 blocked",
            "  me@example.com blocked",
            "eu-frankfurt: blocked",
            "  1 blocked",
            "  2 blocked",
            "  me@example.com blocked",
            "! ap-guangzhou 1: share.self",
            "! ap-guangzhou me@example.com: share.account-form",
            "! ap-shanghai 1: share.self",
            "! ap-shanghai me@example.com: share.account-form",
            "! ap-beijing: a look-alike, or web-2",
            "! ap-beijing 1: share.self",
            "! ap-beijing me@example.com: share.account-form",
            "! ap-nanjing: copy.name-taken",
            "! ap-nanjing 1: share.self",
            "! ap-nanjing me@example.com: share.account-form",
            "! eu-frankfurt: copy.cross-border",
            "! eu-frankfurt 1: share.self",
            "! eu-frankfurt me@example.com: share.account-form",
        ]
    );
    let at = Timestamp::UNIX_EPOCH;
    let now = plan.start(&goal, &facts, "prod", at).unwrap_err();
    assert_eq!(now.verdict().reasons.len(), 13);

    // The same plan with the blocked parts dropped, the decision made, and another name for the taken one.
    goal.with.pop();
    for cell in &plan.cells {
        goal.dropped.insert((cell.region.clone(), "100000000001".parse().unwrap()));
    }
    goal.choices.insert(region("ap-beijing"), Choice::Reuse(id("img-other001")));
    goal.choices.insert(region("ap-nanjing"), Choice::CopyAs("web-2".into()));
    goal.choices.insert(region("eu-frankfurt"), Choice::Drop);
    let plan = Plan::make(&goal, &facts);
    assert_eq!(
        format_plan(&plan),
        [
            "ap-guangzhou: here img-6pb6lrmy",
            "  1 dropped",
            "  2 add",
            "ap-shanghai: copy as web",
            "  1 dropped",
            "  2 add",
            "ap-beijing: copied img-other001",
            "  1 dropped",
            "  2 add",
            "ap-nanjing: copy as web-2",
            "  1 dropped",
            "  2 add",
            "eu-frankfurt: dropped",
            "  1 dropped",
            "  2 dropped",
        ]
    );
    assert_eq!(plan.bytes_gib, 100);
    assert_eq!(plan.acknowledge.iter().map(|n| n.code).collect::<Vec<_>>(), [Code::ShareLeak]);
    // Only the accepted plan starts: not one without the risk, or with another copy.
    let without_risk = Plan { acknowledge: Vec::new(), ..plan.clone() };
    assert_eq!(*without_risk.start(&goal, &facts, "prod", at).unwrap_err(), plan);
    let mut fewer = plan.clone();
    fewer.cells.pop();
    assert_eq!(*fewer.start(&goal, &facts, "prod", at).unwrap_err(), plan);
    let job = plan.start(&goal, &facts, "prod", at).unwrap();
    let cells: Vec<_> = job
        .cells
        .iter()
        .map(|c| (c.region.as_str(), c.image.as_ref().map(ImageId::as_str), c.state, c.reused, &*c.name))
        .collect();
    assert_eq!(
        cells,
        [
            ("ap-guangzhou", Some(SOURCE), CellState::Ready, true, "web"),
            ("ap-shanghai", None, CellState::Planned, false, "web"),
            ("ap-beijing", Some("img-other001"), CellState::Ready, true, "web"),
            ("ap-nanjing", None, CellState::Planned, false, "web-2"),
            ("eu-frankfurt", None, CellState::Skipped, false, "web"),
        ]
    );
    let planned = job.edges.iter().filter(|e| e.state == EdgeState::Planned).count();
    let skipped = job.edges.iter().filter(|e| e.state == EdgeState::Skipped).count();
    assert_eq!((planned, skipped), (4, 6));
}

#[test]
fn reuses_copies_of_jobs_but_never_by_name() {
    let copy = image("img-copy0001", "ap-shanghai", "web");
    let to = goal("100000000002", "ap-shanghai");
    // The copy is known from a job: of this image, of another copy, or in the opposite direction.
    let mut known = facts(vec![copy.clone(), image("img-copy0002", "ap-beijing", "web")]);
    let of = |pairs: &[(&str, &str)]| pairs.iter().map(|(r, i)| (region(r), id(i))).collect();
    known.copies.insert(id(SOURCE), of(&[("ap-shanghai", "img-copy0001"), ("ap-beijing", "img-copy0002")]));
    assert_eq!(format_plan(&Plan::make(&to, &known)), ["ap-shanghai: copied img-copy0001", "  2 add"]);
    let back = Goal { image: id("img-copy0001"), ..goal("100000000002", "ap-guangzhou ap-beijing") };
    assert_eq!(
        format_plan(&Plan::make(&back, &known)),
        ["ap-guangzhou: copied img-6pb6lrmy", "  2 add", "ap-beijing: copied img-copy0002", "  2 add"]
    );
    // If the known copy is gone, a new one is made. If it has failed, the name is taken.
    let mut gone = facts(vec![]);
    gone.copies.clone_from(&known.copies);
    assert_eq!(format_plan(&Plan::make(&to, &gone)), ["ap-shanghai: copy as web", "  2 add"]);
    let mut broken = copy.clone();
    broken.state = ImageState::CreateFailed;
    let mut failed = facts(vec![broken]);
    failed.copies.clone_from(&known.copies);
    assert_eq!(
        format_plan(&Plan::make(&to, &failed)),
        ["ap-shanghai: blocked", "  2 blocked", "! ap-shanghai: copy.name-taken"]
    );
    // If the known copy is in progress, the job waits for it.
    let mut moving = copy.clone();
    moving.state = ImageState::Syncing;
    let mut waits = facts(vec![moving]);
    waits.copies.clone_from(&known.copies);
    let plan = Plan::make(&to, &waits);
    assert_eq!(format_plan(&plan), ["ap-shanghai: copied img-copy0001", "  2 add"]);
    let job = plan.start(&to, &waits, "prod", Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!((job.cells[0].state, job.cells[0].reused), (CellState::Copying, true));
    // A person cannot declare an unrelated image a copy.
    let mut other = image("img-other002", "ap-shanghai", "db");
    other.size_gib = 20;
    let mut wrong = to.clone();
    wrong.choices.insert(region("ap-shanghai"), Choice::Reuse(other.id.clone()));
    assert_eq!(
        format_plan(&Plan::make(&wrong, &facts(vec![other]))),
        ["ap-shanghai: blocked", "  2 blocked", "! ap-shanghai: copy.name-taken"]
    );
}

#[test]
fn checks_limits_for_the_future_copy() {
    let many: Vec<String> = (0..51).map(|n| format!("1000000010{n:02}")).collect();
    let to = goal(&many.join(","), "ap-guangzhou ap-shanghai");
    let mut facts = facts(vec![]);
    let plan = Plan::make(&to, &facts);
    let told: Vec<String> = format_plan(&plan).into_iter().filter(|l| l.starts_with('!')).collect();
    assert_eq!(told, ["! ap-guangzhou: share.limit", "! ap-shanghai: share.limit"]);
    // With one account less, the limit is exceeded only where one account already has the image.
    let to = goal(&many[1..].join(","), "ap-guangzhou ap-shanghai");
    let plan = Plan::make(&to, &facts);
    assert_eq!(
        plan.findings.iter().map(|f| f.region.clone()).collect::<Vec<_>>(),
        [Some(region("ap-guangzhou"))]
    );
    facts.set_shares(id(SOURCE), Vec::new());
    assert!(Plan::make(&to, &facts).is_ready());
}

#[test]
fn requests_missing_facts_and_reports_common_findings_once() {
    let mut facts = facts(vec![]);
    facts.standing.read_only = true;
    facts.regions.remove(&region("ap-beijing"));
    let mut to = goal("100000000002", "ap-shanghai ap-beijing");
    let plan = Plan::make(&to, &facts);
    assert_eq!(
        plan.findings.iter().map(|f| (&f.region, f.cause.reason().code)).collect::<Vec<_>>(),
        [(&None, Code::ModeReadOnly)]
    );
    assert_eq!(plan.missing, [Missing::Images(region("ap-beijing"))]);
    assert!(!plan.is_ready());
    to.image = id("img-unknown1");
    assert_eq!(format_plan(&Plan::make(&to, &facts)), ["? Image(img-unknown1)"]);
}

#[test]
fn the_same_request_is_the_same_job() {
    let facts = facts(vec![]);
    let ids = |with: &str, regions: &str, profile: &str| {
        let goal = goal(with, regions);
        Plan::make(&goal, &facts).id(&goal, profile)
    };
    let one = ids("100000000002 100000000003", "ap-shanghai ap-beijing", "prod");
    assert_eq!(one.len(), 8);
    assert_eq!(ids("100000000003,100000000002", "ap-beijing ap-shanghai", "prod"), one);
    // The same request in other words.
    let spelt =
        "100000000003@ap-beijing 100000000003@ap-shanghai 100000000002@ap-shanghai 100000000002@ap-beijing";
    assert_eq!(ids(spelt, "", "prod"), one);
    for other in [
        ids("100000000002 100000000003", "ap-shanghai ap-beijing", "test"),
        ids("100000000002", "ap-shanghai ap-beijing", "prod"),
        ids("100000000002 100000000003", "ap-shanghai", "prod"),
    ] {
        assert_ne!(other, one);
    }
    // Work done in the meantime does not change the request.
    let mut later = facts.clone();
    let shares = vec![Share { account: "100000000002".parse().unwrap(), since: None }];
    let asked = goal("100000000002", "");
    let before = Plan::make(&asked, &facts).id(&asked, "prod");
    later.set_shares(id(SOURCE), shares);
    assert_eq!(Plan::make(&asked, &later).id(&asked, "prod"), before);
}

#[test]
fn suggested_names_are_free_and_fit() {
    let long = "\u{955c}".repeat(60);
    let facts = facts(vec![
        image("img-name0001", "ap-beijing", "web"),
        image("img-name0002", "ap-beijing", "web-2"),
        image("img-name0003", "ap-beijing", &long),
    ]);
    let free = |name| crate::jobs::names::free_name(&facts, &region("ap-beijing"), name);
    assert_eq!(free("db"), "db");
    assert_eq!(free("web"), "web-3");
    assert_eq!(free(&long), format!("{}-2", "\u{955c}".repeat(58)));
}
