//! Asks before something is changed. The default answer is no.

use std::io::IsTerminal;

use clap::Args;

use crate::{
    boundary::output::{self, say},
    i18n::{
        self,
        lang::{Text, tell, text},
    },
    model::plain,
    rules::Note,
    session::{error::Fault, setup::Setup},
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

/// Asks on a terminal whether to do `what` with its risks; elsewhere only `--yes` allows it. Where `typed` is given, the
/// user has to type it: what follows cannot be undone.
///
/// # Errors
/// [`Fault::Usage`] without a terminal and `--yes`, [`Fault::Failed`] when the answer is no.
pub(crate) fn confirm(
    consent: Consent,
    what: &Text,
    risks: &[Note],
    typed: Option<&str>,
    setup: &Setup,
) -> Result<(), Fault> {
    if consent.yes {
        return Ok(());
    }
    let lang = setup.lang;
    for risk in risks {
        let sentence = i18n::sentence(risk.code, &risk.args, lang);
        let (sentence, code) = (plain(&sentence), risk.code);
        say(&tell!(lang, "to accept: {sentence} [{code}]", "须接受：{sentence} [{code}]"));
    }
    let Text { en, zh } = what;
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        let (accept, accept_zh) = match risks.is_empty() {
            true => ("", ""),
            false => (", which accepts the above", "（即接受上述风险）"),
        };
        return Err(Fault::Usage(text!(
            "{en} changes something, and nobody can be asked\nAdd --yes{accept}, or --dry-run to see what would be done",
            "{zh}：会更改内容，而这里无法询问\n请加上 --yes{accept_zh}，或用 --dry-run 查看将做什么"
        )));
    }
    output::error(&match typed.map(plain) {
        None => tell!(lang, "{en}: go ahead? [y/N] ", "{zh}：继续吗？[y/N] "),
        Some(name) => tell!(lang, "{en}: type {name} to go ahead: ", "{zh}：输入 {name} 以继续："),
    });
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    match is_yes(answer.trim(), typed) {
        true => Ok(()),
        false => Err(Fault::Failed(text!("nothing was changed", "没有任何更改"))),
    }
}

fn is_yes(answer: &str, typed: Option<&str>) -> bool {
    match typed {
        Some(wanted) => answer == plain(wanted).trim(),
        None => matches!(answer, "y" | "Y" | "yes" | "Yes" | "是"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes_and_only_the_whole_name_is_the_name() {
        let yes: Vec<&str> =
            ["y", "Yes", "是", "", "n", "yeah", "ye"].into_iter().filter(|a| is_yes(a, None)).collect();
        assert_eq!(yes, ["y", "Yes", "是"]);
        let names: Vec<&str> =
            ["web", "web-7", "WEB-7", "", "y"].into_iter().filter(|a| is_yes(a, Some(" web-7"))).collect();
        assert_eq!(names, ["web-7"]);
    }
}
