//! The real program in a real pseudo-terminal: what the architecture calls the terminal duties, each seen from
//! outside. Every test has a terminal, a home and a built-in cloud of its own.

mod asks;
mod bytes;
mod changes;
mod idle;
mod instances;
mod keys;
mod leaves;
mod left;
mod mouse;
mod opens;
mod outlives;
mod rest;
mod session;
mod share;
mod sizes;
mod stops;
mod stream;
mod trouble;
pub mod tty;
