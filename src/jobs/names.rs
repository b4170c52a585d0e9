//! Names of copies. The name of a copy is unique among the own images of its region, so the cloud refuses a
//! second copy.

use crate::{model::Region, rules::Facts};

/// Returns the name if it is free in a region, or else the first free one of `name-2`, `name-3`, …, truncated
/// to the cloud's limit. The length is counted in characters, not in bytes.
pub fn free_name(facts: &Facts, region: &Region, name: &str) -> String {
    let limit = usize::try_from(facts.standing.limits.name_length).unwrap_or(usize::MAX);
    let mut candidate: String = name.chars().take(limit).collect();
    let mut number = 2_u32;
    while facts.own_named(region, &candidate).is_some() {
        let tail = format!("-{number}");
        candidate = name.chars().take(limit.saturating_sub(tail.len())).collect();
        candidate.push_str(&tail);
        number += 1;
    }
    candidate
}
