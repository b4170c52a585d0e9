//! What is told of a region: own images against the quota, received ones, copies under way, and between which regions
//! images can be copied.

use crate::{
    facts::Load,
    i18n::{self, lang::tell},
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

/// One thing that is told: a label, the words, and what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The label; the same one again is not shown.
    pub label: &'static str,
    /// The words.
    pub text: String,
    /// What they mean.
    pub role: Role,
}

impl Fact {
    pub(crate) fn new(label: &'static str, text: impl Into<String>, role: Role) -> Self {
        Self { label, text: text.into(), role }
    }
}

/// Regions that the same rows stand between and one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Each with what keeps images from being copied to it, and from it; empty where nothing does.
    pub ways: Vec<(Region, [Vec<Reason>; 2])>,
}

impl Group {
    /// What is in the way to them (0) or from them (1), with the figures where those are the same for all.
    pub fn reasons(&self, direction: usize) -> Vec<(Code, Args)> {
        let figures = |n: usize| {
            let mut args = self.ways.iter().filter_map(|(_, way)| way[direction].get(n)).map(|r| &r.args);
            args.next().filter(|first| args.all(|a| a == *first)).cloned().unwrap_or_default()
        };
        let codes = std::mem::take(&mut self.codes()[direction]);
        codes.into_iter().enumerate().map(|(n, code)| (code, figures(n))).collect()
    }

    /// The rows in the way to them, and from them.
    fn codes(&self) -> [Vec<Code>; 2] {
        self.ways.first().map(|(_, way)| codes(way)).unwrap_or_default()
    }
}

fn codes(way: &[Vec<Reason>; 2]) -> [Vec<Code>; 2] {
    way.each_ref().map(|reasons| reasons.iter().map(|r| r.code).collect())
}

/// All other regions, grouped; first those to and from which nothing stands in the way.
pub fn groups(state: &State, region: &Region) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for other in others(state, region) {
        let way = [rules::route(region, &other, &state.facts), rules::route(&other, region, &state.facts)];
        let key = codes(&way);
        match groups.iter_mut().find(|g| g.codes() == key) {
            Some(group) => group.ways.push((other, way)),
            None => groups.push(Group { ways: vec![(other, way)] }),
        }
    }
    groups.sort_by_key(|g| g.codes().iter().map(Vec::len).sum::<usize>() > 0);
    groups
}

/// In the vendor's order, so that neighbours stand together.
fn others(state: &State, region: &Region) -> impl Iterator<Item = Region> {
    let all = regions_of(state);
    let listed: Vec<Region> =
        Catalog::get().iter().map(|r| r.region.clone()).filter(|r| all.contains(r)).collect();
    let rest = all.into_iter().filter(|r| Catalog::get().region(r).is_none());
    let region = region.clone();
    listed.into_iter().chain(rest.collect::<Vec<_>>()).filter(move |r| *r != region)
}

/// The facts in few words, the most telling first; `brief` where there are only some rows for them.
pub(crate) fn told(state: &State, region: &Region, brief: bool) -> Vec<Fact> {
    let mut facts = held(state, region, brief);
    facts.extend(groups(state, region).iter().map(|g| ways(state, g, if brief { 1 } else { 2 })));
    facts
}

/// What the region holds and what is on its way to it.
pub fn held(state: &State, region: &Region, brief: bool) -> Vec<Fact> {
    let lang = state.lang;
    let mut facts = own(state, region, brief);
    for copy in copying::all(state).iter().filter(|c| c.to == *region) {
        let percent = copy.percent.map(|p| format!(" {p} %")).unwrap_or_default();
        let from = match (&copy.from, copy.guessed) {
            (Some(from), false) => tell!(lang, " from {}", "，来自 {}", region_place(from, lang)),
            (Some(from), true) => {
                tell!(lang, ", probably from {}", "，可能来自 {}", region_place(from, lang))
            }
            (None, _) => String::new(),
        };
        facts.push(Fact::new(
            lang.of("copying", "复制中"),
            format!("{}{percent}{from}", copy.name),
            Role::Warn,
        ));
    }
    facts
}

/// The images that it holds, or why that is not known.
fn own(state: &State, region: &Region, brief: bool) -> Vec<Fact> {
    let lang = state.lang;
    let mut facts = Vec::new();
    let key = |command| state.keymap.hint(Context::Table, command);
    let asked = state.loads.get(&Load::Images(region.clone()));
    if let Some(LoadState::Failed(_, trouble)) = asked {
        let what = match trouble.is_partial() {
            true => lang.of("not whole", "不完整"),
            false => lang.of("no answer", "没有回答"),
        };
        let text = tell!(
            lang,
            "{what} ({} asks again): {} ({})",
            "{what}（{} 再查）：{}（{}）",
            key(Command::Refresh),
            trouble.text,
            trouble.code
        );
        facts.push(Fact::new(lang.of("own images", "自有镜像"), text, Role::Bad));
    }
    let Some((own, quota, role)) = fullness(state, region) else {
        match asked {
            Some(LoadState::Failed(..)) => {}
            Some(_) => facts.push(Fact::new(
                lang.of("own images", "自有镜像"),
                lang.of("asking …", "查询中 …"),
                Role::Dim,
            )),
            None => {
                let text = tell!(
                    lang,
                    "not asked · {} takes it into view",
                    "未查询 · {} 加入显示",
                    key(Command::Regions)
                );
                facts.push(Fact::new(lang.of("own images", "自有镜像"), text, Role::Dim));
            }
        }
        return facts;
    };
    let said = state.facts.regions.get(region).and_then(|r| r.quota);
    let said = if said.is_some() {
        lang.of("the cloud says", "云端所说")
    } else {
        lang.of("documented", "文档所说")
    };
    let left = match quota.saturating_sub(own) {
        0 => lang.of("full", "已满").to_owned(),
        n => tell!(lang, "room for {n}", "还可放 {n} 个"),
    };
    let view = if state.in_view(region) {
        ""
    } else {
        lang.of(" · not in view, not read anew", " · 未显示，没有重新读取")
    };
    facts.push(Fact::new(
        lang.of("own images", "自有镜像"),
        tell!(lang, "{own} of {quota} ({said}) · {left}{view}", "{own}/{quota}（{said}）· {left}{view}"),
        role,
    ));
    // F3: the figure where there is one, and why it is none of the quota's.
    let note = rules::quota_note(region, &state.facts);
    let mut text: Vec<String> = note.iter().map(|n| i18n::short(n.code, &n.args, state.lang)).collect();
    if !brief {
        text.push(i18n::sentence(Code::QuotaReceived, &Args::new(), state.lang));
    }
    if !text.is_empty() {
        facts.push(Fact::new(lang.of("received", "收到"), text.join(lang.of(". ", "。")), Role::Plain));
    }
    facts
}

/// A group in few words, the reason before the regions, so that it is read first. Of many that something stands between,
/// the first `named` are named.
fn ways(state: &State, group: &Group, named: usize) -> Fact {
    let lang = state.lang;
    let names: Vec<&str> = group.ways.iter().map(|(r, _)| region_place(r, lang)).collect();
    let places = names.join(lang.of(", ", "、"));
    let some = match names.get(..named) {
        Some(first) if names.len() > named + 1 => {
            tell!(lang, "{} and {} more", "{}等 {} 处", first.join(lang.of(", ", "、")), names.len() - named)
        }
        _ => places.clone(),
    };
    let (to, from) = (group.reasons(0), group.reasons(1));
    let why = |reasons: &[(Code, Args)]| {
        let shorts = reasons.iter().map(|(code, args)| i18n::short(*code, args, state.lang));
        shorts.collect::<Vec<_>>().join(lang.of("; ", "；"))
    };
    let all = |these: &[(Code, Args)], those: &[(Code, Args)]| {
        those.iter().all(|(code, _)| these.iter().any(|(c, _)| c == code))
    };
    let (label, text, role) = match (to.is_empty(), from.is_empty()) {
        (true, true) => {
            (lang.of("copies", "复制"), tell!(lang, "to and from {places}", "与{places}互相"), Role::Plain)
        }
        (false, true) => (
            lang.of("one way", "单向"),
            tell!(lang, "from {some}; not to: {}", "只能来自{some}；不能到：{}", why(&to)),
            Role::Plain,
        ),
        (true, false) => (
            lang.of("one way", "单向"),
            tell!(lang, "to {places}; not from: {}", "只能到{places}；不能来自：{}", why(&from)),
            Role::Plain,
        ),
        _ if all(&to, &from) => {
            (lang.of("no copies", "不能复制"), tell!(lang, "{}: {some}", "{}：{some}", why(&to)), Role::Dim)
        }
        _ if all(&from, &to) => {
            (lang.of("no copies", "不能复制"), tell!(lang, "{}: {some}", "{}：{some}", why(&from)), Role::Dim)
        }
        _ => (
            lang.of("no copies", "不能复制"),
            tell!(lang, "to: {}, from: {}: {some}", "到：{}，来自：{}：{some}", why(&to), why(&from)),
            Role::Dim,
        ),
    };
    Fact::new(label, text, role)
}
