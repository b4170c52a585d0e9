//! A small set of facts for tests of the rules: everything that is needed is known, and nothing blocks.

use std::collections::BTreeMap;

use cvmshare::{
    model::{
        Image, ImageId, ImageKind, ImageState, Instance, InstanceId, InstanceState, Receiver, Region, Share,
        Snapshot, Uin,
    },
    rules::{Action, Args, Facts, ShareSelection},
};
use jiff::Timestamp;

use crate::fixtures;

pub const ME: &str = "100000000001";
/// A customer, "Borealis Games".
pub const BOREALIS: &str = "100000000002";
/// An account that shares two images with the user, "Quay Labs".
pub const QUAY: &str = "100000000003";
pub const GZ: &str = "ap-guangzhou";
pub const SH: &str = "ap-shanghai";

/// An own image in Guangzhou, in the state NORMAL, without shares.
pub const FREE: &str = "img-free0000";
/// An own image in Guangzhou, shared with Borealis, Quay and one more.
pub const SHARED: &str = "img-shared00";
/// An own image in Shanghai without shares.
pub const OTHER: &str = "img-other000";
/// An image received from Quay Labs in Guangzhou.
pub const RECEIVED: &str = "img-recv0000";
pub const PUBLIC: &str = "img-public00";
/// A running instance of [`FREE`] in Guangzhou.
pub const RUNNING: &str = "ins-running0";
/// A stopped instance of [`OTHER`] in Shanghai.
pub const STOPPED: &str = "ins-stopped0";

pub fn uin(text: &str) -> Uin {
    text.parse().unwrap()
}

pub fn img(text: &str) -> ImageId {
    text.parse().unwrap()
}

pub fn ins(text: &str) -> InstanceId {
    text.parse().unwrap()
}

pub fn reg(text: &str) -> Region {
    text.parse().unwrap()
}

pub fn at(day: &str) -> Timestamp {
    format!("{day}T00:00:00Z").parse().unwrap()
}

pub fn image(id: &str, region: &str, name: &str) -> Image {
    Image {
        os: "Ubuntu Server 24.04 LTS 64bit".into(),
        created_at: Some(at("2026-10-01")),
        creator: Some(ME.into()),
        source: Some("CREATE_IMAGE".into()),
        ..fixtures::image(id, region, name)
    }
}

pub fn snapshot(size_gib: u32) -> Snapshot {
    Snapshot { id: "snap-00000000".into(), data_disk: false, size_gib }
}

pub fn instance(id: &str, region: &str, image: &str) -> Instance {
    Instance { created_at: Some(at("2026-10-02")), ..fixtures::instance(id, region, "web-1", Some(image)) }
}

pub fn share(account: &str, day: &str) -> Share {
    Share { account: uin(account), since: Some(at(day)) }
}

/// Returns this many shares with accounts that no test names.
pub fn shares(count: u64) -> Vec<Share> {
    (0..count).map(|i| share(&format!("{}", 200_000_000_000 + i), "2026-09-01")).collect()
}

/// Returns the facts with the changes of a case.
pub fn world(change: impl FnOnce(&mut Facts)) -> Facts {
    let mut f = Facts::default();
    f.standing.me = Some(uin(ME));
    f.known_regions = [
        GZ,
        SH,
        "ap-beijing",
        "ap-hongkong",
        "ap-singapore",
        "eu-frankfurt",
        "ap-shanghai-fsi",
        "ap-shenzhen-fsi",
        "ap-taipei",
    ]
    .map(reg)
    .into();
    f.accounts = BTreeMap::from([
        (uin(ME), "Acme Platform".to_owned()),
        (uin(BOREALIS), "Borealis Games".to_owned()),
        (uin(QUAY), "Quay Labs".to_owned()),
    ]);
    for region in f.known_regions.clone() {
        f.set_images(&region, Vec::new(), at("2026-11-24"));
        f.set_instances(&region, Vec::new(), at("2026-11-24"));
    }
    let received =
        Image { kind: ImageKind::Received, creator: Some(QUAY.into()), ..image(RECEIVED, GZ, "quay-base") };
    let public =
        Image { kind: ImageKind::Public, creator: Some("tencent".into()), ..image(PUBLIC, GZ, "Ubuntu 24") };
    f.add_images([
        image(FREE, GZ, "golden"),
        image(SHARED, GZ, "golden-shared"),
        image(OTHER, SH, "other"),
        received,
        public,
    ]);
    f.set_shares(img(FREE), Vec::new());
    f.set_shares(img(OTHER), Vec::new());
    let three =
        [share(BOREALIS, "2026-11-12"), share(QUAY, "2026-11-01"), share("100000000009", "2026-11-02")];
    f.recorded_shares.extend(three.iter().map(|s| ((img(SHARED), s.account.clone()), s.since)));
    f.set_shares(img(SHARED), three.into());
    f.add_instances([
        instance(RUNNING, GZ, FREE),
        Instance { state: InstanceState::Stopped, ..instance(STOPPED, SH, OTHER) },
    ]);
    change(&mut f);
    f
}

/// Changes an image.
pub fn edit(f: &mut Facts, id: &str, change: impl FnOnce(&mut Image)) {
    let mut image = f.image(&img(id)).unwrap().clone();
    change(&mut image);
    f.add_images([image]);
}

/// Adds a copy of [`FREE`] in Shanghai that a job made.
pub fn add_copy(f: &mut Facts, state: ImageState) {
    f.add_images([Image { state, ..image("img-copy0000", SH, "golden") }]);
    f.set_shares(img("img-copy0000"), Vec::new());
    f.copies.insert(img(FREE), BTreeMap::from([(reg(SH), img("img-copy0000"))]));
}

pub fn share_with(id: &str, with: &[&str]) -> Action {
    Action::Share { image: img(id), with: with.iter().map(|w| Receiver::parse(w)).collect() }
}

pub fn distribute(id: &str, with: &[&str], regions: &[&str]) -> Action {
    Action::Distribute {
        image: img(id),
        with: with.iter().map(|w| Receiver::parse(w)).collect(),
        regions: regions.iter().map(|r| reg(r)).collect(),
    }
}

pub fn copy(id: &str, to: &[&str]) -> Action {
    Action::Copy { image: img(id), to: to.iter().map(|r| reg(r)).collect(), name: None }
}

pub fn copy_as(id: &str, to: &[&str], name: &str) -> Action {
    Action::Copy { image: img(id), to: to.iter().map(|r| reg(r)).collect(), name: Some(name.into()) }
}

pub fn unshare(id: &str, accounts: &[&str]) -> Action {
    let which = if accounts.is_empty() {
        ShareSelection::All
    } else {
        ShareSelection::Accounts(accounts.iter().map(|a| uin(a)).collect())
    };
    Action::Unshare { image: img(id), which }
}

pub fn delete(id: &str) -> Action {
    Action::Delete { image: img(id), with_snapshots: false }
}

pub fn rename(id: &str, name: Option<&str>, description: Option<&str>) -> Action {
    Action::Rename { image: img(id), name: name.map(Into::into), description: description.map(Into::into) }
}

pub fn launch(id: &str, region: Option<&str>) -> Action {
    Action::Launch { image: img(id), region: region.map(reg), zone: None, instance_type: None, name: None }
}

pub fn reinstall(id: &str, image: Option<&str>) -> Action {
    Action::Reinstall { instance: ins(id), image: image.map(img) }
}

pub fn capture(id: &str, name: Option<&str>) -> Action {
    Action::Capture { instance: ins(id), name: name.map(Into::into) }
}

/// Converts JSON to arguments of a message.
pub fn args(json: serde_json::Value) -> Args {
    let serde_json::Value::Object(map) = json else { panic!("no object: {json}") };
    map.into_iter().map(|(k, v)| (&*k.leak(), v)).collect()
}
