//! Starts jobs, reads their claims again, and computes their progress.

use crate::{
    jobs::{CellState, EdgeState, Job},
    tui::app::{effect::Effect, state::State},
};

/// Returns the progress of a job, in percent of its cells and edges.
pub(crate) fn percent(job: &Job) -> u8 {
    let cells = job.cells.iter().filter(|c| c.state != CellState::Skipped).map(|c| match c.state {
        CellState::Ready | CellState::Failed | CellState::Undone => 100,
        _ => u32::from(c.percent.unwrap_or(0)).min(99),
    });
    let edges = job.edges.iter().filter(|e| e.state != EdgeState::Skipped).map(|e| {
        if e.state.is_shared() || matches!(e.state, EdgeState::Failed | EdgeState::Undone) { 100 } else { 0 }
    });
    let (mut sum, mut n) = (0, 0);
    for part in cells.chain(edges) {
        sum += part;
        n += 1;
    }
    u8::try_from(sum.checked_div(n).unwrap_or(100)).unwrap_or(100)
}

/// Adds a job to the state and starts it.
pub(crate) fn start_job(state: &mut State, job: Job, effects: &mut Vec<Effect>) {
    state.facts.add_job(&job);
    state.jobs.insert(job.id.clone(), job.clone());
    effects.push(Effect::StartJob(Box::new(job)));
}

/// Reads the copies and shares of a finished job again, so that its page shows the current state.
pub(crate) fn read_job_again(state: &State, id: &str, effects: &mut Vec<Effect>) {
    if let Some(job) = state.jobs.get(id).filter(|j| j.is_over()) {
        effects.push(Effect::LookAtJob(job.id.clone(), job.profile.clone()));
    }
}
