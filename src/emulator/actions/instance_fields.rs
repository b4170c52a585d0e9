//! Fields that RunInstances, ResetInstance and ModifyInstancesAttribute share.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::{
    context::{Ctx, invalid, one_of},
    identity::is_role,
};
use crate::{
    emulator::{
        catalog,
        params::Params,
        refusal::{Refusal, refuse, refuse_if},
        resource::Tag,
        world::{Image, Ownership},
    },
    model::ImageState,
};

/// The most bytes of user data, before base64.
const USER_DATA: usize = 16 * 1024;

/// Finds an instance type by its name.
pub(super) fn instance_type(name: &str) -> Result<&'static catalog::Type, Refusal> {
    match catalog::instance_type(name) {
        Some(kind) => Ok(kind),
        None if name.contains('.') => refuse(
            "InvalidParameterValue.InstanceTypeNotFound",
            format!("The instance type `{name}` is not found."),
        ),
        None => refuse("InvalidInstanceType.Malformed", format!("The instance type `{name}` is malformed.")),
    }
}

/// Finds an image that the caller can see in the region and that is NORMAL.
pub(super) fn usable_image<'a>(ctx: &'a Ctx<'_>, id: &str) -> Result<&'a Image, Refusal> {
    let (image, _) = ctx.image(id)?;
    let state = image.state(ctx.now);
    let message = format_args!("The image {} is {state}; it should be NORMAL.", image.id);
    refuse_if(state != ImageState::Normal, "InvalidParameterValue.InvalidImageState", message)?;
    Ok(image)
}

/// Fails if the architecture of the image differs from that of the instance type.
pub(super) fn check_arch(image: &Image, kind: &catalog::Type) -> Result<(), Refusal> {
    if image.arch == kind.arch {
        return Ok(());
    }
    refuse(
        "InvalidParameterValue.InvalidImageForGivenInstanceType",
        format!("The image {} is for {}; the instance type {} is not.", image.id, image.arch, kind.name),
    )
}

pub(super) fn keeps_login(login: &Params) -> bool {
    login.text("KeepImageLogin").is_some_and(|k| k.eq_ignore_ascii_case("true"))
}

/// Checks `LoginSettings`. The password is not stored.
pub(super) fn check_login(ctx: &Ctx<'_>, image: &Image) -> Result<(), Refusal> {
    let login = ctx.params.object("LoginSettings");
    let keys = login.texts("KeyIds");
    if let Some(word) = login.given("KeepImageLogin") {
        one_of("KeepImageLogin", &word.to_lowercase(), &["true", "false"])?;
    }
    let ways =
        usize::from(login.has("Password")) + usize::from(!keys.is_empty()) + usize::from(keeps_login(&login));
    let message = "Of `Password`, `KeyIds` and `KeepImageLogin`, one can be given.";
    refuse_if(ways > 1, "InvalidParameter.ParameterConflict", message)?;
    if keeps_login(&login) && image.ownership(ctx.me()) == Some(Ownership::Public) {
        return invalid("`KeepImageLogin` goes with custom and shared images alone.");
    }
    let windows = image.platform == "Windows";
    for id in &keys {
        let key = ctx.key(id);
        if let Err(refusal) = key {
            let code = if refusal.code == "InvalidKeyPairId.NotFound" {
                "InvalidParameterValue.KeyPairNotFound".into()
            } else {
                refusal.code
            };
            return Err(Refusal { code, message: refusal.message });
        }
    }
    if windows && !keys.is_empty() {
        return refuse("UnsupportedOperation.KeyPairUnsupportedWindows", "Windows takes no key pairs.");
    }
    match login.text("Password") {
        Some(password) if !password_fits(password, windows) => {
            refuse("InvalidParameterValue.InvalidPassword", "`LoginSettings.Password` is not valid.")
        }
        _ => Ok(()),
    }
}

/// Returns whether a password is valid. Linux: 8 to 30 characters of at least two kinds; Windows: 12 to 30 of at least
/// three.
pub(super) fn password_fits(password: &str, windows: bool) -> bool {
    let kinds = [
        password.bytes().any(|b| b.is_ascii_lowercase()),
        password.bytes().any(|b| b.is_ascii_uppercase()),
        password.bytes().any(|b| b.is_ascii_digit()),
        password.bytes().any(|b| b.is_ascii_punctuation()),
    ];
    let (least, most_kinds) = if windows { (12, 3) } else { (8, 2) };
    (least..=30).contains(&password.len())
        && !password.starts_with('/')
        && kinds.iter().filter(|k| **k).count() >= most_kinds
}

pub(super) fn role(params: &Params) -> Result<String, Refusal> {
    match params.given("CamRoleName") {
        None => Ok(String::new()),
        Some(name) if is_role(name) => Ok(name.to_owned()),
        Some(name) => {
            refuse("AuthFailure.CamRoleNameAuthenticateFailed", format!("The role `{name}` is not found."))
        }
    }
}

pub(super) fn jumbo(params: &Params, kind: &catalog::Type) -> Result<bool, Refusal> {
    refuse_if(
        params.is("EnableJumboFrame") && !kind.jumbo,
        "UnsupportedOperation.InstanceTypeNotSupportJumboFrame",
        format_args!("The instance type {} has no jumbo frames.", kind.name),
    )?;
    Ok(params.is("EnableJumboFrame"))
}

/// Checks `HostName`: letters, digits, hyphens, and on Linux periods between them. Returns an empty text if it is not
/// given.
pub(super) fn host_name(params: &Params, image: &Image) -> Result<String, Refusal> {
    let Some(name) = params.given("HostName") else { return Ok(String::new()) };
    let windows = image.platform == "Windows";
    let most = if windows { 15 } else { 60 };
    let parts = |name: &str| {
        let part_fits = |part: &str| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        name.split('.').all(part_fits) && !(windows && name.contains('.'))
    };
    // `{R:N}` is replaced by a number before the check.
    let plain = numbered(name, 1, 1);
    let only_digits = windows && plain.bytes().all(|b| b.is_ascii_digit());
    refuse_if(
        !(2..=most).contains(&plain.len()) || !parts(&plain) || only_digits,
        "InvalidParameterValue.IllegalHostName",
        format_args!("`HostName` is `{name}`, which is not valid."),
    )?;
    Ok(name.to_owned())
}

pub(super) fn user_data(params: &Params) -> Result<String, Refusal> {
    let text = params.str("UserData");
    match BASE64_STANDARD.decode(text) {
        Ok(data) if data.len() <= USER_DATA => Ok(text.to_owned()),
        _ => refuse(
            "InvalidParameterValue.InvalidUserDataFormat",
            "`UserData` should be at most 16 KB of data, encoded as base64.",
        ),
    }
}

pub(super) fn metadata(params: &Params) -> Result<Vec<Tag>, Refusal> {
    let items = params.object("Metadata").objects("Items");
    let mut labels: Vec<Tag> = Vec::new();
    for item in &items {
        let key = item.str("Key");
        if key.is_empty() || key.len() > 64 || labels.iter().any(|l| l.key == key) {
            return invalid("`Metadata.Items` has each key of 1 to 64 characters once.");
        }
        labels.push(Tag { key: key.to_owned(), value: item.str("Value").to_owned() });
    }
    Ok(labels)
}

pub(super) fn topology(params: &Params, kind: &catalog::Type) -> Result<Option<(i64, i64)>, Refusal> {
    if !params.has("CpuTopology") {
        return Ok(None);
    }
    let topology = params.object("CpuTopology");
    let (Some(cores), Some(threads)) = (topology.int("CoreCount"), topology.int("ThreadPerCore")) else {
        let message = "`CoreCount` and `ThreadPerCore` are given together.";
        return refuse("InvalidParameter.LackCoreCountOrThreadPerCore", message);
    };
    if ![1, 2].contains(&threads) {
        return refuse("InvalidParameterValue.ThreadPerCoreValue", "`ThreadPerCore` should be 1 or 2.");
    }
    refuse_if(
        cores < 1 || cores * threads > i64::from(kind.cpu),
        "InvalidParameterValue.CoreCountValue",
        format_args!("`CoreCount` is {cores}; the instance type {} has {} processors.", kind.name, kind.cpu),
    )?;
    Ok(Some((cores, threads)))
}

/// Returns the name of the `n`th of `count` instances. `{R:3}` in the name is replaced by a number that starts at 3.
/// Without it the number is appended, but not to a single name.
pub(super) fn numbered(name: &str, n: i64, count: i64) -> String {
    if let Some((head, rest)) = name.split_once("{R:")
        && let Some((first, tail)) = rest.split_once('}')
        && let Ok(first) = first.parse::<i64>()
    {
        return format!("{head}{}{tail}", first.saturating_add(n - 1));
    }
    if count > 1 { format!("{name}{n}") } else { name.to_owned() }
}
