//! The built-in cloud: a server on loopback that speaks the vendor's wire, so that the console has something to show on
//! a fresh machine, and so that every test here talks HTTP to something that says no for its own reasons.
//!
//! It checks signatures, clocks and rates, enforces the vendor's documented limits with the vendor's codes, and lets
//! copies take minutes. It never uses the console's rules: it is the other opinion that they are tested against.
//!
//! `assets/actions.txt` says what each action takes, `assets/scenes/` what the world begins with; [`Quirks`] play the
//! questions that the vendor's pages leave open, [`Fault`]s what networks do to calls.

mod account;
mod act;
mod api;
mod big;
mod bucket;
mod catalog;
mod clock;
mod cloud;
mod conn;
mod control;
mod fault;
mod gateway;
mod help;
mod host;
mod network;
mod older;
mod params;
mod proxy;
mod quirk;
mod refusal;
mod scene;
mod server;
mod store;
mod world;

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use tokio_util::sync::CancellationToken;

pub use account::{Account, AccountKind, demo_accounts};
pub use clock::Clock;
pub use fault::{BadFault, Fault, parse_fault};
pub use help::help;
pub use proxy::CertificateError;
pub use quirk::{BadQuirk, Quirk, Quirks};
pub use scene::{SceneName, known_accounts};
pub use store::StoreError;

use crate::model::{Region, RuleSet};

/// How a built-in cloud is to be.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where it listens; a loopback address. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the proxy listens, where there is to be one; a loopback address.
    pub proxy: Option<SocketAddr>,
    /// The world to begin with, where `state` holds none.
    pub scene: SceneName,
    /// The same seed gives the same ids.
    pub seed: u64,
    /// How many images the scene `big` has.
    pub images: usize,
    /// The one region that the scene `big` fills; all of them where nothing is said.
    pub images_in: Option<Region>,
    /// By how much copies and the like go faster than in the real cloud. The documented rates grow with it.
    pub speed: f64,
    /// Which of the vendor's pages it enforces.
    pub rules: RuleSet,
    /// Where the world is kept, so that it outlives the process.
    pub state: Option<PathBuf>,
    /// The faults that calls meet.
    pub faults: Vec<Fault>,
    /// How it plays the open questions.
    pub quirks: Quirks,
    /// Which time it goes by.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            proxy: None,
            scene: SceneName::Tour,
            seed: 1,
            images: 1000,
            images_in: None,
            speed: 1.0,
            rules: RuleSet::Faq,
            state: None,
            faults: Vec::new(),
            quirks: Quirks::default(),
            clock: Clock::Real,
        }
    }
}

/// Why a built-in cloud did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Other machines could reach it.
    #[error("the built-in cloud listens on loopback addresses only, and {0} is none; give 127.0.0.1:PORT")]
    NotLoopback(SocketAddr),
    /// Nothing would ever end, or everything at once.
    #[error("the speed is {0}; give a number from 0.001 to 1000000, such as 60")]
    Speed(f64),
    /// It could not listen.
    #[error("could not listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The proxy cannot serve TLS.
    #[error(transparent)]
    Certificates(#[from] CertificateError),
    /// The world could not be read or kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A scene file of this program does not read.
    #[error("the scene does not read: {0}")]
    Scene(#[from] toml::de::Error),
}

/// A built-in cloud that is running. It ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    /// `http://127.0.0.1:PORT`
    pub endpoint: String,
    /// The accounts that have keys.
    pub accounts: Vec<Account>,
    /// `http://127.0.0.1:PORT` of the proxy, where there is one.
    pub proxy: Option<String>,
    authority: Option<proxy::Authority>,
    ending: CancellationToken,
    task: Option<tokio::task::JoinHandle<()>>,
}

impl Running {
    /// What `--ready-json` prints: one line that tells where it listens and with which keys.
    pub fn ready_json(&self) -> String {
        let mut ready = serde_json::json!({ "endpoint": self.endpoint, "accounts": self.accounts });
        if let (Some(proxy), Some(ca)) = (&self.proxy, self.ca()) {
            ready["proxy"] = proxy.as_str().into();
            ready["ca"] = ca.display().to_string().into();
        }
        ready.to_string()
    }

    /// The PEM file with the certificate that clients of the proxy have to trust. It is gone when this is.
    pub fn ca(&self) -> Option<PathBuf> {
        self.authority.as_ref().map(proxy::Authority::path)
    }

    /// Ends it: closes its connections and its port, and lets go of the state file.
    pub async fn stop(mut self) {
        self.halt();
        if let Some(task) = self.task.take() {
            // A task that panicked has ended too.
            let _ = task.await;
        }
    }

    /// Ends it without waiting: connections close, the port and the state file are let go of soon after.
    pub fn halt(&self) {
        self.ending.cancel();
    }

    /// Waits for as long as it runs.
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
/// When the address is not loopback or taken, the speed makes no sense, or the state file cannot be used.
pub async fn start(options: Options) -> Result<Running, Error> {
    if !(0.001..=1_000_000.0).contains(&options.speed) {
        return Err(Error::Speed(options.speed));
    }
    let (listener, endpoint) = listen(options.listen).await?;
    let proxy = match options.proxy {
        None => None,
        Some(address) => {
            let (listener, url) = listen(address).await?;
            Some((listener, url, proxy::Certificates::new(jiff::Timestamp::now())?))
        }
    };
    let cloud = Arc::new(cloud::Cloud::new(options)?);
    let ending = CancellationToken::new();
    let port = conn::accept(listener, ending.clone(), conn::CONNECTIONS, {
        let cloud = cloud.clone();
        move |conn, knife| {
            let cloud = cloud.clone();
            conn::serve(conn, conn::IDLE, move |request| {
                server::answer(cloud.clone(), knife.clone(), request)
            })
        }
    });
    let (proxied, proxy, authority) = match proxy {
        None => (None, None, None),
        Some((listener, url, certificates)) => {
            let (cloud, tls) = (cloud.clone(), certificates.tls);
            let serve = move |conn, knife| proxy::serve(cloud.clone(), tls.clone(), conn, knife);
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
        cloud.close();
    });
    Ok(Running { endpoint, accounts: demo_accounts(), proxy, authority, ending, task: Some(task) })
}

/// Takes a port of this machine alone.
async fn listen(address: SocketAddr) -> Result<(tokio::net::TcpListener, String), Error> {
    if !address.ip().to_canonical().is_loopback() {
        return Err(Error::NotLoopback(address));
    }
    let failed = |source| Error::Listen { address, source };
    let listener = tokio::net::TcpListener::bind(address).await.map_err(failed)?;
    let url = format!("http://{}", listener.local_addr().map_err(failed)?);
    Ok((listener, url))
}
