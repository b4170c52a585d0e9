//! The command tree; picks a face: the console, a command, or the built-in cloud as a server.

mod demo;
mod fault;
mod handover;
mod log;
mod setup;
mod tree;

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use clap::Parser;
pub use demo::Emulate;
pub use fault::{Exit, Fault, advice, failure};
pub use setup::Setup;
pub use tree::{Cli, Command, Format, Global, Jobs, List, ShareArgs, Wanted};

use crate::{
    cloud::NoCredentials,
    console, headless,
    rules::{Action, Which},
};

/// Runs the program and tells its exit status (interface.md, commands).
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let global = cli.global.clone();
    match face(cli) {
        Ok(status) => status,
        // Nobody reads any more; there is nobody to tell, and nothing is wrong.
        Err(Fault::Pipe) => Exit::Done.into(),
        Err(fault) => {
            // What is wrong may be the settings themselves; they are told of in English then.
            let setup = Setup::new(&global).ok();
            let (lang, others) = setup.map(|s| (s.lang, s.other_profiles())).unwrap_or_default();
            let _ = writeln!(std::io::stderr(), "cvmshare: {}", fault.told(lang, &others));
            fault.exit().into()
        }
    }
}

fn face(cli: Cli) -> Result<ExitCode, Fault> {
    log::start(&cli.global, cli.command.is_none())?;
    match cli.command {
        Some(Command::Paths) => Ok(headless::paths(cli.global.output)?.into()),
        Some(Command::Emulate(args)) => Ok(runtime()?.block_on(demo::serve(args, cli.global.speed))?.into()),
        Some(Command::List { what }) => {
            command(&cli.global, async |setup, format| headless::list(&what, setup, format).await)
        }
        Some(Command::Check { action }) => {
            let action = action.action().map_err(Fault::Usage)?;
            command(&cli.global, async |setup, format| headless::check(&action, setup, format).await)
        }
        Some(Command::Share(asked)) => {
            command(&cli.global, async |setup, format| headless::share(&asked, setup, format).await)
        }
        Some(Command::Unshare { image, with, dry_run, yes, .. }) => {
            let which = if with.is_empty() { Which::All } else { Which::Accounts(with) };
            let action = Action::Unshare { image, which };
            let ask = headless::Ask { yes, dry_run };
            command(&cli.global, async |setup, format| headless::unshare(action, ask, setup, format).await)
        }
        Some(Command::Jobs { what }) => {
            if let Jobs::Resume { detached: true, .. } = what
                && let Some(status) = handover::leave_session()?
            {
                return Ok(status);
            }
            command(&cli.global, async |setup, format| headless::jobs(&what, setup, format).await)
        }
        None => console(&cli.global),
    }
}

/// Runs a command that asks the cloud.
fn command(
    global: &Global,
    run: impl AsyncFnOnce(&Setup, Format) -> Result<Exit, Fault>,
) -> Result<ExitCode, Fault> {
    let setup = Setup::new(global)?.with_demo_accounts();
    runtime()?.block_on(async {
        let setup = setup.started().await?;
        Ok(run(&setup, global.output).await?.into())
    })
}

/// Opens the console: on the profile's cloud, or on the built-in one where no credentials are found anywhere.
fn console(global: &Global) -> Result<ExitCode, Fault> {
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        return Err(Fault::Usage(
            "the console needs a terminal for its keys and its screen; in scripts use commands such as \
             cvmshare list images -o json (cvmshare --help names them all)"
                .into(),
        ));
    }
    let mut setup = Setup::new(global)?.with_demo_accounts();
    let theme = console::Theme::find(setup.theme.as_deref().unwrap_or("dark"), &setup.paths)
        .map_err(|e| Fault::Usage(e.to_string()))?;
    // Credentials that are there and broken are shown in the console; only where nothing is found it is a demo.
    if let Err(NoCredentials::NotFound { .. }) = setup.credentials(setup.profile())
        && global.profile.is_none()
    {
        setup = setup.into_demo().with_demo_accounts();
    }
    open_console(setup, theme).map_err(|e| Fault::Failed(format!("{e:#}")))
}

/// The built-in cloud starts behind the first frame.
fn open_console(setup: Setup, theme: console::Theme) -> color_eyre::Result<ExitCode> {
    color_eyre::config::HookBuilder::default().display_env_section(false).install()?;
    Ok(ExitCode::from(console::open(setup, theme)?))
}

fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Fault::Failed(format!("no threads can be started: {e}")))
}
