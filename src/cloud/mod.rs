//! The backend API client: sign, send, throttle, retry; wire shapes as the API spells them; errors by code.
//!
//! [`Client`] is one account's API: a method for each action, regions as arguments. Reads are tried again after
//! transient faults; writes only when they never left, which [`Sent`] tells, so that what is lost is settled by reading.

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
pub use client::keyring::role_of_machine;
pub use client::{CallLog, Client, ClientOptions};
pub use credentials::{Credentials, NoCredentials, Role};
pub use endpoints::{Caller, Permission, Synced, Zone};
pub use error::{Error, Kind, Sent, no_such_region};
pub use for_each_region::for_each_region;
pub use instances::Launch;
pub use machine::machine_role;
pub use places::Places;
pub(crate) use places::know_password;
