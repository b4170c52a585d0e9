//! What flags, environment and config file come to, for both faces.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use tokio::sync::mpsc::UnboundedSender;

use crate::{
    cloud::{self, CallLog, Client, ClientOptions, Credentials, Found, NoCredentials, Places},
    emulator::Running,
    facts::FactStore,
    i18n::{lang::Lang, ours},
    model::{Region, Source, Uin},
    session::{
        config_file::{Config, ConfigError},
        detach::Journals,
        error::Fault,
        flags::Global,
        paths::Paths,
        profile::{Profile, Regions},
    },
};

/// Everything decided before the first call. Flags beat environment, environment beats file, file beats default.
#[derive(Debug, Clone)]
pub struct Setup {
    /// All profiles that can be switched to; never empty.
    pub profiles: Vec<Profile>,
    /// Which of them to begin with.
    pub chosen: usize,
    /// `--endpoint` or `CVMSHARE_ENDPOINT`: for every profile.
    pub endpoint: Option<String>,
    /// The same for profiles that are not the built-in cloud's, where the console began there.
    pub elsewhere: Option<String>,
    /// It begins with the built-in cloud.
    pub demo: bool,
    /// The keys of its accounts.
    pub demo_keys: BTreeMap<Uin, Credentials>,
    /// The built-in cloud, while it runs in this process; it ends with the last setup that holds it.
    pub cloud: Option<Arc<Running>>,
    /// What the metadata service said of this machine's role, where it was asked.
    pub machine: Option<Result<Credentials, NoCredentials>>,
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
    /// What the console looks like, where it was said.
    pub theme: Option<String>,
    /// The line to the terminal is a slow one.
    pub slow: bool,
    /// Signs may turn while something is being asked: not on a slow line, and not where that was switched off.
    pub motion: bool,
    /// Where the image is, if the person said so.
    pub region: Option<Region>,
    /// Where things are kept.
    pub paths: Paths,
    /// Where credentials are looked for.
    pub places: Places,
    /// The journals, opened once for all clones.
    pub journals: Arc<Journals>,
}

impl Setup {
    /// Reads flags, environment and file.
    ///
    /// # Errors
    /// [`Fault::Usage`], with file, key and mend.
    pub fn new(global: &Global) -> Result<Self, Fault> {
        let mut places = Places::of_process();
        if let Some(address) = &global.metadata {
            places.metadata = stand_in(address)?;
        }
        Self::of(global, Paths::of_process(), places)
    }

    /// The same with paths and places of one's own.
    ///
    /// # Errors
    /// [`Fault::Usage`], with file, key and mend.
    pub fn of(global: &Global, paths: Paths, places: Places) -> Result<Self, Fault> {
        let config = Config::read(&paths.config_file()).map_err(wrong_config)?;
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
        global.endpoint.iter().for_each(|url| cloud::know_password(url));
        let given = global.endpoint.clone().or_else(|| places.var("CVMSHARE_ENDPOINT").map(str::to_owned));
        let (endpoint, elsewhere) = if global.demo { (None, given) } else { (given, None) };
        // An empty NO_COLOR is none (no-color.org).
        let mono = global.no_color || places.var("NO_COLOR").is_some_and(|v| !v.is_empty());
        let theme =
            global.theme.clone().or_else(|| mono.then(|| "mono".into())).or_else(|| config.theme.clone());
        let demo = endpoint.is_none() && profiles.get(chosen).is_some_and(Profile::is_demo);
        Ok(Self {
            chosen,
            endpoint,
            elsewhere,
            demo,
            demo_keys: BTreeMap::new(),
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

    /// The profile to begin with.
    pub fn profile(&self) -> &Profile {
        // `choose` only tells places that are there, and there is at least one profile.
        &self.profiles[self.chosen.min(self.profiles.len().saturating_sub(1))]
    }

    /// The names of the profiles that could be used instead of the one to begin with.
    pub fn other_profiles(&self) -> Vec<String> {
        let chosen = &self.profile().name;
        self.profiles.iter().map(|p| p.name.clone()).filter(|name| name != chosen).collect()
    }

    /// The built-in cloud has to be started before anything can be asked.
    pub fn needs_demo(&self) -> bool {
        self.profile().is_demo() && self.endpoint.is_none() && self.cloud.is_none()
    }

    /// The same, beginning with another profile.
    ///
    /// # Errors
    /// [`Fault::Usage`] when there is none of that name.
    pub fn with_profile(mut self, name: &str) -> Result<Self, Fault> {
        let at = self.profiles.iter().position(|p| p.name == name);
        self.chosen = at.ok_or_else(|| {
            Fault::Usage(format!("there is no profile {name:?}")).zh(format!("没有配置 {name:?}"))
        })?;
        Ok(self)
    }

    /// Goes over to the built-in cloud: its profiles first, and one of them to begin with. Those of the config file can
    /// still be turned to.
    #[must_use]
    pub fn into_demo(mut self) -> Self {
        let configured = std::mem::take(&mut self.profiles)
            .into_iter()
            .filter(|p| self.config.profiles.contains_key(&p.name));
        let mut profiles = Profile::demo();
        adjust(&mut profiles, &self.flags);
        profiles.extend(configured);
        self.profiles = profiles;
        self.chosen = 0;
        self.demo = true;
        self.elsewhere = self.endpoint.take();
        self
    }

    /// A profile's keys, or how they are got; asks no service.
    ///
    /// # Errors
    /// [`NoCredentials`]
    pub fn credentials(&self, profile: &Profile) -> Result<Found, NoCredentials> {
        if let Source::Demo(uin) = &profile.credentials
            && let Some(keys) = self.demo_keys.get(uin)
        {
            return Ok(Found::Keys(keys.clone()));
        }
        match (cloud::find(&profile.credentials, &self.places), &self.machine) {
            (Ok(Found::Machine) | Err(NoCredentials::NotFound { .. }), Some(Err(why))) => Err(why.clone()),
            (Err(NoCredentials::NotFound { .. }), Some(Ok(_))) if profile.credentials == Source::Auto => {
                Ok(Found::Machine)
            }
            (found, _) => found,
        }
    }

    /// Asks the metadata service for this machine's role, where the profile has no other credentials.
    #[must_use]
    pub async fn asking_machine(mut self) -> Self {
        let source = &self.profile().credentials;
        let looked = match cloud::find(source, &self.places) {
            Ok(Found::Machine) => Vec::new(),
            Err(NoCredentials::NotFound { looked }) if *source == Source::Auto => looked,
            _ => return self,
        };
        if self.machine.is_none() {
            self.machine = Some(cloud::role_of_machine(&self.places, looked).await);
        }
        self
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
        let found = self.credentials(profile).map_err(Fault::Credentials)?;
        let own = match profile.is_demo() {
            true => self.cloud.as_ref().map(|cloud| cloud.endpoint.clone()),
            false => self.elsewhere.clone(),
        };
        let options = ClientOptions {
            endpoint: self.endpoint.clone().or(own),
            site: profile.site,
            lang: match self.lang {
                Lang::En => "en-US",
                Lang::Zh => "zh-CN",
            },
            calls,
            ..ClientOptions::default()
        };
        Ok(match (&profile.credentials, found) {
            // The built-in cloud's keys are in none of the places.
            (Source::Demo(_), Found::Keys(keys)) => Client::new(options, keys)?,
            (source, _) => Client::looking(options, source.clone(), self.places.clone())?,
        })
    }

    /// What is known of a profile before anything was read.
    pub fn facts(&self, profile: &Profile) -> FactStore {
        FactStore::new(&profile.name, profile.standing(), self.accounts.clone(), self.grouped())
    }

    /// The members of the groups in the address book.
    pub fn grouped(&self) -> BTreeSet<Uin> {
        self.config.groups.values().flatten().filter_map(|r| r.account.clone().ok()).collect()
    }
}

/// What is wrong with the config file or a theme.
pub(crate) fn wrong_config(error: ConfigError) -> Fault {
    let message = ours(&error.message, Lang::Zh).into_owned();
    Fault::Usage(error.to_string()).zh(ConfigError { message, ..error }.to_string())
}

/// `off`, or a stand-in on this machine: a metadata service elsewhere would hand out somebody else's keys.
fn stand_in(address: &str) -> Result<Option<String>, Fault> {
    if address == "off" {
        return Ok(None);
    }
    match address.strip_prefix("http://").and_then(|a| a.parse::<std::net::SocketAddr>().ok()) {
        Some(at) if at.ip().is_loopback() => Ok(Some(address.to_owned())),
        _ => Err(Fault::Usage("--metadata takes off, or http:// and a loopback address and port".to_owned())
            .zh("--metadata 只接受 off，或 http:// 加本机回环地址与端口")),
    }
}

impl Global {
    /// The language that flag and locale ask for.
    pub fn language(&self, places: &Places) -> Lang {
        let [all, messages, lang] = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| places.var(name));
        Lang::from_env(self.lang.as_deref(), all, messages, lang)
    }
}

/// What flags decide for every profile.
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
        // As the config file spells them: a profile that was found rather than written down has such a name too.
        if let Ok(source @ (Source::Env | Source::Ini | Source::CvmRole | Source::Tccli(_))) = name.parse()
            && !global.demo
        {
            profiles.push(Profile { credentials: source, ..Profile::named(name) });
            return Ok(profiles.len() - 1);
        }
        let known: Vec<&str> = profiles.iter().map(|p| p.name.as_str()).collect();
        let (en, zh) = match known.is_empty() {
            true => (
                "none; the built-in cloud's are there with --demo".to_owned(),
                "无；加上 --demo 则有内置云的配置".to_owned(),
            ),
            false => (known.join(", "), known.join("、")),
        };
        return Err(Fault::Usage(format!("there is no profile {name:?}; there are: {en}"))
            .zh(format!("没有配置 {name:?}；已有：{zh}")));
    }
    if profiles.is_empty() {
        let named = places.region().map_err(|(place, text)| {
            Fault::Usage(format!(
                "{place} names the region {text:?}, which is no region code; set one such as ap-guangzhou"
            ))
            .zh(format!("{place} 中的地域 {text:?} 不是地域代码；请改为如 ap-guangzhou 的代码"))
        })?;
        let regions = named.map_or(Regions::All, |r| Regions::List(vec![r]));
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
        let places = Places { env, home: dir.path().into(), ..Places::default() };
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

    #[test]
    fn only_jobs_of_the_built_in_cloud_look_often() {
        let two = "[profiles.lab]\ncredentials = \"demo:100000000001\"\n[profiles.prod]\n";
        let setup = setup(Global::default(), two, &[]).unwrap();
        let usual = crate::jobs::Pace::default();
        assert!(setup.pace("lab").most < usual.first);
        for real in ["prod", "found-later"] {
            assert_eq!((setup.pace(real).first, setup.pace(real).most), (usual.first, usual.most));
        }
    }
}
