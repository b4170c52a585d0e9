//! What flags, environment and config file come to, for both faces.

use std::{collections::BTreeMap, sync::Arc};

use tokio::sync::mpsc::UnboundedSender;

use super::{Fault, Global};
use crate::{
    cloud::{self, CallLog, Client, ClientOptions, Credentials, NoCredentials, Places},
    config::{Config, Paths, Profile, Regions},
    emulator::Running,
    model::{Region, Source, Uin},
    rules::Facts,
    words::Lang,
};

/// Everything decided before the first call. Flags beat environment, environment beats file, file beats default.
#[derive(Debug, Clone)]
pub struct Setup {
    /// All profiles that can be switched to; never empty.
    pub profiles: Vec<Profile>,
    /// Which of them to begin with.
    pub chosen: usize,
    /// `--endpoint`, `CVMSHARE_ENDPOINT`, or where the built-in cloud listens.
    pub endpoint: Option<String>,
    /// It is the built-in cloud, or will be once it was started.
    pub demo: bool,
    /// The keys of its accounts.
    pub demo_keys: BTreeMap<Uin, Credentials>,
    /// The built-in cloud, while it runs in this process; it ends with the last setup that holds it.
    pub cloud: Option<Arc<Running>>,
    /// As they were given.
    pub flags: Global,
    /// The address book.
    pub accounts: BTreeMap<Uin, String>,
    /// The config file.
    pub config: Config,
    /// The interface's language.
    pub lang: Lang,
    /// No lines and blocks beyond ASCII.
    pub ascii: bool,
    /// No colours.
    pub no_color: bool,
    /// Where the image is, if the person said so.
    pub region: Option<Region>,
    /// Where things are kept.
    pub paths: Paths,
    /// Where credentials are looked for.
    pub places: Places,
}

impl Setup {
    /// Reads flags, environment and file.
    ///
    /// # Errors
    /// [`Fault::Usage`], with file, key and mend.
    pub fn new(global: &Global) -> Result<Self, Fault> {
        Self::of(global, Paths::of_process(), Places::of_process())
    }

    /// The same with paths and places of one's own.
    ///
    /// # Errors
    /// [`Fault::Usage`], with file, key and mend.
    pub fn of(global: &Global, paths: Paths, places: Places) -> Result<Self, Fault> {
        let config = Config::read(&paths.config_file()).map_err(|e| Fault::Usage(e.to_string()))?;
        let mut profiles: Vec<Profile> = config.profiles.values().cloned().collect();
        if global.demo {
            profiles.retain(Profile::is_demo);
            for demo in Profile::demo() {
                if profiles.iter().all(|p| p.name != demo.name) {
                    profiles.push(demo);
                }
            }
        }
        let chosen = choose(global, &config, &places, &mut profiles)?;
        adjust(&mut profiles, global);
        let endpoint = match global.demo {
            true => None,
            false => global.endpoint.clone().or_else(|| places.var("CVMSHARE_ENDPOINT").map(str::to_owned)),
        };
        let demo = endpoint.is_none() && profiles.get(chosen).is_some_and(Profile::is_demo);
        Ok(Self {
            chosen,
            endpoint,
            demo,
            demo_keys: BTreeMap::new(),
            cloud: None,
            flags: global.clone(),
            accounts: config.accounts.clone(),
            lang: Lang::from_env(
                global.lang.as_deref(),
                places.var("LC_ALL"),
                places.var("LC_MESSAGES"),
                places.var("LANG"),
            ),
            ascii: global.ascii,
            no_color: global.no_color || places.var("NO_COLOR").is_some(),
            region: global.region.clone(),
            profiles,
            config,
            paths,
            places,
        })
    }

    /// The profile to begin with.
    pub fn profile(&self) -> &Profile {
        // `choose` only tells places that are there, and there is at least one profile.
        &self.profiles[self.chosen.min(self.profiles.len().saturating_sub(1))]
    }

    /// The built-in cloud has to be started before anything can be asked.
    pub fn needs_demo(&self) -> bool {
        self.demo && self.endpoint.is_none()
    }

    /// Goes over to the built-in cloud: its profiles alone, the first of them to begin with.
    #[must_use]
    pub fn into_demo(mut self) -> Self {
        self.profiles = Profile::demo();
        self.chosen = 0;
        self.demo = true;
        self.endpoint = None;
        adjust(&mut self.profiles, &self.flags);
        self
    }

    /// A profile's keys.
    ///
    /// # Errors
    /// [`NoCredentials`]
    pub fn credentials(&self, profile: &Profile) -> Result<Credentials, NoCredentials> {
        if let Source::Demo(uin) = &profile.credentials
            && let Some(keys) = self.demo_keys.get(uin)
        {
            return Ok(keys.clone());
        }
        cloud::find(&profile.credentials, &self.places)
    }

    /// A profile's API.
    ///
    /// # Errors
    /// [`Fault::Credentials`], or a [`Fault::Cloud`] about the endpoint.
    pub fn client(
        &self,
        profile: &Profile,
        calls: Option<UnboundedSender<CallLog>>,
    ) -> Result<Client, Fault> {
        let credentials = self.credentials(profile).map_err(Fault::Credentials)?;
        let options = ClientOptions {
            endpoint: self.endpoint.clone(),
            site: profile.site,
            lang: match self.lang {
                Lang::En => "en-US",
                Lang::Zh => "zh-CN",
            },
            calls,
            ..ClientOptions::default()
        };
        Ok(Client::new(options, credentials)?)
    }

    /// What the rules know of a profile before the cloud was asked.
    pub fn facts(&self, profile: &Profile) -> Facts {
        let mut facts = Facts::default();
        facts.standing = profile.standing();
        facts.accounts = self.accounts.clone();
        facts
    }
}

/// What flags decide for every profile.
fn adjust(profiles: &mut [Profile], flags: &Global) {
    for profile in profiles {
        profile.read_only |= flags.read_only;
        if let Some(regions) = &flags.regions {
            profile.regions = regions.clone();
        }
    }
}

/// Which profile, by flag, file and what is there; adds one where there is none.
fn choose(
    global: &Global,
    config: &Config,
    places: &Places,
    profiles: &mut Vec<Profile>,
) -> Result<usize, Fault> {
    let at = |profiles: &[Profile], name: &str| profiles.iter().position(|p| p.name == name);
    if let Some(name) = &global.profile {
        if let Some(found) = at(profiles, name) {
            return Ok(found);
        }
        let file = places.home.join(".tccli").join(format!("{name}.credential"));
        if !global.demo && !name.contains(['/', '\\']) && file.is_file() {
            profiles.push(Profile { credentials: Source::Tccli(name.clone()), ..Profile::named(name) });
            return Ok(profiles.len() - 1);
        }
        let mut known: Vec<&str> = profiles.iter().map(|p| p.name.as_str()).collect();
        if known.is_empty() {
            known.push("none; the built-in cloud's are there with --demo");
        }
        return Err(Fault::Usage(format!("there is no profile {name:?}; there are: {}", known.join(", "))));
    }
    if profiles.is_empty() {
        let regions = places.region().map_or(Regions::All, |r| Regions::List(vec![r]));
        profiles.push(Profile { regions, ..Profile::named("default") });
    }
    let default = config.default_profile.as_deref().and_then(|name| at(profiles, name));
    // `--demo` alone begins with you, not with whatever the file holds beside.
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
        let places = Places { env, home: dir.path().into(), shared_ini: None };
        Setup::of(&global, paths, places).map_err(|e| e.to_string())
    }

    fn chosen(global: Global, config: &str) -> Result<String, String> {
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
            (named("c"), TWO, Err("there is no profile \"c\"; there are: a, b")),
            (
                named("acme"),
                "",
                Err(
                    "there is no profile \"acme\"; there are: none; the built-in cloud's are there with --demo",
                ),
            ),
            (demo(), TWO, Ok("acme demo:100000000001")),
            (Global { demo: true, ..named("quay") }, TWO, Ok("quay demo:100000000003")),
        ] {
            assert_eq!(chosen(global, config), wanted.map(str::to_owned).map_err(str::to_owned));
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
            (Some("http://127.0.0.1:1"), Lang::Zh, &region("ap-tokyo"), false)
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
            (Some("http://127.0.0.1:2"), Lang::En, &Regions::All, true)
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
