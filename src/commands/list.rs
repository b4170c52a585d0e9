//! `cvmshare list`.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use clap::Subcommand;
use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    boundary::output::say,
    cloud::{Client, Error, for_each_region},
    commands::{
        audit,
        cloud_error::warn_clock,
        exposure::{self, SharesOf},
        jobs, lookup,
        printer::{self, Row},
        progress::with_status,
        rows::{IMAGE_FIELDS, INSTANCE_FIELDS, INSTANCE_HEAD, date, image_head, image_row, instance_row},
    },
    i18n,
    messages::{Text, m, text, tr},
    model::{Catalog, CopyGroup, Image, ImageId, ImageKind, Instance, Region, Share},
    session::{
        error::{CommandError, Exit, advice, failure},
        setup::Setup,
    },
};

/// What can be listed.
#[derive(Debug, Clone, Subcommand)]
pub enum ListArgs {
    /// Own images
    Images,
    /// Images that other accounts share with you
    Shared,
    /// Regions: own and received images, quota, instances
    Regions,
    /// Instances
    Instances,
    /// The accounts that an own image is shared with
    Shares {
        /// Its ID
        image: ImageId,
    },
    /// Own images against the quota
    Quota,
    /// Jobs, the newest first
    Jobs,
    /// Every call that changed something, or was to: when, by whom, what, and what came of it
    Audit,
    /// Who can launch which own image: since when, shared from here or not, a known account or not
    Exposure,
}

/// The maximum number of share lists that are read per region. The service allows ten calls a second.
const SHARE_LISTS: usize = 100;

/// Prints a list of what the cloud has.
///
/// # Errors
///
/// [`CommandError`]
pub async fn list(args: &ListArgs, setup: &Setup) -> Result<Exit, CommandError> {
    // Jobs and audit come from the journal and need no cloud.
    match args {
        ListArgs::Jobs => return jobs::list(setup).await,
        ListArgs::Audit => return audit::list(setup).await,
        _ => {}
    }
    let client = setup.client(setup.profile(), None)?;
    let lister = Lister { client, setup, gaps: RefCell::default() };
    let done = match args {
        ListArgs::Images => lister.images(ImageKind::Own).await,
        ListArgs::Shared => lister.images(ImageKind::Received).await,
        ListArgs::Instances => lister.instances().await,
        ListArgs::Regions => lister.regions().await,
        ListArgs::Quota => lister.quota().await,
        ListArgs::Shares { image } => lister.shares(image).await,
        ListArgs::Exposure => lister.exposure().await,
        ListArgs::Jobs | ListArgs::Audit => Ok(Exit::Done),
    };
    warn_clock(&lister.client, setup);
    let exit = done?;
    Ok(if lister.report_gaps() { Exit::Partly } else { exit })
}

/// Reads lists from the regions in view, and prints them.
struct Lister<'a> {
    client: Client,
    setup: &'a Setup,
    /// The errors about incomplete lists.
    gaps: RefCell<Vec<Error>>,
}

impl Lister<'_> {
    /// Records that a list is incomplete. The rows that were read are printed all the same.
    fn note(&self, gap: Option<Error>) {
        self.gaps.borrow_mut().extend(gap);
    }

    /// Prints what is missing from the lists. Returns whether anything is.
    fn report_gaps(&self) -> bool {
        let gaps = self.gaps.take();
        for gap in &gaps {
            say(&failure(gap).details(self.setup.lang));
        }
        if let Some(advice) = gaps.first().and_then(|gap| advice(gap, self.setup.lang)) {
            say(&advice);
        }
        !gaps.is_empty()
    }

    /// Calls `ask` for every region in view concurrently. Returns the results in the order of the regions, and prints
    /// errors.
    async fn in_each_region<T, F: Future<Output = Result<T, Error>>>(
        &self,
        ask: impl Fn(Client, Region) -> F,
    ) -> Result<(Vec<(Region, T)>, Exit), CommandError> {
        let (regions, gap) = self.setup.regions_in_view(&self.client).await?;
        self.note(gap);
        let mut answers = HashMap::new();
        let mut failed: Vec<Error> = Vec::new();
        let (all, left) = (regions.len(), Cell::new(regions.len()));
        let asking = for_each_region(
            regions.iter().cloned(),
            |region| ask(self.client.clone(), region),
            |region, result| {
                left.set(left.get() - 1);
                match result {
                    Ok(value) => drop(answers.insert(region, value)),
                    Err(error) => failed.push(error),
                }
            },
        );
        let status = || {
            let left = left.get();
            tr!(self.setup.lang, cmd_list_waiting_for_regions, left, all)
        };
        with_status(status, asking).await;
        if answers.is_empty()
            && let Some(error) = failed.pop()
        {
            return Err(CommandError::Cloud(error));
        }
        let exit = if failed.is_empty() { Exit::Done } else { Exit::Partly };
        for error in failed {
            say(&CommandError::Cloud(error).message(self.setup.lang, &self.setup.other_profiles()));
        }
        Ok((regions.into_iter().filter_map(|r| answers.remove(&r).map(|v| (r, v))).collect(), exit))
    }

    /// Returns the own or received images of a region by name, and whether the list is complete.
    async fn images_of(
        &self,
        client: &Client,
        region: &Region,
        kind: ImageKind,
    ) -> Result<(Vec<Image>, bool), Error> {
        let mut images: Vec<Image> = Vec::new();
        let read = client.images(region, kind, |page| images.extend(page)).await;
        let gap = Error::split_incomplete(read)?;
        let whole = gap.is_none();
        self.note(gap);
        images.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
        Ok((images, whole))
    }

    async fn images(&self, kind: ImageKind) -> Result<Exit, CommandError> {
        let (answers, exit) = self
            .in_each_region(async |client, region| {
                let (images, _) = self.images_of(&client, &region, kind).await?;
                let counts = match kind {
                    ImageKind::Own => self.share_counts(&client, &region, &images).await,
                    _ => HashMap::new(),
                };
                Ok((images, counts))
            })
            .await?;
        let lang = self.setup.lang;
        let rows = answers.iter().flat_map(|(_, (images, counts))| {
            images.iter().map(|image| image_row(image, counts.get(&image.id).copied(), lang))
        });
        printer::rows(self.setup, IMAGE_FIELDS, image_head(kind), rows.collect())?;
        Ok(exit)
    }

    async fn instances(&self) -> Result<Exit, CommandError> {
        let (answers, exit) = self
            .in_each_region(async |client, region| {
                let mut all: Vec<Instance> = Vec::new();
                let read = client.instances(&region, |page| all.extend(page)).await;
                self.note(Error::split_incomplete(read)?);
                all.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
                Ok(all)
            })
            .await?;
        let rows = answers.iter().flat_map(|(_, all)| all.iter().map(instance_row)).collect();
        printer::rows(self.setup, INSTANCE_FIELDS, INSTANCE_HEAD, rows)?;
        Ok(exit)
    }

    async fn regions(&self) -> Result<Exit, CommandError> {
        let ((named, gap), (view, _)) =
            tokio::try_join!(self.client.regions_with_gap(), self.setup.regions_in_view(&self.client))?;
        self.note(gap);
        let (answers, exit) = self
            .in_each_region(async |client, region| {
                tokio::try_join!(
                    client.image_count(&region, ImageKind::Own),
                    client.image_count(&region, ImageKind::Received),
                    client.image_quota(&region),
                    client.instance_count(&region),
                )
            })
            .await?;
        let answers: HashMap<Region, _> = answers.into_iter().collect();
        let lang = self.setup.lang;
        let rows = view
            .iter()
            .map(|region| {
                let of_cloud = named.iter().find(|(r, _, _)| r == region);
                let known = Catalog::get().region(region);
                let name = of_cloud.map(|n| n.1.as_str()).or_else(|| known.map(|k| k.name.as_str()));
                let group = known.map(|k| match k.group {
                    CopyGroup::Mainland => "mainland",
                    CopyGroup::Overseas => "overseas",
                    CopyGroup::Finance => "finance",
                });
                let counts = answers.get(region);
                let count = |n: Option<u64>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
                Row {
                    json: json!({
                        "region": region, "name": name, "group": group,
                        "available": of_cloud.is_some_and(|(_, _, open)| *open),
                        "own_images": counts.map(|c| c.0), "received_images": counts.map(|c| c.1),
                        "quota": counts.map(|c| c.2), "instances": counts.map(|c| c.3),
                    }),
                    cells: vec![
                        region.to_string(),
                        name.unwrap_or("-").to_owned(),
                        group.map_or("?", |g| i18n::progress(g, lang)).to_owned(),
                        {
                            let (own, all) =
                                (count(counts.map(|c| c.0)), count(counts.map(|c| u64::from(c.2))));
                            tr!(lang, cmd_list_of, own, all)
                        },
                        count(counts.map(|c| c.1)),
                        count(counts.map(|c| c.3)),
                    ],
                }
            })
            .collect();
        let fields = "region,name,group,available,own_images,received_images,quota,instances";
        let head = &[
            m::head_region,
            m::head_name,
            m::head_group,
            m::head_own_images,
            m::head_received,
            m::head_instances,
        ];
        printer::rows(self.setup, fields, head, rows)?;
        Ok(exit)
    }

    async fn quota(&self) -> Result<Exit, CommandError> {
        let (answers, exit) = self
            .in_each_region(async |client, region| {
                tokio::try_join!(client.image_count(&region, ImageKind::Own), client.image_quota(&region))
            })
            .await?;
        let rows = answers
            .into_iter()
            .map(|(region, (own, quota))| {
                let free = u64::from(quota).saturating_sub(own);
                Row {
                    json: json!({ "region": region, "own_images": own, "quota": quota, "free": free }),
                    cells: vec![region.to_string(), own.to_string(), quota.to_string(), free.to_string()],
                }
            })
            .collect();
        let fields = "region,own_images,quota,free";
        printer::rows(
            self.setup,
            fields,
            &[m::head_region, m::head_own_images, m::head_quota, m::head_free],
            rows,
        )?;
        Ok(exit)
    }

    async fn shares(&self, id: &ImageId) -> Result<Exit, CommandError> {
        let (regions, _) = self.setup.regions_in_view(&self.client).await?;
        let Some(image) = lookup::image(&self.client, &regions, id).await? else {
            let all = Text::list(&regions);
            return Err(CommandError::Failed(text!(cmd_list_not_in_regions, id, all)));
        };
        let (mut shares, gap) = self.client.shares_with_gap(&image.region, id).await?;
        self.note(gap);
        shares.sort_by(|a, b| a.since.cmp(&b.since).then_with(|| a.account.cmp(&b.account)));
        let row = |share: &Share| {
            let label = self.setup.accounts.get(&share.account);
            Row {
                json: json!({ "account": share.account, "label": label, "since": share.since }),
                cells: vec![
                    share.account.to_string(),
                    label.cloned().unwrap_or_else(|| "-".to_owned()),
                    date(share.since),
                ],
            }
        };
        let rows = shares.iter().map(row).collect();
        let fields = "account,label,since";
        printer::rows(self.setup, fields, &[m::head_account, m::head_label, m::head_since], rows)?;
        Ok(Exit::Done)
    }

    async fn exposure(&self) -> Result<Exit, CommandError> {
        let (facts, at) = (lookup::known_facts(self.setup).await?, Timestamp::now());
        let (answers, exit) = self
            .in_each_region(async |client, region| {
                let (images, whole) = self.images_of(&client, &region, ImageKind::Own).await?;
                let read = async |image: Image| -> Result<SharesOf, Error> {
                    let (shares, gap) = client.shares_with_gap(&region, &image.id).await?;
                    let whole = gap.is_none();
                    self.note(gap);
                    Ok(SharesOf { image: image.id, shares, whole })
                };
                let shares = stream::iter(images.clone()).map(read).buffered(10).collect().await;
                Ok(exposure::RegionShares { images, whole, shares })
            })
            .await?;
        exposure::print(facts, answers, exit, at, self.setup).await
    }

    /// Returns the number of accounts that each image is shared with. Leaves out images whose list cannot be read or
    /// would take too long.
    async fn share_counts(
        &self,
        client: &Client,
        region: &Region,
        images: &[Image],
    ) -> HashMap<ImageId, usize> {
        let ready = images.iter().filter(|i| i.is_normal()).take(SHARE_LISTS);
        let count = async |image: &Image| match client.shares_with_gap(region, &image.id).await.ok()? {
            (shares, None) => Some((image.id.clone(), shares.len())),
            (_, gap) => {
                self.note(gap);
                None
            }
        };
        stream::iter(ready).map(count).buffer_unordered(10).filter_map(std::future::ready).collect().await
    }
}
