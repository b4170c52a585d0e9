//! The header shows when the credentials expire, at next to no cost while the console is idle.

use cvmshare::emulator::{self, Options};

use super::tty::{SMALL, Start};

#[test]
fn the_expiry_of_a_session_wakes_the_console_only_when_its_text_changes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cloud = runtime.block_on(emulator::start(Options::default())).unwrap();
    let mut tty = Start::new(&["--regions", "ap-guangzhou"])
        .size(SMALL)
        .env("CVMSHARE_ENDPOINT", &cloud.endpoint)
        .env("TENCENTCLOUD_SECRET_ID", "demo-id-100000000001")
        .env("TENCENTCLOUD_SECRET_KEY", "demo-key-100000000001")
        .env("TENCENTCLOUD_ASSUME_ROLE_ARN", "qcs::cam::uin/100000000001:roleName/ImageOperator")
        // The text is the same half a minute before and after.
        .env("TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION", "750")
        .go();
    tty.shows("session ends in 12 min").shows("3 of 50").lacks("asking").idle();
}
