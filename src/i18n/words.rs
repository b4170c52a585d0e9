//! The texts of the rules, by code.

use crate::{
    i18n::fill,
    messages::{Lang, Listed, m},
    model::{ImageState, plain},
    rules::{Action, Args, Code, Remedy},
};

/// The variants of a code's texts, the most detailed first. The first variant whose arguments are all known is used.
/// The last variant has no arguments, because a refusal of the cloud has none.
struct Variants {
    /// The variants of the full sentence.
    sentence: &'static [Listed],
    /// The variants of the short form, which is one line without capital and full stop.
    short: &'static [Listed],
    /// The variants of the fix. Empty for a code that never blocks.
    fix: &'static [Listed],
}

fn variants(code: Code) -> Variants {
    let (sentence, short, fix): (&[Listed], &[Listed], &[Listed]) = match code {
        Code::ShareLimit => (m::rule_share_limit, m::rule_share_limit_short, m::rule_share_limit_fix),
        Code::ShareReceived => {
            (m::rule_share_received, m::rule_share_received_short, m::rule_share_received_fix)
        }
        Code::SharePublic => (m::rule_share_public, m::rule_share_public_short, m::rule_share_public_fix),
        Code::ShareOtherRegion => {
            (m::rule_share_other_region, m::rule_share_other_region_short, m::rule_share_other_region_fix)
        }
        Code::ShareNotNormal => {
            (m::rule_share_not_normal, m::rule_share_not_normal_short, m::rule_share_not_normal_fix)
        }
        Code::ShareSelf => (m::rule_share_self, m::rule_share_self_short, m::rule_share_self_fix),
        Code::ShareAccountForm => {
            (m::rule_share_account_form, m::rule_share_account_form_short, m::rule_share_account_form_fix)
        }
        Code::ShareSubAccount => {
            (m::rule_share_sub_account, m::rule_share_sub_account_short, m::rule_share_sub_account_fix)
        }
        Code::ShareNotKnown => {
            (m::rule_share_not_known, m::rule_share_not_known_short, m::rule_share_not_known_fix)
        }
        Code::ShareAlready => (m::rule_share_already, m::rule_share_already_short, m::rule_share_already_fix),
        Code::ShareEncrypted => {
            (m::rule_share_encrypted, m::rule_share_encrypted_short, m::rule_share_encrypted_fix)
        }
        Code::ShareByol => (m::rule_share_byol, m::rule_share_byol_short, m::rule_share_byol_fix),
        Code::ShareWholeMachine => {
            (m::rule_share_whole_machine, m::rule_share_whole_machine_short, m::rule_share_whole_machine_fix)
        }
        Code::ShareLeak => (m::rule_share_leak, m::rule_share_leak_short, &[]),
        Code::CopyReceived => (m::rule_copy_received, m::rule_copy_received_short, m::rule_copy_received_fix),
        Code::CopyReceivedOwn => (m::rule_copy_received_own, m::rule_copy_received_own_short, &[]),
        Code::CopyUntrusted => {
            (m::rule_copy_untrusted, m::rule_copy_untrusted_short, m::rule_copy_untrusted_fix)
        }
        Code::CopyPublic => (m::rule_copy_public, m::rule_copy_public_short, m::rule_copy_public_fix),
        Code::CopyNotNormal => {
            (m::rule_copy_not_normal, m::rule_copy_not_normal_short, m::rule_copy_not_normal_fix)
        }
        Code::CopySameRegion => {
            (m::rule_copy_same_region, m::rule_copy_same_region_short, m::rule_copy_same_region_fix)
        }
        Code::CopyCrossBorder => {
            (m::rule_copy_cross_border, m::rule_copy_cross_border_short, m::rule_copy_cross_border_fix)
        }
        Code::CopyFinance => (m::rule_copy_finance, m::rule_copy_finance_short, m::rule_copy_finance_fix),
        Code::CopyNoCopyRegion => {
            (m::rule_copy_no_copy_region, m::rule_copy_no_copy_region_short, m::rule_copy_no_copy_region_fix)
        }
        Code::CopyNameTaken => {
            (m::rule_copy_name_taken, m::rule_copy_name_taken_short, m::rule_copy_name_taken_fix)
        }
        Code::CopyNameLength => {
            (m::rule_copy_name_length, m::rule_copy_name_length_short, m::rule_copy_name_length_fix)
        }
        Code::CopyDescriptionLength => (
            m::rule_copy_description_length,
            m::rule_copy_description_length_short,
            m::rule_copy_description_length_fix,
        ),
        Code::CopyQuota => (m::rule_copy_quota, m::rule_copy_quota_short, m::rule_copy_quota_fix),
        Code::CopyEncrypted => {
            (m::rule_copy_encrypted, m::rule_copy_encrypted_short, m::rule_copy_encrypted_fix)
        }
        Code::CopyWholeMachine => {
            (m::rule_copy_whole_machine, m::rule_copy_whole_machine_short, m::rule_copy_whole_machine_fix)
        }
        Code::CopyStorage => (m::rule_copy_storage, m::rule_copy_storage_short, &[]),
        Code::UnshareNone => (m::rule_unshare_none, m::rule_unshare_none_short, m::rule_unshare_none_fix),
        Code::UnshareNotNormal => {
            (m::rule_unshare_not_normal, m::rule_unshare_not_normal_short, m::rule_unshare_not_normal_fix)
        }
        Code::UnshareLivesOn => (m::rule_unshare_lives_on, m::rule_unshare_lives_on_short, &[]),
        Code::UnshareForeign => (m::rule_unshare_foreign, m::rule_unshare_foreign_short, &[]),
        Code::DeleteShared => (m::rule_delete_shared, m::rule_delete_shared_short, m::rule_delete_shared_fix),
        Code::DeleteReceived => {
            (m::rule_delete_received, m::rule_delete_received_short, m::rule_delete_received_fix)
        }
        Code::DeletePublic => (m::rule_delete_public, m::rule_delete_public_short, m::rule_delete_public_fix),
        Code::DeleteBusy => (m::rule_delete_busy, m::rule_delete_busy_short, m::rule_delete_busy_fix),
        Code::DeleteJob => (m::rule_delete_job, m::rule_delete_job_short, m::rule_delete_job_fix),
        Code::DeleteInstances => (m::rule_delete_instances, m::rule_delete_instances_short, &[]),
        Code::DeleteSnapshots => (m::rule_delete_snapshots, m::rule_delete_snapshots_short, &[]),
        Code::DeleteTypeName => (m::rule_delete_type_name, m::rule_delete_type_name_short, &[]),
        Code::RenameReceived => {
            (m::rule_rename_received, m::rule_rename_received_short, m::rule_rename_received_fix)
        }
        Code::RenameShared => (m::rule_rename_shared, m::rule_rename_shared_short, &[]),
        Code::RenamePublic => (m::rule_rename_public, m::rule_rename_public_short, m::rule_rename_public_fix),
        Code::RenameNameTaken => {
            (m::rule_rename_name_taken, m::rule_rename_name_taken_short, m::rule_rename_name_taken_fix)
        }
        Code::RenameNameLength => {
            (m::rule_rename_name_length, m::rule_rename_name_length_short, m::rule_rename_name_length_fix)
        }
        Code::RenameDescriptionLength => (
            m::rule_rename_description_length,
            m::rule_rename_description_length_short,
            m::rule_rename_description_length_fix,
        ),
        Code::LaunchOtherRegion => {
            (m::rule_launch_other_region, m::rule_launch_other_region_short, m::rule_launch_other_region_fix)
        }
        Code::LaunchNotNormal => {
            (m::rule_launch_not_normal, m::rule_launch_not_normal_short, m::rule_launch_not_normal_fix)
        }
        Code::LaunchUntrusted => {
            (m::rule_launch_untrusted, m::rule_launch_untrusted_short, m::rule_launch_untrusted_fix)
        }
        Code::LaunchZone => (m::rule_launch_zone, m::rule_launch_zone_short, m::rule_launch_zone_fix),
        Code::LaunchType => (m::rule_launch_type, m::rule_launch_type_short, m::rule_launch_type_fix),
        Code::LaunchOwnShared => (m::rule_launch_own_shared, m::rule_launch_own_shared_short, &[]),
        Code::LaunchDeprecated => (m::rule_launch_deprecated, m::rule_launch_deprecated_short, &[]),
        Code::ReinstallOtherRegion => (
            m::rule_reinstall_other_region,
            m::rule_reinstall_other_region_short,
            m::rule_reinstall_other_region_fix,
        ),
        Code::ReinstallNotNormal => (
            m::rule_reinstall_not_normal,
            m::rule_reinstall_not_normal_short,
            m::rule_reinstall_not_normal_fix,
        ),
        Code::ReinstallUntrusted => {
            (m::rule_reinstall_untrusted, m::rule_reinstall_untrusted_short, m::rule_reinstall_untrusted_fix)
        }
        Code::ReinstallState => {
            (m::rule_reinstall_state, m::rule_reinstall_state_short, m::rule_reinstall_state_fix)
        }
        Code::ReinstallWipes => (m::rule_reinstall_wipes, m::rule_reinstall_wipes_short, &[]),
        Code::CaptureQuota => (m::rule_capture_quota, m::rule_capture_quota_short, m::rule_capture_quota_fix),
        Code::CaptureNameTaken => {
            (m::rule_capture_name_taken, m::rule_capture_name_taken_short, m::rule_capture_name_taken_fix)
        }
        Code::CaptureNameLength => {
            (m::rule_capture_name_length, m::rule_capture_name_length_short, m::rule_capture_name_length_fix)
        }
        Code::CaptureState => (m::rule_capture_state, m::rule_capture_state_short, m::rule_capture_state_fix),
        Code::CaptureReceivedContent => {
            (m::rule_capture_received_content, m::rule_capture_received_content_short, &[])
        }
        Code::ModeReadOnly => {
            (m::rule_mode_read_only, m::rule_mode_read_only_short, m::rule_mode_read_only_fix)
        }
        Code::SessionNone => (m::rule_session_none, m::rule_session_none_short, m::rule_session_none_fix),
        Code::SessionExpired => {
            (m::rule_session_expired, m::rule_session_expired_short, m::rule_session_expired_fix)
        }
        Code::NetOffline => (m::rule_net_offline, m::rule_net_offline_short, m::rule_net_offline_fix),
        Code::RegionUnknown => {
            (m::rule_region_unknown, m::rule_region_unknown_short, m::rule_region_unknown_fix)
        }
        Code::JobBusy => (m::rule_job_busy, m::rule_job_busy_short, m::rule_job_busy_fix),
        Code::QuotaReceived => (m::rule_quota_received, m::rule_quota_received_short, &[]),
    };
    Variants { sentence, short, fix }
}

/// Returns the sentence of a code with the arguments of the reason or note.
pub fn sentence(code: Code, args: &Args, lang: Lang) -> String {
    fill::first(variants(code).sentence, args, lang, fill::WHOLE)
}

/// Returns the short form, about sixty columns at most, to follow "blocked ·" or "asks ·". Long names are cut.
pub fn short(code: Code, args: &Args, lang: Lang) -> String {
    fill::first(variants(code).short, args, lang, fill::SHORT)
}

/// Returns the fix for a reason with that code. The text is empty if the sentence already says it.
pub fn remedy(remedy: &Remedy, code: Code, lang: Lang) -> String {
    let mut args = Args::new();
    match remedy {
        Remedy::Choose(Some(suggestion)) => {
            args.insert("suggestion", suggestion.as_str().into());
        }
        Remedy::CurrentRules(figure) => {
            args.insert("newer", (*figure).into());
        }
        Remedy::Do(action) => {
            args.insert("do", true.into());
            if let Action::Copy { to, .. } = action.as_ref() {
                args.insert("to", to.iter().map(|r| r.to_string()).collect::<Vec<_>>().into());
            }
        }
        Remedy::Wait => {
            args.insert("wait", true.into());
        }
        Remedy::Outside => {
            args.insert("outside", true.into());
        }
        Remedy::Choose(None) | Remedy::SignIn | Remedy::None => {}
    }
    fill::first(variants(code).fix, &args, lang, fill::WHOLE)
}

/// Returns the name of an image's state.
pub fn state(state: &ImageState, lang: Lang) -> String {
    lang.text(match state {
        ImageState::Normal => m::words_ready,
        ImageState::Creating => m::words_being_made,
        ImageState::Syncing => m::words_being_copied,
        ImageState::Importing => m::words_being_imported,
        ImageState::CreateFailed => m::words_failed,
        ImageState::ImportFailed => m::words_import_failed,
        ImageState::Other(word) => return plain(word).into_owned(),
    })
    .to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn lists(code: Code) -> [&'static [Listed]; 3] {
        let Variants { sentence, short, fix } = variants(code);
        [sentence, short, fix]
    }

    fn arguments(variants: &[Listed]) -> Vec<BTreeSet<&'static str>> {
        variants.iter().map(|v| v.arguments().collect()).collect()
    }

    #[test]
    fn the_last_variant_needs_no_arguments() {
        for code in Code::ALL.iter().copied() {
            let [sentence, short, fix] = lists(code).map(arguments);
            assert_eq!(sentence.last(), Some(&BTreeSet::new()), "{code}");
            assert_eq!(short.last(), Some(&BTreeSet::new()), "{code}");
            assert!(fix.last().is_none_or(BTreeSet::is_empty), "{code}");
        }
    }

    #[test]
    fn no_variant_is_behind_one_that_is_always_taken_first() {
        for code in Code::ALL.iter().copied() {
            for all in lists(code).map(arguments) {
                for (i, later) in all.iter().enumerate() {
                    assert!(!all[..i].iter().any(|earlier| earlier.is_subset(later)), "{code}: {later:?}");
                }
            }
        }
    }
}
