//! The whole program on a pseudo-terminal, measured from outside: `cargo bench --bench terminal` prints one document of
//! JSON. Bytes, frames and counts are asserted; times are told and never judged, since machines differ. `-- --quick` starts
//! once where it would eleven times, and lists 2,000 images; `IMAGES` says another number.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, dead_code)]

#[path = "../tests/it/pty/stream.rs"]
mod stream;
#[path = "../tests/it/pty/tty.rs"]
mod tty;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tty::{Start, Tty};

/// Longer than the pane waits for the keys to rest.
const REST: Duration = Duration::from_millis(200);
/// How often each start is measured; the median counts.
const STARTS: usize = 11;

/// At most so many bytes: the first screen at 80x24, a row down, the same with the pane, and sixty rows of a held key. At
/// most so many frames for sixty keys at once.
const SCREEN: usize = 4096;
const ROW: usize = 120;
const ROW_AND_PANE: usize = 900;
const HELD: usize = 60 * 225 + 900;
const FRAMES: usize = 3;

fn main() {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let images = std::env::var("IMAGES").ok().and_then(|n| n.parse().ok());
    let images: usize = images.unwrap_or(if quick { 2_000 } else { 100_000 });
    let mut all = BTreeMap::new();
    for size in [(80, 24), (120, 40), (200, 50)] {
        all.insert(format!("{}x{}", size.0, size.1), tour(size, if quick { 1 } else { STARTS }));
    }
    let document = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "binary_bytes": std::fs::metadata(env!("CARGO_BIN_EXE_cvmshare")).unwrap().len(),
        "tour": all,
        "big": big(images),
    });
    println!("{}", serde_json::to_string_pretty(&document).unwrap());
}

/// The console on the built-in cloud's tour.
fn tour(size: (u16, u16), starts: usize) -> Value {
    let (mut firsts, mut rows, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..starts {
        let begun = Instant::now();
        let mut tty = Start::new(&["--demo"]).size(size).go();
        tty.until("the first frame", |t| stream::frames(&t.out) > 0);
        firsts.push(begun.elapsed());
        tty.until("rows", |t| t.text().contains("golden-web-7"));
        rows.push(begun.elapsed());
        tty.loaded().quiet(REST);
        bytes.push(tty.out.len());
    }
    let mut tty = Start::new(&["--demo"]).size(size).go();
    tty.loaded().quiet(REST);
    let keys = keys_down(&mut tty, 6);
    let tabs: Vec<usize> = ["2", "3", "4", "1"].into_iter().map(|tab| cost(&mut tty, tab).2).collect();
    let burst = burst(&mut tty, 60);
    let held = held(&mut tty, 60);
    let idle = idle(&mut tty);
    let start = median(&mut bytes);
    assert!(size != (80, 24) || start <= SCREEN, "the first screen takes {start} bytes");
    let (high, rss) = (memory(&tty, "VmHWM"), memory(&tty, "VmRSS"));
    assert_eq!((&idle["bytes"], &idle["wakes"]), (&json!(0), &json!(0)), "an idle console does nothing");
    json!({
        "start_to_first_frame_ms": median_ms(&mut firsts),
        "start_to_rows_ms": median_ms(&mut rows),
        "start_bytes": start,
        "row_down": keys,
        "tab_bytes": tabs,
        "burst_of_60": burst,
        "held_60": held,
        "idle_10_s": idle,
        "rss_kib": rss,
        "rss_most_kib": high,
    })
}

/// The console on a region of very many images.
fn big(images: usize) -> Value {
    let server = Server::start(images);
    let start = server.env().into_iter().fold(Start::new(&[]), |s, (name, value)| s.env(name, &value));
    let begun = Instant::now();
    let mut tty = start.go();
    tty.until("the first rows", |t| t.text().contains("NORMAL"));
    let first_rows = begun.elapsed();
    // Some of them are shared with us.
    let count = |text: &str, tab: &str| -> usize {
        let after = text.split_once(tab).map_or("", |(_, after)| after);
        after.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
    };
    tty.until("all rows", |t| {
        let text = t.text();
        let all = count(&text, "1 My Images ") + count(&text, "2 Shared With Me ");
        all == images && !text.contains("asking")
    });
    let all_rows = begun.elapsed();
    tty.quiet(REST);
    let keys = keys_down(&mut tty, 6);
    let before = memory(&tty, "VmRSS");
    tty.send("G").quiet(REST);
    tty.send("g").quiet(REST);
    let scrolled = memory(&tty, "VmRSS");
    tty.send("/").quiet(REST);
    let filter: Vec<Value> = ["w", "e", "b"]
        .into_iter()
        .map(|key| {
            let (took, first, all) = cost(&mut tty, key);
            json!({"ms": ms(took), "first_frame_bytes": first, "bytes": all})
        })
        .collect();
    json!({
        "images": images,
        "start_to_first_rows_ms": ms(first_rows),
        "start_to_all_rows_ms": ms(all_rows),
        "row_down": keys,
        "filter_keystroke": filter,
        "rss_kib": before,
        "rss_after_scrolling_kib": scrolled,
    })
}

/// `cvmshare emulate` with the scene big.
struct Server {
    child: std::process::Child,
    ready: Value,
}

impl Server {
    fn start(images: usize) -> Self {
        use std::io::BufRead;
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_cvmshare"))
            .args(["emulate", "--scene", "big", "--images", &images.to_string(), "--ready-json"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        std::io::BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        Self { child, ready: serde_json::from_str(&line).unwrap() }
    }

    fn env(&self) -> Vec<(&'static str, String)> {
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        let you = &self.ready["accounts"][0];
        vec![
            ("CVMSHARE_ENDPOINT", text(&self.ready["endpoint"])),
            ("TENCENTCLOUD_SECRET_ID", text(&you["secret_id"])),
            ("TENCENTCLOUD_SECRET_KEY", text(&you["secret_key"])),
        ]
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// From a key to the end of its first frame, the bytes of that frame, and all bytes until the keys have rested.
fn cost(tty: &mut Tty, keys: &str) -> (Duration, usize, usize) {
    let before = tty.out.len();
    let begun = Instant::now();
    tty.send(keys).until("a frame", |t| stream::frames(&t.out[before..]) > 0);
    let took = begun.elapsed();
    let first = tty.out[before..].windows(8).position(|w| w == b"\x1b[?2026l").unwrap() + 8;
    tty.quiet(REST);
    (took, first, tty.out.len() - before)
}

fn keys_down(tty: &mut Tty, times: usize) -> Value {
    let all: Vec<_> = (0..times).map(|_| cost(tty, "j")).collect();
    let mut took: Vec<Duration> = all.iter().map(|a| a.0).collect();
    let (row, pane) = (all.iter().map(|a| a.1).max(), all.iter().map(|a| a.2).max());
    assert!(
        row <= Some(ROW) && pane <= Some(ROW_AND_PANE),
        "a row down takes {row:?}, with the pane {pane:?} bytes"
    );
    json!({ "key_to_frame_ms": median_ms(&mut took), "first_frame_bytes_most": row, "bytes_most": pane })
}

/// Keys typed at once: a frame that the next key already made old is not drawn.
fn burst(tty: &mut Tty, keys: usize) -> Value {
    let before = tty.out.len();
    tty.send("j".repeat(keys)).quiet(REST);
    let (frames, bytes) = (stream::frames(&tty.out[before..]), tty.out.len() - before);
    assert!(frames <= FRAMES, "{keys} keys at once take {frames} frames");
    json!({"frames": frames, "bytes": bytes})
}

/// A key held: 30 a second.
fn held(tty: &mut Tty, keys: usize) -> Value {
    tty.send("g").quiet(REST);
    let before = tty.out.len();
    for _ in 0..keys {
        tty.send("j").quiet(Duration::from_millis(33));
    }
    tty.quiet(REST);
    let bytes = tty.out.len() - before;
    assert!(bytes <= HELD, "{keys} rows of a held key take {bytes} bytes");
    json!({ "bytes": bytes })
}

fn idle(tty: &mut Tty) -> Value {
    // A copy in sight is followed until it is there.
    tty.send("g").lacks("SYNCING").quiet(Duration::from_millis(500));
    let wakes = |tty: &Tty| tty.wakes().values().sum::<u64>();
    let before = (cpu(tty), wakes(tty), tty.out.len());
    tty.quiet(Duration::from_secs(10));
    json!({
        "cpu_ms": ms(cpu(tty) - before.0),
        "wakes": wakes(tty) - before.1,
        "bytes": tty.out.len() - before.2,
    })
}

/// What all of its threads have used of the processor.
fn cpu(tty: &Tty) -> Duration {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", tty.pid().as_raw_nonzero())).unwrap();
    let used = |task: std::fs::DirEntry| -> Option<u64> {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    Duration::from_nanos(tasks.filter_map(|task| used(task.unwrap())).sum())
}

fn memory(tty: &Tty, field: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", tty.pid().as_raw_nonzero())).unwrap();
    let line = status.lines().find(|l| l.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn median<T: Ord + Copy>(all: &mut [T]) -> T {
    all.sort_unstable();
    all[all.len() / 2]
}

fn ms(took: Duration) -> f64 {
    (took.as_secs_f64() * 100_000.0).round() / 100.0
}

fn median_ms(all: &mut [Duration]) -> f64 {
    ms(median(all))
}
