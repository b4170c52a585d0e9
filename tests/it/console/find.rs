//! Finding rows: words and terms of the filter, sorting by value, marks.

use cvmshare::{
    model::{Image, ImageKind, ImageState, Instance, Region, Share},
    tui::{Load, Loaded, RowId, State, screens::frame, test_driver, update},
};
use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    keys::{answer, image, press, region, state},
    places::instance,
    start,
};

/// Types a text, with spaces, into the filter.
pub(super) fn filter(state: &mut State, text: &str) {
    press(state, "/ ctrl-u");
    for c in text.chars() {
        let key = if c == ' ' { "space".to_owned() } else { c.to_string() };
        press(state, &key);
    }
    press(state, "enter");
}

/// Returns the names of the rows in their order.
pub(super) fn names(state: &State) -> Vec<String> {
    let name = |row: &RowId| match row {
        RowId::Image(id) => state.facts.image(id).unwrap().name.to_string(),
        RowId::Instance(id) => state.facts.instance(id).unwrap().name.clone(),
        RowId::Region(region) => region.to_string(),
    };
    state.table().rows.iter().map(name).collect()
}

pub(super) fn screen(state: &State) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
    frame::draw(state, &mut buffer);
    buffer
}

pub(super) fn text(state: &State) -> String {
    test_driver::lines(&screen(state)).join("\n")
}

fn share(uin: &str) -> Share {
    Share { account: uin.parse().unwrap(), since: Some(start()) }
}

fn at(id: &str, name: &str, hours: i64, code: &str) -> Image {
    Image { region: code.parse().unwrap(), ..image(id, name, hours, ImageKind::Own) }
}

/// Four own images in two regions, one of them failed and one of unknown age. The shares of three are known.
pub(super) fn world() -> State {
    let mut state = state();
    let shanghai: Region = "ap-shanghai".parse().unwrap();
    state.view = vec![region(), shanghai.clone()];
    press(&mut state, "r");
    let web =
        Image { description: "for the Shop".into(), ..at("img-aaaaaaaa", "golden-web-9", 1, "ap-guangzhou") };
    let ten = Image { size_gib: 100, ..at("img-bbbbbbbb", "golden-web-10", 200, "ap-guangzhou") };
    let failed = Image {
        state: ImageState::CreateFailed,
        created_at: None,
        os: "Windows Server".into(),
        ..at("img-cccccccc", "Backup-of-prod", 0, "ap-guangzhou")
    };
    let received = Image {
        creator: Some("100000000003".into()),
        ..image("img-dddddddd", "theirs", 4, ImageKind::Received)
    };
    answer(&mut state, Load::Images(region()), Ok(Loaded::Images(vec![web, ten, failed, received])));
    let here = vec![at("img-eeeeeeee", "base-arm", 30, "ap-shanghai")];
    answer(&mut state, Load::Images(shanghai), Ok(Loaded::Images(here)));
    state.facts.facts_mut().accounts.insert("100000000002".parse().unwrap(), "Borealis Games".into());
    for (id, shares) in [
        ("img-aaaaaaaa", vec![share("100000000002"), share("100000000009")]),
        ("img-bbbbbbbb", vec![]),
        ("img-cccccccc", vec![]),
    ] {
        state.facts.facts_mut().set_shares(id.parse().unwrap(), shares);
    }
    let machines: Vec<Instance> = vec![
        Instance {
            private_ips: vec!["10.0.0.10".into()],
            ..instance("ins-aaaaaaaa", "web-b", Some("img-aaaaaaaa"))
        },
        Instance { private_ips: vec!["10.0.0.9".into()], ..instance("ins-bbbbbbbb", "web-a", None) },
    ];
    answer(&mut state, Load::Instances(region()), Ok(Loaded::Instances(machines)));
    press(&mut state, "k");
    state
}

#[test]
fn a_filter_combines_words_and_terms() {
    let own: &[(&str, &[&str])] = &[
        ("", &["golden-web-9", "base-arm", "golden-web-10", "Backup-of-prod"]),
        ("web", &["golden-web-9", "golden-web-10"]),
        ("gw1", &["golden-web-10"]),
        ("GLDN web", &["golden-web-9", "golden-web-10"]),
        ("web !10", &["golden-web-9"]),
        ("!web", &["base-arm", "Backup-of-prod"]),
        ("shop", &["golden-web-9"]),
        // Scattered letters match only in names.
        ("fts", &[]),
        ("state:normal", &["golden-web-9", "base-arm", "golden-web-10"]),
        ("!state:normal", &["Backup-of-prod"]),
        ("STATE:Fail", &["Backup-of-prod"]),
        ("region:sh", &["base-arm"]),
        ("region:shang", &["base-arm"]),
        ("region:Guangzhou web", &["golden-web-9", "golden-web-10"]),
        ("name:web-1", &["golden-web-10"]),
        ("name:gw", &[]),
        ("id:bbbb", &["golden-web-10"]),
        ("os:windows", &["Backup-of-prod"]),
        ("arch:x86 !os:windows !web", &["base-arm"]),
        // The shares of base-arm are unknown, so the row stays until they are read.
        ("shared:>0", &["golden-web-9", "base-arm"]),
        ("shared:0", &["base-arm", "golden-web-10", "Backup-of-prod"]),
        ("!shared:0", &["golden-web-9", "base-arm"]),
        ("shared:<=2 shared:>=2", &["golden-web-9", "base-arm"]),
        ("to:borealis", &["golden-web-9", "base-arm"]),
        ("to:100000000002 web", &["golden-web-9"]),
        ("size:>50", &["golden-web-10"]),
        ("age:<1d", &["golden-web-9"]),
        ("age:>1 age:<1w", &["base-arm"]),
        ("copies:0 web", &["golden-web-9", "golden-web-10"]),
        ("family:img-bbbbbbbb", &["golden-web-10"]),
        // Terms without a value yet match every row.
        ("state: shared:> ! web", &["golden-web-9", "golden-web-10"]),
    ];
    for (typed, wanted) in own {
        let mut state = world();
        filter(&mut state, typed);
        assert_eq!(names(&state), *wanted, "{typed:?}");
    }
    for (tab, typed, wanted) in [
        ("2", "owner:100000000003", &["theirs"] as &[&str]),
        ("2", "!owner:3", &[]),
        ("3", "own:>0", &["ap-guangzhou", "ap-shanghai"]),
        ("3", "instances:2", &["ap-guangzhou"]),
        ("4", "image:golden", &["web-b"]),
        ("4", "image:img-aaaaaaaa ip:10.0.0", &["web-b"]),
        ("4", "10.0.0.9", &["web-a"]),
        ("4", "region:gz", &["web-b", "web-a"]),
        ("4", "region:guangzhou-3 from:own", &["web-b"]),
    ] {
        let mut state = world();
        press(&mut state, tab);
        filter(&mut state, typed);
        assert_eq!(names(&state), wanted, "{tab}: {typed:?}");
    }
}

#[test]
fn unknown_terms_are_reported_while_typing_and_match_no_row() {
    for (tab, typed, said) in [
        (
            "1",
            "stat:normal",
            "Unknown term stat: here. Use one of name: id: region: state: shared: to: copies:",
        ),
        ("1", "web shared:many", "shared: needs a number, such as shared:0 or shared:>3."),
        ("1", "age:<soon", "age: needs a time, such as age:<7d or age:>2h."),
        ("1", "family:web", "family: needs an image ID, such as family:img-6pb6lrmy."),
        ("4", "shared:0", "Unknown term shared: here. Use one of name: id: region: state: image:"),
    ] {
        let mut state = world();
        press(&mut state, &format!("{tab} /"));
        for c in typed.chars() {
            press(&mut state, &(if c == ' ' { "space".into() } else { c.to_string() }));
        }
        let shown = text(&state).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(said) && shown.contains("· invalid filter"), "{shown}");
        assert_eq!(state.table().rows, [], "{typed}");
    }
}

/// However a filter is typed, the rows are the same as for the complete filter.
#[test]
fn a_filter_typed_in_steps_shows_the_same_rows_as_one_typed_at_once() {
    for typed in
        ["web region:gz !10", "g w 1", "region:sh", "!we", "shared:>10", "st:ate:n web", "state:normal b"]
    {
        let mut letter_by_letter = world();
        press(&mut letter_by_letter, "/");
        let mut seen = String::new();
        let letters: Vec<char> = typed.chars().collect();
        for c in letters {
            seen.push(c);
            press(&mut letter_by_letter, &(if c == ' ' { "space".into() } else { c.to_string() }));
            let mut at_once = world();
            press(&mut at_once, "/");
            update(&mut at_once, cvmshare::tui::Message::Paste(seen.clone()));
            assert_eq!(names(&letter_by_letter), names(&at_once), "{seen:?}");
        }
        while seen.pop().is_some() {
            press(&mut letter_by_letter, "backspace");
            let mut at_once = world();
            press(&mut at_once, "/");
            update(&mut at_once, cvmshare::tui::Message::Paste(seen.clone()));
            assert_eq!(names(&letter_by_letter), names(&at_once), "back to {seen:?}");
        }
    }
}

#[test]
fn unknown_shares_are_loaded_in_sight_and_then_filtered() {
    let mut state = world();
    filter(&mut state, "shared:>0");
    assert!(text(&state).contains("/ shared:>0 · 2 rows, 1 unknown so far"), "{}", text(&state));
    let shares = Load::Shares("ap-shanghai".parse().unwrap(), "img-eeeeeeee".parse().unwrap());
    answer(&mut state, shares, Ok(Loaded::Shares(Vec::new())));
    assert_eq!(names(&state), ["golden-web-9"]);
    assert!(text(&state).contains("/ shared:>0 · 1 row"), "{}", text(&state));
}

/// Returns the underlined letters of each row.
fn underlined(state: &State) -> Vec<String> {
    let screen = screen(state);
    let rows = frame::Layout::new(screen.area, state.tab).rows;
    let found = (rows.top()..rows.bottom()).map(|y| {
        let cells = (0..screen.area.width).map(|x| &screen[(x, y)]);
        let marked = cells.filter(|c| c.modifier.contains(ratatui::style::Modifier::UNDERLINED));
        marked.map(|c| c.symbol()).collect::<String>()
    });
    found.filter(|found| !found.is_empty()).collect()
}

#[test]
fn matched_letters_are_underlined_in_names() {
    for (typed, wanted) in [
        ("web", &["web", "web"] as &[&str]),
        ("gw1", &["gw1"]),
        ("go name:web", &["goweb", "goweb"]),
        ("shop", &[]),
        ("!arm region:gz", &[]),
        ("", &[]),
    ] {
        let mut state = world();
        filter(&mut state, typed);
        assert_eq!(underlined(&state), wanted, "{typed:?}");
    }
    // Names that are cut off or neutralised have no underlines.
    let mut state = world();
    let long = Image {
        name: format!("{}-web", "x".repeat(60)).into(),
        ..image("img-aaaaaaaa", "", 1, ImageKind::Own)
    };
    let hostile = Image { name: "\u{1b}[31mweb".into(), ..image("img-bbbbbbbb", "", 2, ImageKind::Own) };
    let wide = Image { name: "镜像-web".into(), ..image("img-cccccccc", "", 3, ImageKind::Own) };
    state.facts.facts_mut().add_images([long, hostile, wide]);
    filter(&mut state, "web");
    assert_eq!((names(&state).len(), underlined(&state)), (3, vec!["web".to_owned()]));
}

#[test]
fn columns_sort_by_value_and_unknown_values_are_last() {
    // Sorts by each column in turn.
    let mut state = world();
    let (guangzhou, shanghai) = ("ap-guangzhou", "ap-shanghai");
    let (nine, ten, arm, prod) = ("golden-web-9", "golden-web-10", "base-arm", "Backup-of-prod");
    let orders = [
        ("NAME", [prod, arm, ten, nine], [nine, ten, arm, prod]),
        ("ID", [nine, ten, prod, arm], [arm, prod, ten, nine]),
        ("REGION", [nine, ten, prod, arm], [arm, nine, ten, prod]),
        ("STATE", [prod, nine, ten, arm], [nine, ten, arm, prod]),
        ("SIZE", [nine, prod, arm, ten], [ten, nine, prod, arm]),
        ("SHARED", [ten, prod, nine, arm], [nine, ten, prod, arm]),
        ("COPIES", [nine, ten, prod, arm], [nine, ten, prod, arm]),
        ("AGE", [nine, arm, ten, prod], [ten, arm, nine, prod]),
    ];
    for (head, up, down) in orders {
        press(&mut state, ">");
        assert_eq!(names(&state), up, "{head} up");
        press(&mut state, "=");
        assert_eq!(names(&state), down, "{head} down");
        press(&mut state, "=");
        state.size = (200, 40);
        assert!(text(&state).contains(&format!("{head} ↑")), "{head}: {}", text(&state));
    }
    press(&mut state, "4");
    let mut seen = Vec::new();
    for _ in 0..10 {
        press(&mut state, ">");
        seen.push(names(&state)[0].clone());
    }
    // Name, ID, zone, state, image (unknown last), source (same), time, type, address (9 before 10), age.
    let (a, b) = ("web-a", "web-b");
    assert_eq!(seen, [a, b, b, b, b, b, b, b, a, b]);
    press(&mut state, "3");
    let column = |state: &mut State, n: usize| {
        state.tables[2].sort = cvmshare::tui::Tab::Regions.columns()[n].field;
        state.tables[2].mark_stale();
        press(state, "k");
        names(state)[..2].to_vec()
    };
    for (n, wanted) in [(2, [guangzhou, shanghai]), (3, [guangzhou, shanghai]), (4, [guangzhou, shanghai])] {
        assert_eq!(column(&mut state, n), wanted, "regions, column {n}");
    }
    press(&mut state, "=");
    // Received images: none in Shanghai before one in Guangzhou, and both before unread regions.
    assert_eq!(column(&mut state, 4), [shanghai, guangzhou]);
}

#[test]
fn marks_survive_filters_and_refreshes_and_extend_to_ranges() {
    let marked = |state: &State| {
        let mut all: Vec<&str> = state.table().marks.iter().map(|m| &m.as_str()[4..5]).collect();
        all.sort_unstable();
        all.join("")
    };
    // By age: a, e, b, c.
    for (keys, wanted, said) in [
        ("space space", "ae", ""),
        ("space G v", "abce", "Marked 4 rows, from the last mark to here."),
        ("G space g j v", "bce", "Marked 3 rows, from the last mark to here."),
        ("v", "a", "Marked. Press the same key on another row to mark all rows up to it."),
        ("v j v", "ae", "Marked 2 rows, from the last mark to here."),
        ("v j v G v", "abce", "Marked 3 rows, from the last mark to here."),
        ("space *", "bce", ""),
        ("space esc", "", ""),
        ("space k space j v", "b", "Marked. Press the same key on another row to mark all rows up to it."),
        ("space / b a s e enter", "a", ""),
        ("space / b a s e enter *", "ae", ""),
        ("space / b a s e enter esc", "a", ""),
        ("space / b a s e enter esc esc", "", ""),
        ("space r", "a", "Refreshing."),
    ] {
        let mut state = world();
        press(&mut state, keys);
        let notice = state.notice.clone().map_or(String::new(), |n| n.text);
        assert_eq!((marked(&state).as_str(), notice.as_str()), (wanted, said), "{keys}");
    }
    let mut state = world();
    press(&mut state, "space space / b a s e enter");
    assert!(text(&state).contains("/ base · 1 row · 2 marked, 1 not shown"), "{}", text(&state));
    // Marks of deleted images are removed; the others stay.
    press(&mut state, "esc r");
    let left = vec![image("img-bbbbbbbb", "golden-web-10", 200, ImageKind::Own)];
    answer(&mut state, Load::Images(region()), Ok(Loaded::Images(left)));
    assert_eq!(marked(&state), "e");
}
