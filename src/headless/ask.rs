//! Asking a person before something changes. No is what Enter says.

use std::io::{BufRead, IsTerminal, Write};

use crate::{
    cli::{Consent, Fault},
    words::{Lang, plain},
};

/// Refuses early where somebody would have to be asked and there is nobody.
///
/// # Errors
/// [`Fault::Usage`]
pub(super) fn possible(consent: Consent) -> Result<(), Fault> {
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    match consent.yes || consent.dry_run || terminal {
        true => Ok(()),
        false => Err(Fault::Usage(
            "this changes the cloud, and there is no terminal to ask on\nAdd --yes to go on without being asked, or \
             --dry-run to see what would be done"
                .into(),
        )),
    }
}

/// Whether the person says yes. Where `typed` is given they have to type it; nothing brings back what follows.
///
/// # Errors
/// [`Fault`] when the terminal cannot be read.
pub(super) fn agreed(typed: Option<&str>, lang: Lang) -> Result<bool, Fault> {
    let question = match (typed.map(plain), lang) {
        (Some(text), Lang::En) => format!("Type {text} to go on: "),
        (Some(text), Lang::Zh) => format!("输入 {text} 以继续："),
        (None, Lang::En) => "Accept this and go on? [y/N] ".to_owned(),
        (None, Lang::Zh) => "接受并继续？[y/N] ".to_owned(),
    };
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "{question}").and_then(|()| stderr.flush());
    drop(stderr);
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.map_err(|e| Fault::Failed(format!("the terminal cannot be read: {e}")))?;
    Ok(fits(answer.trim(), typed))
}

fn fits(answer: &str, typed: Option<&str>) -> bool {
    match typed {
        Some(wanted) => answer == plain(wanted).trim(),
        None => matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes") || answer == "是",
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
