//! Texts of the cloud's, of which many are the same: systems, creators, words for a state.

use parking_lot::Mutex;
use std::{
    borrow::{Borrow, Cow},
    collections::HashSet,
    fmt,
    ops::Deref,
    sync::Arc,
};

use serde::{Deserialize, Serialize};

/// A text as the cloud gave it, cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(Arc<str>);

/// The texts that were met before, so that equal ones are in memory once.
static MET: Mutex<Option<HashSet<Arc<str>>>> = Mutex::new(None);
/// So many different ones are no few words that come again and again; they are met anew then.
const MOST: usize = 4096;

impl Text {
    /// One of a few that come again and again; equal ones share their memory.
    pub fn common(text: &str) -> Self {
        let mut met = MET.lock();
        let met = met.get_or_insert_default();
        if let Some(known) = met.get(text) {
            return Self(known.clone());
        }
        if met.len() >= MOST {
            met.clear();
        }
        let new: Arc<str> = text.into();
        met.insert(new.clone());
        Self(new)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::common("")
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self(text.as_str().into())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl<'a> From<&'a Text> for Cow<'a, str> {
    fn from(text: &'a Text) -> Self {
        Cow::Borrowed(text)
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Text> for String {
    fn eq(&self, other: &Text) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Text> for &str {
    fn eq(&self, other: &Text) -> bool {
        *self == other.as_str()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_texts_are_in_memory_once_and_never_too_many() {
        let (one, other) = (Text::common("Ubuntu"), Text::common("Ubuntu"));
        assert!(Arc::ptr_eq(&one.0, &other.0));
        for n in 0..2 * MOST {
            assert_eq!(Text::common(&format!("text {n}")), format!("text {n}"));
        }
        let kept = MET.lock().as_ref().unwrap().len();
        assert!(kept <= MOST, "{kept}");
    }
}
