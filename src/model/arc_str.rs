//! Immutable text from the cloud.

use parking_lot::Mutex;
use std::{
    borrow::{Borrow, Cow},
    collections::HashSet,
    fmt,
    ops::Deref,
    sync::Arc,
};

use serde::{Deserialize, Serialize};

/// A text from the cloud, cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArcStr(Arc<str>);

/// The interned texts.
static INTERNED: Mutex<Option<HashSet<Arc<str>>>> = Mutex::new(None);
/// The number of interned texts after which the table is cleared. A larger number means that the texts do not
/// repeat.
const MAX_INTERNED: usize = 4096;

impl ArcStr {
    /// Returns an interned text: equal texts share their memory. Use it for values that repeat often, such as
    /// operating systems.
    pub fn interned(text: &str) -> Self {
        let mut met = INTERNED.lock();
        let met = met.get_or_insert_default();
        if let Some(known) = met.get(text) {
            return Self(known.clone());
        }
        if met.len() >= MAX_INTERNED {
            met.clear();
        }
        let new: Arc<str> = text.into();
        met.insert(new.clone());
        Self(new)
    }

    /// Returns the text as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for ArcStr {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for ArcStr {
    fn borrow(&self) -> &str {
        self
    }
}

impl Default for ArcStr {
    fn default() -> Self {
        Self::interned("")
    }
}

impl From<&str> for ArcStr {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for ArcStr {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for ArcStr {
    fn from(text: &String) -> Self {
        Self(text.as_str().into())
    }
}

impl From<ArcStr> for String {
    fn from(text: ArcStr) -> Self {
        text.as_str().to_owned()
    }
}

impl<'a> From<&'a ArcStr> for Cow<'a, str> {
    fn from(text: &'a ArcStr) -> Self {
        Cow::Borrowed(text)
    }
}

impl PartialEq<str> for ArcStr {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for ArcStr {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for ArcStr {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<ArcStr> for String {
    fn eq(&self, other: &ArcStr) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<ArcStr> for &str {
    fn eq(&self, other: &ArcStr) -> bool {
        *self == other.as_str()
    }
}

impl fmt::Display for ArcStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for ArcStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interns_texts_up_to_a_limit() {
        let (one, other) = (ArcStr::interned("Ubuntu"), ArcStr::interned("Ubuntu"));
        assert!(Arc::ptr_eq(&one.0, &other.0));
        for n in 0..2 * MAX_INTERNED {
            assert_eq!(ArcStr::interned(&format!("text {n}")), format!("text {n}"));
        }
        let kept = INTERNED.lock().as_ref().unwrap().len();
        assert!(kept <= MAX_INTERNED, "{kept}");
    }
}
