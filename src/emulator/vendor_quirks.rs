//! The questions that the vendor's pages leave open, playable both ways.

use std::{borrow::Cow, str::FromStr};

/// One answer to one open question: `share-already=error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quirk {
    /// Sharing with an account that has the image already is an error.
    ShareAlreadyError(bool),
    /// Of several accounts with a bad one among them, those before it get the share.
    ShareBatchPrefix(bool),
    /// Sharing with oneself is `FailedOperation.AccountIsYourSelf` rather than `InvalidAccountIs.YourSelf`.
    SelfShareFailedOperation(bool),
    /// The source of a running copy is busy too.
    SourceBusy(bool),
    /// `ImageCreator` of a received image holds its owner's account.
    CreatorOnReceived(bool),
    /// Names are unique among the own images of a region.
    NamesUnique(bool),
    /// How many accounts one ModifyImageSharePermission takes.
    AccountsPerCall(usize),
    /// ModifyImageAttribute of an own image that is shared is an error.
    RenameSharedError(bool),
    /// A copy has the tags of its source.
    CopyKeepsTags(bool),
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

impl FromStr for Quirk {
    type Err = BadQuirk;

    fn from_str(text: &str) -> Result<Self, BadQuirk> {
        let because = |wanted| BadQuirk { text: text.to_owned(), wanted };
        let bad = |wanted: &'static str| because(Cow::Borrowed(wanted));
        let unknown = || because(format!("one of {}", QUIRKS.map(|(quirk, _)| quirk).join(", ")).into());
        let (name, value) = text.split_once('=').ok_or_else(unknown)?;
        let either = |no: &str, yes: &str, wanted: &'static str| {
            if value == yes {
                Ok(true)
            } else if value == no {
                Ok(false)
            } else {
                Err(bad(wanted))
            }
        };
        Ok(match name {
            "share-already" => {
                Self::ShareAlreadyError(either("ok", "error", "share-already=ok or share-already=error")?)
            }
            "share-batch" => Self::ShareBatchPrefix(either(
                "atomic",
                "prefix",
                "share-batch=atomic or share-batch=prefix",
            )?),
            "self-share" => Self::SelfShareFailedOperation(either(
                "YourSelf",
                "AccountIsYourSelf",
                "self-share=YourSelf or self-share=AccountIsYourSelf",
            )?),
            "source-busy" => Self::SourceBusy(either("no", "yes", "source-busy=yes or source-busy=no")?),
            "creator-on-received" => Self::CreatorOnReceived(either(
                "no",
                "yes",
                "creator-on-received=yes or creator-on-received=no",
            )?),
            "names-unique" => Self::NamesUnique(either("no", "yes", "names-unique=yes or names-unique=no")?),
            "accounts-per-call" => match value.parse() {
                Ok(n) if n > 0 => Self::AccountsPerCall(n),
                _ => return Err(bad("accounts-per-call=N with N at least 1")),
            },
            "rename-shared" => {
                Self::RenameSharedError(either("ok", "error", "rename-shared=ok or rename-shared=error")?)
            }
            "copy-keeps-tags" => {
                Self::CopyKeepsTags(either("no", "yes", "copy-keeps-tags=yes or copy-keeps-tags=no")?)
            }
            _ => return Err(unknown()),
        })
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
        for quirk in quirks {
            match quirk {
                Quirk::ShareAlreadyError(yes) => all.share_already_error = yes,
                Quirk::ShareBatchPrefix(yes) => all.share_batch_prefix = yes,
                Quirk::SelfShareFailedOperation(yes) => all.self_share_failed_operation = yes,
                Quirk::SourceBusy(yes) => all.source_busy = yes,
                Quirk::CreatorOnReceived(yes) => all.creator_on_received = yes,
                Quirk::NamesUnique(yes) => all.names_unique = yes,
                Quirk::AccountsPerCall(n) => all.accounts_per_call = Some(n),
                Quirk::RenameSharedError(yes) => all.rename_shared_error = yes,
                Quirk::CopyKeepsTags(yes) => all.copy_keeps_tags = yes,
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quirk_of_the_interface_reads_and_later_ones_win() {
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
    fn a_wrong_quirk_is_answered_with_the_mend() {
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
