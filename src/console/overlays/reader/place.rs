//! All that is known of a region, and of an instance.

use super::{TextLine, entry};
use crate::{
    console::{
        state::State,
        tabs::{Role, age, region_group, region_name},
        view::{Fact, groups, instance_told, region_held, wrap},
    },
    model::{Catalog, Instance, Region},
    rules::Reason,
    words,
};

pub(super) fn region(state: &State, region: &Region, width: u16) -> Vec<TextLine> {
    let mut lines = entry("region", region.as_str(), width);
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.extend(entry(label, value, width));
        }
    };
    let info = Catalog::get().region(region);
    let zh = info.map(|i| format!(" · {}", i.name_zh)).unwrap_or_default();
    add("name", &format!("{}{zh}", region_name(region)));
    add("zones", &info.map(|i| i.zones.join(", ")).unwrap_or_default());
    add("copies within", region_group(region));
    let mut instances: Vec<&Instance> = state.facts.instances().filter(|i| i.region == *region).collect();
    instances.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    for instance in instances {
        add("instance", &format!("{} · {} · {}", instance.name, instance.id, instance.state));
    }
    lines.extend(facts(&region_held(state, region, false), width));
    lines.push(TextLine::new());
    lines.push(vec![(format!("  Copies between {region} and"), Role::Strong)]);
    for group in groups(state, region) {
        for (other, [to, from]) in &group.ways {
            let say = |reasons: &[&Reason]| {
                let all = reasons.iter().map(|r| words::sentence(r.code, &r.args, state.lang));
                all.collect::<Vec<_>>().join(" ")
            };
            // What holds both ways is said once.
            let (both, only_to) = parted(to, from);
            let (_, only_from) = parted(from, to);
            let mut texts = Vec::new();
            let role = match (to.is_empty(), from.is_empty()) {
                (true, true) => Role::Good,
                (false, false) => Role::Plain,
                _ => Role::Warn,
            };
            match (to.is_empty(), from.is_empty()) {
                (true, true) => texts.push("both ways".to_owned()),
                (true, false) => texts.push(format!("to it alone. {}", say(&only_from))),
                (false, true) => texts.push(format!("from it alone. {}", say(&only_to))),
                (false, false) => {
                    texts.push(format!("neither way. {}", say(&both)));
                    for (way, only) in [("to it", only_to), ("from it", only_from)] {
                        if !only.is_empty() {
                            texts.push(format!("{way}: {}", say(&only)));
                        }
                    }
                }
            }
            let mut label = other.as_str();
            for text in texts.iter().flat_map(|t| wrap(t, width.saturating_sub(22))) {
                lines.push(vec![(format!("  {label:<17} "), Role::Dim), (text, role)]);
                label = "";
            }
        }
    }
    lines
}

/// Reasons of one way by whether the other way has their codes too.
fn parted<'a>(one: &'a [Reason], other: &[Reason]) -> (Vec<&'a Reason>, Vec<&'a Reason>) {
    one.iter().partition(|r| other.iter().any(|o| o.code == r.code))
}

pub(super) fn instance(state: &State, instance: &Instance, width: u16) -> Vec<TextLine> {
    let mut lines = entry("id", instance.id.as_str(), width);
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.extend(entry(label, value, width));
        }
    };
    add("zone", &instance.zone);
    add("state", instance.state.as_str());
    if let Some((what, how)) = &instance.latest_operation {
        add("last operation", &format!("{what}, {how}"));
    }
    let (cpu, memory, disk) = (instance.cpu, instance.memory_gib, instance.system_disk_gib);
    add("type", &format!("{} · {cpu} cores, {memory} GiB, {disk} GiB disk", instance.instance_type));
    add("system", &instance.os);
    add("addresses", &[instance.public_ips.as_slice(), &instance.private_ips].concat().join(", "));
    if let Some(at) = instance.created_at {
        add("created", &format!("{at}, {} ago", age(state.now, Some(at))));
    }
    lines.extend(facts(&instance_told(state, instance), width));
    lines
}

fn facts(facts: &[Fact], width: u16) -> Vec<TextLine> {
    let mut lines: Vec<TextLine> = Vec::new();
    for fact in facts {
        for mut line in entry(fact.label, &fact.text, width) {
            if let Some((_, role)) = line.last_mut() {
                *role = fact.role;
            }
            lines.push(line);
        }
    }
    lines
}
