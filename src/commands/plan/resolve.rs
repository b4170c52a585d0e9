//! From what a file declares to what the cloud has.

use futures_util::future::try_join_all;

use crate::{
    cloud::Client,
    commands::{
        lookup,
        plan::file::{Entry, Named, Wrong},
        planned::Planned,
    },
    i18n::lang::{Text, text},
    jobs::{CellKind, Goal},
    model::{Image, ImageId, ImageKind, Region},
    session::{error::Fault, setup::Setup},
};

/// An image of the file with its plan.
pub(crate) struct Wanted {
    pub entry: Entry,
    pub image: Image,
    pub planned: Planned,
}

/// Finds the images of a file and plans each.
///
/// # Errors
/// [`Fault::Usage`] with line and fix where the file does not fit the cloud; what the cloud said.
pub(crate) async fn resolve(
    entries: Vec<Entry>,
    file: &str,
    setup: &Setup,
    client: &Client,
) -> Result<Vec<Wanted>, Fault> {
    let (view, _) = setup.regions_in_view(client).await?;
    let mut all: Vec<Wanted> = Vec::new();
    let mut facts = lookup::known_facts(setup).await?;
    for entry in entries {
        let image = find(&entry, file, &view, client).await?;
        if let Some(first) = all.iter().find(|w| w.image.id == image.id) {
            let line = first.entry.line;
            let message = text!(
                "{} is {}, which line {line} declares already\nJoin the two into one",
                "{} 就是第 {line} 行已声明的 {}\n请将两者合为一个",
                entry.image,
                image.id
            );
            return Err(wrong(file, &entry, message));
        }
        let goal = Goal::new(image.id.clone(), entry.with.clone(), entry.regions.clone());
        // What was read for one image is not read again for the next.
        facts.add_images([image.clone()]);
        let planned = Planned::make(goal, entry.reuse, facts.clone(), setup, client).await?;
        facts = planned.facts.clone();
        let wanted = Wanted { entry, image, planned };
        if let Some((region, name, first)) = clash(&all, &wanted) {
            let line = first.entry.line;
            let message = text!(
                "its copy in {region} would be called {name}, and so would that of line {line}\n\
                     Take that region out of one of them",
                "它在 {region} 的副本将名为 {name}，与第 {line} 行的副本同名\n请从其中一个去掉该地域"
            );
            return Err(wrong(file, &wanted.entry, message));
        }
        all.push(wanted);
    }
    Ok(all)
}

fn wrong(file: &str, entry: &Entry, message: Text) -> Fault {
    Wrong::new(file, Some(entry.line), message).into()
}

/// Names are unique among the own images of a region, so two copies cannot have the same.
fn clash<'a>(all: &'a [Wanted], one: &Wanted) -> Option<(Region, String, &'a Wanted)> {
    let copies = |w: &Wanted| -> Vec<(Region, String)> {
        let made = w.planned.plan.cells.iter().filter_map(|c| match &c.kind {
            CellKind::Copy { name } => Some((c.region.clone(), name.clone())),
            _ => None,
        });
        made.collect()
    };
    let own = copies(one);
    all.iter().find_map(|other| {
        let (region, name) = copies(other).into_iter().find(|c| own.contains(c))?;
        Some((region, name, other))
    })
}

/// The own image that the file means.
async fn find(entry: &Entry, file: &str, view: &[Region], client: &Client) -> Result<Image, Fault> {
    let here: Vec<Region> = entry.region.clone().map_or_else(|| view.to_vec(), |region| vec![region]);
    let places = here.iter().map(Region::as_str).collect::<Vec<_>>().join(", ");
    let mut found = match &entry.image {
        Named::Id(id) => lookup::image(client, &here, id).await?.into_iter().collect(),
        Named::Name(name) => named(client, &here, name).await?,
    };
    let names: Vec<String> = found.iter().map(|i: &Image| format!("{} in {}", i.id, i.region)).collect();
    let (en, zh) = (names.join(", "), names.join("、"));
    match (found.pop(), found.is_empty()) {
        (Some(image), true) if image.kind == ImageKind::Own => Ok(image),
        (Some(image), true) => Err(wrong(
            file,
            entry,
            text!(
                "{} is not yours\nOnly its owner can copy and share it; take it out",
                "{} 不是您的镜像\n只有所有者能复制和共享它；请去掉它",
                image.id
            ),
        )),
        (Some(_), false) => Err(wrong(
            file,
            entry,
            text!(
                "{} is {en}\nAdd region = to say which is meant, or give its ID",
                "{} 有多个：{zh}\n请用 region = 说明是哪一个，或写其 ID",
                entry.image
            ),
        )),
        (None, _) => Err(wrong(
            file,
            entry,
            text!(
                "there is no own image {} in {places}\n\
                     Mend the name, or add region = with the region that it is in",
                "{places} 中没有名为 {} 的自有镜像\n请改正名称，或用 region = 写明其所在地域",
                entry.image
            ),
        )),
    }
}

async fn named(client: &Client, regions: &[Region], name: &str) -> Result<Vec<Image>, Fault> {
    let asked = regions.iter().map(|region| client.own_named(region, name));
    Ok(try_join_all(asked).await?.into_iter().flatten().collect())
}

/// Where an image of the file is now: the image itself and its copies, those among them that the file does not ask for.
pub(crate) fn places(wanted: &Wanted) -> Vec<(Region, ImageId)> {
    let plan = &wanted.planned.plan;
    let mut all = vec![(wanted.image.region.clone(), wanted.image.id.clone())];
    for cell in &plan.cells {
        if let CellKind::Here(id) | CellKind::Copied(id) = &cell.kind {
            all.push((cell.region.clone(), id.clone()));
        }
    }
    let made = wanted.planned.facts.copies.get(&wanted.image.id).into_iter().flatten();
    all.extend(made.map(|(region, id)| (region.clone(), id.clone())));
    all.sort();
    all.dedup();
    all
}
