//! The settings of one run, from flags, environment and config file.

use std::{collections::BTreeMap, sync::Arc};

use tokio::sync::OnceCell;

use crate::{
    cloud::{self, Credentials, NoCredentials, Places},
    jobs::Journal,
    messages::{Lang, Text, text},
    model::{Region, Source, Uin},
    session::{
        config_file::{Config, ConfigError},
        demo::{DemoCloud, RunningCloud},
        error::CommandError,
        flags::Global,
        paths::Paths,
        profile::{Profile, Regions},
    },
};

/// The journals of a run: the file, and one in memory for jobs on a cloud that ends with this process.
#[derive(Debug, Default)]
pub struct Journals {
    pub(super) file: OnceCell<Journal>,
    pub(super) memory: OnceCell<Journal>,
    /// Set after jobs that cannot be read were reported.
    pub(super) reported: OnceCell<()>,
}

/// All settings. Flags override the environment, the environment overrides the config file, the file overrides
/// defaults.
#[derive(Debug, Clone)]
pub struct Setup {
    /// All profiles that the user can switch to, never empty.
    pub profiles: Vec<Profile>,
    /// The index of the profile to start with.
    pub initial: usize,
    /// The value of `--endpoint` or `CVMSHARE_ENDPOINT`, used for every profile.
    pub endpoint: Option<String>,
    /// The same value, used only for profiles of real accounts if the run started on the built-in cloud.
    pub real_endpoint: Option<String>,
    /// Whether the run starts with the built-in cloud of this process.
    pub demo: bool,
    /// The built-in cloud, if it can be started, with the keys of its accounts.
    pub demo_cloud: Option<DemoCloud>,
    /// The built-in cloud that runs in this process. It stops when the last setup that holds it is dropped.
    pub cloud: Option<RunningCloud>,
    /// The credentials of this machine's role, if the metadata service was asked for them.
    pub machine: Option<Result<Credentials, NoCredentials>>,
    /// The flags.
    pub flags: Global,
    /// The address book.
    pub accounts: BTreeMap<Uin, String>,
    /// The config file.
    pub config: Config,
    /// The language of the interface.
    pub lang: Lang,
    /// Whether only ASCII characters are drawn.
    pub ascii: bool,
    /// The name of the console's theme, if one is set.
    pub theme: Option<String>,
    /// Whether the connection to the terminal is slow.
    pub slow: bool,
    /// Whether spinners turn. False for a slow terminal, or if motion is switched off.
    pub motion: bool,
    /// The value of `--region`: the image's region.
    pub region: Option<Region>,
    /// The paths of this program's files.
    pub paths: Paths,
    /// The places where credentials are looked up.
    pub places: Places,
    /// The journals, opened once for all clones.
    pub journals: Arc<Journals>,
}

impl Setup {
    /// Reads flags, environment and config file.
    ///
    /// # Errors
    ///
    /// [`CommandError::Usage`] with file, key and fix.
    pub fn new(global: &Global) -> Result<Self, CommandError> {
        let mut places = Places::of_process();
        if let Some(address) = &global.metadata {
            places.metadata = metadata_override(address)?;
        }
        Self::with_paths(global, Paths::of_process(), places)
    }

    /// Like [`Setup::new`], with given paths and places.
    ///
    /// # Errors
    ///
    /// [`CommandError::Usage`] with file, key and fix.
    pub fn with_paths(global: &Global, paths: Paths, places: Places) -> Result<Self, CommandError> {
        let config = Config::read(&paths.config_file()).map_err(config_error)?;
        let mut profiles: Vec<Profile> = config.profiles.values().cloned().collect();
        if global.demo {
            profiles.retain(Profile::is_demo);
            for demo in Profile::demo() {
                if profiles.iter().all(|p| p.name != demo.name) {
                    profiles.push(demo);
                }
            }
        }
        let initial = choose(global, &config, &places, &mut profiles)?;
        adjust(&mut profiles, global);
        global.endpoint.iter().for_each(|url| cloud::register_password(url));
        let given = global.endpoint.clone().or_else(|| places.var("CVMSHARE_ENDPOINT").map(str::to_owned));
        let (endpoint, real_endpoint) = if global.demo { (None, given) } else { (given, None) };
        // An empty NO_COLOR counts as not set (no-color.org).
        let mono = global.no_color || places.var("NO_COLOR").is_some_and(|v| !v.is_empty());
        let theme =
            global.theme.clone().or_else(|| mono.then(|| "mono".into())).or_else(|| config.theme.clone());
        let demo = endpoint.is_none() && profiles.get(initial).is_some_and(Profile::is_demo);
        Ok(Self {
            initial,
            endpoint,
            real_endpoint,
            demo,
            demo_cloud: None,
            cloud: None,
            machine: None,
            flags: global.clone(),
            accounts: config.accounts.clone(),
            lang: global.language(&places),
            ascii: global.ascii,
            theme,
            slow: global.slow || config.slow,
            motion: config.motion != Some(false) && !global.no_motion && !global.slow && !config.slow,
            region: global.region.clone(),
            profiles,
            config,
            paths,
            places,
            journals: Arc::default(),
        })
    }

    /// Returns the profile to start with.
    pub fn profile(&self) -> &Profile {
        // `choose` returns a valid index, and there is at least one profile.
        &self.profiles[self.initial.min(self.profiles.len().saturating_sub(1))]
    }

    /// Returns the names of all profiles but the one to start with.
    pub fn other_profiles(&self) -> Vec<String> {
        let used = &self.profile().name;
        self.profiles.iter().map(|p| p.name.clone()).filter(|name| name != used).collect()
    }

    /// Returns whether the built-in cloud has to be started before the first call.
    pub fn needs_demo(&self) -> bool {
        self.profile().is_demo() && self.endpoint.is_none() && self.cloud.is_none()
    }

    /// Returns the setup with another profile to start with.
    ///
    /// # Errors
    ///
    /// [`CommandError::Usage`] if there is no profile with that name.
    pub fn with_profile(mut self, name: &str) -> Result<Self, CommandError> {
        let at = self.profiles.iter().position(|p| p.name == name);
        self.initial = at.ok_or_else(|| {
            CommandError::Usage(text!(setup_there_is_no_profile, name = format!("{:?}", name)))
        })?;
        Ok(self)
    }

    /// Returns the setup with the built-in cloud's profiles first, to start with. The profiles of the config file
    /// stay available.
    #[must_use]
    pub fn into_demo(mut self) -> Self {
        let configured = std::mem::take(&mut self.profiles)
            .into_iter()
            .filter(|p| self.config.profiles.contains_key(&p.name));
        let mut profiles = Profile::demo();
        adjust(&mut profiles, &self.flags);
        profiles.extend(configured);
        self.profiles = profiles;
        self.initial = 0;
        self.demo = true;
        self.real_endpoint = self.endpoint.take();
        self.with_demo_names()
    }

    /// Returns the setup with a built-in cloud that can be started. Profiles can use its accounts wherever that cloud
    /// runs.
    #[must_use]
    pub fn with_demo_cloud(mut self, cloud: DemoCloud) -> Self {
        self.demo_cloud = Some(cloud);
        self.with_demo_names()
    }

    /// Adds the names of the built-in cloud's accounts to the address book if a profile of that cloud exists.
    fn with_demo_names(mut self) -> Self {
        if let Some(cloud) = &self.demo_cloud
            && self.profiles.iter().any(Profile::is_demo)
        {
            for (uin, name) in &cloud.names {
                self.accounts.entry(uin.clone()).or_insert_with(|| name.clone());
            }
        }
        self
    }
}

/// Converts an error about a config file or a theme.
pub(crate) fn config_error(error: ConfigError) -> CommandError {
    CommandError::Usage(error.text())
}

/// Parses `off`, or the URL of a replacement for the metadata service, which must be on loopback so that it cannot
/// provide another user's keys.
fn metadata_override(address: &str) -> Result<Option<String>, CommandError> {
    if address == "off" {
        return Ok(None);
    }
    match address.strip_prefix("http://").and_then(|a| a.parse::<std::net::SocketAddr>().ok()) {
        Some(at) if at.ip().is_loopback() => Ok(Some(address.to_owned())),
        _ => Err(CommandError::Usage(text!(setup_metadata_takes_off_or_http))),
    }
}

impl Global {
    /// Returns the language that the flag or the locale selects.
    pub fn language(&self, places: &Places) -> Lang {
        let [all, messages, lang] = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| places.var(name));
        Lang::from_env(self.lang.as_deref(), all, messages, lang)
    }
}

/// Applies the flags that override every profile.
fn adjust(profiles: &mut [Profile], flags: &Global) {
    for profile in profiles {
        profile.read_only |= flags.read_only;
        if let Some(regions) = &flags.regions {
            profile.regions = regions.clone();
        }
        if let Some(rules) = flags.rules {
            profile.rules = rules;
        }
    }
}

/// Returns the index of the profile to start with, by flag, config file and available credentials. Adds a profile if
/// there is none.
fn choose(
    global: &Global,
    config: &Config,
    places: &Places,
    profiles: &mut Vec<Profile>,
) -> Result<usize, CommandError> {
    let at = |profiles: &[Profile], name: &str| profiles.iter().position(|p| p.name == name);
    if let Some(name) = &global.profile {
        if let Some(found) = at(profiles, name) {
            return Ok(found);
        }
        let file = places.home.join(".tccli").join(format!("{name}.credential"));
        if !global.demo && !name.contains(['/', '\\']) && file.is_file() {
            profiles.push(Profile { credentials: Source::Tccli(name.clone()), ..Profile::new(name) });
            return Ok(profiles.len() - 1);
        }
        // Profiles that were found in the environment or in the official CLI's files have names in the same format as
        // in the config file.
        if let Ok(source @ (Source::Env | Source::Ini | Source::CvmRole | Source::Tccli(_))) = name.parse()
            && !global.demo
        {
            profiles.push(Profile { credentials: source, ..Profile::new(name) });
            return Ok(profiles.len() - 1);
        }
        let known: Vec<&str> = profiles.iter().map(|p| p.name.as_str()).collect();
        let all = match known.is_empty() {
            true => text!(setup_no_profiles),
            false => Text::list(known),
        };
        return Err(CommandError::Usage(text!(setup_no_such_profile, name = format!("{:?}", name), all)));
    }
    if profiles.is_empty() {
        let named = places.region().map_err(|(place, text)| {
            CommandError::Usage(text!(setup_names_region_which_is_no, place, text = format!("{:?}", text)))
        })?;
        let regions = named.map_or(Regions::All, |r| Regions::List(vec![r]));
        profiles.push(Profile { regions, ..Profile::new("default") });
    }
    let default = config.default_profile.as_deref().and_then(|name| at(profiles, name));
    // `--demo` without `--profile` starts with your account, not with a profile of the config file.
    let demo = global.demo.then(|| at(profiles, "acme")).flatten();
    Ok(default.or(demo).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(global: Global, config: &str, env: &[(&str, &str)]) -> Result<Setup, String> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("config.toml"), config).unwrap();
        std::fs::create_dir(dir.path().join(".tccli")).unwrap();
        std::fs::write(dir.path().join(".tccli/work.credential"), "{}").unwrap();
        let paths = Paths { config_dir: dir.path().into(), state_dir: dir.path().into() };
        let env = env.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        let places = Places { env, home: dir.path().into(), ..Places::default() };
        Setup::with_paths(&global, paths, places).map_err(|e| e.to_string())
    }

    fn initial(global: Global, config: &str) -> Result<String, String> {
        setup(global, config, &[]).map(|s| format!("{} {}", s.profile().name, s.profile().credentials))
    }

    const TWO: &str = "default_profile = \"b\"\n[profiles.a]\n[profiles.b]\nregions = [\"ap-tokyo\"]\n";

    #[test]
    fn the_flag_then_the_file_then_what_is_there() {
        let named = |n: &str| Global { profile: Some(n.into()), ..Global::default() };
        let demo = || Global { demo: true, ..Global::default() };
        for (global, config, wanted) in [
            (Global::default(), "", Ok("default auto")),
            (Global::default(), TWO, Ok("b auto")),
            (named("a"), TWO, Ok("a auto")),
            (named("work"), TWO, Ok("work tccli:work")),
            (named("c"), TWO, Err("no profile \"c\"; profiles: a, b")),
            (
                named("acme"),
                "",
                Err("no profile \"acme\"; profiles: none; --demo has those of the built-in cloud"),
            ),
            (demo(), TWO, Ok("acme demo:100000000001")),
            (Global { demo: true, ..named("quay") }, TWO, Ok("quay demo:100000000003")),
        ] {
            assert_eq!(initial(global, config), wanted.map(str::to_owned).map_err(str::to_owned));
        }
    }

    #[test]
    fn flags_beat_environment_and_environment_beats_the_file() {
        let region = |t: &str| Regions::parse(t).unwrap();
        let env = [
            ("CVMSHARE_ENDPOINT", "http://127.0.0.1:1"),
            ("LC_ALL", "zh_CN.UTF-8"),
            ("TENCENTCLOUD_REGION", "ap-seoul"),
        ];
        let s = setup(Global::default(), TWO, &env).unwrap();
        assert_eq!(
            (s.endpoint.as_deref(), s.lang, &s.profile().regions, s.profile().read_only),
            (Some("http://127.0.0.1:1"), Lang::ZH, &region("ap-tokyo"), false)
        );
        assert_eq!(setup(Global::default(), "", &env).unwrap().profile().regions, region("ap-seoul"));
        let flags = Global {
            endpoint: Some("http://127.0.0.1:2".into()),
            lang: Some("en".into()),
            regions: Some(Regions::All),
            read_only: true,
            ..Global::default()
        };
        let s = setup(flags, TWO, &env).unwrap();
        assert_eq!(
            (s.endpoint.as_deref(), s.lang, &s.profile().regions, s.profile().read_only),
            (Some("http://127.0.0.1:2"), Lang::EN, &Regions::All, true)
        );
        let demo = setup(Global { demo: true, ..Global::default() }, TWO, &env).unwrap();
        assert_eq!((demo.endpoint.as_deref(), demo.needs_demo()), (None, true));
    }

    #[test]
    fn a_demo_profile_needs_the_built_in_cloud_unless_one_runs() {
        let lab = "[profiles.lab]\ncredentials = \"demo:100000000001\"\n";
        assert!(setup(Global::default(), lab, &[]).unwrap().needs_demo());
        let running = Global { endpoint: Some("http://127.0.0.1:2".into()), ..Global::default() };
        assert!(!setup(running, lab, &[]).unwrap().needs_demo());
    }
}
