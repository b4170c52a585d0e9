//! What can be typed.

use crate::{
    i18n::lang::{Lang, tell},
    tui::app::table::Tab,
};

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Typed {
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
    /// An instance from an image.
    Launch(String),
    /// Another image for an instance.
    Reinstall(String),
    /// An image from an instance.
    Capture(String),
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

/// What the help says, in this order: what is typed, and what it does in both languages.
pub(crate) const HELP: &[(&str, &str, &str)] = &[
    (
        "images [WORDS]",
        "your own images; with words, those that hold all of them",
        "您的镜像；加上词则只列出含有全部词的",
    ),
    ("shared [WORDS]", "images that were shared with you", "他人共享给您的镜像"),
    ("regions [WORDS]", "regions, with images against the quota", "地域，含镜像数与配额"),
    ("instances [WORDS]", "instances, with the image that each runs", "实例，含各自使用的镜像"),
    ("more", "the next rows of the last list", "上一个列表的后面几行"),
    ("show N", "all of row N of the last list; an ID does as well", "上一个列表第 N 行的全部内容；也可用 ID"),
    (
        "actions N",
        "what can be done with row N and, where it cannot, why and what to do first",
        "第 N 行可以执行的操作；不可以的，说明原因与应先做什么",
    ),
    ("share N", "copy and share image N, step by step", "逐步复制并共享镜像 N"),
    ("copy N", "copy image N to other regions, step by step", "逐步将镜像 N 复制到其他地域"),
    ("unshare N", "cancel shares of image N", "取消镜像 N 的共享"),
    ("rename N", "change name and description of image N", "修改镜像 N 的名称与描述"),
    ("delete N", "delete image N; its name has to be typed", "删除镜像 N；须输入其名称"),
    ("launch N", "make an instance from image N, step by step", "逐步用镜像 N 创建实例"),
    (
        "reinstall N",
        "reinstall instance N with another image; its ID has to be typed",
        "用其他镜像重装实例 N；须输入其 ID",
    ),
    ("capture N", "make an image of instance N", "用实例 N 制作镜像"),
    ("jobs", "copies and shares under way, and those that are over", "进行中与已结束的复制和共享"),
    ("wait", "wait until no job is running", "等待所有任务结束"),
    ("refresh", "ask the cloud again", "重新向云端查询"),
    ("profile [NAME]", "the profiles; with a name, that one from now on", "列出配置；加上名称则换用该配置"),
    ("help", "this", "本说明"),
    ("quit", "leave; so does the end of the input", "退出；输入结束时也会退出"),
];

impl Typed {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it, in that language.
    pub(crate) fn read(line: &str, lang: Lang) -> Result<Self, String> {
        let (word, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let rest = rest.trim().to_owned();
        let row = |of: fn(String) -> Typed| match rest.is_empty() {
            true => Err(tell!(
                lang,
                "{word} which one? Type {word} and a number of the last list, or an ID.",
                "{word} 哪一个？请输入 {word}，再加上一个列表中的序号，或 ID。"
            )),
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
                return Err(tell!(
                    lang,
                    "There is no command {other}. Type help for those there are.",
                    "没有命令 {other}。输入 help 查看已有命令。"
                ));
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
            assert!(Typed::read(&line, Lang::En).is_ok(), "{line}");
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
            assert_eq!(Typed::read(line, Lang::En), wanted, "{line:?}");
        }
    }
}
