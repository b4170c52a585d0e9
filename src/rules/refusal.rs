//! Maps API error codes to rule codes, so that a refusal and a verdict use the same message.
//!
//! The table follows the API's pages. If an error code can mean several rules, the table has one line for
//! each, the most likely first. Error codes that say nothing about the image, the receiver or the region are
//! left out; they are shown with the API's message and request ID.

use super::{Action, Code};

/// One meaning of one error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The name of the action, see [`Action::as_str`]. `any` for codes that every API action can return.
    pub wanted: &'static str,
    /// The API action that returned the error; `any` if `wanted` is `any`.
    pub api_action: &'static str,
    /// The error code as the API spells it.
    pub api_code: &'static str,
    /// The rule that the error code means.
    pub code: Code,
}

macro_rules! refusals {
    ($($wanted:literal $action:literal: $($api_code:literal => $($code:ident)+,)+;)*) => {
        &[$($($(Refusal {
            wanted: $wanted,
            api_action: $action,
            api_code: $api_code,
            code: Code::$code,
        },)+)+)*]
    };
}

const REFUSALS: &[Refusal] = refusals! {
    "share" "ModifyImageSharePermission":
        "OverQuota" => ShareLimit,
        "UnauthorizedOperation.ImageNotBelongToAccount" => ShareReceived SharePublic,
        "InvalidParameterValue.InvalidImageId" => SharePublic ShareReceived,
        "InvalidParameterValue.InvalidImageState" => ShareNotNormal,
        "InvalidAccountIs.YourSelf" => ShareSelf,
        "FailedOperation.AccountIsYourSelf" => ShareSelf,
        "InvalidAccountId.NotFound" => ShareAccountForm,
        "FailedOperation.NotMasterAccount" => ShareSubAccount,
        "FailedOperation.AccountAlreadyExists" => ShareAlready,
        "UnsupportedOperation.EncryptedImagesNotSupported" => ShareEncrypted,
        "FailedOperation.BYOLImageShareFailed" => ShareByol,
        "InvalidParameter.InstanceImageNotSupport" => ShareWholeMachine,
        "UnauthorizedOperation.InvalidToken" => SessionExpired,
    ;
    "copy" "SyncImages":
        "InvalidImageId.IncorrectState" => CopyNotNormal,
        "FailedOperation.InvalidImageState" => CopyNotNormal,
        "InvalidParameterValue.InvalidImageState" => CopyNotNormal,
        "InvalidParameterValue.InvalidImageId" => CopyPublic CopyReceived,
        "InvalidParameterValue.InvalidRegion" => CopySameRegion CopyReceived,
        "InvalidRegion.NotFound" => RegionUnknown,
        "InvalidRegion.Unavailable" => CopyNoCopyRegion CopyCrossBorder CopyFinance,
        "UnsupportedOperation.Region" => CopyNoCopyRegion CopyCrossBorder CopyFinance CopyReceived,
        "InvalidImageName.Duplicate" => CopyNameTaken,
        "ImageQuotaLimitExceeded" => CopyQuota,
        "UnsupportedOperation.EncryptedImagesNotSupported" => CopyEncrypted,
        "InvalidParameter.InstanceImageNotSupport" => CopyWholeMachine,
    ;
    "unshare" "ModifyImageSharePermission":
        "UnauthorizedOperation.ImageNotBelongToAccount" => UnshareNone,
        "InvalidParameterValue.InvalidImageId" => UnshareNone,
        "InvalidParameterValue.InvalidImageState" => UnshareNotNormal,
        "UnauthorizedOperation.InvalidToken" => SessionExpired,
    ;
    "delete" "DeleteImages":
        "InvalidImageId.InShared" => DeleteShared,
        "InvalidParameterValue.InvalidImageIdIsShared" => DeleteReceived,
        "InvalidParameterValue.InvalidImageId" => DeletePublic,
        "InvalidImageId.IncorrectState" => DeleteBusy,
        "MutexOperation.TaskRunning" => JobBusy,
    ;
    "rename" "ModifyImageAttribute":
        "UnsupportedOperation.SharedImageModifyUnsupported" => RenameReceived,
        "InvalidImageName.Duplicate" => RenameNameTaken,
        "InvalidParameterValue.TooLarge" => RenameNameLength RenameDescriptionLength,
        "UnauthorizedOperation.InvalidToken" => SessionExpired,
    ;
    "launch" "RunInstances":
        "InvalidImageId.NotFound" => LaunchOtherRegion,
        "InvalidParameterValue.InvalidImageState" => LaunchNotNormal,
        "InvalidZone.MismatchRegion" => LaunchZone,
        "InvalidParameterValue.ZoneNotSupported" => LaunchZone,
        "ResourceInsufficient.AvailabilityZoneSoldOut" => LaunchZone,
        "InvalidInstanceType.Malformed" => LaunchType,
        "InvalidParameterValue.InstanceTypeNotFound" => LaunchType,
        "ResourceInsufficient.SpecifiedInstanceType" => LaunchType,
        "ResourceUnavailable.InstanceType" => LaunchType,
        "ResourcesSoldOut.SpecifiedInstanceType" => LaunchType,
        "UnauthorizedOperation.InvalidToken" => SessionExpired,
    ;
    "reinstall" "ResetInstance":
        "InvalidImageId.NotFound" => ReinstallOtherRegion,
        "InvalidParameterValue.InvalidImageState" => ReinstallNotNormal,
        "OperationDenied.InstanceOperationInProgress" => ReinstallState,
        "MutexOperation.TaskRunning" => ReinstallState,
        "ResourceInUse" => ReinstallState,
        "UnsupportedOperation.InstanceStateCorrupted" => ReinstallState,
        "UnsupportedOperation.InstanceStateEnterRescueMode" => ReinstallState,
        "UnsupportedOperation.InstanceStateEnterServiceLiveMigrate" => ReinstallState,
        "UnsupportedOperation.InstanceStateExitRescueMode" => ReinstallState,
        "UnsupportedOperation.InstanceStateExitServiceLiveMigrate" => ReinstallState,
        "UnsupportedOperation.InstanceStateFreezing" => ReinstallState,
        "UnsupportedOperation.InstanceStateIsolating" => ReinstallState,
        "UnsupportedOperation.InstanceStatePending" => ReinstallState,
        "UnsupportedOperation.InstanceStateRebooting" => ReinstallState,
        "UnsupportedOperation.InstanceStateRescueMode" => ReinstallState,
        "UnsupportedOperation.InstanceStateServiceLiveMigrate" => ReinstallState,
        "UnsupportedOperation.InstanceStateShutdown" => ReinstallState,
        "UnsupportedOperation.InstanceStateStarting" => ReinstallState,
        "UnsupportedOperation.InstanceStateStopping" => ReinstallState,
        "UnsupportedOperation.InstanceStateTerminated" => ReinstallState,
        "UnsupportedOperation.InstanceStateTerminating" => ReinstallState,
        "UnauthorizedOperation.InvalidToken" => SessionExpired,
    ;
    "capture" "CreateImage":
        "ImageQuotaLimitExceeded" => CaptureQuota,
        "InvalidImageName.Duplicate" => CaptureNameTaken,
        "InvalidParameterValue.TooLarge" => CaptureNameLength,
        "InvalidParameter.ValueTooLarge" => CaptureNameLength,
        "OperationDenied.InstanceOperationInProgress" => CaptureState,
        "MutexOperation.TaskRunning" => CaptureState,
        "ResourceInUse" => CaptureState,
        "UnsupportedOperation.InstanceReinstallFailed" => CaptureState,
        "UnsupportedOperation.InstanceStateEnterRescueMode" => CaptureState,
        "UnsupportedOperation.InstanceStateEnterServiceLiveMigrate" => CaptureState,
        "UnsupportedOperation.InstanceStateExitRescueMode" => CaptureState,
        "UnsupportedOperation.InstanceStateFreezing" => CaptureState,
        "UnsupportedOperation.InstanceStateRebooting" => CaptureState,
        "UnsupportedOperation.InstanceStateRescueMode" => CaptureState,
        "UnsupportedOperation.InstanceStateServiceLiveMigrate" => CaptureState,
        "UnsupportedOperation.InstanceStateStarting" => CaptureState,
        "UnsupportedOperation.InstanceStateStopping" => CaptureState,
        "UnsupportedOperation.InstanceStateTerminating" => CaptureState,
    ;
    "any" "any":
        "AuthFailure.TokenFailure" => SessionExpired,
        "AuthFailure.SecretIdNotFound" => SessionExpired,
        "AuthFailure.InvalidSecretId" => SessionExpired,
        "UnsupportedRegion" => RegionUnknown,
    ;
};

/// Returns all known meanings in the order of the table.
pub fn refusals() -> &'static [Refusal] {
    REFUSALS
}

/// Returns the rules that an error code can mean for an action name (see [`Refusal::wanted`]), the most
/// likely first. Empty if the table has no entry.
pub fn meanings_of(wanted: &str, api_code: &str) -> Vec<Code> {
    let mut all = Vec::new();
    for r in REFUSALS.iter().filter(|r| r.api_code == api_code && (r.wanted == wanted || r.wanted == "any")) {
        if !all.contains(&r.code) {
            all.push(r.code);
        }
    }
    all
}

/// Returns the log line for a call that the cloud refused although the verdict allowed it. The server
/// decides; the log shows the difference. Returns `None` if the error code is not in the table or means only
/// that the session has expired. `about` is the ID of the image or instance of the call.
pub fn drift(wanted: &str, api_code: &str, about: &str) -> Option<String> {
    let code = *meanings_of(wanted, api_code).first()?;
    (code != Code::SessionExpired)
        .then(|| format!("rule-drift: {code} was not seen, the cloud said {api_code} to {wanted} of {about}"))
}

/// Returns the rules that an error code can mean for an action, the most likely first. Empty if the table has
/// no entry. [`Action::Distribute`] makes both share and copy calls; if both have a rule for the same
/// property of the image, the share rule is returned.
pub fn meanings(action: &Action, api_code: &str) -> Vec<Code> {
    let mut all = meanings_of(action.as_str(), api_code);
    if matches!(action, Action::Distribute { .. }) {
        for code in meanings_of("copy", api_code).into_iter().map(as_sharing) {
            if !all.contains(&code) {
                all.push(code);
            }
        }
    }
    all
}

/// Returns the share rule for the same property of the image as a copy rule.
fn as_sharing(code: Code) -> Code {
    match code {
        Code::CopyReceived => Code::ShareReceived,
        Code::CopyPublic => Code::SharePublic,
        Code::CopyNotNormal => Code::ShareNotNormal,
        Code::CopyEncrypted => Code::ShareEncrypted,
        Code::CopyWholeMachine => Code::ShareWholeMachine,
        other => other,
    }
}

/// Returns the rule that an error code most likely means for an action.
pub fn from_refusal(action: &Action, api_code: &str) -> Option<Code> {
    meanings(action, api_code).first().copied()
}
