//! The built-in cloud in this process, for the console and for commands with `--demo`.

use std::sync::Arc;

use secrecy::SecretString;

use super::Setup;
use crate::{
    emulator::{self, AccountKind, Options},
    headless::Fault,
};

/// By how much its copies go faster than the real ones, where nothing is said: half a minute instead of ten.
pub const SPEED: f64 = 20.0;

impl Setup {
    /// The setup with the names and keys of the built-in cloud's accounts; they are public and good for nothing else.
    #[must_use]
    pub fn with_demo_accounts(mut self) -> Self {
        for account in emulator::demo_accounts() {
            // A sub-account is nobody's receiver, so it is in no address book.
            let main = account.kind == AccountKind::Main;
            let name = if main { Some(account.name) } else { None };
            self.add_demo_account(
                account.uin,
                name,
                account.secret_id,
                SecretString::from(account.secret_key),
            );
        }
        self
    }

    /// The setup with the built-in cloud started, where a profile needs it.
    ///
    /// # Errors
    /// [`Fault::Failed`] when it cannot start.
    pub async fn started(self) -> Result<Self, Fault> {
        let mut setup = self.with_demo_accounts();
        if setup.needs_demo() {
            let options = Options { speed: setup.speed.unwrap_or(SPEED), ..Options::default() };
            let running = emulator::start(options).await.map_err(|e| Fault::Failed(e.to_string()))?;
            setup.endpoint = Some(running.endpoint.clone());
            setup.cloud = Some(Arc::new(running));
        }
        Ok(setup)
    }
}
