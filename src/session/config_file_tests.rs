use crate::session::config_file::*;

const WHOLE: &str = r#"
default_profile = "prod"
theme = "light"
slow = true
motion = false
[profiles.prod]
credentials = "tccli:work"
site = "cn"
regions = ["ap-guangzhou", "ap-shanghai"]   # or "all"
label = "Acme production"
color = "red"
read_only = true
rules = "current"
share_limit = 40
receivers = "known"
trusted = ["100000000002"]
trust = "enforce"
[profiles.lab]
credentials = "demo:100000000003"
regions = "all"
[accounts]
"100000000002" = "Borealis Games"
[groups]
eu-customers = ["100000000002@eu-frankfurt", "100000000003"]
"#;

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(text, Path::new("config.toml")).map_err(|e| e.to_string())
}

#[test]
fn the_whole_file_is_read() {
    let config = parse(WHOLE).unwrap();
    let uin = |t: &str| t.parse::<Uin>().unwrap();
    let prod = Profile {
        name: "prod".into(),
        label: "Acme production".into(),
        color: Some(Color::Red),
        read_only: true,
        credentials: Source::Tccli("work".into()),
        site: Site::Cn,
        regions: Regions::parse("ap-guangzhou,ap-shanghai").unwrap(),
        rules: RuleSet::Current,
        share_limit: Some(40),
        trusted: [uin("100000000002")].into(),
        trust: Trust::Enforce,
        receivers: Receivers::Known,
    };
    assert_eq!(prod.limits().share_accounts, 40);
    assert_eq!(prod.limits().images_per_region, 500);
    let lab = Profile { credentials: Source::Demo(uin("100000000003")), ..Profile::new("lab") };
    assert_eq!(lab.limits().share_accounts, 50);
    assert_eq!(
        config,
        Config {
            default_profile: Some("prod".into()),
            profiles: [("lab".into(), lab), ("prod".into(), prod)].into(),
            accounts: [(uin("100000000002"), "Borealis Games".into())].into(),
            groups: [(
                "eu-customers".into(),
                vec![Receiver::parse("100000000002@eu-frankfurt"), uin("100000000003").into()]
            )]
            .into(),
            refresh: Default::default(),
            theme: Some("light".into()),
            slow: true,
            motion: Some(false),
        }
    );
}

#[test]
fn a_file_that_is_not_there_is_empty() {
    assert_eq!(Config::read(Path::new("/nowhere/config.toml")), Ok(Config::default()));
}

#[test]
fn what_is_wrong_is_said_with_line_key_and_fix() {
    let profile = |line: &str| format!("[profiles.prod]\nlabel = \"x\"\n{line}\n");
    for (text, said) in [
        (
            "colour = 1\n".to_owned(),
            "config.toml:1: colour: unknown field `colour`, expected one of `default_profile`, `profiles`, `accounts`, `groups`, `refresh`, `theme`, `slow`, `motion`",
        ),
        (
            profile("colour = \"red\""),
            "config.toml:3: profiles.prod.colour: unknown field `colour`, expected one of `credentials`, `site`, `regions`, `label`, `color`, `read_only`, `rules`, `share_limit`, `trusted`, `trust`, `receivers`",
        ),
        (
            profile("color = \"pink\""),
            "config.toml:3: profiles.prod.color: unknown variant `pink`, expected one of `red`, `green`, `yellow`, `blue`, `magenta`, `cyan`, `white`, `gray`",
        ),
        (
            profile("read_only = \"yes\""),
            "config.toml:3: profiles.prod.read_only: invalid type: string \"yes\", expected a boolean",
        ),
        (
            profile("regions = \"ap-guangzhou\""),
            "config.toml:3: profiles.prod.regions: invalid value: string \"ap-guangzhou\", expected \"all\" or a list of region codes such as [\"ap-guangzhou\"]",
        ),
        (
            profile("regions = []"),
            "config.toml:3: profiles.prod.regions: invalid length 0, expected \"all\" or a list of region codes such as [\"ap-guangzhou\"]",
        ),
        (
            profile("regions = [\n  \"ap-tokyo\",\n  \"tokyo\",\n]"),
            "config.toml:3: profiles.prod.regions: \"tokyo\" is not a region code such as ap-guangzhou",
        ),
        (
            profile("credentials = \"file\""),
            "config.toml:3: profiles.prod.credentials: \"file\" is not one of auto, env, tccli:NAME, ini, cvm-role, demo:ACCOUNT",
        ),
        (
            profile("trusted = [\"me@example.com\"]"),
            "config.toml:3: profiles.prod.trusted: \"me@example.com\" is not an account ID: digits only, such as 100000000001",
        ),
        (
            format!("default_profile = \"dev\"\n{}", profile("")),
            "config.toml:1: default_profile: no profile \"dev\"; profiles: prod",
        ),
        (
            "[accounts]\n\"me\" = \"Me\"\n".to_owned(),
            "config.toml:2: accounts.\"me\": \"me\" is not an account ID: digits only, such as 100000000001",
        ),
        (
            "[groups]\neu = [\"100000000002@\"]\n".to_owned(),
            "config.toml:2: groups.eu: \"100000000002@\" is not an account ID, or an account ID and a region such as 100000000002@eu-frankfurt",
        ),
    ] {
        assert_eq!(parse(&text).unwrap_err(), said);
    }
    assert!(parse("label = \"open\n").unwrap_err().starts_with("config.toml:1: label: "));
    assert!(
        parse(&profile("share_limit = 0"))
            .unwrap_err()
            .starts_with("config.toml:3: profiles.prod.share_limit: ")
    );
}

#[test]
fn the_refresh_interval_is_read_and_checked() {
    let read = |text: &str| Config::parse(text, Path::new("c")).map(|c| c.refresh).map_err(|e| e.to_string());
    assert_eq!(read(""), Ok(Refresh::Every(jiff::SignedDuration::from_secs(60))));
    assert_eq!(read("refresh = \"off\"\n"), Ok(Refresh::Off));
    let wrong = read("\nrefresh = \"5s\"\n").unwrap_err();
    assert_eq!(wrong, "c:2: refresh: \"5s\" is too often; at least \"30s\", or \"off\"");
}
