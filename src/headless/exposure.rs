//! `cvmshare list exposure`: who can launch which own image.

use futures_util::stream::{self, StreamExt};
use serde_json::json;

use super::{
    list::{Asked, day},
    out::{self, Row},
    say, told,
};
use crate::{
    cli::{Exit, Fault},
    cloud::Error,
    model::{Image, ImageKind, Share},
    rules::Facts,
    words::Lang,
};

impl Asked<'_> {
    /// One row an image and account that can launch it beside us.
    pub(super) async fn exposure(&self) -> Result<Exit, Fault> {
        let setup = self.setup;
        let mut facts = Facts::default();
        // Without a journal nothing is known to be made from here.
        match setup.journal() {
            Ok(journal) => journal.teach(&mut facts, &setup.profile().name)?,
            Err(fault) => say(&fault.told(setup.lang, &[])),
        }
        let (came, exit) = self
            .everywhere(async |client, region| {
                let mut images = Vec::new();
                let read = client.images(&region, ImageKind::Own, |page| images.extend(page)).await;
                self.note(Error::gap(read)?);
                images.sort_by(|a: &Image, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
                let shares: Vec<Result<(Image, Vec<Share>), Error>> = stream::iter(images)
                    .map(async |image| {
                        let (shares, gap) = client.shares_read(&region, &image.id).await?;
                        self.note(gap);
                        Ok((image, shares))
                    })
                    .buffered(10)
                    .collect()
                    .await;
                // An image that is being made has no list yet, and nobody can launch it.
                Ok(shares)
            })
            .await?;
        let mut exit = exit;
        let mut rows = Vec::new();
        for result in came.into_iter().flat_map(|(_, shares)| shares) {
            match result {
                Ok((image, mut shares)) => {
                    shares.sort_by(|a, b| a.since.cmp(&b.since).then_with(|| a.account.cmp(&b.account)));
                    rows.extend(shares.iter().map(|share| {
                        let ours = facts.ours.contains(&(image.id.clone(), share.account.clone()));
                        row(&image, share, setup.accounts.get(&share.account), ours, setup.lang)
                    }));
                }
                Err(error) => {
                    say(&told(&error, setup.lang));
                    exit = Exit::Partly;
                }
            }
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
