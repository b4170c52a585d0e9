//! Starts jobs, reads their claims again, and computes their progress.

use crate::{
    jobs::{CellState, EdgeState, Job},
    tui::app::{effect::Effect, state::State},
};

/// Returns the progress of a job in percent: of its copies, which take nearly all of the time, or of its shares if it
/// copies nothing. It stays below 100 while a share is missing.
pub(crate) fn percent(job: &Job) -> u8 {
    let copies = job.cells.iter().filter(|c| c.state != CellState::Skipped && !c.reused);
    let copies: Vec<u32> = copies
        .map(|c| match c.state {
            CellState::Ready | CellState::Failed | CellState::Undone => 100,
            _ => u32::from(c.percent.unwrap_or(0)).min(99),
        })
        .collect();
    let shares = job.edges.iter().filter(|e| e.state != EdgeState::Skipped);
    let shares: Vec<u32> = shares
        .map(|e| match e.state {
            EdgeState::Shared | EdgeState::Verified | EdgeState::Failed | EdgeState::Undone => 100,
            _ => 0,
        })
        .collect();
    let parts = if copies.is_empty() { &shares } else { &copies };
    let average = parts.iter().sum::<u32>().checked_div(parts.len() as u32).unwrap_or(100);
    let most = if shares.iter().all(|s| *s == 100) { 100 } else { 99 };
    u8::try_from(average.min(most)).unwrap_or(most as u8)
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
