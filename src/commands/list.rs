//! `cvmshare list`.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    cli::List,
    cloud::{Client, Error, each_region},
    commands::{
        gather::find_image,
        out::{self, Row},
        progress::waiting,
        say, say_clock,
    },
    i18n::{
        self,
        lang::{Lang, tell},
    },
    model::{Catalog, CopyGroup, Image, ImageId, ImageKind, Instance, Region},
    session::{
        error::{Exit, Fault, advice, failure},
        flags::Format,
        profile::Regions,
        setup::Setup,
    },
};

/// Share lists are read for so many images a region at most: ten a second is what the service allows.
const SHARE_LISTS: usize = 100;

/// Prints what the cloud has.
///
/// # Errors
/// [`Fault`]
pub async fn list(what: &List, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    // What is kept here needs no cloud.
    match what {
        List::Jobs => return super::jobs::list(setup, format).await,
        List::Audit => return super::audit::list(setup, format).await,
        _ => {}
    }
    let client = setup.client(setup.profile(), None)?;
    let asked = Asked { client, setup, format, gaps: RefCell::default() };
    let done = match what {
        List::Images => asked.images(ImageKind::Own).await,
        List::Shared => asked.images(ImageKind::Received).await,
        List::Instances => asked.instances().await,
        List::Regions => asked.regions().await,
        List::Quota => asked.quota().await,
        List::Shares { image } => asked.shares(image).await,
        List::Exposure => asked.exposure().await,
        List::Jobs | List::Audit => Ok(Exit::Done),
    };
    say_clock(&asked.client, setup);
    let exit = done?;
    Ok(if asked.say_gaps() { Exit::Partly } else { exit })
}

const IMAGE_FIELDS: [&str; 13] = [
    "id",
    "name",
    "description",
    "region",
    "state",
    "kind",
    "size_gib",
    "os",
    "arch",
    "created_at",
    "creator",
    "sync_percent",
    "share_count",
];

pub(crate) fn image_head(kind: ImageKind) -> [&'static str; 7] {
    let other = if kind == ImageKind::Own { "SHARED" } else { "OWNER" };
    ["NAME", "ID", "REGION", "STATE", "SIZE", other, "CREATED"]
}

const INSTANCE_FIELDS: [&str; 11] = [
    "id",
    "name",
    "region",
    "zone",
    "state",
    "instance_type",
    "image",
    "os",
    "private_ips",
    "public_ips",
    "created_at",
];
pub(crate) const INSTANCE_HEAD: [&str; 7] = ["NAME", "ID", "ZONE", "STATE", "TYPE", "IMAGE", "CREATED"];

pub(crate) struct Asked<'a> {
    pub client: Client,
    pub setup: &'a Setup,
    pub format: Format,
    /// What is missing from the lists that were read.
    gaps: RefCell<Vec<Error>>,
}

/// The regions in view, `--region` before all.
pub(crate) async fn regions_in_view(setup: &Setup, client: &Client) -> Result<Vec<Region>, Error> {
    Ok(view_read(setup, client).await?.0)
}

/// The same, and what is missing from them where all are in view.
async fn view_read(setup: &Setup, client: &Client) -> Result<(Vec<Region>, Option<Error>), Error> {
    let named = match (&setup.region, &setup.profile().regions) {
        (Some(region), _) => std::slice::from_ref(region),
        (None, Regions::List(list)) => list,
        (None, Regions::All) => {
            let (all, gap) = client.regions_read().await?;
            let open = all.into_iter().filter(|(_, _, open)| *open);
            return Ok((open.map(|(region, _, _)| region).collect(), gap));
        }
    };
    // The cloud may have regions that this program does not know; only the others are asked about.
    let strange = |region: &&Region| Catalog::get().region(region).is_none_or(|known| !known.open);
    if named.iter().any(|region| strange(&region)) {
        let all: Vec<Region> = client.regions().await?.into_iter().map(|(region, ..)| region).collect();
        if let Some(unknown) = named.iter().filter(strange).find(|region| !all.contains(region)) {
            return Err(Error::no_such_region(unknown, unknown.nearest(&all)));
        }
    }
    Ok((named.to_vec(), None))
}

impl Asked<'_> {
    /// Notes that a list is not whole. What was read of it is printed all the same.
    pub(crate) fn note(&self, gap: Option<Error>) {
        self.gaps.borrow_mut().extend(gap);
    }

    /// Says what is missing, if anything is.
    fn say_gaps(&self) -> bool {
        let gaps = self.gaps.take();
        for gap in &gaps {
            say(&failure(gap).line(self.setup.lang));
        }
        if let Some(advice) = gaps.first().and_then(|gap| advice(gap, self.setup.lang)) {
            say(&advice);
        }
        !gaps.is_empty()
    }

    /// Asks every region in view and keeps what came, in the order of the regions; what did not come is said.
    pub(crate) async fn everywhere<T, F: Future<Output = Result<T, Error>>>(
        &self,
        ask: impl Fn(Client, Region) -> F,
    ) -> Result<(Vec<(Region, T)>, Exit), Fault> {
        let (regions, gap) = view_read(self.setup, &self.client).await?;
        self.note(gap);
        let mut came = HashMap::new();
        let mut failed: Vec<Error> = Vec::new();
        let (all, left) = (regions.len(), Cell::new(regions.len()));
        let asking = each_region(
            regions.iter().cloned(),
            |region| ask(self.client.clone(), region),
            |region, result| {
                left.set(left.get() - 1);
                match result {
                    Ok(value) => drop(came.insert(region, value)),
                    Err(error) => failed.push(error),
                }
            },
        );
        let what = || {
            let left = left.get();
            tell!(
                self.setup.lang,
                "waiting for {left} of {all} regions …",
                "正在等待 {left}/{all} 个地域应答 …"
            )
        };
        waiting(what, asking).await;
        if came.is_empty()
            && let Some(error) = failed.pop()
        {
            return Err(Fault::Cloud(error));
        }
        let exit = if failed.is_empty() { Exit::Done } else { Exit::Partly };
        for error in failed {
            say(&Fault::Cloud(error).told(self.setup.lang, &self.setup.other_profiles()));
        }
        Ok((regions.into_iter().filter_map(|r| came.remove(&r).map(|v| (r, v))).collect(), exit))
    }

    async fn images(&self, kind: ImageKind) -> Result<Exit, Fault> {
        let (came, exit) = self
            .everywhere(async |client, region| {
                let mut images = Vec::new();
                let read = client.images(&region, kind, |page| images.extend(page)).await;
                self.note(Error::gap(read)?);
                images.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
                let counts = match kind {
                    ImageKind::Own => self.share_counts(&client, &region, &images).await,
                    _ => HashMap::new(),
                };
                Ok((images, counts))
            })
            .await?;
        let rows = came
            .iter()
            .flat_map(|(_, (images, counts))| {
                images.iter().map(|i| image_row(i, counts.get(&i.id).copied(), self.setup.lang))
            })
            .collect();
        out::rows(self.format, self.setup.lang, &IMAGE_FIELDS, &image_head(kind), rows)?;
        Ok(exit)
    }

    async fn instances(&self) -> Result<Exit, Fault> {
        let (came, exit) = self
            .everywhere(async |client, region| {
                let mut all = Vec::new();
                let read = client.instances(&region, |page| all.extend(page)).await;
                self.note(Error::gap(read)?);
                all.sort_by(|a: &Instance, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
                Ok(all)
            })
            .await?;
        let rows = came.iter().flat_map(|(_, all)| all.iter().map(instance_row)).collect();
        out::rows(self.format, self.setup.lang, &INSTANCE_FIELDS, &INSTANCE_HEAD, rows)?;
        Ok(exit)
    }

    async fn regions(&self) -> Result<Exit, Fault> {
        let (named, view) =
            tokio::try_join!(self.client.regions_read(), regions_in_view(self.setup, &self.client))?;
        let (named, gap) = named;
        self.note(gap);
        let (came, exit) = self
            .everywhere(async |client, region| {
                tokio::try_join!(
                    client.image_count(&region, ImageKind::Own),
                    client.image_count(&region, ImageKind::Received),
                    client.image_quota(&region),
                    client.instance_count(&region),
                )
            })
            .await?;
        let came: HashMap<Region, _> = came.into_iter().collect();
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
                let counts = came.get(region);
                let shown = |n: Option<u64>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
                Row {
                    json: json!({
                        "region": region, "name": name, "group": group,
                        "available": of_cloud.is_some_and(|(_, _, open)| *open),
                        "own_images": counts.map(|c| c.0), "received_images": counts.map(|c| c.1),
                        "quota": counts.map(|c| c.2), "instances": counts.map(|c| c.3),
                    }),
                    shown: vec![
                        region.to_string(),
                        name.unwrap_or("-").to_owned(),
                        group.map_or("?", |g| i18n::progress(g, lang)).to_owned(),
                        {
                            let (own, all) =
                                (shown(counts.map(|c| c.0)), shown(counts.map(|c| u64::from(c.2))));
                            tell!(lang, "{own} of {all}", "{own}/{all}")
                        },
                        shown(counts.map(|c| c.1)),
                        shown(counts.map(|c| c.3)),
                    ],
                }
            })
            .collect();
        let fields =
            ["region", "name", "group", "available", "own_images", "received_images", "quota", "instances"];
        let head = ["REGION", "NAME", "GROUP", "OWN IMAGES", "RECEIVED", "INSTANCES"];
        out::rows(self.format, self.setup.lang, &fields, &head, rows)?;
        Ok(exit)
    }

    async fn quota(&self) -> Result<Exit, Fault> {
        let (came, exit) = self
            .everywhere(async |client, region| {
                tokio::try_join!(client.image_count(&region, ImageKind::Own), client.image_quota(&region))
            })
            .await?;
        let rows = came
            .into_iter()
            .map(|(region, (own, quota))| {
                let free = u64::from(quota).saturating_sub(own);
                Row {
                    json: json!({ "region": region, "own_images": own, "quota": quota, "free": free }),
                    shown: vec![region.to_string(), own.to_string(), quota.to_string(), free.to_string()],
                }
            })
            .collect();
        let fields = ["region", "own_images", "quota", "free"];
        out::rows(self.format, self.setup.lang, &fields, &["REGION", "OWN IMAGES", "QUOTA", "FREE"], rows)?;
        Ok(exit)
    }

    async fn shares(&self, id: &ImageId) -> Result<Exit, Fault> {
        let regions = regions_in_view(self.setup, &self.client).await?;
        let Some(image) = find_image(&self.client, &regions, id).await? else {
            let regions: Vec<&str> = regions.iter().map(Region::as_str).collect();
            let (en, zh) = (regions.join(", "), regions.join("、"));
            return Err(Fault::Failed(format!(
                "{id} is in none of the regions asked ({en}); name its region with --region"
            ))
            .zh(format!("在所查询的地域（{zh}）中没有 {id}；请用 --region 指明其地域")));
        };
        let (mut shares, gap) = self.client.shares_read(&image.region, id).await?;
        self.note(gap);
        shares.sort_by(|a, b| a.since.cmp(&b.since).then_with(|| a.account.cmp(&b.account)));
        let rows = shares
            .iter()
            .map(|share| {
                let label = self.setup.accounts.get(&share.account);
                Row {
                    json: json!({ "account": share.account, "label": label, "since": share.since }),
                    shown: vec![
                        share.account.to_string(),
                        label.cloned().unwrap_or_else(|| "-".to_owned()),
                        day(share.since),
                    ],
                }
            })
            .collect();
        out::rows(
            self.format,
            self.setup.lang,
            &["account", "label", "since"],
            &["ACCOUNT", "LABEL", "SINCE"],
            rows,
        )?;
        Ok(Exit::Done)
    }

    /// How many accounts each image is shared with. What cannot be read, or would take too long, is left out.
    async fn share_counts(
        &self,
        client: &Client,
        region: &Region,
        images: &[Image],
    ) -> HashMap<ImageId, usize> {
        let ready = images.iter().filter(|i| i.is_normal()).take(SHARE_LISTS);
        let count = async |image: &Image| match client.shares_read(region, &image.id).await.ok()? {
            (shares, None) => Some((image.id.clone(), shares.len())),
            (_, gap) => {
                self.note(gap);
                None
            }
        };
        stream::iter(ready).map(count).buffer_unordered(10).filter_map(std::future::ready).collect().await
    }
}

pub(crate) fn image_row(image: &Image, shares: Option<usize>, lang: Lang) -> Row {
    let state = match image.sync_percent.filter(|_| image.state.is_moving()) {
        Some(percent) => format!("{} {percent} %", image.state),
        None => image.state.to_string(),
    };
    let other = match image.kind {
        ImageKind::Own => shares.map_or_else(|| "-".to_owned(), |n| n.to_string()),
        _ => image.creator.as_deref().unwrap_or(lang.of("unknown", "未知")).to_owned(),
    };
    Row {
        json: json!({
            "id": image.id, "name": image.name, "description": image.description, "region": image.region,
            "state": image.state, "kind": image.kind, "size_gib": image.size_gib, "os": some(&image.os),
            "arch": some(&image.arch), "created_at": image.created_at, "creator": image.creator,
            "sync_percent": image.sync_percent, "share_count": shares,
        }),
        shown: vec![
            image.name.to_string(),
            image.id.to_string(),
            image.region.to_string(),
            state,
            format!("{} GiB", image.size_gib),
            other,
            day(image.created_at),
        ],
    }
}

pub(crate) fn instance_row(instance: &Instance) -> Row {
    Row {
        json: json!({
            "id": instance.id, "name": instance.name, "region": instance.region, "zone": some(&instance.zone),
            "state": instance.state, "instance_type": some(&instance.instance_type), "image": instance.image,
            "os": some(&instance.os), "private_ips": instance.private_ips, "public_ips": instance.public_ips,
            "created_at": instance.created_at,
        }),
        shown: vec![
            instance.name.clone(),
            instance.id.to_string(),
            instance.zone.clone(),
            instance.state.to_string(),
            instance.instance_type.clone(),
            instance.image.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string),
            day(instance.created_at),
        ],
    }
}

/// Unknown is null.
fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

pub(crate) fn day(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "-".to_owned(), |t| t.strftime("%Y-%m-%d").to_string())
}
