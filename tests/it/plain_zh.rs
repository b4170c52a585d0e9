//! The line mode in Chinese: all of its words are translated, except for what users type.

use cvmshare::rules::Code;

use crate::{commands_zh::left_over, plain::Cloud};

/// What users type, names of the scene, and states.
const TYPED: &str = "
    WORDS NAME REGION regions instances more actions share copy unshare rename delete launch reinstall capture wait
    refresh profile quit all stop use leave shared
    DEMO lab Quay Labs Cobalt Logistics Ember Health them SSH API env var log VPC show fly moon nobody
    Web tier November patch set nginx node agent OPERATING SUCCESS CREATING
";

#[test]
fn every_output_word_is_chinese() {
    let cloud = Cloud::start();
    let share = "share img-g6lo8csd\nx\n100000000002\nmoon\nap-shanghai\nyes\nwait\njobs\n";
    let change = "unshare img-g6lo8csd\n100000000009\nunshare img-g6lo8csd\n100000000003\nyes\n\
                  rename img-g6lo8csd\nweb\n-\nyes\ndelete img-g6lo8csd\nx\ndelete img-g6lo8csd\nweb\nyes\n";
    let forms = "reinstall ins-lagsaww0\nnightly\n1\nnothing-like-it\ngolden\n1\nins-lagsaww0\nyes\n\
                 reinstall ins-lagsaww0\nimg-pnk10nxg\nx\n\
                 capture ins-igkslx6t\nbase-ubuntu-24\n\n\nyes\n\
                 launch img-pnk10nxg\nap-moon\nap-tokyo\n\n9\n\nzzz\n1\nweb\nvpc-1\n\nyes\n";
    let rest = "help\nimages golden\nmore\nactions 1\nactions img-s0w16b2t\nfly\nactions\nactions 99\ninstances\nactions 1\n\
                launch 1\nreinstall img-g6lo8csd\nregions guang\nprofile\nprofile nobody\nprofile them\nrefresh\n";
    let text = [share, change, forms, rest].map(|lines| cloud.run_in_locale("zh_CN.UTF-8", lines)).concat();
    // The codes of rules are the same in every language.
    let text = Code::ALL.iter().fold(text, |text, code| text.replace(&format!("（{code}）"), ""));
    let wrong: Vec<&str> = text.lines().filter(|line| !left_over(line, TYPED).is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // All actions completed, so their messages were checked too.
    for done in
        ["CreateImage", "DeleteImages", "ModifyImageAttribute", "ResetInstance", "RunInstances", "SyncImages"]
    {
        assert!(cloud.writes().iter().any(|w| w.starts_with(done)), "{done}: {:?}", cloud.writes());
    }
}

#[test]
fn the_chinese_questions_match_their_snapshot() {
    let cloud = Cloud::start();
    let text = cloud.run_in_locale(
        "zh_CN.UTF-8",
        "share img-g6lo8csd\n100000000002\nap-shanghai\nno\nlaunch img-pnk10nxg\n\n\nS5.MEDIUM4\n\n\nno\ncapture \
         ins-igkslx6t\n\n\nno\ndelete img-g6lo8csd\n\n",
    );
    insta::assert_snapshot!("plain-zh", text);
}
