//! The claims of a job's record, in a cloud that others change meanwhile: a second client with the owner's keys cancels
//! shares, makes them again, and deletes copies.

use std::collections::{BTreeMap, BTreeSet};

use cvmshare::{
    cloud::{Client, ClientOptions, Credentials, Permission},
    jobs::{Clients, ExitReason, JobState, Maker, Pace, Worker, job::UNREACHABLE},
    messages::Lang,
    model::ImageId,
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::sync::mpsc::unbounded_channel;
use tokio_util::sync::CancellationToken;

use crate::{
    emulator_client::{ACME, BOREALIS, QUAY},
    jobs::{BASE, GZ, Lab, cells_and_edges, region, uin},
    jobs_cli::{Bench, Ran, ended, ran, text},
};

const SHANGHAI: &str = "ap-shanghai";
const BEIJING: &str = "ap-beijing";

impl Bench {
    /// Changes the shares of an image with a second client of the owner.
    async fn others(&self, place: &str, image: &str, who: &str, what: Permission) {
        let image: ImageId = image.parse().unwrap();
        self.lab.own.modify_shares(&region(place), &image, &[uin(who)], what).await.unwrap();
    }

    /// Advances the clock, so that later resources have another creation time.
    async fn pass(&self, seconds: u32) {
        let body = json!({ "seconds": seconds }).to_string();
        assert_eq!(self.lab.desk.control("POST", "advance", &body).await.0, 200);
    }

    /// Runs the command of [`Bench::share`].
    async fn shared(&self) -> Ran {
        let done = self.run(&self.share()).await;
        assert_eq!((done.status, done.json()["state"].as_str()), (Some(0), Some("done")), "{}", done.err);
        done
    }
}

fn image(document: &Value, place: &str) -> String {
    let cells = document["cells"].as_array().unwrap();
    text(&cells.iter().find(|c| c["region"] == place).unwrap()["image_id"]).to_owned()
}

fn set(all: &[&str]) -> Vec<BTreeSet<String>> {
    vec![all.iter().map(|a| (*a).to_owned()).collect()]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_made_again_by_others_is_not_claimed() {
    let bench = Bench::new(20_000.0, &[]).await;
    let document = bench.shared().await.json();
    let (id, copy) = (text(&document["job"]).to_owned(), image(&document, BEIJING));
    for (place, image, who) in [(GZ, bench.base(), BOREALIS), (BEIJING, copy.clone(), QUAY)] {
        bench.others(place, &image, who, Permission::Cancel).await;
        bench.pass(5).await;
        bench.others(place, &image, who, Permission::Share).await;
    }
    let exposure = bench.run("list exposure -o json").await.json();
    let of = |image: &str| {
        let made = exposure.as_array().unwrap().iter().filter(|e| e["image"] == image);
        made.map(|e| e["made_here"] == true).collect::<Vec<_>>()
    };
    assert_eq!(of(&bench.base()), [false]);
    assert_eq!(of(&image(&document, SHANGHAI)), [true]);
    // The record shows it without another read.
    let shown = bench.run(&format!("jobs show {id} -o json")).await;
    assert_eq!(
        shown.edges(),
        [
            "ap-guangzhou 100000000002 shared",
            "ap-shanghai 100000000002 shared ours",
            "ap-beijing 100000000003 shared",
        ]
    );

    let writes = bench.lab.writes().await.len();
    let plan = bench.run(&format!("jobs undo {id} --dry-run -o json")).await;
    assert_eq!(plan.status, Some(0), "{}", plan.err);
    let plan = plan.json();
    let step = |s: &Value| {
        let accounts = s["accounts"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("+");
        format!("{} {} {accounts} {}", text(&s["action"]), text(&s["region"]), text(&s["verdict"]))
    };
    let steps: Vec<String> = plan["steps"].as_array().unwrap().iter().map(step).collect();
    assert_eq!(steps, ["unshare ap-shanghai 100000000002 allowed", "delete ap-shanghai  allowed"]);
    assert_eq!(plan["job"], id.as_str());
    assert_eq!(plan["steps"][1]["image_id"], image(&document, SHANGHAI).as_str());
    let stays: Vec<(&str, &str)> =
        plan["stays"].as_array().unwrap().iter().map(|s| (text(&s["region"]), text(&s["what"]))).collect();
    assert!(stays.contains(&(GZ, "shares")) && stays.contains(&(BEIJING, "shares")), "{stays:?}");
    let copy_stays = plan["stays"].as_array().unwrap().iter().find(|s| s["what"] == "copy").unwrap();
    assert_eq!((text(&copy_stays["region"]), text(&copy_stays["image_id"])), (BEIJING, copy.as_str()));
    assert_eq!(copy_stays["reasons"][0]["code"], "delete.shared");
    assert!(!text(&copy_stays["reasons"][0]["remedy"]["text"]).is_empty(), "{copy_stays}");
    assert_eq!(bench.lab.writes().await.len(), writes, "a dry run sends nothing that changes");

    let undone = bench.run(&format!("jobs undo {id} --yes -o json")).await;
    assert_eq!(undone.status, Some(5), "{}", undone.err);
    assert!(undone.err.contains("[delete.shared]"), "{}", undone.err);
    assert_eq!(
        bench.world(BASE).await,
        BTreeMap::from([(GZ.to_owned(), set(&[BOREALIS])), (BEIJING.to_owned(), set(&[QUAY]))]),
        "what others made stays"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_covers_every_region_of_the_job() {
    let bench = Bench::new(20_000.0, &[]).await;
    let id = text(&bench.shared().await.json()["job"]).to_owned();
    let mut command = bench.bare(ACME);
    command.env("TENCENTCLOUD_REGION", GZ).args(["jobs", "undo", &id, "--yes", "-o", "json"]);
    let undone = ran(command).await;
    assert_eq!(undone.status, Some(0), "{}", undone.err);
    let document = undone.json();
    assert_eq!(document["state"], "undone");
    assert_eq!(undone.cells(), ["ap-guangzhou ready there", "ap-shanghai undone", "ap-beijing undone"]);
    assert_eq!(
        undone.edges(),
        [
            "ap-guangzhou 100000000002 undone",
            "ap-shanghai 100000000002 undone",
            "ap-beijing 100000000003 undone",
        ]
    );
    let outcomes: Vec<&str> =
        document["steps"].as_array().unwrap().iter().map(|s| text(&s["outcome"])).collect();
    assert_eq!(outcomes, ["done"; 5]);
    assert_eq!(bench.world(BASE).await, BTreeMap::from([(GZ.to_owned(), set(&[]))]));
    // Every later read of the record shows the same.
    let listed = bench.run("jobs list -o json").await.json();
    assert_eq!((&listed[0]["state"], &listed[0]["shared"]), (&json!("undone"), &json!(0)));
    let shown = bench.run(&format!("jobs show {id} -o json")).await;
    assert_eq!((shown.status, shown.edges(), shown.cells()), (Some(0), undone.edges(), undone.cells()));
    let resumed = bench.run(&format!("jobs resume {id} -o json")).await;
    assert_eq!((resumed.status, resumed.edges()), (Some(0), undone.edges()), "{}", resumed.err);
    // The same command starts the job again.
    let again = bench.shared().await;
    assert_eq!(again.json()["job"], id.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_steps_of_an_undo_are_reported_with_code_and_fix() {
    let bench = Bench::new(20_000.0, &[]).await;
    let id = text(&bench.shared().await.json()["job"]).to_owned();
    bench.lab.faults(&["DeleteImages@ap-shanghai*=error:UnauthorizedOperation"]).await;
    let undone = bench.run(&format!("jobs undo {id} --yes -o json")).await;
    assert_eq!(undone.status, Some(5), "{}", undone.err);
    let document = undone.json();
    assert_eq!(document["state"], "partial");
    assert_eq!(
        undone.cells(),
        ["ap-guangzhou ready there", "ap-shanghai ready UnauthorizedOperation", "ap-beijing undone"]
    );
    let steps = document["steps"].as_array().unwrap();
    let failed: Vec<&Value> = steps.iter().filter(|s| s["outcome"] != "done").collect();
    let [step] = failed[..] else { panic!("{steps:?}") };
    assert_eq!(
        (&step["region"], &step["error"]["code"]),
        (&json!(SHANGHAI), &json!("UnauthorizedOperation"))
    );
    assert!(undone.err.contains("not done: delete ap-shanghai"), "{}", undone.err);

    // If nothing may be done, nothing is done, and the reasons are shown.
    let blocked = bench.run(&format!("--read-only jobs undo {id} --yes -o json")).await;
    assert_eq!(blocked.status, Some(3), "{}", blocked.err);
    assert_eq!(blocked.json()["steps"][0]["reasons"][0]["code"], "mode.read-only");
    assert!(blocked.err.contains("[mode.read-only]"), "{}", blocked.err);
    bench.lab.desk.control("DELETE", "faults", "").await;
    let rest = bench.run(&format!("jobs undo {id} --yes -o json")).await;
    assert_eq!((rest.status, rest.json()["state"].as_str()), (Some(0), Some("undone")), "{}", rest.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_cancelled_by_others_during_the_job_is_not_claimed() {
    // A copy takes a minute, so that there is time for changes.
    let bench = Bench::new(10.0, &[]).await;
    let child = bench.begin(&bench.share());
    bench.until(|k| k.job.edges.iter().any(|e| e.state.is_shared())).await;
    bench.others(GZ, &bench.base(), BOREALIS, Permission::Cancel).await;
    bench.pass(3600).await;
    let done = ended(child).await;
    assert_eq!(
        done.edges(),
        [
            "ap-guangzhou 100000000002 failed gone",
            "ap-shanghai 100000000002 shared ours",
            "ap-beijing 100000000003 shared ours",
        ],
        "{}",
        done.err
    );
    assert_eq!((done.status, done.json()["state"].as_str()), (Some(5), Some("partial")));
    // Resuming the job checks the share again and does not make it again, since another user cancelled it.
    let id = text(&done.json()["job"]).to_owned();
    let writes = bench.lab.writes().await;
    let resumed = bench.run(&format!("jobs resume {id} -o json")).await;
    assert_eq!((resumed.status, resumed.edges()), (Some(5), done.edges()), "{}", resumed.err);
    assert!(resumed.err.contains("the share was last seen"), "{}", resumed.err);
    assert_eq!(bench.lab.writes().await, writes);
    // The command `share` makes it again.
    let again = bench.shared().await;
    assert_eq!(again.edges()[0], "ap-guangzhou 100000000002 shared ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn resuming_a_finished_job_reads_the_cloud_again() {
    let bench = Bench::new(20_000.0, &[]).await;
    let document = bench.shared().await.json();
    let id = text(&document["job"]).to_owned();
    let writes = bench.lab.writes().await;
    let resume = format!("jobs resume {id} -o json");
    let there = bench.run(&resume).await;
    assert_eq!((there.status, there.json()["state"].as_str()), (Some(0), Some("done")), "{}", there.err);

    // `unshare` cancels one share, and another user cancels a second one and deletes its copy.
    let own = bench.run(&format!("unshare {} --all --yes", bench.base())).await;
    assert_eq!(own.status, Some(0), "{}", own.err);
    let copy = image(&document, BEIJING);
    bench.others(BEIJING, &copy, QUAY, Permission::Cancel).await;
    let ids = [copy.parse::<ImageId>().unwrap()];
    bench.lab.own.delete_images(&region(BEIJING), &ids, false, false).await.unwrap();
    let looked = bench.run(&resume).await;
    assert_eq!(looked.status, Some(5), "{}", looked.err);
    let (cells, edges) = (
        ["ap-guangzhou ready there", "ap-shanghai ready", "ap-beijing failed missing"],
        [
            "ap-guangzhou 100000000002 failed gone",
            "ap-shanghai 100000000002 shared ours",
            "ap-beijing 100000000003 failed missing",
        ],
    );
    assert_eq!(
        (looked.cells(), looked.edges()),
        (cells.map(str::to_owned).into(), edges.map(str::to_owned).into())
    );
    assert!(looked.err.contains(&format!("{copy} was last seen")), "{}", looked.err);
    let text_zh = bench.run(&format!("--lang zh jobs resume {id}")).await;
    assert!(text_zh.err.contains("已不存在"), "{}", text_zh.err);
    assert_eq!(bench.lab.writes().await.len(), writes.len() + 3, "looking changes nothing");

    // `jobs show` makes no calls.
    let calls = bench.lab.desk.control("GET", "calls", "").await.1.as_array().unwrap().len();
    let shown = bench.run(&format!("jobs show {id}")).await;
    assert_eq!(shown.status, Some(0), "{}", shown.err);
    assert!(shown.out.contains("LAST SEEN") && shown.out.contains("gone: the share was"), "{}", shown.out);
    assert_eq!(bench.lab.desk.control("GET", "calls", "").await.1.as_array().unwrap().len(), calls);

    // Only what still exists is undone.
    let undone = bench.run(&format!("jobs undo {id} --yes -o json")).await;
    assert_eq!((undone.status, undone.json()["state"].as_str()), (Some(0), Some("undone")), "{}", undone.err);
    assert_eq!(undone.json()["steps"].as_array().unwrap().len(), 2);
    assert_eq!(bench.world(BASE).await, BTreeMap::from([(GZ.to_owned(), set(&[]))]));
}

#[tokio::test(flavor = "multi_thread")]
async fn results_of_an_earlier_job_are_not_undone_by_a_later_one() {
    let bench = Bench::new(20_000.0, &[]).await;
    let first = bench.run(&format!("share {} --with {BOREALIS} --yes -o json", bench.base())).await;
    assert_eq!(first.status, Some(0), "{}", first.err);
    let line = format!("share {} --with {BOREALIS} --in {GZ},{SHANGHAI} --yes -o json", bench.base());
    let second = bench.run(&line).await;
    assert_eq!(
        second.edges(),
        ["ap-guangzhou 100000000002 shared", "ap-shanghai 100000000002 shared ours"],
        "{}",
        second.err
    );
    let kept = bench.until(|k| k.job.edges.len() == 2).await.job;
    let made: Vec<Maker> = kept.edges.iter().map(|e| e.made_by).collect();
    assert_eq!(made, [Maker::Earlier, Maker::Job]);
    assert!(kept.edges.iter().all(|e| e.seen.is_some_and(|s| s.there && s.since.is_some())));
    let exposure = bench.run("list exposure -o json").await.json();
    let base = bench.base();
    let mut of_base = exposure.as_array().unwrap().iter().filter(|e| e["image"] == base.as_str());
    assert!(of_base.all(|e| e["made_here"] == true), "{exposure}");
    let undone = bench.run(&format!("jobs undo {} --yes -o json", kept.id)).await;
    assert_eq!((undone.status, undone.json()["state"].as_str()), (Some(0), Some("undone")), "{}", undone.err);
    assert_eq!(bench.world(BASE).await, BTreeMap::from([(GZ.to_owned(), set(&[BOREALIS]))]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_cloud_leaves_the_job_to_be_resumed() {
    let lab = Lab::new(&[], &[]).await;
    let job = lab.job(BASE, &[BOREALIS], &["ap-shanghai"]);
    // A port without a listener.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let options =
        ClientOptions { endpoint: Some(format!("http://127.0.0.1:{port}")), ..ClientOptions::default() };
    let account = lab.desk.cloud.accounts.iter().find(|a| a.uin.as_str() == ACME).unwrap();
    let credentials = Credentials::new(&account.secret_id, account.secret_key.clone().into(), "test");
    let nobody = Client::new(options, credentials).unwrap();
    let pace = Pace { patience: SignedDuration::from_millis(200), ..crate::jobs::pace() };
    let (_keep, mut commands) = unbounded_channel();
    let worker = Worker::new(Clients::owner_only(nobody), pace);
    let left = worker.run(job, &mut commands, CancellationToken::new(), |_| {}).await;
    assert_eq!((left.reason, left.job.state()), (ExitReason::Unreachable, JobState::Running));
    let why = left.job.paused.clone().unwrap();
    assert_eq!(why.code, UNREACHABLE);
    let told = why.text.render(Lang::EN);
    assert!(told.starts_with("no answer came from the cloud"), "{told}");
    // Another process continues the job when the cloud is reachable again.
    let done = lab.run(cvmshare::jobs::Job { paused: None, ..left.job }).await;
    assert_eq!(cells_and_edges(&done), ["ap-shanghai ready, 100000000002 shared ours"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn results_cancelled_or_deleted_by_hand_are_no_longer_claimed() {
    let bench = Bench::new(20_000.0, &[]).await;
    let shared = bench.shared().await.json();
    let (job, here, there) = (shared["job"].as_str().unwrap(), image(&shared, GZ), image(&shared, SHANGHAI));
    let states =
        async || {
            let shown = bench.run(&format!("jobs show {job} -o json")).await.json();
            let edges =
                shown["edges"].as_array().unwrap().iter().map(|e| {
                    format!("{} {} {}", e["region"], e["state"], e["error"]["code"]).replace('"', "")
                });
            let cells =
                shown["cells"].as_array().unwrap().iter().map(|c| {
                    format!("{} {} {}", c["region"], c["state"], c["error"]["code"]).replace('"', "")
                });
            cells.chain(edges).filter(|line| line.contains("failed")).collect::<BTreeSet<String>>()
        };
    assert_eq!(states().await, BTreeSet::new());
    let ran = bench.run(&format!("unshare {here} --all --yes -o json")).await;
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let gone = states().await;
    assert!(!gone.is_empty() && gone.iter().all(|l| l.starts_with(GZ) && l.ends_with("gone")), "{gone:?}");
    let ran = bench.run(&format!("delete {there} --cancel-shares --yes -o json")).await;
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let missing: Vec<String> = states().await.into_iter().filter(|l| l.starts_with(SHANGHAI)).collect();
    assert!(missing.contains(&format!("{SHANGHAI} failed missing")), "{missing:?}");
}
