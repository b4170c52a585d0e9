//! Tests of the graph with small made-up crates.

use super::graph::{Graph, Sources};

fn read(files: &[(&str, &str)]) -> Graph {
    let sources: Sources =
        files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    Graph::read("made_up", &sources).unwrap()
}

/// Returns the uses with names, as `from -> to: names | names in tests`.
fn edges(files: &[(&str, &str)]) -> Vec<String> {
    let graph = read(files);
    assert!(graph.unresolved.is_empty(), "{:?}", graph.unresolved);
    let list =
        |names: &std::collections::BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" ");
    graph
        .edges
        .iter()
        .filter(|(_, e)| !e.names.is_empty() || !e.test_names.is_empty())
        .map(|((from, to), e)| format!("{from} -> {to}: {} | {}", list(&e.names), list(&e.test_names)))
        .collect()
}

const LIB: (&str, &str) = ("lib.rs", "mod a; mod b;");
const A: (&str, &str) = ("a.rs", "pub struct Thing; pub fn make() -> Thing { Thing }");

#[test]
fn paths_from_the_crate_root_resolve() {
    assert_eq!(
        edges(&[LIB, A, ("b.rs", "fn f(x: &crate::a::Thing) { crate::a::make(); }")]),
        ["b.rs -> a.rs: Thing make | "]
    );
}

#[test]
fn nested_use_groups_and_self_resolve() {
    assert_eq!(
        edges(&[
            LIB,
            ("a/mod.rs", "pub mod x; pub mod y; pub struct Top;"),
            ("a/x.rs", "pub struct X; pub enum E { V }"),
            ("a/y.rs", "pub fn y() {}"),
            ("b.rs", "use crate::{a::{self, Top, x::{X, E::V}}, b}; fn f() { a::y::y() }"),
        ]),
        ["b.rs -> a/mod.rs: Top | ", "b.rs -> a/x.rs: E X | ", "b.rs -> a/y.rs: y | "]
    );
}

/// An import of a module alone is not a use of an item, but it is recorded.
#[test]
fn an_import_of_a_module_is_recorded() {
    let graph = read(&[LIB, A, ("b.rs", "use crate::a;")]);
    let edge = &graph.edges[&("b.rs".to_owned(), "a.rs".to_owned())];
    assert!(edge.module && edge.names.is_empty());
}

#[test]
fn super_and_sibling_modules_resolve() {
    assert_eq!(
        edges(&[
            ("lib.rs", "mod a;"),
            ("a.rs", "mod x; mod y; pub struct Top; fn f() { x::g(); self::y::h(); }"),
            ("a/x.rs", "use super::{Top, y}; pub fn g() { y::h(); super::super::a::f() }"),
            ("a/y.rs", "mod deep { use super::super::Top; } pub fn h() {}"),
        ]),
        [
            "a.rs -> a/x.rs: g | ",
            "a.rs -> a/y.rs: h | ",
            "a/x.rs -> a.rs: Top f | ",
            "a/x.rs -> a/y.rs: h | ",
            "a/y.rs -> a.rs: Top | "
        ]
    );
}

/// A use counts with the name in the definition, and for the file of the definition.
#[test]
fn renames_and_re_exports_resolve_to_the_definition() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        A,
        ("b.rs", "pub use crate::a::Thing as Other; pub use crate::a as whole;"),
        ("c.rs", "pub use super::b::{Other as Third, whole};"),
        ("d.rs", "use crate::c::Third as _; fn f() { crate::c::whole::make(); }"),
    ];
    assert_eq!(
        edges(&files),
        ["b.rs -> a.rs: Thing | ", "c.rs -> a.rs: Thing | ", "d.rs -> a.rs: Thing make | "]
    );
    // It is also known that `d` names the module `c` in the path.
    assert!(read(&files).edges[&("d.rs".to_owned(), "c.rs".to_owned())].module);
}

#[test]
fn globs_import_the_used_names() {
    assert_eq!(
        edges(&[
            ("lib.rs", "mod a; mod b; mod c;"),
            A,
            ("b.rs", "pub use crate::a::*; pub struct Own; pub struct Idle;"),
            ("c.rs", "use crate::b::*; fn f(x: Thing, y: Own) {}"),
        ]),
        ["c.rs -> a.rs: Thing | ", "c.rs -> b.rs: Own | "]
    );
}

/// Two globs that import each other do not loop forever.
#[test]
fn circular_globs_end() {
    assert_eq!(
        edges(&[
            LIB,
            ("a.rs", "pub use crate::b::*; fn f(x: Thing, y: Nothing) {}"),
            ("b.rs", "pub use crate::a::*; pub struct Thing;"),
        ]),
        ["a.rs -> b.rs: Thing | "]
    );
}

#[test]
fn paths_in_macros_and_attributes_count() {
    assert_eq!(
        edges(&[
            LIB,
            (
                "a.rs",
                "pub const N: u8 = 1; pub fn with() {} make!(Made Also); macro_rules! make { ($n:ident) => { pub struct $n; pub enum Fixed {} } }"
            ),
            (
                "b.rs",
                "struct S { #[serde(default = \"crate::a::with\")] x: u8 }
                 fn f() { println!(\"{}\", [crate::a::N, x.crate_a()]); }
                 fn g(x: crate::a::Made, y: crate::a::Fixed) {}"
            ),
        ]),
        ["b.rs -> a.rs: Fixed Made N with | "]
    );
}

/// A function and a module of the same name are different.
#[test]
fn a_module_and_a_function_of_the_same_name_differ() {
    assert_eq!(
        edges(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "mod go; pub use go::Go; pub fn go() {}"),
            ("a/go.rs", "pub struct Go;"),
            ("b.rs", "use crate::a::Go; fn f() { crate::a::go() }"),
        ]),
        ["a.rs -> a/go.rs: Go | ", "b.rs -> a.rs: go | ", "b.rs -> a/go.rs: Go | "]
    );
}

#[test]
fn uses_in_tests_are_separate() {
    assert_eq!(
        edges(&[
            ("lib.rs", "mod a; mod b; #[cfg(test)] #[path = \"../elsewhere.rs\"] mod elsewhere;"),
            A,
            (
                "b.rs",
                "#[cfg(test)] mod tests { use crate::{a::make, elsewhere::x}; }
                 #[cfg(all(test, unix))] #[path = \"b_more.rs\"] mod more;
                 impl S { #[cfg(test)] fn f(x: crate::a::Thing) {} }
                 #[cfg(not(test))] fn g() { crate::a::make() }"
            ),
            ("b_more.rs", "use crate::a::Thing;"),
        ]),
        ["b.rs -> a.rs: make | Thing make", "b_more.rs -> a.rs:  | Thing"]
    );
}

#[test]
fn the_binary_uses_the_crate_by_name() {
    assert_eq!(
        edges(&[("lib.rs", "pub mod a;"), A, ("main.rs", "fn main() { made_up::a::make(); }")]),
        ["main.rs -> a.rs: make | "]
    );
}

#[test]
fn unresolved_paths_are_reported() {
    let graph = read(&[LIB, A, ("b.rs", "use crate::a::Missing; use std::fmt; fn f() { serde::x() }")]);
    assert_eq!(graph.unresolved.iter().collect::<Vec<_>>(), ["b.rs: crate::a::Missing"]);
}

#[test]
fn circles_and_methods_are_found() {
    let graph = read(&[
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "pub fn a() { crate::b::b(); crate::d::d(); x.write(y); z!(x.erase()); }"),
        ("b.rs", "pub fn b() { crate::c::c() }"),
        ("c.rs", "pub fn c() { crate::a::a() } #[cfg(test)] fn t() { x.read() }"),
        // Only a test uses `a` from here.
        ("d.rs", "pub fn d() {} #[cfg(test)] mod tests { use crate::a::a; }"),
    ]);
    let circles = graph.circles();
    assert_eq!(circles, [["a.rs", "b.rs", "c.rs"].map(str::to_owned).into()]);
    assert_eq!(graph.print(&circles[0]), "  a.rs -> b.rs: b\n  b.rs -> c.rs: c\n  c.rs -> a.rs: a\n");
    assert_eq!(graph.methods["a.rs"], ["erase", "write"].map(str::to_owned).into());
    assert!(graph.methods["c.rs"].is_empty());
}
