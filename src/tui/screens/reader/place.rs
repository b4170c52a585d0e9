//! All that is known of a region, and of an instance.

use crate::{
    i18n::{self, lang::tell},
    model::{Catalog, Instance, Region},
    rules::{Args, Code},
    tui::{
        app::{column::ago, state::State},
        screens::{
            frame::{instance_told, region_held},
            reader::{entry, tags},
            tabs::{
                region_pane::{Fact, groups},
                regions::{group as region_group, name as region_name},
            },
        },
        widgets::{list::TextLine, theme::Role},
    },
};

pub(crate) fn region(state: &State, region: &Region, width: u16) -> Vec<TextLine> {
    let lang = state.lang;
    let mut lines = entry(lang.of("region", "地域"), region.as_str(), width);
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.extend(entry(label, value, width));
        }
    };
    let info = Catalog::get().region(region);
    let other = info.map(|i| format!(" · {}", lang.of(&i.name_zh, &i.name))).unwrap_or_default();
    add(lang.of("name", "名称"), &format!("{}{other}", region_name(region, lang)));
    add(lang.of("zones", "可用区"), &info.map(|i| i.zones.join(", ")).unwrap_or_default());
    add(lang.of("copies within", "复制范围"), region_group(region, lang));
    let mut instances: Vec<&Instance> = state.facts.instances().filter(|i| i.region == *region).collect();
    instances.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    for instance in instances {
        add(
            lang.of("instance", "实例"),
            &format!("{} · {} · {}", instance.name, instance.id, instance.state),
        );
    }
    lines.extend(facts(&region_held(state, region, false), width));
    lines.push(TextLine::new());
    lines.push(vec![(
        tell!(lang, "  Copies between {region} and", "  {region} 与下列地域之间的复制"),
        Role::Strong,
    )]);
    for group in groups(state, region) {
        let (to, from) = (group.reasons(0), group.reasons(1));
        // What holds both ways is said once.
        let (both, only_to) = parted(&to, &from);
        let (_, only_from) = parted(&from, &to);
        let (label, role) = match (to.is_empty(), from.is_empty()) {
            (true, true) => (lang.of("both ways", "双向"), Role::Good),
            (true, false) => (lang.of("to them alone", "只能过去"), Role::Warn),
            (false, true) => (lang.of("from them alone", "只能过来"), Role::Warn),
            (false, false) => (lang.of("neither way", "不能"), Role::Bad),
        };
        let names: Vec<&str> = group.ways.iter().map(|(r, _)| r.as_str()).collect();
        let mut facts = vec![Fact { label, text: names.join(", "), role }];
        for (way, reasons) in [
            ("", both),
            (lang.of("not to: ", "过去："), only_to),
            (lang.of("not from: ", "过来："), only_from),
        ] {
            let all = reasons.iter().map(|(code, args)| i18n::sentence(*code, args, state.lang));
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

pub(crate) fn instance(state: &State, instance: &Instance, width: u16) -> Vec<TextLine> {
    let lang = state.lang;
    let mut lines = entry("id", instance.id.as_str(), width);
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.extend(entry(label, value, width));
        }
    };
    add(lang.of("zone", "可用区"), &instance.zone);
    add(lang.of("state", "状态"), instance.state.as_str());
    if let Some((what, how)) = &instance.latest_operation {
        let request = &instance.details.latest_request;
        let request = if request.is_empty() { String::new() } else { format!(" · request {request}") };
        add(lang.of("last operation", "最近操作"), &format!("{what}, {how}{request}"));
    }
    let more = &instance.details;
    if more.restricted != "NORMAL" {
        add(lang.of("restricted", "受限制"), &more.restricted);
    }
    let (cpu, memory, disk) = (instance.cpu, instance.memory_gib, instance.system_disk_gib);
    add(
        lang.of("type", "机型"),
        &tell!(
            lang,
            "{} · {cpu} cores, {memory} GiB, {disk} GiB disk",
            "{} · {cpu} 核，{memory} GiB，{disk} GiB 磁盘",
            instance.instance_type
        ),
    );
    add(lang.of("system", "系统"), &instance.os);
    add(
        lang.of("addresses", "地址"),
        &[instance.public_ips.as_slice(), &instance.private_ips].concat().join(", "),
    );
    if let Some(at) = instance.created_at {
        add(lang.of("created", "创建时间"), &tell!(lang, "{at}, {}", "{at}，{}", ago(lang, state.now, at)));
    }
    add(lang.of("billed", "计费"), &more.charge);
    add(lang.of("paid until", "到期"), &more.expires_at.map(|at| at.to_string()).unwrap_or_default());
    let pair = |(one, other): &(String, String)| match other.as_str() {
        "" => one.clone(),
        other => format!("{one} · {other}"),
    };
    add(lang.of("network", "网络"), &pair(&more.network));
    add(lang.of("system disk", "系统盘"), &pair(&more.disk));
    add(lang.of("tags", "标签"), &tags(&more.tags));
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
