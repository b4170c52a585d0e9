//! Faults: failures of the network or the service that a test asks for, as `ACTION[@REGION][#N|*]=KIND`.

use std::{borrow::Cow, str::FromStr, time::Duration};

use super::api::Table;
use crate::model::{Catalog, Region};

/// What happens to the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FaultKind {
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
    /// Processed; the copies that it starts end CREATEFAILED.
    CopyFails,
}

/// Which calls something happens to, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    text: String,
    action: Option<String>,
    region: Option<String>,
    nth: Option<u64>,
    pub(super) kind: FaultKind,
    seen: u64,
}

/// Why a text is no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a fault; {fix}")]
pub struct BadFault {
    text: String,
    fix: Cow<'static, str>,
}

const FORM: &str = "give ACTION[@REGION][#N|*]=KIND, such as SyncImages@ap-shanghai#1=drop-reply";
/// What can happen, and what that means.
pub(super) const KINDS: [(&str, &str); 11] = [
    ("error:CODE", "not done; answered with this error code"),
    ("http:STATUS", "not done; answered with this HTTP status, from 200 to 599"),
    ("drop", "not done; the connection closes"),
    ("drop-reply", "done, and the connection closes without an answer"),
    ("stall", "not done, and never answered"),
    ("garbage", "done; the answer is bytes that are no JSON"),
    ("truncate", "done; the answer breaks off in its middle"),
    ("latency:MS", "done, and answered so many milliseconds later"),
    ("throttle", "not done; answered with RequestLimitExceeded"),
    ("empty", "done; the answer's lists are empty, as right after a change"),
    ("copy-fails", "done; the copies of this SyncImages end CREATEFAILED"),
];

/// The kinds that are a word alone.
const WORDS: [(&str, FaultKind); 7] = [
    ("drop", FaultKind::Drop),
    ("drop-reply", FaultKind::DropReply),
    ("stall", FaultKind::Stall),
    ("garbage", FaultKind::Garbage),
    ("truncate", FaultKind::Truncate),
    ("throttle", FaultKind::Throttle),
    ("empty", FaultKind::Empty),
];

impl FaultKind {
    /// How the log of calls names a fault that the caller sees instead of the answer.
    pub fn outcome(&self) -> Option<String> {
        match self {
            Self::Http(status) => Some(format!("http:{status}")),
            Self::Throttle => None,
            _ => WORDS.iter().find(|(_, kind)| kind == self).map(|(word, _)| (*word).to_owned()),
        }
    }
}

/// Reads a fault: [`Fault::from_str`] as a function, for command lines.
///
/// # Errors
/// A sentence that says how to fix it.
pub fn parse_fault(text: &str) -> Result<Fault, BadFault> {
    text.parse()
}

impl FromStr for Fault {
    type Err = BadFault;

    fn from_str(text: &str) -> Result<Self, BadFault> {
        let because = |fix| BadFault { text: text.to_owned(), fix };
        let bad = |fix: &'static str| because(Cow::Borrowed(fix));
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
                let known = region.parse::<Region>().ok().and_then(|r| Catalog::get().region(&r));
                let Some(known) = known.filter(|r| r.open) else {
                    return Err(bad("after @ comes a region code such as ap-shanghai"));
                };
                (action, Some(known.region.as_str().to_owned()))
            }
            None => (calls, None),
        };
        let action = match action {
            "*" => None,
            word if Table::get().names().contains(word) => Some(word.to_owned()),
            word if !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                return Err(because(Cow::Owned(format!(
                    "the built-in cloud has no action {word}; near it are {}",
                    similar_actions(word).join(", ")
                ))));
            }
            _ => return Err(bad(FORM)),
        };
        let kind = match kind.split_once(':').unwrap_or((kind, "")) {
            ("error", code)
                if !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.') =>
            {
                FaultKind::Error(code.to_owned())
            }
            ("error", _) => return Err(bad("error: needs a code, such as error:InternalError")),
            ("http", status) => match status.parse() {
                Ok(status @ 200..=599) => FaultKind::Http(status),
                _ => return Err(bad("http: needs a status from 200 to 599, such as http:500")),
            },
            ("latency", ms) => match ms.parse() {
                Ok(ms) if ms <= 3_600_000 => FaultKind::Latency(Duration::from_millis(ms)),
                _ => return Err(bad("latency: needs milliseconds, at most 3600000, such as latency:200")),
            },
            ("copy-fails", "") if action.as_deref() == Some("SyncImages") => FaultKind::CopyFails,
            ("copy-fails", "") => return Err(bad("copy-fails is for SyncImages alone")),
            (word, rest) => {
                let known = WORDS.into_iter().find(|(known, _)| *known == word && rest.is_empty());
                let kinds = || KINDS.map(|(kind, _)| kind).join(", ");
                let wrong = || because(Cow::Owned(format!("its KIND should be one of {}", kinds())));
                known.ok_or_else(wrong)?.1
            }
        };
        Ok(Self { text: text.to_owned(), action, region, nth, kind, seen: 0 })
    }
}

/// The names of actions that are most like a word.
fn similar_actions(word: &str) -> Vec<&'static str> {
    let word = word.to_ascii_lowercase();
    let likeness = |name: &str| strsim::sorensen_dice(&word, &name.to_ascii_lowercase());
    let mut names: Vec<_> = Table::get().names().into_iter().map(|name| (likeness(name), name)).collect();
    names.sort_by(|a, b| b.0.total_cmp(&a.0));
    names.into_iter().take(3).map(|(_, name)| name).collect()
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// What faults do to one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Effect {
    /// How much later it is answered.
    pub latency: Duration,
    /// Whether copies that the call starts fail.
    pub copies_fail: bool,
    /// What else happens.
    pub kind: Option<FaultKind>,
}

/// Counts a call in every fault that it fits, and returns what they do to it: latencies add up, copies fail beside
/// anything else, of the others the first holds.
pub(super) fn effect_on(faults: &mut [Fault], action: &str, region: Option<&str>) -> Effect {
    let mut effect = Effect::default();
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
            FaultKind::Latency(more) => effect.latency += *more,
            FaultKind::CopyFails => effect.copies_fail = true,
            kind if effect.kind.is_none() => effect.kind = Some(kind.clone()),
            _ => {}
        }
    }
    effect
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Fault {
        text.parse().unwrap()
    }

    #[test]
    fn a_fault_meets_the_calls_that_it_names() {
        let mut faults = [
            fault("SyncImages@ap-shanghai#2=drop-reply"),
            fault("DescribeImages*=latency:20"),
            fault("*@eu-frankfurt=latency:5"),
            fault("DeleteImages=error:InternalError"),
            fault("*#*=throttle"),
            fault("SyncImages@ap-tokyo#1=copy-fails"),
        ];
        let mut ask = |action, region| effect_on(&mut faults, action, region);
        let effect =
            |ms, kind| Effect { latency: Duration::from_millis(ms), kind: Some(kind), ..Effect::default() };
        assert_eq!(ask("SyncImages", Some("ap-shanghai")), effect(0, FaultKind::Throttle));
        assert_eq!(ask("SyncImages", Some("ap-beijing")), effect(0, FaultKind::Throttle));
        assert_eq!(ask("SyncImages", Some("ap-shanghai")), effect(0, FaultKind::DropReply));
        assert_eq!(ask("SyncImages", Some("ap-shanghai")), effect(0, FaultKind::Throttle));
        assert_eq!(ask("DescribeImages", Some("eu-frankfurt")), effect(25, FaultKind::Throttle));
        assert_eq!(ask("DeleteImages", None), effect(0, FaultKind::Error("InternalError".into())));
        let fails = Effect { copies_fail: true, ..effect(0, FaultKind::Throttle) };
        assert_eq!(ask("SyncImages", Some("ap-tokyo")), fails);
        assert_eq!(ask("SyncImages", Some("ap-tokyo")), effect(0, FaultKind::Throttle));
    }

    #[test]
    fn every_kind_reads_and_a_wrong_fault_is_answered_with_the_fix() {
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
        assert_eq!(fault("SyncImages@ap-tokyo*=copy-fails").kind, FaultKind::CopyFails);
        let every_kind = "its KIND should be one of error:CODE, http:STATUS, drop, drop-reply, stall, garbage, truncate, latency:MS, \
                          throttle, empty, copy-fails";
        for (text, fix) in [
            ("", FORM),
            ("DescribeImages", FORM),
            ("=drop", FORM),
            ("Describe Images=drop", FORM),
            ("DescribeImages#0=drop", "after # comes which call it is, counted from 1, or *"),
            ("DescribeImages#x=drop", "after # comes which call it is, counted from 1, or *"),
            ("DescribeImages@moon=drop", "after @ comes a region code such as ap-shanghai"),
            ("DescribeImages@ap-moon=drop", "after @ comes a region code such as ap-shanghai"),
            ("DescribeImages=copy-fails", "copy-fails is for SyncImages alone"),
            ("*=copy-fails", "copy-fails is for SyncImages alone"),
            ("DescribeImages=explode", every_kind),
            ("DescribeImages=drop:1", every_kind),
            ("DescribeImages=error:", "error: needs a code, such as error:InternalError"),
            ("DescribeImages=http:99", "http: needs a status from 200 to 599, such as http:500"),
            (
                "DescribeImages=latency:soon",
                "latency: needs milliseconds, at most 3600000, such as latency:200",
            ),
        ] {
            let error = parse_fault(text).unwrap_err().to_string();
            assert_eq!(error, format!("{text:?} is not a fault; {fix}"));
        }
        for (word, name) in [("SyncImage", "SyncImages"), ("runinstances", "RunInstances")] {
            let error = parse_fault(&format!("{word}=drop")).unwrap_err().to_string();
            let start = format!(
                "\"{word}=drop\" is not a fault; the built-in cloud has no action {word}; near it are {name}, "
            );
            assert!(error.starts_with(&start), "{error}");
            assert_eq!(error.matches(", ").count(), 2, "{error}");
        }
    }
}
