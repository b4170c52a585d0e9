use super::*;
use crate::messages::Lang;

/// Returns the parts of the credentials that were found, as plain texts.
fn found(source: &str, places: &Places) -> Result<(String, String, Option<String>, String), String> {
    find(&source.parse()?, places)
        .map(|found| {
            let Found::Keys(c) = found else { panic!("{found:?}") };
            (
                c.secret_id().to_owned(),
                c.secret_key().to_owned(),
                c.token().map(str::to_owned),
                c.origin.render(Lang::EN),
            )
        })
        .map_err(|e| e.to_string())
}

fn env(places: &mut Places, vars: &[(&str, &str)]) {
    places.env = vars.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
}

fn write(home: &Path, name: &str, text: &str) {
    let path = home.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn got(
    id: &str,
    token: Option<&str>,
    origin: &str,
) -> Result<(String, String, Option<String>, String), String> {
    Ok((id.into(), format!("{id}-key"), token.map(Into::into), origin.into()))
}

#[test]
fn looks_in_each_place_in_order() {
    let home = tempfile::tempdir().unwrap();
    let mut places = Places { home: home.path().into(), ..Default::default() };
    assert_eq!(
        found("auto", &places),
        Err("no credentials found; searched TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, \
             ~/.tccli/default.credential, ~/.tencentcloud/credentials"
            .into())
    );
    write(
        home.path(),
        ".tencentcloud/credentials",
        "; mine\n[other]\nsecret_id = no\n[default]\nsecret_id = ini\nsecret_key= ini-key \n",
    );
    assert_eq!(found("auto", &places), got("ini", None, "~/.tencentcloud/credentials"));
    let file = r#"{"secretId": " cli ", "secretKey": "cli-key", "token": "t", "type": "default"}"#;
    write(home.path(), ".tccli/default.credential", file);
    write(
        home.path(),
        ".tccli/work.credential",
        r#"{"secretId": "work", "secretKey": "work-key", "token": null}"#,
    );
    assert_eq!(found("auto", &places), got("cli", Some("t"), "~/.tccli/default.credential"));
    assert_eq!(found("tccli:work", &places), got("work", None, "~/.tccli/work.credential"));
    env(&mut places, &[("TCCLI_PROFILE", "work")]);
    assert_eq!(found("auto", &places), got("work", None, "~/.tccli/work.credential"));
    for token in ["TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN"] {
        env(
            &mut places,
            &[("TENCENTCLOUD_SECRET_ID", "env"), ("TENCENTCLOUD_SECRET_KEY", "env-key"), (token, "tok")],
        );
        assert_eq!(found("auto", &places), got("env", Some("tok"), "the environment"));
    }
    assert_eq!(found("ini", &places), got("ini", None, "~/.tencentcloud/credentials"));
    assert!(found("tccli:nobody", &places).is_err());
    assert!(matches!(find(&Source::CvmRole, &places), Ok(Found::Machine)));
}

#[test]
fn reports_unusable_credentials_without_quoting_them() {
    let home = tempfile::tempdir().unwrap();
    let mut places = Places { home: home.path().into(), ..Default::default() };
    write(home.path(), ".tencentcloud/credentials", "[default]\nsecret_id = ini\nsecret_key = ini-key\n");
    for (file, why) in [
        ("{\n\"secretId\": \"AKIDhush\", oops", "line 2 has an unexpected format; run tccli configure"),
        ("{\"secretId\": \"AKIDhush\"}", "secretId or secretKey is missing; run tccli configure"),
    ] {
        write(home.path(), ".tccli/default.credential", file);
        let error = found("auto", &places).unwrap_err();
        assert_eq!(error, format!("the credentials in ~/.tccli/default.credential cannot be used: {why}"));
    }
    env(&mut places, &[("TENCENTCLOUD_SECRET_ID", "AKIDhush")]);
    assert_eq!(
        found("auto", &places).unwrap_err(),
        "the credentials in the environment cannot be used: TENCENTCLOUD_SECRET_KEY is not set; \
         set both variables or neither"
    );
    assert!(!format!("{places:?}").contains("AKIDhush"));
}

#[test]
fn reads_the_region_from_the_environment_or_the_official_cli() {
    let home = tempfile::tempdir().unwrap();
    let mut places = Places { home: home.path().into(), ..Default::default() };
    assert_eq!(places.region(), Ok(None));
    let file = r#"{"_sys_param": {"region": "ap-tokyo", "output": "json"}, "cvm": {}}"#;
    write(home.path(), ".tccli/default.configure", file);
    assert_eq!(places.region(), Ok("ap-tokyo".parse().ok()));
    env(&mut places, &[("TENCENTCLOUD_REGION", "ap-seoul")]);
    assert_eq!(places.region(), Ok("ap-seoul".parse().ok()));
}

#[test]
fn uses_a_sign_in_until_it_expires() {
    let home = tempfile::tempdir().unwrap();
    let places = Places { home: home.path().into(), ..Default::default() };
    for kind in ["oauth", "sso"] {
        let file = |end: i64| {
            format!(
                r#"{{"secretId": "in", "secretKey": "in-key", "token": "t", "type": "{kind}", "expiresAt": {end}}}"#
            )
        };
        write(home.path(), ".tccli/default.credential", &file(4_000_000_000));
        assert_eq!(found("auto", &places), got("in", Some("t"), "~/.tccli/default.credential"));
        let Ok(Found::Keys(keys)) = find(&Source::Auto, &places) else { panic!() };
        assert_eq!(keys.expires_at, Timestamp::from_second(4_000_000_000).ok());
        write(home.path(), ".tccli/default.credential", &file(1_000_000_000));
        assert_eq!(
            found("auto", &places).unwrap_err(),
            "the credentials in ~/.tccli/default.credential cannot be used: its sign-in has expired; \
             sign in again with the official CLI"
        );
    }
}

/// Returns the secret ID and the role that the keys assume.
fn role(source: &str, places: &Places) -> Result<(String, Role), String> {
    match find(&source.parse()?, places).map_err(|e| e.to_string())? {
        Found::Role(keys, role) => Ok((keys.secret_id().to_owned(), role)),
        other => Err(format!("{other:?}")),
    }
}

#[test]
fn finds_the_role_of_the_profile_or_the_environment() {
    let home = tempfile::tempdir().unwrap();
    let mut places = Places { home: home.path().into(), ..Default::default() };
    let file =
        r#"{"secretId": "work", "secretKey": "k", "role-arn": "arn-of-file", "role-session-name": "night"}"#;
    write(home.path(), ".tccli/work.credential", file);
    write(home.path(), ".tccli/default.credential", r#"{"secretId": "cli", "secretKey": "k"}"#);
    write(home.path(), ".tccli/box.credential", r#"{"type": "cvm-role"}"#);
    let wants = |id: &str, arn: &str, session: &str, seconds| {
        Ok((id.to_owned(), Role { arn: arn.into(), session: session.into(), seconds }))
    };
    assert_eq!(role("tccli:work", &places), wants("work", "arn-of-file", "night", None));
    assert!(matches!(find(&"tccli:box".parse().unwrap(), &places), Ok(Found::Machine)));

    // The official CLI's variables apply to any keys, unless a profile is named.
    env(&mut places, &[("TENCENTCLOUD_ROLE_ARN", "arn-of-env"), ("TENCENTCLOUD_ROLE_SESSION_NAME", "day")]);
    assert_eq!(role("auto", &places), wants("cli", "arn-of-env", "day", None));
    assert_eq!(role("tccli:work", &places), wants("work", "arn-of-file", "night", None));
    // Variables of Terraform and Packer.
    env(
        &mut places,
        &[
            ("TENCENTCLOUD_SECRET_ID", "env"),
            ("TENCENTCLOUD_SECRET_KEY", "k"),
            ("TENCENTCLOUD_ASSUME_ROLE_ARN", "arn-of-env"),
            ("TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION", "900"),
        ],
    );
    for source in ["auto", "env"] {
        assert_eq!(role(source, &places), wants("env", "arn-of-env", "cvmshare", Some(900)));
    }
    places.env.insert("TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION".into(), "an hour".into());
    assert_eq!(
        found("auto", &places).unwrap_err(),
        "the credentials in the environment cannot be used: TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION is not a \
         number of seconds such as 7200"
    );
}
