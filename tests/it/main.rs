//! Integration tests, one binary so that they link once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod canned;
mod client;
mod emulator;
mod emulator_client;
mod rules_agree;
mod rules_cases;
mod rules_props;
mod rules_refusals;
mod rules_unknown;
mod rules_words;
mod rules_world;
mod sign;
