//! The effect that runs the doctor for the current profile.

use crate::{
    doctor::diagnose,
    tui::{app::message::Message, runtime::backend::Backend},
};

impl Backend {
    /// Runs the checks and sends the result as a message.
    pub(crate) fn doctor(&self) {
        let shared = self.shared.clone();
        self.runtime.spawn(async move {
            let profile = shared.profile.lock().clone();
            let setup = match shared.setup_of(&profile) {
                Ok(setup) => shared.started(setup).await,
                Err(fault) => Err(fault),
            };
            let diagnosis = diagnose(&shared.first.flags, setup, shared.first.lang).await;
            shared.send(Message::Doctor(diagnosis));
        });
    }
}
