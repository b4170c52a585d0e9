//! Waiting for copies costs one DescribeImages a region and interval, however many images and jobs wait there: whoever
//! comes first asks for all.

use parking_lot::{Mutex, MutexGuard};
use std::{collections::HashMap, sync::Arc, time::Duration};

use tokio::{sync::oneshot, time::Instant};

use crate::{
    cloud::{Client, Error},
    model::{Image, ImageId, Region},
};

/// Images a call (api-3.0.md, section 5).
const MOST: usize = 100;

type Found = Result<Option<Image>, Error>;

/// Who waits for what, by region. Clones share it; jobs of one profile should.
#[derive(Debug, Clone, Default)]
pub struct Looks(Arc<Mutex<HashMap<Region, Queue>>>);

#[derive(Debug, Default)]
struct Queue {
    waiting: Vec<(ImageId, oneshot::Sender<Found>)>,
    /// When was asked last.
    last: Option<Instant>,
    /// Somebody is about to ask for all.
    led: bool,
}

/// The one who asks. However that ends, another may be it afterwards.
struct Lead<'a>(&'a Looks, &'a Region);

impl Drop for Lead<'_> {
    fn drop(&mut self) {
        if let Some(queue) = self.0.all().get_mut(self.1) {
            queue.led = false;
            // Those who came while the answer was on its way ask anew, and one of them for all.
            queue.waiting.clear();
        }
    }
}

impl Looks {
    fn all(&self) -> MutexGuard<'_, HashMap<Region, Queue>> {
        self.0.lock()
    }

    /// One image as it is now; with the others that are waited for in its region, and no sooner than `interval` after
    /// the last call there.
    pub(super) async fn look(
        &self,
        client: &Client,
        region: &Region,
        image: &ImageId,
        interval: Duration,
    ) -> Found {
        loop {
            let (send, receive) = oneshot::channel();
            let leads = {
                let mut all = self.all();
                let queue = all.entry(region.clone()).or_default();
                queue.waiting.push((image.clone(), send));
                (!std::mem::replace(&mut queue.led, true)).then_some(queue.last)
            };
            if let Some(last) = leads {
                let _lead = Lead(self, region);
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
        let asked: Vec<(ImageId, oneshot::Sender<Found>)> = {
            let mut all = self.all();
            let queue = all.entry(region.clone()).or_default();
            queue.last = Some(Instant::now());
            let mut ids: Vec<ImageId> = Vec::new();
            let waiting = std::mem::take(&mut queue.waiting);
            waiting
                .into_iter()
                .filter(|(id, _)| {
                    let fits = ids.contains(id) || ids.len() < MOST;
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
            // Whoever asked may have left.
            let _ = send.send(one);
        }
    }
}
