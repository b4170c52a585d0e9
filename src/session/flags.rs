//! The flags that every command accepts.

use std::path::PathBuf;

use clap::{Args, ValueEnum, builder::PossibleValuesParser};

use crate::{
    messages::{Lang, Text, english, text},
    model::{Region, RuleSet},
    session::profile::Regions,
};

/// Flags that every command takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// Use the built-in cloud, whatever credentials exist
    #[arg(long, global = true, conflicts_with = "endpoint")]
    pub demo: bool,
    /// The profile in config.toml, or a profile of the official CLI
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Where the image is; by default it is looked for in the regions in view
    #[arg(long, global = true)]
    pub region: Option<Region>,
    /// The regions in view: codes separated by commas, or all
    #[arg(long, global = true, value_name = "R,...|all", value_parser = regions)]
    pub regions: Option<Regions>,
    /// Ask this address instead of the vendor's hosts (also CVMSHARE_ENDPOINT); http:// for this machine only
    #[arg(long, global = true, value_name = "URL")]
    pub endpoint: Option<String>,
    /// Whose limits hold, the FAQ's (50 accounts an image) or the newer pages' (500), whatever the profile says
    #[arg(long, global = true, value_name = "faq|current", value_parser = rule_set)]
    pub rules: Option<RuleSet>,
    /// Change nothing
    #[arg(long, global = true)]
    pub read_only: bool,
    /// How to print
    #[arg(short, long, global = true, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub output: Format,
    /// No colours (also NO_COLOR)
    #[arg(long, global = true)]
    pub no_color: bool,
    /// What the console looks like: dark, light, high-contrast, mono, or a file of yours in themes/
    #[arg(long, global = true, value_name = "NAME", conflicts_with = "no_color")]
    pub theme: Option<String>,
    /// The line to the terminal is a slow one: fewer frames, and only a bar at the selected row
    #[arg(long, global = true)]
    pub slow: bool,
    /// Nothing on the screen moves by itself
    #[arg(long, global = true)]
    pub no_motion: bool,
    /// No lines and blocks beyond ASCII
    #[arg(long, global = true)]
    pub ascii: bool,
    /// en or zh; by default the locale's
    #[arg(long, global = true, value_parser = languages())]
    pub lang: Option<String>,
    /// How much faster than the real cloud the built-in cloud copies: 60 in the demo, 1 for emulate
    #[arg(long, global = true, value_name = "FACTOR", value_parser = factor)]
    pub speed: Option<f64>,
    /// Where the metadata service is, for tests: off, or a stand-in on loopback
    #[arg(long, global = true, hide = true, value_name = "URL")]
    pub metadata: Option<String>,
    /// Write a log to this file
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Log every call
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// The languages of `--lang`: those with a catalogue.
fn languages() -> PossibleValuesParser {
    PossibleValuesParser::new(Lang::all().map(Lang::as_str))
}

/// A value that a flag does not take: what to give instead.
#[derive(Debug)]
pub struct InvalidValue(Text);

english!(InvalidValue);

impl std::error::Error for InvalidValue {}

impl InvalidValue {
    /// What to give instead.
    pub fn text(&self) -> Text {
        self.0.clone()
    }
}

fn regions(text: &str) -> Result<Regions, InvalidValue> {
    Regions::parse(text).map_err(InvalidValue)
}

fn rule_set(text: &str) -> Result<RuleSet, InvalidValue> {
    match text {
        "faq" => Ok(RuleSet::Faq),
        "current" => Ok(RuleSet::Current),
        _ => Err(InvalidValue(text!(flag_rules))),
    }
}

fn factor(text: &str) -> Result<f64, InvalidValue> {
    match text.parse::<f64>() {
        Ok(x) if x.is_finite() && x > 0.0 => Ok(x),
        _ => Err(InvalidValue(text!(flag_speed))),
    }
}

/// The output format of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// A table for people.
    #[default]
    Table,
    /// One JSON document, as `docs/cli.md` describes it.
    Json,
    /// CSV with the fields of the JSON document, one line per row.
    Csv,
}
