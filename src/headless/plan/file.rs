//! The file that declares which images are to be where, and shared with whom. What is wrong in it is said with its line
//! and the mend.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;

use crate::model::{ImageId, Receiver, Region, Uin};

/// What the file calls an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    Id(ImageId),
    Name(String),
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// One image of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where it stands, counted from 1.
    pub line: usize,
    pub image: Named,
    /// Where it is, if the file says so.
    pub region: Option<Region>,
    /// Whom it is to be shared with; groups are taken apart.
    pub with: Vec<Receiver>,
    /// Where it is to be.
    pub regions: Vec<Region>,
    /// An own image of the same name, size and system that is there is taken for the copy.
    pub reuse: bool,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub file: String,
    /// Counted from 1, where it is known.
    pub line: Option<usize>,
    pub message: String,
    pub mend: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}\n{}", self.message, self.mend)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    groups: BTreeMap<String, Vec<toml::Spanned<String>>>,
    #[serde(default)]
    images: Vec<toml::Spanned<RawEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    image: toml::Spanned<String>,
    region: Option<toml::Spanned<String>>,
    #[serde(default)]
    with: Vec<toml::Spanned<String>>,
    #[serde(default)]
    regions: Vec<toml::Spanned<String>>,
    #[serde(default)]
    reuse: bool,
}

/// Names that stand for receivers: groups, and the labels of the address book.
pub(super) type Names = BTreeMap<String, Vec<Receiver>>;

/// The names that the config file knows.
pub(super) fn names(groups: &BTreeMap<String, Vec<Receiver>>, accounts: &BTreeMap<Uin, String>) -> Names {
    let labels = accounts.iter().map(|(uin, label)| (label.clone(), vec![Receiver::from(uin.clone())]));
    labels.chain(groups.clone()).collect()
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
}

/// Reads the text of a file. `names` are those known beside its own groups.
///
/// # Errors
/// [`Wrong`]
pub(super) fn read(text: &str, file: &str, mut names: Names) -> Result<Vec<Entry>, Wrong> {
    let reader = Reader { text, file };
    let raw: RawFile = toml::from_str(text).map_err(|e| Wrong {
        file: file.to_owned(),
        line: e.span().map(|s| reader.line(s.start)),
        message: e.message().replace('\n', "; "),
        mend: "See assets/plan.toml, or the README, for what such a file holds".to_owned(),
    })?;
    for (name, members) in raw.groups {
        let members = members.iter().map(|m| reader.receiver(m)).collect::<Result<_, _>>()?;
        names.insert(name, members);
    }
    let mut all: Vec<Entry> = Vec::new();
    for raw in raw.images {
        let entry = reader.entry(raw.into_inner(), &names)?;
        let same = |e: &&Entry| e.image == entry.image && e.region == entry.region;
        if let Some(first) = all.iter().find(same) {
            return Err(Wrong {
                file: file.to_owned(),
                line: Some(entry.line),
                message: format!("{} is declared twice, first in line {}", entry.image, first.line),
                mend: "Join the two into one".to_owned(),
            });
        }
        all.push(entry);
    }
    match all.is_empty() {
        true => Err(Wrong {
            file: file.to_owned(),
            line: None,
            message: "it declares no image".to_owned(),
            mend: "Add a table [[images]] with image and with or regions".to_owned(),
        }),
        false => Ok(all),
    }
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
    }

    fn wrong(&self, at: &toml::Spanned<String>, message: String, mend: &str) -> Wrong {
        let line = Some(self.line(at.span().start));
        Wrong { file: self.file.to_owned(), line, message, mend: mend.to_owned() }
    }

    fn receiver(&self, text: &toml::Spanned<String>) -> Result<Receiver, Wrong> {
        let receiver = Receiver::parse(text.get_ref());
        match &receiver.account {
            Ok(_) => Ok(receiver),
            Err(junk) => Err(self.wrong(
                text,
                format!("{junk:?} is not an account ID"),
                "Give an account ID, or an account ID and a region such as 100000000002@eu-frankfurt",
            )),
        }
    }

    fn region(&self, text: &toml::Spanned<String>) -> Result<Region, Wrong> {
        text.get_ref()
            .parse()
            .map_err(|e| self.wrong(text, format!("{e}"), "Give a region code such as ap-guangzhou"))
    }

    fn entry(&self, raw: RawEntry, names: &Names) -> Result<Entry, Wrong> {
        let line = self.line(raw.image.span().start);
        let mut with: Vec<Receiver> = Vec::new();
        for text in &raw.with {
            let these = match names.get(text.get_ref()) {
                Some(group) => group.clone(),
                None if Receiver::parse(text.get_ref()).account.is_ok() => vec![self.receiver(text)?],
                None => {
                    let known: Vec<&str> = names.keys().map(String::as_str).collect();
                    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                    return Err(self.wrong(
                        text,
                        format!(
                            "{:?} is neither an account ID nor a name; there are: {known}",
                            text.get_ref()
                        ),
                        "Give an account ID such as 100000000002, or name a group in [groups]",
                    ));
                }
            };
            with.extend(these.into_iter().filter(|r| !with.contains(r)).collect::<Vec<_>>());
        }
        let mut regions: Vec<Region> = Vec::new();
        for text in &raw.regions {
            let region = self.region(text)?;
            if !regions.contains(&region) {
                regions.push(region);
            }
        }
        if with.is_empty() && regions.is_empty() {
            return Err(self.wrong(
                &raw.image,
                format!("{} is declared, and nothing about it", raw.image.get_ref()),
                "Add with = [accounts] or regions = [codes], or take it out",
            ));
        }
        let region = raw.region.as_ref().map(|r| self.region(r)).transpose()?;
        let text = raw.image.into_inner();
        let image = match text.parse() {
            Ok(id) => Named::Id(id),
            Err(_) => Named::Name(text),
        };
        Ok(Entry { line, image, region, with, regions, reuse: raw.reuse })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(code: &str) -> Region {
        code.parse().unwrap()
    }

    #[test]
    fn a_file_is_read_with_its_groups_taken_apart() {
        let text = r#"
[groups]
eu = ["100000000002@eu-frankfurt", "100000000004"]

[[images]]
image = "golden-web-7"
region = "ap-guangzhou"
regions = ["ap-guangzhou", "ap-shanghai", "ap-guangzhou"]
with = ["eu", "100000000004", "Quay Labs"]

[[images]]
image = "img-6pb6lrmy"
with = ["100000000003@ap-beijing"]
reuse = true
"#;
        let book = BTreeMap::from([("100000000003".parse().unwrap(), "Quay Labs".to_owned())]);
        let many = |texts: &[&str]| texts.iter().map(|t| Receiver::parse(t)).collect::<Vec<_>>();
        assert_eq!(
            read(text, "plan.toml", names(&BTreeMap::new(), &book)),
            Ok(vec![
                Entry {
                    line: 6,
                    image: Named::Name("golden-web-7".into()),
                    region: Some(region("ap-guangzhou")),
                    with: many(&["100000000002@eu-frankfurt", "100000000004", "100000000003"]),
                    regions: vec![region("ap-guangzhou"), region("ap-shanghai")],
                    reuse: false,
                },
                Entry {
                    line: 12,
                    image: Named::Id("img-6pb6lrmy".parse().unwrap()),
                    region: None,
                    with: many(&["100000000003@ap-beijing"]),
                    regions: vec![],
                    reuse: true,
                },
            ])
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_the_mend() {
        let one = |more: &str| format!("[[images]]\nimage = \"web\"\n{more}");
        for (text, said) in [
            (String::new(), "p.toml: it declares no image\nAdd a table [[images]]"),
            (one(""), "p.toml:2: web is declared, and nothing about it\nAdd with"),
            (
                one("with = [\"me@example.com\"]\n"),
                "p.toml:3: \"me@example.com\" is neither an account ID nor a name; there are: none\nGive an account ID",
            ),
            (
                one("\nwith = [\n  \"100000000002\",\n  \"eu\",\n]\n[groups]\nasia = [\"100000000002\"]\n"),
                "p.toml:6: \"eu\" is neither an account ID nor a name; there are: asia\n",
            ),
            (one("regions = [\"moon\"]\n"), "p.toml:3: \"moon\" is not a region code"),
            (
                one("regions = \"ap-tokyo\"\n"),
                "p.toml:3: invalid type: string \"ap-tokyo\", expected a sequence\nSee assets/plan.toml",
            ),
            (one("share_with = []\n"), "p.toml:3: unknown field `share_with`"),
            (one("with = [\n"), "p.toml:3: unclosed array"),
            ("[[images]]\nwith = [\"100000000002\"]\n".to_owned(), "p.toml:1: missing field `image`"),
            (
                one("regions = [\"ap-tokyo\"]\n[[images]]\nimage = \"web\"\nregions = [\"ap-seoul\"]\n"),
                "p.toml:5: web is declared twice, first in line 2\nJoin",
            ),
            (
                "[groups]\neu = [\"Borealis\"]\n".to_owned(),
                "p.toml:2: \"Borealis\" is not an account ID\nGive an account ID",
            ),
        ] {
            let got = read(&text, "p.toml", Names::new()).unwrap_err().to_string();
            assert!(got.starts_with(said), "{text}\n{got}");
        }
    }
}
