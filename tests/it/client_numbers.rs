//! The number of calls for lists. Nothing more is requested once the result is no longer needed.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use cvmshare::{
    cloud::{CallLog, Client, ClientOptions, Credentials, for_each_region},
    emulator::{self, Running, SceneName},
    model::{Catalog, ImageKind, Region},
};
use tokio::{
    io::AsyncReadExt,
    net::TcpListener,
    sync::{mpsc, oneshot},
};

use crate::emulator_client::ACME;

/// Returns a client and a channel of its calls. The channel ends when the client and all its tasks are gone.
fn counted(cloud: &Running) -> (Client, mpsc::UnboundedReceiver<CallLog>) {
    let account = cloud.accounts.iter().find(|a| a.uin.as_str() == ACME).unwrap();
    let (calls, log) = mpsc::unbounded_channel();
    let options =
        ClientOptions { endpoint: Some(cloud.endpoint.clone()), calls: Some(calls), ..Default::default() };
    let keys = Credentials::new(&account.secret_id, account.secret_key.clone().into(), "a test");
    (Client::new(options, keys).unwrap(), log)
}

async fn all(mut log: mpsc::UnboundedReceiver<CallLog>) -> Vec<CallLog> {
    let mut calls = Vec::new();
    while let Some(call) = log.recv().await {
        calls.push(call);
    }
    calls
}

/// Starts a cloud with 10,000 own images: one in forty of the scene is received. The clock is real, so the documented
/// rates apply.
async fn ten_thousand() -> (Running, Region) {
    let at: Region = "ap-guangzhou".parse().unwrap();
    let options = emulator::Options {
        scene: SceneName::Big,
        images: 10_256,
        images_in: Some(at.clone()),
        ..emulator::Options::default()
    };
    (emulator::start(options).await.unwrap(), at)
}

#[tokio::test]
async fn ten_thousand_images_take_a_hundred_and_one_pages_within_the_rate_limit() {
    let (cloud, at) = ten_thousand().await;
    let (acme, mut log) = counted(&cloud);
    let mut pages = Vec::new();
    let mut before_first = None;
    let begun = Instant::now();
    let count = acme
        .images(&at, ImageKind::Own, |page| {
            before_first.get_or_insert_with(|| log.len());
            pages.push(page.len());
        })
        .await
        .unwrap();
    eprintln!("10,000 images: {:?}", begun.elapsed());
    drop(acme);
    let mut calls = Vec::new();
    while let Some(call) = log.recv().await {
        calls.push((call.action, call.outcome));
    }
    assert_eq!((count, pages, before_first), (10_000, vec![100; 100], Some(1)));
    assert_eq!(calls, vec![("DescribeImages", "ok".to_owned()); 101]);
}

/// Reads these regions at once, one of which has many own images, with 100 ms per call. Returns the calls per region
/// and the duration.
async fn read(regions: &[Region], images: usize) -> (BTreeMap<Region, usize>, Duration) {
    let options = emulator::Options {
        scene: SceneName::Big,
        images,
        images_in: regions.first().cloned(),
        faults: vec!["*=latency:100".parse().unwrap()],
        ..emulator::Options::default()
    };
    let cloud = emulator::start(options).await.unwrap();
    let (acme, log) = counted(&cloud);
    let begun = Instant::now();
    let ask = |at: Region| {
        let acme = acme.clone();
        async move { acme.images(&at, ImageKind::Own, |_| {}).await }
    };
    for_each_region(regions.iter().cloned(), ask, |at, result| {
        let own = images - images / 40;
        assert_eq!(result, Ok(if at == regions[0] { own } else { 0 }), "{at}");
    })
    .await;
    let took = begun.elapsed();
    drop(acme);
    let mut per_region = BTreeMap::new();
    for call in all(log).await {
        assert_eq!((call.action, call.outcome.as_str()), ("DescribeImages", "ok"));
        *per_region.entry(call.region.unwrap()).or_insert(0) += 1;
    }
    (per_region, took)
}

/// No region waits for another: all regions together take as long as the slowest one. Each takes one call per page of a
/// hundred images.
#[tokio::test]
async fn all_regions_take_only_their_own_calls() {
    let regions: Vec<Region> = Catalog::get().iter().filter(|r| r.open).map(|r| r.region.clone()).collect();
    for (images, pages) in [(40, 1), (1000, 10)] {
        let (calls, all) = read(&regions, images).await;
        let mut wanted: BTreeMap<Region, usize> = regions.iter().map(|r| (r.clone(), 1)).collect();
        wanted.insert(regions[0].clone(), pages);
        assert_eq!(calls, wanted);
        let (_, alone) = read(&regions[..1], images).await;
        let many = regions.len();
        eprintln!(
            "{many} regions with 100 ms a call, {pages} pages in one: {all:?}; that one alone: {alone:?}"
        );
    }
}

#[tokio::test]
async fn a_dropped_list_requests_no_further_pages() {
    let (cloud, at) = ten_thousand().await;
    let (acme, log) = counted(&cloud);
    let (shown, enough) = oneshot::channel();
    let mut shown = Some(shown);
    tokio::select! {
        biased;
        _ = enough => {}
        _ = acme.images(&at, ImageKind::Own, |_| {
            if let Some(shown) = shown.take() {
                shown.send(()).unwrap();
            }
        }) => panic!("the list was read to its end"),
    }
    drop(acme);
    // The first page, and at most the calls that were in progress.
    let calls = all(log).await.len();
    assert!((1..=17).contains(&calls), "{calls}");
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let options = ClientOptions {
        endpoint: Some(format!("http://{}", listener.local_addr().unwrap())),
        ..Default::default()
    };
    let keys = Credentials::new("id", "key".to_owned().into(), "a test");
    let client = Client::new(options, keys).unwrap();
    let call = tokio::spawn({
        let client = client.clone();
        async move { client.caller().await }
    });
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut bytes = [0; 4096];
    assert!(stream.read(&mut bytes).await.unwrap() > 0);
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    // The client itself still exists. The rest of the request arrives, then the end.
    while stream.read(&mut bytes).await.unwrap() > 0 {}
    drop(client);
}
