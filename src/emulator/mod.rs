//! The built-in cloud: a server on loopback that speaks the vendor's API. The console uses it as a demo, and the tests
//! use it as an independent implementation of the vendor's documented behaviour.
//!
//! It checks signatures, timestamps and rate limits, enforces the vendor's documented limits with the vendor's error
//! codes, and lets copies take minutes. It never uses the console's rules, which are tested against it.
//!
//! `assets/actions.txt` lists the actions and their parameters, and `assets/scenes/` the initial worlds. [`Quirks`]
//! select behaviour that the vendor's pages leave open, and [`Fault`]s make calls fail as networks and services do.

mod account;
mod actions;
mod api;
mod bucket;
mod call;
mod catalog;
mod certificates;
mod clock;
mod cloud;
mod conn;
mod control;
mod default_network;
mod fault;
mod gateway;
mod help;
mod host;
mod instance;
mod legacy_signatures;
mod network;
mod options;
mod params;
mod proxy;
mod refusal;
mod resource;
mod response;
mod scenes;
mod server;
mod store;
mod vendor_quirks;
mod world;

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use futures_util::FutureExt;
use tokio_util::sync::CancellationToken;

pub use account::{Account, AccountKind, demo_accounts};
pub use certificates::CertificateError;
pub use clock::Clock;
pub use fault::{BadFault, Fault, parse_fault};
pub use help::help;
pub use options::{Error, Options};
pub use scenes::{SceneName, known_accounts};
pub use store::StoreError;
pub use vendor_quirks::{BadQuirk, Quirk, Quirks};

/// A running built-in cloud. Dropping it stops the server.
#[derive(Debug)]
pub struct Running {
    /// The endpoint, `http://127.0.0.1:PORT`.
    pub endpoint: String,
    /// The accounts that have keys.
    pub accounts: Vec<Account>,
    /// The proxy's URL, `http://127.0.0.1:PORT`; `None` if there is no proxy.
    pub proxy: Option<String>,
    authority: Option<certificates::Authority>,
    ending: CancellationToken,
    task: Option<tokio::task::JoinHandle<()>>,
}

impl Running {
    /// Returns what `--ready-json` prints: one line of JSON with the endpoint and the keys.
    pub fn ready_json(&self) -> String {
        let mut ready = serde_json::json!({ "endpoint": self.endpoint, "accounts": self.accounts });
        if let (Some(proxy), Some(ca)) = (&self.proxy, self.ca()) {
            ready["proxy"] = proxy.as_str().into();
            ready["ca"] = ca.display().to_string().into();
        }
        ready.to_string()
    }

    /// Returns the path of the PEM file that clients of the proxy have to trust. The file is removed when this is
    /// dropped.
    pub fn ca(&self) -> Option<PathBuf> {
        self.authority.as_ref().map(certificates::Authority::path)
    }

    /// Stops the server and waits until its connections, its port and the state file are closed.
    pub async fn stop(mut self) {
        self.halt();
        if let Some(task) = self.task.take() {
            // A task that panicked has also ended.
            let _ = task.await;
        }
    }

    /// Stops the server without waiting. The connections, the port and the state file are closed soon after.
    pub fn halt(&self) {
        self.ending.cancel();
    }

    /// Waits until the server ends.
    pub async fn wait(&mut self) {
        if let Some(task) = &mut self.task {
            let _ = task.await;
            self.task = None;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.halt();
    }
}

/// Starts a built-in cloud on the current runtime.
///
/// # Errors
/// If an address is not loopback or in use, if the speed is out of range, or if the state file cannot be used.
pub async fn start(options: Options) -> Result<Running, Error> {
    if !(0.001..=1_000_000.0).contains(&options.speed) {
        return Err(Error::Speed(options.speed));
    }
    let (listener, endpoint) = listen(options.listen).await?;
    let proxy = match options.proxy {
        None => None,
        Some(address) => {
            let (listener, url) = listen(address).await?;
            Some((listener, url, certificates::Certificates::new(jiff::Timestamp::now())?))
        }
    };
    let cloud = Arc::new(new_cloud(options).await?);
    let ending = CancellationToken::new();
    let port = conn::accept(listener, ending.clone(), conn::CONNECTIONS, server::serve(cloud.clone()));
    let (proxied, proxy, authority) = match proxy {
        None => (None, None, None),
        Some((listener, url, certificates)) => {
            let (cloud, tls) = (cloud.clone(), certificates.tls);
            let serve: conn::Server = Box::new(move |stream, connection| {
                proxy::serve(cloud.clone(), tls.clone(), stream, connection).boxed()
            });
            let port = conn::accept(listener, ending.clone(), conn::CONNECTIONS, serve);
            (Some(port), Some(url), Some(certificates.authority))
        }
    };
    let task = tokio::spawn(async move {
        match proxied {
            Some(proxied) => {
                tokio::join!(port, proxied);
            }
            None => port.await,
        }
        // `close` blocks while a call writes the state file. If the runtime is shutting down, it drops the file itself.
        let _ = tokio::task::spawn_blocking(move || cloud.close()).await;
    });
    Ok(Running { endpoint, accounts: demo_accounts(), proxy, authority, ending, task: Some(task) })
}

/// Creates or loads the world. File access runs on a blocking thread.
async fn new_cloud(options: Options) -> Result<cloud::Cloud, Error> {
    let Some(path) = options.state.clone() else { return cloud::Cloud::new(options) };
    let made = tokio::task::spawn_blocking(move || cloud::Cloud::new(options)).await;
    made.unwrap_or_else(|error| Err(StoreError::Io { path, source: error.into() }.into()))
}

/// Binds a loopback port. Returns the listener and its URL.
async fn listen(address: SocketAddr) -> Result<(tokio::net::TcpListener, String), Error> {
    if !address.ip().to_canonical().is_loopback() {
        return Err(Error::NotLoopback(address));
    }
    let failed = |source| Error::Listen { address, source };
    let listener = tokio::net::TcpListener::bind(address).await.map_err(failed)?;
    let url = format!("http://{}", listener.local_addr().map_err(failed)?);
    Ok((listener, url))
}
