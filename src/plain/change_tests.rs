use parking_lot::Mutex;
use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, mpsc},
};

use jiff::Timestamp;

use crate::{
    cloud::Places,
    facts::{Load, Loaded},
    fixtures,
    model::{Image, Share},
    plain::change::*,
    rules::clear,
    session::{flags::Global, paths::Paths, setup::Setup},
    tui::{
        app::message::{Message, Performed},
        keymap::Keymap,
        runtime::{
            backend::Backend,
            event::{Event, Sender},
            event_loop::{Clock, EventLoop},
        },
    },
};

/// Collects the output.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl io::Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const ID: &str = "img-aaaaaaaa";

/// Returns the line mode with one own image that is not shared, on a cloud that is never called. `lines` are typed
/// ahead.
fn plain(home: &std::path::Path, lines: &[&str]) -> (LineMode, Sender, Said) {
    let paths = Paths { config_dir: home.into(), state_dir: home.into() };
    let places = Places { home: home.into(), ..Places::default() };
    let setup = Setup::with_paths(&Global { demo: true, ..Global::default() }, paths, places).unwrap();
    let (send, events) = mpsc::channel();
    let now = Timestamp::now();
    let mut state = crate::tui::first_state(&setup, Keymap::builtin().unwrap(), now);
    state.facts.standing_mut().me = Some("100000000001".parse().unwrap());
    let image = Image { created_at: Some(now), ..fixtures::image(ID, "ap-guangzhou", "alpha") };
    let region = image.region.clone();
    state.facts.add_loaded(&Load::Images(region.clone()), Loaded::Images(vec![image]), now);
    state.facts.add_loaded(&Load::Shares(region, ID.parse().unwrap()), Loaded::Shares(Vec::new()), now);
    let backend = Backend::new(setup.clone(), send.clone(), "profile".into()).unwrap();
    let said = Said::default();
    let plain = LineMode {
        console: EventLoop::new(state, backend, events, Clock::Untimed),
        setup,
        out: Box::new(said.clone()),
        prompts: false,
        lines: lines.iter().map(|l| l.to_string()).collect(),
        ended: true,
        listed: Vec::new(),
        jobs: BTreeMap::new(),
        warned: false,
    };
    (plain, send, said)
}

#[test]
fn what_has_changed_before_the_yes_is_said_and_asked_again() {
    let home = tempfile::tempdir().unwrap();
    let image: ImageId = ID.parse().unwrap();
    let action = Action::Delete { image: image.clone(), with_snapshots: false };
    let shared = |plain: &mut LineMode| {
        let since = Some(Timestamp::now());
        let shares = vec![Share { account: "100000000002".parse().unwrap(), since }];
        plain.console.state.facts.set_shares(image.clone(), shares);
    };

    // One yes confirms only what was printed before it, so nothing is done.
    let (mut plain, _send, said) = self::plain(home.path(), &["yes"]);
    let steps = plain.console.state.facts.guided(&action).unwrap();
    shared(&mut plain);
    plain.confirm_and_perform("Delete it?", steps).unwrap();
    let text = String::from_utf8(said.0.lock().clone()).unwrap();
    let news = "Problem: This has changed: alpha is shared with 1 account";
    assert!(text.contains(news) && text.contains("(delete.shared)"), "{text}");
    assert_eq!(text.matches("Delete it? Type yes").count(), 2, "{text}");
    assert!(plain.console.state.acting.is_none() && plain.console.state.intents.is_empty());

    // The second yes confirms the changed verdict.
    let (mut plain, send, _) = self::plain(home.path(), &["yes", "yes"]);
    let steps = plain.console.state.facts.guided(&action).unwrap();
    shared(&mut plain);
    let first = plain.console.state.facts.guided(&action).unwrap().remove(0);
    let cleared = clear(first.action, &plain.console.state.facts, &first.verdict).unwrap();
    let sent = cleared.action().clone();
    let error = crate::tui::app::message::CallError {
        code: "InternalError".into(),
        text: "it broke".into(),
        request_id: None,
        session: false,
        offline: false,
    };
    let performed = Box::new(Performed { error: Some(error), ..Performed::new(cleared) });
    let epoch = plain.console.state.epoch;
    send.send(Event::Messages(vec![Message::Performed { epoch, performed }])).unwrap();
    plain.confirm_and_perform("Delete it?", steps).unwrap();
    assert_eq!(sent, Action::Unshare { image, which: ShareSelection::All });
    let messages: Vec<&str> = plain.console.state.messages.iter().map(|(_, c)| c.as_str()).collect();
    assert!(messages.iter().any(|c| c.starts_with("alpha: it broke (InternalError)")), "{messages:?}");
}
