//! The third step: all problems of the plan, and its copies and shares by region and account.

use std::sync::Arc;

use crate::{
    i18n,
    jobs::{CellKind, Choice, EdgeKind, Plan, PlanFinding},
    messages::{Lang, m, tr},
    model::{Region, Uin},
    rules::Remedy,
    tui::{
        app::{
            accounts, actions,
            effect::Effect,
            gate,
            state::{State, dialog::Input},
        },
        keymap::Command,
        screens::flow::{Flow, FlowStep},
        widgets::{field::TextField, list::move_cursor, theme::Role},
    },
};

impl Flow {
    pub(crate) fn go_to_risk(&mut self, plan: Arc<Plan>) {
        self.message = None;
        self.at = FlowStep::Risk;
        self.shown = plan;
        self.on_yes = false;
    }

    pub(crate) fn on_findings(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) {
        let lang = state.lang;
        if let Some((region, mut field)) = self.naming.take() {
            match input {
                Input::Command(Command::Back) => return,
                Input::Command(Command::Confirm) => {
                    let name = field.text().trim().to_owned();
                    if !name.is_empty() {
                        self.goal.choices.insert(region, Choice::CopyAs(name));
                        self.read_missing(state, effects);
                    }
                    return;
                }
                Input::Typed(key) => {
                    field.handle_key(*key);
                }
                Input::Paste(text) => field.insert(text),
                Input::Command(_) => {}
            }
            self.naming = Some((region, field));
            return;
        }
        let plan = self.plan(state);
        let Input::Command(command) = input else { return };
        let here = plan.cells.get(self.cell_cursor);
        match command {
            Command::Drop => {
                if let Some(cell) = here {
                    if self.goal.choices.get(&cell.region) == Some(&Choice::Drop) {
                        self.goal.choices.remove(&cell.region);
                    } else {
                        self.goal.choices.insert(cell.region.clone(), Choice::Drop);
                    }
                }
            }
            Command::Reuse => {
                if let Some(CellKind::LooksLike(image)) = here.map(|c| &c.kind)
                    && let Some(cell) = here
                {
                    self.goal.choices.insert(cell.region.clone(), Choice::Reuse(image.clone()));
                    self.read_missing(state, effects);
                } else {
                    state.show_notice(lang.text(m::share_no_image_there));
                }
            }
            Command::Newer if actions::is_lifted_by_newer_limits(&plan.verdict()) => {
                accounts::use_newer_limits(state, effects);
                self.read_missing(state, effects);
            }
            Command::OtherName => {
                if let Some(cell) = here
                    && !matches!(cell.kind, CellKind::Here(_))
                {
                    let name = match &cell.kind {
                        CellKind::Copy { name } => name.clone(),
                        _ => suggestion(&plan, &cell.region),
                    };
                    self.naming = Some((cell.region.clone(), TextField::with(&name)));
                }
            }
            Command::Confirm => {
                if plan.is_ready() {
                    self.go_to_risk(plan);
                } else if !plan.missing.is_empty() {
                    self.message = Some(lang.text(m::share_regions_pending).into());
                    self.read_missing(state, effects);
                } else if plan.findings.iter().any(|f| f.blocking) {
                    self.message = Some(lang.text(m::share_problems_left).into());
                } else {
                    self.message = Some(lang.text(m::common_there_is_nothing_to_do).into());
                }
            }
            command => {
                move_cursor(&mut self.cell_cursor, plan.cells.len(), 10, *command);
            }
        }
    }
}

/// Returns what the current plan contains that the shown plan does not.
pub(crate) fn difference(state: &State, now: &Plan, shown: &Plan) -> String {
    let lang = state.lang;
    let mut all = Vec::new();
    for edge in now.edges.iter().filter(|e| !shown.edges.contains(e)) {
        let who = match &edge.account {
            Ok(uin) => state.facts.account_name(uin),
            Err(text) => text.clone(),
        };
        let (text, _) = edge_text(now, &edge.region, &edge.account, lang);
        all.push(tr!(lang, share_edge_change, region = edge.region, who = i18n::plain(&who), text));
    }
    for cell in now.cells.iter().filter(|c| !shown.cells.contains(c)) {
        let (text, _) = cell_text(&cell.kind, lang);
        all.push(tr!(lang, share_cell_change, region = cell.region, a1 = i18n::plain(&text)));
    }
    all.push(gate::refusal(&now.verdict(), &shown.verdict(), lang));
    all.retain(|text| !text.is_empty());
    all.join(" ")
}

/// Returns the free name that a finding of this region suggests. Empty if there is none.
fn suggestion(plan: &Plan, region: &Region) -> String {
    plan.findings
        .iter()
        .filter(|f| f.region.as_ref() == Some(region))
        .find_map(|f| match f.cause.reason().remedy {
            Remedy::Choose(suggested) => suggested,
            _ => None,
        })
        .unwrap_or_default()
}

/// Returns the text of a region's cell.
pub(crate) fn cell_text(kind: &CellKind, lang: Lang) -> (String, Role) {
    match kind {
        CellKind::Here(_) => (lang.text(m::common_is_there).into(), Role::Good),
        CellKind::Copied(id) => (tr!(lang, share_copy_exists, id), Role::Good),
        CellKind::LooksLike(id) => (tr!(lang, share_is_copy, id), Role::Warn),
        CellKind::Copy { name } => (tr!(lang, share_copy, name), Role::Accent),
        CellKind::Dropped => (lang.text(m::common_left_out).into(), Role::Dim),
        CellKind::Blocked => (lang.text(m::share_blocked).into(), Role::Bad),
    }
}

/// Returns the text of an account's cell in a region. Blank if the account does not need the region.
pub(crate) fn edge_text(
    plan: &Plan,
    region: &Region,
    account: &Result<Uin, String>,
    lang: Lang,
) -> (&'static str, Role) {
    match plan.edges.iter().find(|e| e.region == *region && e.account == *account).map(|e| e.kind) {
        None => ("-", Role::Dim),
        Some(EdgeKind::Add) => (lang.text(m::action_share), Role::Accent),
        Some(EdgeKind::Already(_)) => (lang.text(m::word_shared), Role::Good),
        Some(EdgeKind::Dropped) => (lang.text(m::common_left_out), Role::Dim),
        Some(EdgeKind::Blocked) => (lang.text(m::share_blocked), Role::Bad),
    }
}

/// Returns the sentence of a finding and its fix.
pub(super) fn finding_text(state: &State, finding: &PlanFinding) -> (String, String) {
    let reason = finding.cause.reason();
    let place = finding.region.as_ref().map(|r| format!("{r}: ")).unwrap_or_default();
    (
        format!("{place}{}", i18n::sentence(reason.code, &reason.args, state.lang)),
        i18n::remedy(&reason.remedy, reason.code, state.lang),
    )
}
