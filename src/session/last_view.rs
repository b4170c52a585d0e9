//! Stores the console's view in `view.toml` in the state directory, to restore it at the next start.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::{Deserialize, Serialize};

use crate::{boundary::file, model::Region, session::config_edit};

/// The view of the last session. Columns and tabs are stored by name. Unknown names of another version are ignored
/// and the default is used.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LastView {
    /// The tab: `images`, `shared`, `regions` or `instances`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tab: Option<String>,
    /// The number of sessions so far.
    pub sessions: u32,
    /// The first hints' commands that have been used, by their names in keymap files.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub used: BTreeSet<String>,
    /// Whether one row represented all copies of an image.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub families: bool,
    /// The sort order of each tab.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sort: BTreeMap<String, LastSort>,
    /// The regions in view by profile, for profiles whose view differs from the configuration.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub regions: BTreeMap<String, Vec<Region>>,
}

/// The sort order of a tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastSort {
    /// The column's English head in lower case.
    pub by: String,
    /// Whether the order is descending.
    #[serde(default)]
    pub descending: bool,
}

impl LastView {
    /// Reads the file. Returns the default if the file does not exist.
    ///
    /// # Errors
    ///
    /// A sentence with the file's name if the file cannot be read or has another format.
    pub fn read(file: &Path) -> Result<Self, String> {
        let named = |e: String| format!("{}: {}", file.display(), e.trim_end().replace('\n', "; "));
        let text = config_edit::read(file).map_err(|e| named(e.to_string()))?;
        toml::from_str(&text).map_err(|e| named(e.to_string()))
    }

    /// Writes the file atomically with mode 0600.
    ///
    /// # Errors
    ///
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
        // Writing restores the mode 0600 and leaves no temporary file.
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
