//! Identifies processes and checks whether they still run.

use std::fs;

/// Identifies a process, even if its PID is used again later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProcessId {
    /// The host, its boot ID and its PID namespace; empty if they cannot be read.
    pub machine: String,
    /// The PID.
    pub pid: u32,
    /// The start time in kernel ticks.
    pub born: String,
}

impl ProcessId {
    /// Returns the ID of this process.
    pub(super) fn own() -> Self {
        let pid = std::process::id();
        Self { machine: machine(), pid, born: born(pid).unwrap_or_default() }
    }

    /// Returns whether the process has certainly ended. Always false for processes on other machines.
    pub(super) fn is_dead(&self) -> bool {
        let here = machine();
        !here.is_empty() && self.machine == here && born(self.pid).is_none_or(|born| born != self.born)
    }
}

fn machine() -> String {
    let read = |path| fs::read_to_string(path).ok();
    let parts = (|| {
        let name = read("/proc/sys/kernel/hostname")?;
        let boot = read("/proc/sys/kernel/random/boot_id")?;
        let space = fs::read_link("/proc/self/ns/pid").ok()?;
        Some(format!("{}/{}/{}", name.trim(), boot.trim(), space.display()))
    })();
    parts.unwrap_or_default()
}

/// Returns the start time of a running process. Returns `None` if it has ended or is a zombie.
fn born(pid: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name is in parentheses and may contain anything.
    let mut rest = stat.rsplit_once(')')?.1.split_whitespace();
    let state = rest.next()?;
    (!matches!(state, "Z" | "X")).then(|| rest.nth(18).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinguishes_processes_with_the_same_pid() {
        let own = ProcessId::own();
        assert!(!own.is_dead());
        assert!(ProcessId { born: "1".into(), ..own.clone() }.is_dead());
        assert!(!ProcessId { machine: "elsewhere".into(), born: "1".into(), ..own.clone() }.is_dead());
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let pid = child.id();
        child.wait().unwrap();
        assert!(ProcessId { pid, ..own }.is_dead());
    }
}
