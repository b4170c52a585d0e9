//! Which rows of the screen belong to what.

use ratatui::layout::Rect;

use crate::tui::app::{column::Column, table::Tab};

/// The smallest screen that is drawn, in columns and rows.
pub const LEAST: (u16, u16) = (40, 10);

/// The rows of the four tables' screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The whole.
    pub area: Rect,
    /// The row of the tabs.
    pub tabs: u16,
    /// The row of the column heads.
    pub heads: u16,
    /// The table's rows.
    pub rows: Rect,
    /// The rule above the pane; nothing where there is no room for a pane.
    pub rule: Option<u16>,
    /// The pane.
    pub pane: Rect,
    /// The world map, to the right of the pane; nothing where there is no room for one, or the tab has none.
    pub map: Option<Rect>,
    /// The rule above the footer, which carries what just happened.
    pub notice: u16,
    /// The keys.
    pub footer: u16,
}

impl Layout {
    /// For a tab on a screen of this size.
    pub fn of(area: Rect, tab: Tab) -> Self {
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

/// Columns and rows of the map: from 100 columns and 30 rows on. The table keeps some twenty rows before the map grows,
/// the text beside it about half of the width, and the map its shape.
fn map_size(width: u16, height: u16) -> Option<(u16, u16)> {
    if width < 100 || height < 30 {
        return None;
    }
    let rows = height.saturating_sub(27).clamp(10, 20).min((width - 48) / 5);
    Some((rows * 5, rows))
}

/// Blank columns before the first column: a margin, the marker, the mark.
pub const LEFT: u16 = 3;
const GAP: u16 = 2;
const FIRST_LEAST: u16 = 20;

/// The columns that a table of this width has room for, each with where it begins and how wide it is. Those of the
/// highest rank give way first; the first column takes what is left over, up to its own width.
pub fn columns(all: &'static [Column], width: u16) -> Vec<(&'static Column, u16, u16)> {
    let room = width.saturating_sub(LEFT + 1);
    let mut kept: Vec<&Column> = all.iter().collect();
    let first_want = kept.first().map_or(0, |c| c.width);
    let fixed = |kept: &[&Column]| kept.iter().skip(1).map(|c| c.width + GAP).sum::<u16>();
    // On a narrow screen a column goes before the first shrinks below what a name needs.
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
                let layout = Layout::of(Rect::new(0, 0, width, height), tab);
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
