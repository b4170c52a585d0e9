//! The languages of the interface. Each has one file in `assets/locales`.

use crate::messages::{LOCALES, Locale, Plain};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Lang(pub(super) u8);

impl Lang {
    /// The pseudo language: English with accents and longer words. Tests use it to find texts that are not in the
    /// catalogue and layouts that are too narrow.
    #[cfg(any(test, feature = "test-support"))]
    pub const PSEUDO: Self = Self(u8::MAX);

    /// Returns every language, English first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LOCALES.len()).filter_map(|n| u8::try_from(n).ok()).map(Self)
    }

    /// Returns the language of a tag or of the value of a locale variable, such as `zh`, `zh-CN` or `zh_CN.UTF-8`.
    /// Returns `None` if there is no catalogue for it.
    pub fn find(tag: &str) -> Option<Self> {
        let name = tag.trim().split(['_', '-', '.', '@']).next().unwrap_or_default();
        #[cfg(any(test, feature = "test-support"))]
        if name == "pseudo" {
            return Some(Self::PSEUDO);
        }
        Self::all().find(|lang| lang.as_str().eq_ignore_ascii_case(name))
    }

    /// Returns the language of `--lang` if it is given, otherwise of the first of `LC_ALL`, `LC_MESSAGES` and `LANG`
    /// that is not empty. Returns English if there is no catalogue for it.
    pub fn from_env(
        flag: Option<&str>,
        lc_all: Option<&str>,
        lc_messages: Option<&str>,
        lang: Option<&str>,
    ) -> Self {
        let first = [flag, lc_all, lc_messages, lang].into_iter().flatten().find(|s| !s.trim().is_empty());
        first.and_then(Self::find).unwrap_or_default()
    }

    /// Returns the tag that `--lang` accepts.
    pub fn as_str(self) -> &'static str {
        #[cfg(any(test, feature = "test-support"))]
        if self == Self::PSEUDO {
            return "pseudo";
        }
        self.locale().tag
    }

    /// Returns a text without arguments.
    pub(crate) fn text(self, message: Plain) -> &'static str {
        let text = self.locale().get(message.0);
        #[cfg(any(test, feature = "test-support"))]
        if self == Self::PSEUDO {
            return pseudo(message.0, text);
        }
        text
    }

    /// Returns the catalogue, which is the English one for the pseudo language.
    pub(super) fn locale(self) -> &'static Locale {
        LOCALES.get(usize::from(self.0)).unwrap_or(&LOCALES[0])
    }

    /// Returns the index among all languages. The pseudo language is the last.
    pub(super) fn index(self) -> usize {
        usize::from(self.0).min(LOCALES.len())
    }
}

/// Returns the accented text of a message. It is computed once.
#[cfg(any(test, feature = "test-support"))]
fn pseudo(index: usize, text: &'static str) -> &'static str {
    use std::sync::OnceLock;

    static ALL: [OnceLock<String>; crate::messages::COUNT] =
        [const { OnceLock::new() }; crate::messages::COUNT];
    ALL.get(index).map_or(text, |cell| cell.get_or_init(|| accented(text)))
}

/// A text in the pseudo language: an accent on every letter, and every vowel twice.
#[cfg(any(test, feature = "test-support"))]
pub(super) fn accented(text: &str) -> String {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const ACCENTED: &str = "\u{e1}\u{180}\u{e7}\u{10f}\u{e9}\u{192}\u{11f}\u{125}\u{ed}\u{135}\u{137}\u{142}\u{1e3f}\u{f1}\u{f3}\u{1e55}\
        \u{24b}\u{159}\u{161}\u{165}\u{fa}\u{1e7d}\u{175}\u{1e8b}\u{fd}\u{17e}\
        \u{c1}\u{243}\u{c7}\u{10e}\u{c9}\u{191}\u{11e}\u{124}\u{cd}\u{134}\u{136}\u{141}\u{1e3e}\u{d1}\u{d3}\u{1e54}\
        \u{24a}\u{158}\u{160}\u{164}\u{da}\u{1e7c}\u{174}\u{1e8a}\u{dd}\u{17d}";
    let mut out = String::with_capacity(text.len() * 3);
    for c in text.chars() {
        let accent = PLAIN.find(c).and_then(|n| ACCENTED.chars().nth(n)).unwrap_or(c);
        out.push(accent);
        if "aeiou".contains(c) {
            out.push(accent);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_beats_the_locale_and_the_locale_has_its_order() {
        let cases: [([Option<&str>; 4], &str); 9] = [
            ([None; 4], "en"),
            ([None, None, None, Some("zh_CN.UTF-8")], "zh"),
            ([None, None, Some("en_US"), Some("zh_CN.UTF-8")], "en"),
            ([None, Some("zh_TW"), Some("en_US"), Some("C")], "zh"),
            ([None, Some(""), None, Some("zh_CN")], "zh"),
            ([Some("en"), Some("zh_CN"), None, None], "en"),
            ([Some("ZH"), None, None, Some("C")], "zh"),
            ([None, Some("C"), None, Some("zh_CN")], "en"),
            ([Some("\u{e9}"), None, None, None], "en"),
        ];
        for ([flag, lc_all, lc_messages, lang], wanted) in cases {
            assert_eq!(
                Lang::from_env(flag, lc_all, lc_messages, lang).as_str(),
                wanted,
                "{flag:?} {lc_all:?}"
            );
        }
    }
}
