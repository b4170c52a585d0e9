//! The receivers of an image.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Region, Uin};

/// A receiver as a person typed it: `UIN[@REGION]`. A text that is not an account ID is kept, so that the rule
/// `share.account-form` can explain what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Receiver {
    /// The account, or the text that is not an account ID.
    pub account: Result<Uin, String>,
    /// The region in which the receiver needs the image; `None` means the image's own region or the regions of the
    /// plan.
    pub region: Option<Region>,
}

impl Receiver {
    /// Parses `UIN[@REGION]`. Never fails: an invalid text is kept in `account`.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if let Some((account, region)) = text.split_once('@')
            && let (Ok(uin), Ok(region)) = (account.parse::<Uin>(), region.parse())
        {
            return Self { account: Ok(uin), region: Some(region) };
        }
        Self { account: text.parse().map_err(|_| text.to_owned()), region: None }
    }

    /// Returns the regions in which the receiver needs the image: the region it names, or else all `chosen`
    /// regions, or else the image's own region.
    pub fn regions<'a>(&'a self, chosen: &'a [Region], own: &'a Region) -> &'a [Region] {
        match &self.region {
            Some(region) => std::slice::from_ref(region),
            None if chosen.is_empty() => std::slice::from_ref(own),
            None => chosen,
        }
    }

    /// Parses a list that is separated by commas, semicolons, white space or line breaks. Removes duplicates.
    pub fn parse_many(text: &str) -> Vec<Self> {
        let mut all = Vec::new();
        for part in text.split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | '\u{ff0c}' | '\u{ff1b}' | '\u{3001}')
        }) {
            if !part.is_empty() {
                let one = Self::parse(part);
                if !all.contains(&one) {
                    all.push(one);
                }
            }
        }
        all
    }
}

impl From<Uin> for Receiver {
    fn from(uin: Uin) -> Self {
        Self { account: Ok(uin), region: None }
    }
}

impl fmt::Display for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.account {
            Ok(uin) => write!(f, "{uin}")?,
            Err(text) => write!(f, "{text}")?,
        }
        match &self.region {
            Some(region) => write!(f, "@{region}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_pasted_lists_and_keeps_invalid_entries() {
        let got: Vec<String> =
            Receiver::parse_many("100000000002@eu-frankfurt, 100000000003\n100000000003;me@example.com")
                .iter()
                .map(|r| format!("{r} {}", r.account.is_ok()))
                .collect();
        assert_eq!(got, ["100000000002@eu-frankfurt true", "100000000003 true", "me@example.com false"]);
    }
}
