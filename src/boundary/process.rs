//! Protects the memory of this process.

/// Disables core dumps of this process and tracing by other processes of the same user, so that a crash does not
/// write keys to the disk. Child processes that execute another program have the system's default again.
///
/// Ignores errors, because the program works without this protection.
pub fn disable_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // Piped core dumps (`core_pattern`) ignore a limit of 0, so the process is also marked as not dumpable.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn makes_the_process_not_dumpable() {
        super::disable_core_dumps();
        assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
    }
}
