//! Processes the plan and the result of an undo.

use crate::{
    facts::undo::{Ended, LeftoverKind, UndoPlan, UndoStep},
    i18n,
    messages::{Lang, m, tr},
    rules::Action,
    tui::{
        app::{message::CallError, state::State},
        screens::undo::{Undo, refusals},
    },
};

/// Shows the plan of an undo in its dialog, or closes the dialog if there is nothing to undo.
pub(crate) fn on_planned(state: &mut State, job: &str, result: Result<Box<UndoPlan>, CallError>) {
    let lang = state.lang;
    let asks =
        state.dialogs.iter().rposition(|d| d.downcast_ref::<Undo>().is_some_and(|undo| undo.is_for_job(job)));
    let Some(at) = asks else { return };
    match result {
        Ok(plan) if !plan.steps.is_empty() => {
            if let Some(undo) = state.dialogs[at].downcast_mut::<Undo>() {
                undo.set_plan(*plan);
            }
        }
        Ok(plan) => {
            state.dialogs.remove(at);
            // A copy that others have shares of cannot be deleted. The reasons are shown.
            let copy = plan.leftovers.iter().find_map(|stay| match &stay.what {
                LeftoverKind::Copy(verdict) => Some((stay, verdict)),
                _ => None,
            });
            match copy {
                Some((stay, verdict)) => {
                    let why = refusals(verdict, lang).join(" ");
                    state.show_error(i18n::copy_stays(&stay.region, &stay.image, &why, lang));
                }
                None => state.show_notice(lang.text(m::console_undo_nothing)),
            }
        }
        Err(error) => {
            state.dialogs.remove(at);
            state.show_error(error.to_line(lang));
        }
    }
}

/// Processes the result of an undo: reads the rows that it changed, and shows what was done.
pub(crate) fn on_undone(
    state: &mut State,
    job: &str,
    plan: &UndoPlan,
    result: Result<Vec<Ended>, CallError>,
) {
    let lang = state.lang;
    let ends = match result {
        Ok(ends) => ends,
        Err(error) => return state.show_error(error.to_line(lang)),
    };
    let name = state.jobs.get(job).map(|j| i18n::plain(&j.name).into_owned()).unwrap_or_default();
    let (mut shares, mut copies, mut not_done) = (0, Vec::new(), Vec::new());
    for (step, ended) in plan.steps.iter().zip(&ends) {
        match (ended, &step.action) {
            (Ended::Done, Action::Delete { image, .. }) => {
                state.facts.remove_image(image);
                copies.push(step.region.as_str());
            }
            (Ended::Done, _) => shares += step.accounts().len(),
            _ => not_done.push(why_not(step, ended, lang)),
        }
    }
    let mut said = Vec::new();
    if shares > 0 {
        said.push(tr!(lang, console_undo_shares_cancelled, n = shares, name));
    }
    if !copies.is_empty() {
        let places = copies.join(lang.text(m::common_list_comma));
        said.push(tr!(lang, console_undo_copies_deleted, n = copies.len(), name, places));
    }
    let done = said.join(lang.text(m::common_semicolon));
    if not_done.is_empty() {
        return state.show_notice(tr!(lang, console_undo_undone, done));
    }
    let rest = not_done.join(" ");
    state.show_error(if done.is_empty() {
        tr!(lang, console_undo_not_undone, rest)
    } else {
        tr!(lang, console_undo_partly_undone, done, rest)
    });
}

fn why_not(step: &UndoStep, ended: &Ended, lang: Lang) -> String {
    let why = match ended {
        Ended::Refused(verdict) => refusals(verdict, lang).join(" "),
        Ended::Failed(error) => format!("{} [{}]", i18n::plain(&error.message.render(lang)), error.code),
        Ended::StillShown(_) | Ended::Done => lang.text(m::console_undo_still_listed).to_owned(),
    };
    tr!(lang, common_region_why, region = step.region, why)
}
