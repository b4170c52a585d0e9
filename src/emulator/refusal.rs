//! Why a call is refused, as the API says it.

use std::borrow::Cow;

/// An error code of the API and the sentence beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub code: Cow<'static, str>,
    pub message: String,
}

/// A refusal with one of the vendor's codes.
pub(super) fn refuse<T>(code: &'static str, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { code: code.into(), message: message.into() })
}
