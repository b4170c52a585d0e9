//! The Messages page: all error messages and all calls. The footer shows only one line until the next key.

use jiff::Timestamp;

use crate::{
    messages::{Lang, m, tr},
    tui::{
        app::{message::CallLine, state::State},
        widgets::{list::TextLine, paint::wrap, theme::Role},
    },
};

/// The number of columns that a call with its request id needs.
const WHOLE: u16 = 118;
/// The width of the time column.
const TIME: u16 = 10;

/// Returns all entries as lines.
pub(crate) fn lines(state: &State, width: u16) -> Vec<TextLine> {
    let lang = state.lang;
    if state.calls.is_empty() && state.messages.is_empty() {
        return vec![vec![(lang.text(m::messages_no_call_has_been_made).into(), Role::Dim)]];
    }
    entries(state, width).concat()
}

/// Returns the lines of each entry in chronological order.
pub(crate) fn entries(state: &State, width: u16) -> Vec<Vec<TextLine>> {
    let mut entries = Vec::new();
    let mut messages = state.messages.iter().peekable();
    for call in &state.calls {
        while let Some((at, text)) = messages.next_if(|(at, _)| *at < call.at) {
            entries.push(message_lines(*at, text, width));
        }
        entries.push(of_call(call, state.lang, width));
    }
    entries.extend(messages.map(|(at, text)| message_lines(*at, text, width)));
    entries
}

fn time(at: Timestamp) -> (String, Role) {
    (format!("{}  ", at.strftime("%H:%M:%S")), Role::Dim)
}

fn message_lines(at: Timestamp, text: &str, width: u16) -> Vec<TextLine> {
    let indent = || (" ".repeat(usize::from(TIME)), Role::Dim);
    let wrapped = wrap(text, width.saturating_sub(TIME + 2)).into_iter().enumerate();
    wrapped.map(|(n, part)| vec![if n == 0 { time(at) } else { indent() }, (part, Role::Bad)]).collect()
}

/// Returns the lines of a call. If code and request id do not fit on the first line, they are on lines of their own.
fn of_call(call: &CallLine, lang: Lang, width: u16) -> Vec<TextLine> {
    let good = call.outcome == "ok";
    let region = call.region.as_ref().map_or("", |r| r.as_str());
    let id = call.request_id.as_deref().unwrap_or("");
    let mut lines = vec![vec![
        time(call.at),
        (format!("{:<30} {:<17} ", call.action, region), Role::Plain),
        (format!("{:>5} ms  ", call.ms), Role::Dim),
        (format!("{:<8} ", call.outcome), if good { Role::Good } else { Role::Bad }),
        (id.to_owned(), Role::Dim),
    ]];
    if !good && width < WHOLE {
        let request = if id.is_empty() { String::new() } else { tr!(lang, messages_request, id) };
        let rest = wrap(&format!("{}{request}", call.outcome), width.saturating_sub(TIME + 2));
        lines.extend(
            rest.into_iter().map(|part| vec![(" ".repeat(usize::from(TIME)), Role::Dim), (part, Role::Dim)]),
        );
    }
    lines
}
