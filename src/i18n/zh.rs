//! Chinese, in the vendor's own terms: 镜像, 自定义镜像, 共享镜像, 地域, 实例, 主账号.

use crate::{
    i18n::table::{Words, table},
    rules::Code,
};

table! {
    ShareLimit:
        [
            "在 {region} 再加 {new} 个就是 {total} 个账号，而一个镜像最多共享给 {limit} 个账号。",
            "再加 {new} 个就是 {total} 个账号，而一个镜像最多共享给 {limit} 个账号。",
            "已共享给 {shared} 个账号，一个镜像最多共享给 {limit} 个账号。",
            "这个镜像不能再共享给更多账号。",
        ]
        [
            "再加 {new} 个将达 {total} 个，上限 {limit} 个",
            "已共享给 {shared} 个账号，上限 {limit} 个",
            "不能再共享给更多账号",
        ]
        [
            "减少接收方，先取消不再需要的共享，或采用较新的文档，上限为 {newer}（--rules current，或在配置里写 rules = \"current\"）",
            "减少接收方，或先取消不再需要的共享",
        ];
    ShareReceived:
        [
            "{name} 属于 {owner_name}，只有所有者才能继续共享。",
            "{name} 是其他账号共享给您的，只有所有者才能继续共享。",
            "只有镜像的所有者才能共享它。",
        ]
        ["只有所有者 {owner_name} 才能共享", "只有所有者才能共享"]
        ["请所有者直接共享给对方；可复制一段请求文字"];
    SharePublic:
        ["公共镜像人人可用，无需共享。"]
        ["公共镜像人人可用，无需共享"]
        ["无需操作：把镜像 ID 告诉对方即可"];
    ShareOtherRegion:
        [
            "{accounts} 需要在 {region} 使用，而镜像只能在所在地域 {from} 共享。请先复制到 {region}，再共享副本。",
            "镜像只能在所在地域共享。请先复制到需要的地域，再共享副本。",
        ]
        ["只能在 {from} 共享，请先复制到 {region}", "只能在所在地域共享，请先复制"]
        ["复制到 {to}，等它完成，再共享副本", "复制过去，等它完成，再共享副本"];
    ShareNotNormal:
        [
            "{region} 的副本 {name} 处于 {state}，进度 {percent}%，变为 NORMAL 后才能共享。",
            "{region} 的副本 {name} 处于 {state}，只有 NORMAL 时才能共享。",
            "{name} 处于 {state}，进度 {percent}%，变为 NORMAL 后才能共享。",
            "{name} 处于 {state}，只有 NORMAL 时才能共享。",
            "镜像只有处于 NORMAL 时才能共享。",
        ]
        ["处于 {state}，进度 {percent}%", "处于 {state}，不是 NORMAL", "状态不是 NORMAL"]
        ["{?wait}等它变为 NORMAL", "删除后重新制作"];
    ShareSelf:
        [
            "{account} 是您自己的账号，无需共享。要在 {region} 使用，把镜像复制过去即可。",
            "{account} 是您自己的账号，无需共享。",
            "自己的账号无需共享。",
        ]
        ["{account} 是您自己；要在 {region} 用就复制过去", "{account} 是您自己的账号", "自己的账号无需共享"]
        ["复制到 {to}", "去掉自己的账号"];
    ShareAccountForm:
        [
            "{?email}“{text}”是邮箱地址，而账号 ID 只含数字。请对方在控制台“账号信息”页查看。",
            "{?bad_region}“{text}”结尾不是地域代码，正确的例子：ap-guangzhou。",
            "{?digits}“{text}”不是账号 ID；QQ 号和 AppId 也不是。请对方在控制台“账号信息”页查看。",
            "“{text}”不是账号 ID：账号 ID 只含数字，例如 100000000001。请对方在控制台“账号信息”页查看。",
            "没有这个账号。邮箱、QQ 号、AppId 都不是账号 ID，请对方在控制台“账号信息”页查看。",
        ]
        ["{?bad_region}“{text}”的地域代码不对", "“{text}”不是账号 ID", "没有这个账号 ID"]
        ["改为 {suggestion}", "填写对方的账号 ID"];
    ShareSubAccount:
        [
            "{account_name}（{account}）是子账号，镜像只能共享给主账号。",
            "对方是子账号，镜像只能共享给主账号。",
        ]
        ["{account} 是子账号", "对方是子账号，请共享给主账号"]
        ["请对方提供主账号的 ID"];
    ShareNotKnown:
        [
            "{account} 不在地址簿中，而此配置只共享给地址簿里的账号。",
            "这个账号不在地址簿中，而此配置只共享给地址簿里的账号。",
        ]
        ["{account} 不在地址簿中", "这个账号不在地址簿中"]
        ["把它加入地址簿；在控制台按 t 即可"];
    ShareAlready:
        [
            "已共享给 {accounts}，自 {since} 起。",
            "已共享给 {accounts}。",
            "已共享给这个账号。",
        ]
        ["已共享给 {accounts}，自 {since}", "已共享给 {accounts}", "已经共享过了"]
        ["无需操作"];
    ShareEncrypted:
        ["{name} 是加密镜像，加密镜像不能共享。", "加密镜像不能共享。"]
        ["加密镜像不能共享"]
        ["用同样的系统制作一个未加密的镜像再共享"];
    ShareByol:
        [
            "{name} 含自带许可证（BYOL），这类镜像不能共享。",
            "含自带许可证（BYOL）的镜像不能共享。",
        ]
        ["含自带许可证（BYOL），不能共享"]
        ["制作一个不含该许可证的镜像再共享"];
    ShareWholeMachine:
        [
            "{name} 是连同数据盘的整机镜像，整机镜像不能共享。",
            "连同数据盘的整机镜像不能共享。",
        ]
        ["整机镜像不能共享"]
        ["只用系统盘制作一个镜像再共享"];
    ShareLeak:
        [
            "对方拿到 {name} 后，可以读到其中的一切，用它创建实例、再制作新镜像并转给别人。事后取消共享也收不回数据。",
            "对方拿到镜像后，可以读到其中的一切，用它创建实例、再制作新镜像并转给别人。事后取消共享也收不回数据。",
        ]
        ["需要您确认泄露风险"]
        [];
    CopyReceived:
        [
            "{name} 属于 {owner_name}，只能留在 {from}，不能复制到 {region}。",
            "{name} 属于其他账号，只能留在 {from}，不能复制到 {region}。",
            "{name} 属于 {owner_name}，只能留在 {from}。",
            "{name} 属于其他账号，只能留在 {from}。",
            "别人共享来的镜像只能留在所在地域。",
        ]
        ["共享来的镜像只能留在 {from}", "共享来的镜像只能留在所在地域"]
        ["请所有者复制过去，再把副本共享给您；可复制一段请求文字"];
    CopyReceivedOwn:
        [
            "{name} 只能在 {region} 之内复制。副本是您自己的镜像：计入您的配额，也可由您共享。",
            "副本是您自己的镜像：计入您的配额，也可由您共享。",
        ]
        ["副本计入您的配额，也可由您共享"]
        [];
    CopyUntrusted:
        [
            "{owner_name} 不在您信任的账号之列，{name} 未经任何人检查。请只使用可信账号的镜像。",
            "{name} 的所有者未知，未经任何人检查。请只使用可信账号的镜像。",
            "这个镜像未经任何人检查。请只使用可信账号的镜像。",
        ]
        [
            "只能留在 {region}；{owner_name} 未受信任",
            "只能留在 {region}；所有者未知",
            "所有者未受信任，镜像未经检查",
        ]
        ["确认可信后，先信任该账号再复制"];
    CopyPublic:
        ["{name} 是公共镜像，只有自定义镜像才能复制。", "只有自定义镜像才能复制。"]
        ["只有自定义镜像才能复制"]
        ["先用它创建实例，再从实例制作自己的镜像"];
    CopyNotNormal:
        [
            "{name} 处于 {state}，进度 {percent}%，变为 NORMAL 后才能复制。",
            "{name} 处于 {state}，只有 NORMAL 时才能复制。",
            "镜像只有处于 NORMAL 时才能复制。",
        ]
        ["处于 {state}，进度 {percent}%", "处于 {state}，不是 NORMAL", "状态不是 NORMAL"]
        ["{?wait}等它变为 NORMAL", "删除后重新制作"];
    CopySameRegion:
        ["{name} 本来就在 {region}。", "镜像本来就在那个地域。"]
        ["本来就在 {region}", "本来就在那里"]
        ["在那里直接共享，或另选地域"];
    CopyCrossBorder:
        [
            "{from} 与 {region} 分属境内外：{mainland} 在中国内地，另一个不在。跨境复制须联系腾讯云支持。",
            "跨越中国内地边界的复制须联系腾讯云支持。",
        ]
        ["{region} 在内地边界的另一侧", "属跨境复制"]
        ["联系腾讯云支持，或选择同一侧的地域"];
    CopyFinance:
        [
            "{finance} 是金融专区，镜像只能在金融专区之间复制，不能从 {from} 到 {region}。",
            "镜像只能在金融专区之间复制。",
        ]
        ["{finance} 是金融专区，与其他地域隔离", "金融专区与其他地域隔离"]
        ["联系腾讯云支持，或选择同类地域"];
    CopyNoCopyRegion:
        ["{region} 不支持复制镜像过去。", "该地域不支持复制这个镜像过去。"]
        ["{region} 不支持接收副本", "该地域不支持接收副本"]
        ["另选地域"];
    CopyNameTaken:
        ["{region} 已有名为 {name} 的自定义镜像（{image}）。", "那里已有同名的自定义镜像。"]
        ["{region} 已有同名镜像 {image}", "那里已有同名镜像"]
        ["换个名称，例如 {suggestion}", "换个名称"];
    CopyNameLength:
        ["名称有 {length} 个字符，最多 {limit} 个。", "名称太长。"]
        ["名称有 {length} 个字符，最多 {limit} 个", "名称太长"]
        ["缩短名称"];
    CopyDescriptionLength:
        ["描述有 {length} 个字符，最多 {limit} 个。", "描述太长。"]
        ["描述有 {length} 个字符，最多 {limit} 个", "描述太长"]
        ["缩短描述"];
    CopyQuota:
        [
            "{region} 已有 {own} 个自定义镜像，配额 {quota} 个，放不下了。那里最早且未共享的：{oldest}。",
            "{region} 已有 {own} 个自定义镜像，配额 {quota} 个，放不下了。",
            "该地域的自定义镜像配额已满。",
        ]
        ["{region} 配额已满：{own}/{quota}", "该地域配额已满"]
        [
            "删除那里不再需要的镜像，或采用较新的文档，配额为 {newer}（--rules current，或在配置里写 rules = \"current\"）",
            "删除那里不再需要的镜像，或申请提高配额",
        ];
    CopyEncrypted:
        ["{name} 是加密镜像，加密镜像不能离开所在地域。", "加密镜像不能离开所在地域。"]
        ["加密镜像不能离开所在地域"]
        ["用同样的系统制作一个未加密的镜像再复制"];
    CopyWholeMachine:
        ["{name} 是连同数据盘的整机镜像，整机镜像不能复制。", "连同数据盘的整机镜像不能复制。"]
        ["整机镜像不能复制"]
        ["只用系统盘制作一个镜像再复制"];
    CopyStorage:
        [
            "复制免费，但副本的快照要计费：每个地域 {size_gib} GiB，{regions} 个地域共 {total_gib} GiB。",
            "复制免费，但副本的快照要计费：每个地域 {size_gib} GiB。",
            "复制免费，但副本的快照要计费。",
        ]
        [
            "快照计费：{regions} 个地域共 {total_gib} GiB",
            "快照计费：每个地域 {size_gib} GiB",
            "副本的快照要计费",
        ]
        [];
    UnshareNone:
        [
            "{?received}{name} 是其他账号的镜像，共享由所有者管理。",
            "{?public}{name} 是公共镜像，没有可取消的共享。",
            "{name} 没有共享给 {accounts}，无需取消。",
            "{name} 没有共享给任何账号，无需取消。",
            "没有您可以取消的共享。",
        ]
        ["{?received}共享由所有者管理", "没有共享给 {accounts}", "没有共享，无需取消"]
        ["无需操作"];
    UnshareNotNormal:
        [
            "{name} 处于 {state}，进度 {percent}%，变为 NORMAL 后才能取消共享。",
            "{name} 处于 {state}，只有 NORMAL 时才能取消共享。",
            "镜像只有处于 NORMAL 时才能取消共享。",
        ]
        ["处于 {state}，进度 {percent}%", "处于 {state}，不是 NORMAL", "状态不是 NORMAL"]
        ["{?wait}等它变为 NORMAL", "无需操作"];
    UnshareLivesOn:
        [
            "对方已用 {name} 创建的实例会继续运行，由此再制作的镜像也仍归对方；只是不能再看到或使用这个镜像。",
            "对方已创建的实例会继续运行，由此再制作的镜像也仍归对方；只是不能再看到或使用这个镜像。",
        ]
        ["对方已创建的实例和镜像会保留"]
        [];
    UnshareForeign:
        [
            "对 {accounts} 的共享不是在这里做的，是别人从 {since} 起共享的。",
            "对 {accounts} 的共享不是在这里做的，是别人共享的。",
            "这个共享不是在这里做的，是别人共享的。",
        ]
        ["对 {accounts} 的共享是别人做的", "这个共享是别人做的"]
        [];
    DeleteShared:
        ["{name} 还共享给 {shared} 个账号，请先取消全部共享。", "镜像还在共享中，请先取消全部共享。"]
        ["还共享给 {shared} 个账号，请先全部取消", "还在共享中，请先全部取消"]
        ["取消全部共享，再删除"];
    DeleteReceived:
        [
            "{name} 属于 {owner_name}，只有所有者才能删除。",
            "{name} 属于其他账号，只有所有者才能删除。",
            "只有镜像的所有者才能删除它。",
        ]
        ["只有所有者 {owner_name} 才能删除", "只有所有者才能删除"]
        ["在这里隐藏它，或请所有者取消共享；可复制一段请求文字"];
    DeletePublic:
        ["{name} 是公共镜像，不能删除。", "公共镜像不能删除。"]
        ["公共镜像不能删除"]
        ["无需操作"];
    DeleteBusy:
        [
            "{name} 处于 {state}，进度 {percent}%，完成后才能删除。",
            "{name} 处于 {state}，完成后才能删除。",
            "镜像正忙，完成后才能删除。",
        ]
        ["处于 {state}，进度 {percent}%", "处于 {state}", "镜像正忙"]
        ["等它完成"];
    DeleteJob:
        ["{name} 正被任务 {job} 使用。", "镜像正被任务使用。"]
        ["正被任务 {job} 使用", "正被任务使用"]
        ["打开该任务，等它完成或停下它"];
    DeleteInstances:
        ["有 {instances} 个实例由 {name} 创建，删除后照常运行。", "由它创建的实例照常运行。"]
        ["{instances} 个由它创建的实例照常运行", "由它创建的实例照常运行"]
        [];
    DeleteSnapshots:
        [
            "{?deleted}同时删除 {snapshots} 个快照，共 {total_gib} GiB。",
            "{?kept}{snapshots} 个快照（共 {total_gib} GiB）会保留并继续计费，除非一并删除。",
            "快照会保留并继续计费，除非一并删除。",
        ]
        [
            "{?deleted}同时删除 {snapshots} 个快照，共 {total_gib} GiB",
            "{?kept}保留 {snapshots} 个快照，共 {total_gib} GiB",
            "快照会保留，除非一并删除",
        ]
        [];
    DeleteTypeName:
        ["删除后无法恢复。输入镜像名称 {name} 以继续。", "删除后无法恢复。输入镜像名称以继续。"]
        ["需要输入镜像名称"]
        [];
    RenameReceived:
        [
            "{name} 的名称和描述由所有者 {owner_name} 决定。",
            "{name} 的名称和描述由所有者决定。",
            "名称和描述由所有者决定。",
        ]
        ["名称和描述由所有者决定"]
        ["可在这里另记一条自己的备注"];
    RenameShared:
        [
            "{name} 已共享给 {shared} 个账号。有一处官方文档称共享中的镜像不能修改；以云端为准。",
            "有一处官方文档称共享中的镜像不能修改；以云端为准。",
        ]
        ["共享中，云端可能拒绝"]
        [];
    RenamePublic:
        ["{name} 是公共镜像，名称和描述不能修改。", "公共镜像的名称和描述不能修改。"]
        ["公共镜像的名称和描述不能修改"]
        ["无需操作"];
    RenameNameTaken:
        ["{region} 已有另一个名为 {name} 的自定义镜像（{image}）。", "已有另一个同名的自定义镜像。"]
        ["{image} 已用这个名称", "名称已被占用"]
        ["换个名称，例如 {suggestion}", "换个名称"];
    RenameNameLength:
        ["{?empty}名称为空，需要 1 到 {limit} 个字符。", "名称有 {length} 个字符，最多 {limit} 个。", "名称太长。"]
        ["{?empty}名称为空", "名称有 {length} 个字符，最多 {limit} 个", "名称太长"]
        ["换个合适的名称"];
    RenameDescriptionLength:
        ["描述有 {length} 个字符，最多 {limit} 个。", "描述太长。"]
        ["描述有 {length} 个字符，最多 {limit} 个", "描述太长"]
        ["缩短描述"];
    LaunchOtherRegion:
        [
            "{name} 在 {from}，而您选的是 {region}；镜像只能在所在地域创建实例。",
            "镜像只能在所在地域创建实例。",
        ]
        ["{?own}镜像在 {from}，您选的是 {region}，请先复制过去", "镜像在 {from}，您选的是 {region}", "镜像不在这个地域"]
        [
            "复制到 {to}，再用副本创建实例",
            "改用那里的镜像 {suggestion}",
            "{?outside}请所有者复制过去并共享副本，或选择镜像所在地域",
            "选择镜像所在地域",
        ];
    LaunchNotNormal:
        [
            "{name} 处于 {state}，进度 {percent}%，变为 NORMAL 后才能创建实例。",
            "{name} 处于 {state}，只有 NORMAL 时才能创建实例。",
            "镜像只有处于 NORMAL 时才能创建实例。",
        ]
        ["处于 {state}，进度 {percent}%", "处于 {state}，不是 NORMAL", "状态不是 NORMAL"]
        ["{?wait}等它变为 NORMAL", "删除后重新制作"];
    LaunchUntrusted:
        [
            "{owner_name} 不在您信任的账号之列，{name} 未经任何人检查。请只使用可信账号的镜像。",
            "{name} 的所有者未知，未经任何人检查。请只使用可信账号的镜像。",
            "这个镜像未经任何人检查。请只使用可信账号的镜像。",
        ]
        ["{owner_name} 未受信任，镜像未经检查", "所有者未知，镜像未经检查"]
        ["确认可信后，先信任该账号再创建实例"];
    LaunchZone:
        [
            "{?sold_out}{zone} 已售罄。{region} 在售的可用区：{zones}。",
            "{zone} 不在 {region} 在售的可用区之列：{zones}。",
            "{region} 在 {zone} 没有在售的实例。",
            "这个可用区没有在售的实例。",
        ]
        ["{?sold_out}{zone} 已售罄", "{region} 在 {zone} 没有在售的实例", "这个可用区没有在售的实例"]
        ["换个可用区，例如 {suggestion}", "换个可用区"];
    LaunchType:
        [
            "{?sold_out}{type} 在 {place} 已售罄，在 {elsewhere} 仍有售。{place} 在售：{types}。",
            "{?sold_out}{type} 在 {place} 已售罄。在售：{types}。",
            "{type} 不在 {place} 出售，在 {elsewhere} 有售。{place} 在售：{types}。",
            "{type} 不在 {place} 出售。在售：{types}。",
            "{type} 不在 {place} 出售。",
            "那里不出售这种机型。",
        ]
        ["{?sold_out}{type} 在 {place} 已售罄", "{type} 不在 {place} 出售", "那里不出售这种机型"]
        ["换个机型，例如 {suggestion}", "换个机型"];
    LaunchOwnShared:
        [
            "{name} 已共享给 {shared} 个账号，不影响您自己使用，也不影响再制作镜像。",
            "共享镜像不影响您自己使用，也不影响再制作镜像。",
        ]
        ["共享不影响您自己使用"]
        [];
    LaunchDeprecated:
        [
            "{name} 已标记为弃用，同一镜像族中最新的是 {newest}。",
            "{name} 已标记为弃用。",
            "镜像已标记为弃用。",
        ]
        ["已弃用，最新的是 {newest}", "已标记为弃用"]
        [];
    ReinstallOtherRegion:
        [
            "{name} 在 {from}，而 {instance} 在 {region}；重装只能用实例所在地域的镜像。",
            "重装只能用实例所在地域的镜像。",
        ]
        ["镜像在 {from}，实例在 {region}", "镜像与实例不在同一地域"]
        ["改用那里的镜像 {suggestion}", "选择实例所在地域的镜像"];
    ReinstallNotNormal:
        [
            "{name} 处于 {state}，进度 {percent}%，变为 NORMAL 后才能使用。",
            "{name} 处于 {state}，只有 NORMAL 时才能使用。",
            "镜像只有处于 NORMAL 时才能使用。",
        ]
        ["处于 {state}，进度 {percent}%", "处于 {state}，不是 NORMAL", "状态不是 NORMAL"]
        ["{?wait}等它变为 NORMAL", "另选镜像"];
    ReinstallUntrusted:
        [
            "{owner_name} 不在您信任的账号之列，{name} 未经任何人检查。请只使用可信账号的镜像。",
            "{name} 的所有者未知，未经任何人检查。请只使用可信账号的镜像。",
            "这个镜像未经任何人检查。请只使用可信账号的镜像。",
        ]
        ["{owner_name} 未受信任，镜像未经检查", "所有者未知，镜像未经检查"]
        ["确认可信后，先信任该账号再重装"];
    ReinstallState:
        [
            "{instance} 正在执行 {operation}，完成后才能重装。",
            "{instance} 处于 {state}，只有 RUNNING 或 STOPPED 时才能重装。",
            "实例只有处于 RUNNING 或 STOPPED 时才能重装。",
        ]
        ["实例正在执行 {operation}", "实例处于 {state}", "实例正忙"]
        ["等它空闲：运行中或已关机"];
    ReinstallWipes:
        [
            "{instance}（{name}）的系统盘（{disk_gib} GiB）会被清空。输入实例 ID 以继续。",
            "实例的系统盘会被清空。输入实例 ID 以继续。",
        ]
        ["会清空 {instance} 的系统盘", "会清空系统盘"]
        [];
    CaptureQuota:
        [
            "{region} 已有 {own} 个自定义镜像，配额 {quota} 个，放不下了。那里最早且未共享的：{oldest}。",
            "{region} 已有 {own} 个自定义镜像，配额 {quota} 个，放不下了。",
            "该地域的自定义镜像配额已满。",
        ]
        ["{region} 配额已满：{own}/{quota}", "该地域配额已满"]
        [
            "删除那里不再需要的镜像，或采用较新的文档，配额为 {newer}（--rules current，或在配置里写 rules = \"current\"）",
            "删除那里不再需要的镜像，或申请提高配额",
        ];
    CaptureNameTaken:
        ["{region} 已有名为 {name} 的自定义镜像（{image}）。", "已有同名的自定义镜像。"]
        ["{image} 已用这个名称", "名称已被占用"]
        ["换个名称，例如 {suggestion}", "换个名称"];
    CaptureNameLength:
        ["{?empty}名称为空，需要 1 到 {limit} 个字符。", "名称有 {length} 个字符，最多 {limit} 个。", "名称太长。"]
        ["{?empty}名称为空", "名称有 {length} 个字符，最多 {limit} 个", "名称太长"]
        ["换个合适的名称"];
    CaptureState:
        [
            "{instance} 正在执行 {operation}，完成后才能制作镜像。",
            "{instance} 处于 {state}，只有 RUNNING 或 STOPPED 时才能制作镜像。",
            "实例只有处于 RUNNING 或 STOPPED 时才能制作镜像。",
        ]
        ["实例正在执行 {operation}", "实例处于 {state}", "实例正忙"]
        ["等它空闲：运行中或已关机"];
    CaptureReceivedContent:
        [
            "{instance} 用的是 {owner_name} 的镜像 {name}：新镜像会带上其中的内容，并由您自行决定是否共享。",
            "{instance} 用的是其他账号的镜像 {name}：新镜像会带上其中的内容，并由您自行决定是否共享。",
            "实例用的是其他账号的镜像，新镜像会带上其中的内容。",
        ]
        ["会带上 {owner_name} 的内容", "会带上其他账号的内容"]
        [];
    ModeReadOnly:
        ["当前配置为只读，不会发送任何改动云上资源的请求。"]
        ["只读模式"]
        ["关闭只读，或换用其他配置"];
    SessionNone:
        ["没有可用的凭证。"]
        ["没有凭证"]
        ["登录，或换用其他配置"];
    SessionExpired:
        ["凭证已失效：过期或已被撤销。"]
        ["凭证已失效"]
        ["重新登录，或换用其他配置"];
    NetOffline:
        ["上一次未能连上云端。"]
        ["连不上云端"]
        ["检查网络；程序会再试"];
    RegionUnknown:
        ["没有 {region} 这个地域。", "没有这个地域。"]
        ["没有 {region} 这个地域", "没有这个地域"]
        ["是否想填 {suggestion}？", "从列表中选择地域"];
    JobBusy:
        ["镜像正被任务 {job} 使用。", "镜像正被另一任务使用。"]
        ["正被任务 {job} 使用", "正被另一任务使用"]
        ["等该任务完成，或打开它"];
    QuotaReceived:
        [
            "{region} 有 {own} 个自定义镜像，配额 {quota} 个；另有 {received} 个共享来的，不计入配额。",
            "共享来的镜像不计入您的配额，共享出去也不占用所有者的配额。",
        ]
        ["另有 {received} 个共享来的，不计入配额", "共享来的镜像不计入配额"]
        [];
}
