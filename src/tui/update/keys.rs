//! Keys, pastes and the commands that they mean.

use crate::{
    facts::Load,
    i18n::lang::tell,
    jobs::Job,
    model::ImageKind,
    tui::{
        app::{
            accounts::{go_by_newer, hide},
            actions, batch,
            effect::{Effect, JobOrder},
            hints,
            jobs::look_at_job,
            reads::{connect, fetch, load, load_view},
            state::{
                LoadState, State,
                dialog::{Dialog, Input, Outcome},
            },
            table::Tab,
        },
        keymap::{
            Command, Context,
            key::{Code as KeyCode, Key},
        },
        screens::{
            accounts::Accounts,
            doctor::Doctor,
            jobs::JobScreen,
            jumps::go_along,
            menu::Menu,
            note::Note,
            picker::{Picker, Subject},
            reader::{Page, Reader},
            rules::Rules,
        },
        update::open::{wish, wish_one},
        widgets::{field::Field, list::moved},
    },
};

pub(crate) fn on_key(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    // Esc and a key typed right after it arrive like Alt and that key; where Alt means nothing, it was Esc.
    let context = if state.overlays.is_empty() { Context::Table } else { Context::Overlay };
    let edits = state.overlays.last().is_some_and(|top| top.typing()) && Field::edits(key);
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
    // A menu takes the keys of its actions as the table does.
    let action = state.keymap.command(Context::Table, key);
    let command =
        action.filter(|c| overlay.takes(*c, state)).or_else(|| state.keymap.command(Context::Overlay, key));
    let input = match command {
        // What a field can take is no command, but Esc and Enter and what else no field takes still are.
        Some(_) if overlay.typing() && Field::edits(key) => Input::Typed(key),
        Some(command @ (Command::Quit | Command::Suspend | Command::Redraw)) => {
            state.overlays.push(overlay);
            return on_table(state, command, asked, effects);
        }
        Some(Command::Help) if !overlay.is::<Reader>() => {
            state.overlays.push(overlay);
            state.open(Reader::new(Page::Help));
            return;
        }
        Some(Command::Rules) if !overlay.is::<Rules>() => {
            let at = overlay.rule(state);
            state.overlays.push(overlay);
            state.open(Rules::new(at));
            return;
        }
        Some(command) => Input::Command(command),
        None => Input::Typed(key),
    };
    let outcome = overlay.on(&input, state, effects);
    after(state, overlay, outcome, effects);
}

pub(crate) fn on_paste(state: &mut State, text: String, effects: &mut Vec<Effect>) {
    if let Some(mut overlay) = state.overlays.pop() {
        let outcome = overlay.on(&Input::Paste(text), state, effects);
        after(state, overlay, outcome, effects);
    } else if state.table().filtering {
        let line: String = text.chars().filter(|c| !c.is_control()).collect();
        let table = state.table_mut();
        table.filter.push_str(&line);
        table.refilter();
    }
}

pub(crate) fn after(
    state: &mut State,
    overlay: Box<dyn Dialog>,
    outcome: Outcome,
    effects: &mut Vec<Effect>,
) {
    match outcome {
        Outcome::Stay => state.overlays.push(overlay),
        Outcome::Close => {}
        Outcome::Replace(next) => state.overlays.push(next),
        Outcome::Open(next) => state.overlays.extend([overlay, next]),
        Outcome::OnRow(command) if !batch::marked(state, command).is_empty() => {
            wish_one(state, command, effects);
        }
        Outcome::Command(command) | Outcome::OnRow(command) => on_command(state, command, effects),
    }
}

pub(crate) fn on_filter(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    let table = state.table_mut();
    match (key.code, key.typed()) {
        (KeyCode::Enter, _) => return table.filtering = false,
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
    table.refilter();
}

/// Moves on the table; the pane follows when the keys rest.
pub(crate) fn go(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let page = state.rows_height();
    let table = state.table_mut();
    let mut to = table.cursor;
    moved(&mut to, table.rows.len(), page.max(1), command);
    table.chosen = true;
    if to != table.cursor {
        table.move_to(to);
        state.settle += 1;
        effects.push(Effect::Settle(state.settle));
    }
}

/// A command; quitting remembers whether it was asked just before.
pub(crate) fn on_table(state: &mut State, command: Command, asked: bool, effects: &mut Vec<Effect>) {
    state.quit_asked = asked;
    on_command(state, command, effects);
    state.quit_asked &= command == Command::Quit;
}

pub(crate) fn on_command(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    hints::used(state, command);
    if of_the_row(command) {
        // Whatever is read, filtered or sorted meanwhile, the cursor stays on the row that is acted on.
        let table = state.table_mut();
        table.chosen |= table.selected.is_some();
    }
    match command {
        Command::Up
        | Command::Down
        | Command::Top
        | Command::Bottom
        | Command::PageUp
        | Command::PageDown => {
            go(state, command, effects);
        }
        Command::TabImages => state.turn_to(Tab::Images),
        Command::TabShared => state.turn_to(Tab::Shared),
        Command::TabRegions => state.turn_to(Tab::Regions),
        Command::TabInstances => state.turn_to(Tab::Instances),
        Command::NextTab => state.turn_to(Tab::ALL[(state.tab as usize + 1) % 4]),
        Command::PrevTab => state.turn_to(Tab::ALL[(state.tab as usize + 3) % 4]),
        Command::Mark => {
            state.table_mut().mark();
            go(state, Command::Down, effects);
        }
        Command::MarkTo => {
            let marked = state.table_mut().mark_to(lang);
            if let Some(text) = marked {
                state.say(text);
            }
        }
        // Of the rows that are shown; what is marked beside them stays so.
        Command::Invert => state.table_mut().invert(),
        Command::Filter => state.table_mut().filtering = true,
        Command::Families => families(state),
        Command::GoTo => {
            if let Some(row) = state.selected().cloned() {
                open_picker(state, Subject::Jumps(row));
            }
        }
        Command::GoBack => go_along(state, true),
        Command::GoForward => go_along(state, false),
        Command::SortLeft | Command::SortRight => {
            let columns = state.tab.columns();
            let table = state.table_mut();
            let step = if command == Command::SortRight { 1 } else { columns.len() - 1 };
            let now = columns.iter().position(|c| c.field == table.sort).unwrap_or(0);
            table.sort = columns[(now + step) % columns.len()].field;
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
                table.refilter();
            } else {
                table.marks.clear();
                table.anchor = None;
            }
        }
        Command::ReadOnly => {
            let on = !state.facts.standing.read_only;
            state.facts.standing_mut().read_only = on;
            state.say(if on {
                lang.of("Read-only: nothing will be changed.", "只读：不会改动任何东西。")
            } else {
                lang.of("Changes are possible again.", "可以改动了。")
            });
        }
        Command::CopyId => {
            if let Some(row) = state.selected() {
                let id = row.as_str().to_owned();
                state.say(tell!(
                    lang,
                    "{id} was sent to the terminal's clipboard.",
                    "{id} 已发送到终端的剪贴板。"
                ));
                effects.push(Effect::Clipboard(id));
            }
        }
        Command::Help => state.open(Reader::new(Page::Help)),
        Command::Rules => state.open(Rules::new(None)),
        Command::Messages => state.open(Reader::new(Page::Messages)),
        Command::Doctor => {
            state.doctor = Doctor::Looking;
            effects.push(Effect::Doctor);
            state.open(Reader::new(Page::Doctor));
        }
        Command::Profile => open_picker(state, Subject::Profiles),
        Command::Regions => open_picker(state, Subject::Regions),
        Command::Palette => open_picker(state, Subject::Commands),
        Command::Jobs => {
            // Another terminal may have begun some.
            effects.push(Effect::Recall);
            open_jobs(state, effects);
        }
        Command::Details => {
            if let Some(row) = state.selected().cloned() {
                state.open(Reader::new(Page::Details(row)));
            }
        }
        Command::Actions => {
            if let Some(row) = state.selected().cloned() {
                // What did not come before is asked again: here is where it is missed.
                let lines = actions::lines(state, &row);
                let lacking: Vec<_> =
                    lines.into_iter().flat_map(|line| line.verdict.missing.clone()).collect();
                fetch(state, &lacking, effects);
                state.open(Menu::new(row, 0));
            }
        }
        Command::Suspend => effects.push(Effect::Suspend),
        Command::Redraw => effects.push(Effect::Redraw),
        Command::Mouse => {
            state.mouse = !state.mouse;
            effects.push(Effect::Mouse(state.mouse));
            let key = state.keymap.hint(Context::Table, Command::Mouse);
            state.say(if state.mouse {
                tell!(
                    lang,
                    "The mouse is on: click what you see. {key} gives it back to the terminal, to mark text.",
                    "鼠标已开启：点击所见即可。{key} 把它还给终端，用来选取文字。"
                )
            } else {
                lang.of("The mouse is the terminal's again.", "鼠标已还给终端。").to_owned()
            });
        }
        Command::Quit => quit(state, effects),
        Command::Trust => {
            let row = state.selected().cloned();
            state.open(Accounts::new(row));
        }
        Command::Note => match state.selected_image().filter(|i| i.kind == ImageKind::Received) {
            Some(image) => {
                let note = Note::new(image.id.clone(), state);
                state.open(note);
            }
            None => state.say(lang.of(
                "A note is for an image that was shared with you; one of yours has a description.",
                "备注用于别人共享给您的镜像；您自己的镜像有描述。",
            )),
        },
        Command::Hide => hide(state, effects),
        Command::Newer => {
            let row = state.selected().cloned();
            let lines = row.map(|row| actions::lines(state, &row)).unwrap_or_default();
            match lines.iter().any(|line| actions::lifted(&line.verdict)) {
                true => go_by_newer(state, effects),
                false => state.say(
                    lang.of("No figure of the FAQ stands in the way here.", "这里没有被 FAQ 的数字限制。"),
                ),
            }
        }
        Command::ShowHidden => {
            state.show_hidden = !state.show_hidden;
            state.say(if state.show_hidden {
                lang.of("Hidden images are shown too.", "也显示隐藏的镜像。")
            } else {
                lang.of("Hidden images are not shown.", "不显示隐藏的镜像。")
            });
            state.stale();
        }
        _ => wish(state, command, effects),
    }
}

/// Whether a command is about the selected row, rather than about the table or the console.
fn of_the_row(command: Command) -> bool {
    use Command::{
        Actions, Capture, Copy, CopyId, Delete, Details, Launch, Note, Reinstall, Rename, Share, Trust,
        Unshare,
    };
    matches!(
        command,
        Actions
            | Capture
            | Copy
            | CopyId
            | Delete
            | Details
            | Launch
            | Note
            | Reinstall
            | Rename
            | Share
            | Trust
            | Unshare
    )
}

/// One row for all copies of an image, or one for each.
fn families(state: &mut State) {
    let lang = state.lang;
    if state.tab != Tab::Images {
        return state.say(lang.of(
            "Copies are of your own images: My Images shows one row for all copies of one.",
            "副本属于您自己的镜像：“我的镜像”可以把副本合为一行。",
        ));
    }
    let table = state.table_mut();
    table.families = !table.families;
    table.refilter();
    state.say(if state.table().families {
        lang.of(
            "One row for all copies of an image; actions are for the row's own.",
            "同一镜像的副本合为一行；操作只针对本行的镜像。",
        )
    } else {
        lang.of("Each copy has its own row again.", "每个副本重新各占一行。")
    });
}

pub(crate) fn quit(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let here = state.running_jobs().filter(|j| !state.drivers.contains_key(&j.id));
    let (ending, going): (Vec<&Job>, Vec<&Job>) = here
        .partition(|job| state.profiles.iter().any(|p| p.name == job.profile && p.demo && state.own_cloud));
    let (ending, going) = (ending.len(), going.len());
    if ending + going > 0 && !state.quit_asked {
        state.quit_asked = true;
        let run = |n: usize| {
            if n == 1 {
                lang.of("1 job runs", "1 个任务在进行").to_owned()
            } else {
                tell!(lang, "{n} jobs run", "{n} 个任务在进行")
            }
        };
        let mut text = String::new();
        if going > 0 {
            let it = if going == 1 { "it goes" } else { "they go" };
            let run = run(going);
            text += &tell!(lang, "{run}; {it} on in the background. ", "{run}，退出后在后台继续。");
        }
        if ending > 0 {
            let it = if ending == 1 { "its cloud ends" } else { "their cloud ends" };
            let run = run(ending);
            text += &tell!(lang, "{run}; {it} with this console. ", "{run}，它的内置云随本程序结束。");
        }
        state.complain(tell!(lang, "{text}Once more to leave.", "{text}再按一次退出。"));
        return;
    }
    effects.push(Effect::Quit);
}

pub(crate) fn open_picker(state: &mut State, subject: Subject) {
    let picker = Picker::new(subject, state);
    state.open(picker);
}

pub(crate) fn open_jobs(state: &mut State, effects: &mut Vec<Effect>) {
    let only = (state.jobs.len() == 1).then(|| state.jobs.keys().next().cloned()).flatten();
    match only {
        Some(id) => {
            look_at_job(state, &id, effects);
            state.open(JobScreen::new(id));
        }
        None => open_picker(state, Subject::Jobs),
    }
}

pub(crate) fn refresh(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    if !state.connected {
        // What failed at the start is tried again whole.
        let index = state.profile;
        return connect(state, index, effects);
    }
    // Read again when they come into sight; what is under way comes by itself.
    state.loads.retain(|what, at| {
        matches!(at, LoadState::Loading(_))
            || !matches!(what, Load::Shares(..) | Load::Probe(..) | Load::Quota(_) | Load::Image(..))
    });
    load(state, Load::Identity, effects);
    load(state, Load::Regions, effects);
    load_view(state, effects);
    effects.push(Effect::Recall);
    let paused = state.jobs.values().filter(|j| j.paused.is_some()).cloned();
    effects.extend(paused.map(|job| Effect::Order(Box::new(job), JobOrder::Resume)));
    state.say(lang.of("Asking again.", "重新查询。"));
}
