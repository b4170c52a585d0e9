//! Who should get an image, and where.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Region, Uin};

/// `UIN[@REGION]`, as a person typed it. A text that is no account ID is kept as it is, so that the rule
/// `share.account-form` can say what is wrong with it beside the field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Receiver {
    /// The account, or the text that is not one.
    pub account: Result<Uin, String>,
    /// The region that they need it in; nothing for the image's own, or for what the plan chooses.
    pub region: Option<Region>,
}

impl Receiver {
    /// Reads one `UIN[@REGION]`. Never fails: what cannot be read stays as text in `account`.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if let Some((account, region)) = text.split_once('@')
            && let (Ok(uin), Ok(region)) = (account.parse::<Uin>(), region.parse())
        {
            return Self { account: Ok(uin), region: Some(region) };
        }
        Self { account: text.parse().map_err(|_| text.to_owned()), region: None }
    }

    /// The regions that it needs an image in: the one that it names, else all that were chosen, else the image's own.
    pub fn regions<'a>(&'a self, chosen: &'a [Region], own: &'a Region) -> &'a [Region] {
        match &self.region {
            Some(region) => std::slice::from_ref(region),
            None if chosen.is_empty() => std::slice::from_ref(own),
            None => chosen,
        }
    }

    /// Reads many, separated by commas, semicolons, blanks or lines, as people paste them; each once.
    pub fn parse_many(text: &str) -> Vec<Self> {
        let mut all = Vec::new();
        for part in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '，' | '；' | '、'))
        {
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
    fn pasted_lists_are_read_once_each_and_junk_is_kept() {
        let got: Vec<String> =
            Receiver::parse_many("100000000002@eu-frankfurt, 100000000003\n100000000003;me@example.com")
                .iter()
                .map(|r| format!("{r} {}", r.account.is_ok()))
                .collect();
        assert_eq!(got, ["100000000002@eu-frankfurt true", "100000000003 true", "me@example.com false"]);
    }
}
