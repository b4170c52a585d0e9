//! Every command of the console, one row each: its name in code and in keymap files, its help message,
//! what it works on, and the function that runs it on the tables. Its keys are in `assets/keymap.toml`.
//!
//! Help, footer, palette, keymap files and the table of keys in `docs/cli.md` come from these rows. [`crate::tui::keymap`] makes
//! [`Command`](crate::tui::keymap::Command) of them, [`crate::tui::update::commands`] calls the functions. In a dialog the
//! dialog itself takes the command.

/// Hands all rows to the macro `$make`.
macro_rules! for_each_command {
    ($make:ident) => {
        $make! {
            Up "up" command_move_up Console => |s, e| move_in_table(s, Command::Up, e);
            Down "down" command_move_down Console => |s, e| move_in_table(s, Command::Down, e);
            Left "left" command_move_left Dialog => in_dialogs_only;
            Right "right" command_move_right Dialog => in_dialogs_only;
            Top "top" command_to_first_row Console => |s, e| move_in_table(s, Command::Top, e);
            Bottom "bottom" command_to_last_row Console => |s, e| move_in_table(s, Command::Bottom, e);
            PageUp "page_up" command_page_up Console => |s, e| move_in_table(s, Command::PageUp, e);
            PageDown "page_down" command_page_down Console => |s, e| move_in_table(s, Command::PageDown, e);
            TabImages "tab_images" common_my_images Console => |s, _| s.switch_tab(Tab::Images);
            TabShared "tab_shared" common_shared_with_me Console => |s, _| s.switch_tab(Tab::Shared);
            TabRegions "tab_regions" common_regions Console => |s, _| s.switch_tab(Tab::Regions);
            TabInstances "tab_instances" common_instances Console => |s, _| s.switch_tab(Tab::Instances);
            NextTab "next_tab" command_next_tab Console => |s, _| turn_by(s, 1);
            PrevTab "prev_tab" command_previous_tab Console => |s, _| turn_by(s, 3);
            Details "details" command_details Row => details;
            GoTo "go_to" command_go_to_related Row => jump_from_row;
            GoBack "go_back" command_back_to_where_last_jump Console => |s, _| go_back_or_forward(s, true);
            GoForward "go_forward" command_forward_again Console => |s, _| go_back_or_forward(s, false);
            Actions "actions" command_actions_with_reasons Row => row_actions;
            Share "share" command_share_guided Image => |s, e| open_action(s, Command::Share, e);
            Copy "copy" command_copy_to_regions Image => |s, e| open_action(s, Command::Copy, e);
            Unshare "unshare" command_cancel_shares Image => |s, e| open_action(s, Command::Unshare, e);
            Rename "rename" command_name_and_description Image => |s, e| open_action(s, Command::Rename, e);
            Launch "launch" command_launch_instance Image => |s, e| open_action(s, Command::Launch, e);
            Reinstall "reinstall" command_reinstall_instance Instance => |s, e| open_action(s, Command::Reinstall, e);
            Capture "capture" command_make_image_instance Instance => |s, e| open_action(s, Command::Capture, e);
            Delete "delete" action_delete Image => |s, e| open_action(s, Command::Delete, e);
            Trust "trust" command_trust_or_name_account AnyRow => trust;
            Newer "newer" command_newer_limits Console => newer;
            Note "note" command_note_your_own Received => note;
            Hide "hide" command_hide Received => hide;
            ShowHidden "show_hidden" command_toggle_hidden Console => show_hidden;
            Mark "mark" command_mark Row => mark;
            MarkTo "mark_to" command_mark_range Row => mark_to;
            Invert "invert" command_invert_marks Console => |s, _| s.table_mut().invert();
            Filter "filter" command_filter Console => |s, _| s.table_mut().filtering = true;
            Families "families" command_group_copies MyImages => families;
            SortLeft "sort_left" command_sort_by_column_to_left Console => |s, _| sort_by_neighbour(s, false);
            SortRight "sort_right" command_sort_by_column_to_right Console => |s, _| sort_by_neighbour(s, true);
            SortReverse "sort_reverse" command_turn_order Console => reverse_order;
            Refresh "refresh" command_refresh Console => refresh;
            Jobs "jobs" command_jobs Console => jobs;
            Messages "messages" command_messages_and_calls Console => |s, _| s.open(Reader::new(ReaderPage::Messages));
            Doctor "doctor" command_doctor Console => doctor;
            Profile "profile" command_profile Console => |s, _| open_picker(s, Subject::Profiles);
            Regions "regions" command_regions_in_view Console => |s, _| open_picker(s, Subject::Regions);
            CopyId "copy_id" command_copy_id Row => copy_id;
            Palette "palette" command_all_commands Console => |s, _| open_picker(s, Subject::Commands);
            Help "help" command_help Console => |s, _| s.open(Reader::new(ReaderPage::Help));
            Rules "rules" command_rules Console => |s, _| s.open(Rules::new(None));
            ReadOnly "read_only" command_read_only Console => read_only;
            Confirm "confirm" command_go_on Dialog => in_dialogs_only;
            NextField "next_field" command_next_field Dialog => in_dialogs_only;
            PrevField "prev_field" command_previous_field Dialog => in_dialogs_only;
            Drop "drop" command_drop_it Dialog => in_dialogs_only;
            Reuse "reuse" command_use_existing Dialog => in_dialogs_only;
            OtherName "other_name" command_copy_under_another_name Dialog => in_dialogs_only;
            Retry "retry" command_try_again Dialog => in_dialogs_only;
            Undo "undo" command_undo_job Dialog => in_dialogs_only;
            CopyText "copy_text" command_copy_text Dialog => in_dialogs_only;
            Back "back" command_back Console => back;
            Quit "quit" command_quit Console => quit;
            Suspend "suspend" command_suspend Console => |_, e| e.push(Effect::Suspend);
            Mouse "mouse" command_mouse Console => mouse;
            Redraw "redraw" command_draw_screen_anew Console => |_, e| e.push(Effect::Redraw);
        }
    };
}
