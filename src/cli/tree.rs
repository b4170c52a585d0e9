//! The commands and flags.

use clap::{Parser, Subcommand};

use crate::{
    cli::{
        emulate::Emulate,
        pages::{Completions, Pages},
    },
    commands::{
        ApplyArgs, ChangeArgs, CheckArgs, CopyArgs, JobsArgs, ListArgs, PlanArgs, ShareArgs, UnshareArgs,
    },
    session::flags::Global,
};

/// The package's version, with the commit if it was built from a checkout.
pub const VERSION: &str = env!("CVMSHARE_VERSION");

const AFTER: &str = "\
Without a command the console opens; with no credentials anywhere, on the built-in cloud.

Exit status: 0 done or allowed, 1 failed, 2 usage, 3 blocked by a rule, 4 not known yet, 5 partly done, 6 credentials.";

/// Share Tencent Cloud CVM custom images: a console, and the same as commands.
#[derive(Debug, Parser)]
#[command(name = "cvmshare", version = VERSION, about, after_help = AFTER, infer_subcommands = false)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// The console line by line, for screen readers and simple terminals (TERM=dumb asks for it by itself)
    #[arg(long, help_heading = "The console")]
    pub plain: bool,
    /// The command; the console without one.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print what the cloud has
    List {
        /// What
        #[command(subcommand)]
        what: ListArgs,
    },
    /// Say whether something may be done and, if not, why and what to do first; changes nothing
    Check {
        /// The action
        #[command(subcommand)]
        action: CheckArgs,
    },
    /// Share an image with accounts, in the regions in which they need it, copying it there first
    Share(ShareArgs),
    /// Copy an own image to other regions
    Copy(CopyArgs),
    /// Cancel shares
    Unshare(UnshareArgs),
    /// Print the difference between what a file declares and what the cloud has
    Plan(PlanArgs),
    /// Do what a file declares: copy and share what is missing, and with --prune cancel what it does not name
    Apply(ApplyArgs),
    /// Jobs: copies and shares under way, and those that are over
    Jobs {
        /// What
        #[command(subcommand)]
        what: JobsArgs,
    },
    /// Change one image or one instance
    #[command(flatten)]
    Change(ChangeArgs),
    /// Serve the built-in cloud for any client
    Emulate(Emulate),
    /// Look for what is wrong: terminal, files, credentials, clock, regions, permissions
    Doctor,
    /// Print where the config file, the journal and the log are
    Paths,
    /// Print what completes commands and flags in a shell
    Completions(Completions),
    /// Print a man page
    Man(Pages),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::{
        model::{ImageId, Receiver, Region},
        rules::{Action, ShareSelection},
    };

    #[test]
    fn the_tree_is_sound() {
        Cli::command().debug_assert();
    }

    /// If two flags have one name, clap uses one of them and panics if their types differ.
    #[test]
    fn no_command_has_a_flag_under_the_name_of_one_that_holds_everywhere() {
        fn walk(command: &clap::Command, global: &[String]) {
            for sub in command.get_subcommands() {
                for arg in sub.get_arguments() {
                    assert!(
                        !global.contains(&arg.get_id().to_string()),
                        "{} {}",
                        sub.get_name(),
                        arg.get_id()
                    );
                }
                walk(sub, global);
            }
        }
        let all = Cli::command();
        let global: Vec<String> = all.get_arguments().map(|a| a.get_id().to_string()).collect();
        assert!(global.contains(&"regions".to_owned()));
        walk(&all, &global);
    }

    #[test]
    fn words_become_actions() {
        let action = |line: &str| match Cli::try_parse_from(line.split(' ')).unwrap().command {
            Some(Command::Check { action }) => action.action().map_err(|fault| fault.to_string()),
            _ => panic!("{line}"),
        };
        let image: ImageId = "img-6pb6lrmy".parse().unwrap();
        let region = |t: &str| t.parse::<Region>().unwrap();
        for (line, wanted) in [
            (
                "cvmshare check share img-6pb6lrmy --with 100000000002@ap-tokyo,me@example.com",
                Action::Share {
                    image: image.clone(),
                    with: vec![Receiver::parse("100000000002@ap-tokyo"), Receiver::parse("me@example.com")],
                },
            ),
            (
                "cvmshare check share img-6pb6lrmy --in ap-tokyo,ap-seoul",
                Action::Distribute {
                    image: image.clone(),
                    with: vec![],
                    regions: vec![region("ap-tokyo"), region("ap-seoul")],
                },
            ),
            (
                "cvmshare --region ap-tokyo check unshare img-6pb6lrmy --all",
                Action::Unshare { image: image.clone(), which: ShareSelection::All },
            ),
            (
                "cvmshare check launch img-6pb6lrmy --zone ap-shanghai-5 -o json",
                Action::Launch {
                    image: image.clone(),
                    region: Some(region("ap-shanghai")),
                    zone: Some("ap-shanghai-5".into()),
                    instance_type: None,
                    name: None,
                },
            ),
        ] {
            assert_eq!(action(line), Ok(wanted), "{line}");
        }
        assert_eq!(
            action("cvmshare check launch img-6pb6lrmy --zone moon"),
            Err("\"moon\" is not a zone such as ap-guangzhou-3".into())
        );
    }
}
