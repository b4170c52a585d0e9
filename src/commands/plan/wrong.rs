//! What is wrong in a file, with its line and the mend.

use crate::{model::plain, session::error::Fault};

/// A text in both languages.
pub(crate) struct Both {
    en: String,
    zh: String,
}

impl Both {
    pub(crate) fn of(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }
}

/// What is wrong with a file, whole in each language: place, what, mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub en: String,
    zh: String,
}

impl Wrong {
    /// In a file and, where it is known, a line, counted from 1.
    pub(crate) fn new(file: &str, line: Option<usize>, message: Both, mend: Both) -> Self {
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        // What is wrong quotes the file.
        let (en, zh) = (plain(&message.en), plain(&message.zh));
        Self {
            en: format!("{file}{line}: {en}\n{}", mend.en),
            zh: format!("{file}{line}：{zh}\n{}", mend.zh),
        }
    }
}

impl From<Wrong> for Fault {
    fn from(wrong: Wrong) -> Self {
        Self::Usage(wrong.en).zh(wrong.zh)
    }
}
