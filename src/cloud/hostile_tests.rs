//! Property tests with random answers and pages: nothing panics, no more rows are read than were requested,
//! no ID is delivered twice, every list ends, and missing rows are reported.
//!
//! Long run: `CVMSHARE_CASES=200000 cargo test --lib cloud::hostile_tests`.

use std::{cell::Cell, collections::BTreeSet, path::Path, sync::LazyLock};

use proptest::prelude::*;
use tokio::time::{Duration, Instant};

use super::{
    Error, Kind, Sent,
    answer::{ListError, Response, Rows},
    client::read,
    convert,
    pages::{ListResult, MAX_PAGES, PAGE_ROWS, Page, read_pages},
    redact::{MAX_CODE_CHARS, MAX_MESSAGE_CHARS, Secrets},
    wire,
};
use crate::{messages::Lang, model::Region};

/// Runs `quick` cases with a fixed seed, or `CVMSHARE_CASES` random ones.
fn cases(quick: u32) -> ProptestConfig {
    let long = std::env::var("CVMSHARE_CASES").ok().and_then(|n| n.parse().ok());
    let config =
        ProptestConfig { failure_persistence: None, max_shrink_iters: 2000, ..ProptestConfig::default() };
    match long {
        Some(cases) => ProptestConfig { cases, ..config },
        None => ProptestConfig { cases: quick, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..config },
    }
}

/// Reads the answers in `tests/corpus/answers`.
fn corpus() -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/answers");
    let mut all: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all.iter()
        .filter(|path| path.extension().is_none_or(|e| e != "gz"))
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

fn region() -> Region {
    "ap-guangzhou".parse().unwrap()
}

fn check_rows<T>(rows: Result<Rows<T>, ListError>, most: usize) {
    if let Ok(rows) = rows {
        assert!(rows.received <= most && rows.read.len() <= rows.received);
        assert_eq!(rows.first_error.is_some(), rows.read.len() < rows.received, "each row is read or told");
    }
}

/// Parses a body in every way that the client does.
fn read_all_ways(body: &[u8]) {
    let Ok(text) = std::str::from_utf8(body) else { return };
    match read(text, "DescribeImages", None, &Secrets::default()) {
        Err(error) => {
            // The limit plus the note about the number of bytes cut.
            assert!(error.message.render(Lang::EN).chars().count() <= MAX_MESSAGE_CHARS + 40);
            assert!(error.code.chars().count() <= MAX_CODE_CHARS + 40);
            assert!(error.request_id.is_none_or(|id| id.chars().count() <= MAX_CODE_CHARS + 40));
            assert!(matches!(error.sent, Sent::Answered) || error.kind == Kind::Unreadable);
        }
        Ok(answer) => {
            let (from, here) = (&answer.response, region());
            for most in [0, 1, 100] {
                check_rows(from.rows("ImageSet", most, |w| convert::image(w, &here, None)), most);
                check_rows(from.rows("ImageSet", most, convert::copy), most);
                check_rows(from.rows("InstanceSet", most, |w| convert::instance(w, &here)), most);
                check_rows(from.rows("SharePermissionSet", most, convert::share), most);
                check_rows(from.rows("RegionSet", most, convert::region), most);
                assert!(from.texts("InstanceIdSet", most).map_or(0, |all| all.len()) <= most);
            }
            let _: wire::GetCallerIdentityAnswer = from.row();
            let _: wire::AssumeRoleAnswer = from.row();
            let (_, _) = (from.number("TotalCount"), from.text("ImageId"));
        }
    }
}

#[test]
fn reads_every_answer_of_the_corpus() {
    let all = corpus();
    assert!(all.len() >= 15, "{}", all.len());
    all.iter().for_each(|body| read_all_ways(body));
    let good = |name: &str| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/answers");
        let text = std::fs::read_to_string(dir.join(name)).unwrap();
        read(&text, "DescribeImages", None, &Secrets::default()).map(|answer| answer.response)
    };
    let images =
        good("images.json").unwrap().rows("ImageSet", 100, |w| convert::image(w, &region(), None)).unwrap();
    assert_eq!((images.received, images.read.len(), images.first_error), (2, 2, None));
    let odd_rows = good("odd-rows.json").unwrap();
    let images = odd_rows.rows("ImageSet", 100, |w| convert::image(w, &region(), None)).unwrap();
    assert_eq!((images.received, images.read.len()), (7, 1));
    let told = images.first_error.map(|why| why.render(Lang::EN));
    assert_eq!(told.as_deref(), Some("its ImageId is \"nothing like an id\""));
    let shares = odd_rows.rows("SharePermissionSet", 100, convert::share).unwrap();
    assert_eq!((shares.received, shares.read.len()), (3, 0));
    assert_eq!(good("fields.json").map(|_| ()).unwrap_err().kind, Kind::Unreadable);
    assert_eq!(good("error.json").map(|_| ()).unwrap_err().code, "InvalidImageId.NotFound");
}

/// Stops after the requested number of rows out of millions, and limits the size of rows and of lists in
/// rows.
#[test]
fn reads_no_more_rows_than_requested() {
    let answer = |set: &str| {
        let text = format!("{{\"Response\":{{\"RequestId\":\"r\",\"ImageSet\":{set}}}}}");
        Response::open(&text).unwrap()
    };
    let looked = Cell::new(0);
    let look = |w: wire::Image| {
        looked.set(looked.get() + 1);
        convert::image(w, &region(), None)
    };
    let many = format!("[{}]", vec!["{\"ImageId\":\"img-00000001\"}"; 50_000].join(","));
    assert_eq!(answer(&many).rows("ImageSet", 100, look), Err(ListError::TooLong));
    assert_eq!(looked.get(), 100);
    for (row, why) in [
        ("0".to_owned(), "it is no object"),
        ("[]".to_owned(), "it is no object"),
        (
            format!("{{\"ImageId\":\"img-00000001\",\"X\":\"{}\"}}", "x".repeat(70_000)),
            "it is longer than 64 KiB",
        ),
        (
            format!("{{\"ImageId\":\"img-00000001\",\"Tags\":[{}]}}", vec!["{}"; 1025].join(",")),
            "a list in it has more than 1024 entries",
        ),
        ("{\"ImageId\":\"\"}".to_owned(), "it has no ImageId"),
    ] {
        let rows = answer(&format!("[{row}]")).rows("ImageSet", 100, |w| convert::image(w, &region(), None));
        let rows = rows.unwrap();
        let told = rows.first_error.map(|why| why.render(Lang::EN));
        assert_eq!((rows.read, rows.received, told.as_deref()), (vec![], 1, Some(why)));
    }
}

/// A mutation of a body.
#[derive(Debug, Clone)]
enum Change {
    Cut(usize),
    Put(usize, Vec<u8>),
    Take(usize, usize),
    Twice(usize, usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = || 0usize..4096;
    let words = prop::sample::select(vec![
        "null",
        "[]",
        "{}",
        "\"\"",
        "0",
        "-1",
        "1e999",
        "18446744073709551616",
        "true",
        ",",
        "]",
        "}",
        "[[[[[[[[",
        "\"ImageId\":",
        "\"TotalCount\":\"250\",",
        "\"Error\":{\"Code\":\"X\"},",
        "\\ud800",
        "\u{202e}",
        "\u{0}",
    ]);
    let change = prop_oneof![
        at().prop_map(Change::Cut),
        (at(), prop::collection::vec(any::<u8>(), 1..4)).prop_map(|(at, bytes)| Change::Put(at, bytes)),
        (at(), words).prop_map(|(at, word)| Change::Put(at, word.as_bytes().to_vec())),
        (at(), 1usize..64).prop_map(|(at, n)| Change::Take(at, n)),
        (at(), 1usize..256).prop_map(|(at, n)| Change::Twice(at, n)),
    ];
    prop::collection::vec(change, 0..5)
}

fn changed(mut body: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let place = |at: usize| at % (body.len() + 1);
        match change {
            Change::Cut(at) => body.truncate(place(*at)),
            Change::Put(at, bytes) => {
                let at = place(*at);
                body.splice(at..at, bytes.iter().copied());
            }
            Change::Take(at, n) => {
                let at = place(*at);
                body.drain(at..(at + n).min(body.len()));
            }
            Change::Twice(at, n) => {
                let at = place(*at);
                let piece = body[at..(at + n).min(body.len())].to_vec();
                body.splice(at..at, piece);
            }
        }
    }
    body
}

/// The rows of a generated list: numbers are IDs, `None` is an unreadable row.
type Made = Vec<Option<u32>>;

fn page_of(rows: &[Option<u32>], total: Option<u64>) -> Page<u32> {
    let read: Vec<u32> = rows.iter().copied().flatten().collect();
    let first_error = (read.len() < rows.len()).then(|| "it has no ID".into());
    Page { rows: Rows { read, received: rows.len(), first_error }, total }
}

/// Reads a list whose pages `page` generates. Returns the result, the IDs in order, and the number of pages
/// requested.
fn read_generated(page: impl Fn(u64) -> Page<u32>) -> (ListResult, Vec<u32>, usize) {
    let (mut ids, asked) = (Vec::new(), Cell::new(0));
    let ask = async |offset: u64| {
        asked.set(asked.get() + 1);
        Ok::<_, Error>(page(offset))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let deadline = Instant::now() + Duration::from_secs(600);
    let list = runtime.block_on(read_pages(ask, |id| *id, |page| ids.extend(page), deadline)).unwrap();
    (list, ids, asked.get())
}

fn totals() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![
        Just(None),
        Just(Some(0)),
        (0u64..400).prop_map(Some),
        Just(Some(u64::MAX)),
        any::<u64>().prop_map(Some)
    ]
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn random_answers_cause_no_panic(which in any::<prop::sample::Index>(), changes in changes()) {
        static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(corpus);
        let all = &*CORPUS;
        read_all_ways(&changed(all[which.index(all.len())].clone(), &changes));
    }

    /// Whatever total the cloud reports, each row of a complete list is delivered exactly once.
    #[test]
    fn complete_lists_are_delivered_once(n in 0u32..450, told in prop::collection::vec(totals(), 1..4)) {
        let rows: Made = (0..n).map(Some).collect();
        let page = |offset: u64| {
            let from = usize::try_from(offset).unwrap_or(usize::MAX).min(rows.len());
            let to = from.saturating_add(PAGE_ROWS as usize).min(rows.len());
            page_of(&rows[from..to], told[(offset / PAGE_ROWS) as usize % told.len()])
        };
        let (list, ids, asked) = read_generated(page);
        prop_assert_eq!(&ids, &(0..n).collect::<Vec<_>>());
        prop_assert_eq!((list.rows, list.unread), (n as usize, 0));
        prop_assert!(asked <= n as usize / PAGE_ROWS as usize + 2 + 16, "{} pages", asked);
        // Rows are reported as missing only if fewer were received than the smallest total.
        let honest = told.iter().all(|told| told.is_none_or(|told| told <= u64::from(n)));
        prop_assert!(!honest || list.incomplete.is_none(), "{:?}", list);
    }

    /// Whatever the pages contain, no ID is delivered twice, each row is delivered or reported, and the list
    /// ends.
    #[test]
    fn incomplete_lists_end(
        pages in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.9, 0u32..600), 0..=100usize), 1..6),
        told in prop::collection::vec(totals(), 1..4),
        full in prop::bool::weighted(0.03),
    ) {
        let page = |offset: u64| {
            let at = (offset / PAGE_ROWS) as usize % pages.len();
            let mut rows = pages[at].clone();
            while full && rows.len() < PAGE_ROWS as usize {
                rows.push(Some(1000 + u32::try_from(offset % 1_000_000).unwrap() + rows.len() as u32));
            }
            page_of(&rows, told[(offset / PAGE_ROWS) as usize % told.len()])
        };
        let (list, ids, asked) = read_generated(page);
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        prop_assert_eq!(list.rows, ids.len());
        prop_assert!(asked <= MAX_PAGES + 16);
        prop_assert_eq!(list.unread > 0, list.first_error.is_some());
    }
}

#[test]
fn endless_rows_end_at_the_page_limit() {
    let page = |offset: u64| {
        let from = u32::try_from(offset).unwrap();
        page_of(&(from..from + PAGE_ROWS as u32).map(Some).collect::<Made>(), Some(offset + 200))
    };
    let (list, ids, asked) = read_generated(page);
    assert_eq!((ids.len(), asked), (100_000, 1000));
    let said = "the list did not end after 1000 pages; it is cut after 100000 rows";
    assert_eq!(list.incomplete.map(|why| why.render(Lang::EN)).as_deref(), Some(said));
}

#[test]
fn stalled_pages_end_at_the_deadline() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let ask = async |offset: u64| match offset {
        0 => Ok::<_, Error>(page_of(&(0..100).map(Some).collect::<Made>(), Some(200))),
        _ => std::future::pending().await,
    };
    let mut ids = Vec::new();
    let deadline = Instant::now() + Duration::from_millis(50);
    let list = runtime.block_on(read_pages(ask, |id| *id, |page| ids.extend(page), deadline)).unwrap();
    assert_eq!((list.rows, ids.len()), (100, 100));
    let said = "the list did not end in time; it is cut after 100 rows";
    assert_eq!(list.incomplete.map(|why| why.render(Lang::EN)).as_deref(), Some(said));
}

/// A row that is inserted while pages are read shifts another row to the next page.
#[test]
fn a_row_that_moves_to_the_next_page_is_delivered_once() {
    let page = |offset: u64| {
        let moved = u32::try_from(offset).unwrap().saturating_sub(u32::from(offset > 0));
        let rows: Made = (moved..(moved + 100).min(250)).map(Some).collect();
        page_of(&rows, Some(250 + u64::from(offset > 0)))
    };
    let (list, ids, _) = read_generated(page);
    assert_eq!(ids, (0..250).collect::<Vec<_>>());
    assert_eq!(list.incomplete, None);
}
