//! `cvmshare doctor`: everything between here and the cloud looked at, and what to do where it is wrong. Changes nothing.

pub(crate) mod here;
pub(crate) mod there;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::{
    cli::VERSION,
    cloud::Places,
    commands::{list::regions_in_view, out},
    i18n::{lang::Lang, looked_at},
    model::plain,
    session::{
        error::{Exit, Fault},
        flags::{Format, Global},
        setup::Setup,
    },
};

/// How it stands with one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// As it should be.
    Ok,
    /// Worth knowing.
    Note,
    /// Something will not work.
    Wrong,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Wrong => "WRONG",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Finding {
    group: &'static str,
    name: String,
    state: State,
    text: String,
    /// How long the answer took, for regions.
    ms: Option<u64>,
    /// What to do about it.
    mend: Option<String>,
}

impl Finding {
    fn new(group: &'static str, name: impl Into<String>, state: State, text: impl Into<String>) -> Self {
        Self { group, name: name.into(), state, text: text.into(), ms: None, mend: None }
    }

    fn ok(group: &'static str, name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(group, name, State::Ok, text)
    }

    fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = Some(mend.into());
        self
    }
}

#[derive(Serialize)]
struct Document<'a> {
    state: State,
    version: &'static str,
    findings: &'a [Finding],
}

/// Looks at everything and prints it.
///
/// # Errors
/// [`Fault`] when stdout cannot be written; what is wrong elsewhere is among what it prints.
pub async fn doctor(global: &Global) -> Result<Exit, Fault> {
    // Scripts get English, unless somebody asks for the other by the flag itself: sentences are for people.
    let lang = match (global.output, &global.lang) {
        (Format::Table, _) | (_, Some(_)) => global.language(&Places::of_process()),
        _ => Lang::En,
    };
    let mut all = here::terminal(global, lang);
    let setup = match Setup::new(global) {
        Ok(setup) => setup.with_demo_accounts().started().await,
        Err(fault) => Err(fault),
    };
    let mut exit = Exit::Done;
    match setup {
        Ok(setup) => {
            all.extend(here::paths(&setup.paths, lang).await);
            if let Err(fault) = there::cloud(&setup, &mut all, lang).await {
                exit = fault.exit();
                let (what, mend) = split(&fault, lang);
                all.push(Finding { mend, ..Finding::new("credentials", "found", State::Wrong, what) });
            }
        }
        Err(fault) => {
            let (what, mend) = split(&fault, lang);
            all.push(Finding { mend, ..Finding::new("paths", "settings", State::Wrong, what) });
        }
    }
    let wrong = all.iter().any(|f| f.state == State::Wrong);
    if wrong && exit != Exit::Credentials {
        exit = Exit::Failed;
    }
    let state = if wrong { State::Wrong } else { State::Ok };
    match global.output {
        Format::Json => out::document(&Document { state, version: VERSION, findings: &all })?,
        Format::Csv => {
            let rows =
                all.iter().map(|f| out::Row { json: serde_json::json!(f), shown: Vec::new() }).collect();
            out::rows(Format::Csv, lang, &["group", "name", "state", "text", "ms", "mend"], &[], rows)?;
        }
        Format::Table => out::text(&shown(&all, lang))?,
    }
    Ok(exit)
}

/// What is wrong, and what to do.
fn split(fault: &Fault, lang: Lang) -> (String, Option<String>) {
    let whole = fault.told(lang, &[]);
    match whole.split_once('\n') {
        Some((what, mend)) => (what.to_owned(), Some(mend.to_owned())),
        None => (whole, None),
    }
}

fn shown(all: &[Finding], lang: Lang) -> String {
    let name = |f: &Finding| looked_at(&f.name, lang).to_owned();
    let width = all.iter().map(|f| name(f).width()).max().unwrap_or_default();
    let pad = |text: &str, columns: usize| format!("{text}{:1$}", "", columns.saturating_sub(text.width()));
    let mut text = format!("cvmshare {VERSION}\n");
    let mut group = "";
    for f in all {
        if f.group != group {
            group = f.group;
            text.push_str(&format!("{}\n", looked_at(group, lang)));
        }
        let state = pad(looked_at(f.state.word(), lang), 5);
        let line = format!("  {state}  {}  {}", pad(&name(f), width), f.text);
        text.push_str(&format!("{}\n", plain(&line)));
        if let Some(mend) = &f.mend {
            text.push_str(&format!("{:width$}-> {}\n", "", plain(mend), width = width + 11));
        }
    }
    text
}
