//! Signatures, compared with those of the vendor's own SDK.

use cvmshare::cloud::sign::{Signing, sign};
use serde_json::Value;

#[test]
fn signatures_match_the_vendors_vectors() {
    let file: Value = serde_json::from_str(include_str!("signature-vectors.json")).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 10);
    for v in vectors {
        let text = |name: &str| v[name].as_str().unwrap();
        let mut headers = vec![("content-type", text("content_type")), ("host", text("host"))];
        let action = text("action").to_lowercase();
        if text("signed_headers").ends_with("x-tc-action") {
            headers.push(("x-tc-action", &action));
        }
        let signature = sign(
            Signing {
                method: text("method"),
                query: text("query"),
                headers: &headers,
                body: text("payload").as_bytes(),
                timestamp: v["timestamp"].as_i64().unwrap(),
                service: text("service"),
            },
            text("secret_key"),
        );
        let got =
            (&*signature.signed_headers, &*signature.signature, &*signature.authorization(text("secret_id")));
        assert_eq!(
            got,
            (text("signed_headers"), text("signature"), text("authorization")),
            "{}",
            text("name")
        );
    }
}
