//! What can be typed.

use std::str::FromStr;

use crate::console::tabs::Tab;

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// An empty line.
    Nothing,
    /// What can be typed.
    Help,
    /// The rows of a tab that hold these words.
    List(Tab, String),
    /// The next rows.
    More,
    /// All of a row.
    Show(String),
    /// What can be done with a row, and why not.
    Actions(String),
    /// Copy, then share.
    Share(String),
    /// Copy alone.
    Copy(String),
    /// Cancel shares.
    Unshare(String),
    /// Delete.
    Delete(String),
    /// Name and description.
    Rename(String),
    /// Jobs.
    Jobs,
    /// Wait for jobs.
    Wait,
    /// Ask the cloud again.
    Refresh,
    /// The profiles, or another one from now on.
    Profile(Option<String>),
    /// Leave.
    Quit,
}

/// What the help says, in this order.
pub(super) const HELP: &[(&str, &str)] = &[
    ("images [WORDS]", "your own images; with words, those that hold all of them"),
    ("shared [WORDS]", "images that were shared with you"),
    ("regions [WORDS]", "regions, with images against the quota"),
    ("instances [WORDS]", "instances, with the image that each runs"),
    ("more", "the next rows of the last list"),
    ("show N", "all of row N of the last list; an ID does as well"),
    ("actions N", "what can be done with row N and, where it cannot, why and what to do first"),
    ("share N", "copy and share image N, step by step"),
    ("copy N", "copy image N to other regions, step by step"),
    ("unshare N", "cancel shares of image N"),
    ("rename N", "change name and description of image N"),
    ("delete N", "delete image N; its name has to be typed"),
    ("jobs", "copies and shares under way, and those that are over"),
    ("wait", "wait until no job is running"),
    ("refresh", "ask the cloud again"),
    ("profile [NAME]", "the profiles; with a name, that one from now on"),
    ("help", "this"),
    ("quit", "leave; so does the end of the input"),
];

impl FromStr for Typed {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let (word, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let rest = rest.trim().to_owned();
        let row = |of: fn(String) -> Typed| match rest.is_empty() {
            true => Err(format!("{word} which one? Type {word} and a number of the last list, or an ID.")),
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
            "jobs" => Self::Jobs,
            "wait" => Self::Wait,
            "refresh" => Self::Refresh,
            "profile" => Self::Profile(Some(rest).filter(|r| !r.is_empty())),
            "quit" | "exit" => Self::Quit,
            other => return Err(format!("There is no command {other}. Type help for those there are.")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_help_is_one() {
        for (usage, _) in HELP {
            let line = usage.replace(['[', ']'], "").replace('N', "3").replace("WORDS", "web 7");
            assert!(line.parse::<Typed>().is_ok(), "{line}");
        }
    }

    #[test]
    fn lines_are_read_with_what_belongs_to_them() {
        for (line, wanted) in [
            ("  ", Ok(Typed::Nothing)),
            ("images  web 7 ", Ok(Typed::List(Tab::Images, "web 7".into()))),
            ("SHARE\t3", Ok(Typed::Share("3".into()))),
            ("profile", Ok(Typed::Profile(None))),
            ("show", Err("show which one? Type show and a number of the last list, or an ID.".to_owned())),
            ("fly 3", Err("There is no command fly. Type help for those there are.".to_owned())),
        ] {
            assert_eq!(line.parse(), wanted, "{line:?}");
        }
    }
}
