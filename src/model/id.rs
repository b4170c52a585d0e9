//! Identifiers. Each kind has its own type, is cheap to clone, and is created only by parsing.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::messages::{Plain, Text, english, m, text};

/// The error of parsing an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct InvalidId {
    /// The text that was parsed.
    pub text: String,
    /// The expected form.
    wanted: Plain,
}

english!(InvalidId);

impl InvalidId {
    /// The text and what it should be.
    pub fn text(&self) -> Text {
        text!(id_invalid, text = format!("{:?}", self.text), wanted = self.wanted)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $wanted:expr, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Returns the identifier as the API spells it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(InvalidId { text: text.to_owned(), wanted: $wanted })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.as_ref().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

fn has_valid_suffix(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|t| {
        (8..=32).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

id!(
    /// The account ID (uin) of a main account or sub-account: 5 to 20 decimal digits.
    Uin,
    m::id_account,
    |t| (5..=20).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit()) && !t.starts_with('0')
);
id!(
    /// The ID of an image: `img-` and 8 to 32 characters of `[0-9a-z]`.
    ImageId,
    m::id_image,
    |t| has_valid_suffix(t, "img-")
);
id!(
    /// The ID of an instance: `ins-` and 8 to 32 characters of `[0-9a-z]`.
    InstanceId,
    m::id_instance,
    |t| has_valid_suffix(t, "ins-")
);
id!(
    /// The code of a region, such as `ap-guangzhou`: lower-case words and digits joined by hyphens.
    Region,
    m::id_region,
    |t| t.len() <= 32
        && t.contains('-')
        && t.split('-').all(|p| {
            !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
);

impl Region {
    /// Returns the region of `among` with the most similar spelling, if any is similar enough.
    pub fn nearest<'a>(&self, among: impl IntoIterator<Item = &'a Self>) -> Option<&'a Self> {
        let most = self.as_str().len() / 3;
        let near = among.into_iter().map(|region| (distance(self.as_str(), region.as_str()), region));
        near.filter(|(distance, _)| *distance <= most).min().map(|(_, region)| region)
    }
}

/// Returns the Levenshtein distance in bytes.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.bytes().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_the_nearest_region() {
        let all: Vec<Region> =
            ["ap-beijing", "ap-guangzhou", "ap-shanghai"].map(|r| r.parse().unwrap()).into();
        let nearest = |text: &str| {
            let region: Region = text.parse().unwrap();
            region.nearest(&all).map(ToString::to_string)
        };
        assert_eq!(nearest("ap-guangzou").as_deref(), Some("ap-guangzhou"));
        assert_eq!(nearest("ap-shangai").as_deref(), Some("ap-shanghai"));
        assert_eq!(nearest("us-west-2"), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn ids_parse_only_their_own_form() {
        for good in ["100000000001", "3205597606", "1234567"] {
            assert_eq!(good.parse::<Uin>().unwrap().as_str(), good);
        }
        for bad in ["", "abc", "1234", "me@example.com", "0123456", " 100000000001"] {
            assert!(bad.parse::<Uin>().is_err(), "{bad:?}");
        }
        assert!("img-34vaef8fe".parse::<ImageId>().is_ok());
        for bad in ["img-", "img-ABCDEFGH", "ins-4k2j7x0m", "img-short", "img-\u{1b}[31mab"] {
            assert!(bad.parse::<ImageId>().is_err(), "{bad:?}");
        }
        assert!("ins-4k2j7x0m".parse::<InstanceId>().is_ok());
        for good in ["ap-guangzhou", "ap-shanghai-fsi", "na-siliconvalley"] {
            assert!(good.parse::<Region>().is_ok());
        }
        for bad in ["", "guangzhou", "ap-", "AP-guangzhou", "ap-g/../x"] {
            assert!(bad.parse::<Region>().is_err(), "{bad:?}");
        }
    }
}
