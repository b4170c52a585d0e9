//! Runs a request in many regions concurrently.

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::model::Region;

/// Calls `ask` for all regions concurrently and passes each result to `on_result` as soon as it arrives. Slow
/// or failing regions do not delay others.
pub async fn for_each_region<T, F: Future<Output = T>>(
    regions: impl IntoIterator<Item = Region>,
    ask: impl Fn(Region) -> F,
    mut on_result: impl FnMut(Region, T),
) {
    let mut all: FuturesUnordered<_> = regions
        .into_iter()
        .map(|region| {
            let asked = ask(region.clone());
            async move { (region, asked.await) }
        })
        .collect();
    while let Some((region, result)) = all.next().await {
        on_result(region, result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_slow_region_does_not_delay_others() {
        let regions: Vec<Region> =
            ["ap-one", "ap-two", "ap-three"].iter().map(|r| r.parse().unwrap()).collect();
        let (release, held) = tokio::sync::oneshot::channel::<()>();
        let held = std::sync::Mutex::new(Some(held));
        let release = std::cell::RefCell::new(Some(release));
        let mut seen = Vec::new();
        for_each_region(
            regions,
            |region| {
                let held = (region.as_str() == "ap-one").then(|| held.lock().unwrap().take()).flatten();
                async move {
                    if let Some(held) = held {
                        held.await.unwrap();
                    }
                }
            },
            |region, ()| {
                seen.push(region.to_string());
                // The first region answers only after both others have.
                if seen.len() == 2
                    && let Some(release) = release.borrow_mut().take()
                {
                    release.send(()).unwrap();
                }
            },
        )
        .await;
        seen[..2].sort();
        assert_eq!(seen, ["ap-three", "ap-two", "ap-one"]);
    }
}
