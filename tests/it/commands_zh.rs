//! Commands in Chinese: everything for users is translated, nothing for scripts is.

use std::collections::BTreeSet;

use cvmshare::emulator::Options;

use crate::{
    cli::{Desk, Ran, program, ran},
    emulator_client::ACME,
};

const GZ: &str = "ap-guangzhou";

/// The Latin words that a Chinese text may contain, besides IDs, regions and codes.
const ALLOWED: &str = "
    Borealis Games Unnamed golden web cvmshare base nightly partner payments runner sdk ubuntu vault quay runtime cache
    edge sandbox default CAMUser
    NORMAL CREATEFAILED RUNNING STOPPED PENDING GiB UTF
    yes dry run region reuse list jobs resume undo cancel plan toml README stdin stdout exposure shares assets image
    images with help regions
    missing nope groups TERM ssh xterm color
";

/// Messages of the operating system and entries of the journal, which are not translated.
const AS_THEY_ARE: [(&str, &str); 3] =
    [("No such file or directory (os error 2)", ""), ("share img-", "img-"), ("cancel img-", "img-")];

/// Sets the locale instead of the flag, so that this is covered too.
async fn run(desk: &Desk, line: &str) -> Ran {
    let mut command = desk.program(ACME);
    command.env("LANG", "zh_CN.UTF-8").args(line.split_whitespace());
    ran(command).await
}

/// Returns the words of three or more letters that are not allowed. IDs, regions, codes in parentheses and paths are
/// not words.
pub fn left_over(text: &str, more: &str) -> BTreeSet<String> {
    let part = |p: &str| {
        let id = [
            "img-", "ins-", "ap-", "eu-", "na-", "sa-", "http", "/", "S1.", "S2.", "S3.", "S5.", "S6.",
            "SA2.", "SA3.", "SA5.", "M5.", "SR1.", "C6.", "GN7.",
        ];
        id.iter().any(|start| p.starts_with(start)) || p.starts_with('[') && p.contains('.') || is_call(p)
    };
    // The version contains the hash of a commit, which may contain letters.
    let mut text = text.replace(cvmshare::cli::VERSION, "");
    AS_THEY_ARE.iter().for_each(|(part, left)| text = text.replace(part, left));
    let allowed: Vec<&str> = ALLOWED.split_whitespace().chain(more.split_whitespace()).collect();
    let seps = |c: char| c.is_whitespace() || "（），。；：、“”()".contains(c);
    text.split(seps)
        .filter(|p| !part(p))
        .flat_map(|p| p.split(|c: char| !c.is_ascii_alphabetic()))
        .filter(|w| w.len() > 2 && !allowed.contains(w))
        .map(str::to_owned)
        .collect()
}

/// Returns whether this is an API action or a request ID.
fn is_call(part: &str) -> bool {
    ["Describe", "Modify", "Sync", "Delete", "Run", "Create", "Reset"].iter().any(|v| part.starts_with(v))
        || part.len() == 36 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

#[tokio::test(flavor = "multi_thread")]
async fn all_output_for_users_is_chinese() {
    let desk = Desk::with_options(Options { speed: 600.0, ..Options::default() }, &[]).await;
    let golden = desk.image(GZ, "golden-web-7").await;
    let share = format!("share {golden} --with 100000000002 --in ap-shanghai");
    let job = desk.run(ACME, &format!("{share} --dry-run -o json")).await.json()["job"]
        .as_str()
        .unwrap()
        .to_owned();
    let file = desk.home.path().join("plan.toml");
    let name = file.display();
    std::fs::write(&file, "[[images]]\nimage = \"golden-web-7\"\nregions = [\"ap-shanghai\"]\n").unwrap();
    let none = desk.home.path().join("none.toml");
    std::fs::write(&none, "[[images]]\nimage = \"golden-web-7\"\nwith = [\"x\"]\n").unwrap();
    let mut wrong = Vec::new();
    for line in [
        format!("list images --region {GZ}"),
        format!("list shared --region {GZ}"),
        format!("list shares {golden}"),
        "list exposure --region eu-frankfurt".to_owned(),
        format!("list regions --region {GZ}"),
        "list instances".to_owned(),
        "list quota".to_owned(),
        format!("check delete {golden}"),
        "check delete img-zzzzzzzz".to_owned(),
        "list shares img-zzzzzzzz".to_owned(),
        format!("plan {name}"),
        format!("plan {}", none.display()),
        format!("apply {name}"),
        "plan /nowhere".to_owned(),
        format!("{share} --dry-run"),
        share.clone(),
        format!("{share} --yes"),
        format!("{share} --yes"),
        format!("plan {name}"),
        "jobs list".to_owned(),
        format!("jobs show {job}"),
        format!("jobs cancel {job}"),
        format!("jobs undo {job} --dry-run"),
        format!("jobs undo {job}"),
        format!("jobs undo {job} --yes"),
        "jobs show nope".to_owned(),
        "jobs resume".to_owned(),
        "list audit".to_owned(),
        format!("rename {golden} --name golden-web --dry-run"),
        format!("rename {golden} --name golden-web"),
        format!("launch {golden} --zone ap-guangzhou-3 --type S5.SMALL2"),
        format!("launch {golden} --zone ap-guangzhou-3 --type S5.SMALL2 --yes"),
        format!("delete {golden} --yes"),
        format!("delete {golden} --cancel-shares"),
        format!("unshare {golden} --all"),
        format!("unshare {golden} --all --yes"),
        format!("delete {golden} --yes"),
        "doctor".to_owned(),
        "paths".to_owned(),
    ] {
        let got = run(&desk, &line).await;
        let all = format!("{}{}", got.out, got.err);
        let left = left_over(&all, "");
        if !left.is_empty() || !all.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c)) {
            wrong.push(format!("{line}: {left:?}\n{all}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn output_for_scripts_is_the_same_in_every_locale() {
    let desk = Desk::new(&[]).await;
    let golden = desk.image(GZ, "golden-web-7").await;
    for line in [
        "list images".to_owned(),
        "list shared".to_owned(),
        "list instances".to_owned(),
        "list quota".to_owned(),
        format!("list shares {golden}"),
        "list exposure".to_owned(),
        "list jobs".to_owned(),
        format!("share {golden} --with 100000000002 --in ap-shanghai --dry-run"),
        // Commands that fail before there is a verdict.
        format!("unshare {golden} --all"),
        "list shares img-zzzzzzzz".to_owned(),
        "jobs show nope".to_owned(),
        "--profile nope list images".to_owned(),
        "plan /nowhere".to_owned(),
        "doctor --regions ap-guangzhou".to_owned(),
        "paths".to_owned(),
    ] {
        for format in ["json", "csv"] {
            let line = format!("{line} -o {format}");
            let mut english = desk.program(ACME);
            english.env("LANG", "en_US.UTF-8").args(line.split_whitespace());
            let (zh, en) = (run(&desk, &line).await, ran(english).await);
            assert_eq!(zh.status, en.status, "{line}");
            assert_eq!(settled(&zh.out), settled(&en.out), "{line}");
        }
    }
    // The console passes the flag to get sentences in its language.
    let asked = desk.run(ACME, "doctor --regions ap-guangzhou -o json --lang zh").await;
    assert!(asked.out.contains("不实际执行就无法查询"), "{}", asked.out);
}

/// Removes what depends on the clock and on the locale.
fn settled(out: &str) -> String {
    let line = |l: &&str| !l.contains("\"ms\":") && !l.contains(" ms") && !l.contains("UTF-8");
    let lines: Vec<&str> = out.lines().filter(line).collect();
    lines.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_that_cannot_start_reports_the_reason_in_chinese() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("world.json");
    std::fs::write(&file, "{}").unwrap();
    for (args, status, want) in [
        ("--listen 0.0.0.0:0", 2, "内置云只监听本机回环地址，0.0.0.0:0 不是"),
        ("--proxy 0.0.0.0:0", 2, "内置云只监听本机回环地址，0.0.0.0:0 不是"),
        ("--speed 0.0001", 2, "速度 0.0001 无效；请给出"),
        ("--state world.json", 1, "中不是内置云的数据"),
    ] {
        let mut command = program(home.path());
        command.current_dir(home.path()).args(["--lang", "zh", "emulate"]).args(args.split(' '));
        let got = ran(command).await;
        assert!(got.err.contains(want), "{args}: {}", got.err);
        assert_eq!((got.status, got.out.as_str()), (Some(status), ""), "{args}");
    }
}
