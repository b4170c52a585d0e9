//! Tests that a terminal shows the second of any two screens after its difference to the first.

use proptest::prelude::*;
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Modifier, Style},
};

use crate::tui::term::frame::*;

fn style(n: u8) -> Style {
    let style = Style::new();
    match n {
        0..=3 => style,
        4 => style.add_modifier(Modifier::DIM),
        5 => style.add_modifier(Modifier::BOLD),
        6 => style.add_modifier(Modifier::REVERSED),
        7 => style.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        8 => style.fg(Color::Red),
        9 => style.bg(Color::Blue),
        10 => style.fg(Color::LightGreen).add_modifier(Modifier::BOLD | Modifier::ITALIC),
        11 => style.add_modifier(Modifier::UNDERLINED),
        _ => style.fg(Color::Indexed(99)).bg(Color::Rgb(1, 2, 3)),
    }
}

const TEXTS: [&str; 9] = [
    "a",
    "  ",
    "golden-web-7",
    "\u{955c}\u{50cf}-\u{6570}\u{636e}\u{5e93}",
    "cafe\u{301} x",
    "─────",
    "       ",
    "🚀 ok",
    "3 of 50",
];

/// Overlapping texts: column, row, index of the text, and style.
type Marks = Vec<(u16, u16, usize, u8)>;

fn picture(width: u16, height: u16, marks: &Marks) -> Picture {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    for (x, y, text, n) in marks {
        let (x, y) = (x % width, y % height);
        buffer.set_stringn(x, y, TEXTS[*text], usize::from(width - x), Style::reset().patch(style(*n)));
    }
    Picture { buffer, links: Vec::new() }
}

fn marks() -> impl Strategy<Value = Marks> {
    prop::collection::vec((0..40u16, 0..14u16, 0..TEXTS.len(), 0..13u8), 0..40)
}

fn term(picture: &Picture) -> vt100::Parser {
    let area = picture.buffer.area;
    vt100::Parser::new(area.height.try_into().unwrap(), area.width.try_into().unwrap(), 0)
}

/// Returns what a terminal shows in each cell, without attributes that are invisible.
fn seen(term: &vt100::Parser) -> Vec<String> {
    let (rows, cols) = term.screen().size();
    let cells = (0..rows.get()).flat_map(|y| (0..cols.get()).map(move |x| (y, x)));
    let of = |(y, x): (u16, u16)| {
        let cell = term.screen().cell(y, x).unwrap();
        let text = cell.contents();
        let blank = text.is_empty() || text == " ";
        let loud = cell.inverse() || cell.underline();
        let letter = |so: bool, c: char| if so { c } else { '-' };
        let (b, d) = (letter(!blank && cell.bold(), 'b'), letter(!blank && cell.dim(), 'd'));
        let (i, u) = (letter(cell.inverse(), 'i'), letter(cell.underline(), 'u'));
        let fg = if blank && !loud { vt100::Color::Default } else { cell.fgcolor() };
        let text = if blank { " " } else { text };
        format!("{text:?}{b}{d}{i}{u} {fg:?} {:?}", cell.bgcolor())
    };
    cells.map(of).collect()
}

fn empty(like: &Picture) -> Picture {
    Picture { buffer: Buffer::empty(like.buffer.area), links: Vec::new() }
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    })]

    #[test]
    fn a_difference_draws_the_same_screen_as_a_full_redraw(
        (width, height) in (1..34u16, 1..13u16), first in marks(), second in marks(), by in -3i16..4,
    ) {
        // The second screen is often the first one, scrolled, with something drawn over it.
        let mut later = second;
        if by != 0 {
            let moved = first.iter().filter_map(|(x, y, t, n)| Some((*x, (y % height).checked_add_signed(by)?, *t, *n)));
            let moved: Marks = moved.filter(|(_, y, ..)| *y < height).collect();
            later.truncate(3);
            later.splice(0..0, moved);
        }
        let (first, second) = (picture(width, height, &first), picture(width, height, &later));
        let (mut stepwise, mut whole) = (term(&first), term(&second));
        stepwise.process(&bytes(&empty(&first), &first));
        stepwise.process(&bytes(&first, &second));
        whole.process(&bytes(&empty(&second), &second));
        prop_assert_eq!(seen(&stepwise), seen(&whole));
        prop_assert!(bytes(&second, &second).is_empty());
        // The complete drawing is correct too: its text is that of the cells.
        let text: Vec<String> = whole.screen().rows(0, width).map(|r| r.trim_end().to_owned()).collect();
        prop_assert_eq!(text, crate::tui::test_driver::lines(&second.buffer));
        let plain = (whole.screen().fgcolor(), whole.screen().bgcolor(), whole.screen().inverse());
        prop_assert_eq!(plain, (vt100::Color::Default, vt100::Color::Default, false));
    }
}

#[test]
fn a_link_starts_and_ends_in_its_row() {
    let mut two = picture(30, 3, &vec![(2, 0, 2, 4), (2, 1, 2, 4)]);
    let link = |y, to: &str| Link { x: 2, y, width: 12, to: to.into() };
    two.links = vec![link(0, "https://example.com/1"), link(1, "https://example.com/\x1b\\")];
    let bytes_sent = escaped(&empty(&two), &two);
    assert_eq!(
        bytes_sent,
        "^[1;3H^]8;;https://example.com/1^\\^[2mgolden-web-7^[2;3H^]8;;^\\golden-web-7^[m"
    );
    let without = picture(30, 3, &vec![(2, 0, 2, 4), (2, 1, 2, 4)]);
    assert_eq!(crate::tui::term::frame::bytes(&without, &without), b"");
    assert!(
        !crate::tui::term::frame::bytes(&two, &without).is_empty(),
        "a link that goes away is written over"
    );
}

fn escaped(was: &Picture, is: &Picture) -> String {
    String::from_utf8(bytes(was, is)).unwrap().replace('\x1b', "^")
}

#[test]
fn the_shortest_encoding_is_used() {
    let one = picture(40, 9, &vec![(3, 2, 2, 0), (20, 2, 8, 4), (3, 3, 2, 0)]);
    assert_eq!(escaped(&empty(&one), &one), "^[3;4Hgolden-web-7^[5C^[2m3 of 50^[4;4H^[mgolden-web-7");
    // The row is erased from its first difference.
    assert_eq!(escaped(&one, &picture(40, 9, &vec![(3, 2, 2, 0), (3, 3, 0, 0)])), "^[3;21H^[K^[4;4Ha^[K");
    // A short gap is written again.
    let (two, three) = (vec![(0, 0, 8, 0)], vec![(0, 0, 8, 0), (0, 0, 0, 0), (5, 0, 0, 0)]);
    assert_eq!(escaped(&picture(40, 9, &two), &picture(40, 9, &three)), "^[Ha of a");
}

#[test]
fn a_list_that_moves_by_one_row_is_scrolled() {
    let rows = |from: u16| -> Marks {
        (0..8).map(|y| (0, y, usize::from((from + y) % 9), ((from + y) % 13) as u8)).collect()
    };
    let (one, two) = (picture(40, 12, &rows(0)), picture(40, 12, &rows(1)));
    assert!(escaped(&one, &two).starts_with("^[1;8r^[1H^[M^[r^[8H"), "{}", escaped(&one, &two));
    assert!(escaped(&two, &one).starts_with("^[1;8r^[1H^[L^[r^[H"), "{}", escaped(&two, &one));
}
