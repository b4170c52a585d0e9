//! Determines the host of a call.

use std::borrow::Cow;

use reqwest::Url;

use super::{Error, Kind, Sent, api::Api};
use crate::{
    boundary::secret::REDACTED,
    messages::{Text, text},
    model::{Catalog, CopyGroup, Region, Site},
};

/// One host for all services, or the vendor's hosts.
#[derive(Debug, Clone)]
pub(super) enum Hosts {
    /// `--endpoint`: all services at one address.
    One(Url),
    /// The vendor's hosts, such as `cvm.ap-guangzhou.tencentcloudapi.com`.
    Vendor(Site),
}

impl Hosts {
    /// Parses an endpoint. Plain http is allowed for loopback addresses only, because it sends the token and
    /// the answers unencrypted.
    pub(super) fn new(endpoint: Option<&str>, site: Site) -> Result<Self, Error> {
        let Some(text) = endpoint else {
            return Ok(Self::Vendor(site));
        };
        let endpoint = format!("{:?}", without_user(text));
        let bad = |why: Text| Error::local(Kind::Setup, "endpoint", why, Sent::Never);
        let url = Url::parse(text.trim()).map_err(|_| bad(text!(cloud_endpoint_no_url, endpoint)))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad(text!(cloud_endpoint_with_user, endpoint)));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(bad(text!(cloud_endpoint_with_path, endpoint)));
        }
        match url.scheme() {
            "https" => Ok(Self::One(url)),
            "http" if is_loopback(&url) => Ok(Self::One(url)),
            "http" => Err(bad(text!(cloud_endpoint_plain_http, endpoint))),
            _ => Err(bad(text!(cloud_endpoint_bad_scheme, endpoint))),
        }
    }

    /// Returns whether all calls stay on this machine and use plain http.
    pub(super) fn is_local(&self) -> bool {
        matches!(self, Self::One(url) if is_loopback(url))
    }

    /// Returns the URL of a call.
    pub(super) fn url(&self, api: &Api, region: Option<&Region>) -> Result<Url, Error> {
        let site = match self {
            Self::One(url) => return Ok(url.clone()),
            Self::Vendor(site) => site,
        };
        let finance = |r: &Region| {
            r.as_str().ends_with("-fsi")
                || Catalog::get().region(r).is_some_and(|i| i.group == CopyGroup::Finance)
        };
        // Each region has its own CVM host, so that a slow region does not delay others. The other services
        // have one host per site, except in the isolated finance regions.
        let host = match region {
            Some(region) if api.service == "cvm" || finance(region) => {
                format!("{}.{region}.tencentcloudapi.com", api.service)
            }
            _ => match site {
                Site::Intl => format!("{}.intl.tencentcloudapi.com", api.service),
                Site::Cn => format!("{}.tencentcloudapi.com", api.service),
            },
        };
        Url::parse(&format!("https://{host}/")).map_err(|_| {
            let message = text!(cloud_host_invalid, host = format!("{host:?}"));
            Error::local(Kind::Setup, "endpoint", message, Sent::Never)
        })
    }
}

/// Removes everything that may be a user name and a password, even if the text is not a valid URL.
fn without_user(text: &str) -> Cow<'_, str> {
    match text.rfind('@') {
        None => Cow::Borrowed(text),
        Some(at) => {
            let start = text[..at].find("://").map_or(0, |scheme| scheme + 3);
            Cow::Owned(format!("{}{REDACTED}{}", &text[..start], &text[at..]))
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Returns the `Host` header exactly as the HTTP library sends it, because the header is signed.
pub(super) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::api::{DESCRIBE_IMAGES, DESCRIBE_REGIONS, GET_CALLER};

    #[test]
    fn chooses_hosts_by_service_region_and_site() {
        let region = |r: &str| r.parse::<Region>().ok();
        for (site, api, at, host) in [
            (Site::Intl, &DESCRIBE_IMAGES, "ap-guangzhou", "cvm.ap-guangzhou.tencentcloudapi.com"),
            (Site::Cn, &DESCRIBE_IMAGES, "ap-tokyo", "cvm.ap-tokyo.tencentcloudapi.com"),
            (Site::Cn, &DESCRIBE_IMAGES, "ap-shanghai-fsi", "cvm.ap-shanghai-fsi.tencentcloudapi.com"),
            (Site::Intl, &DESCRIBE_REGIONS, "", "region.intl.tencentcloudapi.com"),
            (Site::Cn, &DESCRIBE_REGIONS, "", "region.tencentcloudapi.com"),
            (Site::Intl, &GET_CALLER, "ap-guangzhou", "sts.intl.tencentcloudapi.com"),
            (Site::Cn, &GET_CALLER, "ap-shenzhen-fsi", "sts.ap-shenzhen-fsi.tencentcloudapi.com"),
        ] {
            let url = Hosts::Vendor(site).url(api, region(at).as_ref()).unwrap();
            assert_eq!(url.as_str(), format!("https://{host}/"));
            assert_eq!(authority(&url), host);
        }
    }

    #[test]
    fn allows_plain_http_for_loopback_only() {
        for good in [
            "http://127.0.0.1:18787",
            "http://127.8.9.1",
            "http://localhost:80/",
            "http://[::1]:9",
            "https://cvm.example.com",
        ] {
            assert!(Hosts::new(Some(good), Site::Intl).is_ok(), "{good}");
        }
        for bad in [
            "http://10.0.0.1",
            "http://cvm.tencentcloudapi.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://me:pw@127.0.0.1",
            "https://host/path",
            "https://host/?q",
            "ftp://127.0.0.1",
            "127.0.0.1:80",
            "",
        ] {
            let error = Hosts::new(Some(bad), Site::Intl).unwrap_err();
            assert_eq!((error.kind, error.sent), (Kind::Setup, Sent::Never), "{bad}");
        }
    }

    #[test]
    fn errors_never_show_a_password() {
        for bad in ["http://me:secret-pw@127.0.0.1", "https://me:secret-pw/x@host", "me:secret-pw@host"] {
            let error = Hosts::new(Some(bad), Site::Intl).unwrap_err().to_string();
            assert!(error.contains("[redacted]@") && !error.contains("secret-pw"), "{error}");
        }
    }

    #[test]
    fn signed_host_includes_only_ports_that_are_sent() {
        for (url, host) in [
            ("http://127.0.0.1:18787/", "127.0.0.1:18787"),
            ("http://LOCALHOST:80/", "localhost"),
            ("https://a.example:443", "a.example"),
            ("http://[::1]:9", "[::1]:9"),
        ] {
            assert_eq!(authority(&Url::parse(url).unwrap()), host);
        }
    }
}
