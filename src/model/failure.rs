//! The kinds of failed API calls.

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
