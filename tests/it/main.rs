//! Integration tests in one binary, so that they link once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod acts;
mod borders;
mod canned;
mod catalogue;
mod cli;
mod client;
mod client_cloud;
mod client_numbers;
mod client_quirks;
mod commands;
mod commands_copy;
mod commands_doctor;
mod commands_journal;
mod commands_pages;
mod commands_plan;
mod commands_zh;
mod console;
mod corpus;
mod credentials;
mod docs;
mod emulator;
mod emulator_any;
mod emulator_changes;
mod emulator_client;
mod emulator_faults;
mod emulator_fields;
mod emulator_front;
mod emulator_gateway;
mod emulator_images;
mod emulator_instances;
mod emulator_neighbours;
mod emulator_proxy;
mod emulator_sharing;
mod faq;
mod fixtures;
mod hostile;
mod hostile_cloud;
mod hostile_decoders;
mod jobs;
mod jobs_cli;
mod jobs_crash;
mod jobs_numbers;
mod jobs_record;
mod jobs_words;
mod one_answer;
mod one_answer_worlds;
mod plain;
mod plain_forms;
mod plain_zh;
mod pty;
mod rules_agree;
mod rules_cases;
mod rules_cli;
mod rules_props;
mod rules_refusals;
mod rules_unknown;
mod rules_words;
mod rules_world;
mod sign;

/// Blocks this thread on a future. It works in any runtime; the journal completes its futures on its own thread.
fn wait<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(value) => return value,
            std::task::Poll::Pending => std::thread::park(),
        }
    }
}

/// Returns an HTTP client for loopback.
fn http() -> reqwest::Client {
    install_crypto();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap()
}

/// Sets the crypto provider of the TLS library. Another test of this process may have set it.
fn install_crypto() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
