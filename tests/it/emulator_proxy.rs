//! The proxy of the built-in cloud, as unmodified tools for the real cloud use it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use cvmshare::emulator::{self, Options};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use serde_json::{Value, json};

use crate::emulator_client::*;

const GZ: &str = "ap-guangzhou";

async fn proxied() -> Desk {
    Desk::new(Options { proxy: Some("127.0.0.1:0".parse().unwrap()), ..still() }).await
}

/// Returns an HTTP client that uses the proxy and trusts only its authority.
fn tool(desk: &Desk) -> reqwest::Client {
    let pem = std::fs::read(desk.cloud.ca().unwrap()).unwrap();
    crate::install_crypto();
    reqwest::Client::builder()
        .proxy(reqwest::Proxy::all(desk.cloud.proxy.as_ref().unwrap()).unwrap())
        .tls_certs_only([reqwest::Certificate::from_pem(&pem).unwrap()])
        .build()
        .unwrap()
}

/// Sends a call for one of the vendor's hosts through the proxy.
async fn call(
    desk: &Desk,
    tool: &reqwest::Client,
    url: &str,
    action: &str,
    params: Value,
) -> Result<Value, String> {
    let host = url.split("://").nth(1).unwrap();
    let request = Request { host: host.into(), ..desk.request(ACME, GZ, action, &params) };
    Desk::send_with(tool, url, &request).await.unwrap().outcome()
}

#[tokio::test]
async fn tools_call_the_vendors_hosts_through_the_proxy() {
    let desk = proxied().await;
    let tool = tool(&desk);
    let mine = desk.call(ACME, GZ, "DescribeImages", json!({})).await.unwrap();
    for url in [
        "https://cvm.tencentcloudapi.com",
        "https://cvm.ap-guangzhou.tencentcloudapi.com",
        "https://cvm.intl.tencentcloudapi.com",
        "https://cvm.internal.tencentcloudapi.com",
        "https://cvm.tencentcloudapi.com.cn",
        "https://cvm.ap-tokyo.tencentcloudapi.cn",
        // For plain HTTP the request has an absolute URL.
        "http://cvm.tencentcloudapi.com",
    ] {
        let answer = call(&desk, &tool, url, "DescribeImages", json!({})).await;
        assert_eq!(answer.as_ref(), Ok(&mine), "{url}");
    }
    // The proxy and the API's own port share the same world.
    let base = desk.image(ACME, GZ, "base-ubuntu-24").await;
    let rename = json!({ "ImageId": base, "ImageName": "renamed" });
    let url = "https://cvm.tencentcloudapi.com";
    assert_eq!(call(&desk, &tool, url, "ModifyImageAttribute", rename).await, Ok(json!({})));
    assert_eq!(desk.image(ACME, GZ, "renamed").await, base);
    let me = call(&desk, &tool, "https://sts.tencentcloudapi.com", "GetCallerIdentity", json!({})).await;
    assert_eq!(me.unwrap()["AccountId"], ACME);
    // The control endpoints are not served under the vendor's host names.
    let world = tool.get("https://cvm.tencentcloudapi.com/_emulator/world").send().await.unwrap();
    assert_eq!(world.status(), 403);
}

/// Returns the first line of the proxy's answer.
fn first_line(address: &str, head: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(format!("{head}\r\n\r\n").as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_proxy_refuses_other_hosts() {
    let desk = proxied().await;
    let address = desk.cloud.proxy.as_ref().unwrap().trim_start_matches("http://").to_owned();
    // A listener that must not be reached.
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let other_port = other.local_addr().unwrap().port();
    let api = desk.cloud.endpoint.trim_start_matches("http://").to_owned();
    let answers = tokio::task::spawn_blocking(move || {
        [
            "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443".to_owned(),
            "CONNECT tencentcloudapi.com.example.com:443 HTTP/1.1\r\nHost: cvm.tencentcloudapi.com"
                .to_owned(),
            "CONNECT cvm.evil.tencentcloudapi.com:443 HTTP/1.1\r\nHost: cvm.evil.tencentcloudapi.com"
                .to_owned(),
            "CONNECT cvm.tencentcloudapi.com:22 HTTP/1.1\r\nHost: cvm.tencentcloudapi.com:22".to_owned(),
            format!("CONNECT 127.0.0.1:{other_port} HTTP/1.1\r\nHost: 127.0.0.1:{other_port}"),
            format!("GET http://127.0.0.1:{other_port}/ HTTP/1.1\r\nHost: cvm.tencentcloudapi.com"),
            format!("GET http://{api}/_emulator/world HTTP/1.1\r\nHost: {api}"),
            "GET https://cvm.tencentcloudapi.com/ HTTP/1.1\r\nHost: cvm.tencentcloudapi.com".to_owned(),
            "GET http://cvm.tencentcloudapi.com/ HTTP/1.1\r\nHost: example.com".to_owned(),
            "GET / HTTP/1.1\r\nHost: cvm.tencentcloudapi.com".to_owned(),
            "CONNECT cvm.tencentcloudapi.com:443 HTTP/1.1\r\nHost: cvm.tencentcloudapi.com:443".to_owned(),
        ]
        .map(|head| first_line(&address, &head))
    })
    .await
    .unwrap();
    let mut want = ["HTTP/1.1 403 Forbidden"; 11];
    want[10] = "HTTP/1.1 200 OK";
    assert_eq!(answers, want);
    other.set_nonblocking(true).unwrap();
    assert_eq!(other.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    // A tool sees the reason.
    let answer = tool(&desk).get("http://example.com/").send().await.unwrap();
    let why: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    let text = "the built-in cloud's proxy leads to the API's hosts (*.tencentcloudapi.com) alone, and example.com is none; add it \
                to NO_PROXY to reach it without the proxy";
    assert_eq!(why, json!({ "error": text }));
}

/// Returns the certificate that a host shows through the proxy to a client that trusts the authority.
fn shown(proxy: &str, ca: &Path, host: &str) -> Result<Vec<u8>, String> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(ca).unwrap()).unwrap();
    let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = host.to_owned().try_into().unwrap();
    let mut tls = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = TcpStream::connect(proxy.trim_start_matches("http://")).unwrap();
    // Whatever the name in the handshake, the tunnel is to one of the vendor's hosts.
    write!(stream, "CONNECT cvm.tencentcloudapi.com:443 HTTP/1.1\r\nHost: cvm.tencentcloudapi.com\r\n\r\n")
        .unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    while tls.is_handshaking() {
        tls.complete_io(&mut stream).map_err(|e| e.to_string())?;
    }
    let chain = tls.peer_certificates().unwrap();
    assert_eq!(chain.len(), 1);
    Ok(chain[0].to_vec())
}

fn contains(der: &[u8], part: &[u8]) -> bool {
    der.windows(part.len()).any(|w| w == part)
}

/// Returns start and end of a certificate's validity, in Unix seconds.
fn validity(der: &[u8]) -> [i64; 2] {
    let mut times = der.windows(15).filter(|w| w[..2] == [0x17, 13] && w[14] == b'Z').map(|w| {
        let text = format!("20{}+0000", std::str::from_utf8(&w[2..14]).unwrap());
        jiff::Timestamp::strptime("%Y%m%d%H%M%S%z", text).unwrap().as_second()
    });
    [times.next().unwrap(), times.next().unwrap()]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn certificates_are_valid_for_the_vendors_hosts_for_a_day() {
    // Object identifiers, followed by the flag of a critical extension.
    const BASIC_CONSTRAINTS: &[u8] = &[6, 3, 0x55, 0x1d, 0x13, 1, 1, 0xff];
    const KEY_USAGE: &[u8] = &[6, 3, 0x55, 0x1d, 0x0f, 1, 1, 0xff];
    const NAME_CONSTRAINTS: &[u8] = &[6, 3, 0x55, 0x1d, 0x1e, 1, 1, 0xff];
    const SUBJECT_KEY: &[u8] = &[6, 3, 0x55, 0x1d, 0x0e];
    const AUTHORITY_KEY: &[u8] = &[6, 3, 0x55, 0x1d, 0x23];
    let desk = proxied().await;
    let (proxy, ca) = (desk.cloud.proxy.clone().unwrap(), desk.cloud.ca().unwrap());
    let ca_path = ca.clone();
    let (leaf, stranger) = tokio::task::spawn_blocking(move || {
        let leaf = shown(&proxy, &ca_path, "cvm.eu-frankfurt.tencentcloudapi.com").unwrap();
        (leaf, shown(&proxy, &ca_path, "example.com"))
    })
    .await
    .unwrap();
    assert!(stranger.unwrap_err().contains("not valid for name"));
    let text = std::fs::read_to_string(&ca).unwrap();
    assert!(text.starts_with("-----BEGIN CERTIFICATE-----") && !text.contains("KEY"), "{text}");
    let root = CertificateDer::from_pem_file(&ca).unwrap().to_vec();
    for part in [BASIC_CONSTRAINTS, KEY_USAGE, NAME_CONSTRAINTS, SUBJECT_KEY, b"tencentcloudapi.com"] {
        assert!(contains(&root, part), "{part:?}");
    }
    for part in [KEY_USAGE, SUBJECT_KEY, AUTHORITY_KEY, b"*.tencentcloudapi.com"] {
        assert!(contains(&leaf, part), "{part:?}");
    }
    // The leaf certificate names the root's key as its issuer.
    let after = |der: &[u8], oid: &[u8]| {
        let at = der.windows(oid.len()).position(|w| w == oid).unwrap() + oid.len();
        der[at..at + 30].to_vec()
    };
    let key = &after(&root, SUBJECT_KEY)[4..24];
    assert_eq!(&after(&leaf, AUTHORITY_KEY)[6..26], key);
    let now = jiff::Timestamp::now().as_second();
    for der in [&root, &leaf] {
        let [from, until] = validity(der);
        assert!((now - 3660..=now - 3600).contains(&from), "{from} {now}");
        assert_eq!(until - from, 25 * 3600);
    }
    // Two clouds do not trust each other's certificates.
    let other = proxied().await;
    let (proxy, ca) = (other.cloud.proxy.clone().unwrap(), ca);
    let refused =
        tokio::task::spawn_blocking(move || shown(&proxy, &ca, "cvm.tencentcloudapi.com")).await.unwrap();
    assert!(refused.is_err());
}

#[tokio::test]
async fn a_proxy_is_optional_and_listens_on_loopback_only() {
    let options = Options { proxy: Some("0.0.0.0:0".parse().unwrap()), ..still() };
    let error = emulator::start(options).await.unwrap_err().to_string();
    assert!(error.contains("only on loopback addresses"), "{error}");
    let cloud = emulator::start(still()).await.unwrap();
    assert_eq!((cloud.proxy.clone(), cloud.ca()), (None, None));
    let ready: Value = serde_json::from_str(&cloud.ready_json()).unwrap();
    assert_eq!(ready.as_object().unwrap().keys().collect::<Vec<_>>(), ["accounts", "endpoint"]);
}

/// A process that is killed when the test ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_command_reports_the_proxy_and_removes_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_cvmshare"))
        .env_clear()
        .env("TMPDIR", folder.path())
        .args(["emulate", "--ready-json", "--proxy", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut child = Process(child);
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let keys: Vec<_> = ready.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["accounts", "ca", "endpoint", "proxy"]);
    let ca = Path::new(ready["ca"].as_str().unwrap());
    assert!(ca.starts_with(folder.path()), "{ca:?}");
    let mode = |path: &Path| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(mode(ca.parent().unwrap()), 0o700);
    let proxy = ready["proxy"].as_str().unwrap().trim_start_matches("http://");
    assert_eq!(first_line(proxy, "CONNECT example.com:443 HTTP/1.1\r\nHost: x"), "HTTP/1.1 403 Forbidden");
    let pid = rustix::process::Pid::from_child(&child.0);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert_eq!(child.0.wait().unwrap().code(), Some(143));
    let mut said = String::new();
    child.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((said.as_str(), std::fs::read_dir(folder.path()).unwrap().count()), ("", 0));
}
