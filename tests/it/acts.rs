//! Launching, reinstalling and capturing instances through the rules and over HTTP, with lost answers.

use cvmshare::{
    cloud::{Client, ClientOptions, Credentials, Error, Sent},
    emulator::Options,
    jobs::{
        Recorder,
        act::{self, CallOptions},
    },
    model::{Image, ImageKind, Instance, InstanceState, Region},
    rules::{self, Action, Facts},
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
        facts.set_offers(here.clone(), own.zone_types(&here).await.unwrap());
        let body = serde_json::json!([fault]).to_string();
        assert_eq!(desk.control("POST", "faults", &body).await.0, 200);
        Self { desk, own, facts, here }
    }

    async fn perform(&self, action: Action) -> act::Done {
        self.try_to(action, &CallOptions::default()).await.unwrap()
    }

    async fn try_to(&self, action: Action, extra: &CallOptions) -> Result<act::Done, Error> {
        let verdict = rules::check(&action, &self.facts);
        let cleared = rules::clear(action, &self.facts, &verdict).unwrap();
        act::perform_with(&self.own, &cleared, &self.here, extra, &Recorder::default()).await
    }

    fn launch(&self) -> Action {
        Action::Launch {
            image: self.facts.own_named(&self.here, BASE).unwrap().id.clone(),
            region: None,
            zone: Some("ap-guangzhou-3".into()),
            instance_type: Some("S5.MEDIUM4".into()),
            name: None,
        }
    }

    fn reinstall(&self) -> Action {
        let image = self.facts.own_named(&self.here, BASE).unwrap().id.clone();
        Action::Reinstall { instance: self.machine().id, image: Some(image) }
    }

    fn capture(&self) -> Action {
        Action::Capture { instance: self.machine().id, name: Some("web-kept".into()) }
    }

    /// Counts the calls of an action, without dry runs.
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
async fn launching_with_a_lost_answer_makes_one_instance() {
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
async fn reinstalling_with_a_lost_answer_wipes_once() {
    let bench = Bench::new("ResetInstance#1=drop-reply").await;
    let (machine, image) = (bench.machine(), bench.facts.own_named(&bench.here, BASE).unwrap().id.clone());
    let action = Action::Reinstall { instance: machine.id.clone(), image: Some(image.clone()) };
    let done = bench.perform(action).await.instance.unwrap();
    assert_eq!((done.id, done.image), (machine.id, Some(image)));
    assert_eq!(bench.sends("ResetInstance").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn capturing_with_a_lost_answer_makes_one_image() {
    let bench = Bench::new("CreateImage#1=drop-reply").await;
    let action = Action::Capture { instance: bench.machine().id, name: Some("web-kept".into()) };
    let made = bench.perform(action).await.image.unwrap();
    assert_eq!((made.name.as_str(), made.kind), ("web-kept", ImageKind::Own));
    assert_eq!(bench.sends("CreateImage").await, 1);
}

/// The action succeeds but the read after it fails. The result reports both.
#[tokio::test(flavor = "multi_thread")]
async fn a_failed_read_back_is_reported_with_the_result() {
    let unread = |done: &act::Done| done.unread.as_ref().map(|e| e.code.clone());
    let refused = Some("InvalidParameter".to_owned());

    let bench = Bench::new("DescribeInstances*=error:InvalidParameter").await;
    let done = bench.perform(bench.launch()).await;
    assert_eq!((unread(&done), &done.instance), (refused.clone(), &None));
    let seen = bench.desk.control("DELETE", "faults", "").await.0;
    assert_eq!(seen, 200);
    let all = instances(&bench.own, &bench.here).await;
    assert!(all.iter().any(|i| Some(&i.id) == done.launched.as_ref()), "{done:?}");

    // The first read is before the call.
    let bench = Bench::new("DescribeInstances#2=error:InvalidParameter").await;
    let done = bench.perform(bench.reinstall()).await;
    assert_eq!((unread(&done), &done.instance), (refused.clone(), &None));
    assert_eq!(bench.sends("ResetInstance").await, 1);

    let bench = Bench::new("DescribeImages*=error:InvalidParameter").await;
    let done = bench.perform(bench.capture()).await;
    assert_eq!((unread(&done), done.captured.is_some(), &done.image), (refused, true, &None));
    assert_eq!(bench.sends("CreateImage").await, 1);
}

/// Every error says whether the action may have been performed.
#[tokio::test(flavor = "multi_thread")]
async fn errors_say_whether_the_action_may_have_been_performed() {
    let sent = |result: Result<act::Done, Error>| result.unwrap_err().sent;
    // A lost answer to a dry run, or to a read before the call, changes nothing.
    let bench = Bench::new("RunInstances*=drop").await;
    assert_eq!(sent(bench.try_to(bench.launch(), &CallOptions::default()).await), Sent::Never);
    let bench = Bench::new("DescribeInstances*=drop").await;
    assert_eq!(sent(bench.try_to(bench.reinstall(), &CallOptions::default()).await), Sent::Never);
    // After a lost answer, the refusal of a second call says nothing about the first one.
    let bench = Bench::new("RunInstances#2=drop-reply").await;
    let more = serde_json::json!(["RunInstances#3=error:InternalError"]).to_string();
    assert_eq!(bench.desk.control("POST", "faults", &more).await.0, 200);
    let token = Some("one-and-the-same".to_owned());
    let first = CallOptions { token: token.clone(), ..CallOptions::default() };
    assert_eq!(sent(bench.try_to(bench.launch(), &first).await), Sent::Maybe);
    // The same token without a dry run returns the instance of the first call.
    let done = bench.try_to(bench.launch(), &CallOptions { repeats_lost_call: true, ..first }).await.unwrap();
    assert_eq!(done.launched, done.instance.map(|i| i.id));
    let (_, calls) = bench.desk.control("GET", "calls", "").await;
    let runs = calls.as_array().unwrap().iter().filter(|c| c["action"] == "RunInstances");
    let dry: Vec<bool> = runs.map(|c| c["request"]["DryRun"] == true).collect();
    assert_eq!(dry, [true, false, false, false]);
    assert_eq!(instances(&bench.own, &bench.here).await.len(), bench.facts.instances().count() + 1);
    // If the read after a lost answer fails too, the result is unknown.
    let bench = Bench::new("ResetInstance*=drop-reply").await;
    let more = serde_json::json!(["DescribeInstances#2=error:InvalidParameter"]).to_string();
    assert_eq!(bench.desk.control("POST", "faults", &more).await.0, 200);
    assert_eq!(sent(bench.try_to(bench.reinstall(), &CallOptions::default()).await), Sent::Maybe);
}

/// The values that are given beside the action reach the cloud.
#[tokio::test(flavor = "multi_thread")]
async fn network_and_description_reach_the_cloud() {
    let bench = Bench::new("DescribeZones#1=drop").await;
    let zone = serde_json::json!({ "Filters": [{ "Name": "zone", "Values": ["ap-guangzhou-3"] }] });
    let subnets = bench.desk.call(ACME, "ap-guangzhou", "DescribeSubnets", zone).await.unwrap();
    let text = |field: &str| subnets["SubnetSet"][0][field].as_str().unwrap().to_owned();
    let (vpc, subnet) = (text("VpcId"), text("SubnetId"));
    let network = Some((vpc.clone(), subnet.clone()));
    bench.try_to(bench.launch(), &CallOptions { network, ..CallOptions::default() }).await.unwrap();
    let description = Some("kept".to_owned());
    let done =
        bench.try_to(bench.capture(), &CallOptions { description, ..CallOptions::default() }).await.unwrap();
    assert_eq!(done.image.unwrap().description, "kept");
    let (_, calls) = bench.desk.control("GET", "calls", "").await;
    let calls = calls.as_array().unwrap();
    let said: Vec<_> = calls.iter().filter(|c| c["action"] == "RunInstances").collect();
    assert_eq!(said.len(), 2);
    for call in said {
        let wanted = serde_json::json!({ "VpcId": vpc, "SubnetId": subnet });
        assert_eq!(call["request"]["VirtualPrivateCloud"], wanted);
    }
}
