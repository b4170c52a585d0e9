//! Parses the commands of the line mode.

use crate::{
    messages::{Lang, m, tr},
    tui::app::table::Tab,
};

/// A command of the line mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LineCommand {
    /// An empty line.
    Nothing,
    /// Prints the help.
    Help,
    /// Lists the rows of a tab that match these words.
    List(Tab, String),
    /// Prints the next rows.
    More,
    /// Prints the details of a row.
    Show(String),
    /// Prints the actions of a row with their verdicts.
    Actions(String),
    /// Copies an image, then shares it.
    Share(String),
    /// Copies an image.
    Copy(String),
    /// Cancels shares.
    Unshare(String),
    /// Deletes an image.
    Delete(String),
    /// Changes name and description.
    Rename(String),
    /// Launches an instance from an image.
    Launch(String),
    /// Reinstalls an instance with another image.
    Reinstall(String),
    /// Makes an image from an instance.
    Capture(String),
    /// Prints the jobs.
    Jobs,
    /// Waits for the jobs.
    Wait,
    /// Reads the lists again.
    Refresh,
    /// Prints the profiles, or switches to another one.
    Profile(Option<String>),
    /// Ends the program.
    Quit,
}

/// The lines of the help in order: the syntax, and what it does.
pub(crate) const HELP: &[(&str, crate::messages::Plain)] = &[
    ("images [WORDS]", m::line_mode_help_images),
    ("shared [WORDS]", m::line_mode_help_shared),
    ("regions [WORDS]", m::line_mode_help_regions),
    ("instances [WORDS]", m::line_mode_help_instances),
    ("more", m::line_mode_help_more),
    ("show N", m::line_mode_help_show),
    ("actions N", m::line_mode_help_actions),
    ("share N", m::line_mode_help_share),
    ("copy N", m::line_mode_help_copy),
    ("unshare N", m::line_mode_help_unshare),
    ("rename N", m::line_mode_help_rename),
    ("delete N", m::line_mode_help_delete),
    ("launch N", m::line_mode_help_launch),
    ("reinstall N", m::line_mode_help_reinstall),
    ("capture N", m::line_mode_help_capture),
    ("jobs", m::line_mode_help_jobs),
    ("wait", m::line_mode_help_wait),
    ("refresh", m::line_mode_help_refresh),
    ("profile [NAME]", m::line_mode_help_profile),
    ("help", m::line_mode_help_help),
    ("quit", m::line_mode_help_quit),
];

impl LineCommand {
    /// Parses a line.
    ///
    /// # Errors
    ///
    /// A sentence about the problem, in `lang`.
    pub(crate) fn read(line: &str, lang: Lang) -> Result<Self, String> {
        let (word, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let rest = rest.trim().to_owned();
        let row = |of: fn(String) -> LineCommand| match rest.is_empty() {
            true => Err(tr!(lang, line_mode_which_row, word)),
            false => Ok(of(rest.clone())),
        };
        Ok(match word.to_lowercase().as_str() {
            "" => Self::Nothing,
            "help" | "?" => Self::Help,
            "images" => Self::List(Tab::Images, rest),
            "shared" => Self::List(Tab::Shared, rest),
            "regions" => Self::List(Tab::Regions, rest),
            "instances" => Self::List(Tab::Instances, rest),
            "more" => Self::More,
            "show" => row(Self::Show)?,
            "actions" => row(Self::Actions)?,
            "share" => row(Self::Share)?,
            "copy" => row(Self::Copy)?,
            "unshare" => row(Self::Unshare)?,
            "delete" => row(Self::Delete)?,
            "rename" => row(Self::Rename)?,
            "launch" => row(Self::Launch)?,
            "reinstall" => row(Self::Reinstall)?,
            "capture" => row(Self::Capture)?,
            "jobs" => Self::Jobs,
            "wait" => Self::Wait,
            "refresh" => Self::Refresh,
            "profile" => Self::Profile(Some(rest).filter(|r| !r.is_empty())),
            "quit" | "exit" => Self::Quit,
            other => {
                return Err(tr!(lang, line_mode_no_command, other));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_help_is_one() {
        for (usage, ..) in HELP {
            let line = usage.replace(['[', ']'], "").replace('N', "3").replace("WORDS", "web 7");
            assert!(LineCommand::read(&line, Lang::EN).is_ok(), "{line}");
        }
    }

    #[test]
    fn lines_are_read_with_what_belongs_to_them() {
        for (line, wanted) in [
            ("  ", Ok(LineCommand::Nothing)),
            ("images  web 7 ", Ok(LineCommand::List(Tab::Images, "web 7".into()))),
            ("SHARE\t3", Ok(LineCommand::Share("3".into()))),
            ("profile", Ok(LineCommand::Profile(None))),
            ("show", Err("show: which one? Type show and a number from the last list, or an ID.".to_owned())),
            ("fly 3", Err("No command fly. Type help for a list.".to_owned())),
        ] {
            assert_eq!(LineCommand::read(line, Lang::EN), wanted, "{line:?}");
        }
    }
}
