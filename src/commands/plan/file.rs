//! Parses the file that declares in which regions images should exist and with whom they should be shared. Errors
//! name the line and the fix.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;

use crate::{
    messages::{Text, text},
    model::{ImageId, Receiver, Region, Uin, plain},
    session::error::CommandError,
};

/// The maximum number of images in a file. It is more than an account may own in a region.
const MOST_IMAGES: usize = 1000;
/// The maximum number of receivers of one image. It is far more than it can be shared with.
const MOST_RECEIVERS: usize = 1000;

/// An error in a file: its place and the problem, and on a second line the fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlanFileError(pub Text);

impl PlanFileError {
    /// Makes an error about a file and, if known, a line, counted from 1. The last line of the message is the fix.
    pub(crate) fn new(file: &str, line: Option<usize>, message: Text) -> Self {
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        // Text that the message quotes from the file stays on one line.
        let text = message.map_literals(&|quoted| plain(quoted).into_owned());
        Self(text!(cmd_plan_place, file, line, text))
    }
}

impl From<PlanFileError> for CommandError {
    fn from(wrong: PlanFileError) -> Self {
        Self::Usage(wrong.0)
    }
}

/// How the file identifies an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ImageRef {
    Id(ImageId),
    Name(String),
}

impl fmt::Display for ImageRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// One image of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileImage {
    /// The line, counted from 1.
    pub line: usize,
    pub image: ImageRef,
    /// The image's region, if the file gives it.
    pub region: Option<Region>,
    /// The accounts to share with. Groups are expanded.
    pub with: Vec<Receiver>,
    /// The regions in which it should exist.
    pub regions: Vec<Region>,
    /// Whether an own image of the same name, size and system is reused as the copy.
    pub reuse: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    groups: BTreeMap<String, Vec<toml::Spanned<String>>>,
    #[serde(default)]
    images: Vec<toml::Spanned<RawImage>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawImage {
    image: toml::Spanned<String>,
    region: Option<toml::Spanned<String>>,
    #[serde(default)]
    with: Vec<toml::Spanned<String>>,
    #[serde(default)]
    regions: Vec<toml::Spanned<String>>,
    #[serde(default)]
    reuse: bool,
}

/// The names that stand for receivers: groups, and labels of the address book.
pub(crate) type Names = BTreeMap<String, Vec<Receiver>>;

/// Returns the names of the config file.
pub(crate) fn names(groups: &BTreeMap<String, Vec<Receiver>>, accounts: &BTreeMap<Uin, String>) -> Names {
    let labels = accounts.iter().map(|(uin, label)| (label.clone(), vec![Receiver::from(uin.clone())]));
    labels.chain(groups.clone()).collect()
}

struct FileParser<'a> {
    text: &'a str,
    file: &'a str,
}

/// Parses the text of a file. `names` are the names that are known besides the file's own groups.
///
/// # Errors
///
/// [`PlanFileError`]
pub(crate) fn read(text: &str, file: &str, mut names: Names) -> Result<Vec<FileImage>, PlanFileError> {
    let reader = FileParser { text, file };
    let raw: RawFile = toml::from_str(text).map_err(|e| {
        // The TOML parser has only English messages.
        let message = text!(cmd_plan_see_format, text = e.message().replace('\n', "; "));
        PlanFileError::new(file, e.span().map(|s| reader.line(s.start)), message)
    })?;
    for (name, members) in raw.groups {
        let members = members.iter().map(|m| reader.receiver(m)).collect::<Result<_, _>>()?;
        names.insert(name, members);
    }
    if raw.images.len() > MOST_IMAGES {
        let message = text!(cmd_plan_too_many_images, n = raw.images.len(), limit = MOST_IMAGES);
        return Err(PlanFileError::new(file, None, message));
    }
    let mut all: Vec<FileImage> = Vec::new();
    for raw in raw.images {
        let entry = reader.entry(raw.into_inner(), &names)?;
        let same = |e: &&FileImage| e.image == entry.image && e.region == entry.region;
        if let Some(first) = all.iter().find(same) {
            let message = text!(cmd_plan_twice, image = entry.image, line = first.line);
            return Err(PlanFileError::new(file, Some(entry.line), message));
        }
        all.push(entry);
    }
    match all.is_empty() {
        true => {
            let message = text!(cmd_plan_no_images);
            Err(PlanFileError::new(file, None, message))
        }
        false => Ok(all),
    }
}

impl FileParser<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
    }

    fn error_at(&self, at: &toml::Spanned<String>, message: Text) -> PlanFileError {
        PlanFileError::new(self.file, Some(self.line(at.span().start)), message)
    }

    fn receiver(&self, text: &toml::Spanned<String>) -> Result<Receiver, PlanFileError> {
        let receiver = Receiver::parse(text.get_ref());
        match &receiver.account {
            Ok(_) => Ok(receiver),
            Err(junk) => {
                Err(self.error_at(text, text!(cmd_plan_not_an_account, junk = format!("{:?}", junk))))
            }
        }
    }

    fn region(&self, text: &toml::Spanned<String>) -> Result<Region, PlanFileError> {
        let given = text.get_ref();
        given.parse().map_err(|_| {
            self.error_at(text, text!(cmd_plan_give_region_code_such_as, given = format!("{:?}", given)))
        })
    }

    fn entry(&self, raw: RawImage, names: &Names) -> Result<FileImage, PlanFileError> {
        let line = self.line(raw.image.span().start);
        let mut with: Vec<Receiver> = Vec::new();
        for text in &raw.with {
            let these = match names.get(text.get_ref()) {
                Some(group) => group.clone(),
                None if Receiver::parse(text.get_ref()).account.is_ok() => vec![self.receiver(text)?],
                None => {
                    let known: Vec<&str> = names.keys().map(String::as_str).collect();
                    let all = match known.is_empty() {
                        true => text!(common_none),
                        false => Text::list(known),
                    };
                    let given = text.get_ref();
                    return Err(self.error_at(
                        text,
                        text!(cmd_plan_not_a_receiver, given = format!("{:?}", given), all),
                    ));
                }
            };
            if with.len() + these.len() > MOST_RECEIVERS {
                return Err(self.error_at(text, text!(cmd_plan_too_many_receivers, limit = MOST_RECEIVERS)));
            }
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
            return Err(self.error_at(&raw.image, text!(cmd_plan_empty_entry, image = raw.image.get_ref())));
        }
        let region = raw.region.as_ref().map(|r| self.region(r)).transpose()?;
        let text = raw.image.into_inner();
        let image = match text.parse() {
            Ok(id) => ImageRef::Id(id),
            Err(_) => ImageRef::Name(text),
        };
        Ok(FileImage { line, image, region, with, regions, reuse: raw.reuse })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Lang;

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
                FileImage {
                    line: 6,
                    image: ImageRef::Name("golden-web-7".into()),
                    region: Some(region("ap-guangzhou")),
                    with: many(&["100000000002@eu-frankfurt", "100000000004", "100000000003"]),
                    regions: vec![region("ap-guangzhou"), region("ap-shanghai")],
                    reuse: false,
                },
                FileImage {
                    line: 12,
                    image: ImageRef::Id("img-6pb6lrmy".parse().unwrap()),
                    region: None,
                    with: many(&["100000000003@ap-beijing"]),
                    regions: vec![],
                    reuse: true,
                },
            ])
        );
    }

    #[test]
    fn errors_name_the_line_and_the_fix() {
        let one = |more: &str| format!("[[images]]\nimage = \"web\"\n{more}");
        for (text, said) in [
            (String::new(), "p.toml: the file declares no images\nAdd a table [[images]]"),
            (one(""), "p.toml:2: web has neither receivers nor regions\nAdd with"),
            (
                one("with = [\"me@example.com\"]\n"),
                "p.toml:3: \"me@example.com\" is neither an account ID nor a known name; known names: none\nGive an account ID",
            ),
            (
                one("\nwith = [\n  \"100000000002\",\n  \"eu\",\n]\n[groups]\nasia = [\"100000000002\"]\n"),
                "p.toml:6: \"eu\" is neither an account ID nor a known name; known names: asia\n",
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
                "p.toml:5: web is declared twice, first in line 2\nMerge",
            ),
            (
                "[groups]\neu = [\"Borealis\"]\n".to_owned(),
                "p.toml:2: \"Borealis\" is not an account ID\nGive an account ID",
            ),
        ] {
            let got = read(&text, "p.toml", Names::new()).unwrap_err().0.render(Lang::EN);
            assert!(got.starts_with(said), "{text}\n{got}");
        }
    }

    #[test]
    fn a_file_with_too_much_in_it_is_refused() {
        let image = |n: usize| format!("[[images]]\nimage = \"web-{n}\"\nregions = [\"ap-tokyo\"]\n");
        let many = |n: usize| (0..n).map(image).collect::<String>();
        assert_eq!(read(&many(MOST_IMAGES), "p", Names::new()).unwrap().len(), MOST_IMAGES);
        let error = read(&many(MOST_IMAGES + 1), "p", Names::new()).unwrap_err().0.render(Lang::EN);
        assert_eq!(error, "p: the file declares 1001 images, more than 1000\nSplit it into several files");
        let accounts: Vec<String> = (0..=MOST_RECEIVERS).map(|n| format!("\"1000000{n:05}\"")).collect();
        let text = format!(
            "[groups]\nall = [{}]\n[[images]]\nimage = \"web\"\nwith = [\"all\"]\n",
            accounts.join(", ")
        );
        assert!(
            read(&text, "p", Names::new())
                .unwrap_err()
                .0
                .render(Lang::EN)
                .starts_with("p:5: more than 1000 receivers")
        );
    }

    #[test]
    fn corpus_plan() {
        crate::corpus::corpus("plan", |bytes| {
            let text = String::from_utf8_lossy(bytes);
            if let Err(wrong) = read(&text, "p", Names::new()) {
                let said: String = wrong.0.render(Lang::EN).split('\n').collect();
                assert!(!said.chars().any(crate::model::is_hostile), "{said:?}");
            }
        });
    }
}
