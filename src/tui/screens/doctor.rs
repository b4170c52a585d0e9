//! Formats the findings of the doctor.

use crate::{
    doctor::Level,
    i18n::doctor_word,
    messages::{Lang, m, tr},
    tui::{
        DoctorState,
        widgets::{
            paint::{pad, wrap},
            theme::Role,
        },
    },
};

/// The width of level and name, in columns.
const TEXT: u16 = 40;

impl DoctorState {
    /// Returns the lines: the number of failed checks, then all findings by group.
    pub(crate) fn lines(&self, lang: Lang, width: u16) -> Vec<Vec<(String, Role)>> {
        let Self::Found(found) = self else {
            let text = lang.text(m::doctor_checking);
            return vec![vec![(text.to_owned(), Role::Dim)]];
        };
        let summary = match found.failed_checks() {
            0 => (lang.text(m::common_no_problems).to_owned(), Role::Good),
            n => (tr!(lang, doctor_problems, n), Role::Bad),
        };
        let mut lines = vec![vec![summary]];
        let mut group = "";
        for finding in &found.findings {
            if finding.group != group {
                group = finding.group;
                lines.push(Vec::new());
                lines.push(vec![(doctor_word(group, lang).to_owned(), Role::Strong)]);
            }
            let (level, role) = match finding.level {
                Level::Ok => ("ok", Role::Good),
                Level::Note => ("note", Role::Warn),
                Level::Wrong => ("wrong", Role::Bad),
            };
            let wrapped = |text: &str| wrap(text, width.saturating_sub(TEXT + 2));
            let mut first = (doctor_word(level, lang), doctor_word(&finding.name, lang));
            for text in wrapped(&finding.text) {
                let (level, name) = std::mem::take(&mut first);
                let (level, name) = (pad(level, 6), pad(name, 31));
                lines.push(vec![(format!("  {level}"), role), (format!("{name} {text}"), Role::Plain)]);
            }
            for text in finding.fix.iter().flat_map(|fix| wrapped(fix)) {
                lines.push(vec![(format!("{:40}{text}", ""), Role::Dim)]);
            }
        }
        lines
    }
}
