//! Diagnostic checks of this machine and of the cloud. They change nothing and return data: `cvmshare doctor` prints
//! it, the console draws it.

mod cloud;
mod finding;
mod machine;

pub use crate::doctor::finding::{Finding, Level};

use crate::{
    messages::Lang,
    session::{
        error::{CommandError, Exit},
        flags::Global,
        setup::Setup,
    },
};

/// The findings of all checks, by group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The findings in display order.
    pub findings: Vec<Finding>,
    /// The exit status of `cvmshare doctor`.
    pub exit: Exit,
}

impl Diagnosis {
    /// Returns the number of failed checks.
    pub fn failed_checks(&self) -> usize {
        self.findings.iter().filter(|f| f.level == Level::Wrong).count()
    }
}

/// Checks the terminal and the files, then credentials, clock, regions and permissions with the setup's profile. An
/// invalid setup is a finding too.
pub async fn diagnose(global: &Global, setup: Result<Setup, CommandError>, lang: Lang) -> Diagnosis {
    let mut findings = machine::terminal(global, lang);
    let mut exit = Exit::Done;
    let failed = match setup {
        Ok(setup) => {
            findings.extend(machine::paths(&setup.paths, lang).await);
            let failed = cloud::check(&setup, &mut findings, lang).await.err();
            failed.map(|fault| {
                exit = fault.exit();
                (fault, "credentials", "found")
            })
        }
        Err(fault) => Some((fault, "paths", "settings")),
    };
    if let Some((fault, group, name)) = failed {
        let (text, fix) = fault.message_and_fix(lang, &[]);
        findings.push(Finding { fix, ..Finding::new(group, name, Level::Wrong, text) });
    }
    let mut diagnosis = Diagnosis { findings, exit };
    if diagnosis.failed_checks() > 0 && exit != Exit::Credentials {
        diagnosis.exit = Exit::Failed;
    }
    diagnosis
}
