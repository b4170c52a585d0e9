//! Options of a built-in cloud, and the errors of starting one.

use std::{net::SocketAddr, path::PathBuf};

use super::{
    certificates::CertificateError, clock::Clock, fault::Fault, scenes::SceneName, store::StoreError,
    vendor_quirks::Quirks,
};
use crate::{
    messages::{Text, english, text},
    model::{Region, RuleSet},
};

/// The options of a built-in cloud.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address to listen on. It has to be loopback. Port 0 picks a free port.
    pub listen: SocketAddr,
    /// The loopback address that the proxy listens on; `None` for no proxy.
    pub proxy: Option<SocketAddr>,
    /// The initial world, if `state` holds none.
    pub scene: SceneName,
    /// The seed of all ids. The same seed gives the same ids.
    pub seed: u64,
    /// The number of images of the scene `big`.
    pub images: usize,
    /// The only region that the scene `big` fills; `None` for all regions.
    pub images_in: Option<Region>,
    /// How many times faster than the real cloud operations are. Rate limits increase by the same factor.
    pub speed: f64,
    /// Which of the vendor's pages set the limits.
    pub rules: RuleSet,
    /// The file that stores the world between runs.
    pub state: Option<PathBuf>,
    /// The initial faults.
    pub faults: Vec<Fault>,
    /// The choices for behaviour that the vendor's pages leave open.
    pub quirks: Quirks,
    /// The clock of the world.
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

/// Errors of starting a built-in cloud.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is not loopback, so other machines could reach it.
    NotLoopback(SocketAddr),
    /// The speed is out of range.
    Speed(f64),
    /// The port could not be bound.
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's error.
        source: std::io::Error,
    },
    /// The proxy's certificates could not be made.
    Certificates(#[from] CertificateError),
    /// The state file could not be read or written.
    Store(#[from] StoreError),
    /// A scene file of this program does not parse.
    Scene(#[from] serde_json::Error),
}

english!(Error);

impl Error {
    /// What is wrong and what to do about it.
    pub fn text(&self) -> Text {
        match self {
            Self::NotLoopback(address) => text!(emulator_not_loopback, address),
            Self::Speed(speed) => text!(emulator_speed, speed),
            Self::Listen { address, source } => text!(emulator_cannot_listen, address, source),
            Self::Certificates(error) => error.text(),
            Self::Store(error) => error.text(),
            Self::Scene(error) => text!(emulator_scene, error),
        }
    }
}
