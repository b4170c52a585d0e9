//! Lists, page by page.

use std::{collections::HashSet, hash::Hash};

use futures_util::stream::{self, StreamExt};
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::{Instant, timeout_at};

use super::{
    Client, Error, Kind, Sent,
    answer::{Answer, NoList, Rows, incomplete, lacks},
    api::Api,
    convert::Odd,
};
use crate::model::Region;

/// The largest page of the list actions.
pub(super) const PAGE: u64 = 100;
/// Pages of one list under way at once: enough for the documented rate, which decides how fast they go, on a line that
/// takes 400 ms for an answer.
const AT_ONCE: usize = 16;
/// Pages of one list: 100,000 rows. A region holds 500 own images at most, and the public ones, received ones and
/// instances of an account stay far below; a cloud that makes up new rows for ever ends here.
pub(super) const MOST_PAGES: usize = 1000;

/// A page as it came.
pub(super) struct Page<T> {
    pub rows: Rows<T>,
    /// How many rows the list has, as the cloud says.
    pub total: Option<u64>,
}

/// What came of a list.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Walked {
    /// Rows that were handed over; no ID came twice.
    pub rows: usize,
    /// Rows that could not be read.
    pub unread: usize,
    /// Why the first of them could not.
    pub odd: Option<Odd>,
    /// Why the list is not whole, in English.
    pub short: Option<String>,
}

impl Client {
    /// Reads a list by its action and the name that it has in the answer. Each page is handed over as soon as those before it have been; no ID is handed over twice.
    ///
    /// # Errors
    /// See [`Kind`]; pages that came before stay handed over. With [`Kind::Incomplete`] these are all that could be read.
    pub(super) async fn pages<W: DeserializeOwned + Default, T, K: Hash + Eq, Q: Serialize>(
        &self,
        (api, set): (&'static Api, &str),
        region: &Region,
        request: impl Fn(u64) -> Q,
        convert: impl Fn(W) -> Result<T, Odd>,
        id: impl Fn(&T) -> K,
        on_page: impl FnMut(Vec<T>),
    ) -> Result<usize, Error> {
        let page = async |offset: u64| {
            let answer = self.call(api, Some(region), &request(offset), false).await?;
            Ok(Page { rows: rows(&answer, set, PAGE as usize, &convert)?, total: total(&answer) })
        };
        let limit = self.list_timeout();
        let walked = walk(page, id, on_page, Instant::now() + limit).await?;
        let gap = match walked.short {
            Some(short) => Some(incomplete_list(&short)),
            None => gap(walked.unread, walked.unread + walked.rows, walked.odd),
        };
        match gap {
            Some(gap) => Err(gap.at(api.name, Some(region))),
            None => Ok(walked.rows),
        }
    }
}

/// Reads pages until the list ends, which the rows decide and not what the cloud says of their number:
///
/// - a full page is followed by a question for the next one;
/// - a page without a new ID ends the list.
///
/// The number tells how many pages can be asked for together, and afterwards whether rows are missing.
pub(super) async fn walk<T, K: Hash + Eq, F: Future<Output = Result<Page<T>, Error>>>(
    page: impl Fn(u64) -> F,
    id: impl Fn(&T) -> K,
    mut on_page: impl FnMut(Vec<T>),
    deadline: Instant,
) -> Result<Walked, Error> {
    let mut walked = Walked::default();
    let mut known = HashSet::new();
    let (mut offset, mut pages) = (0, 0);
    // Pages up to this offset are asked for together.
    let mut together = 0;
    // The smallest number told: rows that were added meanwhile are not missing.
    let mut least = None;
    loop {
        let offsets = (offset..=together.max(offset)).step_by(PAGE as usize);
        let mut coming = stream::iter(offsets).map(&page).buffered(AT_ONCE);
        loop {
            let Ok(next) = timeout_at(deadline, coming.next()).await else {
                walked.short =
                    Some(format!("the list did not end in time; it is cut after {} rows", walked.rows));
                return Ok(walked);
            };
            let Some(next) = next else { break };
            let Page { rows, total } = next?;
            pages += 1;
            offset += rows.came as u64;
            least = [least, total].into_iter().flatten().min();
            walked.unread += rows.came - rows.read.len();
            walked.odd = walked.odd.or(rows.odd);
            let repeats = !rows.read.is_empty();
            let new: Vec<T> = rows.read.into_iter().filter(|row| known.insert(id(row))).collect();
            let all = (walked.rows + new.len() + walked.unread) as u64;
            if new.is_empty() {
                walked.short = match least.filter(|least| all < *least) {
                    Some(n) => Some(format!("the cloud says that there are {n} rows and sent {all}")),
                    None => (repeats && rows.came as u64 == PAGE)
                        .then(|| format!("the list repeats itself after {all} rows")),
                };
                return Ok(walked);
            }
            walked.rows += new.len();
            on_page(new);
            let full = rows.came as u64 == PAGE;
            if !full && total.is_none_or(|total| total <= all) {
                return Ok(walked);
            }
            if pages == MOST_PAGES {
                walked.short = Some(format!(
                    "the list did not end after {pages} pages; it is cut after {} rows",
                    walked.rows
                ));
                return Ok(walked);
            }
            // Where a page is short, the next one begins earlier than was asked for.
            together = match full {
                true => total.unwrap_or_default().min(MOST_PAGES as u64 * PAGE),
                false => 0,
            };
            if !full {
                break;
            }
        }
    }
}

fn incomplete_list(message: &str) -> Error {
    Error::ours(Kind::Incomplete, "unread", message, Sent::Answered)
}

/// What to tell of rows that could not be read.
pub(super) fn gap(unread: usize, all: usize, odd: Option<Odd>) -> Option<Error> {
    let odd = odd.filter(|_| unread > 0)?;
    Some(incomplete_list(&format!("{unread} of {all} rows cannot be read; of the first: {odd}")))
}

pub(super) fn total(answer: &Answer) -> Option<u64> {
    answer.response.number("TotalCount")
}

/// The rows of a list, of which no more than `most` were asked for.
pub(super) fn rows<W: DeserializeOwned + Default, T>(
    answer: &Answer,
    set: &str,
    most: usize,
    convert: impl FnMut(W) -> Result<T, Odd>,
) -> Result<Rows<T>, Error> {
    answer.response.rows(set, most, convert).map_err(|why| match why {
        NoList::Absent => incomplete(answer),
        NoList::TooLong => lacks("the answer has more rows than were asked for", answer),
    })
}

/// The rows of a list that comes in one answer, and what to tell of those that could not be read.
pub(super) fn all_rows<W: DeserializeOwned + Default, T>(
    answer: &Answer,
    set: &str,
    convert: impl FnMut(W) -> Result<T, Odd>,
) -> Result<(Vec<T>, Option<Error>), Error> {
    let rows = rows(answer, set, MOST_UNPAGED, convert)?;
    let gap = gap(rows.came - rows.read.len(), rows.came, rows.odd);
    Ok((rows.read, gap.map(|gap| gap.at(answer.action, answer.region.as_ref()))))
}

/// Rows of a list without pages. The documents have up to 500 shares, some dozen regions and zones, and what the zones of
/// a region sell, some thousand.
const MOST_UNPAGED: usize = 20_000;
