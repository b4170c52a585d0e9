//! The result of one check.

use serde::Serialize;

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The check passed.
    Ok,
    /// The check passed, with information for the user.
    Note,
    /// The check failed.
    Wrong,
}

/// The result of one check, with texts in the requested language. Serializes to the format of `doctor -o json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The group, such as `network`. Findings of one group are adjacent.
    pub group: &'static str,
    /// The name of the check.
    pub name: String,
    /// The severity.
    #[serde(rename = "state")]
    pub level: Level,
    /// What was found.
    pub text: String,
    /// The response time of a region, in milliseconds.
    pub ms: Option<u64>,
    /// How to fix the problem.
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
