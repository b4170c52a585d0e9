//! TC3-HMAC-SHA256 signatures, for the client that signs and the built-in cloud that verifies.

use ring::{digest, hmac};
use secrecy::zeroize::Zeroizing;

use crate::boundary::secret::remember_signature;

/// The input of a signature.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// `POST` or `GET`.
    pub method: &'a str,
    /// The raw query string; empty for POST.
    pub query: &'a str,
    /// Signed headers as lower-case name and value, in the order of signing.
    pub headers: &'a [(&'a str, &'a str)],
    /// The exact bytes of the body; empty for GET.
    pub body: &'a [u8],
    /// Unix time in seconds.
    pub timestamp: i64,
    /// The service, such as `cvm`, `sts` or `region`.
    pub service: &'a str,
}

/// A signature with the parts of its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `content-type;host`
    pub signed_headers: String,
    /// `2023-11-14/cvm/tc3_request`
    pub scope: String,
    /// The signature in hexadecimal.
    pub signature: String,
}

impl Signature {
    /// Returns the `Authorization` header. Registers the signature, so that no output shows it.
    pub fn authorization(&self, secret_id: &str) -> String {
        remember_signature(&self.signature);
        format!(
            "TC3-HMAC-SHA256 Credential={secret_id}/{}, SignedHeaders={}, Signature={}",
            self.scope, self.signed_headers, self.signature
        )
    }
}

/// Returns the canonical request and the string to sign.
pub fn strings_to_sign(request: Signing<'_>) -> (String, String) {
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    let mut canonical = format!("{}\n/\n{}\n", request.method, request.query);
    for (name, value) in request.headers {
        canonical.extend([name, ":", value.trim(), "\n"]);
    }
    canonical.extend(["\n", &names.join(";"), "\n"]);
    canonical.push_str(&sha256(request.body));
    let text = format!(
        "TC3-HMAC-SHA256\n{}\n{}/{}/tc3_request\n{}",
        request.timestamp,
        date(request.timestamp),
        request.service,
        sha256(canonical.as_bytes())
    );
    (canonical, text)
}

/// Signs a request with a secret key.
pub fn sign(request: Signing<'_>, secret_key: &str) -> Signature {
    let date = date(request.timestamp);
    // Allocate the full capacity: a buffer that grows leaves a copy of the key in memory.
    let mut start = Zeroizing::new(Vec::with_capacity(3 + secret_key.len()));
    start.extend_from_slice(b"TC3");
    start.extend_from_slice(secret_key.as_bytes());
    let mut key = mac(&start, date.as_bytes());
    for part in [request.service, "tc3_request"] {
        key = mac(key.as_ref(), part.as_bytes());
    }
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    Signature {
        signed_headers: names.join(";"),
        scope: format!("{date}/{}/tc3_request", request.service),
        signature: hex::encode(mac(key.as_ref(), strings_to_sign(request).1.as_bytes())),
    }
}

/// Returns the UTC date of a Unix time as it appears in a scope.
pub fn date(timestamp: i64) -> String {
    let time = jiff::Timestamp::from_second(timestamp).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%d").to_string()
}

/// Returns the hash in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, bytes))
}

fn mac(key: &[u8], text: &[u8]) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text)
}
