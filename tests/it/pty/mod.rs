//! The real program in a real pseudo-terminal. Each test checks one duty towards the terminal from outside, with its
//! own terminal, home directory and built-in cloud.

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
