//! What can go wrong between a question to the cloud and its answer, in one word.

/// What went wrong. Decided by the API's code, never by its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// This program cannot ask at all: the endpoint or the TLS roots cannot be used.
    Setup,
    /// The service could not be reached, or the line broke.
    Network,
    /// No answer within the time-out.
    Timeout,
    /// `RequestLimitExceeded`, even after patient waiting.
    Throttled,
    /// The credentials are missing, unknown or do not fit the signature.
    Credentials,
    /// They were good and are not any more.
    Expired,
    /// The account may not do this; a permission is missing.
    Denied,
    /// What was asked about is not there.
    NotFound,
    /// Any other code of the API.
    Refused,
    /// An answer came that is none of the API's: a proxy's page, half an answer, too much.
    Unreadable,
    /// A list of the API's came, and not all of it: it was cut short or repeated itself, or has rows that cannot be
    /// read. What could be read came before.
    Incomplete,
}
