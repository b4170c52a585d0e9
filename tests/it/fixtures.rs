//! Default values for tests. A test sets what matters to it: `Image { byol: true, ..image(..) }`.

mod image;

use cvmshare::{
    jobs::{
        CellState, EdgeState, Job, Maker,
        job::{Cell, Edge},
    },
    model::{Image, Instance, InstanceState, Region},
};
use jiff::Timestamp;

pub use image::image;

/// A running instance of an image, in the region's third zone.
pub fn instance(id: &str, region: &str, name: &str, image: Option<&str>) -> Instance {
    Instance {
        id: id.parse().unwrap(),
        region: region.parse().unwrap(),
        zone: format!("{region}-3"),
        name: name.into(),
        state: InstanceState::Running,
        instance_type: "S5.MEDIUM4".into(),
        cpu: 2,
        memory_gib: 4,
        image: image.map(|id| id.parse().unwrap()),
        os: "Ubuntu".into(),
        private_ips: Vec::new(),
        public_ips: Vec::new(),
        created_at: None,
        system_disk_gib: 50,
        latest_operation: None,
        details: Default::default(),
    }
}

/// A job for an image, without copies and shares.
pub fn job(id: &str, profile: &str, image: &Image, created: Timestamp) -> Job {
    Job {
        id: id.into(),
        profile: profile.into(),
        account: None,
        image: image.id.clone(),
        name: image.name.to_string(),
        size_gib: image.size_gib,
        source: image.region.clone(),
        cells: Vec::new(),
        edges: Vec::new(),
        calls: Vec::new(),
        created,
        paused: None,
        cancelled: false,
        checking: false,
    }
}

/// A pending copy of a job.
pub fn cell(region: &Region, name: &str) -> Cell {
    Cell {
        region: region.clone(),
        image: None,
        state: CellState::Planned,
        percent: None,
        reused: false,
        name: name.into(),
        error: None,
        since: None,
        attempt: 0,
        doubt: false,
        seen: None,
    }
}

/// A pending share of a job.
pub fn edge(region: &Region, account: &str) -> Edge {
    Edge {
        region: region.clone(),
        account: account.parse().unwrap(),
        state: EdgeState::Planned,
        made_by: Maker::Others,
        seen: None,
        error: None,
        unsure: false,
    }
}
