//! Every screen as people see it: text and styles, in four sizes, in the dark theme, without colours, in ASCII and in
//! Chinese. One snapshot holds all of a screen; of the looks that differ from the dark one it holds what differs.

use std::collections::BTreeSet;

use cvmshare::{
    i18n::Lang,
    jobs::{CellState, Failure, Job},
    model::Catalog,
    rules::Code,
    tui::{Load, Loaded, Message, State, Theme, screens::frame, update},
};
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Modifier},
};

use super::{Stage, fresh, keys, pictures};

/// The sizes that the columns give way at.
pub(super) const SIZES: [(u16, u16); 4] = [(60, 15), (80, 24), (120, 40), (200, 50)];

/// Every line and where in it something is drawn in another style than the plain one.
fn lines(buffer: &Buffer) -> Vec<(String, String)> {
    let lines = cvmshare::tui::test_driver::lines(buffer);
    let styled = lines.into_iter().enumerate().map(|(y, line)| {
        let marks: String = (0..buffer.area.width)
            .map(|x| {
                let cell = &buffer[(x, y as u16)];
                match (cell.modifier, cell.fg) {
                    (m, _) if m.contains(Modifier::REVERSED) => '#',
                    (m, _) if m.contains(Modifier::UNDERLINED) => '_',
                    (m, _) if m.contains(Modifier::BOLD) => 'b',
                    (m, _) if m.contains(Modifier::DIM) => '.',
                    (_, Color::Red) => 'r',
                    (_, Color::Green) => 'g',
                    (_, Color::Yellow) => 'y',
                    (_, Color::Cyan) => 'c',
                    _ => ' ',
                }
            })
            .collect();
        (line, marks.trim_end().to_owned())
    });
    styled.collect()
}

/// Every line with its styles below it.
pub(super) fn told(buffer: &Buffer) -> String {
    let told = |(line, marks): (String, String)| {
        if marks.is_empty() { format!("|{line}\n") } else { format!("|{line}\n:{marks}\n") }
    };
    lines(buffer).into_iter().map(told).collect()
}

/// The lines and styles that are not as in another look, with their numbers.
fn told_apart(buffer: &Buffer, from: &Buffer) -> String {
    let mut out = String::new();
    for (y, (now, was)) in lines(buffer).into_iter().zip(lines(from)).enumerate() {
        if now.0 != was.0 {
            out.push_str(&format!("{y:2}|{}\n", now.0));
        }
        if now.1 != was.1 {
            out.push_str(&format!("{y:2}:{}\n", now.1));
        }
    }
    out
}

fn drawn(state: &State) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
    frame::draw(state, &mut buffer);
    buffer
}

/// Compares what a state looks like, everywhere, with what it is kept to look like.
pub(super) fn see(name: &str, state: &State) {
    let mut out = String::new();
    for (width, height) in SIZES {
        let mut state = state.clone();
        update(&mut state, Message::Resize(width, height));
        let dark = drawn(&state);
        out.push_str(&format!("== {width}x{height}\n{}", told(&dark)));
        if state.lang == Lang::Zh {
            nothing_english(name, &state, &dark);
            continue;
        }
        state.looks.ascii = true;
        out.push_str(&format!("-- in ASCII\n{}", told_apart(&drawn(&state), &dark)));
        state.looks.ascii = false;
        state.looks.theme = Theme::shipped("mono").unwrap();
        out.push_str(&format!("-- without colours\n{}", told_apart(&drawn(&state), &dark)));
    }
    let name = if state.lang == Lang::Zh { format!("{name}-zh") } else { name.to_owned() };
    // The cloud's ids of its answers are never the same, and no two calls take as long.
    insta::with_settings!({ filters => [
        (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "00000000-0000-0000-0000-000000000000"),
    ] }, { insta::assert_snapshot!(name, out) });
}

/// What stays as it is in Chinese: words of the cloud's and of programs, keys, what is typed; the cloud's sentence of a
/// refusal, and the end of a word whose beginning has left its field.
const SPELT: &str = "cvmshare https www tencentcloud com document product faq DEMO VPC SSH API ARM GiB env BYOL QQ AppId ok \
    Enter Esc Tab Shift Ctrl Down Up Left Right Home End PgUp PgDn space delete \
    NORMAL RUNNING STOPPED SYNCING CREATEFAILED REGION DryRun CREATE_IMAGE POSTPAID_BY_HOUR CLOUD_PREMIUM cloud-init uuid \
    InvalidImageId.NotFound InvalidParameterValue.InvalidImageForGivenInstanceType ResourceInsufficient.Quota \
    acme borealis quay Acme Platform Test example.com stat nothing-like-it \
    The image is for the instance type is not vember South China Guangzhou";

/// Where a text in English may come from: the cloud, the rules' codes, names of commands and terms, and the calls.
fn told_elsewhere(state: &State) -> String {
    let mut all = vec![SPELT.to_owned(), format!("{:?} {:?}", state.calls, state.complaints)];
    all.extend(state.facts.images().chain(state.past_images()).map(|i| {
        let snapshots: Vec<&str> = i.snapshots.iter().map(|s| s.id.as_str()).collect();
        format!(
            "{} {} {} {} {} {:?} {snapshots:?} {:?}",
            i.name, i.id, i.description, i.os, i.arch, i.tags, i.family
        )
    }));
    all.extend(
        state
            .facts
            .instances()
            .map(|i| format!("{} {} {} {} {:?}", i.name, i.id, i.os, i.instance_type, i.more)),
    );
    all.extend(state.facts.accounts.values().cloned());
    all.extend(state.jobs.values().map(|job| format!("{} {:?} {:?}", job.id, job.calls, job.cells)));
    all.extend(
        Catalog::get()
            .iter()
            .filter_map(|r| state.facts.offers(&r.region))
            .flatten()
            .map(|o| o.instance_type.clone()),
    );
    all.extend(Catalog::get().iter().map(|r| format!("{} {} {:?}", r.region, r.short, r.zones)));
    all.extend(Code::ALL.iter().map(|c| format!("{c} {} {}", c.source(), c.doc().unwrap_or_default())));
    all.extend(state.failed(|_| true).into_iter().map(|(_, trouble)| trouble.text.clone()));
    all.push(state.table().filter.clone());
    all.push(state.table().trouble().unwrap_or_default().to_owned());
    all.join(" ")
}

/// No word on a Chinese screen is English, but for what comes from elsewhere. IDs, addresses and times are no words, and
/// what a box or the screen's edge cuts is not looked at.
fn nothing_english(name: &str, state: &State, buffer: &Buffer) {
    // The first column of the palette has the names that keymap files use.
    if matches!(name, "commands" | "palette") {
        return;
    }
    let elsewhere = told_elsewhere(state);
    let letters = |c: char| c.is_ascii_alphabetic();
    let known: BTreeSet<&str> = elsewhere.split(|c| !letters(c)).collect();
    let mut odd = Vec::new();
    for (line, _) in lines(buffer) {
        let spelt = |c: char| c.is_ascii_alphanumeric() || "-_.'/:@".contains(c);
        let mut rest = line.as_str();
        while let Some(start) = rest.find(spelt) {
            let token = &rest[start..];
            let token = &token[..token.find(|c| !spelt(c)).unwrap_or(token.len())];
            let cut = |c: Option<char>| matches!(c, Some('…' | '│'));
            let before = rest[..start].chars().next_back();
            rest = &rest[start + token.len()..];
            if cut(before)
                || cut(rest.chars().next())
                || token.contains(|c: char| c.is_ascii_digit() || c == '/')
            {
                continue;
            }
            let words = token.split(|c| !letters(c)).filter(|w| w.len() > 2 && !known.contains(w));
            odd.extend(words.map(str::to_owned));
        }
    }
    assert_eq!(odd, [""; 0], "{name}:\n{}", told(buffer));
}

/// All that the keys lead to in the tour.
fn walk(lang: Lang) {
    let mut stage = Stage::tour_in(lang, (200, 50));
    stage.quiet();
    let mut see = |name: &str, keys: &str| {
        stage.press(keys);
        see(name, &stage.console.state);
    };
    see("my-images", "j j");
    see("delete", "D");
    see("actions", "esc a");
    see("details", "esc enter");
    see("unshare", "esc u");
    see("rename", "esc e");
    see("receivers", "esc s \"me@example.com\" enter");
    see("regions-to-choose", "ctrl-u \"100000000002,100000000004@ap-beijing\" enter enter down space");
    see("findings", "enter");
    see("risk", "enter");
    see("copy", "esc esc esc esc c");
    see("shared-with-me", "esc 2");
    see("actions-received", "a");
    see("accounts", "esc t space");
    see("note", "space esc n");
    see("hidden", "esc h H");
    see("nothing-matches", "k h H 1 / \"nothing-like-it\"");
    see("marked", "esc g space j v");
    see("several", "j space D");
    see("several-share", "esc s");
    see("regions", "esc esc 3");
    see("region-details", "enter");
    see("instances", "esc 4");
    see("instance-actions", "a");
    see("instance-details", "esc enter");
    see("profiles", "esc P");
    see("regions-in-view", "esc o");
    see("help", "esc ?");
    see("commands", "esc 1 : \"del\"");
    see("read-only", "esc Z 1");
    see("jobs-none", "Z J");
}

#[test]
fn screens_in_english() {
    walk(Lang::En);
}

#[test]
fn screens_in_chinese() {
    walk(Lang::Zh);
}

/// What the keys alone do not lead to: while the cloud is asked, where it does not answer, of last time.
fn moments(lang: Lang) {
    let mut state = keys::asking();
    state.lang = lang;
    see("loading", &state);
    keys::fails(&mut state);
    see("failed", &state);
    keys::press(&mut state, "M");
    see("messages-failed", &state);

    let mut state = keys::state();
    state.lang = lang;
    keys::press(&mut state, "r");
    keys::fails(&mut state);
    see("failed-with-rows", &state);

    let mut state = fresh::returned();
    state.lang = lang;
    see("of-last-time", &state);

    let mut state = keys::state();
    state.lang = lang;
    keys::empties(&mut state);
    for (tab, name) in [("1", "no-images"), ("2", "nothing-shared"), ("4", "no-instances")] {
        keys::press(&mut state, tab);
        see(name, &state);
    }
    let mut state = keys::state();
    (state.lang, state.last.sessions) = (lang, 1);
    keys::answer(&mut state, Load::Regions, Ok(Loaded::Regions(vec![keys::region()])));
    see("first-run", &state);
}

#[test]
fn moments_in_english() {
    moments(Lang::En);
}

#[test]
fn moments_in_chinese() {
    moments(Lang::Zh);
}

/// A job from its first copy to its report, and what is asked before it is given up.
fn job(lang: Lang) {
    let mut stage = Stage::tour_in(lang, (200, 50));
    stage.quiet();
    pictures::previewed(&mut stage);
    let mut job: Job = pictures::begun(&mut stage);
    pictures::halfway(&mut job);
    let mut show = |name: &str, keys: &str, job: &Job| {
        stage.console.send(Message::Job(Box::new(job.clone())));
        stage.console.press(keys).unwrap();
        stage.console.state.notice = None;
        see(name, &stage.console.state);
    };
    show("job-running", "", &job);
    let cell = job.cells.last_mut().unwrap();
    (cell.state, cell.percent) = (CellState::Failed, None);
    cell.error = Some(Failure {
        code: "ResourceInsufficient.Quota".into(),
        text: "The image quota is used up.".into(),
    });
    show("job-failed", "", &job);
    job.cells.last_mut().unwrap().error = None;
    pictures::done(&mut job);
    show("job-report", "", &job);
    // Two are a list.
    let mut other = job.clone();
    (other.id, other.name) = ("0badcafe".into(), "golden-web-6".into());
    show("jobs", "esc J", &other);
}

#[test]
fn a_job_in_english() {
    job(Lang::En);
}

#[test]
fn a_job_in_chinese() {
    job(Lang::Zh);
}

#[test]
fn any_size_is_drawn_without_a_panic() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    for (width, height) in [(1, 1), (39, 9), (40, 10), (60, 16), (500, 200), (3, 200), (200, 3)] {
        stage.console.send(Message::Resize(width, height));
        for keys in ["1 enter", "esc a", "esc s", "esc D", "esc P", "esc e", "esc u", "esc ?", "esc 3", "1"] {
            stage.console.press(keys).unwrap();
            assert_eq!(stage.console.screen().area.width, width);
        }
    }
}
