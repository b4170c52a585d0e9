//! The stable codes of the rules, one per rule.

use std::fmt;

use serde::{Serialize, Serializer};

/// What a rule adds to a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// A reason that blocks the action.
    Block,
    /// A risk that a person has to accept.
    Acknowledge,
    /// A note.
    Note,
}

macro_rules! codes {
    ($($name:ident $code:literal $sort:ident $page:expr, $source:literal;)*) => {
        /// The code of a rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`, from ", $source)] $name,)*
        }

        impl Code {
            /// Every code, grouped by topic.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// Returns the code as JSON and command output spell it.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// Returns what the rule adds to a verdict. `copy.untrusted`, `launch.untrusted` and
            /// `reinstall.untrusted` also block if the profile enforces trust.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$sort,)* }
            }

            /// Returns the number N of the vendor's page product/213/N, if there is one.
            pub fn page(self) -> Option<u32> {
                match self { $(Code::$name => $page,)* }
            }

            /// Returns the source of the rule: FAQ questions (F1 to F12) and page numbers.
            pub fn source(self) -> &'static str {
                match self { $(Code::$name => $source,)* }
            }
        }
    };
}

codes! {
    ShareLimit "share.limit" Block Some(17348), "F1, 4944";
    ShareReceived "share.received" Block Some(17348), "F9";
    SharePublic "share.public" Block Some(4944), "4944";
    ShareOtherRegion "share.other-region" Block Some(17348), "F12, 4943, 4944";
    ShareNotNormal "share.not-normal" Block Some(15710), "15710";
    ShareSelf "share.self" Block Some(17348), "F12";
    ShareAccountForm "share.account-form" Block Some(4944), "4944";
    ShareSubAccount "share.sub-account" Block Some(4944), "4944";
    ShareNotKnown "share.not-known" Block None, "cvmshare";
    ShareAlready "share.already" Block Some(15710), "15710";
    ShareEncrypted "share.encrypted" Block Some(15710), "15710";
    ShareByol "share.byol" Block Some(15710), "15710";
    ShareWholeMachine "share.whole-machine" Block Some(15710), "15710";
    ShareLeak "share.leak" Acknowledge Some(17348), "F10";
    CopyReceived "copy.received" Block Some(17348), "F5, 15711";
    CopyReceivedOwn "copy.received-own" Note Some(15711), "15711";
    CopyUntrusted "copy.untrusted" Acknowledge Some(17348), "F8";
    CopyPublic "copy.public" Block Some(15711), "15711";
    CopyNotNormal "copy.not-normal" Block Some(15711), "15711";
    CopySameRegion "copy.same-region" Block Some(15711), "15711";
    CopyCrossBorder "copy.cross-border" Block Some(4943), "4943";
    CopyFinance "copy.finance" Block Some(4943), "4943";
    CopyNoCopyRegion "copy.no-copy-region" Block Some(4943), "4943";
    CopyNameTaken "copy.name-taken" Block Some(15711), "15711";
    CopyNameLength "copy.name-length" Block Some(15711), "15711";
    CopyDescriptionLength "copy.description-length" Block Some(15711), "15711";
    CopyQuota "copy.quota" Block Some(15719), "15719";
    CopyEncrypted "copy.encrypted" Block Some(15711), "15711";
    CopyWholeMachine "copy.whole-machine" Block Some(15711), "15711";
    CopyStorage "copy.storage" Note Some(4943), "4943";
    UnshareNone "unshare.none" Block Some(7148), "7148";
    UnshareNotNormal "unshare.not-normal" Block Some(15710), "15710";
    UnshareLivesOn "unshare.lives-on" Acknowledge Some(7148), "7148";
    UnshareForeign "unshare.foreign" Acknowledge Some(7148), "7148";
    DeleteShared "delete.shared" Block Some(17348), "F6";
    DeleteReceived "delete.received" Block Some(17348), "F7";
    DeletePublic "delete.public" Block Some(4944), "4944";
    DeleteBusy "delete.busy" Block Some(15716), "15716";
    DeleteJob "delete.job" Block None, "cvmshare";
    DeleteInstances "delete.instances" Note Some(15716), "15716";
    DeleteSnapshots "delete.snapshots" Note Some(15716), "15716";
    DeleteTypeName "delete.type-name" Acknowledge Some(15716), "15716";
    RenameReceived "rename.received" Block Some(17348), "F2";
    RenameShared "rename.shared" Note Some(15716), "15716";
    RenamePublic "rename.public" Block Some(15716), "15716";
    RenameNameTaken "rename.name-taken" Block Some(15716), "15716";
    RenameNameLength "rename.name-length" Block Some(15716), "15716";
    RenameDescriptionLength "rename.description-length" Block Some(15716), "15716";
    LaunchOtherRegion "launch.other-region" Block Some(17348), "F4";
    LaunchNotNormal "launch.not-normal" Block Some(17348), "F4";
    LaunchUntrusted "launch.untrusted" Acknowledge Some(17348), "F8";
    LaunchZone "launch.zone" Block None, "DescribeZoneInstanceConfigInfos";
    LaunchType "launch.type" Block None, "DescribeZoneInstanceConfigInfos";
    LaunchOwnShared "launch.own-shared" Note Some(17348), "F11";
    LaunchDeprecated "launch.deprecated" Note None, "111405";
    ReinstallOtherRegion "reinstall.other-region" Block Some(17348), "F4";
    ReinstallNotNormal "reinstall.not-normal" Block Some(4933), "4933";
    ReinstallUntrusted "reinstall.untrusted" Acknowledge Some(17348), "F8";
    ReinstallState "reinstall.state" Block Some(4933), "4933";
    ReinstallWipes "reinstall.wipes" Acknowledge Some(4933), "4933";
    CaptureQuota "capture.quota" Block Some(4942), "4942";
    CaptureNameTaken "capture.name-taken" Block Some(4942), "4942";
    CaptureNameLength "capture.name-length" Block Some(4942), "4942";
    CaptureState "capture.state" Block Some(4942), "4942";
    CaptureReceivedContent "capture.received-content" Note Some(17348), "F10, F11";
    ModeReadOnly "mode.read-only" Block None, "cvmshare";
    SessionNone "session.none" Block None, "cvmshare";
    SessionExpired "session.expired" Block None, "cvmshare";
    NetOffline "net.offline" Block None, "cvmshare";
    RegionUnknown "region.unknown" Block Some(6091), "6091";
    JobBusy "job.busy" Block None, "cvmshare";
    QuotaReceived "quota.received" Note Some(17348), "F3";
}

impl Code {
    /// Returns the URL of the vendor's page, if there is one.
    pub fn doc(self) -> Option<String> {
        self.page().map(|n| format!("https://www.tencentcloud.com/document/product/213/{n}"))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}
