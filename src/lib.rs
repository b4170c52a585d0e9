//! cvmshare: a terminal console for sharing Tencent Cloud CVM custom images.
//!
//! # The rooms
//!
//! | room | holds | may use |
//! | --- | --- | --- |
//! | [`model`] | plain values: ids, image, region, instance, share, account | nothing of ours |
//! | [`boundary`] | where text and files cross to the outside: files read and written, output, secrets | model |
//! | [`rules`] | `check(action, facts) -> Verdict`, and the only way to a [`rules::Cleared`] action | model |
//! | [`cloud`] | the API client: sign, send, throttle, retry; wire shapes; credentials | model |
//! | [`jobs`] | copy-then-share that survives: plan, pure machine, journal, worker, report | model, rules, cloud |
//! | [`facts`] | the one place that assembles facts for the rules: cloud answers, journal, policy | model, rules, cloud, jobs |
//! | [`emulator`] | a cloud on loopback that speaks the same wire | model, cloud's wire and signing; never rules |
//! | [`i18n`] | every sentence a person reads, by code, in English and Chinese | model, rules |
//! | [`session`] | settings, profiles, client and journal handles, errors for users | all above but emulator |
//! | [`doctor`] | diagnostic checks that return data | as session, and session |
//! | [`tui`] | the terminal interface | all above but emulator |
//! | [`plain`] | the terminal interface line by line | as tui, and tui |
//! | [`commands`] | the same actions as commands, for scripts | all above but emulator, tui and plain |
//! | [`cli`] | the command tree, dispatch, the built-in cloud | all |
//!
//! There is one direction and no way back: views never change state, `console::update` never waits,
//! the cloud never knows the screen. `tests/it/borders` reads the imports and fails when a room reaches
//! one that it may not.

pub mod boundary;
pub mod cli;
pub mod cloud;
pub mod commands;
pub mod doctor;
pub mod emulator;
pub mod facts;
pub mod i18n;
pub mod jobs;
pub mod model;
pub mod plain;
pub mod rules;
pub mod session;
pub mod tui;

/// For the decoders that only the library itself can reach.
#[cfg(test)]
#[path = "../tests/it/corpus.rs"]
mod corpus;

/// Values that unit tests and integration tests begin with.
#[cfg(test)]
#[path = "../tests/it/fixtures.rs"]
#[allow(dead_code)] // The integration tests use all of it.
mod fixtures;

#[cfg(test)]
extern crate self as cvmshare;
