//! HTTP: one path for the API, a few for control. Which of them are answered depends on the Host header.

use std::{io, sync::Arc};

use futures_util::StreamExt;
use http_body_util::{BodyExt, LengthLimitError, Limited, StreamBody};
use hyper::{
    Request, StatusCode,
    body::{Body, Bytes, Frame},
    header::{self, HeaderValue},
    http::request::Parts,
};
use serde_json::Value;

use super::{
    cloud::{Cloud, Reply},
    conn::{IDLE, Knife},
    control,
    fault::Kind,
    gateway::Call,
    host::Host,
    refusal::Refusal,
    response::{Response, forbidden, json, status},
};

/// The API takes bodies of 10 MB, forms of 1 MB and queries of 32 KB.
const LARGEST_BODY: usize = 10 << 20;
const LARGEST_FORM: usize = 1 << 20;
const LONGEST_QUERY: usize = 32 << 10;

/// Answers one request, whichever way it came.
pub(super) async fn answer<B>(cloud: Arc<Cloud>, knife: Knife, request: Request<B>) -> Response
where
    B: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
{
    let (parts, body) = request.into_parts();
    let host = parts.headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let control = parts.uri.path().strip_prefix("/_emulator/");
    match (Host::of(host), control) {
        (Host::Loopback, Some(_)) | (Host::Loopback | Host::Vendor { .. }, None) => {}
        (_, Some(_)) => {
            return forbidden("the control endpoints answer requests with a loopback Host header alone");
        }
        (Host::Other, None) => {
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
        // It broke off, or no more of it comes: nobody reads an answer.
        _ => {
            knife.cut.cancel();
            return status(StatusCode::BAD_REQUEST, "the request's body did not come whole");
        }
    };
    match control {
        Some(path) => control::answer(&cloud, path, &parts, &body),
        None if parts.uri.path() == "/" => api(&cloud, &knife, &parts, &body).await,
        None => status(StatusCode::NOT_FOUND, "the API's path is /"),
    }
}

async fn api(cloud: &Cloud, knife: &Knife, parts: &Parts, body: &[u8]) -> Response {
    let query = parts.uri.query().unwrap_or_default();
    let call = Call::new(parts.method.as_str(), query, &parts.headers, body);
    if !["GET", "POST"].contains(&call.method) {
        return refused(
            &call,
            "UnsupportedProtocol",
            format!("The request's method is `{}`; expected `GET` or `POST`.", call.method),
        );
    }
    if query.len() > LONGEST_QUERY {
        return too_large(parts, "The request's query is longer than 32 KB.");
    }
    if call.form.is_some() && body.len() > LARGEST_FORM {
        return too_large(
            parts,
            "The request's form is larger than 1 MB; expected JSON and TC3-HMAC-SHA256.",
        );
    }
    let reply = cloud.call(&call);
    if !reply.latency.is_zero() {
        tokio::time::sleep(reply.latency).await;
    }
    deliver(reply, knife).await
}

/// Sends the answer, or what a fault makes of it.
async fn deliver(reply: Reply, knife: &Knife) -> Response {
    let body = format!("{{\"Response\":{}}}", reply.body);
    match reply.kind {
        Some(Kind::Drop | Kind::DropReply) => {
            // From here on the connection takes no byte, so what is returned is never seen.
            knife.cut.cancel();
            json("")
        }
        Some(Kind::Stall) => std::future::pending().await,
        Some(Kind::Http(status)) => {
            let mut response = json("<html><body>The service is unwell.</body></html>");
            *response.status_mut() =
                StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            response
        }
        Some(Kind::Garbage) => json(&b"\x1b[31m\x00\xff{\"Response\": nonsense"[..]),
        Some(Kind::Truncate) => truncated(body.into()),
        _ => json(body),
    }
}

/// Promises the whole and sends half of it.
fn truncated(whole: Bytes) -> Response {
    let half = whole.slice(..whole.len() / 2);
    let first = futures_util::stream::iter([Ok(Frame::data(half))]);
    let then = futures_util::stream::once(async {
        // Once not ready, so that the first half is flushed before the connection breaks.
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

/// A refusal of something that is no call, so that nothing can be logged of it.
fn refused(call: &Call<'_>, code: &'static str, message: String) -> Response {
    let refusal = Refusal { code: code.into(), message };
    let error = serde_json::json!({ "Code": code, "Message": refusal.told(call.is_chinese()) });
    let body: Value =
        serde_json::json!({ "Response": { "Error": error, "RequestId": uuid::Uuid::new_v4().to_string() } });
    json(body.to_string())
}
