//! Reads from the parsed sources which file of a crate uses which names of which other file.
//!
//! A use is a path that resolves: through `use` trees, renames, globs, `self`, `super` and `crate`, and through
//! re-exports to the file that defines the item. Paths in macro calls and serde attributes count. Method calls and
//! fields do not, since their types are not named.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, ImplItem, Item, ItemUse, LitStr, Macro, Path, UseTree, VisRestricted,
    visit::{self, Visit},
};

/// The sources of a crate: path below `src`, and text.
pub type Sources = BTreeMap<String, String>;

/// What one file uses of another.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The items, by their names in the definition.
    pub names: BTreeSet<String>,
    /// The items that code under `cfg(test)` uses.
    pub test_names: BTreeSet<String>,
    /// Whether the module itself is named, by an import or in a path to an item.
    pub module: bool,
}

/// The files of a crate and the uses between them.
#[derive(Debug, Default)]
pub struct Graph {
    /// The uses, by user and used file.
    pub edges: BTreeMap<(String, String), Edge>,
    /// The methods that each file calls outside `cfg(test)`, by name.
    pub methods: BTreeMap<String, BTreeSet<String>>,
    /// Paths from `crate`, `self` or `super` that do not resolve. Each one is a use that the reader misses.
    pub unresolved: BTreeSet<String>,
}

impl Graph {
    /// Reads a crate with the root `lib.rs`. `main.rs` refers to it by the crate's name.
    pub fn read(crate_name: &str, sources: &Sources) -> Result<Self, String> {
        let mut modules = Modules { all: Vec::new(), crate_name, main: None };
        modules.load(sources, "lib.rs", None, false)?;
        if sources.contains_key("main.rs") {
            modules.main = Some(modules.all.len());
            modules.load(sources, "main.rs", None, false)?;
        }
        Ok(modules.graph())
    }

    /// Returns the files that each file uses outside `cfg(test)`. Imports of a module as such do not count.
    fn production(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut out: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for ((from, to), edge) in &self.edges {
            if !edge.names.is_empty() {
                out.entry(from).or_default().insert(to);
            }
        }
        out
    }

    /// Returns the groups of two or more files that use each other in a circle.
    pub fn circles(&self) -> Vec<BTreeSet<String>> {
        let next = self.production();
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            next.keys().map(|file| (*file, reachable(&next, file))).collect();
        let mut done: BTreeSet<&str> = BTreeSet::new();
        let mut out = Vec::new();
        for (file, ahead) in &reached {
            if !ahead.contains(file) || done.contains(file) {
                continue;
            }
            let circle: BTreeSet<&str> = ahead
                .iter()
                .filter(|other| reached.get(*other).is_some_and(|a| a.contains(file)))
                .copied()
                .collect();
            done.extend(&circle);
            out.push(circle.into_iter().map(str::to_owned).collect());
        }
        out
    }

    /// Lists the uses within a group, one per line: `a.rs -> b.rs: Name, other`.
    pub fn print(&self, files: &BTreeSet<String>) -> String {
        self.edges
            .iter()
            .filter(|((from, to), e)| files.contains(from) && files.contains(to) && !e.names.is_empty())
            .map(|((from, to), e)| {
                format!("  {from} -> {to}: {}\n", e.names.iter().cloned().collect::<Vec<_>>().join(", "))
            })
            .collect()
    }
}

/// Returns the files that can be reached in one or more steps.
fn reachable<'a>(next: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut todo: Vec<&str> = next.get(from).into_iter().flatten().copied().collect();
    while let Some(file) = todo.pop() {
        if seen.insert(file) {
            todo.extend(next.get(file).into_iter().flatten());
        }
    }
    seen
}

/// A name that a `use` imports; `None` for a glob.
struct Import {
    name: Option<String>,
    path: Vec<String>,
}

struct Used {
    path: Vec<String>,
    test: bool,
}

#[derive(Default)]
struct Module {
    file: String,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    items: BTreeSet<String>,
    /// Names that macros may define here. Macros are not expanded.
    perhaps: BTreeSet<String>,
    imports: Vec<Import>,
    used: Vec<Used>,
    methods: BTreeSet<String>,
    /// Whether the file is not among the sources, so that its content is unknown.
    elsewhere: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Module(usize),
    Item(usize, String),
}

struct Modules<'a> {
    all: Vec<Module>,
    crate_name: &'a str,
    main: Option<usize>,
}

impl Modules<'_> {
    fn load(
        &mut self,
        sources: &Sources,
        file: &str,
        parent: Option<usize>,
        test: bool,
    ) -> Result<usize, String> {
        let id = self.all.len();
        self.all.push(Module { file: file.to_owned(), parent, ..Module::default() });
        let Some(text) = sources.get(file) else {
            self.all[id].elsewhere = true;
            return Ok(id);
        };
        let parsed = syn::parse_file(text).map_err(|e| format!("{file}: {e}"))?;
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let folder = match name {
            "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
            other => join(folder, other.trim_end_matches(".rs")),
        };
        self.items(sources, id, &folder, &parsed.items, test)?;
        Ok(id)
    }

    /// Reads the items of a module. The files of its children are in `folder`.
    fn items(
        &mut self,
        sources: &Sources,
        id: usize,
        folder: &str,
        items: &[Item],
        test: bool,
    ) -> Result<(), String> {
        for item in items {
            if let Some(name) = item_name(item) {
                self.all[id].items.insert(name);
            }
            if let Item::Macro(called) = item {
                perhaps_defined(&called.mac.tokens, called.ident.is_some(), &mut self.all[id].perhaps);
            }
            let Item::Mod(module) = item else {
                let mut reader = Reader { module: &mut self.all[id], test };
                reader.visit_item(item);
                continue;
            };
            let (name, test) = (plain(&module.ident), test || only_for_tests(&module.attrs));
            let child = if let Some((_, inner)) = &module.content {
                let child = self.all.len();
                let file = self.all[id].file.clone();
                self.all.push(Module { file, parent: Some(id), ..Module::default() });
                self.items(sources, child, &join(folder, &name), inner, test)?;
                child
            } else {
                let file = match path_attribute(&module.attrs) {
                    Some(path) => {
                        join(self.all[id].file.rsplit_once('/').map_or("", |(folder, _)| folder), &path)
                    }
                    None => {
                        let flat = format!("{}.rs", join(folder, &name));
                        let nested = format!("{}/mod.rs", join(folder, &name));
                        if sources.contains_key(&nested) { nested } else { flat }
                    }
                };
                self.load(sources, &file, Some(id), test)?
            };
            self.all[id].children.insert(name, child);
        }
        Ok(())
    }

    fn graph(&self) -> Graph {
        let mut graph = Graph::default();
        for (id, module) in self.all.iter().enumerate().filter(|(_, m)| !m.elsewhere) {
            graph.methods.entry(module.file.clone()).or_default().extend(module.methods.iter().cloned());
            for used in &module.used {
                let found = self.path(id, &used.path, &mut Vec::new());
                let ours = matches!(used.path[0].as_str(), "crate" | "self" | "super");
                if found.is_empty() && ours {
                    graph.unresolved.insert(format!("{}: {}", module.file, used.path.join("::")));
                }
                let through =
                    (1..used.path.len()).flat_map(|n| self.path(id, &used.path[..n], &mut Vec::new()));
                for target in through.filter(|t| matches!(t, Target::Module(_))).chain(found) {
                    let (to, name) = match target {
                        Target::Module(to) => (to, None),
                        Target::Item(to, name) => (to, Some(name)),
                    };
                    let to = &self.all[to];
                    if to.file == module.file || to.elsewhere {
                        continue;
                    }
                    let edge = graph.edges.entry((module.file.clone(), to.file.clone())).or_default();
                    match name {
                        None => edge.module = true,
                        Some(name) if used.test => _ = edge.test_names.insert(name),
                        Some(name) => _ = edge.names.insert(name),
                    }
                }
            }
        }
        graph
    }

    /// Resolves a path in a module, to one target in each of the namespaces of types, values and macros.
    fn path(&self, from: usize, path: &[String], asked: &mut Vec<(usize, String)>) -> Vec<Target> {
        let Some((first, mut rest)) = path.split_first() else { return Vec::new() };
        let mut found = match first.as_str() {
            "crate" => vec![Target::Module(self.root(from))],
            "self" => vec![Target::Module(from)],
            "super" => self.all[from].parent.map(Target::Module).into_iter().collect(),
            name => self.name(from, name, asked),
        };
        if found.is_empty() && self.main == Some(self.root(from)) && first == self.crate_name {
            found.push(Target::Module(0));
        }
        while let Some((next, after)) = rest.split_first() {
            // If a module has the same name as a function or a macro, only the module continues the path.
            if found.iter().any(|t| matches!(t, Target::Module(_))) {
                found.retain(|t| matches!(t, Target::Module(_)));
            }
            found = found
                .into_iter()
                .flat_map(|target| match target {
                    Target::Module(id) if next == "self" => vec![Target::Module(id)],
                    Target::Module(id) if next == "super" => {
                        self.all[id].parent.map(Target::Module).into_iter().collect()
                    }
                    Target::Module(id) if self.all[id].elsewhere => vec![Target::Module(id)],
                    Target::Module(id) => self.name(id, next, asked),
                    // A variant or an associated item.
                    item @ Target::Item(..) => vec![item],
                })
                .collect();
            rest = after;
        }
        found.sort();
        found.dedup();
        found
    }

    /// Resolves a name in a module: an own item or child, an import, or an item of a glob import.
    fn name(&self, id: usize, name: &str, asked: &mut Vec<(usize, String)>) -> Vec<Target> {
        let question = (id, name.to_owned());
        if asked.contains(&question) {
            return Vec::new();
        }
        asked.push(question);
        let module = &self.all[id];
        let mut found = Vec::new();
        if module.items.contains(name) {
            found.push(Target::Item(id, name.to_owned()));
        }
        found.extend(module.children.get(name).copied().map(Target::Module));
        for import in module.imports.iter().filter(|i| i.name.as_deref() == Some(name)) {
            found.extend(self.path(id, &import.path, asked));
        }
        if found.is_empty() && module.perhaps.contains(name) {
            found.push(Target::Item(id, name.to_owned()));
        }
        if found.is_empty() {
            for glob in module.imports.iter().filter(|i| i.name.is_none()) {
                for target in self.path(id, &glob.path, asked) {
                    if let Target::Module(of) = target {
                        found.extend(self.name(of, name, asked));
                    }
                }
            }
        }
        asked.pop();
        found
    }

    fn root(&self, mut id: usize) -> usize {
        while let Some(parent) = self.all[id].parent {
            id = parent;
        }
        id
    }
}

/// Collects the names that one module's code uses.
struct Reader<'a> {
    module: &'a mut Module,
    test: bool,
}

impl Reader<'_> {
    fn uses(&mut self, path: Vec<String>) {
        self.module.used.push(Used { path, test: self.test });
    }

    fn within(&mut self, attrs: &[Attribute], visit: impl FnOnce(&mut Self)) {
        let outer = self.test;
        self.test |= only_for_tests(attrs);
        visit(self);
        self.test = outer;
    }

    fn tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |ident: &syn::Ident| [before, &[plain(ident)]].concat();
        let (name, path) = match tree {
            UseTree::Path(path) => return self.tree(&with(&path.ident), &path.tree),
            UseTree::Group(group) => return group.items.iter().for_each(|tree| self.tree(before, tree)),
            UseTree::Glob(_) => (None, before.to_vec()),
            UseTree::Name(name) if name.ident == "self" => (before.last().cloned(), before.to_vec()),
            UseTree::Name(name) => (Some(plain(&name.ident)), with(&name.ident)),
            UseTree::Rename(rename) if rename.ident == "self" => {
                (Some(plain(&rename.rename)), before.to_vec())
            }
            UseTree::Rename(rename) => (Some(plain(&rename.rename)), with(&rename.ident)),
        };
        if path.is_empty() {
            return;
        }
        self.uses(path.clone());
        self.module.imports.push(Import { name, path });
    }

    /// Collects the paths and method calls in the tokens of a macro call.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == c);
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.tokens(group.stream()),
                // A field or a method. After two dots the token is the end of a range.
                TokenTree::Ident(ident) if at > 0 && is(at - 1, '.') && !(at > 1 && is(at - 2, '.')) => {
                    let called = matches!(tokens.get(at + 1), Some(TokenTree::Group(_)));
                    if called && !self.test {
                        self.module.methods.insert(plain(ident));
                    }
                }
                TokenTree::Ident(ident) => {
                    let mut path = vec![plain(ident)];
                    while is(at + 1, ':') && is(at + 2, ':') {
                        let Some(TokenTree::Ident(next)) = tokens.get(at + 3) else { break };
                        path.push(plain(next));
                        at += 3;
                    }
                    // A lone `self` is a value.
                    if path.len() > 1 || path[0] != "self" {
                        self.uses(path);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        self.within(item_attrs(item), |reader| visit::visit_item(reader, item));
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attrs: &[Attribute] = match item {
            ImplItem::Fn(f) => &f.attrs,
            ImplItem::Const(c) => &c.attrs,
            _ => &[],
        };
        self.within(attrs, |reader| visit::visit_impl_item(reader, item));
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if item.leading_colon.is_none() {
            self.tree(&[], &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let names: Vec<String> = path.segments.iter().map(|s| plain(&s.ident)).collect();
        if path.leading_colon.is_none() && names != ["self"] {
            self.uses(names);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if !self.test {
            self.module.methods.insert(plain(&call.method));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        self.visit_path(&called.path);
        self.tokens(called.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let syn::Meta::List(list) = &attribute.meta else { return };
        if attribute.path().is_ident("cfg") {
            return;
        }
        self.tokens(list.tokens.clone());
        // serde attributes name functions and types in strings.
        if attribute.path().is_ident("serde") {
            for token in list.tokens.clone() {
                if let TokenTree::Literal(literal) = token
                    && let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string())
                    && let Ok(path) = text.parse::<Path>()
                {
                    self.visit_path(&path);
                }
            }
        }
    }

    /// `pub(in path)` uses nothing.
    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}
}

fn plain(ident: &proc_macro2::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Returns the names that a macro may define: all in a call, and those after a keyword such as `struct` in a
/// definition.
fn perhaps_defined(tokens: &TokenStream, definition: bool, out: &mut BTreeSet<String>) {
    const KEYWORDS: &[&str] = &["struct", "enum", "fn", "const", "static", "type", "trait", "mod"];
    let mut defines = !definition;
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => perhaps_defined(&group.stream(), definition, out),
            TokenTree::Ident(ident) => {
                if defines {
                    out.insert(plain(&ident));
                }
                defines = !definition || KEYWORDS.contains(&plain(&ident).as_str());
            }
            _ => defines = !definition,
        }
    }
}

/// Returns whether a `cfg` applies only to tests.
fn only_for_tests(attrs: &[Attribute]) -> bool {
    attrs.iter().filter(|a| a.path().is_ident("cfg")).any(|a| {
        let syn::Meta::List(list) = &a.meta else { return false };
        let text: String = list.tokens.to_string().split_whitespace().collect();
        text == "test" || (text.starts_with("all(") && text.contains("test") && !text.contains("not(test)"))
    })
}

fn path_attribute(attrs: &[Attribute]) -> Option<String> {
    attrs.iter().find(|a| a.path().is_ident("path")).and_then(|a| match &a.meta {
        syn::Meta::NameValue(pair) => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}

fn item_name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(i) => &i.ident,
        Item::Enum(i) => &i.ident,
        Item::Fn(i) => &i.sig.ident,
        Item::Macro(i) => i.ident.as_ref()?,
        Item::Static(i) => &i.ident,
        Item::Struct(i) => &i.ident,
        Item::Trait(i) => &i.ident,
        Item::TraitAlias(i) => &i.ident,
        Item::Type(i) => &i.ident,
        Item::Union(i) => &i.ident,
        _ => return None,
    };
    Some(plain(ident))
}

fn item_attrs(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(i) => &i.attrs,
        Item::Enum(i) => &i.attrs,
        Item::Fn(i) => &i.attrs,
        Item::Impl(i) => &i.attrs,
        Item::Macro(i) => &i.attrs,
        Item::Static(i) => &i.attrs,
        Item::Struct(i) => &i.attrs,
        Item::Trait(i) => &i.attrs,
        Item::Type(i) => &i.attrs,
        Item::Use(i) => &i.attrs,
        _ => &[],
    }
}
