//! Asking before something is changed. No is what Enter says.

use std::io::IsTerminal;

use crate::{
    boundary::output,
    cli::Consent,
    commands::say,
    i18n::{
        self,
        lang::{Lang, tell},
    },
    model::plain,
    rules::Note,
    session::{error::Fault, setup::Setup},
};

/// What is asked about, in a few words of each language.
pub(crate) struct What {
    pub en: String,
    pub zh: String,
}

impl What {
    fn of(&self, lang: Lang) -> &str {
        lang.of(&self.en, &self.zh)
    }
}

/// Lets a person agree to an action with its risks: on a terminal by asking, elsewhere by `--yes` alone.
///
/// # Errors
/// [`Fault::Usage`] where nobody can be asked, [`Fault::Failed`] where they do not agree.
pub(crate) fn agree(ask: Consent, what: &What, risks: &[Note], setup: &Setup) -> Result<(), Fault> {
    agree_typing(ask, what, risks, None, setup)
}

/// The same, where the person has to type something: nothing brings back what follows.
///
/// # Errors
/// Those of [`agree`].
pub(crate) fn agree_typing(
    ask: Consent,
    what: &What,
    risks: &[Note],
    typed: Option<&str>,
    setup: &Setup,
) -> Result<(), Fault> {
    if ask.yes {
        return Ok(());
    }
    for risk in risks {
        let said = i18n::sentence(risk.code, &risk.args, setup.lang);
        let (said, code) = (plain(&said), risk.code);
        say(&tell!(setup.lang, "to accept: {said} [{code}]", "须接受：{said} [{code}]"));
    }
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        let (accept, accepts) = match risks.is_empty() {
            true => ("", ""),
            false => (", which accepts the above", "（即接受上述风险）"),
        };
        let (en, zh) = (what.of(Lang::En), what.of(Lang::Zh));
        return Err(Fault::Usage(format!(
            "{en} changes something, and nobody can be asked\nAdd --yes{accept}, or --dry-run to see what would be done"
        ))
        .zh(format!("{zh}：会更改内容，而这里无法询问\n请加上 --yes{accepts}，或用 --dry-run 查看将做什么")));
    }
    let said = what.of(setup.lang);
    let question = match typed.map(plain) {
        None => tell!(setup.lang, "{said}: go ahead? [y/N] ", "{said}：继续吗？[y/N] "),
        Some(text) => tell!(setup.lang, "{said}: type {text} to go ahead: ", "{said}：输入 {text} 以继续："),
    };
    output::error(&question);
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    match fits(answer.trim(), typed) {
        true => Ok(()),
        false => Err(Fault::Failed("nothing was changed".to_owned()).zh("没有任何更改")),
    }
}

fn fits(answer: &str, typed: Option<&str>) -> bool {
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
            ["y", "Yes", "是", "", "n", "yeah", "ye"].into_iter().filter(|a| fits(a, None)).collect();
        assert_eq!(yes, ["y", "Yes", "是"]);
        let names: Vec<&str> =
            ["web", "web-7", "WEB-7", "", "y"].into_iter().filter(|a| fits(a, Some(" web-7"))).collect();
        assert_eq!(names, ["web-7"]);
    }
}
