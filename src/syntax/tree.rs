//! The tree of a Python program: what the parser makes and the compiler reads.
//!
//! Names follow CPython's `ast` module, so that who knows that one finds the way here. Where this
//! tree differs, it is to spare the compiler recursion or guesswork:
//!
//! * `if`/`elif`/`else` is one flat [`If`](StmtKind::If) with clauses, however long the chain.
//! * A parameter carries its own default; there is no second list to match up.
//! * There is no `ctx`: whether a `Name` is loaded, stored or deleted follows from where it stands.
//! * Integers too large for an `i64` are kept as digits ([`BigLiteral`]).
//!
//! Every node lives in an [`Arena`] and is a plain `Copy` value without a destructor, so even
//! a tree that is a hundred thousand levels deep is freed in one go. Left-deep chains (`a + b + c`,
//! `a.b.c`) can be that deep: walk them with a loop, not by recursion on the left operand.

use std::fmt;

use num_bigint::{BigInt, Sign};

pub use super::arena::Arena;

/// A stretch of the source text, in bytes: `start..end`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub const fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }

    /// From the start of `self` to the end of `other`.
    pub const fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end }
    }

    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// An identifier, in normal form (NFKC). Mostly a piece of the source itself; not unique by address.
pub type Name<'a> = &'a str;

/// Statements of one body.
pub type Block<'a> = &'a [Stmt<'a>];

/// A whole file, or what was typed at a prompt.
#[derive(Clone, Copy, Debug)]
pub struct Module<'a> {
    pub body: Block<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct Stmt<'a> {
    pub span: Span,
    pub kind: StmtKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum StmtKind<'a> {
    FunctionDef(&'a FunctionDef<'a>),
    ClassDef(&'a ClassDef<'a>),
    Return(Option<&'a Expr<'a>>),
    Delete(&'a [Expr<'a>]),
    /// `a = b = value`: the targets from left to right.
    Assign {
        targets: &'a [Expr<'a>],
        value: &'a Expr<'a>,
    },
    AugAssign(&'a AugAssign<'a>),
    AnnAssign(&'a AnnAssign<'a>),
    /// `type Name[params] = value`
    TypeAlias(&'a TypeAlias<'a>),
    For(&'a For<'a>),
    While {
        test: &'a Expr<'a>,
        body: Block<'a>,
        orelse: Block<'a>,
    },
    If {
        clauses: &'a [IfClause<'a>],
        orelse: Block<'a>,
    },
    With(&'a With<'a>),
    Match {
        subject: &'a Expr<'a>,
        cases: &'a [MatchCase<'a>],
    },
    Raise {
        exc: Option<&'a Expr<'a>>,
        cause: Option<&'a Expr<'a>>,
    },
    Try(&'a Try<'a>),
    Assert {
        test: &'a Expr<'a>,
        msg: Option<&'a Expr<'a>>,
    },
    Import(&'a [Alias<'a>]),
    ImportFrom(&'a ImportFrom<'a>),
    Global(&'a [Identifier<'a>]),
    Nonlocal(&'a [Identifier<'a>]),
    Expr(&'a Expr<'a>),
    Pass,
    Break,
    Continue,
}

impl StmtKind<'_> {
    /// Whether other statements are part of it.
    pub fn has_block(&self) -> bool {
        use StmtKind::*;
        matches!(
            self,
            FunctionDef(_) | ClassDef(_) | For(_) | While { .. } | If { .. } | With(_) | Match { .. } | Try(_)
        )
    }
}

/// A name with its place, where the place matters for an error.
#[derive(Clone, Copy, Debug)]
pub struct Identifier<'a> {
    pub span: Span,
    pub name: Name<'a>,
}

/// `def` and `async def`. The statement's span starts at `def` or `async`, not at the decorators.
#[derive(Clone, Copy, Debug)]
pub struct FunctionDef<'a> {
    pub is_async: bool,
    pub name: Identifier<'a>,
    pub type_params: &'a [TypeParam<'a>],
    pub parameters: &'a Parameters<'a>,
    pub returns: Option<&'a Expr<'a>>,
    pub decorators: &'a [Expr<'a>],
    pub body: Block<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct ClassDef<'a> {
    pub name: Identifier<'a>,
    pub type_params: &'a [TypeParam<'a>],
    /// Bases, `*bases` (as `Starred`) and keywords, as in a call.
    pub arguments: Arguments<'a>,
    pub decorators: &'a [Expr<'a>],
    pub body: Block<'a>,
}

/// `target op= value`
#[derive(Clone, Copy, Debug)]
pub struct AugAssign<'a> {
    pub target: Expr<'a>,
    pub op: BinOperator,
    pub value: Expr<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct AnnAssign<'a> {
    pub target: Expr<'a>,
    pub annotation: Expr<'a>,
    pub value: Option<Expr<'a>>,
    /// A bare name without parentheses: only such a target declares a variable.
    pub simple: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct TypeAlias<'a> {
    pub name: Identifier<'a>,
    pub type_params: &'a [TypeParam<'a>],
    pub value: Expr<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct For<'a> {
    pub is_async: bool,
    pub target: Expr<'a>,
    pub iter: Expr<'a>,
    pub body: Block<'a>,
    pub orelse: Block<'a>,
}

/// The `if` or one `elif`. The span covers the keyword to the end of the body.
#[derive(Clone, Copy, Debug)]
pub struct IfClause<'a> {
    pub span: Span,
    pub test: Expr<'a>,
    pub body: Block<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct With<'a> {
    pub is_async: bool,
    pub items: &'a [WithItem<'a>],
    pub body: Block<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct WithItem<'a> {
    pub context: Expr<'a>,
    pub target: Option<Expr<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Try<'a> {
    pub body: Block<'a>,
    pub handlers: &'a [ExceptHandler<'a>],
    pub orelse: Block<'a>,
    pub finally: Block<'a>,
    /// `except*` (all handlers have it, or none).
    pub is_star: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct ExceptHandler<'a> {
    pub span: Span,
    /// `None` for a bare `except:`. `except A, B:` gives a `Tuple`.
    pub typ: Option<Expr<'a>>,
    pub name: Option<Identifier<'a>>,
    pub body: Block<'a>,
}

/// `name as asname` of an import; `name` is dotted after `import`, and `*` after `from … import`.
#[derive(Clone, Copy, Debug)]
pub struct Alias<'a> {
    pub span: Span,
    pub name: Name<'a>,
    pub asname: Option<Name<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct ImportFrom<'a> {
    /// The dotted name; `None` in `from . import x`.
    pub module: Option<Name<'a>>,
    pub names: &'a [Alias<'a>],
    /// The number of leading dots.
    pub level: u32,
}

#[derive(Clone, Copy, Debug)]
pub struct TypeParam<'a> {
    pub span: Span,
    pub kind: TypeParamKind,
    pub name: Name<'a>,
    /// Only a `TypeVar` has one: `T: bound` or `T: (constraint, …)`.
    pub bound: Option<&'a Expr<'a>>,
    pub default: Option<&'a Expr<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeParamKind {
    TypeVar,
    /// `*Ts`
    TypeVarTuple,
    /// `**P`
    ParamSpec,
}

/// The parameters of a function or a lambda, in the order in which they are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parameters<'a> {
    /// Before `/`.
    pub posonly: &'a [Parameter<'a>],
    pub args: &'a [Parameter<'a>],
    /// `*args`; a bare `*` leaves it empty.
    pub vararg: Option<&'a Parameter<'a>>,
    /// After `*` or `*args`.
    pub kwonly: &'a [Parameter<'a>],
    /// `**kwargs`
    pub kwarg: Option<&'a Parameter<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Parameter<'a> {
    /// The name with its annotation, without the default.
    pub span: Span,
    pub name: Name<'a>,
    pub annotation: Option<&'a Expr<'a>>,
    pub default: Option<&'a Expr<'a>>,
}

/// The arguments of a call or of a class: positional ones (with `Starred` among them), then keywords.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arguments<'a> {
    pub args: &'a [Expr<'a>],
    pub keywords: &'a [Keyword<'a>],
}

/// `name=value`, or `**value` where `name` is `None`.
#[derive(Clone, Copy, Debug)]
pub struct Keyword<'a> {
    pub span: Span,
    pub name: Option<Name<'a>>,
    pub value: Expr<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct Expr<'a> {
    pub span: Span,
    pub kind: ExprKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum ExprKind<'a> {
    BoolOp(&'a BoolOp<'a>),
    /// `target := value`; the target is always a `Name`.
    NamedExpr {
        target: &'a Expr<'a>,
        value: &'a Expr<'a>,
    },
    BinOp(&'a BinOp<'a>),
    UnaryOp(&'a UnaryOp<'a>),
    Lambda(&'a Lambda<'a>),
    IfExp(&'a IfExp<'a>),
    Dict(&'a [DictItem<'a>]),
    Set(&'a [Expr<'a>]),
    ListComp(&'a Comprehension<'a>),
    SetComp(&'a Comprehension<'a>),
    DictComp(&'a DictComp<'a>),
    GeneratorExp(&'a Comprehension<'a>),
    Await(&'a Expr<'a>),
    Yield(Option<&'a Expr<'a>>),
    YieldFrom(&'a Expr<'a>),
    Compare(&'a Compare<'a>),
    Call {
        func: &'a Expr<'a>,
        arguments: &'a Arguments<'a>,
    },
    /// A replacement field of an f-string; only inside `JoinedStr`.
    FormattedValue(&'a FormattedValue<'a>),
    /// An f-string (with the plain strings beside it): `Constant` strings and `FormattedValue`s.
    JoinedStr(&'a [Expr<'a>]),
    /// A replacement field of a t-string; only inside `TemplateStr`.
    Interpolation(&'a Interpolation<'a>),
    /// A t-string: `Constant` strings and `Interpolation`s.
    TemplateStr(&'a [Expr<'a>]),
    Constant(Constant<'a>),
    Attribute {
        value: &'a Expr<'a>,
        attr: &'a Identifier<'a>,
    },
    Subscript {
        value: &'a Expr<'a>,
        slice: &'a Expr<'a>,
    },
    Starred(&'a Expr<'a>),
    Name(Name<'a>),
    List(&'a [Expr<'a>]),
    Tuple(&'a [Expr<'a>]),
    /// `lower:upper:step`; only inside `Subscript`, by itself or in a `Tuple`.
    Slice(&'a Slice<'a>),
}

/// `a and b and c`: one node for a run of the same operator.
#[derive(Clone, Copy, Debug)]
pub struct BoolOp<'a> {
    pub op: BoolOperator,
    pub values: &'a [Expr<'a>],
}

#[derive(Clone, Copy, Debug)]
pub struct BinOp<'a> {
    pub left: Expr<'a>,
    pub op: BinOperator,
    pub right: Expr<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct UnaryOp<'a> {
    pub op: UnaryOperator,
    pub operand: Expr<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct Lambda<'a> {
    pub parameters: Parameters<'a>,
    pub body: Expr<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct IfExp<'a> {
    pub test: Expr<'a>,
    pub body: Expr<'a>,
    pub orelse: Expr<'a>,
}

/// `key: value`, or `**value` where `key` is `None`.
#[derive(Clone, Copy, Debug)]
pub struct DictItem<'a> {
    pub key: Option<Expr<'a>>,
    pub value: Expr<'a>,
}

/// `[element for …]`, `{element for …}` or `(element for …)`.
#[derive(Clone, Copy, Debug)]
pub struct Comprehension<'a> {
    pub element: Expr<'a>,
    pub generators: &'a [Generator<'a>],
}

#[derive(Clone, Copy, Debug)]
pub struct DictComp<'a> {
    pub key: Expr<'a>,
    pub value: Expr<'a>,
    pub generators: &'a [Generator<'a>],
}

/// One `for target in iter if … if …` of a comprehension.
#[derive(Clone, Copy, Debug)]
pub struct Generator<'a> {
    pub is_async: bool,
    pub target: Expr<'a>,
    pub iter: Expr<'a>,
    pub ifs: &'a [Expr<'a>],
}

/// `left op₁ x₁ op₂ x₂ …`
#[derive(Clone, Copy, Debug)]
pub struct Compare<'a> {
    pub left: Expr<'a>,
    /// At least one.
    pub rest: &'a [Comparison<'a>],
}

#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    pub op: CmpOperator,
    pub right: Expr<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct FormattedValue<'a> {
    pub value: Expr<'a>,
    pub conversion: Option<Conversion>,
    /// A `JoinedStr`, when there is a `:`.
    pub format_spec: Option<Expr<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Interpolation<'a> {
    pub value: Expr<'a>,
    /// The expression as it is written.
    pub text: &'a str,
    pub conversion: Option<Conversion>,
    /// A `JoinedStr`, when there is a `:`.
    pub format_spec: Option<Expr<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}

#[derive(Clone, Copy, Debug)]
pub struct Slice<'a> {
    pub lower: Option<Expr<'a>>,
    pub upper: Option<Expr<'a>>,
    pub step: Option<Expr<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant<'a> {
    None,
    True,
    False,
    Ellipsis,
    /// Never negative: a minus sign is a `UnaryOp`.
    Int(i64),
    BigInt(&'a BigLiteral<'a>),
    Float(f64),
    /// The imaginary part.
    Complex(f64),
    Str(Text<'a>),
    Bytes(&'a [u8]),
}

/// An integer literal of more than 63 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BigLiteral<'a> {
    /// Base 2³², the least significant digit first.
    pub digits: &'a [u32],
}

impl BigLiteral<'_> {
    pub fn to_bigint(&self) -> BigInt {
        BigInt::from_slice(Sign::Plus, self.digits)
    }
}

/// The value of a string literal: UTF-8 that may also hold surrogates, each by itself in three
/// bytes, since `"\ud800"` is a string in Python, and `"\ud83d\ude00"` one of two characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    pub const fn from_str(text: &'a str) -> Self {
        Text(text.as_bytes())
    }

    /// `bytes` must be UTF-8 but for surrogates.
    pub const fn from_wtf8(bytes: &'a [u8]) -> Self {
        Text(bytes)
    }

    /// `None` if it holds a surrogate.
    pub fn to_str(self) -> Option<&'a str> {
        std::str::from_utf8(self.0).ok()
    }

    pub const fn as_wtf8(self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_str() {
            Some(text) => fmt::Debug::fmt(text, f),
            None => write!(f, "wtf8{:?}", self.0),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoolOperator {
    And,
    Or,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinOperator {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOperator {
    Invert,
    Not,
    UAdd,
    USub,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CmpOperator {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

#[derive(Clone, Copy, Debug)]
pub struct MatchCase<'a> {
    pub pattern: Pattern<'a>,
    pub guard: Option<Expr<'a>>,
    pub body: Block<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct Pattern<'a> {
    pub span: Span,
    pub kind: PatternKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum PatternKind<'a> {
    /// Compared with `==`: a number (also negative or complex), a string, or a dotted name.
    MatchValue(&'a Expr<'a>),
    /// Compared with `is`: `None`, `True` or `False`.
    MatchSingleton(Constant<'a>),
    MatchSequence(&'a [Pattern<'a>]),
    MatchMapping(&'a MatchMapping<'a>),
    MatchClass(&'a MatchClass<'a>),
    /// `*name` inside a sequence; `*_` has no name.
    MatchStar(Option<Name<'a>>),
    /// `pattern as name`, a bare capture `name`, or (both empty) the wildcard `_`.
    MatchAs {
        pattern: Option<&'a Pattern<'a>>,
        name: Option<Name<'a>>,
    },
    MatchOr(&'a [Pattern<'a>]),
}

#[derive(Clone, Copy, Debug)]
pub struct MatchMapping<'a> {
    /// As many as patterns.
    pub keys: &'a [Expr<'a>],
    pub patterns: &'a [Pattern<'a>],
    /// `**rest`
    pub rest: Option<Name<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct MatchClass<'a> {
    pub cls: Expr<'a>,
    pub patterns: &'a [Pattern<'a>],
    pub keywords: &'a [KeywordPattern<'a>],
}

/// `name=pattern` in a class pattern.
#[derive(Clone, Copy, Debug)]
pub struct KeywordPattern<'a> {
    pub name: Name<'a>,
    pub pattern: Pattern<'a>,
}

const _: () = assert!(size_of::<Expr<'_>>() == 32);
const _: () = assert!(size_of::<Stmt<'_>>() == 56);
