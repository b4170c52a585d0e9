//! Checks of the cloud: endpoint, credentials, clock, each region, permissions.

use std::{collections::BTreeMap, time::Instant};

use crate::{
    cloud::{self, Client, Error, Kind, for_each_region},
    doctor::{
        finding::{Finding, Level},
        machine,
    },
    i18n::clock::clock_warning,
    jobs,
    messages::{Lang, m, tr},
    model::{ImageId, ImageKind, Region, Site},
    session::{
        error::{CommandError, advice, failure},
        setup::Setup,
    },
};

/// Checks everything that needs credentials, and adds the findings to `all`.
///
/// # Errors
///
/// [`CommandError`] if there are no credentials or they do not work.
pub(super) async fn check(setup: &Setup, all: &mut Vec<Finding>, lang: Lang) -> Result<(), CommandError> {
    let client = setup.client(setup.profile(), None)?;
    let endpoint = match (setup.endpoint_of(setup.profile()), &setup.cloud) {
        (Some(endpoint), _) => endpoint.to_owned(),
        (None, Some(cloud)) if setup.profile().is_demo() => {
            let at = &cloud.endpoint;
            tr!(lang, doctor_built_in_cloud_this_process, at)
        }
        (None, _) => {
            let site = site_name(setup.profile().site);
            tr!(lang, doctor_vendors_own_hosts, site)
        }
    };
    all.push(Finding::ok("network", "endpoint", endpoint));
    let proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    // Only the name of the variable is shown, because its value may contain a password.
    if let Some(name) = proxy.into_iter().find(|n| setup.places.var(n).is_some()) {
        all.push(Finding::ok("network", "proxy", tr!(lang, doctor_as_says, name)));
    }
    // A role has no keys before the first call.
    let caller = client.caller().await;
    if let Some(keys) = client.credentials() {
        let lasts = keys.expires_at.map(|end| tr!(lang, doctor_until, end = format!("{:.0}", end)));
        let (lasts, origin, profile) =
            (lasts.unwrap_or_default(), keys.origin.render(lang), &setup.profile().name);
        let text = tr!(lang, doctor_in_profile, origin, profile, lasts);
        all.push(Finding::ok("credentials", "found", text));
        if let Some(path) = keys.origin.as_literal().and_then(|path| path.strip_prefix("~/")) {
            all.extend(machine::key_file(&setup.places.home.join(path), lang));
        }
    }
    match &caller {
        Ok(who) => {
            let text = tr!(lang, doctor_caller, account = who.account, kind = who.kind, user = who.user);
            all.push(Finding::ok("credentials", "account", text));
        }
        Err(error) => all.push(error_finding("credentials", "account", error, lang)),
    }
    all.push(match clock_warning(client.clock_skew(), lang) {
        Some(warning) => {
            let wrong = client.clock_skew().abs() >= 300 || caller.is_err();
            let level = if wrong { Level::Wrong } else { Level::Note };
            Finding::new("clock", "skew", level, warning)
                .with_fix(lang.text(m::doctor_set_clock_for_example_with))
        }
        None if caller.is_err() => Finding::new("clock", "skew", Level::Note, lang.text(m::doctor_not_known)),
        None => Finding::ok("clock", "skew", tr!(lang, doctor_s, clock_skew = client.clock_skew())),
    });
    if let Err(error) = caller
        && matches!(error.kind, Kind::Credentials | Kind::Expired)
    {
        return Err(error.into());
    }
    let regions = match setup.regions_in_view(&client).await {
        Ok((regions, _)) => regions,
        Err(error) => {
            all.push(error_finding("regions", "all", &error, lang));
            setup.profile().regions.known()
        }
    };
    let answered = regions_answer(&client, &regions, all, lang).await;
    if let Some(region) = answered {
        all.extend(permissions(&client, &region, setup.profile().read_only, lang).await);
    }
    Ok(())
}

fn site_name(site: Site) -> &'static str {
    match site {
        Site::Intl => "intl",
        Site::Cn => "cn",
    }
}

fn error_finding(group: &'static str, name: &str, error: &Error, lang: Lang) -> Finding {
    let text = failure(error).details(lang);
    Finding { fix: advice(error, lang), ..Finding::new(group, name, Level::Wrong, text) }
}

/// Checks every region concurrently, and adds the findings to `all` in the order of the regions. Returns the first
/// region that answered.
async fn regions_answer(
    client: &Client,
    regions: &[Region],
    all: &mut Vec<Finding>,
    lang: Lang,
) -> Option<Region> {
    let mut answers: BTreeMap<Region, (Result<u32, Error>, u64)> = BTreeMap::new();
    let ask = async |region: Region| {
        let begun = Instant::now();
        let result = client.image_quota(&region).await;
        (result, u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX))
    };
    for_each_region(regions.iter().cloned(), ask, |region, answer| drop(answers.insert(region, answer)))
        .await;
    let mut first = None;
    for region in regions {
        let Some((result, ms)) = answers.remove(region) else { continue };
        let finding = match result {
            // A denial of the quota's permission shows that the region can be reached.
            Err(error) if error.kind != Kind::Denied => {
                error_finding("regions", region.as_str(), &error, lang)
            }
            _ => {
                first.get_or_insert(region.clone());
                Finding::ok("regions", region.as_str(), format!("{ms} ms"))
            }
        };
        all.push(Finding { ms: Some(ms), ..finding });
    }
    first
}

/// Checks permissions by reads, and by dry runs with an image that does not exist. Any answer except a denial shows
/// that the permission exists.
async fn permissions(client: &Client, region: &Region, read_only: bool, lang: Lang) -> Vec<Finding> {
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
    let may = |action: &str, error, denied| permission_finding(action, error, denied, lang);
    let write = if read_only { Level::Note } else { Level::Wrong };
    let mut all = vec![
        may("DescribeRegions", regions.err(), Level::Wrong),
        may("DescribeImages", images.err(), Level::Wrong),
        may("DescribeImageSharePermission", shares.err(), Level::Wrong),
        may("DescribeImageQuota", quota.err(), Level::Wrong),
        may("DescribeInstances", instances.err(), Level::Wrong),
        may("DescribeZones", zones.err(), Level::Note),
    ];
    all.extend(dry.into_iter().map(|(action, error)| may(action, error, write)));
    let rest = ["ModifyImageSharePermission", "ModifyImageAttribute", "CreateImage", "ResetInstance"];
    let rest = rest.join(lang.text(m::common_list_comma));
    let text = tr!(lang, doctor_cannot_be_asked_about_without, rest);
    all.push(Finding::new("permissions", "others", Level::Note, text));
    all
}

fn permission_finding(action: &str, error: Option<cloud::Error>, denied: Level, lang: Lang) -> Finding {
    match error {
        Some(error) if error.kind == Kind::Denied => {
            Finding { level: denied, ..error_finding("permissions", action, &error, lang) }
        }
        Some(error) if matches!(error.kind, Kind::Network | Kind::Timeout | Kind::Throttled) => {
            Finding { level: Level::Note, ..error_finding("permissions", action, &error, lang) }
        }
        _ => Finding::ok("permissions", action, lang.text(m::doctor_not_denied)),
    }
}
