//! Chinese.

use super::{Words, en};
use crate::rules::Code;

pub(super) fn words(code: Code) -> Words {
    en::words(code)
}
