//! Classifies the host of a `Host` header or a proxy request: this machine, one of the vendor's API hosts, or another.

use std::net::IpAddr;

use crate::model::Catalog;

/// The domains of the vendor's API hosts. SDKs fall back from one to the next.
pub(super) const DOMAINS: [&str; 3] = ["tencentcloudapi.com", "tencentcloudapi.com.cn", "tencentcloudapi.cn"];

/// Middle labels of the vendor's API hosts that are not regions: the international site and the internal network.
const BETWEEN: [&str; 2] = ["intl", "internal"];

/// The kind of host that a name refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Host {
    /// This machine: `localhost`, a name below it, or a loopback address.
    Loopback,
    /// One of the vendor's API hosts: `SERVICE.tencentcloudapi.com`, `SERVICE.REGION.tencentcloudapi.com` and the like.
    Vendor { service: String },
    /// Any other host.
    Other,
}

impl Host {
    /// Parses a host with or without a port. The official CLI sends its whole endpoint, such as
    /// `http://127.0.0.1:PORT/`.
    pub fn parse(text: &str) -> Self {
        let name = without_port(bare(text)).trim_end_matches('.').to_ascii_lowercase();
        let ip = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        if name == "localhost"
            || name.ends_with(".localhost")
            || ip.is_ok_and(|ip| ip.to_canonical().is_loopback())
        {
            return Self::Loopback;
        }
        let labels = DOMAINS
            .iter()
            .find_map(|domain| name.strip_suffix(domain)?.strip_suffix('.'))
            .unwrap_or_default();
        let (service, between) = labels.split_once('.').unwrap_or((labels, ""));
        let good = !service.is_empty()
            && service.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && (between.is_empty() || middle_labels().any(|known| known == between));
        if good { Self::Vendor { service: service.to_owned() } } else { Self::Other }
    }
}

/// Returns the labels that may stand between the service and the vendor's domain.
fn middle_labels() -> impl Iterator<Item = &'static str> {
    BETWEEN.into_iter().chain(Catalog::get().iter().map(|r| r.region.as_str()))
}

/// Returns the names of a certificate that is valid for all of the vendor's API hosts.
pub(super) fn wildcards() -> impl Iterator<Item = String> {
    DOMAINS.into_iter().flat_map(|domain| {
        let between = middle_labels().map(move |label| format!("*.{label}.{domain}"));
        std::iter::once(format!("*.{domain}")).chain(between)
    })
}

/// Removes the scheme and the trailing slash that some clients put into the `Host` header.
fn bare(text: &str) -> &str {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    text.trim_end_matches('/')
}

/// Removes the port.
pub(super) fn without_port(text: &str) -> &str {
    match text.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => text,
    }
}

/// Returns the part before the first dot, with and without the port. SDKs derive the service from it.
pub(super) fn first_labels(text: &str) -> [&str; 2] {
    let label = |text: &str| text.find('.').unwrap_or(text.len());
    let (whole, short) = (bare(text), without_port(bare(text)));
    [&whole[..label(whole)], &short[..label(short)]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_classified() {
        let vendor = |service: &str| Host::Vendor { service: service.into() };
        for (text, want) in [
            ("127.0.0.1:18787", Host::Loopback),
            ("127.9.9.9", Host::Loopback),
            ("localhost", Host::Loopback),
            ("LOCALHOST:80", Host::Loopback),
            ("cvm.localhost:18787", Host::Loopback),
            ("[::1]:9", Host::Loopback),
            ("[::ffff:127.0.0.1]:9", Host::Loopback),
            ("http://127.0.0.1:18787", Host::Loopback),
            ("http://127.0.0.1:18787/", Host::Loopback),
            ("cvm.tencentcloudapi.com", vendor("cvm")),
            ("CVM.TencentCloudAPI.com.:443", vendor("cvm")),
            ("cvm.ap-guangzhou.tencentcloudapi.com", vendor("cvm")),
            ("sts.intl.tencentcloudapi.com", vendor("sts")),
            ("cvm.internal.tencentcloudapi.com", vendor("cvm")),
            ("cvm.tencentcloudapi.com.cn", vendor("cvm")),
            ("cvm.ap-guangzhou.tencentcloudapi.cn", vendor("cvm")),
            ("clb.tencentcloudapi.com", vendor("clb")),
            ("", Host::Other),
            ("tencentcloudapi.com", Host::Other),
            (".tencentcloudapi.com", Host::Other),
            ("eviltencentcloudapi.com", Host::Other),
            ("cvm.evil.tencentcloudapi.com", Host::Other),
            ("a.b.ap-guangzhou.tencentcloudapi.com", Host::Other),
            ("cvm.tencentcloudapi.com.example.com", Host::Other),
            ("cvm.tencentcloudapi.net", Host::Other),
            ("127.0.0.1.example.com", Host::Other),
            ("localhost.example.com", Host::Other),
            ("10.0.0.1", Host::Other),
            ("rebound.example.com:18787", Host::Other),
        ] {
            assert_eq!(Host::parse(text), want, "{text:?}");
        }
    }

    #[test]
    fn first_labels_match_those_of_the_sdks() {
        assert_eq!(first_labels("127.0.0.1:18787"), ["127", "127"]);
        assert_eq!(first_labels("localhost:18787"), ["localhost:18787", "localhost"]);
        assert_eq!(first_labels("http://127.0.0.1:1/"), ["127", "127"]);
        assert_eq!(first_labels("[::1]:9"), ["[::1]:9", "[::1]"]);
    }
}
