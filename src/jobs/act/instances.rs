//! Creates and reinstalls instances, and creates images from them.

use jiff::Timestamp;

use super::{CallOptions, Executor, MAX_SENDS, mark_unsent};
use crate::{
    cloud::{Error, Launch, Sent},
    model::{ImageId, Instance, InstanceId},
};

/// Returns a random client token. The cloud uses it to recognise a repeated call.
fn token() -> String {
    format!("cvmshare-{:x}-{:x}", Timestamp::now().as_nanosecond(), std::process::id())
}

impl Executor<'_> {
    async fn read_instance(&mut self, id: &InstanceId) -> Result<Option<Instance>, Error> {
        let at = Timestamp::now();
        let read = self.client.instance(self.region, id).await;
        self.record_call(at, "DescribeInstances", id.to_string(), read, |_| None)
    }

    pub(super) async fn launch(
        &mut self,
        image: &ImageId,
        (zone, instance_type): (&str, &str),
        name: Option<&str>,
        extra: &CallOptions,
    ) -> Result<(), Error> {
        let launch = Launch {
            image: image.clone(),
            zone: zone.to_owned(),
            instance_type: instance_type.to_owned(),
            name: name.map(str::to_owned),
            network: extra.network.clone(),
            token: extra.token.clone().unwrap_or_else(token),
        };
        let detail = |dry| format!("{image}{}", if dry { ", dry run" } else { "" });
        if !extra.repeats_lost_call {
            let at = Timestamp::now();
            let asked = self.client.run_instances(self.region, &launch, true).await.map_err(mark_unsent);
            self.record_call(at, "RunInstances", detail(true), asked, |_| None)?;
        }
        let mut sends = 0;
        let id = loop {
            let call = self.client.run_instances(self.region, &launch, false);
            sends += 1;
            let what = format!("{instance_type} of {image} in {zone}");
            match self.changing_call("RunInstances", what, detail(false), call, |_| None).await {
                Ok(id) => break id,
                // The token makes the second call return the result of the first.
                Err(e) if e.sent == Sent::Maybe && sends < MAX_SENDS => {}
                // A refusal of a later call says nothing about an earlier call whose answer was lost.
                Err(e) if extra.repeats_lost_call || sends > 1 => {
                    return Err(Error { sent: Sent::Maybe, ..e });
                }
                Err(e) => return Err(e),
            }
        };
        if let Some(id) = id {
            let read = self.read_instance(&id).await;
            self.done.instance = self.read_back(read);
            self.done.launched = Some(id);
        }
        Ok(())
    }

    /// Reinstalls an instance. A second call would wipe the disk again, so the call is repeated only if the
    /// first certainly had no effect: the instance still runs another image and its latest operation is
    /// unchanged.
    pub(super) async fn reinstall(&mut self, id: &InstanceId, image: &ImageId) -> Result<(), Error> {
        let old = self.read_instance(id).await.map_err(mark_unsent)?;
        let mut sends = 0;
        loop {
            let call = self.client.reset_instance(self.region, id, image);
            let what = format!("{id} with {image}");
            let sent =
                self.changing_call("ResetInstance", what, image.to_string(), call, |id| Some(id.clone()));
            sends += 1;
            let lost = match sent.await {
                Ok(_) => None,
                Err(e) if e.sent == Sent::Maybe => Some(e),
                Err(e) => return Err(e),
            };
            let now = match (self.read_instance(id).await, &lost) {
                (Ok(now), _) => now,
                (Err(_), Some(e)) => return Err(e.clone()),
                (Err(error), None) => {
                    self.done.unread = Some(error);
                    return Ok(());
                }
            };
            let operation = |i: &Option<Instance>| i.as_ref().and_then(|i| i.latest_operation.clone());
            let runs = |i: &Option<Instance>| i.as_ref().is_some_and(|i| i.image.as_ref() == Some(image));
            let (was, new) = (operation(&old), operation(&now));
            let begun = (was != new && new.is_some_and(|(what, _)| what == "ResetInstance"))
                || (runs(&now) && !runs(&old));
            let settled = runs(&old) || runs(&now);
            self.done.instance = now;
            match lost {
                Some(e) if !begun && (settled || sends >= MAX_SENDS) => return Err(e),
                Some(_) if !begun => {}
                _ => return Ok(()),
            }
        }
    }

    pub(super) async fn capture(
        &mut self,
        instance: &InstanceId,
        name: &str,
        description: Option<&str>,
    ) -> Result<(), Error> {
        let mut sends = 0;
        loop {
            let call = self.client.create_image(self.region, instance, name, description);
            let what = format!("{instance} as {name}");
            match self.changing_call("CreateImage", what, instance.to_string(), call, |_| None).await {
                Ok(id) => {
                    let read = self.read_image(&id).await;
                    self.done.image = self.read_back(read);
                    self.done.captured = Some(id);
                    return Ok(());
                }
                // Names are unique and the rules have checked that this one was free, so an image with the
                // name is the result of the lost call.
                Err(e) if e.sent == Sent::Maybe => {
                    sends += 1;
                    let at = Timestamp::now();
                    let read = self.client.own_named(self.region, name).await;
                    match self.record_call(at, "DescribeImages", name.to_owned(), read, |_| None) {
                        Ok(Some(image)) => {
                            self.done.captured = Some(image.id.clone());
                            self.done.image = Some(image);
                            return Ok(());
                        }
                        Ok(None) if sends < MAX_SENDS => {}
                        _ => return Err(e),
                    }
                }
                Err(e) if sends > 0 => return Err(Error { sent: Sent::Maybe, ..e }),
                Err(e) => return Err(e),
            }
        }
    }
}
