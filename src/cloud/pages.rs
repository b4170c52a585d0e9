//! Reads lists page by page.

use std::{collections::HashSet, hash::Hash};

use futures_util::stream::{self, StreamExt};
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::{Instant, timeout_at};

use super::{
    Client, Error, Kind, Sent,
    answer::{Answer, ListError, Rows, incomplete, incomplete_because},
    api::Api,
    convert::RowError,
};
use crate::{
    messages::{Text, text},
    model::Region,
};

/// Maximum page size of the list actions.
pub(super) const PAGE_ROWS: u64 = 100;
/// Number of concurrent page requests per list. Enough to reach the documented rate limit with a latency of
/// 400 ms.
const CONCURRENT_PAGES: usize = 16;
/// Maximum number of pages per list: 100,000 rows. A region has at most 500 own images, and far fewer public
/// images, received images and instances than this. The limit ends lists of a cloud that invents rows.
pub(super) const MAX_PAGES: usize = 1000;

/// A page of a list.
pub(super) struct Page<T> {
    pub rows: Rows<T>,
    /// The number of rows in the list, as the cloud reports it.
    pub total: Option<u64>,
}

/// The result of reading a list.
#[derive(Debug, Default, PartialEq)]
pub(super) struct ListResult {
    /// The number of rows delivered, each ID once.
    pub rows: usize,
    /// The number of rows that could not be read.
    pub unread: usize,
    /// Why the first of them could not be read.
    pub first_error: Option<RowError>,
    /// Why the list is incomplete.
    pub incomplete: Option<Text>,
}

impl Client {
    /// Reads a list, given its action and the name of its field in the answer. Delivers pages in order, and
    /// each ID once.
    ///
    /// # Errors
    /// See [`Kind`]; pages before the error have been delivered. With [`Kind::Incomplete`], all readable rows
    /// have been delivered.
    pub(super) async fn pages<W: DeserializeOwned + Default, T, K: Hash + Eq, Q: Serialize>(
        &self,
        (api, set): (&'static Api, &str),
        region: &Region,
        request: impl Fn(u64) -> Q,
        convert: impl Fn(W) -> Result<T, RowError>,
        id: impl Fn(&T) -> K,
        on_page: impl FnMut(Vec<T>),
    ) -> Result<usize, Error> {
        let page = async |offset: u64| {
            let answer = self.call(api, Some(region), &request(offset), false).await?;
            Ok(Page { rows: rows(&answer, set, PAGE_ROWS as usize, &convert)?, total: total(&answer) })
        };
        let limit = self.list_timeout();
        let list = read_pages(page, id, on_page, Instant::now() + limit).await?;
        let gap = match list.incomplete {
            Some(reason) => Some(incomplete_list(reason)),
            None => unread_rows_error(list.unread, list.unread + list.rows, list.first_error),
        };
        match gap {
            Some(gap) => Err(gap.at(api.name, Some(region))),
            None => Ok(list.rows),
        }
    }
}

/// Reads pages until the list ends. The rows determine the end, not the reported total:
///
/// - After a full page, the next page is requested.
/// - A page without a new ID ends the list.
///
/// The total determines how many pages are requested concurrently, and afterwards whether rows are missing.
pub(super) async fn read_pages<T, K: Hash + Eq, F: Future<Output = Result<Page<T>, Error>>>(
    page: impl Fn(u64) -> F,
    id: impl Fn(&T) -> K,
    mut on_page: impl FnMut(Vec<T>),
    deadline: Instant,
) -> Result<ListResult, Error> {
    let mut list = ListResult::default();
    let mut known = HashSet::new();
    let (mut offset, mut pages) = (0, 0);
    // Pages up to this offset are requested concurrently.
    let mut together = 0;
    // The smallest reported total. Rows that were added in the meantime are not missing.
    let mut least = None;
    loop {
        let offsets = (offset..=together.max(offset)).step_by(PAGE_ROWS as usize);
        let mut coming = stream::iter(offsets).map(&page).buffered(CONCURRENT_PAGES);
        loop {
            let Ok(next) = timeout_at(deadline, coming.next()).await else {
                list.incomplete = Some(text!(cloud_list_cut_by_time, rows = list.rows));
                return Ok(list);
            };
            let Some(next) = next else { break };
            let Page { rows, total } = next?;
            pages += 1;
            offset += rows.received as u64;
            least = [least, total].into_iter().flatten().min();
            list.unread += rows.received - rows.read.len();
            list.first_error = list.first_error.or(rows.first_error);
            let repeats = !rows.read.is_empty();
            let new: Vec<T> = rows.read.into_iter().filter(|row| known.insert(id(row))).collect();
            let all = (list.rows + new.len() + list.unread) as u64;
            if new.is_empty() {
                list.incomplete = match least.filter(|least| all < *least) {
                    Some(total) => Some(text!(cloud_list_too_short, total, rows = all)),
                    None => (repeats && rows.received as u64 == PAGE_ROWS)
                        .then(|| text!(cloud_list_repeats, rows = all)),
                };
                return Ok(list);
            }
            list.rows += new.len();
            on_page(new);
            let full = rows.received as u64 == PAGE_ROWS;
            if !full && total.is_none_or(|total| total <= all) {
                return Ok(list);
            }
            if pages == MAX_PAGES {
                list.incomplete = Some(text!(cloud_list_cut_after_pages, pages, rows = list.rows));
                return Ok(list);
            }
            // After a short page, the next one starts earlier than expected.
            together = match full {
                true => total.unwrap_or_default().min(MAX_PAGES as u64 * PAGE_ROWS),
                false => 0,
            };
            if !full {
                break;
            }
        }
    }
}

fn incomplete_list(message: Text) -> Error {
    Error::local(Kind::Incomplete, "unread", message, Sent::Answered)
}

/// Returns the error for rows that could not be read, if there are any.
pub(super) fn unread_rows_error(unread: usize, all: usize, first_error: Option<RowError>) -> Option<Error> {
    let why = first_error.filter(|_| unread > 0)?;
    Some(incomplete_list(text!(cloud_rows_unread, unread, all, why)))
}

pub(super) fn total(answer: &Answer) -> Option<u64> {
    answer.response.number("TotalCount")
}

/// Parses a list of at most `most` rows.
pub(super) fn rows<W: DeserializeOwned + Default, T>(
    answer: &Answer,
    set: &str,
    most: usize,
    convert: impl FnMut(W) -> Result<T, RowError>,
) -> Result<Rows<T>, Error> {
    answer.response.rows(set, most, convert).map_err(|why| match why {
        ListError::Absent => incomplete(answer),
        ListError::TooLong => incomplete_because(text!(cloud_answer_too_many_rows), answer),
    })
}

/// Parses a list that has a single page. Also returns an error if some rows could not be read.
pub(super) fn all_rows<W: DeserializeOwned + Default, T>(
    answer: &Answer,
    set: &str,
    convert: impl FnMut(W) -> Result<T, RowError>,
) -> Result<(Vec<T>, Option<Error>), Error> {
    let rows = rows(answer, set, MAX_UNPAGED_ROWS, convert)?;
    let gap = unread_rows_error(rows.received - rows.read.len(), rows.received, rows.first_error);
    Ok((rows.read, gap.map(|gap| gap.at(answer.action, answer.region.as_ref()))))
}

/// Maximum number of rows in a list without pages. According to the documentation there are up to 500 shares,
/// a few dozen regions and zones, and a few thousand instance types per region.
const MAX_UNPAGED_ROWS: usize = 20_000;
