//! The warning about this machine's clock.

use crate::messages::{Lang, m, tr};

/// The largest offset, in seconds, that needs no warning.
const HARMLESS: i64 = 60;
/// The offset, in seconds, from which calls are about to fail. The service accepts signatures that are at most 300 s
/// off.
const CRITICAL: i64 = 240;

/// Returns the warning about a clock that is `ahead` seconds ahead of the service's clock (negative: behind it).
/// Returns `None` if the offset is harmless.
pub fn clock_warning(ahead: i64, lang: Lang) -> Option<String> {
    let off = ahead.saturating_abs();
    if off <= HARMLESS {
        return None;
    }
    let side = if ahead > 0 { lang.text(m::clock_ahead) } else { lang.text(m::clock_behind) };
    let fix = match off > CRITICAL {
        true => lang.text(m::clock_set_clock_for_example_with),
        false => "",
    };
    Some(tr!(lang, clock_skew, off, side, fix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_before_signatures_fail() {
        let said = |ahead| clock_warning(ahead, Lang::EN);
        assert_eq!((said(0), said(60), said(-60)), (None, None, None));
        let some = |text: &str| Some(text.to_owned());
        let soft = "this machine's clock is 61 s behind the cloud's; signatures fail from 300 s";
        assert_eq!(said(-61), some(soft));
        assert_eq!(
            said(241),
            some(
                "this machine's clock is 241 s ahead of the cloud's; signatures fail from 300 s; \
                 set the clock, for example with timedatectl set-ntp true"
            )
        );
        let zh = clock_warning(-400, Lang::ZH).unwrap();
        let kept = [Lang::ZH.text(m::clock_behind), "400", "300", "timedatectl set-ntp true"];
        assert!(kept.iter().all(|part| zh.contains(part)), "{zh}");
        assert!(said(i64::MIN).is_some());
    }
}
