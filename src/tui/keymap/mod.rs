//! Keys to commands, from `assets/keymap.toml` and the user's own file. Footer, help, palette and `docs/cli.md` come from the
//! same table.

pub(crate) mod key;

use std::collections::{BTreeMap, HashMap};

pub use crate::tui::keymap::key::{Code, Key};

use crate::i18n::lang::Lang;

macro_rules! command_names {
    ($($name:ident $word:literal $text:literal $zh:literal $on:ident => $run:expr;)*) => {
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
            /// What it works on.
            pub fn works_on(self) -> WorksOn { match self { $(Command::$name => WorksOn::$on,)* } }
        }
    };
}

for_each_command!(command_names);

/// What a command works on, and so where it is available.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorksOn {
    /// The table or the console; always available.
    Console,
    /// A dialog that has such a thing.
    Dialog,
    /// The selected row where there is one.
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
    /// On one of the four tables.
    Table,
    /// In anything that lies over them.
    Dialog,
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
            let context = if name == "table" { Context::Table } else { Context::Dialog };
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
