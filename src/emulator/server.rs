//! The HTTP server: one path for the API and some for the control endpoints. The Host header decides which of them are
//! served.

use std::{io, sync::Arc};

use super::{
    call::Call,
    cloud::{Cloud, Reply},
    conn::{self, ConnectionHandle, IDLE},
    control,
    fault::FaultKind,
    host::Host,
    refusal::Refusal,
    response::{Response, forbidden, json, status},
};
use futures_util::{FutureExt, StreamExt};
use http_body_util::{BodyExt, LengthLimitError, Limited, StreamBody};
use hyper::{
    Request, StatusCode,
    body::{Bytes, Frame, Incoming},
    header::{self, HeaderValue},
    http::request::Parts,
};

/// The size limits of the API: bodies of 10 MB, forms of 1 MB and queries of 32 KB.
const LARGEST_BODY: usize = 10 << 20;
const LARGEST_FORM: usize = 1 << 20;
const LONGEST_QUERY: usize = 32 << 10;

/// Serves the connections of the API's own port.
pub(super) fn serve(cloud: Arc<Cloud>) -> conn::Server {
    Box::new(move |stream, connection| {
        let cloud = cloud.clone();
        let handler: conn::Handler =
            Box::new(move |request| answer(cloud.clone(), connection.clone(), request).boxed());
        conn::serve(Box::new(stream), IDLE, handler).boxed()
    })
}

/// The result of a request.
enum Outcome {
    /// The answer to a call, to be sent as a fault asks.
    Reply(Reply),
    /// The response to any other request.
    Response(Response),
}

/// Answers one request to the API or to a control endpoint, on the API's own port or through the proxy.
pub(super) async fn answer(
    cloud: Arc<Cloud>,
    connection: ConnectionHandle,
    request: Request<Incoming>,
) -> Response {
    let (parts, body) = request.into_parts();
    let host = parts.headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let control = parts.uri.path().starts_with(control::PREFIX);
    match (Host::parse(host), control) {
        (Host::Loopback, true) | (Host::Loopback | Host::Vendor { .. }, false) => {}
        (_, true) => {
            return forbidden("the control endpoints answer requests with a loopback Host header alone");
        }
        (Host::Other, false) => {
            return forbidden(
                "the built-in cloud answers requests whose Host header is a loopback address or one of the API's hosts, such \
                 as cvm.tencentcloudapi.com",
            );
        }
    }
    let read = Limited::new(body, LARGEST_BODY).collect();
    let body = match tokio::time::timeout(IDLE, read).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            return too_large(&parts, "The request's body is larger than 10 MB.");
        }
        // The connection broke, or the body did not arrive in time. Nobody reads the answer.
        _ => {
            connection.close();
            return status(StatusCode::BAD_REQUEST, "the request's body did not come whole");
        }
    };
    // A cloud with a state file writes the file before it answers, which may block.
    let outcome = if cloud.has_state_file() {
        tokio::task::spawn_blocking(move || process(&cloud, &parts, &body)).await
    } else {
        Ok(process(&cloud, &parts, &body))
    };
    match outcome {
        Ok(Outcome::Response(response)) => response,
        Ok(Outcome::Reply(reply)) => deliver(reply, &connection).await,
        Err(error) => {
            connection.close();
            status(StatusCode::INTERNAL_SERVER_ERROR, error)
        }
    }
}

/// Processes a request. May block on the state file.
fn process(cloud: &Cloud, parts: &Parts, body: &[u8]) -> Outcome {
    let path = parts.uri.path();
    if let Some(control) = path.strip_prefix(control::PREFIX) {
        return Outcome::Response(control::answer(cloud, control, parts, body));
    }
    if path != "/" {
        return Outcome::Response(status(StatusCode::NOT_FOUND, "the API's path is /"));
    }
    let query = parts.uri.query().unwrap_or_default();
    let call = Call::new(parts.method.as_str(), query, &parts.headers, body);
    let refusal = if !["GET", "POST"].contains(&call.method) {
        let message = format!("The request's method is `{}`; expected `GET` or `POST`.", call.method);
        refused(&call, "UnsupportedProtocol", message)
    } else if query.len() > LONGEST_QUERY {
        too_large(parts, "The request's query is longer than 32 KB.")
    } else if call.form.is_some() && body.len() > LARGEST_FORM {
        too_large(parts, "The request's form is larger than 1 MB; expected JSON and TC3-HMAC-SHA256.")
    } else {
        return Outcome::Reply(cloud.call(&call));
    };
    Outcome::Response(refusal)
}

/// Sends the answer, or what the fault makes of it.
async fn deliver(reply: Reply, connection: &ConnectionHandle) -> Response {
    if !reply.latency.is_zero() {
        tokio::time::sleep(reply.latency).await;
    }
    let body = format!("{{\"Response\":{}}}", reply.body);
    match reply.kind {
        Some(FaultKind::Drop | FaultKind::DropReply) => {
            // The connection is closed, so this response is never sent.
            connection.close();
            json("")
        }
        Some(FaultKind::Stall) => std::future::pending().await,
        Some(FaultKind::Http(status)) => {
            let mut response = json("<html><body>The service is unwell.</body></html>");
            *response.status_mut() =
                StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            response
        }
        Some(FaultKind::Garbage) => json(&b"\x1b[31m\x00\xff{\"Response\": nonsense"[..]),
        Some(FaultKind::Truncate) => truncated(body.into()),
        _ => json(body),
    }
}

/// Returns a response that announces the whole body and sends half of it.
fn truncated(whole: Bytes) -> Response {
    let half = whole.slice(..whole.len() / 2);
    let first = futures_util::stream::iter([Ok(Frame::data(half))]);
    let then = futures_util::stream::once(async {
        // Yields once, so that the first half is flushed before the connection breaks.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::BrokenPipe))
    });
    let mut response = json("").map(|_| StreamBody::new(first.chain(then)).boxed_unsync());
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    response
}

fn too_large(parts: &Parts, message: &str) -> Response {
    refused(&Call::new("", "", &parts.headers, b""), "RequestSizeLimitExceeded", message.to_owned())
}

/// Returns an error for a request that is not a valid call. It is not logged.
fn refused(call: &Call<'_>, code: &'static str, message: String) -> Response {
    let refusal = Refusal { code: code.into(), message };
    let body = refusal.body(call.is_chinese(), &uuid::Uuid::new_v4().to_string());
    json(format!("{{\"Response\":{body}}}"))
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::{SocketAddr, TcpStream},
        time::Duration,
    };

    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::emulator::options::Options;

    fn get(address: SocketAddr, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn read(mut stream: TcpStream) -> String {
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("the only worker thread is blocked");
        text
    }

    #[test]
    fn waiting_for_the_state_file_blocks_no_worker() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { state: Some(folder.path().join("world.json")), ..Options::default() };
        let cloud = Arc::new(Cloud::new(options).unwrap());
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(conn::accept(listener, CancellationToken::new(), 8, serve(cloud.clone())));
        // The world is locked while the file is written.
        let writing = cloud.lock();
        let call = get(address, "/");
        for _ in 0..3 {
            assert!(read(get(address, "/nothing")).starts_with("HTTP/1.1 404"));
        }
        drop(writing);
        assert!(read(call).contains("MissingParameter"));
    }
}
