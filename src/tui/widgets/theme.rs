//! Themes map roles of text to styles. They are files in `assets/themes/` and in the user's configuration.

use std::path::Path;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::{
    boundary::file,
    messages::{Text, text},
    session::{config_file::ConfigError, paths::Paths},
};

/// The role of a text. It determines the style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Normal text.
    #[default]
    Plain,
    /// Secondary text.
    Dim,
    /// Success.
    Good,
    /// In progress, or slow.
    Warn,
    /// Failed or blocked.
    Bad,
    /// Selected, or a key.
    Accent,
    /// A heading.
    Strong,
}

/// How text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// Whether lines and blocks are drawn in ASCII.
    pub ascii: bool,
    /// Whether the connection is slow (`--slow`), so that decorations are left out.
    pub slow: bool,
    /// Whether a spinner turns while requests are pending.
    pub motion: bool,
    /// The styles of the roles.
    pub theme: Theme,
}

/// The built-in themes. The first one is the default.
const BUILTIN: [(&str, &str); 4] = [
    ("dark", include_str!("../../../assets/themes/dark.toml")),
    ("light", include_str!("../../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../../assets/themes/high-contrast.toml")),
    ("mono", include_str!("../../../assets/themes/mono.toml")),
];

/// A style for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Theme {
    plain: Style,
    dim: Style,
    strong: Style,
    accent: Style,
    good: Style,
    warn: Style,
    bad: Style,
    /// The style of the marker beside the selected row.
    pub marker: Style,
    /// The style of the selected row's name.
    pub selected: Style,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    base: Option<toml::Spanned<String>>,
    #[serde(default)]
    roles: Roles,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Roles {
    plain: Option<StyleRow>,
    dim: Option<StyleRow>,
    strong: Option<StyleRow>,
    accent: Option<StyleRow>,
    good: Option<StyleRow>,
    warn: Option<StyleRow>,
    bad: Option<StyleRow>,
    marker: Option<StyleRow>,
    selected: Option<StyleRow>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct StyleRow {
    fg: Option<toml::Spanned<String>>,
    bg: Option<toml::Spanned<String>>,
    bold: bool,
    dim: bool,
    italic: bool,
    underlined: bool,
    reversed: bool,
}

impl StyleRow {
    fn style(&self) -> Result<Style, Misplaced> {
        let mut style = Style::new();
        style.fg = self.fg.as_ref().map(color).transpose()?;
        style.bg = self.bg.as_ref().map(color).transpose()?;
        for (on, modifier) in [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underlined, Modifier::UNDERLINED),
            (self.reversed, Modifier::REVERSED),
        ] {
            if on {
                style = style.add_modifier(modifier);
            }
        }
        Ok(style)
    }
}

const NAMES: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// What is wrong, and its place in the file in bytes.
type Misplaced = (usize, Text);

/// Reads a colour in the spelling of theme files.
fn color(text: &toml::Spanned<String>) -> Result<Color, Misplaced> {
    let (at, text) = (text.span().start, text.get_ref());
    let named = NAMES.iter().find(|(name, _)| name == text).map(|(_, color)| *color);
    let number = || text.parse().ok().map(Color::Indexed);
    let rgb = || {
        let hex = text.strip_prefix('#').filter(|h| h.len() == 6)?;
        let [_, r, g, b] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
        Some(Color::Rgb(r, g, b))
    };
    named.or_else(number).or_else(rgb).ok_or_else(|| {
        let all = Text::list(NAMES.iter().map(|(name, _)| *name));
        (at, text!(theme_no_colour, text = format!("{text:?}"), all))
    })
}

impl Theme {
    /// Returns a built-in theme.
    pub fn builtin(name: &str) -> Option<Self> {
        let text = |name: &str| BUILTIN.iter().find(|(n, _)| *n == name).map(|(_, text)| *text);
        // Every built-in theme is based on the default one. A test parses all of them.
        let default = toml::from_str::<File>(text("dark")?).ok()?;
        let file = toml::from_str::<File>(text(name)?).ok()?;
        Self::default().with(&default.roles).and_then(|theme| theme.with(&file.roles)).ok()
    }

    /// Finds a theme by name: a file of the user, or a built-in theme.
    ///
    /// # Errors
    /// [`ConfigError`] if there is no such theme or its file is wrong. The error names the file, the key and the fix.
    pub fn find(name: &str, paths: &Paths) -> Result<Self, ConfigError> {
        let dir = paths.themes();
        let file = dir.join(format!("{name}.toml"));
        let read = match name.contains(['/', '\\']) {
            true => Err(std::io::Error::from(std::io::ErrorKind::NotFound).into()),
            false => file::read_text(&file, file::APPEARANCE),
        };
        match read {
            Ok(text) => Self::parse(&text, &file),
            Err(error) if error.is_not_found() => Self::builtin(name).ok_or_else(|| ConfigError {
                file: paths.config_file(),
                line: None,
                key: Some("theme".into()),
                message: text!(
                    theme_unknown,
                    name = format!("{name:?}"),
                    file = crate::model::plain(name),
                    all = Text::list(names(&dir)),
                    dir = dir.display()
                ),
            }),
            Err(error) => Err(ConfigError { file, line: None, key: None, message: error.text() }),
        }
    }

    fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        let read: File = toml::from_str(text).map_err(|e| ConfigError::from_toml(&e, text, file))?;
        let base = match &read.base {
            None => Self::builtin("dark"),
            Some(name) => Some(Self::builtin(name.get_ref()).ok_or_else(|| {
                let all = Text::list(BUILTIN.map(|(name, _)| name));
                let message = text!(theme_no_base, name = format!("{:?}", name.get_ref()), all);
                ConfigError::at_offset(name.span().start, message, text, file)
            })?),
        };
        let theme = base.unwrap_or_default().with(&read.roles);
        theme.map_err(|(at, message)| ConfigError::at_offset(at, message, text, file))
    }

    fn with(mut self, roles: &Roles) -> Result<Self, Misplaced> {
        let to: [(&mut Style, &Option<StyleRow>); 9] = [
            (&mut self.plain, &roles.plain),
            (&mut self.dim, &roles.dim),
            (&mut self.strong, &roles.strong),
            (&mut self.accent, &roles.accent),
            (&mut self.good, &roles.good),
            (&mut self.warn, &roles.warn),
            (&mut self.bad, &roles.bad),
            (&mut self.marker, &roles.marker),
            (&mut self.selected, &roles.selected),
        ];
        for (style, row) in to {
            if let Some(row) = row {
                *style = row.style()?;
            }
        }
        Ok(self)
    }

    /// Returns the style of a role. What the role does not set is as in normal text.
    pub fn style(&self, role: Role) -> Style {
        let style = match role {
            Role::Plain => self.plain,
            Role::Dim => self.dim,
            Role::Good => self.good,
            Role::Warn => self.warn,
            Role::Bad => self.bad,
            Role::Accent => self.accent,
            Role::Strong => self.strong,
        };
        self.on_background(style)
    }

    /// Returns a style that replaces everything in a cell except the theme's background.
    pub fn on_background(&self, style: Style) -> Style {
        let ground = Style { add_modifier: Modifier::empty(), ..self.plain };
        Style::reset().patch(ground).patch(style)
    }
}

/// Returns the names of all themes.
fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = BUILTIN.iter().map(|(name, _)| (*name).to_owned()).collect();
    let files = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut own: Vec<String> = files
        .filter_map(|f| f.file_name().to_str()?.strip_suffix(".toml").map(str::to_owned))
        .filter(|name| !names.contains(name))
        .collect();
    own.sort();
    names.append(&mut own);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_themes_parse_and_differ() {
        let all = BUILTIN.map(|(name, text)| {
            let file: File = toml::from_str(text).unwrap();
            assert!(file.base.is_none(), "{name}");
            Theme::builtin(name).unwrap()
        });
        for (n, one) in all.iter().enumerate() {
            assert!(all[..n].iter().all(|other| other != one), "{n}");
        }
        let [dark, light, _, mono] = all;
        assert_eq!(dark.style(Role::Warn), Style::reset().fg(Color::Yellow));
        assert_eq!(light.style(Role::Dim), dark.style(Role::Dim));
        let colours = [Role::Plain, Role::Dim, Role::Good, Role::Warn, Role::Bad, Role::Accent, Role::Strong]
            .map(|role| (mono.style(role).fg, mono.style(role).bg));
        assert_eq!(colours, [(Some(Color::Reset), Some(Color::Reset)); 7]);
    }

    #[test]
    fn a_user_theme_overrides_its_base() {
        let text = "base = \"light\"\n[roles]\nplain = { bg = \"#102030\" }\ngood = { fg = \"99\", italic = true }\n";
        let theme = Theme::parse(text, Path::new("mine.toml")).unwrap();
        let ground = Style::reset().bg(Color::Rgb(16, 32, 48));
        assert_eq!(theme.style(Role::Good), ground.fg(Color::Indexed(99)).add_modifier(Modifier::ITALIC));
        assert_eq!(theme.style(Role::Accent), ground.fg(Color::Blue));
    }

    #[test]
    fn errors_name_file_line_key_and_fix() {
        let said = |text: &str| Theme::parse(text, Path::new("t/mine.toml")).unwrap_err().to_string();
        let colour = said("[roles]\ngood = { fg = \"gren\" }\n");
        assert!(
            colour.starts_with(
                "t/mine.toml:2: roles.good: \"gren\" is no colour; write one of default, black, red"
            ),
            "{colour}"
        );
        let role = said("[roles]\nnice = {}\n");
        assert!(
            role.starts_with(
                "t/mine.toml:2: roles.nice: unknown field `nice`, expected one of `plain`, `dim`"
            ),
            "{role}"
        );
        let key = said("[roles]\ngood = { bolt = true }\n");
        assert!(
            key.starts_with(
                "t/mine.toml:2: roles.good: unknown field `bolt`, expected one of `fg`, `bg`, `bold`"
            ),
            "{key}"
        );
        assert_eq!(
            said("base = \"mine\"\n"),
            "t/mine.toml:1: base: there is no theme \"mine\" that ships; there are: dark, light, high-contrast, mono"
        );
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths { config_dir: dir.path().into(), state_dir: dir.path().into() };
        std::fs::create_dir(paths.themes()).unwrap();
        std::fs::write(paths.themes().join("mine.toml"), "[roles]\nbad = { bold = true }\n").unwrap();
        assert_eq!(
            Theme::find("mine", &paths).unwrap().style(Role::Bad),
            Style::reset().add_modifier(Modifier::BOLD)
        );
        for name in ["dusk", "../mine"] {
            let error = Theme::find(name, &paths).unwrap_err().to_string();
            let wanted = format!("theme: no theme {name:?}; themes: dark, light, high-contrast, mono, mine;");
            assert!(error.contains(&wanted), "{error}");
        }
    }
}
