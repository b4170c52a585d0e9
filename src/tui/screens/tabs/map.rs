//! The world map with regions and copies under way. It is redrawn only when facts change, and a change of the
//! selection changes only the cells of the two regions.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Color,
    symbols::Marker,
    widgets::{
        Widget,
        canvas::{Canvas, Line, Map, MapResolution},
    },
};

use crate::{
    messages::{Lang, m},
    model::{Catalog, Region},
    tui::{
        app::{state::State, table::RowId},
        screens::tabs::{
            copying,
            regions::{all as regions_of, fullness},
        },
        widgets::{paint::Painter, theme::Role},
    },
};

/// The part of the world that is shown, in degrees: everything with regions, without the poles and the Pacific. Its
/// shape matches the map of [`crate::tui::app::layout`]: five columns to a row, with a column half as wide as a row
/// is high.
const WEST: f64 = -130.0;
const EAST: f64 = 160.0;
const SOUTH: f64 = -46.0;
const NORTH: f64 = 70.0;

/// The colour distinguishes land from lines in the canvas. The roles determine the colours that are drawn.
const LAND: Color = Color::Blue;
const COPY: Color = Color::Yellow;

/// Returns the legend.
pub(crate) fn legend(ascii: bool, lang: Lang) -> &'static str {
    if ascii { lang.text(m::map_own_images_more_o_none) } else { lang.text(m::map_own_images_more_o_none_b) }
}

pub(crate) fn draw(state: &State, painter: &mut Painter<'_>, area: Rect) {
    land(state, painter, area);
    let mut points: Vec<Point> = Vec::new();
    for region in regions_of(state) {
        let Some((x, y)) = cell(&region, area) else { continue };
        let point = match points.iter_mut().find(|p| (p.x, p.y) == (x, y)) {
            Some(point) => point,
            None => {
                points.push(Point { x, y, ..Point::default() });
                let Some(last) = points.last_mut() else { continue };
                last
            }
        };
        point.add(state, &region);
    }
    for point in points {
        let sign = match point.own {
            0 => 'o',
            n => char::from_digit(n, 10).unwrap_or('+'),
        };
        if point.selected {
            painter.styled(point.x, point.y, 1, &sign.to_string(), state.looks.theme.selected);
        } else {
            painter.text(point.x, point.y, 1, &sign.to_string(), point.role);
        }
    }
}

/// The content of one cell: a region, or several that are too close to be distinguished.
#[derive(Default)]
struct Point {
    x: u16,
    y: u16,
    own: u32,
    role: Role,
    any: bool,
    selected: bool,
}

impl Point {
    fn add(&mut self, state: &State, region: &Region) {
        self.selected |= state.pane.as_ref() == Some(&RowId::Region(region.clone()));
        let full = fullness(state, region);
        self.own += full.map_or(0, |(own, ..)| own);
        let role = match full {
            _ if !state.in_view(region) => Role::Dim,
            None => Role::Dim,
            Some((0, _, Role::Plain)) => Role::Plain,
            Some((_, _, Role::Plain)) => Role::Accent,
            Some((.., role)) => role,
        };
        // The most important role of the regions in the cell.
        let weight = |role| {
            [Role::Dim, Role::Plain, Role::Accent, Role::Warn, Role::Bad].iter().position(|r| *r == role)
        };
        if !self.any || weight(role) > weight(self.role) {
            self.role = role;
        }
        self.any = true;
    }
}

/// Draws the land, and a line for each copy whose source is known or guessed.
fn land(state: &State, painter: &mut Painter<'_>, area: Rect) {
    let ascii = state.looks.ascii;
    let lines: Vec<Line> = copying::all(state)
        .iter()
        .filter_map(|copy| {
            let (from, to) = (position(copy.from.as_ref()?)?, position(&copy.to)?);
            Some(Line { x1: from.0, y1: from.1, x2: to.0, y2: to.1, color: COPY })
        })
        .collect();
    let mut drawn = Buffer::empty(area);
    Canvas::default()
        .marker(if ascii { Marker::Custom('.') } else { Marker::Braille })
        .x_bounds([WEST, EAST])
        .y_bounds([SOUTH, NORTH])
        .paint(|canvas| {
            canvas.draw(&Map { resolution: MapResolution::High, color: LAND });
            for line in &lines {
                canvas.draw(line);
            }
        })
        .render(area, &mut drawn);
    for (n, drawn) in drawn.content.iter().enumerate() {
        let (x, y) = (area.x + n as u16 % area.width, area.y + n as u16 / area.width);
        match drawn.fg {
            COPY => painter.text(x, y, 1, if ascii { "#" } else { drawn.symbol() }, Role::Warn),
            LAND => painter.text(x, y, 1, drawn.symbol(), Role::Dim),
            _ => continue,
        };
    }
}

/// Returns the longitude and latitude in degrees of a region, if the catalogue has them.
fn position(region: &Region) -> Option<(f64, f64)> {
    Catalog::get().region(region).map(|r| (r.lon, r.lat))
}

/// Returns the cell of a region: the cell in which the canvas draws its dot.
fn cell(region: &Region, area: Rect) -> Option<(u16, u16)> {
    let (lon, lat) = position(region)?;
    let across = |part: f64, cells: u16, dots: u16| {
        let last = f64::from(cells * dots) - 1.0;
        ((part * last).round().clamp(0.0, last) as u16) / dots
    };
    let x = across((lon - WEST) / (EAST - WEST), area.width, 2);
    let y = across((NORTH - lat) / (NORTH - SOUTH), area.height, 4);
    Some((area.x + x, area.y + y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_lies_on_the_part_of_the_world_that_is_shown() {
        for info in Catalog::get().iter() {
            assert!(
                (WEST..EAST).contains(&info.lon) && (SOUTH..NORTH).contains(&info.lat),
                "{}",
                info.region
            );
        }
        // Five columns to a row, each half as wide as a row is high.
        assert_eq!((EAST - WEST) / (NORTH - SOUTH), 5.0 / 2.0);
    }
}
