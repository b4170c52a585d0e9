//! Hostile input from files, flags and the environment: no control sequence reaches a terminal, no secret is printed,
//! nothing hangs, and no file of another owner is changed.

use crate::wait;
use std::{
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use cvmshare::{emulator, jobs::Journal, model::is_hostile};
use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::{
    cli::{Desk, program},
    emulator_client::{ACME, still},
};

/// Control sequences, invisible characters, and a line end that could forge a log line.
const HOSTILE: &str = "x\u{1b}[2J\u{7}\u{202e}\u{200b}\u{9b}m\ncvmshare: forged";
/// The same text in TOML escapes.
const TOML: &str = r"x\u001b[2J\u0007\u202e\u200b\u009bm\ncvmshare: forged";
const KEY: &str = "hF4kE0sEcReTkEyThAtIsLoNgEnOuGh1";
const TOKEN: &str = "fAkEtOkEn-0123456789-abcdefghijkl";
const PASSWORD: &str = "pr0xy-passw0rd";

fn fifo(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

/// Runs a command to its end. Kills it and fails if it takes longer than 20 s.
fn run(mut command: Command) -> (Option<i32>, String, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let read = |mut from: Box<dyn std::io::Read + Send>| {
        std::thread::spawn(move || {
            let mut text = Vec::new();
            from.read_to_end(&mut text).unwrap();
            String::from_utf8(text).unwrap()
        })
    };
    let (out, err) = (read(Box::new(out)), read(Box::new(err)));
    let began = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if began.elapsed() > Duration::from_secs(20) => {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("it waits without a word: {command:?}");
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    (status.code(), out.join().unwrap(), err.join().unwrap())
}

/// Checks that a text has no control characters, no forged line and no secret.
fn assert_clean(what: &str, text: &str) {
    let bad: Vec<char> = text.chars().filter(|c| *c != '\n' && is_hostile(*c)).collect();
    assert_eq!(bad, Vec::<char>::new(), "{what}: {text:?}");
    assert!(!text.lines().any(|line| line.starts_with("cvmshare: forged")), "{what}: {text:?}");
    for secret in [KEY, TOKEN, PASSWORD] {
        assert!(!text.contains(secret), "{what}: {text:?}");
    }
}

/// Runs the program with a secret key in places where messages may quote it.
fn with_keys(home: &Path) -> Command {
    let mut command = program(home);
    command
        .env("TENCENTCLOUD_SECRET_ID", "AKIDfake")
        .env("TENCENTCLOUD_SECRET_KEY", KEY)
        .env("TENCENTCLOUD_TOKEN", TOKEN)
        .env("HTTPS_PROXY", format!("http://me:{PASSWORD}@127.0.0.1:9"));
    command
}

#[test]
fn hostile_text_and_secrets_of_every_input_are_neutralised() {
    type Case = (&'static str, fn(&Path, &mut Command));
    fn file(home: &Path, name: &str, text: &str) {
        let path = home.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    fn args(command: &mut Command, line: &[&str]) {
        command.args(line);
    }
    let cases: &[Case] = &[
        ("a flag that is none", |_, c| args(c, &["list", &format!("--{HOSTILE}{KEY}"), "images"])),
        ("a value that is none", |_, c| args(c, &["delete", &format!("{HOSTILE}{KEY}")])),
        ("the same for scripts", |_, c| args(c, &["delete", "-o", "json", &format!("{HOSTILE}{KEY}")])),
        ("a profile", |_, c| args(c, &["--profile", &format!("{HOSTILE}{KEY}"), "list", "images"])),
        ("an endpoint", |_, c| args(c, &["--endpoint", &format!("{HOSTILE}{TOKEN}"), "list", "regions"])),
        ("a password in an endpoint", |_, c| {
            args(c, &["--endpoint", &format!("https://me:{PASSWORD}/x@127.0.0.1:1"), "list", "regions"])
        }),
        ("the endpoint's variable", |_, c| {
            c.env("CVMSHARE_ENDPOINT", format!("http://me:{PASSWORD}@10.0.0.1"));
            args(c, &["list", "regions", "-o", "json"]);
        }),
        ("the region's variable", |_, c| {
            c.env("TENCENTCLOUD_REGION", HOSTILE);
            args(c, &["doctor"]);
        }),
        ("the terminal's variables", |_, c| {
            c.env("TERM", HOSTILE).env("LANG", HOSTILE);
            args(c, &["doctor", "-o", "json"]);
        }),
        ("a log's name", |_, c| args(c, &["--log", &format!("/none/{HOSTILE}{KEY}"), "paths"])),
        ("a directory's name", |home, c| {
            c.env("CVMSHARE_STATE_DIR", home.join(HOSTILE));
            args(c, &["paths"]);
        }),
        ("a key of the config", |home, c| {
            file(home, "config.toml", &format!("\"{TOML}{KEY}\" = 1\n"));
            args(c, &["list", "regions"]);
        }),
        ("a value of the config", |home, c| {
            file(home, "config.toml", &format!("[profiles.p]\ncolor = \"{TOML}{TOKEN}\"\n"));
            args(c, &["list", "regions", "-o", "json"]);
        }),
        ("a table of the config", |home, c| {
            file(home, "config.toml", "[profiles.\u{1b}]2;x\u{7}]\ncolor = 1\n");
            args(c, &["doctor"]);
        }),
        ("a raw escape in the config", |home, c| {
            file(home, "config.toml", "default_profile = \"\u{202e}\u{200b}\"\n");
            args(c, &["list", "regions"]);
        }),
        ("a plan", |home, c| {
            let text = format!("[[images]]\nimage = \"{TOML}\"\nwith = [\"{TOML}{KEY}\"]\n");
            file(home, "plan.toml", &text);
            args(c, &["plan", home.join("plan.toml").to_str().unwrap()]);
        }),
        ("a plan's key", |home, c| {
            file(home, "plan.toml", &format!("\"{TOML}\u{202e}{KEY}\" = 1\n"));
            args(c, &["apply", "--yes", home.join("plan.toml").to_str().unwrap()]);
        }),
        ("a plan's name", |_, c| args(c, &["plan", &format!("{HOSTILE}{KEY}")])),
        ("a credential file", |home, c| {
            file(home, ".tccli/x.credential", &format!("{{\"secretId\": \"{HOSTILE}{KEY}"));
            args(c, &["--profile", "x", "list", "regions"]);
        }),
        ("an ini file", |home, c| {
            file(home, ".tencentcloud/credentials", &format!("[default]\nsecret_id = {HOSTILE}{KEY}\n"));
            args(c, &["--profile", "ini", "list", "regions"]);
        }),
        ("a fault", |_, c| args(c, &["emulate", "--fault", &format!("{HOSTILE}{KEY}")])),
        ("a quirk", |_, c| args(c, &["emulate", "--quirk", &format!("{HOSTILE}={KEY}")])),
        ("a world", |home, c| {
            file(home, "world", &format!("{{\"{TOML}\u{202e}\": 1}}"));
            args(c, &["emulate", "--state", home.join("world").to_str().unwrap()]);
        }),
        ("a keymap", |home, c| {
            file(home, "keymap.toml", &format!("[\"{TOML}{KEY}\"]\nx = [\"a\"]\n"));
            args(c, &["--demo", "--plain"]);
        }),
        ("a theme", |home, c| {
            file(home, "themes/mine.toml", &format!("[roles]\n\"{TOML}{KEY}\" = {{}}\n"));
            args(c, &["--demo", "--plain", "--theme", "mine"]);
        }),
        ("a theme's name", |_, c| args(c, &["--demo", "--plain", "--theme", &format!("{HOSTILE}{KEY}")])),
    ];
    for (what, prepare) in cases {
        for lang in ["en", "zh"] {
            let home = tempfile::tempdir().unwrap();
            let mut command = with_keys(home.path());
            command.args(["--lang", lang]);
            prepare(home.path(), &mut command);
            let (status, out, err) = run(command);
            assert_ne!(out.len() + err.len(), 0, "{what}: something is said");
            assert!(status.is_some_and(|s| s < 100), "{what}: {status:?} {err:?}");
            assert_clean(what, &out);
            assert_clean(what, &err);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_are_neutralised_in_every_format_and_in_the_log() {
    let desk = Desk::new(&[]).await;
    let name = "=1+1\u{1b}]0;x\u{7}\u{202e}\u{200b}";
    let golden = desk.image("ap-guangzhou", "golden-web-7").await;
    let mut command = desk.program(ACME);
    command.args(["rename", &golden, "--yes", "--name", name]);
    let log = desk.home.path().join("log");
    command.args(["--log", log.to_str().unwrap(), "-v"]);
    let renamed = crate::cli::ran(command).await;
    assert_clean("rename", &renamed.err);
    for format in ["table", "json", "csv"] {
        let ran = desk.run(ACME, &format!("list images --region ap-guangzhou -o {format}")).await;
        assert_eq!(ran.status, Some(0), "{ran:?}");
        assert_clean(format, &ran.out);
        // The cloud may have sanitised the name itself; the rest has to be neutralised here.
        if renamed.status == Some(0) && format == "csv" {
            assert!(ran.out.contains("'=1+1"), "{ran:?}");
        }
    }
    assert_clean("log", &std::fs::read_to_string(log).unwrap());
}

#[test]
fn endless_and_blocking_files_are_refused_at_once() {
    type Make = fn(&Path);
    let kinds: &[(&str, Make)] = &[
        ("FIFO", fifo),
        ("device", |path| symlink("/dev/zero", path).unwrap()),
        ("directory", |path| std::fs::create_dir(path).unwrap()),
        ("more than", |path| {
            let file = std::fs::File::create(path).unwrap();
            file.set_len(1 << 33).unwrap();
        }),
    ];
    let inputs: &[(&str, &[&str])] = &[
        ("config.toml", &["list", "regions"]),
        ("config.toml", &["doctor"]),
        ("keymap.toml", &["--demo", "--plain"]),
        ("themes/mine.toml", &["--demo", "--plain", "--theme", "mine"]),
        ("plan.toml", &["--demo", "plan", "HOME/plan.toml"]),
        (".tccli/default.credential", &["list", "regions"]),
        (".tencentcloud/credentials", &["list", "regions"]),
        ("world", &["emulate", "--state", "HOME/world"]),
        ("journal.db", &["jobs", "list"]),
    ];
    for (word, make) in kinds {
        for (name, line) in inputs {
            // A journal may be large.
            if *name == "journal.db" && *word == "more than" {
                continue;
            }
            let home = tempfile::tempdir().unwrap();
            let path = home.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            make(&path);
            let mut command = program(home.path());
            command.args(line.iter().map(|a| a.replace("HOME", home.path().to_str().unwrap())));
            let (status, out, err) = run(command);
            // State files must not be symbolic links. That is reported before anything about the target.
            let word =
                if *word == "device" && err.contains("a symbolic link") { "symbolic link" } else { *word };
            assert!(format!("{out}{err}").contains(word), "{name} as {word}: {status:?} {out} {err}");
            assert!(matches!(status, Some(1 | 2 | 6)), "{name} as {word}: {status:?} {err}");
        }
    }
}

#[test]
fn the_log_is_private_and_follows_no_link() {
    let home = tempfile::tempdir().unwrap();
    let (log, link) = (home.path().join("log"), home.path().join("link"));
    std::fs::write(&log, "").unwrap();
    std::fs::set_permissions(&log, PermissionsExt::from_mode(0o644)).unwrap();
    symlink(&log, &link).unwrap();
    let with_log = |path: &Path| {
        let mut command = program(home.path());
        command.arg("--log").arg(path).arg("paths");
        run(command)
    };
    let (status, _, err) = with_log(&link);
    assert_eq!(status, Some(2), "{err}");
    assert!(err.contains(link.to_str().unwrap()) && err.contains("a symbolic link"), "{err}");
    assert_eq!(with_log(&log).0, Some(0));
    assert_eq!(std::fs::metadata(&log).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_file_is_private_and_follows_no_link() {
    let home = tempfile::tempdir().unwrap();
    let (world, victim) = (home.path().join("world"), home.path().join("victim"));
    std::fs::write(&victim, "theirs").unwrap();
    std::fs::set_permissions(&victim, PermissionsExt::from_mode(0o644)).unwrap();
    // The path of the temporary file of older versions.
    symlink(&victim, home.path().join("world.new")).unwrap();
    let options = || emulator::Options { state: Some(world.clone()), ..still() };
    drop(emulator::start(options()).await.unwrap());
    assert_eq!(std::fs::metadata(&world).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!std::fs::symlink_metadata(&world).unwrap().is_symlink());

    std::fs::remove_file(&world).unwrap();
    symlink(&victim, &world).unwrap();
    let error = emulator::start(options()).await.unwrap_err().to_string();
    assert!(error.contains(world.to_str().unwrap()) && error.contains("symbolic link"), "{error}");
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "theirs");
    assert_eq!(std::fs::metadata(&victim).unwrap().permissions().mode() & 0o777, 0o644);
}

#[test]
fn a_journal_behind_a_link_is_refused_and_its_target_unchanged() {
    let home = tempfile::tempdir().unwrap();
    let (path, victim) = (home.path().join("journal.db"), home.path().join("victim"));
    std::fs::write(&victim, "").unwrap();
    std::fs::set_permissions(&victim, PermissionsExt::from_mode(0o644)).unwrap();
    symlink(&victim, &path).unwrap();
    let mut command = program(home.path());
    command.args(["jobs", "list"]);
    let (status, _, err) = run(command);
    assert_eq!(status, Some(1), "{err}");
    assert!(err.contains(path.to_str().unwrap()) && err.contains("symbolic link"), "{err}");
    assert_eq!(std::fs::metadata(&victim).unwrap().permissions().mode() & 0o777, 0o644);
    assert_eq!(std::fs::read(&victim).unwrap(), b"");
}

#[test]
fn a_damaged_journal_is_reported_with_its_path_and_fix() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.db");
    drop(wait(Journal::open(&path)).unwrap());
    // Keeps the header and overwrites the rest.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100..].fill(0xa5);
    std::fs::write(&path, bytes).unwrap();
    let mut command = program(home.path());
    command.args(["jobs", "list"]);
    let (status, _, err) = run(command);
    assert_eq!(status, Some(1), "{err}");
    assert!(err.contains(path.to_str().unwrap()) && err.contains("move it away"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_job_is_named_and_the_others_are_listed() {
    let desk = Desk::new(&[]).await;
    let base = desk.image("ap-guangzhou", "base-ubuntu-24").await;
    desk.run(ACME, &format!("share {base} --with 100000000002 --yes")).await;
    let all = desk.run(ACME, "jobs list -o json").await.json();
    let good = all[0]["job"].as_str().unwrap().to_owned();
    let path = desk.home.path().join("journal.db");
    let broken = "INSERT INTO jobs (id, profile, endpoint, asked, state, over, revision, created, changed)
                  SELECT ?, profile, endpoint, asked, ?, over, revision, created, changed FROM jobs WHERE id = ?";
    let file = rusqlite::Connection::open(&path).unwrap();
    let rows: [(&str, rusqlite::types::Value); 3] = [
        ("bad00001", "{\"x\u{1b}\": 1".to_owned().into()),
        ("bad00002", vec![0xffu8, 0].into()),
        ("bad00003\u{1b}[2J", "[]".to_owned().into()),
    ];
    for (id, state) in &rows {
        file.execute(broken, rusqlite::params![id, state, good]).unwrap();
    }
    let listed = desk.run(ACME, "jobs list -o json").await;
    assert_eq!(listed.status, Some(5), "{listed:?}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&listed.out).unwrap(), all);
    for (id, _) in &rows {
        assert!(
            listed.err.contains(&format!("job {} in the journal", cvmshare::model::plain(id))),
            "{listed:?}"
        );
    }
    assert!(listed.err.contains(path.to_str().unwrap()), "{listed:?}");
    assert_clean("jobs list", &listed.err);
    let shown = desk.run(ACME, "jobs show bad00001").await;
    assert_eq!(shown.status, Some(1), "{shown:?}");
    assert!(shown.err.contains("move the journal away"), "{shown:?}");
    assert_eq!(desk.run(ACME, &format!("jobs show {good}")).await.status, Some(0));
    let kept: i64 = file.query_row("SELECT count(*) FROM jobs", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 4);
}

/// The limits of a process with secrets, as the system reports them.
#[cfg(target_os = "linux")]
#[test]
fn a_process_with_secrets_writes_no_core_dump() {
    let home = tempfile::tempdir().unwrap();
    let mut command = program(home.path());
    command.args(["emulate", "--ready-json"]).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.as_mut().unwrap()), &mut line)
        .unwrap();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let core = limits.lines().find(|l| l.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..6], ["0", "0"], "{core}");
}

#[test]
fn a_plan_from_stdin_has_a_size_limit() {
    let home = tempfile::tempdir().unwrap();
    let mut command = program(home.path());
    command.args(["--demo", "plan", "-"]).stdin(std::fs::File::open("/dev/zero").unwrap());
    let (status, _, err) = run(command);
    assert_eq!(status, Some(2), "{err}");
    assert!(err.contains("stdin: it has more than 1048576 bytes"), "{err}");
}
