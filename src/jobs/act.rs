//! Single actions against the cloud. Together with the worker the only callers of the client's writing methods; each
//! takes a [`Cleared`] action, which only the rules make. What was done is read back before it is told.

mod instances;

use std::time::Duration;

use jiff::Timestamp;

use super::{job::CallRecord, journal::Recorder};
use crate::{
    cloud::{Client, Error, Kind, Permission, Sent},
    model::{Image, ImageId, Instance, InstanceId, Region, Share, Uin},
    rules::{Action, Cleared, ShareSelection},
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
    /// The instance that a launch made, as its answer named it.
    pub launched: Option<InstanceId>,
    /// The image that a capture made, as its answer named it.
    pub captured: Option<ImageId>,
    /// It is deleted.
    pub deleted: bool,
    /// Why the read after the last call did not come: it was carried out, and what came of it was not seen.
    pub unread: Option<Error>,
}

/// What a call says beside what the rules look at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extra {
    /// VPC and subnet of a launch; the default network where nothing is said.
    pub network: Option<(String, String)>,
    /// The client token of a launch; a new one where nothing is said.
    pub token: Option<String>,
    /// The answer to a launch with this token was lost. There is no dry run then: what the first call made may be
    /// what would refuse it.
    pub again: bool,
    /// The description of an image that is made; none where nothing is said.
    pub description: Option<String>,
}

/// [`perform_with`] nothing beside the action.
///
/// # Errors
/// Those of [`perform_with`].
pub async fn perform(
    client: &Client,
    cleared: &Cleared,
    region: &Region,
    recorder: &Recorder,
) -> Result<Done, Error> {
    perform_with(client, cleared, region, &Extra::default(), recorder).await
}

/// Carries out what is a single call, in the region of its image or instance: Unshare, Delete, Rename, Launch (its dry
/// run first), Reinstall, Capture. The last three need every choice made. Each call that changes something is kept by
/// the recorder before it is sent and after.
///
/// # Errors
/// What the cloud said, or that it did not. With [`Sent::Maybe`] the outcome could not be settled by reading either;
/// otherwise nothing was changed, save by what an Unshare sent before. Other actions are refused with [`Kind::Setup`]:
/// copies and shares are jobs.
pub async fn perform_with(
    client: &Client,
    cleared: &Cleared,
    region: &Region,
    extra: &Extra,
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
            hand.launch(image, (zone, kind), name.as_deref(), extra).await?;
        }
        Action::Reinstall { instance, image: Some(image) } => hand.reinstall(instance, image).await?,
        Action::Capture { instance, name: Some(name) } => {
            hand.capture(instance, name, extra.description.as_deref()).await?;
        }
        other => {
            return Err(Error {
                kind: Kind::Setup,
                action: "none",
                region: Some(region.clone()),
                code: "action".to_owned(),
                message: format!("{} is not a single call", other.as_str()),
                request_id: None,
                sent: Sent::Never,
            });
        }
    }
    Ok(hand.done)
}

/// An error of what was asked before anything that changes was sent.
fn before(error: Error) -> Error {
    Error { sent: Sent::Never, ..error }
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
        let intent = self.recorder.intend(action, self.region, what).await.map_err(|error| Error {
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
            self.recorder.settle(intent, record).await;
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

    /// What a read brought after a call that was carried out; where it did not come, that is told beside it.
    fn seen<T>(&mut self, read: Result<Option<T>, Error>) -> Option<T> {
        match read {
            Ok(seen) => seen,
            Err(error) => {
                self.done.unread = Some(error);
                None
            }
        }
    }

    async fn unshare(&mut self, image: &ImageId, which: &ShareSelection) -> Result<(), Error> {
        let asked: Vec<Uin> = match which {
            ShareSelection::Accounts(accounts) => accounts.clone(),
            ShareSelection::All => {
                let shares = self.read_shares(image).await.map_err(before)?;
                shares.into_iter().map(|s| s.account).collect()
            }
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
                    let Ok(shares) = self.read_shares(image).await else { return Err(e) };
                    open.retain(|a| shares.iter().any(|s| s.account == *a));
                    if !open.is_empty() && sends >= SENDS {
                        return Err(e);
                    }
                }
                Err(e) => return Err(e),
            }
        }
        for read in 1..=READS {
            let shares = self.read_shares(image).await.map(Some);
            let Some(shares) = self.seen(shares) else { break };
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
                    match self.read_image(image).await {
                        Ok(None) => break,
                        Ok(Some(_)) if sends < SENDS => {}
                        _ => return Err(e),
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
            let read = self.read_image(image).await;
            if let (Some(e), Err(_)) = (&lost, &read) {
                return Err(e.clone());
            }
            self.done.image = self.seen(read);
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
