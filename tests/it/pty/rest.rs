//! Whether a program rests, read from what each of its threads waits for: nothing has to be waited out. Linux says that
//! of a process that may not be traced to root alone; where it does not say it, a short silence has to do.

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

/// Longer than anything that is done once after a pause of the keys.
const PAUSE: Duration = Duration::from_millis(300);
/// The loop's next look at the ages is not sooner.
const AGES: Duration = Duration::from_secs(5);
/// The built-in cloud closes connections that nobody used for longer than this; a client would sooner.
const CONNECTIONS: Duration = Duration::from_secs(30);

/// When a thread that waits is woken at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wake {
    /// It waits for nothing, or for what is not known here.
    Now,
    /// At most so long after it began to wait.
    Within(Duration),
    /// In so long.
    In(Duration),
    /// When somebody else does something.
    Never,
}

/// What a system call's time-out is.
enum Timeout {
    None,
    Millis(usize),
    /// A span, or a time of the monotonic clock, at the address in an argument.
    Span(usize),
    FutexTime(usize),
}

#[cfg(target_arch = "x86_64")]
fn timeout(call: i64) -> Option<Timeout> {
    Some(match call {
        // read, write, recvfrom
        0 | 1 | 45 => Timeout::None,
        7 => Timeout::Millis(2),
        232 | 281 => Timeout::Millis(3),
        271 => Timeout::Span(2),
        23 | 270 => Timeout::Span(4),
        202 => Timeout::FutexTime(3),
        _ => return None,
    })
}

#[cfg(target_arch = "aarch64")]
fn timeout(call: i64) -> Option<Timeout> {
    Some(match call {
        63 | 64 | 207 => Timeout::None,
        22 => Timeout::Millis(3),
        73 => Timeout::Span(2),
        72 => Timeout::Span(4),
        98 => Timeout::FutexTime(3),
        _ => return None,
    })
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn timeout(_: i64) -> Option<Timeout> {
    None
}

/// When a thread wakes that is in this system call: its number and arguments, as /proc/PID/syscall has them.
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
        // FUTEX_WAIT_BITSET without FUTEX_CLOCK_REALTIME takes a time, FUTEX_WAIT a span.
        Some(Timeout::FutexTime(n)) if args[1] & 0x17f == 9 => {
            let now = clock_gettime(ClockId::Monotonic);
            let now = Duration::new(now.tv_sec as u64, now.tv_nsec as u32);
            Wake::In(time(args[n])?.saturating_sub(now))
        }
        Some(Timeout::FutexTime(n)) => Wake::Within(time(args[n])?),
    })
}

impl Tty {
    /// When each thread wakes, the main one first; nothing where the system does not say.
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

    /// Waits until all threads wait at once, and for what `rest` allows; everything written has been read.
    fn until_all(&mut self, what: &str, silence: Duration, rest: impl Fn(&[Wake]) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        loop {
            while self.pump(Duration::ZERO) {}
            let wakes = self.wakes();
            let Some(threads) = self.threads() else { return self.quiet(silence) };
            // Nobody was woken while they were looked at one by one.
            if rest(&threads) && self.wakes() == wakes && !self.pump(Duration::ZERO) {
                return self;
            }
            assert!(Instant::now() < end, "never {what}: {threads:?}\n{}", self.text());
            self.pump(Duration::from_millis(2));
        }
    }

    /// Waits until all is done that the keys asked for.
    pub fn settled(&mut self) -> &mut Self {
        self.until_all("settled", PAUSE, |threads| {
            threads.iter().all(|wake| match wake {
                Wake::Now => false,
                Wake::Within(time) | Wake::In(time) => *time > PAUSE,
                Wake::Never => true,
            })
        })
    }

    /// Waits until the program is idle: no thread has a time-out but the loop, which wakes to draw another age, and the
    /// built-in cloud where it is in the same process.
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

    /// Types, and waits until somebody was woken by it.
    pub fn taken(&mut self, keys: impl AsRef<[u8]>) -> &mut Self {
        let (before, end) = (self.wakes(), Instant::now() + PATIENCE);
        self.send(keys);
        while self.wakes() == before {
            assert!(Instant::now() < end, "nobody is woken\n{}", self.text());
            self.pump(Duration::from_millis(1));
        }
        self
    }

    /// Waits until the loop has been woken so many times more.
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
