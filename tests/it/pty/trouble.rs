//! A cloud that fails partly or completely: rows stay, failures show their reason, `r` tries again, and the console
//! never ends by itself.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use cvmshare::emulator::{self, Options, Running};
use tokio::runtime::Runtime;

use super::tty::{End, LARGE, SMALL, Start, Tty};

/// A built-in cloud outside the console that can be made to fail.
struct Cloud {
    running: Option<Running>,
    runtime: Runtime,
    endpoint: String,
}

impl Cloud {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let running = runtime.block_on(emulator::start(Options::default())).unwrap();
        Self { endpoint: running.endpoint.clone(), running: Some(running), runtime }
    }

    fn console(&self, size: (u16, u16)) -> Tty {
        let config = "[profiles.lab]\ncredentials = \"demo:100000000001\"\n\
                      regions = [\"ap-guangzhou\", \"ap-shanghai\", \"eu-frankfurt\"]\n";
        let start = Start::new(&[]).size(size).env("CVMSHARE_ENDPOINT", &self.endpoint);
        let mut tty = start.file("config.toml", config).go();
        tty.until("all rows", |t| {
            let text = t.text();
            text.contains("My Images 11")
                && text.contains("Instances 4")
                && text.contains("3 of 50")
                && !text.contains("asking")
        });
        tty
    }

    /// Replaces all faults of the cloud.
    fn faults(&self, faults: &[&str]) {
        self.control("DELETE", "");
        self.control("POST", &serde_json::to_string(faults).unwrap());
    }

    fn control(&self, method: &str, body: &str) {
        let address = self.endpoint.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} /_emulator/faults HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 2"), "{answer}");
    }

    /// Stops the cloud.
    fn stop(&mut self) {
        self.runtime.block_on(self.running.take().unwrap().stop());
    }
}

fn rows_are_there(tty: &mut Tty) {
    for name in ["golden-web-7", "edge-cache-3", "windows-erp-full"] {
        tty.shows(name);
    }
}

#[test]
fn a_failed_region_is_reported_and_blocks_nothing() {
    for size in [SMALL, LARGE] {
        let cloud = Cloud::start();
        let mut tty = cloud.console(size);
        tty.send("3/ap-shanghai\r").until("the region", |t| t.selected().contains("East China (Shanghai)"));
        tty.send("1").shows("golden-web-7");
        for (fault, why) in [
            ("error:InternalError", "(InternalError)"),
            ("garbage", "(unreadable)"),
            ("truncate", "("),
            ("http:502", "502"),
            ("drop", "("),
        ] {
            cloud.faults(&[&format!("DescribeImages@ap-shanghai={fault}")]);
            tty.send("r").shows("ap-shanghai did not answer: ");
            rows_are_there(&mut tty);
            // The details pane of the region has the complete reason.
            tty.send("3").shows("no answer (r retries): ").shows(why);
            tty.send("1").shows("golden-web-7");
            cloud.faults(&[]);
            tty.send("r").lacks("did not answer").lacks("asking").shows("1 My Images 11");
        }
        tty.send("q");
        assert_eq!(tty.ended(), End::Status(0));
    }
}

#[test]
fn rows_stay_when_the_cloud_is_gone() {
    for size in [SMALL, LARGE] {
        let mut cloud = Cloud::start();
        let mut tty = cloud.console(size);
        cloud.stop();
        tty.send("r").shows("offline").shows("did not answer");
        rows_are_there(&mut tty);
        // Nothing can be changed meanwhile, and the reason is shown.
        tty.send("/november\r").until("the row", |t| t.selected().starts_with("golden-web-7"));
        tty.until("the verdicts", |t| t.text().contains("blocked"));
        tty.send("\x1br").shows("offline");
        rows_are_there(&mut tty);
        tty.send("q");
        assert_eq!(tty.ended(), End::Status(0));
        assert_eq!(tty.changed(), [""; 0]);
    }
}

#[test]
fn expired_credentials_are_reported_and_the_rows_stay() {
    let cloud = Cloud::start();
    let mut tty = cloud.console(LARGE);
    cloud.faults(&["*=error:AuthFailure.TokenFailure"]);
    tty.send("r").shows("credentials expired").lacks("asking");
    rows_are_there(&mut tty);
    cloud.faults(&[]);
    tty.send("r").lacks("credentials expired").lacks("did not answer");
    rows_are_there(&mut tty);
}

/// A cloud that accepts calls and never answers.
#[test]
fn a_waiting_command_says_what_it_waits_for() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    for (args, told) in [
        (&["list", "instances", "--region", "ap-guangzhou"][..], "waiting for 1 of 1 region …"),
        (&["check", "delete", "img-00000001", "--region", "ap-guangzhou"], "waiting for the cloud …"),
    ] {
        let start = Start::new(args).env("CVMSHARE_ENDPOINT", &endpoint);
        let start = start.env("TENCENTCLOUD_SECRET_ID", "id").env("TENCENTCLOUD_SECRET_KEY", "key");
        let mut tty = start.go();
        tty.shows(told).signal(rustix::process::Signal::TERM);
        tty.ended();
    }
}
