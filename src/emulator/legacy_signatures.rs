//! The signatures before TC3: HmacSHA1 and HmacSHA256. All parameters, the signature among them, are in the query or in
//! a form.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;

use super::params::unescape;

/// The parameters of the call itself, as opposed to those of the action.
const COMMON: [&str; 11] = [
    "Action",
    "Version",
    "Region",
    "Timestamp",
    "Nonce",
    "SecretId",
    "Signature",
    "SignatureMethod",
    "Token",
    "Language",
    "RequestClient",
];

/// The parameters of a call with a legacy signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Parses a query or a form. Returns `None` if it has none of the parameters that mark such a call.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        if text.trim_start().starts_with('{') {
            return None;
        }
        let pairs: Vec<(String, String)> = text
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (unescape(name), unescape(value)))
            .collect();
        let form = Self(pairs);
        ["Action", "SecretId", "Signature"].iter().any(|n| !form.get(n).is_empty()).then_some(form)
    }

    /// Returns a parameter, or an empty text if it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// Returns the parameters of the action.
    pub fn action_params(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(|(name, _)| !COMMON.contains(&name.as_str()))
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the text to sign: `POSThost/?Action=...&...`, with the parameters sorted by name and not escaped.
    pub fn strings_to_sign(&self, method: &str, host: &str) -> String {
        self.joined(method, host, |_| true)
    }

    /// Returns whether the signature is valid for a host. In a POST, `@tencent-sdk/capi` does not sign values that
    /// begin with `@`, so that variant is accepted too.
    pub fn is_signed(&self, method: &str, host: &str, secret_key: &str) -> bool {
        let signature = self.get("Signature");
        [self.strings_to_sign(method, host), self.joined(method, host, |value| !value.starts_with('@'))]
            .iter()
            .any(|text| self.sign(text, secret_key).as_deref() == Some(signature))
    }

    /// Returns a signature in base64. Returns `None` if the signature method is unknown.
    fn sign(&self, text: &str, secret_key: &str) -> Option<String> {
        let method = match self.get("SignatureMethod") {
            "" | "HmacSHA1" => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            "HmacSHA256" => hmac::HMAC_SHA256,
            _ => return None,
        };
        let key = hmac::Key::new(method, secret_key.as_bytes());
        Some(STANDARD.encode(hmac::sign(&key, text.as_bytes())))
    }

    fn joined(&self, method: &str, host: &str, signed: fn(&str) -> bool) -> String {
        let mut pairs: Vec<_> =
            self.0.iter().filter(|(name, value)| name != "Signature" && signed(value)).collect();
        pairs.sort_by_key(|(name, _)| name);
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{method}{host}/?{}", pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example on the vendor's page about these signatures: its key, its parameters and the signature that it
    /// prints.
    #[test]
    fn the_vendors_example_verifies() {
        let key = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
        let query = "Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Limit=20&Nonce=11886&Offset=0&\
                     Region=ap-guangzhou&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE&Timestamp=1465185768&\
                     Version=2017-03-12&Signature=EliP9YW3pW28FpsEdkXt%2F%2BWcGeI%3D";
        let form = Form::read(query.as_bytes()).unwrap();
        assert_eq!(
            form.strings_to_sign("GET", "cvm.tencentcloudapi.com"),
            "GETcvm.tencentcloudapi.com/?Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Limit=20&Nonce=11886&\
             Offset=0&Region=ap-guangzhou&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE&Timestamp=1465185768&\
             Version=2017-03-12"
        );
        assert!(form.is_signed("GET", "cvm.tencentcloudapi.com", key));
        assert!(!form.is_signed("POST", "cvm.tencentcloudapi.com", key));
        assert!(!form.is_signed("GET", "cvm.tencentcloudapi.com", "x"));
        let own: Vec<_> = form.action_params().collect();
        assert_eq!(own, [("InstanceIds.0", "ins-09dx96dg"), ("Limit", "20"), ("Offset", "0")]);
    }

    /// A POST of the official Python SDK.
    #[test]
    fn a_form_of_the_python_sdk_verifies() {
        let body = "Filters.0.Name=image-name&Filters.0.Values.0=%E9%95%9C%E5%83%8F+%2B%26%3D&Limit=5&\
                    Action=DescribeImages&RequestClient=SDK_PYTHON_3.1.178&Nonce=11886&Timestamp=1465185768&\
                    Version=2017-03-12&Region=ap-guangzhou&Token=TOKENEXAMPLE&SecretId=AKIDEXAMPLE&\
                    SignatureMethod=HmacSHA256&Language=zh-CN&Signature=riog2F4zKYslobhX5gyLPIj1HjTWn7Yoe7Eaa5s%2F%2BVI%3D";
        let form = Form::read(body.as_bytes()).unwrap();
        assert!(form.is_signed("POST", "127.0.0.1:18787", "SECRETEXAMPLE"));
        assert!(!form.is_signed("POST", "127.0.0.1", "SECRETEXAMPLE"));
        let own: Vec<_> = form.action_params().collect();
        assert_eq!(
            own,
            [
                ("Filters.0.Name", "image-name"),
                ("Filters.0.Values.0", "\u{955c}\u{50cf} +&="),
                ("Limit", "5")
            ]
        );
        let other = body.replace("HmacSHA256", "HmacMD5");
        assert!(!Form::read(other.as_bytes()).unwrap().is_signed("POST", "127.0.0.1:18787", "SECRETEXAMPLE"));
    }

    #[test]
    fn other_bodies_are_not_legacy_calls() {
        for text in ["", "{\"Action\": \"x\"}", "Limit=5", "Action", "\u{0}=&=&&", "Signature="] {
            assert_eq!(Form::read(text.as_bytes()), None, "{text:?}");
        }
        assert_eq!(Form::read(b"Action=\xff"), None);
    }
}
