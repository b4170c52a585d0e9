//! The pane of a region: own images and the quota, received images, copies under way, and the regions to and from
//! which images can be copied.

use crate::{
    facts::Load,
    i18n,
    messages::{m, tr},
    model::{Catalog, Region},
    rules::{self, Args, Code, Reason},
    tui::{
        app::state::{LoadState, State},
        keymap::{Command, Context},
        screens::tabs::{
            copying,
            regions::{all as regions_of, fullness, place as region_place},
        },
        widgets::theme::Role,
    },
};

/// A fact in the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabeledText {
    /// The label. A label that repeats the previous one is not drawn.
    pub label: &'static str,
    /// The text.
    pub text: String,
    /// The role of the text.
    pub role: Role,
}

impl LabeledText {
    pub(crate) fn new(label: &'static str, text: impl Into<String>, role: Role) -> Self {
        Self { label, text: text.into(), role }
    }
}

/// Regions for which the same rules block copies to and from the region of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionGroup {
    /// Each region with the reasons that block copies to it and from it. Empty if copies are possible.
    pub ways: Vec<(Region, [Vec<Reason>; 2])>,
}

impl RegionGroup {
    /// Returns the reasons that block copies to the group (0) or from it (1), with arguments that are the same for
    /// all regions.
    pub fn reasons(&self, direction: usize) -> Vec<(Code, Args)> {
        let figures = |n: usize| {
            let mut args = self.ways.iter().filter_map(|(_, way)| way[direction].get(n)).map(|r| &r.args);
            args.next().filter(|first| args.all(|a| a == *first)).cloned().unwrap_or_default()
        };
        let codes = std::mem::take(&mut self.codes()[direction]);
        codes.into_iter().enumerate().map(|(n, code)| (code, figures(n))).collect()
    }

    /// Returns the codes that block copies to the group, and from it.
    fn codes(&self) -> [Vec<Code>; 2] {
        self.ways.first().map(|(_, way)| codes(way)).unwrap_or_default()
    }
}

fn codes(way: &[Vec<Reason>; 2]) -> [Vec<Code>; 2] {
    way.each_ref().map(|reasons| reasons.iter().map(|r| r.code).collect())
}

/// Returns all other regions in groups. Groups without reasons come first.
pub fn groups(state: &State, region: &Region) -> Vec<RegionGroup> {
    let mut groups: Vec<RegionGroup> = Vec::new();
    for other in others(state, region) {
        let way = [rules::route(region, &other, &state.facts), rules::route(&other, region, &state.facts)];
        let key = codes(&way);
        match groups.iter_mut().find(|g| g.codes() == key) {
            Some(group) => group.ways.push((other, way)),
            None => groups.push(RegionGroup { ways: vec![(other, way)] }),
        }
    }
    groups.sort_by_key(|g| g.codes().iter().map(Vec::len).sum::<usize>() > 0);
    groups
}

/// Returns the other regions in the vendor's order, so that neighbours are adjacent.
fn others(state: &State, region: &Region) -> impl Iterator<Item = Region> {
    let all = regions_of(state);
    let listed: Vec<Region> =
        Catalog::get().iter().map(|r| r.region.clone()).filter(|r| all.contains(r)).collect();
    let rest = all.into_iter().filter(|r| Catalog::get().region(r).is_none());
    let region = region.clone();
    listed.into_iter().chain(rest.collect::<Vec<_>>()).filter(move |r| *r != region)
}

/// Returns the facts in short, the most important first. `brief` is set if there is little room.
pub(crate) fn facts(state: &State, region: &Region, brief: bool) -> Vec<LabeledText> {
    let mut facts = image_facts(state, region, brief);
    facts.extend(groups(state, region).iter().map(|g| group_fact(state, g, if brief { 1 } else { 2 })));
    facts
}

/// Returns the facts about the region's images and the copies to it.
pub fn image_facts(state: &State, region: &Region, brief: bool) -> Vec<LabeledText> {
    let lang = state.lang;
    let mut facts = own(state, region, brief);
    for copy in copying::all(state).iter().filter(|c| c.to == *region) {
        let percent = copy.percent.map(|p| format!(" {p} %")).unwrap_or_default();
        let from = match (&copy.from, copy.guessed) {
            (Some(from), false) => tr!(lang, region_pane_from, region_place = region_place(from, lang)),
            (Some(from), true) => {
                tr!(lang, region_pane_probably_from, region_place = region_place(from, lang))
            }
            (None, _) => String::new(),
        };
        facts.push(LabeledText::new(
            lang.text(m::word_copying),
            format!("{}{percent}{from}", copy.name),
            Role::Warn,
        ));
    }
    facts
}

/// Returns the text about own images, or why their number is not known.
fn own(state: &State, region: &Region, brief: bool) -> Vec<LabeledText> {
    let lang = state.lang;
    let mut facts = Vec::new();
    let key = |command| state.keymap.hint(Context::Table, command);
    let asked = state.loads.get(&Load::Images(region.clone()));
    if let Some(LoadState::Failed(_, error)) = asked {
        let what = match error.is_partial() {
            true => lang.text(m::common_not_whole),
            false => lang.text(m::common_no_answer),
        };
        let text = tr!(
            lang,
            region_pane_asks_again,
            what,
            key = key(Command::Refresh),
            trouble = error.text,
            code = error.code
        );
        facts.push(LabeledText::new(lang.text(m::common_own_images), text, Role::Bad));
    }
    let Some((own, quota, role)) = fullness(state, region) else {
        match asked {
            Some(LoadState::Failed(..)) => {}
            Some(_) => facts.push(LabeledText::new(
                lang.text(m::common_own_images),
                lang.text(m::common_asking),
                Role::Dim,
            )),
            None => {
                let text = tr!(lang, region_pane_not_asked, key = key(Command::Regions));
                facts.push(LabeledText::new(lang.text(m::common_own_images), text, Role::Dim));
            }
        }
        return facts;
    };
    let said = state.facts.regions.get(region).and_then(|r| r.quota);
    let said = if said.is_some() {
        lang.text(m::region_pane_cloud_says)
    } else {
        lang.text(m::region_pane_documented)
    };
    let left = match quota.saturating_sub(own) {
        0 => lang.text(m::region_pane_full).to_owned(),
        n => tr!(lang, region_pane_room_for, n),
    };
    let view = if state.in_view(region) { "" } else { lang.text(m::region_pane_not_refreshed) };
    facts.push(LabeledText::new(
        lang.text(m::common_own_images),
        tr!(lang, region_pane_of, own, quota, said, left, view),
        role,
    ));
    // A note about a limit that is not part of the quota.
    let note = rules::quota_note(region, &state.facts);
    let mut text: Vec<String> = note.iter().map(|n| i18n::short(n.code, &n.args, state.lang)).collect();
    if !brief {
        text.push(i18n::sentence(Code::QuotaReceived, &Args::new(), state.lang));
    }
    if !text.is_empty() {
        facts.push(LabeledText::new(
            lang.text(m::common_received),
            text.join(lang.text(m::region_pane_sentence_end)),
            Role::Plain,
        ));
    }
    facts
}

/// Returns the text of a group, with the reason before the regions. If the group is blocked and large, only the first
/// `named` regions are named.
fn group_fact(state: &State, group: &RegionGroup, named: usize) -> LabeledText {
    let lang = state.lang;
    let names: Vec<&str> = group.ways.iter().map(|(r, _)| region_place(r, lang)).collect();
    let places = names.join(lang.text(m::common_list_comma));
    let some = match names.get(..named) {
        Some(first) if names.len() > named + 1 => {
            tr!(
                lang,
                region_pane_and_more,
                first = first.join(lang.text(m::common_list_comma)),
                named = names.len() - named
            )
        }
        _ => places.clone(),
    };
    let (to, from) = (group.reasons(0), group.reasons(1));
    let why = |reasons: &[(Code, Args)]| {
        let shorts = reasons.iter().map(|(code, args)| i18n::short(*code, args, state.lang));
        shorts.collect::<Vec<_>>().join(lang.text(m::common_semicolon))
    };
    let all = |these: &[(Code, Args)], those: &[(Code, Args)]| {
        those.iter().all(|(code, _)| these.iter().any(|(c, _)| c == code))
    };
    let (label, text, role) = match (to.is_empty(), from.is_empty()) {
        (true, true) => {
            (lang.text(m::region_pane_copies), tr!(lang, region_pane_to_and_from, places), Role::Plain)
        }
        (false, true) => (
            lang.text(m::region_pane_one_way),
            tr!(lang, region_pane_from_not_to, some, why = why(&to)),
            Role::Plain,
        ),
        (true, false) => (
            lang.text(m::region_pane_one_way),
            tr!(lang, region_pane_to_not_from, places, why = why(&from)),
            Role::Plain,
        ),
        _ if all(&to, &from) => (
            lang.text(m::region_pane_no_copies),
            tr!(lang, region_pane_blocked_to, why = why(&to), some),
            Role::Dim,
        ),
        _ if all(&from, &to) => (
            lang.text(m::region_pane_no_copies),
            tr!(lang, region_pane_blocked_to, why = why(&from), some),
            Role::Dim,
        ),
        _ => (
            lang.text(m::region_pane_no_copies),
            tr!(lang, region_pane_to_from, why = why(&to), whyb = why(&from), some),
            Role::Dim,
        ),
    };
    LabeledText::new(label, text, role)
}
