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
    messages::{Lang, Plain, m, text},
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

/// The exit statuses of signals; `man_exit` has the others by number.
const SIGNALS: [(&str, Plain); 3] =
    [("129", m::man_exit_hup), ("130", m::man_exit_int), ("143", m::man_exit_term)];

const ENVIRONMENT: [(&str, Plain); 8] = [
    ("TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY", m::man_env_keys),
    ("TENCENTCLOUD_TOKEN, TENCENTCLOUD_SECURITY_TOKEN, TENCENTCLOUD_SESSION_TOKEN", m::man_env_token),
    ("TENCENTCLOUD_REGION", m::man_env_region),
    ("TENCENTCLOUD_PROFILE, TCCLI_PROFILE", m::man_env_profile),
    ("CVMSHARE_ENDPOINT", m::man_env_endpoint),
    ("CVMSHARE_CONFIG_DIR", m::man_env_config_dir),
    ("CVMSHARE_STATE_DIR", m::man_env_state_dir),
    ("NO_COLOR", m::man_env_no_color),
];

const FILES: [(&str, Plain); 3] = [
    ("~/.config/cvmshare/config.toml", m::man_file_config),
    ("~/.tccli/NAME.credential", m::man_file_tccli),
    ("~/.tencentcloud/credentials", m::man_file_sdk),
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
    opens.control("PP", []).text([roman(Lang::EN.text(m::man_opens))]);
    opens.to_writer(&mut text)?;
    man.render_options_section(&mut text)?;
    man.render_subcommands_section(&mut text)?;
    let mut more = Roff::new();
    more.control("SH", ["EXIT STATUS"]);
    for (status, says) in m::man_exit.iter().enumerate() {
        row(&mut more, &status.to_string(), says.text(Lang::EN));
    }
    list(&mut more, &SIGNALS);
    more.control("SH", ["ENVIRONMENT"]);
    list(&mut more, &ENVIRONMENT);
    more.control("SH", ["FILES"]);
    list(&mut more, &FILES);
    more.to_writer(&mut text)?;
    man.render_version_section(&mut text)?;
    Ok(text)
}

fn list(page: &mut Roff, rows: &[(&str, Plain)]) {
    for (name, says) in rows {
        row(page, name, Lang::EN.text(*says));
    }
}

fn row(page: &mut Roff, name: &str, says: &str) {
    page.control("TP", []).text([bold(name)]).text([roman(says)]);
}
