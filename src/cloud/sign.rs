//! TC3-HMAC-SHA256 (api-3.0.md, section 2), for the client that signs and the built-in cloud that verifies.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::zeroize::Zeroizing;
use sha2::{Digest, Sha256};

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

/// Signs a request with a secret key.
pub fn sign(request: Signing<'_>, secret_key: &str) -> Signature {
    let date = jiff::Timestamp::from_second(request.timestamp)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%Y-%m-%d")
        .to_string();
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    let signed_headers = names.join(";");
    let mut canonical = format!("{}\n/\n{}\n", request.method, request.query);
    for (name, value) in request.headers {
        canonical.extend([name, ":", value.trim(), "\n"]);
    }
    canonical.extend(["\n", &signed_headers, "\n"]);
    canonical.push_str(&hex::encode(Sha256::digest(request.body)));
    let scope = format!("{date}/{}/tc3_request", request.service);
    let to_sign = format!(
        "TC3-HMAC-SHA256\n{}\n{scope}\n{}",
        request.timestamp,
        hex::encode(Sha256::digest(&canonical))
    );
    // In one piece from the start: a buffer that grew would leave a copy of the key behind.
    let mut start = Zeroizing::new(Vec::with_capacity(3 + secret_key.len()));
    start.extend_from_slice(b"TC3");
    start.extend_from_slice(secret_key.as_bytes());
    let mut key = mac(&start, date.as_bytes());
    for part in [request.service, "tc3_request"] {
        key = mac(&key, part.as_bytes());
    }
    Signature { signed_headers, scope, signature: hex::encode(&*mac(&key, to_sign.as_bytes())) }
}

fn mac(key: &[u8], text: &[u8]) -> Zeroizing<Vec<u8>> {
    // An HMAC takes a key of any length, so the error cannot occur; an empty result would fail every verification.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|m| Zeroizing::new(m.chain_update(text).finalize().into_bytes().to_vec()))
        .unwrap_or_default()
}
