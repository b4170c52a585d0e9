//! The doctor, as a process of its own: what it looks at is what the program would find that is started anew.

use std::sync::PoisonError;

use super::Backend;
use crate::console::message::Message;

impl Backend {
    /// Looks at everything between here and the cloud.
    pub(super) fn doctor(&self) {
        let shared = self.shared.clone();
        let name = shared.profile.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.runtime.spawn_blocking(move || {
            let looked = match shared.profile_of(&name) {
                None => Err(format!("there is no profile {name}")),
                Some(profile) => {
                    shared.first.doctor(&profile).output().map_err(|e| e.to_string()).and_then(|out| {
                        serde_json::from_slice(&out.stdout).map_err(|e| {
                            format!("it ended with {} and told nothing that can be read: {e}", out.status)
                        })
                    })
                }
            };
            shared.send(Message::Doctor(looked));
        });
    }
}
