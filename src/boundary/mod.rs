//! Where text and files cross between this program and everything outside of it.
//!
//! - [`mod@file`] opens files that other programs or people wrote: regular files only, with a size limit and no waiting;
//!   and state files, which belong to their owner alone.
//! - [`output`] writes text to stdout, stderr and the log: it neutralises control characters, redacts secrets and cuts
//!   long lines, so that no caller has to.
//! - [`secret`] holds keys and tokens, and finds them in text.
//! - [`process`] keeps a process that holds keys out of core dumps.

pub mod file;
pub mod output;
pub mod process;
pub mod secret;
