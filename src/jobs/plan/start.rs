//! Creates a job from a plan that the rules have cleared.

use jiff::Timestamp;
use ring::digest;

use super::{CellKind, Choice, EdgeKind, Goal, Plan, world};
use crate::{
    jobs::{
        job::{Cell, CellState, Edge, EdgeState, Job},
        observed::{Maker, Seen},
    },
    model::{Image, ImageId, Region},
    rules::{self, Facts},
};

impl Plan {
    /// Creates the job of a plan that a person has accepted, if the goal still gives the same plan.
    ///
    /// # Errors
    /// The current plan, if it cannot start or differs from this one.
    pub fn start(&self, goal: &Goal, facts: &Facts, profile: &str, now: Timestamp) -> Result<Job, Box<Self>> {
        let current = Self::make(goal, facts);
        let source = match facts.image(&goal.image) {
            Some(source) if current.is_ready() && current.does_the_same(self) => source,
            _ => return Err(Box::new(current)),
        };
        let decided = world::decided(&current, facts, source);
        match rules::clear(current.action(goal), &decided, &self.verdict()) {
            Ok(_cleared) => Ok(current.job(goal, source, facts, profile, now)),
            Err(_) => Err(Box::new(current)),
        }
    }

    /// Returns whether two plans make the same copies and shares and have the same risks to accept.
    pub fn does_the_same(&self, other: &Self) -> bool {
        self.cells == other.cells && self.edges == other.edges && self.acknowledge == other.acknowledge
    }

    /// Returns the job before its start, for display. It is not cleared.
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
            let image_read = image.as_ref().and_then(|id| facts.image(id));
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
                seen: image_read.map(|i| Seen::there(now, i.created_at)),
            }
        });
        let image_in = |region: &Region| match self.cell_kind(region) {
            Some(CellKind::Here(id) | CellKind::Copied(id)) => Some(id),
            _ => None,
        };
        let edges = self.edges.iter().filter_map(|e| {
            let account = e.account.clone().ok()?;
            let (state, seen) = match e.kind {
                EdgeKind::Add | EdgeKind::Blocked => (EdgeState::Planned, None),
                EdgeKind::Already(since) => (EdgeState::Shared, Some(Seen::there(now, since))),
                EdgeKind::Dropped => (EdgeState::Skipped, None),
            };
            let from_here = image_in(&e.region).is_some_and(|id| facts.made_here(id, &account));
            let made_by = if seen.is_some() && from_here { Maker::Earlier } else { Maker::Others };
            Some(Edge { region: e.region.clone(), account, state, made_by, seen, error: None, unsure: false })
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
            checking: false,
        }
    }

    /// Returns the ID of the job: eight hexadecimal digits, a hash of the profile, the image, the regions
    /// (with the name, if one was chosen) and the accounts in each. Independent of their order and of what
    /// exists already.
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
