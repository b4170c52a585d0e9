//! `cvmshare list exposure`: who can launch which own image.

use std::collections::HashMap;

use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    cloud::Error,
    commands::{
        gather,
        list::{Asked, day},
        out::{self, Row},
        say, told,
    },
    facts::{Load, Loaded},
    i18n::lang::Lang,
    model::{Image, ImageId, ImageKind, Share},
    session::error::{Exit, Fault},
};

impl Asked<'_> {
    /// One row an image and account that can launch it beside us.
    pub(crate) async fn exposure(&self) -> Result<Exit, Fault> {
        let setup = self.setup;
        let mut facts = gather::known(setup).await?;
        let at = Timestamp::now();
        let (came, exit) = self
            .everywhere(async |client, region| {
                let mut images = Vec::new();
                let read = client.images(&region, ImageKind::Own, |page| images.extend(page)).await;
                let gap = Error::gap(read)?;
                let whole = gap.is_none();
                self.note(gap);
                images.sort_by(|a: &Image, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
                let shares: Vec<Result<_, Error>> = stream::iter(images.clone())
                    .map(async |image| {
                        let (shares, gap) = client.shares_read(&region, &image.id).await?;
                        let whole = gap.is_none();
                        self.note(gap);
                        Ok((image.id, shares, whole))
                    })
                    .buffered(10)
                    .collect()
                    .await;
                // An image that is being made has no list yet, and nobody can launch it.
                Ok((images, whole, shares))
            })
            .await?;
        let mut exit = exit;
        let mut listed: Vec<Image> = Vec::new();
        // What is not in a list that is not whole may be in the cloud: no fact comes of that.
        let mut partly: HashMap<ImageId, Vec<Share>> = HashMap::new();
        for (region, (images, whole, shares)) in came {
            match whole {
                true => facts.take(&Load::Images(region), Loaded::Images(images.clone()), at),
                false => facts.take_page(images.clone()),
            }
            listed.extend(images);
            for result in shares {
                match result {
                    Ok((id, list, true)) => facts.take_shares(id, list),
                    Ok((id, list, false)) => drop(partly.insert(id, list)),
                    Err(error) => {
                        say(&told(&error, setup.lang));
                        exit = Exit::Partly;
                    }
                }
            }
        }
        gather::remember(&mut facts, setup, at).await?;
        let mut rows = Vec::new();
        for image in &listed {
            let read = partly.get(&image.id).map(Vec::as_slice).or_else(|| facts.shares(&image.id));
            let mut shares = read.unwrap_or_default().to_vec();
            shares.sort_by(|a, b| a.since.cmp(&b.since).then_with(|| a.account.cmp(&b.account)));
            rows.extend(shares.iter().map(|share| {
                let ours = facts.made_here(&image.id, &share.account);
                row(image, share, setup.accounts.get(&share.account), ours, setup.lang)
            }));
        }
        let fields = ["image", "name", "region", "account", "label", "known", "since", "made_here"];
        let head = ["NAME", "ID", "REGION", "ACCOUNT", "LABEL", "SINCE", "MADE HERE"];
        out::rows(self.format, setup.lang, &fields, &head, rows)?;
        Ok(exit)
    }
}

fn row(image: &Image, share: &Share, label: Option<&String>, ours: bool, lang: Lang) -> Row {
    Row {
        json: json!({
            "image": image.id, "name": image.name, "region": image.region, "account": share.account,
            "label": label, "known": label.is_some(), "since": share.since, "made_here": ours,
        }),
        shown: vec![
            image.name.to_string(),
            image.id.to_string(),
            image.region.to_string(),
            share.account.to_string(),
            label.cloned().unwrap_or_else(|| lang.of("unknown account", "未知账号").to_owned()),
            day(share.since),
            if ours { lang.of("yes", "是") } else { lang.of("no", "否") }.to_owned(),
        ],
    }
}
