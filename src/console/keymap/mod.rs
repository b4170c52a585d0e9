//! Keys to commands, from `assets/keymap.toml` and the user's own file. Footer, help, palette and README come from the
//! same table.

mod key;

use std::collections::{BTreeMap, HashMap};

pub use key::{Code, Key};

macro_rules! commands {
    ($($name:ident $word:literal $text:literal;)*) => {
        /// What a key can mean.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $(#[doc = $text] $name,)* }

        impl Command {
            /// All of them, in the order of the help.
            pub const ALL: &'static [Command] = &[$(Command::$name,)*];
            /// Its name in keymap files.
            pub fn word(self) -> &'static str { match self { $(Command::$name => $word,)* } }
            /// What it does, as the help says it.
            pub fn text(self) -> &'static str { match self { $(Command::$name => $text,)* } }
        }
    };
}

commands! {
    Up "up" "move up";
    Down "down" "move down";
    Left "left" "move left";
    Right "right" "move right";
    Top "top" "to the first row";
    Bottom "bottom" "to the last row";
    PageUp "page_up" "a page up";
    PageDown "page_down" "a page down";
    TabImages "tab_images" "My Images";
    TabShared "tab_shared" "Shared With Me";
    TabRegions "tab_regions" "Regions";
    TabInstances "tab_instances" "Instances";
    NextTab "next_tab" "next tab";
    PrevTab "prev_tab" "previous tab";
    Details "details" "details";
    GoTo "go_to" "go to what belongs to it";
    GoBack "go_back" "back to where the last jump came from";
    GoForward "go_forward" "forward again";
    Actions "actions" "actions, with reasons";
    Share "share" "share (guided)";
    Copy "copy" "copy to regions";
    Unshare "unshare" "cancel shares";
    Rename "rename" "name and description";
    Launch "launch" "launch an instance";
    Reinstall "reinstall" "reinstall an instance";
    Capture "capture" "make an image of an instance";
    Delete "delete" "delete";
    Trust "trust" "trust or name an account";
    Note "note" "a note of your own";
    Hide "hide" "hide here, or show again";
    ShowHidden "show_hidden" "hidden ones too, or not";
    Mark "mark" "mark";
    MarkTo "mark_to" "mark from the last mark to here";
    Invert "invert" "invert the marks";
    Filter "filter" "filter";
    Families "families" "one row for all copies of an image, or each";
    SortLeft "sort_left" "sort by the column to the left";
    SortRight "sort_right" "sort by the column to the right";
    SortReverse "sort_reverse" "turn the order";
    Refresh "refresh" "refresh";
    Jobs "jobs" "jobs";
    Messages "messages" "messages and calls";
    Doctor "doctor" "doctor: all between here and the cloud";
    Profile "profile" "profile";
    Regions "regions" "regions in view";
    CopyId "copy_id" "copy the ID";
    Palette "palette" "all commands";
    Help "help" "help";
    Rules "rules" "the rules, with search";
    ReadOnly "read_only" "read-only on or off";
    Confirm "confirm" "go on";
    NextField "next_field" "next field";
    PrevField "prev_field" "previous field";
    Drop "drop" "drop it";
    Reuse "reuse" "use what is there";
    OtherName "other_name" "copy under another name";
    Retry "retry" "try again";
    Undo "undo" "undo what this job did";
    CopyText "copy_text" "copy the text";
    Back "back" "back";
    Quit "quit" "quit";
    Suspend "suspend" "suspend";
    Mouse "mouse" "mouse on or off";
    Redraw "redraw" "draw the screen anew";
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
            for (name, commands) in toml::from_str::<Sections>(user).map_err(|e| e.to_string())? {
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
