//! Asks for a line, and prints lines.

use crate::{
    messages::{Lang, m, tr},
    model::plain,
    plain::{LineMode, Result},
    tui::app::{message::Message, request::Request},
};

impl LineMode {
    /// Prints a question and waits for a line. Returns `None` at the end of the input.
    pub(crate) fn read_line(&mut self, expected: &str) -> Result<Option<String>> {
        if !expected.is_empty() {
            self.print(expected)?;
        }
        if self.prompts && self.lines.is_empty() {
            self.out.write_all(b"> ")?;
            self.out.flush()?;
        }
        loop {
            if let Some(line) = self.lines.pop_front() {
                return Ok(Some(line));
            }
            if self.ended {
                return Ok(None);
            }
            self.next_event()?;
        }
    }

    /// Asks for a yes. Otherwise prints that nothing was changed.
    pub(crate) fn confirm(&mut self, question: &str) -> Result<bool> {
        let yes = self.ask_yes(question)?;
        if !yes {
            self.print_unchanged()?;
        }
        Ok(yes)
    }

    /// Asks for a yes. Prints nothing if the answer is no.
    pub(crate) fn ask_yes(&mut self, question: &str) -> Result<bool> {
        let lang = self.console.state.lang;
        let line = self.read_line(&tr!(lang, line_mode_type_yes, question))?;
        let yes = |answer: &str| Lang::all().any(|lang| lang.text(m::line_mode_answer_yes) == answer);
        Ok(line.is_some_and(|l| yes(&l.to_lowercase())))
    }

    /// Prints that nothing was changed.
    pub(crate) fn print_unchanged(&mut self) -> Result {
        self.print(self.console.state.lang.text(m::common_nothing_was_changed))
    }

    /// Prints text with control characters neutralised.
    pub(crate) fn print(&mut self, text: &str) -> Result {
        for line in text.lines() {
            writeln!(self.out, "{}", plain(line))?;
        }
        self.out.flush()?;
        Ok(())
    }

    /// Prints the notice and the progress of jobs if they are new.
    pub(crate) fn print_news(&mut self) -> Result {
        if let Some(notice) = self.console.state.notice.clone() {
            self.console.send(Message::Request(Request::ClearNotice));
            let problem =
                if notice.bad { self.console.state.lang.text(m::line_mode_problem_prefix) } else { "" };
            self.print(&format!("{problem}{}", notice.text))?;
        }
        for id in self.console.state.jobs.keys().cloned().collect::<Vec<_>>() {
            let Some(job) = self.console.state.jobs.get(&id) else { continue };
            let now = crate::plain::print::job_lines(&self.console.state, job);
            let old = self.jobs.insert(id.clone(), now.clone());
            // The plan was printed before the job started.
            for line in now.iter().filter(|l| old.as_ref().is_some_and(|old| !old.contains(l))) {
                self.print(&tr!(self.console.state.lang, line_mode_job_line, id, line))?;
            }
        }
        Ok(())
    }
}
