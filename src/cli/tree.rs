//! The commands and flags.

use clap::{Args, Parser, Subcommand};

use crate::{
    model::{ImageId, InstanceId, Receiver, Region, Uin},
    rules::{Action, Which},
    session::{error::Fault, flags::Global},
};

/// The package's version, with the commit where it was built from a checkout.
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
        what: List,
    },
    /// Say whether something may be done and, if not, why and what to do first; changes nothing
    Check {
        /// The action
        #[command(subcommand)]
        action: Wanted,
    },
    /// Share an image with accounts, in the regions in which they need it, copying it there first
    Share(ShareArgs),
    /// Copy an own image to other regions
    Copy(crate::cli::Copy),
    /// Cancel shares
    Unshare {
        /// The image's ID
        image: ImageId,
        /// With these accounts
        #[arg(long, value_name = "UIN,...", value_delimiter = ',', required_unless_present = "all")]
        with: Vec<Uin>,
        /// With all accounts
        #[arg(long, conflicts_with = "with")]
        all: bool,
        /// Whether to ask
        #[command(flatten)]
        consent: crate::cli::Consent,
    },
    /// Print the difference between what a file declares and what the cloud has
    Plan(crate::cli::PlanFile),
    /// Do what a file declares: copy and share what is missing, and with --prune cancel what it does not name
    Apply(crate::cli::Apply),
    /// Jobs: copies and shares under way, and those that are over
    Jobs {
        /// What
        #[command(subcommand)]
        what: Jobs,
    },
    /// Delete an own image, after cancelling its shares where asked
    Delete(crate::cli::Delete),
    /// Change an own image's name or description
    Rename(crate::cli::Rename),
    /// Create an instance from an image, billed by the hour
    Launch(crate::cli::Launch),
    /// Reinstall an instance with an image; wipes its system disk
    Reinstall(crate::cli::Reinstall),
    /// Make an image from an instance
    Capture(crate::cli::Capture),
    /// Serve the built-in cloud for any client
    Emulate(crate::cli::Emulate),
    /// Look for what is wrong: terminal, files, credentials, clock, regions, permissions
    Doctor,
    /// Print where the config file, the journal and the log are
    Paths,
    /// Print what completes commands and flags in a shell
    Completions(crate::cli::Completions),
    /// Print a man page
    Man(crate::cli::Pages),
}

/// What to share, with whom, and where.
#[derive(Debug, Clone, Args)]
pub struct ShareArgs {
    /// The image's ID
    pub image: ImageId,
    /// Accounts, each with the region in which it needs the image; or the names of groups in config.toml
    #[arg(long, value_name = "UIN[@REGION],...", value_delimiter = ',', required = true)]
    pub with: Vec<String>,
    /// Regions to share in; where the image is not there, it is copied first
    #[arg(long = "in", value_name = "REGION,...", value_delimiter = ',')]
    pub to: Vec<Region>,
    /// Take an image of the same name, size and system that is there for the copy
    #[arg(long)]
    pub reuse: bool,
    /// Whether to ask
    #[command(flatten)]
    pub consent: crate::cli::Consent,
    /// Leave the work to a process in the background
    #[arg(long)]
    pub detach: bool,
}

/// What can be done with jobs.
#[derive(Debug, Clone, Subcommand)]
pub enum Jobs {
    /// Print all jobs, the newest first
    List,
    /// Print one job: every region, every account, every call
    Show {
        /// Its ID
        id: String,
        /// As Markdown, for a ticket or a page
        #[arg(long)]
        markdown: bool,
    },
    /// Go on with a job, or try again what failed in it; without an ID, with all that are unfinished
    Resume {
        /// Its ID
        id: Option<String>,
        /// In a session of its own
        #[arg(long, hide = true, requires = "id")]
        detached: bool,
    },
    /// Begin nothing more of a job; what is shared stays shared, and copies that run go on
    Cancel {
        /// Its ID
        id: String,
    },
    /// Cancel the shares that a job made, and delete the copies that it made
    Undo {
        /// Its ID
        id: String,
        /// Delete the snapshots of its copies too
        #[arg(long)]
        with_snapshots: bool,
        /// Whether to ask
        #[command(flatten)]
        consent: crate::cli::Consent,
    },
}

/// What can be listed.
#[derive(Debug, Clone, Subcommand)]
pub enum List {
    /// Own images
    Images,
    /// Images that other accounts share with you
    Shared,
    /// Regions: own and received images, quota, instances
    Regions,
    /// Instances
    Instances,
    /// The accounts that an own image is shared with
    Shares {
        /// Its ID
        image: ImageId,
    },
    /// Own images against the quota
    Quota,
    /// Jobs, the newest first
    Jobs,
    /// Every call that changed something, or was to: when, by whom, what, and what came of it
    Audit,
    /// Who can launch which own image: since when, shared from here or not, a known account or not
    Exposure,
}

/// What can be checked.
#[derive(Debug, Clone, Subcommand)]
pub enum Wanted {
    /// Share an image; with --in, copy it to these regions first
    Share {
        /// The image's ID
        image: ImageId,
        /// Accounts, each with the region it needs the image in
        #[arg(long, value_name = "UIN[@REGION],...", value_delimiter = ',')]
        with: Vec<String>,
        /// Regions to copy to and share in
        #[arg(long = "in", value_name = "REGION,...", value_delimiter = ',')]
        to: Vec<Region>,
    },
    /// Copy an image to other regions
    Copy {
        /// The image's ID
        image: ImageId,
        /// Where to
        #[arg(long, value_name = "REGION,...", value_delimiter = ',')]
        to: Vec<Region>,
        /// The copies' name
        #[arg(long)]
        name: Option<String>,
    },
    /// Cancel shares
    Unshare {
        /// The image's ID
        image: ImageId,
        /// With these accounts
        #[arg(long, value_name = "UIN,...", value_delimiter = ',')]
        with: Vec<Uin>,
        /// With all accounts
        #[arg(long, conflicts_with = "with")]
        all: bool,
    },
    /// Delete an image
    Delete {
        /// The image's ID
        image: ImageId,
        /// Its snapshots too
        #[arg(long)]
        with_snapshots: bool,
    },
    /// Change an image's name or description
    Rename {
        /// The image's ID
        image: ImageId,
        /// The new name
        #[arg(long)]
        name: Option<String>,
        /// The new description
        #[arg(long)]
        description: Option<String>,
    },
    /// Create an instance from an image, billed by the hour
    Launch {
        /// The image's ID
        image: ImageId,
        /// The zone, such as ap-guangzhou-3
        #[arg(long)]
        zone: Option<String>,
        /// The region, where no zone is chosen
        #[arg(long = "in", value_name = "REGION")]
        target: Option<Region>,
        /// The instance type, such as S5.MEDIUM4
        #[arg(long = "type", value_name = "TYPE")]
        instance_type: Option<String>,
    },
    /// Reinstall an instance
    Reinstall {
        /// The instance's ID
        instance: InstanceId,
        /// The image's ID
        #[arg(long)]
        image: Option<ImageId>,
    },
    /// Make an image from an instance
    Capture {
        /// The instance's ID
        instance: InstanceId,
        /// The new image's name
        #[arg(long)]
        name: Option<String>,
    },
}

impl Wanted {
    /// As the rules know it.
    ///
    /// # Errors
    /// [`Fault::Usage`] about a zone that is none.
    pub fn action(&self) -> Result<Action, Fault> {
        Ok(match self.clone() {
            Self::Share { image, with, to } => {
                let with = with.iter().map(|t| Receiver::parse(t)).collect();
                match to.is_empty() {
                    true => Action::Share { image, with },
                    false => Action::Distribute { image, with, regions: to },
                }
            }
            Self::Copy { image, to, name } => Action::Copy { image, to, name },
            Self::Unshare { image, with, .. } => {
                let which = if with.is_empty() { Which::All } else { Which::Accounts(with) };
                Action::Unshare { image, which }
            }
            Self::Delete { image, with_snapshots } => Action::Delete { image, with_snapshots },
            Self::Rename { image, name, description } => Action::Rename { image, name, description },
            Self::Launch { image, zone, target, instance_type } => {
                let region = match &zone {
                    Some(zone) => Some(crate::cli::change::region_of(zone)?),
                    None => target,
                };
                Action::Launch { image, region, zone, instance_type, name: None }
            }
            Self::Reinstall { instance, image } => Action::Reinstall { instance, image },
            Self::Capture { instance, name } => Action::Capture { instance, name },
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_tree_is_sound() {
        Cli::command().debug_assert();
    }

    /// Of two flags under one name clap takes whichever comes, and panics when their types differ.
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
                Action::Unshare { image: image.clone(), which: Which::All },
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
