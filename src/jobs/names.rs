//! Names for copies. A copy's name is unique among the own images of its region, so that the cloud itself refuses a
//! second copy.

use crate::{model::Region, rules::Facts};

/// The name itself where it is free in a region, else the first of `name-2`, `name-3`, … that is, cut so that it is no
/// longer than the cloud takes. Characters are counted, not bytes.
pub fn free(facts: &Facts, region: &Region, name: &str) -> String {
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
