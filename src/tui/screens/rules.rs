//! The rules page: each code with its sentence, fix and source, from the tables of the rules.

use ratatui::layout::Rect;

use crate::{
    i18n,
    messages::{Lang, m, tr},
    rules::{Args, Code, Remedy, Severity},
    tui::{
        app::{
            effect::Effect,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        widgets::{
            field::TextField,
            fuzzy::Word,
            list::move_cursor,
            paint::{Painter, pad, wrap},
            theme::Role,
        },
    },
};

/// The rules that match the search, with a cursor.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    search: TextField,
    typing: bool,
    cursor: usize,
}

/// Returns the sentence and the fix of a rule, without the arguments of an action.
fn rule_texts(code: Code, lang: Lang) -> (String, String) {
    (i18n::sentence(code, &Args::new(), lang), i18n::remedy(&Remedy::None, code, lang))
}

/// Returns the effect of a rule in one word.
fn effect_word(sort: Severity, lang: Lang) -> (&'static str, Role) {
    match sort {
        Severity::Block => (lang.text(m::rules_blocks), Role::Bad),
        Severity::Acknowledge => (lang.text(m::rules_asks), Role::Warn),
        Severity::Note => (lang.text(m::rules_tells), Role::Dim),
    }
}

impl Rules {
    /// Opens the page with the cursor on a rule, or on the first.
    pub fn new(at: Option<Code>) -> Self {
        let cursor = Code::ALL.iter().position(|code| Some(*code) == at).unwrap_or(0);
        Self { cursor, ..Self::default() }
    }

    /// Returns the rules that match every word: codes by letters in order, texts by substring.
    fn matches(&self, lang: Lang) -> Vec<Code> {
        let words: Vec<Word> = self.search.text().split_whitespace().map(Word::new).collect();
        let has = |code: &Code| {
            let (sentence, remedy) = rule_texts(*code, lang);
            let texts = [sentence.as_str(), &remedy, code.source(), effect_word(code.severity(), lang).0];
            words.iter().all(|word| word.matches(code.as_str()) || texts.iter().any(|text| word.is_in(text)))
        };
        Code::ALL.iter().copied().filter(has).collect()
    }
}

impl Dialog for Rules {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        let found = self.matches(state.lang);
        match input {
            Input::Command(Command::Back) if self.typing || !self.search.text().is_empty() => {
                self.search.take();
                self.typing = false;
                self.cursor = 0;
            }
            Input::Command(Command::Back) => return DialogOutcome::Close,
            Input::Command(Command::Confirm) if self.typing => self.typing = false,
            Input::Command(Command::Confirm) => return DialogOutcome::Close,
            Input::Command(Command::Filter) => self.typing = true,
            Input::Command(Command::CopyText) => {
                if let Some(code) = found.get(self.cursor) {
                    let (sentence, remedy) = rule_texts(*code, state.lang);
                    let parts = [format!("{code}:"), sentence, remedy, code.doc().unwrap_or_default()];
                    let text: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                    effects.push(Effect::Clipboard(text.join(" ")));
                    state.show_notice(tr!(lang, rules_sent_to_clipboard, code));
                }
            }
            Input::Command(command) => {
                move_cursor(&mut self.cursor, found.len(), 5, *command);
            }
            Input::Typed(key) => {
                if self.typing && self.search.handle_key(*key) {
                    self.cursor = 0;
                }
            }
            Input::Paste(text) => {
                self.typing = true;
                self.search.insert(text);
                self.cursor = 0;
            }
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let found = self.matches(state.lang);
        let width = area.width.saturating_sub(2);
        let x = painter.text(1, area.y, width, lang.text(m::rules_rules), Role::Strong) + 2;
        let told_of = tr!(lang, count_rules, n = found.len());
        let end = painter.text_right(area.width - 1, area.y, width, &told_of, Role::Dim);
        if self.typing || !self.search.text().is_empty() {
            let x = painter.text(x, area.y, 2, "/", Role::Accent) + 1;
            self.search.draw(painter, x, area.y, end.saturating_sub(x + 1), self.typing);
        }
        painter.rule(1, area.y + 1, width);
        let top = area.y + 2;
        let height = usize::from(area.bottom().saturating_sub(top));
        if found.is_empty() {
            painter.text(3, top, width, lang.text(m::rules_no_match), Role::Dim);
            return;
        }
        // Scrolls so that the block of the cursor is completely visible.
        let mut lines = Vec::new();
        let mut last = 0;
        for (n, code) in found.iter().enumerate() {
            lines.extend(block(*code, state.lang, area.width).into_iter().map(|line| (n, line)));
            if n <= self.cursor {
                last = lines.len();
            }
        }
        for (row, (n, line)) in lines.iter().skip(last.saturating_sub(height + 1)).take(height).enumerate() {
            let y = top + row as u16;
            let mut x = 3;
            for (i, (text, role)) in line.iter().enumerate() {
                let room = area.width.saturating_sub(x + 1);
                let code = i == 0 && *role == Role::Accent;
                if code && *n == self.cursor {
                    painter.marker(1, y);
                    x = painter.selected(x, y, room, text);
                } else {
                    x = painter.text(x, y, room, text, *role);
                }
            }
        }
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        if self.typing {
            return vec![
                (Command::Confirm, lang.text(m::rules_keep_search)),
                (Command::Back, lang.text(m::common_clear)),
            ];
        }
        vec![
            (Command::Down, lang.text(m::common_down)),
            (Command::Up, lang.text(m::common_up)),
            (Command::Filter, lang.text(m::rules_search)),
            (Command::CopyText, lang.text(m::rules_copy_rule)),
            (Command::Back, lang.text(m::command_back)),
        ]
    }

    fn typing(&self) -> bool {
        self.typing
    }

    fn fills_the_screen(&self) -> bool {
        true
    }
}

type StyledLine = Vec<(String, Role)>;

/// Returns the block of a rule: code and effect, sentence, fix, source, and a blank line.
fn block(code: Code, lang: Lang, width: u16) -> Vec<StyledLine> {
    let (sentence, remedy) = rule_texts(code, lang);
    let (word, role) = effect_word(code.severity(), lang);
    let gap = " ".repeat(26usize.saturating_sub(code.as_str().len()));
    let mut lines: Vec<StyledLine> = vec![vec![
        (code.to_string(), Role::Accent),
        (format!("{gap}{}", pad(word, 8)), role),
        (code.source().to_owned(), Role::Dim),
    ]];
    let mut add = |text: &str, role: Role| {
        let wrapped = wrap(text, width.saturating_sub(8).min(100)).into_iter();
        lines.extend(wrapped.map(|part| vec![(format!("  {part}"), role)]));
    };
    add(&sentence, Role::Plain);
    if !remedy.is_empty() {
        add(&tr!(lang, rules_fix, fix = remedy), Role::Plain);
    }
    if let Some(doc) = code.doc() {
        add(&doc, Role::Dim);
    }
    lines.push(StyledLine::new());
    lines
}
