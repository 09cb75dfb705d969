//! How a native function, method, attribute or type is defined: one definition with its signature and documentation, and
//! one line of registration.
//!
//! ```ignore
//! pub const LEN: NativeDef = native("len", "(obj, /)", "Return the number of items in a container.", len);
//! fn len(th: &Thread, args: &[Value]) -> Result { … }
//! ```
//!
//! The signature is Python's own notation; from it arguments are bound (positional, keyword, defaults), errors are worded
//! and `__text_signature__` is answered. `args` has exactly one entry for each parameter, `self` first: [`Value::EMPTY`]
//! where a parameter with a default was not passed (the default in the signature is only documentation: write `=None`,
//! `=-1`, `=<unrepresentable>` as CPython shows it, or `=<null>` where it therefore shows no signature), a tuple for
//! `*args`, a dict for `**kwargs`.

use crate::heap::{Kind, Value};

use super::signature::Shape;
use super::{Raised, Thread};

/// What a native function returns.
pub type Result<T = Value> = std::result::Result<T, Raised>;

/// The Rust function behind a native one.
pub type NativeFn = fn(&Thread, &[Value]) -> Result;

/// How CPython words the error when the number of arguments is wrong; it depends on how the C function is declared there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arity {
    /// "len() takes exactly one argument (2 given)": the default for signatures with one positional-only parameter; others
    /// are worded "f expected at most 2 arguments, got 3".
    Auto,
    /// "f() takes at most 2 arguments (3 given)": functions that take keywords.
    Keywords,
    /// "f expected at most 2 arguments, got 3", although it takes keywords.
    Counted,
    /// "f() takes at most 2 arguments (3 given)", although it takes none by keyword; CPython knows no signature of it.
    Parsed,
    /// "f() takes 2 positional arguments but 3 were given": what CPython has in Python.
    Python,
}

/// The definition of a native function or method.
#[derive(Clone, Copy)]
pub struct NativeDef {
    pub name: &'static str,
    pub signature: &'static str,
    pub shape: Shape,
    pub doc: &'static str,
    pub function: NativeFn,
    pub binding: Binding,
    pub arity: Arity,
    /// What a call with positional arguments only runs instead: it gets them as they are, however many, so that a
    /// function with `*args` need not have them put into a tuple.
    pub positional: Option<NativeFn>,
    /// Its name is a slot's.
    has_slot_name: bool,
    /// It stays an ordinary method although its name is a slot's: CPython's `METH_COEXIST`.
    pub coexists: bool,
}

/// What a native definition becomes in its class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    /// A function of a module, or a method that gets its object first.
    Plain,
    /// Gets the class first.
    Class,
    /// Gets neither.
    Static,
}

/// A function of a module or a method of a type.
pub const fn native(name: &'static str, signature: &'static str, doc: &'static str, function: NativeFn) -> NativeDef {
    NativeDef {
        name,
        signature,
        shape: Shape::of(signature),
        doc,
        function,
        binding: Binding::Plain,
        arity: Arity::Auto,
        has_slot_name: is_slot_name(name),
        coexists: false,
        positional: None,
    }
}

impl NativeDef {
    /// The same under another name.
    pub const fn named(mut self, name: &'static str) -> NativeDef {
        (self.name, self.has_slot_name) = (name, is_slot_name(name));
        self
    }

    pub const fn class_method(mut self) -> NativeDef {
        self.binding = Binding::Class;
        self
    }

    pub const fn static_method(mut self) -> NativeDef {
        self.binding = Binding::Static;
        self
    }

    /// A method although its name is a slot's, as `dict.__getitem__` is in CPython.
    pub const fn coexisting(mut self) -> NativeDef {
        self.coexists = true;
        self
    }

    /// Whether programs see it as a slot wrapper (`int.__add__`) and not as a method (`int.__round__`).
    pub fn is_slot(&self) -> bool {
        self.binding == Binding::Plain && !self.coexists && self.has_slot_name
    }

    pub const fn counted(mut self) -> NativeDef {
        self.arity = Arity::Counted;
        self
    }

    pub const fn parsed(mut self) -> NativeDef {
        self.arity = Arity::Parsed;
        self
    }

    pub const fn python(mut self) -> NativeDef {
        self.arity = Arity::Python;
        self
    }

    pub const fn keywords(mut self) -> NativeDef {
        self.arity = Arity::Keywords;
        self
    }

    pub const fn positional(mut self, function: NativeFn) -> NativeDef {
        self.positional = Some(function);
        self
    }
}

/// Whether CPython keeps the special method of this name in a slot.
pub const fn is_slot_name(name: &str) -> bool {
    let mut at = 0;
    while at < SLOTS.len() {
        if equal(SLOTS[at].as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

/// `==`, for the compiler as well.
const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = a.len();
    // From the end: all begin alike.
    while at > 0 {
        at -= 1;
        if a[at] != b[at] {
            return false;
        }
    }
    true
}

/// The special methods that CPython keeps in slots of the type; the others are methods like any other.
const SLOTS: &[&str] = &[
    "__repr__",
    "__hash__",
    "__call__",
    "__str__",
    "__getattribute__",
    "__getattr__",
    "__setattr__",
    "__delattr__",
    "__lt__",
    "__le__",
    "__eq__",
    "__ne__",
    "__gt__",
    "__ge__",
    "__iter__",
    "__next__",
    "__get__",
    "__set__",
    "__delete__",
    "__init__",
    "__del__",
    "__await__",
    "__aiter__",
    "__anext__",
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__mul__",
    "__rmul__",
    "__mod__",
    "__rmod__",
    "__divmod__",
    "__rdivmod__",
    "__pow__",
    "__rpow__",
    "__neg__",
    "__pos__",
    "__abs__",
    "__bool__",
    "__invert__",
    "__lshift__",
    "__rlshift__",
    "__rshift__",
    "__rrshift__",
    "__and__",
    "__rand__",
    "__xor__",
    "__rxor__",
    "__or__",
    "__ror__",
    "__int__",
    "__float__",
    "__iadd__",
    "__isub__",
    "__imul__",
    "__imod__",
    "__ipow__",
    "__ilshift__",
    "__irshift__",
    "__iand__",
    "__ixor__",
    "__ior__",
    "__floordiv__",
    "__rfloordiv__",
    "__truediv__",
    "__rtruediv__",
    "__ifloordiv__",
    "__itruediv__",
    "__index__",
    "__matmul__",
    "__rmatmul__",
    "__imatmul__",
    "__len__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__contains__",
    "__buffer__",
    "__release_buffer__",
];

/// How many definitions the groups have together: for [`join_methods`].
pub const fn count_methods(groups: &[&[NativeDef]]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < groups.len() {
        count += groups[at].len();
        at += 1;
    }
    count
}

/// The definitions of several files as one array: for types with more methods than one file should hold.
pub const fn join_methods<const N: usize>(groups: &[&[NativeDef]]) -> [NativeDef; N] {
    let mut all = [groups[0][0]; N];
    let (mut count, mut group) = (0, 0);
    while group < groups.len() {
        let mut at = 0;
        while at < groups[group].len() {
            all[count] = groups[group][at];
            count += 1;
            at += 1;
        }
        group += 1;
    }
    all
}

/// Stores the second value as an attribute of the first.
type Setter = fn(&Thread, Value, Value) -> Result<()>;

/// A computed attribute of a native type.
#[derive(Clone, Copy)]
pub struct GetSetDef {
    pub name: &'static str,
    pub doc: &'static str,
    pub get: fn(&Thread, Value) -> Result,
    /// `EMPTY` as the new value means deletion. `None`: the attribute is read-only.
    pub set: Option<Setter>,
    /// A plain field of the object in CPython: programs see a member descriptor.
    pub member: bool,
}

/// A read-only computed attribute.
pub const fn getter(name: &'static str, doc: &'static str, get: fn(&Thread, Value) -> Result) -> GetSetDef {
    GetSetDef { name, doc, get, set: None, member: false }
}

/// A read-only attribute that is a plain field in CPython.
pub const fn member(name: &'static str, doc: &'static str, get: fn(&Thread, Value) -> Result) -> GetSetDef {
    GetSetDef { name, doc, get, set: None, member: true }
}

impl GetSetDef {
    pub const fn settable(mut self, set: Setter) -> GetSetDef {
        self.set = Some(set);
        self
    }
}

/// A call that may decline.
type Quick = fn(&Thread, &[Value]) -> Option<Result>;
/// A call with the names and values of arguments.
type Named = fn(&Thread, &[Value], &[Value]) -> Result;

/// The definition of a native type. Special methods (`__add__`, `__len__`, `__new__` as a static method, …) are methods
/// like any other: protocols find them by name.
pub struct TypeDef {
    pub name: &'static str,
    /// The module it says it is from.
    pub module: &'static str,
    pub doc: &'static str,
    /// The kind of its instances; several types may share one (exceptions, iterators, native objects).
    pub kind: Kind,
    pub base: Option<&'static TypeDef>,
    pub methods: &'static [NativeDef],
    pub getset: &'static [GetSetDef],
    /// Whether Python classes may inherit from it.
    pub subclassable: bool,
    /// Attributes that its instances have a place for, as of `__slots__`.
    pub slots: &'static [&'static str],
    /// Whether its direct instances have a `__dict__` (attributes of their own).
    pub has_dict: bool,
    /// Whether its instances can be weakly referenced; some kinds can in any case.
    pub weakrefs: bool,
    /// Whether instances are unhashable (`__hash__ = None`).
    pub unhashable: bool,
    /// `__match_args__`-less positional match of the subject itself: `case int(x)`.
    pub match_self: bool,
    /// The short way of calling exactly this type with positional arguments, where `__new__` and `__init__` would only
    /// be detours; `None` from it leaves the call to them.
    pub quick: Option<Quick>,
    /// The same for nothing but named arguments: their names and values.
    pub named: Option<Named>,
}

impl TypeDef {
    pub const fn new(name: &'static str, kind: Kind, doc: &'static str) -> TypeDef {
        TypeDef {
            name,
            module: "builtins",
            doc,
            kind,
            base: None,
            methods: &[],
            getset: &[],
            subclassable: false,
            slots: &[],
            has_dict: false,
            weakrefs: false,
            unhashable: false,
            match_self: false,
            quick: None,
            named: None,
        }
    }
}
