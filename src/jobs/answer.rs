//! The outcome of a call, as the state machine needs it.

use crate::{
    messages::Text,
    model::{Image, ImageId, Region, Share},
};

/// The answer to a call, or how the call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To `Copy`: the new images, if the answer contains them.
    Copied(Vec<(Region, ImageId)>),
    /// To `Find` and `Look`: the image, or `None` if it does not exist.
    Image(Option<Box<Image>>),
    /// To `Share`: the call was accepted.
    Accepted,
    /// To `ReadShares`: the complete list of shares.
    Shares(Vec<Share>),
    /// To `Verify`: whether the receiver sees the image.
    Seen(bool),
    /// The API answered with an error.
    Refused {
        /// The error code, such as `InvalidRegion.Unavailable`.
        code: String,
        /// The API's message, unmodified, or a message of this program.
        text: Text,
    },
    /// The call was sent and there was no readable answer; it may have taken effect.
    Lost {
        /// What happened.
        text: Text,
    },
    /// The call was not sent.
    Unsent {
        /// What happened.
        text: Text,
    },
}

impl Answer {
    /// Returns whether the cloud answered, including with an error.
    pub fn is_answered(&self) -> bool {
        !matches!(self, Self::Lost { .. } | Self::Unsent { .. })
    }
}

/// An answer and its request ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The answer.
    pub answer: Answer,
    /// The request ID, if the cloud answered.
    pub request_id: Option<String>,
}

impl From<Answer> for Outcome {
    fn from(answer: Answer) -> Self {
        Self { answer, request_id: None }
    }
}

/// What an error code means for a job. Determined by the code, never by the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// The credentials are no longer valid, or the clock is wrong: pause.
    SignIn,
    /// A permission is missing. The failure names the CAM action.
    Denied,
    /// Too many calls: wait. The call had no effect.
    Throttled,
    /// The image is busy: wait. The call had no effect.
    Busy,
    /// An internal error of the cloud. The call may have taken effect.
    Doubtful,
    /// An own image already has the name of the copy.
    NameTaken,
    /// The image does not exist, or no longer does.
    Gone,
    /// The account already has the image.
    Already,
    /// The image has reached the limit of shares.
    Full,
    /// Too many values in one call.
    TooMany,
    /// The image is the cause, in every region and for every account.
    Image,
    /// One of the regions or accounts is the cause, or the code is unknown.
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

/// Returns whether a refusal is temporary: a busy image, too many calls, or an internal error of the cloud.
pub fn is_temporary(code: &str) -> bool {
    matches!(class(code), Class::Busy | Class::Throttled | Class::Doubtful)
}
