//! Which host answers a call.

use std::borrow::Cow;

use reqwest::Url;

use super::{Error, Kind, Sent, api::Api};
use crate::{
    boundary::secret::REDACTED,
    model::{Catalog, CopyGroup, Region, Site},
};

/// One host for everything, or the vendor's own.
#[derive(Debug, Clone)]
pub(super) enum Hosts {
    /// `--endpoint`: all services on one address.
    One(Url),
    /// `cvm.ap-guangzhou.tencentcloudapi.com` and its like.
    Vendor(Site),
}

impl Hosts {
    /// Reads an endpoint. Plain http is for this machine alone: it would send the token and the answers in the clear.
    pub(super) fn new(endpoint: Option<&str>, site: Site) -> Result<Self, Error> {
        let Some(text) = endpoint else {
            return Ok(Self::Vendor(site));
        };
        let bad = |why: &str| {
            let text = without_user(text);
            Error::ours(Kind::Setup, "endpoint", format!("the endpoint {text:?} {why}"), Sent::Never)
        };
        let url = Url::parse(text.trim())
            .map_err(|_| bad("is no URL such as https://host or http://127.0.0.1:PORT"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("must not hold a user name or password"));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(bad("must be a host alone, without a path"));
        }
        match url.scheme() {
            "https" => Ok(Self::One(url)),
            "http" if is_loopback(&url) => Ok(Self::One(url)),
            "http" => Err(bad("is plain http, which is allowed to this machine only; use https")),
            _ => Err(bad("must begin with https://, or http:// for this machine")),
        }
    }

    /// Whether every call stays on this machine, in plain http.
    pub(super) fn stays_here(&self) -> bool {
        matches!(self, Self::One(url) if is_loopback(url))
    }

    /// The address of a call.
    pub(super) fn url(&self, api: &Api, region: Option<&Region>) -> Result<Url, Error> {
        let site = match self {
            Self::One(url) => return Ok(url.clone()),
            Self::Vendor(site) => site,
        };
        let finance = |r: &Region| {
            r.as_str().ends_with("-fsi")
                || Catalog::get().region(r).is_some_and(|i| i.group == CopyGroup::Finance)
        };
        // Each CVM region is asked at its own host, so that a slow one cannot hold back another; the other services
        // have one host a site, and only the isolated finance regions keep their own of these too.
        let host = match region {
            Some(region) if api.service == "cvm" || finance(region) => {
                format!("{}.{region}.tencentcloudapi.com", api.service)
            }
            _ => match site {
                Site::Intl => format!("{}.intl.tencentcloudapi.com", api.service),
                Site::Cn => format!("{}.tencentcloudapi.com", api.service),
            },
        };
        Url::parse(&format!("https://{host}/"))
            .map_err(|_| Error::ours(Kind::Setup, "endpoint", format!("{host:?} is no host"), Sent::Never))
    }
}

/// The text without whatever may be a user name and password, even where it is no URL.
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

/// The `Host` header as the HTTP library sends it, which is what has to be signed.
pub(super) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::api::{DESCRIBE_IMAGES, DESCRIBE_REGIONS, GET_CALLER};

    #[test]
    fn hosts_by_service_region_and_site() {
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
    fn plain_http_stays_on_this_machine() {
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
    fn a_password_is_never_told() {
        for bad in ["http://me:secret-pw@127.0.0.1", "https://me:secret-pw/x@host", "me:secret-pw@host"] {
            let error = Hosts::new(Some(bad), Site::Intl).unwrap_err().to_string();
            assert!(error.contains("[redacted]@") && !error.contains("secret-pw"), "{error}");
        }
    }

    #[test]
    fn the_signed_host_has_its_port_only_when_it_is_sent() {
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
