//! Asking before something is changed.

use std::io::{IsTerminal, Write};

use super::say;
use crate::{
    cli::{Fault, Setup},
    rules::Note,
    words::{self, Lang, plain},
};

/// How a command that changes something was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Ask nothing.
    pub yes: bool,
    /// Change nothing.
    pub dry_run: bool,
}

/// Lets a person agree to an action with its risks: on a terminal by asking, elsewhere by `--yes` alone.
///
/// # Errors
/// [`Fault::Usage`] where nobody can be asked, [`Fault::Failed`] where they do not agree.
pub(super) fn agree(ask: Ask, what: &str, risks: &[Note], setup: &Setup) -> Result<(), Fault> {
    if ask.yes {
        return Ok(());
    }
    for risk in risks {
        say(&format!(
            "to accept: {} [{}]",
            plain(&words::sentence(risk.code, &risk.args, setup.lang)),
            risk.code
        ));
    }
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        let accept = if risks.is_empty() { "" } else { ", which accepts the above" };
        return Err(Fault::Usage(format!(
            "{what} changes something; where nobody can be asked, add --yes{accept}"
        )));
    }
    let question = match setup.lang {
        Lang::En => format!("{what}: go ahead? [y/N] "),
        Lang::Zh => format!("{what}：继续吗？[y/N] "),
    };
    let mut stderr = std::io::stderr();
    let _ = write!(stderr, "{question}").and_then(|()| stderr.flush());
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    match answer.trim() {
        "y" | "Y" | "yes" | "是" => Ok(()),
        _ => Err(Fault::Failed("nothing was changed".to_owned())),
    }
}
