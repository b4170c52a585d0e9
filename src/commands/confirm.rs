//! Asks for confirmation before a change. The default answer is no.

use std::io::IsTerminal;

use clap::Args;

use crate::{
    boundary::output::{self, say},
    i18n,
    messages::{Lang, Text, m, text, tr},
    model::plain,
    rules::Note,
    session::{error::CommandError, setup::Setup},
};

/// Whether to ask first, and whether to do it at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Args)]
pub struct Consent {
    /// Go on without being asked, and accept the risks that would be asked about
    #[arg(short, long)]
    pub yes: bool,
    /// Say what would be done and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Asks on a terminal whether to do `what` with its risks; without a terminal only `--yes` confirms. If `typed` is
/// given, the action cannot be undone and the user must type that text.
///
/// # Errors
///
/// [`CommandError::Usage`] without a terminal and `--yes`, [`CommandError::Failed`] if the answer is no.
pub(crate) fn confirm(
    consent: Consent,
    what: &Text,
    risks: &[Note],
    typed: Option<&str>,
    setup: &Setup,
) -> Result<(), CommandError> {
    if consent.yes {
        return Ok(());
    }
    let lang = setup.lang;
    for risk in risks {
        let sentence = i18n::sentence(risk.code, &risk.args, lang);
        let (sentence, code) = (plain(&sentence), risk.code);
        say(&tr!(lang, cmd_confirm_to_accept, sentence, code));
    }
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(CommandError::Usage(match risks.is_empty() {
            true => text!(cmd_confirm_needs_confirmation, what),
            false => text!(cmd_confirm_needs_acceptance, what),
        }));
    }
    output::error(&match typed.map(plain) {
        None => tr!(lang, cmd_confirm_go_ahead_y_n, what),
        Some(name) => tr!(lang, cmd_confirm_type_to_go_ahead, what, name),
    });
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    match is_confirmed(answer.trim(), typed, lang) {
        true => Ok(()),
        false => Err(CommandError::Failed(text!(cmd_confirm_nothing_was_changed))),
    }
}

/// Returns whether the answer confirms: the text to type, or a yes in this language.
fn is_confirmed(answer: &str, typed: Option<&str>, lang: Lang) -> bool {
    match typed {
        Some(wanted) => answer == plain(wanted).trim(),
        None => lang.text(m::answer_yes).split(' ').any(|yes| answer.eq_ignore_ascii_case(yes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes_and_only_the_whole_name_is_the_name() {
        let zh = Lang::find("zh").unwrap();
        let yes: Vec<&str> = ["y", "Yes", "\u{662f}", "", "n", "yeah", "ye"]
            .into_iter()
            .filter(|a| is_confirmed(a, None, zh))
            .collect();
        assert_eq!(yes, ["y", "Yes", "\u{662f}"]);
        let names: Vec<&str> = ["web", "web-7", "WEB-7", "", "y"]
            .into_iter()
            .filter(|a| is_confirmed(a, Some(" web-7"), zh))
            .collect();
        assert_eq!(names, ["web-7"]);
    }
}
