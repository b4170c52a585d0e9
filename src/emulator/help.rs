//! The text of `emulate --help`, generated from the emulator's tables.

use std::fmt::Write;

use super::{
    account::demo_accounts,
    actions::ROLES,
    api::{Api, Table},
    fault::KINDS,
    vendor_quirks::QUIRKS,
};

/// Returns the part of `emulate --help` after the flags: accounts, roles, actions with their rates, faults, quirks and
/// control endpoints.
pub fn help() -> String {
    let mut text = String::from("Accounts, with SecretId demo-id-UIN and SecretKey demo-key-UIN:\n");
    let accounts: Vec<_> = demo_accounts().into_iter().map(|a| (a.uin.to_string(), a.name)).collect();
    rows(&mut text, accounts.iter().map(|(uin, name)| (uin.as_str(), name.as_str())));

    text.push_str("\nRoles that AssumeRole knows in every main account, qcs::cam::uin/UIN:roleName/NAME:\n");
    let may = |reads: bool| if reads { "reads alone" } else { "reads and changes" };
    rows(&mut text, ROLES.into_iter().map(|(name, reads)| (name, may(reads))));

    text.push_str(
        "\nActions, with the calls a second that an account may make in a region (times --speed where that is over 1; more is \
         RequestLimitExceeded):\n",
    );
    for service in Table::get().services() {
        let of_service = Table::get().all().filter(|api| api.service == service);
        let names: Vec<String> =
            of_service.map(|Api { action, rate, .. }| format!("{action} {rate}")).collect();
        let _ = writeln!(text, "  {service}: {}", names.join(", "));
    }

    text.push_str(
        "\nFaults, ACTION[@REGION][#N|*]=KIND: which calls, * being every action, #N the one of that number alone; and what happens \
         to them:\n",
    );
    rows(&mut text, KINDS);

    text.push_str("\nQuirks, the questions that the vendor's pages leave open; without a quirk the first answer holds:\n");
    rows(&mut text, QUIRKS);

    text.push_str(
        "\nControl, on the same port for programs on this machine: GET /_emulator/calls, GET /_emulator/world, \
         POST /_emulator/advance {\"seconds\": N}, POST /_emulator/faults [\"FAULT\", ...], DELETE /_emulator/faults.\n\n\
         It ends on Ctrl-C or SIGTERM. docs/emulator.md has recipes for SDKs, tools and tests.",
    );
    text
}

fn rows<'a>(text: &mut String, rows: impl IntoIterator<Item = (&'a str, &'a str)>) {
    for (name, meaning) in rows {
        let _ = writeln!(text, "  {name}: {meaning}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_docs_and_the_help_list_every_table_row() {
        let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/emulator.md");
        let page = std::fs::read_to_string(page).unwrap();
        let help = help();
        let quirks = QUIRKS.iter().map(|(quirk, _)| (*quirk).to_owned());
        let kinds = KINDS.iter().map(|(kind, _)| (*kind).to_owned());
        let rates = Table::get().all().map(|api| format!("{} {}", api.action, api.rate));
        for word in rates.chain(kinds).chain(quirks) {
            assert!(help.contains(&word), "emulate --help has no {word}");
            // In the page's tables `|` is escaped.
            let cell = word.replace('|', "\\|");
            assert!(
                page.contains(&format!("`{cell}`")) || page.contains(&word),
                "docs/emulator.md has no {word}"
            );
        }
        for (role, _) in ROLES {
            assert!(help.contains(role) && page.contains(role), "{role}");
        }
        for account in demo_accounts() {
            assert!(
                help.contains(account.uin.as_str()) && page.contains(account.uin.as_str()),
                "{account:?}"
            );
        }
    }
}
