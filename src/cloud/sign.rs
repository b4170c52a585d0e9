//! TC3-HMAC-SHA256, for the client that signs and the built-in cloud that verifies.

use ring::{digest, hmac};
use secrecy::zeroize::Zeroizing;

use crate::boundary::secret::remember_signature;

/// What a signature covers.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// `POST` or `GET`.
    pub method: &'a str,
    /// The raw query string; empty for POST.
    pub query: &'a str,
    /// Signed headers as name and value, names lower-case, in the order in which they are signed.
    pub headers: &'a [(&'a str, &'a str)],
    /// The exact bytes of the body; empty for GET.
    pub body: &'a [u8],
    /// Unix seconds.
    pub timestamp: i64,
    /// `cvm`, `sts`, `region`, …
    pub service: &'a str,
}

/// The signature in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `content-type;host`
    pub signed_headers: String,
    /// `2023-11-14/cvm/tc3_request`
    pub scope: String,
    /// Hexadecimal.
    pub signature: String,
}

impl Signature {
    /// The `Authorization` header. From here on no text that leaves the program shows the signature.
    pub fn authorization(&self, secret_id: &str) -> String {
        remember_signature(&self.signature);
        format!(
            "TC3-HMAC-SHA256 Credential={secret_id}/{}, SignedHeaders={}, Signature={}",
            self.scope, self.signed_headers, self.signature
        )
    }
}

/// The canonical form of a request, and the text with its hash that is signed.
pub fn to_sign(request: Signing<'_>) -> (String, String) {
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
    // In one piece from the start: a buffer that grew would leave a copy of the key behind.
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
        signature: hex::encode(mac(key.as_ref(), to_sign(request).1.as_bytes())),
    }
}

/// The UTC date of a time in Unix seconds, as a scope has it.
pub fn date(timestamp: i64) -> String {
    let time = jiff::Timestamp::from_second(timestamp).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%d").to_string()
}

/// In hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, bytes))
}

fn mac(key: &[u8], text: &[u8]) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text)
}
