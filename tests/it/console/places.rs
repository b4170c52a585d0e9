//! The tabs Regions and Instances: their requests, their content, and the world map.

use cvmshare::{
    model::{Catalog, Image, ImageKind, ImageState, Instance, Region},
    rules::{Action, Code, check, clear, route},
    tui::{
        Effect, Load, Loaded, Message, Performed, RowId, State, Tab,
        screens::frame::{self, Layout},
        test_driver::{self, TestDriver},
        update,
    },
};
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Modifier},
};

use super::{
    Stage, advance,
    keys::{answer, image, state},
    setup, start,
};
use crate::fixtures;

const GZ: &str = "ap-guangzhou";

fn region(code: &str) -> Region {
    code.parse().unwrap()
}

fn at(id: &str, name: &str, code: &str) -> Image {
    Image { region: region(code), ..image(id, name, 5, ImageKind::Own) }
}

pub(super) fn instance(id: &str, name: &str, runs: Option<&str>) -> Instance {
    Instance { created_at: Some(start()), ..fixtures::instance(id, GZ, name, runs) }
}

fn press(state: &mut State, keys: &str) -> Vec<Load> {
    let mut loads = Vec::new();
    for key in keys.split_whitespace() {
        let effects = update(state, Message::Key(key.parse().unwrap()));
        let settled = update(state, Message::Settled(state.settle));
        loads.extend(effects.into_iter().chain(settled).filter_map(|e| match e {
            Effect::Load { load, .. } => Some(load),
            _ => None,
        }));
    }
    loads
}

fn screen(state: &State) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
    frame::draw(state, &mut buffer);
    buffer
}

fn text(state: &State) -> String {
    test_driver::lines(&screen(state)).join("\n")
}

/// Returns the text of the details pane as one line.
fn pane(state: &State) -> String {
    let layout = Layout::new(screen(state).area, state.tab);
    let lines = test_driver::lines(&screen(state));
    let pane = lines[usize::from(layout.pane.y)..usize::from(layout.pane.bottom())].iter();
    let cut = pane.map(|l| l.chars().take(usize::from(layout.pane.width)).collect::<String>());
    cut.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn quotas_are_loaded_once_for_visible_rows_in_view() {
    let mut state = state();
    state.view = ["ap-guangzhou", "ap-beijing", "ap-shanghai"].map(region).to_vec();
    let mut asked = press(&mut state, "3");
    asked.sort();
    assert_eq!(asked, ["ap-beijing", "ap-guangzhou", "ap-shanghai"].map(|r| Load::Quota(region(r))));
    assert_eq!(press(&mut state, "j j k 4 3 G g"), [], "each once");
    answer(&mut state, Load::Quota(region(GZ)), Ok(Loaded::Quota(4)));
    assert!(text(&state).contains("3 of 4"), "{}", text(&state));
    assert_eq!(press(&mut state, "j"), []);

    // Only for the rows in sight.
    let mut state = super::keys::state();
    state.view = Catalog::get().iter().map(|r| r.region.clone()).collect();
    state.size = (80, 16);
    let height = state.rows_height();
    assert_eq!((press(&mut state, "3").len(), height < 20), (height, true));
    assert_eq!(press(&mut state, "G").len(), height);
}

#[test]
fn a_region_out_of_view_is_dim_with_a_hint() {
    for (known, said) in [
        (false, "own images not loaded · o adds it to the view"),
        (
            true,
            "own images 1 of 10 (from the docs) · room for 9 · not in view, not refreshed received 1 received",
        ),
    ] {
        let mut state = state();
        state.size = (140, 28);
        if known {
            let received = Image { kind: ImageKind::Received, ..at("img-eeeeeee1", "r", "ap-beijing") };
            let images = vec![at("img-eeeeeeee", "e", "ap-beijing"), received];
            state.facts.facts_mut().set_images(&region("ap-beijing"), images, start());
        }
        press(&mut state, "3 / b e i j i n g enter");
        assert_eq!(state.selected(), Some(&RowId::Region(region("ap-beijing"))));
        let shown = screen(&state);
        let y = Layout::new(shown.area, Tab::Regions).rows.y;
        let row = test_driver::lines(&shown)[usize::from(y)].clone();
        assert_eq!(row.contains("1 of 10"), known, "{row}");
        // All except the selected name.
        let loud: Vec<&str> = (25..shown.area.width)
            .map(|x| &shown[(x, y)])
            .filter(|c| c.symbol() != " " && !c.modifier.intersects(Modifier::DIM | Modifier::REVERSED))
            .map(|c| c.symbol())
            .collect();
        assert_eq!(loud, [""; 0], "{row}");
        assert!(pane(&state).contains(said), "{}", pane(&state));
    }
}

/// A region goes from enough quota over nearly full to full; a full region takes no copies.
#[test]
fn full_regions_are_red_and_take_no_copies() {
    let mut state = state();
    // Wide enough to give each fact a line.
    state.size = (300, 28);
    press(&mut state, "3");
    for (quota, color, said) in [
        (10, Color::Reset, "3 of 10 (from the cloud) · room for 7"),
        (4, Color::Reset, "3 of 4 (from the cloud) · room for 1"),
        (3, Color::Red, "3 of 3 (from the cloud) · full"),
    ] {
        state.facts.facts_mut().regions.get_mut(&region(GZ)).unwrap().quota = Some(quota);
        let shown = screen(&state);
        let layout = Layout::new(shown.area, Tab::Regions);
        let line = &test_driver::lines(&shown)[usize::from(layout.rows.y)];
        let x = line.find(" of ").unwrap() as u16 - 3;
        let drawn = shown[(x, layout.rows.y)].fg;
        assert_eq!((drawn, pane(&state).contains(said)), (color, true), "{quota}: {}", pane(&state));
        let one_way = "one way to Shanghai, Nanjing, Beijing, Chengdu, Chongqing; not from: \
                       ap-guangzhou is full: 3 of 3 images";
        assert_eq!(pane(&state).contains(one_way), quota == 3, "{}", pane(&state));
    }
    state.facts.facts_mut().regions.get_mut(&region(GZ)).unwrap().quota = Some(3);
    // Four of five is nearly full.
    state.facts.facts_mut().add_images([at("img-eeeeeeee", "epsilon", GZ)]);
    state.facts.facts_mut().regions.get_mut(&region(GZ)).unwrap().quota = Some(5);
    let shown = screen(&state);
    let y = Layout::new(shown.area, Tab::Regions).rows.y;
    assert!((0..300).any(|x| shown[(x, y)].fg == Color::Yellow), "{}", text(&state));
}

/// For two regions, the console says the same as the rules for a copy between them.
#[test]
fn possible_copies_between_regions_are_those_of_the_rules() {
    let mut state = state();
    let all: Vec<Region> = Catalog::get().iter().map(|r| r.region.clone()).collect();
    for region in &all {
        state.facts.facts_mut().set_images(region, Vec::new(), start());
    }
    state.facts.facts_mut().regions.get_mut(&region("ap-tokyo")).unwrap().quota = Some(0);
    let rows = [Code::CopyCrossBorder, Code::CopyFinance, Code::CopyNoCopyRegion, Code::CopyQuota];
    for from in &all {
        let source = at("img-ffffffff", "source", from.as_str());
        state.facts.facts_mut().add_images([source.clone()]);
        for to in all.iter().filter(|to| *to != from) {
            let copy = Action::Copy { image: source.id.clone(), to: vec![to.clone()], name: None };
            let mut verdict = check(&copy, &state.facts).reasons;
            verdict.retain(|r| rows.contains(&r.code));
            let mut ways = route(from, to, &state.facts);
            for reasons in [&mut verdict, &mut ways] {
                reasons.sort_by_key(|r| r.code.as_str());
            }
            assert_eq!(verdict, ways, "{from} to {to}");
        }
    }
}

#[test]
fn details_of_a_region_list_what_blocks_copies_to_others() {
    let mut state = state();
    state.size = (120, 70);
    press(&mut state, "3 / t a i p e i enter");
    assert_eq!(state.selected(), Some(&RowId::Region(region("ap-taipei"))));
    assert!(pane(&state).contains("one way to Hong Kong, Singapore"), "{}", pane(&state));
    press(&mut state, "enter");
    let text = text(&state);
    for wanted in [
        "  not possible    ap-guangzhou, ap-shanghai, ap-nanjing, ap-beijing, ap-chengdu, ap-chongqing",
        "                  Only the vendor's support can copy images across the border of mainland China.",
        "                  not from: ap-taipei does not accept copies of images.",
        "  only to them    ap-hongkong, ap-singapore, ap-jakarta, ap-bangkok, ap-seoul,",
        "  not possible    ap-shanghai-fsi, ap-shenzhen-fsi",
        "                  Images can be copied only between finance regions.",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
}

/// Returns the number of map cells in which two screens differ.
fn changed(a: &Buffer, b: &Buffer) -> usize {
    let map = Layout::new(a.area, Tab::Regions).map.unwrap();
    map.positions().filter(|p| a[*p] != b[*p]).count()
}

#[test]
fn moving_the_selection_changes_only_its_signs_on_the_map() {
    for size in [(100, 30), (120, 40), (200, 50)] {
        let mut stage = Stage::tour(size);
        stage.quiet();
        stage.press("3");
        let (mut before, mut moves) = (stage.console.screen(), 0);
        for row in 1..20 {
            stage.press("j");
            let now = stage.console.screen();
            let cells = changed(&before, &now);
            // Neighbouring regions may share a cell.
            assert!(cells <= 2, "{size:?}, row {row}: {cells} cells\n{}", stage.text());
            moves += usize::from(cells == 2);
            before = now;
        }
        assert!(moves > 12, "{size:?}: the sign moved {moves} times");
        // A day later nothing has changed.
        stage.console.state.now = start() + jiff::SignedDuration::from_hours(24);
        assert_eq!(changed(&before, &stage.console.screen()), 0);
    }
}

/// The map shows a line from Singapore to California while a copy is running, and none afterwards.
#[test]
fn a_running_copy_is_a_line_on_the_map_and_a_count_in_the_table() {
    let mut state = state();
    state.size = (120, 40);
    let (sg, ca) = ("ap-singapore", "na-siliconvalley");
    state.view = vec![region(sg), region(ca)];
    let copy = Image { state: ImageState::Syncing, sync_percent: Some(42), ..at("img-bbbbbbb1", "edge", ca) };
    state.facts.facts_mut().set_images(&region(sg), vec![at("img-aaaaaaa1", "edge", sg)], start());
    state.facts.facts_mut().set_images(&region(ca), vec![copy.clone()], start());
    press(&mut state, "3 / s i l i enter");
    let map = Layout::new(screen(&state).area, Tab::Regions).map.unwrap();
    let line = |state: &State| {
        let shown = screen(state);
        map.positions().filter(|p| shown[*p].fg == Color::Yellow).count()
    };
    let long = line(&state);
    assert!(long > 20, "{long} cells\n{}", text(&state));
    assert!(pane(&state).contains("copying edge 42 %, probably from Singapore"), "{}", pane(&state));
    let row = |state: &State| {
        let layout = Layout::new(screen(state).area, Tab::Regions);
        let line = &test_driver::lines(&screen(state))[usize::from(layout.rows.y)];
        line.split_whitespace().rev().take(4).map(str::to_owned).collect::<Vec<_>>()
    };
    // From the right: copies within, copying, instances (not loaded), received.
    assert_eq!(row(&state)[..3], ["overseas", "1", "-"], "{}", text(&state));
    // A change of the percentage does not change the map.
    let before = screen(&state);
    state.facts.facts_mut().add_images([Image { sync_percent: Some(43), ..copy.clone() }]);
    assert_eq!(changed(&before, &screen(&state)), 0);
    // There is a second possible source, so no line is drawn for a guess.
    state.facts.facts_mut().set_images(
        &region("ap-tokyo"),
        vec![at("img-ccccccc1", "edge", "ap-tokyo")],
        start(),
    );
    assert_eq!(line(&state), 0);
    let told = pane(&state);
    assert!(told.contains("copying edge 43 %") && !told.contains("from Singapore"), "{told}");
    // The source is known from a job.
    let sources = state.facts.facts_mut().copies.entry("img-aaaaaaa1".parse().unwrap()).or_default();
    sources.insert(region(ca), copy.id.clone());
    assert_eq!(line(&state), long);
    assert!(pane(&state).contains("copying edge 43 % from Singapore"), "{}", pane(&state));
    state.facts.facts_mut().add_images([Image { state: ImageState::Normal, sync_percent: None, ..copy }]);
    assert_eq!((line(&state), pane(&state).contains("copying")), (0, false));
    assert_eq!(row(&state)[1], "-");
}

#[test]
fn the_map_works_in_ascii_and_without_colours() {
    let mut stage = Stage::tour((120, 40));
    stage.quiet();
    stage.press("3 j j");
    stage.console.state.looks.ascii = true;
    stage.console.state.looks.theme = cvmshare::tui::Theme::builtin("mono").unwrap();
    let shown = stage.console.screen();
    let map = Layout::new(shown.area, Tab::Regions).map.unwrap();
    let odd: Vec<_> = map.positions().map(|p| &shown[p]).filter(|c| !c.symbol().is_ascii()).collect();
    assert_eq!(odd, Vec::<&ratatui::buffer::Cell>::new());
    assert!(map.positions().all(|p| shown[p].fg == Color::Reset));
    let selected: Vec<_> =
        map.positions().filter(|p| shown[*p].modifier.contains(Modifier::REVERSED)).collect();
    assert_eq!(selected.len(), 1);
}

#[test]
fn an_unlisted_image_of_an_instance_is_loaded_once() {
    let mut state = state();
    let all = vec![
        instance("ins-aaaaaaaa", "own", Some("img-aaaaaaaa")),
        instance("ins-bbbbbbbb", "public", Some("img-pppppppp")),
        instance("ins-cccccccc", "lost", Some("img-gggggggg")),
        instance("ins-dddddddd", "unsaid", None),
    ];
    state.facts.facts_mut().set_instances(&region(GZ), all, start());
    let unknown = ["img-gggggggg", "img-pppppppp"].map(|id| Load::Image(region(GZ), id.parse().unwrap()));
    let mut asked = press(&mut state, "4");
    asked.sort();
    assert_eq!(asked, unknown);
    let [lost, public] = unknown;
    answer(&mut state, lost, Ok(Loaded::Image(Box::new(None))));
    let ubuntu = Image { kind: ImageKind::Public, ..at("img-pppppppp", "Ubuntu 24.04", GZ) };
    answer(&mut state, public.clone(), Ok(Loaded::Image(Box::new(Some(ubuntu)))));
    assert_eq!(press(&mut state, "j j k"), []);
    let rows = |state: &State| -> Vec<String> {
        let lines = test_driver::lines(&screen(state));
        let rows =
            lines[3..7].iter().map(|l| l.replace('▌', "").split_whitespace().collect::<Vec<_>>().join(" "));
        rows.collect::<Vec<String>>()
    };
    let mut shown = rows(&state);
    shown.sort();
    let wanted = [
        "lost RUNNING img-gggggggg not visible -",
        "own RUNNING alpha own -",
        "public RUNNING Ubuntu 24.04 public -",
        "unsaid RUNNING - - -",
    ];
    assert_eq!(shown, wanted);
    // A complete read of own and received images says nothing about public ones.
    let own = vec![at("img-aaaaaaaa", "alpha", GZ)];
    state.facts.facts_mut().set_images(&region(GZ), own, start());
    assert_eq!(state.facts.image(&"img-pppppppp".parse().unwrap()).map(|i| i.kind), Some(ImageKind::Public));
}

#[test]
fn images_made_from_an_instance_are_counted_and_named() {
    let mut state = state();
    let id = "ins-aaaaaaaa";
    state.facts.facts_mut().set_instances(
        &region(GZ),
        vec![instance(id, "web", Some("img-aaaaaaaa"))],
        start(),
    );
    press(&mut state, "4");
    assert!(
        pane(&state).contains("made no derived images known: the cloud does not record them"),
        "{}",
        pane(&state)
    );
    let capture = Action::Capture { instance: id.parse().unwrap(), name: Some("web-2".into()) };
    let shown = check(&capture, &state.facts);
    let cleared = clear(capture, &state.facts, &shown).unwrap();
    let made = at("img-eeeeeeee", "web-2", GZ);
    let performed = Performed {
        image: Some(made.clone()),
        made: Some(RowId::Image(made.id.clone())),
        ..Performed::new(cleared)
    };
    let epoch = state.epoch;
    update(&mut state, Message::Performed { epoch, performed: Box::new(performed) });
    state.facts.facts_mut().add_images([made.clone(), at("img-eeeeeee2", "web-2", "ap-beijing")]);
    // A copy of this image counts as made from the instance too.
    let copies = state.facts.facts_mut().copies.entry(made.id.clone()).or_default();
    copies.insert(region("ap-beijing"), "img-eeeeeee2".parse().unwrap());
    let told = pane(&state);
    for wanted in [
        "made web-2 · img-eeeeeee2 · ap-beijing · NORMAL",
        "web-2 · img-eeeeeeee · ap-guangzhou · NORMAL",
        "from own image",
    ] {
        assert!(told.contains(wanted), "{wanted:?} is not in {told}");
    }
    let row = &test_driver::lines(&screen(&state))[3];
    assert!(row.ends_with(" 2"), "{row}");
    // The details of the instance's image mention these images, and those of the new image mention its source.
    press(&mut state, "1 / a l p h a enter enter");
    let details = text(&state);
    for wanted in [
        "runs on         web · ins-aaaaaaaa · ap-guangzhou-3 · RUNNING",
        "derived image   img-eeeeeeee web-2, made from web",
    ] {
        assert!(details.contains(wanted), "{wanted:?} is not in\n{details}");
    }
    state.facts.facts_mut().remove_image(&made.id);
    press(&mut state, "esc 4");
    assert!(pane(&state).contains("web-2 · img-eeeeeeee · ap-guangzhou · deleted"), "{}", pane(&state));
}

/// Acme cancels the shares while Borealis Games, whose instance uses the image, has the console open.
#[test]
fn an_instance_outlives_the_share_of_its_image() {
    let mut owner = Stage::tour((80, 24));
    owner.quiet();
    let home = tempfile::tempdir().unwrap();
    let mut receiver =
        TestDriver::open(setup(&owner.cloud.endpoint, home.path()), (120, 40), Some(start())).unwrap();
    assert!(receiver.wait_until_quiet());
    receiver.press("P j enter").unwrap();
    assert!(receiver.wait_until_quiet());
    receiver.press("4 /").unwrap();
    receiver.press("\"lobby\" enter").unwrap();
    assert!(receiver.wait_until_quiet());
    let text = receiver.lines().join("\n");
    for wanted in [
        "golden-web-6          Acme Platform ",
        "received from Acme Platform, 100000000001 (not trusted); still shared with you in ap-guangzhou",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
    owner.press("/ \"region:gz\" space \"golden-web-6\" enter u");
    owner.press("* enter tab enter");
    let image = "img-yg7po1q1".parse().unwrap();
    assert!(owner.console.wait_for(|s| s.facts.shares(&image).is_some_and(<[_]>::is_empty)));
    receiver.press("r").unwrap();
    assert!(receiver.wait_until_quiet());
    let text = receiver.lines().join("\n");
    for wanted in [
        "golden-web-6          not visible ",
        "golden-web-6, received from Acme Platform, is no longer visible: the share may have ended. The",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
}

/// A running copy of a job is shown with its source, once, whether or not the cloud lists the copy yet.
#[test]
fn running_copies_of_a_job_show_their_source() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    super::jobs::share(&mut stage);
    stage.press("esc 3 / \"ap-beijing\" enter");
    let told = pane(&stage.console.state);
    // The percentage appears after the next read.
    let whole = told.replace(" 0 %", "");
    assert!(whole.contains("copying golden-web-7 from Guangzhou copies"), "{told}");
    assert_eq!(told.matches("golden-web-7").count(), 1, "{told}");
    advance(&stage, 3600);
    assert!(stage.console.wait_for(|s| s.running_jobs().count() == 0));
    stage.quiet();
    assert!(!pane(&stage.console.state).contains("copying"), "{}", stage.text());
}
