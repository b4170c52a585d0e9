//! Process groups and sessions, from /proc.

use rustix::process::getpgrp;

/// The ids of a process in /proc. An id of 0 refers to a process outside the container; the system calls have no value
/// for it, and rustix has no type.
#[derive(Debug, Clone, Copy)]
struct ProcessIds {
    parent: i32,
    group: i32,
    session: i32,
}

impl ProcessIds {
    fn of_process(process: &str) -> Option<ProcessIds> {
        ProcessIds::parse(&std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
    }

    /// Parses a stat file (proc(5)). The ids follow the name, which is in parentheses and may contain any character,
    /// and the state.
    fn parse(stat: &str) -> Option<ProcessIds> {
        let mut numbers = stat.rsplit_once(')')?.1.split_whitespace().skip(1).map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(ProcessIds { parent: next()?, group: next()?, session: next()? })
    }
}

/// Returns the process group of this process; 0 if it is outside the container.
pub(crate) fn group() -> i32 {
    ProcessIds::of_process("self").map_or_else(|| getpgrp().as_raw_nonzero().get(), |here| here.group)
}

/// Returns whether another process can continue this one after a stop. If there is none, as in a window or an SSH
/// session that runs only this program, the kernel ignores Ctrl-Z.
pub fn can_stop() -> bool {
    ProcessIds::of_process("self").is_none_or(|here| has_shell(here, ProcessIds::of_process))
}

/// Returns whether an ancestor of the same session is in another process group, as a shell is. Returns true if an
/// ancestor cannot be read.
fn has_shell(here: ProcessIds, ids_of: impl Fn(&str) -> Option<ProcessIds>) -> bool {
    let mut above = here.parent;
    while above > 0 {
        match ids_of(&above.to_string()) {
            None => return true,
            Some(it) if it.session != here.session => return false,
            Some(it) if it.group != here.group => return true,
            Some(it) => above = it.parent,
        }
    }
    // No ancestor is left inside the container. One outside can be in this session only if the session is from outside
    // too.
    here.session == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls [`has_shell`] for the last of these processes, given as pairs of number and stat file.
    fn stops(stats: &[(&str, &str)]) -> bool {
        let ids_of = |process: &str| {
            stats.iter().find(|(number, _)| *number == process).and_then(|(_, stat)| ProcessIds::parse(stat))
        };
        has_shell(ids_of(stats.last().unwrap().0).unwrap(), ids_of)
    }

    #[test]
    fn a_shell_above_can_continue_the_process() {
        let shell = ("40", "40 (bash) S 9 40 40 34816 41");
        assert!(stops(&[shell, ("41", "41 (cvmshare) R 40 41 40 34816 41")]));
        assert!(stops(&[
            shell,
            ("41", "41 (a) b) S 40 41 40 0 41"),
            ("42", "42 (cvmshare) R 41 41 40 0 41")
        ]));
    }

    #[test]
    fn without_a_shell_the_process_is_not_stopped() {
        let init = ("1", "1 (init) S 0 1 1 0 -1");
        assert!(!stops(&[init, ("40", "40 (cvmshare) R 1 40 40 34816 40")]));
    }

    #[test]
    fn processes_outside_the_container_have_id_0() {
        assert!(!stops(&[("1", "1 (init) S 0 0 0 0 -1"), ("7", "7 (cvmshare) R 1 7 7 34816 7")]));
        assert!(stops(&[("7", "7 (cvmshare) R 0 0 0 34816 0")]));
        assert!(!stops(&[("7", "7 (cvmshare) R 0 7 7 34816 7")]));
    }
}
