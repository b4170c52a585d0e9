//! The console without a terminal, against the built-in cloud over HTTP, with a manual clock.

mod accounts;
mod batch;
mod changed;
mod find;
mod first_minutes;
mod forms;
mod fresh;
mod instances;
mod jobs;
mod jumps;
mod keys;
mod looks;
mod mouse;
mod pictures;
mod places;
mod reading;
mod screens;
mod sessions;
mod svg;

use cvmshare::{
    cli,
    cloud::Places,
    emulator::{self, Clock, Options, Running},
    messages::Lang,
    session::{Global, Paths, Setup},
    tui::test_driver::TestDriver,
};
use jiff::Timestamp;
use tokio::runtime::Runtime;

/// The start time of every world in these tests.
pub fn start() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

/// A built-in cloud with a manual clock, and a console on it.
pub struct Stage {
    pub console: TestDriver,
    pub cloud: Running,
    pub runtime: Runtime,
    home: tempfile::TempDir,
}

impl Stage {
    /// The scene `tour` in this size.
    pub fn tour(size: (u16, u16)) -> Self {
        Self::with(size, Options { clock: Clock::Manual(start()), ..Options::default() }, Some(start()))
    }

    /// The scene `tour` in a language.
    pub fn tour_in(lang: Lang, size: (u16, u16)) -> Self {
        Self::open(lang, size, Options { clock: Clock::Manual(start()), ..Options::default() }, Some(start()))
    }

    /// A cloud with other options, or another clock.
    pub fn with(size: (u16, u16), options: Options, clock: Option<Timestamp>) -> Self {
        Self::open(Lang::EN, size, options, clock)
    }

    fn open(lang: Lang, size: (u16, u16), options: Options, clock: Option<Timestamp>) -> Self {
        let runtime = Runtime::new().unwrap();
        let cloud = runtime.block_on(emulator::start(options)).unwrap();
        let home = tempfile::tempdir().unwrap();
        let setup = Setup { lang, ..setup(&cloud.endpoint, home.path()) };
        let console = TestDriver::open(setup, size, clock).unwrap();
        Self { console, cloud, runtime, home }
    }

    /// Returns the home directory of the console.
    pub fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    /// Presses keys and waits for the requested data.
    pub fn press(&mut self, keys: &str) {
        self.console.press(keys).unwrap();
        self.quiet();
    }

    /// Waits until no request is pending.
    pub fn quiet(&mut self) {
        assert!(self.console.wait_until_quiet(), "still asking:\n{}", self.text());
    }

    /// Returns the screen as text.
    pub fn text(&self) -> String {
        self.console.lines().join("\n")
    }
}

/// Returns the demo profiles for a running built-in cloud, with a home directory of their own.
pub fn setup(endpoint: &str, home: &std::path::Path) -> Setup {
    let global = Global { demo: true, ..Global::default() };
    let paths = Paths { config_dir: home.into(), state_dir: home.into() };
    let places = Places { home: home.into(), ..Default::default() };
    let mut setup = Setup::with_paths(&global, paths, places).unwrap().with_demo_cloud(cli::demo_cloud());
    setup.endpoint = Some(endpoint.to_owned());
    setup
}

/// Advances the clock of the built-in cloud.
pub fn advance(stage: &Stage, seconds: u64) {
    let url = format!("{}/_emulator/advance", stage.cloud.endpoint);
    stage.runtime.block_on(async {
        let http = crate::http();
        let body = format!("{{\"seconds\":{seconds}}}");
        http.post(url).body(body).send().await.unwrap().error_for_status().unwrap();
    });
}

/// Adds faults to the built-in cloud.
pub fn faults(stage: &Stage, faults: &[&str]) {
    let url = format!("{}/_emulator/faults", stage.cloud.endpoint);
    stage.runtime.block_on(async {
        let http = crate::http();
        let body = serde_json::json!(faults).to_string();
        http.post(url).body(body).send().await.unwrap().error_for_status().unwrap();
    });
}

/// Returns the writing calls that the cloud received, as `action region`.
pub fn writes(stage: &Stage) -> Vec<String> {
    let url = format!("{}/_emulator/calls", stage.cloud.endpoint);
    let text = stage.runtime.block_on(async {
        let http = crate::http();
        http.get(url).send().await.unwrap().text().await.unwrap()
    });
    let calls: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    calls
        .iter()
        .filter(|c| c["request"]["DryRun"] != serde_json::json!(true))
        .map(|c| format!("{} {}", c["action"].as_str().unwrap(), c["region"].as_str().unwrap_or("-")))
        .filter(|c| !c.starts_with("Describe") && !c.starts_with("GetCaller"))
        .collect()
}
