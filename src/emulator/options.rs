//! Options of a built-in cloud, and the errors of starting one.

use std::{net::SocketAddr, path::PathBuf};

use super::{
    certificates::CertificateError, clock::Clock, fault::Fault, scenes::SceneName, store::StoreError,
    vendor_quirks::Quirks,
};
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
    Scene(#[from] serde_json::Error),
}
