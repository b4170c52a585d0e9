//! All that the console knows. Views read it, [`crate::tui::update()`] alone changes it.

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
    jobs::{Job, act::Extra},
    messages::Lang,
    model::{Image, ImageId, Instance, InstanceId, Region},
    rules::{Action, Step, Verdict},
    session::{config_edit::Notes, last_view::LastView},
    tui::{
        app::{
            auto_refresh::AutoRefresh,
            jump_list::JumpList,
            layout::Layout,
            message::{CallLine, Profile, Trouble},
            row_cache::{RowCache, SavedRows},
            state::dialog::Dialog,
            table::{RowId, Tab, Table},
        },
        keymap::{Command, Context, Keymap},
        widgets::theme::{Looks, Theme},
    },
};

/// Where a read stands. The old value, where there is one, stays in the facts meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadState {
    /// Asked and not answered.
    Loading(u64),
    /// It came at this time.
    Ready(Timestamp),
    /// It did not come.
    Failed(Timestamp, Trouble),
}

/// How far the checks are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Doctor {
    /// Not started.
    #[default]
    Away,
    /// Under way.
    Looking,
    /// Done.
    Found(Diagnosis),
}

/// One line above the footer: what just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether it is bad news.
    pub bad: bool,
}

/// What a person wanted when something else had to be done first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// The wanted action.
    pub action: Action,
    /// The verdict that the person read and accepted.
    pub accepted: Verdict,
    /// What its call says beside it.
    pub extra: Extra,
}

impl From<Step> for Intent {
    /// The step as it was accepted, with nothing beside its action.
    fn from(step: Step) -> Self {
        Self { action: step.action, accepted: step.verdict, extra: Extra::default() }
    }
}

/// How a batch goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRun {
    pub(crate) command: Command,
    pub(crate) done: usize,
    pub(crate) refused: Vec<String>,
}

/// An instance that is wanted where a copy of its image is being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The source.
    pub image: ImageId,
    /// Where the copy goes.
    pub region: Region,
}

/// What was begun here and is looked at until it is at rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Follow {
    /// The images and instances that are not at rest yet.
    pub rows: BTreeMap<RowId, Followed>,
    /// How often was looked since the last of them began.
    pub looks: u32,
    /// The next look is on its way.
    pub waiting: bool,
}

/// One that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Where it is.
    pub region: Region,
    /// It was listed once; what is made may take a while to be.
    pub seen: bool,
    /// It is being reinstalled; what it did before may be listed for a while.
    pub reset: bool,
}

/// Everything.
#[derive(Debug, Clone)]
pub struct State {
    /// The time, as the runtime told it with the last message.
    pub now: Timestamp,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// The language.
    pub lang: Lang,
    /// The mouse is ours: what is clicked is pressed. Otherwise it is the terminal's, for marking text.
    pub mouse: bool,
    /// How it looks.
    pub looks: Looks,
    /// What is known of the cloud.
    pub facts: FactStore,
    /// All profiles.
    pub profiles: Vec<Profile>,
    /// Which of them holds.
    pub profile: usize,
    /// The cloud can be asked.
    pub connected: bool,
    /// What the person noted of received images, and which of them are hidden.
    pub notes: Notes,
    /// Hidden ones are shown.
    pub show_hidden: bool,
    /// When the credentials in use end, where they do.
    pub session_ends: Option<Timestamp>,
    /// This turn of the profile has said that the clock is off.
    pub clock_told: bool,
    /// Regions in view.
    pub view: Vec<Region>,
    /// The terminal has the person's attention, as far as it says so.
    pub focused: bool,
    /// The tab.
    pub tab: Tab,
    /// What each tab shows.
    pub tables: [Table; 4],
    /// Where the jumps came from.
    pub jump_list: JumpList,
    /// The row that the pane tells of; it follows the selection when the keys rest.
    pub pane: Option<RowId>,
    /// Where each read stands.
    pub loads: HashMap<Load, LoadState>,
    /// How the rows are kept fresh.
    pub fresh: AutoRefresh,
    /// The rows of the last run that were not read again yet.
    pub row_cache: RowCache,
    /// The regions that the person took into view instead of a profile's own, by its name.
    pub views: BTreeMap<String, Vec<Region>>,
    /// How the console was left last time, and which first hints were used.
    pub last: LastView,
    /// What lies over the table, the last on top.
    pub dialogs: Vec<Box<dyn Dialog>>,
    /// Jobs by id.
    pub jobs: BTreeMap<String, Job>,
    /// The built-in cloud is inside of this process, and ends with it.
    pub own_cloud: bool,
    /// The process that drives a job, where it is another one.
    pub drivers: BTreeMap<String, String>,
    /// What the doctor found, or that it looks.
    pub doctor: Doctor,
    /// Commands that were taken from the palette, the last one first.
    pub recent: Vec<Command>,
    /// The last calls, the newest last.
    pub calls: VecDeque<CallLine>,
    /// What went wrong last, the newest last.
    pub complaints: VecDeque<(Timestamp, String)>,
    /// What just happened.
    pub notice: Option<Notice>,
    /// What is to be done next, each after the one before it ended well.
    pub intents: VecDeque<Intent>,
    /// How the batch under way goes; what is left of it is in `intents`.
    pub batch: Option<BatchRun>,
    /// What was begun here and is not at rest yet.
    pub follow: Follow,
    /// What goes on when a copy is there.
    pub wanted: Option<Wanted>,
    /// A guided flow that was left before anything was sent; it opens again where it was.
    pub draft: Option<Box<dyn Dialog>>,
    /// Quit was pressed once while jobs run.
    pub quit_asked: bool,
    /// An action is under way.
    pub acting: Option<Action>,
    /// The turn of profiles; answers of another are dropped.
    pub epoch: u64,
    /// The number of the last question.
    pub ticket: u64,
    /// The number of the last settle that was asked for.
    pub settle: u64,
}

/// What the Messages screen keeps of each kind.
const CALLS_KEPT: usize = 500;
const COMPLAINTS_KEPT: usize = 100;

impl State {
    /// A console that has not asked anything.
    pub fn new(
        now: Timestamp,
        size: (u16, u16),
        keymap: Arc<Keymap>,
        profiles: Vec<Profile>,
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
            clock_told: false,
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
            doctor: Doctor::default(),
            recent: Vec::new(),
            calls: VecDeque::new(),
            complaints: VecDeque::new(),
            notice: None,
            intents: VecDeque::new(),
            batch: None,
            follow: Follow::default(),
            wanted: None,
            draft: None,
            quit_asked: false,
            acting: None,
            epoch: 0,
            ticket: 0,
            settle: 0,
        };
        state.take_profile(profile);
        state
    }

    /// Turns to a profile: nothing of the old one's cloud stays.
    pub(crate) fn take_profile(&mut self, index: usize) {
        self.profile = index.min(self.profiles.len().saturating_sub(1));
        if let Some(profile) = self.profiles.get(self.profile) {
            self.facts.turn_to(&profile.name, profile.standing.clone());
            self.jobs.values().for_each(|job| self.facts.take_job(job));
            self.view = self.views.get(&profile.name).unwrap_or(&profile.regions).clone();
        }
        self.connected = false;
        self.session_ends = None;
        self.clock_told = false;
        self.loads.clear();
        self.fresh.forget();
        self.row_cache = RowCache::default();
        // Ordered as before; what is selected, filtered and marked was of the other cloud.
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
        self.wanted = None;
        self.draft = None;
        self.acting = None;
        self.epoch += 1;
    }

    /// The profile that holds.
    pub fn profile(&self) -> Option<&Profile> {
        self.profiles.get(self.profile)
    }

    /// What is kept of the profile's rows for the next start; `None` where nothing was read, and for the built-in cloud.
    pub fn rows_to_keep(&self) -> Option<SavedRows> {
        let profile = self.profile().filter(|p| !p.demo)?;
        SavedRows::of(&profile.name, &self.facts)
    }

    /// Opens a dialog on top.
    pub(crate) fn open(&mut self, dialog: impl Dialog) {
        self.dialogs.push(Box::new(dialog));
    }

    /// The dialog on top, where it is a `T`.
    pub fn top<T: Dialog>(&self) -> Option<&T> {
        self.dialogs.last()?.downcast_ref()
    }

    /// Closes the dialog on top, where it is a `T`, and returns it.
    pub(crate) fn close<T: Dialog>(&mut self) -> Option<Box<T>> {
        let top = self.dialogs.pop_if(|dialog| dialog.is::<T>())?;
        (top as Box<dyn std::any::Any>).downcast().ok()
    }

    /// Rows of a table that the screen has room for.
    pub fn rows_height(&self) -> usize {
        usize::from(Layout::of(Rect::new(0, 0, self.size.0, self.size.1), self.tab).rows.height)
    }

    /// Turns to a tab.
    pub(crate) fn turn_to(&mut self, tab: Tab) {
        self.tab = tab;
        self.pane = None;
    }

    /// The key that turns to another profile, as it is shown.
    pub(crate) fn profile_key(&self) -> String {
        self.keymap.hint(Context::Table, Command::Profile)
    }

    /// The table of the tab.
    pub fn table(&self) -> &Table {
        &self.tables[self.tab as usize]
    }

    pub(crate) fn table_mut(&mut self) -> &mut Table {
        &mut self.tables[self.tab as usize]
    }

    /// Whether a region is in view.
    pub fn in_view(&self, region: &Region) -> bool {
        self.view.is_empty() || self.view.contains(region)
    }

    /// Regions that something is known of and that are not in view; no table shows rows of theirs.
    pub(crate) fn out_of_view(&self) -> BTreeSet<&Region> {
        self.facts.regions.keys().filter(|region| !self.in_view(region)).collect()
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&RowId> {
        self.table().selected.as_ref()
    }

    /// The selected image, on any tab that shows images.
    pub fn selected_image(&self) -> Option<&Image> {
        match self.selected()? {
            RowId::Image(id) => self.facts.image(id),
            _ => None,
        }
    }

    /// The selected instance.
    pub fn selected_instance(&self) -> Option<&Instance> {
        match self.selected()? {
            RowId::Instance(id) => self.facts.instance(id),
            _ => None,
        }
    }

    /// Images of the last run that were not read again yet, in no order.
    pub fn cached_images(&self) -> impl Iterator<Item = &Image> {
        self.row_cache.images().filter(|i| self.facts.image(&i.id).is_none())
    }

    /// Instances of the last run that were not read again yet, in no order.
    pub fn cached_instances(&self) -> impl Iterator<Item = &Instance> {
        self.row_cache.instances().filter(|i| self.facts.instance(&i.id).is_none())
    }

    /// An image as it is, or as it was last time where nothing newer has come: to be shown, and for nothing else.
    pub fn shown_image(&self, id: &ImageId) -> Option<&Image> {
        self.facts.image(id).or_else(|| self.row_cache.image(id))
    }

    /// Whether a row is shown as it was last time.
    pub fn is_cached(&self, row: &RowId) -> bool {
        match row {
            RowId::Image(id) => self.facts.image(id).is_none() && self.row_cache.image(id).is_some(),
            RowId::Instance(id) => self.facts.instance(id).is_none() && self.row_cache.instance(id).is_some(),
            RowId::Region(_) => false,
        }
    }

    /// An instance, the same way.
    pub fn shown_instance(&self, id: &InstanceId) -> Option<&Instance> {
        self.facts.instance(id).or_else(|| self.row_cache.instance(id))
    }

    /// Jobs that go on.
    pub fn running_jobs(&self) -> impl Iterator<Item = &Job> {
        self.jobs.values().filter(|j| !j.is_over())
    }

    /// How many reads of the view are not answered, and how many were asked.
    pub fn asking(&self, of: fn(&Load) -> bool) -> (usize, usize) {
        let all = self.loads.iter().filter(|(l, _)| of(l));
        let (mut waiting, mut total) = (0, 0);
        for (_, state) in all {
            total += 1;
            waiting += usize::from(matches!(state, LoadState::Loading(_)));
        }
        (waiting, total)
    }

    /// Reads of the view that failed.
    pub fn failed(&self, of: fn(&Load) -> bool) -> Vec<(&Load, &Trouble)> {
        let mut all: Vec<_> = self
            .loads
            .iter()
            .filter(|(l, _)| of(l))
            .filter_map(|(l, s)| match s {
                LoadState::Failed(_, trouble) => Some((l, trouble)),
                _ => None,
            })
            .collect();
        all.sort_by_key(|(l, _)| (*l).clone());
        all
    }

    /// Takes what a read brought into the facts.
    pub(crate) fn take(&mut self, load: &Load, loaded: Loaded) {
        match (load, &loaded) {
            (_, Loaded::Identity(uin)) => self.row_cache.is_of(uin),
            (Load::Images(region), Loaded::Images(_) | Loaded::Listed(_)) => {
                self.row_cache.forget_images(region)
            }
            (Load::Instances(region), Loaded::Instances(_)) => self.row_cache.forget_instances(region),
            _ => {}
        }
        self.facts.take(load, loaded, self.now);
    }

    pub(crate) fn record(&mut self, call: CallLine) {
        if self.calls.len() == CALLS_KEPT {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    /// Among the messages: what went wrong, or was not as the rules had it.
    pub(crate) fn note(&mut self, line: String) {
        if self.complaints.len() == COMPLAINTS_KEPT {
            self.complaints.pop_front();
        }
        self.complaints.push_back((self.now, line));
    }

    /// Rows are derived anew: something that is not among the facts has changed.
    pub(crate) fn stale(&mut self) {
        self.tables.iter_mut().for_each(Table::stale);
    }

    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: false });
    }

    pub(crate) fn complain(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.note(text.clone());
        self.notice = Some(Notice { text, bad: true });
    }
}
