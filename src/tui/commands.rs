//! Every command of the console, one row each: its name in code and in keymap files, the help in English and Chinese,
//! what it works on, and the function that runs it on the tables. Its keys are in `assets/keymap.toml`.
//!
//! Help, footer, palette, keymap files and the table of keys in `docs/cli.md` come from these rows. [`crate::tui::keymap`] makes
//! [`Command`](crate::tui::keymap::Command) of them, [`crate::tui::update::commands`] calls the functions. In a dialog the
//! dialog itself takes the command.

/// Hands all rows to the macro `$make`.
macro_rules! for_each_command {
    ($make:ident) => {
        $make! {
            Up "up" "move up" "上移" Console => |s, e| go(s, Command::Up, e);
            Down "down" "move down" "下移" Console => |s, e| go(s, Command::Down, e);
            Left "left" "move left" "左移" Dialog => in_dialogs_only;
            Right "right" "move right" "右移" Dialog => in_dialogs_only;
            Top "top" "to the first row" "到第一行" Console => |s, e| go(s, Command::Top, e);
            Bottom "bottom" "to the last row" "到最后一行" Console => |s, e| go(s, Command::Bottom, e);
            PageUp "page_up" "a page up" "上翻一页" Console => |s, e| go(s, Command::PageUp, e);
            PageDown "page_down" "a page down" "下翻一页" Console => |s, e| go(s, Command::PageDown, e);
            TabImages "tab_images" "My Images" "我的镜像" Console => |s, _| s.turn_to(Tab::Images);
            TabShared "tab_shared" "Shared With Me" "共享给我" Console => |s, _| s.turn_to(Tab::Shared);
            TabRegions "tab_regions" "Regions" "地域" Console => |s, _| s.turn_to(Tab::Regions);
            TabInstances "tab_instances" "Instances" "实例" Console => |s, _| s.turn_to(Tab::Instances);
            NextTab "next_tab" "next tab" "下一个标签页" Console => |s, _| turn_by(s, 1);
            PrevTab "prev_tab" "previous tab" "上一个标签页" Console => |s, _| turn_by(s, 3);
            Details "details" "details" "详情" Row => details;
            GoTo "go_to" "go to what belongs to it" "转到相关的行" Row => jump_from_row;
            GoBack "go_back" "back to where the last jump came from" "回到上次跳转之前" Console => |s, _| go_along(s, true);
            GoForward "go_forward" "forward again" "再次前进" Console => |s, _| go_along(s, false);
            Actions "actions" "actions, with reasons" "操作及理由" Row => row_actions;
            Share "share" "share (guided)" "共享（向导）" Image => |s, e| open_action(s, Command::Share, e);
            Copy "copy" "copy to regions" "复制到其他地域" Image => |s, e| open_action(s, Command::Copy, e);
            Unshare "unshare" "cancel shares" "取消共享" Image => |s, e| open_action(s, Command::Unshare, e);
            Rename "rename" "name and description" "名称和描述" Image => |s, e| open_action(s, Command::Rename, e);
            Launch "launch" "launch an instance" "创建实例" Image => |s, e| open_action(s, Command::Launch, e);
            Reinstall "reinstall" "reinstall an instance" "重装实例的系统" Instance => |s, e| open_action(s, Command::Reinstall, e);
            Capture "capture" "make an image of an instance" "用实例制作镜像" Instance => |s, e| open_action(s, Command::Capture, e);
            Delete "delete" "delete" "删除" Image => |s, e| open_action(s, Command::Delete, e);
            Trust "trust" "trust or name an account" "信任或命名账号" AnyRow => trust;
            Newer "newer" "go by the newer pages' figures" "采用较新文档的数字" Console => newer;
            Note "note" "a note of your own" "自己的备注" Received => note;
            Hide "hide" "hide here, or show again" "在此隐藏，或重新显示" Received => hide;
            ShowHidden "show_hidden" "hidden ones too, or not" "显示或不显示隐藏的行" Console => show_hidden;
            Mark "mark" "mark" "标记" Row => mark;
            MarkTo "mark_to" "mark from the last mark to here" "从上一个标记到此处全部标记" Row => mark_to;
            Invert "invert" "invert the marks" "反转标记" Console => |s, _| s.table_mut().invert();
            Filter "filter" "filter" "筛选" Console => |s, _| s.table_mut().filtering = true;
            Families "families" "one row for all copies of an image, or each" "同一镜像的副本合为一行，或分开" MyImages => families;
            SortLeft "sort_left" "sort by the column to the left" "按左边一列排序" Console => |s, _| sort_by_neighbour(s, false);
            SortRight "sort_right" "sort by the column to the right" "按右边一列排序" Console => |s, _| sort_by_neighbour(s, true);
            SortReverse "sort_reverse" "turn the order" "颠倒顺序" Console => reverse_order;
            Refresh "refresh" "refresh" "刷新" Console => refresh;
            Jobs "jobs" "jobs" "任务" Console => jobs;
            Messages "messages" "messages and calls" "消息与调用" Console => |s, _| s.open(Reader::new(Page::Messages));
            Doctor "doctor" "doctor: all between here and the cloud" "诊断：从本机到云端的一切" Console => doctor;
            Profile "profile" "profile" "配置" Console => |s, _| open_picker(s, Subject::Profiles);
            Regions "regions" "regions in view" "显示的地域" Console => |s, _| open_picker(s, Subject::Regions);
            CopyId "copy_id" "copy the ID" "复制 ID" Row => copy_id;
            Palette "palette" "all commands" "全部命令" Console => |s, _| open_picker(s, Subject::Commands);
            Help "help" "help" "帮助" Console => |s, _| s.open(Reader::new(Page::Help));
            Rules "rules" "the rules, with search" "规则，可搜索" Console => |s, _| s.open(Rules::new(None));
            ReadOnly "read_only" "read-only on or off" "只读开关" Console => read_only;
            Confirm "confirm" "go on" "继续" Dialog => in_dialogs_only;
            NextField "next_field" "next field" "下一项" Dialog => in_dialogs_only;
            PrevField "prev_field" "previous field" "上一项" Dialog => in_dialogs_only;
            Drop "drop" "drop it" "去掉" Dialog => in_dialogs_only;
            Reuse "reuse" "use what is there" "使用已有的" Dialog => in_dialogs_only;
            OtherName "other_name" "copy under another name" "换个名称复制" Dialog => in_dialogs_only;
            Retry "retry" "try again" "重试" Dialog => in_dialogs_only;
            Undo "undo" "undo what this job did" "撤销这个任务所做的" Dialog => in_dialogs_only;
            CopyText "copy_text" "copy the text" "复制文字" Dialog => in_dialogs_only;
            Back "back" "back" "返回" Console => back;
            Quit "quit" "quit" "退出" Console => quit;
            Suspend "suspend" "suspend" "挂起" Console => |_, e| e.push(Effect::Suspend);
            Mouse "mouse" "mouse on or off" "鼠标开关" Console => mouse;
            Redraw "redraw" "draw the screen anew" "重画屏幕" Console => |_, e| e.push(Effect::Redraw);
        }
    };
}
