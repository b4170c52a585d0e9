//! Process groups and sessions, as /proc shows them.

use rustix::process::getpgrp;

/// Where a process stands, by the numbers that the kernel shows us. A 0 is a process outside of our container, for
/// which the calls that ask one by one have no answer either, and rustix no type.
#[derive(Debug, Clone, Copy)]
struct Standing {
    parent: i32,
    group: i32,
    session: i32,
}

impl Standing {
    fn of(process: &str) -> Option<Standing> {
        Standing::read(&std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
    }

    /// The numbers follow the name, which stands in parentheses and may hold anything, and the state (proc(5)).
    fn read(stat: &str) -> Option<Standing> {
        let mut numbers = stat.rsplit_once(')')?.1.split_whitespace().skip(1).map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Standing { parent: next()?, group: next()?, session: next()? })
    }
}

/// The process group that this process belongs to; 0 for one outside of our container.
pub(crate) fn group() -> i32 {
    Standing::of("self").map_or_else(|| getpgrp().as_raw_nonzero().get(), |here| here.group)
}

/// Whether a stop would leave anybody who can let the process go on. The kernel ignores Ctrl-Z where there is none (a
/// window or an ssh that runs nothing but this program).
pub fn can_stop() -> bool {
    Standing::of("self").is_none_or(|here| has_shell(here, Standing::of))
}

/// Whether a process of this session above us is of another process group: the shell. What cannot be looked at may be
/// one.
fn has_shell(here: Standing, of: impl Fn(&str) -> Option<Standing>) -> bool {
    let mut above = here.parent;
    while above > 0 {
        match of(&above.to_string()) {
            None => return true,
            Some(it) if it.session != here.session => return false,
            Some(it) if it.group != here.group => return true,
            Some(it) => above = it.parent,
        }
    }
    // Above is nobody, or whoever is outside; of this session they can only be if the session is from there too.
    here.session == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Processes by number, as /proc shows them; the last stands for us.
    fn stops(stats: &[(&str, &str)]) -> bool {
        let of = |process: &str| {
            stats.iter().find(|(number, _)| *number == process).and_then(|(_, stat)| Standing::read(stat))
        };
        has_shell(of(stats.last().unwrap().0).unwrap(), of)
    }

    #[test]
    fn a_shell_above_can_let_it_go_on() {
        let shell = ("40", "40 (bash) S 9 40 40 34816 41");
        assert!(stops(&[shell, ("41", "41 (cvmshare) R 40 41 40 34816 41")]));
        assert!(stops(&[
            shell,
            ("41", "41 (a) b) S 40 41 40 0 41"),
            ("42", "42 (cvmshare) R 41 41 40 0 41")
        ]));
    }

    #[test]
    fn without_a_shell_nobody_can() {
        let init = ("1", "1 (init) S 0 1 1 0 -1");
        assert!(!stops(&[init, ("40", "40 (cvmshare) R 1 40 40 34816 40")]));
    }

    #[test]
    fn what_is_outside_of_the_container_has_number_0() {
        assert!(!stops(&[("1", "1 (init) S 0 0 0 0 -1"), ("7", "7 (cvmshare) R 1 7 7 34816 7")]));
        assert!(stops(&[("7", "7 (cvmshare) R 0 0 0 34816 0")]));
        assert!(!stops(&[("7", "7 (cvmshare) R 0 7 7 34816 7")]));
    }
}
