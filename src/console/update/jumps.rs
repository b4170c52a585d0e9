//! Jumps: from a row to what belongs to it, and back.

use super::keys::turn_to;
use crate::{
    console::{
        family,
        keymap::{Command, Context},
        overlays::count,
        state::{RowId, State},
        tabs::{Runs, Tab, age, owner, region_name, runs},
        trail::{self, Place},
    },
    model::{Catalog, Image, ImageId, ImageKind, Instance, Region},
    words,
};

/// Where a jump leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) enum Target {
    /// To a tab with this filter.
    Rows(Tab, String),
    /// To this row.
    Row(RowId),
    /// Nowhere: the description says why.
    Nowhere,
}

/// A jump that a row offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) struct Jump {
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
pub(in crate::console) fn jumps(state: &State, row: &RowId) -> Vec<Jump> {
    match row {
        RowId::Image(id) => state.facts.image(id).map(|i| from_image(state, i)).unwrap_or_default(),
        RowId::Instance(id) => state.facts.instance(id).map(|i| from_instance(state, i)).unwrap_or_default(),
        RowId::Region(region) => from_region(state, region),
    }
}

fn from_image(state: &State, image: &Image) -> Vec<Jump> {
    let id = &image.id;
    let running = state.facts.running(id).count();
    let mut jumps = vec![match running {
        0 => jump("instances", "none of the instances in view runs it", Target::Nowhere),
        n => {
            let what = format!("{} it", count(n, "instance runs", "instances run"));
            jump("instances", what, Target::Rows(Tab::Instances, format!("image:{id}")))
        }
    }];
    if image.kind == ImageKind::Own {
        let places = family::of(state, image).into_iter().filter(|i| i.id != *id);
        let places: Vec<&str> = places.map(|i| Catalog::get().place(&i.region)).collect();
        jumps.push(match places.len() {
            0 => jump("copies", "no copy of it is known", Target::Nowhere),
            n => {
                let what = format!("{} in {}", count(n, "copy", "copies"), places.join(", "));
                jump("copies", what, Target::Rows(Tab::Images, format!("family:{id}")))
            }
        });
    }
    jumps.push(region(&image.region));
    if image.kind == ImageKind::Own {
        match state.facts.shares(id) {
            None => jumps.push(jump("receivers", "asking whom it is shared with …", Target::Nowhere)),
            Some([]) => jumps.push(jump("receivers", "it is shared with nobody", Target::Nowhere)),
            Some(shares) => jumps.extend(shares.iter().map(|share| {
                let since = age(state.now, share.since);
                let number = match state.facts.accounts.contains_key(&share.account) {
                    true => format!("{} · ", share.account),
                    false => String::new(),
                };
                let what = format!("{number}since {since} · all that is shared with them");
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
        jumps.push(jump(name.clone(), format!("{number}all that it shares with you"), target));
    }
    jumps
}

fn from_instance(state: &State, instance: &Instance) -> Vec<Jump> {
    let row = |id: &ImageId| Target::Row(RowId::Image(id.clone()));
    let mut jumps = vec![match runs(state, instance) {
        Runs::Unsaid => jump("image", "the cloud does not say which image it runs", Target::Nowhere),
        Runs::Unknown(id) => jump("image", format!("{id} · asking what it is …"), Target::Nowhere),
        Runs::Gone(id, _) => jump("image", format!("{id} is not to be seen any more"), Target::Nowhere),
        Runs::Seen(image) if image.kind == ImageKind::Public => {
            jump("image", format!("{} is public; it is in none of the tabs", image.name), Target::Nowhere)
        }
        Runs::Seen(image) => jump("image", format!("{} · {}", image.name, image.id), row(&image.id)),
    }];
    for made in state.facts.made_from(&instance.id) {
        if let Some(image) = state.facts.image(made) {
            jumps.push(jump("image made of it", format!("{} · {made}", image.name), row(made)));
        }
    }
    jumps.push(region(&instance.region));
    jumps
}

fn region(region: &Region) -> Jump {
    let what = format!("{region} · {}", region_name(region));
    jump("region", what, Target::Row(RowId::Region(region.clone())))
}

fn from_region(state: &State, region: &Region) -> Vec<Jump> {
    let filter = format!("region:{}", Catalog::get().short(region));
    let facts = state.facts.regions.get(region);
    let instances = state.facts.regions.get(region).map_or(0, |known| known.instances as usize);
    [
        ("images", Tab::Images, facts.map_or(0, |f| f.own as usize), "own image", "own images"),
        (
            "received",
            Tab::Shared,
            facts.map_or(0, |f| f.received as usize),
            "received image",
            "received images",
        ),
        ("instances", Tab::Instances, instances, "instance", "instances"),
    ]
    .into_iter()
    .map(|(to, tab, n, one, many)| match n {
        0 => jump(to, format!("no {one} is known there"), Target::Nowhere),
        n => jump(to, count(n, one, many), Target::Rows(tab, filter.clone())),
    })
    .collect()
}

/// Goes there, and says where that is.
pub(in crate::console) fn go_to(state: &mut State, jump: &Jump) {
    let from = Place::here(state);
    let key = state.keymap.hint(Context::Table, Command::GoBack);
    match &jump.target {
        Target::Nowhere => return state.say(format!("{}.", words::plain(&jump.what))),
        Target::Rows(tab, filter) => {
            turn_to(state, *tab);
            let table = state.table_mut();
            table.filter.clone_from(filter);
            table.filtering = false;
            // A filter that is jumped to shows each copy.
            table.families = false;
            table.chosen = false;
            table.move_to(0);
            table.refilter();
            let rows = words::plain(&jump.what).into_owned();
            state.say(format!("{}: {rows}. {key} goes back.", tab.title(state.lang)));
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
            turn_to(state, tab);
            select(state, row);
            let what = words::plain(&jump.what).into_owned();
            state.say(format!("{}: {what}. {key} goes back.", tab.title(state.lang)));
        }
    }
    state.trail.leave(from);
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
pub(super) fn go_along(state: &mut State, back: bool) {
    if !trail::step(state, back) {
        let key = state.keymap.hint(Context::Table, Command::GoTo);
        let way = if back { "back to" } else { "forward to" };
        return state.say(format!("There is nothing to go {way}; {key} goes to what belongs to a row."));
    }
    let table = state.table();
    let mut place = state.tab.title(state.lang).to_owned();
    let name = match table.selected.as_ref() {
        Some(RowId::Image(id)) => state.facts.image(id).map(|i| i.name.as_str()),
        Some(RowId::Instance(id)) => state.facts.instance(id).map(|i| i.name.as_str()),
        Some(RowId::Region(region)) => Some(region.as_str()),
        None => None,
    };
    if let Some(name) = name {
        place.push_str(&format!(", {}", words::plain(name)));
    }
    if !table.filter.is_empty() {
        place.push_str(&format!(", filtered by {}", table.filter));
    }
    state.say(format!("{} to {place}.", if back { "Back" } else { "Forward" }));
}
