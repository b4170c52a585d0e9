use crate::{messages::Lang, model::Source, session::config_edit::*};

fn uin(text: &str) -> Uin {
    text.parse().unwrap()
}

/// Returns the text of the file after the entries were written to it one after the other.
fn text_after(before: &str, entries: &[ConfigEntry]) -> Result<String, String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("config.toml");
    if !before.is_empty() {
        std::fs::write(&file, before).unwrap();
    }
    for entry in entries {
        write_entry(&file, entry)
            .map_err(|e| e.to_string().replace(&dir.path().display().to_string(), ""))?;
    }
    Ok(std::fs::read_to_string(&file).unwrap())
}

#[test]
fn names_and_trust_are_written_and_all_else_stays() {
    let before = "\
# mine
default_profile = \"prod\"

[profiles.prod]   # the real one
trusted = [\"100000000002\"]   # ask Lin
label = \"Acme\"

[accounts]
\"100000000002\" = \"Borealis\"  # EU
";
    let prod = Box::new(Profile::new("prod"));
    let other = Box::new(Profile { credentials: Source::Ini, ..Profile::new("found") });
    assert_eq!(
        text_after(before, &[ConfigEntry::Rules(prod.clone(), RuleSet::Current), ConfigEntry::Rules(other, RuleSet::Current)]),
        Ok(before.replace(
            "label = \"Acme\"\n",
            "label = \"Acme\"\nrules = \"current\"\n\n[profiles.found]\ncredentials = \"ini\"\nrules = \"current\"\n"
        ))
    );
    let got = text_after(
        before,
        &[
            ConfigEntry::Name(uin("100000000002"), Some("Borealis \"Games\"".into())),
            ConfigEntry::Name(uin("100000000003"), Some("Quay".into())),
            ConfigEntry::Trust(prod.clone(), uin("100000000003"), true),
            ConfigEntry::Trust(prod, uin("100000000002"), false),
        ],
    );
    let wanted = "\
# mine
default_profile = \"prod\"

[profiles.prod]   # the real one
trusted = [\"100000000003\"]   # ask Lin
label = \"Acme\"

[accounts]
\"100000000002\" = 'Borealis \"Games\"'  # EU
100000000003 = \"Quay\"
";
    assert_eq!(got.as_deref(), Ok(wanted));
    let without = text_after(wanted, &[ConfigEntry::Name(uin("100000000002"), None)]);
    assert_eq!(without, Ok(wanted.replace("\"100000000002\" = 'Borealis \"Games\"'  # EU\n", "")));
}

#[test]
fn a_profile_that_was_only_found_is_written_as_it_is() {
    let found = Profile {
        credentials: Source::Tccli("work".into()),
        regions: Regions::parse("ap-tokyo,ap-seoul").unwrap(),
        ..Profile::new("work")
    };
    let got =
        text_after("", &[ConfigEntry::Trust(Box::new(found.clone()), uin("100000000003"), true)]).unwrap();
    assert_eq!(
        got,
        "[profiles.work]\ncredentials = \"tccli:work\"\nregions = [\"ap-tokyo\", \"ap-seoul\"]\n\
         trusted = [\"100000000003\"]\n"
    );
    let read = Config::parse(&got, Path::new("c")).unwrap();
    assert_eq!(read.profiles["work"], Profile { trusted: [uin("100000000003")].into(), ..found });
}

#[test]
fn a_file_that_is_no_config_is_left_alone() {
    let name = ConfigEntry::Name(uin("100000000003"), Some("Quay".into()));
    let got = text_after("[profiles.prod]\ncolour = \"red\"\n", &[name]);
    assert!(got.clone().unwrap_err().starts_with("/config.toml:2: profiles.prod.colour: "), "{got:?}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = tempfile::tempdir().unwrap();
    let (real, link) = (dir.path().join("dotfiles.toml"), dir.path().join("config.toml"));
    std::fs::write(&real, "").unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o644)).unwrap();
    symlink(&real, &link).unwrap();
    write_entry(&link, &ConfigEntry::Name(uin("100000000003"), Some("Quay".into()))).unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(&real).unwrap(), "[accounts]\n100000000003 = \"Quay\"\n");
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o644);
    let new = dir.path().join("deep/notes.toml");
    Notes::update(&new, |n| n.hidden.extend(["img-00000001".parse::<ImageId>().unwrap()])).unwrap();
    assert_eq!(std::fs::metadata(&new).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn notes_are_read_back_and_a_broken_file_is_not_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("notes.toml");
    let (a, b): (ImageId, ImageId) = ("img-0000000a".parse().unwrap(), "img-0000000b".parse().unwrap());
    Notes::update(&file, |n| drop(n.notes.insert(a.clone(), "for \u{1b}[31m CI\nonly".into()))).unwrap();
    Notes::update(&file, |n| n.hidden.extend([b.clone()])).unwrap();
    let wanted = Notes { hidden: [b].into(), notes: [(a, "for \u{1b}[31m CI\nonly".into())].into() };
    assert_eq!(Notes::read(&file), Ok(wanted));
    std::fs::write(&file, "hidden = 3\n").unwrap();
    let error = Notes::update(&file, |n| n.notes.clear()).unwrap_err();
    let error = error.render(Lang::EN);
    assert!(error.contains("notes.toml: TOML parse error at line 1"), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "hidden = 3\n");
}
