//! From a plan to a job: only what the rules have cleared becomes one.

use jiff::Timestamp;
use ring::digest;

use super::{CellKind, Choice, EdgeKind, Goal, Plan, world};
use crate::{
    jobs::job::{Cell, CellState, Edge, EdgeState, Job},
    model::{Image, ImageId},
    rules::{self, Cleared, Code, Facts, Missing, Verdict},
};

impl Plan {
    /// Makes the job, where nothing stands in the way and the rules clear the whole with the risks that were accepted.
    ///
    /// # Errors
    /// What stands in the way, or the risks that were not accepted.
    pub fn start(
        &self,
        goal: &Goal,
        facts: &Facts,
        accepted: &[Code],
        profile: &str,
        now: Timestamp,
    ) -> Result<Job, Verdict> {
        if !self.is_ready() {
            return Err(self.verdict());
        }
        let Some(source) = facts.image(&goal.image) else {
            return Err(Verdict { missing: vec![Missing::Image(goal.image.clone())], ..Verdict::default() });
        };
        let decided = world::decided(self, facts, source);
        let _cleared: Cleared = rules::clear(self.action(goal), &decided, accepted)?;
        Ok(self.job(goal, source, facts, profile, now))
    }

    /// The job as it is before anything was sent, to show what would be done; nothing was cleared.
    pub fn sketch(&self, goal: &Goal, facts: &Facts, profile: &str, now: Timestamp) -> Option<Job> {
        facts.image(&goal.image).map(|source| self.job(goal, source, facts, profile, now))
    }

    fn job(&self, goal: &Goal, source: &Image, facts: &Facts, profile: &str, now: Timestamp) -> Job {
        let cells = self.cells.iter().map(|c| {
            let (image, state) = match &c.kind {
                CellKind::Here(id) | CellKind::Copied(id) | CellKind::LooksLike(id) => {
                    let ready = facts.image(id).is_some_and(Image::is_normal);
                    let state = if ready { CellState::Ready } else { CellState::Copying };
                    (Some(id.clone()), state)
                }
                CellKind::Copy { .. } | CellKind::Blocked => (None, CellState::Planned),
                CellKind::Dropped => (None, CellState::Skipped),
            };
            let name = match &c.kind {
                CellKind::Copy { name } => name.clone(),
                _ => image.as_ref().and_then(|id| facts.image(id)).unwrap_or(source).name.to_string(),
            };
            Cell {
                region: c.region.clone(),
                percent: None,
                reused: image.is_some(),
                image,
                state,
                name,
                error: None,
                since: None,
                attempt: 0,
                doubt: false,
            }
        });
        let edges = self.edges.iter().filter_map(|e| {
            let state = match e.kind {
                EdgeKind::Add | EdgeKind::Blocked => EdgeState::Planned,
                EdgeKind::Already(_) => EdgeState::Shared,
                EdgeKind::Dropped => EdgeState::Skipped,
            };
            let account = e.account.clone().ok()?;
            Some(Edge { region: e.region.clone(), account, state, ours: false, error: None, unsure: false })
        });
        Job {
            id: self.id(goal, profile),
            profile: profile.to_owned(),
            account: facts.standing.me.clone(),
            image: source.id.clone(),
            name: source.name.to_string(),
            size_gib: source.size_gib,
            source: source.region.clone(),
            cells: cells.collect(),
            edges: edges.collect(),
            calls: Vec::new(),
            created: now,
            paused: None,
            cancelled: false,
        }
    }

    /// Eight hexadecimal digits over what was asked: the profile, the image, the regions (with the name, where one was
    /// chosen) and the accounts in each, whatever their order and whatever is there already.
    pub fn id(&self, goal: &Goal, profile: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        for cell in self.cells.iter().filter(|c| c.kind != CellKind::Dropped) {
            let name = match goal.choices.get(&cell.region) {
                Some(Choice::CopyAs(name)) => name.as_str(),
                _ => "",
            };
            parts.push(format!("cell\0{}\0{name}", cell.region));
        }
        for edge in self.edges.iter().filter(|e| e.kind != EdgeKind::Dropped) {
            if let Ok(account) = &edge.account {
                parts.push(format!("edge\0{}\0{account}", edge.region));
            }
        }
        parts.sort();
        let mut hash = digest::Context::new(&digest::SHA256);
        let image: &ImageId = &goal.image;
        for part in [profile, image.as_str()].into_iter().chain(parts.iter().map(String::as_str)) {
            hash.update(part.as_bytes());
            hash.update(b"\n");
        }
        let mut id = hex::encode(hash.finish());
        id.truncate(8);
        id
    }
}
