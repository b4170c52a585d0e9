//! Jumps to related rows and back, and images with their copies as families.

use cvmshare::{
    messages::Lang,
    model::{Image, ImageKind, Region, Share},
    rules::Standing,
    tui::{Effect, Load, Loaded, Message, Picker, RowId, State, Tab, update},
};

use super::{
    find::{filter, names, text, world},
    keys::{answer, image, press, region},
    places::instance,
    screens::Screens,
    start,
};

fn id(text: &str) -> RowId {
    RowId::Image(text.parse().unwrap())
}

/// Lets the selection settle.
fn settle(state: &mut State) {
    let settled = Message::Settled(state.settle);
    update(state, settled);
}

/// Returns the visible tab, its selected row, the filter, and the notice.
fn place(state: &State) -> (Tab, &str, &str, String) {
    let table = state.table();
    let selected = table.selected.as_ref().map_or("-", RowId::as_str);
    (state.tab, selected, &table.filter, state.notice.clone().map_or(String::new(), |n| n.text))
}

#[test]
fn jumps_name_their_target_and_can_be_retraced() {
    let mut state = world();
    let at = |state: &State, tab, row: &str, filter: &str, says: &str| {
        assert_eq!(place(state), (tab, row, filter, says.to_owned()));
    };
    press(&mut state, "f enter");
    at(
        &state,
        Tab::Instances,
        "ins-aaaaaaaa",
        "image:img-aaaaaaaa",
        "Instances: 1 instance runs it. [ goes back.",
    );
    press(&mut state, "f enter");
    at(&state, Tab::Images, "img-aaaaaaaa", "", "My Images: golden-web-9 · img-aaaaaaaa. [ goes back.");
    press(&mut state, "f j j enter");
    let says = "Regions: ap-guangzhou · South China (Guangzhou). [ goes back.";
    at(&state, Tab::Regions, "ap-guangzhou", "", says);
    press(&mut state, "f j enter");
    at(&state, Tab::Shared, "img-dddddddd", "region:gz", "Shared With Me: 1 received image. [ goes back.");
    press(&mut state, "[");
    at(&state, Tab::Regions, "ap-guangzhou", "", "Back to Regions, ap-guangzhou.");
    assert_eq!(state.tables[1].filter, "", "what the jump filtered is as it was");
    press(&mut state, "[ [");
    let says = "Back to Instances, web-b, filtered by image:img-aaaaaaaa.";
    at(&state, Tab::Instances, "ins-aaaaaaaa", "image:img-aaaaaaaa", says);
    press(&mut state, "[");
    at(&state, Tab::Images, "img-aaaaaaaa", "", "Back to My Images, golden-web-9.");
    press(&mut state, "[");
    let nowhere = "No earlier jump; f goes to related rows.";
    at(&state, Tab::Images, "img-aaaaaaaa", "", nowhere);
    press(&mut state, "] ] ] ]");
    at(
        &state,
        Tab::Shared,
        "img-dddddddd",
        "region:gz",
        "Forward to Shared With Me, theirs, filtered by region:gz.",
    );
    press(&mut state, "]");
    assert!(place(&state).3.starts_with("No later jump"));
    // A new jump drops the later entries of the jump list.
    press(&mut state, "[ f j j enter");
    at(&state, Tab::Instances, "ins-aaaaaaaa", "region:gz", "Instances: 2 instances. [ goes back.");
    press(&mut state, "]");
    assert!(place(&state).3.starts_with("No later jump"));
}

#[test]
fn rows_offer_jumps_or_the_reason_for_none() {
    let mut state = world();
    for (keys, wanted) in [
        (
            "f",
            vec![
                "instances                 1 instance runs it",
                "copies                    no known copies",
                "region                    ap-guangzhou · South China (Guangzhou)",
                "Borealis Games            100000000002 · since now · all images share",
                "100000000009              since now · all images shared with them",
            ],
        ),
        (
            "esc j f",
            vec![
                "instances                 no instance in view uses it",
                "copies                    no known copies",
                "region                    ap-shanghai · East China (Shanghai)",
                "receivers                 asking which accounts it is shared with …",
            ],
        ),
        ("esc 2 f", vec!["100000000003              all images it shares with you"]),
        ("esc 4 j f", vec!["image                     the cloud does not report which image"]),
        ("esc 3 G f", vec!["images                    no known own images there"]),
    ] {
        press(&mut state, keys);
        let shown = text(&state);
        for line in wanted {
            assert!(shown.contains(line), "{keys}: {line}\n{shown}");
        }
    }
    // A jump without a target says so and changes nothing.
    press(&mut state, "enter");
    assert_eq!(place(&state).3, "no known own images there.");
    assert!(state.dialogs.len() == 1 && state.top::<Picker>().is_some());
    // A jump from a receiver shows everything that is shared with them.
    press(&mut state, "esc 1 g f G k enter");
    let says = "My Images: 100000000002 · since now · all images shared with them. [ goes back.";
    assert_eq!(place(&state), (Tab::Images, "img-aaaaaaaa", "to:100000000002", says.to_owned()));
}

#[test]
fn a_jump_to_a_filtered_row_removes_the_filter() {
    let mut state = world();
    filter(&mut state, "base");
    press(&mut state, "4 f enter");
    assert_eq!((state.selected(), state.table().filter.as_str()), (Some(&id("img-aaaaaaaa")), ""));
    press(&mut state, "[ 1");
    filter(&mut state, "web");
    press(&mut state, "4 f enter");
    assert_eq!((state.selected(), state.table().filter.as_str()), (Some(&id("img-aaaaaaaa")), "web"));
    // A hidden received image is shown.
    let mut state = world();
    state.notes.hidden.insert("img-dddddddd".parse().unwrap());
    let mut more = vec![instance("ins-cccccccc", "theirs-1", Some("img-dddddddd"))];
    more[0].region = region();
    press(&mut state, "4 r");
    answer(&mut state, Load::Instances(region()), Ok(Loaded::Instances(more)));
    press(&mut state, "f enter");
    assert_eq!(
        (state.tab, state.selected(), state.show_hidden),
        (Tab::Shared, Some(&id("img-dddddddd")), true)
    );
}

/// `web` in three regions with the original in Guangzhou; a copy of it under another name, made by a job; and an image
/// of the same name with another operating system.
fn families(size: (u16, u16)) -> State {
    let mut state = world();
    state.size = size;
    let at = |id: &str, hours, code: &str| Image {
        region: code.parse().unwrap(),
        ..image(id, "web", hours, ImageKind::Own)
    };
    let codes = ["ap-guangzhou", "ap-shanghai", "ap-beijing", "eu-frankfurt", "ap-tokyo"];
    let codes = codes.map(|code| code.parse::<Region>().unwrap());
    state.view = codes.to_vec();
    press(&mut state, "r");
    let other = image("img-other000", "base", 9, ImageKind::Own);
    let all = [
        vec![at("img-web00001", 100, "ap-guangzhou"), other],
        vec![at("img-web00002", 90, "ap-shanghai")],
        vec![at("img-web00003", 80, "ap-beijing")],
        vec![Image { os: "Windows".into(), ..at("img-web00004", 70, "eu-frankfurt") }],
        vec![Image { name: "web-tokyo".into(), ..at("img-web00005", 60, "ap-tokyo") }],
    ];
    for (region, images) in codes.into_iter().zip(all) {
        answer(&mut state, Load::Images(region), Ok(Loaded::Images(images)));
    }
    let copies = state.facts.facts_mut().copies.entry("img-web00002".parse().unwrap()).or_default();
    copies.insert("ap-tokyo".parse().unwrap(), "img-web00005".parse().unwrap());
    for (n, shares) in [(1, 41), (2, 50), (3, 0), (4, 0), (5, 1)] {
        let share =
            |k: u64| Share { account: (200000000000 + k).to_string().parse().unwrap(), since: Some(start()) };
        state
            .facts
            .facts_mut()
            .set_shares(format!("img-web0000{n}").parse().unwrap(), (0..shares).map(share).collect());
    }
    press(&mut state, "k");
    state
}

#[test]
fn copies_can_be_grouped_under_the_row_of_the_original() {
    for (typed, each, one) in [
        (
            "",
            &["base", "web-tokyo", "web", "web", "web", "web"] as &[&str],
            &["base", "web", "web"] as &[&str],
        ),
        ("web", &["web-tokyo", "web", "web", "web", "web"], &["web", "web"]),
        // The first row that matches the filter represents the family.
        ("region:tyo", &["web-tokyo"], &["web-tokyo"]),
        ("region:sh", &["web"], &["web"]),
        ("web !region:gz", &["web-tokyo", "web", "web", "web"], &["web", "web"]),
    ] {
        let mut state = families((80, 24));
        filter(&mut state, typed);
        assert_eq!(names(&state), each, "{typed:?}");
        press(&mut state, "F");
        assert_eq!(names(&state), one, "{typed:?}, one row each");
        press(&mut state, "F");
        assert_eq!(names(&state), each, "{typed:?}, and back");
    }
    let mut state = families((80, 24));
    press(&mut state, "F");
    let rows: Vec<&str> = state.table().rows.iter().map(RowId::as_str).collect();
    assert_eq!(rows, ["img-other000", "img-web00004", "img-web00001"]);
    state.notice = None;
    assert!(text(&state).contains("copies grouped · 3 rows"), "{}", text(&state));
    press(&mut state, "2 F");
    assert!(!state.table().families, "only own images have copies that are ours");
}

#[test]
fn an_action_on_a_family_applies_to_the_image_of_its_row() {
    let mut state = families((100, 30));
    press(&mut state, "F G");
    settle(&mut state);
    let shown = text(&state);
    assert!(shown.contains("actions affect ap-guangzhou, not its 3 copies"), "{shown}");
    let effects = press(&mut state, "e");
    let says = "Applies only to web in ap-guangzhou; its 3 copies are not affected.";
    assert_eq!(place(&state).3, says);
    assert_eq!(effects, [] as [Effect; 0]);
    press(&mut state, "esc g e");
    assert_eq!(place(&state).3, "", "an image without copies is itself");
    press(&mut state, "esc space G space D");
    assert_eq!(place(&state).3, "Applies only to the image in each row, not to its copies.");
    // This needs no limits of another account.
    assert_eq!(state.facts.standing.limits, Standing::default().limits);
}

#[test]
fn details_list_copies_with_region_state_and_shares() {
    for lang in [Lang::EN, Lang::ZH] {
        let mut state = families((200, 50));
        state.lang = lang;
        let mut screens = Screens::new("jumps", lang);
        filter(&mut state, "web region:sh");
        press(&mut state, "enter");
        screens.see("family", &state);
        press(&mut state, "esc esc F G");
        settle(&mut state);
        state.notice = None;
        screens.see("families", &state);
        press(&mut state, "f");
        screens.see("go-to", &state);
        screens.done();
    }
}
