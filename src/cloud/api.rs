//! The API actions that the client uses, with service, version and documented rate limit.

/// An action of the API.
#[derive(Debug)]
pub(super) struct Api {
    pub name: &'static str,
    pub service: &'static str,
    pub version: &'static str,
    /// The documented rate limit in requests per second, per account and region.
    pub per_second: usize,
    /// Whether the action changes something. The client does not retry such a request if its answer was lost.
    pub writes: bool,
}

macro_rules! actions {
    ($($constant:ident $name:literal $service:literal $version:literal $per_second:literal $writes:literal;)*) => {
        $(pub(super) const $constant: Api = Api {
            name: $name, service: $service, version: $version, per_second: $per_second, writes: $writes,
        };)*
        #[cfg(test)]
        const ALL: &[Api] = &[$($constant,)*];
    };
}

actions! {
    DESCRIBE_IMAGES "DescribeImages" "cvm" "2017-03-12" 40 false;
    DESCRIBE_SHARES "DescribeImageSharePermission" "cvm" "2017-03-12" 10 false;
    MODIFY_SHARES "ModifyImageSharePermission" "cvm" "2017-03-12" 10 true;
    SYNC_IMAGES "SyncImages" "cvm" "2017-03-12" 10 true;
    DELETE_IMAGES "DeleteImages" "cvm" "2017-03-12" 10 true;
    MODIFY_IMAGE "ModifyImageAttribute" "cvm" "2017-03-12" 10 true;
    DESCRIBE_QUOTA "DescribeImageQuota" "cvm" "2017-03-12" 10 false;
    DESCRIBE_INSTANCES "DescribeInstances" "cvm" "2017-03-12" 40 false;
    RUN_INSTANCES "RunInstances" "cvm" "2017-03-12" 10 true;
    RESET_INSTANCE "ResetInstance" "cvm" "2017-03-12" 10 true;
    CREATE_IMAGE "CreateImage" "cvm" "2017-03-12" 10 true;
    DESCRIBE_OFFERS "DescribeZoneInstanceConfigInfos" "cvm" "2017-03-12" 10 false;
    DESCRIBE_ZONES "DescribeZones" "cvm" "2017-03-12" 20 false;
    DESCRIBE_REGIONS "DescribeRegions" "region" "2022-06-27" 20 false;
    GET_CALLER "GetCallerIdentity" "sts" "2018-08-13" 20 false;
    ASSUME_ROLE "AssumeRole" "sts" "2018-08-13" 600 false;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rate limits of tests/it/contract-actions.json; null for undocumented ones.
    const CONTRACT: &str = include_str!("../../tests/it/contract-actions.json");

    #[test]
    fn table_matches_the_contract() {
        let contract: serde_json::Value = serde_json::from_str(CONTRACT).unwrap();
        for api in ALL {
            let row = &contract[format!("{}.{}", api.service, api.name)];
            assert_eq!(row["version"], api.version, "{}", api.name);
            if let Some(rate) = row["rate_limit_per_second"].as_u64() {
                assert_eq!(rate, api.per_second as u64, "{}", api.name);
            }
        }
    }
}
