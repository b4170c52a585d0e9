//! The account of a session, its expiry, and changes of the profile.

use std::sync::Arc;

use cvmshare::{
    cloud::Places,
    emulator::Options,
    session::{Global, Paths, Setup},
    tui::{Message, State, keymap::Keymap, test_driver::TestDriver, update},
};
use jiff::SignedDuration;
use serde_json::json;
use tokio::runtime::Runtime;

use super::start;
use crate::{
    canned::{Canned, dated},
    credentials::{metadata, role_keys},
    emulator_client::{ACME, Desk, QUAY},
};

const PATIENT: (u16, u16) = (120, 40);

fn setup(home: &std::path::Path, places: Places) -> Setup {
    let paths = Paths { config_dir: home.into(), state_dir: home.into() };
    Setup::with_paths(&Global::default(), paths, Places { home: home.into(), ..places }).unwrap()
}

fn header(console: &TestDriver) -> String {
    console.lines()[0].clone()
}

async fn actions(desk: &Desk) -> Vec<serde_json::Value> {
    desk.control("GET", "calls", "").await.1.as_array().unwrap().clone()
}

#[test]
fn the_demo_reports_real_credentials_and_does_not_use_them() {
    let runtime = Runtime::new().unwrap();
    let real = runtime.block_on(Desk::new(Options::default()));
    let keys = runtime.block_on(role_keys(&real, QUAY, "ImageOperator")).to_string();
    let answers = vec![("", Some("ImageOperator".into())), ("ImageOperator", Some(keys))];
    let address = runtime.block_on(metadata(answers));
    let before = runtime.block_on(actions(&real)).len();

    let home = tempfile::tempdir().unwrap();
    let env = [("CVMSHARE_ENDPOINT".to_owned(), real.cloud.endpoint.clone())].into();
    let setup = setup(home.path(), Places { env, metadata: Some(address), ..Default::default() });
    let setup = setup.into_demo().with_demo_cloud(cvmshare::cli::demo_cloud());
    let mut console = TestDriver::open(setup, PATIENT, None).unwrap();
    assert!(console.wait_for(|s| s.profiles.iter().any(|p| p.name == "cvm-role")));
    let notice = console.state.notice.clone().unwrap();
    assert_eq!(
        (notice.text.as_str(), notice.bad),
        ("Found the role ImageOperator of this machine; P switches to it.", false)
    );
    assert!(console.wait_until_quiet());
    assert!(header(&console).contains("Acme Platform · 100000000001") && header(&console).contains("DEMO"));
    assert_eq!(runtime.block_on(actions(&real)).len(), before);

    console.press("P G enter").unwrap();
    assert!(console.wait_until_quiet());
    assert!(header(&console).contains("cvm-role · 100000000003"), "{}", header(&console));
    assert!(header(&console).contains("session ends in") && !header(&console).contains("DEMO"));
    let calls = runtime.block_on(actions(&real)).split_off(before);
    assert!(!calls.is_empty() && calls.iter().all(|c| c["account"] == QUAY));
    // And back again.
    console.press("P g enter").unwrap();
    assert!(console.wait_until_quiet());
    assert!(header(&console).contains("Acme Platform") && !header(&console).contains("session"));
}

#[test]
fn a_profile_sets_label_colour_regions_and_read_only() {
    let runtime = Runtime::new().unwrap();
    let desk = runtime.block_on(Desk::new(Options::default()));
    let home = tempfile::tempdir().unwrap();
    let tccli = home.path().join(".tccli");
    std::fs::create_dir(&tccli).unwrap();
    for (name, who) in [("work", ACME), ("other", QUAY)] {
        let keys = json!({ "secretId": format!("demo-id-{who}"), "secretKey": format!("demo-key-{who}") });
        std::fs::write(tccli.join(format!("{name}.credential")), keys.to_string()).unwrap();
    }
    let config = "default_profile = \"prod\"\n\
        [profiles.prod]\ncredentials = \"tccli:work\"\nlabel = \"Acme production\"\ncolor = \"red\"\n\
        read_only = true\nregions = [\"ap-guangzhou\", \"ap-shanghai\"]\n\
        [profiles.quay]\ncredentials = \"tccli:other\"\nregions = [\"ap-guangzhou\"]\nrules = \"current\"\n";
    std::fs::write(home.path().join("config.toml"), config).unwrap();
    let env = [("CVMSHARE_ENDPOINT".to_owned(), desk.cloud.endpoint.clone())].into();
    let mut console =
        TestDriver::open(setup(home.path(), Places { env, ..Default::default() }), PATIENT, None).unwrap();
    assert!(console.wait_until_quiet());
    let text_and_colour = |console: &TestDriver| {
        let screen = console.screen();
        let label = (0..40)
            .map(|x| &screen[(x, 0)])
            .find(|c| !c.symbol().trim().is_empty() && c.fg != ratatui::style::Color::Reset);
        (header(console), label.map(|c| c.fg))
    };
    let (text, colour) = text_and_colour(&console);
    for part in ["Acme production · 100000000001", "ap-guangzhou +1", "read-only", "faq rules"] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(colour, Some(ratatui::style::Color::Red));
    console.press("P j enter").unwrap();
    assert!(console.wait_until_quiet());
    let (text, colour) = text_and_colour(&console);
    for part in ["quay · 100000000003", "  ap-guangzhou", "current rules"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("read-only") && !text.contains("+1"), "{text}");
    assert_eq!(colour, Some(ratatui::style::Color::Cyan));
}

#[test]
fn refusals_are_translated_and_missing_permissions_named() {
    for (code, lang, said) in [
        (
            "AuthFailure.UnauthorizedOperation",
            "en",
            "golden-web-7: permission name/cvm:ModifyImageAttribute is missing; ask the account's administrator to grant it, \
             or switch to another profile with P: borealis, quay (AuthFailure.UnauthorizedOperation) · request ",
        ),
        (
            "AuthFailure.UnauthorizedOperation",
            "zh",
            "golden-web-7: 缺少权限：name/cvm:ModifyImageAttribute；请联系账号管理员授予该权限，或按 P 切换到其他配置：borealis、quay \
             (AuthFailure.UnauthorizedOperation) · 请求 ",
        ),
        // For an error that the rules know, their message is shown.
        (
            "InvalidImageName.Duplicate",
            "en",
            "golden-web-7: Another own image has this name (InvalidImageName.Duplicate) · request ",
        ),
        (
            "InternalError",
            "en",
            "golden-web-7: This error was asked for by a fault (InternalError) · request ",
        ),
    ] {
        let runtime = Runtime::new().unwrap();
        let fault = format!("ModifyImageAttribute*=error:{code}").parse().unwrap();
        let desk =
            runtime.block_on(Desk::new(Options { faults: vec![fault], ..crate::emulator_client::still() }));
        let home = tempfile::tempdir().unwrap();
        let mut setup = super::setup(&desk.cloud.endpoint, home.path());
        setup.lang = if lang == "zh" { cvmshare::messages::Lang::ZH } else { cvmshare::messages::Lang::EN };
        let mut console = TestDriver::open(setup, PATIENT, None).unwrap();
        assert!(console.wait_until_quiet());
        console.press("/ \"golden-web-7\" enter e ctrl-u \"renamed\" enter").unwrap();
        assert!(console.wait_for(|s| s.notice.as_ref().is_some_and(|n| n.bad)), "{:?}", console.lines());
        let notice = console.state.notice.clone().unwrap().text;
        assert!(notice.starts_with(said), "{notice}");
        // The footer of a small screen is too narrow. The messages have the whole text with the code and the id of the
        // call.
        assert!(console.wait_for(|s| s.calls.iter().any(|c| c.action == "ModifyImageAttribute")));
        console.send(Message::Resize(80, 24));
        console.press("esc M").unwrap();
        let lines = console.lines();
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert!(squeezed(&lines.join("")).contains(&squeezed(&notice)), "{lines:#?}");
        let id = notice.rsplit(' ').next().unwrap();
        assert_eq!(lines.iter().filter(|l| l.contains(id)).count(), 2, "{lines:#?}");
    }
}

fn plain_state(size: (u16, u16)) -> State {
    let regions = ["ap-guangzhou", "ap-shanghai"].map(|r| r.parse().unwrap());
    let profile = super::keys::profile(regions.into());
    State::new(start(), size, Arc::new(Keymap::builtin().unwrap()), vec![profile], 0)
}

#[test]
fn the_header_shows_the_expiry_of_the_session() {
    for (minutes, text, amber) in [
        (300, "session ends in 5 h", false),
        (15, "session ends in 15 min", false),
        (12, "session ends in 12 min", true),
    ] {
        for width in [80, 120] {
            let mut state = plain_state((width, 24));
            let (epoch, ends) = (state.epoch, Some(start() + SignedDuration::from_mins(minutes)));
            update(&mut state, Message::SessionInfo { epoch, ends, ahead: 0 });
            let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, width, 24));
            cvmshare::tui::screens::frame::draw(&state, &mut buffer);
            let line = cvmshare::tui::test_driver::lines(&buffer)[0].clone();
            let at = line.find(text).unwrap_or_else(|| panic!("{line}"));
            let yellow = buffer[(at as u16, 0)].fg == ratatui::style::Color::Yellow;
            assert_eq!(yellow, amber, "{line}");
            // Information for an earlier profile is ignored.
            update(&mut state, Message::SessionInfo { epoch: epoch + 1, ends: None, ahead: 999 });
            assert_eq!((state.session_ends, &state.notice), (ends, &None));
        }
    }
}

#[test]
fn a_wrong_clock_is_reported_once_per_profile() {
    let runtime = Runtime::new().unwrap();
    let error =
        json!({ "Error": { "Code": "AuthFailure.SignatureExpire", "Message": "expired" }, "RequestId": "r" });
    let server = runtime.block_on(Canned::always(dated(3600, &error)));
    let home = tempfile::tempdir().unwrap();
    let env = [
        ("CVMSHARE_ENDPOINT", server.endpoint.as_str()),
        ("TENCENTCLOUD_SECRET_ID", "id"),
        ("TENCENTCLOUD_SECRET_KEY", "key"),
        ("TENCENTCLOUD_REGION", "ap-guangzhou"),
    ];
    let env = env.map(|(n, v)| (n.to_owned(), v.to_owned())).into();
    let mut console =
        TestDriver::open(setup(home.path(), Places { env, ..Default::default() }), PATIENT, None).unwrap();
    assert!(
        console
            .wait_for(|s| s.notice.as_ref().is_some_and(|n| n.bad && n.text.contains("behind the cloud's")))
    );
    // The next key removes it, and further answers do not show it again.
    console.press("r").unwrap();
    assert!(console.wait_for(|s| s.pending_reads(|_| true).0 == 0));
    let epoch = console.state.epoch;
    console.send(Message::SessionInfo { epoch, ends: None, ahead: -3600 });
    assert_eq!(console.state.notice.as_ref().map(|n| n.bad), Some(false));
    assert!(console.state.clock_warned);
    // After another change of the profile it is shown again.
    console.press("P enter").unwrap();
    assert!(
        console
            .wait_for(|s| s.notice.as_ref().is_some_and(|n| n.bad && n.text.contains("behind the cloud's")))
    );
}
