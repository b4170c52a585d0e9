//! What is wrong in a file, with its line and the mend.

use crate::cli::Fault;

/// A text in both languages.
pub(super) struct Both {
    en: String,
    zh: String,
}

impl Both {
    pub(super) fn of(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }
}

/// What is wrong with a file, whole in each language: place, what, mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub en: String,
    zh: String,
}

impl Wrong {
    /// In a file and, where it is known, a line, counted from 1.
    pub(super) fn new(file: &str, line: Option<usize>, message: Both, mend: Both) -> Self {
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        Self {
            en: format!("{file}{line}: {}\n{}", message.en, mend.en),
            zh: format!("{file}{line}：{}\n{}", message.zh, mend.zh),
        }
    }
}

impl From<Wrong> for Fault {
    fn from(wrong: Wrong) -> Self {
        Self::Usage(wrong.en).zh(wrong.zh)
    }
}
