//! `cvmshare emulate`, and the built-in cloud in this process for `--demo`.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    boundary::output,
    cloud::Credentials,
    emulator::{self, Fault as CallFault, Options, Quirk, SceneName},
    messages::{Lang, text, tr},
    model::RuleSet,
    session::{
        demo::{DemoCloud, RunningCloud},
        error::{CommandError, Exit},
    },
};

/// The built-in cloud as a server.
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
    /// Fault to inject into calls: ACTION[@REGION][#N|*]=KIND, such as SyncImages@ap-tokyo#1=drop-reply
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<CallFault>,
    /// How an open question is played, such as share-batch=prefix
    #[arg(long = "quirk", value_name = "QUIRK")]
    quirks: Vec<Quirk>,
    /// Print one line of JSON with the endpoint and the accounts' keys once it listens
    #[arg(long)]
    ready_json: bool,
}

/// Returns the built-in cloud, which a session can start in this process.
pub fn demo_cloud() -> DemoCloud {
    let keys = |account: emulator::Account| {
        let origin = text!(credentials_from_demo, uin = account.uin);
        (account.uin, Credentials::new(account.secret_id, account.secret_key.into(), origin))
    };
    DemoCloud {
        keys: emulator::demo_accounts().into_iter().map(keys).collect(),
        names: emulator::known_accounts().into_iter().collect(),
        start: |speed, rules| {
            Box::pin(async move {
                let running = emulator::start(Options { speed, rules, ..Options::default() })
                    .await
                    .map_err(server_error)?;
                Ok(RunningCloud::new(running.endpoint.clone(), running))
            })
        },
    }
}

/// Serves until a signal ends the process.
pub(crate) async fn serve(
    args: Emulate,
    speed: Option<f64>,
    rules: Option<RuleSet>,
    lang: Lang,
) -> Result<Exit, CommandError> {
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
    // The signal handlers are installed before the address is printed, because a reader may then send a signal.
    let (mut interrupt, mut hangup, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::hangup())?, signal(SignalKind::terminate())?);
    let mut running = emulator::start(options).await.map_err(server_error)?;
    let text = if args.ready_json { running.ready_json() } else { listening(&running, lang) };
    // The server runs even if nobody reads the address.
    let _ = output::print_trusted(&format!("{text}\n"));
    let exit = tokio::select! {
        () = running.wait() => Exit::Done,
        _ = interrupt.recv() => Exit::Interrupted,
        _ = hangup.recv() => Exit::Hangup,
        _ = terminate.recv() => Exit::Terminated,
    };
    // Also removes the certificate of the proxy.
    running.stop().await;
    Ok(exit)
}

/// Returns the text that gives the address and the keys.
fn listening(running: &emulator::Running, lang: Lang) -> String {
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
    let mut text = tr!(lang, emulate_built_in_cloud_listens_on, endpoint, accounts);
    if let (Some(proxy), Some(ca)) = (&running.proxy, running.ca()) {
        let ca = ca.display();
        text.push_str(&tr!(lang, emulate_its_proxy_listens_on_for, proxy, ca));
    }
    text
}

fn server_error(error: emulator::Error) -> CommandError {
    use emulator::Error;
    let text = error.text();
    match error {
        Error::NotLoopback(_) | Error::Speed(_) => CommandError::Usage(text),
        _ => CommandError::Failed(text),
    }
}
