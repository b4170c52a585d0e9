//! Finds the images of a plan file in the cloud, and plans each.

use futures_util::future::try_join_all;

use crate::{
    cloud::Client,
    commands::{
        lookup,
        plan::file::{FileImage, ImageRef, PlanFileError},
        planned::Planned,
    },
    jobs::{CellKind, Goal},
    messages::{Text, text},
    model::{Image, ImageId, ImageKind, Region},
    session::{error::CommandError, setup::Setup},
};

/// An image of the file with its plan.
pub(crate) struct PlannedImage {
    pub entry: FileImage,
    pub image: Image,
    pub planned: Planned,
}

/// Finds the images of a file and plans each.
///
/// # Errors
///
/// [`CommandError::Usage`] with line and fix if the file does not match the cloud; the error of the cloud.
pub(crate) async fn resolve(
    entries: Vec<FileImage>,
    file: &str,
    setup: &Setup,
    client: &Client,
) -> Result<Vec<PlannedImage>, CommandError> {
    let (view, _) = setup.regions_in_view(client).await?;
    let mut all: Vec<PlannedImage> = Vec::new();
    let mut facts = lookup::known_facts(setup).await?;
    for entry in entries {
        let image = find(&entry, file, &view, client).await?;
        if let Some(first) = all.iter().find(|w| w.image.id == image.id) {
            let line = first.entry.line;
            let message = text!(cmd_plan_twice_by_id, image = entry.image, id = image.id, line);
            return Err(error_at(file, &entry, message));
        }
        let goal = Goal::new(image.id.clone(), entry.with.clone(), entry.regions.clone());
        // The image is added to the facts, so that it is not read again for the next entry.
        facts.add_images([image.clone()]);
        let planned = Planned::make(goal, entry.reuse, facts.clone(), setup, client).await?;
        facts = planned.facts.clone();
        let wanted = PlannedImage { entry, image, planned };
        if let Some((region, name, first)) = name_conflict(&all, &wanted) {
            let line = first.entry.line;
            let message = text!(cmd_plan_same_copy_name, region, name, line);
            return Err(error_at(file, &wanted.entry, message));
        }
        all.push(wanted);
    }
    Ok(all)
}

fn error_at(file: &str, entry: &FileImage, message: Text) -> CommandError {
    PlanFileError::new(file, Some(entry.line), message).into()
}

/// Returns a region and name that two entries would both give to a copy. Names are unique among the own images of a
/// region.
fn name_conflict<'a>(
    all: &'a [PlannedImage],
    one: &PlannedImage,
) -> Option<(Region, String, &'a PlannedImage)> {
    let copies = |w: &PlannedImage| -> Vec<(Region, String)> {
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

/// Returns the own image that the entry identifies.
async fn find(
    entry: &FileImage,
    file: &str,
    view: &[Region],
    client: &Client,
) -> Result<Image, CommandError> {
    let here: Vec<Region> = entry.region.clone().map_or_else(|| view.to_vec(), |region| vec![region]);
    let places = here.iter().map(Region::as_str).collect::<Vec<_>>().join(", ");
    let mut found = match &entry.image {
        ImageRef::Id(id) => lookup::image(client, &here, id).await?.into_iter().collect(),
        ImageRef::Name(name) => images_named(client, &here, name).await?,
    };
    let all = Text::list(found.iter().map(|i: &Image| text!(plan_image_in, id = i.id, region = i.region)));
    match (found.pop(), found.is_empty()) {
        (Some(image), true) if image.kind == ImageKind::Own => Ok(image),
        (Some(image), true) => Err(error_at(file, entry, text!(cmd_plan_not_yours, id = image.id))),
        (Some(_), false) => Err(error_at(file, entry, text!(cmd_plan_ambiguous, image = entry.image, all))),
        (None, _) => Err(error_at(file, entry, text!(cmd_plan_image_not_found, image = entry.image, places))),
    }
}

async fn images_named(client: &Client, regions: &[Region], name: &str) -> Result<Vec<Image>, CommandError> {
    let asked = regions.iter().map(|region| client.own_named(region, name));
    Ok(try_join_all(asked).await?.into_iter().flatten().collect())
}

/// Returns where an image of the file exists: the image itself and its copies, including copies that the file does
/// not ask for.
pub(crate) fn locations(wanted: &PlannedImage) -> Vec<(Region, ImageId)> {
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
