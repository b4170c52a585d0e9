//! The proxy. It lets tools that can only call the vendor's hosts use the built-in cloud. It never connects anywhere:
//! it answers requests for the vendor's API hosts itself and refuses all others.

use std::sync::Arc;

use futures_util::FutureExt;
use hyper::{Method, Request, body::Incoming};
use hyper_util::rt::TokioIo;
use tokio_rustls::TlsAcceptor;

use super::{
    cloud::Cloud,
    conn::{self, CancellableStream, ConnectionHandle, Handler, IDLE},
    host::{DOMAINS, Host},
    response::{self, Response, forbidden},
    server,
};

/// Serves one connection of a proxy client.
pub(super) async fn serve(
    cloud: Arc<Cloud>,
    tls: TlsAcceptor,
    stream: CancellableStream,
    connection: ConnectionHandle,
) {
    let handler =
        move |request| answer_proxy_request(cloud.clone(), tls.clone(), connection.clone(), request).boxed();
    conn::serve(Box::new(stream), IDLE, Box::new(handler)).await;
}

/// Answers a proxy request: CONNECT, or a request with an absolute URL.
async fn answer_proxy_request(
    cloud: Arc<Cloud>,
    tls: TlsAcceptor,
    connection: ConnectionHandle,
    request: Request<Incoming>,
) -> Response {
    let uri = request.uri();
    let Some(target) = uri.authority() else {
        return forbidden(
            "this is the built-in cloud's proxy, which is named in HTTPS_PROXY; the API itself has another port",
        );
    };
    if !matches!(Host::parse(target.host()), Host::Vendor { .. }) {
        return forbidden(&format!(
            "the built-in cloud's proxy leads to the API's hosts (*.{}) alone, and {} is none; add it to NO_PROXY to \
             reach it without the proxy",
            DOMAINS[0],
            target.host()
        ));
    }
    if request.method() != Method::CONNECT {
        if uri.scheme_str() != Some("http") {
            return forbidden("with https:// the proxy takes CONNECT alone");
        }
        return server::answer(cloud, connection, request).await;
    }
    let secure = match target.port_u16() {
        Some(443) | None => true,
        Some(80) => false,
        Some(port) => {
            return forbidden(&format!("the API's hosts listen on ports 443 and 80, not on {port}"));
        }
    };
    tokio::spawn(async move {
        let Ok(stream) = hyper::upgrade::on(request).await else { return };
        let stream = TokioIo::new(stream);
        let handler: Handler =
            Box::new(move |request| server::answer(cloud.clone(), connection.clone(), request).boxed());
        if !secure {
            return conn::serve(Box::new(stream), IDLE, handler).await;
        }
        match tokio::time::timeout(IDLE, tls.accept(stream)).await {
            Ok(Ok(stream)) => conn::serve(Box::new(stream), IDLE, handler).await,
            // The usual reason: the client does not trust the authority.
            Ok(Err(error)) => tracing::debug!(%error, "a TLS connection through the proxy failed"),
            Err(_) => {}
        }
    });
    // The answer to CONNECT has no body and no headers; the tunnel follows.
    let mut response = response::json("");
    response.headers_mut().clear();
    response
}
