//! Schedules automatic refreshes: what is on the screen at the interval, the rest rarely, and what is changing often.
//!
//! Pure functions: the state of each read determines when the next one is due, and the event loop sleeps until then.
//! An automatic refresh draws nothing unless an answer changes what is shown.

use jiff::{SignedDuration, Timestamp};

use crate::{
    facts::Load,
    jobs::Pace,
    model::{InstanceState, Session},
    session::refresh::Refresh,
    tui::{
        app::{
            column::age_changes_at,
            effect::Effect,
            session_end,
            state::{LoadState, State},
            table::{RowId, Tab},
        },
        widgets::theme::Looks,
    },
};

/// The number of intervals after which reads of what is not on the screen are repeated.
const RARELY: i32 = 5;
/// The average time per automatic read. The API documents at least 10 calls a second per action and region.
const BUDGET: SignedDuration = SignedDuration::from_secs(1);
/// The maximum number of times that the interval doubles while the cloud does not answer.
const PATIENCE: u32 = 4;
/// The maximum number of copies that are read often.
const CLOSELY: usize = 20;

/// Returns whether automatic reads are sensible now.
fn may_ask(state: &State) -> bool {
    let standing = &state.facts.standing;
    state.connected
        && state.focused
        && standing.session == Session::Valid
        && !(standing.offline && standing.read_only)
}

/// Returns the refresh interval of what is on the screen, or `None` if refreshes are off. The built-in cloud of this
/// process changes only by actions of this console, which are read back at once.
fn interval(state: &State, questions: usize) -> Option<SignedDuration> {
    let Refresh::Every(every) = state.fresh.every else { return None };
    if state.own_cloud && state.profile().is_some_and(|p| p.demo) {
        return None;
    }
    let paid = BUDGET.saturating_mul(i32::try_from(questions).unwrap_or(i32::MAX));
    let every = every.max(paid).saturating_mul(1 << state.fresh.missed.min(PATIENCE));
    // A jitter of up to a tenth, different for each round and console.
    let mut hash = state.fresh.seed ^ state.fresh.rounds.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let per_mille = 900 + i64::try_from((hash >> 33) % 201).unwrap_or(100);
    Some(SignedDuration::from_millis((every.as_secs().saturating_mul(per_mille)).max(1)))
}

/// Returns the reads of what the screen shows.
fn on_screen(state: &State) -> Vec<Load> {
    let images = || state.view.iter().cloned().map(Load::Images);
    let instances = || state.view.iter().cloned().map(Load::Instances);
    match state.tab {
        Tab::Images => images().chain(shares(state)).collect(),
        Tab::Shared => images().collect(),
        Tab::Regions => images().chain(instances()).collect(),
        Tab::Instances => instances().collect(),
    }
}

fn elsewhere(state: &State, here: &[Load]) -> Vec<Load> {
    let images = state.view.iter().cloned().map(Load::Images);
    let all = images.chain(state.view.iter().cloned().map(Load::Instances));
    all.filter(|l| !here.contains(l)).collect()
}

fn rows_in_sight(state: &State) -> impl Iterator<Item = &RowId> {
    let table = state.table();
    table.rows.iter().skip(table.top).take(state.rows_height())
}

fn shares(state: &State) -> impl Iterator<Item = Load> {
    rows_in_sight(state).filter_map(|row| match row {
        RowId::Image(id) => state.facts.image(id).map(|i| Load::Shares(i.region.clone(), i.id.clone())),
        _ => None,
    })
}

/// Returns the reads of visible images and instances that are changing, except those that a job or a follow already
/// reads.
fn changing(state: &State) -> Vec<Load> {
    let by_job = |id| state.running_jobs().flat_map(|j| &j.cells).any(|c| c.image.as_ref() == Some(id));
    let image = |id| {
        let image = state.facts.image(id).filter(|i| i.state.is_transitional() && !by_job(id))?;
        Some(Load::Image(image.region.clone(), image.id.clone()))
    };
    let mut all: Vec<Load> = Vec::new();
    for row in rows_in_sight(state).filter(|row| !state.follow.rows.contains_key(row)) {
        match row {
            RowId::Image(id) => all.extend(image(id)),
            RowId::Region(region) if state.in_view(region) => {
                let copies = state.facts.regions.get(region).into_iter().flat_map(|r| &r.syncing);
                all.extend(copies.filter_map(image));
            }
            RowId::Region(_) => {}
            RowId::Instance(id) => {
                let passing = |i: &&crate::model::Instance| matches!(&i.state, InstanceState::Other(w) if w.ends_with("ING"));
                let instance = state.facts.instance(id).filter(passing);
                all.extend(instance.map(|i| Load::Instance(i.region.clone(), i.id.clone())));
            }
        }
    }
    all.truncate(CLOSELY);
    all
}

/// Returns when each read is due. Reads under way are left out, and so are reads that were never done, because they
/// are done when their rows become visible.
fn due(state: &State) -> Vec<(Timestamp, Load)> {
    if !may_ask(state) {
        return Vec::new();
    }
    let answered = |load: &Load| match state.loads.get(load) {
        _ if state.fresh.quiet.contains_key(load) => None,
        Some(LoadState::Ready(at) | LoadState::Failed(at, _)) => Some(*at),
        Some(LoadState::Loading(_)) | None => None,
    };
    let mut all = Vec::new();
    let mut add = |at: Timestamp, pause: SignedDuration, load: Load| {
        if let Ok(at) = at.checked_add(pause) {
            all.push((at, load));
        }
    };
    if state.fresh.every != Refresh::Off {
        let demo = state.profile().is_some_and(|p| p.demo);
        let pace = if demo { state.fresh.pace } else { Pace::default() };
        let pause = pace.grown(state.fresh.looks);
        for load in changing(state) {
            // Until a row was read alone, its age is that of its region's read.
            let whole = match &load {
                Load::Image(region, _) => answered(&Load::Images(region.clone())),
                Load::Instance(region, _) => answered(&Load::Instances(region.clone())),
                _ => None,
            };
            let under_way = state.fresh.quiet.contains_key(&load)
                || matches!(state.loads.get(&load), Some(LoadState::Loading(_)));
            if let Some(at) = answered(&load).max(whole).filter(|_| !under_way) {
                add(at, pause, load);
            }
        }
    }
    let here = on_screen(state);
    let rest = elsewhere(state, &here);
    if let Some(every) = interval(state, here.len() + rest.len() / RARELY as usize) {
        let here = here.into_iter().map(|l| (l, every));
        let rest = rest.into_iter().map(|l| (l, every.saturating_mul(RARELY)));
        for (load, pause) in here.chain(rest) {
            if let Some(at) = answered(&load) {
                add(at, pause, load);
            }
        }
    }
    all
}

/// Returns the times whose ages are shown: of the visible rows, of the shares in the pane, and of the cached rows.
fn ages(state: &State) -> Vec<Timestamp> {
    let mut all: Vec<Timestamp> = rows_in_sight(state)
        .filter_map(|row| match row {
            RowId::Image(id) => state.shown_image(id)?.created_at,
            RowId::Instance(id) => state.shown_instance(id)?.created_at,
            RowId::Region(_) => None,
        })
        .collect();
    if let Some(RowId::Image(id)) = &state.pane {
        all.extend(state.facts.shares(id).into_iter().flatten().filter_map(|s| s.since));
    }
    all.extend(state.row_cache.since());
    all
}

/// Returns when the console has to act without input: when a read is due, or when a displayed time changes.
pub fn wakes_at(state: &State) -> Option<Timestamp> {
    let asked = due(state).into_iter().map(|(at, _)| at).min();
    let aged = ages(state).into_iter().filter_map(|then| age_changes_at(state.now, then)).min();
    let ended = state.session_ends.and_then(|ends| session_end::changes_at(ends, state.now));
    [asked, aged, ended, spinner_at(state)].into_iter().flatten().min()
}

/// The time between two spinner frames, in milliseconds.
const TURN: i64 = 125;

/// Returns when the spinner turns next. It does not turn while the terminal is in the background.
fn spinner_at(state: &State) -> Option<Timestamp> {
    let turns = state.looks.motion && state.focused && state.pending_reads(Load::is_list).0 > 0;
    let turn = state.now.as_millisecond().div_euclid(TURN) + 1;
    turns.then(|| Timestamp::from_millisecond(turn * TURN).ok()).flatten()
}

/// Returns the spinner and a space while something is being read. Empty if there is no motion.
pub(crate) fn spinner(state: &State) -> &'static str {
    const MARKS: [&str; 8] = ["⠋ ", "⠙ ", "⠹ ", "⠸ ", "⠼ ", "⠴ ", "⠦ ", "⠧ "];
    const ASCII: [&str; 8] = ["| ", "/ ", "- ", "\\ ", "| ", "/ ", "- ", "\\ "];
    let turn = state.now.as_millisecond().div_euclid(TURN).rem_euclid(8) as usize;
    match state.looks {
        Looks { motion: false, .. } => "",
        Looks { ascii: true, .. } => ASCII[turn],
        _ => MARKS[turn],
    }
}

/// Starts the reads that are due and those that will be due soon, so that one wake-up serves several.
pub(crate) fn read_due(state: &mut State, effects: &mut Vec<Effect>) {
    let all = due(state);
    if all.iter().all(|(at, _)| *at > state.now) {
        return;
    }
    let soon = match state.fresh.every {
        Refresh::Every(every) => every / 6,
        Refresh::Off => SignedDuration::ZERO,
    };
    let until = state.now.checked_add(soon).unwrap_or(state.now);
    let closely = |l: &Load| matches!(l, Load::Image(..) | Load::Instance(..));
    let asked: Vec<Load> = all
        .into_iter()
        .filter(|(at, load)| *at <= if closely(load) { state.now } else { until })
        .map(|(_, load)| load)
        .collect();
    let moving: Vec<Load> = asked.iter().filter(|l| closely(l)).cloned().collect();
    if !moving.is_empty() {
        let same = moving.iter().all(|l| state.fresh.moving.contains(l));
        state.fresh.looks = if same { state.fresh.looks.saturating_add(1) } else { 1 };
        state.fresh.moving = moving;
    }
    if asked.iter().any(|l| !closely(l)) {
        // With the rows, the journal is read too: jobs of other processes are facts of the same verdicts.
        effects.push(Effect::Recall);
        state.fresh.rounds += 1;
        let failed = |l: &Load| matches!(state.loads.get(l), Some(LoadState::Failed(..)));
        state.fresh.missed =
            if asked.iter().any(failed) { (state.fresh.missed + 1).min(PATIENCE) } else { 0 };
    }
    for load in asked {
        state.ticket += 1;
        state.fresh.quiet.insert(load.clone(), state.ticket);
        effects.push(Effect::Load { ticket: state.ticket, load });
    }
    // If the interval became shorter, more reads may be due. This ends because reads under way are not due.
    read_due(state, effects);
}
