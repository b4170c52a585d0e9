//! What the doctor looks at: the words of its JSON, which scripts know, as people read them.

use crate::i18n::lang::Lang;

/// A group, a thing that was looked at, or how it stands with it, in a language. What is a name of its own stays.
pub fn looked_at(word: &str, lang: Lang) -> &str {
    if lang == Lang::En {
        return word;
    }
    match word {
        "terminal" => "终端",
        "size" => "大小",
        "colours" => "颜色",
        "characters" => "字符",
        "multiplexer" => "复用器",
        "paths" => "路径",
        "settings" => "设置",
        "config" => "配置文件",
        "keymap" => "按键表",
        "themes" => "主题",
        "log" => "日志",
        "notes" => "备注",
        "view" => "界面",
        "state" => "状态目录",
        "journal" => "任务日志",
        "content" => "内容",
        "network" => "网络",
        "endpoint" => "接入地址",
        "proxy" => "代理",
        "credentials" => "凭证",
        "found" => "来源",
        "account" => "账号",
        "mode" => "文件权限",
        "clock" => "时钟",
        "skew" => "偏差",
        "regions" => "地域",
        "all" => "全部",
        "permissions" => "权限",
        "others" => "其他",
        "ok" => "正常",
        "note" => "注意",
        "wrong" | "WRONG" => "错误",
        _ => word,
    }
}

/// Where keys were found, as `cloud` says it, in a language. Files have names of their own.
pub fn origin(place: &str, lang: Lang) -> String {
    match (lang, place, place.strip_prefix("demo account ")) {
        (Lang::Zh, "the environment", _) => "环境变量".to_owned(),
        (Lang::Zh, _, Some(uin)) => format!("内置云账号 {uin}"),
        _ => place.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_their_own_stay() {
        assert_eq!((looked_at("clock", Lang::En), looked_at("clock", Lang::Zh)), ("clock", "时钟"));
        assert_eq!(looked_at("DescribeImages", Lang::Zh), "DescribeImages");
        assert_eq!(origin("~/.tccli/prod.credential", Lang::Zh), "~/.tccli/prod.credential");
        assert_eq!(origin("demo account 100000000001", Lang::Zh), "内置云账号 100000000001");
    }
}
