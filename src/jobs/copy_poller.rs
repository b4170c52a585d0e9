//! Polls copies with one DescribeImages call per region and interval, regardless of the number of images and
//! jobs. The first waiting caller makes the call for all.

use parking_lot::{Mutex, MutexGuard};
use std::{collections::HashMap, sync::Arc, time::Duration};

use tokio::{sync::oneshot, time::Instant};

use crate::{
    cloud::{Client, Error},
    model::{Image, ImageId, Region},
};

/// Maximum number of image IDs in one DescribeImages call
/// (<https://cloud.tencent.com/document/api/213/15715>).
const MAX_IDS: usize = 100;

type PollResult = Result<Option<Image>, Error>;

/// Polls copies by region. Clones share their state; all jobs of a profile should use one poller.
#[derive(Debug, Clone, Default)]
pub struct CopyPoller(Arc<Mutex<HashMap<Region, Queue>>>);

#[derive(Debug, Default)]
struct Queue {
    waiting: Vec<(ImageId, oneshot::Sender<PollResult>)>,
    /// When the region was last read.
    last: Option<Instant>,
    /// Whether a caller is about to make the call for all.
    has_leader: bool,
}

/// The caller that makes the call for all. Dropping it lets another caller take over.
struct Leader<'a>(&'a CopyPoller, &'a Region);

impl Drop for Leader<'_> {
    fn drop(&mut self) {
        if let Some(queue) = self.0.queues().get_mut(self.1) {
            queue.has_leader = false;
            // Callers that arrived during the call start again, and one of them makes the next call.
            queue.waiting.clear();
        }
    }
}

impl CopyPoller {
    fn queues(&self) -> MutexGuard<'_, HashMap<Region, Queue>> {
        self.0.lock()
    }

    /// Reads an image together with the other images that callers wait for in its region, at least `interval`
    /// after the last call there.
    pub(super) async fn poll(
        &self,
        client: &Client,
        region: &Region,
        image: &ImageId,
        interval: Duration,
    ) -> PollResult {
        loop {
            let (send, receive) = oneshot::channel();
            let last_ask = {
                let mut all = self.queues();
                let queue = all.entry(region.clone()).or_default();
                queue.waiting.push((image.clone(), send));
                (!std::mem::replace(&mut queue.has_leader, true)).then_some(queue.last)
            };
            if let Some(last) = last_ask {
                let _leader = Leader(self, region);
                if let Some(last) = last {
                    tokio::time::sleep_until(last + interval).await;
                }
                self.ask(client, region).await;
            }
            if let Ok(found) = receive.await {
                return found;
            }
        }
    }

    async fn ask(&self, client: &Client, region: &Region) {
        let asked: Vec<(ImageId, oneshot::Sender<PollResult>)> = {
            let mut all = self.queues();
            let queue = all.entry(region.clone()).or_default();
            queue.last = Some(Instant::now());
            let mut ids: Vec<ImageId> = Vec::new();
            let waiting = std::mem::take(&mut queue.waiting);
            waiting
                .into_iter()
                .filter(|(id, _)| {
                    let fits = ids.contains(id) || ids.len() < MAX_IDS;
                    if fits && !ids.contains(id) {
                        ids.push(id.clone());
                    }
                    fits
                })
                .collect()
        };
        let mut ids: Vec<ImageId> = asked.iter().map(|(id, _)| id.clone()).collect();
        ids.sort();
        ids.dedup();
        let found = client.images_by_id(region, &ids).await;
        for (id, send) in asked {
            let one =
                found.as_ref().map(|all| all.iter().find(|i| i.id == id).cloned()).map_err(Clone::clone);
            // The caller may be gone.
            let _ = send.send(one);
        }
    }
}
