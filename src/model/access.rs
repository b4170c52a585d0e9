//! The source of a profile's credentials, and the vendor's site that the profile uses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Uin;

/// The vendor's site that an account belongs to. It determines the host names of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// tencentcloud.com
    #[default]
    Intl,
    /// cloud.tencent.com
    Cn,
}

/// Where to look for credentials.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Source {
    /// The environment variables, then the files of the official CLI, then the file of the SDKs, then the CVM
    /// role.
    #[default]
    Auto,
    /// `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and a token, whose variable has one of three names.
    Env,
    /// `~/.tccli/NAME.credential`.
    Tccli(String),
    /// `~/.tencentcloud/credentials`.
    Ini,
    /// The role of the virtual machine that this program runs on, from the metadata service.
    CvmRole,
    /// An account of the built-in cloud.
    Demo(Uin),
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "auto" => Self::Auto,
            "env" => Self::Env,
            "ini" => Self::Ini,
            "cvm-role" => Self::CvmRole,
            _ => match text.split_once(':') {
                Some(("tccli", name))
                    if !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.') =>
                {
                    Self::Tccli(name.to_owned())
                }
                Some(("demo", uin)) => Self::Demo(uin.parse().map_err(|e| format!("{e}"))?),
                _ => {
                    return Err(format!(
                        "{text:?} is not one of auto, env, tccli:NAME, ini, cvm-role, demo:ACCOUNT"
                    ));
                }
            },
        })
    }
}

impl TryFrom<String> for Source {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Source> for String {
    fn from(source: Source) -> Self {
        source.to_string()
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Env => f.write_str("env"),
            Self::Tccli(name) => write!(f, "tccli:{name}"),
            Self::Ini => f.write_str("ini"),
            Self::CvmRole => f.write_str("cvm-role"),
            Self::Demo(uin) => write!(f, "demo:{uin}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_round_trip_through_text() {
        for text in ["auto", "env", "tccli:work", "ini", "cvm-role", "demo:100000000001"] {
            assert_eq!(text.parse::<Source>().map(|s| s.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "Auto", "tccli:", "tccli:../x", "tccli:.hidden", "demo:me", "file"] {
            assert!(text.parse::<Source>().is_err(), "{text:?}");
        }
    }
}
