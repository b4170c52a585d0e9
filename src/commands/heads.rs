//! The heads of tables. Fields of JSON and CSV are for scripts and stay as they are.

use crate::i18n::lang::Lang;

/// A head in a language; one that is a word of the API or of nobody's stays.
pub(crate) fn head(en: &str, lang: Lang) -> &str {
    if lang == Lang::En {
        return en;
    }
    match en {
        "NAME" => "名称",
        "REGION" => "地域",
        "ZONE" => "可用区",
        "STATE" => "状态",
        "SIZE" => "大小",
        "SHARED" => "共享数",
        "OWNER" => "所有者",
        "CREATED" => "创建时间",
        "TYPE" => "实例类型",
        "IMAGE" => "镜像",
        "GROUP" => "分组",
        "OWN IMAGES" => "自有镜像",
        "RECEIVED" => "他人共享",
        "INSTANCES" => "实例",
        "QUOTA" => "配额",
        "FREE" => "剩余",
        "ACCOUNT" => "账号",
        "LABEL" => "名称",
        "SINCE" => "共享时间",
        "MADE HERE" => "由此共享",
        "JOB" => "任务",
        "REGIONS" => "地域数",
        "DRIVEN BY" => "执行进程",
        "AT" => "时间",
        "PROFILE" => "配置",
        "ACTION" => "操作",
        "OUTCOME" => "结果",
        "REQUEST" => "请求",
        "LAST SEEN" => "最后看到",
        "WHAT" => "内容",
        "PATH" => "路径",
        "STEP" => "步骤",
        "CANCELLED" => "已取消",
        "COPY" => "复制",
        "SHARE" => "共享",
        "WHY" => "原因",
        _ => en,
    }
}
