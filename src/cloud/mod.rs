//! The API client: signing, rate limits, retries, API shapes and errors.
//!
//! [`Client`] is the API of one account. It has a method for each action; regions are arguments. Reads are
//! retried after transient errors. Writes are retried only if they were not sent (see [`Sent`]); after a lost
//! answer, the caller reads the state.

mod answer;
mod api;
mod chain;
mod client;
mod convert;
mod credentials;
mod endpoints;
mod error;
mod for_each_region;
mod host;
#[cfg(test)]
mod hostile_tests;
mod http;
mod instances;
mod machine;
mod pages;
mod places;
mod rate;
mod redact;
pub mod sign;
pub mod wire;

pub use chain::{Found, find};
pub use client::keyring::find_machine_role;
pub use client::{CallLog, Client, ClientOptions};
pub use credentials::{Credentials, NoCredentials, Role};
pub use endpoints::{Caller, Permission, Synced, Zone};
pub use error::{Error, Kind, Sent, no_such_region};
pub use for_each_region::for_each_region;
pub use instances::Launch;
pub use machine::machine_role;
pub use places::Places;
pub(crate) use places::register_password;
