//! Scenes: the initial worlds of a built-in cloud. The same seed gives the same ids.

mod builder;
mod large;
mod tour;

use std::{collections::BTreeMap, str::FromStr};

pub(super) use builder::SceneOptions;
use serde::Deserialize;

use super::{
    catalog::from_toml,
    default_network::add_default_networks,
    world::{AccountRecord, World},
};
use crate::model::{Catalog, Uin};

/// The name of a scene.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SceneName {
    /// A small company, a customer and an unrelated account, with an example of every situation.
    #[default]
    Tour,
    /// Many images in all regions.
    Big,
    /// Accounts and regions without resources.
    Empty,
}

impl FromStr for SceneName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "tour" => Ok(Self::Tour),
            "big" => Ok(Self::Big),
            "empty" => Ok(Self::Empty),
            _ => Err(format!("{text:?} is not a scene; give tour, big or empty")),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountsFile {
    accounts: Vec<AccountRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountRow {
    uin: Uin,
    name: String,
    main: Option<Uin>,
}

fn account_rows() -> Result<Vec<AccountRow>, serde_json::Error> {
    from_toml(include_str!("../../../assets/scenes/accounts.toml")).map(|f: AccountsFile| f.accounts)
}

/// Returns every account that the built-in cloud knows, with its display name: the address book of the demo.
pub fn known_accounts() -> Vec<(Uin, String)> {
    account_rows().unwrap_or_default().into_iter().map(|row| (row.uin, row.name)).collect()
}

/// Makes the world of a scene.
pub(super) fn make(scene: SceneName, options: &SceneOptions) -> Result<World, serde_json::Error> {
    let accounts: Vec<AccountRecord> = account_rows()?
        .into_iter()
        .zip(1_250_000_001..)
        .map(|(row, app_id)| AccountRecord { uin: row.uin, name: row.name, main: row.main, app_id })
        .collect();
    let mut world = World {
        version: 1,
        seed: options.seed,
        made: 0,
        ahead: 0,
        accounts,
        regions: Catalog::get()
            .iter()
            .filter(|r| r.open)
            .map(|r| (r.region.clone(), builder::public_images(options)))
            .collect(),
        leases: Vec::new(),
        client_tokens: BTreeMap::new(),
        projects: Vec::new(),
        made_aside: 0,
    };
    match scene {
        SceneName::Tour => tour::fill(&mut world, options)?,
        SceneName::Big => large::fill(&mut world, options),
        SceneName::Empty => {}
    }
    add_default_networks(&mut world, options.ago(24 * 400));
    Ok(world)
}
