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
mod error;
mod fan;
mod host;
#[cfg(test)]
mod hostile_tests;
mod http;
mod instances;
mod keyring;
mod machine;
mod pages;
mod places;
mod questions;
mod rate;
mod redact;
pub mod sign;
pub mod wire;

pub use chain::{Found, NoCredentials, Role, find};
pub use client::{CallLog, Client, ClientOptions};
pub use credentials::Credentials;
pub use error::{Error, Kind, Sent, no_such_region};
pub use fan::each_region;
pub use instances::Launch;
pub use keyring::role_of_machine;
pub use machine::machine_role;
pub use places::Places;
pub(crate) use places::know_password;
pub use questions::{Caller, Permission, Synced, Zone};
