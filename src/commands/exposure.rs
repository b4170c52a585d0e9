//! `cvmshare list exposure`: who can launch which own image.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::json;

use crate::{
    boundary::output::say,
    cloud::Error,
    commands::{
        cloud_error::message,
        lookup,
        printer::{self, Row},
        rows::date,
    },
    facts::{FactStore, Load, Loaded},
    messages::{Lang, m},
    model::{Image, ImageId, Region, Share},
    session::{
        error::{CommandError, Exit},
        setup::Setup,
    },
};

/// What was read from one region.
pub(crate) struct RegionShares {
    pub images: Vec<Image>,
    /// Whether the list of images is complete.
    pub whole: bool,
    pub shares: Vec<Result<SharesOf, Error>>,
}

/// The share list of one image.
pub(crate) struct SharesOf {
    pub image: ImageId,
    pub shares: Vec<Share>,
    /// Whether the list is complete.
    pub whole: bool,
}

/// Prints one row for each image and account that can launch it. `at` is the time at which reading started.
pub(crate) async fn print(
    mut facts: FactStore,
    answers: Vec<(Region, RegionShares)>,
    mut exit: Exit,
    at: Timestamp,
    setup: &Setup,
) -> Result<Exit, CommandError> {
    let mut images: Vec<Image> = Vec::new();
    // An incomplete list is not added to the facts, because what it lacks may exist in the cloud.
    let mut partial: HashMap<ImageId, Vec<Share>> = HashMap::new();
    for (region, read) in answers {
        match read.whole {
            true => facts.add_loaded(&Load::Images(region), Loaded::Images(read.images.clone()), at),
            false => facts.add_images(read.images.clone()),
        }
        images.extend(read.images);
        for result in read.shares {
            match result {
                Ok(of) if of.whole => facts.set_shares(of.image, of.shares),
                Ok(of) => drop(partial.insert(of.image, of.shares)),
                Err(error) => {
                    say(&message(&error, setup.lang));
                    exit = Exit::Partly;
                }
            }
        }
    }
    lookup::update_records(&mut facts, setup, at).await?;
    let mut rows = Vec::new();
    for image in &images {
        let read = partial.get(&image.id).map(Vec::as_slice).or_else(|| facts.shares(&image.id));
        let mut shares = read.unwrap_or_default().to_vec();
        shares.sort_by(|a, b| a.since.cmp(&b.since).then_with(|| a.account.cmp(&b.account)));
        rows.extend(shares.iter().map(|share| {
            let made_here = facts.made_here(&image.id, &share.account);
            row(image, share, setup.accounts.get(&share.account), made_here, setup.lang)
        }));
    }
    let fields = "image,name,region,account,label,known,since,made_here";
    let head = &[
        m::head_name,
        m::head_id,
        m::head_region,
        m::head_account,
        m::head_label,
        m::head_since,
        m::head_made_here,
    ];
    printer::rows(setup, fields, head, rows)?;
    Ok(exit)
}

fn row(image: &Image, share: &Share, label: Option<&String>, made_here: bool, lang: Lang) -> Row {
    Row {
        json: json!({
            "image": image.id, "name": image.name, "region": image.region, "account": share.account,
            "label": label, "known": label.is_some(), "since": share.since, "made_here": made_here,
        }),
        cells: vec![
            image.name.to_string(),
            image.id.to_string(),
            image.region.to_string(),
            share.account.to_string(),
            label.cloned().unwrap_or_else(|| lang.text(m::cmd_exposure_unknown_account).to_owned()),
            date(share.since),
            if made_here { lang.text(m::common_yes) } else { lang.text(m::common_no) }.to_owned(),
        ],
    }
}
