//! How soon the next frame may follow. A frame that waits in a buffer is old when it is seen, and everything after it
//! waits too: better to draw it later, and whole.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

/// Between frames that keys ask for: nobody sees more than sixty a second.
const KEYS: Duration = Duration::from_millis(16);
/// Between frames that answers ask for, which come in swarms.
const ANSWERS: Duration = Duration::from_millis(25);
/// Between any two on a line that is said to be slow.
const SLOW: Duration = Duration::from_millis(250);
/// Between looks at a line that is busy.
const LOOK: Duration = Duration::from_millis(20);
/// A line with so many bytes under way carries what was drawn before; at 64 kbit/s that is a quarter of a second.
const BUSY: u64 = 2048;
/// What even a bad line carries in a second. The table of connections of a busy machine is long, so nobody looks into
/// it before more than that was sent.
const CARRIED: f64 = 8192.0;

/// A frame as the terminal took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// How large it was.
    pub bytes: usize,
    /// How long the terminal took to take it.
    pub took: Duration,
}

/// When frames may be drawn.
pub struct Pace {
    slow: bool,
    last: Option<Instant>,
    /// When a frame was last made, whether or not anything on it had changed.
    tried: Option<Instant>,
    /// What the terminal needed for the last frame.
    took: Duration,
    /// What we needed for it, to write it and before.
    made: Duration,
    line: Option<Line>,
    /// Bytes that may be under way, as of the last frame or look.
    sent: u64,
    seen: Instant,
}

impl Pace {
    /// For this terminal; `slow` where the person says that its line is.
    pub fn new(slow: bool) -> Self {
        let line = std::env::var("SSH_CONNECTION").ok().and_then(|text| Line::read(&text));
        Self {
            slow,
            last: None,
            tried: None,
            took: Duration::ZERO,
            made: Duration::ZERO,
            line,
            sent: 0,
            seen: Instant::now(),
        }
    }

    /// How long the next frame has to wait; nothing where it may be drawn now. `keys` where a person waits for it.
    pub fn wait(&mut self, keys: bool) -> Option<Duration> {
        let now = Instant::now();
        let gap = match (self.slow, keys) {
            (true, _) => SLOW,
            (false, true) => KEYS,
            // Most of the time is for taking answers.
            (false, false) => ANSWERS.max(self.made * 3),
        };
        let last = if keys || self.slow { self.last } else { self.tried };
        let next = last.map_or(now, |last| last + gap.max(self.took));
        if let Some(left) = next.checked_duration_since(now).filter(|d| !d.is_zero()) {
            return Some(left);
        }
        let line = self.line?;
        if self.under_way(now) < BUSY {
            return None;
        }
        let queued = line.queued();
        match queued {
            // It is not of this machine, or of another time.
            None => self.line = None,
            Some(n) => (self.sent, self.seen) = (n, Instant::now()),
        }
        (self.sent >= BUSY && queued.is_some()).then(|| LOOK.max(now.elapsed() * 4))
    }

    fn under_way(&self, now: Instant) -> u64 {
        let carried = now.duration_since(self.seen).as_secs_f64() * CARRIED;
        self.sent.saturating_sub(carried as u64)
    }

    /// A frame was made, which took so long with the time to write it; nothing is sent where it looks the same.
    pub fn drawn(&mut self, sent: Option<Sent>, made: Duration) {
        let now = Instant::now();
        self.tried = Some(now);
        self.made = made;
        let Some(sent) = sent else { return };
        self.sent = self.under_way(now) + sent.bytes as u64;
        self.seen = now;
        self.last = Some(now);
        self.took = sent.took;
    }
}

/// The connection of an SSH session, as sshd tells it to what it starts. The pseudo-terminal hands on all that it is
/// given, so its own queue says nothing; the kernel's table of connections, which everybody may read, has the bytes
/// that the other side has not confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    here: SocketAddr,
    there: SocketAddr,
}

impl Line {
    /// `client-address client-port server-address server-port`
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split_whitespace();
        let mut next = || {
            // A link's own addresses come with the name of the link.
            let address: IpAddr = parts.next()?.split('%').next()?.parse().ok()?;
            Some(SocketAddr::new(address, parts.next()?.parse().ok()?))
        };
        let there = next()?;
        Some(Self { here: next()?, there })
    }

    /// Bytes on their way; nothing where the table has no such connection.
    fn queued(self) -> Option<u64> {
        ["/proc/net/tcp", "/proc/net/tcp6"]
            .into_iter()
            .find_map(|table| self.queued_in(&std::fs::read_to_string(table).ok()?))
    }

    /// `sl local_address rem_address st tx_queue:rx_queue …`, hexadecimal (proc_pid_net(5)).
    fn queued_in(self, table: &str) -> Option<u64> {
        let port = format!(":{:04X} ", self.there.port());
        table.lines().filter(|line| line.contains(&port)).find_map(|line| {
            let mut fields = line.split_whitespace().skip(1);
            let (here, there) = (address(fields.next()?)?, address(fields.next()?)?);
            if (here, there) != (self.here, self.there) {
                return None;
            }
            u64::from_str_radix(fields.nth(1)?.split(':').next()?, 16).ok()
        })
    }
}

/// An address as the table spells it: words of the machine's own byte order.
fn address(text: &str) -> Option<SocketAddr> {
    let (ip, port) = text.split_once(':')?;
    let word = |n: usize| Some(u32::from_str_radix(ip.get(n * 8..n * 8 + 8)?, 16).ok()?.to_ne_bytes());
    let ip = match ip.len() {
        8 => IpAddr::V4(Ipv4Addr::from(word(0)?)),
        _ => {
            let bytes: [u8; 16] = [word(0)?, word(1)?, word(2)?, word(3)?].concat().try_into().ok()?;
            IpAddr::from(bytes).to_canonical()
        }
    };
    Some(SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 17 1
   1: 0100007F:0016 0100007F:D431 01 00001A2B:00000000 01:00000000 00000000     0        0 18 1
   2: 0100007F:0016 0200007F:D431 01 00000007:00000000 01:00000000 00000000     0        0 19 1
";
    const TABLE6: &str = "  sl  local_address                         remote_address                        st tx_queue rx_queue
   0: 0000000000000000FFFF00000100007F:0016 0000000000000000FFFF00000100007F:D431 01 00000100:00000000 01:0
   1: B80D0120000000000000000001000000:0016 B80D0120000000000000000002000000:D431 01 00000200:00000000 01:0
";

    #[test]
    #[cfg(target_endian = "little")]
    fn the_bytes_under_way_are_those_of_our_connection() {
        let queued = |text: &str, table: &str| Line::read(text).unwrap().queued_in(table);
        assert_eq!(queued("127.0.0.1 54321 127.0.0.1 22", TABLE), Some(0x1a2b));
        assert_eq!(queued("127.0.0.2 54321 127.0.0.1 22", TABLE), Some(7));
        assert_eq!(queued("127.0.0.1 54322 127.0.0.1 22", TABLE), None);
        // Of a server that listens for both kinds of addresses.
        assert_eq!(queued("127.0.0.1 54321 127.0.0.1 22", TABLE6), Some(0x100));
        assert_eq!(queued("2001:db8::2 54321 2001:db8::1 22", TABLE6), Some(0x200));
        assert_eq!(queued("::1 54321 ::1 22", ""), None);
        assert_eq!(Line::read("nonsense"), None);
    }
}
