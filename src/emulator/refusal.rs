//! Errors of the API: a code, and a message in English or Chinese.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

/// The Chinese messages of the error codes, and a few other texts. Each line of the file is `KEY: TEXT`.
static CHINESE: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/emulator-zh.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": ")).collect()
});

/// Returns a Chinese text by its key; empty if there is none.
pub(super) fn chinese_text(key: &str) -> &'static str {
    CHINESE.get(key).copied().unwrap_or_default()
}

/// An error of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub code: Cow<'static, str>,
    /// The English message, with names and values in backticks.
    pub message: String,
}

impl Refusal {
    /// Returns the value of `Response`, as JSON.
    pub fn body(&self, chinese: bool, request_id: &str) -> String {
        let error = serde_json::json!({ "Code": self.code, "Message": self.localized(chinese) });
        serde_json::json!({ "Error": error, "RequestId": request_id }).to_string()
    }

    /// Returns the message in the caller's language. The Chinese message is that of the code, followed by the names and
    /// values of the English message.
    fn localized(&self, chinese: bool) -> Cow<'_, str> {
        if !chinese {
            return Cow::Borrowed(&self.message);
        }
        // A code such as `InvalidParameterValue.Some` falls back to the message of `InvalidParameterValue`.
        let family = self.code.split('.').next().unwrap_or_default();
        let sentence = CHINESE.get(self.code.as_ref()).or_else(|| CHINESE.get(family));
        let sentence = sentence.copied().unwrap_or_else(|| chinese_text("default"));
        let values = values(&self.message);
        if values.is_empty() {
            return Cow::Borrowed(sentence);
        }
        Cow::Owned(format!("{sentence}\u{ff08}{}\u{ff09}", values.join("\u{3001}")))
    }
}

/// Returns the parts of a message that are not translated: those in backticks, and ids such as `img-6pb6lrmy`.
fn values(message: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (n, part) in message.split('`').enumerate() {
        if n % 2 == 1 {
            found.push(part);
            continue;
        }
        let words =
            part.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
        found.extend(words.filter(|word| is_id(word)));
    }
    found
}

fn is_id(word: &str) -> bool {
    let id =
        |tail: &str| tail.len() >= 8 && tail.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
    let prefixed = ["img-", "ins-", "snap-", "disk-", "vpc-", "subnet-", "sg-", "skey-"];
    prefixed.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(id))
        || (word.len() >= 9 && word.bytes().all(|b| b.is_ascii_digit()))
}

/// Returns the error if the condition holds. The message is formatted only then.
pub(super) fn refuse_if(
    condition: bool,
    code: &'static str,
    message: impl std::fmt::Display,
) -> Result<(), Refusal> {
    if condition { refuse(code, message.to_string()) } else { Ok(()) }
}

/// Returns an error with one of the vendor's codes.
pub(super) fn refuse<T>(code: &'static str, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { code: code.into(), message: message.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chinese(code: &'static str, message: &str) -> String {
        Refusal { code: code.into(), message: message.into() }.localized(true).into_owned()
    }

    #[test]
    fn the_chinese_message_keeps_the_names_and_values() {
        assert_eq!(
            chinese("InvalidImageId.NotFound", "ImageId img-6pb6lrmy is not found."),
            format!("{}\u{ff08}img-6pb6lrmy\u{ff09}", CHINESE["InvalidImageId.NotFound"])
        );
        assert_eq!(
            chinese("RequestLimitExceeded", "It equals to `11`, over the limit `10`."),
            format!("{}\u{ff08}11\u{3001}10\u{ff09}", CHINESE["RequestLimitExceeded"])
        );
        assert_eq!(
            chinese("InvalidParameterValue.NoSuchCode", "Three is too many."),
            CHINESE["InvalidParameterValue"]
        );
        assert_eq!(chinese("Other", "What?"), "\u{8bf7}\u{6c42}\u{5931}\u{8d25}\u{3002}");
        let english = Refusal { code: "InternalError".into(), message: "An error.".into() };
        assert_eq!(english.localized(false), "An error.");
    }

    /// Every code of the contract that the emulator's source uses has a Chinese message, and every message has a code.
    #[test]
    fn every_code_has_a_chinese_message() {
        let contract: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/it/contract.json")).unwrap();
        let mut codes: std::collections::BTreeSet<&str> =
            contract["common_error_codes"].as_array().unwrap().iter().filter_map(|c| c.as_str()).collect();
        let of_actions =
            contract["actions"].as_object().unwrap().values().map(|action| &action["error_codes"]);
        let of_services = contract["service_error_codes"].as_object().unwrap().values();
        for list in of_actions.chain(of_services) {
            codes.extend(list.as_array().into_iter().flatten().filter_map(|c| c.as_str()));
        }
        let mut source = String::new();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/emulator");
        for folder in [folder.clone(), folder.join("actions")] {
            for file in std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()) {
                if file.extension().is_some_and(|e| e == "rs") {
                    source.push_str(&std::fs::read_to_string(file).unwrap());
                }
            }
        }
        let used: Vec<_> = codes.iter().filter(|code| source.contains(&format!("\"{code}\""))).collect();
        assert!(used.len() > 60, "{used:?}");
        let missing: Vec<_> = used.into_iter().filter(|code| !CHINESE.contains_key(**code)).collect();
        assert!(missing.is_empty(), "assets/emulator-zh.txt has no {missing:?}");
        let other = ["AuthFailure", "default", "digits", "zone"];
        let unknown: Vec<_> =
            CHINESE.keys().filter(|code| !codes.contains(*code) && !other.contains(code)).collect();
        assert!(unknown.is_empty(), "the API has no {unknown:?}");
    }
}
