//! Inputs for decoders: the files of `tests/corpus/NAME/`, mutated as a broken disk, an editor or an attacker would,
//! and random bytes.
//!
//! `cargo test` tries a few hundred for each decoder. `CVMSHARE_FUZZ_CASES=1000000 cargo test --release corpus_` tries
//! that many. A failure prints its input, which should then be added to the corpus.

use std::path::Path;

use proptest::{
    collection::vec,
    prelude::*,
    sample::Index,
    test_runner::{Config, TestRunner},
};

/// Calls a decoder with every input. It may return anything but must not panic.
pub fn corpus(name: &str, decode: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    let seeds: Vec<Vec<u8>> = files.collect();
    assert!(!seeds.is_empty(), "{name} has a corpus");
    seeds.iter().for_each(|seed| decode(seed));
    let cases = std::env::var("CVMSHARE_FUZZ_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let changes = vec((any::<Index>(), any::<Index>(), change()), 0..6);
    let texts = (any::<Index>(), changes).prop_map(move |(seed, changes)| {
        let mut bytes = seed.get(&seeds).clone();
        for (from, to, change) in changes {
            change.apply(&mut bytes, from, to, &seeds);
        }
        bytes
    });
    let texts = prop_oneof![9 => texts, 1 => vec(any::<u8>(), 0..200)];
    let tried = TestRunner::new(config).run(&texts, |bytes| {
        decode(&bytes);
        Ok(())
    });
    tried.unwrap_or_else(|e| panic!("{name}: {e}"));
}

/// A mutation of the bytes between two positions.
#[derive(Debug, Clone)]
enum Change {
    /// Removes the bytes.
    Cut,
    /// Repeats the bytes this many times.
    Repeat(u8),
    /// Replaces the bytes.
    Put(Vec<u8>),
    /// Flips one bit.
    Flip(u8),
    /// Replaces the bytes with a piece of another file of the corpus.
    Splice(Index),
}

fn change() -> impl Strategy<Value = Change> {
    const TOKENS: [&str; 13] = [
        "\u{1b}[",
        "\u{202e}",
        "\"",
        "\\",
        "[[",
        "]",
        "{",
        "\n",
        "=",
        "\0",
        "18446744073709551616",
        "-1",
        "é",
    ];
    prop_oneof![
        Just(Change::Cut),
        (1u8..40).prop_map(Change::Repeat),
        proptest::sample::select(&TOKENS[..]).prop_map(|t| Change::Put(t.as_bytes().to_vec())),
        vec(any::<u8>(), 0..8).prop_map(Change::Put),
        (0u8..8).prop_map(Change::Flip),
        any::<Index>().prop_map(Change::Splice),
    ]
}

impl Change {
    fn apply(self, bytes: &mut Vec<u8>, from: Index, to: Index, seeds: &[Vec<u8>]) {
        let (a, b) = (from.index(bytes.len() + 1), to.index(bytes.len() + 1));
        let (start, end) = (a.min(b), a.max(b));
        match self {
            Self::Cut => drop(bytes.drain(start..end)),
            Self::Repeat(times) => {
                let piece = bytes[start..end.min(start + 200)].repeat(usize::from(times));
                bytes.splice(end..end, piece);
            }
            Self::Put(new) => drop(bytes.splice(start..end.min(start + 4), new)),
            Self::Flip(bit) => {
                if let Some(byte) = bytes.get_mut(start) {
                    *byte ^= 1 << bit;
                }
            }
            Self::Splice(other) => drop(bytes.splice(start..end, other.get(seeds).iter().copied().take(500))),
        }
    }
}
