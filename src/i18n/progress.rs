//! Translations of the words that JSON and tables use.

use crate::{
    messages::{Lang, m},
    rules::Action,
};

/// Translates the state of a job, copy or share (a word of [`crate::jobs::report`]), the group of a region or the
/// kind of a change. Returns other words unchanged.
pub fn progress(word: &str, lang: Lang) -> &str {
    lang.text(match word {
        "planned" => m::word_planned,
        "running" => m::word_running,
        "done" => m::word_done,
        "partial" => m::word_partial,
        "failed" => m::word_failed,
        "copying" => m::word_copying,
        "waiting" => m::word_waiting,
        "ready" => m::word_ready,
        "skipped" => m::word_skipped,
        "sharing" => m::word_sharing,
        "shared" => m::word_shared,
        "verified" => m::word_verified,
        "there" => m::word_there,
        "copied" => m::word_copied,
        "blocked" => m::word_blocked,
        "unknown" => m::word_unknown,
        "unfinished" => m::word_unfinished,
        "cancelled" => m::word_cancelled,
        "undone" => m::word_undone,
        "deleted" => m::word_deleted,
        "still shared" => m::word_still_shared,
        "mainland" => m::word_mainland,
        "overseas" => m::word_overseas,
        "finance" => m::word_finance,
        "add" => m::word_add,
        "extra" => m::word_extra,
        "image" => m::word_image,
        "copy" => m::word_copy,
        "share" => m::word_share,
        _ => return word,
    })
}

/// Translates a group, name or level of the doctor's findings. Returns other names, such as API actions, unchanged.
pub fn doctor_word(word: &str, lang: Lang) -> &str {
    lang.text(match word {
        "terminal" => m::doctor_word_terminal,
        "size" => m::word_size,
        "colours" => m::doctor_word_colours,
        "characters" => m::doctor_word_characters,
        "multiplexer" => m::doctor_word_multiplexer,
        "paths" => m::doctor_word_paths,
        "settings" => m::doctor_word_settings,
        "config" => m::doctor_word_config,
        "keymap" => m::doctor_word_keymap,
        "themes" => m::doctor_word_themes,
        "log" => m::doctor_word_log,
        "notes" => m::doctor_word_notes,
        "view" => m::doctor_word_view,
        "state" => m::doctor_word_state,
        "journal" => m::doctor_word_journal,
        "content" => m::doctor_word_content,
        "network" => m::common_network,
        "endpoint" => m::doctor_word_endpoint,
        "proxy" => m::doctor_word_proxy,
        "credentials" => m::doctor_word_credentials,
        "found" => m::doctor_word_found,
        "account" => m::word_account,
        "mode" => m::doctor_word_mode,
        "clock" => m::doctor_word_clock,
        "skew" => m::doctor_word_skew,
        "regions" => m::word_regions,
        "all" => m::common_all,
        "permissions" => m::doctor_word_permissions,
        "others" => m::doctor_word_others,
        "ok" => m::doctor_word_ok,
        "note" => m::doctor_word_note,
        "wrong" => m::doctor_word_wrong,
        "WRONG" => m::doctor_level_wrong,
        _ => return word,
    })
}

/// Returns the name of an action. The English name is the name of the command.
pub fn action(action: &Action, lang: Lang) -> &'static str {
    lang.text(match action {
        Action::Share { .. } | Action::Distribute { .. } => m::action_share,
        Action::Copy { .. } => m::action_copy,
        Action::Unshare { .. } => m::action_unshare,
        Action::Delete { .. } => m::action_delete,
        Action::Rename { .. } => m::action_rename,
        Action::Launch { .. } => m::action_launch,
        Action::Reinstall { .. } => m::action_reinstall,
        Action::Capture { .. } => m::action_capture,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translates_known_words_and_keeps_others() {
        let zh = Lang::find("zh").unwrap();
        assert_eq!(
            (progress("verified", Lang::EN), progress("verified", zh)),
            ("verified", "\u{5df2}\u{9a8c}\u{8bc1}")
        );
        assert_eq!(progress("xyz", zh), "xyz");
        assert_eq!((doctor_word("clock", Lang::EN), doctor_word("clock", zh)), ("clock", "\u{65f6}\u{949f}"));
        assert_eq!(doctor_word("DescribeImages", zh), "DescribeImages");
    }
}
