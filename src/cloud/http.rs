//! Builds the HTTP client: TLS roots, proxies, time-outs.

use std::{net::ToSocketAddrs, sync::Arc, time::Duration};

use reqwest::{
    Certificate, ClientBuilder,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect,
};

use super::{Error, Kind, Sent};
use crate::messages::text;

/// Builds the shared HTTP client. `local` means that the endpoint is on this machine.
pub(super) fn client(timeout: Duration, local: bool) -> Result<reqwest::Client, Error> {
    // Fails if a provider is already installed, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let built = if local {
        // A proxy in the environment would also apply to loopback addresses, and no TLS roots are needed.
        // Nothing between two processes on this machine closes idle connections, so no idle time-out is
        // needed: an idle program then has no timers.
        builder(timeout).no_proxy().tls_certs_only([]).pool_idle_timeout(None).build()
    } else {
        builder(timeout).build().or_else(|error| {
            let chosen = ["SSL_CERT_FILE", "SSL_CERT_DIR"].iter().any(|v| std::env::var_os(v).is_some());
            if chosen {
                // An unreadable setting of a corporate proxy must not silently fall back to the public roots.
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
        Error::local(
            Kind::Setup,
            "tls",
            text!(cloud_tls_unusable, why = innermost_cause(&error)),
            Sent::Never,
        )
    })
}

/// Builds a client for plain http without proxies.
pub(super) fn without_proxy(timeout: Duration) -> reqwest::Result<reqwest::Client> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    builder(timeout).no_proxy().tls_certs_only([]).build()
}

fn builder(timeout: Duration) -> ClientBuilder {
    reqwest::Client::builder()
        .dns_resolver(Arc::new(DetachedResolver))
        .timeout(timeout)
        .connect_timeout(timeout.min(Duration::from_secs(5)))
        // Shorter than the idle time-out of common gateways, so that a request rarely meets a connection that
        // is being closed.
        .pool_idle_timeout(Duration::from_secs(20))
        // Idle connections keep their buffers. One list uses this many connections at once.
        .pool_max_idle_per_host(16)
        .redirect(redirect::Policy::none())
        .user_agent(concat!("cvmshare/", env!("CARGO_PKG_VERSION")))
}

/// Resolves names with the system's resolver on detached threads. A name server that does not answer blocks a
/// lookup for ten seconds or more, and a runtime waits for its own threads before it ends.
struct DetachedResolver;

impl Resolve for DetachedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (send, found) = tokio::sync::oneshot::channel();
        let host = name.as_str().to_owned();
        let asked = std::thread::Builder::new().name("names".to_owned()).spawn(move || {
            // The caller may have given up.
            let _ = send.send((host.as_str(), 0).to_socket_addrs());
        });
        Box::pin(async move {
            asked?;
            let addresses: Addrs = Box::new(found.await??);
            Ok(addresses)
        })
    }
}

/// Returns the innermost cause, such as `Connection refused (os error 111)`. The outer errors repeat the URL.
pub(super) fn innermost_cause(error: &dyn std::error::Error) -> String {
    let mut inner = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    inner.to_string()
}

/// Converts a failed request to an error.
pub(super) fn request_error(error: &reqwest::Error, timeout: Duration) -> Error {
    let sent = if error.is_connect() || error.is_builder() { Sent::Never } else { Sent::Maybe };
    if error.is_timeout() {
        let message = match sent {
            Sent::Never => text!(cloud_no_connection_in_time),
            _ => text!(cloud_no_answer_in_time, seconds = timeout.as_secs_f32()),
        };
        Error::local(Kind::Timeout, "timeout", message, sent)
    } else if error.is_body() || error.is_decode() {
        Error::local(Kind::Unreadable, "unreadable", text!(cloud_answer_broke_off), sent)
    } else {
        Error::local(Kind::Network, "network", innermost_cause(error), sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn resolves_names_with_the_system_resolver() {
        let found: Vec<_> = DetachedResolver.resolve("localhost".parse().unwrap()).await.unwrap().collect();
        assert!(!found.is_empty() && found.iter().all(|a| a.ip().is_loopback()), "{found:?}");
        // An invalid name, so that no name server is asked.
        assert!(DetachedResolver.resolve("a..b".parse().unwrap()).await.is_err());
    }
}
