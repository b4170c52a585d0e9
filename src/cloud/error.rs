//! Errors of API calls, classified by error code and never by message.

use std::fmt;

pub use crate::model::FailureKind as Kind;
use crate::{
    messages::{Lang, Text, text},
    model::{Region, plain},
};

/// Whether a request may have taken effect. A write is retried only after [`Sent::Never`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sent {
    /// The request was not sent.
    Never,
    /// The answer was lost; the request may have taken effect.
    Maybe,
    /// The API answered with this error. Nothing was changed unless the error code says otherwise.
    Answered,
}

/// The error code for a region that the cloud does not have.
const NO_REGION: &str = "region.unknown";

/// A failed API call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    /// The kind of failure.
    pub kind: Kind,
    /// The API action, such as `DescribeImages`; `connect` if no request was made.
    pub action: &'static str,
    /// The region, for actions that have one.
    pub region: Option<Region>,
    /// The API's error code, such as `InvalidImageId.NotFound`; a lower-case word such as `network`,
    /// `timeout`, `unreadable` or `http.502` if the API did not answer.
    pub code: String,
    /// A literal is the message of the API, unmodified, so it must be neutralised before it is shown. Others are
    /// messages of this program.
    pub message: Text,
    /// The request ID, if there was an answer.
    pub request_id: Option<String>,
    /// Whether the request may have taken effect.
    pub sent: Sent,
}

impl Error {
    /// Creates an error of this program, without an answer of the API.
    pub(super) fn local(kind: Kind, code: &str, message: impl Into<Text>, sent: Sent) -> Self {
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

    /// Separates incomplete lists from other errors, for callers that can use a part of the rows. Returns the
    /// error of an incomplete list as `Ok(Some(_))`.
    ///
    /// # Errors
    /// Any error except [`Kind::Incomplete`].
    pub fn split_incomplete<T>(read: Result<T, Self>) -> Result<Option<Self>, Self> {
        match read {
            Ok(_) => Ok(None),
            Err(error) if error.kind == Kind::Incomplete => Ok(Some(error)),
            Err(error) => Err(error),
        }
    }

    /// Creates the error for a region that the cloud does not have. `nearest` is the region that may be
    /// meant.
    pub(crate) fn no_such_region(region: &Region, nearest: Option<&Region>) -> Self {
        let message = no_such_region(region, nearest);
        Self { action: "DescribeRegions", ..Self::local(Kind::NotFound, NO_REGION, message, Sent::Never) }
    }

    /// Returns whether the cloud does not have the requested region.
    pub(crate) fn is_unknown_region(&self) -> bool {
        self.code == NO_REGION
    }

    /// Returns whether the session is unusable: keys are missing, unknown or expired, or their role cannot be
    /// assumed.
    pub fn is_session_error(&self) -> bool {
        let refused = matches!(self.kind, Kind::Denied | Kind::NotFound | Kind::Refused);
        matches!(self.kind, Kind::Credentials | Kind::Expired) || (self.action == "AssumeRole" && refused)
    }

    /// Returns whether the same call with other keys may succeed. The gateway checks keys before it processes
    /// the call, so a retry is safe. An inaccurate clock is excluded, because other keys do not help.
    pub(super) fn is_key_error(&self) -> bool {
        let keys = matches!(self.kind, Kind::Credentials | Kind::Expired);
        keys && self.sent != Sent::Maybe && self.code != "AuthFailure.SignatureExpire"
    }

    /// Sets action and region, unless the error belongs to another call that was made on behalf of this one.
    pub(super) fn for_call(self, action: &'static str, region: Option<&Region>) -> Self {
        if self.action == "connect" { self.at(action, region) } else { self }
    }

    pub(super) fn at(mut self, action: &'static str, region: Option<&Region>) -> Self {
        self.action = action;
        self.region = region.cloned();
        self
    }
}

/// Returns the message for a region that the cloud does not have. `nearest` is the region that may be meant.
pub fn no_such_region(region: &Region, nearest: Option<&Region>) -> Text {
    match nearest {
        Some(nearest) => text!(cloud_no_region_but, region, nearest),
        None => text!(cloud_no_region, region),
    }
}

/// Formats the error in English on one line, with control characters neutralised.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.action)?;
        if let Some(region) = &self.region {
            write!(f, " in {region}")?;
        }
        let message = self.message.render(Lang::EN);
        write!(f, ": {} ({}", plain(message.trim().trim_end_matches('.')), plain(&self.code))?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {}", plain(id))?;
        }
        f.write_str(")")
    }
}

/// Returns the kind of an API error code.
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
    fn error_codes_determine_the_kind() {
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
    fn display_is_one_neutralised_line() {
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
