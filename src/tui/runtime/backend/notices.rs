//! Notices to the user: errors, the expiry of credentials, the clock difference, and credentials for a real cloud.

use crate::{
    cloud::{self, Client, Found, Kind},
    i18n::failure::OtherProfiles,
    messages::{m, tr},
    model::Source,
    session::{self, error::failure},
    tui::{
        app::message::{CallError, Message, ProfileView},
        runtime::backend::Shared,
    },
};

impl Shared {
    /// Describes an error for the user: what happened and how to fix it.
    pub(crate) fn call_error(&self, error: &cloud::Error) -> CallError {
        let (lang, words) = (self.first.lang, failure(error));
        let now = self.profile.lock().clone();
        let names: Vec<String> =
            self.first.profiles.iter().map(|p| p.name.clone()).filter(|name| *name != now).collect();
        // The text is one line, so advice is added only where the user has to act.
        let theirs = matches!(error.kind, Kind::Credentials | Kind::Expired | Kind::Denied | Kind::Setup);
        let others = OtherProfiles { names: &names, key: Some(&self.profile_key) };
        let advice = words.advice(others, lang).filter(|_| theirs);
        let comma = lang.text(m::common_semicolon);
        let text = [Some(words.summary(lang)), advice].into_iter().flatten().collect::<Vec<_>>().join(comma);
        CallError {
            code: error.code.clone(),
            text,
            request_id: error.request_id.clone(),
            session: error.is_session_error(),
            offline: matches!(error.kind, Kind::Network | Kind::Setup),
        }
    }

    /// Reports the expiry of the credentials and the clock difference if they changed.
    pub(crate) fn report_session(&self, client: &Client, epoch: u64) {
        let ends = client.credentials().and_then(|c| c.expires_at);
        // Clocks differ by seconds and answers take time, so smaller changes are ignored.
        let ahead = client.clock_skew() / 10 * 10;
        let now = Some((epoch, ends, ahead));
        let mut last = self.session_info.lock();
        if *last != now && (last.is_some_and(|(of, ..)| of == epoch) || ends.is_some() || ahead != 0) {
            self.send(Message::SessionInfo { epoch, ends, ahead: client.clock_skew() });
        }
        *last = now;
    }

    /// Looks for credentials of a real cloud while the demo runs. They are reported, not used.
    pub(crate) async fn find_credentials(&self) {
        let mut setup = self.first.clone();
        setup.profiles = vec![session::Profile::new("default")];
        setup.initial = 0;
        if setup.flags.demo {
            // With `--demo`, nothing is requested over the network.
            setup.places.metadata = None;
        }
        let setup = setup.with_machine_role().await;
        let (source, found) = match (setup.credentials(setup.profile()), &setup.machine) {
            (Ok(Found::Keys(keys) | Found::Role(keys, _)), _) => {
                (Source::Auto, tr!(self.first.lang, notices_credentials_in, origin = keys.origin))
            }
            (Ok(Found::Machine), Some(Ok(keys))) => (Source::CvmRole, keys.origin.render(self.first.lang)),
            _ => return,
        };
        // A profile of the configuration may use these credentials already.
        let name = if source == Source::Auto { "default" } else { "cvm-role" };
        if self.first.profiles.iter().any(|p| p.name == name) {
            return;
        }
        let profile = session::Profile { credentials: source, ..session::Profile::new(name) };
        let shown = ProfileView { found, ..ProfileView::new(&profile, self.first.lang) };
        *self.found.lock() = Some(profile);
        self.send(Message::Found(Box::new(shown)));
    }
}
