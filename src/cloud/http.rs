//! The HTTP client itself: roots, proxies, time-outs.

use std::{net::ToSocketAddrs, sync::Arc, time::Duration};

use reqwest::{
    Certificate, ClientBuilder,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect,
};

use super::{Error, Kind, Sent};

/// Builds the one pooled client. `here` is for endpoints on this machine.
pub(super) fn client(timeout: Duration, here: bool) -> Result<reqwest::Client, Error> {
    // Fails when one is installed already, which is what is wanted.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let built = if here {
        // A proxy of the environment would also catch loopback, and no root is needed or may be there at all.
        // Nothing between here and here closes a connection that rests, so that none needs to be watched for that:
        // an idle program has no timers.
        builder(timeout).no_proxy().tls_certs_only([]).pool_idle_timeout(None).build()
    } else {
        builder(timeout).build().or_else(|error| {
            let chosen = ["SSL_CERT_FILE", "SSL_CERT_DIR"].iter().any(|v| std::env::var_os(v).is_some());
            if chosen {
                // A corporate setting that cannot be read must not silently become the public roots.
                return Err(error);
            }
            tracing::warn!("no system certificates were found; using the bundled Mozilla roots");
            let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS
                .iter()
                .filter_map(|der| Certificate::from_der(der).ok());
            builder(timeout).tls_certs_only(roots).build()
        })
    };
    built.map_err(|error| {
        Error::ours(
            Kind::Setup,
            "tls",
            format!("the HTTPS client cannot be set up: {}; check SSL_CERT_FILE, SSL_CERT_DIR and the proxy variables", root(&error)),
            Sent::Never,
        )
    })
}

/// A client for plain http to an address that no proxy reaches.
pub(super) fn bare(timeout: Duration) -> reqwest::Result<reqwest::Client> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    builder(timeout).no_proxy().tls_certs_only([]).build()
}

fn builder(timeout: Duration) -> ClientBuilder {
    reqwest::Client::builder()
        .dns_resolver(Arc::new(Detached))
        .timeout(timeout)
        .connect_timeout(timeout.min(Duration::from_secs(5)))
        // Shorter than what gateways keep, so that a call seldom meets a connection that is just being closed.
        .pool_idle_timeout(Duration::from_secs(20))
        // Each that rests keeps its buffers; this is what one list asks at once.
        .pool_max_idle_per_host(16)
        .redirect(redirect::Policy::none())
        .user_agent(concat!("cvmshare/", env!("CARGO_PKG_VERSION")))
}

/// The system's names, asked on threads that nobody waits for: a name server that does not answer holds a question for
/// ten seconds and more, and a runtime waits for all of its own threads before it ends.
struct Detached;

impl Resolve for Detached {
    fn resolve(&self, name: Name) -> Resolving {
        let (send, found) = tokio::sync::oneshot::channel();
        let host = name.as_str().to_owned();
        let asked = std::thread::Builder::new().name("names".to_owned()).spawn(move || {
            // Whoever asked may have given up.
            let _ = send.send((host.as_str(), 0).to_socket_addrs());
        });
        Box::pin(async move {
            asked?;
            let addresses: Addrs = Box::new(found.await??);
            Ok(addresses)
        })
    }
}

/// The innermost cause, which is the one that tells: `Connection refused (os error 111)`. The outer ones repeat the URL.
pub(super) fn root(error: &dyn std::error::Error) -> String {
    let mut inner = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    inner.to_string()
}

/// What a failed exchange means.
pub(super) fn failed(error: &reqwest::Error, timeout: Duration) -> Error {
    let sent = if error.is_connect() || error.is_builder() { Sent::Never } else { Sent::Maybe };
    if error.is_timeout() {
        let message = match sent {
            Sent::Never => "no connection came about in time".to_owned(),
            _ => format!("no answer within {} s", timeout.as_secs_f32()),
        };
        Error::ours(Kind::Timeout, "timeout", message, sent)
    } else if error.is_body() || error.is_decode() {
        Error::ours(Kind::Unreadable, "unreadable", "the answer broke off", sent)
    } else {
        Error::ours(Kind::Network, "network", root(error), sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn names_are_the_systems() {
        let found: Vec<_> = Detached.resolve("localhost".parse().unwrap()).await.unwrap().collect();
        assert!(!found.is_empty() && found.iter().all(|a| a.ip().is_loopback()), "{found:?}");
        // No name at all, so that no server is asked.
        assert!(Detached.resolve("a..b".parse().unwrap()).await.is_err());
    }
}
