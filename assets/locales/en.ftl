## accounts

accounts_accounts = Accounts
accounts_another_account = another account
accounts_has_no_name_any_more = { $uin } no longer has a name.
accounts_hidden = { $name } is hidden here; it is still shared with you.
accounts_hidden_with_key = { $name } is hidden here; it is still shared with you. { $key } shows hidden images.
accounts_is = { $uin } is now called { $name }.
accounts_is_not_trusted_any_more = is no longer trusted
accounts_is_shown_again = { $name } is visible again.
accounts_is_trusted = is now trusted
accounts_its_name = name
accounts_its_owner = owner
accounts_no_name = clear name
accounts_nobody_is_known_yet = No accounts yet.
accounts_noted = Note saved.
accounts_only_image_that_was_shared = Only images shared with you can be hidden.
accounts_there_is_no_note_any = Note deleted.
accounts_trust_changed = { $account } { $said }.{ $until }
accounts_trust_or_not = toggle trust
accounts_trusted = TRUSTED
accounts_trusted_by_profile = Trusted by profile { $profile }. { $means }
accounts_until_you_leave_demo = {" "}Not saved after the demo.
accounts_untrusted_asks = Using an image of an untrusted account needs confirmation.
accounts_untrusted_blocked = Images of untrusted accounts cannot be used.
accounts_uses_newer_limits = { $label } uses the limits of the newer docs: { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    } per image, { $images ->
        [one] { $images } image
       *[other] { $images } images
    } per region.{ $until }
accounts_what_is_called = name of { $uin }

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

actions_and_more_reasons = { $n ->
    [one] {" "}· and { $n } more reason
   *[other] {" "}· and { $n } more reasons
 }
actions_asks = asks · { $short }
actions_blocked = blocked · { $short }{ $more }
actions_does_both = { $key } does both
actions_does_that = { $key } does that
actions_goes_by = { $key } uses limit { $figure }
actions_has_text_for_its_owner = { $key } copies a request text
actions_hides_it_here = { $key } hides it here
actions_keeps_note_yours = { $key } adds a note
actions_looks_again = { $key } refreshes
actions_ready = ready · { $short }
actions_takes_another_profile = { $key } switches profile
actions_trusts_it = { $key } trusts it

## answer

answer_yes = y yes

## api

api_language = en-US

## batch

batch_all_done = { $done } { $word }.
batch_cancels_first = cancels { $shares } first
batch_gib_deleted_with_them = { $images }: also deletes { $snapshots }, { $gib } GiB.
batch_gib_stay = { $images }: { $snapshots } of { $gib } GiB will be kept.
batch_images = { $of ->
    [one] { $n } of { $of } image
   *[other] { $n } of { $of } images
 }
batch_images_sentence = { $images }: { $said }
batch_is_gone = { $image } no longer exists.
batch_its_shares = { $shares ->
    [one] its { $shares } share
   *[other] all { $shares } shares
 }
batch_made_from_them_not_touched = { $images }: does not affect { $instances } made from them.
batch_more = { $more } more
batch_name_why = { $name }: { $why }
batch_no_longer_shared = no longer shared
batch_reasons_next = next reasons
batch_refused = { $done } { $word }, { $refused } refused: { $why }
batch_title = { $n ->
    [one] { $capital }: possible for { $can } of { $n } image
   *[other] { $capital }: possible for { $can } of { $n } images
 }
batch_type_delete_to_go_on = Type delete { $can } to continue:
batch_yes = Yes, { $verb } { $can }
batch_yes_cancel_those = Yes, cancel the shares of { $can }

## capture

capture_asking_for_it = Sending the request …
capture_keeps_running = The instance keeps running; stop it first to capture unsaved data.
capture_make_image = Create an image
capture_unknown = {" "}It is not known whether the image is being created: check My Images before you try again.
capture_yes_make_image = Yes, create the image

## change

change_cancel_and_delete = cancel all shares and delete { $target }
change_capture = create an image of { $target }
change_delete = delete { $target }
change_launch = launch an instance from { $target }
change_reinstall = reinstall { $target }
change_rename = rename { $target }
change_target = { $name } ({ $id }, { $region })

## chrome

chrome_actions = actions
chrome_all_regions = all regions
chrome_and_more = {" "}and { $failed } more
chrome_as_ago = as of { $age } ago ·{" "}
chrome_as_just_now = as of just now ·{" "}
chrome_asking = { $turning }{ $past }asking … { $answered } of { $total }
chrome_commands = commands
chrome_copies_as_one = copies grouped
chrome_credentials_expired = credentials expired
chrome_did_not_answer = { $past }{ $region }{ $more } did not answer: { $why }
chrome_is_not_whole = { $past }{ $region }{ $more } incomplete: { $why }
chrome_jobs = { $n ->
    [one] { $n } job
   *[other] { $n } jobs
 }
chrome_keep_filter = keep filter
chrome_mine = Mine
chrome_no_credentials = no credentials
chrome_not_known_yet = , { $unsure } unknown so far
chrome_not_understood = {" "}· invalid filter
chrome_offline = offline
chrome_read_only = read-only
chrome_refresh_off = no auto refresh
chrome_rules = { $standing } rules
chrome_shared = Shared

## cli

cli_lines_cannot_be_written = cannot write to the terminal: { $e }
cli_needs_terminal = the console needs a terminal; use cvmshare list images -o json and other commands in scripts (cvmshare --help lists them), or --plain
cli_no_threads_can_be_started = cannot start threads: { $e }
cli_only_files_may_be_open = { $limit ->
    [one] only { $limit } file can be open at once, but { $needed } are needed; raise the limit with ulimit -n 256
   *[other] only { $limit } files can be open at once, but { $needed } are needed; raise the limit with ulimit -n 256
 }

## clock

clock_ahead = ahead of
clock_behind = behind
clock_set_clock_for_example_with = ; set the clock, for example with timedatectl set-ntp true
clock_skew = this machine's clock is { $off } s { $side } the cloud's; signatures fail from 300 s{ $fix }

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
cloud_error_maybe_done = It may have been carried out anyway; check with cvmshare list { $list } before trying again
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
cmd_change_done_not_read_back = done, but the result could not be read back: { $why }
cmd_change_dry_run = dry run: nothing was changed
cmd_change_error_line = { $error } ({ $code }{ $id })
cmd_change_not_a_zone = { $zone } is not a zone such as ap-guangzhou-3
cmd_change_shares_with_are_cancelled = cancelled the shares with { $accounts }
cmd_change_use_cancel_shares = --cancel-shares cancels all shares first
cmd_confirm_go_ahead_y_n = { $what }: continue? [y/N]{" "}
cmd_confirm_needs_acceptance =
    { $what }: needs confirmation, but there is no terminal
    Add --yes, which accepts the above, or --dry-run to see what would be done
cmd_confirm_needs_confirmation =
    { $what }: needs confirmation, but there is no terminal
    Add --yes, or --dry-run to see what would be done
cmd_confirm_nothing_was_changed = nothing was changed
cmd_confirm_to_accept = to accept: { $sentence } [{ $code }]
cmd_confirm_type_to_go_ahead = { $what }: type { $name } to continue:{" "}
cmd_exposure_unknown_account = unknown account
cmd_job_report_copying = copying { $percent }
cmd_job_report_for = For { $all }:
cmd_job_runner_add_endpoint = job { $id } runs on { $endpoint }; add --endpoint { $endpoint }
cmd_job_runner_drop_endpoint = job { $id } runs on the vendor's cloud; remove --endpoint
cmd_job_runner_ends_with_cloud = job { $id } ends now: its cloud is part of this program
cmd_job_runner_in_process = job { $id } continues in process { $pid }
cmd_job_runner_job = job { $id }: { $why }
cmd_job_runner_job_waits_for_sign_in = job { $id } is waiting for a sign-in ({ $why })
cmd_job_runner_nothing_more_was_sent = { $why }; no further requests were sent
cmd_job_runner_other_account = job { $id } belongs to account { $account }, but these credentials belong to { $caller }; choose its profile with --profile { $profile }
cmd_job_runner_paused = job { $id } is paused; continue with: cvmshare jobs resume { $id }
cmd_job_runner_sign_in_elsewhere = sign in from another terminal, then press Enter; Ctrl-C pauses the job
cmd_job_runner_sign_in_first = sign in, then continue with: cvmshare jobs resume { $id }
cmd_job_runner_signals_cannot_be_heard = cannot receive signals: { $e }
cmd_job_runner_stopped_why = job { $id }: { $why }; continue with: cvmshare jobs resume { $id }
cmd_job_runner_there_is_no_job_any = job { $id } no longer exists
cmd_job_runner_unchanged_why = job { $id } was not changed: { $why }
cmd_jobs_already_over = job { $id } has ended; cvmshare jobs undo { $id } undoes its changes
cmd_jobs_it_waits = waiting: { $text } ({ $code })
cmd_jobs_no_job_is_unfinished = no unfinished jobs
cmd_jobs_not_found = no job { $id }; cvmshare jobs list shows all jobs
cmd_jobs_of = { $shared } of { $n }
cmd_jobs_region_with_why = { $region } with { $who }: { $why }
cmd_jobs_there_is_no_profile = no profile
cmd_list_not_in_regions = { $id } was not found in { $all }; give its region with --region
cmd_list_of = { $own } of { $all }
cmd_list_waiting_for_regions = { $all ->
    [one] waiting for { $left } of { $all } region …
   *[other] waiting for { $left } of { $all } regions …
 }
cmd_lookup_waiting_for_cloud = waiting for the cloud …
cmd_plan_added_cancelled = { $added } added, { $gone } cancelled
cmd_plan_ambiguous =
    { $image } is ambiguous: { $all }
    Add region = with the region of the image that you mean, or give its ID
cmd_plan_empty_entry =
    { $image } has neither receivers nor regions
    Add with = [accounts] or regions = [codes], or remove the entry
cmd_plan_give_region_code_such_as =
    { $given } is not a region code
    Give a region code such as ap-guangzhou
cmd_plan_image_not_found =
    no own image { $image } in { $places }
    Correct the name, or add region = with the image's region
cmd_plan_line = line { $line }, { $name } ({ $id }):
cmd_plan_no_images =
    the file declares no images
    Add a table [[images]] with image and with or regions
cmd_plan_not_a_receiver =
    { $given } is neither an account ID nor a known name; known names: { $all }
    Give an account ID such as 100000000002, or define a group in [groups]
cmd_plan_not_an_account =
    { $junk } is not an account ID
    Give an account ID, or an account ID and a region such as 100000000002@eu-frankfurt
cmd_plan_not_yours =
    { $id } belongs to another account
    Only its owner can copy and share it; remove the entry
cmd_plan_nothing_cancelled = no shares were cancelled, because not everything else was done
cmd_plan_place = { $file }{ $line }: { $text }
cmd_plan_refused = { $id } in { $region }: { $text } ({ $code })
cmd_plan_reuse_true = reuse = true in its entry
cmd_plan_same_copy_name =
    its copy in { $region } would have the name { $name }, as would the copy of line { $line }
    Remove that region from one of the entries
cmd_plan_see_format =
    { $text }
    See assets/plan.toml or the README for the format
cmd_plan_summary_add = { $add } to add, { $there } already shared, { $extra } not in the file
cmd_plan_summary_cancel = { $add } to add, { $gone } to cancel
cmd_plan_too_many_images = { $n ->
    [one]
        the file declares { $n } image, more than { $limit }
        Split it into several files
   *[other]
        the file declares { $n } images, more than { $limit }
        Split it into several files
 }
cmd_plan_too_many_receivers = { $limit ->
    [one]
        more than { $limit } receiver for one image
        An image can be shared with far fewer accounts; remove some
   *[other]
        more than { $limit } receivers for one image
        An image can be shared with far fewer accounts; remove some
 }
cmd_plan_twice =
    { $image } is declared twice, first in line { $line }
    Merge the two entries
cmd_plan_twice_by_id =
    { $image } is { $id }, which is already declared in line { $line }
    Merge the two entries
cmd_planned_cloud_would_refuse_it = { $region }: the cloud will refuse it: { $text } ({ $code })
cmd_planned_not_known = not known: { $missing_name }
cmd_planned_reuse = {"  "}-> or, if { $image } is a copy of it, reuse it with { $reuse }
cmd_planned_summary = Job { $id }: { $copies } ({ $gib } GiB) and { $shares }
cmd_progress_error = : { $why } ({ $code })
cmd_progress_shared_with = , shared with { $shared } of { $all }
cmd_progress_watching = job { $id } runs in process { $pid } on { $host }; watching
cmd_share_detach_needs_endpoint = --detach needs a cloud outside this program; start the built-in one with cvmshare emulate and name it with --endpoint
cmd_share_detached = job { $id } continues in the background; cvmshare jobs show { $id } shows its progress
cmd_share_job_exists = job { $id } already exists and continues
cmd_share_not_detached = job { $id } could not be moved to the background: { $e }; continue it here with cvmshare jobs resume { $id }
cmd_share_session_ends = the session ends in { $minutes } min; a longer job will wait for a sign-in
cmd_undo_not_done = not done: { $word } { $region }: { $what }
cmd_undo_not_known = {"  "}- not known: { $what }
cmd_undo_not_over = job { $id } has not ended; run cvmshare jobs cancel { $id } first
cmd_undo_nothing = nothing to undo: no share or copy that job { $id } made still exists
cmd_undo_question = { $steps ->
    [one] Undo job { $id } ({ $steps } step)
   *[other] Undo job { $id } ({ $steps } steps)
 }
cmd_undo_share_list_still_shows = the share list still shows { $all }
cmd_undo_step = { $would }{ $word } { $region }: { $what }
cmd_undo_with = { $image } with { $all }
cmd_undo_would = would{" "}
cmd_unshare_image_is_not_known = image not found
cmd_unshare_list_lags = the share list still shows some of them; it may be delayed: check again with cvmshare list shares
cmd_unshare_question = { $n ->
    [one] Cancel { $n } share of { $id }
   *[other] Cancel { $n } shares of { $id }
 }
cmd_unshare_question_all = { $all ->
    [one] Cancel { $all } share of { $id }
   *[other] Cancel all { $all } shares of { $id }
 }
cmd_verdict_allowed = allowed
cmd_verdict_changed = it has changed in the meantime; nothing was done
cmd_verdict_give_region = Give its region with --region, or try again if the cloud did not answer
cmd_verdict_identity = identity
cmd_verdict_image = image { $id }
cmd_verdict_image_name = {" "}{ $name } ({ $id }, { $region })
cmd_verdict_images = images { $region }
cmd_verdict_instance = instance { $id }
cmd_verdict_not_in_regions = { $what } was not found in any of the regions queried; give its region with --region
cmd_verdict_not_known = not known: { $missing }
cmd_verdict_offers = offers { $region }
cmd_verdict_quota = quota { $region }
cmd_verdict_run_command_again = Run the command again
cmd_verdict_shares = shares { $id }
cmd_verdict_title =
    { $does }{ $name }: { $kind }
    {""}
cmd_verdict_to_accept = to accept: { $risk }

## column

column_account = ACCOUNT
column_age = AGE
column_ago = { $age } ago
column_d = d
column_h = h
column_id = ID
column_just_now = just now
column_min = min
column_name = NAME
column_now = now
column_region = REGION
column_state = STATE
column_y = y

## command

command_actions_with_reasons = actions and reasons
command_all_commands = all commands
command_back = back
command_back_to_where_last_jump = back to before the last jump
command_cancel_shares = cancel shares
command_copy_id = copy ID
command_copy_text = copy text
command_copy_to_regions = copy to regions
command_copy_under_another_name = copy under another name
command_details = details
command_doctor = check the setup (doctor)
command_draw_screen_anew = redraw the screen
command_drop_it = remove
command_filter = filter
command_forward_again = forward
command_go_on = continue
command_go_to_related = go to related rows
command_group_copies = group copies in one row, or not
command_help = help
command_hide = hide or unhide here
command_invert_marks = invert the marks
command_jobs = jobs
command_launch_instance = launch an instance
command_make_image_instance = create an image of an instance
command_mark = mark
command_mark_range = mark from the last mark to here
command_messages_and_calls = messages and calls
command_mouse = toggle the mouse
command_move_down = move down
command_move_left = move left
command_move_right = move right
command_move_up = move up
command_name_and_description = name and description
command_newer_limits = use the newer docs' limits
command_next_field = next field
command_next_tab = next tab
command_note_your_own = edit your note
command_page_down = page down
command_page_up = page up
command_previous_field = previous field
command_previous_tab = previous tab
command_profile = profile
command_quit = quit
command_read_only = toggle read-only
command_refresh = refresh
command_regions_in_view = regions in view
command_reinstall_instance = reinstall an instance
command_rules = rules
command_share_guided = share (guided)
command_sort_by_column_to_left = sort by the previous column
command_sort_by_column_to_right = sort by the next column
command_suspend = suspend
command_to_first_row = first row
command_to_last_row = last row
command_toggle_hidden = show or hide hidden images
command_trust_or_name_account = trust or name an account
command_try_again = try again
command_turn_order = reverse the order
command_undo_job = undo this job
command_use_existing = use existing copy

## common

common_all = all
common_and_failed = , { $failed } failed
common_and_name = , { $name }
common_asking = asking …
common_asking_what_it_is = { $id } · asking for details …
common_cannot = cannot · { $short }
common_checking = checking …
common_choose = choose
common_clear = clear
common_continues = It continues; the result will be shown here.
common_copy_title = Copy
common_deprecated = deprecated
common_description = description
common_description_too_long = { $most ->
    [one] The description is longer than { $most } character.
   *[other] The description is longer than { $most } characters.
 }
common_down = down
common_image = an image
common_image_here = original image
common_image_unknown = the cloud does not report which image
common_instance = instance
common_instances = Instances
common_is_there = exists
common_job_elsewhere = another process is running job { $id }
common_job_in_background = job { $id } continues in the background
common_keep = save
common_keeps_snapshots = ; keeps its snapshots
common_leave = cancel
common_leave_it_running = leave it running
common_left_out = skipped
common_list_comma = ,{" "}
common_machine_size = { $cpu ->
    [one] { $cpu } core, { $memory } GiB, { $disk } GiB disk
   *[other] { $cpu } cores, { $memory } GiB, { $disk } GiB disk
 }
common_marked = { $n } marked
common_mismatch = The text does not match; nothing was changed.
common_more = { $accounts } more
common_my_images = My Images
common_name = name
common_network = network
common_newer_limits = use newer limits
common_no = no
common_no_answer = no answer
common_no_button = No
common_no_go_back = No, go back
common_no_problems = No problems found.
common_none = none
common_not_known_yet = not known yet
common_not_trusted = not trusted
common_not_whole = incomplete
common_nothing_matches = No matches.
common_nothing_was_changed = Nothing was changed.
common_open = open
common_other_button = next button
common_own = own
common_own_images = own images
common_press_it = press
common_process_on_host = { $pid } on { $host }
common_ready = ready
common_received = received
common_region = region
common_region_why = { $region }: { $why }
common_regions = Regions
common_request = , request { $id }
common_semicolon = ;{" "}
common_share_list_lags = the share list still shows some of them; it may be delayed
common_share_title = Share
common_shared_with_me = Shared With Me
common_still_loading = Still loading; try again in a moment.
common_still_running = Another action is still running; try again when it ends.
common_there_is_nothing_to_do = Nothing to do.
common_trusted = trusted
common_type = type
common_unreachable = unreachable
common_up = up
common_verdict_loading = Still loading; the answer will appear here.
common_waits_for_sign_in = waiting for sign-in
common_with_its_snapshots = {" "}and its snapshots
common_yes = yes
common_yes_i_accept_risk = Yes, I accept the risk
common_zone = zone

## config

config_error = { $place }: { $message }
config_no_receiver = { $junk } is not an account ID, or an account ID and a region such as 100000000002@eu-frankfurt
config_no_table = [accounts] and [profiles.NAME] are not written as tables; change that by hand
config_refresh_invalid = { $text } is no interval; write for example "60s", "5m" or "off"
config_refresh_too_often = { $text } is too often; at least "30s", or "off"
config_regions_empty = invalid length 0, expected "all" or a list of region codes such as ["ap-guangzhou"]
config_regions_value = invalid value: { $kind } { $value }, expected "all" or a list of region codes such as ["ap-guangzhou"]

## confirm

confirm_called = , name { $n }
confirm_cancel_all = { $n ->
    [one] Cancel { $n } share of { $named }
   *[other] Cancel all { $n } shares of { $named }
 }
confirm_cancel_all_unknown = Cancel all shares of { $named }
confirm_cancel_with = Cancel the shares of { $named } with { $who }
confirm_change = Rename { $named }
confirm_delete = Delete { $named }{ $snapshots }
confirm_does_not_match = The { $what } does not match; nothing was changed.
confirm_image = the image { $n }
confirm_in = {" "}in { $z }
confirm_launch_one_from = Launch { $kind }{ $place } from { $named }{ $called }
confirm_make = Create { $image } of { $machine }
confirm_reinstall = Reinstall { $machine }{ $with }
confirm_with = {" "}with { $named }
confirm_with_snapshots = with snapshots
confirm_yes_cancel_all_and_delete = Yes, cancel shares and delete
confirm_yes_delete = Yes, delete

## console

console_clipboard_too_long = Not sent: terminals accept { $limit } bytes, and the text has { $bytes }. Mark fewer rows.
console_commands_asking_again = Refreshing.
console_commands_group_own_only = Only My Images can group copies.
console_commands_grouped = One row per image and its copies; actions apply to the image in the row.
console_commands_hidden_off = Hidden images are not shown.
console_commands_hidden_on = Hidden images are shown.
console_commands_mouse_off = The mouse is off; the terminal can select text.
console_commands_mouse_on = The mouse is on. { $key } turns it off, so that the terminal can select text.
console_commands_no_faq_limit = No limit of the FAQ blocks anything here.
console_commands_note_received_only = Notes are for images shared with you; your own images have a description.
console_commands_quit_again = { $text } Press q again to quit.
console_commands_read_only = Read-only is on: nothing will be changed.
console_commands_read_write = Read-only is off: changes are allowed.
console_commands_sent_to_clipboard = { $id } was sent to the terminal's clipboard.
console_commands_ungrouped = Each copy has its own row.
console_done_cloud_took_it = { $name }: accepted by the cloud
console_done_done = { $name }: done.
console_done_image = { $name } · { $id } is { $i } (confirmed). See My Images.
console_done_image_not_listed = Creation of { $made } has started; the cloud does not list it yet.
console_done_image_was_begun = creation of image { $made } has started
console_done_instance = { $name } · { $id } is { $i } (confirmed). See Instances.
console_done_is_changed_read_back = { $name } is changed (confirmed).
console_done_is_deleted = { $name } is deleted.
console_done_is_read_back = { $name }: { $operation } is { $outcome } (confirmed).
console_done_launched = launched { $made } from { $name }
console_done_launched_not_listed = Launched { $made } from { $name }; the cloud does not list it yet.
console_done_not_read_back = { $what }; the result could not be read back: { $trouble } ({ $code })
console_done_reinstallation_was_taken = { $name }: the reinstallation was accepted.
console_done_unknown = {" "}It is not known whether the change was made.
console_done_unshared = Cancelled shares of { $name }; { $left } left (confirmed).
console_found = Found { $found }; { $key } switches to it.
console_jobs_continue = { $n ->
    [one] { $n } unfinished job continues. { $key } shows it.
   *[other] { $n } unfinished jobs continue. { $key } shows them.
 }
console_jobs_ended = Job { $id } of { $name }: { $word }.
console_jobs_read_only = { $n ->
    [one] { $n } unfinished job is not continued: read-only. { $key } shows it.
   *[other] { $n } unfinished jobs are not continued: read-only. { $key } shows them.
 }
console_kept_in = {" "}Saved in { $file }.
console_not_saved = It could not be saved and is lost when you quit. { $error }
console_open_delete = Delete { $name }
console_open_launch_continues = The copy of { $name } in { $region } is ready; the launch continues.
console_open_not_here = { $what }: choose { $needed } first.
console_open_row_image_only = Applies only to { $name } in { $region }; its { $copies } not affected.
console_open_row_images_only = Applies only to the image in each row, not to its copies.
console_quit_background = { $n ->
    [one] 1 job is running and continues in the background.
   *[other] { $n } jobs are running and continue in the background.
 }
console_quit_demo = { $n ->
    [one] 1 job is running and ends with the demo.
   *[other] { $n } jobs are running and end with the demo.
 }
console_something_went_wrong_inside = Internal error: { $text }
console_there_is_no_shell_here = Cannot suspend: no shell could resume this program.
console_undo_copies_deleted = { $n ->
    [one] deleted the copy of { $name } in { $places }
   *[other] deleted the copies of { $name } in { $places }
 }
console_undo_not_undone = Not undone: { $rest }
console_undo_nothing = Nothing to undo: no share or copy of this job still exists.
console_undo_partly_undone = Partly undone: { $done }. { $rest }
console_undo_shares_cancelled = { $n ->
    [one] cancelled { $n } share of { $name }
   *[other] cancelled { $n } shares of { $name }
 }
console_undo_still_listed = the share list still shows some of them
console_undo_undone = Undone: { $done }.
console_your_notes_images_are_not = Your notes could not be read. { $error }

## count

count_copies = { $n ->
    [one] { $n } copy
   *[other] { $n } copies
 }
count_copies_are = { $n ->
    [one] { $n } copy is
   *[other] { $n } copies are
 }
count_cores = { $n ->
    [one] { $n } core
   *[other] { $n } cores
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
credentials_bad_line = line { $line } has an unexpected format; run tccli configure
credentials_expired = the credentials from { $origin } have expired
credentials_from_demo = demo account { $uin }
credentials_from_environment = the environment
credentials_half = { $missing } is not set; set both variables or neither
credentials_how_to_get =
    { $why }
    Run tccli configure or set these variables; or use --demo, which needs no account
credentials_incomplete = secretId or secretKey is missing; run tccli configure
credentials_ini_incomplete = secret_id or secret_key is missing from its [default] section
credentials_malformed = the credentials from { $origin } hold characters that no key has
credentials_metadata_service = the metadata service of this machine
credentials_none = there are no credentials
credentials_not_among_demo = the demo accounts, among which { $uin } is not
credentials_not_found = no credentials found; searched { $looked }
credentials_not_in_environment = TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY
credentials_of_machine_role = the role { $name } of this machine
credentials_other_account = the credentials in { $origin } belong to account { $theirs } now, not to { $ours }; start again to work with it
credentials_role_refused = it refused the keys for the role { $name }
credentials_role_unreadable = its answer has no keys for the role { $name }
credentials_role_without_keys = it has no keys for the role { $name }
credentials_sign_in_expired = its sign-in has expired; sign in again with the official CLI
credentials_unusable = the credentials in { $place } cannot be used: { $why }

## detach

detach_cloud_ends = the built-in cloud ends with this process, and so do its jobs
detach_ended = it ended with { $status }
detach_job_cannot_be_taken_into = the job could not be moved to the background: { $e }

## doctor

doctor_as_says = set by { $name }
doctor_built_in_cloud_this_process = { $at }, built-in cloud in this process
doctor_bytes = { $n ->
    [one] , { $n } byte
   *[other] , { $n } bytes
 }
doctor_caller = { $account } ({ $kind } { $user })
doctor_cannot_be_asked_about_without = { $rest } cannot be checked without performing them
doctor_cannot_be_made_cannot_be = cannot create { $dir }: { $place } is not writable
doctor_cannot_be_written = { $place } is not writable
doctor_checking = Checking everything from this machine to the cloud …
doctor_colours_indexed = 256; uses the terminal's 16 colours
doctor_colours_true = 24 bit; uses the terminal's 16 colours
doctor_cvmshare_jobs_list_names_them = cvmshare jobs list shows them, cvmshare jobs resume continues them
doctor_in_profile = { $origin } (profile { $profile }){ $lasts }
doctor_in_screen = screen; clipboard sequences are wrapped for it
doctor_in_tmux = tmux; the clipboard goes through tmux's buffer
doctor_journal_ok = intact; { $jobs ->
        [one] { $jobs } job
       *[other] { $jobs } jobs
    }, { $left } unfinished, { $open ->
        [one] { $open } call
       *[other] { $open } calls
    } with unknown result
doctor_keys_and_screen = keys and screen
doctor_level_wrong = WRONG
doctor_make_it_writable_for_you = Make it writable for you, or set CVMSHARE_STATE_DIR to a directory that is
doctor_mode = { $shown }, mode { $mode }{ $size }
doctor_mode_open = { $shown }, mode { $mode }; other users can read or write it
doctor_move_it_away = Move it away
doctor_no_locale_is_set = no locale is set
doctor_no_terminal = stdin and stdout are not both terminals; the console needs both
doctor_not_denied = not denied
doctor_not_known = not known
doctor_not_set = not set
doctor_not_there_yet = { $shown }, does not exist yet
doctor_off = off
doctor_others_may_read_it = { $text }; other users can read it
doctor_others_may_write_it = { $text }; other users can write it
doctor_over_ssh = yes; the clipboard is that of the terminal at the other end (OSC 52)
doctor_problems = { $n ->
    [one] { $n } problem.
   *[other] { $n } problems.
 }
doctor_s = { $clock_skew } s
doctor_set_clock_for_example_with = Set the clock, for example with timedatectl set-ntp true
doctor_set_lang_to_utf_locale = Set LANG to a UTF-8 locale such as C.UTF-8, or use --ascii
doctor_set_term = Set TERM to your terminal's type, such as xterm-256color
doctor_until = , valid until { $end }
doctor_vendors_own_hosts = the vendor's hosts ({ $site })
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
doctor_word_note = note
doctor_word_notes = notes
doctor_word_ok = ok
doctor_word_others = others
doctor_word_paths = paths
doctor_word_permissions = permissions
doctor_word_proxy = proxy
doctor_word_settings = settings
doctor_word_skew = skew
doctor_word_state = state
doctor_word_terminal = terminal
doctor_word_themes = themes
doctor_word_view = view
doctor_word_wrong = wrong
doctor_x_shows_every_column_that = 80x24 shows all important columns

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
emulator_not_loopback = the built-in cloud listens only on loopback addresses, and { $address } is not one; give 127.0.0.1:PORT
emulator_scene = cannot read the scene: { $error }
emulator_speed = invalid speed { $speed }; give a number from 0.001 to 1000000, such as 60
emulator_state_in_use = { $path } is in use by another built-in cloud; stop that one, or give another file
emulator_state_not_a_world = { $path } is not a state file of the built-in cloud ({ $reason }); move it away, or give another file
emulator_state_unusable = { $path }: { $source }

## error

error_nobody_reads_output = the output was closed
error_output_cannot_be_written = cannot write the output: { $error }

## failure

failure_ask_administrator = ask the account's administrator to grant it
failure_check_endpoint = correct the endpoint (--endpoint or CVMSHARE_ENDPOINT) or the TLS settings
failure_check_key_pair = check the key pair
failure_check_network = check the network and HTTPS_PROXY; --regions limits the regions queried
failure_credentials = { $message }
failure_in = {" "}in { $r }
failure_in_region = { $action } in { $region }: { $what }
failure_incomplete = { $message }
failure_intercepted = something other than the cloud answered; check the network and HTTPS_PROXY
failure_line = { $action }{ $region }: { $what } ({ $code }{ $id })
failure_list_incomplete = the list is incomplete; try again, and compare it with the vendor's console
failure_network = { $message }
failure_of_action = { $action }: { $what }
failure_or = { $first }, or { $other }
failure_quota_used_up = other programs use the rate limit of this account; try again in a minute
failure_session_has_expired = the session has expired
failure_set_clock = set this machine's clock; signatures are valid for five minutes
failure_setup = { $message }
failure_sign_in_again = sign in again with the official CLI
failure_switch_profile = switch to another profile with { $key }: { $names }
failure_throttled = rate limit exceeded for a minute
failure_use_demo_which_needs_none = use --demo, which needs no credentials
failure_use_profile = use another profile with --profile: { $names }
failure_you_lack_permission = permission { $permission } is missing

## file

file_is_device = it is a device; give a regular file
file_is_directory = it is a directory; give a regular file
file_is_fifo = it is a FIFO; give a regular file
file_is_link = it is a symbolic link, and links are not followed; replace it with a regular file
file_is_socket = it is a socket; give a regular file
file_not_utf8 = it is not UTF-8 text; save it as UTF-8
file_other_owner = it belongs to user { $owner }, not to user { $me }; run as that user, or use another state directory (CVMSHARE_STATE_DIR)
file_too_large = it has more than { $limit } bytes, the limit for such a file; give a smaller one

## flag

flag_regions = give region codes, or all
flag_rules = give faq or current
flag_speed = give a number above 0, such as 60

## follow

follow_image_state = { $name } · { $id } is { $image }.
follow_instance_state = { $name } is { $state }.
follow_is_not_in_clouds_list = { $row } is not in the cloud's list.
follow_is_reinstalled = { $name } is reinstalled, { $state }.
follow_reinstallation_failed_it_is = { $name }: the reinstallation failed; it is { $state }.

## frame

frame_x_at_least_please = { $columns }x{ $rows } at least

## gate

gate_changed_since_you_read_it = This has changed: { $what } Nothing was done; please review it again.
gate_fix_sentence = {" "}{ $to_uppercase }{ $rest }.
gate_note = { $sentence } ({ $code })
gate_reason_with_fix = { $text }{ $fix } ({ $code })
gate_was_not_done_to = Cannot { $what } { $name }: { $why }

## handles

handles_job_in_journal_cannot_be = cannot read job { $id } in the journal { $path }: { $what }; it stays in the file and is skipped
handles_there_is_no_built_in = this program has no built-in cloud

## head

head_account = ACCOUNT
head_action = ACTION
head_at = AT
head_cancelled = CANCELLED
head_created = CREATED
head_driven_by = DRIVEN BY
head_free = FREE
head_group = GROUP
head_id = ID
head_image = IMAGE
head_instances = INSTANCES
head_job = JOB
head_label = LABEL
head_made_here = MADE HERE
head_name = NAME
head_outcome = OUTCOME
head_own_images = OWN IMAGES
head_owner = OWNER
head_path = PATH
head_profile = PROFILE
head_quota = QUOTA
head_received = RECEIVED
head_region = REGION
head_regions = REGIONS
head_request = REQUEST
head_shared = SHARED
head_since = SINCE
head_size = SIZE
head_state = STATE
head_step = STEP
head_type = TYPE
head_what = WHAT
head_zone = ZONE

## hints

hints_actions = shows the actions for this row and why some are blocked
hints_filters_rows = filters the rows
hints_finds_every_command = finds every command
hints_share = copies and shares step by step; nothing is sent before you confirm
hints_shows_all_keys = shows all keys
hints_shows_all_this_row = shows all details of this row

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
images_made_unrecorded = the cloud does not record them; only those made here are listed
images_of = { $n } of { $share_accounts }
images_owner = OWNER
images_share_count = { $n } of { $limit }
images_shared = SHARED
images_size = SIZE
images_system = SYSTEM

## instance

instance_pane_deleted = { $name } · { $id } · { $region } · deleted
instance_pane_from = from
instance_pane_made = made
instance_pane_no_further_image_known = no derived images known: { $made_unrecorded }
instance_pane_not_in_your_address_book = { $uin }, not in your address book
instance_pane_own_image = own image
instance_pane_public_image = public image
instance_pane_received = received from { $who } ({ $trust }); still shared with you in { $region }
instance_pane_received_from_unknown = received from an account that the cloud does not name; still shared with you in { $region }
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

jobs_continues = The job continues; J shows it.
jobs_copying = copying …
jobs_cvmshare_jobs_list_shows_them = { $told }; cvmshare jobs list shows all jobs
jobs_deleted_again = deleted
jobs_drop_region = remove region
jobs_error_line = { $place }: { $why } ({ $code })
jobs_for =
    For { $whom }:
    { $text }
jobs_gone = gone
jobs_in = { $account } in { $region }
jobs_it_is_undone_already = Already undone.
jobs_job = job { $id }
jobs_last_seen_in_cloud_utc = last confirmed in the cloud { $at } UTC
jobs_no_text_yet = Nothing is shared yet, so there is no text to copy.
jobs_nothing_failed_in = Nothing failed in { $region }.
jobs_other_account = it belongs to account { $account }, but the profile now belongs to { $caller }
jobs_partly_done = partly done
jobs_paused = job { $id } is paused ({ $why }); continue with cvmshare jobs resume { $id }
jobs_regions_done_job = { $n ->
    [one] { $done } of { $n } region done · job { $id }
   *[other] { $done } of { $n } regions done · job { $id }
 }
jobs_running = running { $percent } %
jobs_seen_by_them = visible to them
jobs_seen_count = { $n ->
    [one] { $n } visible to the receiver
   *[other] { $n } visible to receivers
 }
jobs_shared_count = { $shared } of { $edges } shared
jobs_sharing = sharing …
jobs_still_running = The job is still running. It can be undone when it has ended.
jobs_summary = { $copied } copied, { $shared } of { $n } shared and confirmed, { $seen } · started { $begun }
jobs_text_for_receivers_was_sent = The text for the receivers was sent to the terminal's clipboard.
jobs_text_for_y_copies_it = Text for { $whom } (y copies it):
jobs_there_is_no_job = no job { $id }
jobs_to_be_copied = to be copied
jobs_undo = undo
jobs_undone_cancelled_deleted = Undone: { $shares } cancelled, { $copies } deleted.
jobs_view_not_checked = receiver's view not checked
jobs_waiting = Waiting: { $job_failure } ({ $code }). P switches profile, r tries again.
jobs_waits = waiting
jobs_was_there = existed
jobs_watching = Process { $driver } runs this job; it is only shown here.

## journal

journal_content = the journal has an unreadable entry: { $source }
journal_damaged = the journal { $path } is damaged: { $what }; move it away, and check with cvmshare list exposure what is shared
journal_file = the journal { $path } cannot be used: { $source }
journal_io = the journal { $path } cannot be used: { $source }; fix that, or use another state directory (CVMSHARE_STATE_DIR)
journal_locked = the journal { $path } has been locked by another process for more than { $seconds } s; end that process, or use another state directory (CVMSHARE_STATE_DIR)
journal_newer = the journal { $path } has version { $found }, but this program supports version { $known }; use a newer cvmshare, or another state directory (CVMSHARE_STATE_DIR)
journal_not_ours = { $path } is not a cvmshare journal; move it away, or use another state directory (CVMSHARE_STATE_DIR)
journal_row = cannot read job { $job } in the journal { $path }: { $what }; check its changes with cvmshare list audit and list exposure, and move the journal away to start a new one
journal_sqlite = the journal cannot be read or written: { $source }
journal_stopped = the journal's thread failed; restart cvmshare, jobs continue from their last write
journal_taken = another process has taken over the job
journal_thread = cannot start the journal's thread: { $source }; end other processes, or raise the limit (ulimit -u)
journal_unusable = the journal { $path } cannot be read or written: { $source }; check that the disk has room and the file is writable, or use another state directory (CVMSHARE_STATE_DIR)

## jumps

jumps_all_that_it_shares_with = { $number }all images it shares with you
jumps_also_not_in_view = ; not in view: { $list }
jumps_asking_whom_it_is_shared = asking which accounts it is shared with …
jumps_back = Back
jumps_copies = copies
jumps_derived_image = derived image
jumps_derived_not_in_view = { $name } · { $made } in { $region }, which is not in view
jumps_filtered_by = , filtered by { $filter }
jumps_forward = Forward
jumps_goes_back = { $title }: { $rows }. { $key } goes back.
jumps_gone = { $id } is no longer visible
jumps_images = images
jumps_in = { $number } in { $list }
jumps_instances = instances
jumps_no_copies = no known copies
jumps_no_instance_runs_it = no instance in view uses it
jumps_no_instances = no known instances there
jumps_no_own_images = no known own images there
jumps_no_received_images = no known received images there
jumps_not_in_view = not in view: { $list }
jumps_not_shared = not shared
jumps_nothing_back = No earlier jump; { $key } goes to related rows.
jumps_nothing_forward = No later jump; { $key } goes to related rows.
jumps_public = { $name } is public; no tab lists public images
jumps_region_is_not_in_view = { $n }; the region is not in view
jumps_shared_since = { $number }since { $since } · all images shared with them
jumps_to = { $back } to { $place }.
jumps_went_to_row = { $title }: { $what }. { $key } goes back.

## keymap

keymap_bound_twice = [{ $section }] { $key } is bound to both { $other } and { $command }; take it from one of them
keymap_command = [{ $section }] { $command }: { $why }
keymap_line = line { $line }: { $message }
keymap_no_command = [{ $section }] has no command { $command }; see the list in `?`
keymap_no_section = there is no section [{ $section }]; use [table] or [overlay]
keymap_no_such_command = there is no such command
keymap_not_a_key = { $text } is not a key; write a character, a name such as "pgdn", or "ctrl-" before one

## launch

launch_another_region = another region
launch_choose_another_type = Choose another type.
launch_choose_another_type_or_another = Choose another type, or another zone.
launch_choose_another_zone = Choose another zone.
launch_choose_instance_type_that_zone = Choose an instance type on sale in that zone.
launch_choose_type_for_images = Choose a type for the image's architecture, {"{"}arch{"}"}.
launch_copy_first = copied there first, then launched
launch_copy_probable = probably a copy · { $id }
launch_default_one = default network
launch_dry_run = Checking the request (DryRun), then launching …
launch_from = from { $owner }
launch_image_gone = The image is no longer visible to you: it was deleted, or is no longer shared with you.
launch_in_default_network = In the default network.
launch_in_network = In the network { $vpc } { $subnet }.
launch_is_not_sold_in_that = { $kind } is not sold in that zone
launch_is_sold_out_in = { $instance_type } is sold out in { $zone }.
launch_it_is_billed_by_hour = { $network } It will be billed by the hour.
launch_launch = Launch { $name }
launch_loading_types = Loading the instance types on sale in { $region } …
launch_name_help = Name of the instance; leave empty for a name chosen by the cloud.
launch_network_fix = Give a VPC and one of its subnets in that zone, or leave it empty for the default network.
launch_network_format = Enter a VPC and a subnet, such as vpc-0a1b2c3d subnet-4e5f6a7b.
launch_network_help = Leave empty for the zone's default network, or enter the IDs of a VPC and one of its subnets.
launch_not_chosen_yet = not chosen
launch_nothing_on_sale = No zone of this region has pay-as-you-go instances on sale.
launch_retrying = Sending the request again with the same token …
launch_sells_types_by_hour = { $listed ->
    [one] { $sold } of { $listed } type on sale
   *[other] { $sold } of { $listed } types on sale
 }
launch_shorten_name = Shorten the name.
launch_sold_out = sold out
launch_subnet_needs_vpc = A subnet needs its VPC: add the ID of the VPC.
launch_types = { $all ->
    [one] { $n } of { $all } type
   *[other] { $n } of { $all } types
 }
launch_types_failed = Could not load the instance types: { $told } Close this screen and open it again to retry.
launch_unknown = It is not known whether the instance was created. Press Yes again to find out: the request has the same token, so the cloud will not create a second instance.
launch_vpc_needs_subnet = A VPC needs a subnet: add the ID of the subnet.
launch_yes_launch = Yes, launch
launch_zones_sold_out = sold out: { $shut }

## line

line_mode_account = Account { $me }
line_mode_action_verdict = { $typed }: { $word }.
line_mode_and_fix = ; fix: { $fix }
line_mode_answer_yes = yes
line_mode_ask_accept = Accept this and start?
line_mode_ask_cancel = Cancel them?
line_mode_ask_capture = Create it?
line_mode_ask_change = Change it?
line_mode_ask_copy = Is { $image } in { $region } a copy? Type use to share it, copy to create a copy { $named }, or leave to skip the region. Anything else stops.
line_mode_ask_delete = Delete it?
line_mode_ask_description = { $most ->
    [one] Description, at most { $most } character? An empty line leaves it empty.
   *[other] Description, at most { $most } characters? An empty line leaves it empty.
 }
line_mode_ask_image = Which image? Type its number or ID, or words to search for. An empty line stops.
line_mode_ask_image_name = Name of the image? An empty line selects { $name }; stop stops.
line_mode_ask_launch = Launch it?
line_mode_ask_new_description = New description? It is { $shown } now; an empty line keeps it, a single - clears it.
line_mode_ask_new_name = New name? It is { $name } now; an empty line keeps it.
line_mode_ask_reinstall = Reinstall it?
line_mode_ask_shares = Which shares to cancel? Type account IDs separated by commas, or all. An empty line stops.
line_mode_because = {"  "}Reason: { $said } ({ $code })
line_mode_blocked_by = Blocked: { $place }{ $said }
line_mode_cancel_and_delete = This does both: it cancels all shares, then deletes the image.
line_mode_cannot = not possible
line_mode_capture_title = Create an image of { $name } ({ $instance }, { $zone }). Nothing is sent before you type yes.
line_mode_clause_comma = ,{" "}
line_mode_copy_exists = copy exists, { $id }
line_mode_copy_exists_in = { $region }: copy exists, { $id }.
line_mode_copy_first = Regions where it is copied first and launched when the copy is ready: { $all }.
line_mode_copying_percent = copying, { $percent } percent
line_mode_default_network = In the default network. It will be billed by the hour.
line_mode_demo = , DEMO: the built-in cloud
line_mode_empty = empty
line_mode_empty_is_home = an empty line selects only { $home }, where the image is; stop stops
line_mode_empty_stops = an empty line stops
line_mode_error_and_fix = : { $why } ({ $code }){ $fix }
line_mode_fix = Fix: { $remedy }
line_mode_fix_indented = {"  "}Fix: { $remedy }
line_mode_help_actions = actions for row N; for those that are not possible, why and what to do first
line_mode_help_capture = create an image of instance N
line_mode_help_copy = copy image N to other regions, step by step
line_mode_help_delete = delete image N; asks you to type its name
line_mode_help_help = this help
line_mode_help_images = your own images; with words, only those that match all of them
line_mode_help_instances = instances and the image of each
line_mode_help_jobs = running and ended jobs
line_mode_help_launch = launch an instance from image N, step by step
line_mode_help_line = { $usage }: { $does }
line_mode_help_more = the next rows of the last list
line_mode_help_profile = list profiles; with a name, switch to that profile
line_mode_help_quit = quit; the end of the input also quits
line_mode_help_refresh = refresh from the cloud
line_mode_help_regions = regions, with images and quota
line_mode_help_reinstall = reinstall instance N with another image; asks you to type its ID
line_mode_help_rename = change name and description of image N
line_mode_help_share = copy and share image N, step by step
line_mode_help_shared = images shared with you
line_mode_help_show = all details of row N of the last list; IDs work too
line_mode_help_unshare = cancel shares of image N
line_mode_help_wait = wait until no job is running
line_mode_id_mismatch = The ID does not match; nothing was changed.
line_mode_image_choice = { $n }. { $name }, { $id }, { $said }
line_mode_image_exists = image exists
line_mode_image_here = original image, { $id }
line_mode_images_only = This command works only on images.
line_mode_instance_type = { $cores ->
    [one] { $n }. { $kind }, 1 core, { $memory } GiB{ $gone }
   *[other] { $n }. { $kind }, { $cores } cores, { $memory } GiB{ $gone }
 }
line_mode_instances_only = This command works only on instances.
line_mode_job = Job { $id }, { $name }: { $word }
line_mode_job_line = Job { $id }: { $line }
line_mode_job_region = { $region }: { $word }{ $why }
line_mode_job_share = { $region }, { $who }: { $word }{ $why }
line_mode_job_started = Job { $id } started; you can do something else. wait waits until it ends, jobs shows its progress.
line_mode_job_waiting = waiting: { $job_failure } ({ $code }); refresh continues
line_mode_launch_title = Launch an instance from { $name } ({ $image }, { $region }). Nothing is sent before you type yes.
line_mode_launch_unknown = It is not known whether the instance was created. Send the request again? It has the same token, so the cloud will not create a second instance.
line_mode_leave_account = Type leave to skip { $account } in { $region }. Anything else stops.
line_mode_leave_region = Type leave to skip { $region }. Anything else stops.
line_mode_list_first = { $what } not found. Type images, shared, regions or instances first.
line_mode_list_title = { $title }: { $counted }{ $filtered }.
line_mode_look_for = {"  "}Check: { $line }
line_mode_looks_like_copy = { $id } may be a copy
line_mode_more = { $to } of { $n } shown; more shows the next.
line_mode_narrow = { $shown } of { $all } shown; type words to narrow the list.
line_mode_network = In the network { $vpc } { $subnet }. It will be billed by the hour.
line_mode_no_actions = No actions are available.
line_mode_no_command = No command { $other }. Type help for a list.
line_mode_no_job_is_running = No jobs are running.
line_mode_no_jobs = No jobs.
line_mode_no_more_rows = No more rows.
line_mode_no_profile = No profile { $name }. Type profile for a list.
line_mode_no_region = { $part } is not a region. Type regions at the command prompt for a list.
line_mode_no_zone = { $line } is not one of these zones.
line_mode_not_in_list = { $what } not found. The last list has { $counted }.
line_mode_not_possible = This is not possible.
line_mode_not_shared_with = The image is not shared with all of these accounts. Nothing was changed.
line_mode_note = { $before }Note: { $said }
line_mode_note_text = Note: { $text }
line_mode_overview = { $parts }.
line_mode_problem = Problem: { $text }
line_mode_problem_did_not_answer = Problem: { $asked } did not answer: { $told }
line_mode_problem_incomplete = Problem: { $asked } is incomplete: { $told }
line_mode_problem_prefix = Problem:{" "}
line_mode_profile = { $name }: { $label }{ $n }
line_mode_quit_with_job = A job is running, and its cloud ends with this program. wait waits until it ends; quit again quits now.
line_mode_receiver_text = text for { $whom }: { $line }
line_mode_receiver_why = { $receiver }: { $why }
line_mode_region_plan = { $region }: { $what }.
line_mode_region_prefix = { $r }:{" "}
line_mode_reinstall_title = Reinstall { $name } ({ $instance }, { $zone }). Nothing is sent before you type yes.
line_mode_sentence = { $said }.
line_mode_share_plan = { $region }, { $who }: { $what }.
line_mode_share_title = { $word } { $name } ({ $image }, { $home }). Nothing is sent before you type yes.
line_mode_shared_already = shared already
line_mode_sold_out = , sold out
line_mode_some_regions_have_not_answered = Some regions have not answered. Type refresh, and try again.
line_mode_step_6_risk = Step 6, risk.
line_mode_step_findings = Step { $step }, checks.
line_mode_step_name = Step 4, name. Name of the instance? An empty line leaves the name to the cloud.
line_mode_step_network = Step 5, network. Type the IDs of a VPC and one of its subnets; an empty line selects the zone's default network, stop stops.
line_mode_step_receivers = Step 1, receivers. Share with whom? Type account IDs, or names from the address book or of groups, separated by commas; ID@REGION for one region only. An empty line stops.
line_mode_step_region = Step 1, region. Which region? An empty line selects { $here }, where the image is; stop stops.
line_mode_step_regions = Step { $step }, regions. Which regions? Type region codes separated by commas; { $empty }.
line_mode_step_risk = Step { $step }, risk.
line_mode_step_type = Step 3, type. Type its number or name, or words to search for. An empty line stops.
line_mode_step_zone = Step 2, zone. Type its number or name; an empty line selects { $first }, stop stops.
line_mode_still_unknown = Still unknown: check with instances before you try again.
line_mode_text_for_its_owner = {"  "}Text for the owner: { $line }
line_mode_this_one = , current
line_mode_to_accept = { $before }To accept: { $said }
line_mode_to_accept_text = To accept: { $text }
line_mode_type_id = Type the instance ID { $instance } to reinstall it. An empty line stops.
line_mode_type_name = Type { $name } to delete it. An empty line stops.
line_mode_type_sold_out = { $kind } is sold out in { $zone }.
line_mode_type_yes = { $question } Type yes; anything else stops.
line_mode_verdict_unknown = It is not known whether this is possible. Type refresh and try again.
line_mode_verified = shared, visible to the receiver
line_mode_welcome = cvmshare, line by line. Profile { $label }. Type help for a list of commands.
line_mode_which_row = { $word }: which one? Type { $word } and a number from the last list, or an ID.
line_mode_will_be_copied_as = will be copied, as { $name }
line_mode_will_be_shared = will be shared
line_mode_with_these_words = {" "}matching the filter
line_mode_zone = { $listed ->
    [one] { $n }. { $zone }, { $sold } of { $listed } type on sale
   *[other] { $n }. { $zone }, { $sold } of { $listed } types on sale
 }
line_mode_zones_sold_out = Sold out: { $shut }.

## list

list_and = { $head } and { $last }
list_more = { $head } and { $more } more{ $all ->
   *[other] {""}
 }
list_there_is_more_higher_window = … more below; enlarge the window

## log

log_file_unusable =
    --log { $path }: { $why }
    Give a writable file of your own

## man

man_env_config_dir = Where config.toml and keymap.toml are; ~/.config/cvmshare by default.
man_env_endpoint = As --endpoint.
man_env_keys = The key pair; both or neither.
man_env_no_color = As --no-color.
man_env_profile = Which of the official CLI's profiles is looked at for keys.
man_env_region = The region in view where no profile says so.
man_env_state_dir = Where the journal, the notes and the log are; ~/.local/state/cvmshare by default.
man_env_token = The token of a session, under any of these names.
man_exit_0 = Done, or allowed.
man_exit_1 = It failed, or the person said no.
man_exit_2 = The command line, the environment or the config file is wrong.
man_exit_3 = A rule blocks it; the reasons are told.
man_exit_4 = Not known yet: facts are missing.
man_exit_5 = Some of it was done.
man_exit_6 = The credentials are missing or do not work.
man_exit_hup = Ended by HUP.
man_exit_int = Ended by INT.
man_exit_term = Ended by TERM.
man_file_config = Profiles, trusted accounts, the address book.
man_file_sdk = The SDK's keys.
man_file_tccli = The official CLI's keys.
man_opens = Without a command the console opens; with no credentials anywhere, on the built-in cloud. Data goes to stdout alone, everything else to stderr.

## map

map_own_images_more_o_none = {" "}1-9 own images, + more, o none, # copying{" "}
map_own_images_more_o_none_b = {" "}1-9 own images, + more · o none · ⠒ copying{" "}

## matrix

matrix_accounts = { $n ->
    [one] { $n } ACCOUNT
   *[other] { $n } ACCOUNTS
 }
matrix_copy = COPY

## menu

menu_actions_for = Actions for{" "}
menu_copy_text_for_owner = copy request text
menu_do_what_comes_first = do the first step
menu_sent_to_clipboard = The request text was sent to the terminal's clipboard.
menu_to_accept = To accept: { $sentence }

## message

message_built_in_cloud = built-in cloud, { $uin }
message_request = {" "}· request { $r }

## messages

messages_no_call_has_been_made = No API calls yet.
messages_request = {" "}· request { $id }

## note

note_explanation = Name and description belong to the owner. This note is yours and is stored only here.
note_your_note = Your note

## notices

notices_credentials_in = credentials in { $origin }

## pages

pages_dir_error = { $dir }: { $e }
pages_there_is_no_command_run =
    no command { $named }
    Run cvmshare --help for a list

## palette

palette_for = { $text } · for { $rows }
palette_instance = an instance
palette_not_here_for = not here · needs { $needed }
palette_not_here_no_row_is = not here · no row selected
palette_received_image = a received image

## pane

pane_actions_for_this_image = actions affect { $region }, not its { $those }
pane_from = from { $from }
pane_has_rest = … { $key } shows the rest
pane_hidden_here = hidden here
pane_more = { $shares } more
pane_shared_with = shared with { $names }
pane_unknown_account = an unknown account
pane_your_note = your note: { $note }

## picker

picker_commands = Commands
picker_go_there = go there
picker_go_to = Go to
picker_invert = invert
picker_jobs = Jobs
picker_look_at_these = show these
picker_mark_at_least_one_region = Mark at least one region.
picker_no_jobs = No jobs. Jobs that share or copy images appear here.
picker_own_received = { $own } own, { $received } received
picker_profile = Profile
picker_regions_in_view = Regions in view
picker_regions_shares = { $word } · { $regions ->
        [one] { $regions } region
       *[other] { $regions } regions
    }, { $shares ->
        [one] { $shares } share
       *[other] { $shares } shares
    }

## plan

plan_image_in = { $id } in { $region }
plan_unreadable =
    { $name }: { $why }
    Give a readable file, or - for stdin

## query

query_needs_image = { $term }: needs an image ID, such as { $term }:img-6pb6lrmy.
query_needs_number = { $term }: needs a number, such as { $term }:0 or { $term }:>3.
query_needs_time = { $term }: needs a time, such as { $term }:<7d or { $term }:>2h.
query_unknown_term = Unknown term { $key }: here. Use one of { $told }

## question

question_type_to_go_on = Type { $wanted } to continue:

## reader

reader_accounts = { $limit ->
    [one] { $n } of { $limit } account
   *[other] { $n } of { $limit } accounts
 }
reader_addresses = addresses
reader_alike = alike
reader_billed = billed
reader_both_ways = both ways
reader_brought_by_owner_byol = brought by the owner (BYOL)
reader_calls_in_min = { $sum ->
    [one] { $sum } call in { $minutes } min{ $slowed }  { $line }
   *[other] { $sum } calls in { $minutes } min{ $slowed }  { $line }
 }
reader_cloud_does_not_say = not reported by the cloud
reader_copied_by_job = by a job
reader_copies_between_and = {"  "}Copies between { $region } and
reader_copies_within = copies within
reader_copy_message = copy the message
reader_created = created
reader_creator = creator
reader_data_disk = data disk
reader_derived_from = { $further } { $name }, made from { $origin }
reader_doctor = Doctor
reader_encrypted = encrypted
reader_everywhere_else = All other screens
reader_family = family
reader_family_note = {"  "}The image and its copies, { $n } in total, the probable original first
reader_from_them_alone = only from them
reader_further_image = derived image
reader_gib = { $id } · { $disk }, { $size_gib } GiB
reader_instance_type = { $cpu ->
    [one] { $instance_type } · { $cpu } core, { $memory } GiB, { $disk } GiB disk
   *[other] { $instance_type } · { $cpu } cores, { $memory } GiB, { $disk } GiB disk
 }
reader_keys = Keys
reader_last_operation = last operation
reader_licence = licence
reader_made_by = made by
reader_made_from = made from
reader_message_was_sent_to_terminals = The message was sent to the terminal's clipboard.
reader_messages = Messages
reader_neither_way = not possible
reader_nobody = not shared
reader_not_from = not from:{" "}
reader_not_supported = not supported
reader_not_to = not to:{" "}
reader_on_tables = In tables
reader_original = original
reader_owner = owner
reader_paid_until = paid until
reader_restricted = restricted
reader_runs_on = runs on
reader_shared_with = shared with
reader_since = since { $since }{"  "}
reader_snapshot = snapshot
reader_state = state
reader_supported = supported
reader_system = system
reader_system_disk = system disk
reader_tags = tags
reader_tencent_cloud = Tencent Cloud
reader_this_one = this one
reader_time_and_age = { $at }, { $ago }
reader_to_them_alone = only to them
reader_told_to_slow_down = , { $n } rate limited
reader_used_by_job = job { $job }
reader_whole_machine = full machine
reader_worked_on = in use by
reader_yes_data_disks_and_all = yes, with data disks
reader_your_note = your note
reader_zones = zones

## reads

reads_from_now_on = Now using { $label }.

## receiver

receiver_text =
    The image { $name } of account { $owner } is shared with you:
    { $lines }
    You find it in the console under Images, Shared Images, only in these regions. You can launch it only there. It does not count toward your quota. It disappears when the share is cancelled; instances made from it stay.
    Check an image before you trust it, and launch only images of accounts you know.

## refused

refused_accounts_fitted = { $of ->
    [one] { $about } { $fitted } of { $of } account could be added.
   *[other] { $about } { $fitted } of { $of } accounts could be added.
 }

## region

region_pane_and_more = { $first } and { $named } more
region_pane_asks_again = { $what } ({ $key } retries): { $trouble } ({ $code })
region_pane_blocked_to = { $why }: { $some }
region_pane_cloud_says = from the cloud
region_pane_copies = copies
region_pane_documented = from the docs
region_pane_from = {" "}from { $region_place }
region_pane_from_not_to = from { $some }; not to: { $why }
region_pane_full = full
region_pane_no_copies = no copies
region_pane_not_asked = not loaded · { $key } adds it to the view
region_pane_not_refreshed = {" "}· not in view, not refreshed
region_pane_of = { $own } of { $quota } ({ $said }) · { $left }{ $view }
region_pane_one_way = one way
region_pane_probably_from = , probably from { $region_place }
region_pane_room_for = room for { $n }
region_pane_sentence_end = .{" "}
region_pane_to_and_from = to and from { $places }
region_pane_to_from = to: { $why }, from: { $whyb }: { $some }
region_pane_to_not_from = to { $places }; not from: { $why }

## regions

regions_copies_within = COPIES WITHIN
regions_copying = COPYING
regions_instances = INSTANCES
regions_not_asked = not loaded
regions_of = { $own } of { $quota }?
regions_of_b = 0 of { $quota }
regions_of_c = { $own } of { $quota }
regions_own = OWN
regions_quota = QUOTA
regions_received = RECEIVED
regions_takes_no_copies = no copies

## reinstall

reinstall_asks_not_trusted = asks · not trusted
reinstall_reinstall = Reinstall { $name }
reinstall_reinstall_with_which_image = Reinstall: choose an image
reinstall_runs_now = {" "}· in use
reinstall_yes_reinstall = Yes, reinstall

## rename

rename_name_and_description = Name and description

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
request_share_another = Please also share it with account … in { $region }.

## risk

risk_checklist_1 = Keys and passwords: SSH keys, cloud keys, tokens, certificates, .env files
risk_checklist_2 = History: shell history, editor backups, repositories with old commits
risk_checklist_3 = Logs and data: /var/log, databases, mail, caches, temporary files
risk_checklist_4 = Licences: software that you may not pass on

## rule

rule_capture_name_length_1 = { $limit ->
    [one] The name is empty; it needs 1 to { $limit } character.
   *[other] The name is empty; it needs 1 to { $limit } characters.
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
rule_capture_name_taken_1 = { $region } already has an own image named { $name } ({ $image }).
rule_capture_name_taken_2 = An own image already has this name.
rule_capture_name_taken_fix_1 = use another name, such as { $suggestion }
rule_capture_name_taken_fix_2 = use another name
rule_capture_name_taken_short_1 = { $image } already has this name
rule_capture_name_taken_short_2 = the name is taken
rule_capture_quota_1 = { $quota ->
    [one] { $region } has { $own } of { $quota } own image: the quota is used up. The oldest one not shared there is { $oldest }.
   *[other] { $region } has { $own } of { $quota } own images: the quota is used up. The oldest one not shared there is { $oldest }.
 }
rule_capture_quota_2 = { $quota ->
    [one] { $region } has { $own } of { $quota } own image: the quota is used up.
   *[other] { $region } has { $own } of { $quota } own images: the quota is used up.
 }
rule_capture_quota_3 = The region's image quota is used up.
rule_capture_quota_fix_1 = delete an image there that is no longer needed, or use the newer docs' limit of { $newer } (--rules current, or rules = "current" in the profile)
rule_capture_quota_fix_2 = delete an image there that is no longer needed, or ask for a higher quota
rule_capture_quota_short_1 = { $quota ->
    [one] { $region } is full: { $own } of { $quota } image
   *[other] { $region } is full: { $own } of { $quota } images
 }
rule_capture_quota_short_2 = the region is full
rule_capture_received_content_1 = { $instance } runs { $name }, an image of { $owner_name }: the new image contains their content, and you can share it.
rule_capture_received_content_2 = { $instance } runs { $name }, another account's image: the new image contains their content, and you can share it.
rule_capture_received_content_3 = The instance runs another account's image: the new image contains their content.
rule_capture_received_content_short_1 = contains content of { $owner_name }
rule_capture_received_content_short_2 = contains another account's content
rule_capture_state_1 = { $instance } is busy with { $operation }; an image can be created afterwards.
rule_capture_state_2 = { $instance } is { $state }; an image can be created while it is RUNNING or STOPPED.
rule_capture_state_3 = An image can be created while the instance is RUNNING or STOPPED.
rule_capture_state_fix_1 = wait until it is RUNNING or STOPPED
rule_capture_state_short_1 = the instance is busy with { $operation }
rule_capture_state_short_2 = the instance is { $state }
rule_capture_state_short_3 = the instance is busy
rule_copy_cross_border_1 = { $from } and { $region } are on different sides of the border: { $mainland } is in mainland China and the other is not. Only the vendor's support can copy images across it.
rule_copy_cross_border_2 = Only the vendor's support can copy images across the border of mainland China.
rule_copy_cross_border_fix_1 = ask the vendor's support, or choose a region on the same side
rule_copy_cross_border_short_1 = { $region } is across the mainland border
rule_copy_cross_border_short_2 = it would cross the mainland border
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
rule_copy_encrypted_fix_1 = create an unencrypted image of the same system, and copy that
rule_copy_encrypted_short_1 = encrypted images stay in their region
rule_copy_finance_1 = { $finance } is a finance region; images can be copied only between finance regions, not from { $from } to { $region }.
rule_copy_finance_2 = Images can be copied only between finance regions.
rule_copy_finance_fix_1 = ask the vendor's support, or choose a region of the same kind
rule_copy_finance_short_1 = { $finance } is a finance region, which is isolated
rule_copy_finance_short_2 = finance regions are isolated
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
rule_copy_name_taken_1 = { $region } already has an own image named { $name } ({ $image }).
rule_copy_name_taken_2 = An own image already has this name.
rule_copy_name_taken_fix_1 = use another name, such as { $suggestion }
rule_copy_name_taken_fix_2 = use another name
rule_copy_name_taken_short_1 = { $image } in { $region } already has this name
rule_copy_name_taken_short_2 = the name is taken there
rule_copy_no_copy_region_1 = { $region } does not accept copies of images.
rule_copy_no_copy_region_2 = This region does not accept copies of this image.
rule_copy_no_copy_region_fix_1 = choose another region
rule_copy_no_copy_region_short_1 = { $region } does not accept copies
rule_copy_no_copy_region_short_2 = the region does not accept copies of it
rule_copy_not_normal_1 = { $name } is { $state }, { $percent } % done; it can be copied once it is NORMAL.
rule_copy_not_normal_2 = { $name } is { $state }; it can be copied only while it is NORMAL.
rule_copy_not_normal_3 = The image can be copied only while it is NORMAL.
rule_copy_not_normal_fix_1 = wait until it is NORMAL{ $wait ->
   *[other] {""}
 }
rule_copy_not_normal_fix_2 = delete it and create it again
rule_copy_not_normal_short_1 = it is { $state }, { $percent } % done
rule_copy_not_normal_short_2 = it is { $state }, not NORMAL
rule_copy_not_normal_short_3 = it is not NORMAL
rule_copy_public_1 = { $name } is public; only custom images can be copied.
rule_copy_public_2 = Only custom images can be copied.
rule_copy_public_fix_1 = launch an instance from it, then create your own image of that
rule_copy_public_short_1 = only custom images can be copied
rule_copy_quota_1 = { $quota ->
    [one] { $region } has { $own } of { $quota } own image: the quota is used up. The oldest one not shared there is { $oldest }.
   *[other] { $region } has { $own } of { $quota } own images: the quota is used up. The oldest one not shared there is { $oldest }.
 }
rule_copy_quota_2 = { $quota ->
    [one] { $region } has { $own } of { $quota } own image: the quota is used up.
   *[other] { $region } has { $own } of { $quota } own images: the quota is used up.
 }
rule_copy_quota_3 = The region's image quota is used up.
rule_copy_quota_fix_1 = delete an image there that is no longer needed, or use the newer docs' limit of { $newer } (--rules current, or rules = "current" in the profile)
rule_copy_quota_fix_2 = delete an image there that is no longer needed, or ask for a higher quota
rule_copy_quota_short_1 = { $quota ->
    [one] { $region } is full: { $own } of { $quota } image
   *[other] { $region } is full: { $own } of { $quota } images
 }
rule_copy_quota_short_2 = the region is full
rule_copy_received_1 = { $name } belongs to { $owner_name } and cannot leave { $from }; it cannot be copied to { $region }.
rule_copy_received_2 = { $name } belongs to another account and cannot leave { $from }; it cannot be copied to { $region }.
rule_copy_received_3 = { $name } belongs to { $owner_name } and cannot leave { $from }.
rule_copy_received_4 = { $name } belongs to another account and cannot leave { $from }.
rule_copy_received_5 = A received image cannot leave its region.
rule_copy_received_fix_1 = ask the owner to copy it there and to share the copy; a request text can be copied
rule_copy_received_own_1 = { $name } can be copied only within { $region }. The copy is your own image: it counts toward your quota, and you can share it.
rule_copy_received_own_2 = The copy is your own image: it counts toward your quota, and you can share it.
rule_copy_received_own_short_1 = the copy counts toward your quota; you can share it
rule_copy_received_short_1 = a received image cannot leave { $from }
rule_copy_received_short_2 = a received image cannot leave its region
rule_copy_same_region_1 = { $name } is already in { $region }.
rule_copy_same_region_2 = It is already in that region.
rule_copy_same_region_fix_1 = share it there as it is, or choose another region
rule_copy_same_region_short_1 = it is already in { $region }
rule_copy_same_region_short_2 = it is already there
rule_copy_storage_1 = { $regions ->
    [one] Copying is free; the snapshot of the copy is billed: { $total_gib } GiB in { $regions } region.
   *[other] Copying is free; the snapshots of the copies are billed: { $size_gib } GiB in each of { $regions } regions, { $total_gib } GiB in total.
 }
rule_copy_storage_2 = Copying is free; the snapshot of each copy is billed: { $size_gib } GiB per region.
rule_copy_storage_3 = Copying is free; the snapshot of the copy is billed.
rule_copy_storage_short_1 = { $regions ->
    [one] snapshots are billed: { $total_gib } GiB in { $regions } region
   *[other] snapshots are billed: { $total_gib } GiB in { $regions } regions
 }
rule_copy_storage_short_2 = snapshots are billed: { $size_gib } GiB per region
rule_copy_storage_short_3 = the copy's snapshot is billed
rule_copy_untrusted_1 = You do not trust { $owner_name }, and { $name } has not been checked. Use images only from accounts you trust.
rule_copy_untrusted_2 = The owner of { $name } is unknown, and the image has not been checked. Use images only from accounts you trust.
rule_copy_untrusted_3 = This image has not been checked. Use images only from accounts you trust.
rule_copy_untrusted_fix_1 = trust the account if you know it, then copy
rule_copy_untrusted_short_1 = only within { $region }; { $owner_name } is not trusted
rule_copy_untrusted_short_2 = only within { $region }; its owner is unknown
rule_copy_untrusted_short_3 = its owner is not trusted; the image is unchecked
rule_copy_whole_machine_1 = { $name } is a full-machine image with data disks; such images cannot be copied.
rule_copy_whole_machine_2 = Full-machine images with data disks cannot be copied.
rule_copy_whole_machine_fix_1 = create an image of only the system disk, and copy that
rule_copy_whole_machine_short_1 = it is a full-machine image
rule_delete_busy_1 = { $name } is { $state }, { $percent } % done; it can be deleted afterwards.
rule_delete_busy_2 = { $name } is { $state }; it can be deleted afterwards.
rule_delete_busy_3 = The image is busy; it can be deleted afterwards.
rule_delete_busy_fix_1 = wait until it is finished
rule_delete_busy_short_1 = it is { $state }, { $percent } % done
rule_delete_busy_short_2 = it is { $state }
rule_delete_busy_short_3 = it is busy
rule_delete_instances_1 = { $instances ->
    [one] { $instances } instance made from { $name } keeps running.
   *[other] { $instances } instances made from { $name } keep running.
 }
rule_delete_instances_2 = Instances made from it keep running.
rule_delete_instances_short_1 = { $instances ->
    [one] { $instances } instance made from it keeps running
   *[other] { $instances } instances made from it keep running
 }
rule_delete_instances_short_2 = instances made from it keep running
rule_delete_job_1 = { $name } is in use by job { $job }.
rule_delete_job_2 = The image is in use by a job.
rule_delete_job_fix_1 = open the job, and wait until it ends or stop it
rule_delete_job_short_1 = in use by job { $job }
rule_delete_job_short_2 = in use by a job
rule_delete_public_1 = { $name } is public and cannot be deleted.
rule_delete_public_2 = Public images cannot be deleted.
rule_delete_public_fix_1 = nothing to do
rule_delete_public_short_1 = public images cannot be deleted
rule_delete_received_1 = { $name } belongs to { $owner_name }; only the owner can delete it.
rule_delete_received_2 = { $name } belongs to another account; only its owner can delete it.
rule_delete_received_3 = Only the image's owner can delete it.
rule_delete_received_fix_1 = hide it here, or ask the owner to cancel the share; a request text can be copied
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
    [one] { $snapshots } snapshot of { $total_gib } GiB will be kept and billed, unless deleted with it.
   *[other] { $snapshots } snapshots of { $total_gib } GiB will be kept and billed, unless deleted with it.
 }{ $kept ->
   *[other] {""}
 }
rule_delete_snapshots_3 = Its snapshots are kept and billed, unless deleted with it.
rule_delete_snapshots_short_1 = { $snapshots ->
    [one] also deletes { $snapshots } snapshot, { $total_gib } GiB
   *[other] also deletes { $snapshots } snapshots, { $total_gib } GiB
 }{ $deleted ->
   *[other] {""}
 }
rule_delete_snapshots_short_2 = { $snapshots ->
    [one] { $snapshots } snapshot of { $total_gib } GiB is kept
   *[other] { $snapshots } snapshots of { $total_gib } GiB are kept
 }{ $kept ->
   *[other] {""}
 }
rule_delete_snapshots_short_3 = its snapshots are kept unless deleted with it
rule_delete_type_name_1 = Deleting cannot be undone. Type the image's name, { $name }, to continue.
rule_delete_type_name_2 = Deleting cannot be undone. Type the image's name to continue.
rule_delete_type_name_short_1 = asks you to type its name
rule_job_busy_1 = The image is in use by job { $job }.
rule_job_busy_2 = The image is in use by another job.
rule_job_busy_fix_1 = wait for the job, or open it
rule_job_busy_short_1 = in use by job { $job }
rule_job_busy_short_2 = in use by another job
rule_launch_deprecated_1 = { $name } is deprecated; the newest image of its family is { $newest }.
rule_launch_deprecated_2 = { $name } is deprecated.
rule_launch_deprecated_3 = The image is deprecated.
rule_launch_deprecated_short_1 = deprecated; the newest is { $newest }
rule_launch_deprecated_short_2 = it is deprecated
rule_launch_not_normal_1 = { $name } is { $state }, { $percent } % done; it can be launched once it is NORMAL.
rule_launch_not_normal_2 = { $name } is { $state }; it can be launched only while it is NORMAL.
rule_launch_not_normal_3 = The image can be launched only while it is NORMAL.
rule_launch_not_normal_fix_1 = wait until it is NORMAL{ $wait ->
   *[other] {""}
 }
rule_launch_not_normal_fix_2 = delete it and create it again
rule_launch_not_normal_short_1 = it is { $state }, { $percent } % done
rule_launch_not_normal_short_2 = it is { $state }, not NORMAL
rule_launch_not_normal_short_3 = it is not NORMAL
rule_launch_other_region_1 = { $name } is in { $from }, but you chose { $region }; an image can be launched only in its own region.
rule_launch_other_region_2 = An image can be launched only in its own region.
rule_launch_other_region_fix_1 = copy it to { $to }, then launch the copy
rule_launch_other_region_fix_2 = launch the image there, { $suggestion }
rule_launch_other_region_fix_3 = ask the owner to copy it there and to share the copy, or choose the image's own region{ $outside ->
   *[other] {""}
 }
rule_launch_other_region_fix_4 = choose the image's own region
rule_launch_other_region_short_1 = image is in { $from }, you chose { $region }; copy it there first{ $own ->
   *[other] {""}
 }
rule_launch_other_region_short_2 = image is in { $from }, you chose { $region }
rule_launch_other_region_short_3 = the image is in another region
rule_launch_own_shared_1 = { $shared ->
    [one] { $name } is shared with { $shared } account; you can still launch it and create images from it.
   *[other] { $name } is shared with { $shared } accounts; you can still launch it and create images from it.
 }
rule_launch_own_shared_2 = You can still launch a shared image and create images from it.
rule_launch_own_shared_short_1 = sharing it does not stop you from using it
rule_launch_type_1 = { $type } is sold out in { $place }, but on sale in { $elsewhere }. On sale in { $place }: { $types }.{ $sold_out ->
   *[other] {""}
 }
rule_launch_type_2 = { $type } is sold out in { $place }. On sale there: { $types }.{ $sold_out ->
   *[other] {""}
 }
rule_launch_type_3 = { $type } is not sold in { $place }, but in { $elsewhere }. On sale in { $place }: { $types }.
rule_launch_type_4 = { $type } is not sold in { $place }. On sale there: { $types }.
rule_launch_type_5 = { $type } is not sold in { $place }.
rule_launch_type_6 = This instance type is not sold there.
rule_launch_type_fix_1 = choose another instance type, such as { $suggestion }
rule_launch_type_fix_2 = choose another instance type
rule_launch_type_short_1 = { $type } is sold out in { $place }{ $sold_out ->
   *[other] {""}
 }
rule_launch_type_short_2 = { $type } is not sold in { $place }
rule_launch_type_short_3 = the instance type is not sold there
rule_launch_untrusted_1 = You do not trust { $owner_name }, and { $name } has not been checked. Use images only from accounts you trust.
rule_launch_untrusted_2 = The owner of { $name } is unknown, and the image has not been checked. Use images only from accounts you trust.
rule_launch_untrusted_3 = This image has not been checked. Use images only from accounts you trust.
rule_launch_untrusted_fix_1 = trust the account if you know it, then launch
rule_launch_untrusted_short_1 = { $owner_name } is not trusted; the image is unchecked
rule_launch_untrusted_short_2 = its owner is unknown; the image is unchecked
rule_launch_zone_1 = { $zone } is sold out. Zones on sale in { $region }: { $zones }.{ $sold_out ->
   *[other] {""}
 }
rule_launch_zone_2 = { $zone } is not on sale in { $region }. Zones on sale: { $zones }.
rule_launch_zone_3 = { $region } has no instances on sale in { $zone }.
rule_launch_zone_4 = No instances are on sale in this zone.
rule_launch_zone_fix_1 = choose another zone, such as { $suggestion }
rule_launch_zone_fix_2 = choose another zone
rule_launch_zone_short_1 = { $zone } is sold out{ $sold_out ->
   *[other] {""}
 }
rule_launch_zone_short_2 = { $region } has no instances on sale in { $zone }
rule_launch_zone_short_3 = no instances are on sale in this zone
rule_mode_read_only_1 = This profile is read-only: nothing that changes the cloud is sent.
rule_mode_read_only_fix_1 = turn read-only off, or use another profile
rule_mode_read_only_short_1 = read-only
rule_net_offline_1 = The last attempt to reach the cloud failed.
rule_net_offline_fix_1 = check the network; cvmshare tries again by itself
rule_net_offline_short_1 = the cloud cannot be reached
rule_quota_received_1 = { $region } has { $own } of { $quota ->
        [one] { $quota } own image
       *[other] { $quota } own images
    }; { $received ->
        [one] { $received } received image does
       *[other] { $received } received images do
    } not count.
rule_quota_received_2 = Received images do not count toward your quota, and sharing does not use the owner's quota.
rule_quota_received_short_1 = { $received } received, not counted
rule_quota_received_short_2 = received images do not count
rule_region_unknown_1 = No region { $region }.
rule_region_unknown_2 = No such region.
rule_region_unknown_fix_1 = did you mean { $suggestion }?
rule_region_unknown_fix_2 = choose a region from the list
rule_region_unknown_short_1 = no region { $region }
rule_region_unknown_short_2 = no such region
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
rule_reinstall_other_region_1 = { $name } is in { $from }, but { $instance } is in { $region }; an instance can be reinstalled only with an image from its own region.
rule_reinstall_other_region_2 = An instance can be reinstalled only with an image from its own region.
rule_reinstall_other_region_fix_1 = choose the image there, { $suggestion }
rule_reinstall_other_region_fix_2 = choose an image from the instance's region
rule_reinstall_other_region_short_1 = image is in { $from }, the instance in { $region }
rule_reinstall_other_region_short_2 = the image is in another region
rule_reinstall_state_1 = { $instance } is busy with { $operation }; it can be reinstalled afterwards.
rule_reinstall_state_2 = { $instance } is { $state }; it can be reinstalled while it is RUNNING or STOPPED.
rule_reinstall_state_3 = An instance can be reinstalled while it is RUNNING or STOPPED.
rule_reinstall_state_fix_1 = wait until it is RUNNING or STOPPED
rule_reinstall_state_short_1 = the instance is busy with { $operation }
rule_reinstall_state_short_2 = the instance is { $state }
rule_reinstall_state_short_3 = the instance is busy
rule_reinstall_untrusted_1 = You do not trust { $owner_name }, and { $name } has not been checked. Use images only from accounts you trust.
rule_reinstall_untrusted_2 = The owner of { $name } is unknown, and the image has not been checked. Use images only from accounts you trust.
rule_reinstall_untrusted_3 = This image has not been checked. Use images only from accounts you trust.
rule_reinstall_untrusted_fix_1 = trust the account if you know it, then reinstall
rule_reinstall_untrusted_short_1 = { $owner_name } is not trusted; the image is unchecked
rule_reinstall_untrusted_short_2 = its owner is unknown; the image is unchecked
rule_reinstall_wipes_1 = This wipes the system disk of { $instance } ({ $name }, { $disk_gib } GiB). Type the instance's ID to continue.
rule_reinstall_wipes_2 = This wipes the instance's system disk. Type the instance's ID to continue.
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
    [one] The name is empty; it needs 1 to { $limit } character.
   *[other] The name is empty; it needs 1 to { $limit } characters.
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
rule_rename_name_taken_1 = Another own image in { $region } is named { $name } ({ $image }).
rule_rename_name_taken_2 = Another own image has this name.
rule_rename_name_taken_fix_1 = use another name, such as { $suggestion }
rule_rename_name_taken_fix_2 = use another name
rule_rename_name_taken_short_1 = { $image } already has this name
rule_rename_name_taken_short_2 = the name is taken
rule_rename_public_1 = { $name } is public; its name and description cannot be changed.
rule_rename_public_2 = Name and description of public images cannot be changed.
rule_rename_public_fix_1 = nothing to do
rule_rename_public_short_1 = public images cannot be renamed
rule_rename_received_1 = Only the owner, { $owner_name }, can change the name and description of { $name }.
rule_rename_received_2 = Only the owner can change the name and description of { $name }.
rule_rename_received_3 = Only the owner can change the name and description.
rule_rename_received_fix_1 = add your own note here instead
rule_rename_received_short_1 = only the owner can rename it
rule_rename_shared_1 = { $shared ->
    [one] { $name } is shared with { $shared } account. One of the vendor's pages says that a shared image cannot be changed; the cloud may refuse.
   *[other] { $name } is shared with { $shared } accounts. One of the vendor's pages says that a shared image cannot be changed; the cloud may refuse.
 }
rule_rename_shared_2 = One of the vendor's pages says that a shared image cannot be changed; the cloud may refuse.
rule_rename_shared_short_1 = it is shared, so the cloud may refuse
rule_session_expired_1 = The credentials no longer work: they have expired or were revoked.
rule_session_expired_fix_1 = sign in again, or use another profile
rule_session_expired_short_1 = the credentials no longer work
rule_session_none_1 = No credentials found.
rule_session_none_fix_1 = sign in, or use another profile
rule_session_none_short_1 = no credentials
rule_share_account_form_1 = "{ $text }" is an e-mail address; an account ID has only digits. The receiver finds it in the console under Account Information.{ $email ->
   *[other] {""}
 }
rule_share_account_form_2 = "{ $text }" does not end in a region code such as ap-guangzhou.{ $bad_region ->
   *[other] {""}
 }
rule_share_account_form_3 = "{ $text }" is not an account ID, nor are QQ numbers and AppIds. The receiver finds it in the console under Account Information.{ $digits ->
   *[other] {""}
 }
rule_share_account_form_4 = "{ $text }" is not an account ID, which has only digits, such as 100000000001. The receiver finds it in the console under Account Information.
rule_share_account_form_5 = No such account. E-mail addresses, QQ numbers and AppIds are not account IDs; the receiver finds the account ID in the console under Account Information.
rule_share_account_form_fix_1 = use { $suggestion }
rule_share_account_form_fix_2 = enter the receiver's account ID
rule_share_account_form_short_1 = "{ $text }": no such region code{ $bad_region ->
   *[other] {""}
 }
rule_share_account_form_short_2 = "{ $text }" is not an account ID
rule_share_account_form_short_3 = no such account ID
rule_share_already_1 = { $count ->
    [one] { $accounts } can already use it, since { $since }.
   *[other] { $accounts } can already use it; the oldest share is from { $since }.
 }
rule_share_already_2 = { $accounts } can already use it.
rule_share_already_3 = It is already shared with this account.
rule_share_already_fix_1 = nothing to do
rule_share_already_short_1 = { $count ->
    [one] shared with { $accounts } since { $since }
   *[other] shared with { $accounts }, the oldest since { $since }
 }
rule_share_already_short_2 = already shared with { $accounts }
rule_share_already_short_3 = it is already shared
rule_share_byol_1 = { $name } contains your own licence (BYOL); such images cannot be shared.
rule_share_byol_2 = Images that contain your own licence (BYOL) cannot be shared.
rule_share_byol_fix_1 = create an image without that licence, and share that
rule_share_byol_short_1 = it contains your own licence (BYOL)
rule_share_encrypted_1 = { $name } is encrypted, and encrypted images cannot be shared.
rule_share_encrypted_2 = Encrypted images cannot be shared.
rule_share_encrypted_fix_1 = create an unencrypted image of the same system, and share that
rule_share_encrypted_short_1 = encrypted images cannot be shared
rule_share_leak_1 = Receivers can read everything on { $name }, launch it, create new images from it and pass those on. Cancelling the share later does not bring the data back.
rule_share_leak_2 = Receivers can read everything on the image, launch it, create new images from it and pass those on. Cancelling the share later does not bring the data back.
rule_share_leak_short_1 = asks you to accept the risk of leaks
rule_share_limit_1 = { $limit ->
    [one] With { $new } new, { $total } accounts would have it in { $region }; an image can be shared with { $limit } account.
   *[other] With { $new } new, { $total } accounts would have it in { $region }; an image can be shared with { $limit } accounts.
 }
rule_share_limit_2 = { $limit ->
    [one] With { $new } new, { $total } accounts would have it; an image can be shared with { $limit } account.
   *[other] With { $new } new, { $total } accounts would have it; an image can be shared with { $limit } accounts.
 }
rule_share_limit_3 = { $shared ->
    [one] It is already shared with { $shared } account; an image can be shared with { $limit }.
   *[other] It is already shared with { $shared } accounts; an image can be shared with { $limit }.
 }
rule_share_limit_4 = This image cannot be shared with more accounts.
rule_share_limit_fix_1 = remove some receivers, cancel shares that are no longer needed, or use the newer docs' limit of { $newer } (--rules current, or rules = "current" in the profile)
rule_share_limit_fix_2 = remove some receivers, or cancel shares that are no longer needed
rule_share_limit_short_1 = { $limit ->
    [one] { $new } more: { $total } of { $limit } account
   *[other] { $new } more: { $total } of { $limit } accounts
 }
rule_share_limit_short_2 = { $limit ->
    [one] shared with { $shared } of { $limit } account
   *[other] shared with { $shared } of { $limit } accounts
 }
rule_share_limit_short_3 = it cannot be shared with more accounts
rule_share_not_known_1 = { $account } is not in the address book, and this profile shares only with accounts in it.
rule_share_not_known_2 = The account is not in the address book, and this profile shares only with accounts in it.
rule_share_not_known_fix_1 = add it to the address book (t in the console)
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
rule_share_not_normal_fix_2 = delete it and create it again
rule_share_not_normal_short_1 = it is { $state }, { $percent } % done
rule_share_not_normal_short_2 = it is { $state }, not NORMAL
rule_share_not_normal_short_3 = it is not NORMAL
rule_share_other_region_1 = { $accounts } would need it in { $region }, but an image can be shared only in its own region, { $from }. Copy it to { $region } first, then share the copy.
rule_share_other_region_2 = An image can be shared only in its own region. Copy it to the region where it is needed, then share the copy.
rule_share_other_region_fix_1 = copy it to { $to }, wait, then share the copy
rule_share_other_region_fix_2 = copy it there, wait, then share the copy
rule_share_other_region_short_1 = shared only in { $from }; copy it to { $region } first
rule_share_other_region_short_2 = shared only in its own region; copy it first
rule_share_public_1 = Everyone can already use public images.
rule_share_public_fix_1 = nothing to do: give the receiver the image's ID
rule_share_public_short_1 = everyone can already use public images
rule_share_received_1 = Only the owner, { $owner_name }, can share { $name } with other accounts.
rule_share_received_2 = Another account shared { $name } with you; only its owner can share it with other accounts.
rule_share_received_3 = Only the image's owner can share it with other accounts.
rule_share_received_fix_1 = ask the owner to share it with them; a request text can be copied
rule_share_received_short_1 = only its owner, { $owner_name }, can share it
rule_share_received_short_2 = only its owner can share it
rule_share_self_1 = { $account } is your own account and needs no share. To have the image in { $region }, copy it there.
rule_share_self_2 = { $account } is your own account and needs no share.
rule_share_self_3 = Your own account needs no share.
rule_share_self_fix_1 = copy it to { $to }
rule_share_self_fix_2 = remove your own account
rule_share_self_short_1 = { $account } is you; for { $region }, copy it there
rule_share_self_short_2 = { $account } is your own account
rule_share_self_short_3 = your own account needs no share
rule_share_sub_account_1 = { $account_name } is a sub-account ({ $account }); images can be shared only with main accounts.
rule_share_sub_account_2 = This is a sub-account; images can be shared only with main accounts.
rule_share_sub_account_fix_1 = ask the receiver for the ID of the main account
rule_share_sub_account_short_1 = { $account } is a sub-account
rule_share_sub_account_short_2 = a sub-account; share with its main account
rule_share_whole_machine_1 = { $name } is a full-machine image with data disks; such images cannot be shared.
rule_share_whole_machine_2 = Full-machine images with data disks cannot be shared.
rule_share_whole_machine_fix_1 = create an image of only the system disk, and share that
rule_share_whole_machine_short_1 = it is a full-machine image
rule_unshare_foreign_1 = { $count ->
    [one] cvmshare did not create the share with { $accounts }; it exists since { $since }. Someone, possibly you, created it elsewhere.
   *[other] cvmshare did not create the shares with { $accounts }; the oldest is from { $since }. Someone, possibly you, created them elsewhere.
 }
rule_unshare_foreign_2 = { $count ->
    [one] cvmshare did not create the share with { $accounts }. Someone, possibly you, created it elsewhere.
   *[other] cvmshare did not create the shares with { $accounts }. Someone, possibly you, created them elsewhere.
 }
rule_unshare_foreign_3 = cvmshare did not create this share. Someone, possibly you, created it elsewhere.
rule_unshare_foreign_short_1 = share with { $accounts } created elsewhere
rule_unshare_foreign_short_2 = the share was created elsewhere
rule_unshare_lives_on_1 = Instances that the receiver made from { $name } keep running, and images made from those remain theirs. They can no longer see or launch { $name }.
rule_unshare_lives_on_2 = Instances that the receiver made keep running, and images made from those remain theirs. They can no longer see or launch the image.
rule_unshare_lives_on_short_1 = instances and images that the receiver made remain
rule_unshare_none_1 = { $name } is another account's image; only the owner can change its shares.{ $received ->
   *[other] {""}
 }
rule_unshare_none_2 = { $name } is public and has no shares to cancel.{ $public ->
   *[other] {""}
 }
rule_unshare_none_3 = { $name } is not shared with { $accounts }: nothing to cancel.
rule_unshare_none_4 = { $name } is not shared with any account: nothing to cancel.
rule_unshare_none_5 = You have no share to cancel here.
rule_unshare_none_fix_1 = nothing to do
rule_unshare_none_short_1 = only the owner can change its shares{ $received ->
   *[other] {""}
 }
rule_unshare_none_short_2 = it is not shared with { $accounts }
rule_unshare_none_short_3 = not shared; nothing to cancel
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
rules_keep_search = keep search
rules_no_match = No rule matches.
rules_rules = Rules
rules_search = search
rules_sent_to_clipboard = The rule { $code } was sent to the terminal's clipboard.
rules_tells = tells

## session

session_end_session_ends_in_h = session ends in { $as_hours } h
session_end_session_ends_in_min = session ends in { $as_mins } min
session_end_session_ends_in_minute = session ends in a minute
session_end_session_has_ended = session has ended

## setup

setup_metadata_takes_off_or_http = --metadata accepts off, or http:// with a loopback address and port
setup_names_region_which_is_no = { $place } has { $text }, which is not a region code; use one such as ap-guangzhou
setup_no_profiles = none; --demo has those of the built-in cloud
setup_no_such_profile = no profile { $name }; profiles: { $all }
setup_there_is_no_profile = no profile { $name }

## share

share_address_book = Address book
share_address_book_empty = Empty; [accounts] in the configuration adds entries.
share_blocked = cannot
share_cell_change = { $region }: { $a1 }.
share_checklist = Before you continue, check the image for:
share_choose_at_least_one_account = Choose at least one account: type its ID, or mark it in the address book.
share_choose_at_least_one_region = Choose at least one region.
share_chosen = Chosen:{" "}
share_copied_if_room = will be copied if the quota allows
share_copy = copy · { $name }
share_copy_exists = copy exists · { $id }
share_copy_exists_as = copy exists: { $copy }
share_e_uses = e shares { $image }, if it is a copy
share_edge_change = { $region }, { $who }: { $text }.
share_is_copy = is { $id } a copy?
share_launch_follows = The launch continues here when the copy in { $region } is ready.
share_left = Nothing was sent. The same key continues where you left off.
share_looks_alike = { $id } has the same name, size and system
share_name_copy_in = Name of the copy in { $region }:{" "}
share_no_image_there = No existing image there can be used.
share_other_name = other name
share_problems_left = Some problems are open: decide them, or skip the region.
share_receiver_in = { $name } in { $region }
share_receivers_question = Share with whom? Enter any number of account IDs; @REGION for one region only.
share_region_blocked = cannot · { $why }
share_regions_pending = Some regions have not answered yet.
share_regions_question = In which regions do they need it? Missing copies are made first.
share_take_name = use name
share_to_address_book = address book
share_to_field = text field
share_to_share = to share
share_to_which_regions = Copy to which regions?
share_toggle = include or skip
share_totals = { $copies }, { $adds }.
share_uses_newer_limits = { $key } uses them for this profile
share_waiting_for_answers = { $n ->
    [one] Waiting for { $n } answer.
   *[other] Waiting for { $n } answers.
 }
share_will_be_copied = will be copied
share_x_skips = x skips it
share_yes_copy = Yes, copy

## step

step_choices = choices
step_findings = checks
step_report = report
step_risk = risk
step_sending = sending

## table

table_asking_answered = Asking { $counted } … { $answered } answered.
table_identity = the identity
table_in_one = {" "}in { $one }
table_in_regions_in_view = {" "}in the { $n } regions in view
table_in_two = {" "}in { $first } or { $second }
table_list_regions = the list of regions
table_mark_started = Marked. Press the same key on another row to mark all rows up to it.
table_marked_hidden = { $n } marked, { $hidden } not shown
table_marked_range = Marked { $rows }, from the last mark to here.
table_no_cloud = Could not reach the cloud. { $key } tries again.
table_no_image_is_shared_with = No images are shared with you
table_nothing_matches = No matches for "{ $filter }".
table_other_regions = { $regions } chooses other regions · { $refresh } refreshes
table_retry_or_profile = { $key } tries again · { $switch } switches profile
table_sentence = { $what }{ $place }.
table_starting = Starting …
table_takes_filter_away = { $key } clears the filter.
table_there_is_no_region = No regions
table_you_have_no_image = You have no images
table_you_have_no_instance = You have no instances

## terminal

terminal_task_failed = a background task failed

## theme

theme_no_base = there is no theme { $name } that ships; there are: { $all }
theme_no_colour = { $text } is no colour; write one of { $all }, a number from 0 to 255, or "#rrggbb"
theme_unknown = no theme { $name }; themes: { $all }; to add one, create { $file }.toml in { $dir }

## undo

undo_cancel_in = Cancel in { $region }, { $image }: { $who }
undo_copy_stays = { $region }: copy { $image } is kept: { $why }
undo_delete_copy_in = Delete the copy in { $region }, { $image }{ $snapshots }
undo_foreign_share = { $region }: { $image } stays shared with { $names }: this job did not create that share
undo_instances_keep_running = { $region }: { $ids } use { $image } and keep running
undo_instances_that_receivers_made = instances that receivers made from these images keep running
undo_name_does_not_match = The name does not match; nothing was changed.
undo_reading = Reading the current state …
undo_snapshots_stay = { $count ->
    [one] { $region }: { $count } snapshot of { $image } is kept and billed
   *[other] { $region }: { $count } snapshots of { $image } are kept and billed
 }
undo_still_reading = Still reading the current state.
undo_title = Undo this job
undo_undoing = Undoing.
undo_yes_undo = Yes, undo

## unshare

unshare_cancel_shares = Cancel shares
unshare_cancel_these = cancel these
unshare_one_under_marker = selected one
unshare_title = Cancel shares of { $name }
unshare_yes_cancel = Yes, cancel

## view

view_state_file_unreadable = The last view could not be restored. { $error }

## word

word_account = account
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
word_receivers = receivers
word_regions = regions
word_running = running
word_share = share
word_shared = shared
word_sharing = sharing
word_size = size
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
words_being_made = being created
words_failed = creation failed
words_import_failed = import failed
words_ready = ready
