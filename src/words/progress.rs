//! How far a job, a copy or a share is: the words of `jobs::report`, which scripts know, as people read them.

use super::Lang;

/// A state's word in a language; one that is not known stays as it is.
pub fn progress(word: &'static str, lang: Lang) -> &'static str {
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
        "deleted" => "已删除",
        _ => word,
    }
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
