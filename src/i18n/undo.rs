//! What an undo leaves, in words.

use crate::{
    i18n::lang::{Lang, tell},
    model::{ImageId, Region},
};

/// Shares that the job did not make; `names` are the accounts as people call them.
pub fn shares_stay(region: &Region, image: &ImageId, names: &str, lang: Lang) -> String {
    tell!(
        lang,
        "{region}: {image} stays shared with {names}: this job did not make that",
        "{region}：{image} 仍与 {names} 共享：并非由本任务建立"
    )
}

/// A copy that cannot be deleted.
pub fn copy_stays(region: &Region, image: &ImageId, why: &str, lang: Lang) -> String {
    tell!(lang, "{region}: the copy {image} stays: {why}", "{region}：副本 {image} 保留：{why}")
}

/// Snapshots of a copy.
pub fn snapshots_stay(region: &Region, image: &ImageId, count: usize, lang: Lang) -> String {
    if count == 1 {
        return tell!(
            lang,
            "{region}: the snapshot of {image} stays and is billed",
            "{region}：{image} 的快照保留并继续计费"
        );
    }
    tell!(
        lang,
        "{region}: the {count} snapshots of {image} stay and are billed",
        "{region}：{image} 的 {count} 个快照保留并继续计费"
    )
}

/// Instances that run the image.
pub fn instances_stay(region: &Region, image: &ImageId, ids: &str, lang: Lang) -> String {
    tell!(lang, "{region}: {ids} run {image} and go on", "{region}：{ids} 使用 {image}，会继续运行")
}

/// What no list of ours can tell.
pub fn others_instances_stay(lang: Lang) -> &'static str {
    lang.of("instances that receivers made from these images go on", "接收方由这些镜像创建的实例会继续运行")
}
