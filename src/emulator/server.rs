//! HTTP: one path for the API, a few for control.

use std::{io, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::any,
};
use futures_util::StreamExt;
use serde_json::Value;

use super::{
    cloud::{Cloud, Reply},
    conn::{Gate, Knife},
    control,
    fault::Kind,
    gateway::Call,
};

/// The API takes bodies of 10 MB and queries of 32 KB (api-3.0.md, section 1).
const LARGEST_BODY: usize = 10 << 20;
const LONGEST_QUERY: usize = 32 << 10;

/// Serves until the gate's token is cancelled.
pub(super) async fn serve(gate: Gate, cloud: Cloud) {
    let ending = gate.all.clone();
    let cloud = Arc::new(cloud);
    let app = Router::new()
        .route("/", any(api))
        .merge(control::routes())
        .with_state(cloud.clone())
        .into_make_service_with_connect_info::<Knife>();
    tokio::select! {
        result = axum::serve(gate, app).into_future() => {
            let _: Result<(), io::Error> = result;
        }
        () = ending.cancelled() => {}
    }
    cloud.close();
}

async fn api(
    State(cloud): State<Arc<Cloud>>,
    ConnectInfo(knife): ConnectInfo<Knife>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let query = parts.uri.query().unwrap_or_default();
    if parts.method != "GET" && parts.method != "POST" {
        return refused("UnsupportedProtocol", "The request's method should be GET or POST.");
    }
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return refused("RequestSizeLimitExceeded", "The request's body is larger than 10 MB.");
    };
    if query.len() > LONGEST_QUERY {
        return refused("RequestSizeLimitExceeded", "The request's query is longer than 32 KB.");
    }
    let reply =
        cloud.call(&Call { method: parts.method.as_str(), query, headers: &parts.headers, body: &body });
    if !reply.latency.is_zero() {
        tokio::time::sleep(reply.latency).await;
    }
    deliver(reply, &knife).await
}

/// Sends the answer, or what a fault makes of it.
async fn deliver(reply: Reply, knife: &Knife) -> Response {
    let body = serde_json::json!({ "Response": reply.body }).to_string();
    match reply.kind {
        Some(Kind::Drop | Kind::DropReply) => {
            // From here on the connection takes no byte, so what is returned is never seen.
            knife.0.cancel();
            Response::new(Body::empty())
        }
        Some(Kind::Stall) => std::future::pending().await,
        Some(Kind::Http(status)) => {
            let mut response = Response::new(Body::from("<html><body>The service is unwell.</body></html>"));
            *response.status_mut() =
                StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            response
        }
        Some(Kind::Garbage) => json(Body::from(&b"\x1b[31m\x00\xff{\"Response\": nonsense"[..])),
        Some(Kind::Truncate) => truncated(body.into()),
        _ => json(Body::from(body)),
    }
}

/// Promises the whole and sends half of it.
fn truncated(whole: Bytes) -> Response {
    let half = whole.slice(..whole.len() / 2);
    let first = futures_util::stream::iter([Ok(half)]);
    let then = futures_util::stream::once(async {
        // Once not ready, so that the first half is flushed before the connection breaks.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::BrokenPipe))
    });
    let mut response = json(Body::from_stream(first.chain(then)));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    response
}

/// Exactly `application/json`: with a charset behind it the official SDK takes errors for successes.
pub(super) fn json(body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A refusal of something that is no call, so that nothing can be logged of it.
fn refused(code: &str, message: &str) -> Response {
    let error = serde_json::json!({ "Code": code, "Message": message });
    let body: Value =
        serde_json::json!({ "Response": { "Error": error, "RequestId": uuid::Uuid::new_v4().to_string() } });
    json(Body::from(body.to_string()))
}
