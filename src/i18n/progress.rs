//! How far a job, a copy or a share is: the words of `jobs::report`, which scripts know, as people read them.

use crate::{i18n::lang::Lang, rules::Action};

/// A state's word in a language; one that is not known stays as it is.
pub fn progress(word: &str, lang: Lang) -> &str {
    if lang == Lang::En {
        return word;
    }
    match word {
        "planned" => "待执行",
        "running" => "进行中",
        "done" => "完成",
        "partial" => "部分完成",
        "failed" => "失败",
        "copying" => "复制中",
        "waiting" => "等待中",
        "ready" => "就绪",
        "skipped" => "跳过",
        "sharing" => "共享中",
        "shared" => "已共享",
        "verified" => "已验证",
        "there" => "已在",
        "copied" => "已复制",
        "blocked" => "不可以",
        "unknown" => "未知",
        "unfinished" => "未完成",
        "cancelled" => "已取消",
        "undone" => "已撤销",
        "deleted" => "已删除",
        "still shared" => "仍在共享",
        "mainland" => "境内",
        "overseas" => "境外",
        "finance" => "金融",
        "add" => "新增",
        "extra" => "多余",
        "extra, made elsewhere" => "多余，并非由此共享",
        "image" => "镜像",
        "copy" => "副本",
        "share" => "共享",
        _ => word,
    }
}

/// An action's word, as commands spell it, in a language.
pub fn action(action: &Action, lang: Lang) -> &'static str {
    let zh = match action {
        Action::Share { .. } | Action::Distribute { .. } => "共享",
        Action::Copy { .. } => "复制",
        Action::Unshare { .. } => "取消共享",
        Action::Delete { .. } => "删除",
        Action::Rename { .. } => "重命名",
        Action::Launch { .. } => "创建实例",
        Action::Reinstall { .. } => "重装系统",
        Action::Capture { .. } => "制作镜像",
    };
    lang.of(action.as_str(), zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_scripts_read_stays_and_what_people_read_is_chinese() {
        assert_eq!(progress("verified", Lang::En), "verified");
        assert_eq!((progress("verified", Lang::Zh), progress("xyz", Lang::Zh)), ("已验证", "xyz"));
    }
}
