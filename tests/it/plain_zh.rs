//! The console line by line in Chinese: every word that it says, but for those that are typed.

use crate::{commands_zh::left_over, plain::Cloud};

/// What is typed, and names of the scene.
const TYPED: &str = "
    WORDS NAME REGION regions instances more actions share copy unshare rename delete launch reinstall capture wait
    refresh profile quit all stop use leave shared
    DEMO lab Quay Labs Cobalt Logistics them SSH API env var log VPC show fly moon nobody
    Web tier November patch set nginx node agent
";

/// Rows and notices are those of the screen, and looked after there.
fn is_ours(line: &&str) -> bool {
    let row = line.split_once(". ").is_some_and(|(n, _)| n.parse::<u32>().is_ok());
    let notice = [
        "read back",
        " is deleted.",
        "from now on.",
        "Asking again.",
        "Job ",
        "ResetInstance",
        "reinstalled",
    ];
    !row && !notice.iter().any(|part| line.contains(part))
}

#[test]
fn every_word_is_chinese_but_what_is_typed() {
    let cloud = Cloud::start();
    let share = "share img-g6lo8csd\nx\n100000000002\nmoon\nap-shanghai\nyes\nwait\njobs\n";
    let change = "unshare img-g6lo8csd\n100000000009\nunshare img-g6lo8csd\n100000000002\nyes\n\
                  rename img-g6lo8csd\n\n-\nyes\ndelete img-g6lo8csd\ngolden-web-7\nno\ndelete img-g6lo8csd\nx\n";
    let forms = "reinstall ins-lagsaww0\nnightly\n1\nnothing-like-it\ngolden\n1\nins-lagsaww0\nno\n\
                 reinstall ins-lagsaww0\nimg-pnk10nxg\nx\n\
                 capture ins-igkslx6t\ngolden-web-7\n\n\nno\n\
                 launch img-pnk10nxg\nap-moon\nap-tokyo\n\n9\n\nzzz\n1\nweb\nvpc-1\n\nno\n";
    let rest = "help\nimages golden\nmore\nactions 1\nactions img-s0w16b2t\nfly\nactions\nactions 99\ninstances\nactions 1\n\
                launch 1\nreinstall img-g6lo8csd\nregions guang\nprofile\nprofile nobody\nprofile them\nrefresh\n";
    let text = [share, change, forms, rest].map(|lines| cloud.told_in("zh_CN.UTF-8", lines)).concat();
    let ours: Vec<&str> = text.lines().filter(is_ours).collect();
    let wrong: Vec<&&str> = ours.iter().filter(|line| !left_over(line, TYPED).is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(cloud.writes().len(), 4, "{:?}", cloud.writes());
}

#[test]
fn the_questions_in_chinese() {
    let cloud = Cloud::start();
    let text = cloud.told_in(
        "zh_CN.UTF-8",
        "share img-g6lo8csd\n100000000002\nap-shanghai\nno\nlaunch img-pnk10nxg\n\n\nS5.MEDIUM4\n\n\nno\ncapture \
         ins-igkslx6t\n\n\nno\ndelete img-g6lo8csd\n\n",
    );
    insta::assert_snapshot!("plain-zh", text);
}
