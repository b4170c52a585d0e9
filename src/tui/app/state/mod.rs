//! The state of the console. Views read it, and only [`crate::tui::update()`] changes it.

pub mod dialog;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::Arc,
};

use jiff::Timestamp;
use ratatui::layout::Rect;

use crate::{
    doctor::Diagnosis,
    facts::{FactStore, Load, Loaded},
    jobs::{Job, act::CallOptions},
    messages::Lang,
    model::{Image, ImageId, Instance, InstanceId, Region},
    rules::{Action, Step, Verdict},
    session::{config_edit::Notes, last_view::LastView},
    tui::{
        app::{
            auto_refresh::AutoRefresh,
            jump_list::JumpList,
            layout::Layout,
            message::{CallError, CallLine, ProfileView},
            row_cache::{RowCache, SavedRows},
            state::dialog::Dialog,
            table::{RowId, Tab, Table},
        },
        keymap::{Command, Context, Keymap},
        widgets::theme::{Looks, Theme},
    },
};

/// The state of a read. The previous value stays in the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadState {
    /// The read is under way, with this ticket.
    Loading(u64),
    /// The answer arrived at this time.
    Ready(Timestamp),
    /// The read failed at this time.
    Failed(Timestamp, CallError),
}

/// The state of the doctor's checks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DoctorState {
    /// Not started.
    #[default]
    Away,
    /// Running.
    Looking,
    /// Done.
    Found(Diagnosis),
}

/// The notice in the line above the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The text.
    pub text: String,
    /// Whether it is an error.
    pub bad: bool,
}

/// An action that waits until earlier actions have succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedAction {
    /// The action.
    pub action: Action,
    /// The verdict that the user accepted.
    pub accepted: Verdict,
    /// Parameters of the call.
    pub extra: CallOptions,
}

impl From<Step> for QueuedAction {
    /// Converts an accepted step. It has no parameters besides its action.
    fn from(step: Step) -> Self {
        Self { action: step.action, accepted: step.verdict, extra: CallOptions::default() }
    }
}

/// The progress of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRun {
    pub(crate) command: Command,
    pub(crate) done: usize,
    pub(crate) refused: Vec<String>,
}

/// A launch that waits for a copy of its image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLaunch {
    /// The source image.
    pub image: ImageId,
    /// The destination of the copy.
    pub region: Region,
}

/// The images and instances that are followed until they are stable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Follow {
    /// The rows that are not stable yet.
    pub rows: BTreeMap<RowId, Followed>,
    /// The number of looks since the last row was added.
    pub looks: u32,
    /// Whether the next look was requested.
    pub waiting: bool,
}

/// The state of a followed row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The row's region.
    pub region: Region,
    /// Whether it was listed. A new image or instance may not be listed at once.
    pub seen: bool,
    /// Whether it is being reinstalled. The state before may be listed for a while.
    pub reset: bool,
}

/// The state of the console.
#[derive(Debug, Clone)]
pub struct State {
    /// The time of the last message.
    pub now: Timestamp,
    /// The size of the screen in columns and rows.
    pub size: (u16, u16),
    /// The keymap.
    pub keymap: Arc<Keymap>,
    /// The language.
    pub lang: Lang,
    /// Whether the mouse is captured. Otherwise the terminal uses it to select text.
    pub mouse: bool,
    /// Theme and drawing options.
    pub looks: Looks,
    /// The facts about the cloud.
    pub facts: FactStore,
    /// All profiles.
    pub profiles: Vec<ProfileView>,
    /// The index of the profile in use.
    pub profile: usize,
    /// Whether the cloud can be called.
    pub connected: bool,
    /// The user's notes on received images, and the hidden images.
    pub notes: Notes,
    /// Whether hidden images are shown.
    pub show_hidden: bool,
    /// When the credentials in use expire, if they do.
    pub session_ends: Option<Timestamp>,
    /// Whether the user was warned about the clock in this epoch.
    pub clock_warned: bool,
    /// The regions in view.
    pub view: Vec<Region>,
    /// Whether the terminal has the focus. True if the terminal does not report it.
    pub focused: bool,
    /// The tab.
    pub tab: Tab,
    /// The tables of all tabs.
    pub tables: [Table; 4],
    /// The places to jump back to.
    pub jump_list: JumpList,
    /// The row that the pane shows. It follows the selection when no key is pressed for a moment.
    pub pane: Option<RowId>,
    /// The state of each read.
    pub loads: HashMap<Load, LoadState>,
    /// The state of automatic refreshes.
    pub fresh: AutoRefresh,
    /// The rows of the last run that were not read again yet.
    pub row_cache: RowCache,
    /// The regions in view that the user chose instead of a profile's own, by profile.
    pub views: BTreeMap<String, Vec<Region>>,
    /// The view of the last session, and the hints that were used.
    pub last: LastView,
    /// The open dialogs. The last one is on top.
    pub dialogs: Vec<Box<dyn Dialog>>,
    /// The jobs by ID.
    pub jobs: BTreeMap<String, Job>,
    /// Whether the built-in cloud runs in this process and ends with it.
    pub own_cloud: bool,
    /// The other process that runs a job, by job ID.
    pub drivers: BTreeMap<String, String>,
    /// The state of the doctor's checks.
    pub doctor: DoctorState,
    /// The commands that were run from the palette, the newest first.
    pub recent: Vec<Command>,
    /// The last calls, the newest last.
    pub calls: VecDeque<CallLine>,
    /// The last error messages, the newest last.
    pub messages: VecDeque<(Timestamp, String)>,
    /// The notice.
    pub notice: Option<Notice>,
    /// The actions to perform next, each after the previous one succeeded.
    pub intents: VecDeque<QueuedAction>,
    /// The progress of the running batch. Its remaining actions are in `intents`.
    pub batch: Option<BatchRun>,
    /// The images and instances that are not stable yet.
    pub follow: Follow,
    /// The launch that waits for a copy.
    pub pending_launch: Option<PendingLaunch>,
    /// A share or copy form that was left before anything was sent. It opens again at the same place.
    pub draft: Option<Box<dyn Dialog>>,
    /// Whether quit was pressed once while jobs run.
    pub quit_asked: bool,
    /// The action that is being performed.
    pub acting: Option<Action>,
    /// The epoch, which changes with the profile. Answers of another epoch are dropped.
    pub epoch: u64,
    /// The ticket of the last read.
    pub ticket: u64,
    /// The number of the last [`Effect::Settle`](super::effect::Effect::Settle).
    pub settle: u64,
}

/// The maximum number of calls, and of error messages, that the Messages screen keeps.
const CALLS_KEPT: usize = 500;
const MESSAGES_KEPT: usize = 100;

impl State {
    /// Makes a state without any reads.
    pub fn new(
        now: Timestamp,
        size: (u16, u16),
        keymap: Arc<Keymap>,
        profiles: Vec<ProfileView>,
        profile: usize,
    ) -> Self {
        let mut state = Self {
            now,
            size,
            keymap,
            lang: Lang::EN,
            mouse: false,
            looks: Looks {
                ascii: false,
                slow: false,
                motion: false,
                theme: Theme::builtin("dark").unwrap_or_default(),
            },
            facts: FactStore::default(),
            profiles,
            profile,
            connected: false,
            notes: Notes::default(),
            show_hidden: false,
            session_ends: None,
            clock_warned: false,
            view: Vec::new(),
            focused: true,
            tab: Tab::Images,
            tables: Tab::ALL.map(Table::new),
            jump_list: JumpList::default(),
            pane: None,
            loads: HashMap::new(),
            fresh: AutoRefresh::new(),
            row_cache: RowCache::default(),
            views: BTreeMap::new(),
            last: LastView::default(),
            dialogs: Vec::new(),
            jobs: BTreeMap::new(),
            own_cloud: false,
            drivers: BTreeMap::new(),
            doctor: DoctorState::default(),
            recent: Vec::new(),
            calls: VecDeque::new(),
            messages: VecDeque::new(),
            notice: None,
            intents: VecDeque::new(),
            batch: None,
            follow: Follow::default(),
            pending_launch: None,
            draft: None,
            quit_asked: false,
            acting: None,
            epoch: 0,
            ticket: 0,
            settle: 0,
        };
        state.switch_profile(profile);
        state
    }

    /// Switches to a profile, and removes everything about the cloud of the old one.
    pub(crate) fn switch_profile(&mut self, index: usize) {
        self.profile = index.min(self.profiles.len().saturating_sub(1));
        if let Some(profile) = self.profiles.get(self.profile) {
            self.facts.switch_profile(&profile.name, profile.standing.clone());
            self.jobs.values().for_each(|job| self.facts.add_job(job));
            self.view = self.views.get(&profile.name).unwrap_or(&profile.regions).clone();
        }
        self.connected = false;
        self.session_ends = None;
        self.clock_warned = false;
        self.loads.clear();
        self.fresh.clear();
        self.row_cache = RowCache::default();
        // The order is kept. Selection, filter and marks belong to the other cloud.
        for table in &mut self.tables {
            let (sort, descending) = (table.sort, table.descending);
            *table = Table::new(table.tab());
            (table.sort, table.descending) = (sort, descending);
        }
        self.jump_list = JumpList::default();
        self.pane = None;
        self.intents.clear();
        self.batch = None;
        self.follow = Follow::default();
        self.pending_launch = None;
        self.draft = None;
        self.acting = None;
        self.epoch += 1;
    }

    /// Returns the profile in use.
    pub fn profile(&self) -> Option<&ProfileView> {
        self.profiles.get(self.profile)
    }

    /// Returns the profile's rows to save for the next start. Returns `None` if nothing was read, and for the
    /// built-in cloud.
    pub fn rows_to_keep(&self) -> Option<SavedRows> {
        let profile = self.profile().filter(|p| !p.demo)?;
        SavedRows::from_facts(&profile.name, &self.facts)
    }

    /// Opens a dialog on top.
    pub(crate) fn open(&mut self, dialog: impl Dialog) {
        self.dialogs.push(Box::new(dialog));
    }

    /// Returns the dialog on top, if it is a `T`.
    pub fn top<T: Dialog>(&self) -> Option<&T> {
        self.dialogs.last()?.downcast_ref()
    }

    /// Closes the dialog on top, if it is a `T`, and returns it.
    pub(crate) fn close<T: Dialog>(&mut self) -> Option<Box<T>> {
        let top = self.dialogs.pop_if(|dialog| dialog.is::<T>())?;
        (top as Box<dyn std::any::Any>).downcast().ok()
    }

    /// Returns the number of table rows that fit on the screen.
    pub fn rows_height(&self) -> usize {
        usize::from(Layout::new(Rect::new(0, 0, self.size.0, self.size.1), self.tab).rows.height)
    }

    /// Switches to a tab.
    pub(crate) fn switch_tab(&mut self, tab: Tab) {
        self.tab = tab;
        self.pane = None;
    }

    /// Returns the key that switches profiles, as it is displayed.
    pub(crate) fn profile_key(&self) -> String {
        self.keymap.hint(Context::Table, Command::Profile)
    }

    /// Returns the table of the current tab.
    pub fn table(&self) -> &Table {
        &self.tables[self.tab as usize]
    }

    pub(crate) fn table_mut(&mut self) -> &mut Table {
        &mut self.tables[self.tab as usize]
    }

    /// Returns whether a region is in view.
    pub fn in_view(&self, region: &Region) -> bool {
        self.view.is_empty() || self.view.contains(region)
    }

    /// Returns the regions that are in the facts but not in view. No table shows their rows.
    pub(crate) fn out_of_view(&self) -> BTreeSet<&Region> {
        self.facts.regions.keys().filter(|region| !self.in_view(region)).collect()
    }

    /// Returns the selected row.
    pub fn selected(&self) -> Option<&RowId> {
        self.table().selected.as_ref()
    }

    /// Returns the selected image on a tab that shows images.
    pub fn selected_image(&self) -> Option<&Image> {
        match self.selected()? {
            RowId::Image(id) => self.facts.image(id),
            _ => None,
        }
    }

    /// Returns the selected instance.
    pub fn selected_instance(&self) -> Option<&Instance> {
        match self.selected()? {
            RowId::Instance(id) => self.facts.instance(id),
            _ => None,
        }
    }

    /// Returns the images of the last run that were not read again yet, unordered.
    pub fn cached_images(&self) -> impl Iterator<Item = &Image> {
        self.row_cache.images().filter(|i| self.facts.image(&i.id).is_none())
    }

    /// Returns the instances of the last run that were not read again yet, unordered.
    pub fn cached_instances(&self) -> impl Iterator<Item = &Instance> {
        self.row_cache.instances().filter(|i| self.facts.instance(&i.id).is_none())
    }

    /// Returns an image, or the cached one if it was not read yet. Only for display.
    pub fn shown_image(&self, id: &ImageId) -> Option<&Image> {
        self.facts.image(id).or_else(|| self.row_cache.image(id))
    }

    /// Returns whether a row is a cached one.
    pub fn is_cached(&self, row: &RowId) -> bool {
        match row {
            RowId::Image(id) => self.facts.image(id).is_none() && self.row_cache.image(id).is_some(),
            RowId::Instance(id) => self.facts.instance(id).is_none() && self.row_cache.instance(id).is_some(),
            RowId::Region(_) => false,
        }
    }

    /// Returns an instance, or the cached one if it was not read yet. Only for display.
    pub fn shown_instance(&self, id: &InstanceId) -> Option<&Instance> {
        self.facts.instance(id).or_else(|| self.row_cache.instance(id))
    }

    /// Returns the unfinished jobs.
    pub fn running_jobs(&self) -> impl Iterator<Item = &Job> {
        self.jobs.values().filter(|j| !j.is_over())
    }

    /// Returns the number of unanswered reads in view, and the number of all reads in view.
    pub fn pending_reads(&self, of: fn(&Load) -> bool) -> (usize, usize) {
        let all = self.loads.iter().filter(|(l, _)| of(l));
        let (mut waiting, mut total) = (0, 0);
        for (_, state) in all {
            total += 1;
            waiting += usize::from(matches!(state, LoadState::Loading(_)));
        }
        (waiting, total)
    }

    /// Returns the failed reads in view.
    pub fn failed_reads(&self, of: fn(&Load) -> bool) -> Vec<(&Load, &CallError)> {
        let mut all: Vec<_> = self
            .loads
            .iter()
            .filter(|(l, _)| of(l))
            .filter_map(|(l, s)| match s {
                LoadState::Failed(_, error) => Some((l, error)),
                _ => None,
            })
            .collect();
        all.sort_by_key(|(l, _)| (*l).clone());
        all
    }

    /// Adds an answer to the facts.
    pub(crate) fn store_answer(&mut self, load: &Load, loaded: Loaded) {
        match (load, &loaded) {
            (_, Loaded::Identity(uin)) => self.row_cache.keep_account(uin),
            (Load::Images(region), Loaded::Images(_) | Loaded::Listed(_)) => {
                self.row_cache.remove_images(region)
            }
            (Load::Instances(region), Loaded::Instances(_)) => self.row_cache.remove_instances(region),
            _ => {}
        }
        self.facts.add_loaded(load, loaded, self.now);
    }

    pub(crate) fn record_call(&mut self, call: CallLine) {
        if self.calls.len() == CALLS_KEPT {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    /// Adds a line to Messages: an error, or a contradiction to the rules.
    pub(crate) fn record_message(&mut self, line: String) {
        if self.messages.len() == MESSAGES_KEPT {
            self.messages.pop_front();
        }
        self.messages.push_back((self.now, line));
    }

    /// Marks all rows as outdated, after a change of something that is not in the facts.
    pub(crate) fn mark_stale(&mut self) {
        self.tables.iter_mut().for_each(Table::mark_stale);
    }

    pub(crate) fn show_notice(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: false });
    }

    pub(crate) fn show_error(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.record_message(text.clone());
        self.notice = Some(Notice { text, bad: true });
    }
}
