//! One result of a check.

use serde::Serialize;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Ok,
    /// Worth knowing.
    Note,
    /// Something will not work.
    Wrong,
}

/// One thing that was checked, with texts in the language asked for. Serializes as `doctor -o json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it belongs to, such as `network`; findings of one group follow each other.
    pub group: &'static str,
    /// What was checked.
    pub name: String,
    /// How serious it is.
    #[serde(rename = "state")]
    pub level: Level,
    /// What was found.
    pub text: String,
    /// For regions: how long the answer took, in milliseconds.
    pub ms: Option<u64>,
    /// What to do about it.
    pub fix: Option<String>,
}

impl Finding {
    pub(crate) fn new(
        group: &'static str,
        name: impl Into<String>,
        level: Level,
        text: impl Into<String>,
    ) -> Self {
        Self { group, name: name.into(), level, text: text.into(), ms: None, fix: None }
    }

    pub(crate) fn ok(group: &'static str, name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(group, name, Level::Ok, text)
    }

    pub(crate) fn with_fix(self, fix: impl Into<String>) -> Self {
        Self { fix: Some(fix.into()), ..self }
    }
}
