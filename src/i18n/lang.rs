//! Which language.

/// The interface's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// From `--lang` where it is given, else from the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not
    /// empty. Whatever begins with `zh` is Chinese, everything else English.
    pub fn from_env(
        flag: Option<&str>,
        lc_all: Option<&str>,
        lc_messages: Option<&str>,
        lang: Option<&str>,
    ) -> Self {
        let said = [flag, lc_all, lc_messages, lang].into_iter().flatten().find(|s| !s.trim().is_empty());
        match said {
            Some(s) if s.trim().get(..2).is_some_and(|p| p.eq_ignore_ascii_case("zh")) => Self::Zh,
            _ => Self::En,
        }
    }

    /// One text of two.
    pub const fn of<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// As flags and files spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

/// One text of two, each a format of the same values: `tell!(lang, "{n} rows", "{n} 行")`.
macro_rules! tell {
    ($lang:expr, $en:literal, $zh:literal $(, $($arg:tt)*)?) => {
        match $lang {
            $crate::i18n::lang::Lang::En => format!($en $(, $($arg)*)?),
            $crate::i18n::lang::Lang::Zh => format!($zh $(, $($arg)*)?),
        }
    };
}
pub(crate) use tell;

/// A text in every language, for where it is not known yet which one is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Text {
    /// The text in a language.
    pub fn of(&self, lang: Lang) -> &str {
        lang.of(&self.en, &self.zh)
    }
}

/// A text that is the same in every language.
impl From<String> for Text {
    fn from(text: String) -> Self {
        Self { en: text.clone(), zh: text }
    }
}

/// A [`Text`] of two formats of the same values: `text!("{n} rows", "{n} 行")`.
macro_rules! text {
    ($en:literal, $zh:literal $(, $($arg:tt)*)?) => {
        $crate::i18n::lang::Text { en: format!($en $(, $($arg)*)?), zh: format!($zh $(, $($arg)*)?) }
    };
}
pub(crate) use text;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_beats_the_locale_and_the_locale_has_its_order() {
        let cases: [([Option<&str>; 4], Lang); 9] = [
            ([None; 4], Lang::En),
            ([None, None, None, Some("zh_CN.UTF-8")], Lang::Zh),
            ([None, None, Some("en_US"), Some("zh_CN.UTF-8")], Lang::En),
            ([None, Some("zh_TW"), Some("en_US"), Some("C")], Lang::Zh),
            ([None, Some(""), None, Some("zh_CN")], Lang::Zh),
            ([Some("en"), Some("zh_CN"), None, None], Lang::En),
            ([Some("zh"), None, None, Some("C")], Lang::Zh),
            ([None, Some("C"), None, Some("zh_CN")], Lang::En),
            ([Some("é"), None, None, None], Lang::En),
        ];
        for ([flag, lc_all, lc_messages, lang], wanted) in cases {
            assert_eq!(Lang::from_env(flag, lc_all, lc_messages, lang), wanted, "{flag:?} {lc_all:?}");
        }
    }
}
