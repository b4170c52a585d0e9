//! The built-in cloud as a session uses it. `cli` provides the function that starts it.

use std::{any::Any, collections::BTreeMap, pin::Pin, sync::Arc};

use crate::{
    cloud::Credentials,
    model::{RuleSet, Uin},
    session::error::CommandError,
};

/// The speed of the demo: a copy that takes ten minutes in the real cloud takes ten seconds.
pub const DEMO_SPEED: f64 = 60.0;

/// The future that [`DemoCloud::start`] returns.
pub type StartFuture = Pin<Box<dyn Future<Output = Result<RunningCloud, CommandError>> + Send>>;

/// A built-in cloud that can be started.
#[derive(Debug, Clone)]
pub struct DemoCloud {
    /// The keys of its accounts. They are the same in every built-in cloud.
    pub keys: BTreeMap<Uin, Credentials>,
    /// The names of its accounts.
    pub names: BTreeMap<Uin, String>,
    /// Starts the cloud in this process. The arguments are the speed of copies relative to the real cloud, and the
    /// rule set whose limits it enforces.
    pub start: fn(f64, RuleSet) -> StartFuture,
}

/// A built-in cloud in this process. It runs until the last clone is dropped.
#[derive(Debug, Clone)]
pub struct RunningCloud {
    /// The base URL.
    pub endpoint: String,
    _handle: Arc<dyn Any + Send + Sync>,
}

impl RunningCloud {
    /// Makes a handle to a cloud at a base URL. Dropping `handle` stops the cloud.
    pub fn new(endpoint: String, handle: impl Any + Send + Sync) -> Self {
        Self { endpoint, _handle: Arc::new(handle) }
    }
}
