//! For every code of the rules a case in which it speaks, with its figures and its way out, and one in which it is silent.

mod changing;
mod copying;
mod instances;
mod sharing;
mod standing;

use cvmshare::rules::{
    Action, Code, Facts, Missing, Note, Probe, Reason, Remedy, Sort, Verdict, check, clear,
};

use crate::rules_world::*;

/// One case.
pub struct Case {
    /// The row that it is about.
    pub code: Code,
    pub action: Action,
    pub facts: Facts,
    pub wanted: Wanted,
}

/// What the verdict must be.
pub enum Wanted {
    /// Blocked, by these reasons and no other.
    Blocked(Vec<Reason>),
    /// Among the risks to accept, with these figures.
    Asks(Note),
    /// Among the things to know, with these figures.
    Notes(Note),
    /// Allowed, and the code says nothing.
    Passes,
    /// Allowed, the code is asked, and accepting it is enough.
    Accepted,
}

fn blocked(code: Code, figures: serde_json::Value, remedy: Remedy) -> Wanted {
    Wanted::Blocked(vec![Reason { code, args: args(figures), remedy }])
}

fn asks(code: Code, figures: serde_json::Value) -> Wanted {
    Wanted::Asks(Note { code, args: args(figures) })
}

fn notes(code: Code, figures: serde_json::Value) -> Wanted {
    Wanted::Notes(Note { code, args: args(figures) })
}

fn choose(text: &str) -> Remedy {
    Remedy::Choose(Some(text.into()))
}

fn first(action: Action) -> Remedy {
    Remedy::Do(Box::new(action))
}

fn probe(f: &mut Facts, encrypted: bool, whole_machine: bool) {
    f.probes.insert(img(FREE), Probe { encrypted, whole_machine });
}

fn fill_region(f: &mut Facts, region: &str, upto: u32) {
    let have = f.regions[&reg(region)].own;
    f.add_images((have..upto).map(|i| image(&format!("img-fill{i:04}"), region, &format!("fill-{i}"))));
}

/// All cases, in the order of docs/rules.md.
pub fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    let mut case = |code: Code, action: Action, facts: Facts, wanted: Wanted| {
        all.push(Case { code, action, facts, wanted });
    };
    let same = || world(|_| {});
    sharing::cases(&mut case, &same);
    copying::cases(&mut case, &same);
    changing::cases(&mut case, &same);
    instances::cases(&mut case, &same);
    standing::cases(&mut case, &same);
    all
}

type Add<'a> = dyn FnMut(Code, Action, Facts, Wanted) + 'a;

fn speaks(verdict: &Verdict, code: Code) -> bool {
    verdict.codes().contains(&code)
        || verdict.notes.iter().chain(&verdict.acknowledge).any(|n| n.code == code)
}

#[test]
fn every_case_gets_its_verdict() {
    for Case { code, action, facts, wanted } in cases() {
        let verdict = check(&action, &facts);
        let what = format!("{code}: {action:?}\n{verdict:#?}");
        assert_eq!(verdict.missing, Vec::<Missing>::new(), "{what}");
        match wanted {
            Wanted::Blocked(reasons) => assert_eq!(verdict.reasons, reasons, "{what}"),
            Wanted::Asks(note) => {
                assert!(verdict.is_allowed() && verdict.acknowledge.contains(&note), "{what}");
            }
            Wanted::Notes(note) => assert!(verdict.is_allowed() && verdict.notes.contains(&note), "{what}"),
            Wanted::Passes => assert!(verdict.is_allowed() && !speaks(&verdict, code), "{what}"),
            Wanted::Accepted => {
                let mut others = verdict.clone();
                others.acknowledge.retain(|n| n.code != code);
                assert!(others != verdict, "{what}");
                assert_eq!(clear(action.clone(), &facts, &others).unwrap_err(), verdict, "{what}");
                assert_eq!(clear(action.clone(), &facts, &verdict).unwrap().action(), &action, "{what}");
            }
        }
    }
}

#[test]
fn every_code_has_a_case_for_each_answer_and_a_source() {
    let cases = cases();
    for code in Code::ALL.iter().copied() {
        let of: Vec<&Wanted> = cases.iter().filter(|c| c.code == code).map(|c| &c.wanted).collect();
        let has = |is: fn(&&&Wanted) -> bool| of.iter().any(|w| is(&w));
        match code.sort() {
            Sort::Block => {
                assert!(has(|w| matches!(w, Wanted::Blocked(_))), "{code} lacks a case that blocks")
            }
            Sort::Acknowledge => {
                assert!(has(|w| matches!(w, Wanted::Asks(_))), "{code} lacks a case that asks")
            }
            Sort::Note => assert!(has(|w| matches!(w, Wanted::Notes(_))), "{code} lacks a case that notes"),
        }
        assert!(has(|w| matches!(w, Wanted::Passes | Wanted::Accepted)), "{code} lacks a case that passes");
        assert!(!code.source().is_empty(), "{code} lacks a source");
        assert_eq!(code.doc().is_some(), code.page().is_some());
    }
    for code in [Code::CopyUntrusted, Code::LaunchUntrusted, Code::ReinstallUntrusted] {
        assert!(cases.iter().any(|c| c.code == code && matches!(c.wanted, Wanted::Blocked(_))), "{code}");
    }
}

#[test]
fn codes_are_those_of_the_table_and_each_once() {
    let all: std::collections::BTreeSet<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
    assert_eq!(all.len(), Code::ALL.len());
    assert_eq!(all.len(), 72);
}
