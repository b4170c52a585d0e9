//! Instances made and reinstalled and images made from them, each through the gate and over HTTP, with lost answers.

use cvmshare::{
    cloud::{Client, ClientOptions, Credentials},
    emulator::Options,
    jobs::{Recorder, act},
    model::{Image, ImageKind, Instance, InstanceState, Region},
    rules::{self, Action, Code, Facts},
};
use jiff::Timestamp;

use crate::emulator_client::{ACME, Desk};

const GZ: &str = "ap-guangzhou";
const BASE: &str = "base-ubuntu-24";

struct Bench {
    desk: Desk,
    own: Client,
    facts: Facts,
    here: Region,
}

impl Bench {
    async fn new(fault: &str) -> Self {
        let desk = Desk::new(Options { speed: 4000.0, ..Options::default() }).await;
        let account = desk.cloud.accounts.iter().find(|a| a.uin.as_str() == ACME).unwrap();
        let options = ClientOptions {
            endpoint: Some(desk.cloud.endpoint.clone()),
            timeout: std::time::Duration::from_secs(2),
            ..ClientOptions::default()
        };
        let credentials = Credentials::new(&account.secret_id, account.secret_key.clone().into(), "test");
        let own = Client::new(options, credentials).unwrap();
        let here: Region = GZ.parse().unwrap();
        let mut facts = Facts::default();
        facts.standing.me = Some(own.caller().await.unwrap().account);
        let mut images: Vec<Image> = Vec::new();
        own.images(&here, ImageKind::Own, |page| images.extend(page)).await.unwrap();
        for image in &images {
            facts.set_shares(image.id.clone(), own.shares(&here, &image.id).await.unwrap());
        }
        facts.set_images(&here, images, Timestamp::now());
        let instances = instances(&own, &here).await;
        facts.set_instances(&here, instances, Timestamp::now());
        let body = serde_json::json!([fault]).to_string();
        assert_eq!(desk.control("POST", "faults", &body).await.0, 200);
        Self { desk, own, facts, here }
    }

    async fn perform(&self, action: Action) -> act::Done {
        let verdict = rules::check(&action, &self.facts);
        let accepted: Vec<Code> = verdict.acknowledge.iter().map(|n| n.code).collect();
        let cleared = rules::clear(action, &self.facts, &accepted).unwrap();
        act::perform(&self.own, &cleared, &self.here, &Recorder::default()).await.unwrap()
    }

    /// How often the cloud was asked for an action, dry runs left out.
    async fn sends(&self, action: &str) -> usize {
        let (_, calls) = self.desk.control("GET", "calls", "").await;
        let calls = calls.as_array().unwrap();
        calls.iter().filter(|c| c["action"] == action && c["request"]["DryRun"] != true).count()
    }

    fn machine(&self) -> Instance {
        let own = |i: &&Instance| i.image.as_ref().is_some_and(|id| self.facts.image(id).is_some());
        let at_rest = |i: &&Instance| i.state == InstanceState::Running;
        self.facts.instances().filter(own).find(at_rest).unwrap().clone()
    }
}

async fn instances(own: &Client, here: &Region) -> Vec<Instance> {
    let mut all = Vec::new();
    own.instances(here, |page| all.extend(page)).await.unwrap();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_to_a_launch_makes_one_instance() {
    let bench = Bench::new("RunInstances#2=drop-reply").await;
    let offers = bench.own.zone_types(&bench.here).await.unwrap();
    let offer = offers.iter().find(|o| o.sold && o.instance_type.starts_with("S5.")).unwrap();
    let image = bench.facts.own_named(&bench.here, BASE).unwrap().id.clone();
    let action = Action::Launch {
        image: image.clone(),
        region: None,
        zone: Some(offer.zone.clone()),
        instance_type: Some(offer.instance_type.clone()),
        name: Some("web-1".into()),
    };
    let made = bench.perform(action).await.instance.unwrap();
    assert_eq!(
        (made.name.as_str(), made.zone, made.instance_type, made.image),
        ("web-1", offer.zone.clone(), offer.instance_type.clone(), Some(image))
    );
    assert_eq!(bench.sends("RunInstances").await, 2);
    let before = bench.facts.instances().count();
    assert_eq!(instances(&bench.own, &bench.here).await.len(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_to_a_reinstall_wipes_once() {
    let bench = Bench::new("ResetInstance#1=drop-reply").await;
    let (machine, image) = (bench.machine(), bench.facts.own_named(&bench.here, BASE).unwrap().id.clone());
    let action = Action::Reinstall { instance: machine.id.clone(), image: Some(image.clone()) };
    let done = bench.perform(action).await.instance.unwrap();
    assert_eq!((done.id, done.image), (machine.id, Some(image)));
    assert_eq!(bench.sends("ResetInstance").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_to_a_capture_makes_one_image() {
    let bench = Bench::new("CreateImage#1=drop-reply").await;
    let action = Action::Capture { instance: bench.machine().id, name: Some("web-kept".into()) };
    let made = bench.perform(action).await.image.unwrap();
    assert_eq!((made.name.as_str(), made.kind), ("web-kept", ImageKind::Own));
    assert_eq!(bench.sends("CreateImage").await, 1);
}
