//! Longer texts: the risk checklist, and what a person sends to another.

use crate::{
    i18n::lang::Lang,
    model::{Image, ImageId, ImageKind, Region, Uin, plain},
    rules::Action,
};

/// What to look for on an image before sharing it (F10): one line each.
pub fn checklist(lang: Lang) -> Vec<String> {
    let lines: &[&str] = match lang {
        Lang::En => &[
            "Keys and passwords: SSH keys, cloud keys, tokens, certificates, .env files",
            "History: shell history, editor backups, repositories with old commits",
            "Logs and data: /var/log, databases, mail, caches, temporary files",
            "Licences: software that you may not pass on",
        ],
        Lang::Zh => &[
            "密钥与密码：SSH 密钥、云 API 密钥、令牌、证书、.env 文件",
            "历史记录：命令历史、编辑器备份、代码仓库里的旧提交",
            "日志与数据：/var/log、数据库、邮件、缓存、临时文件",
            "许可证：无权转给他人的软件",
        ],
    };
    lines.iter().map(|l| (*l).to_owned()).collect()
}

/// The text to send to the owner of a received image, asking for what only they can do. `action` is what was wanted.
pub fn request_text(action: &Action, image: &Image, lang: Lang) -> String {
    let name = plain(&image.name);
    let (id, region) = (&image.id, &image.region);
    match lang {
        Lang::En => {
            let wish = match action {
                Action::Share { with, .. } | Action::Distribute { with, .. } => {
                    format!("Could you share it with {}?", or(&list(with), "another account", ", "))
                }
                Action::Copy { to, .. } => format!(
                    "Could you copy it to {} and share the copy with us?",
                    or(&list(to), "another region", ", ")
                ),
                Action::Launch { region: Some(to), .. } => {
                    format!(
                        "We would like to launch it in {to}. Could you copy it there and share the copy with us?"
                    )
                }
                Action::Rename { .. } => "Could you change its name or description?".to_owned(),
                Action::Delete { .. } => {
                    "We no longer need it. Could you cancel the share with our account?".to_owned()
                }
                _ => "Could you help us with it?".to_owned(),
            };
            format!("Hello,\nyou share the image {name} ({id}, {region}) with us. {wish}\nThank you.")
        }
        Lang::Zh => {
            let wish = match action {
                Action::Share { with, .. } | Action::Distribute { with, .. } => {
                    format!("能否请您再共享给{}？", or(&list(with), "另一个账号", "、"))
                }
                Action::Copy { to, .. } => {
                    format!("能否请您把它复制到{}，再把副本共享给我们？", or(&list(to), "另一个地域", "、"))
                }
                Action::Launch { region: Some(to), .. } => {
                    format!("我们想在 {to} 用它创建实例，能否请您把它复制到那里，再把副本共享给我们？")
                }
                Action::Rename { .. } => "能否请您修改它的名称或描述？".to_owned(),
                Action::Delete { .. } => "我们不再需要它了，能否请您取消对我们账号的共享？".to_owned(),
                _ => "能否请您协助处理？".to_owned(),
            };
            format!("您好，\n您共享给我们的镜像 {name}（{id}，{region}）：{wish}\n谢谢。")
        }
    }
}

fn list<T: ToString>(all: &[T]) -> Vec<String> {
    all.iter().map(|x| plain(&x.to_string()).into_owned()).collect()
}

fn or(all: &[String], none: &str, comma: &str) -> String {
    if all.is_empty() { none.to_owned() } else { format!(" {} ", all.join(comma)).trim().to_owned() }
}

/// A text for the accounts that have an image in the same regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiverText {
    /// Whom it is for.
    pub accounts: Vec<Uin>,
    /// Where they have it, and as which image.
    pub images: Vec<(Region, ImageId)>,
    /// What to send them.
    pub text: String,
}

/// The texts to send to the receivers of shares: one for each set of regions, so that each is true for everyone whom it
/// addresses. `shared` is who has which image where; accounts and regions keep its order.
pub fn receiver_texts(
    shared: &[(Uin, Region, ImageId)],
    name: &str,
    owner: &Uin,
    lang: Lang,
) -> Vec<ReceiverText> {
    let mut by_account: Vec<(Uin, Vec<(Region, ImageId)>)> = Vec::new();
    for (account, region, image) in shared {
        let place = (region.clone(), image.clone());
        match by_account.iter_mut().find(|(known, _)| known == account) {
            Some((_, places)) => places.push(place),
            None => by_account.push((account.clone(), vec![place])),
        }
    }
    let mut texts: Vec<ReceiverText> = Vec::new();
    for (account, images) in by_account {
        match texts.iter_mut().find(|t| t.images == images) {
            Some(same) => same.accounts.push(account),
            None => {
                let text = receiver_text(&images, name, owner, lang);
                texts.push(ReceiverText { accounts: vec![account], images, text });
            }
        }
    }
    texts
}

/// The text to send to the receiver of a share: where the image is, by region and ID, whose it is, and what to know.
pub fn receiver_text(images: &[(Region, ImageId)], name: &str, owner: &Uin, lang: Lang) -> String {
    let name = plain(name);
    let lines: String = images.iter().map(|(region, id)| format!("  {region}  {id}\n")).collect();
    match lang {
        Lang::En => format!(
            "The image {name} of account {owner} is shared with you:\n{lines}\
             You find it in the console under Images, Shared Images, in exactly these regions. It can be launched there and \
             nowhere else, it does not count to your quota, and it goes away when the share is cancelled; instances made \
             from it stay.\nCheck an image before you trust it, and launch only images of accounts you know."
        ),
        Lang::Zh => format!(
            "账号 {owner} 已将镜像 {name} 共享给您：\n{lines}\
             请在控制台“镜像 - 共享镜像”中查看，只在以上地域可见，也只能在这些地域用来创建实例。它不占用您的镜像配额；\
             对方取消共享后您将看不到它，但已创建的实例不受影响。\n使用前请先检查镜像内容，只使用您信任的账号的镜像。"
        ),
    }
}

/// Of an instance whose image is not to be seen any more (unshare.lives-on, product/213/7148). `was` is the image where it
/// was seen before, and `owner` whose it was, where that is known.
pub fn image_gone(id: &ImageId, was: Option<&Image>, owner: Option<&str>, lang: Lang) -> String {
    let name = was.map_or_else(|| id.to_string(), |i| plain(&i.name).into_owned());
    match (lang, was.map(|i| i.kind), owner.map(plain)) {
        (Lang::En, Some(ImageKind::Received), Some(owner)) => format!(
            "{name}, received from {owner}, is not visible any more: the share may have ended. The instance goes on."
        ),
        (Lang::Zh, Some(ImageKind::Received), Some(owner)) => {
            format!("由 {owner} 共享来的 {name} 已不可见：对方可能已取消共享。实例照常运行。")
        }
        (Lang::En, Some(ImageKind::Own), _) => format!("{name} is deleted. The instance goes on."),
        (Lang::Zh, Some(ImageKind::Own), _) => format!("{name} 已删除。实例照常运行。"),
        (Lang::En, ..) => format!(
            "{name} is not visible any more: the share may have ended, or it was deleted. The instance goes on."
        ),
        (Lang::Zh, ..) => format!("{name} 已不可见：可能共享已取消，或镜像已删除。实例照常运行。"),
    }
}

/// Why a list of images made from an instance may be short.
pub fn made_unrecorded(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "the cloud keeps no record of them; those made from here are listed",
        Lang::Zh => "云上没有这项记录，只列出在这里制作的",
    }
}
