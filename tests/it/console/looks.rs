//! Properties of every screen: its styles in the built-in themes, ASCII, and all sizes.

use cvmshare::tui::{Message, Page, Theme, screens::frame};
use ratatui::{buffer::Buffer, layout::Rect};

use super::{Stage, screens::styles};

/// The screens: name, keys that open it, and keys that close it.
const SEEN: &[(&str, &str, &str)] = &[
    ("my images", "1", ""),
    ("shared with me", "2", ""),
    ("regions", "3", ""),
    ("instances", "4", ""),
    ("details", "1 enter", "esc"),
    ("actions", "1 a", "esc"),
    ("delete", "1 D", "esc"),
    ("cancel shares", "1 u", "esc"),
    ("rename", "1 e", "esc"),
    ("receivers", "1 s", "esc"),
    ("profiles", "P", "esc"),
    ("regions in view", "o", "esc"),
    ("commands", ":", "esc"),
    ("accounts", "2 t", "esc"),
    ("note", "2 n", "esc"),
    ("help", "?", "esc"),
    ("nothing matches", "1 / \"nothing\"", "esc"),
];

/// The scene `tour`, with an image selected that can be shared.
fn stage(size: (u16, u16)) -> Stage {
    let mut stage = Stage::tour(size);
    stage.quiet();
    stage
}

/// Visits all screens and joins what `tell` returns for each.
fn all(stage: &mut Stage, tell: impl Fn(&Buffer) -> String) -> String {
    stage.press("1 g");
    let mut out = String::new();
    for (name, keys, leave) in SEEN {
        stage.press(keys);
        out.push_str(&format!("== {name}\n{}\n", tell(&stage.console.screen())));
        stage.press(leave);
    }
    out
}

fn look(stage: &mut Stage, theme: &str, ascii: bool) {
    stage.console.state.looks.theme = Theme::builtin(theme).unwrap();
    stage.console.state.looks.ascii = ascii;
}

#[test]
fn the_high_contrast_theme_matches_its_snapshot() {
    let mut stage = stage((80, 24));
    look(&mut stage, "high-contrast", false);
    // The text is that of the dark theme, which a test below checks. The last row changes with the names of the keys.
    let above = |b: &Buffer| styles(b, Rect { height: b.area.height - 1, ..b.area });
    insta::assert_snapshot!("all-high-contrast-80x24", all(&mut stage, above));
}

/// Themes change only styles, and every theme except `mono` has colours.
#[test]
fn themes_change_only_styles() {
    let mut stage = stage((120, 40));
    let text = |b: &Buffer| cvmshare::tui::test_driver::lines(b).join("\n");
    let colours = |b: &Buffer| {
        let set: std::collections::BTreeSet<String> =
            b.content.iter().map(|c| format!("{:?} {:?}", c.fg, c.bg)).collect();
        set.into_iter().collect::<Vec<_>>().join(", ")
    };
    let dark = all(&mut stage, text);
    for theme in ["light", "high-contrast", "mono"] {
        look(&mut stage, theme, false);
        assert_eq!(all(&mut stage, text), dark, "{theme}");
        stage.press("1");
        assert_eq!(colours(&stage.console.screen()) == "Reset Reset", theme == "mono", "{theme}");
    }
}

/// In ASCII mode, all signs of the program are ASCII. Names are not changed.
#[test]
fn ascii_mode_draws_only_ascii_signs() {
    for size in [(60, 15), (80, 24), (200, 50)] {
        let mut stage = stage(size);
        look(&mut stage, "dark", true);
        let names = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || "，、。（）：；".contains(c);
        let shown = all(&mut stage, |b| cvmshare::tui::test_driver::lines(b).join("\n"));
        let odd: Vec<(char, &str)> = shown
            .lines()
            .filter_map(|line| Some((line.chars().find(|c| !c.is_ascii() && !names(*c))?, line)))
            .collect();
        assert_eq!(odd, [], "{size:?}");
    }
}

/// No size panics, and below the minimum one line says so.
#[test]
fn every_size_is_drawn_without_a_panic() {
    let mut stage = stage((80, 24));
    for (name, keys, leave) in SEEN {
        stage.press(keys);
        let state = &mut stage.console.state;
        for (width, height) in (1..=90)
            .flat_map(|w| [(w, 1), (w, 9), (w, 10), (w, 15), (w, 24), (w, 31)])
            .chain((1..=60).map(|h| (121, h)))
        {
            state.size = (width, height);
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            let drawn = frame::draw(state, &mut buffer);
            for (area, spot) in &drawn.spots {
                assert!(
                    area.bottom() <= height && area.right() <= width,
                    "{name} {width}x{height}: {spot:?} {area}"
                );
            }
            if width < 40 || height < 10 {
                let text = cvmshare::tui::test_driver::lines(&buffer);
                assert!("40x10 at least".starts_with(text[0].trim_end_matches('…')), "{text:?}");
                assert!(text[1..].iter().all(String::is_empty), "{text:?}");
            }
        }
        state.size = (80, 24);
        stage.press(leave);
    }
}

/// Columns keep their position after wide and combining characters.
#[test]
fn columns_align_after_wide_and_combining_characters() {
    for width in [60, 80, 120, 200] {
        let mut stage = stage((width, 24));
        let names = [
            "镜像-数据库-镜像-数据库-镜像-数据库",
            "e\u{301}te\u{301}",
            "👩\u{200d}💻🚀",
            "x\u{fe0f}❤\u{fe0f}",
            "ｆｕｌｌ",
            "한국어",
        ];
        let images: Vec<_> = stage.console.state.facts.images().take(names.len()).cloned().collect();
        let renamed = images.into_iter().zip(names).map(|(mut image, name)| {
            image.name = name.into();
            image
        });
        let epoch = stage.console.state.epoch;
        stage.console.send(Message::Pages { epoch, pages: vec![Page::Images(renamed.collect())] });
        let buffer = stage.console.screen();
        let x = (0..width)
            .find(|x| (0..6).all(|n| buffer[(x + n, 2)].symbol() == &"REGION"[usize::from(n)..][..1]));
        let x = x.unwrap();
        for y in 3..12 {
            let code: String = (x - 1..x + 3).map(|x| buffer[(x, y)].symbol()).collect();
            assert!(
                [" ap-", " eu-", " na-"].contains(&code.as_str()),
                "{width} columns, row {y}: {code:?}\n{}",
                stage.text()
            );
        }
    }
}
