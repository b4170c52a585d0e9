//! What `cvmshare doctor` found, as the console shows it.

use serde::Deserialize;

use crate::{
    i18n::{
        lang::{Lang, tell},
        looked_at,
    },
    tui::widgets::{
        paint::{pad, wrap},
        theme::Role,
    },
};

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Doctor {
    /// Nobody asked.
    #[default]
    Away,
    /// It looks.
    Looking,
    /// What it found.
    Found(Looked),
    /// Why it could not look.
    Failed(String),
}

/// What it printed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Looked {
    findings: Vec<Finding>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Finding {
    group: String,
    name: String,
    state: String,
    text: String,
    mend: Option<String>,
}

/// Behind the mark and the name.
const TEXT: u16 = 40;

impl Doctor {
    /// What came of it.
    pub(crate) fn of(looked: Result<Looked, String>) -> Self {
        match looked {
            Ok(looked) => Self::Found(looked),
            Err(why) => Self::Failed(why),
        }
    }

    /// In lines: what is wrong first, then all of it by group.
    pub(crate) fn lines(&self, lang: Lang, width: u16) -> Vec<Vec<(String, Role)>> {
        let found = match self {
            Self::Away | Self::Looking => {
                return vec![vec![(
                    lang.of(
                        "Looking at everything between here and the cloud …",
                        "正在检查从本机到云端的一切 …",
                    )
                    .into(),
                    Role::Dim,
                )]];
            }
            Self::Failed(why) => {
                return vec![vec![(
                    tell!(lang, "The doctor could not look: {why}", "无法诊断：{why}"),
                    Role::Bad,
                )]];
            }
            // This terminal is in use; the one that the other process lacks says nothing of it.
            Self::Found(looked) => looked
                .findings
                .iter()
                .filter(|f| (f.group.as_str(), f.name.as_str()) != ("terminal", "terminal")),
        };
        let found: Vec<&Finding> = found.collect();
        let wrong = found.iter().filter(|f| f.state == "wrong").count();
        let said = match wrong {
            0 => (lang.of("Nothing is wrong.", "没有问题。").to_owned(), Role::Good),
            1 => (lang.of("1 thing is wrong.", "有 1 个问题。").to_owned(), Role::Bad),
            n => (tell!(lang, "{n} things are wrong.", "有 {n} 个问题。"), Role::Bad),
        };
        let mut lines = vec![vec![said]];
        let mut group = "";
        for finding in found {
            if finding.group != group {
                group = &finding.group;
                lines.push(Vec::new());
                lines.push(vec![(looked_at(group, lang).to_owned(), Role::Strong)]);
            }
            let role = match finding.state.as_str() {
                "ok" => Role::Good,
                "wrong" => Role::Bad,
                _ => Role::Warn,
            };
            for (n, text) in wrap(&finding.text, width.saturating_sub(TEXT + 2)).into_iter().enumerate() {
                let (mark, name) = if n == 0 {
                    (looked_at(&finding.state, lang), looked_at(&finding.name, lang))
                } else {
                    ("", "")
                };
                let (mark, name) = (pad(mark, 6), pad(name, 31));
                lines.push(vec![(format!("  {mark}"), role), (format!("{name} {text}"), Role::Plain)]);
            }
            for text in finding.mend.iter().flat_map(|mend| wrap(mend, width.saturating_sub(TEXT + 2))) {
                lines.push(vec![(format!("{:40}{text}", ""), Role::Dim)]);
            }
        }
        lines
    }
}
