//! The built-in cloud: inside of this process for `--demo`, or as a server for any client.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use clap::Args;
use jiff::SignedDuration;
use serde_json::json;

use super::{Exit, Fault, Setup};
use crate::{
    boundary::output,
    cloud::Credentials,
    config::Profile,
    emulator::{self, Fault as CallFault, Options, Quirk, SceneName},
    jobs::Pace,
    model::RuleSet,
    words::{Lang, tell},
};

/// A copy that takes ten minutes in the real cloud takes ten seconds in the demo.
const DEMO_SPEED: f64 = 60.0;

/// How the built-in cloud is to be as a server.
#[derive(Debug, Args)]
pub struct Emulate {
    /// Where to listen; a loopback address, port 0 for a free one
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// The world to begin with: tour, big or empty
    #[arg(long, default_value = "tour")]
    scene: SceneName,
    /// Keep the world in this file, so that it outlives the process
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// The same seed gives the same ids
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// How many images the scene big has
    #[arg(long, default_value_t = 1000, value_name = "N")]
    images: usize,
    /// What befalls calls: ACTION[@REGION][#N|*]=KIND, such as SyncImages@ap-tokyo#1=drop-reply
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<CallFault>,
    /// How an open question is played, such as share-batch=prefix
    #[arg(long = "quirk", value_name = "QUIRK")]
    quirks: Vec<Quirk>,
    /// Print one line of JSON with the endpoint and the accounts' keys once it listens
    #[arg(long)]
    ready_json: bool,
}

impl Setup {
    /// The setup with the keys of the built-in cloud's accounts: they are the same everywhere, so that a profile can
    /// name one of a server that runs elsewhere. Their names are in the address book only where they are at home.
    #[must_use]
    pub fn with_demo_accounts(mut self) -> Self {
        let at_home = self.profiles.iter().any(Profile::is_demo);
        for account in emulator::demo_accounts() {
            let keys = Credentials::new(
                account.secret_id,
                account.secret_key.into(),
                format!("demo account {}", account.uin),
            );
            self.demo_keys.insert(account.uin.clone(), keys);
        }
        if at_home {
            for (uin, name) in emulator::known_accounts() {
                self.accounts.entry(uin).or_insert(name);
            }
        }
        self
    }

    /// How often a job of a profile looks at its copies. The built-in cloud's copies go faster, and so do the looks; who names its
    /// speed may look as often as that makes sense.
    pub fn pace(&self, profile: &str) -> Pace {
        let usual = Pace::default();
        let (speed, least) = match self.flags.speed {
            Some(speed) => (speed.max(1.0), SignedDuration::from_millis(20)),
            None if self.profiles.iter().any(|p| p.name == profile && p.is_demo()) => {
                (DEMO_SPEED, SignedDuration::from_millis(500))
            }
            None => return usual,
        };
        let faster = |pause: SignedDuration| {
            let shorter = SignedDuration::from_secs_f64(pause.as_secs_f64() / speed);
            shorter.max(least).min(pause)
        };
        Pace { first: faster(usual.first), most: faster(usual.most), ..usual }
    }

    /// The setup with what the profile needs before it can be asked: the built-in cloud started in this process, or this
    /// machine's role.
    ///
    /// # Errors
    /// [`Fault`] when it cannot start.
    pub async fn started(mut self) -> Result<Self, Fault> {
        if !self.profile().is_demo() {
            return Ok(self.asking_machine().await);
        }
        if self.needs_demo() {
            let speed = self.flags.speed.unwrap_or(DEMO_SPEED);
            let options = Options { speed, rules: self.profile().rules, ..Options::default() };
            let running = emulator::start(options).await.map_err(failed)?;
            self.cloud = Some(Arc::new(running));
        }
        Ok(self)
    }
}

/// Serves until the process is ended.
pub(super) async fn serve(
    args: Emulate,
    speed: Option<f64>,
    rules: Option<RuleSet>,
    lang: Lang,
) -> Result<Exit, Fault> {
    let options = Options {
        listen: args.listen,
        scene: args.scene,
        seed: args.seed,
        images: args.images,
        speed: speed.unwrap_or(1.0),
        rules: rules.unwrap_or_default(),
        state: args.state,
        faults: args.faults,
        quirks: args.quirks.into_iter().collect(),
        ..Options::default()
    };
    let mut running = emulator::start(options).await.map_err(failed)?;
    let text = if args.ready_json {
        json!({ "endpoint": running.endpoint, "accounts": running.accounts }).to_string()
    } else {
        let accounts: Vec<String> = running
            .accounts
            .iter()
            .map(|a| {
                format!(
                    "  {}  {}\n    TENCENTCLOUD_SECRET_ID={} TENCENTCLOUD_SECRET_KEY={}",
                    a.uin, a.name, a.secret_id, a.secret_key
                )
            })
            .collect();
        let (endpoint, accounts) = (&running.endpoint, accounts.join("\n"));
        tell!(
            lang,
            "the built-in cloud listens on {endpoint}\n{accounts}",
            "内置云正在监听 {endpoint}\n{accounts}"
        )
    };
    // Whoever started it may only want it to run.
    let _ = output::print_own(&format!("{text}\n"));
    running.wait().await;
    Ok(Exit::Done)
}

fn failed(error: emulator::Error) -> Fault {
    match error {
        emulator::Error::NotLoopback(_) | emulator::Error::Speed(_) => Fault::Usage(error.to_string()),
        _ => Fault::Failed(error.to_string()),
    }
}
