//! The paths of the program's files.

use std::path::PathBuf;

use etcetera::BaseStrategy;

/// The directories of the program. They may not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Contains the files that the user edits: `config.toml`, `keymap.toml`, `themes/`.
    pub config_dir: PathBuf,
    /// Contains the files that the program writes: the journal, the log, the console's last view.
    pub state_dir: PathBuf,
}

impl Paths {
    /// Returns `CVMSHARE_CONFIG_DIR` and `CVMSHARE_STATE_DIR`, or else `cvmshare` in the XDG directories.
    pub fn new(var: impl Fn(&str) -> Option<PathBuf>) -> Self {
        let set = |name: &str| var(name).filter(|p| !p.as_os_str().is_empty());
        let home = std::env::home_dir().unwrap_or_default();
        let xdg = etcetera::base_strategy::Xdg::new().ok();
        let config =
            || xdg.as_ref().map_or_else(|| home.join(".config"), BaseStrategy::config_dir).join("cvmshare");
        let state = || {
            xdg.as_ref()
                .and_then(BaseStrategy::state_dir)
                .unwrap_or_else(|| home.join(".local/state"))
                .join("cvmshare")
        };
        Self {
            config_dir: set("CVMSHARE_CONFIG_DIR").unwrap_or_else(config),
            state_dir: set("CVMSHARE_STATE_DIR").unwrap_or_else(state),
        }
    }

    /// Returns the paths for the environment of this process.
    pub fn of_process() -> Self {
        Self::new(|name| std::env::var_os(name).map(PathBuf::from))
    }

    /// Returns all paths with their names, in the order in which `cvmshare paths` prints them.
    pub fn all(&self) -> [(&'static str, PathBuf); 8] {
        [
            ("config", self.config_file()),
            ("keymap", self.config_dir.join("keymap.toml")),
            ("themes", self.themes()),
            ("state", self.state_dir.clone()),
            ("journal", self.journal()),
            ("log", self.log()),
            ("notes", self.notes()),
            ("view", self.view()),
        ]
    }

    /// Returns the path of `config.toml`.
    pub fn config_file(&self) -> PathBuf {
        self.config_dir.join("config.toml")
    }

    /// Returns the directory of theme files.
    pub fn themes(&self) -> PathBuf {
        self.config_dir.join("themes")
    }

    /// Returns the path of the journal of jobs and calls.
    pub fn journal(&self) -> PathBuf {
        self.state_dir.join("journal.db")
    }

    /// Returns the path of the user's notes on received images.
    pub fn notes(&self) -> PathBuf {
        self.state_dir.join("notes.toml")
    }

    /// Returns the path of the console's last view.
    pub fn view(&self) -> PathBuf {
        self.state_dir.join("view.toml")
    }

    /// Returns the path of the saved rows of a profile. The file name contains only letters and digits, whatever the
    /// profile's name contains.
    pub fn rows(&self, profile: &str) -> PathBuf {
        let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let name: String = profile
            .chars()
            .flat_map(|c| if safe(c) { vec![c] } else { format!("%{:x}", u32::from(c)).chars().collect() })
            .collect();
        self.state_dir.join("rows").join(format!("{name}.json"))
    }

    /// Returns the path of the log file.
    pub fn log(&self) -> PathBuf {
        self.state_dir.join("cvmshare.log")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variables_win_and_empty_ones_do_not_count() {
        let paths = Paths::new(|name| match name {
            "CVMSHARE_CONFIG_DIR" => Some("/c".into()),
            _ => Some("".into()),
        });
        assert_eq!(paths.config_file(), PathBuf::from("/c/config.toml"));
        assert!(paths.state_dir.ends_with("cvmshare"));
    }
}
