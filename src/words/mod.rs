//! Every sentence a person reads, by code, in English and Chinese.

use crate::rules::{Args, Code};

/// The interface's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

/// The sentence of a code, filled with its figures.
pub fn sentence(code: Code, args: &Args, lang: Lang) -> String {
    let _ = (args, lang);
    code.as_str().to_owned()
}
