//! Measures the whole program on a pseudo-terminal from outside: `cargo bench --bench terminal` prints one JSON
//! document. It fails if a number of bytes, frames or calls is over its limit. Times are reported but not checked,
//! since machines differ. `-- --quick` measures less, as CI does with a debug build.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, dead_code)]

#[path = "../tests/it/pty/stream.rs"]
mod stream;
#[path = "../tests/it/pty/tty.rs"]
mod tty;

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    process::Command,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tty::{Start, Tty};

const CVMSHARE: &str = env!("CARGO_BIN_EXE_cvmshare");
/// Longer than the delay after which the details pane follows the selection.
const REST: Duration = Duration::from_millis(200);
/// The most bytes of the first screen at 80x24.
const SCREEN: usize = 4096;
/// The most bytes of a move by one row: of the highlight, and together with the details pane.
const ROW: usize = 120;
const ROW_AND_PANE: usize = 900;
/// The most frames for sixty keys that are typed at once.
const BURST: usize = 3;
/// The most bytes of the binary. The built-in cloud's further actions and its TLS proxy added 1.4 MB.
const BINARY: u64 = 11_500_000;

/// How much is measured.
struct Extent {
    /// The number of starts, and of runs of each list.
    starts: usize,
    /// The number of single keys.
    keys: usize,
    idle: Duration,
    images: usize,
}

fn main() {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let images = std::env::var("IMAGES").ok().and_then(|n| n.parse().ok());
    let extent = match quick {
        true => Extent { starts: 3, keys: 6, idle: Duration::from_secs(3), images: images.unwrap_or(3_000) },
        false => {
            Extent { starts: 11, keys: 40, idle: Duration::from_secs(10), images: images.unwrap_or(100_000) }
        }
    };
    let binary = std::fs::metadata(CVMSHARE).unwrap().len();
    assert!(cfg!(debug_assertions) || binary <= BINARY, "{binary} bytes");
    let mut all = BTreeMap::new();
    for size in [(80, 24), (120, 40), (200, 50)] {
        all.insert(format!("{}x{}", size.0, size.1), tour(size, &extent));
    }
    let document = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "optimised": !cfg!(debug_assertions),
        "binary_bytes": binary,
        "tour": all,
        "big": big(&extent),
        "lists": lists(&extent),
    });
    println!("{}", serde_json::to_string_pretty(&document).unwrap());
}

/// Measures the console with the scene `tour`.
fn tour(size: (u16, u16), extent: &Extent) -> Value {
    let (mut firsts, mut rows, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..extent.starts {
        let begun = Instant::now();
        let mut tty = Start::new(&["--demo"]).size(size).go();
        tty.until("the first frame", |t| stream::frames(&t.out) > 0);
        firsts.push(begun.elapsed());
        tty.until("rows", |t| t.text().contains("golden-web-7"));
        rows.push(begun.elapsed());
        tty.loaded().quiet(REST);
        bytes.push(tty.out.len());
    }
    let start_bytes = median(&mut bytes);
    assert!(size != (80, 24) || start_bytes <= SCREEN, "the first screen takes {start_bytes} bytes");
    let mut tty = Start::new(&["--demo"]).size(size).go();
    tty.loaded().quiet(REST);
    let keys = keys_down(&mut tty, extent.keys);
    let tabs: Vec<usize> = ["2", "3", "4", "1"].into_iter().map(|tab| cost(&mut tty, tab).2).collect();
    let burst = burst(&mut tty, 60);
    let held = held(&mut tty, 60);
    // Waits until the running copy has ended.
    tty.send("3").lacks("SYNCING").send("1").lacks("SYNCING");
    let idle = idle(&mut tty, extent.idle);
    let (high, rss) = (memory(&tty, "VmHWM"), memory(&tty, "VmRSS"));
    json!({
        "start_to_first_frame_ms": median_ms(&mut firsts),
        "start_to_rows_ms": median_ms(&mut rows),
        "start_bytes": start_bytes,
        "row_down": keys,
        "tab_bytes": tabs,
        "burst_of_60": burst,
        "held_60": held,
        "idle": idle,
        "rss_kib": rss,
        "rss_most_kib": high,
    })
}

/// Measures the console with very many images: rows appear as pages arrive, and the selection stays on its row.
fn big(extent: &Extent) -> Value {
    let images = extent.images;
    let server = Server::start(&["--images", &images.to_string()]);
    let start = server.env().into_iter().fold(Start::new(&[]), |s, (name, value)| s.env(name, &value));
    let begun = Instant::now();
    let mut tty = start.go();
    tty.until("the first rows", |t| t.text().contains("NORMAL"));
    let first_rows = begun.elapsed();
    tty.send("j");
    // Before the first key the selection is on the first row, whichever that is.
    tty.until("another row in hand", |t| {
        let at = |text: &str| t.rows().iter().position(|row| row.contains(text));
        at("▌") > at("NAME").map(|heads| heads + 1)
    });
    let name = |tty: &Tty| tty.selected().split_whitespace().next().unwrap_or_default().to_owned();
    let chosen = name(&tty);
    // Some images are received ones, on another tab.
    let count = |text: &str, tab: &str| -> usize {
        let after = text.split_once(tab).map_or("", |(_, after)| after);
        after.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
    };
    let counted = |t: &Tty| {
        let text = t.text();
        count(&text, "1 My Images ") + count(&text, "2 Shared With Me ")
    };
    let mut counts = Vec::new();
    while counts.last() != Some(&images) || tty.text().contains("asking") {
        let last = counts.last().copied().unwrap_or(0);
        let done = last == images;
        tty.until("more rows", |t| counted(t) > last || done && !t.text().contains("asking"));
        counts.push(counted(&tty));
        assert_eq!(name(&tty), chosen, "the selection stays on its row while {counts:?} come");
    }
    let all_rows = begun.elapsed();
    assert!(counts.is_sorted() && counts.len() > 2, "rows appear as pages arrive: {counts:?}");
    // The shares of the visible rows are read one by one.
    tty.send("g").quiet(Duration::from_secs(1));
    let keys = keys_down(&mut tty, extent.keys);
    let before = memory(&tty, "VmRSS");
    tty.send("G").quiet(REST);
    for _ in 0..20 {
        tty.send("\x1b[5~").quiet(Duration::from_millis(20));
    }
    tty.send("g").quiet(REST);
    let scrolled = memory(&tty, "VmRSS");
    assert!(scrolled <= before + 4096, "memory is flat while scrolling: {before} KiB, then {scrolled}");
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

/// Measures `list shared` for all regions against one region with 100 ms per call, and against the official CLI if that
/// is installed (`pip install tccli`), which has to be called once per region.
fn lists(extent: &Extent) -> Value {
    let slow = Server::start(&["--images", "600", "--fault", "*=latency:100"]);
    let regions: Value = serde_json::from_slice(&slow.list(&["regions", "--regions", "all"])).unwrap();
    let regions: Vec<&str> =
        regions.as_array().unwrap().iter().map(|r| r["region"].as_str().unwrap()).collect();
    let all = regions.join(",");
    let timed = |server: &Server, which: &str| {
        let took = |_| {
            let begun = Instant::now();
            server.list(&["shared", "--regions", which]);
            begun.elapsed()
        };
        median_ms(&mut (0..extent.starts).map(took).collect::<Vec<_>>())
    };
    let one_ms = timed(&slow, regions[0]);
    let before = slow.calls();
    let all_ms = timed(&slow, &all);
    let calls = (slow.calls() - before) / extent.starts;
    assert_eq!(calls, regions.len(), "a call a region");
    let fast = Server::start(&["--images", "600"]);
    let ours_ms = timed(&fast, &all);
    let theirs_ms = theirs(&fast, &regions);
    json!({
        "regions": regions.len(),
        "calls": calls,
        "one_region_at_100_ms_a_call_ms": one_ms,
        "all_regions_at_100_ms_a_call_ms": all_ms,
        "all_regions_ms": ours_ms,
        "official_cli_ms": theirs_ms,
    })
}

fn theirs(server: &Server, regions: &[&str]) -> Option<f64> {
    let begun = Instant::now();
    for region in regions {
        let you = &server.ready["accounts"][0];
        let output = Command::new("tccli")
            .args(["cvm", "DescribeImages", "--Limit", "100", "--region", region])
            .args(["--Filters", r#"[{"Name":"image-type","Values":["SHARED_IMAGE"]}]"#])
            .args(["--endpoint", server.ready["endpoint"].as_str()?])
            .args(["--secretId", you["secret_id"].as_str()?, "--secretKey", you["secret_key"].as_str()?])
            .output()
            .ok()?;
        let read: Value = serde_json::from_slice(&output.stdout).ok()?;
        read["ImageSet"].as_array()?;
    }
    Some(ms(begun.elapsed()))
}

/// A running `cvmshare emulate` with the scene `big`.
struct Server {
    child: std::process::Child,
    ready: Value,
}

impl Server {
    fn start(args: &[&str]) -> Self {
        use std::io::BufRead;
        let mut child = Command::new(CVMSHARE)
            .args(["emulate", "--scene", "big", "--ready-json"])
            .args(args)
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

impl Server {
    /// Runs `cvmshare list` with JSON output.
    fn list(&self, args: &[&str]) -> Vec<u8> {
        let home = tempfile::tempdir().unwrap();
        let output = Command::new(CVMSHARE)
            .arg("list")
            .args(args)
            .args(["-o", "json", "--metadata=off"])
            .env("CVMSHARE_CONFIG_DIR", home.path())
            .env("CVMSHARE_STATE_DIR", home.path())
            .envs(self.env())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// Returns the number of calls so far.
    fn calls(&self) -> usize {
        let address = self.ready["endpoint"].as_str().unwrap().trim_start_matches("http://");
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        write!(stream, "GET /_emulator/calls HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let calls: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        calls.as_array().unwrap().len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends keys. Returns the time until the end of the first frame, the bytes of that frame, and all bytes until the
/// screen is settled.
fn cost(tty: &mut Tty, keys: &str) -> (Duration, usize, usize) {
    let before = tty.out.len();
    let begun = Instant::now();
    tty.send(keys).until("a frame", |t| stream::frames(&t.out[before..]) > 0);
    let took = begun.elapsed();
    let first = tty.out[before..].windows(8).position(|w| w == b"\x1b[?2026l").unwrap() + 8;
    tty.quiet(REST);
    (took, first, tty.out.len() - before)
}

/// Moves down and up where the list is longer than the screen, so that nothing scrolls.
fn keys_down(tty: &mut Tty, times: usize) -> Value {
    let all: Vec<_> = (0..times).map(|n| cost(tty, if n / 5 % 2 == 0 { "j" } else { "k" })).collect();
    let mut took: Vec<Duration> = all.iter().map(|a| a.0).collect();
    let first = all.iter().map(|a| a.1).max();
    let whole = all.iter().map(|a| a.2).max();
    assert!(first <= Some(ROW) && whole <= Some(ROW_AND_PANE), "a row down: {first:?} and {whole:?} bytes");
    json!({
        "key_to_frame_ms": median_ms(&mut took),
        "key_to_frame_least_ms": took.iter().min().copied().map(ms),
        "first_frame_bytes_most": first,
        "bytes_most": whole,
    })
}

/// Sends keys at once. Frames that the next key outdates are not drawn.
fn burst(tty: &mut Tty, keys: usize) -> Value {
    let before = tty.out.len();
    tty.send("j".repeat(keys)).quiet(REST);
    let (frames, bytes) = (stream::frames(&tty.out[before..]), tty.out.len() - before);
    assert!(frames <= BURST, "{frames} frames of {keys} keys");
    json!({"frames": frames, "bytes": bytes})
}

/// Sends a held key: 30 repeats per second.
fn held(tty: &mut Tty, keys: usize) -> Value {
    tty.send("g").quiet(REST);
    let before = tty.out.len();
    for _ in 0..keys {
        tty.send("j").quiet(Duration::from_millis(33));
    }
    tty.quiet(REST);
    let (bytes, budget) = (tty.out.len() - before, keys * 225 + 900);
    assert!(bytes <= budget, "{bytes} bytes of {keys} keys");
    json!({"bytes": bytes, "budget": budget})
}

/// Checks that an idle console writes no bytes and never wakes up. An age may change its text at a full minute, so one
/// failure is allowed.
fn idle(tty: &mut Tty, long: Duration) -> Value {
    tty.quiet(Duration::from_millis(500));
    let wakes = |tty: &Tty| tty.wakes().values().sum::<u64>();
    let mut again = true;
    loop {
        let before = (cpu(tty), wakes(tty), tty.out.len());
        tty.quiet(long);
        let (used, woken, bytes) = (cpu(tty) - before.0, wakes(tty) - before.1, tty.out.len() - before.2);
        if (woken, bytes) == (0, 0) {
            return json!({"seconds": long.as_secs(), "cpu_ms": ms(used), "wakes": woken, "bytes": bytes});
        }
        assert!(std::mem::take(&mut again), "an idle console does nothing: {woken} wakes, {bytes} bytes");
    }
}

/// Returns the CPU time of all threads.
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
