//! The screens as people see them, text and styles, in both sizes that the product promises.

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier},
};

use super::Stage;

/// Every line with, below it, where something is drawn in another style than the plain one.
pub(super) fn told(buffer: &Buffer) -> String {
    let lines = cvmshare::console::offstage::lines(buffer);
    let mut out = String::new();
    for (y, line) in lines.iter().enumerate() {
        out.push_str(&format!("|{line}\n"));
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
        if !marks.trim().is_empty() {
            out.push_str(&format!(":{}\n", marks.trim_end()));
        }
    }
    out
}

fn see(name: &str, stage: &Stage) {
    let (width, height) = stage.console.state.size;
    let name = format!("{name}-{width}x{height}");
    insta::assert_snapshot!(name, told(&stage.console.screen()));
}

fn screens(size: (u16, u16)) {
    let mut stage = Stage::tour(size);
    stage.quiet();
    stage.press("j j");
    see("my-images", &stage);
    stage.press("D");
    see("delete", &stage);
    stage.press("esc a");
    see("actions", &stage);
    stage.press("esc enter");
    see("details", &stage);
    stage.press("esc u");
    see("unshare", &stage);
    stage.press("esc e");
    see("rename", &stage);
    stage.press("esc s");
    stage.press("\"me@example.com\" enter");
    see("receivers", &stage);
    stage.press("ctrl-u \"100000000002\" enter enter");
    stage.press("down space");
    see("regions-to-choose", &stage);
    stage.press("enter");
    see("findings", &stage);
    stage.press("enter");
    see("risk", &stage);
    stage.press("esc esc esc esc 2");
    see("shared-with-me", &stage);
    stage.press("t space");
    see("accounts", &stage);
    stage.press("space esc n");
    see("note", &stage);
    stage.press("esc 1 g space j space space D");
    see("several", &stage);
    stage.press("esc esc");
    stage.press("3");
    see("regions", &stage);
    stage.press("4");
    see("instances", &stage);
    stage.press("enter");
    see("instance-details", &stage);
    stage.press("esc P");
    see("profiles", &stage);
    stage.press("esc ?");
    see("help", &stage);
    stage.press("esc :");
    stage.press("\"del\"");
    see("commands", &stage);
    stage.press("esc 2 / \"nothing-like-it\"");
    see("nothing-matches", &stage);
}

#[test]
fn screens_at_80x24() {
    screens((80, 24));
}

#[test]
fn screens_at_120x40() {
    screens((120, 40));
}

/// The world map needs no colours and no Braille.
#[test]
fn regions_and_instances_in_other_looks() {
    let mut stage = Stage::tour((200, 50));
    stage.quiet();
    stage.press("4");
    see("instances", &stage);
    stage.press("3 j j");
    see("regions", &stage);
    stage.console.state.looks.theme = cvmshare::console::Theme::shipped("mono").unwrap();
    see("regions-mono", &stage);
    stage.console.take(cvmshare::console::Message::Resize(120, 40));
    stage.console.state.looks.ascii = true;
    see("regions-ascii", &stage);
    stage.press("enter");
    see("regions-details-ascii", &stage);
}

#[test]
fn any_size_is_drawn_without_a_panic() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    for (width, height) in [(1, 1), (39, 9), (40, 10), (60, 16), (500, 200), (3, 200), (200, 3)] {
        stage.console.take(cvmshare::console::Message::Resize(width, height));
        for keys in ["1 enter", "esc a", "esc s", "esc D", "esc P", "esc e", "esc u", "esc ?", "esc 3", "1"] {
            stage.console.press(keys).unwrap();
            assert_eq!(stage.console.screen().area.width, width);
        }
    }
}
