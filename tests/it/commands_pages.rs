//! Help, man pages and completions, for users and for shells.

use std::process::Stdio;

use clap::CommandFactory;
use cvmshare::cli::Cli;
use serde_json::{Value, json};

use crate::cli::{Ran, program, ran};

async fn run(line: &str) -> Ran {
    let home = tempfile::tempdir().unwrap();
    let mut command = program(home.path());
    command.args(line.split_whitespace());
    ran(command).await
}

fn helps(command: &clap::Command, path: &str, all: &mut Vec<(String, String)>) {
    let mut own = command.clone().term_width(100);
    all.push((path.to_owned(), own.render_long_help().to_string()));
    for sub in command.get_subcommands().filter(|s| s.get_name() != "help") {
        helps(sub, &format!("{path} {}", sub.get_name()), all);
    }
}

#[test]
fn every_command_has_a_help_page() {
    let mut tree = Cli::command().term_width(100);
    tree.build();
    let mut all = Vec::new();
    helps(&tree, "cvmshare", &mut all);
    let mut out = String::new();
    for (path, text) in all {
        // Global options are only in the help of the program itself.
        let text = match path.as_str() {
            "cvmshare" => text.as_str(),
            _ => text.split("\nEverywhere:").next().unwrap(),
        };
        out.push_str(&format!("== {path}\n{text}\n"));
    }
    insta::assert_snapshot!("help", out);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_man_page_has_sections_beyond_the_flags() {
    let page = run("man").await;
    assert_eq!((page.status, page.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!("man", page.out);
    let list = run("man list shares").await;
    assert!(list.out.contains(".TH cvmshare-list-shares 1"), "{}", list.out);
    let none = run("man explode").await;
    assert_eq!((none.status, none.out.as_str()), (Some(2), ""));

    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("man1");
    assert_eq!(run(&format!("man --to {}", to.display())).await.status, Some(0));
    assert_eq!(std::fs::read_to_string(to.join("cvmshare.1")).unwrap(), page.out);
    assert_eq!(std::fs::read_to_string(to.join("cvmshare-list-shares.1")).unwrap(), list.out);
}

/// Checks that each command and each flag has a completion in its place, with the text of its help.
fn assert_fish_completes(command: &clap::Command, condition: &str, path: &[&str], text: &str) {
    let completes = |what: String, help: Option<&clap::builder::StyledStr>| {
        let help = help.map(|h| h.to_string().replace('\\', "\\\\").replace('\'', "\\'")).unwrap_or_default();
        let help = help.lines().next().unwrap_or_default();
        let fits = |l: &str| l.contains(condition) && l.contains(&what) && l.contains(help);
        assert!(text.lines().any(fits), "{path:?} {what} {help}");
    };
    for long in command.get_arguments().filter(|a| !a.is_hide_set()) {
        if let Some(name) = long.get_long() {
            completes(format!(" -l {name} "), long.get_help());
        }
    }
    for sub in command.get_subcommands().filter(|s| !s.is_hide_set() && s.get_name() != "help") {
        completes(format!(" -a \"{}\"", sub.get_name()), sub.get_about());
        let path = [path, &[sub.get_name()]].concat();
        let condition = match path[..] {
            [name] => format!("__fish_cvmshare_using_subcommand {name}"),
            [parent, name] => {
                format!("__fish_cvmshare_using_subcommand {parent}; and __fish_seen_subcommand_from {name}\"")
            }
            _ => panic!("{path:?}"),
        };
        assert_fish_completes(sub, &condition, &path, text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn completions_cover_commands_and_flags() {
    let mut tree = Cli::command();
    tree.build();
    let fish = run("completions fish").await.out;
    assert_fish_completes(&tree, "__fish_cvmshare_needs_command", &[], &fish);
    for (shell, head) in
        [("zsh", "#compdef cvmshare"), ("elvish", "\nuse builtin;"), ("powershell", "\nusing namespace")]
    {
        let text = run(&format!("completions {shell}")).await.out;
        assert!(text.starts_with(head) && text.contains("reinstall"), "{shell}: {text:.80}");
    }
    // Completes in the same way as bash.
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("cvmshare.bash"), run("completions bash").await.out).unwrap();
    let complete = |words: &str| {
        let count = words.split(' ').count() - 1;
        let ask = format!(
            "source ./cvmshare.bash; COMP_WORDS=({words}); COMP_CWORD={count}; \
             _cvmshare cvmshare \"${{COMP_WORDS[$COMP_CWORD]}}\" \"${{COMP_WORDS[$COMP_CWORD - 1]}}\"; \
             echo \"${{COMPREPLY[@]}}\""
        );
        let mut bash = std::process::Command::new("bash");
        bash.args(["--norc", "-c", &ask]).current_dir(dir.path()).stdin(Stdio::null());
        String::from_utf8(bash.output().unwrap().stdout).unwrap().trim().to_owned()
    };
    assert_eq!(complete("cvmshare rein"), "reinstall");
    assert_eq!(complete("cvmshare list sha"), "shared shares");
    assert_eq!(complete("cvmshare delete --with-"), "--with-snapshots");
    assert_eq!(complete("cvmshare list images --output t"), "table");
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_errors_are_json_documents_too() {
    for line in ["explode -o json", "rename img-6pb6lrmy --output json", "list images --regions moon -ojson"]
    {
        let got = run(line).await;
        let document: Value = serde_json::from_str(&got.out).unwrap();
        assert_eq!((got.status, &document["error"]["code"]), (Some(2), &json!("usage")), "{line}");
        assert!(document["error"]["fix"].as_str().unwrap().contains("--help"), "{line}");
        assert!(got.err.contains("error: "), "{line}: {}", got.err);
    }
    let plain = run("explode").await;
    assert_eq!((plain.status, plain.out.as_str()), (Some(2), ""));
    let version = run("--version").await;
    assert!(version.out.starts_with(concat!("cvmshare ", env!("CARGO_PKG_VERSION"))), "{version:?}");
}

/// The reader closes the pipe before the first byte.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_pipe_is_not_an_error() {
    for line in [
        "--help",
        "list --help",
        "man",
        "completions zsh",
        "paths",
        "--demo list images -o json",
        "--demo doctor",
    ] {
        let home = tempfile::tempdir().unwrap();
        let mut command = program(home.path());
        command.args(line.split_whitespace());
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        command.stdout(writer).stderr(Stdio::piped());
        let output =
            tokio::task::spawn_blocking(move || command.spawn().unwrap().wait_with_output().unwrap());
        let output = output.await.unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), err.as_str()), (Some(0), ""), "{line}");
    }
}
