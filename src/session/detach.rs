//! Starts a background process that continues a job.

use std::{
    io,
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
};

use crate::{
    boundary::file,
    messages::{Text, text},
    session::{
        error::{CommandError, Exit},
        profile::Profile,
        setup::Setup,
    },
};

impl Setup {
    /// Starts a process that continues a job when this process releases it. The process has its own session, so it
    /// survives the terminal, and writes to the log file. It reads the credentials itself: no secret is passed to it.
    ///
    /// # Errors
    ///
    /// The I/O error if the process cannot be started. The job is then resumed at the next start of the program.
    pub fn spawn_worker(&self, job: &str, profile: &Profile) -> Result<(), Text> {
        if self.ends_with_process(profile) {
            return Err(text!(detach_cloud_ends));
        }
        let path = self.paths.log();
        let failed = |e: io::Error| Text::from(e.to_string());
        file::make_directory(&path).map_err(failed)?;
        let log = file::append_private(&path)
            .map_err(|e| text!(config_error, place = path.display(), message = e.text()))?;
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
        // Leaves the terminal's foreground process group first, so that a hang-up signal cannot reach the process.
        command.process_group(0);
        let status = command.spawn().and_then(|mut child| child.wait()).map_err(failed)?;
        if status.success() { Ok(()) } else { Err(text!(detach_ended, status)) }
    }
}

/// Returns the path of this program, even if its file has been replaced.
fn program() -> PathBuf {
    std::env::current_exe().ok().filter(|p| p.exists()).unwrap_or_else(|| "/proc/self/exe".into())
}

/// Moves this process to its own session. The leader of a process group cannot do that; if this process is one, it
/// starts the program again and returns the status to exit with.
pub(crate) fn start_session() -> Result<Option<ExitCode>, CommandError> {
    let failed = |e: io::Error| CommandError::Failed(text!(detach_job_cannot_be_taken_into, e));
    match rustix::process::setsid() {
        Ok(_) => Ok(None),
        Err(rustix::io::Errno::PERM) => {
            Command::new(program()).args(std::env::args_os().skip(1)).spawn().map_err(failed)?;
            Ok(Some(Exit::Done.into()))
        }
        Err(error) => Err(failed(error.into())),
    }
}
