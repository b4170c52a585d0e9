//! The built-in cloud: inside of this process for `--demo`, or as a server for any client.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use clap::Args;
use jiff::SignedDuration;
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    boundary::output,
    cloud::Credentials,
    emulator::{self, Fault as CallFault, Options, Quirk, SceneName},
    i18n::lang::{Lang, tell},
    jobs::Pace,
    model::RuleSet,
    session::{
        error::{Exit, Fault},
        profile::Profile,
        setup::Setup,
    },
};

/// A copy that takes ten minutes in the real cloud takes ten seconds in the demo.
const DEMO_SPEED: f64 = 60.0;

/// How the built-in cloud is to be as a server.
#[derive(Debug, Args)]
#[command(after_long_help = emulator::help())]
pub struct Emulate {
    /// Where to listen; a loopback address, port 0 for a free one
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Open an HTTP proxy too, at a loopback address, for tools that know only the vendor's host names
    #[arg(long, value_name = "ADDRESS")]
    proxy: Option<SocketAddr>,
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
pub(crate) async fn serve(
    args: Emulate,
    speed: Option<f64>,
    rules: Option<RuleSet>,
    lang: Lang,
) -> Result<Exit, Fault> {
    let options = Options {
        listen: args.listen,
        proxy: args.proxy,
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
    // Before anybody is told that it runs, and may end it.
    let (mut interrupt, mut hangup, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::hangup())?, signal(SignalKind::terminate())?);
    let mut running = emulator::start(options).await.map_err(failed)?;
    let text = if args.ready_json { running.ready_json() } else { told(&running, lang) };
    // Whoever started it may only want it to run.
    let _ = output::print_own(&format!("{text}\n"));
    let exit = tokio::select! {
        () = running.wait() => Exit::Done,
        _ = interrupt.recv() => Exit::Interrupted,
        _ = hangup.recv() => Exit::Hangup,
        _ = terminate.recv() => Exit::Terminated,
    };
    // Also takes the proxy's certificate away.
    running.stop().await;
    Ok(exit)
}

/// Where it listens and with which keys, for people.
fn told(running: &emulator::Running, lang: Lang) -> String {
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
    let mut text = tell!(
        lang,
        "the built-in cloud listens on {endpoint}\n{accounts}",
        "内置云正在监听 {endpoint}\n{accounts}"
    );
    if let (Some(proxy), Some(ca)) = (&running.proxy, running.ca()) {
        let ca = ca.display();
        text.push_str(&tell!(
            lang,
            "\nits proxy listens on {proxy}; for most tools:\n    HTTPS_PROXY={proxy} SSL_CERT_FILE={ca}",
            "\n其代理正在监听 {proxy}；多数工具这样使用：\n    HTTPS_PROXY={proxy} SSL_CERT_FILE={ca}"
        ));
    }
    text
}

fn failed(error: emulator::Error) -> Fault {
    use emulator::{Error, StoreError};
    let zh = match &error {
        Error::NotLoopback(address) => {
            format!("内置云只监听本机回环地址，{address} 不是；请使用 127.0.0.1:端口")
        }
        Error::Speed(speed) => format!("速度为 {speed}；请给出 0.001 到 1000000 之间的数，例如 60"),
        Error::Listen { address, source } => format!("无法监听 {address}：{source}"),
        Error::Certificates(error) => format!("无法准备代理的证书：{error}"),
        Error::Store(StoreError::InUse(path)) => {
            format!("{} 正被另一个内置云使用；请停止它，或换一个文件", path.display())
        }
        Error::Store(StoreError::Io { path, source }) => format!("{}：{source}", path.display()),
        Error::Store(StoreError::Unusable { path, source }) => format!("{}：{source}", path.display()),
        Error::Store(StoreError::NotAWorld { path, reason }) => {
            format!("{} 中不是内置云的数据（{reason}）；请移走它，或换一个文件", path.display())
        }
        Error::Scene(error) => format!("场景无法读取：{error}"),
    };
    let fault = match error {
        Error::NotLoopback(_) | Error::Speed(_) => Fault::Usage(error.to_string()),
        _ => Fault::Failed(error.to_string()),
    };
    fault.zh(zh)
}
