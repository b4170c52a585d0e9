//! Jumps from a row to related rows, and back.

use crate::{
    i18n,
    messages::{Lang, m, tr},
    model::{Catalog, Image, ImageId, ImageKind, Instance, Region},
    tui::{
        app::{
            column::age,
            family,
            jump_list::JumpPlace,
            state::State,
            table::{RowId, Tab},
        },
        keymap::{Command, Context},
        screens::tabs::{
            images::owner,
            instances::{InstanceImage, image_of},
            regions::{name as region_name, place as region_place},
        },
    },
};

/// The target of a jump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum JumpTarget {
    /// A tab with this filter.
    Rows(Tab, String),
    /// A row.
    Row(RowId),
    /// No target. The description says why.
    Nowhere,
}

/// A jump that a row offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jump {
    /// The label.
    pub to: String,
    /// The description.
    pub what: String,
    /// The target.
    pub target: JumpTarget,
}

fn jump(to: impl Into<String>, what: impl Into<String>, target: JumpTarget) -> Jump {
    Jump { to: to.into(), what: what.into(), target }
}

/// Returns the jumps of a row.
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
        0 => {
            jump(lang.text(m::jumps_instances), lang.text(m::jumps_no_instance_runs_it), JumpTarget::Nowhere)
        }
        n => {
            let what = tr!(lang, count_instances_run_it, n = n);
            jump(lang.text(m::jumps_instances), what, JumpTarget::Rows(Tab::Instances, format!("image:{id}")))
        }
    }];
    if image.kind == ImageKind::Own {
        let copies = family::members(state, image).into_iter().filter(|i| i.id != *id);
        let (copies, away): (Vec<_>, Vec<_>) = copies.partition(|i| state.in_view(&i.region));
        let list = |of: &[&Image]| {
            of.iter()
                .map(|i| region_place(&i.region, lang))
                .collect::<Vec<_>>()
                .join(lang.text(m::common_list_comma))
        };
        jumps.push(match copies.len() {
            0 if !away.is_empty() => jump(
                lang.text(m::jumps_copies),
                tr!(lang, jumps_not_in_view, list = list(&away)),
                JumpTarget::Nowhere,
            ),
            0 => jump(lang.text(m::jumps_copies), lang.text(m::jumps_no_copies), JumpTarget::Nowhere),
            n => {
                let number = tr!(lang, count_copies, n = n);
                let mut what = tr!(lang, jumps_in, number, list = list(&copies));
                if !away.is_empty() {
                    what += &tr!(lang, jumps_also_not_in_view, list = list(&away));
                }
                jump(lang.text(m::jumps_copies), what, JumpTarget::Rows(Tab::Images, format!("family:{id}")))
            }
        });
    }
    jumps.push(region(&image.region, lang));
    if image.kind == ImageKind::Own {
        match state.facts.shares(id) {
            None => jumps.push(jump(
                lang.text(m::word_receivers),
                lang.text(m::jumps_asking_whom_it_is_shared),
                JumpTarget::Nowhere,
            )),
            Some([]) => jumps.push(jump(
                lang.text(m::word_receivers),
                lang.text(m::jumps_not_shared),
                JumpTarget::Nowhere,
            )),
            Some(shares) => jumps.extend(shares.iter().map(|share| {
                let since = age(state.lang, state.now, share.since);
                let number = match state.facts.accounts.contains_key(&share.account) {
                    true => format!("{} · ", share.account),
                    false => String::new(),
                };
                let what = tr!(lang, jumps_shared_since, number, since);
                let target = JumpTarget::Rows(Tab::Images, format!("to:{}", share.account));
                jump(state.facts.account_name(&share.account), what, target)
            })),
        }
    } else if let Some(uin) = image.owner() {
        let name = owner(state, image).unwrap_or_default();
        let number = if name == uin.as_str() { String::new() } else { format!("{uin} · ") };
        // The value of a filter term has no spaces.
        let word = name.split_whitespace().next().unwrap_or_default();
        let target = JumpTarget::Rows(Tab::Shared, format!("owner:{word}"));
        jumps.push(jump(name.clone(), tr!(lang, jumps_all_that_it_shares_with, number), target));
    }
    jumps
}

fn from_instance(state: &State, instance: &Instance) -> Vec<Jump> {
    let lang = state.lang;
    let row = |id: &ImageId| JumpTarget::Row(RowId::Image(id.clone()));
    let mut jumps = vec![match image_of(state, instance) {
        InstanceImage::Unsaid => {
            jump(lang.text(m::word_image), lang.text(m::common_image_unknown), JumpTarget::Nowhere)
        }
        InstanceImage::Unknown(id) => {
            jump(lang.text(m::word_image), tr!(lang, common_asking_what_it_is, id), JumpTarget::Nowhere)
        }
        InstanceImage::Gone(id, _) => {
            jump(lang.text(m::word_image), tr!(lang, jumps_gone, id), JumpTarget::Nowhere)
        }
        InstanceImage::Seen(image) if image.kind == ImageKind::Public => {
            jump(lang.text(m::word_image), tr!(lang, jumps_public, name = image.name), JumpTarget::Nowhere)
        }
        InstanceImage::Seen(image) => {
            jump(lang.text(m::word_image), format!("{} · {}", image.name, image.id), row(&image.id))
        }
    }];
    for made in state.facts.made_from(&instance.id) {
        if let Some(image) = state.facts.image(made) {
            jumps.push(jump(
                lang.text(m::jumps_derived_image),
                match state.in_view(&image.region) {
                    true => format!("{} · {made}", image.name),
                    false => {
                        tr!(lang, jumps_derived_not_in_view, name = image.name, made, region = image.region)
                    }
                },
                if state.in_view(&image.region) { row(made) } else { JumpTarget::Nowhere },
            ));
        }
    }
    jumps.push(region(&instance.region, lang));
    jumps
}

fn region(region: &Region, lang: Lang) -> Jump {
    let what = format!("{region} · {}", region_name(region, lang));
    jump(lang.text(m::common_region), what, JumpTarget::Row(RowId::Region(region.clone())))
}

fn from_region(state: &State, region: &Region) -> Vec<Jump> {
    let lang = state.lang;
    let filter = format!("region:{}", Catalog::get().short(region));
    let facts = state.facts.regions.get(region);
    let [own, received, instances] =
        facts.map_or([0; 3], |f| [f.own as usize, f.received as usize, f.instances as usize]);
    let to = |to, tab, n, none, rows: String| match n {
        0 => jump(lang.text(to), lang.text(none).to_owned(), JumpTarget::Nowhere),
        _ if state.in_view(region) => jump(lang.text(to), rows, JumpTarget::Rows(tab, filter.clone())),
        _ => jump(lang.text(to), tr!(lang, jumps_region_is_not_in_view, n = rows), JumpTarget::Nowhere),
    };
    let (own_rows, received_rows) =
        (tr!(lang, count_own_images, n = own), tr!(lang, count_received_images, n = received));
    let instance_rows = tr!(lang, count_instances, n = instances);
    vec![
        to(m::jumps_images, Tab::Images, own, m::jumps_no_own_images, own_rows),
        to(m::common_received, Tab::Shared, received, m::jumps_no_received_images, received_rows),
        to(m::jumps_instances, Tab::Instances, instances, m::jumps_no_instances, instance_rows),
    ]
}

/// Performs a jump, and shows its target in a notice.
pub(crate) fn go_to(state: &mut State, jump: &Jump) {
    let lang = state.lang;
    let from = JumpPlace::here(state.tab, &state.tables);
    let key = state.keymap.hint(Context::Table, Command::GoBack);
    match &jump.target {
        JumpTarget::Nowhere => return state.show_notice(format!("{}.", i18n::plain(&jump.what))),
        JumpTarget::Rows(tab, filter) => {
            state.switch_tab(*tab);
            let table = state.table_mut();
            table.filter.clone_from(filter);
            table.filtering = false;
            // The filter of a jump has to show each copy.
            table.families = false;
            table.chosen = false;
            table.move_to(0);
            table.refilter();
            let rows = i18n::plain(&jump.what).into_owned();
            state.show_notice(tr!(lang, jumps_goes_back, title = tab.title(state.lang), rows, key));
        }
        JumpTarget::Row(row) => {
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
                state.mark_stale();
            }
            state.switch_tab(tab);
            select(state, row);
            let what = i18n::plain(&jump.what).into_owned();
            state.show_notice(tr!(lang, jumps_went_to_row, title = tab.title(state.lang), what, key));
        }
    }
    state.jump_list.leave(from);
}

/// Selects a row, and clears a filter that hides it.
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

/// Goes back to the place before the last jump, or forward again.
pub(crate) fn go_back_or_forward(state: &mut State, back: bool) {
    let lang = state.lang;
    let here = JumpPlace::here(state.tab, &state.tables);
    let Some(place) = state.jump_list.step(here, back) else {
        let key = state.keymap.hint(Context::Table, Command::GoTo);
        return state.show_notice(if back {
            tr!(lang, jumps_nothing_back, key)
        } else {
            tr!(lang, jumps_nothing_forward, key)
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
        place.push_str(&tr!(lang, common_and_name, name = i18n::plain(name)));
    }
    if !table.filter.is_empty() {
        place.push_str(&tr!(lang, jumps_filtered_by, filter = table.filter));
    }
    state.show_notice(tr!(
        lang,
        jumps_to,
        back = if back { lang.text(m::jumps_back) } else { lang.text(m::jumps_forward) },
        place
    ));
}
