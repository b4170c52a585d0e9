//! How the console was left, so that it opens so again: `view.toml` in the state directory.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::{Deserialize, Serialize};

use crate::{boundary::file, model::Region, session::config_edit};

/// What is kept of the last session. Columns and tabs are by their names, so that a file of another version does no
/// harm: what is not known is left as it is at first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LastView {
    /// The tab: `images`, `shared`, `regions` or `instances`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tab: Option<String>,
    /// Sessions so far.
    pub sessions: u32,
    /// The commands of the first hints that were used, by their names in keymap files.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub used: BTreeSet<String>,
    /// One row stood for all copies of an image.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub families: bool,
    /// How each tab's rows are ordered.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sort: BTreeMap<String, LastSort>,
    /// The regions in view by profile, where they are not those of the configuration.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub regions: BTreeMap<String, Vec<Region>>,
}

/// How a tab's rows are ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastSort {
    /// The head of the column, in small letters.
    pub by: String,
    /// From the greatest to the least.
    #[serde(default)]
    pub descending: bool,
}

impl LastView {
    /// Reads the file; one that is not there is an empty one.
    ///
    /// # Errors
    /// A sentence with the file's name: it cannot be read, or is not what this program wrote.
    pub fn read(file: &Path) -> Result<Self, String> {
        let named = |e: String| format!("{}: {}", file.display(), e.trim_end().replace('\n', "; "));
        let text = config_edit::read(file).map_err(|e| named(e.to_string()))?;
        toml::from_str(&text).map_err(|e| named(e.to_string()))
    }

    /// Writes the file, whole or not at all, for its owner alone.
    ///
    /// # Errors
    /// A sentence with the file's name.
    pub fn write(&self, file: &Path) -> Result<(), String> {
        let named = |e: String| format!("{}: {e}", file.display());
        let text = toml::to_string(self).map_err(|e| named(e.to_string()))?;
        file::write_private(file, text.as_bytes()).map_err(|e| named(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn some() -> LastView {
        LastView {
            tab: Some("instances".into()),
            sessions: 3,
            used: ["actions".into()].into(),
            sort: [("images".into(), LastSort { by: "size".into(), descending: true })].into(),
            families: true,
            regions: [("prod".into(), vec!["ap-tokyo".parse().unwrap()])].into(),
        }
    }

    #[test]
    fn it_is_written_for_its_owner_alone_and_read_back_whole() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("deep/view.toml");
        some().write(&file).unwrap();
        let wanted = "tab = \"instances\"\nsessions = 3\nused = [\"actions\"]\nfamilies = true\n\n[sort.images]\nby = \"size\"\n\
                      descending = true\n\n[regions]\nprod = [\"ap-tokyo\"]\n";
        assert_eq!(std::fs::read_to_string(&file).unwrap(), wanted);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(LastView::read(&file), Ok(some()));
        // Whatever somebody made of its mode, it is ours again, and nothing is left beside it.
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        LastView::default().write(&file).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "sessions = 0\n");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(dir.path().join("deep")).unwrap().count(), 1);
    }

    #[test]
    fn none_is_an_empty_one_and_a_broken_one_is_said_with_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("view.toml");
        assert_eq!(LastView::read(&file), Ok(LastView::default()));
        for text in ["tab = 3\n", "tab = \"images", "taab = \"images\"\n", "[regions]\nprod = [\"tokyo\"]\n"]
        {
            std::fs::write(&file, text).unwrap();
            let error = LastView::read(&file).unwrap_err();
            assert!(error.contains("view.toml: ") && !error.contains('\n'), "{error}");
        }
    }
}
