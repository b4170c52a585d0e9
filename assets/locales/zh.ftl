## accounts

accounts_accounts = 账号
accounts_another_account = 另一个账号
accounts_has_no_name_any_more = 已清除 { $uin } 的名称。
accounts_hidden = { $name } 已在此隐藏；它仍共享给您。
accounts_hidden_with_key = { $name } 已在此隐藏；它仍共享给您。{ $key } 显示隐藏的镜像。
accounts_is = 已将 { $uin } 命名为 { $name }。
accounts_is_not_trusted_any_more = 不再信任
accounts_is_shown_again = { $name } 重新显示。
accounts_is_trusted = 已信任
accounts_its_name = 名称
accounts_its_owner = 所有者
accounts_no_name = 清除名称
accounts_nobody_is_known_yet = 还没有账号。
accounts_noted = 备注已保存。
accounts_only_image_that_was_shared = 只有共享给您的镜像才能隐藏。
accounts_there_is_no_note_any = 备注已删除。
accounts_trust_changed = { $account } { $said }。{ $until }
accounts_trust_or_not = 切换信任
accounts_trusted = 信任
accounts_trusted_by_profile = 配置 { $profile } 信任的账号。{ $means }
accounts_until_you_leave_demo = 退出演示后失效。
accounts_untrusted_asks = 使用未信任账号的镜像前需要确认。
accounts_untrusted_blocked = 未信任账号的镜像不能使用。
accounts_uses_newer_limits = { $label } 采用较新的文档：每个镜像 { $accounts } 个账号，每个地域 { $images } 个镜像。{ $until }
accounts_what_is_called = { $uin } 的名称

## action

action_capture = 制作镜像
action_copy = 复制
action_delete = 删除
action_launch = 创建实例
action_reinstall = 重装系统
action_rename = 重命名
action_share = 共享
action_unshare = 取消共享

## actions

actions_and_more_reasons = {" "}· 另有 { $n } 个原因
actions_asks = 需确认 · { $short }
actions_blocked = 不可以 · { $short }{ $more }
actions_does_both = { $key } 一并执行
actions_does_that = { $key } 执行
actions_goes_by = { $key } 采用上限 { $figure }
actions_has_text_for_its_owner = { $key } 复制请求文字
actions_hides_it_here = { $key } 在此隐藏
actions_keeps_note_yours = { $key } 添加备注
actions_looks_again = { $key } 刷新
actions_ready = 可以 · { $short }
actions_takes_another_profile = { $key } 切换配置
actions_trusts_it = { $key } 信任

## answer

answer_yes = y yes 是

## api

api_language = zh-CN

## batch

batch_all_done = { $done } 个{ $word }。
batch_cancels_first = 先取消{ $shares }
batch_gib_deleted_with_them = { $images }：同时删除 { $snapshots }，共 { $gib } GiB。
batch_gib_stay = { $images }：保留 { $snapshots }，共 { $gib } GiB。
batch_images = { $of } 个镜像中的 { $n } 个
batch_images_sentence = { $images }：{ $said }
batch_is_gone = { $image } 已不存在。
batch_its_shares = 全部 { $shares } 个共享
batch_made_from_them_not_touched = { $images }：不影响用它们创建的 { $instances }。
batch_more = 另外 { $more } 个
batch_name_why = { $name }：{ $why }
batch_no_longer_shared = 已取消共享
batch_reasons_next = 下一行的原因
batch_refused = { $done } 个{ $word }，{ $refused } 个被拒绝：{ $why }
batch_title = { $capital }：{ $n } 个镜像中 { $can } 个可以
batch_type_delete_to_go_on = 输入 delete { $can } 以继续：
batch_yes = 是，{ $verb }（{ $can } 个）
batch_yes_cancel_those = 是，取消 { $can } 个镜像的共享

## capture

capture_asking_for_it = 正在发送请求 …
capture_keeps_running = 制作时实例继续运行；如需包含尚未写入磁盘的数据，请先关机。
capture_make_image = 制作镜像
capture_unknown = 无法确认镜像是否正在制作：重试之前请查看“我的镜像”。
capture_yes_make_image = 是，制作镜像

## change

change_cancel_and_delete = 取消全部共享并删除 { $target }
change_capture = 用 { $target } 制作镜像
change_delete = 删除 { $target }
change_launch = 用 { $target } 创建实例
change_reinstall = 重装 { $target } 的系统
change_rename = 修改 { $target }
change_target = { $name }（{ $id }，{ $region }）

## chrome

chrome_actions = 操作
chrome_all_regions = 全部地域
chrome_and_more = 等 { $failed } 处
chrome_as_ago = { $age }前的数据 ·{" "}
chrome_as_just_now = 刚刚的数据 ·{" "}
chrome_asking = { $turning }{ $past }查询中 … { $answered }/{ $total }
chrome_commands = 命令
chrome_copies_as_one = 副本合并
chrome_credentials_expired = 凭证已过期
chrome_did_not_answer = { $past }{ $region }{ $more }没有应答：{ $why }
chrome_is_not_whole = { $past }{ $region }{ $more }不完整：{ $why }
chrome_jobs = { $n } 个任务
chrome_keep_filter = 保留筛选
chrome_mine = 我的
chrome_no_credentials = 没有凭证
chrome_not_known_yet = ，{ $unsure } 行尚不确定
chrome_not_understood = {" "}· 无效的筛选
chrome_offline = 离线
chrome_read_only = 只读
chrome_refresh_off = 不自动刷新
chrome_rules = { $standing } 规则
chrome_shared = 共享

## cli

cli_lines_cannot_be_written = 无法写入终端：{ $e }
cli_needs_terminal = 控制台需要终端；脚本中请使用命令，例如 cvmshare list images -o json（cvmshare --help 列出全部命令），或使用 --plain
cli_no_threads_can_be_started = 无法启动线程：{ $e }
cli_only_files_may_be_open = 最多只能同时打开 { $limit } 个文件，至少需要 { $needed } 个；请用 ulimit -n 256 提高上限

## clock

clock_ahead = 快
clock_behind = 慢
clock_set_clock_for_example_with = ；请校准时钟，例如运行 timedatectl set-ntp true
clock_skew = 本机时钟比云端{ $side } { $off } 秒；相差 300 秒起签名会失败{ $fix }

## cloud

cloud_answer_broke_off = 应答中断
cloud_answer_incomplete = 应答缺少所请求的内容
cloud_answer_large = 应答很大，而且正在读取其他应答
cloud_answer_not_of_api = 收到的不是该 API 的应答
cloud_answer_too_large = 应答过大
cloud_answer_too_many_rows = 应答的行数超过所请求的行数
cloud_answer_without_code = 应答是没有错误码的错误
cloud_endpoint_bad_scheme = 端点 { $endpoint } 必须以 https:// 开头；本机可用 http://
cloud_endpoint_no_url = 端点 { $endpoint } 不是 https://host 或 http://127.0.0.1:PORT 这样的 URL
cloud_endpoint_plain_http = 端点 { $endpoint } 是未加密的 http，只允许用于本机；请使用 https
cloud_endpoint_with_path = 端点 { $endpoint } 只能是主机，不能带路径
cloud_endpoint_with_user = 端点 { $endpoint } 不得包含用户名或密码
cloud_error_maybe_done = 它可能已执行；重试之前请用 cvmshare list { $list } 查看
cloud_host_invalid = { $host } 不是有效的主机名
cloud_http_status = 服务以 HTTP { $status } 应答
cloud_list_cut_after_pages = 列表在 { $pages } 页后仍未结束；只读取了 { $rows } 行
cloud_list_cut_by_time = 列表没有在时限内结束；只读取了 { $rows } 行
cloud_list_repeats = 列表在 { $rows } 行之后重复
cloud_list_too_short = 云端称有 { $total } 行，只发来 { $rows } 行
cloud_no_answer_in_time = { $seconds } 秒内没有应答
cloud_no_connection_in_time = 没有在时限内建立连接
cloud_no_region = 云端没有地域 { $region }；cvmshare list regions --regions all 会列出已有的地域
cloud_no_region_but = 云端没有地域 { $region }；您是指 { $nearest } 吗？
cloud_row_bad_field = { $field } 为 { $value }
cloud_row_list_too_long = 其中有列表超过 { $entries } 项
cloud_row_no_object = 不是对象
cloud_row_no_text = 不是文本
cloud_row_too_long = 长度超过 { $limit } KiB
cloud_row_without = 没有 { $field }
cloud_row_without_zone_or_type = 没有 Zone 或没有 InstanceType
cloud_rows_unread = { $unread } 行（共 { $all } 行）无法读取；其中第一行：{ $why }
cloud_tls_unusable = 无法建立 HTTPS 客户端：{ $why }；请检查 SSL_CERT_FILE、SSL_CERT_DIR 和代理变量

## cmd

cmd_audit_no_result_yet = 尚无结果
cmd_change_done_not_read_back = 已执行，但无法读回结果：{ $why }
cmd_change_dry_run = 试运行：没有任何更改
cmd_change_error_line = { $error }（{ $code }{ $id }）
cmd_change_not_a_zone = { $zone } 不是可用区；可用区例如 ap-guangzhou-3
cmd_change_shares_with_are_cancelled = 已取消对 { $accounts } 的共享
cmd_change_use_cancel_shares = --cancel-shares 会先取消全部共享
cmd_confirm_go_ahead_y_n = { $what }：继续吗？[y/N]{" "}
cmd_confirm_needs_acceptance =
    { $what }：需要确认，但这里没有终端
    请加上 --yes 以接受上述风险，或用 --dry-run 查看将做什么
cmd_confirm_needs_confirmation =
    { $what }：需要确认，但这里没有终端
    请加上 --yes，或用 --dry-run 查看将做什么
cmd_confirm_nothing_was_changed = 没有任何更改
cmd_confirm_to_accept = 须接受：{ $sentence } [{ $code }]
cmd_confirm_type_to_go_ahead = { $what }：输入 { $name } 以继续：
cmd_exposure_unknown_account = 未知账号
cmd_job_report_copying = 复制中 { $percent }
cmd_job_report_for = 发给 { $all }：
cmd_job_runner_add_endpoint = 任务 { $id } 运行在 { $endpoint }；请加上 --endpoint { $endpoint }
cmd_job_runner_drop_endpoint = 任务 { $id } 运行在腾讯云上；请去掉 --endpoint
cmd_job_runner_ends_with_cloud = 任务 { $id } 到此结束：它所在的内置云随本程序结束
cmd_job_runner_in_process = 任务 { $id } 在进程 { $pid } 中继续
cmd_job_runner_job = 任务 { $id }：{ $why }
cmd_job_runner_job_waits_for_sign_in = 任务 { $id } 正在等待重新登录（{ $why }）
cmd_job_runner_nothing_more_was_sent = { $why }；此后没有再发送请求
cmd_job_runner_other_account = 任务 { $id } 属于账号 { $account }，而当前凭证属于 { $caller }；请用 --profile { $profile } 选择其配置
cmd_job_runner_paused = 任务 { $id } 已暂停；继续请运行：cvmshare jobs resume { $id }
cmd_job_runner_sign_in_elsewhere = 请在另一个终端登录，然后按 Enter；按 Ctrl-C 暂停任务
cmd_job_runner_sign_in_first = 请登录，然后继续：cvmshare jobs resume { $id }
cmd_job_runner_signals_cannot_be_heard = 无法接收信号：{ $e }
cmd_job_runner_stopped_why = 任务 { $id }：{ $why }；继续请运行：cvmshare jobs resume { $id }
cmd_job_runner_there_is_no_job_any = 任务 { $id } 已不存在
cmd_job_runner_unchanged_why = 任务 { $id } 未改动：{ $why }
cmd_jobs_already_over = 任务 { $id } 已结束；cvmshare jobs undo { $id } 可撤销它的更改
cmd_jobs_it_waits = 等待中：{ $text }（{ $code }）
cmd_jobs_no_job_is_unfinished = 没有未完成的任务
cmd_jobs_not_found = 没有任务 { $id }；cvmshare jobs list 列出全部任务
cmd_jobs_of = { $shared }/{ $n }
cmd_jobs_region_with_why = { $region }，{ $who }：{ $why }
cmd_jobs_there_is_no_profile = 没有配置
cmd_list_not_in_regions = 在 { $all } 中没有找到 { $id }；请用 --region 指明其地域
cmd_list_of = { $own }/{ $all }
cmd_list_waiting_for_regions = 正在等待 { $left }/{ $all } 个地域应答 …
cmd_lookup_waiting_for_cloud = 正在等待云端应答 …
cmd_plan_added_cancelled = 新增 { $added }，取消 { $gone }
cmd_plan_ambiguous =
    { $image } 有多个：{ $all }
    请用 region = 说明是哪一个，或写其 ID
cmd_plan_empty_entry =
    { $image } 既没有接收方也没有地域
    请添加 with = [账号] 或 regions = [地域]，或去掉它
cmd_plan_give_region_code_such_as =
    { $given } 不是地域代码
    请写地域代码，例如 ap-guangzhou
cmd_plan_image_not_found =
    { $places } 中没有名为 { $image } 的自有镜像
    请改正名称，或用 region = 写明其所在地域
cmd_plan_line = 第 { $line } 行，{ $name }（{ $id }）：
cmd_plan_no_images =
    文件没有声明任何镜像
    请添加 [[images]] 表，写明 image 以及 with 或 regions
cmd_plan_not_a_receiver =
    { $given } 既不是账号 ID 也不是已知的名称；已有：{ $all }
    请写账号 ID，例如 100000000002，或在 [groups] 中定义分组
cmd_plan_not_an_account =
    { $junk } 不是账号 ID
    请写账号 ID，或账号 ID 加地域，例如 100000000002@eu-frankfurt
cmd_plan_not_yours =
    { $id } 不是您的镜像
    只有所有者能复制和共享它；请去掉它
cmd_plan_nothing_cancelled = 没有取消任何共享，因为其余部分没有全部完成
cmd_plan_place = { $file }{ $line }：{ $text }
cmd_plan_refused = { $id }（{ $region }）：{ $text }（{ $code }）
cmd_plan_reuse_true = 在该项中写 reuse = true
cmd_plan_same_copy_name =
    它在 { $region } 的副本将名为 { $name }，与第 { $line } 行的副本同名
    请从其中一个去掉该地域
cmd_plan_see_format =
    { $text }
    文件的写法请见 assets/plan.toml 或 README
cmd_plan_summary_add = 待新增 { $add }，已共享 { $there }，文件中没有的 { $extra }
cmd_plan_summary_cancel = 新增 { $add }，取消 { $gone }
cmd_plan_too_many_images =
    文件声明了 { $n } 个镜像，超过 { $limit } 个
    请分成多个文件
cmd_plan_too_many_receivers =
    一个镜像的接收方超过 { $limit } 个
    一个镜像能共享的账号远少于此；请去掉一些
cmd_plan_twice =
    { $image } 重复声明，首次在第 { $line } 行
    请将两者合为一个
cmd_plan_twice_by_id =
    { $image } 就是第 { $line } 行已声明的 { $id }
    请将两者合为一个
cmd_planned_cloud_would_refuse_it = { $region }：云端会拒绝：{ $text }（{ $code }）
cmd_planned_not_known = 未知：{ $missing_name }
cmd_planned_reuse = {"  "}-> 或者，如果 { $image } 就是它的副本，用 { $reuse } 直接采用
cmd_planned_summary = 任务 { $id }：复制 { $copies }（{ $gib } GiB），{ $shares }
cmd_progress_error = ：{ $why }（{ $code }）
cmd_progress_shared_with = ，已共享 { $shared }/{ $all }
cmd_progress_watching = 任务 { $id } 由 { $host } 上的进程 { $pid } 执行；正在查看
cmd_share_detach_needs_endpoint = --detach 需要在本程序之外运行的云；请用 cvmshare emulate 启动内置云，并用 --endpoint 指定
cmd_share_detached = 任务 { $id } 在后台继续；用 cvmshare jobs show { $id } 查看进展
cmd_share_job_exists = 任务 { $id } 已存在，将继续执行
cmd_share_not_detached = 任务 { $id } 无法转入后台：{ $e }；可用 cvmshare jobs resume { $id } 在此继续
cmd_share_session_ends = 登录将在 { $minutes } 分钟后到期；届时未完成的任务会等待重新登录
cmd_undo_not_done = 未完成：{ $word }（{ $region }）：{ $what }
cmd_undo_not_known = {"  "}- 未知：{ $what }
cmd_undo_not_over = 任务 { $id } 尚未结束；请先运行 cvmshare jobs cancel { $id }
cmd_undo_nothing = 没有可撤销的更改：任务 { $id } 建立的共享和副本都已不存在
cmd_undo_question = 撤销任务 { $id }（{ $steps } 步）
cmd_undo_share_list_still_shows = 共享列表仍显示 { $all }
cmd_undo_step = { $would }{ $word }（{ $region }）：{ $what }
cmd_undo_with = { $image }，账号 { $all }
cmd_undo_would = 将
cmd_unshare_image_is_not_known = 没有找到该镜像
cmd_unshare_list_lags = 共享列表仍显示其中一些账号；列表可能滞后：请稍后用 cvmshare list shares 查看
cmd_unshare_question = 取消 { $id } 的 { $n } 个共享
cmd_unshare_question_all = 取消 { $id } 的全部 { $all } 个共享
cmd_verdict_allowed = 可以
cmd_verdict_changed = 在此期间有变化，没有任何更改
cmd_verdict_give_region = 请用 --region 指明其地域；如果云端没有应答，请重试
cmd_verdict_identity = 身份
cmd_verdict_image = 镜像 { $id }
cmd_verdict_image_name = {" "}{ $name }（{ $id }，{ $region }）
cmd_verdict_images = { $region } 的镜像
cmd_verdict_instance = 实例 { $id }
cmd_verdict_not_in_regions = 在所查询的地域中没有找到{ $what }；请用 --region 指明其地域
cmd_verdict_not_known = 未知：{ $missing }
cmd_verdict_offers = { $region } 在售的机型
cmd_verdict_quota = { $region } 的配额
cmd_verdict_run_command_again = 请重新运行该命令
cmd_verdict_shares = { $id } 的共享
cmd_verdict_title =
    { $does }{ $name }：{ $kind }
    {""}
cmd_verdict_to_accept = 须接受：{ $risk }

## column

column_account = 账号
column_age = 时间
column_ago = { $age }前
column_d = 天
column_h = 小时
column_id = ID
column_just_now = 刚刚
column_min = 分钟
column_name = 名称
column_now = 刚刚
column_region = 地域
column_state = 状态
column_y = 年

## command

command_actions_with_reasons = 操作及理由
command_all_commands = 全部命令
command_back = 返回
command_back_to_where_last_jump = 回到上次跳转之前
command_cancel_shares = 取消共享
command_copy_id = 复制 ID
command_copy_text = 复制文字
command_copy_to_regions = 复制到其他地域
command_copy_under_another_name = 换个名称复制
command_details = 详情
command_doctor = 诊断：检查设置
command_draw_screen_anew = 重绘屏幕
command_drop_it = 移除
command_filter = 筛选
command_forward_again = 前进
command_go_on = 继续
command_go_to_related = 转到相关的行
command_group_copies = 同一镜像的副本合为一行，或分开
command_help = 帮助
command_hide = 在此隐藏或取消隐藏
command_invert_marks = 反转标记
command_jobs = 任务
command_launch_instance = 创建实例
command_make_image_instance = 用实例制作镜像
command_mark = 标记
command_mark_range = 从上一个标记到此处全部标记
command_messages_and_calls = 消息与调用
command_mouse = 鼠标开关
command_move_down = 下移
command_move_left = 左移
command_move_right = 右移
command_move_up = 上移
command_name_and_description = 名称和描述
command_newer_limits = 采用较新文档的上限
command_next_field = 下一项
command_next_tab = 下一个标签页
command_note_your_own = 编辑备注
command_page_down = 下翻一页
command_page_up = 上翻一页
command_previous_field = 上一项
command_previous_tab = 上一个标签页
command_profile = 配置
command_quit = 退出
command_read_only = 切换只读
command_refresh = 刷新
command_regions_in_view = 显示的地域
command_reinstall_instance = 重装实例的系统
command_rules = 规则
command_share_guided = 共享（向导）
command_sort_by_column_to_left = 按左边一列排序
command_sort_by_column_to_right = 按右边一列排序
command_suspend = 挂起
command_to_first_row = 到第一行
command_to_last_row = 到最后一行
command_toggle_hidden = 显示或不显示隐藏的镜像
command_trust_or_name_account = 信任或命名账号
command_try_again = 重试
command_turn_order = 反转顺序
command_undo_job = 撤销此任务
command_use_existing = 使用已有副本

## common

common_all = 全部
common_and_failed = ，失败 { $failed }
common_and_name = ，{ $name }
common_asking = 查询中 …
common_asking_what_it_is = { $id } · 正在查询 …
common_cannot = 不可以 · { $short }
common_checking = 检查中 …
common_choose = 选择
common_clear = 清除
common_continues = 操作在继续，结果会显示在这里。
common_copy_title = 复制
common_deprecated = 已弃用
common_description = 描述
common_description_too_long = 描述超过 { $most } 个字符。
common_down = 下移
common_image = 镜像
common_image_here = 原镜像
common_image_unknown = 云端未提供所用镜像
common_instance = 实例
common_instances = 实例
common_is_there = 已有
common_job_elsewhere = 另一个进程正在执行任务 { $id }
common_job_in_background = 任务 { $id } 在后台继续
common_keep = 保存
common_keeps_snapshots = ，保留快照
common_leave = 取消
common_leave_it_running = 让它继续
common_left_out = 跳过
common_list_comma = 、
common_machine_size = { $cpu } 核，{ $memory } GiB，{ $disk } GiB 磁盘
common_marked = 已标记 { $n } 个
common_mismatch = 输入不符，没有任何更改。
common_more = 另外 { $accounts } 个
common_my_images = 我的镜像
common_name = 名称
common_network = 网络
common_newer_limits = 采用较新的上限
common_no = 否
common_no_answer = 没有应答
common_no_button = 否
common_no_go_back = 否，返回
common_no_problems = 没有发现问题。
common_none = 无
common_not_known_yet = 尚不确定
common_not_trusted = 未信任
common_not_whole = 不完整
common_nothing_matches = 没有匹配项。
common_nothing_was_changed = 没有任何更改。
common_open = 打开
common_other_button = 切换按钮
common_own = 自有
common_own_images = 自有镜像
common_press_it = 确定
common_process_on_host = { $pid }（{ $host }）
common_ready = 可以
common_received = 收到
common_region = 地域
common_region_why = { $region }：{ $why }
common_regions = 地域
common_request = ，请求 { $id }
common_semicolon = ；
common_share_list_lags = 共享列表仍显示其中一些账号；列表可能滞后
common_share_title = 共享
common_shared_with_me = 共享给我
common_still_loading = 仍在加载，请稍后再试。
common_still_running = 还有操作正在进行，请等它结束后再试。
common_there_is_nothing_to_do = 无需操作。
common_trusted = 已信任
common_type = 机型
common_unreachable = 无法连接
common_up = 上移
common_verdict_loading = 仍在加载，结果随后显示。
common_waits_for_sign_in = 等待登录
common_with_its_snapshots = ，连同快照
common_yes = 是
common_yes_i_accept_risk = 是，我接受风险
common_zone = 可用区

## config

config_error = { $place }：{ $message }
config_no_receiver = { $junk } 不是账号 ID，也不是账号 ID 加地域，例如 100000000002@eu-frankfurt
config_no_table = [accounts] 和 [profiles.NAME] 没有写成表；请手动修改
config_refresh_invalid = { $text } 不是时间间隔；请写成例如 "60s"、"5m" 或 "off"
config_refresh_too_often = { $text } 太频繁；至少为 "30s"，或写 "off"
config_regions_empty = 列表为空；应为 "all" 或地域代码的列表，例如 ["ap-guangzhou"]
config_regions_value = 值 { $value }（{ $kind }）无效；应为 "all" 或地域代码的列表，例如 ["ap-guangzhou"]

## confirm

confirm_called = ，名称 { $n }
confirm_cancel_all = 取消 { $named } 的全部 { $n } 个共享
confirm_cancel_all_unknown = 取消 { $named } 的全部共享
confirm_cancel_with = 取消 { $named } 对 { $who } 的共享
confirm_change = 修改 { $named }
confirm_delete = 删除 { $named }{ $snapshots }
confirm_does_not_match = { $what }不符，没有任何更改。
confirm_image = 镜像 { $n }
confirm_in = ，可用区 { $z }
confirm_launch_one_from = 用 { $named } 创建一个 { $kind } 实例{ $place }{ $called }
confirm_make = 用 { $machine } 制作{ $image }
confirm_reinstall = 重装 { $machine }{ $with }
confirm_with = ，镜像 { $named }
confirm_with_snapshots = 连同快照
confirm_yes_cancel_all_and_delete = 是，取消共享并删除
confirm_yes_delete = 是，删除

## console

console_clipboard_too_long = 没有发送：终端最多接收 { $limit } 字节，而文字有 { $bytes } 字节。请少标记几行。
console_commands_asking_again = 正在刷新。
console_commands_group_own_only = 只有“我的镜像”可以合并副本。
console_commands_grouped = 镜像与其副本合为一行；操作只针对该行的镜像。
console_commands_hidden_off = 不显示隐藏的镜像。
console_commands_hidden_on = 显示隐藏的镜像。
console_commands_mouse_off = 鼠标已关闭，可由终端选取文字。
console_commands_mouse_on = 鼠标已开启。{ $key } 关闭鼠标，由终端选取文字。
console_commands_no_faq_limit = 这里没有被 FAQ 的上限阻止的操作。
console_commands_note_received_only = 备注只用于共享给您的镜像；您自己的镜像有描述。
console_commands_quit_again = { $text }再按一次退出。
console_commands_read_only = 只读已开启：不会更改任何内容。
console_commands_read_write = 只读已关闭：可以更改。
console_commands_sent_to_clipboard = { $id } 已发送到终端的剪贴板。
console_commands_ungrouped = 每个副本各占一行。
console_done_cloud_took_it = { $name }：云端已接受
console_done_done = { $name }：完成。
console_done_image = { $name } · { $id } 为 { $i }（已确认），见“我的镜像”。
console_done_image_not_listed = { $made } 已开始制作，云端尚未列出。
console_done_image_was_begun = 镜像 { $made } 已开始制作
console_done_instance = { $name } · { $id } 为 { $i }（已确认），见“实例”。
console_done_is_changed_read_back = { $name } 已修改（已确认）。
console_done_is_deleted = { $name } 已删除。
console_done_is_read_back = { $name }：{ $operation } 为 { $outcome }（已确认）。
console_done_launched = 已用 { $name } 创建 { $made }
console_done_launched_not_listed = 已用 { $name } 创建 { $made }，云端尚未列出。
console_done_not_read_back = { $what }；无法读回结果：{ $trouble }（{ $code }）
console_done_reinstallation_was_taken = { $name }：重装已被接受。
console_done_unknown = 无法确认是否已执行。
console_done_unshared = 已取消 { $name } 的共享，还剩 { $left } 个（已确认）。
console_found = 发现 { $found }；{ $key } 切换到它。
console_jobs_continue = { $n } 个未完成的任务在继续。{ $key } 查看。
console_jobs_ended = { $name } 的任务 { $id }：{ $word }。
console_jobs_read_only = { $n } 个未完成的任务因只读而未继续。{ $key } 查看。
console_kept_in = {" "}已存入 { $file }。
console_not_saved = 未能保存，退出后失效。{ $error }
console_open_delete = 删除 { $name }
console_open_launch_continues = { $name } 在 { $region } 的副本已就绪，继续创建实例。
console_open_not_here = { $what }：请先选择{ $needed }。
console_open_row_image_only = 只针对 { $region } 的 { $name }，不影响其 { $copies }。
console_open_row_images_only = 只针对每行的镜像，不影响其副本。
console_quit_background = { $n } 个任务正在运行，退出后在后台继续。
console_quit_demo = { $n } 个任务正在运行，随演示一起结束。
console_something_went_wrong_inside = 内部出错：{ $text }
console_there_is_no_shell_here = 无法挂起：没有可以恢复本程序的 shell。
console_undo_copies_deleted = 已删除 { $name } 在 { $places } 的副本
console_undo_not_undone = 未撤销：{ $rest }
console_undo_nothing = 没有可撤销的更改：此任务建立的共享和副本都已不存在。
console_undo_partly_undone = 部分撤销：{ $done }。{ $rest }
console_undo_shares_cancelled = 已取消 { $name } 的 { $n } 个共享
console_undo_still_listed = 共享列表仍显示其中一些账号
console_undo_undone = 已撤销：{ $done }。
console_your_notes_images_are_not = 无法读取您的备注。{ $error }

## count

count_copies = { $n } 个副本
count_copies_are = { $n } 个副本
count_cores = { $n } 核
count_images = { $n } 个镜像
count_instances = { $n } 个实例
count_instances_run_it = { $n } 个实例使用它
count_marked_rows = { $n } 个标记的行
count_own_images = { $n } 个自有镜像
count_received_images = { $n } 个收到的镜像
count_regions = { $n } 个地域
count_rows = { $n } 行
count_rules = { $n } 条规则
count_shares = { $n } 个共享
count_snapshots = { $n } 个快照

## credentials

credentials_as_role = { $origin }，以角色 { $role }
credentials_bad_duration = { $name } 不是秒数，例如 7200
credentials_bad_line = 第 { $line } 行格式不对；请运行 tccli configure
credentials_expired = 来自 { $origin } 的凭证已过期
credentials_from_demo = 内置云账号 { $uin }
credentials_from_environment = 环境变量
credentials_half = { $missing } 未设置；请两个变量都设置，或都不设置
credentials_how_to_get =
    { $why }
    请运行 tccli configure 或设置上述环境变量；也可使用无需账号的 --demo
credentials_incomplete = 缺少 secretId 或 secretKey；请运行 tccli configure
credentials_ini_incomplete = [default] 一节缺少 secret_id 或 secret_key
credentials_malformed = 来自 { $origin } 的凭证含有密钥不会有的字符
credentials_metadata_service = 本机的元数据服务
credentials_none = 没有凭证
credentials_not_among_demo = 内置云账号（其中没有 { $uin }）
credentials_not_found = 没有找到凭证；已查找：{ $looked }
credentials_not_in_environment = TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY
credentials_of_machine_role = 本机的角色 { $name }
credentials_other_account = { $origin } 中的凭证现在属于账号 { $theirs }，而不是 { $ours }；要使用它请重新启动
credentials_role_refused = 它拒绝提供角色 { $name } 的密钥
credentials_role_unreadable = 对角色 { $name } 的应答里没有密钥
credentials_role_without_keys = 角色 { $name } 没有密钥
credentials_sign_in_expired = 登录已过期；请用官方 CLI 重新登录
credentials_unusable = { $place } 中的凭证无法使用：{ $why }

## detach

detach_cloud_ends = 内置云会随本进程结束，其任务也会随之结束
detach_ended = 它以 { $status } 结束
detach_job_cannot_be_taken_into = 任务无法转入后台：{ $e }

## doctor

doctor_as_says = 由 { $name } 指定
doctor_built_in_cloud_this_process = { $at }，本进程的内置云
doctor_bytes = ，{ $n } 字节
doctor_caller = { $account }（{ $kind } { $user }）
doctor_cannot_be_asked_about_without = { $rest } 不实际执行就无法查询
doctor_cannot_be_made_cannot_be = 无法创建 { $dir }：{ $place } 不可写
doctor_cannot_be_written = { $place } 不可写
doctor_checking = 正在检查从本机到云端的各个环节 …
doctor_colours_indexed = 256；使用终端自己的 16 色
doctor_colours_true = 24 位；使用终端自己的 16 色
doctor_cvmshare_jobs_list_names_them = cvmshare jobs list 列出它们，cvmshare jobs resume 继续执行
doctor_in_profile = { $origin }（配置 { $profile }）{ $lasts }
doctor_in_screen = screen；剪贴板序列已为其封装
doctor_in_tmux = tmux；复制到剪贴板时经由其缓冲区
doctor_journal_ok = 完好；任务 { $jobs } 个，未完成 { $left } 个，结果未知的调用 { $open } 个
doctor_keys_and_screen = 按键与显示
doctor_level_wrong = 错误
doctor_make_it_writable_for_you = 请使其对您可写，或将 CVMSHARE_STATE_DIR 设为可写的目录
doctor_mode = { $shown }，权限 { $mode }{ $size }
doctor_mode_open = { $shown }，权限 { $mode }；其他用户可读或可写
doctor_move_it_away = 请移走它
doctor_no_locale_is_set = 未设置 locale
doctor_no_terminal = stdin 与 stdout 不都是终端；控制台需要终端
doctor_not_denied = 未被拒绝
doctor_not_known = 未知
doctor_not_set = 未设置
doctor_not_there_yet = { $shown }，尚不存在
doctor_off = 关闭
doctor_others_may_read_it = { $text }；其他用户可读
doctor_others_may_write_it = { $text }；其他用户可写
doctor_over_ssh = 是；剪贴板为对端终端的剪贴板（OSC 52）
doctor_problems = 有 { $n } 个问题。
doctor_s = { $clock_skew } 秒
doctor_set_clock_for_example_with = 请校准时钟，例如运行 timedatectl set-ntp true
doctor_set_lang_to_utf_locale = 请将 LANG 设为 UTF-8 的 locale，例如 C.UTF-8，或使用 --ascii
doctor_set_term = 请将 TERM 设为终端的类型，例如 xterm-256color
doctor_until = ，有效期至 { $end }
doctor_vendors_own_hosts = 腾讯云的主机（{ $site }）
doctor_word_characters = 字符
doctor_word_clock = 时钟
doctor_word_colours = 颜色
doctor_word_config = 配置文件
doctor_word_content = 内容
doctor_word_credentials = 凭证
doctor_word_endpoint = 接入地址
doctor_word_found = 来源
doctor_word_journal = 任务日志
doctor_word_keymap = 按键表
doctor_word_log = 日志
doctor_word_mode = 文件权限
doctor_word_multiplexer = 复用器
doctor_word_note = 注意
doctor_word_notes = 备注
doctor_word_ok = 正常
doctor_word_others = 其他
doctor_word_paths = 路径
doctor_word_permissions = 权限
doctor_word_proxy = 代理
doctor_word_settings = 设置
doctor_word_skew = 偏差
doctor_word_state = 状态目录
doctor_word_terminal = 终端
doctor_word_themes = 主题
doctor_word_view = 界面
doctor_word_wrong = 错误
doctor_x_shows_every_column_that = 80x24 可显示所有重要的列

## emulate

emulate_built_in_cloud_listens_on =
    内置云正在监听 { $endpoint }
    { $accounts }
emulate_its_proxy_listens_on_for =
    {""}
    其代理正在监听 { $proxy }；多数工具这样使用：
    {"    "}HTTPS_PROXY={ $proxy } SSL_CERT_FILE={ $ca }

## emulator

emulator_cannot_listen = 无法监听 { $address }：{ $source }
emulator_certificates_not_made = 无法生成代理的证书：{ $error }
emulator_certificates_not_used = 无法使用代理的证书：{ $error }
emulator_certificates_not_written = 无法写入代理的 CA 证书：{ $error }
emulator_not_loopback = 内置云只监听本机回环地址，{ $address } 不是；请使用 127.0.0.1:端口
emulator_scene = 场景无法读取：{ $error }
emulator_speed = 速度 { $speed } 无效；请给出 0.001 到 1000000 之间的数，例如 60
emulator_state_in_use = { $path } 正被另一个内置云使用；请停止它，或换一个文件
emulator_state_not_a_world = { $path } 中不是内置云的数据（{ $reason }）；请移走它，或换一个文件
emulator_state_unusable = { $path }：{ $source }

## error

error_nobody_reads_output = 输出已关闭
error_output_cannot_be_written = 无法写出结果：{ $error }

## failure

failure_ask_administrator = 请联系账号管理员授予该权限
failure_check_endpoint = 请检查 --endpoint、CVMSHARE_ENDPOINT 或 TLS 设置
failure_check_key_pair = 请检查密钥
failure_check_network = 请检查网络与 HTTPS_PROXY；可用 --regions 缩小范围
failure_credentials = 凭证不可用：{ $message }
failure_in = （{ $r }）
failure_in_region = { $action }（{ $region }）：{ $what }
failure_incomplete = 列表不完整：{ $message }
failure_intercepted = 应答并非来自云端；请检查网络与 HTTPS_PROXY
failure_line = { $action }{ $region }：{ $what }（{ $code }{ $id }）
failure_list_incomplete = 列表不完整；请重试，并与腾讯云控制台核对
failure_network = 连接失败：{ $message }
failure_of_action = { $action }：{ $what }
failure_or = { $first }，或{ $other }
failure_quota_used_up = 其他程序占用了该账号的请求频率；请一分钟后再试
failure_session_has_expired = 登录已过期
failure_set_clock = 请校准本机时钟；签名仅在五分钟内有效
failure_setup = 无法发起请求：{ $message }
failure_sign_in_again = 请用官方命令行工具重新登录
failure_switch_profile = 按 { $key } 切换到其他配置：{ $names }
failure_throttled = 请求频率超限已达一分钟
failure_use_demo_which_needs_none = 使用无需凭证的 --demo
failure_use_profile = 用 --profile 换用其他配置：{ $names }
failure_you_lack_permission = 缺少权限：{ $permission }

## file

file_is_device = 它是设备；请给出普通文件
file_is_directory = 它是目录；请给出普通文件
file_is_fifo = 它是 FIFO；请给出普通文件
file_is_link = 它是符号链接，不支持符号链接；请换成普通文件
file_is_socket = 它是套接字；请给出普通文件
file_not_utf8 = 它不是 UTF-8 文本；请保存为 UTF-8
file_other_owner = 它属于用户 { $owner }，而不是用户 { $me }；请以该用户运行，或换一个状态目录（CVMSHARE_STATE_DIR）
file_too_large = 它超过 { $limit } 字节，即此类文件的上限；请给出更小的文件

## flag

flag_regions = 请给出地域代码，或 all
flag_rules = 请给出 faq 或 current
flag_speed = 请给出大于 0 的数，例如 60

## follow

follow_image_state = { $name } · { $id } 为 { $image }。
follow_instance_state = { $name } 处于 { $state }。
follow_is_not_in_clouds_list = { $row } 不在云端的列表中。
follow_is_reinstalled = { $name } 已重装，{ $state }。
follow_reinstallation_failed_it_is = { $name }：重装失败，处于 { $state }。

## frame

frame_x_at_least_please = 至少需要 { $columns }x{ $rows }

## gate

gate_changed_since_you_read_it = 内容已有变化：{ $what }没有任何更改，请重新确认。
gate_fix_sentence = { $to_uppercase }{ $rest }。
gate_note = { $sentence }（{ $code }）
gate_reason_with_fix = { $text }{ $fix }（{ $code }）
gate_was_not_done_to = 无法对 { $name } 执行“{ $what }”：{ $why }

## handles

handles_job_in_journal_cannot_be = 无法读取任务日志 { $path } 中的任务 { $id }：{ $what }；它保留在文件中，此处跳过
handles_there_is_no_built_in = 本程序不含内置云

## head

head_account = 账号
head_action = 操作
head_at = 时间
head_cancelled = 已取消
head_created = 创建时间
head_driven_by = 执行进程
head_free = 剩余
head_group = 分组
head_id = ID
head_image = 镜像
head_instances = 实例
head_job = 任务
head_label = 名称
head_made_here = 由此共享
head_name = 名称
head_outcome = 结果
head_own_images = 自有镜像
head_owner = 所有者
head_path = 路径
head_profile = 配置
head_quota = 配额
head_received = 他人共享
head_region = 地域
head_regions = 地域数
head_request = 请求
head_shared = 共享数
head_since = 共享时间
head_size = 大小
head_state = 状态
head_step = 步骤
head_type = 实例类型
head_what = 内容
head_zone = 可用区

## hints

hints_actions = 查看这一行的可用操作，以及不可用的原因
hints_filters_rows = 筛选各行
hints_finds_every_command = 查找所有命令
hints_share = 逐步复制并共享；确认之前不会发送任何请求
hints_shows_all_keys = 查看全部快捷键
hints_shows_all_this_row = 查看这一行的全部信息

## id

id_account = 账号 ID（只含数字，例如 100000000001）
id_image = 镜像 ID（例如 img-6pb6lrmy）
id_instance = 实例 ID（例如 ins-4k2j7x0m）
id_invalid = { $text } 不是{ $wanted }
id_region = 地域代码（例如 ap-guangzhou）

## image

image_gone = { $name } 已不可见：可能共享已取消，或镜像已删除。实例照常运行。
image_gone_deleted = { $name } 已删除。实例照常运行。
image_gone_received = 由 { $owner } 共享来的 { $name } 已不可见：对方可能已取消共享。实例照常运行。

## images

images_copies = 副本
images_made_unrecorded = 云端没有记录，只列出由本程序制作的
images_of = { $n }/{ $share_accounts }
images_owner = 所有者
images_share_count = { $n }/{ $limit }
images_shared = 已共享
images_size = 大小
images_system = 系统

## instance

instance_pane_deleted = { $name } · { $id } · { $region } · 已删除
instance_pane_from = 来源
instance_pane_made = 衍生
instance_pane_no_further_image_known = 没有已知的衍生镜像：{ $made_unrecorded }
instance_pane_not_in_your_address_book = { $uin }，不在您的通讯录中
instance_pane_own_image = 自有镜像
instance_pane_public_image = 公共镜像
instance_pane_received = 由 { $who }（{ $trust }）共享；在 { $region } 仍共享给您
instance_pane_received_from_unknown = 由未知账号共享；在 { $region } 仍共享给您
instance_pane_runs = 使用

## instances

instances_address = 地址
instances_from = 来源
instances_image = 镜像
instances_made = 衍生
instances_not_visible = 不可见
instances_public = 公共
instances_type = 机型
instances_zone = 可用区

## job

job_accepted_without_image = 已接受，但没有给出镜像 ID
job_copy_failed = 云端未能制作 { $image }；请删除后重试
job_image_gone = { $image } 已不存在
job_image_gone_since = 最后一次看到 { $image } 是在 { $seen }，{ $now } 时已不存在
job_name_taken = { $image } 占用了这个名称，且不能确定是本任务的副本
job_not_a_single_call = { $action } 不是单个调用
job_not_listed = 正在等待 { $image } 出现在镜像列表中；其复制请求于 { $since } 发出
job_not_shown = 已接受，但共享列表里没有
job_not_the_copy = 云端称 { $image } 是副本，但其所有者、名称或大小不符；没有共享
job_not_undone = 未能撤销
job_share_gone = 该共享已不存在
job_share_gone_since = 最后一次看到该共享是在 { $seen }，{ $now } 时已不存在
job_still_shown = 取消已被接受，但共享列表里仍有它
job_unreachable = 云端 { $hours } 小时没有任何应答；任务等待继续

## jobs

jobs_continues = 任务在继续，按 J 查看。
jobs_copying = 复制中 …
jobs_cvmshare_jobs_list_shows_them = { $told }；用 cvmshare jobs list 查看全部任务
jobs_deleted_again = 已删除
jobs_drop_region = 移除地域
jobs_error_line = { $place }：{ $why }（{ $code }）
jobs_for =
    发给 { $whom }：
    { $text }
jobs_gone = 已不在
jobs_in = { $account }（{ $region }）
jobs_it_is_undone_already = 已经撤销。
jobs_job = 任务 { $id }
jobs_last_seen_in_cloud_utc = 最后在云端确认：{ $at } UTC
jobs_no_text_yet = 尚未共享，所以没有可复制的文字。
jobs_nothing_failed_in = { $region } 没有失败的步骤。
jobs_other_account = 它属于账号 { $account }，而这个配置现在属于 { $caller }
jobs_partly_done = 部分完成
jobs_paused = 任务 { $id } 已暂停（{ $why }）；用 cvmshare jobs resume { $id } 继续
jobs_regions_done_job = 已完成 { $done }/{ $n } 个地域 · 任务 { $id }
jobs_running = 进行中 { $percent } %
jobs_seen_by_them = 对方可见
jobs_seen_count = 接收方可见 { $n } 个
jobs_shared_count = 已共享 { $shared }/{ $edges }
jobs_sharing = 共享中 …
jobs_still_running = 任务仍在运行，结束后才能撤销。
jobs_summary = 已复制 { $copied } 个，已共享并确认 { $shared }/{ $n } 个，{ $seen } · { $begun }开始
jobs_text_for_receivers_was_sent = 给接收方的文字已发送到终端的剪贴板。
jobs_text_for_y_copies_it = 给 { $whom } 的文字（y 复制）：
jobs_there_is_no_job = 没有任务 { $id }
jobs_to_be_copied = 待复制
jobs_undo = 撤销
jobs_undone_cancelled_deleted = 已撤销：取消{ $shares }，删除{ $copies }。
jobs_view_not_checked = 未检查接收方是否可见
jobs_waiting = 等待中：{ $job_failure }（{ $code }）。P 切换配置，r 重试。
jobs_waits = 等待中
jobs_was_there = 原已有
jobs_watching = 由进程 { $driver } 执行，这里只显示进展。

## journal

journal_content = 任务日志中有无法读取的内容：{ $source }
journal_damaged = 任务日志 { $path } 已损坏：{ $what }；请移走它，并用 cvmshare list exposure 查看已共享的内容
journal_file = 任务日志 { $path } 无法使用：{ $source }
journal_io = 任务日志 { $path } 无法使用：{ $source }；请解决该问题，或换一个状态目录（CVMSHARE_STATE_DIR）
journal_locked = 任务日志 { $path } 被另一个进程锁定超过 { $seconds } 秒；请结束该进程，或换一个状态目录（CVMSHARE_STATE_DIR）
journal_newer = 任务日志 { $path } 的版本为 { $found }，本程序只支持版本 { $known }；请使用更新的 cvmshare，或换一个状态目录（CVMSHARE_STATE_DIR）
journal_not_ours = { $path } 不是 cvmshare 的任务日志；请移走它，或换一个状态目录（CVMSHARE_STATE_DIR）
journal_row = 任务日志 { $path } 中的任务 { $job } 无法读取：{ $what }；请用 cvmshare list audit 与 list exposure 查看它做了什么，并移走任务日志以重新开始
journal_sqlite = 任务日志无法读写：{ $source }
journal_stopped = 任务日志的线程已失败；请重新启动 cvmshare，任务会从上次写入处继续
journal_taken = 另一个进程已接管该任务
journal_thread = 无法为任务日志启动线程：{ $source }；请结束其他进程，或提高上限（ulimit -u）
journal_unusable = 任务日志 { $path } 无法读写：{ $source }；请确认磁盘有空间且文件可写，或换一个状态目录（CVMSHARE_STATE_DIR）

## jumps

jumps_all_that_it_shares_with = { $number }它共享给您的全部镜像
jumps_also_not_in_view = ；未显示：{ $list }
jumps_asking_whom_it_is_shared = 正在查询共享给谁 …
jumps_back = 返回
jumps_copies = 副本
jumps_derived_image = 衍生镜像
jumps_derived_not_in_view = { $name } · { $made }，在未显示的 { $region }
jumps_filtered_by = ，筛选 { $filter }
jumps_forward = 前进
jumps_goes_back = { $title }：{ $rows }。{ $key } 返回。
jumps_gone = { $id } 已不可见
jumps_images = 镜像
jumps_in = { $number }：{ $list }
jumps_instances = 实例
jumps_no_copies = 没有已知的副本
jumps_no_instance_runs_it = 显示的实例都没有使用它
jumps_no_instances = 那里没有已知的实例
jumps_no_own_images = 那里没有已知的自有镜像
jumps_no_received_images = 那里没有已知的收到的镜像
jumps_not_in_view = 未显示：{ $list }
jumps_not_shared = 未共享
jumps_nothing_back = 没有可返回的跳转；{ $key } 转到相关的行。
jumps_nothing_forward = 没有可前进的跳转；{ $key } 转到相关的行。
jumps_public = { $name } 是公共镜像，标签页不列出公共镜像
jumps_region_is_not_in_view = { $n }；该地域未显示
jumps_shared_since = { $number }{ $since }起 · 共享给对方的全部镜像
jumps_to = { $back }到{ $place }。
jumps_went_to_row = { $title }：{ $what }。{ $key } 返回。

## keymap

keymap_bound_twice = [{ $section }] { $key } 同时绑定了 { $other } 和 { $command }；请去掉其中一个
keymap_command = [{ $section }] { $command }：{ $why }
keymap_line = 第 { $line } 行：{ $message }
keymap_no_command = [{ $section }] 没有命令 { $command }；请见 `?` 中的列表
keymap_no_section = 没有 [{ $section }] 一节；请使用 [table] 或 [overlay]
keymap_no_such_command = 没有这个命令
keymap_not_a_key = { $text } 不是按键；请写一个字符、"pgdn" 这样的名称，或在前面加 "ctrl-"

## launch

launch_another_region = 换地域
launch_choose_another_type = 请换机型。
launch_choose_another_type_or_another = 请换机型或可用区。
launch_choose_another_zone = 请换一个可用区。
launch_choose_instance_type_that_zone = 请选择该可用区在售的机型。
launch_choose_type_for_images = 请选择与镜像架构 {"{"}arch{"}"} 相符的机型。
launch_copy_first = 先复制过去，完成后创建实例
launch_copy_probable = 可能是副本 · { $id }
launch_default_one = 默认网络
launch_dry_run = 先试运行（DryRun），再创建实例 …
launch_from = 来自 { $owner }
launch_image_gone = 您已看不到这个镜像：它已被删除，或不再共享给您。
launch_in_default_network = 使用默认网络。
launch_in_network = 使用网络 { $vpc } { $subnet }。
launch_is_not_sold_in_that = 该可用区不出售 { $kind }
launch_is_sold_out_in = { $instance_type } 在 { $zone } 已售罄。
launch_it_is_billed_by_hour = { $network }从创建起按小时计费。
launch_launch = 创建实例 { $name }
launch_loading_types = 正在查询 { $region } 各可用区在售的机型 …
launch_name_help = 实例的名称；留空由云端命名。
launch_network_fix = 请给出 VPC 及其在该可用区的子网，或留空用默认网络。
launch_network_format = 请输入 VPC 和子网，例如 vpc-0a1b2c3d subnet-4e5f6a7b。
launch_network_help = 留空则用该可用区的默认网络，或输入 VPC 及其子网的 ID。
launch_not_chosen_yet = 未选择
launch_nothing_on_sale = 该地域目前没有可售按量计费实例的可用区。
launch_retrying = 正在用同一个令牌重新发送请求 …
launch_sells_types_by_hour = 可售 { $sold }/{ $listed } 种机型
launch_shorten_name = 请缩短名称。
launch_sold_out = 已售罄
launch_subnet_needs_vpc = 子网要和它的 VPC 一起给出：请加上 VPC 的 ID。
launch_types = { $n }/{ $all } 种机型
launch_types_failed = 无法查询在售的机型：{ $told }请关闭后重新打开再试。
launch_unknown = 无法确认实例是否已创建。再次选择“是”即可查明：请求带有同一个令牌，云端不会重复创建实例。
launch_vpc_needs_subnet = VPC 要和子网一起给出：请加上子网的 ID。
launch_yes_launch = 是，创建
launch_zones_sold_out = 已售罄：{ $shut }

## line

line_mode_account = 账号 { $me }
line_mode_action_verdict = { $typed }：{ $word }。
line_mode_and_fix = ；处理：{ $fix }
line_mode_answer_yes = 是
line_mode_ask_accept = 接受并开始吗？
line_mode_ask_cancel = 取消这些共享吗？
line_mode_ask_capture = 制作吗？
line_mode_ask_change = 修改吗？
line_mode_ask_copy = { $region } 的 { $image } 是副本吗？输入 use 直接共享它，输入 copy 另复制为 { $named }，输入 leave 跳过该地域；其他输入则停止。
line_mode_ask_delete = 删除吗？
line_mode_ask_description = 描述（最多 { $most } 个字符）？空行则不填。
line_mode_ask_image = 用哪个镜像？请输入序号或 ID，或输入词来查找；空行则停止。
line_mode_ask_image_name = 镜像名称？空行则为 { $name }；输入 stop 则停止。
line_mode_ask_launch = 创建吗？
line_mode_ask_new_description = 新描述？现在是 { $shown }；空行则不改，单独一个 - 则清空。
line_mode_ask_new_name = 新名称？现在是 { $name }；空行则不改。
line_mode_ask_reinstall = 重装吗？
line_mode_ask_shares = 取消哪些共享？请输入账号 ID，以逗号分隔，或输入 all 取消全部；空行则停止。
line_mode_because = {"  "}原因：{ $said }（{ $code }）
line_mode_blocked_by = 阻止：{ $place }{ $said }
line_mode_cancel_and_delete = 这里会一并完成：先取消全部共享，再删除镜像。
line_mode_cannot = 不可以
line_mode_capture_title = 用 { $name }（{ $instance }，{ $zone }）制作镜像。在您输入 yes 之前不会发送任何请求。
line_mode_clause_comma = ，
line_mode_copy_exists = 已有副本，{ $id }
line_mode_copy_exists_in = { $region }：已有副本，{ $id }。
line_mode_copy_first = 先复制、完成后再创建实例的地域：{ $all }。
line_mode_copying_percent = 复制中，{ $percent }%
line_mode_default_network = 使用默认网络。从创建起按小时计费。
line_mode_demo = ，DEMO：内置云
line_mode_empty = 空
line_mode_empty_is_home = 空行只选镜像所在的 { $home }；输入 stop 则停止
line_mode_empty_stops = 空行则停止
line_mode_error_and_fix = ：{ $why }（{ $code }）{ $fix }
line_mode_fix = 处理：{ $remedy }
line_mode_fix_indented = {"  "}处理：{ $remedy }
line_mode_help_actions = 第 N 行的可用操作；不可以的，说明原因与应先做什么
line_mode_help_capture = 用实例 N 制作镜像
line_mode_help_copy = 逐步将镜像 N 复制到其他地域
line_mode_help_delete = 删除镜像 N；需要输入其名称
line_mode_help_help = 本说明
line_mode_help_images = 您的镜像；加上词则只列出含有全部词的
line_mode_help_instances = 实例，含各自使用的镜像
line_mode_help_jobs = 进行中与已结束的任务
line_mode_help_launch = 逐步用镜像 N 创建实例
line_mode_help_line = { $usage }：{ $does }
line_mode_help_more = 上一个列表的后面几行
line_mode_help_profile = 列出配置；加上名称则切换到该配置
line_mode_help_quit = 退出；输入结束时也会退出
line_mode_help_refresh = 重新向云端查询
line_mode_help_regions = 地域，含镜像数与配额
line_mode_help_reinstall = 用其他镜像重装实例 N；需要输入其 ID
line_mode_help_rename = 修改镜像 N 的名称与描述
line_mode_help_share = 逐步复制并共享镜像 N
line_mode_help_shared = 共享给您的镜像
line_mode_help_show = 上一个列表第 N 行的全部内容；也可用 ID
line_mode_help_unshare = 取消镜像 N 的共享
line_mode_help_wait = 等待所有任务结束
line_mode_id_mismatch = ID 不符；没有任何更改。
line_mode_image_choice = { $n }. { $name }，{ $id }，{ $said }
line_mode_image_exists = 镜像已有
line_mode_image_here = 原镜像，{ $id }
line_mode_images_only = 该命令只用于镜像。
line_mode_instance_type = { $n }. { $kind }，{ $cores } 核，{ $memory } GiB{ $gone }
line_mode_instances_only = 该命令只用于实例。
line_mode_job = 任务 { $id }，{ $name }：{ $word }
line_mode_job_line = 任务 { $id }：{ $line }
line_mode_job_region = { $region }：{ $word }{ $why }
line_mode_job_share = { $region }，{ $who }：{ $word }{ $why }
line_mode_job_started = 任务 { $id } 已开始，您可以继续做别的；输入 wait 等待其完成，输入 jobs 查看进展。
line_mode_job_waiting = 等待中：{ $job_failure }（{ $code }）；输入 refresh 继续
line_mode_launch_title = 用 { $name }（{ $image }，{ $region }）创建实例。在您输入 yes 之前不会发送任何请求。
line_mode_launch_unknown = 无法确认实例是否已创建。再次发送请求吗？请求带有同一个令牌，云端不会重复创建实例。
line_mode_leave_account = 输入 leave 跳过 { $region } 的 { $account }；其他输入则停止。
line_mode_leave_region = 输入 leave 跳过 { $region }；其他输入则停止。
line_mode_list_first = 没有找到 { $what }。请先输入 images、shared、regions 或 instances。
line_mode_list_title = { $title }：{ $counted }{ $filtered }。
line_mode_look_for = {"  "}请检查：{ $line }
line_mode_looks_like_copy = { $id } 可能是副本
line_mode_more = 已列出 { $to }/{ $n }；输入 more 列出后面的。
line_mode_narrow = 已列出 { $shown }/{ $all }；输入词可缩小范围。
line_mode_network = 网络为 { $vpc } { $subnet }。从创建起按小时计费。
line_mode_no_actions = 没有可执行的操作。
line_mode_no_command = 没有命令 { $other }。输入 help 查看全部命令。
line_mode_no_job_is_running = 没有正在运行的任务。
line_mode_no_jobs = 没有任务。
line_mode_no_more_rows = 没有更多行了。
line_mode_no_profile = 没有配置 { $name }。输入 profile 查看全部配置。
line_mode_no_region = { $part } 不是地域。停止后输入 regions 可查看有哪些地域。
line_mode_no_zone = { $line } 不在这些可用区中。
line_mode_not_in_list = 没有找到 { $what }。上一个列表有 { $counted }。
line_mode_not_possible = 不可以执行。
line_mode_not_shared_with = 镜像并未共享给其中的全部账号。没有任何更改。
line_mode_note = { $before }注意：{ $said }
line_mode_note_text = 注意：{ $text }
line_mode_overview = { $parts }。
line_mode_problem = 问题：{ $text }
line_mode_problem_did_not_answer = 问题：{ $asked }没有应答：{ $told }
line_mode_problem_incomplete = 问题：{ $asked }不完整：{ $told }
line_mode_problem_prefix = 问题：
line_mode_profile = { $name }：{ $label }{ $n }
line_mode_quit_with_job = 有任务正在运行，其所在的内置云会随本程序结束。输入 wait 等待其完成；再次输入 quit 则退出。
line_mode_receiver_text = 发给 { $whom }：{ $line }
line_mode_receiver_why = { $receiver }：{ $why }
line_mode_region_plan = { $region }：{ $what }。
line_mode_region_prefix = { $r }：
line_mode_reinstall_title = 重装 { $name }（{ $instance }，{ $zone }）。在您输入 yes 之前不会发送任何请求。
line_mode_sentence = { $said }。
line_mode_share_plan = { $region }，{ $who }：{ $what }。
line_mode_share_title = { $word } { $name }（{ $image }，{ $home }）。在您输入 yes 之前不会发送任何请求。
line_mode_shared_already = 已共享
line_mode_sold_out = ，已售罄
line_mode_some_regions_have_not_answered = 部分地域没有应答。请输入 refresh 后重试。
line_mode_step_6_risk = 第 6 步，风险。
line_mode_step_findings = 第 { $step } 步，检查。
line_mode_step_name = 第 4 步，名称。实例的名称？空行则由云端命名。
line_mode_step_network = 第 5 步，网络。请输入 VPC 及其一个子网的 ID；空行则用该可用区的默认网络，输入 stop 则停止。
line_mode_step_receivers = 第 1 步，接收方。共享给谁？请输入账号 ID，或通讯录、分组中的名称，以逗号分隔；只用于某个地域的写 ID@REGION。空行则停止。
line_mode_step_region = 第 1 步，地域。选择哪个地域？空行则为镜像所在的 { $here }；输入 stop 则停止。
line_mode_step_regions = 第 { $step } 步，地域。选择哪些地域？请输入地域代码，以逗号分隔；{ $empty }。
line_mode_step_risk = 第 { $step } 步，风险。
line_mode_step_type = 第 3 步，机型。请输入序号或名称，或输入词来查找；空行则停止。
line_mode_step_zone = 第 2 步，可用区。请输入序号或名称；空行则为 { $first }，输入 stop 则停止。
line_mode_still_unknown = 结果仍未知：重试之前请先输入 instances 查看。
line_mode_text_for_its_owner = {"  "}发给所有者：{ $line }
line_mode_this_one = ，当前
line_mode_to_accept = { $before }须接受：{ $said }
line_mode_to_accept_text = 须接受：{ $text }
line_mode_type_id = 重装前请输入实例 ID：{ $instance }；空行则停止。
line_mode_type_name = 删除前请输入 { $name }；空行则停止。
line_mode_type_sold_out = { $kind } 在 { $zone } 已售罄。
line_mode_type_yes = { $question }请输入 yes；其他输入则停止。
line_mode_verdict_unknown = 尚不确定能否执行。请输入 refresh 后重试。
line_mode_verified = 已共享，接收方可见
line_mode_welcome = cvmshare，逐行模式。配置 { $label }。输入 help 查看命令。
line_mode_which_row = { $word } 哪一个？请输入 { $word }，再加上一个列表中的序号，或 ID。
line_mode_will_be_copied_as = 将复制为 { $name }
line_mode_will_be_shared = 将共享
line_mode_with_these_words = 符合筛选
line_mode_zone = { $n }. { $zone }，可售 { $sold }/{ $listed } 种机型
line_mode_zones_sold_out = 已售罄：{ $shut }。

## list

list_and = { $head }、{ $last }
list_more = { $head } 等 { $all } 个{ $more ->
   *[other] {""}
 }
list_there_is_more_higher_window = … 还有内容，请增大窗口

## log

log_file_unusable =
    --log { $path }：{ $why }
    请给出您自己的可写文件

## man

man_env_config_dir = config.toml 和 keymap.toml 所在的目录；默认为 ~/.config/cvmshare。
man_env_endpoint = 同 --endpoint。
man_env_keys = 密钥对；两者都设置，或都不设置。
man_env_no_color = 同 --no-color。
man_env_profile = 从官方 CLI 的哪个配置读取密钥。
man_env_region = 配置中没有指定时查看的地域。
man_env_state_dir = 任务记录、备注和日志所在的目录；默认为 ~/.local/state/cvmshare。
man_env_token = 会话令牌，使用其中任一名称。
man_exit_0 = 已完成，或允许执行。
man_exit_1 = 执行失败，或用户拒绝。
man_exit_2 = 命令行、环境变量或配置文件有误。
man_exit_3 = 被规则阻止；会说明原因。
man_exit_4 = 尚不确定：缺少信息。
man_exit_5 = 部分完成。
man_exit_6 = 没有凭证，或凭证无效。
man_exit_hup = 被 HUP 信号结束。
man_exit_int = 被 INT 信号结束。
man_exit_term = 被 TERM 信号结束。
man_file_config = 配置、受信任的账号、通讯录。
man_file_sdk = SDK 的密钥。
man_file_tccli = 官方 CLI 的密钥。
man_opens = 不带命令时打开控制台；若没有任何凭证，则使用内置云。数据只写到标准输出，其余内容写到标准错误。

## map

map_own_images_more_o_none = {" "}1-9 自有镜像数, + 更多, o 没有, # 复制中{" "}
map_own_images_more_o_none_b = {" "}1-9 自有镜像数，+ 更多 · o 没有 · ⠒ 复制中{" "}

## matrix

matrix_accounts = { $n } 个账号
matrix_copy = 副本

## menu

menu_actions_for = 操作：
menu_copy_text_for_owner = 复制请求文字
menu_do_what_comes_first = 先执行前一步
menu_sent_to_clipboard = 请求文字已发送到终端的剪贴板。
menu_to_accept = 需要接受：{ $sentence }

## message

message_built_in_cloud = 内置云，{ $uin }
message_request = {" "}· 请求 { $r }

## messages

messages_no_call_has_been_made = 还没有 API 调用。
messages_request = {" "}· 请求 { $id }

## note

note_explanation = 名称和描述属于所有者。备注是您自己的，只保存在本机。
note_your_note = 您的备注

## notices

notices_credentials_in = { $origin } 中的凭证

## pages

pages_dir_error = { $dir }：{ $e }
pages_there_is_no_command_run =
    没有命令 { $named }
    运行 cvmshare --help 查看全部命令

## palette

palette_for = { $text } · { $rows }
palette_instance = 实例
palette_not_here_for = 此处不可用 · 只用于{ $needed }
palette_not_here_no_row_is = 此处不可用 · 没有选中行
palette_received_image = 收到的镜像

## pane

pane_actions_for_this_image = 操作只针对 { $region } 的这个镜像，不含它的 { $those }
pane_from = 来自 { $from }
pane_has_rest = … { $key } 查看其余
pane_hidden_here = 已在此隐藏
pane_more = 另外 { $shares } 个
pane_shared_with = 共享给 { $names }
pane_unknown_account = 未知账号
pane_your_note = 您的备注：{ $note }

## picker

picker_commands = 命令
picker_go_there = 前往
picker_go_to = 前往
picker_invert = 反选
picker_jobs = 任务
picker_look_at_these = 显示这些
picker_mark_at_least_one_region = 请至少标记一个地域。
picker_no_jobs = 没有任务。共享或复制镜像的任务会显示在这里。
picker_own_received = 自有 { $own }，收到 { $received }
picker_profile = 配置
picker_regions_in_view = 显示的地域
picker_regions_shares = { $word } · { $regions } 个地域，{ $shares } 个共享

## plan

plan_image_in = { $region } 的 { $id }
plan_unreadable =
    { $name }：{ $why }
    请给出可读的文件，或用 - 表示 stdin

## query

query_needs_image = { $term }: 后面是镜像 ID，例如 { $term }:img-6pb6lrmy。
query_needs_number = { $term }: 后面是数字，例如 { $term }:0 或 { $term }:>3。
query_needs_time = { $term }: 后面是时间，例如 { $term }:<7d 或 { $term }:>2h。
query_unknown_term = 此处没有 { $key }: 这一项。可用的有 { $told }

## question

question_type_to_go_on = 输入 { $wanted } 以继续：

## reader

reader_accounts = { $n }/{ $limit } 个账号
reader_addresses = 地址
reader_alike = 相似
reader_billed = 计费
reader_both_ways = 双向
reader_brought_by_owner_byol = 自带许可（BYOL）
reader_calls_in_min = { $minutes } 分钟内 { $sum } 次调用{ $slowed }  { $line }
reader_cloud_does_not_say = 云端未提供
reader_copied_by_job = 任务复制
reader_copies_between_and = {"  "}{ $region } 与下列地域之间的复制
reader_copies_within = 复制范围
reader_copy_message = 复制消息
reader_created = 创建时间
reader_creator = 创建者
reader_data_disk = 数据盘
reader_derived_from = { $further } { $name }，制作自 { $origin }
reader_doctor = 诊断
reader_encrypted = 已加密
reader_everywhere_else = 其他界面
reader_family = 镜像族
reader_family_note = {"  "}镜像及其副本，共 { $n } 个，可能的原镜像在前
reader_from_them_alone = 只能过来
reader_further_image = 衍生镜像
reader_gib = { $id } · { $disk }，{ $size_gib } GiB
reader_instance_type = { $instance_type } · { $cpu } 核，{ $memory } GiB，{ $disk } GiB 磁盘
reader_keys = 快捷键
reader_last_operation = 最近操作
reader_licence = 许可
reader_made_by = 制作方式
reader_made_from = 制作自
reader_message_was_sent_to_terminals = 这条消息已发送到终端的剪贴板。
reader_messages = 消息
reader_neither_way = 不能
reader_nobody = 未共享
reader_not_from = 过来：
reader_not_supported = 不支持
reader_not_to = 过去：
reader_on_tables = 在表格中
reader_original = 原镜像
reader_owner = 所有者
reader_paid_until = 到期
reader_restricted = 受限制
reader_runs_on = 运行于
reader_shared_with = 共享给
reader_since = { $since }前{"  "}
reader_snapshot = 快照
reader_state = 状态
reader_supported = 支持
reader_system = 系统
reader_system_disk = 系统盘
reader_tags = 标签
reader_tencent_cloud = 腾讯云
reader_this_one = 本镜像
reader_time_and_age = { $at }，{ $ago }
reader_to_them_alone = 只能过去
reader_told_to_slow_down = ，限频 { $n } 次
reader_used_by_job = 任务 { $job }
reader_whole_machine = 整机镜像
reader_worked_on = 正被使用
reader_yes_data_disks_and_all = 是，含数据盘
reader_your_note = 您的备注
reader_zones = 可用区

## reads

reads_from_now_on = 已切换到 { $label }。

## receiver

receiver_text =
    账号 { $owner } 已将镜像 { $name } 共享给您：
    { $lines }
    请在控制台“镜像 - 共享镜像”中查看，只在以上地域可见，也只能在这些地域用来创建实例。它不占用您的镜像配额；对方取消共享后您将看不到它，但已创建的实例不受影响。
    使用前请先检查镜像内容，只使用您信任的账号的镜像。

## refused

refused_accounts_fitted = { $about }{ $of } 个账号中可添加 { $fitted } 个。

## region

region_pane_and_more = { $first }等 { $named } 处
region_pane_asks_again = { $what }（{ $key } 重试）：{ $trouble }（{ $code }）
region_pane_blocked_to = { $why }：{ $some }
region_pane_cloud_says = 来自云端
region_pane_copies = 复制
region_pane_documented = 来自文档
region_pane_from = ，来自 { $region_place }
region_pane_from_not_to = 只能来自{ $some }；不能到：{ $why }
region_pane_full = 已满
region_pane_no_copies = 不能复制
region_pane_not_asked = 未加载 · { $key } 加入显示
region_pane_not_refreshed = {" "}· 未显示，未刷新
region_pane_of = { $own }/{ $quota }（{ $said }）· { $left }{ $view }
region_pane_one_way = 单向
region_pane_probably_from = ，可能来自 { $region_place }
region_pane_room_for = 还可放 { $n } 个
region_pane_sentence_end = 。
region_pane_to_and_from = 与{ $places }互相
region_pane_to_from = 到：{ $why }，来自：{ $whyb }：{ $some }
region_pane_to_not_from = 只能到{ $places }；不能来自：{ $why }

## regions

regions_copies_within = 复制范围
regions_copying = 复制中
regions_instances = 实例
regions_not_asked = 未加载
regions_of = { $own }/{ $quota }?
regions_of_b = 0/{ $quota }
regions_of_c = { $own }/{ $quota }
regions_own = 自有
regions_quota = 配额
regions_received = 收到
regions_takes_no_copies = 不接收复制

## reinstall

reinstall_asks_not_trusted = 需确认 · 未信任
reinstall_reinstall = 重装 { $name }
reinstall_reinstall_with_which_image = 重装系统：选择镜像
reinstall_runs_now = {" "}· 正在使用
reinstall_yes_reinstall = 是，重装

## rename

rename_name_and_description = 名称和描述

## report

report_about = 内容
report_account = 账号
report_action = 操作
report_copy = 复制
report_copying = 复制中 { $percent } %
report_image = 镜像
report_intro = 配置 { $profile } 的任务 { $id }，{ $state }，创建于 { $created }。源地域 { $region }，{ $gib } GiB。
report_last_seen = 最后看到
report_outcome = 结果
report_region = 地域
report_request = 请求 ID
report_share = 共享
report_time = 时间
report_why = 原因
report_why_code = { $code }: { $text }

## request

request =
    您好，
    您共享给我们的镜像 { $name }（{ $id }，{ $region }）：{ $wish }
    谢谢。
request_copy = 请把它复制到 { $regions }，再把副本共享给我们。
request_copy_another = 请把它复制到另一个地域，再把副本共享给我们。
request_delete = 我们不再需要它了，请取消对我们账号的共享。
request_help = 请协助处理。
request_launch = 我们想在 { $region } 用它创建实例，请把它复制到那里，再把副本共享给我们。
request_rename = 请修改它的名称或描述。
request_share = 请再共享给 { $accounts }。
request_share_another = 请在 { $region } 再共享给账号 …。

## risk

risk_checklist_1 = 密钥与密码：SSH 密钥、云 API 密钥、令牌、证书、.env 文件
risk_checklist_2 = 历史记录：命令历史、编辑器备份、代码仓库里的旧提交
risk_checklist_3 = 日志与数据：/var/log、数据库、邮件、缓存、临时文件
risk_checklist_4 = 许可证：无权转给他人的软件

## rule

rule_capture_name_length_1 = 名称为空，需要 1 到 { $limit } 个字符。{ $empty ->
   *[other] {""}
 }
rule_capture_name_length_2 = 名称有 { $length } 个字符，最多 { $limit } 个。
rule_capture_name_length_3 = 名称太长。
rule_capture_name_length_fix_1 = 换个合适的名称
rule_capture_name_length_short_1 = 名称为空{ $empty ->
   *[other] {""}
 }
rule_capture_name_length_short_2 = 名称有 { $length } 个字符，最多 { $limit } 个
rule_capture_name_length_short_3 = 名称太长
rule_capture_name_taken_1 = { $region } 已有名为 { $name } 的自有镜像（{ $image }）。
rule_capture_name_taken_2 = 已有同名的自有镜像。
rule_capture_name_taken_fix_1 = 换个名称，例如 { $suggestion }
rule_capture_name_taken_fix_2 = 换个名称
rule_capture_name_taken_short_1 = { $image } 已用这个名称
rule_capture_name_taken_short_2 = 名称已被占用
rule_capture_quota_1 = { $region } 已有 { $own } 个自有镜像，配额 { $quota } 个，已用完。那里最早且未共享的：{ $oldest }。
rule_capture_quota_2 = { $region } 已有 { $own } 个自有镜像，配额 { $quota } 个，已用完。
rule_capture_quota_3 = 该地域的镜像配额已用完。
rule_capture_quota_fix_1 = 删除那里不再需要的镜像，或采用较新文档的配额 { $newer }（--rules current，或在配置里写 rules = "current"）
rule_capture_quota_fix_2 = 删除那里不再需要的镜像，或申请提高配额
rule_capture_quota_short_1 = { $region } 配额已满：{ $own }/{ $quota }
rule_capture_quota_short_2 = 该地域配额已满
rule_capture_received_content_1 = { $instance } 用的是 { $owner_name } 的镜像 { $name }：新镜像含有其中的内容，并可由您共享。
rule_capture_received_content_2 = { $instance } 用的是其他账号的镜像 { $name }：新镜像含有其中的内容，并可由您共享。
rule_capture_received_content_3 = 实例用的是其他账号的镜像，新镜像含有其中的内容。
rule_capture_received_content_short_1 = 含有 { $owner_name } 的内容
rule_capture_received_content_short_2 = 含有其他账号的内容
rule_capture_state_1 = { $instance } 正在执行 { $operation }，完成后才能制作镜像。
rule_capture_state_2 = { $instance } 处于 { $state }，只有 RUNNING 或 STOPPED 时才能制作镜像。
rule_capture_state_3 = 实例只有处于 RUNNING 或 STOPPED 时才能制作镜像。
rule_capture_state_fix_1 = 等它变为 RUNNING 或 STOPPED
rule_capture_state_short_1 = 实例正在执行 { $operation }
rule_capture_state_short_2 = 实例处于 { $state }
rule_capture_state_short_3 = 实例正忙
rule_copy_cross_border_1 = { $from } 与 { $region } 分属境内外：{ $mainland } 在中国内地，另一个不在。跨境复制须联系腾讯云支持。
rule_copy_cross_border_2 = 跨越中国内地边界的复制须联系腾讯云支持。
rule_copy_cross_border_fix_1 = 联系腾讯云支持，或选择同一侧的地域
rule_copy_cross_border_short_1 = { $region } 在内地边界的另一侧
rule_copy_cross_border_short_2 = 属跨境复制
rule_copy_description_length_1 = 描述有 { $length } 个字符，最多 { $limit } 个。
rule_copy_description_length_2 = 描述太长。
rule_copy_description_length_fix_1 = 缩短描述
rule_copy_description_length_short_1 = 描述有 { $length } 个字符，最多 { $limit } 个
rule_copy_description_length_short_2 = 描述太长
rule_copy_encrypted_1 = { $name } 是加密镜像，加密镜像不能离开所在地域。
rule_copy_encrypted_2 = 加密镜像不能离开所在地域。
rule_copy_encrypted_fix_1 = 用同样的系统制作一个未加密的镜像再复制
rule_copy_encrypted_short_1 = 加密镜像不能离开所在地域
rule_copy_finance_1 = { $finance } 是金融专区，镜像只能在金融专区之间复制，不能从 { $from } 到 { $region }。
rule_copy_finance_2 = 镜像只能在金融专区之间复制。
rule_copy_finance_fix_1 = 联系腾讯云支持，或选择同类地域
rule_copy_finance_short_1 = { $finance } 是金融专区，与其他地域隔离
rule_copy_finance_short_2 = 金融专区与其他地域隔离
rule_copy_name_length_1 = 名称有 { $length } 个字符，最多 { $limit } 个。
rule_copy_name_length_2 = 名称太长。
rule_copy_name_length_fix_1 = 缩短名称
rule_copy_name_length_short_1 = 名称有 { $length } 个字符，最多 { $limit } 个
rule_copy_name_length_short_2 = 名称太长
rule_copy_name_taken_1 = { $region } 已有名为 { $name } 的自有镜像（{ $image }）。
rule_copy_name_taken_2 = 那里已有同名的自有镜像。
rule_copy_name_taken_fix_1 = 换个名称，例如 { $suggestion }
rule_copy_name_taken_fix_2 = 换个名称
rule_copy_name_taken_short_1 = { $region } 已有同名镜像 { $image }
rule_copy_name_taken_short_2 = 那里已有同名镜像
rule_copy_no_copy_region_1 = { $region } 不接收镜像副本。
rule_copy_no_copy_region_2 = 该地域不接收这个镜像的副本。
rule_copy_no_copy_region_fix_1 = 另选地域
rule_copy_no_copy_region_short_1 = { $region } 不接收副本
rule_copy_no_copy_region_short_2 = 该地域不接收副本
rule_copy_not_normal_1 = { $name } 处于 { $state }，进度 { $percent }%，变为 NORMAL 后才能复制。
rule_copy_not_normal_2 = { $name } 处于 { $state }，只有 NORMAL 时才能复制。
rule_copy_not_normal_3 = 镜像只有处于 NORMAL 时才能复制。
rule_copy_not_normal_fix_1 = 等它变为 NORMAL{ $wait ->
   *[other] {""}
 }
rule_copy_not_normal_fix_2 = 删除后重新制作
rule_copy_not_normal_short_1 = 处于 { $state }，进度 { $percent }%
rule_copy_not_normal_short_2 = 处于 { $state }，不是 NORMAL
rule_copy_not_normal_short_3 = 状态不是 NORMAL
rule_copy_public_1 = { $name } 是公共镜像，只有自定义镜像才能复制。
rule_copy_public_2 = 只有自定义镜像才能复制。
rule_copy_public_fix_1 = 先用它创建实例，再从实例制作自己的镜像
rule_copy_public_short_1 = 只有自定义镜像才能复制
rule_copy_quota_1 = { $region } 已有 { $own } 个自有镜像，配额 { $quota } 个，已用完。那里最早且未共享的：{ $oldest }。
rule_copy_quota_2 = { $region } 已有 { $own } 个自有镜像，配额 { $quota } 个，已用完。
rule_copy_quota_3 = 该地域的镜像配额已用完。
rule_copy_quota_fix_1 = 删除那里不再需要的镜像，或采用较新文档的配额 { $newer }（--rules current，或在配置里写 rules = "current"）
rule_copy_quota_fix_2 = 删除那里不再需要的镜像，或申请提高配额
rule_copy_quota_short_1 = { $region } 配额已满：{ $own }/{ $quota }
rule_copy_quota_short_2 = 该地域配额已满
rule_copy_received_1 = { $name } 属于 { $owner_name }，不能离开 { $from }，不能复制到 { $region }。
rule_copy_received_2 = { $name } 属于其他账号，不能离开 { $from }，不能复制到 { $region }。
rule_copy_received_3 = { $name } 属于 { $owner_name }，不能离开 { $from }。
rule_copy_received_4 = { $name } 属于其他账号，不能离开 { $from }。
rule_copy_received_5 = 收到的镜像不能离开所在地域。
rule_copy_received_fix_1 = 请所有者复制过去，再把副本共享给您；可复制一段请求文字
rule_copy_received_own_1 = { $name } 只能在 { $region } 之内复制。副本是您自己的镜像：计入您的配额，也可由您共享。
rule_copy_received_own_2 = 副本是您自己的镜像：计入您的配额，也可由您共享。
rule_copy_received_own_short_1 = 副本计入您的配额，也可由您共享
rule_copy_received_short_1 = 收到的镜像不能离开 { $from }
rule_copy_received_short_2 = 收到的镜像不能离开所在地域
rule_copy_same_region_1 = { $name } 已在 { $region }。
rule_copy_same_region_2 = 镜像已在该地域。
rule_copy_same_region_fix_1 = 在那里直接共享，或另选地域
rule_copy_same_region_short_1 = 已在 { $region }
rule_copy_same_region_short_2 = 已在该地域
rule_copy_storage_1 = 复制免费，但副本的快照要计费：每个地域 { $size_gib } GiB，{ $regions } 个地域共 { $total_gib } GiB。
rule_copy_storage_2 = 复制免费，但副本的快照要计费：每个地域 { $size_gib } GiB。
rule_copy_storage_3 = 复制免费，但副本的快照要计费。
rule_copy_storage_short_1 = 快照计费：{ $regions } 个地域共 { $total_gib } GiB
rule_copy_storage_short_2 = 快照计费：每个地域 { $size_gib } GiB
rule_copy_storage_short_3 = 副本的快照要计费
rule_copy_untrusted_1 = { $owner_name } 不是您信任的账号，{ $name } 未经检查。请只使用可信账号的镜像。
rule_copy_untrusted_2 = { $name } 的所有者未知，镜像未经检查。请只使用可信账号的镜像。
rule_copy_untrusted_3 = 这个镜像未经检查。请只使用可信账号的镜像。
rule_copy_untrusted_fix_1 = 确认可信后，先信任该账号再复制
rule_copy_untrusted_short_1 = 只能留在 { $region }；{ $owner_name } 未受信任
rule_copy_untrusted_short_2 = 只能留在 { $region }；所有者未知
rule_copy_untrusted_short_3 = 所有者未受信任，镜像未经检查
rule_copy_whole_machine_1 = { $name } 是含数据盘的整机镜像，整机镜像不能复制。
rule_copy_whole_machine_2 = 含数据盘的整机镜像不能复制。
rule_copy_whole_machine_fix_1 = 只用系统盘制作一个镜像再复制
rule_copy_whole_machine_short_1 = 整机镜像不能复制
rule_delete_busy_1 = { $name } 处于 { $state }，进度 { $percent }%，完成后才能删除。
rule_delete_busy_2 = { $name } 处于 { $state }，完成后才能删除。
rule_delete_busy_3 = 镜像正忙，完成后才能删除。
rule_delete_busy_fix_1 = 等它完成
rule_delete_busy_short_1 = 处于 { $state }，进度 { $percent }%
rule_delete_busy_short_2 = 处于 { $state }
rule_delete_busy_short_3 = 镜像正忙
rule_delete_instances_1 = 有 { $instances } 个实例由 { $name } 创建，删除后照常运行。
rule_delete_instances_2 = 由它创建的实例照常运行。
rule_delete_instances_short_1 = { $instances } 个由它创建的实例照常运行
rule_delete_instances_short_2 = 由它创建的实例照常运行
rule_delete_job_1 = { $name } 正被任务 { $job } 使用。
rule_delete_job_2 = 镜像正被任务使用。
rule_delete_job_fix_1 = 打开该任务，等它完成或停止它
rule_delete_job_short_1 = 正被任务 { $job } 使用
rule_delete_job_short_2 = 正被任务使用
rule_delete_public_1 = { $name } 是公共镜像，不能删除。
rule_delete_public_2 = 公共镜像不能删除。
rule_delete_public_fix_1 = 无需操作
rule_delete_public_short_1 = 公共镜像不能删除
rule_delete_received_1 = { $name } 属于 { $owner_name }，只有所有者才能删除。
rule_delete_received_2 = { $name } 属于其他账号，只有所有者才能删除。
rule_delete_received_3 = 只有镜像的所有者才能删除它。
rule_delete_received_fix_1 = 在这里隐藏它，或请所有者取消共享；可复制一段请求文字
rule_delete_received_short_1 = 只有所有者 { $owner_name } 才能删除
rule_delete_received_short_2 = 只有所有者才能删除
rule_delete_shared_1 = { $name } 还共享给 { $shared } 个账号，请先取消全部共享。
rule_delete_shared_2 = 镜像还在共享中，请先取消全部共享。
rule_delete_shared_fix_1 = 取消全部共享，再删除
rule_delete_shared_short_1 = 还共享给 { $shared } 个账号，请先全部取消
rule_delete_shared_short_2 = 还在共享中，请先全部取消
rule_delete_snapshots_1 = 同时删除 { $snapshots } 个快照，共 { $total_gib } GiB。{ $deleted ->
   *[other] {""}
 }
rule_delete_snapshots_2 = { $snapshots } 个快照（共 { $total_gib } GiB）会保留并继续计费，除非一并删除。{ $kept ->
   *[other] {""}
 }
rule_delete_snapshots_3 = 快照会保留并继续计费，除非一并删除。
rule_delete_snapshots_short_1 = 同时删除 { $snapshots } 个快照，共 { $total_gib } GiB{ $deleted ->
   *[other] {""}
 }
rule_delete_snapshots_short_2 = 保留 { $snapshots } 个快照，共 { $total_gib } GiB{ $kept ->
   *[other] {""}
 }
rule_delete_snapshots_short_3 = 快照会保留，除非一并删除
rule_delete_type_name_1 = 删除后无法恢复。输入镜像名称 { $name } 以继续。
rule_delete_type_name_2 = 删除后无法恢复。输入镜像名称以继续。
rule_delete_type_name_short_1 = 需要输入镜像名称
rule_job_busy_1 = 镜像正被任务 { $job } 使用。
rule_job_busy_2 = 镜像正被另一任务使用。
rule_job_busy_fix_1 = 等该任务完成，或打开它
rule_job_busy_short_1 = 正被任务 { $job } 使用
rule_job_busy_short_2 = 正被另一任务使用
rule_launch_deprecated_1 = { $name } 已弃用，同一镜像族中最新的是 { $newest }。
rule_launch_deprecated_2 = { $name } 已弃用。
rule_launch_deprecated_3 = 镜像已弃用。
rule_launch_deprecated_short_1 = 已弃用，最新的是 { $newest }
rule_launch_deprecated_short_2 = 已弃用
rule_launch_not_normal_1 = { $name } 处于 { $state }，进度 { $percent }%，变为 NORMAL 后才能创建实例。
rule_launch_not_normal_2 = { $name } 处于 { $state }，只有 NORMAL 时才能创建实例。
rule_launch_not_normal_3 = 镜像只有处于 NORMAL 时才能创建实例。
rule_launch_not_normal_fix_1 = 等它变为 NORMAL{ $wait ->
   *[other] {""}
 }
rule_launch_not_normal_fix_2 = 删除后重新制作
rule_launch_not_normal_short_1 = 处于 { $state }，进度 { $percent }%
rule_launch_not_normal_short_2 = 处于 { $state }，不是 NORMAL
rule_launch_not_normal_short_3 = 状态不是 NORMAL
rule_launch_other_region_1 = { $name } 在 { $from }，而您选的是 { $region }；镜像只能在所在地域创建实例。
rule_launch_other_region_2 = 镜像只能在所在地域创建实例。
rule_launch_other_region_fix_1 = 复制到 { $to }，再用副本创建实例
rule_launch_other_region_fix_2 = 改用那里的镜像 { $suggestion }
rule_launch_other_region_fix_3 = 请所有者复制过去并共享副本，或选择镜像所在地域{ $outside ->
   *[other] {""}
 }
rule_launch_other_region_fix_4 = 选择镜像所在地域
rule_launch_other_region_short_1 = 镜像在 { $from }，您选的是 { $region }，请先复制过去{ $own ->
   *[other] {""}
 }
rule_launch_other_region_short_2 = 镜像在 { $from }，您选的是 { $region }
rule_launch_other_region_short_3 = 镜像不在这个地域
rule_launch_own_shared_1 = { $name } 已共享给 { $shared } 个账号，不影响您自己使用，也不影响再制作镜像。
rule_launch_own_shared_2 = 共享镜像不影响您自己使用，也不影响再制作镜像。
rule_launch_own_shared_short_1 = 共享不影响您自己使用
rule_launch_type_1 = { $type } 在 { $place } 已售罄，在 { $elsewhere } 仍有售。{ $place } 在售：{ $types }。{ $sold_out ->
   *[other] {""}
 }
rule_launch_type_2 = { $type } 在 { $place } 已售罄。在售：{ $types }。{ $sold_out ->
   *[other] {""}
 }
rule_launch_type_3 = { $type } 不在 { $place } 出售，在 { $elsewhere } 有售。{ $place } 在售：{ $types }。
rule_launch_type_4 = { $type } 不在 { $place } 出售。在售：{ $types }。
rule_launch_type_5 = { $type } 不在 { $place } 出售。
rule_launch_type_6 = 那里不出售这种机型。
rule_launch_type_fix_1 = 换个机型，例如 { $suggestion }
rule_launch_type_fix_2 = 换个机型
rule_launch_type_short_1 = { $type } 在 { $place } 已售罄{ $sold_out ->
   *[other] {""}
 }
rule_launch_type_short_2 = { $type } 不在 { $place } 出售
rule_launch_type_short_3 = 那里不出售这种机型
rule_launch_untrusted_1 = { $owner_name } 不是您信任的账号，{ $name } 未经检查。请只使用可信账号的镜像。
rule_launch_untrusted_2 = { $name } 的所有者未知，镜像未经检查。请只使用可信账号的镜像。
rule_launch_untrusted_3 = 这个镜像未经检查。请只使用可信账号的镜像。
rule_launch_untrusted_fix_1 = 确认可信后，先信任该账号再创建实例
rule_launch_untrusted_short_1 = { $owner_name } 未受信任，镜像未经检查
rule_launch_untrusted_short_2 = 所有者未知，镜像未经检查
rule_launch_zone_1 = { $zone } 已售罄。{ $region } 在售的可用区：{ $zones }。{ $sold_out ->
   *[other] {""}
 }
rule_launch_zone_2 = { $zone } 在 { $region } 没有在售的实例。在售的可用区：{ $zones }。
rule_launch_zone_3 = { $region } 在 { $zone } 没有在售的实例。
rule_launch_zone_4 = 这个可用区没有在售的实例。
rule_launch_zone_fix_1 = 换个可用区，例如 { $suggestion }
rule_launch_zone_fix_2 = 换个可用区
rule_launch_zone_short_1 = { $zone } 已售罄{ $sold_out ->
   *[other] {""}
 }
rule_launch_zone_short_2 = { $region } 在 { $zone } 没有在售的实例
rule_launch_zone_short_3 = 这个可用区没有在售的实例
rule_mode_read_only_1 = 当前配置为只读，不会发送任何改动云上资源的请求。
rule_mode_read_only_fix_1 = 关闭只读，或换用其他配置
rule_mode_read_only_short_1 = 只读模式
rule_net_offline_1 = 上一次连接云端失败。
rule_net_offline_fix_1 = 检查网络；cvmshare 会自动重试
rule_net_offline_short_1 = 连不上云端
rule_quota_received_1 = { $region } 有 { $own } 个自有镜像，配额 { $quota } 个；收到的 { $received } 个不计入配额。
rule_quota_received_2 = 收到的镜像不计入您的配额，共享出去也不占用所有者的配额。
rule_quota_received_short_1 = 收到 { $received } 个，不计入配额
rule_quota_received_short_2 = 收到的镜像不计入配额
rule_region_unknown_1 = 没有 { $region } 这个地域。
rule_region_unknown_2 = 没有这个地域。
rule_region_unknown_fix_1 = 是否想填 { $suggestion }？
rule_region_unknown_fix_2 = 从列表中选择地域
rule_region_unknown_short_1 = 没有 { $region } 这个地域
rule_region_unknown_short_2 = 没有这个地域
rule_reinstall_not_normal_1 = { $name } 处于 { $state }，进度 { $percent }%，变为 NORMAL 后才能使用。
rule_reinstall_not_normal_2 = { $name } 处于 { $state }，只有 NORMAL 时才能使用。
rule_reinstall_not_normal_3 = 镜像只有处于 NORMAL 时才能使用。
rule_reinstall_not_normal_fix_1 = 等它变为 NORMAL{ $wait ->
   *[other] {""}
 }
rule_reinstall_not_normal_fix_2 = 另选镜像
rule_reinstall_not_normal_short_1 = 处于 { $state }，进度 { $percent }%
rule_reinstall_not_normal_short_2 = 处于 { $state }，不是 NORMAL
rule_reinstall_not_normal_short_3 = 状态不是 NORMAL
rule_reinstall_other_region_1 = { $name } 在 { $from }，而 { $instance } 在 { $region }；重装只能用实例所在地域的镜像。
rule_reinstall_other_region_2 = 重装只能用实例所在地域的镜像。
rule_reinstall_other_region_fix_1 = 改用那里的镜像 { $suggestion }
rule_reinstall_other_region_fix_2 = 选择实例所在地域的镜像
rule_reinstall_other_region_short_1 = 镜像在 { $from }，实例在 { $region }
rule_reinstall_other_region_short_2 = 镜像与实例不在同一地域
rule_reinstall_state_1 = { $instance } 正在执行 { $operation }，完成后才能重装。
rule_reinstall_state_2 = { $instance } 处于 { $state }，只有 RUNNING 或 STOPPED 时才能重装。
rule_reinstall_state_3 = 实例只有处于 RUNNING 或 STOPPED 时才能重装。
rule_reinstall_state_fix_1 = 等它变为 RUNNING 或 STOPPED
rule_reinstall_state_short_1 = 实例正在执行 { $operation }
rule_reinstall_state_short_2 = 实例处于 { $state }
rule_reinstall_state_short_3 = 实例正忙
rule_reinstall_untrusted_1 = { $owner_name } 不是您信任的账号，{ $name } 未经检查。请只使用可信账号的镜像。
rule_reinstall_untrusted_2 = { $name } 的所有者未知，镜像未经检查。请只使用可信账号的镜像。
rule_reinstall_untrusted_3 = 这个镜像未经检查。请只使用可信账号的镜像。
rule_reinstall_untrusted_fix_1 = 确认可信后，先信任该账号再重装
rule_reinstall_untrusted_short_1 = { $owner_name } 未受信任，镜像未经检查
rule_reinstall_untrusted_short_2 = 所有者未知，镜像未经检查
rule_reinstall_wipes_1 = { $instance }（{ $name }）的系统盘（{ $disk_gib } GiB）会被清空。输入实例 ID 以继续。
rule_reinstall_wipes_2 = 实例的系统盘会被清空。输入实例 ID 以继续。
rule_reinstall_wipes_short_1 = 会清空 { $instance } 的系统盘
rule_reinstall_wipes_short_2 = 会清空系统盘
rule_rename_description_length_1 = 描述有 { $length } 个字符，最多 { $limit } 个。
rule_rename_description_length_2 = 描述太长。
rule_rename_description_length_fix_1 = 缩短描述
rule_rename_description_length_short_1 = 描述有 { $length } 个字符，最多 { $limit } 个
rule_rename_description_length_short_2 = 描述太长
rule_rename_name_length_1 = 名称为空，需要 1 到 { $limit } 个字符。{ $empty ->
   *[other] {""}
 }
rule_rename_name_length_2 = 名称有 { $length } 个字符，最多 { $limit } 个。
rule_rename_name_length_3 = 名称太长。
rule_rename_name_length_fix_1 = 换个合适的名称
rule_rename_name_length_short_1 = 名称为空{ $empty ->
   *[other] {""}
 }
rule_rename_name_length_short_2 = 名称有 { $length } 个字符，最多 { $limit } 个
rule_rename_name_length_short_3 = 名称太长
rule_rename_name_taken_1 = { $region } 已有另一个名为 { $name } 的自有镜像（{ $image }）。
rule_rename_name_taken_2 = 已有另一个同名的自有镜像。
rule_rename_name_taken_fix_1 = 换个名称，例如 { $suggestion }
rule_rename_name_taken_fix_2 = 换个名称
rule_rename_name_taken_short_1 = { $image } 已用这个名称
rule_rename_name_taken_short_2 = 名称已被占用
rule_rename_public_1 = { $name } 是公共镜像，名称和描述不能修改。
rule_rename_public_2 = 公共镜像的名称和描述不能修改。
rule_rename_public_fix_1 = 无需操作
rule_rename_public_short_1 = 公共镜像不能改名称和描述
rule_rename_received_1 = 只有所有者 { $owner_name } 才能修改 { $name } 的名称和描述。
rule_rename_received_2 = 只有所有者才能修改 { $name } 的名称和描述。
rule_rename_received_3 = 只有所有者才能修改名称和描述。
rule_rename_received_fix_1 = 在这里添加自己的备注
rule_rename_received_short_1 = 只有所有者才能改名
rule_rename_shared_1 = { $name } 已共享给 { $shared } 个账号。有一处官方文档称共享中的镜像不能修改；云端可能拒绝。
rule_rename_shared_2 = 有一处官方文档称共享中的镜像不能修改；云端可能拒绝。
rule_rename_shared_short_1 = 共享中，云端可能拒绝
rule_session_expired_1 = 凭证已失效：过期或已被撤销。
rule_session_expired_fix_1 = 重新登录，或换用其他配置
rule_session_expired_short_1 = 凭证已失效
rule_session_none_1 = 没有找到凭证。
rule_session_none_fix_1 = 登录，或换用其他配置
rule_session_none_short_1 = 没有凭证
rule_share_account_form_1 = “{ $text }”是邮箱地址，而账号 ID 只含数字。请对方在控制台“账号信息”页查看。{ $email ->
   *[other] {""}
 }
rule_share_account_form_2 = “{ $text }”结尾不是地域代码，正确的例子：ap-guangzhou。{ $bad_region ->
   *[other] {""}
 }
rule_share_account_form_3 = “{ $text }”不是账号 ID；QQ 号和 AppId 也不是。请对方在控制台“账号信息”页查看。{ $digits ->
   *[other] {""}
 }
rule_share_account_form_4 = “{ $text }”不是账号 ID：账号 ID 只含数字，例如 100000000001。请对方在控制台“账号信息”页查看。
rule_share_account_form_5 = 没有这个账号。邮箱、QQ 号、AppId 都不是账号 ID，请对方在控制台“账号信息”页查看。
rule_share_account_form_fix_1 = 改为 { $suggestion }
rule_share_account_form_fix_2 = 填写对方的账号 ID
rule_share_account_form_short_1 = “{ $text }”的地域代码不对{ $bad_region ->
   *[other] {""}
 }
rule_share_account_form_short_2 = “{ $text }”不是账号 ID
rule_share_account_form_short_3 = 没有这个账号 ID
rule_share_already_1 = { $count ->
    [1] 已共享给 { $accounts }，自 { $since } 起。
   *[other] 已共享给 { $accounts }；最早的共享自 { $since } 起。
 }
rule_share_already_2 = 已共享给 { $accounts }。
rule_share_already_3 = 已共享给这个账号。
rule_share_already_fix_1 = 无需操作
rule_share_already_short_1 = { $count ->
    [1] 已共享给 { $accounts }，自 { $since }
   *[other] 已共享给 { $accounts }，最早自 { $since }
 }
rule_share_already_short_2 = 已共享给 { $accounts }
rule_share_already_short_3 = 已共享
rule_share_byol_1 = { $name } 含自带许可证（BYOL），这类镜像不能共享。
rule_share_byol_2 = 含自带许可证（BYOL）的镜像不能共享。
rule_share_byol_fix_1 = 制作一个不含该许可证的镜像再共享
rule_share_byol_short_1 = 含自带许可证（BYOL），不能共享
rule_share_encrypted_1 = { $name } 是加密镜像，加密镜像不能共享。
rule_share_encrypted_2 = 加密镜像不能共享。
rule_share_encrypted_fix_1 = 用同样的系统制作一个未加密的镜像再共享
rule_share_encrypted_short_1 = 加密镜像不能共享
rule_share_leak_1 = 接收方可以读取 { $name } 中的全部内容，用它创建实例、再制作新镜像并转给别人。事后取消共享也收不回数据。
rule_share_leak_2 = 接收方可以读取镜像中的全部内容，用它创建实例、再制作新镜像并转给别人。事后取消共享也收不回数据。
rule_share_leak_short_1 = 需要您确认泄露风险
rule_share_limit_1 = 在 { $region } 再加 { $new } 个就是 { $total } 个账号，而一个镜像最多共享给 { $limit } 个账号。
rule_share_limit_2 = 再加 { $new } 个就是 { $total } 个账号，而一个镜像最多共享给 { $limit } 个账号。
rule_share_limit_3 = 已共享给 { $shared } 个账号，一个镜像最多共享给 { $limit } 个账号。
rule_share_limit_4 = 这个镜像不能再共享给更多账号。
rule_share_limit_fix_1 = 减少接收方，先取消不再需要的共享，或采用较新文档的上限 { $newer }（--rules current，或在配置里写 rules = "current"）
rule_share_limit_fix_2 = 减少接收方，或先取消不再需要的共享
rule_share_limit_short_1 = 再加 { $new } 个将达 { $total } 个，上限 { $limit } 个
rule_share_limit_short_2 = 已共享给 { $shared } 个账号，上限 { $limit } 个
rule_share_limit_short_3 = 不能再共享给更多账号
rule_share_not_known_1 = { $account } 不在通讯录中，而此配置只共享给通讯录里的账号。
rule_share_not_known_2 = 这个账号不在通讯录中，而此配置只共享给通讯录里的账号。
rule_share_not_known_fix_1 = 把它加入通讯录（在控制台按 t）
rule_share_not_known_short_1 = { $account } 不在通讯录中
rule_share_not_known_short_2 = 这个账号不在通讯录中
rule_share_not_normal_1 = { $region } 的副本 { $name } 处于 { $state }，进度 { $percent }%，变为 NORMAL 后才能共享。
rule_share_not_normal_2 = { $region } 的副本 { $name } 处于 { $state }，只有 NORMAL 时才能共享。
rule_share_not_normal_3 = { $name } 处于 { $state }，进度 { $percent }%，变为 NORMAL 后才能共享。
rule_share_not_normal_4 = { $name } 处于 { $state }，只有 NORMAL 时才能共享。
rule_share_not_normal_5 = 镜像只有处于 NORMAL 时才能共享。
rule_share_not_normal_fix_1 = 等它变为 NORMAL{ $wait ->
   *[other] {""}
 }
rule_share_not_normal_fix_2 = 删除后重新制作
rule_share_not_normal_short_1 = 处于 { $state }，进度 { $percent }%
rule_share_not_normal_short_2 = 处于 { $state }，不是 NORMAL
rule_share_not_normal_short_3 = 状态不是 NORMAL
rule_share_other_region_1 = { $accounts } 需要在 { $region } 使用，而镜像只能在所在地域 { $from } 共享。请先复制到 { $region }，再共享副本。
rule_share_other_region_2 = 镜像只能在所在地域共享。请先复制到需要的地域，再共享副本。
rule_share_other_region_fix_1 = 复制到 { $to }，等它完成，再共享副本
rule_share_other_region_fix_2 = 复制过去，等它完成，再共享副本
rule_share_other_region_short_1 = 只能在 { $from } 共享，请先复制到 { $region }
rule_share_other_region_short_2 = 只能在所在地域共享，请先复制
rule_share_public_1 = 公共镜像人人可用，无需共享。
rule_share_public_fix_1 = 无需操作：把镜像 ID 告诉对方即可
rule_share_public_short_1 = 公共镜像人人可用，无需共享
rule_share_received_1 = { $name } 属于 { $owner_name }，只有所有者才能继续共享。
rule_share_received_2 = { $name } 是其他账号共享给您的，只有所有者才能继续共享。
rule_share_received_3 = 只有镜像的所有者才能共享它。
rule_share_received_fix_1 = 请所有者直接共享给对方；可复制一段请求文字
rule_share_received_short_1 = 只有所有者 { $owner_name } 才能共享
rule_share_received_short_2 = 只有所有者才能共享
rule_share_self_1 = { $account } 是您自己的账号，无需共享。要在 { $region } 使用，把镜像复制过去即可。
rule_share_self_2 = { $account } 是您自己的账号，无需共享。
rule_share_self_3 = 自己的账号无需共享。
rule_share_self_fix_1 = 复制到 { $to }
rule_share_self_fix_2 = 去掉自己的账号
rule_share_self_short_1 = { $account } 是您自己；要在 { $region } 用就复制过去
rule_share_self_short_2 = { $account } 是您自己的账号
rule_share_self_short_3 = 自己的账号无需共享
rule_share_sub_account_1 = { $account_name }（{ $account }）是子账号，镜像只能共享给主账号。
rule_share_sub_account_2 = 对方是子账号，镜像只能共享给主账号。
rule_share_sub_account_fix_1 = 请对方提供主账号的 ID
rule_share_sub_account_short_1 = { $account } 是子账号
rule_share_sub_account_short_2 = 对方是子账号，请共享给主账号
rule_share_whole_machine_1 = { $name } 是含数据盘的整机镜像，整机镜像不能共享。
rule_share_whole_machine_2 = 含数据盘的整机镜像不能共享。
rule_share_whole_machine_fix_1 = 只用系统盘制作一个镜像再共享
rule_share_whole_machine_short_1 = 整机镜像不能共享
rule_unshare_foreign_1 = { $count ->
    [1] 对 { $accounts } 的共享并非由 cvmshare 建立，自 { $since } 起存在；可能由您或他人在别处（例如控制台）建立。
   *[other] 对 { $accounts } 的共享并非由 cvmshare 建立，最早自 { $since } 起；可能由您或他人在别处（例如控制台）建立。
 }
rule_unshare_foreign_2 = 对 { $accounts } 的共享并非由 cvmshare 建立；可能由您或他人在别处（例如控制台）建立。
rule_unshare_foreign_3 = 这个共享并非由 cvmshare 建立；可能由您或他人在别处（例如控制台）建立。
rule_unshare_foreign_short_1 = 对 { $accounts } 的共享在别处建立
rule_unshare_foreign_short_2 = 这个共享在别处建立
rule_unshare_lives_on_1 = 对方已用 { $name } 创建的实例会继续运行，由此再制作的镜像也仍归对方；只是不能再看到或使用这个镜像。
rule_unshare_lives_on_2 = 对方已创建的实例会继续运行，由此再制作的镜像也仍归对方；只是不能再看到或使用这个镜像。
rule_unshare_lives_on_short_1 = 对方已创建的实例和镜像会保留
rule_unshare_none_1 = { $name } 是其他账号的镜像，共享由所有者管理。{ $received ->
   *[other] {""}
 }
rule_unshare_none_2 = { $name } 是公共镜像，没有可取消的共享。{ $public ->
   *[other] {""}
 }
rule_unshare_none_3 = { $name } 没有共享给 { $accounts }，无需取消。
rule_unshare_none_4 = { $name } 没有共享给任何账号，无需取消。
rule_unshare_none_5 = 没有您可以取消的共享。
rule_unshare_none_fix_1 = 无需操作
rule_unshare_none_short_1 = 共享由所有者管理{ $received ->
   *[other] {""}
 }
rule_unshare_none_short_2 = 没有共享给 { $accounts }
rule_unshare_none_short_3 = 没有共享，无需取消
rule_unshare_not_normal_1 = { $name } 处于 { $state }，进度 { $percent }%，变为 NORMAL 后才能取消共享。
rule_unshare_not_normal_2 = { $name } 处于 { $state }，只有 NORMAL 时才能取消共享。
rule_unshare_not_normal_3 = 镜像只有处于 NORMAL 时才能取消共享。
rule_unshare_not_normal_fix_1 = 等它变为 NORMAL{ $wait ->
   *[other] {""}
 }
rule_unshare_not_normal_fix_2 = 无需操作
rule_unshare_not_normal_short_1 = 处于 { $state }，进度 { $percent }%
rule_unshare_not_normal_short_2 = 处于 { $state }，不是 NORMAL
rule_unshare_not_normal_short_3 = 状态不是 NORMAL

## rules

rules_asks = 需确认
rules_blocks = 阻止
rules_copy_rule = 复制规则
rules_fix = 处理：{ $fix }
rules_keep_search = 保留搜索
rules_no_match = 没有匹配的规则。
rules_rules = 规则
rules_search = 搜索
rules_sent_to_clipboard = 规则 { $code } 已发送到终端的剪贴板。
rules_tells = 提示

## session

session_end_session_ends_in_h = 会话 { $as_hours } 小时后结束
session_end_session_ends_in_min = 会话 { $as_mins } 分钟后结束
session_end_session_ends_in_minute = 会话一分钟后结束
session_end_session_has_ended = 会话已结束

## setup

setup_metadata_takes_off_or_http = --metadata 只接受 off，或 http:// 加本机回环地址与端口
setup_names_region_which_is_no = { $place } 中的地域 { $text } 不是地域代码；请改为如 ap-guangzhou 的代码
setup_no_profiles = 无；--demo 有内置云的配置
setup_no_such_profile = 没有配置 { $name }；已有：{ $all }
setup_there_is_no_profile = 没有配置 { $name }

## share

share_address_book = 通讯录
share_address_book_empty = 通讯录为空；可在配置的 [accounts] 中添加。
share_blocked = 不可以
share_cell_change = { $region }：{ $a1 }。
share_checklist = 继续之前，请检查镜像中有没有：
share_choose_at_least_one_account = 请至少选择一个账号：输入账号 ID，或在通讯录中标记。
share_choose_at_least_one_region = 请至少选择一个地域。
share_chosen = 已选：
share_copied_if_room = 配额允许时将复制
share_copy = 复制 · { $name }
share_copy_exists = 已有副本 · { $id }
share_copy_exists_as = 已有副本：{ $copy }
share_e_uses = e 直接共享 { $image }（如果它是副本）
share_edge_change = { $region }，{ $who }：{ $text }。
share_is_copy = { $id } 是副本吗？
share_launch_follows = 副本到达 { $region } 后，在这里继续创建实例。
share_left = 未发送任何请求。再按同一个键可从这里继续。
share_looks_alike = { $id } 的名称、大小和系统相同
share_name_copy_in = { $region } 的副本名称：
share_no_image_there = 那里没有可用的镜像。
share_other_name = 换名称
share_problems_left = 还有未解决的问题：请作出选择，或跳过该地域。
share_receiver_in = { $name }（{ $region }）
share_receivers_question = 共享给谁？输入账号 ID，个数不限；只用于一个地域时加 @REGION。
share_region_blocked = 不可以 · { $why }
share_regions_pending = 有的地域尚未应答。
share_regions_question = 对方在哪些地域需要它？没有副本的地域会先复制。
share_take_name = 使用此名称
share_to_address_book = 通讯录
share_to_field = 输入框
share_to_share = 待共享
share_to_which_regions = 复制到哪些地域？
share_toggle = 包含或跳过
share_totals = { $copies }，{ $adds }。
share_uses_newer_limits = { $key } 让此配置采用它们
share_waiting_for_answers = 正在等待 { $n } 个应答。
share_will_be_copied = 将复制
share_x_skips = x 跳过
share_yes_copy = 是，复制

## step

step_choices = 选择
step_findings = 检查
step_report = 结果
step_risk = 风险
step_sending = 发送

## table

table_asking_answered = 正在查询 { $counted } … 已应答 { $answered } 个。
table_identity = 账号身份
table_in_one = （{ $one }）
table_in_regions_in_view = （显示的 { $n } 个地域）
table_in_two = （{ $first } 或 { $second }）
table_list_regions = 地域列表
table_mark_started = 已标记。在另一行按同一个键，可标记到那一行。
table_marked_hidden = 已标记 { $n } 个，其中 { $hidden } 个未显示
table_marked_range = 从上一个标记到此处，已标记 { $rows }。
table_no_cloud = 无法连接云端。{ $key } 重试。
table_no_image_is_shared_with = 没有镜像共享给您
table_nothing_matches = 没有匹配“{ $filter }”的行。
table_other_regions = { $regions } 选择其他地域 · { $refresh } 刷新
table_retry_or_profile = { $key } 重试 · { $switch } 切换配置
table_sentence = { $what }{ $place }。
table_starting = 正在启动 …
table_takes_filter_away = { $key } 清除筛选。
table_there_is_no_region = 没有地域
table_you_have_no_image = 没有镜像
table_you_have_no_instance = 没有实例

## terminal

terminal_task_failed = 一个后台任务失败

## theme

theme_no_base = 没有内置主题 { $name }；已有：{ $all }
theme_no_colour = { $text } 不是颜色；请写 { $all } 之一、0 到 255 的数，或 "#rrggbb"
theme_unknown = 没有主题 { $name }；已有：{ $all }；也可在 { $dir } 中添加 { $file }.toml

## undo

undo_cancel_in = 取消 { $region } 的 { $image } 的共享：{ $who }
undo_copy_stays = { $region }：副本 { $image } 保留：{ $why }
undo_delete_copy_in = 删除 { $region } 的副本 { $image }{ $snapshots }
undo_foreign_share = { $region }：{ $image } 仍共享给 { $names }：该共享并非由本任务建立
undo_instances_keep_running = { $region }：{ $ids } 使用 { $image }，会继续运行
undo_instances_that_receivers_made = 接收方由这些镜像创建的实例会继续运行
undo_name_does_not_match = 名称不符，没有任何更改。
undo_reading = 正在读取当前状态 …
undo_snapshots_stay = { $region }：{ $image } 的 { $count } 个快照保留并继续计费
undo_still_reading = 仍在读取当前状态。
undo_title = 撤销此任务
undo_undoing = 正在撤销。
undo_yes_undo = 是，撤销

## unshare

unshare_cancel_shares = 取消共享
unshare_cancel_these = 取消这些
unshare_one_under_marker = 选中的一个
unshare_title = 取消 { $name } 的共享
unshare_yes_cancel = 是，取消

## view

view_state_file_unreadable = 无法恢复上次退出时的界面。{ $error }

## word

word_account = 账号
word_add = 新增
word_blocked = 不可以
word_cancelled = 已取消
word_copied = 已复制
word_copy = 副本
word_copying = 复制中
word_deleted = 已删除
word_done = 完成
word_extra = 多余
word_extra_made_elsewhere = 多余，并非由本程序共享
word_failed = 失败
word_finance = 金融专区
word_image = 镜像
word_mainland = 中国内地
word_overseas = 境外
word_partial = 部分完成
word_planned = 待执行
word_ready = 就绪
word_receivers = 接收方
word_regions = 地域
word_running = 进行中
word_share = 共享
word_shared = 已共享
word_sharing = 共享中
word_size = 大小
word_skipped = 跳过
word_still_shared = 仍在共享
word_there = 已在
word_undone = 已撤销
word_unfinished = 未完成
word_unknown = 未知
word_verified = 已验证
word_waiting = 等待中

## words

words_being_copied = 复制中
words_being_imported = 导入中
words_being_made = 制作中
words_failed = 制作失败
words_import_failed = 导入失败
words_ready = 正常
