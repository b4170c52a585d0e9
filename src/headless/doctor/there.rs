//! The cloud: who we are there, the clock, each region, and what we may do.

use std::{collections::BTreeMap, time::Instant};

use super::{Finding, State, here, regions_in_view};
use crate::{
    cli::{Fault, Setup, advice, failure},
    cloud::{self, Client, Error, Kind, each_region},
    jobs,
    model::{ImageId, ImageKind, Region, Site},
    words::{Lang, clock_warning},
};

/// Everything that takes credentials.
///
/// # Errors
/// [`Fault`] when there are none, or when they do not work.
pub(super) async fn cloud(setup: &Setup, all: &mut Vec<Finding>) -> Result<(), Fault> {
    let client = setup.client(setup.profile(), None)?;
    let endpoint = match (&setup.endpoint, &setup.cloud) {
        (Some(endpoint), _) => endpoint.clone(),
        (None, Some(cloud)) => format!("{}, the built-in cloud of this process", cloud.endpoint),
        (None, None) => format!("the vendor's own hosts ({})", word(setup.profile().site)),
    };
    all.push(Finding::ok("network", "endpoint", endpoint));
    let proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    // Its value may hold a password.
    if let Some(name) = proxy.into_iter().find(|n| setup.places.var(n).is_some()) {
        all.push(Finding::ok("network", "proxy", format!("as {name} says")));
    }
    // A role has no keys before the first call.
    let who = client.caller().await;
    if let Some(keys) = client.credentials() {
        let lasts = keys.expires_at.map(|end| format!(", until {end:.0}")).unwrap_or_default();
        let text = format!("in {} (profile {}){lasts}", keys.origin, setup.profile().name);
        all.push(Finding::ok("credentials", "found", text));
        if let Some(path) = keys.origin.strip_prefix("~/") {
            all.extend(here::keys(&setup.places.home.join(path)));
        }
    }
    match &who {
        Ok(who) => {
            let text = format!("{} ({} {})", who.account, who.kind, who.user);
            all.push(Finding::ok("credentials", "account", text));
        }
        Err(error) => all.push(trouble("credentials", "account", error)),
    }
    all.push(match clock_warning(client.clock_skew(), setup.lang) {
        Some(warning) => {
            let wrong = client.clock_skew().abs() >= 300 || who.is_err();
            let state = if wrong { State::Wrong } else { State::Note };
            Finding::new("clock", "skew", state, warning)
                .mend("Set the clock, for example with timedatectl set-ntp true")
        }
        None if who.is_err() => Finding::new("clock", "skew", State::Note, "not known"),
        None => Finding::ok("clock", "skew", format!("{} s", client.clock_skew())),
    });
    if let Err(error) = who
        && matches!(error.kind, Kind::Credentials | Kind::Expired)
    {
        return Err(error.into());
    }
    let regions = match regions_in_view(setup, &client).await {
        Ok(regions) => regions,
        Err(error) => {
            all.push(trouble("regions", "all", &error));
            setup.profile().regions.known()
        }
    };
    let answered = reach(&client, &regions, all).await;
    if let Some(region) = answered {
        all.extend(permissions(&client, &region, setup.profile().read_only).await);
    }
    Ok(())
}

fn word(site: Site) -> &'static str {
    match site {
        Site::Intl => "intl",
        Site::Cn => "cn",
    }
}

fn trouble(group: &'static str, name: &str, error: &Error) -> Finding {
    Finding { mend: advice(error), ..Finding::new(group, name, State::Wrong, failure(error).line(Lang::En)) }
}

/// Asks every region at once; told in the order of the regions. Returns the first that answered.
async fn reach(client: &Client, regions: &[Region], all: &mut Vec<Finding>) -> Option<Region> {
    let mut came: BTreeMap<Region, (Result<u32, Error>, u64)> = BTreeMap::new();
    let ask = async |region: Region| {
        let begun = Instant::now();
        let result = client.image_quota(&region).await;
        (result, u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX))
    };
    each_region(regions.iter().cloned(), ask, |region, answer| drop(came.insert(region, answer))).await;
    let mut first = None;
    for region in regions {
        let Some((result, ms)) = came.remove(region) else { continue };
        let finding = match result {
            // Whoever may not ask for the quota has reached the region all the same.
            Err(error) if error.kind != Kind::Denied => trouble("regions", region.as_str(), &error),
            _ => {
                first.get_or_insert(region.clone());
                Finding::ok("regions", region.as_str(), format!("{ms} ms"))
            }
        };
        all.push(Finding { ms: Some(ms), ..finding });
    }
    first
}

/// What the account may do, asked without doing it: reads, and dry runs about an image that is not there. Any answer but
/// a denial shows that the permission is there.
async fn permissions(client: &Client, region: &Region, read_only: bool) -> Vec<Finding> {
    let Ok(nobody) = "img-00000000".parse::<ImageId>() else { return Vec::new() };
    let (regions, images, shares, quota, instances, zones, dry) = tokio::join!(
        client.regions(),
        client.image_count(region, ImageKind::Own),
        client.shares(region, &nobody),
        client.image_quota(region),
        client.instance_count(region),
        client.zones(region),
        jobs::permissions(client, region),
    );
    let write = if read_only { State::Note } else { State::Wrong };
    let mut all = vec![
        may("DescribeRegions", regions.err(), State::Wrong),
        may("DescribeImages", images.err(), State::Wrong),
        may("DescribeImageSharePermission", shares.err(), State::Wrong),
        may("DescribeImageQuota", quota.err(), State::Wrong),
        may("DescribeInstances", instances.err(), State::Wrong),
        may("DescribeZones", zones.err(), State::Note),
    ];
    all.extend(dry.into_iter().map(|(action, error)| may(action, error, write)));
    let rest = ["ModifyImageSharePermission", "ModifyImageAttribute", "CreateImage", "ResetInstance"];
    let text = format!("{} cannot be asked about without doing them", rest.join(", "));
    all.push(Finding::new("permissions", "others", State::Note, text));
    all
}

fn may(action: &str, error: Option<cloud::Error>, denied: State) -> Finding {
    match error {
        Some(error) if error.kind == Kind::Denied => {
            Finding { state: denied, ..trouble("permissions", action, &error) }
        }
        Some(error) if matches!(error.kind, Kind::Network | Kind::Timeout | Kind::Throttled) => {
            Finding { state: State::Note, ..trouble("permissions", action, &error) }
        }
        _ => Finding::ok("permissions", action, "not denied"),
    }
}
