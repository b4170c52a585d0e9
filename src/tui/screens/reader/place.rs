//! The details of a region and of an instance.

use crate::{
    i18n,
    messages::{m, tr},
    model::{Catalog, Instance, Region},
    rules::{Args, Code},
    tui::{
        app::{column::ago, state::State},
        screens::{
            frame::{instance_facts, region_images},
            reader::{entry, tags},
            tabs::{
                region_pane::{LabeledText, groups},
                regions::group as region_group,
            },
        },
        widgets::{list::TextLine, theme::Role},
    },
};

pub(crate) fn region(state: &State, region: &Region, width: u16) -> Vec<TextLine> {
    let lang = state.lang;
    let mut lines = entry(lang.text(m::common_region), region.as_str(), width);
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.extend(entry(label, value, width));
        }
    };
    let info = Catalog::get().region(region);
    add(
        lang.text(m::common_name),
        &info.map_or_else(|| region.to_string(), |i| format!("{} · {}", i.name, i.name_zh)),
    );
    add(lang.text(m::reader_zones), &info.map(|i| i.zones.join(", ")).unwrap_or_default());
    add(lang.text(m::reader_copies_within), region_group(region, lang));
    let mut instances: Vec<&Instance> = state.facts.instances().filter(|i| i.region == *region).collect();
    instances.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    for instance in instances {
        add(
            lang.text(m::common_instance),
            &format!("{} · {} · {}", instance.name, instance.id, instance.state),
        );
    }
    lines.extend(facts(&region_images(state, region, false), width));
    lines.push(TextLine::new());
    lines.push(vec![(tr!(lang, reader_copies_between_and, region), Role::Strong)]);
    for group in groups(state, region) {
        let (to, from) = (group.reasons(0), group.reasons(1));
        // Reasons that apply in both directions are shown once.
        let (both, only_to) = partition_by_code(&to, &from);
        let (_, only_from) = partition_by_code(&from, &to);
        let (label, role) = match (to.is_empty(), from.is_empty()) {
            (true, true) => (lang.text(m::reader_both_ways), Role::Good),
            (true, false) => (lang.text(m::reader_to_them_alone), Role::Warn),
            (false, true) => (lang.text(m::reader_from_them_alone), Role::Warn),
            (false, false) => (lang.text(m::reader_neither_way), Role::Bad),
        };
        let names: Vec<&str> = group.ways.iter().map(|(r, _)| r.as_str()).collect();
        let mut facts = vec![LabeledText { label, text: names.join(", "), role }];
        for (way, reasons) in
            [("", both), (lang.text(m::reader_not_to), only_to), (lang.text(m::reader_not_from), only_from)]
        {
            let all = reasons.iter().map(|(code, args)| i18n::sentence(*code, args, state.lang));
            let text = all.collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                facts.push(LabeledText { label: "", text: format!("{way}{text}"), role: Role::Plain });
            }
        }
        lines.extend(self::facts(&facts, width));
    }
    lines
}

type CodeArgs = (Code, Args);

/// Splits the reasons of one direction by whether the other direction has the same code.
fn partition_by_code<'a>(one: &'a [CodeArgs], other: &[CodeArgs]) -> (Vec<&'a CodeArgs>, Vec<&'a CodeArgs>) {
    one.iter().partition(|(code, _)| other.iter().any(|(o, _)| o == code))
}

pub(crate) fn instance(state: &State, instance: &Instance, width: u16) -> Vec<TextLine> {
    let lang = state.lang;
    let mut lines = entry("id", instance.id.as_str(), width);
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.extend(entry(label, value, width));
        }
    };
    add(lang.text(m::common_zone), &instance.zone);
    add(lang.text(m::reader_state), instance.state.as_str());
    if let Some((what, how)) = &instance.latest_operation {
        let request = &instance.details.latest_request;
        let request =
            if request.is_empty() { String::new() } else { tr!(state.lang, messages_request, id = request) };
        add(lang.text(m::reader_last_operation), &format!("{what}, {how}{request}"));
    }
    let more = &instance.details;
    if more.restricted != "NORMAL" {
        add(lang.text(m::reader_restricted), &more.restricted);
    }
    let (cpu, memory, disk) = (instance.cpu, instance.memory_gib, instance.system_disk_gib);
    add(
        lang.text(m::common_type),
        &tr!(lang, reader_instance_type, instance_type = instance.instance_type, cpu, memory, disk),
    );
    add(lang.text(m::reader_system), &instance.os);
    add(
        lang.text(m::reader_addresses),
        &[instance.public_ips.as_slice(), &instance.private_ips].concat().join(", "),
    );
    if let Some(at) = instance.created_at {
        add(
            lang.text(m::reader_created),
            &tr!(lang, reader_time_and_age, at, ago = ago(lang, state.now, at)),
        );
    }
    add(lang.text(m::reader_billed), &more.charge);
    add(lang.text(m::reader_paid_until), &more.expires_at.map(|at| at.to_string()).unwrap_or_default());
    let pair = |(one, other): &(String, String)| match other.as_str() {
        "" => one.clone(),
        other => format!("{one} · {other}"),
    };
    add(lang.text(m::common_network), &pair(&more.network));
    add(lang.text(m::reader_system_disk), &pair(&more.disk));
    add(lang.text(m::reader_tags), &tags(&more.tags));
    add("uuid", &more.uuid);
    lines.extend(facts(&instance_facts(state, instance), width));
    lines
}

fn facts(facts: &[LabeledText], width: u16) -> Vec<TextLine> {
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
