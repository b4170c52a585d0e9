//! The control endpoints below `/_emulator/`, for tests and tools. Web pages cannot use them.

use hyper::{HeaderMap, StatusCode, header, http::request::Parts};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    cloud::Cloud,
    fault::Fault,
    response::{self, Response},
};

/// The common prefix of the control endpoints.
pub(super) const PREFIX: &str = "/_emulator/";

/// Answers a request to `/_emulator/PATH`.
pub(super) fn answer(cloud: &Cloud, path: &str, parts: &Parts, body: &[u8]) -> Response {
    let method = parts.method.as_str();
    // Reading is safe: a page of another origin cannot see the answer.
    if method != "GET" && is_from_browser(&parts.headers) {
        return bad("pages in a browser cannot steer the built-in cloud");
    }
    match (method, path) {
        ("GET", "calls") => ok(&cloud.lock().calls),
        ("GET", "world") => world(cloud),
        ("POST", "advance") => advance(cloud, body),
        ("POST", "faults") => add_faults(cloud, body),
        ("DELETE", "faults") => {
            cloud.lock().faults.clear();
            ok(&json!([]))
        }
        (_, "calls" | "world" | "advance" | "faults") => {
            response::status(StatusCode::METHOD_NOT_ALLOWED, "this control endpoint does not take the method")
        }
        _ => response::status(
            StatusCode::NOT_FOUND,
            "the control endpoints are GET calls, GET world, POST advance, POST and DELETE faults",
        ),
    }
}

fn ok(value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => response::json(text),
        Err(error) => response::status(StatusCode::INTERNAL_SERVER_ERROR, error),
    }
}

fn bad(message: impl ToString) -> Response {
    response::status(StatusCode::BAD_REQUEST, message)
}

/// Returns whether a page in a browser sent the request. Browsers add the Origin header.
fn is_from_browser(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN)
}

fn world(cloud: &Cloud) -> Response {
    let inner = cloud.lock();
    let now = cloud.now(&inner);
    // Serializes to text and parses it again. Serializing to a JSON value directly would compile a second copy of the
    // serializers.
    let text = serde_json::to_vec(&inner.world).unwrap_or_default();
    let mut value: Value = serde_json::from_slice(&text).unwrap_or_default();
    value["now"] = json!(now);
    // Leases are shown without their keys.
    value["leases"] = inner
        .world
        .leases
        .iter()
        .map(|l| {
            json!({
                "account": l.main, "role": l.role, "session": l.session, "read_only": l.read_only,
                "until": l.until.to_string(),
            })
        })
        .collect();
    for (region, resources) in &inner.world.regions {
        let shown = &mut value["regions"][region.as_str()];
        for (n, image) in resources.images.iter().enumerate() {
            shown["images"][n]["state"] = json!(image.state(now));
            shown["images"][n]["sync_percent"] = json!(image.percent(now));
        }
        for (n, instance) in resources.instances.iter().enumerate() {
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

fn advance(cloud: &Cloud, body: &[u8]) -> Response {
    match serde_json::from_slice::<Advance>(body) {
        Ok(Advance { seconds }) => match cloud.advance(i64::from(seconds)) {
            Ok(now) => ok(&json!({ "now": now })),
            Err(refusal) => bad(refusal.message),
        },
        Err(e) => bad(format!("the body should be {{\"seconds\": N}}: {e}")),
    }
}

fn add_faults(cloud: &Cloud, body: &[u8]) -> Response {
    let texts: Vec<String> = match serde_json::from_slice(body) {
        Ok(texts) => texts,
        Err(e) => return bad(format!("the body should be a list of faults: {e}")),
    };
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
