## accounts

accounts_account = ACCOUNT
accounts_account_b = account
accounts_accounts = Accounts
accounts_another_account = another account
accounts_goes_by_newer_pages_accounts = { $label } goes by the newer pages: { $accounts } accounts an image, { $images } images a region.{ $until }
accounts_has_it = has it
accounts_has_no_name_any_more = { $uin } has no name any more.
accounts_image_account_that_is_not = An image of an account that is not trusted asks before it is used.
accounts_image_account_that_is_not_b = An image of an account that is not trusted cannot be used.
accounts_is = { $uin } is { $name }.
accounts_is_hidden_here_it_is = { $name } is hidden here; it is still shared with you. { $key } shows hidden ones.
accounts_is_hidden_here_it_is_b = { $name } is hidden here; it is still shared with you.
accounts_is_not_trusted_any_more = is not trusted any more
accounts_is_shown_again = { $name } is shown again.
accounts_is_trusted = is trusted
accounts_its_name = its name
accounts_its_owner = its owner
accounts_no_name = no name
accounts_nobody_is_known_yet = Nobody is known yet.
accounts_noted = Noted.
accounts_only_image_that_was_shared = Only an image that was shared with you can be hidden.
accounts_stop = { $account } { $said }.{ $until }
accounts_there_is_no_note_any = There is no note any more.
accounts_trust_or_not = trust, or not
accounts_trusted = TRUSTED
accounts_trusted_by_profile = Trusted by the profile { $profile }. { $means }
accounts_until_you_leave_demo = {" "}Until you leave the demo.
accounts_what_is_called = what { $uin } is called

## action

action_capture = capture
action_copy = copy
action_delete = delete
action_launch = launch
action_reinstall = reinstall
action_rename = rename
action_share = share
action_unshare = unshare

## actions

actions_and_more_reason = {" "}· and 1 more reason
actions_and_more_reasons = {" "}· and { $n } more reasons
actions_asks = asks · { $short }
actions_blocked = blocked · { $short }{ $more }
actions_does_both = { $key } does both
actions_does_that = { $key } does that
actions_goes_by = { $key } goes by { $figure }
actions_has_text_for_its_owner = { $key } has a text for its owner
actions_hides_it_here = { $key } hides it here
actions_keeps_note_yours = { $key } keeps a note of yours
actions_looks_again = { $key } looks again
actions_ready = ready · { $short }
actions_takes_another_profile = { $key } takes another profile
actions_trusts_it = { $key } trusts it

## answer

answer_yes = y yes

## api

api_language = en-US

## backend

backend_there_is_no_profile = there is no profile { $name }

## batch

batch_all_shares = all { $shares } shares
batch_can = { $capital }: { $can } of { $n } can
batch_cancels_first = cancels { $shares } first
batch_colon = { $name }: { $why }
batch_colon_b = { $images }: { $said }
batch_copy = copy
batch_deleted = deleted
batch_gib_deleted_with_them = { $images }; { $snapshots }, { $gib } GiB, deleted with them.
batch_gib_stay = { $images }; { $snapshots }, { $gib } GiB, stay.
batch_images = { $n } of { $of } images
batch_is_gone = { $image } is gone.
batch_its_share = its 1 share
batch_made_from_them_not_touched = { $images }; { $instances } made from them, not touched.
batch_more = { $more } more
batch_no_longer_shared = no longer shared
batch_reasons_next = reasons of the next
batch_refused = { $done } { $word }, { $refused } refused: { $refusedb }
batch_something_is_still_being_done = Something is still being done; try again when it is over.
batch_stop = { $done } { $word }.
batch_type_delete_to_go_on = Type delete { $can } to go on:
batch_what_is_typed_is_not = What is typed is not what is asked for; nothing was done.
batch_yes = Yes, { $verb } { $can }
batch_yes_cancel_those = Yes, cancel those of { $can }

## capture

capture_asking_for_it = Asking for it …
capture_description_is_longer_than = The description is longer than { $most } characters.
capture_it_is_running_and_is = It is RUNNING and is not forced off for this; stop it first where all must be on its disk.
capture_make_image = Make an image
capture_whether_image_is_being_made = {" "}Whether the image is being made is not known: look at My Images before you try again.
capture_yes_make_image = Yes, make the image

## change

change_cancel_and_delete = cancel all shares and delete { $target }
change_capture = capture { $target }
change_delete = delete { $target }
change_launch = launch { $target }
change_reinstall = reinstall { $target }
change_rename = rename { $target }
change_target = { $name } ({ $id }, { $region })

## chrome

chrome_actions = actions
chrome_all_regions = all regions
chrome_and_more = {" "}and { $failed } more
chrome_as_ago = as of { $age } ago ·{" "}
chrome_as_just_now = as of just now ·{" "}
chrome_asking = { $turning }{ $past }asking … { $total } of { $totalb }
chrome_commands = commands
chrome_copies_as_one = copies as one
chrome_credentials_expired = credentials expired
chrome_did_not_answer = { $past }{ $region }{ $more } did not answer: { $why }
chrome_is_not_whole = { $past }{ $region }{ $more } is not whole: { $why }
chrome_job = 1 job
chrome_jobs = { $n } jobs
chrome_keep_filter = keep the filter
chrome_mine = Mine
chrome_no_credentials = no credentials
chrome_not_known_yet = , { $unsure } not known yet
chrome_not_understood = {" "}· not understood
chrome_offline = offline
chrome_read_only = read-only
chrome_refresh_off = refresh off
chrome_rules = { $standing } rules
chrome_shared = Shared

## cli

cli_console_needs_terminal_for_its = the console needs a terminal for its keys and its screen; in scripts use commands such as cvmshare list images -o json (cvmshare --help names them all), or --plain
cli_lines_cannot_be_written = the lines cannot be written: { $e }
cli_no_threads_can_be_started = no threads can be started: { $e }
cli_only_files_may_be_open = only { $limit } files may be open at once, and { $needed } are needed; raise the limit with ulimit -n 256

## clock

clock_ahead = ahead of
clock_behind = behind
clock_set_clock_for_example_with = ; set the clock, for example with timedatectl set-ntp true
clock_this_machines_clock_is_s = this machine's clock is { $off } s { $side } the cloud's; signatures fail from 300 s on{ $fix }

## cloud

cloud_answer_broke_off = the answer broke off
cloud_answer_incomplete = the answer lacks what was asked for
cloud_answer_large = the answer is large, and others are being read
cloud_answer_not_of_api = the answer is not one of the API's
cloud_answer_too_large = the answer is too large
cloud_answer_too_many_rows = the answer has more rows than were asked for
cloud_answer_without_code = the answer is an error without a code
cloud_endpoint_bad_scheme = the endpoint { $endpoint } must begin with https://, or http:// for this machine
cloud_endpoint_no_url = the endpoint { $endpoint } is no URL such as https://host or http://127.0.0.1:PORT
cloud_endpoint_plain_http = the endpoint { $endpoint } is plain http, which is allowed to this machine only; use https
cloud_endpoint_with_path = the endpoint { $endpoint } must be a host alone, without a path
cloud_endpoint_with_user = the endpoint { $endpoint } must not hold a user name or password
cloud_error_maybe_done = It may have been carried out all the same; look with cvmshare list { $list } before trying again
cloud_host_invalid = { $host } is no host
cloud_http_status = the service answered with HTTP { $status }
cloud_list_cut_after_pages = the list did not end after { $pages } pages; it is cut after { $rows } rows
cloud_list_cut_by_time = the list did not end in time; it is cut after { $rows } rows
cloud_list_repeats = the list repeats itself after { $rows } rows
cloud_list_too_short = the cloud says that there are { $total } rows and sent { $rows }
cloud_no_answer_in_time = no answer within { $seconds } s
cloud_no_connection_in_time = no connection came about in time
cloud_no_region = the cloud has no region { $region }; cvmshare list regions --regions all shows those it has
cloud_no_region_but = the cloud has no region { $region }; is { $nearest } meant?
cloud_row_bad_field = its { $field } is { $value }
cloud_row_list_too_long = a list in it has more than { $entries } entries
cloud_row_no_object = it is no object
cloud_row_no_text = it is no text
cloud_row_too_long = it is longer than { $limit } KiB
cloud_row_without = it has no { $field }
cloud_row_without_zone_or_type = it has no Zone or no InstanceType
cloud_rows_unread = { $unread } of { $all } rows cannot be read; of the first: { $why }
cloud_tls_unusable = the HTTPS client cannot be set up: { $why }; check SSL_CERT_FILE, SSL_CERT_DIR and the proxy variables

## cmd

cmd_audit_no_result_yet = no result yet
cmd_change_cancel_shares_cancels_all_shares = --cancel-shares cancels all shares first, as one step
cmd_change_dry_run_nothing_was_changed = dry run: nothing was changed
cmd_change_is_not_zone_such_as = { $zone } is not a zone such as ap-guangzhou-3
cmd_change_it_is_done_what_came = it is done; what came of it could not be read: { $why }
cmd_change_joined = { $error } ({ $code }{ $id })
cmd_change_shares_with_are_cancelled = the shares with { $accounts } are cancelled
cmd_confirm_go_ahead_y_n = { $what }: go ahead? [y/N]{" "}
cmd_confirm_needs_acceptance =
    { $what }: needs confirmation, but there is no terminal
    Add --yes, which accepts the above, or --dry-run to see what would be done
cmd_confirm_needs_confirmation =
    { $what }: needs confirmation, but there is no terminal
    Add --yes, or --dry-run to see what would be done
cmd_confirm_nothing_was_changed = nothing was changed
cmd_confirm_to_accept = to accept: { $sentence } [{ $code }]
cmd_confirm_type_to_go_ahead = { $what }: type { $name } to go ahead:{" "}
cmd_exposure_unknown_account = unknown account
cmd_job_report_for = For { $all }:
cmd_job_runner_job = job { $id }: { $why }
cmd_job_runner_job_ends_here_its_cloud = job { $id } ends here: its cloud is inside of this program
cmd_job_runner_job_go_on_with_cvmshare = job { $id }: { $why }; go on with: cvmshare jobs resume { $id }
cmd_job_runner_job_goes_on_in_process = job { $id } goes on in process { $pid }
cmd_job_runner_job_is_account_s_and = job { $id } is account { $account }'s, and these credentials are { $caller }'s; choose its profile with --profile { $profile }
cmd_job_runner_job_runs_on_add_endpoint = job { $id } runs on { $endpoint }; add --endpoint { $endpoint }
cmd_job_runner_job_runs_on_vendors_cloud = job { $id } runs on the vendor's cloud; leave --endpoint out
cmd_job_runner_job_stays_as_it_is = job { $id } stays as it is: { $why }
cmd_job_runner_job_stays_as_it_is_b = job { $id } stays as it is; go on with: cvmshare jobs resume { $id }
cmd_job_runner_job_waits_for_sign_in = job { $id } waits for a sign-in ({ $why })
cmd_job_runner_nothing_more_was_sent = { $why }; nothing more was sent
cmd_job_runner_sign_in_elsewhere_then_press = sign in elsewhere, then press Enter; Ctrl-C leaves the job for later
cmd_job_runner_sign_in_then_go_on = sign in, then go on with: cvmshare jobs resume { $id }
cmd_job_runner_signals_cannot_be_heard = signals cannot be heard: { $e }
cmd_job_runner_there_is_no_job_any = there is no job { $id } any more
cmd_jobs_it_waits = it waits: { $text } ({ $code })
cmd_jobs_job_is_over_cvmshare_jobs = job { $id } is over; cvmshare jobs undo { $id } takes back what it did
cmd_jobs_no_job_is_unfinished = no job is unfinished
cmd_jobs_of = { $shared } of { $n }
cmd_jobs_on = { $pid } on { $host }
cmd_jobs_there_is_no_job_cvmshare = there is no job { $id }; cvmshare jobs list names them
cmd_jobs_there_is_no_profile = there is no profile
cmd_jobs_with = { $region } with { $who }: { $why }
cmd_list_is_in_none_regions_asked = { $id } is in none of the regions asked ({ $all }); name its region with --region
cmd_list_of = { $own } of { $all }
cmd_list_waiting_for_regions = waiting for { $left } of { $all } regions …
cmd_lookup_waiting_for_cloud = waiting for the cloud …
cmd_plan_added_cancelled = { $added } added, { $gone } cancelled
cmd_plan_colon = { $file }{ $line }: { $text }
cmd_plan_give_region_code_such_as =
    { $given } is not a region code
    Give a region code such as ap-guangzhou
cmd_plan_in = { $id } in { $region }: { $text } ({ $code })
cmd_plan_is_add_region_to_say =
    { $image } is { $all }
    Add region = to say which is meant, or give its ID
cmd_plan_is_declared_and_nothing_about =
    { $image } is declared, and nothing about it
    Add with = [accounts] or regions = [codes], or take it out
cmd_plan_is_declared_twice_first_in =
    { $image } is declared twice, first in line { $line }
    Join the two into one
cmd_plan_is_neither_account_id_nor =
    { $given } is neither an account ID nor a name; there are: { $all }
    Give an account ID such as 100000000002, or name a group in [groups]
cmd_plan_is_not_account_id_give =
    { $junk } is not an account ID
    Give an account ID, or an account ID and a region such as 100000000002@eu-frankfurt
cmd_plan_is_not_yours_only_its =
    { $id } is not yours
    Only its owner can copy and share it; take it out
cmd_plan_is_which_line_declares_already =
    { $image } is { $id }, which line { $line } declares already
    Join the two into one
cmd_plan_it_declares_images_more_than =
    it declares { $n } images, more than { $limit }
    Divide it into several files
cmd_plan_it_declares_no_image_add =
    it declares no image
    Add a table [[images]] with image and with or regions
cmd_plan_its_copy_in_would_be =
    its copy in { $region } would be called { $name }, and so would that of line { $line }
    Take that region out of one of them
cmd_plan_line = line { $line }, { $name } ({ $id }):
cmd_plan_more_than_receivers_for_one =
    more than { $limit } receivers for one image
    An image can be shared with far fewer accounts; take some out
cmd_plan_nothing_was_cancelled_since_not = nothing was cancelled, since not all of the rest was done
cmd_plan_reuse_true_beside_it = reuse = true beside it
cmd_plan_see_assets_plan_toml_or =
    { $text }
    See assets/plan.toml, or the README, for what such a file holds
cmd_plan_share_list_still_shows_some = the share list still shows some of them; it may lag behind
cmd_plan_there_is_no_own_image =
    there is no own image { $image } in { $places }
    Mend the name, or add region = with the region that it is in
cmd_plan_to_add_there_already_not = { $add } to add, { $there } there already, { $extra } not in the file
cmd_plan_to_add_to_cancel = { $add } to add, { $gone } to cancel
cmd_planned_cloud_would_refuse_it = { $region }: the cloud would refuse it: { $text } ({ $code })
cmd_planned_not_known = not known: { $missing_name }
cmd_planned_or_where_is_copy_it = {"  "}-> or, where { $image } is a copy of it, take it with { $reuse }
cmd_planned_summary = Job { $id }: { $copies } ({ $gib } GiB) and { $shares }
cmd_progress_job_is_driven_by_process = job { $id } is driven by process { $pid } on { $host }; watching
cmd_progress_joined = : { $why } ({ $code })
cmd_progress_shared_with = , shared with { $shared } of { $all }
cmd_share_detach_needs_cloud_that_goes = --detach needs a cloud that goes on without this program; the built-in one ends with it, unless it is served apart (cvmshare emulate) and named with --endpoint
cmd_share_job_cannot_go_on_in = job { $id } cannot go on in the background: { $e }; cvmshare jobs resume { $id } does it here
cmd_share_job_goes_on_in_background = job { $id } goes on in the background; cvmshare jobs show { $id } tells how far it is
cmd_share_job_is_there_already_and = job { $id } is there already and goes on
cmd_share_session_ends_in_min_job = the session ends in { $minutes } min; a job that takes longer waits for a sign-in then
cmd_undo_colon = { $would }{ $word } { $region }: { $what }
cmd_undo_job_is_not_over_cvmshare = job { $id } is not over; cvmshare jobs cancel { $id } comes first
cmd_undo_not_done = not done: { $word } { $region }: { $what }
cmd_undo_not_known = {"  "}- not known: { $what }
cmd_undo_share_list_still_shows = the share list still shows { $all }
cmd_undo_there_is_nothing_to_undo = there is nothing to undo: no share and no copy that job { $id } made is there
cmd_undo_undo_what_job_did = { $steps ->
    [one] Undo what job { $id } did (1 step)
   *[other] Undo what job { $id } did ({ $steps } steps)
 }
cmd_undo_with = { $image } with { $all }
cmd_undo_would = would{" "}
cmd_unshare_cancel_shares_with_accounts = Cancel the shares of { $id } with { $n } accounts
cmd_unshare_cancel_shares_with_all_accounts = Cancel the shares of { $id } with all { $all } accounts
cmd_unshare_image_is_not_known = the image is not known
cmd_unshare_share_list_still_shows_some = the share list still shows some of them; it may lag behind: look again with cvmshare list shares
cmd_verdict_allowed = allowed
cmd_verdict_blocked = blocked
cmd_verdict_colon =
    { $does }{ $name }: { $kind }
    {""}
cmd_verdict_identity = identity
cmd_verdict_image = image { $id }
cmd_verdict_images = images { $region }
cmd_verdict_instance = instance { $id }
cmd_verdict_it_has_changed_meanwhile_and = it has changed meanwhile, and nothing was done
cmd_verdict_joined = {" "}{ $name } ({ $id }, { $region })
cmd_verdict_name_its_region_with_region = Name its region with --region, or try again where the cloud did not answer
cmd_verdict_not_known = not known: { $missing }
cmd_verdict_offers = offers { $region }
cmd_verdict_quota = quota { $region }
cmd_verdict_run_command_again = Run the command again
cmd_verdict_shares = shares { $id }
cmd_verdict_to_accept = to accept: { $risk }
cmd_verdict_was_found_in_none_regions = { $what } was found in none of the regions asked; name its region with --region

## column

column_ago = { $age } ago
column_d = d
column_h = h
column_id = ID
column_just_now = just now
column_min = min
column_now = now
column_y = y

## command

command_actions_with_reasons = actions, with reasons
command_all_commands = all commands
command_back = back
command_back_to_where_last_jump = back to where the last jump came from
command_cancel_shares = cancel shares
command_copy_id = copy the ID
command_copy_text = copy the text
command_copy_to_regions = copy to regions
command_copy_under_another_name = copy under another name
command_delete = delete
command_details = details
command_doctor_all_between_here_and = doctor: all between here and the cloud
command_draw_screen_anew = draw the screen anew
command_drop_it = drop it
command_filter = filter
command_forward_again = forward again
command_go_by_newer_pages_figures = go by the newer pages' figures
command_go_on = go on
command_go_to_what_belongs_to = go to what belongs to it
command_help = help
command_hidden_ones_too_or_not = hidden ones too, or not
command_hide_here_or_show_again = hide here, or show again
command_invert_marks = invert the marks
command_jobs = jobs
command_launch_instance = launch an instance
command_make_image_instance = make an image of an instance
command_mark = mark
command_mark_from_last_mark_to = mark from the last mark to here
command_messages_and_calls = messages and calls
command_mouse_on_or_off = mouse on or off
command_move_down = move down
command_move_left = move left
command_move_right = move right
command_move_up = move up
command_name_and_description = name and description
command_next_field = next field
command_next_tab = next tab
command_note_your_own = a note of your own
command_one_row_for_all_copies = one row for all copies of an image, or each
command_page_down = a page down
command_page_up = a page up
command_previous_field = previous field
command_previous_tab = previous tab
command_profile = profile
command_quit = quit
command_read_only_on_or_off = read-only on or off
command_refresh = refresh
command_regions_in_view = regions in view
command_reinstall_instance = reinstall an instance
command_rules_with_search = the rules, with search
command_share_guided = share (guided)
command_sort_by_column_to_left = sort by the column to the left
command_sort_by_column_to_right = sort by the column to the right
command_suspend = suspend
command_to_first_row = to the first row
command_to_last_row = to the last row
command_trust_or_name_account = trust or name an account
command_try_again = try again
command_turn_order = turn the order
command_undo_what_this_job_did = undo what this job did
command_use_what_is_there = use what is there

## common

common_age = AGE
common_another_process_works_on_job = another process works on job { $id } now
common_asking = asking …
common_asking_what_it_is = { $id } · asking what it is …
common_cannot = cannot · { $short }
common_checking = checking …
common_colon = { $region }: { $why }
common_comma = ,{" "}
common_comma_b = , { $name }
common_copied = copied
common_copy = Copy
common_copying = copying
common_deprecated = deprecated
common_description = description
common_down = down
common_failed = , { $failed } failed
common_go_by_newer_pages = go by the newer pages
common_image = an image
common_image_is_here = the image is here
common_instance = instance
common_instances = Instances
common_is_there = is there
common_it_goes_on_what_comes = It goes on; what comes of it is said here.
common_its_snapshots_stay = ; its snapshots stay
common_job_goes_on_in_background = job { $id } goes on in the background
common_keep = keep
common_leave = leave
common_leave_it = leave it
common_leave_it_running = leave it running
common_left_out = left out
common_more = { $accounts } more
common_my_images = My Images
common_name = NAME
common_name_b = name
common_network = network
common_no = no
common_no_answer = no answer
common_no_b = No
common_no_go_back = No, go back
common_none = none
common_not_known_yet = not known yet
common_not_trusted = not trusted
common_not_whole = not whole
common_nothing_matches = Nothing matches.
common_nothing_stands_in_way = Nothing stands in the way.
common_other_button = other button
common_own = own
common_own_images = own images
common_press_it = press it
common_reached_nobody = reached nobody
common_ready = ready
common_received = received
common_region = region
common_region_b = REGION
common_regions = Regions
common_request = , request { $id }
common_semicolon = ;{" "}
common_share = Share
common_share_b = share
common_shared_with_me = Shared With Me
common_some_facts_are_still_being = Some facts are still being asked for; try again in a moment.
common_some_facts_are_still_being_b = Some facts are still being asked for; the verdict follows.
common_state = STATE
common_take_it = take it
common_take_it_away = take it away
common_there_is_nothing_to_do = There is nothing to do.
common_trusted = trusted
common_type = type
common_unknown = unknown
common_up = up
common_waits_for_sign_in = waits for a sign-in
common_with_its_snapshots = , with its snapshots
common_yes = yes
common_yes_i_accept_risk = Yes, I accept the risk
common_zone = zone

## config

config_error = { $place }: { $message }
config_no_receiver = { $junk } is not an account ID, or an account ID and a region such as 100000000002@eu-frankfurt

## confirm

confirm_all_shares = all { $n } shares
confirm_all_shares_b = all shares
confirm_called = , called { $n }
confirm_cancel_for = Cancel for { $named }: { $who }
confirm_change = Change { $named }
confirm_delete = Delete { $named }{ $snapshots }
confirm_does_not_match_nothing_was = The { $what } does not match; nothing was done.
confirm_image = the image { $n }
confirm_in = {" "}in { $z }
confirm_its_one_share = its one share
confirm_its_snapshots_too = its snapshots too
confirm_launch_one_from = Launch one { $kind }{ $place } from { $named }{ $called }
confirm_make = Make { $image } of { $machine }
confirm_reinstall = Reinstall { $machine }{ $with }
confirm_with = {" "}with { $named }
confirm_yes_cancel_all_and_delete = Yes, cancel all and delete
confirm_yes_delete = Yes, delete

## console

console_commands_asking_again = Asking again.
console_commands_changes_are_possible_again = Changes are possible again.
console_commands_copies_are_your_own_images = Copies are of your own images: My Images shows one row for all copies of one.
console_commands_each_copy_has_its_own = Each copy has its own row again.
console_commands_hidden_images_are_not_shown = Hidden images are not shown.
console_commands_hidden_images_are_shown_too = Hidden images are shown too.
console_commands_mouse_is_on_click_what = The mouse is on: click what you see. { $key } gives it back to the terminal, to mark text.
console_commands_mouse_is_terminals_again = The mouse is the terminal's again.
console_commands_no_figure_faq_stands_in = No figure of the FAQ stands in the way here.
console_commands_note_is_for_image_that = A note is for an image that was shared with you; one of yours has a description.
console_commands_once_more_to_leave = { $text } Press q again to quit.
console_commands_one_row_for_all_copies = One row for all copies of an image; actions are for the row's own.
console_commands_read_only_nothing_will_be = Read-only: nothing will be changed.
console_commands_was_sent_to_terminals_clipboard = { $id } was sent to the terminal's clipboard.
console_done_cloud_took_it = { $name }: the cloud took it
console_done_done = { $name }: done.
console_done_image_was_begun = the image { $made } was begun
console_done_is_changed_read_back = { $name } is changed, read back.
console_done_is_deleted = { $name } is deleted.
console_done_is_read_back = { $name }: { $operation } is { $outcome }, read back.
console_done_is_read_back_instances_shows = { $name } · { $id } is { $i }, read back. Instances shows it.
console_done_is_read_back_my_images = { $name } · { $id } is { $i }, read back. My Images shows it.
console_done_it_could_not_be_read = { $what }; it could not be read back: { $trouble } ({ $code })
console_done_reinstallation_was_taken = { $name }: the reinstallation was taken.
console_done_shares_are_cancelled_left_read = Shares of { $name } are cancelled; { $left } left, read back.
console_done_was_begun_cloud_does_not = { $made } was begun; the cloud does not list it yet.
console_done_was_made_from = { $made } was made from { $name }
console_done_was_made_from_cloud_does = { $made } was made from { $name }; the cloud does not list it yet.
console_done_whether_it_was_done_is = {" "}Whether it was done is not known.
console_found_turns_to_it = Found { $found }; { $key } turns to it.
console_it_holds_until_you_leave = It holds until you leave; it could not be kept. { $error }
console_jobs_go_on_shows_them = { $jobs } go on. { $key } shows them.
console_jobs_goes_on_shows_it = { $jobs } goes on. { $key } shows it.
console_jobs_job = Job { $id } of { $name }: { $word }.
console_jobs_read_only_so_nothing_goes = { $jobs }; read-only, so nothing goes on here. { $key } shows them.
console_jobs_unfinished_job = 1 unfinished job
console_jobs_unfinished_jobs = { $open } unfinished jobs
console_kept_in = {" "}Kept in { $file }.
console_not_sent_terminals_take_bytes = Not sent: terminals take { $limit } bytes, and the text has { $bytes }. Mark fewer rows.
console_open_copy_is_in_launch_goes = The copy of { $name } is in { $region }; the launch goes on.
console_open_delete = Delete { $name }
console_open_each_family_image_its_row = Of each family the image of its row alone; the copies are not touched.
console_open_for_in_alone_its_not = For { $name } in { $region } alone; its { $copies } not touched.
console_open_several_are_still_being_done = Several are still being done; try again when it is over.
console_open_there_is_nothing_to_here = There is nothing to { $what } here.
console_quit_background = { $n ->
    [one] 1 job is running and continues in the background.
   *[other] { $n } jobs are running and continue in the background.
 }
console_quit_demo = { $n ->
    [one] 1 job is running and ends with the demo.
   *[other] { $n } jobs are running and end with the demo.
 }
console_something_went_wrong_inside = Something went wrong inside: { $text }
console_there_is_no_shell_here = There is no shell here that could let it go on; it was not stopped.
console_undo_copies_in_are_deleted = the copies of { $name } in { $places } are deleted
console_undo_copy_in_is_deleted = the copy of { $name } in { $places } is deleted
console_undo_not_undone = Not undone: { $rest }
console_undo_partly_undone = Partly undone: { $done }. { $rest }
console_undo_share_is_cancelled = 1 share of { $name } is cancelled
console_undo_share_list_still_shows_some = the share list still shows some of them
console_undo_shares_are_cancelled = { $n } shares of { $name } are cancelled
console_undo_there_is_nothing_to_undo = There is nothing to undo: no share and no copy that this job made is there.
console_undo_undone = Undone: { $done }.
console_your_notes_images_are_not = Your notes of images are not shown. { $error }

## count

count_copies = { $n ->
    [one] { $n } copy
   *[other] { $n } copies
 }
count_copies_are = { $n ->
    [one] { $n } copy is
   *[other] { $n } copies are
 }
count_images = { $n ->
    [one] { $n } image
   *[other] { $n } images
 }
count_instances = { $n ->
    [one] { $n } instance
   *[other] { $n } instances
 }
count_instances_run_it = { $n ->
    [one] { $n } instance runs it
   *[other] { $n } instances run it
 }
count_marked_rows = { $n ->
    [one] { $n } marked row
   *[other] { $n } marked rows
 }
count_own_images = { $n ->
    [one] { $n } own image
   *[other] { $n } own images
 }
count_received_images = { $n ->
    [one] { $n } received image
   *[other] { $n } received images
 }
count_regions = { $n ->
    [one] { $n } region
   *[other] { $n } regions
 }
count_rows = { $n ->
    [one] 1 row
   *[other] { $n } rows
  }
count_rules = { $n ->
    [one] { $n } rule
   *[other] { $n } rules
 }
count_shares = { $n ->
    [one] { $n } share
   *[other] { $n } shares
 }
count_snapshots = { $n ->
    [one] { $n } snapshot
   *[other] { $n } snapshots
 }

## credentials

credentials_as_role = { $origin }, as { $role }
credentials_bad_duration = { $name } is not a number of seconds such as 7200
credentials_bad_line = line { $line } is not what the official CLI writes; run tccli configure
credentials_expired = the credentials from { $origin } have expired
credentials_from_demo = demo account { $uin }
credentials_from_environment = the environment
credentials_half = { $missing } is not set; set both variables or neither
credentials_how_to_get =
    { $why }
    Run tccli configure or set these variables; or add --demo to use the built-in cloud, which needs no account
credentials_incomplete = secretId or secretKey is missing; run tccli configure
credentials_ini_incomplete = secret_id or secret_key is missing from its [default] section
credentials_malformed = the credentials from { $origin } hold characters that no key has
credentials_metadata_service = the metadata service of this machine
credentials_none = there are no credentials
credentials_not_among_demo = the demo accounts, among which { $uin } is not
credentials_not_found = no credentials were found; looked at { $looked }
credentials_not_in_environment = TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY
credentials_of_machine_role = the role { $name } of this machine
credentials_other_account = the credentials in { $origin } belong to account { $theirs } now, not to { $ours }; start again to work with it
credentials_role_refused = it refused the keys for the role { $name }
credentials_role_unreadable = its answer has no keys for the role { $name }
credentials_role_without_keys = it has no keys for the role { $name }
credentials_sign_in_expired = its sign-in has expired; sign in again with the official CLI
credentials_unusable = the credentials in { $place } cannot be used: { $why }

## detach

detach_job_cannot_be_taken_into = the job cannot be taken into the background: { $e }

## doctor

doctor_as_says = as { $name } says
doctor_bit_terminals_own_are_used = 24 bit; the terminal's own 16 are used
doctor_built_in_cloud_this_process = { $at }, the built-in cloud of this process
doctor_bytes = , { $n } bytes
doctor_cannot_be_asked_about_without = { $rest } cannot be asked about without doing them
doctor_cannot_be_made_cannot_be = { $dir } cannot be made: { $place } cannot be written
doctor_cannot_be_written = { $place } cannot be written
doctor_cvmshare_jobs_list_names_them = cvmshare jobs list names them, cvmshare jobs resume goes on with them
doctor_in_profile = in { $origin } (profile { $profile }){ $lasts }
doctor_joined = { $account } ({ $kind } { $user })
doctor_keys_and_screen = keys and screen
doctor_looking_at_everything_between = Looking at everything between here and the cloud …
doctor_make_it_writable_for_you = Make it writable for you, or set CVMSHARE_STATE_DIR to a directory that is
doctor_mode = { $shown }, mode { $mode }{ $size }
doctor_mode_others_may_read_or = { $shown }, mode { $mode }; others may read or write it
doctor_move_it_away = Move it away
doctor_no_locale_is_set = no locale is set
doctor_no_terminal = stdin and stdout are not both terminals; the console needs that
doctor_none = none
doctor_not_denied = not denied
doctor_not_known = not known
doctor_not_set = not set
doctor_not_there_yet = { $shown }, not there yet
doctor_nothing_is_wrong = Nothing is wrong.
doctor_off = off
doctor_others_may_read_it = { $text }; others may read it
doctor_others_may_write_it = { $text }; others may write it
doctor_s = { $clock_skew } s
doctor_screen_copying_is_wrapped_for = screen; copying is wrapped for it
doctor_set_clock_for_example_with = Set the clock, for example with timedatectl set-ntp true
doctor_set_lang_to_utf_locale = Set LANG to a UTF-8 locale such as C.UTF-8, or use --ascii
doctor_set_term_to_what_terminal = Set TERM to what the terminal is, such as xterm-256color
doctor_terminals_own_are_used = 256; the terminal's own 16 are used
doctor_thing_is_wrong = 1 thing is wrong.
doctor_things_are_wrong = { $n } things are wrong.
doctor_tmux_copying_goes_through_its = tmux; copying goes through its own buffer
doctor_until = , until { $end }
doctor_vendors_own_hosts = the vendor's own hosts ({ $site })
doctor_whole_jobs_unfinished_calls = whole; { $jobs } jobs, { $left } unfinished, { $open } calls without a known result
doctor_word_account = account
doctor_word_all = all
doctor_word_characters = characters
doctor_word_clock = clock
doctor_word_colours = colours
doctor_word_config = config
doctor_word_content = content
doctor_word_credentials = credentials
doctor_word_endpoint = endpoint
doctor_word_found = found
doctor_word_journal = journal
doctor_word_keymap = keymap
doctor_word_log = log
doctor_word_mode = mode
doctor_word_multiplexer = multiplexer
doctor_word_network = network
doctor_word_note = note
doctor_word_notes = notes
doctor_word_ok = ok
doctor_word_others = others
doctor_word_paths = paths
doctor_word_permissions = permissions
doctor_word_proxy = proxy
doctor_word_regions = regions
doctor_word_settings = settings
doctor_word_size = size
doctor_word_skew = skew
doctor_word_state = state
doctor_word_terminal = terminal
doctor_word_themes = themes
doctor_word_view = view
doctor_word_wrong = wrong
doctor_x_shows_every_column_that = 80x24 shows every column that matters
doctor_yes_copying_asks_terminal_at = yes; copying asks the terminal at the other end (OSC 52)

## emulate

emulate_built_in_cloud_listens_on =
    the built-in cloud listens on { $endpoint }
    { $accounts }
emulate_its_proxy_listens_on_for =
    {""}
    its proxy listens on { $proxy }; for most tools:
    {"    "}HTTPS_PROXY={ $proxy } SSL_CERT_FILE={ $ca }

## emulator

emulator_cannot_listen = could not listen on { $address }: { $source }
emulator_certificates_not_made = the proxy's certificates could not be made: { $error }
emulator_certificates_not_used = the proxy's certificates could not be used: { $error }
emulator_certificates_not_written = the certificate of the proxy's authority could not be written: { $error }
emulator_not_loopback = the built-in cloud listens only on loopback addresses, and { $address } is none; give 127.0.0.1:PORT
emulator_scene = the scene cannot be read: { $error }
emulator_speed = the speed is { $speed }; give a number from 0.001 to 1000000, such as 60
emulator_state_in_use = { $path } is in use by another built-in cloud; stop that one, or name another file
emulator_state_not_a_world = { $path } does not hold a world ({ $reason }); move it away, or name another file
emulator_state_unusable = { $path }: { $source }

## error

error_nobody_reads_output = nobody reads the output
error_output_cannot_be_written = the output cannot be written: { $error }

## failure

failure_ask_accounts_administrator_for_it = ask the account's administrator for it
failure_check_key_pair = check the key pair
failure_check_network_and_https_proxy = check the network and HTTPS_PROXY; --regions narrows down what is asked
failure_cloud_took_no_more_calls = the cloud took no more calls for a minute
failure_in = {" "}in { $r }
failure_in_region = { $action } in { $region }: { $what }
failure_joined = { $message }
failure_joined_c = { $message }
failure_joined_d = { $message }
failure_joined_e = { $message }
failure_joined_f = { $action }{ $region }: { $what } ({ $code }{ $id })
failure_mend_endpoint_in_endpoint_or = mend the endpoint, in --endpoint or CVMSHARE_ENDPOINT, or the TLS settings
failure_of_action = { $action }: { $what }
failure_or = { $first }, or { $other }
failure_other_programs_use_up_this = other programs use up this account's calls; try again in a minute
failure_session_has_expired = the session has expired
failure_set_clock = set this machine's clock; signatures of the last five minutes are taken
failure_sign_in_again_with_official = sign in again with the official CLI
failure_something_between_here_and_cloud = something between here and the cloud answered in its place; check the network and HTTPS_PROXY
failure_this_is_not_whole_list = this is not the whole list; try again, and compare with the vendor's console
failure_timeout = { $message }
failure_turn_to_another_profile_with = turn to another profile with { $key }: { $names }
failure_use_another_profile_with_profile = use another profile with --profile: { $names }
failure_use_demo_which_needs_none = use --demo, which needs none
failure_you_lack_permission = you lack the permission { $permission }

## file

file_is_device = it is a device; give a regular file
file_is_directory = it is a directory; give a regular file
file_is_fifo = it is a FIFO; give a regular file
file_is_link = it is a symbolic link, which is not followed here; put a regular file in its place
file_is_socket = it is a socket; give a regular file
file_not_utf8 = it is not UTF-8 text; save it as UTF-8
file_other_owner = it belongs to user { $owner }, not to user { $me }; run as that user, or use another state directory (CVMSHARE_STATE_DIR)
file_too_large = it has more than { $limit } bytes, the limit for such a file; give a smaller one

## follow

follow_is = { $name } · { $id } is { $image }.
follow_is_b = { $name } is { $state }.
follow_is_not_in_clouds_list = { $row } is not in the cloud's list.
follow_is_reinstalled = { $name } is reinstalled, { $state }.
follow_reinstallation_failed_it_is = { $name }: the reinstallation failed; it is { $state }.

## frame

frame_x_at_least_please = { $least }x{ $leastb } at least, please

## gate

gate_changed_since_you_read_it = Changed since you read it: { $what } Nothing was done; read it again.
gate_joined = { $text }{ $fix } ({ $code })
gate_joined_b = { $sentence } ({ $code })
gate_stop = {" "}{ $to_uppercase }{ $rest }.
gate_was_not_done_to = { $what } was not done to { $name }: { $why }

## handles

handles_job_in_journal_cannot_be = job { $id } in the journal { $path } cannot be read: { $what }; it stays in the file and is left out
handles_there_is_no_built_in = there is no built-in cloud in this program

## hints

hints_copies_and_shares_guided_nothing = copies and shares, guided; nothing is sent before you say yes
hints_filters_rows = filters the rows
hints_finds_every_command = finds every command
hints_shows_all_keys = shows all keys
hints_shows_all_this_row = shows all of this row
hints_shows_what_can_be_done = shows what can be done with this row and, where it cannot, why

## id

id_account = an account ID: digits only, such as 100000000001
id_image = an image ID such as img-6pb6lrmy
id_instance = an instance ID such as ins-4k2j7x0m
id_invalid = { $text } is not { $wanted }
id_region = a region code such as ap-guangzhou

## image

image_gone = { $name } is no longer visible: the share may have ended, or it was deleted. The instance keeps running.
image_gone_deleted = { $name } is deleted. The instance keeps running.
image_gone_received = { $name }, received from { $owner }, is no longer visible: the share may have ended. The instance keeps running.

## images

images_copies = COPIES
images_made_unrecorded = the cloud keeps no record of them; those made here are listed
images_of = { $n } of { $share_accounts }
images_of_b = { $n } of { $limit }
images_owner = OWNER
images_shared = SHARED
images_size = SIZE
images_system = SYSTEM

## instance

instance_pane_cloud_does_not_say_which = the cloud does not say which image
instance_pane_deleted = { $name } · { $id } · { $region } · deleted
instance_pane_from = from
instance_pane_made = made
instance_pane_no_further_image_known = no further image known: { $made_unrecorded }
instance_pane_not_in_your_address_book = { $uin }, not in your address book
instance_pane_own_image = own image
instance_pane_public_image = public image
instance_pane_received_from_account_that_cloud = received from an account that the cloud does not name; still shared with you in { $region }
instance_pane_received_from_still_shared_with = received from { $who } ({ $trust }); still shared with you in { $region }
instance_pane_runs = runs

## instances

instances_address = ADDRESS
instances_from = FROM
instances_image = IMAGE
instances_made = MADE
instances_not_visible = not visible
instances_public = public
instances_type = TYPE
instances_zone = ZONE

## job

job_accepted_without_image = accepted, without an image ID
job_copy_failed = the cloud could not make { $image }; delete it, then try again
job_image_gone = { $image } is not there any more
job_image_gone_since = { $image } was last seen { $seen } and was gone { $now }
job_name_taken = { $image } has the name and is not known to be this job's copy
job_not_a_single_call = { $action } is not a single call
job_not_listed = waiting for { $image } to appear in the image list; its copy was asked for { $since }
job_not_shown = it was accepted, and the share list does not show it
job_not_the_copy = the cloud named { $image } as the copy, and its owner, name or size is another; nothing was shared
job_not_undone = it could not be taken back
job_share_gone = the share is not there any more
job_share_gone_since = the share was last seen { $seen } and was gone { $now }
job_still_shown = the cancelling was accepted, and the share list still shows it
job_unreachable = no answer came from the cloud for { $hours } h; the job waits to be resumed

## jobs

jobs_cancelled = cancelled
jobs_copied_shared_and_read_back = { $copied } copied, { $shared } of { $n } shared and read back, { $seen } seen by the receiver · begun { $begun }
jobs_copying = copying …
jobs_cvmshare_jobs_list_shows_them = { $told }; cvmshare jobs list shows them
jobs_deleted_again = deleted again
jobs_done = done
jobs_drop_region = drop a region
jobs_failed = failed
jobs_for =
    For { $whom }:
    { $text }
jobs_gone = gone
jobs_in = { $account } in { $region }
jobs_it_is_account_s_and = it is account { $account }'s, and the profile is now { $caller }'s
jobs_it_is_undone_already = It is undone already.
jobs_it_waits_p_takes_another = It waits: { $job_failure } ({ $code }). P takes another profile, r tries again.
jobs_job = job { $id }
jobs_job_goes_on_j_shows = The job goes on; J shows it.
jobs_job_stays_as_it_is = job { $id } stays as it is ({ $why }); cvmshare jobs resume { $id } goes on
jobs_job_still_runs_it_can = The job still runs. It can be undone when it is over.
jobs_joined = { $place }: { $why } ({ $code })
jobs_last_seen_in_cloud_utc = last seen in the cloud { $at } UTC
jobs_nothing_failed_in = Nothing failed in { $region }.
jobs_nothing_is_shared_yet_so = Nothing is shared yet, so there is no text.
jobs_on = { $pid } on { $host }
jobs_partly_done = partly done
jobs_process_drives_it_it_is = Process { $driver } drives it; it is watched here.
jobs_regions_done_job = { $done } of { $n } regions done · job { $id }
jobs_running = running { $percent } %
jobs_seen_by_them = seen by them
jobs_shared = { $shared } of { $edges } shared
jobs_shared_b = shared
jobs_sharing = sharing …
jobs_text_for_receivers_was_sent = The text for the receivers was sent to the terminal's clipboard.
jobs_text_for_y_copies_it = Text for { $whom } (y copies it):
jobs_there_is_no_job = there is no job { $id }
jobs_to_be_copied = to be copied
jobs_undo = undo
jobs_undone = undone
jobs_undone_cancelled_deleted = Undone: { $shares } cancelled, { $copies } deleted.
jobs_waits = waits
jobs_was_there = was there

## journal

journal_content = the journal has an entry that cannot be read: { $source }
journal_damaged = the journal { $path } is damaged: { $what }; move it away, and check with cvmshare list exposure what is shared
journal_file = the journal { $path } cannot be used: { $source }
journal_io = the journal { $path } cannot be used: { $source }; fix that, or use another state directory (CVMSHARE_STATE_DIR)
journal_locked = the journal { $path } has been locked by another process for more than { $seconds } s; end that process, or use another state directory (CVMSHARE_STATE_DIR)
journal_newer = the journal { $path } has version { $found }, and this program knows { $known }; use the newer cvmshare, or another state directory (CVMSHARE_STATE_DIR)
journal_not_ours = { $path } is not a journal of cvmshare; move it away, or use another state directory (CVMSHARE_STATE_DIR)
journal_row = job { $job } in the journal { $path } cannot be read: { $what }; check with cvmshare list audit and list exposure what it did, and move the journal away to start a new one
journal_sqlite = the journal cannot be read or written: { $source }
journal_stopped = the journal's thread has failed; start cvmshare again, jobs continue from their last write
journal_taken = another process has taken over the job
journal_thread = the journal cannot start its thread: { $source }; end other processes, or raise the limit (ulimit -u)
journal_unusable = the journal { $path } cannot be read or written: { $source }; check that the disk has room and the file is writable, or use another state directory (CVMSHARE_STATE_DIR)

## jumps

jumps_all_that_it_shares_with = { $number }all that it shares with you
jumps_asking_whom_it_is_shared = asking whom it is shared with …
jumps_back = Back
jumps_cloud_does_not_say_which = the cloud does not say which image it runs
jumps_copies = copies
jumps_filtered_by = , filtered by { $filter }
jumps_forward = Forward
jumps_goes_back = { $title }: { $rows }. { $key } goes back.
jumps_goes_back_b = { $title }: { $what }. { $key } goes back.
jumps_image = image
jumps_image_made_it = image made of it
jumps_images = images
jumps_in = { $number } in { $list }
jumps_in_which_is_not_in = { $name } · { $made } in { $region }, which is not in view
jumps_instances = instances
jumps_is_not_to_be_seen = { $id } is not to be seen any more
jumps_is_public_it_is_in = { $name } is public; it is in none of the tabs
jumps_it_is_shared_with_nobody = it is shared with nobody
jumps_no_copy_it_is_known = no copy of it is known
jumps_no_instances = no instance is known there
jumps_no_own_images = no own image is known there
jumps_no_received_images = no received image is known there
jumps_none_instances_in_view_runs = none of the instances in view runs it
jumps_not_in_view = not in view: { $list }
jumps_not_in_view_b = ; not in view: { $list }
jumps_receivers = receivers
jumps_region_is_not_in_view = { $n }; the region is not in view
jumps_since_all_that_is_shared = { $number }since { $since } · all that is shared with them
jumps_there_is_nothing_to_go = There is nothing to go back to; { $key } goes to what belongs to a row.
jumps_there_is_nothing_to_go_b = There is nothing to go forward to; { $key } goes to what belongs to a row.
jumps_to = { $back } to { $place }.

## launch

launch_another_region = another region
launch_asking_once_more_with_same = Asking once more, with the same token …
launch_asking_what_zones_sell = Asking what the zones of { $region } sell …
launch_asking_whether_it_would_work = Asking whether it would work (DryRun), then for the instance …
launch_call_takes_subnet_with_its = The call takes the subnet with its VPC: add the ID of the VPC.
launch_call_takes_vpc_with_subnet = The call takes the VPC with a subnet: add the ID of the subnet.
launch_choose_another_type = Choose another type.
launch_choose_another_type_or_another = Choose another type, or another zone.
launch_choose_another_zone = Choose another zone.
launch_choose_instance_type_that_zone = Choose an instance type that the zone sells.
launch_choose_type_for_images = Choose a type for the image's architecture, {"{"}arch{"}"}.
launch_cloud_does_not_show_it = The cloud does not show it to you any more: it was deleted, or is no longer shared with you.
launch_copy_is_there = a copy is there · { $id }
launch_copy_is_there_as_it = a copy is there, as it looks · { $id }
launch_core = core
launch_cores = cores
launch_default_one = the default one
launch_empty_for_default_network_zone = Empty for the default network of the zone, or the IDs of a VPC and of one of its subnets, typed or pasted.
launch_from = from { $owner }
launch_give_vpc_and_subnet_that = Give a VPC and a subnet that belong together and lie in that zone, or leave it empty for the default network.
launch_in_default_network = In the default network.
launch_in_network = In the network { $vpc } { $subnet }.
launch_is_copied_there_first_and = is copied there first, and launched when that is done
launch_is_not_sold_in_that = { $kind } is not sold in that zone
launch_is_sold_out_in = { $instance_type } is sold out in { $zone }.
launch_it_is_billed_by_hour = { $network } It is billed by the hour from then on.
launch_launch = Launch { $name }
launch_network_is_vpc_and_subnet = A network is a VPC and a subnet, such as vpc-0a1b2c3d subnet-4e5f6a7b.
launch_no_zone_region_sells_anything = No zone of the region sells anything by the hour now.
launch_not_chosen_yet = not chosen yet
launch_sells_types_by_hour = sells { $sold } of { $listed } types by the hour
launch_shorten_name = Shorten the name.
launch_sold_out = sold out: { $shut }
launch_sold_out_b = sold out
launch_types = { $n } of { $all } types
launch_unknown_account = an unknown account
launch_what_instance_is_called_empty = What the instance is called; empty leaves that to the cloud.
launch_what_zones_sell_did_not = What the zones sell did not come: { $told } Leave, and open this again to ask again.
launch_whether_it_was_made_is = Whether it was made is not known. Press Yes once more to find out: the call carries the same token, and the cloud makes no second instance for it.
launch_yes_launch = Yes, launch

## line

line_mode_accept_this_and_begin = Accept this and begin?
line_mode_account = Account { $me }
line_mode_all_row_n_last_list = all of row N of the last list; an ID does as well
line_mode_ask_cloud_again = ask the cloud again
line_mode_because = {"  "}Because: { $said } ({ $code })
line_mode_blocked = blocked
line_mode_both_are_done_here_as = Both are done here as one step: all shares are cancelled, then the image is deleted.
line_mode_cancel_shares_image_n = cancel shares of image N
line_mode_cancel_them = Cancel them?
line_mode_cannot_be_done = cannot be done
line_mode_change_it = Change it?
line_mode_change_name_and_description_image = change name and description of image N
line_mode_colon = { $usage }: { $does }
line_mode_colon_b = { $name }: { $label }{ $n }
line_mode_colon_c = { $region }: { $word }{ $why }
line_mode_colon_d = { $receiver }: { $why }
line_mode_colon_e = { $r }:{" "}
line_mode_comma = ,{" "}
line_mode_copies_and_shares_under_way = copies and shares under way, and those that are over
line_mode_copy_and_share_image_n = copy and share image N, step by step
line_mode_copy_image_n_to_other = copy image N to other regions, step by step
line_mode_copy_is_there = { $region }: a copy is there, { $id }.
line_mode_copy_is_there_b = a copy is there, { $id }
line_mode_copying_percent = copying, { $percent } percent
line_mode_cvmshare_line_by_line_profile = cvmshare, line by line. Profile { $label }. Type help for the commands.
line_mode_delete_image_n_its_name = delete image N; its name has to be typed
line_mode_delete_it = Delete it?
line_mode_demo_built_in_cloud = , DEMO: the built-in cloud
line_mode_description_at_most_characters = Description, of at most { $most } characters? An empty line leaves it out.
line_mode_description_is_longer_than = The description is longer than { $most } characters.
line_mode_empty = empty
line_mode_empty_line_is_alone_where = an empty line is { $home } alone, where the image is; stop stops
line_mode_empty_line_stops = an empty line stops
line_mode_gib = { $cores ->
    [one] { $n }. { $kind }, 1 core, { $memory } GiB{ $gone }
   *[other] { $n }. { $kind }, { $cores } cores, { $memory } GiB{ $gone }
 }
line_mode_has_it_already = has it already
line_mode_id_does_not_match_nothing = The ID does not match; nothing was changed.
line_mode_image_is_here = the image is here, { $id }
line_mode_image_is_there = the image is there
line_mode_images_that_were_shared_with = images that were shared with you
line_mode_in_default_network_it_is = In the default network. It is billed by the hour from then on.
line_mode_in_network_it_is_billed = In the network { $vpc } { $subnet }. It is billed by the hour from then on.
line_mode_in_way = In the way: { $place }{ $said }
line_mode_instances_with_image_that_each = instances, with the image that each runs
line_mode_is_in_copy_type_use = Is { $image } in { $region } a copy? Type use to share it, copy to copy as { $named }, or leave to leave the region out. Anything else stops.
line_mode_is_no_region_type_regions = { $line } is no region. Type regions at the beginning for those there are.
line_mode_is_no_region_type_regions_b = { $part } is no region. Type regions at the beginning for those there are.
line_mode_is_none_these_zones = { $line } is none of these zones.
line_mode_is_sold_out_in = { $kind } is sold out in { $zone }.
line_mode_it_cannot_be_done = It cannot be done.
line_mode_it_is_copied_first_and = It is copied first, and launched when that is done, in: { $all }.
line_mode_it_is_not_known_whether = It is not known whether it can be done. Type refresh, and try again.
line_mode_it_stays_unknown_look_at = It stays unknown: look at instances before you try again.
line_mode_job = Job { $id }, { $name }: { $word }
line_mode_job_b = Job { $id }: { $line }
line_mode_job_begins_and_goes_on = Job { $id } begins and goes on while you do something else; wait waits for it, jobs tells of it.
line_mode_job_is_running_and_its = A job is running, and its cloud ends with this program. wait waits for it; quit once more leaves.
line_mode_joined = { $n }. { $name }, { $id }, { $said }
line_mode_joined_b = { $title }: { $counted }{ $filtered }.
line_mode_joined_c = { $typed }: { $word }.
line_mode_joined_d = : { $why } ({ $code }){ $fix }
line_mode_joined_e = { $region }, { $who }: { $word }{ $why }
line_mode_joined_f = { $region }: { $what }.
line_mode_joined_g = { $region }, { $who }: { $what }.
line_mode_launch_it = Launch it?
line_mode_launch_nothing_is_sent_before = Launch { $name } ({ $image }, { $region }). Nothing is sent before you say yes.
line_mode_leave_so_does_end_input = leave; so does the end of the input
line_mode_left_out = left out
line_mode_look_for = {"  "}Look for: { $line }
line_mode_looks_like_copy = { $id } looks like a copy
line_mode_make_image_instance_n = make an image of instance N
line_mode_make_image_nothing_is_sent = Make an image of { $name } ({ $instance }, { $zone }). Nothing is sent before you say yes.
line_mode_make_instance_from_image_n = make an instance from image N, step by step
line_mode_make_it = Make it?
line_mode_more_tells_next = { $to } of { $n }; more tells the next.
line_mode_name_image_empty_line_is = Name of the image? An empty line is { $name }; stop stops.
line_mode_new_description_it_is_now = New description? It is { $shown } now; an empty line keeps it, a single - makes it empty.
line_mode_new_name_it_is_now = New name? It is { $name } now; an empty line keeps it.
line_mode_next_rows_last_list = the next rows of the last list
line_mode_no_job_is_running = No job is running.
line_mode_no_zone_region_sells_anything = No zone of the region sells anything by the hour now.
line_mode_not_all_these_are_accounts = Not all of these are accounts that it is shared with. Nothing was changed.
line_mode_note = Note: { $text }
line_mode_note_b = { $before }Note: { $said }
line_mode_nothing_is_called_last_list = Nothing is called { $what }. The last list has { $counted }.
line_mode_nothing_is_called_type_images = Nothing is called { $what }. Type images, shared, regions or instances first.
line_mode_nothing_is_sent_before_you = { $word } { $name } ({ $image }, { $home }). Nothing is sent before you say yes.
line_mode_nothing_matches = Nothing matches.
line_mode_nothing_was_changed = Nothing was changed.
line_mode_problem = Problem: { $text }
line_mode_problem_b = Problem:{" "}
line_mode_problem_did_not_answer = Problem: { $asked } did not answer: { $told }
line_mode_problem_is_not_whole = Problem: { $asked } is not whole: { $told }
line_mode_profiles_with_name_that_one = the profiles; with a name, that one from now on
line_mode_regions_with_images_against_quota = regions, with images against the quota
line_mode_reinstall_instance_n_with_another = reinstall instance N with another image; its ID has to be typed
line_mode_reinstall_it = Reinstall it?
line_mode_reinstall_nothing_is_sent_before = Reinstall { $name } ({ $instance }, { $zone }). Nothing is sent before you say yes.
line_mode_sells_types_by_hour = { $n }. { $zone }, sells { $sold } of { $listed } types by the hour
line_mode_shared_and_seen_by_receiver = shared, and seen by the receiver
line_mode_sold_out = Sold out: { $shut }.
line_mode_sold_out_b = , sold out
line_mode_some_regions_have_not_answered = Some regions have not answered. Type refresh, and try again.
line_mode_step_findings = Step { $step }, findings.
line_mode_step_name_what_is_instance = Step 4, name. What is the instance to be called? An empty line leaves that to the cloud.
line_mode_step_network_type_ids_vpc = Step 5, network. Type the IDs of a VPC and of one of its subnets; an empty line is the default network of the zone, stop stops.
line_mode_step_receivers_with_whom_type = Step 1, receivers. With whom? Type account IDs, or names of the address book or of groups, with commas between; ID@REGION for who needs it in that region alone. An empty line stops.
line_mode_step_region_where_empty_line = Step 1, region. Where? An empty line is { $here }, where the image is; stop stops.
line_mode_step_regions_where_type_region = Step { $step }, regions. Where? Type region codes with commas between; { $empty }.
line_mode_step_risk = Step 6, risk.
line_mode_step_risk_b = Step { $step }, risk.
line_mode_step_type_type_its_number = Step 3, type. Type its number or its name, or words to search by. An empty line stops.
line_mode_step_zone_type_its_number = Step 2, zone. Type its number or its name; an empty line is { $first }, stop stops.
line_mode_stop = { $said }.
line_mode_stop_b = { $parts }.
line_mode_text_for = text for { $whom }: { $line }
line_mode_text_for_its_owner = {"  "}Text for its owner: { $line }
line_mode_that_does_not_match_nothing = That does not match; nothing was changed.
line_mode_that_is_for_images_alone = That is for images alone.
line_mode_that_is_for_instances_alone = That is for instances alone.
line_mode_there_are_no_jobs = There are no jobs.
line_mode_there_are_no_more_rows = There are no more rows.
line_mode_there_is_no_command_type = There is no command { $other }. Type help for those there are.
line_mode_there_is_no_profile_type = There is no profile { $name }. Type profile for those there are.
line_mode_there_is_nothing_to_do = There is nothing to do with it.
line_mode_this = this
line_mode_this_one = , this one
line_mode_to_accept = To accept: { $text }
line_mode_to_accept_b = { $before }To accept: { $said }
line_mode_to_delete_it_type_empty = To delete it, type { $name }. An empty line stops.
line_mode_to_reinstall_it_type_its = To reinstall it, type its ID: { $instance }. An empty line stops.
line_mode_type_leave_to_leave_out = Type leave to leave { $account } out in { $region }. Anything else stops.
line_mode_type_leave_to_leave_out_b = Type leave to leave { $region } out. Anything else stops.
line_mode_type_yes_anything_else_stops = { $question } Type yes; anything else stops.
line_mode_wait_until_no_job_is = wait until no job is running
line_mode_waits_refresh_goes_on = waits: { $job_failure } ({ $code }); refresh goes on
line_mode_what_can_be_done_with = what can be done with row N and, where it cannot, why and what to do first
line_mode_what_to_do = {"  "}What to do: { $remedy }
line_mode_what_to_do_b = ; what to do: { $fix }
line_mode_what_to_do_c = What to do: { $remedy }
line_mode_whether_it_was_made_is = Whether it was made is not known. Ask once more? The call carries the same token, and the cloud makes no second instance for it.
line_mode_which_one_type_and_number = { $word } which one? Type { $word } and a number of the last list, or an ID.
line_mode_which_shares_are_to_be = Which shares are to be cancelled? Type account IDs with commas between, or all. An empty line stops.
line_mode_will_be_copied_as = will be copied, as { $name }
line_mode_will_be_shared = will be shared
line_mode_with_these_words = {" "}with these words
line_mode_with_which_image_type_its = With which image? Type its number or its ID, or words to search by. An empty line stops.
line_mode_words_narrow_them_down = { $shown } of { $all }; words narrow them down.
line_mode_your_own_images_with_words = your own images; with words, those that hold all of them

## list

list_and = { $head } and { $last }
list_more = { $head } and { $more } more{ $all ->
   *[other] {""}
 }
list_there_is_more_higher_window = … there is more; a higher window shows it

## log

log_file_unusable =
    --log { $path }: { $why }
    Give a file of your own that can be written

## map

map_own_images_more_o_none = {" "}1-9 own images, + more, o none, # copying{" "}
map_own_images_more_o_none_b = {" "}1-9 own images, + more · o none · ⠒ copying{" "}

## matrix

matrix_accounts = { $n } ACCOUNTS
matrix_copy = COPY

## menu

menu_actions_for = Actions for{" "}
menu_copy_text_for_owner = copy a text for the owner
menu_do_what_comes_first = do what comes first
menu_request_text_was_sent_to = The request text was sent to the terminal's clipboard.
menu_to_accept = To accept: { $sentence }

## message

message_built_in_cloud = built-in cloud, { $uin }
message_request = {" "}· request { $r }

## messages

messages_no_call_has_been_made = No call has been made.
messages_request = {" "}· request { $id }

## note

note_its_name_and_description_are = Its name and description are the owner's. This is yours and stays here.
note_your_note = Your note

## notices

notices_credentials_in = credentials in { $origin }

## pages

pages_colon = { $dir }: { $e }
pages_there_is_no_command_run =
    there is no command { $named }
    Run cvmshare --help for those that there are

## palette

palette_for = { $text } · for { $rows }
palette_instance = an instance
palette_my_images = My Images
palette_not_here_for = not here · for { $needed }
palette_not_here_no_row_is = not here · no row is selected
palette_received_image = a received image

## pane

pane_account_that_cloud_does_not = an account that the cloud does not name
pane_actions_are_for_this_one = actions are for this one in { $region }, not for its { $those }
pane_cores_gib_gib_disk = { $cpu } cores, { $memory } GiB, { $disk } GiB disk
pane_from = from { $from }
pane_has_rest = … { $key } has the rest
pane_hidden_here = hidden here
pane_more = { $shares } more
pane_shared_with = shared with { $names }
pane_your_note = your note: { $note }

## picker

picker_commands = Commands
picker_go_there = go there
picker_go_to = Go to
picker_invert = invert
picker_jobs = Jobs
picker_look_at_these = look at these
picker_mark_at_least_one_region = Mark at least one region.
picker_own_received = { $own } own, { $received } received
picker_profile = Profile
picker_regions_in_view = Regions in view
picker_regions_shares = { $word } · { $n } regions, { $nb } shares
picker_there_is_no_job_share = There is no job. Share or copy an image, and it shows here.

## plan

plan_image_in = { $id } in { $region }
plan_unreadable =
    { $name }: { $why }
    Give a file that can be read, or - for stdin

## query

query_takes_images_id_such_as = { $term }: takes an image's ID, such as { $term }:img-6pb6lrmy.
query_takes_number_such_as_or = { $term }: takes a number, such as { $term }:0 or { $term }:>3.
query_takes_time_such_as_d = { $term }: takes a time, such as { $term }:<7d or { $term }:>2h.
query_there_is_no_term_here = There is no term { $key }: here. There are { $told }

## question

question_type_to_go_on = Type { $wanted } to go on:

## reader

reader_accounts = { $n } of { $limit } accounts
reader_addresses = addresses
reader_alike = alike
reader_billed = billed
reader_both_ways = both ways
reader_brought_by_owner_byol = brought by the owner (BYOL)
reader_by_job = by a job
reader_by_job_b = by job { $job }
reader_calls_in_min = { $sum } calls in { $minutes } min{ $slowed }  { $line }
reader_cloud_does_not_say = the cloud does not say
reader_comma = { $at }, { $ago }
reader_copies_between_and = {"  "}Copies between { $region } and
reader_copies_within = copies within
reader_copy_message = copy the message
reader_cores_gib_gib_disk = { $instance_type } · { $cpu } cores, { $memory } GiB, { $disk } GiB disk
reader_created = created
reader_creator = creator
reader_data_disk = data disk
reader_doctor = Doctor
reader_encrypted = encrypted
reader_everywhere_else = Everywhere else
reader_family = family
reader_from_them_alone = from them alone
reader_further_image = further image
reader_gib = { $id } · { $disk }, { $size_gib } GiB
reader_image_and_its_copies_in = {"  "}The image and its copies, { $n } in all, the original first as far as can be told
reader_keys = Keys
reader_last_operation = last operation
reader_licence = licence
reader_made = made of
reader_made_b = { $further } { $name }, made of { $nameb }
reader_made_by = made by
reader_message_was_sent_to_terminals = The message was sent to the terminal's clipboard.
reader_messages = Messages
reader_neither_way = neither way
reader_nobody = nobody
reader_not_from = not from:{" "}
reader_not_supported = not supported
reader_not_to = not to:{" "}
reader_on_tables = On the tables
reader_original = original
reader_owner = owner
reader_paid_until = paid until
reader_restricted = restricted
reader_runs_on = runs on
reader_shared_with = shared with
reader_since = since { $since }{"  "}
reader_size = size
reader_snapshot = snapshot
reader_state = state
reader_supported = supported
reader_system = system
reader_system_disk = system disk
reader_tags = tags
reader_tencent_cloud = Tencent Cloud
reader_this_one = this one
reader_to_them_alone = to them alone
reader_told_to_slow_down = , { $n } told to slow down
reader_whole_machine = whole machine
reader_worked_on = worked on
reader_yes_data_disks_and_all = yes, data disks and all
reader_your_note = your note
reader_zones = zones

## reads

reads_from_now_on = { $label } from now on.

## receiver

receiver_text =
    The image { $name } of account { $owner } is shared with you:
    { $lines }
    You find it in the console under Images, Shared Images, in exactly these regions. You can launch it only there. It does not count toward your quota. It disappears when the share is cancelled; instances made from it stay.
    Check an image before you trust it, and launch only images of accounts you know.

## refused

refused_accounts_fitted = { $about } { $fitted } of { $of } accounts fitted.

## region

region_pane_and_more = { $first } and { $named } more
region_pane_asks_again = { $what } ({ $key } asks again): { $trouble } ({ $code })
region_pane_cloud_says = the cloud says
region_pane_colon = { $why }: { $some }
region_pane_copies = copies
region_pane_documented = documented
region_pane_from = {" "}from { $region_place }
region_pane_from_not_to = from { $some }; not to: { $why }
region_pane_full = full
region_pane_no_copies = no copies
region_pane_not_asked_takes_it_into = not asked · { $key } takes it into view
region_pane_not_in_view_not_read = {" "}· not in view, not read anew
region_pane_of = { $own } of { $quota } ({ $said }) · { $left }{ $view }
region_pane_one_way = one way
region_pane_probably_from = , probably from { $region_place }
region_pane_received = received
region_pane_room_for = room for { $n }
region_pane_stop = .{" "}
region_pane_to_and_from = to and from { $places }
region_pane_to_from = to: { $why }, from: { $whyb }: { $some }
region_pane_to_not_from = to { $places }; not from: { $why }

## regions

regions_copies_within = COPIES WITHIN
regions_copying = COPYING
regions_finance = finance
regions_instances = INSTANCES
regions_mainland = mainland
regions_not_asked = not asked
regions_of = { $own } of { $quota }?
regions_of_b = 0 of { $quota }
regions_of_c = { $own } of { $quota }
regions_overseas = overseas
regions_own = OWN
regions_quota = QUOTA
regions_received = RECEIVED
regions_takes_no_copies = takes no copies

## reinstall

reinstall_asks_not_trusted = asks · not trusted
reinstall_reinstall = Reinstall { $name }
reinstall_reinstall_with_which_image = Reinstall: with which image?
reinstall_runs_now = {" "}· runs now
reinstall_yes_reinstall = Yes, reinstall

## rename

rename_name_and_description = Name and description
rename_nothing_was_changed = Nothing was changed.
rename_save = save

## report

report_about = About
report_account = Account
report_action = Action
report_copy = Copy
report_copying = copying { $percent } %
report_image = Image
report_intro = Job { $id } of profile { $profile }, { $state }, made { $created }. Source region { $region }, { $gib } GiB.
report_last_seen = Last seen
report_outcome = Outcome
report_region = Region
report_request = Request
report_share = Share
report_time = Time
report_why = Why
report_why_code = { $code }: { $text }

## request

request =
    Hello,
    you share the image { $name } ({ $id }, { $region }) with us. { $wish }
    Thank you.
request_copy = Please copy it to { $regions } and share the copy with us.
request_copy_another = Please copy it to another region and share the copy with us.
request_delete = We no longer need it. Please cancel the share with our account.
request_help = Please help us with it.
request_launch = We would like to launch it in { $region }. Please copy it there and share the copy with us.
request_rename = Please change its name or description.
request_share = Please also share it with { $accounts }.
request_share_another = Please also share it with another account.

## risk

risk_checklist_1 = Keys and passwords: SSH keys, cloud keys, tokens, certificates, .env files
risk_checklist_2 = History: shell history, editor backups, repositories with old commits
risk_checklist_3 = Logs and data: /var/log, databases, mail, caches, temporary files
risk_checklist_4 = Licences: software that you may not pass on

## rule

rule_capture_name_length_1 = { $limit ->
    [one] The name is empty; it takes 1 to { $limit } character.
   *[other] The name is empty; it takes 1 to { $limit } characters.
 }{ $empty ->
   *[other] {""}
 }
rule_capture_name_length_2 = { $length ->
    [one] The name has { $length } character; at most { $limit } are possible.
   *[other] The name has { $length } characters; at most { $limit } are possible.
 }
rule_capture_name_length_3 = The name is too long.
rule_capture_name_length_fix_1 = enter a name that fits
rule_capture_name_length_short_1 = the name is empty{ $empty ->
   *[other] {""}
 }
rule_capture_name_length_short_2 = { $limit ->
    [one] the name has { $length } of { $limit } character
   *[other] the name has { $length } of { $limit } characters
 }
rule_capture_name_length_short_3 = the name is too long
rule_capture_name_taken_1 = { $region } has an own image called { $name } already ({ $image }).
rule_capture_name_taken_2 = There is an own image of that name already.
rule_capture_name_taken_fix_1 = use another name, such as { $suggestion }
rule_capture_name_taken_fix_2 = use another name
rule_capture_name_taken_short_1 = { $image } has that name already
rule_capture_name_taken_short_2 = the name is taken
rule_capture_quota_1 = { $region } has { $own } of { $quota ->
        [one] { $quota } own image
       *[other] { $quota } own images
    }: no room for one more. Oldest and not shared there: { $oldest }.
rule_capture_quota_2 = { $region } has { $own } of { $quota ->
        [one] { $quota } own image
       *[other] { $quota } own images
    }: no room for one more.
rule_capture_quota_3 = The region has no room for one more own image.
rule_capture_quota_fix_1 = delete an image there that is no longer needed, or go by the newer pages, which say { $newer } (--rules current, or rules = "current" in the profile)
rule_capture_quota_fix_2 = delete an image there that is no longer needed, or ask for a higher quota
rule_capture_quota_short_1 = { $quota ->
    [one] { $region } is full: { $own } of { $quota } image
   *[other] { $region } is full: { $own } of { $quota } images
 }
rule_capture_quota_short_2 = the region is full
rule_capture_received_content_1 = { $instance } runs { $name }, an image of { $owner_name }: the new image carries that content on, and it will be yours to share.
rule_capture_received_content_2 = { $instance } runs { $name }, another account's image: the new image carries that content on, and it will be yours to share.
rule_capture_received_content_3 = The instance runs another account's image: the new image carries that content on.
rule_capture_received_content_short_1 = carries content of { $owner_name } on
rule_capture_received_content_short_2 = carries another account's content on
rule_capture_state_1 = { $instance } is busy with { $operation }; an image can be made afterwards.
rule_capture_state_2 = { $instance } is { $state }; an image can be made while it is RUNNING or STOPPED.
rule_capture_state_3 = An image can be made while the instance is RUNNING or STOPPED.
rule_capture_state_fix_1 = wait until it is at rest, up or down
rule_capture_state_short_1 = the instance is busy with { $operation }
rule_capture_state_short_2 = the instance is { $state }
rule_capture_state_short_3 = the instance is busy
rule_copy_cross_border_1 = { $from } and { $region } lie on different sides: { $mainland } is in mainland China and the other is not. Images cross that border only with the help of the vendor's support.
rule_copy_cross_border_2 = Images cross the border of mainland China only with the help of the vendor's support.
rule_copy_cross_border_fix_1 = ask the vendor's support, or choose a region on the same side
rule_copy_cross_border_short_1 = { $region } is across the mainland's border
rule_copy_cross_border_short_2 = it would cross the mainland's border
rule_copy_description_length_1 = { $length ->
    [one] The description has { $length } character; at most { $limit } are possible.
   *[other] The description has { $length } characters; at most { $limit } are possible.
 }
rule_copy_description_length_2 = The description is too long.
rule_copy_description_length_fix_1 = shorten the description
rule_copy_description_length_short_1 = { $limit ->
    [one] the description has { $length } of { $limit } character
   *[other] the description has { $length } of { $limit } characters
 }
rule_copy_description_length_short_2 = the description is too long
rule_copy_encrypted_1 = { $name } is encrypted, and encrypted images stay in their region.
rule_copy_encrypted_2 = Encrypted images stay in their region.
rule_copy_encrypted_fix_1 = make an unencrypted image of the same system, and copy that
rule_copy_encrypted_short_1 = it is encrypted; such images stay in their region
rule_copy_finance_1 = { $finance } is a finance region; images are copied between finance regions only, not from { $from } to { $region }.
rule_copy_finance_2 = Images are copied between finance regions only.
rule_copy_finance_fix_1 = ask the vendor's support, or choose a region of the same kind
rule_copy_finance_short_1 = { $finance } is a finance region, apart from others
rule_copy_finance_short_2 = finance regions stand apart
rule_copy_name_length_1 = { $length ->
    [one] The name has { $length } character; at most { $limit } are possible.
   *[other] The name has { $length } characters; at most { $limit } are possible.
 }
rule_copy_name_length_2 = The name is too long.
rule_copy_name_length_fix_1 = shorten the name
rule_copy_name_length_short_1 = { $limit ->
    [one] the name has { $length } of { $limit } character
   *[other] the name has { $length } of { $limit } characters
 }
rule_copy_name_length_short_2 = the name is too long
rule_copy_name_taken_1 = { $region } has an own image called { $name } already ({ $image }).
rule_copy_name_taken_2 = There is an own image of that name already.
rule_copy_name_taken_fix_1 = use another name, such as { $suggestion }
rule_copy_name_taken_fix_2 = use another name
rule_copy_name_taken_short_1 = the name is taken in { $region } by { $image }
rule_copy_name_taken_short_2 = the name is taken there
rule_copy_no_copy_region_1 = { $region } takes no copies of images.
rule_copy_no_copy_region_2 = This region takes no copies of this image.
rule_copy_no_copy_region_fix_1 = choose another region
rule_copy_no_copy_region_short_1 = { $region } takes no copies
rule_copy_no_copy_region_short_2 = the region takes no copies of it
rule_copy_not_normal_1 = { $name } is { $state }, { $percent } % done; it can be copied once it is NORMAL.
rule_copy_not_normal_2 = { $name } is { $state }; it can be copied only while it is NORMAL.
rule_copy_not_normal_3 = The image can be copied only while it is NORMAL.
rule_copy_not_normal_fix_1 = wait until it is NORMAL{ $wait ->
   *[other] {""}
 }
rule_copy_not_normal_fix_2 = delete it and make it again
rule_copy_not_normal_short_1 = it is { $state }, { $percent } % done
rule_copy_not_normal_short_2 = it is { $state }, not NORMAL
rule_copy_not_normal_short_3 = it is not NORMAL
rule_copy_public_1 = { $name } is public; only custom images can be copied.
rule_copy_public_2 = Only custom images can be copied.
rule_copy_public_fix_1 = launch an instance from it, then make an image of your own from that
rule_copy_public_short_1 = only custom images can be copied
rule_copy_quota_1 = { $region } has { $own } of { $quota ->
        [one] { $quota } own image
       *[other] { $quota } own images
    }: no room for one more. Oldest and not shared there: { $oldest }.
rule_copy_quota_2 = { $region } has { $own } of { $quota ->
        [one] { $quota } own image
       *[other] { $quota } own images
    }: no room for one more.
rule_copy_quota_3 = The region has no room for one more own image.
rule_copy_quota_fix_1 = delete an image there that is no longer needed, or go by the newer pages, which say { $newer } (--rules current, or rules = "current" in the profile)
rule_copy_quota_fix_2 = delete an image there that is no longer needed, or ask for a higher quota
rule_copy_quota_short_1 = { $quota ->
    [one] { $region } is full: { $own } of { $quota } image
   *[other] { $region } is full: { $own } of { $quota } images
 }
rule_copy_quota_short_2 = the region is full
rule_copy_received_1 = { $name } belongs to { $owner_name } and stays in { $from }; it cannot be copied to { $region }.
rule_copy_received_2 = { $name } belongs to another account and stays in { $from }; it cannot be copied to { $region }.
rule_copy_received_3 = { $name } belongs to { $owner_name } and stays in { $from }.
rule_copy_received_4 = { $name } belongs to another account and stays in { $from }.
rule_copy_received_5 = A received image stays in its region.
rule_copy_received_fix_1 = ask the owner to copy it there and to share that copy; a text for that can be copied
rule_copy_received_own_1 = { $name } can be copied within { $region } only. The copy is an image of your own: it counts to your quota and is yours to share.
rule_copy_received_own_2 = The copy is an image of your own: it counts to your quota and is yours to share.
rule_copy_received_own_short_1 = the copy counts to your quota and is yours to share
rule_copy_received_short_1 = a received image stays in { $from }
rule_copy_received_short_2 = a received image stays in its region
rule_copy_same_region_1 = { $name } is in { $region } already.
rule_copy_same_region_2 = It is there already: that is its own region.
rule_copy_same_region_fix_1 = share it there as it is, or choose another region
rule_copy_same_region_short_1 = it is in { $region } already
rule_copy_same_region_short_2 = it is there already
rule_copy_storage_1 = { $regions ->
    [one] Copying is free; keeping the copies' snapshots is billed: { $size_gib } GiB in { $regions } region, { $total_gib } GiB.
   *[other] Copying is free; keeping the copies' snapshots is billed: { $size_gib } GiB in { $regions } regions, { $total_gib } GiB.
 }
rule_copy_storage_2 = Copying is free; keeping a copy's snapshot is billed: { $size_gib } GiB a region.
rule_copy_storage_3 = Copying is free; keeping a copy's snapshot is billed.
rule_copy_storage_short_1 = { $regions ->
    [one] snapshots are billed: { $total_gib } GiB in { $regions } region
   *[other] snapshots are billed: { $total_gib } GiB in { $regions } regions
 }
rule_copy_storage_short_2 = snapshots are billed: { $size_gib } GiB a region
rule_copy_storage_short_3 = the copy's snapshot is billed
rule_copy_untrusted_1 = { $owner_name } is not an account you trust, and nobody has checked { $name }. Use images of accounts you trust.
rule_copy_untrusted_2 = The owner of { $name } is not known, and nobody has checked it. Use images of accounts you trust.
rule_copy_untrusted_3 = Nobody has checked this image. Use images of accounts you trust.
rule_copy_untrusted_fix_1 = trust the account, if you do, then copy
rule_copy_untrusted_short_1 = only within { $region }; { $owner_name } is not trusted
rule_copy_untrusted_short_2 = only within { $region }; its owner is not known
rule_copy_untrusted_short_3 = its owner is not trusted; nobody has checked it
rule_copy_whole_machine_1 = { $name } is an image of a whole machine, data disks and all; such images cannot be copied.
rule_copy_whole_machine_2 = Images of a whole machine, data disks and all, cannot be copied.
rule_copy_whole_machine_fix_1 = make an image of the system disk alone, and copy that
rule_copy_whole_machine_short_1 = it is an image of a whole machine
rule_delete_busy_1 = { $name } is { $state }, { $percent } % done; it can be deleted afterwards.
rule_delete_busy_2 = { $name } is { $state }; it can be deleted afterwards.
rule_delete_busy_3 = The image is busy; it can be deleted afterwards.
rule_delete_busy_fix_1 = wait until that is done
rule_delete_busy_short_1 = it is { $state }, { $percent } % done
rule_delete_busy_short_2 = it is { $state }
rule_delete_busy_short_3 = it is busy
rule_delete_instances_1 = { $instances ->
    [one] { $instances } instance runs from { $name }; they go on running.
   *[other] { $instances } instances runs from { $name }; they go on running.
 }
rule_delete_instances_2 = Instances made from it go on running.
rule_delete_instances_short_1 = { $instances ->
    [one] { $instances } instance made from it; they go on
   *[other] { $instances } instances made from it; they go on
 }
rule_delete_instances_short_2 = instances made from it go on
rule_delete_job_1 = { $name } is in use by job { $job }.
rule_delete_job_2 = The image is in use by a job.
rule_delete_job_fix_1 = open the job, and wait for it or stop it
rule_delete_job_short_1 = in use by job { $job }
rule_delete_job_short_2 = in use by a job
rule_delete_public_1 = { $name } is public and cannot be deleted.
rule_delete_public_2 = Public images cannot be deleted.
rule_delete_public_fix_1 = nothing to do
rule_delete_public_short_1 = public images cannot be deleted
rule_delete_received_1 = { $name } belongs to { $owner_name }; only the owner can delete it.
rule_delete_received_2 = { $name } belongs to another account; only its owner can delete it.
rule_delete_received_3 = Only the image's owner can delete it.
rule_delete_received_fix_1 = hide it here, or ask the owner to cancel the share; a text for that can be copied
rule_delete_received_short_1 = only its owner, { $owner_name }, can delete it
rule_delete_received_short_2 = only its owner can delete it
rule_delete_shared_1 = { $shared ->
    [one] { $name } is shared with { $shared } account; cancel all shares first.
   *[other] { $name } is shared with { $shared } accounts; cancel all shares first.
 }
rule_delete_shared_2 = The image is shared; cancel all shares first.
rule_delete_shared_fix_1 = cancel all shares, then delete
rule_delete_shared_short_1 = { $shared ->
    [one] shared with { $shared } account; cancel all shares first
   *[other] shared with { $shared } accounts; cancel all shares first
 }
rule_delete_shared_short_2 = it is shared; cancel all shares first
rule_delete_snapshots_1 = { $snapshots ->
    [one] { $snapshots } snapshot of { $total_gib } GiB will be deleted with it.
   *[other] { $snapshots } snapshots of { $total_gib } GiB will be deleted with it.
 }{ $deleted ->
   *[other] {""}
 }
rule_delete_snapshots_2 = { $snapshots ->
    [one] { $snapshots } snapshot of { $total_gib } GiB will stay, and be billed, unless deleted with it.
   *[other] { $snapshots } snapshots of { $total_gib } GiB will stay, and be billed, unless deleted with it.
 }{ $kept ->
   *[other] {""}
 }
rule_delete_snapshots_3 = Its snapshots stay, and are billed, unless deleted with it.
rule_delete_snapshots_short_1 = { $snapshots ->
    [one] deletes { $snapshots } snapshot too, { $total_gib } GiB
   *[other] deletes { $snapshots } snapshots too, { $total_gib } GiB
 }{ $deleted ->
   *[other] {""}
 }
rule_delete_snapshots_short_2 = { $snapshots ->
    [one] { $snapshots } snapshot of { $total_gib } GiB stay
   *[other] { $snapshots } snapshots of { $total_gib } GiB stay
 }{ $kept ->
   *[other] {""}
 }
rule_delete_snapshots_short_3 = its snapshots stay unless deleted with it
rule_delete_type_name_1 = Deleting cannot be undone. Type the image's name, { $name }, to go on.
rule_delete_type_name_2 = Deleting cannot be undone. Type the image's name to go on.
rule_delete_type_name_short_1 = asks you to type its name
rule_job_busy_1 = The image is in use by job { $job }.
rule_job_busy_2 = The image is in use by another job.
rule_job_busy_fix_1 = wait for the job, or open it
rule_job_busy_short_1 = in use by job { $job }
rule_job_busy_short_2 = in use by another job
rule_launch_deprecated_1 = { $name } is marked as deprecated; the newest of its family is { $newest }.
rule_launch_deprecated_2 = { $name } is marked as deprecated.
rule_launch_deprecated_3 = The image is marked as deprecated.
rule_launch_deprecated_short_1 = deprecated; the newest is { $newest }
rule_launch_deprecated_short_2 = it is marked as deprecated
rule_launch_not_normal_1 = { $name } is { $state }, { $percent } % done; it can be launched once it is NORMAL.
rule_launch_not_normal_2 = { $name } is { $state }; it can be launched only while it is NORMAL.
rule_launch_not_normal_3 = The image can be launched only while it is NORMAL.
rule_launch_not_normal_fix_1 = wait until it is NORMAL{ $wait ->
   *[other] {""}
 }
rule_launch_not_normal_fix_2 = delete it and make it again
rule_launch_not_normal_short_1 = it is { $state }, { $percent } % done
rule_launch_not_normal_short_2 = it is { $state }, not NORMAL
rule_launch_not_normal_short_3 = it is not NORMAL
rule_launch_other_region_1 = { $name } is in { $from }, and you chose { $region }; an image launches only in its own region.
rule_launch_other_region_2 = An image launches only in its own region.
rule_launch_other_region_fix_1 = copy it to { $to }, then launch the copy
rule_launch_other_region_fix_2 = launch the image there, { $suggestion }
rule_launch_other_region_fix_3 = ask the owner to copy it there and to share that copy, or choose the image's own region{ $outside ->
   *[other] {""}
 }
rule_launch_other_region_fix_4 = choose the image's own region
rule_launch_other_region_short_1 = image is in { $from }, you chose { $region }; copy it there first{ $own ->
   *[other] {""}
 }
rule_launch_other_region_short_2 = image is in { $from }, you chose { $region }
rule_launch_other_region_short_3 = the image is in another region
rule_launch_own_shared_1 = { $shared ->
    [one] { $name } is shared with { $shared } account; that stops you neither from using it nor from making further images.
   *[other] { $name } is shared with { $shared } accounts; that stops you neither from using it nor from making further images.
 }
rule_launch_own_shared_2 = Sharing an image stops you neither from using it nor from making further images.
rule_launch_own_shared_short_1 = sharing it does not stop you from using it
rule_launch_type_1 = { $type } is sold out in { $place }, and still sold in { $elsewhere }. In { $place } there is { $types }.{ $sold_out ->
   *[other] {""}
 }
rule_launch_type_2 = { $type } is sold out in { $place }. There is { $types }.{ $sold_out ->
   *[other] {""}
 }
rule_launch_type_3 = { $type } is not sold in { $place }, but in { $elsewhere }. In { $place } there is { $types }.
rule_launch_type_4 = { $type } is not sold in { $place }. There is { $types }.
rule_launch_type_5 = { $type } is not sold in { $place }.
rule_launch_type_6 = This instance type is not sold there.
rule_launch_type_fix_1 = choose another instance type, such as { $suggestion }
rule_launch_type_fix_2 = choose another instance type
rule_launch_type_short_1 = { $type } is sold out in { $place }{ $sold_out ->
   *[other] {""}
 }
rule_launch_type_short_2 = { $type } is not sold in { $place }
rule_launch_type_short_3 = the instance type is not sold there
rule_launch_untrusted_1 = { $owner_name } is not an account you trust, and nobody has checked { $name }. Use images of accounts you trust.
rule_launch_untrusted_2 = The owner of { $name } is not known, and nobody has checked it. Use images of accounts you trust.
rule_launch_untrusted_3 = Nobody has checked this image. Use images of accounts you trust.
rule_launch_untrusted_fix_1 = trust the account, if you do, then launch
rule_launch_untrusted_short_1 = { $owner_name } is not trusted; nobody has checked it
rule_launch_untrusted_short_2 = its owner is not known; nobody has checked it
rule_launch_zone_1 = { $zone } is sold out. { $region } sells in { $zones }.{ $sold_out ->
   *[other] {""}
 }
rule_launch_zone_2 = { $zone } is none of the zones that { $region } sells in: { $zones }.
rule_launch_zone_3 = { $region } sells nothing in { $zone }.
rule_launch_zone_4 = No instance is sold in this zone.
rule_launch_zone_fix_1 = choose another zone, such as { $suggestion }
rule_launch_zone_fix_2 = choose another zone
rule_launch_zone_short_1 = { $zone } is sold out{ $sold_out ->
   *[other] {""}
 }
rule_launch_zone_short_2 = { $region } sells nothing in { $zone }
rule_launch_zone_short_3 = nothing is sold in this zone
rule_mode_read_only_1 = This profile is read-only: nothing that changes the cloud is sent.
rule_mode_read_only_fix_1 = turn read-only off, or use another profile
rule_mode_read_only_short_1 = read-only
rule_net_offline_1 = The cloud could not be reached at the last try.
rule_net_offline_fix_1 = check the network; it is tried again
rule_net_offline_short_1 = the cloud cannot be reached
rule_quota_received_1 = { $region } has { $own } of { $quota ->
        [one] { $quota } own image
       *[other] { $quota } own images
    }; { $received } received there: not counted.
rule_quota_received_2 = Received images do not count to your quota, and sharing does not use the owner's.
rule_quota_received_short_1 = { $received } received: not counted
rule_quota_received_short_2 = received images are not counted
rule_region_unknown_1 = There is no region { $region } here.
rule_region_unknown_2 = There is no such region here.
rule_region_unknown_fix_1 = did you mean { $suggestion }?
rule_region_unknown_fix_2 = choose a region of the list
rule_region_unknown_short_1 = there is no region { $region }
rule_region_unknown_short_2 = there is no such region
rule_reinstall_not_normal_1 = { $name } is { $state }, { $percent } % done; it can be used once it is NORMAL.
rule_reinstall_not_normal_2 = { $name } is { $state }; it can be used only while it is NORMAL.
rule_reinstall_not_normal_3 = The image can be used only while it is NORMAL.
rule_reinstall_not_normal_fix_1 = wait until it is NORMAL{ $wait ->
   *[other] {""}
 }
rule_reinstall_not_normal_fix_2 = choose another image
rule_reinstall_not_normal_short_1 = it is { $state }, { $percent } % done
rule_reinstall_not_normal_short_2 = it is { $state }, not NORMAL
rule_reinstall_not_normal_short_3 = it is not NORMAL
rule_reinstall_other_region_1 = { $name } is in { $from }, and { $instance } is in { $region }; an instance is reinstalled with an image of its own region.
rule_reinstall_other_region_2 = An instance is reinstalled with an image of its own region.
rule_reinstall_other_region_fix_1 = choose the image there, { $suggestion }
rule_reinstall_other_region_fix_2 = choose an image of the instance's region
rule_reinstall_other_region_short_1 = image is in { $from }, the instance in { $region }
rule_reinstall_other_region_short_2 = the image is in another region
rule_reinstall_state_1 = { $instance } is busy with { $operation }; it can be reinstalled afterwards.
rule_reinstall_state_2 = { $instance } is { $state }; it can be reinstalled while it is RUNNING or STOPPED.
rule_reinstall_state_3 = An instance can be reinstalled while it is RUNNING or STOPPED.
rule_reinstall_state_fix_1 = wait until it is at rest, up or down
rule_reinstall_state_short_1 = the instance is busy with { $operation }
rule_reinstall_state_short_2 = the instance is { $state }
rule_reinstall_state_short_3 = the instance is busy
rule_reinstall_untrusted_1 = { $owner_name } is not an account you trust, and nobody has checked { $name }. Use images of accounts you trust.
rule_reinstall_untrusted_2 = The owner of { $name } is not known, and nobody has checked it. Use images of accounts you trust.
rule_reinstall_untrusted_3 = Nobody has checked this image. Use images of accounts you trust.
rule_reinstall_untrusted_fix_1 = trust the account, if you do, then reinstall
rule_reinstall_untrusted_short_1 = { $owner_name } is not trusted; nobody has checked it
rule_reinstall_untrusted_short_2 = its owner is not known; nobody has checked it
rule_reinstall_wipes_1 = The system disk of { $instance } ({ $name }, { $disk_gib } GiB) is wiped. Type the instance's ID to go on.
rule_reinstall_wipes_2 = The instance's system disk is wiped. Type the instance's ID to go on.
rule_reinstall_wipes_short_1 = wipes the system disk of { $instance }
rule_reinstall_wipes_short_2 = wipes the system disk
rule_rename_description_length_1 = { $length ->
    [one] The description has { $length } character; at most { $limit } are possible.
   *[other] The description has { $length } characters; at most { $limit } are possible.
 }
rule_rename_description_length_2 = The description is too long.
rule_rename_description_length_fix_1 = shorten the description
rule_rename_description_length_short_1 = { $limit ->
    [one] the description has { $length } of { $limit } character
   *[other] the description has { $length } of { $limit } characters
 }
rule_rename_description_length_short_2 = the description is too long
rule_rename_name_length_1 = { $limit ->
    [one] The name is empty; it takes 1 to { $limit } character.
   *[other] The name is empty; it takes 1 to { $limit } characters.
 }{ $empty ->
   *[other] {""}
 }
rule_rename_name_length_2 = { $length ->
    [one] The name has { $length } character; at most { $limit } are possible.
   *[other] The name has { $length } characters; at most { $limit } are possible.
 }
rule_rename_name_length_3 = The name is too long.
rule_rename_name_length_fix_1 = enter a name that fits
rule_rename_name_length_short_1 = the name is empty{ $empty ->
   *[other] {""}
 }
rule_rename_name_length_short_2 = { $limit ->
    [one] the name has { $length } of { $limit } character
   *[other] the name has { $length } of { $limit } characters
 }
rule_rename_name_length_short_3 = the name is too long
rule_rename_name_taken_1 = { $region } has another own image called { $name } ({ $image }).
rule_rename_name_taken_2 = There is another own image of that name.
rule_rename_name_taken_fix_1 = use another name, such as { $suggestion }
rule_rename_name_taken_fix_2 = use another name
rule_rename_name_taken_short_1 = { $image } has that name already
rule_rename_name_taken_short_2 = the name is taken
rule_rename_public_1 = { $name } is public; its name and description are fixed.
rule_rename_public_2 = Name and description of public images are fixed.
rule_rename_public_fix_1 = nothing to do
rule_rename_public_short_1 = name and description of public images are fixed
rule_rename_received_1 = Name and description of { $name } are those of its owner, { $owner_name }.
rule_rename_received_2 = Name and description of { $name } are its owner's.
rule_rename_received_3 = Name and description are the owner's.
rule_rename_received_fix_1 = keep a note of your own here instead
rule_rename_received_short_1 = name and description are the owner's
rule_rename_shared_1 = { $shared ->
    [one] { $name } is shared with { $shared } account. One of the vendor's pages says that a shared image cannot be changed; the cloud decides.
   *[other] { $name } is shared with { $shared } accounts. One of the vendor's pages says that a shared image cannot be changed; the cloud decides.
 }
rule_rename_shared_2 = One of the vendor's pages says that a shared image cannot be changed; the cloud decides.
rule_rename_shared_short_1 = it is shared, so the cloud may refuse
rule_session_expired_1 = The credentials no longer work: expired, or withdrawn.
rule_session_expired_fix_1 = sign in again, or use another profile
rule_session_expired_short_1 = the credentials no longer work
rule_session_none_1 = There are no credentials.
rule_session_none_fix_1 = sign in, or use another profile
rule_session_none_short_1 = no credentials
rule_share_account_form_1 = "{ $text }" is an e-mail address, and an account ID is digits only. The receiver finds it in the console under Account Information.{ $email ->
   *[other] {""}
 }
rule_share_account_form_2 = "{ $text }" does not end in a region code such as ap-guangzhou.{ $bad_region ->
   *[other] {""}
 }
rule_share_account_form_3 = "{ $text }" is no account ID; QQ numbers and AppIds are not account IDs either. The receiver finds it in the console under Account Information.{ $digits ->
   *[other] {""}
 }
rule_share_account_form_4 = "{ $text }" is no account ID: digits only, such as 100000000001. The receiver finds it in the console under Account Information.
rule_share_account_form_5 = There is no such account. E-mail addresses, QQ numbers and AppIds are not account IDs; the receiver finds the account ID in the console under Account Information.
rule_share_account_form_fix_1 = use { $suggestion }
rule_share_account_form_fix_2 = enter the receiver's account ID
rule_share_account_form_short_1 = "{ $text }": no such region code{ $bad_region ->
   *[other] {""}
 }
rule_share_account_form_short_2 = "{ $text }" is no account ID
rule_share_account_form_short_3 = there is no such account ID
rule_share_already_1 = { $accounts } can use it already, since { $since }.
rule_share_already_2 = { $accounts } can use it already.
rule_share_already_3 = It is shared with this account already.
rule_share_already_fix_1 = nothing to do
rule_share_already_short_1 = shared with { $accounts } since { $since }
rule_share_already_short_2 = shared with { $accounts } already
rule_share_already_short_3 = it is shared already
rule_share_byol_1 = { $name } holds a licence that you brought yourself (BYOL); such images cannot be shared.
rule_share_byol_2 = Images with a licence that you brought yourself (BYOL) cannot be shared.
rule_share_byol_fix_1 = make an image without that licence, and share that
rule_share_byol_short_1 = it holds your own licence (BYOL)
rule_share_encrypted_1 = { $name } is encrypted, and encrypted images cannot be shared.
rule_share_encrypted_2 = Encrypted images cannot be shared.
rule_share_encrypted_fix_1 = make an unencrypted image of the same system, and share that
rule_share_encrypted_short_1 = it is encrypted; encrypted images are not shared
rule_share_leak_1 = Whoever gets { $name } can read all that is on it, launch it, make new images from it and pass those on. Cancelling the share later does not bring the data back.
rule_share_leak_2 = Whoever gets the image can read all that is on it, launch it, make new images from it and pass those on. Cancelling the share later does not bring the data back.
rule_share_leak_short_1 = asks you to accept the risk of leaks
rule_share_limit_1 = { $limit ->
    [one] { $new } new would make { $total } in { $region }; an image can be shared with { $limit } account.
   *[other] { $new } new would make { $total } in { $region }; an image can be shared with { $limit } accounts.
 }
rule_share_limit_2 = { $limit ->
    [one] { $new } new would make { $total }; this image can be shared with { $limit } account.
   *[other] { $new } new would make { $total }; this image can be shared with { $limit } accounts.
 }
rule_share_limit_3 = { $shared ->
    [one] It is shared with { $shared } account already; an image can be shared with { $limit }.
   *[other] It is shared with { $shared } accounts already; an image can be shared with { $limit }.
 }
rule_share_limit_4 = This image cannot be shared with more accounts.
rule_share_limit_fix_1 = drop some receivers, cancel shares that are no longer needed, or go by the newer pages, which say { $newer } (--rules current, or rules = "current" in the profile)
rule_share_limit_fix_2 = drop some receivers, or cancel shares that are no longer needed
rule_share_limit_short_1 = { $limit ->
    [one] { $new } new would make { $total } of { $limit } account
   *[other] { $new } new would make { $total } of { $limit } accounts
 }
rule_share_limit_short_2 = { $limit ->
    [one] shared with { $shared } of { $limit } account
   *[other] shared with { $shared } of { $limit } accounts
 }
rule_share_limit_short_3 = it cannot be shared with more accounts
rule_share_not_known_1 = { $account } is not in the address book, and this profile shares only with accounts that are.
rule_share_not_known_2 = The account is not in the address book, and this profile shares only with accounts that are.
rule_share_not_known_fix_1 = add it to the address book; in the console t does it
rule_share_not_known_short_1 = { $account } is not in the address book
rule_share_not_known_short_2 = the account is not in the address book
rule_share_not_normal_1 = In { $region } the copy { $name } is { $state }, { $percent } % done; it can be shared once it is NORMAL.
rule_share_not_normal_2 = In { $region } the copy { $name } is { $state }; it can be shared only while it is NORMAL.
rule_share_not_normal_3 = { $name } is { $state }, { $percent } % done; it can be shared once it is NORMAL.
rule_share_not_normal_4 = { $name } is { $state }; it can be shared only while it is NORMAL.
rule_share_not_normal_5 = The image can be shared only while it is NORMAL.
rule_share_not_normal_fix_1 = wait until it is NORMAL{ $wait ->
   *[other] {""}
 }
rule_share_not_normal_fix_2 = delete it and make it again
rule_share_not_normal_short_1 = it is { $state }, { $percent } % done
rule_share_not_normal_short_2 = it is { $state }, not NORMAL
rule_share_not_normal_short_3 = it is not NORMAL
rule_share_other_region_1 = { $accounts } would need it in { $region }, and an image is shared in its own region, { $from }. Copy it to { $region } first, then share the copy.
rule_share_other_region_2 = An image is shared in its own region. Copy it to the region where it is needed, then share the copy.
rule_share_other_region_fix_1 = copy it to { $to }, wait, then share the copy
rule_share_other_region_fix_2 = copy it there, wait, then share the copy
rule_share_other_region_short_1 = shared only in { $from }; copy it to { $region } first
rule_share_other_region_short_2 = it is shared only in its own region; copy it first
rule_share_public_1 = Public images are everyone's already.
rule_share_public_fix_1 = nothing to do: give the receiver the image's ID
rule_share_public_short_1 = public images are everyone's already
rule_share_received_1 = Only its owner, { $owner_name }, can share { $name } on.
rule_share_received_2 = Another account shared { $name } with you; only its owner can share it on.
rule_share_received_3 = Only the image's owner can share it on.
rule_share_received_fix_1 = ask the owner to share it with them; a text for that can be copied
rule_share_received_short_1 = only its owner, { $owner_name }, can share it on
rule_share_received_short_2 = only its owner can share it on
rule_share_self_1 = { $account } is your own account: it needs no share. To have the image in { $region }, copy it there.
rule_share_self_2 = { $account } is your own account: it needs no share.
rule_share_self_3 = An image needs no share with your own account.
rule_share_self_fix_1 = copy it to { $to }
rule_share_self_fix_2 = leave your own account out
rule_share_self_short_1 = { $account } is you; for { $region }, copy it there
rule_share_self_short_2 = { $account } is your own account
rule_share_self_short_3 = your own account needs no share
rule_share_sub_account_1 = { $account_name } is a sub-account ({ $account }); images are shared with main accounts.
rule_share_sub_account_2 = Images are shared with main accounts, and this is a sub-account.
rule_share_sub_account_fix_1 = ask the receiver for the ID of their main account
rule_share_sub_account_short_1 = { $account } is a sub-account
rule_share_sub_account_short_2 = it is a sub-account; share with its main one
rule_share_whole_machine_1 = { $name } is an image of a whole machine, data disks and all; such images cannot be shared.
rule_share_whole_machine_2 = Images of a whole machine, data disks and all, cannot be shared.
rule_share_whole_machine_fix_1 = make an image of the system disk alone, and share that
rule_share_whole_machine_short_1 = it is an image of a whole machine
rule_unshare_foreign_1 = The share with { $accounts } was not made from here: somebody else made it, since { $since }.
rule_unshare_foreign_2 = The share with { $accounts } was not made from here: somebody else made it.
rule_unshare_foreign_3 = The share was not made from here: somebody else made it.
rule_unshare_foreign_short_1 = somebody else shared it with { $accounts }
rule_unshare_foreign_short_2 = somebody else made the share
rule_unshare_lives_on_1 = Instances that the receiver made from { $name } keep running, and images made from those stay theirs. What ends: they can no longer see or launch it.
rule_unshare_lives_on_2 = Instances that the receiver made keep running, and images made from those stay theirs. What ends: they can no longer see or launch the image.
rule_unshare_lives_on_short_1 = what the receiver made from it lives on
rule_unshare_none_1 = { $name } is another account's image; its shares are the owner's.{ $received ->
   *[other] {""}
 }
rule_unshare_none_2 = { $name } is public; there are no shares to cancel.{ $public ->
   *[other] {""}
 }
rule_unshare_none_3 = { $name } is not shared with { $accounts }: nothing to cancel.
rule_unshare_none_4 = { $name } is shared with nobody: nothing to cancel.
rule_unshare_none_5 = There is no share of yours to cancel.
rule_unshare_none_fix_1 = nothing to do
rule_unshare_none_short_1 = its shares are the owner's{ $received ->
   *[other] {""}
 }
rule_unshare_none_short_2 = it is not shared with { $accounts }
rule_unshare_none_short_3 = shared with nobody; nothing to cancel
rule_unshare_not_normal_1 = { $name } is { $state }, { $percent } % done; its shares can be cancelled once it is NORMAL.
rule_unshare_not_normal_2 = { $name } is { $state }; its shares can be cancelled only while it is NORMAL.
rule_unshare_not_normal_3 = Shares can be cancelled only while the image is NORMAL.
rule_unshare_not_normal_fix_1 = wait until it is NORMAL{ $wait ->
   *[other] {""}
 }
rule_unshare_not_normal_fix_2 = nothing to do
rule_unshare_not_normal_short_1 = it is { $state }, { $percent } % done
rule_unshare_not_normal_short_2 = it is { $state }, not NORMAL
rule_unshare_not_normal_short_3 = it is not NORMAL

## rules

rules_asks = asks
rules_blocks = blocks
rules_copy_rule = copy the rule
rules_fix = Fix: { $fix }
rules_keep_search = keep the search
rules_no_rule_has_that_in = No rule has that in its code or its words.
rules_rule_was_sent_to_terminals = The rule { $code } was sent to the terminal's clipboard.
rules_rules = Rules
rules_search = search
rules_tells = tells

## session

session_end_session_ends_in_h = session ends in { $as_hours } h
session_end_session_ends_in_min = session ends in { $as_mins } min
session_end_session_ends_in_minute = session ends in a minute
session_end_session_has_ended = session has ended

## setup

setup_metadata_takes_off_or_http = --metadata takes off, or http:// and a loopback address and port
setup_names_region_which_is_no = { $place } names the region { $text }, which is no region code; set one such as ap-guangzhou
setup_no_profiles = none; the built-in cloud's are there with --demo
setup_there_is_no_profile = there is no profile { $name }
setup_there_is_no_profile_there = there is no profile { $name }; there are: { $all }

## share

share_add = add
share_address_book = Address book
share_before_you_go_on_look = Before you go on, look on the image for:
share_cannot = cannot
share_cannot_b = cannot · { $why }
share_choose = choose
share_choose_at_least_one_account = Choose at least one account: type its ID, or mark it in the address book.
share_choose_at_least_one_region = Choose at least one region.
share_chosen = Chosen:{" "}
share_copy = copy · { $name }
share_copy_is_there = copy is there · { $id }
share_copy_is_there_b = a copy is there: { $copy }
share_e_shares_if_it_is = e shares { $image }, if it is a copy
share_goes_by_them_for_this = { $key } goes by them for this profile
share_has_it = has it
share_have_it = have it
share_image_is_here_already = the image is here already
share_in = { $name } in { $region }
share_in_which_regions_do_they = In which regions do they need it? Where it is not, it is copied first.
share_is_copy = is { $id } a copy?
share_it_is_empty_accounts_in = It is empty; [accounts] in the configuration fills it.
share_joined = { $copies }, { $adds }.
share_joined_b = { $region }, { $who }: { $text }.
share_joined_c = { $region }: { $a1 }.
share_leave_out_or_take_in = leave out, or take in
share_name_copy_in = Name of the copy in { $region }:{" "}
share_nobody_yet = nobody yet
share_nothing_was_sent_same_key = Nothing was sent. The same key opens it again where you left it.
share_other_name = other name
share_some_regions_have_not_answered = Some regions have not answered yet.
share_something_stands_in_way_decide = Something stands in the way: decide it, or leave the region out.
share_still_asking_answers_are_missing = Still asking: { $n } answers are missing.
share_take_name = take the name
share_there_has_its_name_size = { $id } there has its name, size and system
share_there_is_no_image_there = There is no image there that could be used.
share_to_address_book = to the address book
share_to_field = to the field
share_to_share = to share
share_to_which_regions = To which regions?
share_use_what_is_there = use what is there
share_when_copy_is_in_launch = When the copy is in { $region }, the launch goes on here.
share_who_gets_it_account_ids = Who gets it? Account IDs, as many as you like; @REGION for one region only.
share_will_be_copied = will be copied
share_will_be_copied_if_there = will be copied, if there is room
share_x_leaves_it_out = x leaves it out
share_yes_copy = Yes, copy

## step

step_choices = choices
step_findings = findings
step_receivers = receivers
step_regions = regions
step_report = report
step_risk = risk
step_running = running
step_sending = sending

## table

table_asking_answered = Asking { $counted } … { $total } answered.
table_asks_again_takes_another_profile = { $key } asks again · { $keyb } takes another profile
table_in = {" "}in { $one }
table_in_or = {" "}in { $first } or { $second }
table_in_regions_in_view = {" "}in the { $n } regions in view
table_list_regions = the list of regions
table_looks_in_other_regions_asks = { $key } looks in other regions · { $keyb } asks again
table_marked = { $n } marked
table_marked_from_last_mark_to = { $rows } marked, from the last mark to here.
table_marked_same_key_on_another = Marked. The same key on another row marks all up to that one.
table_marked_them_not_shown = { $n } marked, { $nb } of them not shown
table_no_image_is_shared_with = No image is shared with you
table_nothing_matches = Nothing matches "{ $filter }".
table_starting = Starting …
table_stop = { $what }{ $place }.
table_takes_filter_away = { $key } takes the filter away.
table_there_is_no_region = There is no region
table_who_we_are = who we are
table_you_have_no_image = You have no image
table_you_have_no_instance = You have no instance

## theme

theme_unknown = there is no theme { $name }; there are: { $all }; a file { $file }.toml in { $dir } would be one

## undo

undo_cancel_in = Cancel in { $region }, { $image }: { $who }
undo_copy_stays = { $region }: the copy { $image } stays: { $why }
undo_delete_copy_in = Delete the copy in { $region }, { $image }{ $snapshots }
undo_instances_that_receivers_made = instances that receivers made from these images go on
undo_name_does_not_match_nothing = The name does not match; nothing was done.
undo_reading_what_is_there_now = Reading what is there now …
undo_run_and_go_on = { $region }: { $ids } run { $image } and go on
undo_snapshot_stays_and_is_billed = { $region }: the snapshot of { $image } stays and is billed
undo_snapshots_stay_and_are_billed = { $region }: the { $count } snapshots of { $image } stay and are billed
undo_snapshots_too = the snapshots too
undo_stays_shared_with_this_job = { $region }: { $image } stays shared with { $names }: this job did not make that
undo_undo_what_this_job_did = Undo what this job did
undo_undoing = Undoing.
undo_what_is_there_now_is = What is there now is still being read.
undo_yes_undo = Yes, undo

## unshare

unshare_all = all
unshare_cancel_shares = Cancel shares
unshare_cancel_shares_b = Cancel shares of { $name }
unshare_cancel_these = cancel these
unshare_marked = { $n } marked
unshare_one_under_marker = the one under the marker
unshare_yes_cancel = Yes, cancel

## view

view_state_file_it_is_not_opened_as = It is not opened as you left it. { $error }

## word

word_add = add
word_blocked = blocked
word_cancelled = cancelled
word_copied = copied
word_copy = copy
word_copying = copying
word_deleted = deleted
word_done = done
word_extra = extra
word_extra_made_elsewhere = extra, made elsewhere
word_failed = failed
word_finance = finance
word_image = image
word_mainland = mainland
word_overseas = overseas
word_partial = partial
word_planned = planned
word_ready = ready
word_running = running
word_share = share
word_shared = shared
word_sharing = sharing
word_skipped = skipped
word_still_shared = still shared
word_there = there
word_undone = undone
word_unfinished = unfinished
word_unknown = unknown
word_verified = verified
word_waiting = waiting

## words

words_being_copied = being copied
words_being_imported = being imported
words_being_made = being made
words_failed = failed
words_import_failed = import failed
words_ready = ready
