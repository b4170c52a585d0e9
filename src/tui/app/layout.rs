//! Computes which rows of the screen belong to which part.

use ratatui::layout::Rect;

use crate::tui::app::{column::Column, table::Tab};

/// The smallest screen that is drawn, in columns and rows.
pub const LEAST: (u16, u16) = (40, 10);

/// The areas of a tab's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The whole screen.
    pub area: Rect,
    /// The row of the tabs.
    pub tabs: u16,
    /// The row of the column heads.
    pub heads: u16,
    /// The rows of the table.
    pub rows: Rect,
    /// The horizontal line above the pane. `None` if there is no room for a pane.
    pub rule: Option<u16>,
    /// The pane.
    pub pane: Rect,
    /// The world map to the right of the pane. `None` if there is no room or the tab has no map.
    pub map: Option<Rect>,
    /// The horizontal line above the footer, which contains the notice.
    pub notice: u16,
    /// The row of the keys.
    pub footer: u16,
}

impl Layout {
    /// Computes the layout of a tab for a screen of this size.
    pub fn new(area: Rect, tab: Tab) -> Self {
        let height = area.height;
        let air = u16::from(height >= 30);
        let heads = 2 + air;
        let map = (tab == Tab::Regions).then(|| map_size(area.width, height)).flatten();
        let pane_height = match (map, height) {
            (Some((_, rows)), _) => rows,
            (None, 30..) => 9,
            (None, 22..=29) => 7,
            (None, 16..=21) => 4,
            _ => 0,
        };
        let notice = height.saturating_sub(2);
        let pane_top = notice.saturating_sub(pane_height);
        let rule = (pane_height > 0).then(|| pane_top.saturating_sub(1));
        let rows_end = rule.unwrap_or(notice);
        let rows_top = heads + 1;
        Self {
            area,
            tabs: 1,
            heads,
            rows: Rect::new(0, rows_top, area.width, rows_end.saturating_sub(rows_top)),
            rule,
            pane: Rect::new(0, pane_top, area.width - map.map_or(0, |(w, _)| w + 2), pane_height),
            map: map.map(|(w, h)| Rect::new(area.width - w - 1, pane_top, w, h)),
            notice,
            footer: height.saturating_sub(1),
        }
    }
}

/// Returns the columns and rows of the map, or `None` below 100 columns or 30 rows. The map leaves about twenty rows
/// to the table and half of the width to the text, and keeps its shape.
fn map_size(width: u16, height: u16) -> Option<(u16, u16)> {
    if width < 100 || height < 30 {
        return None;
    }
    let rows = height.saturating_sub(27).clamp(10, 20).min((width - 48) / 5);
    Some((rows * 5, rows))
}

/// The blank columns before the first column: the margin, the marker, the mark.
pub const LEFT: u16 = 3;
const GAP: u16 = 2;
const FIRST_LEAST: u16 = 20;

/// Returns the columns that fit into a width, each with its start and its width. Columns with the highest rank are
/// hidden first. The first column gets the remaining space, up to its own width.
pub fn columns(all: &'static [Column], width: u16) -> Vec<(&'static Column, u16, u16)> {
    let room = width.saturating_sub(LEFT + 1);
    let mut kept: Vec<&Column> = all.iter().collect();
    let first_want = kept.first().map_or(0, |c| c.width);
    let fixed = |kept: &[&Column]| kept.iter().skip(1).map(|c| c.width + GAP).sum::<u16>();
    // A column is hidden before the first one becomes too narrow for a name.
    let least = FIRST_LEAST.min(first_want);
    while fixed(&kept) + least > room {
        let Some(worst) = kept.iter().skip(1).map(|c| c.rank).max().filter(|r| *r > 0) else { break };
        kept.retain(|c| c.rank != worst);
    }
    let first = room.saturating_sub(fixed(&kept)).min(first_want);
    let mut x = LEFT;
    kept.into_iter()
        .enumerate()
        .map(|(n, column)| {
            let w = if n == 0 { first } else { column.width };
            let at = x;
            x += w + GAP;
            (column, at, w)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Lang;

    #[test]
    fn no_size_overlaps_or_overflows() {
        for width in [40, 60, 80, 120, 200, 500] {
            for tab in Tab::ALL {
                let mut end = LEFT;
                for (column, x, w) in columns(tab.columns(), width) {
                    assert!(
                        x >= end && x + w <= width.max(LEFT),
                        "{tab:?} {width} {}",
                        column.head(Lang::EN)
                    );
                    end = x + w;
                }
            }
        }
        for (height, width) in (10..=200).flat_map(|h| [40, 80, 99, 100, 120, 200, 500].map(|w| (h, w))) {
            for tab in Tab::ALL {
                let layout = Layout::new(Rect::new(0, 0, width, height), tab);
                assert!(layout.rows.height >= 3, "{width}x{height}: {layout:?}");
                assert!(layout.rows.bottom() <= layout.rule.unwrap_or(layout.notice));
                assert_eq!(layout.pane.bottom(), layout.notice);
                let wanted = tab == Tab::Regions && width >= 100 && height >= 30;
                assert_eq!(layout.map.is_some(), wanted, "{tab:?} {width}x{height}");
                if let Some(map) = layout.map {
                    assert!(map.x > layout.pane.right() && map.right() < width, "{layout:?}");
                    assert!(layout.pane.width >= 46 && map.height == layout.pane.height, "{layout:?}");
                }
            }
        }
    }
}
