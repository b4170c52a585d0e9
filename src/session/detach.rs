//! What outlives a process: the journal, and the detached worker that goes on with a job.

use std::{
    io,
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
};
use tokio::sync::OnceCell;

use crate::{
    boundary::{file, output},
    i18n::{lang::tell, ours},
    jobs::{
        Journal,
        journal::{self, Unreadable},
    },
    model::plain,
    session::{
        error::{Exit, Fault},
        profile::Profile,
        setup::Setup,
    },
};

/// The journals of a run: the file, and for jobs of a cloud that ends with this process one in memory.
#[derive(Debug, Default)]
pub struct Journals {
    file: OnceCell<Journal>,
    memory: OnceCell<Journal>,
    /// Set when people were told of jobs that cannot be read.
    reported: OnceCell<()>,
}

impl Setup {
    /// The journal of this setup's jobs. The built-in cloud of this process ends with it, and so do its jobs: theirs is
    /// kept in memory alone.
    ///
    /// # Errors
    /// [`Fault::Failed`], with the file and the mend.
    pub async fn journal(&self) -> Result<Journal, Fault> {
        let journal = self.journal_of(self.profile()).await?;
        self.journals.reported.get_or_try_init(|| self.report_unreadable(&journal)).await?;
        Ok(journal)
    }

    /// The journal of a profile's jobs; says nothing of jobs that cannot be read.
    ///
    /// # Errors
    /// [`journal::Error`]
    pub async fn journal_of(&self, profile: &Profile) -> Result<Journal, journal::Error> {
        let opened = match self.ends_with_us(profile) {
            true => self.journals.memory.get_or_try_init(Journal::in_memory).await,
            false => {
                let path = self.paths.journal();
                self.journals.file.get_or_try_init(|| Journal::open(&path)).await
            }
        };
        opened.cloned()
    }

    async fn report_unreadable(&self, journal: &Journal) -> Result<(), journal::Error> {
        for Unreadable { id, what } in journal.unreadable().await? {
            let path = self.paths.journal();
            let path = path.display();
            output::say(&plain(&tell!(
                self.lang,
                "job {id} in the journal {path} cannot be read: {what}; it stays in the file and is left out",
                "任务日志 {path} 中的任务 {id} 无法读取：{what}；它保留在文件中，此处略过"
            )));
        }
        Ok(())
    }

    /// Whether a profile's cloud is the built-in one of this process.
    pub fn ends_with_us(&self, profile: &Profile) -> bool {
        profile.is_demo() && self.endpoint.is_none()
    }

    /// The address of a profile's cloud; nothing for the vendor's own hosts, and for the cloud of this process.
    pub fn endpoint_of(&self, profile: &Profile) -> Option<&str> {
        let elsewhere = self.elsewhere.as_deref().filter(|_| !profile.is_demo());
        self.endpoint.as_deref().or(elsewhere)
    }

    /// Whether a profile asks the cloud that a job was begun on. A built-in cloud may have come back on another port.
    pub fn asks_cloud_of(&self, endpoint: Option<&str>, profile: &Profile) -> bool {
        let here = |text: &str| {
            ["http://127.", "http://localhost", "http://[::1]"].iter().any(|start| text.starts_with(start))
        };
        match (endpoint, self.endpoint_of(profile)) {
            (None, None) => true,
            (Some(then), Some(now)) => then == now || (here(then) && here(now)),
            _ => false,
        }
    }

    /// Starts a process that goes on with a job when this one lets go of it. It is in a session of its own, so that it
    /// outlives the terminal, and writes to the log. Keys are looked for anew where they were found: no secret is handed
    /// on.
    ///
    /// # Errors
    /// When it cannot be started; the job goes on with the next start then.
    pub fn hand_over(&self, job: &str, profile: &Profile) -> io::Result<()> {
        if self.ends_with_us(profile) {
            return Err(io::Error::other("the built-in cloud ends with this process, and so do its jobs"));
        }
        let path = self.paths.log();
        file::make_directory(&path)?;
        let log = file::append_private(&path).map_err(|e| {
            io::Error::other(format!("{}: {}", path.display(), ours(&e.to_string(), self.lang)))
        })?;
        let mut command = Command::new(program());
        command.args(["jobs", "resume", job, "--detached"]);
        let flags = &self.flags;
        let named = self.config.profiles.contains_key(&profile.name) || flags.profile.is_some();
        if named {
            command.args(["--profile", &profile.name]);
        }
        if let Some(endpoint) = self.endpoint_of(profile) {
            command.args(["--endpoint", endpoint]);
        }
        if let Some(rules) = flags.rules {
            command.args(["--rules", rules.as_str()]);
        }
        if let Some(speed) = flags.speed {
            command.args(["--speed", &speed.to_string()]);
        }
        if let Some(metadata) = &flags.metadata {
            command.args(["--metadata", metadata]);
        }
        command.args(["--lang", self.lang.as_str()]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        // Out of the terminal's foreground before anything else, so that a hang-up cannot reach it.
        command.process_group(0);
        let status = command.spawn()?.wait()?;
        if status.success() { Ok(()) } else { Err(io::Error::other(format!("it ended with {status}"))) }
    }
}

impl Setup {
    /// This program as the doctor of a profile, telling in JSON what it found.
    pub fn doctor(&self, profile: &Profile) -> Command {
        let mut command = Command::new(program());
        command.args(["doctor", "--output", "json", "--lang", self.lang.as_str()]);
        match self.endpoint_of(profile) {
            Some(endpoint) => drop(command.args(["--endpoint", endpoint])),
            None if profile.is_demo() => drop(command.arg("--demo")),
            None => {}
        }
        let configured = self.config.profiles.contains_key(&profile.name);
        if configured || self.flags.profile.is_some() || self.ends_with_us(profile) {
            command.args(["--profile", &profile.name]);
        }
        if let Some(metadata) = &self.flags.metadata {
            command.args(["--metadata", metadata]);
        }
        // Neither keys nor the screen are its.
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        command
    }
}

/// This program, even where its file was replaced meanwhile.
fn program() -> PathBuf {
    std::env::current_exe().ok().filter(|p| p.exists()).unwrap_or_else(|| "/proc/self/exe".into())
}

/// Begins a session of its own. The leader of a process group may not, and whoever started this made it one: it starts
/// itself once more, and the status to end with comes back.
pub(crate) fn leave_session() -> Result<Option<ExitCode>, Fault> {
    let failed = |e: io::Error| {
        Fault::Failed(format!("the job cannot be taken into the background: {e}"))
            .zh(format!("任务无法转入后台：{e}"))
    };
    match rustix::process::setsid() {
        Ok(_) => Ok(None),
        Err(rustix::io::Errno::PERM) => {
            Command::new(program()).args(std::env::args_os().skip(1)).spawn().map_err(failed)?;
            Ok(Some(Exit::Done.into()))
        }
        Err(error) => Err(failed(error.into())),
    }
}
