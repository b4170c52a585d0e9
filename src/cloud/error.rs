//! What can go wrong between a question and its answer. Classified by code, never by text.

use std::fmt;

pub use crate::model::FailureKind as Kind;
use crate::model::{Region, plain};

/// Whether a request may have taken effect. A write is sent again only after [`Sent::Never`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sent {
    /// It never left.
    Never,
    /// It may have been carried out: its answer was lost.
    Maybe,
    /// The API answered, with this error; nothing was done, or only what the code says.
    Answered,
}

/// The code of a region that the cloud does not have.
const NO_REGION: &str = "region.unknown";

/// A call that did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    /// In one word.
    pub kind: Kind,
    /// `DescribeImages`; `connect` where it did not come to a call.
    pub action: &'static str,
    /// Where it was asked, for actions that are asked in a region.
    pub region: Option<Region>,
    /// The API's code, such as `InvalidImageId.NotFound`; `network`, `timeout`, `unreadable`, `http.502` and other
    /// lower-case words where the API did not speak.
    pub code: String,
    /// The API's message or our own; from outside, so hostile until shown through a neutralising view.
    pub message: String,
    /// The API's id of the call, where an answer came.
    pub request_id: Option<String>,
    /// Whether it may have taken effect.
    pub sent: Sent,
}

impl Error {
    /// An error of ours, before or without an answer of the API.
    pub(super) fn ours(kind: Kind, code: &str, message: impl Into<String>, sent: Sent) -> Self {
        Self {
            kind,
            action: "connect",
            region: None,
            code: code.to_owned(),
            message: message.into(),
            request_id: None,
            sent,
        }
    }

    /// What is missing from a list whose rows were handed over: an error only for whoever needs all of them.
    ///
    /// # Errors
    /// Any but [`Kind::Incomplete`].
    pub fn gap<T>(read: Result<T, Self>) -> Result<Option<Self>, Self> {
        match read {
            Ok(_) => Ok(None),
            Err(error) if error.kind == Kind::Incomplete => Ok(Some(error)),
            Err(error) => Err(error),
        }
    }

    /// A region that the cloud does not have, and the one that may be meant.
    pub(crate) fn no_such_region(region: &Region, nearest: Option<&Region>) -> Self {
        let message = no_such_region(region, nearest);
        Self { action: "DescribeRegions", ..Self::ours(Kind::NotFound, NO_REGION, message, Sent::Never) }
    }

    /// Whether a region was named that the cloud does not have.
    pub(crate) fn is_of_region(&self) -> bool {
        self.code == NO_REGION
    }

    /// Whether there is no session to work with: the keys are missing, unknown or have ended, or the role that they are
    /// for was not given.
    pub fn is_of_session(&self) -> bool {
        let refused = matches!(self.kind, Kind::Denied | Kind::NotFound | Kind::Refused);
        matches!(self.kind, Kind::Credentials | Kind::Expired) || (self.action == "AssumeRole" && refused)
    }

    /// Whether other keys may fix it. The gateway refuses these before the call is processed; what is wrong with the
    /// clock is not.
    pub(super) fn is_of_keys(&self) -> bool {
        let keys = matches!(self.kind, Kind::Credentials | Kind::Expired);
        keys && self.sent != Sent::Maybe && self.code != "AuthFailure.SignatureExpire"
    }

    /// The same, of this call where no other was made for it.
    pub(super) fn for_call(self, action: &'static str, region: Option<&Region>) -> Self {
        if self.action == "connect" { self.at(action, region) } else { self }
    }

    pub(super) fn at(mut self, action: &'static str, region: Option<&Region>) -> Self {
        self.action = action;
        self.region = region.cloned();
        self
    }
}

/// What to say of a region that the cloud does not have, in English.
pub fn no_such_region(region: &Region, nearest: Option<&Region>) -> String {
    match nearest {
        Some(nearest) => format!("the cloud has no region {region}; is {nearest} meant?"),
        None => format!(
            "the cloud has no region {region}; cvmshare list regions --regions all shows those it has"
        ),
    }
}

/// For people, on one line, with nothing in it that a terminal would act on.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.action)?;
        if let Some(region) = &self.region {
            write!(f, " in {region}")?;
        }
        let message = plain(self.message.trim().trim_end_matches('.'));
        write!(f, ": {} ({}", message, plain(&self.code))?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {}", plain(id))?;
        }
        f.write_str(")")
    }
}

/// The kind of an API code.
pub(super) fn kind_of(code: &str) -> Kind {
    match code {
        "AuthFailure.TokenFailure"
        | "UnauthorizedOperation.InvalidToken"
        | "UnauthorizedOperation.MFAExpired" => Kind::Expired,
        "UnauthorizedOperation"
        | "UnauthorizedOperation.PermissionDenied"
        | "UnauthorizedOperation.MFANotFound"
        | "AuthFailure.UnauthorizedOperation"
        | "AuthFailure.MFAFailure"
        | "IpInBlacklist"
        | "IpNotInWhitelist" => Kind::Denied,
        _ if code.split('.').next() == Some("RequestLimitExceeded") => Kind::Throttled,
        _ if code.split('.').next() == Some("AuthFailure") => Kind::Credentials,
        _ if code.ends_with(".NotFound") || code.split('.').next() == Some("ResourceNotFound") => {
            Kind::NotFound
        }
        _ => Kind::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_decide_the_kind() {
        for (code, kind) in [
            ("RequestLimitExceeded", Kind::Throttled),
            ("RequestLimitExceeded.UinLimitExceeded", Kind::Throttled),
            ("AuthFailure.SecretIdNotFound", Kind::Credentials),
            ("AuthFailure.SignatureExpire", Kind::Credentials),
            ("AuthFailure.TokenFailure", Kind::Expired),
            ("AuthFailure.UnauthorizedOperation", Kind::Denied),
            ("UnauthorizedOperation.ImageNotBelongToAccount", Kind::Refused),
            ("InvalidImageId.NotFound", Kind::NotFound),
            ("ResourceNotFound.RoleNotFound", Kind::NotFound),
            ("InvalidImageId.InShared", Kind::Refused),
            ("RequestLimitExceededX", Kind::Refused),
            ("", Kind::Refused),
        ] {
            assert_eq!(kind_of(code), kind, "{code}");
        }
    }

    #[test]
    fn people_read_one_harmless_line() {
        let error = Error {
            kind: Kind::NotFound,
            action: "DescribeImages",
            region: "ap-guangzhou".parse().ok(),
            code: "InvalidImageId.NotFound".into(),
            message: "The image \u{1b}[2J is not found.".into(),
            request_id: Some("71e6".into()),
            sent: Sent::Answered,
        };
        assert_eq!(
            error.to_string(),
            "DescribeImages in ap-guangzhou: The image ^[[2J is not found (InvalidImageId.NotFound, request 71e6)"
        );
    }
}
