//! Runs single actions against the cloud.
//!
//! Only this module and the worker call the client's writing methods. Each action is a [`Cleared`] action,
//! which only the rules create. The result is read back before it is reported.

mod instances;

use std::time::Duration;

use jiff::Timestamp;

use super::{job::CallRecord, journal::Recorder};
use crate::{
    cloud::{Client, Error, Kind, Permission, Sent},
    messages::text,
    model::{Image, ImageId, Instance, InstanceId, Region, Share, Uin},
    rules::{Action, Cleared, ShareSelection},
};

/// Maximum number of reads of a share list that still shows cancelled shares.
const MAX_READS: u32 = 4;
/// Maximum number of sends if the answers are lost.
const MAX_SENDS: u32 = 3;

/// The result of a single action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// Every call, oldest first.
    pub calls: Vec<CallRecord>,
    /// The shares of the image, read after the last call.
    pub shares: Option<Vec<Share>>,
    /// Accounts whose shares were cancelled but are still in the list, which may lag behind.
    pub still_listed: Vec<Uin>,
    /// The image, read after the last call.
    pub image: Option<Image>,
    /// The instance that was created or reinstalled, read after the last call.
    pub instance: Option<Instance>,
    /// The ID of the instance that a launch created, from the answer.
    pub launched: Option<InstanceId>,
    /// The ID of the image that a capture created, from the answer.
    pub captured: Option<ImageId>,
    /// Whether the image was deleted.
    pub deleted: bool,
    /// Why the read after the last call failed. The action itself succeeded.
    pub unread: Option<Error>,
}

/// Parameters of a call that the rules do not check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallOptions {
    /// VPC and subnet of a launch; `None` means the default network.
    pub network: Option<(String, String)>,
    /// The client token of a launch; `None` creates a new one.
    pub token: Option<String>,
    /// Whether this launch repeats one with the same token whose answer was lost. It skips the dry run,
    /// because an instance that the first call created could make the dry run fail.
    pub repeats_lost_call: bool,
    /// The description of a captured image.
    pub description: Option<String>,
}

/// Like [`perform_with`], with default parameters.
///
/// # Errors
/// See [`perform_with`].
pub async fn perform(
    client: &Client,
    cleared: &Cleared,
    region: &Region,
    recorder: &Recorder,
) -> Result<Done, Error> {
    perform_with(client, cleared, region, &CallOptions::default(), recorder).await
}

/// Runs an action that is a single call, in the region of its image or instance: Unshare, Delete, Rename,
/// Launch (after a dry run), Reinstall or Capture. For the last three, all choices must be made. The recorder
/// stores each changing call before it is sent and afterwards.
///
/// # Errors
/// Errors of the cloud. [`Sent::Maybe`] means that reading could not determine the outcome; otherwise nothing
/// was changed, except by earlier calls of an Unshare. [`Kind::Setup`] for other actions: copies and shares
/// are jobs.
pub async fn perform_with(
    client: &Client,
    cleared: &Cleared,
    region: &Region,
    extra: &CallOptions,
    recorder: &Recorder,
) -> Result<Done, Error> {
    let mut executor = Executor { client, region, recorder, done: Done::default() };
    match cleared.action() {
        Action::Unshare { image, which } => executor.unshare(image, which).await?,
        Action::Delete { image, with_snapshots } => executor.delete(image, *with_snapshots).await?,
        Action::Rename { image, name, description } => {
            executor.rename(image, name.as_deref(), description.as_deref()).await?;
        }
        Action::Launch { image, zone: Some(zone), instance_type: Some(kind), name, .. } => {
            executor.launch(image, (zone, kind), name.as_deref(), extra).await?;
        }
        Action::Reinstall { instance, image: Some(image) } => executor.reinstall(instance, image).await?,
        Action::Capture { instance, name: Some(name) } => {
            executor.capture(instance, name, extra.description.as_deref()).await?;
        }
        other => {
            return Err(Error {
                kind: Kind::Setup,
                action: "none",
                region: Some(region.clone()),
                code: "action".to_owned(),
                message: text!(job_not_a_single_call, action = other.as_str()),
                request_id: None,
                sent: Sent::Never,
            });
        }
    }
    Ok(executor.done)
}

/// Marks an error that happened before any changing call was sent.
fn mark_unsent(error: Error) -> Error {
    Error { sent: Sent::Never, ..error }
}

struct Executor<'a> {
    client: &'a Client,
    region: &'a Region,
    recorder: &'a Recorder,
    done: Done,
}

impl Executor<'_> {
    fn record_call<T>(
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

    /// Makes a changing call. Does not send it if its intent cannot be stored.
    async fn changing_call<T>(
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
            message: error.text(),
            request_id: None,
            sent: Sent::Never,
        })?;
        let at = Timestamp::now();
        let result = self.record_call(at, action, detail, call.await, id);
        if let Some(record) = self.done.calls.last() {
            self.recorder.settle(intent, record).await;
        }
        result
    }

    async fn read_shares(&mut self, image: &ImageId) -> Result<Vec<Share>, Error> {
        let at = Timestamp::now();
        let read = self.client.shares(self.region, image).await;
        self.record_call(at, "DescribeImageSharePermission", image.to_string(), read, |_| None)
    }

    async fn read_image(&mut self, image: &ImageId) -> Result<Option<Image>, Error> {
        let at = Timestamp::now();
        let read = self.client.image(self.region, image).await;
        self.record_call(at, "DescribeImages", image.to_string(), read, |_| None)
    }

    /// Returns the result of the read after a successful call. Stores an error of the read in
    /// [`Done::unread`].
    fn read_back<T>(&mut self, read: Result<Option<T>, Error>) -> Option<T> {
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
                let shares = self.read_shares(image).await.map_err(mark_unsent)?;
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
            match self
                .changing_call("ModifyImageSharePermission", what, detail, call, |id| Some(id.clone()))
                .await
            {
                Ok(_) => open.retain(|a| !batch.contains(a)),
                Err(e) if e.code == "InvalidParameterValue.LimitExceeded" && batch.len() > 1 => {
                    size = batch.len() / 2;
                }
                // Cancelling is idempotent, so the shares that are left are cancelled again.
                Err(e) if e.sent == Sent::Maybe => {
                    sends += 1;
                    let Ok(shares) = self.read_shares(image).await else { return Err(e) };
                    open.retain(|a| shares.iter().any(|s| s.account == *a));
                    if !open.is_empty() && sends >= MAX_SENDS {
                        return Err(e);
                    }
                }
                Err(e) => return Err(e),
            }
        }
        for read in 1..=MAX_READS {
            let shares = self.read_shares(image).await.map(Some);
            let Some(shares) = self.read_back(shares) else { break };
            self.done.still_listed =
                asked.iter().filter(|a| shares.iter().any(|s| s.account == **a)).cloned().collect();
            self.done.shares = Some(shares);
            if self.done.still_listed.is_empty() || read == MAX_READS {
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
            match self
                .changing_call("DeleteImages", what, image.to_string(), call, |id| Some(id.clone()))
                .await
            {
                Ok(_) => break,
                Err(e) if e.sent == Sent::Maybe => {
                    sends += 1;
                    match self.read_image(image).await {
                        Ok(None) => break,
                        Ok(Some(_)) if sends < MAX_SENDS => {}
                        _ => return Err(e),
                    }
                }
                // An earlier call whose answer was lost has deleted it.
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
            let sent = self
                .changing_call("ModifyImageAttribute", what, image.to_string(), call, |id| Some(id.clone()));
            let lost = match sent.await {
                Ok(_) => None,
                Err(e) if e.sent == Sent::Maybe => Some(e),
                Err(e) => return Err(e),
            };
            let read = self.read_image(image).await;
            if let (Some(e), Err(_)) = (&lost, &read) {
                return Err(e.clone());
            }
            self.done.image = self.read_back(read);
            let fits =
                self.done.image.as_ref().is_some_and(|i| {
                    name.is_none_or(|n| n == i.name) && text.is_none_or(|t| t == i.description)
                });
            sends += 1;
            match lost {
                Some(e) if !fits && sends >= MAX_SENDS => return Err(e),
                Some(_) if !fits => {}
                _ => return Ok(()),
            }
        }
    }
}
