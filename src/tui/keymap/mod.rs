//! Maps keys to commands, from `assets/keymap.toml` and the user's keymap file. The footer, the help, the palette and
//! `docs/cli.md` use the same table.

pub(crate) mod key;

use std::collections::{BTreeMap, HashMap};

pub use crate::tui::keymap::key::{Code, Key};

use crate::messages::{Lang, Text, m, text};

macro_rules! command_names {
    ($($name:ident $word:literal $text:ident $on:ident => $run:expr;)*) => {
        /// What a key can mean.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $(#[doc = stringify!($text)] $name,)* }

        impl Command {
            /// All commands, in the order of the help.
            pub const ALL: &'static [Command] = &[$(Command::$name,)*];
            /// Returns the name in keymap files.
            pub fn word(self) -> &'static str { match self { $(Command::$name => $word,)* } }
            /// What it does, as the help says it.
            pub fn text(self, lang: Lang) -> &'static str { match self { $(Command::$name => lang.text(m::$text),)* } }
            /// What it works on.
            pub fn works_on(self) -> WorksOn { match self { $(Command::$name => WorksOn::$on,)* } }
        }
    };
}

for_each_command!(command_names);

/// What a command works on. It determines where the command is available.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorksOn {
    /// The table or the whole console; always available.
    Console,
    /// A dialog that has the subject of the command.
    Dialog,
    /// The selected row, if there is one.
    AnyRow,
    /// The selected row.
    Row,
    /// An image.
    Image,
    /// A received image.
    Received,
    /// The tab of own images.
    MyImages,
    /// An instance.
    Instance,
}

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// In one of the four tables.
    Table,
    /// In a dialog over the tables.
    Dialog,
}

/// The keys of all commands.
#[derive(Debug, Clone)]
pub struct Keymap {
    by_key: HashMap<(Context, Key), Command>,
    by_command: HashMap<(Context, Command), Vec<Key>>,
}

type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;

impl Keymap {
    /// Returns the built-in keys.
    ///
    /// # Errors
    /// Never for the file of this program; a test parses it.
    pub fn builtin() -> Result<Self, Text> {
        Self::merge(None)
    }

    /// Returns the built-in keys, changed by the user's keymap file.
    ///
    /// # Errors
    /// Says what is wrong in the user's file and how to fix it: invalid TOML, an unknown section, command or key, or
    /// one key for two commands.
    pub fn merge(user: Option<&str>) -> Result<Self, Text> {
        let mut sections: Sections = toml::from_str(include_str!("../../../assets/keymap.toml"))
            .map_err(|e| Text::from(e.to_string()))?;
        if let Some(user) = user {
            for (name, commands) in
                toml::from_str::<Sections>(user).map_err(|e| describe_toml_error(&e, user))?
            {
                let section =
                    sections.get_mut(&name).ok_or_else(|| text!(keymap_no_section, section = name))?;
                for (command, keys) in commands {
                    if !section.contains_key(&command) {
                        let command = format!("{command:?}");
                        return Err(text!(keymap_no_command, section = name, command));
                    }
                    section.insert(command, keys);
                }
            }
        }
        let mut map = Self { by_key: HashMap::new(), by_command: HashMap::new() };
        for (name, commands) in sections {
            let context = if name == "table" { Context::Table } else { Context::Dialog };
            for (word, keys) in commands {
                let wrong = |why| text!(keymap_command, section = name, command = word, why);
                let command = Command::ALL
                    .iter()
                    .copied()
                    .find(|c| c.word() == word)
                    .ok_or_else(|| wrong(text!(keymap_no_such_command)))?;
                let keys = keys
                    .iter()
                    .map(|k| k.parse::<Key>().map_err(wrong))
                    .collect::<Result<Vec<Key>, Text>>()?;
                for key in &keys {
                    if let Some(other) = map.by_key.insert((context, *key), command) {
                        let other = other.word();
                        return Err(text!(keymap_bound_twice, section = name, key, other, command = word));
                    }
                }
                map.by_command.insert((context, command), keys);
            }
        }
        Ok(map)
    }

    /// Returns the command of a key.
    pub fn command(&self, context: Context, key: Key) -> Option<Command> {
        self.by_key.get(&(context, key)).copied()
    }

    /// Returns all keys of a command.
    pub fn keys(&self, context: Context, command: Command) -> &[Key] {
        self.by_command.get(&(context, command)).map_or(&[], Vec::as_slice)
    }

    /// Returns whether a command exists in a context, with or without a key.
    pub fn has(&self, context: Context, command: Command) -> bool {
        self.by_command.contains_key(&(context, command))
    }

    /// Returns the first key of a command as text. Returns an empty text if it has none.
    pub fn hint(&self, context: Context, command: Command) -> String {
        self.keys(context, command).first().map(Key::to_string).unwrap_or_default()
    }
}

/// Describes a TOML error in one line, with its line number.
fn describe_toml_error(error: &toml::de::Error, text: &str) -> Text {
    let message = error.message().replace('\n', "; ");
    match error.span().and_then(|span| text.get(..span.start)) {
        Some(before) => text!(keymap_line, line = before.matches('\n').count() + 1, message),
        None => message.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_keymap_parses_without_conflicts() {
        let map = Keymap::builtin().unwrap();
        assert_eq!(map.command(Context::Table, "G".parse().unwrap()), Some(Command::Bottom));
        assert_eq!(map.command(Context::Table, "g".parse().unwrap()), Some(Command::Top));
        assert_eq!(map.hint(Context::Table, Command::Suspend), "Ctrl-Z");
    }

    #[test]
    fn a_user_file_replaces_and_unbinds_keys_and_errors_name_the_fix() {
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
            let error = Keymap::merge(Some(file)).unwrap_err().render(Lang::EN);
            assert!(error.contains(says), "{error}");
        }
    }
}
