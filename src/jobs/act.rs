//! Single actions against the cloud. Together with the worker the only callers of the client's writing methods; each
//! takes a [`Cleared`] action, which only the rules make. What was done is read back before it is told.

use std::time::Duration;

use jiff::Timestamp;

use super::{
    job::{CallRecord, Job},
    journal::Recorder,
};
use crate::{
    cloud::{Client, Error, Kind, Launch, Permission, Sent},
    model::{Image, ImageId, Instance, InstanceId, Region, Share, Uin},
    rules::{Action, Cleared, Which},
};

/// Reads of a share list that still shows what was cancelled, before that is told.
const READS: u32 = 4;
/// Sends with a lost answer before the error is told.
const SENDS: u32 = 3;

/// What came of a single action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// Every call, oldest first.
    pub calls: Vec<CallRecord>,
    /// The image's shares, read after the last call.
    pub shares: Option<Vec<Share>>,
    /// Accounts whose shares were cancelled and that the list still shows: it may lag behind.
    pub left: Vec<Uin>,
    /// The image, read after the last call.
    pub image: Option<Image>,
    /// The instance that was made or reinstalled, read after the last call.
    pub instance: Option<Instance>,
    /// It is deleted.
    pub deleted: bool,
}

/// Carries out what is a single call, in the region of its image or instance: Unshare, Delete, Rename, Launch (its dry
/// run first), Reinstall, Capture. The last three need every choice made. Each call that changes something is kept by
/// the recorder before it is sent and after.
///
/// # Errors
/// What the cloud said, or that it did not. With [`Sent::Maybe`] the outcome could not be settled by reading either.
/// Other actions are refused with [`Kind::Setup`]: copies and shares are jobs.
pub async fn perform(
    client: &Client,
    cleared: &Cleared,
    region: &Region,
    recorder: &Recorder,
) -> Result<Done, Error> {
    let mut hand = Hand { client, region, recorder, done: Done::default() };
    match cleared.action() {
        Action::Unshare { image, which } => hand.unshare(image, which).await?,
        Action::Delete { image, with_snapshots } => hand.delete(image, *with_snapshots).await?,
        Action::Rename { image, name, description } => {
            hand.rename(image, name.as_deref(), description.as_deref()).await?;
        }
        Action::Launch { image, zone: Some(zone), instance_type: Some(kind), name, .. } => {
            hand.launch(&Launch {
                image: image.clone(),
                zone: zone.clone(),
                instance_type: kind.clone(),
                name: name.clone(),
                network: None,
                token: token(),
            })
            .await?;
        }
        Action::Reinstall { instance, image: Some(image) } => hand.reinstall(instance, image).await?,
        Action::Capture { instance, name: Some(name) } => hand.capture(instance, name).await?,
        other => {
            return Err(Error {
                kind: Kind::Setup,
                action: "none",
                region: Some(region.clone()),
                code: "action".to_owned(),
                message: format!("{} is not a single call", other.word()),
                request_id: None,
                sent: Sent::Never,
            });
        }
    }
    Ok(hand.done)
}

/// Unlike any other that this account sent lately; the cloud tells calls apart by it.
fn token() -> String {
    format!("cvmshare-{:x}-{:x}", Timestamp::now().as_nanosecond(), std::process::id())
}

struct Hand<'a> {
    client: &'a Client,
    region: &'a Region,
    recorder: &'a Recorder,
    done: Done,
}

impl Hand<'_> {
    fn keep<T>(
        &mut self,
        at: Timestamp,
        action: &str,
        detail: String,
        result: Result<T, Error>,
        id: impl Fn(&T) -> Option<String>,
    ) -> Result<T, Error> {
        let (outcome, request_id) = match &result {
            Ok(answer) => ("ok".to_owned(), id(answer)),
            Err(e) => {
                (if e.sent == Sent::Maybe { "lost".into() } else { e.code.clone() }, e.request_id.clone())
            }
        };
        let (action, region) = (action.to_owned(), self.region.clone());
        self.done.calls.push(CallRecord { at, action, region, outcome, request_id, detail });
        result
    }

    /// Makes a call that changes something; what cannot be kept first is not sent.
    async fn write<T>(
        &mut self,
        action: &'static str,
        what: String,
        detail: String,
        call: impl Future<Output = Result<T, Error>>,
        id: impl Fn(&T) -> Option<String>,
    ) -> Result<T, Error> {
        let intent = self.recorder.intend(action, self.region, what).map_err(|error| Error {
            kind: Kind::Setup,
            action,
            region: Some(self.region.clone()),
            code: "journal".to_owned(),
            message: error.to_string(),
            request_id: None,
            sent: Sent::Never,
        })?;
        let at = Timestamp::now();
        let result = self.keep(at, action, detail, call.await, id);
        if let Some(record) = self.done.calls.last() {
            self.recorder.settle(intent, record);
        }
        result
    }

    async fn read_shares(&mut self, image: &ImageId) -> Result<Vec<Share>, Error> {
        let at = Timestamp::now();
        let read = self.client.shares(self.region, image).await;
        self.keep(at, "DescribeImageSharePermission", image.to_string(), read, |_| None)
    }

    async fn read_image(&mut self, image: &ImageId) -> Result<Option<Image>, Error> {
        let at = Timestamp::now();
        let read = self.client.image(self.region, image).await;
        self.keep(at, "DescribeImages", image.to_string(), read, |_| None)
    }

    async fn unshare(&mut self, image: &ImageId, which: &Which) -> Result<(), Error> {
        let asked: Vec<Uin> = match which {
            Which::Accounts(accounts) => accounts.clone(),
            Which::All => self.read_shares(image).await?.into_iter().map(|s| s.account).collect(),
        };
        let mut size = asked.len().max(1);
        let mut open = asked.clone();
        let mut sends = 0;
        while !open.is_empty() {
            let batch: Vec<Uin> = open.iter().take(size).cloned().collect();
            let call = self.client.modify_shares(self.region, image, &batch, Permission::Cancel);
            let detail = format!("cancel {}", batch.len());
            let with: Vec<&str> = batch.iter().map(Uin::as_str).collect();
            let what = format!("cancel {image} with {}", with.join(", "));
            match self.write("ModifyImageSharePermission", what, detail, call, |id| Some(id.clone())).await {
                Ok(_) => open.retain(|a| !batch.contains(a)),
                Err(e) if e.code == "InvalidParameterValue.LimitExceeded" && batch.len() > 1 => {
                    size = batch.len() / 2;
                }
                // Cancelling has set semantics: what is still there is sent again.
                Err(e) if e.sent == Sent::Maybe => {
                    sends += 1;
                    let shares = self.read_shares(image).await?;
                    open.retain(|a| shares.iter().any(|s| s.account == *a));
                    if !open.is_empty() && sends >= SENDS {
                        return Err(e);
                    }
                }
                Err(e) => return Err(e),
            }
        }
        for read in 1..=READS {
            let shares = self.read_shares(image).await?;
            self.done.left =
                asked.iter().filter(|a| shares.iter().any(|s| s.account == **a)).cloned().collect();
            self.done.shares = Some(shares);
            if self.done.left.is_empty() || read == READS {
                break;
            }
            tokio::time::sleep(Duration::from_millis(250 * u64::from(read))).await;
        }
        Ok(())
    }

    async fn delete(&mut self, image: &ImageId, with_snapshots: bool) -> Result<(), Error> {
        let mut sends = 0;
        loop {
            let ids = std::slice::from_ref(image);
            let call = self.client.delete_images(self.region, ids, with_snapshots, false);
            let what = format!("{image}{}", if with_snapshots { " with its snapshots" } else { "" });
            match self.write("DeleteImages", what, image.to_string(), call, |id| Some(id.clone())).await {
                Ok(_) => break,
                Err(e) if e.sent == Sent::Maybe => {
                    sends += 1;
                    match self.read_image(image).await? {
                        None => break,
                        Some(_) if sends >= SENDS => return Err(e),
                        Some(_) => {}
                    }
                }
                // Our own lost call deleted it.
                Err(e) if e.code == "InvalidImageId.NotFound" && sends > 0 => break,
                Err(e) => return Err(e),
            }
        }
        self.done.deleted = true;
        Ok(())
    }

    async fn rename(&mut self, image: &ImageId, name: Option<&str>, text: Option<&str>) -> Result<(), Error> {
        let mut sends = 0;
        loop {
            let call = self.client.modify_image(self.region, image, name, text);
            let mut what = image.to_string();
            name.iter().for_each(|name| what.push_str(&format!(" to {name}")));
            text.iter().for_each(|text| what.push_str(&format!(", described as {text}")));
            let sent =
                self.write("ModifyImageAttribute", what, image.to_string(), call, |id| Some(id.clone()));
            let lost = match sent.await {
                Ok(_) => None,
                Err(e) if e.sent == Sent::Maybe => Some(e),
                Err(e) => return Err(e),
            };
            self.done.image = self.read_image(image).await?;
            let fits =
                self.done.image.as_ref().is_some_and(|i| {
                    name.is_none_or(|n| n == i.name) && text.is_none_or(|t| t == i.description)
                });
            sends += 1;
            match lost {
                Some(e) if !fits && sends >= SENDS => return Err(e),
                Some(_) if !fits => {}
                _ => return Ok(()),
            }
        }
    }
}

impl Hand<'_> {
    async fn read_instance(&mut self, id: &InstanceId) -> Result<Option<Instance>, Error> {
        let at = Timestamp::now();
        let read = self.client.instance(self.region, id).await;
        self.keep(at, "DescribeInstances", id.to_string(), read, |_| None)
    }

    async fn launch(&mut self, launch: &Launch) -> Result<(), Error> {
        let detail = |dry| format!("{}{}", launch.image, if dry { ", dry run" } else { "" });
        let at = Timestamp::now();
        let asked = self.client.run_instances(self.region, launch, true).await;
        self.keep(at, "RunInstances", detail(true), asked, |_| None)?;
        let mut sends = 0;
        let id = loop {
            let call = self.client.run_instances(self.region, launch, false);
            sends += 1;
            let what = format!("{} of {} in {}", launch.instance_type, launch.image, launch.zone);
            match self.write("RunInstances", what, detail(false), call, |_| None).await {
                Ok(id) => break id,
                // The token makes the second call the first one's echo.
                Err(e) if e.sent == Sent::Maybe && sends < SENDS => {}
                Err(e) => return Err(e),
            }
        };
        if let Some(id) = id {
            self.done.instance = self.read_instance(&id).await?;
        }
        Ok(())
    }

    /// A second send would wipe again what came after the first, so it follows only where the first had surely no
    /// effect: the instance still runs another image and its latest operation is what it was.
    async fn reinstall(&mut self, id: &InstanceId, image: &ImageId) -> Result<(), Error> {
        let before = self.read_instance(id).await?;
        let mut sends = 0;
        loop {
            let call = self.client.reset_instance(self.region, id, image);
            let what = format!("{id} with {image}");
            let sent = self.write("ResetInstance", what, image.to_string(), call, |id| Some(id.clone()));
            sends += 1;
            let lost = match sent.await {
                Ok(_) => None,
                Err(e) if e.sent == Sent::Maybe => Some(e),
                Err(e) => return Err(e),
            };
            let now = self.read_instance(id).await?;
            let operation = |i: &Option<Instance>| i.as_ref().and_then(|i| i.latest_operation.clone());
            let runs = |i: &Option<Instance>| i.as_ref().is_some_and(|i| i.image.as_ref() == Some(image));
            let (old, new) = (operation(&before), operation(&now));
            let begun = (old != new && new.is_some_and(|(what, _)| what == "ResetInstance"))
                || (runs(&now) && !runs(&before));
            let settled = runs(&before) || runs(&now);
            self.done.instance = now;
            match lost {
                Some(e) if !begun && (settled || sends >= SENDS) => return Err(e),
                Some(_) if !begun => {}
                _ => return Ok(()),
            }
        }
    }

    async fn capture(&mut self, instance: &InstanceId, name: &str) -> Result<(), Error> {
        let mut sends = 0;
        loop {
            let call = self.client.create_image(self.region, instance, name);
            let what = format!("{instance} as {name}");
            match self.write("CreateImage", what, instance.to_string(), call, |_| None).await {
                Ok(id) => {
                    self.done.image = self.read_image(&id).await?;
                    return Ok(());
                }
                // Names are unique and the rules saw that this one was free: an image of that name is ours.
                Err(e) if e.sent == Sent::Maybe => {
                    sends += 1;
                    let at = Timestamp::now();
                    let read = self.client.own_named(self.region, name).await;
                    self.done.image = self.keep(at, "DescribeImages", name.to_owned(), read, |_| None)?;
                    if self.done.image.is_some() {
                        return Ok(());
                    }
                    if sends >= SENDS {
                        return Err(e);
                    }
                }
                Err(e) => return Err(e),
            }
        }
    }
}

/// What would take back a job, in order: the shares that it made, then the copies that it made. What others shared or
/// copied stays, and so do instances, and the snapshots of the copies. Offered, never automatic; each action goes
/// through the rules like any other.
pub fn undo_plan(job: &Job) -> Vec<Action> {
    let mut actions = Vec::new();
    for cell in &job.cells {
        let ours = job.edges.iter().filter(|e| e.region == cell.region && e.ours && e.state.is_shared());
        let accounts: Vec<Uin> = ours.map(|e| e.account.clone()).collect();
        if let (Some(image), false) = (&cell.image, accounts.is_empty()) {
            actions.push(Action::Unshare { image: image.clone(), which: Which::Accounts(accounts) });
        }
    }
    let copies = job.cells.iter().filter(|c| c.is_ours()).filter_map(|c| c.image.clone());
    actions.extend(copies.map(|image| Action::Delete { image, with_snapshots: false }));
    actions
}
