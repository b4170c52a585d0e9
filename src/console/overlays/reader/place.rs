//! All that is known of a region, and of an instance.

use super::{TextLine, entry, tags};
use crate::{
    console::{
        state::State,
        tabs::{Role, age, region_group, region_name},
        view::{Fact, groups, instance_told, region_held},
    },
    model::{Catalog, Instance, Region},
    rules::{Args, Code},
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
        let (to, from) = (group.reasons(0), group.reasons(1));
        // What holds both ways is said once.
        let (both, only_to) = parted(&to, &from);
        let (_, only_from) = parted(&from, &to);
        let (label, role) = match (to.is_empty(), from.is_empty()) {
            (true, true) => ("both ways", Role::Good),
            (true, false) => ("to them alone", Role::Warn),
            (false, true) => ("from them alone", Role::Warn),
            (false, false) => ("neither way", Role::Bad),
        };
        let names: Vec<&str> = group.ways.iter().map(|(r, _)| r.as_str()).collect();
        let mut facts = vec![Fact { label, text: names.join(", "), role }];
        for (way, reasons) in [("", both), ("not to: ", only_to), ("not from: ", only_from)] {
            let all = reasons.iter().map(|(code, args)| words::sentence(*code, args, state.lang));
            let text = all.collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                facts.push(Fact { label: "", text: format!("{way}{text}"), role: Role::Plain });
            }
        }
        lines.extend(self::facts(&facts, width));
    }
    lines
}

type Row = (Code, Args);

/// The reasons of one way by whether the other way has their codes too.
fn parted<'a>(one: &'a [Row], other: &[Row]) -> (Vec<&'a Row>, Vec<&'a Row>) {
    one.iter().partition(|(code, _)| other.iter().any(|(o, _)| o == code))
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
        let request = &instance.more.latest_request;
        let request = if request.is_empty() { String::new() } else { format!(" · request {request}") };
        add("last operation", &format!("{what}, {how}{request}"));
    }
    let more = &instance.more;
    if more.restricted != "NORMAL" {
        add("restricted", &more.restricted);
    }
    let (cpu, memory, disk) = (instance.cpu, instance.memory_gib, instance.system_disk_gib);
    add("type", &format!("{} · {cpu} cores, {memory} GiB, {disk} GiB disk", instance.instance_type));
    add("system", &instance.os);
    add("addresses", &[instance.public_ips.as_slice(), &instance.private_ips].concat().join(", "));
    if let Some(at) = instance.created_at {
        add("created", &format!("{at}, {} ago", age(state.now, Some(at))));
    }
    add("billed", &more.charge);
    add("paid until", &more.expires_at.map(|at| at.to_string()).unwrap_or_default());
    let pair = |(one, other): &(String, String)| match other.as_str() {
        "" => one.clone(),
        other => format!("{one} · {other}"),
    };
    add("network", &pair(&more.network));
    add("system disk", &pair(&more.disk));
    add("tags", &tags(&more.tags));
    add("uuid", &more.uuid);
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
