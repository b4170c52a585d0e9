//! The API's error codes as codes of the rules, so that a refusal is told in the same words as a verdict.

use super::{Action, Code};

/// What an error code of an API action means, in the order of api-3.0.md, sections 6 to 9. Codes that say nothing
/// about the image, the receiver or the region are left out: they are shown with their own message.
const REFUSALS: &[(&str, &str, Code)] = &[];

/// The API action that performs an action first.
pub fn api_actions(action: &Action) -> &'static [&'static str] {
    match action {
        Action::Share { .. } | Action::Unshare { .. } => &["ModifyImageSharePermission"],
        Action::Distribute { .. } => &["SyncImages", "ModifyImageSharePermission"],
        Action::Copy { .. } => &["SyncImages"],
        Action::Delete { .. } => &["DeleteImages"],
        Action::Rename { .. } => &["ModifyImageAttribute"],
        Action::Launch { .. } => &["RunInstances"],
        Action::Reinstall { .. } => &["ResetInstance"],
        Action::Capture { .. } => &["CreateImage"],
    }
}

/// Every known pair of API action and error code with the code it means here.
pub fn refusals() -> impl Iterator<Item = (&'static str, &'static str, Code)> {
    REFUSALS.iter().copied()
}

/// The code of the rules for a refusal: `api_action` as the API spells it, `api_code` as the answer spelt it.
pub fn from_refusal(api_action: &str, api_code: &str) -> Option<Code> {
    refusals().find(|(action, code, _)| *action == api_action && *code == api_code).map(|(_, _, ours)| ours)
}
