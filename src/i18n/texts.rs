//! Longer texts: the risk checklist and messages to other people.

use crate::{
    messages::{Lang, m, tr},
    model::{Image, ImageId, ImageKind, Region, Uin, plain},
    rules::Action,
};

/// Returns the checklist of what to look for on an image before sharing it, one entry per line.
pub fn checklist(lang: Lang) -> Vec<String> {
    m::risk_checklist.iter().map(|line| line.text(lang).to_owned()).collect()
}

/// Returns the message to the owner of a received image that asks for an action that only the owner can perform.
pub fn request_text(action: &Action, image: &Image, lang: Lang) -> String {
    let wish = match action {
        Action::Share { with, .. } | Action::Distribute { with, .. } if with.is_empty() => {
            tr!(lang, request_share_another, region = image.region)
        }
        Action::Share { with, .. } | Action::Distribute { with, .. } => {
            tr!(lang, request_share, accounts = list(with, lang))
        }
        Action::Copy { to, .. } if to.is_empty() => lang.text(m::request_copy_another).to_owned(),
        Action::Copy { to, .. } => tr!(lang, request_copy, regions = list(to, lang)),
        Action::Launch { region: Some(region), .. } => tr!(lang, request_launch, region),
        Action::Rename { .. } => lang.text(m::request_rename).to_owned(),
        Action::Delete { .. } => lang.text(m::request_delete).to_owned(),
        _ => lang.text(m::request_help).to_owned(),
    };
    tr!(lang, request, name = plain(&image.name), id = image.id, region = image.region, wish)
}

fn list<T: ToString>(all: &[T], lang: Lang) -> String {
    let all: Vec<String> = all.iter().map(|x| plain(&x.to_string()).into_owned()).collect();
    all.join(lang.text(m::common_list_comma))
}

/// A message to the accounts that have an image in the same regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiverText {
    /// The accounts that it is for.
    pub accounts: Vec<Uin>,
    /// The regions in which they have the image, and its ID there.
    pub images: Vec<(Region, ImageId)>,
    /// The message.
    pub text: String,
}

/// Returns the messages to the receivers of shares, one for each set of regions. `shared` lists account, region and
/// image of each share; accounts and regions keep its order.
pub fn receiver_texts(
    shared: &[(Uin, Region, ImageId)],
    name: &str,
    owner: &Uin,
    lang: Lang,
) -> Vec<ReceiverText> {
    let mut by_account: Vec<(Uin, Vec<(Region, ImageId)>)> = Vec::new();
    for (account, region, image) in shared {
        let place = (region.clone(), image.clone());
        match by_account.iter_mut().find(|(known, _)| known == account) {
            Some((_, places)) => places.push(place),
            None => by_account.push((account.clone(), vec![place])),
        }
    }
    let mut texts: Vec<ReceiverText> = Vec::new();
    for (account, images) in by_account {
        match texts.iter_mut().find(|t| t.images == images) {
            Some(same) => same.accounts.push(account),
            None => {
                let text = receiver_text(&images, name, owner, lang);
                texts.push(ReceiverText { accounts: vec![account], images, text });
            }
        }
    }
    texts
}

/// Returns the message to the receiver of a share: region and ID of each image, its owner, and how to use it.
pub fn receiver_text(images: &[(Region, ImageId)], name: &str, owner: &Uin, lang: Lang) -> String {
    let lines: Vec<String> = images.iter().map(|(region, id)| format!("  {region}  {id}")).collect();
    tr!(lang, receiver_text, name = plain(name), owner, lines = lines.join("\n"))
}

/// Returns the text for an instance whose image is no longer visible. `was` is the image when it was last seen, and
/// `owner` is the name of its owner, if known. Source: product/213/7148.
pub fn image_gone(id: &ImageId, was: Option<&Image>, owner: Option<&str>, lang: Lang) -> String {
    let name = was.map_or_else(|| id.to_string(), |i| plain(&i.name).into_owned());
    match (was.map(|i| i.kind), owner.map(plain)) {
        (Some(ImageKind::Received), Some(owner)) => tr!(lang, image_gone_received, name, owner),
        (Some(ImageKind::Own), _) => tr!(lang, image_gone_deleted, name),
        _ => tr!(lang, image_gone, name),
    }
}
