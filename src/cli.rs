//! The command tree; picks a face: the console, a command, or the built-in cloud as a server.

mod change;
mod copy;
mod declared;
mod demo;
mod pages;
mod tree;

use std::{io::IsTerminal, process::ExitCode};

pub use crate::cli::{
    change::{Capture, Change, Consent, Delete, Launch, Reinstall, Rename},
    copy::Copy,
    declared::{Apply, PlanFile, Prune},
    demo::Emulate,
    pages::{Completions, Pages},
    tree::{Cli, Command, Jobs, List, ShareArgs, VERSION, Wanted},
};

use clap::Parser;

use crate::{
    boundary::{output, process, secret},
    cloud::{NoCredentials, Places},
    commands,
    i18n::{self, lang::Lang},
    rules::{Action, Which},
    session::{
        self, detach,
        error::{ErrorShape, Exit, Fault},
        flags::{Format, Global},
        log,
        setup::Setup,
    },
    tui,
};

/// Runs the program and tells its exit status (interface.md, commands).
pub fn run() -> ExitCode {
    process::disable_core_dumps();
    let status = command_line();
    secret::forget_all();
    status
}

fn command_line() -> ExitCode {
    // The keys of the environment are known from here on, so that no message shows them.
    let _ = Places::of_process();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(wrong) => return usage(&wrong),
    };
    let global = cli.global.clone();
    match face(cli) {
        Ok(status) => status,
        // Nobody reads any more; there is nobody to tell, and nothing is wrong.
        Err(Fault::Pipe) => Exit::Done.into(),
        Err(fault) => {
            // What is wrong may be the settings themselves; scripts get English then.
            let setup = Setup::new(&global).ok();
            let said = setup.as_ref().map_or_else(|| global.language(&Places::of_process()), |s| s.lang);
            let (lang, others) = setup.map(|s| (s.lang, s.other_profiles())).unwrap_or_default();
            output::say(&fault.told(said, &others));
            // A script finds its one document even where there is no data; whoever reads neither has gone.
            let _ = commands::fault(&ErrorShape::of_fault(&fault, lang, &others), global.output);
            fault.exit().into()
        }
    }
}

/// What clap has to say: help and version, or what is wrong with the command line.
fn usage(wrong: &clap::Error) -> ExitCode {
    if !wrong.use_stderr() {
        // Help and version hold nothing from outside. A closed pipe is no error here either.
        let _ = wrong.print();
        return Exit::Done.into();
    }
    // What is wrong quotes the arguments; a line feed in one must not begin a line.
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
        let fault = Fault::Usage(format!("{text}\nRun the command with --help for what it takes"));
        let _ = commands::fault(&ErrorShape::of_fault(&fault, Lang::En, &[]), Format::Json);
    }
    Exit::Usage.into()
}

fn face(cli: Cli) -> Result<ExitCode, Fault> {
    log::start(&cli.global, cli.command.is_none())?;
    match cli.command {
        Some(Command::Paths) => {
            Ok(commands::paths(cli.global.output, cli.global.language(&Places::of_process()))?.into())
        }
        Some(Command::Doctor) => Ok(runtime()?.block_on(commands::doctor(&cli.global))?.into()),
        Some(Command::Completions(args)) => Ok(pages::completions(&args)?.into()),
        Some(Command::Man(args)) => Ok(pages::man(&args)?.into()),
        Some(Command::Emulate(args)) => {
            let lang = cli.global.language(&Places::of_process());
            Ok(runtime()?.block_on(demo::serve(args, cli.global.speed, cli.global.rules, lang))?.into())
        }
        Some(Command::List { what }) => {
            command(&cli.global, async |setup, format| commands::list(&what, setup, format).await)
        }
        Some(Command::Check { action }) => {
            let action = action.action()?;
            command(&cli.global, async |setup, format| commands::check(&action, setup, format).await)
        }
        Some(Command::Share(asked)) => {
            command(&cli.global, async |setup, format| commands::share(&asked, setup, format).await)
        }
        Some(Command::Copy(asked)) => {
            command(&cli.global, async |setup, format| commands::copy(&asked, setup, format).await)
        }
        Some(Command::Unshare { image, with, consent, .. }) => {
            let which = if with.is_empty() { Which::All } else { Which::Accounts(with) };
            let action = Action::Unshare { image, which };
            command(&cli.global, async |setup, format| {
                commands::unshare(action, consent, setup, format).await
            })
        }
        Some(Command::Jobs { what }) => {
            if let Jobs::Resume { detached: true, .. } = what
                && let Some(status) = detach::leave_session()?
            {
                return Ok(status);
            }
            command(&cli.global, async |setup, format| commands::jobs(&what, setup, format).await)
        }
        Some(Command::Delete(args)) => change(&cli.global, args.change()),
        Some(Command::Rename(args)) => change(&cli.global, args.change()),
        Some(Command::Launch(args)) => change(&cli.global, args.change()?),
        Some(Command::Reinstall(args)) => change(&cli.global, args.change()),
        Some(Command::Capture(args)) => change(&cli.global, args.change()),
        Some(Command::Plan(args)) => {
            command(&cli.global, async |setup, format| commands::plan(&args, setup, format).await)
        }
        Some(Command::Apply(args)) => {
            command(&cli.global, async |setup, format| commands::apply(&args, setup, format).await)
        }
        None => console(&cli.global, cli.plain),
    }
}

/// Runs a command that asks the cloud.
fn command<E: Into<ExitCode>>(
    global: &Global,
    run: impl AsyncFnOnce(&Setup, Format) -> Result<E, Fault>,
) -> Result<ExitCode, Fault> {
    let setup = Setup::new(global)?.with_demo_accounts();
    runtime()?.block_on(async {
        let setup = setup.started().await?;
        Ok(run(&setup, global.output).await?.into())
    })
}

fn change(global: &Global, (change, consent): (Change, Consent)) -> Result<ExitCode, Fault> {
    command(global, async |setup, format| commands::change(&change, consent, setup, format).await)
}

/// Opens the console: on the profile's cloud, or on the built-in one where no credentials are found anywhere.
fn console(global: &Global, plain: bool) -> Result<ExitCode, Fault> {
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    // A terminal that can do no more says so itself.
    let plain = plain || terminal && std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if !plain && !terminal {
        return Err(Fault::Usage(
            "the console needs a terminal for its keys and its screen; in scripts use commands such as \
             cvmshare list images -o json (cvmshare --help names them all), or --plain"
                .into(),
        )
        .zh(
            "控制台需要终端来读取按键与显示；脚本中请使用命令，例如 cvmshare list images -o json（cvmshare --help \
             列出全部命令），或使用 --plain",
        ));
    }
    enough_files()?;
    let mut setup = Setup::new(global)?.with_demo_accounts();
    let theme = tui::Theme::find(setup.theme.as_deref().unwrap_or("dark"), &setup.paths)
        .map_err(session::setup::wrong_config)?;
    let keymap = tui::keys(&setup.paths).map_err(Fault::Usage)?;
    // Credentials that are there and broken are shown in the console; only where nothing is found it is a demo.
    if let Err(NoCredentials::NotFound { .. }) = setup.credentials(setup.profile())
        && global.profile.is_none()
    {
        setup = setup.into_demo().with_demo_accounts();
    }
    if plain {
        let status = crate::plain::run(setup).map_err(|e| {
            Fault::Failed(format!("the lines cannot be written: {e}")).zh(format!("无法写出各行：{e}"))
        })?;
        return Ok(ExitCode::from(status));
    }
    open_console(setup, theme, keymap).map_err(|e| Fault::Failed(format!("{e:#}")))
}

/// The built-in cloud starts behind the first frame.
fn open_console(setup: Setup, theme: tui::Theme, keymap: tui::Keymap) -> color_eyre::Result<ExitCode> {
    color_eyre::config::HookBuilder::default().display_env_section(false).install()?;
    Ok(ExitCode::from(tui::open(setup, theme, keymap)?))
}

/// Files that have to be allowed to be open: the runtime's own, the terminal, the journal, and connections to some
/// regions at once.
const FEWEST_FILES: u64 = 32;

/// Says so where too few files may be open. The runtime takes its own for granted and would panic.
fn enough_files() -> Result<(), Fault> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    match limit.filter(|limit| *limit < FEWEST_FILES) {
        None => Ok(()),
        Some(limit) => Err(Fault::Failed(format!(
            "only {limit} files may be open at once, and {FEWEST_FILES} are needed; raise the limit with ulimit -n 256"
        ))
        .zh(format!("最多只能同时打开 {limit} 个文件，至少需要 {FEWEST_FILES} 个；请用 ulimit -n 256 提高上限"))),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    enough_files()?;
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(|e| {
        Fault::Failed(format!("no threads can be started: {e}")).zh(format!("无法启动线程：{e}"))
    })
}
