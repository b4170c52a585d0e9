//! Behaviour that the vendor's pages leave open. A quirk chooses which way the built-in cloud behaves.

use std::{borrow::Cow, str::FromStr};

/// One answer to one open question: `share-already=error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quirk {
    /// Which row of [`ROWS`].
    row: usize,
    /// Which of its answers; the number itself for `accounts-per-call`.
    answer: usize,
}

/// Why a text is no quirk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a quirk; give {wanted}")]
pub struct BadQuirk {
    text: String,
    wanted: Cow<'static, str>,
}

/// The open questions with their answers, the one that holds without a quirk first, and what they are about.
pub(super) const QUIRKS: [(&str, &str); 9] = [
    (
        "share-already=ok|error",
        "sharing again with an account that has the image: nothing, or FailedOperation.AccountAlreadyExists",
    ),
    (
        "share-batch=atomic|prefix",
        "a share with several accounts and a bad one among them: nobody gets it, or those before the bad one do",
    ),
    (
        "self-share=YourSelf|AccountIsYourSelf",
        "sharing with oneself: InvalidAccountIs.YourSelf or FailedOperation.AccountIsYourSelf",
    ),
    ("source-busy=no|yes", "whether the source of a running copy is busy too"),
    ("creator-on-received=yes|no", "whether ImageCreator of a received image holds its owner's account"),
    ("names-unique=yes|no", "whether names are unique among the own images of a region"),
    (
        "accounts-per-call=N",
        "how many accounts one ModifyImageSharePermission takes; without it as many as may have the image",
    ),
    (
        "rename-shared=ok|error",
        "changing an own image that is shared: done, or UnsupportedOperation.SharedImageModifyUnsupported",
    ),
    ("copy-keeps-tags=yes|no", "whether a copy has the tags of its source"),
];

/// How a quirk changes the answers; the number is that of its answer, or the one that is given.
type Apply = fn(&mut Quirks, usize);

/// The names of the quirks, their two answers with the one that means no first, and what they change.
const ROWS: [(&str, [&str; 2], Apply); 9] = [
    ("share-already", ["ok", "error"], |all, n| all.share_already_error = n == 1),
    ("share-batch", ["atomic", "prefix"], |all, n| all.share_batch_prefix = n == 1),
    ("self-share", ["YourSelf", "AccountIsYourSelf"], |all, n| all.self_share_failed_operation = n == 1),
    ("source-busy", NO_YES, |all, n| all.source_busy = n == 1),
    ("creator-on-received", NO_YES, |all, n| all.creator_on_received = n == 1),
    ("names-unique", NO_YES, |all, n| all.names_unique = n == 1),
    (ACCOUNTS_PER_CALL, ["", ""], |all, n| all.accounts_per_call = Some(n)),
    ("rename-shared", ["ok", "error"], |all, n| all.rename_shared_error = n == 1),
    ("copy-keeps-tags", NO_YES, |all, n| all.copy_keeps_tags = n == 1),
];
const NO_YES: [&str; 2] = ["no", "yes"];
const ACCOUNTS_PER_CALL: &str = "accounts-per-call";

impl FromStr for Quirk {
    type Err = BadQuirk;

    fn from_str(text: &str) -> Result<Self, BadQuirk> {
        let bad = |wanted| BadQuirk { text: text.to_owned(), wanted };
        let unknown = || bad(format!("one of {}", QUIRKS.map(|(quirk, _)| quirk).join(", ")).into());
        let (name, value) = text.split_once('=').ok_or_else(unknown)?;
        let row = ROWS.iter().position(|(known, ..)| *known == name).ok_or_else(unknown)?;
        let answers = ROWS[row].1;
        let answer = if name == ACCOUNTS_PER_CALL {
            let wanted = || bad("accounts-per-call=N with N at least 1".into());
            value.parse().ok().filter(|n| *n > 0).ok_or_else(wanted)?
        } else {
            let [first, second] = if answers == NO_YES { ["yes", "no"] } else { answers };
            let wanted = || bad(format!("{name}={first} or {name}={second}").into());
            answers.iter().position(|known| *known == value).ok_or_else(wanted)?
        };
        Ok(Self { row, answer })
    }
}

/// All the answers. The default is what the pages make likeliest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quirks {
    pub(super) share_already_error: bool,
    pub(super) share_batch_prefix: bool,
    pub(super) self_share_failed_operation: bool,
    pub(super) source_busy: bool,
    pub(super) creator_on_received: bool,
    pub(super) names_unique: bool,
    pub(super) accounts_per_call: Option<usize>,
    pub(super) rename_shared_error: bool,
    pub(super) copy_keeps_tags: bool,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            share_already_error: false,
            share_batch_prefix: false,
            self_share_failed_operation: false,
            source_busy: false,
            creator_on_received: true,
            names_unique: true,
            accounts_per_call: None,
            rename_shared_error: false,
            copy_keeps_tags: true,
        }
    }
}

impl FromIterator<Quirk> for Quirks {
    /// Later ones win.
    fn from_iter<I: IntoIterator<Item = Quirk>>(quirks: I) -> Self {
        let mut all = Self::default();
        for Quirk { row, answer } in quirks {
            (ROWS[row].2)(&mut all, answer);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quirk_reads_and_later_ones_win() {
        let all: Quirks = [
            "share-already=error",
            "share-batch=prefix",
            "self-share=AccountIsYourSelf",
            "source-busy=yes",
            "creator-on-received=no",
            "names-unique=no",
            "accounts-per-call=9",
            "accounts-per-call=5",
            "rename-shared=error",
            "copy-keeps-tags=no",
        ]
        .into_iter()
        .map(|t| t.parse::<Quirk>().unwrap())
        .collect();
        let want = Quirks {
            share_already_error: true,
            share_batch_prefix: true,
            self_share_failed_operation: true,
            source_busy: true,
            creator_on_received: false,
            names_unique: false,
            accounts_per_call: Some(5),
            rename_shared_error: true,
            copy_keeps_tags: false,
        };
        assert_eq!(all, want);
        let back = [
            "share-already=ok",
            "share-batch=atomic",
            "self-share=YourSelf",
            "source-busy=no",
            "creator-on-received=yes",
            "names-unique=yes",
            "rename-shared=ok",
            "copy-keeps-tags=yes",
        ];
        let all: Quirks = back.into_iter().map(|t| t.parse::<Quirk>().unwrap()).collect();
        assert_eq!(all, Quirks::default());
    }

    #[test]
    fn a_wrong_quirk_is_answered_with_the_fix() {
        let error = |t: &str| t.parse::<Quirk>().unwrap_err().to_string();
        assert_eq!(
            error("source-busy=maybe"),
            r#""source-busy=maybe" is not a quirk; give source-busy=yes or source-busy=no"#
        );
        assert_eq!(
            error("accounts-per-call=0"),
            r#""accounts-per-call=0" is not a quirk; give accounts-per-call=N with N at least 1"#
        );
        for bad in ["", "=", "nonsense", "colour=red"] {
            assert!(error(bad).ends_with("copy-keeps-tags=yes|no"), "{bad:?}");
        }
    }
}
