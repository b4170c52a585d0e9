//! What the program itself keeps in the person's files: names of accounts, whom to trust, notes of received images.
//! The rest of `config.toml` stays as it was written, comments and order too.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};
use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use crate::{
    boundary::file::{self, FileError},
    messages::{Text, text},
    model::{ImageId, RuleSet, Uin},
    session::{
        config_file::{Config, ConfigError},
        profile::{Profile, Regions},
    },
};

/// One thing to keep in `config.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// What an account is called in the address book; nothing takes it out.
    Name(Uin, Option<String>),
    /// Whether a profile trusts an account.
    Trust(Box<Profile>, Uin, bool),
    /// Which of the vendor's pages a profile goes by.
    Rules(Box<Profile>, RuleSet),
}

/// Writes one entry into a config file, which is made where there is none.
///
/// # Errors
/// [`ConfigError`]: the file cannot be read or written, or what is in it is no good config already. It is left as it
/// was then.
pub fn keep(file: &Path, entry: &Entry) -> Result<(), ConfigError> {
    let wrong =
        |message: Text| ConfigError { file: file.into(), line: None, key: None, message };
    let text = match file::read_text(file, file::CONFIG) {
        Ok(text) => text,
        Err(e) if e.is_not_found() => String::new(),
        Err(e) => return Err(wrong(e.text())),
    };
    let config = Config::parse(&text, file)?;
    let mut document: DocumentMut = text.parse().map_err(|e: toml_edit::TomlError| wrong(e.to_string().into()))?;
    match entry {
        Entry::Name(uin, name) => {
            let accounts = table(&mut document, "accounts").ok_or_else(|| wrong(text!(config_no_table)))?;
            match name {
                Some(name) => put(accounts, uin.as_str(), Value::from(name.as_str())),
                None => drop(accounts.remove(uin.as_str())),
            }
        }
        Entry::Trust(profile, uin, trusted) => {
            let here =
                profile_table(&mut document, &config, profile).ok_or_else(|| wrong(text!(config_no_table)))?;
            let mut all = config.profiles.get(&profile.name).unwrap_or(profile).trusted.clone();
            if *trusted {
                all.insert(uin.clone());
            } else {
                all.remove(uin);
            }
            let all: Array = all.iter().map(Uin::as_str).collect();
            put(here, "trusted", Value::Array(all));
        }
        Entry::Rules(profile, rules) => {
            let here =
                profile_table(&mut document, &config, profile).ok_or_else(|| wrong(text!(config_no_table)))?;
            put(here, "rules", Value::from(rules.as_str()));
        }
    }
    let text = document.to_string();
    Config::parse(&text, file)?;
    write(file, &text).map_err(|e| wrong(e.to_string().into()))
}

fn table<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn toml_edit::TableLike> {
    if !document.contains_key(name) {
        let mut table = Table::new();
        // [profiles] alone says nothing; [accounts] does.
        table.set_implicit(name == "profiles");
        document.insert(name, Item::Table(table));
    }
    document.get_mut(name)?.as_table_like_mut()
}

/// A profile's table; one that was found and not written is written with what holds for it.
fn profile_table<'a>(
    document: &'a mut DocumentMut,
    config: &Config,
    profile: &Profile,
) -> Option<&'a mut dyn toml_edit::TableLike> {
    let profiles = table(document, "profiles")?;
    if !config.profiles.contains_key(&profile.name) {
        profiles.insert(&profile.name, Item::Table(as_it_is(profile)));
    }
    profiles.get_mut(&profile.name)?.as_table_like_mut()
}

/// Replaces a value and leaves the comment that stands behind it.
fn put(table: &mut dyn toml_edit::TableLike, key: &str, new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => drop(table.insert(key, value(new))),
    }
}

/// A profile that was found and not written, with what holds for it, so that writing it changes nothing else.
fn as_it_is(profile: &Profile) -> Table {
    let mut table = Table::new();
    table.insert("credentials", value(profile.credentials.to_string()));
    if let Regions::List(list) = &profile.regions {
        table.insert("regions", value(list.iter().map(|r| r.as_str()).collect::<Array>()));
    }
    table
}

/// Notes on received images, which only their owner can rename or delete: `notes.toml` in the state directory.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Notes {
    /// Not shown.
    pub hidden: BTreeSet<ImageId>,
    /// By image.
    pub notes: BTreeMap<ImageId, String>,
}

impl Notes {
    /// Reads the file; one that is not there is an empty one.
    ///
    /// # Errors
    /// Names the file: it cannot be read, or is not what this program wrote.
    pub fn read(file: &Path) -> Result<Self, Text> {
        let text = read(file).map_err(|e| in_file(file, e.text()))?;
        toml::from_str(&text).map_err(|e| in_file(file, e.to_string().trim_end().replace('\n', "; ").into()))
    }

    /// Changes what the file holds now, which another console may have written meanwhile.
    ///
    /// # Errors
    /// Names the file; it is left as it was then.
    pub fn change(file: &Path, change: impl FnOnce(&mut Self)) -> Result<(), Text> {
        let mut all = Self::read(file)?;
        change(&mut all);
        let text = toml::to_string(&all).map_err(|e| in_file(file, e.to_string().into()))?;
        file::write_private(file, text.as_bytes()).map_err(|e| in_file(file, e.to_string().into()))
    }
}

fn in_file(file: &Path, message: Text) -> Text {
    text!(config_error, place = file.display(), message)
}

/// The text of a state file; one that is not there is empty.
pub(crate) fn read(file: &Path) -> Result<String, FileError> {
    match file::read_private_text(file, file::NOTES) {
        Err(e) if e.is_not_found() => Ok(String::new()),
        other => other,
    }
}

/// Writes the config file, whole or not at all. A link stays one, and its rights stay; a new file is its owner's alone.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let dir = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(dir)?;
    let mut new = tempfile::NamedTempFile::new_in(dir)?;
    new.write_all(text.as_bytes())?;
    if let Ok(old) = std::fs::metadata(&file) {
        new.as_file().set_permissions(old.permissions())?;
    }
    new.as_file().sync_all()?;
    new.persist(&file)?;
    Ok(())
}

#[cfg(test)]
#[path = "config_edit_tests.rs"]
mod tests;
