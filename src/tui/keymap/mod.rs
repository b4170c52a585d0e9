//! Keys to commands, from `assets/keymap.toml` and the user's own file. Footer, help, palette and README come from the
//! same table.

pub(crate) mod key;

use std::collections::{BTreeMap, HashMap};

pub use crate::tui::keymap::key::{Code, Key};

use crate::i18n::lang::Lang;

macro_rules! commands {
    ($($name:ident $word:literal $text:literal $zh:literal;)*) => {
        /// What a key can mean.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $(#[doc = $text] $name,)* }

        impl Command {
            /// All of them, in the order of the help.
            pub const ALL: &'static [Command] = &[$(Command::$name,)*];
            /// Its name in keymap files.
            pub fn word(self) -> &'static str { match self { $(Command::$name => $word,)* } }
            /// What it does, as the help says it.
            pub fn text(self, lang: Lang) -> &'static str { match self { $(Command::$name => lang.of($text, $zh),)* } }
        }
    };
}

commands! {
    Up "up" "move up" "上移";
    Down "down" "move down" "下移";
    Left "left" "move left" "左移";
    Right "right" "move right" "右移";
    Top "top" "to the first row" "到第一行";
    Bottom "bottom" "to the last row" "到最后一行";
    PageUp "page_up" "a page up" "上翻一页";
    PageDown "page_down" "a page down" "下翻一页";
    TabImages "tab_images" "My Images" "我的镜像";
    TabShared "tab_shared" "Shared With Me" "共享给我";
    TabRegions "tab_regions" "Regions" "地域";
    TabInstances "tab_instances" "Instances" "实例";
    NextTab "next_tab" "next tab" "下一个标签页";
    PrevTab "prev_tab" "previous tab" "上一个标签页";
    Details "details" "details" "详情";
    GoTo "go_to" "go to what belongs to it" "转到相关的行";
    GoBack "go_back" "back to where the last jump came from" "回到上次跳转之前";
    GoForward "go_forward" "forward again" "再次前进";
    Actions "actions" "actions, with reasons" "操作及理由";
    Share "share" "share (guided)" "共享（向导）";
    Copy "copy" "copy to regions" "复制到其他地域";
    Unshare "unshare" "cancel shares" "取消共享";
    Rename "rename" "name and description" "名称和描述";
    Launch "launch" "launch an instance" "创建实例";
    Reinstall "reinstall" "reinstall an instance" "重装实例的系统";
    Capture "capture" "make an image of an instance" "用实例制作镜像";
    Delete "delete" "delete" "删除";
    Trust "trust" "trust or name an account" "信任或命名账号";
    Newer "newer" "go by the newer pages' figures" "采用较新文档的数字";
    Note "note" "a note of your own" "自己的备注";
    Hide "hide" "hide here, or show again" "在此隐藏，或重新显示";
    ShowHidden "show_hidden" "hidden ones too, or not" "显示或不显示隐藏的行";
    Mark "mark" "mark" "标记";
    MarkTo "mark_to" "mark from the last mark to here" "从上一个标记到此处全部标记";
    Invert "invert" "invert the marks" "反转标记";
    Filter "filter" "filter" "筛选";
    Families "families" "one row for all copies of an image, or each" "同一镜像的副本合为一行，或分开";
    SortLeft "sort_left" "sort by the column to the left" "按左边一列排序";
    SortRight "sort_right" "sort by the column to the right" "按右边一列排序";
    SortReverse "sort_reverse" "turn the order" "颠倒顺序";
    Refresh "refresh" "refresh" "刷新";
    Jobs "jobs" "jobs" "任务";
    Messages "messages" "messages and calls" "消息与调用";
    Doctor "doctor" "doctor: all between here and the cloud" "诊断：从本机到云端的一切";
    Profile "profile" "profile" "配置";
    Regions "regions" "regions in view" "显示的地域";
    CopyId "copy_id" "copy the ID" "复制 ID";
    Palette "palette" "all commands" "全部命令";
    Help "help" "help" "帮助";
    Rules "rules" "the rules, with search" "规则，可搜索";
    ReadOnly "read_only" "read-only on or off" "只读开关";
    Confirm "confirm" "go on" "继续";
    NextField "next_field" "next field" "下一项";
    PrevField "prev_field" "previous field" "上一项";
    Drop "drop" "drop it" "去掉";
    Reuse "reuse" "use what is there" "使用已有的";
    OtherName "other_name" "copy under another name" "换个名称复制";
    Retry "retry" "try again" "重试";
    Undo "undo" "undo what this job did" "撤销这个任务所做的";
    CopyText "copy_text" "copy the text" "复制文字";
    Back "back" "back" "返回";
    Quit "quit" "quit" "退出";
    Suspend "suspend" "suspend" "挂起";
    Mouse "mouse" "mouse on or off" "鼠标开关";
    Redraw "redraw" "draw the screen anew" "重画屏幕";
}

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// On one of the four tables.
    Table,
    /// In anything that lies over them.
    Overlay,
}

/// The keys that hold.
#[derive(Debug, Clone)]
pub struct Keymap {
    by_key: HashMap<(Context, Key), Command>,
    by_command: HashMap<(Context, Command), Vec<Key>>,
}

type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;

impl Keymap {
    /// The keys that ship with the program.
    ///
    /// # Errors
    /// Never for the file that ships; a test reads it.
    pub fn builtin() -> Result<Self, String> {
        Self::merge(None)
    }

    /// The keys that ship, with the user's file laid over them.
    ///
    /// # Errors
    /// What is wrong in the user's file, and how to mend it: bad TOML, an unknown section, command or key, or one key
    /// for two commands.
    pub fn merge(user: Option<&str>) -> Result<Self, String> {
        let mut sections: Sections =
            toml::from_str(include_str!("../../../assets/keymap.toml")).map_err(|e| e.to_string())?;
        if let Some(user) = user {
            for (name, commands) in toml::from_str::<Sections>(user).map_err(|e| told(&e, user))? {
                let section = sections
                    .get_mut(&name)
                    .ok_or_else(|| format!("there is no section [{name}]; use [table] or [overlay]"))?;
                for (command, keys) in commands {
                    if !section.contains_key(&command) {
                        return Err(format!("[{name}] has no command {command:?}; see the list in `?`"));
                    }
                    section.insert(command, keys);
                }
            }
        }
        let mut map = Self { by_key: HashMap::new(), by_command: HashMap::new() };
        for (name, commands) in sections {
            let context = if name == "table" { Context::Table } else { Context::Overlay };
            for (word, keys) in commands {
                let command = Command::ALL
                    .iter()
                    .copied()
                    .find(|c| c.word() == word)
                    .ok_or_else(|| format!("[{name}] {word}: there is no such command"))?;
                let keys = keys
                    .iter()
                    .map(|k| k.parse::<Key>().map_err(|e| format!("[{name}] {word}: {e}")))
                    .collect::<Result<Vec<Key>, String>>()?;
                for key in &keys {
                    if let Some(other) = map.by_key.insert((context, *key), command) {
                        return Err(format!(
                            "[{name}] {key} is bound to both {} and {word}; take it from one of them",
                            other.word()
                        ));
                    }
                }
                map.by_command.insert((context, command), keys);
            }
        }
        Ok(map)
    }

    /// What a key means here.
    pub fn command(&self, context: Context, key: Key) -> Option<Command> {
        self.by_key.get(&(context, key)).copied()
    }

    /// All keys of a command.
    pub fn keys(&self, context: Context, command: Command) -> &[Key] {
        self.by_command.get(&(context, command)).map_or(&[], Vec::as_slice)
    }

    /// Whether a command is one of a place's, with or without a key.
    pub fn has(&self, context: Context, command: Command) -> bool {
        self.by_command.contains_key(&(context, command))
    }

    /// The first key of a command as text; empty where it is unbound.
    pub fn hint(&self, context: Context, command: Command) -> String {
        self.keys(context, command).first().map(Key::to_string).unwrap_or_default()
    }
}

/// What the reader of TOML says of a file, in one line.
fn told(error: &toml::de::Error, text: &str) -> String {
    let message = error.message().replace('\n', "; ");
    match error.span().and_then(|span| text.get(..span.start)) {
        Some(before) => format!("line {}: {message}", before.matches('\n').count() + 1),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_keys_are_whole_and_without_conflicts() {
        let map = Keymap::builtin().unwrap();
        assert_eq!(map.command(Context::Table, "G".parse().unwrap()), Some(Command::Bottom));
        assert_eq!(map.command(Context::Table, "g".parse().unwrap()), Some(Command::Top));
        assert_eq!(map.hint(Context::Table, Command::Suspend), "Ctrl-Z");
    }

    #[test]
    fn a_users_file_replaces_unbinds_and_is_refused_with_the_mend() {
        let map = Keymap::merge(Some("[table]\ndelete = [\"X\"]\ninvert = []\n")).unwrap();
        assert_eq!(map.command(Context::Table, "X".parse().unwrap()), Some(Command::Delete));
        assert_eq!(map.command(Context::Table, "D".parse().unwrap()), None);
        assert_eq!(map.command(Context::Table, "*".parse().unwrap()), None);
        for (file, says) in [
            ("[table]\ndelete = [\"s\"]", "s is bound to both"),
            ("[table]\nfly = [\"s\"]", "no command \"fly\""),
            ("[tables]\n", "use [table] or [overlay]"),
            ("[table]\ndelete = [\"hyper-x\"]", "\"hyper-x\" is not a key"),
        ] {
            let error = Keymap::merge(Some(file)).unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }
}
