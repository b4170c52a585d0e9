//! Processes the messages about jobs.

use crate::{
    facts::Load,
    i18n,
    jobs::Job,
    messages::tr,
    model::Image,
    tui::{
        app::{effect::Effect, reads::load, state::State},
        keymap::{Command, Context},
        screens::jobs,
    },
};

/// The maximum number of finished jobs that are shown, the newest.
const OVER_SHOWN: usize = 50;

/// Processes the jobs of the journal, the newest first: adds them to the state and resumes unfinished ones.
pub(crate) fn on_recalled(state: &mut State, jobs: Vec<Job>, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let (mut open, mut over) = (0, 0);
    for job in jobs {
        // The state of a job that runs here or is watched is newer than the journal. With read-only nothing is
        // resumed.
        let known = state.jobs.get(&job.id).filter(|j| !j.is_over()).cloned();
        let job = known.clone().filter(|_| !state.facts.standing.read_only).unwrap_or(job);
        state.facts.add_job(&job);
        if job.is_over() {
            over += 1;
        } else if known.is_none() {
            open += 1;
            if !state.facts.standing.read_only {
                effects.push(Effect::Follow(job.id.clone(), job.profile.clone()));
            }
        }
        if !job.is_over() || over <= OVER_SHOWN {
            state.jobs.insert(job.id.clone(), job);
        }
    }
    if open > 0 {
        let key = state.keymap.hint(Context::Table, Command::Jobs);
        state.show_notice(match state.facts.standing.read_only {
            true => tr!(lang, console_jobs_read_only, n = open, key),
            false => tr!(lang, console_jobs_continue, n = open, key),
        });
    }
}

/// Processes the progress of a job: reads the rows that it changed.
pub(crate) fn on_job(state: &mut State, job: Job, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let ours = state.profile().is_some_and(|p| p.name == job.profile);
    let old = state.jobs.insert(job.id.clone(), job.clone());
    state.facts.add_job(&job);
    if !ours {
        return;
    }
    for cell in &job.cells {
        let Some(id) = &cell.image else { continue };
        let was = old.as_ref().and_then(|o| o.cell(&cell.region));
        // A copy that another console's job made was not seen yet.
        let unseen = state.facts.image(id).is_none()
            && !state.loads.contains_key(&Load::Image(cell.region.clone(), id.clone()));
        if unseen || was.is_none_or(|w| w.image != cell.image || w.state != cell.state) {
            load(state, Load::Image(cell.region.clone(), id.clone()), effects);
        } else if let Some(image) = state.facts.image(id)
            && cell.percent.is_some()
            && image.sync_percent != cell.percent
        {
            let image = Image { sync_percent: cell.percent, ..image.clone() };
            state.facts.add_images([image]);
        }
        let shared =
            |j: &Job| j.edges.iter().filter(|e| e.region == cell.region && e.state.is_shared()).count();
        if old.as_ref().map_or(0, shared) != shared(&job) {
            load(state, Load::Shares(cell.region.clone(), id.clone()), effects);
        }
    }
    if job.is_over() {
        let was_over = old.is_some_and(|o| o.is_over());
        if !was_over {
            let (word, _) = jobs::state_word(&job, state.lang);
            state.show_notice(tr!(
                lang,
                console_jobs_ended,
                id = job.id,
                name = i18n::plain(&job.name),
                word
            ));
        }
    }
}
