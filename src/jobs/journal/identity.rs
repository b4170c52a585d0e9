//! Who this process is, and whether another one still runs.

use std::fs;

/// A process, told apart from every other one that has or had its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// The machine since it was started, and the space in which process numbers count; empty where that is not to be
    /// learnt.
    pub machine: String,
    /// Its number.
    pub pid: u32,
    /// When it was born, in the kernel's ticks.
    pub born: String,
}

impl Identity {
    /// This process.
    pub(super) fn own() -> Self {
        let pid = std::process::id();
        Self { machine: machine(), pid, born: born(pid).unwrap_or_default() }
    }

    /// Whether it surely is no more. Nothing is sure about other machines.
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

/// When a process that runs was born; one that has ended and waits to be collected runs no more.
fn born(pid: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name stands in brackets and may hold anything.
    let mut rest = stat.rsplit_once(')')?.1.split_whitespace();
    let state = rest.next()?;
    (!matches!(state, "Z" | "X")).then(|| rest.nth(18).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_told_from_a_later_one_of_its_number() {
        let own = Identity::own();
        assert!(!own.is_dead());
        assert!(Identity { born: "1".into(), ..own.clone() }.is_dead());
        assert!(!Identity { machine: "elsewhere".into(), born: "1".into(), ..own.clone() }.is_dead());
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let pid = child.id();
        child.wait().unwrap();
        assert!(Identity { pid, ..own }.is_dead());
    }
}
