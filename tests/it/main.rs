//! Integration tests, one binary so that they link once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod acts;
mod canned;
mod cli;
mod client;
mod client_cloud;
mod client_numbers;
mod client_quirks;
mod commands;
mod commands_doctor;
mod commands_pages;
mod console;
mod credentials;
mod emulator;
mod emulator_any;
mod emulator_changes;
mod emulator_client;
mod emulator_faults;
mod emulator_gateway;
mod emulator_images;
mod emulator_instances;
mod emulator_sharing;
mod faq;
mod jobs;
mod jobs_cli;
mod jobs_crash;
mod plain;
mod pty;
mod rules_agree;
mod rules_cases;
mod rules_props;
mod rules_refusals;
mod rules_unknown;
mod rules_words;
mod rules_world;
mod sign;
