//! Shows progress on stderr. For a job on a terminal: one line per region, redrawn; elsewhere one line per change.
//! Also shows a status line while waiting.

use std::{collections::BTreeMap, io::IsTerminal, pin::pin, time::Duration};

use unicode_width::UnicodeWidthChar;

use crate::{
    boundary::output,
    i18n::{self, refused::Purpose},
    jobs::{Cell, CellState, EdgeState, Job, journal::Holder, report},
    messages::{Lang, tr},
    model::{Region, plain},
};

/// Shows the progress of a job.
pub(crate) struct Progress {
    /// Columns and rows, if stderr is a terminal on which lines can be redrawn.
    terminal: Option<(usize, usize)>,
    /// The number of lines drawn above the cursor.
    lines: usize,
    last: BTreeMap<Region, String>,
    watched: bool,
    lang: Lang,
}

impl Progress {
    pub(crate) fn new(lang: Lang) -> Self {
        let size = rustix::termios::tcgetwinsize(std::io::stderr()).ok();
        let size = size.map(|s| (usize::from(s.ws_col), usize::from(s.ws_row)));
        let terminal = size.filter(|(cols, rows)| std::io::stderr().is_terminal() && *cols > 20 && *rows > 1);
        Self { terminal, lines: 0, last: BTreeMap::new(), watched: false, lang }
    }

    /// Shows a job if it has changed.
    pub(crate) fn show(&mut self, job: &Job, holder: Option<&Holder>) {
        if let (Some(holder), false) = (holder, self.watched) {
            self.watched = true;
            let (id, pid, host) = (&job.id, holder.pid, plain(&holder.host));
            output::say(&tr!(self.lang, cmd_progress_watching, id, pid, host));
            self.lines = 0;
        }
        let now: BTreeMap<Region, String> =
            job.cells.iter().map(|cell| (cell.region.clone(), self.line(job, cell))).collect();
        if now == self.last {
            return;
        }
        if let Some((width, _)) = self.terminal.filter(|(_, rows)| job.cells.len() < *rows) {
            // Lines are cut to the width, because a wrapped line would count as two.
            let line =
                |cell: &Cell| truncate(now.get(&cell.region).map_or("", String::as_str), width).to_owned();
            output::error_over(self.lines, job.cells.iter().map(line));
            self.lines = job.cells.len();
        } else {
            for (region, line) in &now {
                if self.last.get(region) != Some(line) {
                    output::say(line);
                }
            }
        }
        self.last = now;
    }

    /// Returns the line of a region. Percentages are shown only on terminals, because in a log each would be a new
    /// line.
    fn line(&self, job: &Job, cell: &Cell) -> String {
        let lang = self.lang;
        let mut text =
            format!("{:<18} {}", cell.region, i18n::progress(report::cell_state_name(cell.state), lang));
        if let (CellState::Copying, Some(percent), true) = (cell.state, cell.percent, self.terminal.is_some())
        {
            text.push_str(&format!(" {percent} %"));
        }
        let edges = || job.edges.iter().filter(|e| e.region == cell.region && e.state != EdgeState::Skipped);
        let shared = edges().filter(|e| e.state.is_shared()).count();
        if edges().next().is_some() && (self.terminal.is_some() || cell.state == CellState::Ready) {
            let all = edges().count();
            text.push_str(&tr!(lang, cmd_progress_shared_with, shared, all));
        }
        let failed = edges().filter(|e| e.state == EdgeState::Failed).count();
        if failed > 0 {
            text.push_str(&tr!(lang, common_and_failed, failed));
        }
        if let Some(error) = &cell.error {
            let (why, _) = i18n::job_failure(error, Purpose::Copy, lang);
            let (why, code) = (why.trim_end_matches(['.', '\u{3002}']), &error.code);
            text.push_str(&tr!(lang, cmd_progress_error, why, code));
        }
        text
    }
}

/// The delay before a status line appears, and the interval at which it is redrawn.
const STATUS_INTERVAL: Duration = Duration::from_secs(1);

/// Runs `work`. If it takes longer than [`STATUS_INTERVAL`], shows `status` on a terminal until it ends.
pub(crate) async fn with_status<T>(status: impl Fn() -> String, work: impl Future<Output = T>) -> T {
    if !std::io::stderr().is_terminal() {
        return work.await;
    }
    let (mut work, mut shown) = (pin!(work), String::new());
    loop {
        if let Ok(done) = tokio::time::timeout(STATUS_INTERVAL, &mut work).await {
            if !shown.is_empty() {
                output::error_status(None);
            }
            return done;
        }
        let now = status();
        if now != shown {
            output::error_status(Some(&format!("cvmshare: {now}")));
            shown = now;
        }
    }
}

/// Returns the longest prefix of a text that fits in a number of columns.
fn truncate(text: &str, columns: usize) -> &str {
    let mut width = 0;
    let end = text.char_indices().find(|(_, c)| {
        width += c.width().unwrap_or(0);
        width > columns
    });
    end.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_at_its_columns() {
        assert_eq!(truncate("ap-tokyo ready", 20), "ap-tokyo ready");
        assert_eq!(truncate("ap-tokyo ready", 8), "ap-tokyo");
        assert_eq!(truncate("\u{955c}\u{50cf}\u{955c}\u{50cf}", 5), "\u{955c}\u{50cf}");
    }
}
