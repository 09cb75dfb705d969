//! Symbol tables: which names a scope binds and uses, and where each of them lives.
//!
//! ```text
//! mod.rs          scopes, symbols, and how the emitter asks for them
//! collect.rs      the walk over statements
//! expressions.rs  the walk over expressions, comprehensions and type parameters
//! resolve.rs      from uses to bindings: locals, cells, free variables, globals
//! ```
//!
//! The walk notes what each scope does with a name; when it is over, `resolve` decides where every name lives. The
//! messages are CPython's, and so is the order in which two errors of one program are found.

mod collect;
mod expressions;
mod resolve;

pub use collect::all_parameters;

use rustc_hash::FxHashMap;

use crate::syntax::error::{Stage, SyntaxError, Warning};
use crate::syntax::lines::LineIndex;
use crate::syntax::tree::{Arena, Span, TypeParam};

use super::{Options, Source};

/// An index into [`SymbolTable::scopes`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ScopeId(pub u32);

pub const MODULE: ScopeId = ScopeId(0);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    Module,
    Class,
    Function,
    Lambda,
    Comprehension(CompKind),
    /// The annotations of a function, or of a module's or class's variables.
    Annotations,
    /// The type parameters of a generic function, class or alias.
    TypeParams,
    /// The value of `type X = …`.
    TypeAlias,
    /// The bound, the constraints or the default of a type parameter; says which for messages.
    TypeVariable(&'static str),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompKind {
    List,
    Set,
    Dict,
    Generator,
}

impl CompKind {
    /// The words of "'yield' inside …".
    pub fn words(self) -> &'static str {
        match self {
            CompKind::List => "list comprehension",
            CompKind::Set => "set comprehension",
            CompKind::Dict => "dict comprehension",
            CompKind::Generator => "generator expression",
        }
    }
}

/// What a scope does with a name.
pub mod uses {
    pub const GLOBAL: u16 = 1;
    pub const LOCAL: u16 = 2;
    pub const PARAM: u16 = 4;
    pub const NONLOCAL: u16 = 8;
    pub const USED: u16 = 16;
    pub const ANNOTATED: u16 = 32;
    pub const IMPORTED: u16 = 64;
    pub const TYPE_PARAM: u16 = 128;
    /// The target of a comprehension's `for`.
    pub const COMP_TARGET: u16 = 256;
    /// Bound by `:=`, here or in a comprehension inside.
    pub const WALRUS: u16 = 512;
    /// Unbound somewhere: by `del`, or at the end of `except … as`.
    pub const UNBOUND: u16 = 1024;
    /// Bound in this scope, unless it is also declared global or nonlocal.
    pub const BOUND: u16 = LOCAL | PARAM | IMPORTED | TYPE_PARAM;
}

/// Where a name lives, seen from its scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    /// A register, or an entry of the namespace in modules and classes.
    Local,
    /// A local that an inner function closes over.
    Cell,
    Free,
    GlobalImplicit,
    GlobalExplicit,
}

#[derive(Clone, Copy, Debug)]
pub struct Symbol<'a> {
    pub name: &'a str,
    pub uses: u16,
    pub binding: Binding,
    /// The `global` or `nonlocal` statement, where there is one.
    pub directive: Span,
}

impl Symbol<'_> {
    pub fn has(&self, uses: u16) -> bool {
        self.uses & uses != 0
    }

    fn is_bound_here(&self) -> bool {
        self.has(uses::BOUND) && !self.has(uses::GLOBAL | uses::NONLOCAL)
    }
}

/// For whose sake `__names` are mangled in a scope.
#[derive(Clone, Copy, Debug)]
pub struct Private<'a> {
    pub class: &'a str,
    /// Around the body of a generic class, where its type parameters are made and its bases evaluated, only those are.
    pub only: Option<&'a [TypeParam<'a>]>,
}

#[derive(Debug)]
pub struct Scope<'a> {
    pub kind: ScopeKind,
    pub name: &'a str,
    pub parent: Option<ScopeId>,
    /// In the order in which the names were first seen; parameters come first.
    pub symbols: Vec<Symbol<'a>>,
    index: FxHashMap<&'a str, u32>,
    /// What its code closes over, sorted. For a class, also what it only hands on to its functions.
    pub free: Vec<&'a str>,
    /// The targets of the comprehensions inlined here that have a name of their own.
    pub comprehension_locals: Vec<&'a str>,
    /// The class for whose sake `__names` are mangled here.
    pub private: Option<Private<'a>>,
    /// The annotations of a module's or class's variables, once there is one.
    pub annotations: Option<ScopeId>,
    pub is_generator: bool,
    pub is_coroutine: bool,
    /// Lies inside a function, which makes its code `NESTED`.
    pub is_nested: bool,
    /// A function right inside a class.
    pub is_method: bool,
    /// A comprehension whose code becomes part of the scope around it.
    pub is_inlined: bool,
    /// An annotation scope in a class body: names are looked up in the class first.
    pub sees_class: bool,
    /// A class whose methods use `__class__` or `super`.
    pub needs_class_cell: bool,
    /// A class whose annotation scopes look names up in its namespace.
    pub needs_class_dict: bool,
    /// Annotated variables in `if`, `for`, … of a module or class: which of them were reached is noted at run time.
    pub has_conditional_annotations: bool,
    /// The first `yield`, for the error about `return` with a value.
    pub first_yield: Option<Span>,
}

impl<'a> Scope<'a> {
    pub fn get(&self, name: &str) -> Option<&Symbol<'a>> {
        self.index.get(name).map(|&at| &self.symbols[at as usize])
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut Symbol<'a>> {
        self.index.get(name).map(|&at| &mut self.symbols[at as usize])
    }

    fn add(&mut self, name: &'a str, uses: u16, binding: Binding) -> &mut Symbol<'a> {
        let at = *self.index.entry(name).or_insert_with(|| {
            self.symbols.push(Symbol { name, uses: 0, binding, directive: Span::default() });
            self.symbols.len() as u32 - 1
        });
        let symbol = &mut self.symbols[at as usize];
        symbol.uses |= uses;
        symbol
    }

    /// Names that it binds are variables of the code, not entries of a namespace.
    pub fn is_function_like(&self) -> bool {
        !matches!(self.kind, ScopeKind::Module | ScopeKind::Class)
    }

    fn is_comprehension(&self) -> bool {
        matches!(self.kind, ScopeKind::Comprehension(_))
    }
}

/// What part of a node a scope belongs to: a generic function has a scope for its type parameters, one for its
/// annotations and one for its body.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    Body,
    TypeParams,
    Annotations,
}

/// The scopes of one module, parents before children.
#[derive(Debug)]
pub struct SymbolTable<'a> {
    pub scopes: Vec<Scope<'a>>,
    by_node: FxHashMap<(usize, Role), ScopeId>,
    pub future_annotations: bool,
    /// Where the `from __future__` imports end: they are errors from there on.
    pub future_end: u32,
    pub warnings: Vec<Warning>,
}

impl<'a> SymbolTable<'a> {
    /// Walks the tree and resolves its names.
    pub fn build(
        source: Source<'a>,
        arena: &'a Arena,
        lines: &LineIndex<'_>,
        options: &Options,
    ) -> Result<SymbolTable<'a>, SyntaxError> {
        let mut collector = collect::Collector::new(arena, lines, options);
        collector.source(source)?;
        let mut table = collector.table;
        resolve::resolve(&mut table, lines)?;
        Ok(table)
    }

    pub fn scope(&self, id: ScopeId) -> &Scope<'a> {
        &self.scopes[id.0 as usize]
    }

    fn scope_mut(&mut self, id: ScopeId) -> &mut Scope<'a> {
        &mut self.scopes[id.0 as usize]
    }

    /// The scope of a node, by the node's address.
    pub fn of_node<T>(&self, node: &T, role: Role) -> ScopeId {
        self.by_node[&(std::ptr::from_ref(node) as usize, role)]
    }
}

/// `__name` inside `class Class` is `_Class__name`.
pub fn mangle<'a>(private: Option<Private<'_>>, name: &'a str, arena: &'a Arena) -> &'a str {
    let Some(Private { class, only }) = private else { return name };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name;
    }
    let class = class.trim_start_matches('_');
    if only.is_some_and(|params| params.iter().all(|param| param.name != name)) {
        return name;
    }
    if class.is_empty() {
        return name;
    }
    arena.alloc_str(&format!("_{class}{name}"))
}

fn error<T>(message: impl Into<String>, span: Span, lines: &LineIndex<'_>) -> Result<T, SyntaxError> {
    Err(SyntaxError::after_parsing(Stage::Symbols, message, span, lines))
}
