//! Faults: what a network or a service can do to a call, on demand. `ACTION[@REGION][#N|*]=KIND`.

use std::{str::FromStr, time::Duration};

/// What happens to the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Refused with this code, not processed.
    Error(String),
    /// Another HTTP status than 200, not processed.
    Http(u16),
    /// The connection is closed, not processed.
    Drop,
    /// Processed, then the connection is closed.
    DropReply,
    /// Never answered, not processed.
    Stall,
    /// Processed; the answer is bytes that are no JSON.
    Garbage,
    /// Processed; the answer stops in its middle.
    Truncate,
    /// Answered so much later.
    Latency(Duration),
    /// `RequestLimitExceeded`, not processed.
    Throttle,
    /// Processed; the lists of the answer are empty, as right after a change.
    Empty,
}

/// Which calls something happens to, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    text: String,
    action: Option<String>,
    region: Option<String>,
    nth: Option<u64>,
    pub(super) kind: Kind,
    seen: u64,
}

/// Why a text is no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a fault; {mend}")]
pub struct BadFault {
    text: String,
    mend: &'static str,
}

const FORM: &str = "give ACTION[@REGION][#N|*]=KIND, such as SyncImages@ap-shanghai#1=drop-reply";
const KINDS: &str = "its KIND should be error:CODE, http:STATUS, drop, drop-reply, stall, garbage, truncate, \
                     latency:MS, throttle or empty";

/// Reads a fault: [`Fault::from_str`] as a function, for command lines.
///
/// # Errors
/// A sentence that says how to mend it.
pub fn parse_fault(text: &str) -> Result<Fault, BadFault> {
    text.parse()
}

impl FromStr for Fault {
    type Err = BadFault;

    fn from_str(text: &str) -> Result<Self, BadFault> {
        let bad = |mend| BadFault { text: text.to_owned(), mend };
        let (calls, kind) = text.split_once('=').ok_or_else(|| bad(FORM))?;
        let (calls, nth) = match calls.split_once('#') {
            Some((calls, "*")) => (calls, None),
            Some((calls, n)) => match n.parse::<u64>() {
                Ok(n) if n > 0 => (calls, Some(n)),
                _ => return Err(bad("after # comes which call it is, counted from 1, or *")),
            },
            None => match calls.strip_suffix('*') {
                Some(calls) if !calls.is_empty() => (calls, None),
                _ => (calls, None),
            },
        };
        let (action, region) = match calls.split_once('@') {
            Some((action, region)) => {
                let region: crate::model::Region =
                    region.parse().map_err(|_| bad("after @ comes a region code such as ap-shanghai"))?;
                (action, Some(region.as_str().to_owned()))
            }
            None => (calls, None),
        };
        let action = match action {
            "*" => None,
            word if !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                Some(word.to_owned())
            }
            _ => return Err(bad(FORM)),
        };
        let kind = match kind.split_once(':').unwrap_or((kind, "")) {
            ("error", code)
                if !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.') =>
            {
                Kind::Error(code.to_owned())
            }
            ("error", _) => return Err(bad("error: needs a code, such as error:InternalError")),
            ("http", status) => match status.parse() {
                Ok(status @ 200..=599) => Kind::Http(status),
                _ => return Err(bad("http: needs a status from 200 to 599, such as http:500")),
            },
            ("latency", ms) => match ms.parse() {
                Ok(ms) if ms <= 3_600_000 => Kind::Latency(Duration::from_millis(ms)),
                _ => return Err(bad("latency: needs milliseconds, at most 3600000, such as latency:200")),
            },
            ("drop", "") => Kind::Drop,
            ("drop-reply", "") => Kind::DropReply,
            ("stall", "") => Kind::Stall,
            ("garbage", "") => Kind::Garbage,
            ("truncate", "") => Kind::Truncate,
            ("throttle", "") => Kind::Throttle,
            ("empty", "") => Kind::Empty,
            _ => return Err(bad(KINDS)),
        };
        Ok(Self { text: text.to_owned(), action, region, nth, kind, seen: 0 })
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// What befalls one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fate {
    /// How much later it is answered.
    pub latency: Duration,
    /// What else happens.
    pub kind: Option<Kind>,
}

/// Counts a call in every fault that it fits, and says what befalls it: latencies add up, of the others the first holds.
pub(super) fn fate(faults: &mut [Fault], action: &str, region: Option<&str>) -> Fate {
    let mut fate = Fate::default();
    for fault in faults {
        let fits = fault.action.as_deref().is_none_or(|a| a == action)
            && fault.region.as_deref().is_none_or(|r| Some(r) == region);
        if !fits {
            continue;
        }
        fault.seen += 1;
        if fault.nth.is_some_and(|n| n != fault.seen) {
            continue;
        }
        match &fault.kind {
            Kind::Latency(more) => fate.latency += *more,
            kind if fate.kind.is_none() => fate.kind = Some(kind.clone()),
            _ => {}
        }
    }
    fate
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Fault {
        text.parse().unwrap()
    }

    #[test]
    fn a_fault_befalls_the_calls_that_it_names() {
        let mut faults = [
            fault("SyncImages@ap-shanghai#2=drop-reply"),
            fault("DescribeImages*=latency:20"),
            fault("*@eu-frankfurt=latency:5"),
            fault("DeleteImages=error:InternalError"),
            fault("*#*=throttle"),
        ];
        let mut ask = |action, region| fate(&mut faults, action, region);
        let fate = |ms, kind| Fate { latency: Duration::from_millis(ms), kind: Some(kind) };
        assert_eq!(ask("SyncImages", Some("ap-shanghai")), fate(0, Kind::Throttle));
        assert_eq!(ask("SyncImages", Some("ap-beijing")), fate(0, Kind::Throttle));
        assert_eq!(ask("SyncImages", Some("ap-shanghai")), fate(0, Kind::DropReply));
        assert_eq!(ask("SyncImages", Some("ap-shanghai")), fate(0, Kind::Throttle));
        assert_eq!(ask("DescribeImages", Some("eu-frankfurt")), fate(25, Kind::Throttle));
        assert_eq!(ask("DeleteImages", None), fate(0, Kind::Error("InternalError".into())));
    }

    #[test]
    fn every_kind_reads_and_a_wrong_fault_is_answered_with_the_mend() {
        for kind in [
            "error:InvalidRegion.Unavailable",
            "http:500",
            "drop",
            "drop-reply",
            "stall",
            "garbage",
            "truncate",
            "latency:250",
            "throttle",
            "empty",
        ] {
            let text = format!("DescribeImages#3={kind}");
            assert_eq!(fault(&text).to_string(), text);
        }
        for (text, mend) in [
            ("", FORM),
            ("DescribeImages", FORM),
            ("=drop", FORM),
            ("Describe Images=drop", FORM),
            ("DescribeImages#0=drop", "after # comes which call it is, counted from 1, or *"),
            ("DescribeImages#x=drop", "after # comes which call it is, counted from 1, or *"),
            ("DescribeImages@moon=drop", "after @ comes a region code such as ap-shanghai"),
            ("DescribeImages=explode", KINDS),
            ("DescribeImages=drop:1", KINDS),
            ("DescribeImages=error:", "error: needs a code, such as error:InternalError"),
            ("DescribeImages=http:99", "http: needs a status from 200 to 599, such as http:500"),
            (
                "DescribeImages=latency:soon",
                "latency: needs milliseconds, at most 3600000, such as latency:200",
            ),
        ] {
            let error = parse_fault(text).unwrap_err().to_string();
            assert_eq!(error, format!("{text:?} is not a fault; {mend}"));
        }
    }
}
