//! Jumps: from a row to what belongs to it, and back.

use crate::{
    i18n::{
        self,
        lang::{Lang, tell},
    },
    model::{Catalog, Image, ImageId, ImageKind, Instance, Region},
    tui::{
        app::{
            column::age,
            family,
            jump_list::Place,
            state::State,
            table::{RowId, Tab},
        },
        keymap::{Command, Context},
        screens::tabs::{
            images::owner,
            instances::{Runs, runs},
            regions::{name as region_name, place as region_place},
        },
        widgets::list::counted,
    },
};

/// Where a jump leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// To a tab with this filter.
    Rows(Tab, String),
    /// To this row.
    Row(RowId),
    /// Nowhere: the description says why.
    Nowhere,
}

/// A jump that a row offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jump {
    /// To what, in a word or two.
    pub to: String,
    /// What is there.
    pub what: String,
    /// Where that is.
    pub target: Target,
}

fn jump(to: impl Into<String>, what: impl Into<String>, target: Target) -> Jump {
    Jump { to: to.into(), what: what.into(), target }
}

/// The jumps of a row.
pub(crate) fn jumps(state: &State, row: &RowId) -> Vec<Jump> {
    match row {
        RowId::Image(id) => state.facts.image(id).map(|i| from_image(state, i)).unwrap_or_default(),
        RowId::Instance(id) => state.facts.instance(id).map(|i| from_instance(state, i)).unwrap_or_default(),
        RowId::Region(region) => from_region(state, region),
    }
}

fn from_image(state: &State, image: &Image) -> Vec<Jump> {
    let lang = state.lang;
    let id = &image.id;
    let running = state.facts.running(id).count();
    let mut jumps = vec![match running {
        0 => jump(
            lang.of("instances", "实例"),
            lang.of("none of the instances in view runs it", "显示的实例都没有使用它"),
            Target::Nowhere,
        ),
        n => {
            let what = counted(lang, n, "instance runs it", "instances run it", "个实例使用它");
            jump(lang.of("instances", "实例"), what, Target::Rows(Tab::Instances, format!("image:{id}")))
        }
    }];
    if image.kind == ImageKind::Own {
        let copies = family::of(state, image).into_iter().filter(|i| i.id != *id);
        let (copies, away): (Vec<_>, Vec<_>) = copies.partition(|i| state.in_view(&i.region));
        let list = |of: &[&Image]| {
            of.iter().map(|i| region_place(&i.region, lang)).collect::<Vec<_>>().join(lang.of(", ", "、"))
        };
        jumps.push(match copies.len() {
            0 if !away.is_empty() => jump(
                lang.of("copies", "副本"),
                tell!(lang, "not in view: {}", "未显示：{}", list(&away)),
                Target::Nowhere,
            ),
            0 => jump(
                lang.of("copies", "副本"),
                lang.of("no copy of it is known", "没有已知的副本"),
                Target::Nowhere,
            ),
            n => {
                let number = counted(lang, n, "copy", "copies", "个副本");
                let mut what = tell!(lang, "{number} in {}", "{number}：{}", list(&copies));
                if !away.is_empty() {
                    what += &tell!(lang, "; not in view: {}", "；未显示：{}", list(&away));
                }
                jump(lang.of("copies", "副本"), what, Target::Rows(Tab::Images, format!("family:{id}")))
            }
        });
    }
    jumps.push(region(&image.region, lang));
    if image.kind == ImageKind::Own {
        match state.facts.shares(id) {
            None => jumps.push(jump(
                lang.of("receivers", "接收方"),
                lang.of("asking whom it is shared with …", "正在查询共享给谁 …"),
                Target::Nowhere,
            )),
            Some([]) => jumps.push(jump(
                lang.of("receivers", "接收方"),
                lang.of("it is shared with nobody", "没有共享给任何人"),
                Target::Nowhere,
            )),
            Some(shares) => jumps.extend(shares.iter().map(|share| {
                let since = age(state.lang, state.now, share.since);
                let number = match state.facts.accounts.contains_key(&share.account) {
                    true => format!("{} · ", share.account),
                    false => String::new(),
                };
                let what = tell!(
                    lang,
                    "{number}since {since} · all that is shared with them",
                    "{number}{since}起 · 共享给对方的全部镜像"
                );
                let target = Target::Rows(Tab::Images, format!("to:{}", share.account));
                jump(state.facts.account_name(&share.account), what, target)
            })),
        }
    } else if let Some(uin) = image.owner() {
        let name = owner(state, image).unwrap_or_default();
        let number = if name == uin.as_str() { String::new() } else { format!("{uin} · ") };
        // A term's value has no blanks.
        let word = name.split_whitespace().next().unwrap_or_default();
        let target = Target::Rows(Tab::Shared, format!("owner:{word}"));
        jumps.push(jump(
            name.clone(),
            tell!(lang, "{number}all that it shares with you", "{number}它共享给您的全部镜像"),
            target,
        ));
    }
    jumps
}

fn from_instance(state: &State, instance: &Instance) -> Vec<Jump> {
    let lang = state.lang;
    let row = |id: &ImageId| Target::Row(RowId::Image(id.clone()));
    let mut jumps = vec![match runs(state, instance) {
        Runs::Unsaid => jump(
            lang.of("image", "镜像"),
            lang.of("the cloud does not say which image it runs", "云端没有说它用哪个镜像"),
            Target::Nowhere,
        ),
        Runs::Unknown(id) => jump(
            lang.of("image", "镜像"),
            tell!(lang, "{id} · asking what it is …", "{id} · 正在查询 …"),
            Target::Nowhere,
        ),
        Runs::Gone(id, _) => jump(
            lang.of("image", "镜像"),
            tell!(lang, "{id} is not to be seen any more", "{id} 已不可见"),
            Target::Nowhere,
        ),
        Runs::Seen(image) if image.kind == ImageKind::Public => jump(
            lang.of("image", "镜像"),
            tell!(
                lang,
                "{} is public; it is in none of the tabs",
                "{} 是公共镜像，不在任何标签页里",
                image.name
            ),
            Target::Nowhere,
        ),
        Runs::Seen(image) => {
            jump(lang.of("image", "镜像"), format!("{} · {}", image.name, image.id), row(&image.id))
        }
    }];
    for made in state.facts.made_from(&instance.id) {
        if let Some(image) = state.facts.image(made) {
            jumps.push(jump(
                lang.of("image made of it", "衍生镜像"),
                match state.in_view(&image.region) {
                    true => format!("{} · {made}", image.name),
                    false => tell!(
                        lang,
                        "{} · {made} in {}, which is not in view",
                        "{} · {made}，在未显示的 {}",
                        image.name,
                        image.region
                    ),
                },
                if state.in_view(&image.region) { row(made) } else { Target::Nowhere },
            ));
        }
    }
    jumps.push(region(&instance.region, lang));
    jumps
}

fn region(region: &Region, lang: Lang) -> Jump {
    let what = format!("{region} · {}", region_name(region, lang));
    jump(lang.of("region", "地域"), what, Target::Row(RowId::Region(region.clone())))
}

fn from_region(state: &State, region: &Region) -> Vec<Jump> {
    let lang = state.lang;
    let filter = format!("region:{}", Catalog::get().short(region));
    let facts = state.facts.regions.get(region);
    let [own, received, instances] =
        facts.map_or([0; 3], |f| [f.own as usize, f.received as usize, f.instances as usize]);
    let own = (lang.of("images", "镜像"), Tab::Images, own, "own image", "own images", "自有镜像");
    let received = (
        lang.of("received", "收到的"),
        Tab::Shared,
        received,
        "received image",
        "received images",
        "收到的镜像",
    );
    let instances =
        (lang.of("instances", "实例"), Tab::Instances, instances, "instance", "instances", "实例");
    [own, received, instances]
        .into_iter()
        .map(|(to, tab, n, one, many, zh)| match n {
            n if n > 0 && !state.in_view(region) => {
                let n = counted(lang, n, one, many, &format!("个{zh}"));
                jump(to, tell!(lang, "{n}; the region is not in view", "{n}；该地域未显示"), Target::Nowhere)
            }
            0 => jump(to, tell!(lang, "no {one} is known there", "那里没有已知的{zh}"), Target::Nowhere),
            n => jump(to, counted(lang, n, one, many, &format!("个{zh}")), Target::Rows(tab, filter.clone())),
        })
        .collect()
}

/// Goes there, and says where that is.
pub(crate) fn go_to(state: &mut State, jump: &Jump) {
    let lang = state.lang;
    let from = Place::here(state.tab, &state.tables);
    let key = state.keymap.hint(Context::Table, Command::GoBack);
    match &jump.target {
        Target::Nowhere => return state.say(format!("{}.", i18n::plain(&jump.what))),
        Target::Rows(tab, filter) => {
            state.turn_to(*tab);
            let table = state.table_mut();
            table.filter.clone_from(filter);
            table.filtering = false;
            // A filter that is jumped to shows each copy.
            table.families = false;
            table.chosen = false;
            table.move_to(0);
            table.refilter();
            let rows = i18n::plain(&jump.what).into_owned();
            state.say(tell!(
                lang,
                "{}: {rows}. {key} goes back.",
                "{}：{rows}。{key} 返回。",
                tab.title(state.lang)
            ));
        }
        Target::Row(row) => {
            let tab = match row {
                RowId::Image(id) => match state.facts.image(id).map(|i| i.kind) {
                    Some(ImageKind::Own) => Tab::Images,
                    _ => Tab::Shared,
                },
                RowId::Region(_) => Tab::Regions,
                RowId::Instance(_) => Tab::Instances,
            };
            if matches!(row, RowId::Image(id) if state.notes.hidden.contains(id)) && !state.show_hidden {
                state.show_hidden = true;
                state.stale();
            }
            state.turn_to(tab);
            select(state, row);
            let what = i18n::plain(&jump.what).into_owned();
            state.say(tell!(
                lang,
                "{}: {what}. {key} goes back.",
                "{}：{what}。{key} 返回。",
                tab.title(state.lang)
            ));
        }
    }
    state.jump_list.leave(from);
}

/// Puts the cursor on a row; a filter that keeps it out is taken away.
fn select(state: &mut State, row: &RowId) {
    let mut table = state.table().clone();
    table.selected = Some(row.clone());
    table.chosen = true;
    table.filtering = false;
    table.derive(state);
    if table.selected.as_ref() != Some(row) {
        table.selected = Some(row.clone());
        table.filter.clear();
        table.families = false;
        table.refilter();
    }
    *state.table_mut() = table;
}

/// Back to where the last jump came from, or forward again.
pub(crate) fn go_along(state: &mut State, back: bool) {
    let lang = state.lang;
    let here = Place::here(state.tab, &state.tables);
    let Some(place) = state.jump_list.step(here, back) else {
        let key = state.keymap.hint(Context::Table, Command::GoTo);
        return state.say(if back {
            tell!(
                lang,
                "There is nothing to go back to; {key} goes to what belongs to a row.",
                "没有可返回的跳转；{key} 转到相关的行。"
            )
        } else {
            tell!(
                lang,
                "There is nothing to go forward to; {key} goes to what belongs to a row.",
                "没有可前进的跳转；{key} 转到相关的行。"
            )
        });
    };
    state.tab = place.restore(&mut state.tables);
    state.pane = None;
    let table = state.table();
    let mut place = state.tab.title(state.lang).to_owned();
    let name = match table.selected.as_ref() {
        Some(RowId::Image(id)) => state.facts.image(id).map(|i| i.name.as_str()),
        Some(RowId::Instance(id)) => state.facts.instance(id).map(|i| i.name.as_str()),
        Some(RowId::Region(region)) => Some(region.as_str()),
        None => None,
    };
    if let Some(name) = name {
        place.push_str(&tell!(lang, ", {}", "，{}", i18n::plain(name)));
    }
    if !table.filter.is_empty() {
        place.push_str(&tell!(lang, ", filtered by {}", "，筛选 {}", table.filter));
    }
    state.say(tell!(
        lang,
        "{} to {place}.",
        "{}到{place}。",
        if back { lang.of("Back", "返回") } else { lang.of("Forward", "前进") }
    ));
}
