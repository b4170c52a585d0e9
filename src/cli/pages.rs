//! Generates the man pages and shell completions from the command tree.

use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};

use crate::{
    boundary::output,
    messages::text,
    session::error::{CommandError, Exit},
};

/// Print what completes this program's commands and flags in a shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

/// Print a man page.
#[derive(Debug, Args)]
pub struct Pages {
    /// The command; the program's own page without one
    command: Vec<String>,
    /// Write the pages of all commands into this directory instead
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    to: Option<PathBuf>,
}

/// Prints the completion script for a shell.
pub(crate) fn completions(args: &Completions, tree: Command) -> Result<Exit, CommandError> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut without_commit(tree), "cvmshare", &mut text);
    print(&text)
}

/// Prints the page of one command, or writes the pages of all commands.
pub(crate) fn man(args: &Pages, tree: Command) -> Result<Exit, CommandError> {
    let mut tree = without_commit(tree);
    if let Some(dir) = &args.to {
        let write = || {
            std::fs::create_dir_all(dir)?;
            clap_mangen::generate_to(tree.clone().disable_help_subcommand(true), dir)?;
            std::fs::write(dir.join("cvmshare.1"), own_page(tree.clone())?)
        };
        let dir = dir.display();
        write().map_err(|e| CommandError::Failed(text!(pages_dir_error, dir, e)))?;
        return Ok(Exit::Done);
    }
    if args.command.is_empty() {
        return print(&own_page(tree)?);
    }
    tree.build();
    let mut command = &tree;
    for name in &args.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            let named = args.command.join(" ");
            CommandError::Usage(text!(pages_there_is_no_command_run, named = format!("{:?}", named)))
        })?;
    }
    let mut text = Vec::new();
    Man::new(command.clone()).render(&mut text)?;
    print(&text)
}

/// Returns the tree with a version that does not name the commit.
fn without_commit(tree: Command) -> Command {
    tree.version(env!("CARGO_PKG_VERSION"))
}

fn print(text: &[u8]) -> Result<Exit, CommandError> {
    output::print_trusted(&String::from_utf8_lossy(text))?;
    Ok(Exit::Done)
}

const OPENS: &str = "Without a command the console opens; with no credentials anywhere, on the built-in cloud. Data \
                     goes to stdout alone, everything else to stderr.";

const STATUS: [(&str, &str); 10] = [
    ("0", "Done, or allowed."),
    ("1", "It failed, or the person said no."),
    ("2", "The command line, the environment or the config file is wrong."),
    ("3", "A rule blocks it; the reasons are told."),
    ("4", "Not known yet: facts are missing."),
    ("5", "Some of it was done."),
    ("6", "The credentials are missing or do not work."),
    ("129", "Ended by HUP."),
    ("130", "Ended by INT."),
    ("143", "Ended by TERM."),
];

const ENVIRONMENT: [(&str, &str); 8] = [
    ("TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY", "The key pair; both or neither."),
    (
        "TENCENTCLOUD_TOKEN, TENCENTCLOUD_SECURITY_TOKEN, TENCENTCLOUD_SESSION_TOKEN",
        "The token of a session, under any of these names.",
    ),
    ("TENCENTCLOUD_REGION", "The region in view where no profile says so."),
    ("TENCENTCLOUD_PROFILE, TCCLI_PROFILE", "Which of the official CLI's profiles is looked at for keys."),
    ("CVMSHARE_ENDPOINT", "As --endpoint."),
    ("CVMSHARE_CONFIG_DIR", "Where config.toml and keymap.toml are; ~/.config/cvmshare by default."),
    (
        "CVMSHARE_STATE_DIR",
        "Where the journal, the notes and the log are; ~/.local/state/cvmshare by default.",
    ),
    ("NO_COLOR", "As --no-color."),
];

const FILES: [(&str, &str); 3] = [
    ("~/.config/cvmshare/config.toml", "Profiles, trusted accounts, the address book."),
    ("~/.tccli/NAME.credential", "The official CLI's keys."),
    ("~/.tencentcloud/credentials", "The SDK's keys."),
];

/// Returns the page of the program, with sections that are not about flags.
fn own_page(command: Command) -> std::io::Result<Vec<u8>> {
    let man = Man::new(command);
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    let mut opens = Roff::new();
    opens.control("PP", []).text([roman(OPENS)]);
    opens.to_writer(&mut text)?;
    man.render_options_section(&mut text)?;
    man.render_subcommands_section(&mut text)?;
    let mut more = Roff::new();
    more.control("SH", ["EXIT STATUS"]);
    list(&mut more, &STATUS);
    more.control("SH", ["ENVIRONMENT"]);
    list(&mut more, &ENVIRONMENT);
    more.control("SH", ["FILES"]);
    list(&mut more, &FILES);
    more.to_writer(&mut text)?;
    man.render_version_section(&mut text)?;
    Ok(text)
}

fn list(page: &mut Roff, rows: &[(&str, &str)]) {
    for (name, says) in rows {
        page.control("TP", []).text([bold(*name)]).text([roman(*says)]);
    }
}
