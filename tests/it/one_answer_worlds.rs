//! Verdicts agree in random worlds with policies, finished and unfinished jobs, and changes by others. Every action
//! gets the same verdict and the same codes from `check`, `--dry-run`, `--yes`, the console and the line mode, and
//! afterwards the record of each job matches the cloud.
//!
//! `WORLDS=200 cargo test --test it one_answer_worlds` runs more of them. A failure prints the seed of its world, which
//! `SEED=N` runs alone.

use crate::wait;
use std::{
    collections::BTreeSet,
    io::Write,
    process::Stdio,
    time::{Duration, Instant},
};

use cvmshare::{
    cloud::Permission,
    emulator::Options,
    jobs::Journal,
    model::{Image, ImageId, ImageKind, Region, Uin},
    rules::{Action, ShareSelection, VerdictKind},
    tui::test_driver::TestDriver,
};
use serde_json::Value;

use crate::{
    cli::{Desk, Ran},
    client_cloud::client,
    console::setup,
    emulator_client::{ACME, BOREALIS, COBALT, QUAY},
};

const VIEW: [&str; 3] = ["ap-guangzhou", "ap-shanghai", "ap-beijing"];
const PATIENCE: Duration = Duration::from_secs(60);
/// The number of actions in each world.
const QUESTIONS: usize = 5;

struct World {
    desk: Desk,
    rng: fastrand::Rng,
    own: Vec<Image>,
    received: Vec<Image>,
    instances: Vec<String>,
    /// The steps so far, printed with a failure.
    story: Vec<String>,
}

impl World {
    async fn new(seed: u64) -> Self {
        let desk = Desk::with_options(Options { speed: 20_000.0, seed, ..Options::default() }, &[]).await;
        let mut world = Self {
            desk,
            rng: fastrand::Rng::with_seed(seed),
            own: Vec::new(),
            received: Vec::new(),
            instances: Vec::new(),
            story: Vec::new(),
        };
        world.write_policy();
        world.read().await;
        world
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.rng.usize(..n) == 0
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.rng.usize(..all.len())].clone()
    }

    fn write_policy(&mut self) {
        let mut text = String::from("[profiles.lab]\ncredentials = \"env\"\nregions = ");
        text.push_str(&format!("{VIEW:?}\n"));
        for (n, line) in [
            (3, "rules = \"current\"\n"),
            (4, "share_limit = 3\n"),
            (3, "trust = \"enforce\"\n"),
            (3, "trusted = [\"100000000003\"]\n"),
            (4, "receivers = \"known\"\n"),
            (8, "read_only = true\n"),
        ] {
            if self.one_in(n) {
                text.push_str(line);
            }
        }
        text.push_str("[accounts]\n\"100000000002\" = \"Borealis Games\"\n");
        std::fs::write(self.desk.home.path().join("config.toml"), &text).unwrap();
        self.story.push(text);
    }

    async fn read(&mut self) {
        let acme = client(&self.desk.cloud, ACME);
        (self.own, self.received, self.instances) = Default::default();
        for region in VIEW.map(|r| r.parse::<Region>().unwrap()) {
            acme.images(&region, ImageKind::Own, |page| self.own.extend(page)).await.unwrap();
            acme.images(&region, ImageKind::Received, |page| self.received.extend(page)).await.unwrap();
            let add = |page: Vec<cvmshare::model::Instance>| {
                self.instances.extend(page.iter().map(|i| i.id.to_string()));
            };
            acme.instances(&region, add).await.unwrap();
        }
        self.own.sort_by(|a, b| a.id.cmp(&b.id));
        self.received.sort_by(|a, b| a.id.cmp(&b.id));
        self.instances.sort();
    }

    async fn run(&self, line: &str) -> Ran {
        self.desk.run(ACME, &format!("{line} --speed 1000 -o json")).await
    }

    /// Runs a share that may copy first. If it should stay unfinished, kills it half way.
    async fn job(&mut self) {
        let image = self.pick(&self.own.clone());
        let with = self.pick(&[BOREALIS, COBALT]);
        let to = self.pick(&VIEW);
        let line = format!("share {} --with {with} --in {to} --yes", image.id);
        if !self.one_in(2) {
            let ran = self.run(&line).await;
            self.story.push(format!("{line}: {:?}", ran.status));
            return;
        }
        self.story.push(format!("{line}: killed"));
        let mut command = self.desk.program(ACME);
        command.args(line.split(' ')).args(["--speed", "1"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let path = self.desk.home.path().join("journal.db");
        let end = Instant::now() + PATIENCE;
        let before = jobs(&path);
        // It is killed once it is in the journal. A refused one ends by itself.
        while child.try_wait().unwrap().is_none() && jobs(&path) == before {
            assert!(Instant::now() < end, "{:?}", self.story);
            tokio::task::yield_now().await;
        }
        let _ = child.kill();
        child.wait().unwrap();
    }

    /// Makes a change as another user, or as the same user in the vendor's console.
    async fn change(&mut self) {
        let acme = client(&self.desk.cloud, ACME);
        self.read().await;
        // Half of the time, changes an image in a job's record.
        let recorded = recorded(&self.desk.home.path().join("journal.db"));
        let own: Vec<Image> = self.own.iter().filter(|i| recorded.contains(&i.id)).cloned().collect();
        let image = match own.is_empty() || self.one_in(2) {
            true => self.pick(&self.own.clone()),
            false => self.pick(&own),
        };
        let account: Uin = self.pick(&[BOREALIS, COBALT, QUAY]).parse().unwrap();
        let one = std::slice::from_ref(&account);
        let (region, id) = (&image.region, &image.id);
        let what = self.rng.u8(..5);
        let done = match what {
            0 => acme.modify_shares(region, id, one, Permission::Cancel).await.is_ok(),
            1 => acme.modify_shares(region, id, one, Permission::Share).await.is_ok(),
            2 => {
                acme.modify_shares(region, id, one, Permission::Cancel).await.is_ok()
                    && acme.modify_shares(region, id, one, Permission::Share).await.is_ok()
            }
            3 => acme.delete_images(region, std::slice::from_ref(id), false, false).await.is_ok(),
            _ => acme.modify_image(region, id, Some("renamed-by-others"), None).await.is_ok(),
        };
        self.story.push(format!("change {what} of {id} in {region} for {account}: {done}"));
    }

    /// Returns a command line without `--yes`, and sets the action that the console can be asked about.
    fn question(&mut self) -> String {
        let mut images = self.own.clone();
        images.extend(self.received.clone());
        let image = self.pick(&images).id;
        let region = self.pick(&VIEW);
        match self.rng.u8(..8) {
            0 => format!("delete {image}"),
            1 => format!("rename {image} --name {}", self.pick(&["golden-web-6", "fresh-name"])),
            2 => format!("share {image} --with {}", self.pick(&[BOREALIS, COBALT, QUAY])),
            3 => format!("share {image} --with {},{BOREALIS} --in {region}", self.pick(&[COBALT, QUAY])),
            4 => format!("copy {image} --to {region}"),
            5 => match self.one_in(2) {
                true => format!("unshare {image} --all"),
                false => format!("unshare {image} --with {BOREALIS}"),
            },
            6 => {
                let zone = self.pick(&["ap-guangzhou-3", "ap-shanghai-2", "ap-guangzhou-99"]);
                format!("launch {image} --zone {zone} --type {}", self.pick(&["S5.MEDIUM4", "FOO.BAR"]))
            }
            _ => {
                let instance = self.pick(&self.instances.clone());
                match self.one_in(2) {
                    true => format!("reinstall {instance} --image {image}"),
                    false => format!("capture {instance} --name kept"),
                }
            }
        }
    }

    /// Checks that `check`, `--dry-run` and `--yes` agree.
    async fn asked(&mut self) {
        self.read().await;
        let line = self.question();
        let check = self.run(&format!("check {line}")).await;
        let wanted = codes(&check);
        self.story.push(format!("{line}: {:?} {wanted:?}", check.status));
        assert!(matches!(check.status, Some(0 | 3)), "{:#?}\n{check:?}", self.story);
        for consent in ["--dry-run", "--yes"] {
            let ran = self.run(&format!("{line} {consent}")).await;
            assert_eq!(ran.status, check.status, "{consent}: {:#?}\n{ran:?}", self.story);
            if check.status == Some(3) {
                assert_eq!(codes(&ran), wanted, "{consent}: {:#?}\n{ran:?}", self.story);
            }
        }
    }

    /// Checks that the console and the line mode agree with `check` on the actions of each image.
    async fn rows(&mut self) {
        self.read().await;
        let endpoint = self.desk.cloud.endpoint.clone();
        let home = self.desk.home.path().to_owned();
        let mut images = self.own.clone();
        images.extend(self.received.clone());
        let image = self.pick(&images);
        let id = image.id.clone();
        let mut lines = vec![
            ("share", format!("share {id}"), Action::Share { image: id.clone(), with: Vec::new() }),
            ("copy", format!("copy {id}"), Action::Copy { image: id.clone(), to: Vec::new(), name: None }),
            (
                "rename",
                format!("rename {id}"),
                Action::Rename { image: id.clone(), name: None, description: None },
            ),
            ("delete", format!("delete {id}"), Action::Delete { image: id.clone(), with_snapshots: false }),
        ];
        if image.kind == ImageKind::Own {
            let all = Action::Unshare { image: id.clone(), which: ShareSelection::All };
            lines.push(("unshare", format!("unshare {id} --all"), all));
        }
        let mut told = Vec::new();
        for (_, line, _) in &lines {
            told.push(self.run(&format!("check {line}")).await);
        }
        let plain = self.plain(&format!("actions {id}\n")).await;
        let actions: Vec<Action> = lines.iter().map(|(.., action)| action.clone()).collect();
        let seen = tokio::task::spawn_blocking(move || console(&endpoint, &home, &image, &actions));
        let seen = seen.await.unwrap();
        for (((word, line, _), ran), (kind, codes_seen)) in lines.iter().zip(&told).zip(seen) {
            let verdict: Value = serde_json::from_str(&ran.out).unwrap();
            assert_eq!(
                (kind, &codes_seen),
                (verdict["verdict"].as_str().unwrap().to_owned(), &codes(ran)),
                "{line} in the console: {:#?}",
                self.story
            );
            let said = match verdict["verdict"].as_str() {
                Some("allowed") => format!("{word}: ready."),
                _ => format!("{word}: blocked."),
            };
            assert!(plain.contains(&said), "{line} in the line mode: {plain}\n{:#?}", self.story);
            for reason in verdict["reasons"].as_array().unwrap() {
                let text = reason["text"].as_str().unwrap();
                assert!(plain.contains(text), "{line} in the line mode: {plain}\n{:#?}", self.story);
            }
        }
    }

    async fn plain(&self, lines: &str) -> String {
        let mut command = self.desk.program(ACME);
        command.args(["--plain", "--speed", "1000"]).env("LANG", "C.UTF-8");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let lines = lines.to_owned();
        let said = tokio::task::spawn_blocking(move || {
            let mut child = command.spawn().unwrap();
            child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
            child.wait_with_output().unwrap()
        });
        String::from_utf8(said.await.unwrap().stdout).unwrap()
    }

    /// Checks that the record of each finished job matches the cloud after a complete read.
    async fn records(&mut self) {
        let looked = self.run("list exposure").await;
        assert_eq!(looked.status, Some(0), "{looked:?}");
        let acme = client(&self.desk.cloud, ACME);
        let path = self.desk.home.path().join("journal.db");
        if !path.exists() {
            return;
        }
        for kept in
            wait(wait(Journal::open(&path)).unwrap().jobs()).unwrap().iter().filter(|k| k.job.is_over())
        {
            let job = &kept.job;
            for cell in &job.cells {
                let Some(id) = cell.image.as_ref().filter(|_| VIEW.contains(&cell.region.as_str())) else {
                    continue;
                };
                let image = acme.image(&cell.region, id).await.unwrap();
                let claims = cell.state == cvmshare::jobs::CellState::Ready;
                assert_eq!(claims, image.is_some(), "{id} of {job:#?}\n{:#?}", self.story);
                let shares = match image {
                    Some(_) => acme.shares(&cell.region, id).await.unwrap(),
                    None => Vec::new(),
                };
                for edge in job.edges.iter().filter(|e| e.region == cell.region) {
                    let there = shares.iter().any(|s| s.account == edge.account);
                    let account = &edge.account;
                    assert!(
                        !edge.state.is_shared() || there,
                        "{account} of {id}: {job:#?}\n{:#?}",
                        self.story
                    );
                }
            }
        }
    }
}

/// Returns the verdicts of the console for an image's row.
fn console(
    endpoint: &str,
    home: &std::path::Path,
    image: &Image,
    actions: &[Action],
) -> Vec<(String, BTreeSet<String>)> {
    let mut setup = setup(endpoint, home);
    let config = cvmshare::session::Config::read(&home.join("config.toml")).unwrap();
    let lab = config.profiles["lab"].clone();
    let keys = "demo:100000000001".parse().unwrap();
    setup.profiles = vec![cvmshare::session::Profile { credentials: keys, ..lab }];
    setup.initial = 0;
    setup.accounts = config.accounts.clone();
    let mut console = TestDriver::open(setup, (120, 40), None).unwrap();
    assert!(console.wait_until_quiet());
    let tab = if image.kind == ImageKind::Own { "1" } else { "2" };
    console.press(&format!("{tab} / \"{}\" enter", image.id)).unwrap();
    assert!(console.wait_for(|state| {
        let settled = actions.iter().all(|a| state.facts.verdict(a).kind() != VerdictKind::Unknown);
        settled && state.pending_reads(|_| true).0 == 0
    }));
    let verdict = |action: &Action| {
        let verdict = console.state.facts.verdict(action);
        let codes = verdict.codes().iter().map(ToString::to_string).collect();
        (serde_json::to_value(verdict.kind()).unwrap().as_str().unwrap().to_owned(), codes)
    };
    actions.iter().map(verdict).collect()
}

/// Returns the ids of the journal's jobs, or none if there is no journal.
fn jobs(path: &std::path::Path) -> BTreeSet<String> {
    let read = || wait(wait(Journal::open(path)).ok()?.jobs()).ok();
    let all = path.exists().then(read).flatten().unwrap_or_default();
    all.into_iter().map(|k| k.job.id).collect()
}

/// Returns the images in the records of the journal's jobs.
fn recorded(path: &std::path::Path) -> BTreeSet<ImageId> {
    let read = || wait(wait(Journal::open(path)).ok()?.jobs()).ok();
    let all = path.exists().then(read).flatten().unwrap_or_default();
    all.iter().flat_map(|k| &k.job.cells).filter_map(|c| c.image.clone()).collect()
}

/// Returns the codes of the reasons: those of the document, or those in parentheses on stderr.
fn codes(ran: &Ran) -> BTreeSet<String> {
    let document: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:?}"));
    let verdict = if document["verdict"].is_object() { &document["verdict"] } else { &document };
    let mut all: BTreeSet<String> = BTreeSet::new();
    for reason in verdict["reasons"].as_array().into_iter().flatten() {
        all.insert(reason["code"].as_str().unwrap().to_owned());
    }
    if verdict["reasons"].is_null() {
        let words = ran.err.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
        all.extend(words.map(|(code, _)| code.to_owned()));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn all_interfaces_agree_and_records_match_the_cloud() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let seeds = match number("SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("WORLDS").unwrap_or(6),
    };
    for seed in seeds {
        eprintln!("world {seed}");
        let mut world = World::new(seed).await;
        for _ in 0..world.rng.usize(..3) {
            world.job().await;
        }
        for _ in 0..world.rng.usize(..4) {
            world.change().await;
        }
        world.rows().await;
        for _ in 0..QUESTIONS {
            world.asked().await;
            if world.one_in(3) {
                world.change().await;
            }
        }
        world.rows().await;
        world.records().await;
    }
}
