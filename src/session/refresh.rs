//! The refresh interval of the console.

use jiff::SignedDuration;

use crate::messages::{Text, text};

/// The value of `refresh` in the config file, such as `"60s"`, `"5m"` or `"off"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    /// Refreshes what is on the screen at this interval.
    Every(SignedDuration),
    /// Refreshes only when a key asks for it.
    Off,
}

impl Refresh {
    /// The shortest interval, because all consoles of an account share the cloud's rate limits.
    pub const LEAST: SignedDuration = SignedDuration::from_secs(30);

    /// Parses a number of seconds or minutes, or `off`.
    ///
    /// # Errors
    ///
    /// A sentence that says what to write instead.
    pub fn parse(text: &str) -> Result<Self, Text> {
        let wrong = || text!(config_refresh_invalid, text = format!("{text:?}"));
        let text = text.trim();
        if text == "off" {
            return Ok(Self::Off);
        }
        let (number, unit) = match (text.strip_suffix('s'), text.strip_suffix('m')) {
            (Some(number), _) => (number, 1),
            (_, Some(number)) => (number, 60),
            _ => return Err(wrong()),
        };
        let number: u32 = number.parse().map_err(|_| wrong())?;
        let every = SignedDuration::from_secs(i64::from(number) * unit);
        match every < Self::LEAST {
            true => Err(text!(config_refresh_too_often, text = format!("{text:?}"))),
            false => Ok(Self::Every(every)),
        }
    }
}

impl Default for Refresh {
    fn default() -> Self {
        Self::Every(SignedDuration::from_secs(60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Lang;

    #[test]
    fn it_is_an_interval_of_at_least_half_a_minute_or_off() {
        let every = |seconds| Ok(Refresh::Every(SignedDuration::from_secs(seconds)));
        assert_eq!(Refresh::parse("30s"), every(30));
        assert_eq!(Refresh::parse(" 5m "), every(300));
        assert_eq!(Refresh::parse("off"), Ok(Refresh::Off));
        for (text, says) in [
            ("29s", "at least \"30s\""),
            ("0m", "at least \"30s\""),
            ("30", "\"30\" is no interval"),
            ("-40s", "is no interval"),
            ("s", "is no interval"),
            ("", "is no interval"),
            ("9999999999s", "is no interval"),
        ] {
            let error = Refresh::parse(text).unwrap_err().render(Lang::EN);
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
