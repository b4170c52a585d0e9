//! Reads `config.toml`. Errors name file, line, key and fix.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
    boundary::file,
    messages::{Text, english, text},
    model::{InvalidId, Receiver, Receivers, Region, RuleSet, Site, Source, Trust, Uin, plain},
    session::{
        profile::{Color, Profile, Regions},
        refresh::Refresh,
    },
};

/// An error in a config file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1, if known.
    pub line: Option<usize>,
    /// The key, such as `profiles.prod.color`, if known.
    pub key: Option<String>,
    /// The problem and how to fix it.
    pub message: Text,
}

english!(ConfigError);

impl std::error::Error for ConfigError {}

impl ConfigError {
    /// Returns file, line and key, then the problem and the fix.
    pub fn text(&self) -> Text {
        let mut place = self.file.display().to_string();
        if let Some(line) = self.line {
            place += &format!(":{line}");
        }
        if let Some(key) = &self.key {
            place += &format!(": {key}");
        }
        let message = self.message.clone().map_literals(&|quoted| plain(quoted).into_owned());
        text!(config_error, place = plain(&place), message)
    }

    /// Makes an error about a byte offset in a file's text.
    pub fn at_offset(at: usize, message: impl Into<Text>, text: &str, file: &Path) -> Self {
        let line = text[..at.min(text.len())].matches('\n').count() + 1;
        Self { file: file.into(), line: Some(line), key: key_at(text, at), message: message.into() }
    }

    /// Converts an error of the TOML parser.
    pub fn from_toml(error: &toml::de::Error, text: &str, file: &Path) -> Self {
        let message = Text::from(error.message().replace('\n', "; "));
        match error.span() {
            Some(span) => Self::at_offset(span.start, message, text, file),
            None => Self { file: file.into(), line: None, key: None, message },
        }
    }
}

/// The validated content of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The profile to start with.
    pub default_profile: Option<String>,
    /// The profiles by name.
    pub profiles: BTreeMap<String, Profile>,
    /// The address book: the name of each account.
    pub accounts: BTreeMap<Uin, String>,
    /// The groups of receivers by name.
    pub groups: BTreeMap<String, Vec<Receiver>>,
    /// How often the console refreshes.
    pub refresh: Refresh,
    /// The name of the console's theme.
    pub theme: Option<String>,
    /// Whether the connection to the terminal is slow.
    pub slow: bool,
    /// Whether spinners may turn. `None` if the file does not say.
    pub motion: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    default_profile: Option<toml::Spanned<String>>,
    #[serde(default)]
    profiles: BTreeMap<String, RawProfile>,
    #[serde(default)]
    accounts: BTreeMap<toml::Spanned<String>, String>,
    #[serde(default)]
    groups: BTreeMap<String, Vec<toml::Spanned<String>>>,
    refresh: Option<toml::Spanned<String>>,
    theme: Option<String>,
    #[serde(default)]
    slow: bool,
    motion: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProfile {
    #[serde(default)]
    credentials: Source,
    #[serde(default)]
    site: Site,
    regions: Option<toml::Spanned<toml::Value>>,
    label: Option<String>,
    color: Option<Color>,
    #[serde(default)]
    read_only: bool,
    #[serde(default)]
    rules: RuleSet,
    share_limit: Option<std::num::NonZeroU32>,
    #[serde(default)]
    trusted: BTreeSet<Uin>,
    #[serde(default)]
    trust: Trust,
    #[serde(default)]
    receivers: Receivers,
}

impl Regions {
    /// Reads `"all"` or a list of codes.
    fn of_toml(value: &toml::Value) -> Result<Self, Text> {
        let wrong = |value: &toml::Value| {
            text!(config_regions_value, kind = value.type_str(), value = value.to_string())
        };
        let mut list = Vec::<Region>::new();
        match value {
            toml::Value::String(text) if text == "all" => return Ok(Self::All),
            toml::Value::Array(all) if all.is_empty() => return Err(text!(config_regions_empty)),
            toml::Value::Array(all) => {
                for one in all {
                    let region = one.as_str().ok_or_else(|| wrong(one))?;
                    let region = region.parse().map_err(|e: InvalidId| e.text())?;
                    if !list.contains(&region) {
                        list.push(region);
                    }
                }
            }
            _ => return Err(wrong(value)),
        }
        Ok(Self::List(list))
    }
}

impl Config {
    /// Reads the file. Returns the default if the file does not exist.
    ///
    /// # Errors
    ///
    /// [`ConfigError`]
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        match file::read_text(path, file::CONFIG) {
            Ok(text) => Self::parse(&text, path),
            Err(e) if e.is_not_found() => Ok(Self::default()),
            Err(e) => Err(ConfigError { file: path.into(), line: None, key: None, message: e.text() }),
        }
    }

    /// Resolves account IDs, and names of groups and of `accounts`. Returns each receiver once, in the order of the
    /// texts.
    pub fn receivers<'a>(
        &self,
        texts: impl IntoIterator<Item = &'a str>,
        accounts: &BTreeMap<Uin, String>,
    ) -> Vec<Receiver> {
        let mut all: Vec<Receiver> = Vec::new();
        for text in texts.into_iter().map(str::trim).filter(|t| !t.is_empty()) {
            let named = accounts.iter().find(|(_, label)| *label == text);
            let these = match (self.groups.get(text), named) {
                (Some(group), _) => group.clone(),
                (None, Some((uin, _))) => vec![Receiver::from(uin.clone())],
                (None, None) => Receiver::parse_many(text),
            };
            for one in these {
                if !all.contains(&one) {
                    all.push(one);
                }
            }
        }
        all
    }

    /// Parses the text of a file.
    ///
    /// # Errors
    ///
    /// [`ConfigError`]
    pub fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        let wrong = |at: usize, message: Text| ConfigError::at_offset(at, message, text, file);
        let raw: RawConfig = toml::from_str(text).map_err(|e| ConfigError::from_toml(&e, text, file))?;
        let refresh = raw.refresh.map(|refresh| {
            Refresh::parse(refresh.get_ref()).map_err(|message| wrong(refresh.span().start, message))
        });
        let mut config = Self {
            refresh: refresh.transpose()?.unwrap_or_default(),
            theme: raw.theme,
            slow: raw.slow,
            motion: raw.motion,
            ..Self::default()
        };
        for (name, mut raw) in raw.profiles {
            let regions = raw.regions.take().map(|regions| {
                Regions::of_toml(regions.get_ref()).map_err(|message| wrong(regions.span().start, message))
            });
            let regions = regions.transpose()?.unwrap_or(Regions::All);
            config.profiles.insert(name.clone(), raw.into_profile(name, regions));
        }
        if let Some(name) = raw.default_profile {
            if !config.profiles.contains_key(name.get_ref()) {
                let known: Vec<&str> = config.profiles.keys().map(String::as_str).collect();
                let given = format!("{:?}", name.get_ref());
                let message = text!(setup_no_such_profile, name = given, all = Text::list(known));
                return Err(wrong(name.span().start, message));
            }
            config.default_profile = Some(name.into_inner());
        }
        for (account, label) in raw.accounts {
            let at = account.span().start;
            let uin = account.into_inner().parse().map_err(|e: InvalidId| wrong(at, e.text()))?;
            config.accounts.insert(uin, label);
        }
        for (name, members) in raw.groups {
            let members: Vec<Receiver> = members
                .into_iter()
                .map(|text| {
                    let receiver = Receiver::parse(text.get_ref());
                    match &receiver.account {
                        Ok(_) => Ok(receiver),
                        Err(junk) => Err(wrong(
                            text.span().start,
                            text!(config_no_receiver, junk = format!("{junk:?}")),
                        )),
                    }
                })
                .collect::<Result<_, _>>()?;
            config.groups.insert(name, members);
        }
        Ok(config)
    }
}

impl RawProfile {
    fn into_profile(self, name: String, regions: Regions) -> Profile {
        Profile {
            label: self.label.unwrap_or_else(|| name.clone()),
            name,
            color: self.color,
            read_only: self.read_only,
            credentials: self.credentials,
            site: self.site,
            regions,
            rules: self.rules,
            share_limit: self.share_limit.map(std::num::NonZeroU32::get),
            trusted: self.trusted,
            trust: self.trust,
            receivers: self.receivers,
        }
    }
}

/// Returns the key at an offset in the file, prefixed with its table.
fn key_at(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    let mut lines = text[..start].lines().rev();
    let line = text[start..].lines().next()?;
    let mut key = line.split_once('=').map(|(k, _)| k.trim().to_owned());
    let mut table = header(line);
    // A list may start some lines above the offset.
    while table.is_none()
        && let Some(line) = lines.next()
    {
        table = header(line);
        if key.is_none() {
            key = line.split_once('=').map(|(k, _)| k.trim().to_owned());
        }
    }
    match (table, key) {
        (Some(table), Some(key)) => Some(format!("{table}.{key}")),
        (table, key) => table.or(key),
    }
}

fn header(line: &str) -> Option<String> {
    let line = line.split('#').next().unwrap_or_default().trim();
    Some(line.strip_prefix('[')?.strip_suffix(']')?.trim().to_owned())
        .filter(|name| !name.contains(['"', ',', '[']))
}

#[cfg(test)]
#[path = "config_file_tests.rs"]
mod tests;
