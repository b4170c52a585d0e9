//! cvmshare: a terminal console for sharing Tencent Cloud CVM custom images.
//!
//! | module | contains |
//! | --- | --- |
//! | [`messages`] | the texts that people read: one Fluent file per language, typed access |
//! | [`model`] | plain values: ids, image, region, instance, share, account |
//! | [`boundary`] | where text and files cross to the outside: files read and written, output, secrets |
//! | [`rules`] | `check(action, facts) -> Verdict`, and the only way to a [`rules::Cleared`] action |
//! | [`cloud`] | the API client: sign, send, throttle, retry; wire types; credentials |
//! | [`jobs`] | copy-then-share that survives: plan, pure state machine, journal, worker, report |
//! | [`facts`] | the one place that assembles facts for the rules: cloud answers, journal, policy |
//! | [`emulator`] | the built-in cloud on loopback; never uses the rules |
//! | [`i18n`] | texts about rules, failures and receivers |
//! | [`session`] | settings, profiles, client and journal handles, errors for people |
//! | [`doctor`] | diagnostic checks that return data |
//! | [`tui`] | the console |
//! | [`plain`] | the line mode |
//! | [`commands`] | one file per command |
//! | [`cli`] | the command tree, dispatch, starting the built-in cloud |
//!
//! A module uses only modules above it; `docs/architecture.md` has the whole table and the way of five behaviours through
//! the files, and `tests/it/borders` checks the imports.

pub mod boundary;
pub mod cli;
pub mod cloud;
pub mod commands;
pub mod doctor;
pub mod emulator;
pub mod facts;
pub mod i18n;
pub mod jobs;
pub mod messages;
pub mod model;
pub mod plain;
pub mod rules;
pub mod session;
pub mod tui;

/// Test data for decoders that are private to the library.
#[cfg(test)]
#[path = "../tests/it/corpus.rs"]
mod corpus;

/// The images that both unit tests and integration tests use.
#[cfg(test)]
#[path = "../tests/it/fixtures/image.rs"]
mod fixtures;

#[cfg(test)]
extern crate self as cvmshare;
