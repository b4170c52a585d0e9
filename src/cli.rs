//! The command line: runs the console or a command, and provides the built-in cloud.

mod emulate;
mod pages;
mod tree;

use std::{io::IsTerminal, process::ExitCode};

pub use crate::cli::{
    emulate::{Emulate, demo_cloud},
    pages::{Completions, Pages},
    tree::{Cli, Command, VERSION},
};

use clap::{CommandFactory, Parser};

use crate::{
    boundary::{output, process, secret},
    cloud::{NoCredentials, Places},
    commands::{self, JobsArgs},
    i18n,
    messages::{Lang, text},
    session::{
        self, detach,
        error::{CommandError, ErrorShape, Exit},
        flags::{Format, Global},
        log,
        setup::Setup,
    },
    tui,
};

/// Runs the program, and returns its exit status.
pub fn run() -> ExitCode {
    process::disable_core_dumps();
    let status = command_line();
    secret::forget_all();
    status
}

fn command_line() -> ExitCode {
    // Registers the keys of the environment with the redaction before any message is printed.
    let _ = Places::of_process();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(wrong) => return usage(&wrong),
    };
    let global = cli.global.clone();
    match dispatch(cli) {
        Ok(status) => status,
        // A closed pipe is not an error.
        Err(CommandError::Pipe) => Exit::Done.into(),
        Err(fault) => {
            // If the settings are invalid, scripts get English.
            let setup = Setup::new(&global).ok();
            let for_people =
                setup.as_ref().map_or_else(|| global.language(&Places::of_process()), |s| s.lang);
            let (lang, others) = setup.map(|s| (s.lang, s.other_profiles())).unwrap_or_default();
            output::say(&fault.message(for_people, &others));
            // A script gets one JSON document even if there is no data.
            let _ = commands::error(&ErrorShape::from_command(&fault, lang, &others), global.output);
            fault.exit().into()
        }
    }
}

/// Prints what clap returns: help, version, or an error about the command line.
fn usage(wrong: &clap::Error) -> ExitCode {
    if !wrong.use_stderr() {
        // Help and version contain nothing from outside. A closed pipe is not an error.
        let _ = wrong.print();
        return Exit::Done.into();
    }
    // The error quotes the arguments; a line feed in one must not start a line.
    let args = std::env::args_os().map(|arg| i18n::plain(&arg.to_string_lossy()).into_owned());
    let quoted = Cli::try_parse_from(args).err();
    let wrong = quoted.as_ref().unwrap_or(wrong);
    output::error(&wrong.render().to_string());
    let args: Vec<String> = std::env::args_os().map(|a| a.to_string_lossy().into_owned()).collect();
    let json = args.iter().any(|a| a == "-ojson" || a == "-o=json" || a == "--output=json")
        || args.windows(2).any(|w| (w[0] == "-o" || w[0] == "--output") && w[1] == "json");
    if json {
        let text = wrong.to_string();
        let text = output::clean(&text);
        let text = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let text = format!("{text}\nRun the command with --help for what it takes");
        let fault = CommandError::Usage(text.into());
        let _ = commands::error(&ErrorShape::from_command(&fault, Lang::EN, &[]), Format::Json);
    }
    Exit::Usage.into()
}

fn dispatch(cli: Cli) -> Result<ExitCode, CommandError> {
    let Cli { global, plain, command } = cli;
    log::start(&global, command.is_none())?;
    let lang = || global.language(&Places::of_process());
    let Some(command) = command else { return console(&global, plain) };
    match command {
        Command::Paths => Ok(commands::paths(global.output, lang())?.into()),
        Command::Completions(args) => Ok(pages::completions(&args, Cli::command())?.into()),
        Command::Man(args) => Ok(pages::man(&args, Cli::command())?.into()),
        Command::Emulate(args) => {
            Ok(runtime()?.block_on(emulate::serve(args, global.speed, global.rules, lang()))?.into())
        }
        Command::Doctor => {
            let status = runtime()?.block_on(async {
                let setup = match setup(&global) {
                    Ok(setup) => setup.with_cloud().await,
                    Err(fault) => Err(fault),
                };
                commands::doctor(&global, setup, lang(), VERSION).await
            });
            Ok(status?.into())
        }
        Command::List { what } => execute(&global, async |s| commands::list(&what, s).await),
        Command::Check { action } => execute(&global, async |s| commands::check(&action, s).await),
        Command::Share(args) => execute(&global, async |s| commands::share(&args, s).await),
        Command::Copy(args) => execute(&global, async |s| commands::copy(&args, s).await),
        Command::Unshare(args) => execute(&global, async |s| commands::unshare(&args, s).await),
        Command::Jobs { what } => {
            if let JobsArgs::Resume { detached: true, .. } = what
                && let Some(status) = detach::start_session()?
            {
                return Ok(status);
            }
            execute(&global, async |s| commands::jobs(&what, s).await)
        }
        Command::Change(args) => execute(&global, async |s| commands::change(&args, s).await),
        Command::Plan(args) => execute(&global, async |s| commands::plan(&args, s).await),
        Command::Apply(args) => execute(&global, async |s| commands::apply(&args, s).await),
    }
}

/// Returns the settings with a built-in cloud that can be started.
fn setup(global: &Global) -> Result<Setup, CommandError> {
    Ok(Setup::new(global)?.with_demo_cloud(demo_cloud()))
}

/// Runs a command that may call the cloud.
fn execute<E: Into<ExitCode>>(
    global: &Global,
    command: impl AsyncFnOnce(&Setup) -> Result<E, CommandError>,
) -> Result<ExitCode, CommandError> {
    let setup = setup(global)?;
    runtime()?.block_on(async {
        let setup = setup.with_cloud().await?;
        Ok(command(&setup).await?.into())
    })
}

/// Opens the console on the profile's cloud, or on the built-in cloud if no credentials are found.
fn console(global: &Global, plain: bool) -> Result<ExitCode, CommandError> {
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    // With TERM=dumb the terminal cannot place the cursor.
    let plain = plain || terminal && std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if !plain && !terminal {
        return Err(CommandError::Usage(text!(cli_needs_terminal)));
    }
    check_file_limit()?;
    let mut setup = setup(global)?;
    let theme = tui::Theme::find(setup.theme.as_deref().unwrap_or("dark"), &setup.paths)
        .map_err(session::setup::config_error)?;
    let keymap = tui::keys(&setup.paths).map_err(CommandError::Usage)?;
    // The console reports invalid credentials. It opens on the built-in cloud only if there are none.
    if let Err(NoCredentials::NotFound { .. }) = setup.credentials(setup.profile())
        && global.profile.is_none()
    {
        setup = setup.into_demo();
    }
    if plain {
        let status = crate::plain::run(setup)
            .map_err(|e| CommandError::Failed(text!(cli_lines_cannot_be_written, e)))?;
        return Ok(ExitCode::from(status));
    }
    // The built-in cloud starts after the first frame.
    let left = tui::open(setup, theme, keymap);
    left.map(ExitCode::from)
        .map_err(|e| CommandError::Failed(format!("the terminal cannot be used: {e}").into()))
}

/// The minimum number of open files: for the runtime, the terminal, the journal, and connections to a few regions.
const MIN_FILES: u64 = 32;

/// Checks that enough files may be open. Otherwise the runtime would panic.
fn check_file_limit() -> Result<(), CommandError> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    match limit.filter(|limit| *limit < MIN_FILES) {
        None => Ok(()),
        Some(limit) => {
            Err(CommandError::Failed(text!(cli_only_files_may_be_open, limit, needed = MIN_FILES)))
        }
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    check_file_limit()?;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| CommandError::Failed(text!(cli_no_threads_can_be_started, e)))
}
