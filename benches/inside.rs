//! Benchmarks of the most frequent operations, without a terminal: `cargo bench --bench inside`. The benchmark
//! `terminal` measures the whole program on a terminal.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{collections::BTreeSet, sync::Arc};

use cvmshare::{
    cloud::{
        Client, ClientOptions, Credentials,
        sign::{Signing, sign},
        wire,
    },
    emulator::{self, Options},
    jobs::{self, CellKind, Goal, Machine, Pace, Plan},
    model::{Catalog, Image, ImageKind, ImageState, Receiver, Region},
    rules::{Action, Facts, ShareSelection, Standing, check},
    tui::{
        Load, LoadState, Loaded, Message, ProfileView, State, Tab, keymap::Keymap, screens::frame, update,
    },
};
use divan::{Bencher, black_box};
use jiff::Timestamp;
use ratatui::{buffer::Buffer, layout::Rect};

fn main() {
    divan::main();
}

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

fn region(text: &str) -> Region {
    text.parse().unwrap()
}

fn image(n: usize) -> Image {
    Image {
        id: format!("img-{n:08}").parse().unwrap(),
        region: region("ap-guangzhou"),
        name: format!("golden-{}-{n}", ["web", "db", "edge", "ml", "ci"][n % 5]).into(),
        description: "Web tier, November patch set. nginx 1.28, node 24, agent 3.2.".into(),
        kind: ImageKind::Own,
        state: ImageState::Normal,
        sync_percent: None,
        size_gib: 50,
        os: "Ubuntu Server 24.04 LTS 64bit".into(),
        platform: "Ubuntu".into(),
        arch: "x86_64".into(),
        created_at: Some(now() - jiff::SignedDuration::from_mins(n as i64)),
        creator: Some("100000000001".into()),
        source: None,
        snapshots: Vec::new(),
        byol: false,
        family: None,
        deprecated: false,
        cloudinit: false,
        tags: Vec::new(),
    }
}

/// Facts in which everything is known, and no other region or account has an image.
fn facts(images: usize) -> Facts {
    let mut facts = Facts::default();
    facts.standing.me = "100000000001".parse().ok();
    facts.known_regions = Catalog::get().iter().map(|r| r.region.clone()).collect();
    for known in facts.known_regions.clone() {
        facts.set_images(&known, Vec::new(), now());
    }
    let all: Vec<Image> = (0..images).map(image).collect();
    for one in &all {
        facts.set_shares(one.id.clone(), Vec::new());
    }
    facts.set_images(&region("ap-guangzhou"), all, now());
    facts
}

/// A console with this many own images in one region, all of them loaded.
fn state(images: usize, size: (u16, u16)) -> State {
    let profile = ProfileView {
        name: "bench".into(),
        label: "Bench".into(),
        color: None,
        demo: false,
        found: "nowhere".into(),
        standing: Standing::default(),
        regions: vec![region("ap-guangzhou")],
    };
    let keymap = Arc::new(Keymap::builtin().unwrap());
    let mut state = State::new(now(), size, keymap, vec![profile], 0);
    let epoch = state.epoch;
    update(&mut state, Message::Connected { epoch, result: Ok(()) });
    let load = Load::Images(region("ap-guangzhou"));
    let Some(LoadState::Loading(ticket)) = state.loads.get(&load).cloned() else { unreachable!() };
    let result = Ok(Loaded::Images((0..images).map(image).collect()));
    update(&mut state, Message::Answer { epoch, ticket, load, result });
    assert_eq!((state.tab, state.table().rows.len()), (Tab::Images, images));
    state
}

fn press(state: &mut State, keys: &str) {
    for key in keys.split_whitespace() {
        black_box(update(state, Message::Key(key.parse().unwrap())));
        // Finishes the filter, also for the rows out of sight.
        while state.table().is_partial() {
            update(state, Message::FilterMore);
        }
    }
}

const SIZES: [(u16, u16); 2] = [(80, 24), (200, 50)];
const ROWS: [usize; 2] = [100, 100_000];

#[divan::bench]
fn sign_a_request() -> cvmshare::cloud::sign::Signature {
    sign(
        Signing {
            method: "POST",
            query: "",
            headers: &[
                ("content-type", "application/json; charset=utf-8"),
                ("host", "cvm.tencentcloudapi.com"),
            ],
            body: br#"{"Filters":[{"Name":"image-type","Values":["PRIVATE_IMAGE"]}],"Offset":0,"Limit":100}"#,
            timestamp: 1_763_985_600,
            service: "cvm",
        },
        black_box("demo-key-100000000001"),
    )
}

/// Measures a signed request to the built-in cloud over HTTP: it is verified, answered and parsed.
#[divan::bench]
fn emulator_request(bencher: Bencher<'_, '_>) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cloud = runtime.block_on(emulator::start(Options::default())).unwrap();
    let you = emulator::demo_accounts().into_iter().next().unwrap();
    let keys = Credentials::new(you.secret_id, you.secret_key.into(), "bench".to_owned());
    let options = ClientOptions { endpoint: Some(cloud.endpoint.clone()), ..ClientOptions::default() };
    let client = Client::new(options, keys).unwrap();
    // The identity has the highest documented rate limit, so that the benchmark does not measure waiting.
    bencher.bench_local(|| runtime.block_on(client.caller()).unwrap());
}

#[divan::bench]
fn parse_a_page_of_100_images(bencher: Bencher<'_, '_>) {
    let one = |n: usize| {
        serde_json::json!({
            "ImageId": format!("img-{n:08}"), "OsName": "Ubuntu Server 24.04 LTS 64bit",
            "ImageType": "PRIVATE_IMAGE", "CreatedTime": "2026-11-21T12:00:00Z", "ImageName": format!("golden-{n}"),
            "ImageDescription": "Web tier, November patch set.", "ImageSize": 50, "Architecture": "x86_64",
            "ImageState": "NORMAL", "Platform": "Ubuntu", "ImageCreator": "100000000001", "ImageSource": "CREATE_IMAGE",
            "SyncPercent": null, "IsSupportCloudinit": true, "SnapshotSet": [{"SnapshotId": "snap-1", "DiskUsage":
            "SYSTEM_DISK", "DiskSize": 50}], "Tags": [], "LicenseType": "TencentCloud", "ImageFamily": null,
            "ImageDeprecated": false
        })
    };
    let images: Vec<_> = (0..100).map(one).collect();
    let text = serde_json::json!({"Response": {"TotalCount": 100, "ImageSet": images, "RequestId": "r"}})
        .to_string();
    bencher.bench_local(|| {
        serde_json::from_str::<wire::Envelope<wire::DescribeImagesAnswer>>(black_box(&text)).unwrap()
    });
}

#[divan::bench(args = ROWS)]
fn update_for_a_key(bencher: Bencher<'_, '_>, rows: usize) {
    let mut state = state(rows, (80, 24));
    bencher.bench_local(|| press(&mut state, "j k"));
}

#[divan::bench(args = [(0, 0), (0, 1), (1, 0), (1, 1)])]
fn draw_a_frame(bencher: Bencher<'_, '_>, (size, rows): (usize, usize)) {
    let (size, rows) = (SIZES[size], ROWS[rows]);
    let state = state(rows, size);
    bencher.bench_local(|| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        frame::draw(&state, &mut buffer);
        buffer
    });
}

#[divan::bench(args = ROWS, sample_count = 20)]
fn filter_by_one_more_letter(bencher: Bencher<'_, '_>, rows: usize) {
    let mut state = state(rows, (80, 24));
    press(&mut state, "/ g");
    bencher.bench_local(|| press(&mut state, "o backspace"));
}

#[divan::bench(args = ROWS, sample_count = 20)]
fn sort_by_another_column(bencher: Bencher<'_, '_>, rows: usize) {
    let mut state = state(rows, (80, 24));
    bencher.bench_local(|| press(&mut state, "> <"));
}

#[divan::bench(args = ROWS, sample_count = 20)]
fn mark_all(bencher: Bencher<'_, '_>, rows: usize) {
    let mut state = state(rows, (80, 24));
    bencher.bench_local(|| press(&mut state, "*"));
}

/// The actions that the details pane and the menu check for a row.
fn actions(image: &Image) -> [Action; 6] {
    let id = || image.id.clone();
    [
        Action::Share { image: id(), with: Vec::new() },
        Action::Copy { image: id(), to: Vec::new(), name: None },
        Action::Launch { image: id(), region: None, zone: None, instance_type: None, name: None },
        Action::Unshare { image: id(), which: ShareSelection::All },
        Action::Rename { image: id(), name: None, description: None },
        Action::Delete { image: id(), with_snapshots: false },
    ]
}

#[divan::bench(args = [1, 1_000])]
fn check_all_actions(bencher: Bencher<'_, '_>, images: usize) {
    let facts = facts(1_000);
    let all: Vec<Action> = (0..images).flat_map(|n| actions(&image(n))).collect();
    bencher.bench_local(|| all.iter().map(|a| check(black_box(a), &facts).reasons.len()).sum::<usize>());
}

/// Plans a job for 500 accounts in 6 regions.
fn job() -> jobs::Job {
    let mut facts = facts(1);
    let image = image(0);
    let regions: Vec<Region> =
        ["ap-guangzhou", "ap-shanghai", "ap-nanjing", "ap-beijing", "ap-chengdu", "ap-chongqing"]
            .into_iter()
            .map(region)
            .collect();
    facts.standing.limits.share_accounts = 500;
    let with = (0..500).map(|n| Receiver::parse(&format!("{}", 200_000_000_000_u64 + n))).collect();
    let goal = Goal::new(image.id.clone(), with, regions);
    let plan = Plan::make(&goal, &facts);
    assert!(plan.cells.iter().any(|c| matches!(c.kind, CellKind::Copy { .. })), "{:?}", plan.findings);
    plan.start(&goal, &facts, "bench", now()).unwrap()
}

#[divan::bench(sample_count = 20)]
fn plan_500_accounts_in_6_regions() -> jobs::Job {
    job()
}

#[divan::bench(sample_count = 20)]
fn the_first_calls_of_a_job_of_500_accounts(bencher: Bencher<'_, '_>) {
    let job = job();
    bencher
        .with_inputs(|| Machine::new(job.clone(), Pace::default(), BTreeSet::new(), now()))
        .bench_local_values(|mut machine| {
            let calls = machine.next(now());
            (machine, calls)
        });
}
