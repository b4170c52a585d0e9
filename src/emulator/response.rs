//! HTTP responses.

use std::io;

use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    StatusCode,
    body::Bytes,
    header::{self, HeaderValue},
};

/// An HTTP response.
pub(super) type Response = hyper::Response<UnsyncBoxBody<Bytes, io::Error>>;

/// Returns a response of type `application/json`. The type has no charset: with one, the official SDK takes errors for
/// successes.
pub(super) fn json(body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(Full::new(body.into()).map_err(|never| match never {}).boxed_unsync());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Returns a response with an error status and its reason.
pub(super) fn status(status: StatusCode, why: impl ToString) -> Response {
    let mut response = json(serde_json::json!({ "error": why.to_string() }).to_string());
    *response.status_mut() = status;
    response
}

/// Returns the response to a request whose host is not served here.
pub(super) fn forbidden(why: &str) -> Response {
    status(StatusCode::FORBIDDEN, why)
}
