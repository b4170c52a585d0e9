//! The command tree; picks a face: the console, a command, or the built-in cloud as a server.

mod log;
mod setup;
mod tree;

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use clap::Parser;
pub use setup::Setup;
pub use tree::{Cli, Command, Format, Global, List, Wanted};

use crate::headless::{self, Exit, Fault};

/// Runs the program and tells its exit status (interface.md, commands).
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match face(cli) {
        Ok(status) => status,
        // Nobody reads any more; there is nobody to tell, and nothing is wrong.
        Err(Fault::Pipe) => Exit::Done.into(),
        Err(fault) => {
            let _ = writeln!(std::io::stderr(), "cvmshare: {fault}");
            fault.exit().into()
        }
    }
}

fn face(cli: Cli) -> Result<ExitCode, Fault> {
    log::start(&cli.global, cli.command.is_none())?;
    match cli.command {
        Some(Command::Paths) => headless::paths(&cli.global).map(Into::into),
        Some(command) => {
            let runtime = runtime()?;
            let setup = Setup::new(&cli.global)?;
            if setup.needs_demo() {
                return Err(Fault::Failed("the built-in cloud is not part of this build yet".into()));
            }
            runtime.block_on(headless::run(&command, &setup, cli.global.output)).map(Into::into)
        }
        None => {
            if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
                return Err(Fault::Usage(
                    "the console needs a terminal for its keys and its screen; in scripts use commands such as \
                     cvmshare list images -o json (cvmshare --help names them all)"
                        .into(),
                ));
            }
            open_console(Setup::new(&cli.global)?).map_err(|e| Fault::Failed(e.to_string()))
        }
    }
}

/// Opens the console.
fn open_console(setup: Setup) -> color_eyre::Result<ExitCode> {
    let _ = setup;
    headless::say("the console is not part of this build yet");
    Ok(Exit::Failed.into())
}

fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Fault::Failed(format!("no threads can be started: {e}")))
}
