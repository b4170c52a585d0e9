//! Input from and output to everything outside of this program.
//!
//! - [`mod@file`] reads files of other programs (regular files with a size limit, without blocking) and state
//!   files, which are private to their owner.
//! - [`output`] writes text to stdout, stderr and the log. It neutralises control characters, redacts secrets and
//!   truncates long lines.
//! - [`secret`] holds keys and tokens and redacts them in text.
//! - [`process`] disables core dumps.

pub mod file;
pub mod output;
pub mod process;
pub mod secret;
