//! State and message in, state and effects out. Pure: no clock, no I/O.

use super::{
    actions,
    effect::Effect,
    keymap::{Code as KeyCode, Command, Context, Key},
    message::{Load, Loaded, Message, Performed, Trouble},
    overlays::{
        Confirm, Field, Flow, Input, JobScreen, Menu, Overlay, Page, Picker, Reader, Rename, Step, Subject,
        Unshare,
    },
    state::{LoadState, RowId, State},
    tabs::{Tab, Table},
    view::Layout,
};
use crate::{
    jobs::{CellState, EdgeState, Job, JobState},
    model::{Catalog, Image, ImageKind, Region, Session},
    rules::{self, Action, Code, Kind, Missing, Remedy, Verdict, clear},
    words,
};

/// Takes a message.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    match message {
        Message::Key(key) => on_key(state, key, &mut effects),
        Message::Paste(text) => on_paste(state, text, &mut effects),
        Message::Resize(width, height) => state.size = (width, height),
        Message::Settled(number) => {
            if number == state.settle {
                state.pane = state.selected().cloned();
            }
        }
        Message::Connected { epoch, result } if epoch == state.epoch => match result {
            Ok(()) => {
                state.connected = true;
                load(state, Load::Identity, &mut effects);
                load(state, Load::Regions, &mut effects);
                load_view(state, &mut effects);
            }
            Err(trouble) => {
                note_trouble(state, &trouble);
                state.complain(trouble.text.clone());
                let now = state.now;
                state.loads.insert(Load::Identity, LoadState::Failed(now, trouble));
            }
        },
        Message::Page { epoch, images } if epoch == state.epoch => state.facts.add_images(images),
        Message::Answer { epoch, ticket, load: what, result } if epoch == state.epoch => {
            on_answer(state, ticket, what, result, &mut effects);
        }
        Message::Performed { epoch, performed } if epoch == state.epoch => {
            on_performed(state, *performed, &mut effects);
        }
        // What an earlier turn of profiles asked is nobody's any more.
        Message::Connected { .. }
        | Message::Page { .. }
        | Message::Answer { .. }
        | Message::Performed { .. } => {}
        Message::Job(job) => on_job(state, *job, &mut effects),
        Message::Call(call) => state.record(call),
        Message::Broken(text) => state.complain(format!("Something went wrong inside: {text}")),
    }
    finish(state, &mut effects);
    effects
}

/// What holds after every message: rows derived, the cursor in sight, the pane on its way, the shares in sight read.
fn finish(state: &mut State, effects: &mut Vec<Effect>) {
    let tab = state.tab as usize;
    if !state.tables[tab].is_fresh(state.facts.revision()) {
        let mut table = std::mem::replace(&mut state.tables[tab], Table::new(state.tab));
        table.derive(state);
        state.tables[tab] = table;
    }
    let height =
        usize::from(Layout::of(ratatui::layout::Rect::new(0, 0, state.size.0, state.size.1)).rows.height);
    state.tables[tab].scroll(height);
    let selected = state.selected().cloned();
    if state.pane != selected {
        let gone = state.pane.as_ref().is_none_or(|row| !exists(state, row));
        if gone || !state.table().chosen {
            state.pane = selected;
        }
    }
    if state.pane.as_ref() == state.selected() {
        look_closer(state, height, effects);
    }
}

fn exists(state: &State, row: &RowId) -> bool {
    match row {
        RowId::Image(id) => state.facts.image(id).is_some_and(|i| {
            (i.kind == ImageKind::Own) == (state.tab == Tab::Images)
                && matches!(state.tab, Tab::Images | Tab::Shared)
        }),
        RowId::Region(_) => state.tab == Tab::Regions,
        RowId::Instance(id) => state.tab == Tab::Instances && state.facts.instance(id).is_some(),
    }
}

/// Reads what the rows in sight and the pane still lack; each once.
fn look_closer(state: &mut State, height: usize, effects: &mut Vec<Effect>) {
    if !state.connected {
        return;
    }
    match state.tab {
        Tab::Images => {
            let table = state.table();
            let wanted: Vec<Load> = table
                .rows
                .iter()
                .skip(table.top)
                .take(height)
                .filter_map(|row| match row {
                    RowId::Image(id) => state.facts.image(id),
                    _ => None,
                })
                .map(|image| Load::Shares(image.region.clone(), image.id.clone()))
                .collect();
            for what in wanted {
                load_once(state, what, effects);
            }
            if let Some(image) = state.selected_image().filter(|i| i.is_normal()) {
                let probe = Load::Probe(image.region.clone(), image.id.clone());
                load_once(state, probe, effects);
            }
        }
        Tab::Regions => {
            if let Some(RowId::Region(region)) = state.selected().cloned()
                && state.view.contains(&region)
            {
                load_once(state, Load::Quota(region), effects);
            }
        }
        Tab::Shared | Tab::Instances => {}
    }
}

// ---- reads ------------------------------------------------------------------------------------------------------

/// Asks, whether or not it was asked before; a question that is under way is not asked twice.
pub(super) fn load(state: &mut State, what: Load, effects: &mut Vec<Effect>) {
    if matches!(state.loads.get(&what), Some(LoadState::Loading(_))) {
        return;
    }
    state.ticket += 1;
    state.loads.insert(what.clone(), LoadState::Loading(state.ticket));
    effects.push(Effect::Load { ticket: state.ticket, load: what });
}

fn load_once(state: &mut State, what: Load, effects: &mut Vec<Effect>) {
    if !state.loads.contains_key(&what) {
        load(state, what, effects);
    }
}

/// The regions in view.
fn load_view(state: &mut State, effects: &mut Vec<Effect>) {
    for region in state.view.clone() {
        load(state, Load::Images(region), effects);
    }
    for region in state.view.clone() {
        load(state, Load::Instances(region), effects);
    }
}

/// Asks for what a verdict lacks.
pub(super) fn fetch(state: &mut State, missing: &[Missing], effects: &mut Vec<Effect>) {
    for fact in missing {
        let what = match fact {
            Missing::Identity => Load::Identity,
            Missing::Images(region) => Load::Images(region.clone()),
            Missing::Quota(region) => Load::Quota(region.clone()),
            Missing::Shares(id) => match state.facts.image(id) {
                Some(image) => Load::Shares(image.region.clone(), id.clone()),
                None => continue,
            },
            // An image or instance that is gone is said so by the verdict; there is no region to ask.
            Missing::Image(_) | Missing::Instance(_) => continue,
        };
        load(state, what, effects);
    }
}

/// Looks at other regions from now on.
pub(super) fn look_at(state: &mut State, regions: Vec<Region>, effects: &mut Vec<Effect>) {
    state.view = regions;
    for region in state.view.clone() {
        load_once(state, Load::Images(region.clone()), effects);
        load_once(state, Load::Instances(region), effects);
    }
    for table in &mut state.tables {
        table.stale();
    }
}

/// Turns to a profile and asks its cloud.
pub(super) fn connect(state: &mut State, index: usize, effects: &mut Vec<Effect>) {
    state.take_profile(index);
    let Some(profile) = state.profile() else { return };
    let (name, label) = (profile.name.clone(), profile.label.clone());
    let epoch = state.epoch;
    state.say(format!("{label} from now on."));
    effects.push(Effect::Connect { profile: name, epoch });
}

fn on_answer(
    state: &mut State,
    ticket: u64,
    what: Load,
    result: Result<Loaded, Trouble>,
    effects: &mut Vec<Effect>,
) {
    if state.loads.get(&what) != Some(&LoadState::Loading(ticket)) {
        return;
    }
    let now = state.now;
    match result {
        Ok(loaded) => {
            state.loads.insert(what.clone(), LoadState::Ready(now));
            state.facts.standing.offline = false;
            state.facts.standing.session = Session::Valid;
            if let (Load::Regions, Loaded::Regions(regions)) = (&what, &loaded)
                && state.view.is_empty()
            {
                state.view = in_order(regions);
                load_view(state, effects);
            }
            state.take(&what, loaded);
        }
        Err(trouble) => {
            note_trouble(state, &trouble);
            state.loads.insert(what, LoadState::Failed(now, trouble));
        }
    }
}

/// In the vendor's order, those that it does not list last.
fn in_order(regions: &[Region]) -> Vec<Region> {
    let listed = Catalog::get().iter().map(|r| r.region.clone()).filter(|r| regions.contains(r));
    let mut all: Vec<Region> = listed.collect();
    all.extend(regions.iter().filter(|r| Catalog::get().region(r).is_none()).cloned());
    all
}

fn note_trouble(state: &mut State, trouble: &Trouble) {
    if trouble.session {
        let had = state.facts.standing.me.is_some();
        state.facts.standing.session = if had { Session::Expired } else { Session::None };
    }
    if trouble.offline {
        state.facts.standing.offline = true;
    }
}

// ---- keys -------------------------------------------------------------------------------------------------------

fn on_key(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    // Esc and a key typed right after it arrive like Alt and that key; where Alt means nothing, it was Esc.
    let context = if state.overlays.is_empty() { Context::Table } else { Context::Overlay };
    let edits = state.overlays.last().is_some_and(Overlay::typing) && Field::edits(key);
    if key.alt && !edits && state.keymap.command(context, key).is_none() {
        on_key(state, Key { code: KeyCode::Esc, ctrl: false, alt: false }, effects);
        return on_key(state, Key { alt: false, ..key }, effects);
    }
    state.notice = None;
    let asked = std::mem::take(&mut state.quit_asked);
    let Some(mut overlay) = state.overlays.pop() else {
        if state.table().filtering {
            return on_filter(state, key, effects);
        }
        if let Some(command) = state.keymap.command(Context::Table, key) {
            on_table(state, command, asked, effects);
        }
        return;
    };
    let command = state.keymap.command(Context::Overlay, key);
    let input = match command {
        // What a field can take is no command, but Esc and Enter and what else no field takes still are.
        Some(_) if overlay.typing() && Field::edits(key) => Input::Typed(key),
        Some(command @ (Command::Quit | Command::Suspend | Command::Redraw)) => {
            state.overlays.push(overlay);
            return on_table(state, command, asked, effects);
        }
        Some(Command::Help) if !matches!(overlay, Overlay::Reader(_)) => {
            state.overlays.push(overlay);
            state.overlays.push(Overlay::Reader(Reader::new(Page::Help)));
            return;
        }
        Some(command) => Input::Command(command),
        None => Input::Typed(key),
    };
    let step = overlay.on(input, state, effects);
    after(state, overlay, step, effects);
}

fn on_paste(state: &mut State, text: String, effects: &mut Vec<Effect>) {
    if let Some(mut overlay) = state.overlays.pop() {
        let step = overlay.on(Input::Paste(text), state, effects);
        after(state, overlay, step, effects);
    } else if state.table().filtering {
        let line: String = text.chars().filter(|c| !c.is_control()).collect();
        let table = state.table_mut();
        table.filter.push_str(&line);
        table.stale();
    }
}

fn after(state: &mut State, overlay: Overlay, step: Step, effects: &mut Vec<Effect>) {
    match step {
        Step::Stay => state.overlays.push(overlay),
        Step::Close => {}
        Step::Replace(next) => state.overlays.push(next),
        Step::Open(next) => state.overlays.extend([overlay, next]),
        Step::Command(command) => on_command(state, command, effects),
    }
}

fn on_filter(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    let table = state.table_mut();
    match (key.code, key.typed()) {
        (KeyCode::Enter, _) => table.filtering = false,
        (KeyCode::Esc, _) => {
            table.filtering = false;
            table.filter.clear();
        }
        (KeyCode::Backspace, _) => {
            table.filter.pop();
        }
        (KeyCode::Char('u'), None) if key.ctrl => table.filter.clear(),
        (KeyCode::Up | KeyCode::Down, _) => {
            let step = if key.code == KeyCode::Up { Command::Up } else { Command::Down };
            return go(state, step, effects);
        }
        (_, Some(c)) => table.filter.push(c),
        _ => return,
    }
    table.stale();
}

/// Moves on the table; the pane follows when the keys rest.
fn go(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let page =
        usize::from(Layout::of(ratatui::layout::Rect::new(0, 0, state.size.0, state.size.1)).rows.height);
    let table = state.table_mut();
    let mut to = table.cursor;
    super::overlays::moved(&mut to, table.rows.len(), page.max(1), command);
    table.chosen = true;
    if to != table.cursor {
        table.move_to(to);
        state.settle += 1;
        effects.push(Effect::Settle(state.settle));
    }
}

fn turn_to(state: &mut State, tab: Tab) {
    state.tab = tab;
    state.pane = None;
}

/// A command; quitting remembers whether it was asked just before.
fn on_table(state: &mut State, command: Command, asked: bool, effects: &mut Vec<Effect>) {
    state.quit_asked = asked;
    on_command(state, command, effects);
    state.quit_asked &= command == Command::Quit;
}

fn on_command(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Up
        | Command::Down
        | Command::Top
        | Command::Bottom
        | Command::PageUp
        | Command::PageDown => {
            go(state, command, effects);
        }
        Command::TabImages => turn_to(state, Tab::Images),
        Command::TabShared => turn_to(state, Tab::Shared),
        Command::TabRegions => turn_to(state, Tab::Regions),
        Command::TabInstances => turn_to(state, Tab::Instances),
        Command::NextTab => turn_to(state, Tab::ALL[(state.tab as usize + 1) % 4]),
        Command::PrevTab => turn_to(state, Tab::ALL[(state.tab as usize + 3) % 4]),
        Command::Mark => {
            let table = state.table_mut();
            if let Some(row) = table.selected.clone()
                && !table.marks.remove(&row)
            {
                table.marks.insert(row);
            }
            go(state, Command::Down, effects);
        }
        Command::Invert => {
            let table = state.table_mut();
            let all = table.rows.iter().cloned().collect::<std::collections::BTreeSet<_>>();
            table.marks = all.difference(&table.marks).cloned().collect();
        }
        Command::Filter => state.table_mut().filtering = true,
        Command::SortLeft | Command::SortRight => {
            let columns = state.tab.columns().len();
            let table = state.table_mut();
            let step = if command == Command::SortRight { 1 } else { columns - 1 };
            table.sort = (table.sort + step) % columns;
            table.stale();
        }
        Command::SortReverse => {
            let table = state.table_mut();
            table.descending = !table.descending;
            table.stale();
        }
        Command::Refresh => refresh(state, effects),
        Command::Back => {
            let table = state.table_mut();
            if !table.filter.is_empty() {
                table.filter.clear();
                table.stale();
            } else {
                table.marks.clear();
            }
        }
        Command::ReadOnly => {
            let on = !state.facts.standing.read_only;
            state.facts.standing.read_only = on;
            state.say(if on { "Read-only: nothing will be changed." } else { "Changes are possible again." });
        }
        Command::CopyId => {
            if let Some(row) = state.selected() {
                let id = row.as_str().to_owned();
                state.say(format!("{id} was sent to the terminal's clipboard."));
                effects.push(Effect::Clipboard(id));
            }
        }
        Command::Help => state.overlays.push(Overlay::Reader(Reader::new(Page::Help))),
        Command::Messages => state.overlays.push(Overlay::Reader(Reader::new(Page::Messages))),
        Command::Profile => open_picker(state, Subject::Profiles),
        Command::Regions => open_picker(state, Subject::Regions),
        Command::Palette => open_picker(state, Subject::Commands),
        Command::Jobs => open_jobs(state),
        Command::Details => {
            if let Some(row) = state.selected().cloned() {
                state.overlays.push(Overlay::Reader(Reader::new(Page::Details(row))));
            }
        }
        Command::Actions => {
            if let Some(row) = state.selected().cloned() {
                state.overlays.push(Overlay::Menu(Menu::new(row, 0)));
            }
        }
        Command::Suspend => effects.push(Effect::Suspend),
        Command::Redraw => effects.push(Effect::Redraw),
        Command::Quit => quit(state, effects),
        _ => wish(state, command, effects),
    }
}

fn quit(state: &mut State, effects: &mut Vec<Effect>) {
    let running = state.running_jobs().count();
    if running > 0 && !state.quit_asked {
        state.quit_asked = true;
        let jobs = if running == 1 { "1 job runs".into() } else { format!("{running} jobs run") };
        state.complain(format!(
            "{jobs}; leaving stops watching, copies go on in the cloud. Once more to leave."
        ));
        return;
    }
    effects.push(Effect::Quit);
}

fn open_picker(state: &mut State, subject: Subject) {
    let picker = Picker::new(subject, state);
    state.overlays.push(Overlay::Picker(picker));
}

fn open_jobs(state: &mut State) {
    let only = (state.jobs.len() == 1).then(|| state.jobs.keys().next().cloned()).flatten();
    match only {
        Some(id) => state.overlays.push(Overlay::Job(JobScreen::new(id))),
        None => open_picker(state, Subject::Jobs),
    }
}

fn refresh(state: &mut State, effects: &mut Vec<Effect>) {
    if !state.connected {
        // What failed at the start is tried again whole.
        let index = state.profile;
        return connect(state, index, effects);
    }
    // Read again when they come into sight; what is under way comes by itself.
    state.loads.retain(|what, at| {
        matches!(at, LoadState::Loading(_))
            || !matches!(what, Load::Shares(..) | Load::Probe(..) | Load::Quota(_))
    });
    load(state, Load::Identity, effects);
    load(state, Load::Regions, effects);
    load_view(state, effects);
    let paused = state.jobs.values().filter(|j| j.paused.is_some()).cloned();
    effects.extend(paused.map(|job| Effect::Order(Box::new(job), super::effect::JobOrder::Resume)));
    state.say("Asking again.");
}

// ---- actions ----------------------------------------------------------------------------------------------------

/// An action of the selected row: it opens what asks for the rest, or says why it cannot be.
fn wish(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let Some(row) = state.selected().cloned() else { return };
    let Some(line) = actions::line(state, &row, command) else {
        if command == Command::Trust {
            return not_yet(state, command);
        }
        return state.say(format!("There is nothing to {} here.", command.text()));
    };
    let image: Option<Image> = line.action.image().and_then(|id| state.facts.image(id)).cloned();
    if line.verdict.kind() == Kind::Unknown {
        fetch(state, &line.verdict.missing, effects);
        return state.say("Some facts are still being asked for; try again in a moment.");
    }
    // Cancel all, then delete: the one block that the command itself leads through.
    let cancel_first = match (&line.action, line.verdict.reasons.as_slice()) {
        (Action::Delete { .. }, [reason]) => match &reason.remedy {
            Remedy::Do(first) if matches!(**first, Action::Unshare { .. }) => Some((**first).clone()),
            _ => None,
        },
        _ => None,
    };
    if line.verdict.kind() == Kind::Blocked && cancel_first.is_none() {
        let cursor = actions::lines(state, &row).iter().position(|l| l.command == command).unwrap_or(0);
        refuse(state, &line.verdict);
        return state.overlays.push(Overlay::Menu(Menu::new(row, cursor)));
    }
    let Some(image) = image else { return not_yet(state, command) };
    let overlay = match command {
        Command::Share | Command::Copy => {
            let sharing = command == Command::Share;
            let draft = state.draft.take_if(|d| d.is_for(&image.id, sharing));
            Overlay::Flow(draft.unwrap_or_else(|| {
                Box::new(if sharing { Flow::share(image.id, image.region) } else { Flow::copy(image.id) })
            }))
        }
        Command::Unshare => Overlay::Unshare(Unshare::new(image.id)),
        Command::Rename => Overlay::Rename(Rename::new(&image)),
        Command::Delete => {
            let mut risks = line.verdict.acknowledge;
            let mut doing = vec![line.action];
            if let Some(first) = cancel_first {
                risks.extend(rules::check(&first, &state.facts).acknowledge);
                doing.insert(0, first);
            }
            let yes = if doing.len() > 1 { "Yes, cancel all and delete" } else { "Yes, delete" };
            let name = words::plain(&image.name).into_owned();
            Overlay::Confirm(
                Confirm::new(format!("Delete {name}"), yes, doing, risks, line.verdict.notes)
                    .with_typed(&name),
            )
        }
        _ => return not_yet(state, command),
    };
    state.overlays.push(overlay);
}

fn not_yet(state: &mut State, command: Command) {
    state.complain(format!("To {}: this version does not do that yet.", command.text()));
}

/// Says the first reason of a verdict.
pub(super) fn refuse(state: &mut State, verdict: &Verdict) {
    match verdict.reasons.first() {
        Some(reason) => {
            let text = words::sentence(reason.code, &reason.args, state.lang);
            state.complain(text);
        }
        None if !verdict.missing.is_empty() => {
            state.say("Some facts are still being asked for; try again in a moment.")
        }
        None => state.complain("The risks were not all accepted; nothing was done."),
    }
}

/// The one gate: clears an action by the rules and has it done. False where the rules refuse, which is said.
pub(super) fn start(state: &mut State, action: Action, accepted: &[Code], effects: &mut Vec<Effect>) -> bool {
    match clear(action.clone(), &state.facts, accepted) {
        Ok(cleared) => {
            // The rules let nothing pass for an image that was not seen.
            let region = action.image().and_then(|id| state.facts.image(id)).map(|i| i.region.clone());
            if let Some(region) = region {
                state.acting = Some(action);
                effects.push(Effect::Perform(cleared, region));
            }
            true
        }
        Err(verdict) => {
            refuse(state, &verdict);
            false
        }
    }
}

/// Does what is next in line; where the rules refuse it, the rest is not done either.
pub(super) fn next_intent(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(intent) = state.intents.pop_front()
        && !start(state, intent.action, &intent.accepted, effects)
    {
        state.intents.clear();
    }
}

fn on_performed(state: &mut State, performed: Performed, effects: &mut Vec<Effect>) {
    state.acting = None;
    let action = performed.cleared.action().clone();
    let Some(id) = action.image().cloned() else { return };
    let before = state.facts.image(&id).cloned();
    if let Some(shares) = performed.shares {
        state.facts.set_shares(id.clone(), shares);
    }
    if let Some(image) = performed.image {
        state.facts.add_images([image]);
    } else if performed.trouble.is_none() && matches!(action, Action::Delete { .. }) {
        state.facts.remove_image(&id);
    }
    let name = before.map_or_else(|| id.to_string(), |i| words::plain(&i.name).into_owned());
    if let Some(trouble) = performed.trouble {
        state.intents.clear();
        note_trouble(state, &trouble);
        if let Some(code) = rules::from_refusal(&action, &trouble.code) {
            effects.push(Effect::Log(format!(
                "rule-drift: {code} was not seen, the cloud said {} to {} of {id}",
                trouble.code,
                action.word()
            )));
        }
        if let (Action::Unshare { .. }, Some(image)) = (&action, state.facts.image(&id)) {
            // Some may be cancelled all the same; only a read can tell.
            let shares = Load::Shares(image.region.clone(), id.clone());
            load(state, shares, effects);
        }
        let request = trouble.request_id.map(|r| format!(" · request {r}")).unwrap_or_default();
        state.complain(format!("{name}: {} ({}){request}", trouble.text, trouble.code));
        return;
    }
    state.say(match &action {
        Action::Delete { .. } => format!("{name} is deleted."),
        Action::Unshare { .. } => {
            let left = state.facts.shares(&id).map_or(0, <[_]>::len);
            format!("Shares of {name} are cancelled; {left} left, read back.")
        }
        Action::Rename { .. } => format!("{name} is changed, read back."),
        _ => format!("{name}: done."),
    });
    next_intent(state, effects);
}

// ---- jobs -------------------------------------------------------------------------------------------------------

/// How far a job is, in percent of its cells and edges.
pub(super) fn percent(job: &Job) -> u8 {
    let cells = job.cells.iter().filter(|c| c.state != CellState::Skipped).map(|c| match c.state {
        CellState::Ready | CellState::Failed => 100,
        _ => u32::from(c.percent.unwrap_or(0)).min(99),
    });
    let edges = job
        .edges
        .iter()
        .filter(|e| e.state != EdgeState::Skipped)
        .map(|e| if e.state.is_shared() || e.state == EdgeState::Failed { 100 } else { 0 });
    let (mut sum, mut n) = (0, 0);
    for part in cells.chain(edges) {
        sum += part;
        n += 1;
    }
    u8::try_from(sum.checked_div(n).unwrap_or(100)).unwrap_or(100)
}

/// Takes a job in and has it run.
pub(super) fn start_job(state: &mut State, job: Job, effects: &mut Vec<Effect>) {
    for id in job.cells.iter().filter_map(|c| c.image.clone()).chain([job.image.clone()]) {
        state.facts.busy.insert(id, job.id.clone());
    }
    state.jobs.insert(job.id.clone(), job.clone());
    effects.push(Effect::StartJob(Box::new(job)));
}

/// A job went on: the rows follow it.
fn on_job(state: &mut State, job: Job, effects: &mut Vec<Effect>) {
    let ours = state.profile().is_some_and(|p| p.name == job.profile);
    let old = state.jobs.insert(job.id.clone(), job.clone());
    if !ours {
        return;
    }
    for cell in &job.cells {
        let Some(id) = &cell.image else { continue };
        let was = old.as_ref().and_then(|o| o.cell(&cell.region));
        if !cell.reused {
            state.facts.copies.entry(job.image.clone()).or_default().insert(cell.region.clone(), id.clone());
        }
        if was.is_none_or(|w| w.image != cell.image || w.state != cell.state) {
            load(state, Load::Image(cell.region.clone(), id.clone()), effects);
        } else if let Some(image) = state.facts.image(id)
            && cell.percent.is_some()
            && image.sync_percent != cell.percent
        {
            let image = Image { sync_percent: cell.percent, ..image.clone() };
            state.facts.add_images([image]);
        }
        let shared =
            |j: &Job| j.edges.iter().filter(|e| e.region == cell.region && e.state.is_shared()).count();
        if old.as_ref().map(shared) != Some(shared(&job)) && shared(&job) > 0 {
            load(state, Load::Shares(cell.region.clone(), id.clone()), effects);
        }
    }
    for edge in job.edges.iter().filter(|e| e.ours && e.state.is_shared()) {
        if let Some(id) = job.cell(&edge.region).and_then(|c| c.image.clone()) {
            state.facts.ours.insert((id, edge.account.clone()));
        }
    }
    if !matches!(job.state(), JobState::Running | JobState::Planned) {
        state.facts.busy.retain(|_, of| *of != job.id);
        let was_over = old.is_some_and(|o| !matches!(o.state(), JobState::Running | JobState::Planned));
        if !was_over {
            let (word, _) = super::overlays::state_word(&job);
            state.say(format!("Job {} of {}: {word}.", job.id, words::plain(&job.name)));
        }
    }
}
