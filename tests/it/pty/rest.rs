//! Checks whether a program is idle by what each of its threads waits for, so that tests need no pauses. Linux shows
//! that only to root for a process that cannot be traced; without it, a short silence of the program has to suffice.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
    time::{Duration, Instant},
};

use rustix::{
    process::Pid,
    time::{ClockId, clock_gettime},
};

use super::tty::{PATIENCE, Tty};

/// Longer than everything that runs once after the keys have rested.
const PAUSE: Duration = Duration::from_millis(300);
/// The loop does not update the ages of rows sooner than this.
const AGES: Duration = Duration::from_secs(5);
/// The built-in cloud closes connections that were idle for longer than this; a client does so sooner.
const CONNECTIONS: Duration = Duration::from_secs(30);

/// When a waiting thread wakes up at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wake {
    /// It does not wait, or its system call is unknown here.
    Now,
    /// At most this long after it started to wait.
    Within(Duration),
    /// In this time.
    In(Duration),
    /// When another thread or process acts.
    Never,
}

/// The time-out of a system call.
enum Timeout {
    None,
    Millis(usize),
    /// The address of a duration, or of a time of the monotonic clock, is in this argument.
    Span(usize),
    FutexTime(usize),
}

#[cfg(target_arch = "x86_64")]
fn timeout(call: i64) -> Option<Timeout> {
    Some(match call {
        // read, write, recvfrom
        0 | 1 | 45 => Timeout::None,
        // poll
        7 => Timeout::Millis(2),
        // epoll_wait, epoll_pwait
        232 | 281 => Timeout::Millis(3),
        // ppoll
        271 => Timeout::Span(2),
        // select, pselect6
        23 | 270 => Timeout::Span(4),
        // futex
        202 => Timeout::FutexTime(3),
        _ => return None,
    })
}

#[cfg(target_arch = "aarch64")]
fn timeout(call: i64) -> Option<Timeout> {
    Some(match call {
        // read, write, recvfrom
        63 | 64 | 207 => Timeout::None,
        // epoll_pwait
        22 => Timeout::Millis(3),
        // ppoll
        73 => Timeout::Span(2),
        // pselect6
        72 => Timeout::Span(4),
        // futex
        98 => Timeout::FutexTime(3),
        _ => return None,
    })
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn timeout(_: i64) -> Option<Timeout> {
    None
}

/// Returns when a thread in this system call wakes up. `call` has its number and arguments, as in /proc/PID/syscall.
fn wake(pid: Pid, call: &str) -> Option<Wake> {
    let mut words = call.split_whitespace();
    let Some(number) = words.next().and_then(|n| n.parse().ok()) else { return Some(Wake::Now) };
    let args: Vec<u64> =
        words.filter_map(|w| u64::from_str_radix(w.trim_start_matches("0x"), 16).ok()).collect();
    let time = |at: u64| -> Option<Duration> {
        let mut bytes = [0; 16];
        let memory = File::open(format!("/proc/{}/mem", pid.as_raw_nonzero())).ok()?;
        memory.read_exact_at(&mut bytes, at).ok()?;
        let word = |n: usize| u64::from_ne_bytes(bytes[n..n + 8].try_into().unwrap());
        Some(Duration::new(word(0), word(8) as u32))
    };
    Some(match timeout(number) {
        None => Wake::Now,
        Some(Timeout::None) => Wake::Never,
        Some(Timeout::Millis(n)) => match args[n] as i32 {
            ms @ 0.. => Wake::Within(Duration::from_millis(ms as u64)),
            _ => Wake::Never,
        },
        Some(Timeout::Span(n) | Timeout::FutexTime(n)) if args[n] == 0 => Wake::Never,
        Some(Timeout::Span(n)) => Wake::Within(time(args[n])?),
        // FUTEX_WAIT_BITSET without FUTEX_CLOCK_REALTIME takes a time of the monotonic clock, FUTEX_WAIT a duration.
        Some(Timeout::FutexTime(n)) if args[1] & 0x17f == 9 => {
            let now = clock_gettime(ClockId::Monotonic);
            let now = Duration::new(now.tv_sec as u64, now.tv_nsec as u32);
            Wake::In(time(args[n])?.saturating_sub(now))
        }
        Some(Timeout::FutexTime(n)) => Wake::Within(time(args[n])?),
    })
}

impl Tty {
    /// Returns when each thread wakes up, starting with the main thread. Returns `None` if the system does not say.
    fn threads(&self) -> Option<Vec<Wake>> {
        let pid = self.pid();
        let mut tasks: Vec<i32> = fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero()))
            .ok()?
            .filter_map(|task| task.ok()?.file_name().to_str()?.parse().ok())
            .collect();
        tasks.sort_by_key(|task| (*task != pid.as_raw_nonzero().get(), *task));
        let call = |task| fs::read_to_string(format!("/proc/{}/task/{task}/syscall", pid.as_raw_nonzero()));
        tasks.into_iter().map(|task| wake(pid, &call(task).ok()?)).collect()
    }

    /// Waits until all threads wait at the same time and `rest` accepts what they wait for, and all output has been
    /// read.
    fn until_all(&mut self, what: &str, silence: Duration, rest: impl Fn(&[Wake]) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        loop {
            while self.pump(Duration::ZERO) {}
            let wakes = self.wakes();
            let Some(threads) = self.threads() else { return self.quiet(silence) };
            // No thread woke up while they were read one by one.
            if rest(&threads) && self.wakes() == wakes && !self.pump(Duration::ZERO) {
                return self;
            }
            assert!(Instant::now() < end, "never {what}: {threads:?}\n{}", self.text());
            self.pump(Duration::from_millis(2));
        }
    }

    /// Waits until the keys have been processed completely.
    pub fn settled(&mut self) -> &mut Self {
        self.until_all("settled", PAUSE, |threads| {
            threads.iter().all(|wake| match wake {
                Wake::Now => false,
                Wake::Within(time) | Wake::In(time) => *time > PAUSE,
                Wake::Never => true,
            })
        })
    }

    /// Waits until the program is idle: only the loop, which updates the ages, and a built-in cloud in the same process
    /// have time-outs.
    pub fn idle(&mut self) -> &mut Self {
        self.until_all("idle", Duration::from_secs(1), |threads| {
            let (main, others) = threads.split_first().unwrap();
            let far = match main {
                Wake::In(time) => *time > AGES,
                main => *main == Wake::Never,
            };
            far && others.iter().all(|wake| match wake {
                Wake::Within(time) => *time > CONNECTIONS,
                wake => *wake == Wake::Never,
            })
        })
    }

    /// Sends keys and waits until they wake up a thread.
    pub fn taken(&mut self, keys: impl AsRef<[u8]>) -> &mut Self {
        let (before, end) = (self.wakes(), Instant::now() + PATIENCE);
        self.send(keys);
        while self.wakes() == before {
            assert!(Instant::now() < end, "nobody is woken\n{}", self.text());
            self.pump(Duration::from_millis(1));
        }
        self
    }

    /// Waits until the loop has woken up this many times.
    pub fn loops(&mut self, times: u64) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        let of_main = |t: &Self| {
            let id = format!(" {}", t.pid().as_raw_nonzero());
            t.wakes().into_iter().find(|(thread, _)| thread.ends_with(&id)).unwrap().1
        };
        let until = of_main(self) + times;
        while of_main(self) < until {
            assert!(Instant::now() < end, "the loop is not woken\n{}", self.text());
            self.pump(Duration::from_millis(2));
        }
        self
    }
}
