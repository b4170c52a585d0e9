//! What a language file is made of.

/// The words of one code.
pub(crate) struct Words {
    /// Full sentences.
    pub sentence: &'static [&'static str],
    /// One line for the pane: no capital, no full stop.
    pub short: &'static [&'static str],
    /// What to do about it; empty for what never blocks.
    pub remedy: &'static [&'static str],
}

/// One language's table: for each code sentences, short forms and remedies. The compiler refuses one that lacks a code.
macro_rules! table {
    ($($code:ident: [$($sentence:literal),+ $(,)?] [$($short:literal),+ $(,)?] [$($remedy:literal),* $(,)?];)*) => {
        pub(crate) fn words(code: Code) -> Words {
            match code {
                $(Code::$code => Words {
                    sentence: &[$($sentence),+],
                    short: &[$($short),+],
                    remedy: &[$($remedy),*],
                },)*
            }
        }
    };
}
pub(crate) use table;
