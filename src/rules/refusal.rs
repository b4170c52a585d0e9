//! The API's error codes as codes of the rules, so that a refusal is told in the same words as a verdict.
//!
//! The table follows the API's pages. Where an error code can mean several rows, each has its line, the
//! likeliest first. Codes that say nothing about the image, the receiver or the region are left out: they are shown
//! with their own message and request id.

use super::{Action, Code};

/// One meaning of one error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// What was wanted, as [`Action::word`] spells it; `any` for the codes that every API action can answer with.
    pub wanted: &'static str,
    /// The API action that answered; `any` with `any`.
    pub api_action: &'static str,
    /// As the API spells it.
    pub api_code: &'static str,
    /// What it means here.
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

/// Every meaning that is known, in the table's order.
pub fn refusals() -> &'static [Refusal] {
    REFUSALS
}

/// All that an error code can mean for what was wanted (see [`Refusal::wanted`]), the likeliest first; empty where the
/// table has nothing to say.
pub fn meanings_of(wanted: &str, api_code: &str) -> Vec<Code> {
    let mut all = Vec::new();
    for r in REFUSALS.iter().filter(|r| r.api_code == api_code && (r.wanted == wanted || r.wanted == "any")) {
        if !all.contains(&r.code) {
            all.push(r.code);
        }
    }
    all
}

/// What to log where the cloud refused what a verdict had allowed: the server is the authority, and the difference is
/// never hidden. Nothing where the code has no meaning in the table, or only says that the session is over. `about` is
/// the ID of what the call was about.
pub fn drift(wanted: &str, api_code: &str, about: &str) -> Option<String> {
    let code = *meanings_of(wanted, api_code).first()?;
    (code != Code::SessionExpired)
        .then(|| format!("rule-drift: {code} was not seen, the cloud said {api_code} to {wanted} of {about}"))
}

/// All that an error code can mean for an action, the likeliest first; empty where the table has nothing to say.
/// [`Action::Distribute`] is answered by the calls of both sharing and copying; what both say of the image, its
/// verdicts tell in the words of sharing.
pub fn meanings(action: &Action, api_code: &str) -> Vec<Code> {
    let mut all = meanings_of(action.word(), api_code);
    if matches!(action, Action::Distribute { .. }) {
        for code in meanings_of("copy", api_code).into_iter().map(as_sharing) {
            if !all.contains(&code) {
                all.push(code);
            }
        }
    }
    all
}

/// The row of sharing that says of the image what this row of copying says.
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

/// What an error code most likely means for an action.
pub fn from_refusal(action: &Action, api_code: &str) -> Option<Code> {
    meanings(action, api_code).first().copied()
}
