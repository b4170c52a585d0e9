//! Draws the header, the tabs and the footer.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::{
    facts::Load,
    messages::{Lang, m, tr},
    model::Session,
    session::refresh::Refresh,
    tui::{
        app::{
            column::age,
            due::spinner,
            hints::hint,
            jobs::percent,
            layout::Layout,
            session_end,
            state::State,
            table::{Tab, Table},
        },
        keymap::{Command, Context},
        widgets::{
            paint::{Painter, Spot},
            theme::Role,
        },
    },
};

/// Draws the header: the profile, the account, the regions, running jobs, and whether the cloud is the built-in one.
pub(crate) fn header(state: &State, painter: &mut Painter<'_>, area: Rect) {
    let lang = state.lang;
    let mut x = painter.text(1, 0, area.width, "cvmshare", Role::Strong) + 2;
    let standing = &state.facts.standing;
    let (label, role) = state.profile().map_or(("", Role::Plain), |p| {
        (
            p.label.as_str(),
            match p.color.as_deref() {
                Some("red") => Role::Bad,
                Some("yellow") => Role::Warn,
                Some("green") => Role::Good,
                _ => Role::Accent,
            },
        )
    });
    x = painter.text(x, 0, area.width.saturating_sub(x) / 2, label, role);
    if let Some(me) = &standing.me {
        x = painter.text(x, 0, area.width.saturating_sub(x), &format!(" · {me}"), Role::Plain);
    }

    // Drawn from the right, the most important part first. Parts that do not fit are left out.
    let mut parts: Vec<(String, Role)> = Vec::new();
    if state.profile().is_some_and(|p| p.demo) {
        parts.push(("DEMO".into(), Role::Warn));
    }
    match standing.session {
        Session::Valid => {}
        Session::None => parts.push((lang.text(m::chrome_no_credentials).into(), Role::Bad)),
        Session::Expired => parts.push((lang.text(m::chrome_credentials_expired).into(), Role::Bad)),
    }
    // Credentials that expire soon are more important than the regions; others are less.
    let ends = state.session_ends.filter(|_| standing.session == Session::Valid);
    let ends = ends.map(|at| session_end::remaining_text(at, state.now, lang));
    if let Some((text, true)) = &ends {
        parts.push((text.clone(), Role::Warn));
    }
    if standing.offline {
        parts.push((lang.text(m::chrome_offline).into(), Role::Bad));
    }
    if standing.read_only {
        parts.push((lang.text(m::chrome_read_only).into(), Role::Warn));
    }
    let running: Vec<_> = state.running_jobs().collect();
    if !running.is_empty() {
        let percent = running.iter().map(|j| u32::from(percent(j))).sum::<u32>() / running.len() as u32;
        let jobs = tr!(lang, chrome_jobs, n = running.len());
        parts.push((format!("{jobs} {percent} %"), Role::Accent));
    }
    parts.push((regions(state), Role::Plain));
    if let Some((text, false)) = ends {
        parts.push((text, Role::Dim));
    }
    if state.fresh.every == Refresh::Off {
        parts.push((lang.text(m::chrome_refresh_off).into(), Role::Dim));
    }
    parts.push((tr!(lang, chrome_rules, standing = standing.rules.as_str()), Role::Dim));
    let mut right = area.width.saturating_sub(1);
    for (text, role) in parts {
        let width = text.width() as u16;
        if right < x + width + 2 {
            continue;
        }
        painter.text(right - width, 0, width, &text, role);
        right = right.saturating_sub(width + 2);
    }
}

fn regions(state: &State) -> String {
    let lang = state.lang;
    match state.view.as_slice() {
        [] => lang.text(m::chrome_all_regions).into(),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} +{}", rest.len()),
    }
}

/// Draws the tabs, and to the right the status. Returns the status if it does not fit, for the footer to show.
pub(crate) fn tabs(state: &State, painter: &mut Painter<'_>, layout: &Layout) -> Option<(String, Role)> {
    let lang = state.lang;
    let width = layout.area.width;
    let narrow = width < 70;
    // All four tabs are drawn before any count is.
    let (counts, gap) = match width {
        56.. => (true, 3),
        44..56 => (false, 2),
        _ => (false, 1),
    };
    let mut x = 1;
    for (n, tab) in Tab::ALL.into_iter().enumerate() {
        let title = match (narrow, tab) {
            (true, Tab::Images) => lang.text(m::chrome_mine),
            (true, Tab::Shared) => lang.text(m::chrome_shared),
            _ => tab.title(state.lang),
        };
        let here = tab == state.tab;
        let from = x;
        x = painter.text(x, layout.tabs, width, &format!("{} ", n + 1), Role::Dim);
        x = painter.text(x, layout.tabs, width, title, if here { Role::Strong } else { Role::Plain });
        let count = if counts { format!(" {}", tab.count(state)) } else { String::new() };
        x = painter.text(x, layout.tabs, width, &count, if here { Role::Accent } else { Role::Dim });
        let turn = match tab {
            Tab::Images => Command::TabImages,
            Tab::Shared => Command::TabShared,
            Tab::Regions => Command::TabRegions,
            Tab::Instances => Command::TabInstances,
        };
        painter.spot(from, layout.tabs, x - from, Spot::Command(turn));
        x += gap;
    }
    let (text, role) = status(state)?;
    let room = width.saturating_sub(x + 1);
    if text.width() as u16 > room {
        return Some((text, role));
    }
    painter.text_right(width - 1, layout.tabs, room, &text, role);
    None
}

/// Returns the status: what is being read, what failed, or the filter.
fn status(state: &State) -> Option<(String, Role)> {
    let lang = state.lang;
    let table = state.table();
    let marked = table.marks_text(lang);
    if table.filtering || !table.filter.is_empty() || table.families {
        return Some((
            filter(table, &marked, lang),
            if table.filter_error().is_some() { Role::Bad } else { Role::Accent },
        ));
    }
    let past = match state.row_cache.since().map(|at| age(state.lang, state.now, Some(at))) {
        None => String::new(),
        Some(age) if age == state.lang.text(m::column_now) => lang.text(m::chrome_as_just_now).into(),
        Some(age) => tr!(lang, chrome_as_ago, age),
    };
    let (waiting, total) = state.pending_reads(Load::is_list);
    if waiting > 0 {
        return Some((
            tr!(lang, chrome_asking, turning = spinner(state), past, answered = total - waiting, total),
            Role::Dim,
        ));
    }
    let failed = state.failed_reads(Load::is_list);
    if let Some((load, error)) = failed.first() {
        let more = if failed.len() > 1 {
            tr!(lang, chrome_and_more, failed = failed.len() - 1)
        } else {
            String::new()
        };
        let (region, why) = (crate::tui::screens::tabs::table::region_of(load, lang), &error.text);
        let text = match error.is_partial() {
            true => {
                tr!(lang, chrome_is_not_whole, past, region, more, why)
            }
            false => tr!(lang, chrome_did_not_answer, past, region, more, why),
        };
        return Some((text, Role::Bad));
    }
    if !past.is_empty() {
        return Some((past.trim_end_matches(" · ").to_owned(), Role::Dim));
    }
    (!marked.is_empty()).then_some((marked, Role::Accent))
}

/// Returns the filter with the number of matching rows.
fn filter(table: &Table, marked: &str, lang: Lang) -> String {
    let mut text = if table.families { lang.text(m::chrome_copies_as_one).to_owned() } else { String::new() };
    if table.families && (table.filtering || !table.filter.is_empty()) {
        text.push_str(" · ");
    }
    if table.filtering || !table.filter.is_empty() {
        text.push_str(&format!("/ {}", table.filter));
    }
    if table.filtering {
        text.push('▏');
        if table.filter_error().is_some() {
            text.push_str(lang.text(m::chrome_not_understood));
        }
        return text;
    }
    text.push_str(&format!(" · {}", tr!(lang, count_rows, n = table.rows.len())));
    if table.unsure > 0 {
        text.push_str(&tr!(lang, chrome_not_known_yet, unsure = table.unsure));
    }
    if !marked.is_empty() {
        text.push_str(&format!(" · {marked}"));
    }
    text
}

/// The minimum number of columns for a status beside a notice.
const LEAST_STATUS: u16 = 24;

/// Draws the line with the notice, and the keys that apply now.
pub(crate) fn footer(
    state: &State,
    painter: &mut Painter<'_>,
    layout: &Layout,
    status: Option<(String, Role)>,
) {
    let lang = state.lang;
    let width = layout.area.width;
    painter.rule(1, layout.notice, width.saturating_sub(2));
    let (mut left, right) = (3, width.saturating_sub(3));
    if let Some(notice) = &state.notice {
        let role = if notice.bad { Role::Bad } else { Role::Good };
        left = painter.text(
            left,
            layout.notice,
            right.saturating_sub(left),
            &format!(" {} ", notice.text),
            role,
        );
    }
    if state.notice.is_none()
        && status.is_none()
        && !state.table().filtering
        && let Some(text) = hint(state)
    {
        left = painter.text(left, layout.notice, right.saturating_sub(left), &format!(" {text} "), Role::Dim);
    }
    // The next key clears the notice; until then the status gets the remaining room.
    let room = right.saturating_sub(left);
    if let Some((text, role)) = status.filter(|_| state.notice.is_none() || room >= LEAST_STATUS) {
        painter.text_right(right, layout.notice, room, &format!(" {text} "), role);
    }
    let hints: Vec<(String, &str)> = match state.dialogs.last() {
        Some(dialog) => {
            let named = |(command, what)| (state.keymap.hint(Context::Dialog, command), what);
            dialog.hints(state).into_iter().map(named).collect()
        }
        None if state.table().filtering => {
            vec![
                ("Enter".into(), lang.text(m::chrome_keep_filter)),
                ("Esc".into(), lang.text(m::common_clear)),
            ]
        }
        None => {
            let mut all: Vec<(Command, &str)> = vec![
                (Command::Details, lang.text(m::command_details)),
                (Command::Actions, lang.text(m::chrome_actions)),
                (Command::Filter, lang.text(m::command_filter)),
                (Command::Jobs, lang.text(m::command_jobs)),
                (Command::Profile, lang.text(m::command_profile)),
                (Command::Help, lang.text(m::command_help)),
                (Command::Quit, lang.text(m::command_quit)),
            ];
            if width < 76 {
                // The help lists all commands.
                all.retain(|(command, _)| !matches!(command, Command::Jobs | Command::Profile));
            }
            if width >= 116 {
                all.insert(2, (Command::Mark, lang.text(m::command_mark)));
                all.insert(3, (Command::Refresh, lang.text(m::command_refresh)));
                all.insert(4, (Command::Palette, lang.text(m::chrome_commands)));
            }
            all.into_iter().map(|(c, what)| (state.keymap.hint(Context::Table, c), what)).collect()
        }
    };
    painter.keys(1, layout.footer, width.saturating_sub(2), &hints);
}
