//! Sentences of rooms that know no language (cloud, jobs), as Chinese tells them. Each stands here as its
//! room says it, `{}` for what it is filled with; a test fails when a room says it in other words.

use std::borrow::Cow;

use crate::messages::Lang;

const OURS: &[(&str, &str)] = &[
    // credentials
    ("{} is not set; set both variables or neither", "没有设置 {}；请两个变量都设置，或都不设置"),
    (
        "line {} has an unexpected format; run tccli configure",
        "第 {} 行不是官方 CLI 写出的内容；请运行 tccli configure",
    ),
    (
        "secretId or secretKey is missing; run tccli configure",
        "缺少 secretId 或 secretKey；请运行 tccli configure",
    ),
    ("its sign-in has expired; sign in again with the official CLI", "登录已过期；请用官方 CLI 重新登录"),
    (
        "secret_id or secret_key is missing from its [default] section",
        "[default] 一节缺少 secret_id 或 secret_key",
    ),
    ("{} is not a number of seconds such as 7200", "{} 不是秒数，例如 7200"),
    ("it has no keys for the role {}", "角色 {} 没有密钥"),
    ("it answered with no keys for the role {}", "对角色 {} 的应答里没有密钥"),
    ("it refused the keys for the role {}", "它拒绝提供角色 {} 的密钥"),
    (
        "the credentials in {} belong to account {} now, not to {}; start again to work with it",
        "{} 中的凭证现在属于账号 {}，而不是 {}；要使用它请重新启动",
    ),
    ("the credentials from {} hold characters that no key has", "来自 {} 的凭证含有密钥不会有的字符"),
    // files
    ("it is a directory; give a regular file", "它是目录；请给出普通文件"),
    ("it is a FIFO; give a regular file", "它是 FIFO；请给出普通文件"),
    ("it is a device; give a regular file", "它是设备；请给出普通文件"),
    ("it is a socket; give a regular file", "它是套接字；请给出普通文件"),
    (
        "it is a symbolic link, and links are not followed; replace it with a regular file",
        "它是符号链接，此处不跟随符号链接；请换成普通文件",
    ),
    (
        "it has more than {} bytes, the limit for such a file; give a smaller one",
        "它超过 {} 字节，即此类文件的上限；请给出更小的文件",
    ),
    ("it is not UTF-8 text; save it as UTF-8", "它不是 UTF-8 文本；请保存为 UTF-8"),
    (
        "it belongs to user {}, not to user {}; run as that user, or use another state directory (CVMSHARE_STATE_DIR)",
        "它属于用户 {}，而不是用户 {}；请以该用户运行，或换一个状态目录（CVMSHARE_STATE_DIR）",
    ),
    // the way to the cloud
    ("no connection came about in time", "没有在时限内建立连接"),
    ("no answer within {} s", "{} 秒内没有应答"),
    ("the answer broke off", "应答中断"),
    ("the service answered with HTTP {}", "服务以 HTTP {} 应答"),
    ("the cloud has no region {}; is {} meant?", "云端没有地域 {}；您是指 {} 吗？"),
    (
        "the cloud has no region {}; cvmshare list regions --regions all shows those it has",
        "云端没有地域 {}；cvmshare list regions --regions all 会列出已有的地域",
    ),
    // lists that are not whole
    ("{} of {} rows cannot be read; of the first: {}", "{} 行（共 {} 行）无法读取；其中第一行：{}"),
    ("it is no object", "不是对象"),
    ("it is longer than {} KiB", "长度超过 {} KiB"),
    ("a list in it has more than {} entries", "其中有列表超过 {} 项"),
    ("it has no {}", "没有 {}"),
    ("its {} is {}", "{} 为 {}"),
    ("the list did not end in time; it is cut after {} rows", "列表没有在时限内结束；只读取了 {} 行"),
    (
        "the list did not end after {} pages; it is cut after {} rows",
        "列表在 {} 页后仍未结束；只读取了 {} 行",
    ),
    ("the cloud says that there are {} rows and sent {}", "云端称有 {} 行，只发来 {} 行"),
    ("the list repeats itself after {} rows", "列表在 {} 行之后重复"),
    // jobs
    ("accepted, without an image ID", "已接受，但没有给出镜像 ID"),
    ("{} has the name and is not known to be this job's copy", "{} 占用了这个名称，且不能确定是本任务的副本"),
    ("the share is not there any more", "该共享已不存在"),
    ("{} is not there any more", "{} 已不存在"),
    (
        "waiting for {} to appear in the image list; its copy was asked for {}",
        "正在等待 {} 出现在镜像列表中；其复制请求于 {} 发出",
    ),
    ("the share was last seen {} and was gone {}", "最后一次看到该共享是在 {}，{} 时已不存在"),
    ("{} was last seen {} and was gone {}", "最后一次看到 {} 是在 {}，{} 时已不存在"),
    (
        "the cloud named {} as the copy, and its owner, name or size is another; nothing was shared",
        "云端称 {} 是副本，但其所有者、名称或大小不符；没有共享",
    ),
    (
        "no answer came from the cloud for {} h; the job waits to be resumed",
        "云端 {} 小时没有任何应答；任务等待继续",
    ),
    ("it could not be taken back", "未能撤销"),
    ("the cloud could not make {}; delete it, then try again", "云端未能制作 {}；请删除后重试"),
    ("it was accepted, and the share list does not show it", "已接受，但共享列表里没有"),
];

/// A sentence of ours in a language; one that is not among them stays as it is.
pub fn ours(text: &str, lang: Lang) -> Cow<'_, str> {
    // A sentence may stand in another one.
    let inner =
        |en, text| Some(parts(en, text)?.into_iter().map(|hole| ours(hole, lang)).collect::<Vec<_>>());
    let zh = || OURS.iter().find_map(|(en, zh)| Some(fill(zh, &inner(en, text)?)));
    match lang {
        Lang::EN => Cow::Borrowed(text),
        _ => zh().map_or(Cow::Borrowed(text), Cow::Owned),
    }
}

/// Whether a text is a sentence of ours.
pub(crate) fn is_ours(text: &str) -> bool {
    OURS.iter().any(|(en, _)| parts(en, text).is_some())
}

/// What a text has where a template has its holes; nothing where it is no such text.
pub(crate) fn parts<'a>(template: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = template.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let at = if pieces.peek().is_none() { rest.strip_suffix(piece)?.len() } else { rest.find(piece)? };
        found.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    (rest.is_empty() && found.iter().all(|hole| !hole.is_empty())).then_some(found)
}

fn fill(template: &str, holes: &[Cow<'_, str>]) -> String {
    let mut holes = holes.iter();
    let mut pieces = template.split("{}");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + holes.next().map_or("", |hole| hole) + piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_is_filled_with_stays() {
        let text = "the credentials in ~/.tccli/a.credential belong to account 2 now, not to 1; start again to work with it";
        let zh = "~/.tccli/a.credential 中的凭证现在属于账号 2，而不是 1；要使用它请重新启动";
        assert_eq!(ours(text, Lang::ZH), zh);
        assert_eq!(ours(text, Lang::EN), text);
        assert_eq!(ours("no answer within 10 s", Lang::ZH), "10 秒内没有应答");
        assert_eq!(
            ours("1 of 4 rows cannot be read; of the first: its AccountId is \"x\"", Lang::ZH),
            "1 行（共 4 行）无法读取；其中第一行：AccountId 为 \"x\""
        );
        assert_eq!(ours("The cloud's own words", Lang::ZH), "The cloud's own words");
    }

    /// Without its holes, so that it does not matter what they are called there.
    #[test]
    fn each_is_said_somewhere() {
        fn files(dir: &std::path::Path, all: &mut String) {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    files(&path, all);
                } else if !path.ends_with("words/ours.rs") {
                    all.push_str(&std::fs::read_to_string(path).unwrap());
                }
            }
        }
        let mut source = String::new();
        files(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        for (en, zh) in OURS {
            // "for the role" is put behind three sentences by one line.
            let en = en.trim_end_matches(" for the role {}");
            let pieces: Vec<&str> = en.split("{}").filter(|p| !p.trim().is_empty()).collect();
            assert!(pieces.iter().all(|piece| source.contains(piece)), "nobody says {en:?}");
            assert!(!zh.is_empty());
        }
        for (en, zh) in OURS {
            assert_eq!(en.matches("{}").count(), zh.matches("{}").count(), "{en}");
        }
    }
}
