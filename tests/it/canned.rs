//! A loopback server that answers requests with prepared replies and records the requests.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A reply to a request.
pub enum Reply {
    /// Status 200 and this body.
    Body(String),
    /// These bytes; then the connection is closed.
    Raw(Vec<u8>),
    /// Closes the connection without an answer.
    Close,
    /// Keeps the connection open without an answer.
    Stall,
    /// Sends the head of a long answer, and then a space from time to time while the client reads.
    Drip,
}

/// Returns the reply to each request.
type Answers = Arc<dyn Fn(&Asked) -> Reply + Send + Sync>;

/// A received request.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The headers, with names in lower case.
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Asked {
    pub fn action(&self) -> &str {
        &self.headers["x-tc-action"]
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Returns a complete answer of a service whose clock is `ahead` seconds fast.
pub fn dated(ahead: i64, response: &Value) -> Vec<u8> {
    let date = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(ahead);
    let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT");
    let body = serde_json::json!({ "Response": response }).to_string();
    let head = format!(
        "HTTP/1.1 200 OK\r\ndate: {date}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}

pub struct Canned {
    pub endpoint: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Canned {
    pub async fn start(replies: Vec<Reply>) -> Self {
        let replies = Mutex::new(VecDeque::from(replies));
        let next = move |_: &Asked| replies.lock().unwrap().pop_front();
        Self::answering(move |asked| next(asked).expect("a request more than there are answers")).await
    }

    /// Answers every request with these bytes and closes the connection.
    pub async fn always(raw: Vec<u8>) -> Self {
        Self::answering(move |_| Reply::Raw(raw.clone())).await
    }

    /// Answers each request with a function.
    pub async fn answering(answers: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let answers: Answers = Arc::new(answers);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = asked.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, noted.clone(), answers.clone()));
            }
        });
        Self { endpoint, asked }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, asked: Arc<Mutex<Vec<Asked>>>, answers: Answers) {
    let mut bytes = Vec::new();
    loop {
        let Some(request) = read(&mut stream, &mut bytes).await else {
            return;
        };
        let reply = answers(&request);
        asked.lock().unwrap().push(request);
        match reply {
            Reply::Body(body) => {
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                    body.len()
                );
                // The client may close the connection during a large answer.
                if stream.write_all((head + &body).as_bytes()).await.is_err() {
                    return;
                }
            }
            Reply::Raw(raw) => {
                // The client may stop reading early.
                let _ = stream.write_all(&raw).await;
                return;
            }
            Reply::Drip => {
                let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n";
                stream.write_all(head).await.unwrap();
                while stream.write_all(b" ").await.is_ok() {
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
                return;
            }
            Reply::Close => return,
            Reply::Stall => std::future::pending().await,
        }
    }
}

async fn read(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<Asked> {
    loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
            let headers: HashMap<String, String> = head
                .lines()
                .skip(1)
                .filter_map(|l| l.split_once(": "))
                .map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned()))
                .collect();
            let length: usize = headers["content-length"].parse().unwrap();
            if bytes.len() >= end + 4 + length {
                let body = bytes[end + 4..end + 4 + length].to_vec();
                bytes.drain(..end + 4 + length);
                return Some(Asked { headers, body });
            }
        }
        if stream.read_buf(bytes).await.ok()? == 0 {
            return None;
        }
    }
}
