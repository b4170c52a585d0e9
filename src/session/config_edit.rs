//! Edits the files that belong to the user: account names, trust and rule sets in `config.toml`, and notes on images
//! in `notes.toml`. The rest of `config.toml` keeps its text, comments and order.

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

/// One entry to write to `config.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigEntry {
    /// The name of an account in the address book. `None` changes nothing.
    Name(Uin, Option<String>),
    /// Whether a profile trusts an account.
    Trust(Box<Profile>, Uin, bool),
    /// Which of the vendor's rule sets a profile follows.
    Rules(Box<Profile>, RuleSet),
}

/// Writes one entry to a config file, and creates the file if it does not exist.
///
/// # Errors
///
/// [`ConfigError`] if the file cannot be read or written, or if it is not a valid config file. The file is unchanged
/// then.
pub fn write_entry(file: &Path, entry: &ConfigEntry) -> Result<(), ConfigError> {
    let wrong = |message: Text| ConfigError { file: file.into(), line: None, key: None, message };
    let text = match file::read_text(file, file::CONFIG) {
        Ok(text) => text,
        Err(e) if e.is_not_found() => String::new(),
        Err(e) => return Err(wrong(e.text())),
    };
    let config = Config::parse(&text, file)?;
    let mut document: DocumentMut =
        text.parse().map_err(|e: toml_edit::TomlError| wrong(e.to_string().into()))?;
    match entry {
        ConfigEntry::Name(uin, name) => {
            let accounts = table(&mut document, "accounts").ok_or_else(|| wrong(text!(config_no_table)))?;
            match name {
                Some(name) => set_value(accounts, uin.as_str(), Value::from(name.as_str())),
                None => drop(accounts.remove(uin.as_str())),
            }
        }
        ConfigEntry::Trust(profile, uin, trusted) => {
            let here = profile_table(&mut document, &config, profile)
                .ok_or_else(|| wrong(text!(config_no_table)))?;
            let mut all = config.profiles.get(&profile.name).unwrap_or(profile).trusted.clone();
            if *trusted {
                all.insert(uin.clone());
            } else {
                all.remove(uin);
            }
            let all: Array = all.iter().map(Uin::as_str).collect();
            set_value(here, "trusted", Value::Array(all));
        }
        ConfigEntry::Rules(profile, rules) => {
            let here = profile_table(&mut document, &config, profile)
                .ok_or_else(|| wrong(text!(config_no_table)))?;
            set_value(here, "rules", Value::from(rules.as_str()));
        }
    }
    let text = document.to_string();
    Config::parse(&text, file)?;
    write(file, &text).map_err(|e| wrong(e.to_string().into()))
}

fn table<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn toml_edit::TableLike> {
    if !document.contains_key(name) {
        let mut table = Table::new();
        // The header `[profiles]` contains nothing by itself; `[accounts]` does.
        table.set_implicit(name == "profiles");
        document.insert(name, Item::Table(table));
    }
    document.get_mut(name)?.as_table_like_mut()
}

/// Returns a profile's table. If the file has no table for the profile, adds one with the settings that are in
/// effect.
fn profile_table<'a>(
    document: &'a mut DocumentMut,
    config: &Config,
    profile: &Profile,
) -> Option<&'a mut dyn toml_edit::TableLike> {
    let profiles = table(document, "profiles")?;
    if !config.profiles.contains_key(&profile.name) {
        profiles.insert(&profile.name, Item::Table(profile_entries(profile)));
    }
    profiles.get_mut(&profile.name)?.as_table_like_mut()
}

/// Replaces a value and keeps the comment after it.
fn set_value(table: &mut dyn toml_edit::TableLike, key: &str, new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => drop(table.insert(key, value(new))),
    }
}

/// Returns a table with the settings in effect for a profile that is not in the file, so that writing it changes no
/// setting.
fn profile_entries(profile: &Profile) -> Table {
    let mut table = Table::new();
    table.insert("credentials", value(profile.credentials.to_string()));
    if let Regions::List(list) = &profile.regions {
        table.insert("regions", value(list.iter().map(|r| r.as_str()).collect::<Array>()));
    }
    table
}

/// Notes on received images, which only their owner can rename or delete. They are stored in `notes.toml` in the
/// state directory.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Notes {
    /// The images that are hidden.
    pub hidden: BTreeSet<ImageId>,
    /// The notes by image.
    pub notes: BTreeMap<ImageId, String>,
}

impl Notes {
    /// Reads the file. Returns the default if the file does not exist.
    ///
    /// # Errors
    ///
    /// A sentence with the file's name if the file cannot be read or has another format.
    pub fn read(file: &Path) -> Result<Self, Text> {
        let text = read(file).map_err(|e| in_file(file, e.text()))?;
        toml::from_str(&text).map_err(|e| in_file(file, e.to_string().trim_end().replace('\n', "; ").into()))
    }

    /// Reads the file again, because another console may have written it, applies `change` and writes it.
    ///
    /// # Errors
    ///
    /// A sentence with the file's name. The file is unchanged then.
    pub fn update(file: &Path, change: impl FnOnce(&mut Self)) -> Result<(), Text> {
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

/// Writes the config file atomically. Symbolic links and permissions are kept; a new file can be read only by its
/// owner.
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
