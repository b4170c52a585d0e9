//! The built-in cloud as a session sees it. `cli` supplies how it is started.

use std::{any::Any, collections::BTreeMap, pin::Pin, sync::Arc};

use crate::{
    cloud::Credentials,
    model::{RuleSet, Uin},
    session::error::Fault,
};

/// A copy that takes ten minutes in the real cloud takes ten seconds in the demo.
pub const DEMO_SPEED: f64 = 60.0;

/// What [`DemoCloud::start`] returns.
pub type Starting = Pin<Box<dyn Future<Output = Result<RunningCloud, Fault>> + Send>>;

/// A built-in cloud that can be started.
#[derive(Debug, Clone)]
pub struct DemoCloud {
    /// The keys of its accounts; the same in every built-in cloud.
    pub keys: BTreeMap<Uin, Credentials>,
    /// The names of its accounts.
    pub names: BTreeMap<Uin, String>,
    /// Starts it in this process, with how much faster than the real cloud it copies and whose limits it enforces.
    pub start: fn(f64, RuleSet) -> Starting,
}

/// A built-in cloud that runs in this process until the last clone is dropped.
#[derive(Debug, Clone)]
pub struct RunningCloud {
    /// Its address.
    pub endpoint: String,
    _handle: Arc<dyn Any + Send + Sync>,
}

impl RunningCloud {
    /// A cloud at an address; dropping `handle` ends it.
    pub fn new(endpoint: String, handle: impl Any + Send + Sync) -> Self {
        Self { endpoint, _handle: Arc::new(handle) }
    }
}
