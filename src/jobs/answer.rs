//! What came of a call, as the machine needs to know it.

use crate::model::{Image, ImageId, Region, Share};

/// What the cloud said, or that it did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To Copy: the new images, where `ImageSetRequired` brought them.
    Copied(Vec<(Region, ImageId)>),
    /// To Find and Look: the image, or that there is none.
    Image(Option<Box<Image>>),
    /// To Share: it was accepted.
    Accepted,
    /// To ReadShares: whom the image is shared with, completely.
    Shares(Vec<Share>),
    /// To Verify: whether the receiver sees the image.
    Seen(bool),
    /// The API answered with an error.
    Refused {
        /// `InvalidRegion.Unavailable`, …
        code: String,
        /// The API's message; from outside.
        text: String,
    },
    /// It was sent and no answer came that can be read; it may have been carried out.
    Lost {
        /// What happened.
        text: String,
    },
    /// It never left.
    Unsent {
        /// What happened.
        text: String,
    },
}

impl Answer {
    /// Whether the cloud said anything, be it a refusal.
    pub fn is_answered(&self) -> bool {
        !matches!(self, Self::Lost { .. } | Self::Unsent { .. })
    }
}

/// An answer with the cloud's id of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What came.
    pub answer: Answer,
    /// The id, where an answer came.
    pub request_id: Option<String>,
}

impl From<Answer> for Outcome {
    fn from(answer: Answer) -> Self {
        Self { answer, request_id: None }
    }
}

/// What an error code means for a job. By code, never by text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// The credentials do not work any more, or the clock is off: pause.
    SignIn,
    /// A permission is missing: it names the CAM action.
    Denied,
    /// Too many calls: wait. Nothing was done.
    Throttled,
    /// The image is busy for now: wait. Nothing was done.
    Busy,
    /// The cloud failed inside; it may have been carried out.
    Doubtful,
    /// An own image has the copy's name.
    NameTaken,
    /// The image is not there (any more).
    Gone,
    /// The account has the image already.
    Already,
    /// The image is shared with as many accounts as it can be.
    Full,
    /// Too many values in one call.
    TooMany,
    /// It is the image, whatever the region or the account.
    Image,
    /// One of the regions or accounts, or something that this program does not know.
    Other,
}

pub(super) fn class(code: &str) -> Class {
    let head = code.split('.').next().unwrap_or(code);
    match code {
        "UnauthorizedOperation.InvalidToken"
        | "UnauthorizedOperation.MFAExpired"
        | "AuthFailure.MFAFailure" => Class::SignIn,
        "AuthFailure.UnauthorizedOperation"
        | "UnauthorizedOperation"
        | "UnauthorizedOperation.PermissionDenied"
        | "UnauthorizedOperation.MFANotFound"
        | "IpInBlacklist"
        | "IpNotInWhitelist" => Class::Denied,
        "UnauthorizedOperation.ImageNotBelongToAccount"
        | "FailedOperation.BYOLImageShareFailed"
        | "UnsupportedOperation.EncryptedImagesNotSupported"
        | "UnsupportedOperation.LocationImageNotSupported"
        | "InvalidParameter.InstanceImageNotSupport"
        | "InvalidParameterValue.InvalidImageId"
        | "InvalidImageId.Malformed"
        | "InvalidImageId.TooLarge" => Class::Image,
        "InvalidImageId.NotFound" => Class::Gone,
        "FailedOperation.InvalidImageState"
        | "InvalidParameterValue.InvalidImageState"
        | "InvalidImageId.IncorrectState"
        | "MutexOperation.TaskRunning" => Class::Busy,
        "InvalidImageName.Duplicate" => Class::NameTaken,
        "FailedOperation.AccountAlreadyExists" => Class::Already,
        "OverQuota" => Class::Full,
        "InvalidParameterValue.LimitExceeded" => Class::TooMany,
        "FailedOperation" | "FailedOperation.QImageShareFailed" | "FailedOperation.RImageShareFailed" => {
            Class::Doubtful
        }
        _ => match head {
            "AuthFailure" | "credentials" => Class::SignIn,
            "RequestLimitExceeded" => Class::Throttled,
            "ResourceInUse" | "ResourceUnavailable" => Class::Busy,
            "InternalError" | "ServiceUnavailable" => Class::Doubtful,
            _ => Class::Other,
        },
    }
}

/// Whether a refusal passes by itself: a busy image, too many calls, a fault inside of the cloud.
pub fn is_passing(code: &str) -> bool {
    matches!(class(code), Class::Busy | Class::Throttled | Class::Doubtful)
}
