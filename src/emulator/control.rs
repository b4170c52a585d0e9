//! Control, for tests: outside the API, and for programs rather than pages of a browser.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{cloud::Cloud, fault::Fault, server};

pub(super) fn routes() -> Router<Arc<Cloud>> {
    Router::new()
        .route("/_emulator/calls", get(calls))
        .route("/_emulator/world", get(world))
        .route("/_emulator/advance", post(advance))
        .route("/_emulator/faults", post(add_faults).delete(clear_faults))
}

fn ok(value: &Value) -> Response {
    server::json(Body::from(value.to_string()))
}

fn bad(message: impl ToString) -> Response {
    let mut response = ok(&json!({ "error": message.to_string() }));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}

/// A page in a browser must not steer it, and browsers say where a request comes from.
fn from_page(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN)
}

async fn calls(State(cloud): State<Arc<Cloud>>) -> Response {
    ok(&json!(cloud.lock().calls))
}

async fn world(State(cloud): State<Arc<Cloud>>) -> Response {
    let inner = cloud.lock();
    let now = cloud.now(&inner);
    let mut value = json!(inner.world);
    value["now"] = json!(now);
    // Keys are for those who asked for them.
    value["leases"] = json!(inner.world.leases.len());
    for (region, shelf) in &inner.world.regions {
        let shown = &mut value["regions"][region.as_str()];
        for (n, image) in shelf.images.iter().enumerate() {
            shown["images"][n]["state"] = json!(image.state(now));
            shown["images"][n]["sync_percent"] = json!(image.percent(now));
        }
        for (n, instance) in shelf.instances.iter().enumerate() {
            shown["instances"][n]["state"] = json!(instance.state(now));
        }
    }
    ok(&value)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: u32,
}

async fn advance(State(cloud): State<Arc<Cloud>>, headers: HeaderMap, body: Bytes) -> Response {
    if from_page(&headers) {
        return bad("pages in a browser cannot steer the built-in cloud");
    }
    match serde_json::from_slice::<Advance>(&body) {
        Ok(Advance { seconds }) => match cloud.advance(i64::from(seconds)) {
            Ok(now) => ok(&json!({ "now": now })),
            Err(refusal) => bad(refusal.message),
        },
        Err(e) => bad(format!("the body should be {{\"seconds\": N}}: {e}")),
    }
}

async fn add_faults(State(cloud): State<Arc<Cloud>>, headers: HeaderMap, body: Bytes) -> Response {
    if from_page(&headers) {
        return bad("pages in a browser cannot steer the built-in cloud");
    }
    let texts: Vec<String> = match serde_json::from_slice(&body) {
        Ok(texts) => texts,
        Err(e) => return bad(format!("the body should be a list of faults: {e}")),
    };
    // All of them or none.
    match texts.iter().map(|t| t.parse()).collect::<Result<Vec<Fault>, _>>() {
        Ok(more) => {
            let mut inner = cloud.lock();
            inner.faults.extend(more);
            let all: Vec<String> = inner.faults.iter().map(ToString::to_string).collect();
            ok(&json!(all))
        }
        Err(e) => bad(e),
    }
}

async fn clear_faults(State(cloud): State<Arc<Cloud>>, headers: HeaderMap) -> Response {
    if from_page(&headers) {
        return bad("pages in a browser cannot steer the built-in cloud");
    }
    cloud.lock().faults.clear();
    ok(&json!([]))
}
