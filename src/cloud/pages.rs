//! Lists, page by page.

use futures_util::stream::{self, StreamExt};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Client, Error, Kind, Sent, answer::Answer, api::Api};
use crate::model::Region;

/// The largest page of the list actions (api-3.0.md, section 4).
pub(super) const PAGE: u64 = 100;
/// Pages of one list under way at once: enough for the documented rate, which decides how fast they go, on a line that
/// takes 400 ms for an answer.
const AT_ONCE: usize = 16;

impl Client {
    /// Reads a list. The first page is handed over at once and tells how many more there are; these are asked together.
    pub(super) async fn pages<W: DeserializeOwned + Default, T, Q: Serialize>(
        &self,
        api: &'static Api,
        region: &Region,
        set: &str,
        request: impl Fn(u64) -> Q,
        convert: impl Fn(W) -> Option<T>,
        mut on_page: impl FnMut(Vec<T>),
    ) -> Result<usize, Error> {
        let page = async |offset: u64| {
            let answer = self.call(api, Some(region), &request(offset), false).await?;
            let rows: Vec<W> = rows(&answer, set)?;
            let count = rows.len() as u64;
            Ok::<_, Error>((rows, total(&answer).unwrap_or(offset + count)))
        };
        let mut delivered = 0;
        let mut deliver = |rows: Vec<W>| {
            let page: Vec<T> = rows.into_iter().filter_map(&convert).collect();
            delivered += page.len();
            on_page(page);
        };
        let (rows, mut total) = page(0).await?;
        let mut next = PAGE;
        let mut more = !rows.is_empty();
        deliver(rows);
        // More than one round only where the list grew while it was read.
        while more && next < total {
            let offsets = (next..total).step_by(PAGE as usize);
            next = next.saturating_add((total - next).div_ceil(PAGE).saturating_mul(PAGE));
            let mut pages = stream::iter(offsets).map(&page).buffer_unordered(AT_ONCE);
            while let Some(result) = pages.next().await {
                let (rows, now) = result?;
                // An empty page is behind the end, whatever the first one promised.
                more &= !rows.is_empty();
                total = total.max(now);
                if !rows.is_empty() {
                    deliver(rows);
                } else {
                    break;
                }
            }
        }
        Ok(delivered)
    }
}

pub(super) fn incomplete(answer: &Answer) -> Error {
    Error::ours(Kind::Unreadable, "unreadable", "the answer lacks what was asked for", Sent::Answered)
        .at(answer.action, answer.region.as_ref())
}

pub(super) fn total(answer: &Answer) -> Option<u64> {
    answer.response.get("TotalCount").as_ref().and_then(Value::as_u64)
}

/// The rows of a list.
pub(super) fn rows<W: DeserializeOwned + Default>(answer: &Answer, set: &str) -> Result<Vec<W>, Error> {
    answer.response.rows(set).ok_or_else(|| incomplete(answer))
}
