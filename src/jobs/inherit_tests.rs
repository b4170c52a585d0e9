use jiff::Timestamp;

use super::*;
use crate::{
    jobs::{Edge, EdgeState},
    model::ImageId,
};

fn at() -> Timestamp {
    "2026-11-24T03:00:00Z".parse().unwrap()
}

fn job(cells: Vec<Cell>, edges: Vec<Edge>) -> Job {
    Job {
        id: "3f9a0c11".into(),
        profile: "prod".into(),
        account: None,
        image: "img-6pb6lrmy".parse().unwrap(),
        name: "web".into(),
        size_gib: 50,
        source: "ap-guangzhou".parse().unwrap(),
        cells,
        edges,
        calls: Vec::new(),
        created: at(),
        paused: None,
        cancelled: false,
        checking: false,
    }
}

fn cell(image: Option<&str>, state: CellState, reused: bool) -> Cell {
    Cell {
        region: "ap-shanghai".parse().unwrap(),
        image: image.map(|i| i.parse().unwrap()),
        state,
        percent: None,
        reused,
        name: "web".into(),
        error: None,
        since: None,
        attempt: 0,
        doubt: false,
        seen: None,
    }
}

fn edge(state: EdgeState, ours: bool) -> Edge {
    Edge {
        region: "ap-shanghai".parse().unwrap(),
        account: "100000000002".parse().unwrap(),
        state,
        made_by: if ours { Maker::Job } else { Maker::Others },
        seen: None,
        error: None,
        unsure: false,
    }
}

/// Region by region: how it was left, how the new plan sees it, and how the new job begins.
#[test]
fn a_job_that_is_asked_for_again_knows_what_it_did() {
    use CellState::{Copying, Failed, Planned, Ready, Waiting};
    let doubt = |cell: Cell| Cell { doubt: true, since: Some(at()), attempt: 2, ..cell };
    let (id, other) = (Some("img-0a1k2l9x"), Some("img-1u2b3n4t"));
    for (what, old, new, wanted) in [
        ("its copy is still its own", cell(id, Ready, false), cell(id, Ready, true), cell(id, Ready, false)),
        ("another's stays another's", cell(id, Ready, true), cell(id, Ready, true), cell(id, Ready, true)),
        (
            "another image is there now",
            cell(id, Ready, false),
            cell(other, Ready, true),
            cell(other, Ready, true),
        ),
        (
            "it may have asked for what is there",
            doubt(cell(None, Failed, false)),
            cell(id, Copying, true),
            cell(id, Copying, false),
        ),
        (
            "it may have asked for it, and nothing is to be seen: looked for first",
            doubt(cell(None, Failed, false)),
            cell(None, Planned, false),
            doubt(cell(None, Waiting, false)),
        ),
        (
            "it was refused for sure",
            cell(None, Failed, false),
            cell(None, Planned, false),
            cell(None, Planned, false),
        ),
    ] {
        let mut again = job(vec![new], Vec::new());
        again.inherit(&job(vec![old], Vec::new()));
        assert_eq!(again.cells, [wanted], "{what}");
    }
    // Under another name nothing is the same copy.
    let mut again = job(vec![Cell { name: "web-2".into(), ..cell(None, Planned, false) }], Vec::new());
    again.inherit(&job(vec![doubt(cell(None, Failed, false))], Vec::new()));
    assert_eq!((again.cells[0].state, again.cells[0].doubt), (Planned, false));
}

#[test]
fn shares_that_it_made_stay_its_own_for_as_long_as_they_are_there() {
    let unsure = |edge: Edge| Edge { unsure: true, ..edge };
    for (old, new, wanted) in [
        (edge(EdgeState::Shared, true), edge(EdgeState::Shared, false), edge(EdgeState::Shared, true)),
        (edge(EdgeState::Shared, false), edge(EdgeState::Shared, false), edge(EdgeState::Shared, false)),
        (edge(EdgeState::Shared, true), edge(EdgeState::Planned, false), edge(EdgeState::Planned, false)),
        (
            unsure(edge(EdgeState::Failed, false)),
            edge(EdgeState::Shared, false),
            unsure(edge(EdgeState::Shared, true)),
        ),
        (
            unsure(edge(EdgeState::Failed, false)),
            edge(EdgeState::Planned, false),
            unsure(edge(EdgeState::Planned, false)),
        ),
    ] {
        let mut again = job(Vec::new(), vec![new]);
        again.inherit(&job(Vec::new(), vec![old]));
        assert_eq!(again.edges, [wanted]);
    }
}

#[test]
fn the_rules_learn_what_jobs_made_and_what_they_work_on() {
    let mut facts = Facts::default();
    let id: ImageId = "img-0a1k2l9x".parse().unwrap();
    let done =
        job(vec![cell(Some(id.as_str()), CellState::Ready, false)], vec![edge(EdgeState::Shared, true)]);
    done.teach(&mut facts);
    assert_eq!(facts.copies[&done.image][&done.cells[0].region], id);
    assert!(facts.recorded_shares.contains_key(&(id.clone(), done.edges[0].account.clone())));
    assert!(facts.busy.is_empty());
    let open =
        job(vec![cell(Some(id.as_str()), CellState::Copying, false)], vec![edge(EdgeState::Planned, false)]);
    open.teach(&mut facts);
    assert_eq!((&facts.busy[&id], &facts.busy[&open.image]), (&open.id, &open.id));
    // What was there before is nobody's copy.
    let mut facts = Facts::default();
    job(vec![cell(Some(id.as_str()), CellState::Ready, true)], vec![edge(EdgeState::Shared, false)])
        .teach(&mut facts);
    assert!(facts.copies.is_empty() && facts.recorded_shares.is_empty());
}
