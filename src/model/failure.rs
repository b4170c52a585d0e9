//! The kinds of failed API calls, and why a part of a job failed.

use serde::{Deserialize, Serialize};

use crate::messages::Text;

/// Why an API call failed. Determined by the API's error code, never by the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The call cannot be made: the endpoint or the TLS roots are unusable.
    Setup,
    /// The service could not be reached, or the connection broke.
    Network,
    /// No answer within the time-out.
    Timeout,
    /// `RequestLimitExceeded`, even after waiting and retrying.
    Throttled,
    /// The credentials are missing or unknown, or do not match the signature.
    Credentials,
    /// The credentials have expired.
    Expired,
    /// The account lacks a permission.
    Denied,
    /// The requested object does not exist.
    NotFound,
    /// Any other API error code.
    Refused,
    /// The answer is not one of the API: a page of a proxy, a truncated answer, or too much data.
    Unreadable,
    /// A list is incomplete: it was truncated, repeated rows, or has rows that cannot be read. The readable rows
    /// have been delivered.
    Incomplete,
}

/// Why a cell or an edge of a job failed: an API error code, the code of a rule, or one of these words:
///
/// - `missing`: the image existed and no longer exists.
/// - `gone`: the share existed and no longer exists.
/// - `lost`: repeated calls had no answer.
/// - `not-listed`: nothing has failed yet: SyncImages returned the image, and DescribeImages does not show
///   it.
/// - `not-shown`: the call was accepted, but the share list never showed the account.
/// - `not-the-copy`: the image that the cloud named as the copy is a different one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobFailure {
    /// The code, such as `InvalidRegion.Unavailable` or `copy.cross-border`.
    pub code: String,
    /// A literal is the message of the API, unmodified, so it must be neutralised before it is shown. Others are
    /// messages of this program.
    pub text: Text,
    /// What is known besides the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<FailureDetail>,
}

/// What is known about a failure of a job besides its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureDetail {
    /// The API action that the account lacks the permission for, such as `SyncImages`.
    Denied(String),
    /// How many of the accounts were shared with before the limit of shares was reached.
    Fitted {
        /// The accounts that have the share.
        accounts: usize,
        /// The accounts of the job in this region.
        of: usize,
    },
}

impl JobFailure {
    /// Creates a failure without detail.
    pub fn new(code: &str, text: impl Into<Text>) -> Self {
        Self { code: code.to_owned(), text: text.into(), detail: None }
    }
}
