//! `cvmshare doctor`.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::{
    commands::printer::{self, Row},
    doctor::{Finding, Level, diagnose},
    i18n::doctor_word,
    messages::Lang,
    model::plain,
    session::{
        error::{CommandError, Exit},
        flags::{Format, Global},
        setup::Setup,
    },
};

#[derive(Serialize)]
struct Document<'a> {
    state: Level,
    version: &'static str,
    findings: &'a [Finding],
}

/// Runs the checks, and prints the findings. `setup` is the error if the settings are invalid. `version` is the
/// program's version.
///
/// # Errors
///
/// [`CommandError`] if stdout cannot be written. All other problems are findings.
pub async fn doctor(
    global: &Global,
    setup: Result<Setup, CommandError>,
    lang: Lang,
    version: &'static str,
) -> Result<Exit, CommandError> {
    // The texts for scripts are English unless `--lang` is given.
    let lang = if global.output == Format::Table || global.lang.is_some() { lang } else { Lang::EN };
    let diagnosis = diagnose(global, setup, lang).await;
    let findings = &diagnosis.findings;
    match global.output {
        Format::Json => {
            let state = if diagnosis.failed_checks() > 0 { Level::Wrong } else { Level::Ok };
            printer::document(&Document { state, version, findings })?;
        }
        Format::Csv => {
            let row = |f| Row { json: serde_json::json!(f), cells: Vec::new() };
            let fields = "group,name,state,text,ms,fix";
            printer::rows_as(Format::Csv, lang, fields, &[], findings.iter().map(row).collect())?;
        }
        Format::Table => printer::text(&table(findings, version, lang))?,
    }
    Ok(diagnosis.exit)
}

fn table(findings: &[Finding], version: &str, lang: Lang) -> String {
    let width = findings.iter().map(|f| doctor_word(&f.name, lang).width()).max().unwrap_or_default();
    let pad = |text: &str, columns: usize| format!("{text}{:1$}", "", columns.saturating_sub(text.width()));
    let mut text = format!("cvmshare {version}\n");
    let mut group = "";
    for f in findings {
        if f.group != group {
            group = f.group;
            text.push_str(&format!("{}\n", doctor_word(group, lang)));
        }
        let level = match f.level {
            Level::Ok => "ok",
            Level::Note => "note",
            Level::Wrong => "WRONG",
        };
        let (level, name) = (pad(doctor_word(level, lang), 5), pad(doctor_word(&f.name, lang), width));
        text.push_str(&format!("{}\n", plain(&format!("  {level}  {name}  {}", f.text))));
        if let Some(fix) = &f.fix {
            text.push_str(&format!("{:width$}-> {}\n", "", plain(fix), width = width + 11));
        }
    }
    text
}
