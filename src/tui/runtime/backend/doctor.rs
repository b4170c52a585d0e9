//! The doctor, as a process of its own: what it looks at is what the program would find that is started anew.

use crate::{
    i18n::lang::tell,
    tui::{app::message::Message, runtime::backend::Backend},
};

impl Backend {
    /// Looks at everything between here and the cloud.
    pub(crate) fn doctor(&self) {
        let shared = self.shared.clone();
        let lang = shared.first.lang;
        let name = shared.profile.lock().clone();
        self.runtime.spawn_blocking(move || {
            let looked = match shared.profile_of(&name) {
                None => Err(tell!(lang, "there is no profile {name}", "没有名为 {name} 的配置")),
                Some(profile) => {
                    shared.first.doctor(&profile).output().map_err(|e| e.to_string()).and_then(|out| {
                        serde_json::from_slice(&out.stdout).map_err(|e| {
                            tell!(
                                lang,
                                "it ended with {} and told nothing that can be read: {e}",
                                "它以 {} 结束，输出无法读取：{e}",
                                out.status
                            )
                        })
                    })
                }
            };
            shared.send(Message::Doctor(looked));
        });
    }
}
