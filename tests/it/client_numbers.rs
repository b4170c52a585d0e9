//! What a list costs in calls, and that nothing more is asked once nobody waits for it.

use std::{collections::BTreeMap, time::Instant};

use cvmshare::{
    cloud::{CallLog, Client, ClientOptions, Credentials, each_region},
    emulator::{self, Running, SceneName},
    model::{Catalog, ImageKind, Region},
};
use tokio::{
    io::AsyncReadExt,
    net::TcpListener,
    sync::{mpsc, oneshot},
};

use crate::emulator_client::{ACME, still};

/// A client whose calls can be counted: the channel ends when the client and all that works for it are gone.
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

/// One in forty of the scene is received, so this many give 10,000 images of one's own.
async fn ten_thousand() -> (Running, Region) {
    let at: Region = "ap-guangzhou".parse().unwrap();
    let options =
        emulator::Options { scene: SceneName::Big, images: 10_256, images_in: Some(at.clone()), ..still() };
    (emulator::start(options).await.unwrap(), at)
}

#[tokio::test]
async fn ten_thousand_images_cost_a_hundred_calls_and_the_first_page_comes_first() {
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
    assert_eq!(calls, vec![("DescribeImages", "ok".to_owned()); 100]);
}

#[tokio::test]
async fn open_regions_cost_a_call_each() {
    let options = emulator::Options {
        scene: SceneName::Empty,
        faults: vec!["*=latency:100".parse().unwrap()],
        ..still()
    };
    let cloud = emulator::start(options).await.unwrap();
    let (acme, log) = counted(&cloud);
    let regions: Vec<Region> = Catalog::get().iter().filter(|r| r.open).map(|r| r.region.clone()).collect();
    let begun = Instant::now();
    let ask = |at: Region| {
        let acme = acme.clone();
        async move { acme.images(&at, ImageKind::Own, |_| {}).await }
    };
    each_region(regions.clone(), ask, |_, result| assert_eq!(result, Ok(0))).await;
    eprintln!("{} regions with 100 ms a call: {:?}", regions.len(), begun.elapsed());
    drop(acme);
    let mut per_region = BTreeMap::new();
    for call in all(log).await {
        assert_eq!((call.action, call.outcome.as_str()), ("DescribeImages", "ok"));
        *per_region.entry(call.region.unwrap()).or_insert(0) += 1;
    }
    assert_eq!(per_region, regions.into_iter().map(|r| (r, 1)).collect());
}

#[tokio::test]
async fn a_list_that_is_not_needed_any_more_asks_no_further_pages() {
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
    // The first page, and at most those that were under way.
    let calls = all(log).await.len();
    assert!((1..=9).contains(&calls), "{calls}");
}

#[tokio::test]
async fn a_call_that_is_not_needed_any_more_closes_its_connection() {
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
    // The client itself lives on; what remains of the request is read, then the end.
    while stream.read(&mut bytes).await.unwrap() > 0 {}
    drop(client);
}
