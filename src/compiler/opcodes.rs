//! The one table of opcodes: decoder, disassembler and the documentation of `gilbox dis` derive from it.
//!
//! An instruction is one 64-bit word: `op` (bits 0–7), `a` (8–23), `b` (24–39), `c` (40–63). A function's values live in
//! numbered registers: first its parameters, then its other locals, then temporaries; `a` and `b` can name any register,
//! `c` (24 bits) a register, a constant, a site, a jump target or a signed number.
//!
//! A *site* is a place in the code with a name and an inline cache of its own (a global or an attribute looked up there).
//!
//! **No instruction both loads and stores shared state**: `counter += 1` is a load, an add and a store, or the lab would
//! lie about atomicity. What is fused below reads registers only.
//!
//! *Switch points since 3.10* are marked in the table: backward jumps, function entries, resumptions after `yield`, and
//! the return of calls to native functions. With the switch points of 3.9 and before, every instruction is one.

use std::fmt;

/// What an operand field holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// Unused.
    None,
    /// A register that is read.
    Read,
    /// A register that is written.
    Write,
    /// A register that is read and written.
    Update,
    /// The first of several registers; the opcode's documentation says which.
    Base,
    /// An index into the constants.
    Const,
    /// An index into the names.
    Name,
    /// An index into the sites (a name with an inline cache).
    Site,
    /// An index into the free variables of the function.
    Free,
    /// An instruction index: a jump forward.
    Forward,
    /// An instruction index: a jump backward.
    Backward,
    /// A count or a small unsigned number.
    Count,
    /// How many arguments a call has: at most [`Instr::MOST_ARGUMENTS`], in the lowest byte. The other two are free for where the
    /// call keeps its guess (`layout`).
    Arguments,
    /// A signed number.
    Signed,
}

/// Where, within an instruction, the lock may change hands (switch points since 3.10).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SwitchPoint {
    Never,
    /// When it jumps backward.
    BackwardJump,
    /// After a call to something not written in Python, and at the entry of a function that is.
    Call,
    /// When a generator is entered or resumed.
    Resume,
}

/// A row of the table.
pub struct OpInfo {
    pub name: &'static str,
    pub a: Operand,
    pub b: Operand,
    pub c: Operand,
    pub switch: SwitchPoint,
    pub doc: &'static str,
}

macro_rules! opcodes {
    ($( $(#[doc = $doc:literal])+ $name:ident ($a:ident, $b:ident, $c:ident) $(@ $switch:ident)? ;)*) => {
        /// What an instruction does. The table in this file documents each.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub enum Op { $( $(#[doc = $doc])+ $name, )* }

        /// The table, indexed by opcode.
        pub const OPS: &[OpInfo] = &[
            $( OpInfo {
                name: stringify!($name),
                a: Operand::$a, b: Operand::$b, c: Operand::$c,
                switch: opcodes!(@switch $($switch)?),
                doc: concat!($($doc),+),
            }, )*
        ];
    };
    (@switch) => { SwitchPoint::Never };
    (@switch $switch:ident) => { SwitchPoint::$switch };
}

opcodes! {
    // ---- registers and constants
    /// Does nothing.
    Nop(None, None, None);
    /// a = b
    Move(Write, Read, None);
    /// a = constant c
    LoadConst(Write, None, Const);
    /// a = the integer c
    LoadInt(Write, None, Signed);
    /// a = None
    LoadNone(Write, None, None);
    /// Raises UnboundLocalError naming c if a is unbound.
    CheckLocal(Read, None, Name);
    /// Unbinds a; raises UnboundLocalError naming c if it was unbound.
    DeleteLocal(Update, None, Name);
    /// a = unbound, without a check (end of an `except … as name`, of an inlined comprehension).
    ClearLocal(Write, None, None);

    // ---- globals and names
    /// a = global or built-in of site c
    LoadGlobal(Write, None, Site);
    /// global of site c = a
    StoreGlobal(Read, None, Site);
    /// del global of name c
    DeleteGlobal(None, None, Name);
    /// a = name of site c, looked up in the frame's namespace (class body, exec), then globals, then built-ins
    LoadName(Write, None, Site);
    /// name c in the frame's namespace = a
    StoreName(Read, None, Name);
    /// del name c in the frame's namespace
    DeleteName(None, None, Name);
    /// a = the frame's namespace (class body, module, exec), as `locals()` of it
    LoadLocals(Write, None, None);
    /// a = name c in the mapping b, else global, else built-in (annotation scopes in classes)
    LoadFromDictOrGlobals(Write, Read, Name);
    /// a = name c in the mapping in register a, else the cell in b (class bodies that close over a function's variable)
    LoadFromDictOrCell(Update, Read, Name);

    // ---- closures
    /// a = new cell holding what register a held (maybe unbound)
    MakeCell(Update, None, None);
    /// a = contents of the cell in b; NameError or UnboundLocalError naming c if unbound
    LoadCell(Write, Read, Name);
    /// contents of the cell in a = b
    StoreCell(Read, Read, None);
    /// Unbinds the cell in a; error naming c if it was unbound.
    DeleteCell(Read, None, Name);
    /// a = contents of free variable c; NameError if unbound
    LoadFree(Write, None, Free);
    /// contents of free variable c = a
    StoreFree(Read, None, Free);
    /// Unbinds free variable c; error if it was unbound.
    DeleteFree(None, None, Free);
    /// a = the cell itself of free variable c (to hand it on to an inner function)
    LoadFreeCell(Write, None, Free);

    // ---- attributes
    /// a = b.name of site c
    GetAttr(Write, Read, Site);
    /// a.name of site c = b
    SetAttr(Read, Read, Site);
    /// del a.name c
    DelAttr(Read, None, Name);
    /// For a call b.name(…): a = the callable, a+1 = the object if the callable is to get it as first argument, else unbound.
    LoadMethod(Base, Read, Site);
    /// As LoadMethod, right before the CallMethod that takes what it loads and nothing more: they run as one.
    LoadMethodToCall(Base, Read, Site);
    /// a = super().name of site c, where a held what the global `super` is, and b is the free variable `__class__`.
    SuperAttr(Update, Free, Site);
    /// For a call super().name(…): a as in SuperAttr; then a and a+1 = as LoadMethod.
    SuperMethod(Base, Free, Site);
    /// For a protocol call: as LoadMethod for special method number c (see `Special`), looked up on the type; TypeError if absent.
    LoadSpecial(Base, Read, Count);

    // ---- items
    /// a = b[register c]
    GetItem(Write, Read, Read);
    /// a[b] = register c
    SetItem(Read, Read, Read);
    /// del a[b]
    DelItem(Read, Read, None);
    /// a = slice(b, b+1, b+2)
    BuildSlice(Write, Base, None);

    // ---- arithmetic: a = b op register c
    /// a = b + c
    Add(Write, Read, Read);
    /// a = b - c
    Sub(Write, Read, Read);
    /// a = b * c
    Mul(Write, Read, Read);
    /// a = b / c
    TrueDiv(Write, Read, Read);
    /// a = b // c
    FloorDiv(Write, Read, Read);
    /// a = b % c
    Mod(Write, Read, Read);
    /// a = b ** c
    Pow(Write, Read, Read);
    /// a = b @ c
    MatMul(Write, Read, Read);
    /// a = b << c
    LShift(Write, Read, Read);
    /// a = b >> c
    RShift(Write, Read, Read);
    /// a = b & c
    And(Write, Read, Read);
    /// a = b | c
    Or(Write, Read, Read);
    /// a = b ^ c
    Xor(Write, Read, Read);
    /// a = b += c (tries __iadd__ first, as do its siblings)
    IAdd(Write, Read, Read);
    /// a = b -= c
    ISub(Write, Read, Read);
    /// a = b *= c
    IMul(Write, Read, Read);
    /// a = b /= c
    ITrueDiv(Write, Read, Read);
    /// a = b //= c
    IFloorDiv(Write, Read, Read);
    /// a = b %= c
    IMod(Write, Read, Read);
    /// a = b **= c
    IPow(Write, Read, Read);
    /// a = b @= c
    IMatMul(Write, Read, Read);
    /// a = b <<= c
    ILShift(Write, Read, Read);
    /// a = b >>= c
    IRShift(Write, Read, Read);
    /// a = b &= c
    IAnd(Write, Read, Read);
    /// a = b |= c
    IOr(Write, Read, Read);
    /// a = b ^= c
    IXor(Write, Read, Read);
    /// a = b + the integer c
    AddInt(Write, Read, Signed);
    /// a = b - the integer c
    SubInt(Write, Read, Signed);
    /// a = b * the integer c
    MulInt(Write, Read, Signed);
    /// a = b // the integer c
    FloorDivInt(Write, Read, Signed);
    /// a = b % the integer c
    ModInt(Write, Read, Signed);
    /// a = b += the integer c
    IAddInt(Write, Read, Signed);
    /// a = b -= the integer c
    ISubInt(Write, Read, Signed);
    /// a = -b
    Neg(Write, Read, None);
    /// a = +b
    Pos(Write, Read, None);
    /// a = ~b
    Invert(Write, Read, None);
    /// a = not b
    Not(Write, Read, None);

    // ---- comparison: a = b op register c
    /// a = b < c
    Lt(Write, Read, Read);
    /// a = b <= c
    Le(Write, Read, Read);
    /// a = b > c
    Gt(Write, Read, Read);
    /// a = b >= c
    Ge(Write, Read, Read);
    /// a = b == c
    Eq(Write, Read, Read);
    /// a = b != c
    Ne(Write, Read, Read);
    /// a = b is c
    Is(Write, Read, Read);
    /// a = b is not c
    IsNot(Write, Read, Read);
    /// a = b in c
    In(Write, Read, Read);
    /// a = b not in c
    NotIn(Write, Read, Read);

    // ---- jumps
    /// Jumps to c (backward only in the loop of `yield from`, where no switch can happen).
    Jump(None, None, Forward);
    /// Jumps back to c.
    JumpBack(None, None, Backward) @ BackwardJump;
    /// Jumps to c if a is true.
    JumpIf(Read, None, Forward);
    /// Jumps to c unless a is true.
    JumpUnless(Read, None, Forward);
    /// Jumps to c if a is None.
    JumpIfNone(Read, None, Forward);
    /// Jumps to c unless a is None.
    JumpUnlessNone(Read, None, Forward);
    /// Jumps to c if a < b.
    JumpIfLt(Read, Read, Forward);
    /// Jumps to c if a <= b.
    JumpIfLe(Read, Read, Forward);
    /// Jumps to c if a > b.
    JumpIfGt(Read, Read, Forward);
    /// Jumps to c if a >= b.
    JumpIfGe(Read, Read, Forward);
    /// Jumps to c if a == b.
    JumpIfEq(Read, Read, Forward);
    /// Jumps to c if a != b.
    JumpIfNe(Read, Read, Forward);
    /// Jumps to c unless a < b (not the same as if a >= b: think of NaN).
    JumpUnlessLt(Read, Read, Forward);
    /// Jumps to c unless a <= b.
    JumpUnlessLe(Read, Read, Forward);
    /// Jumps to c unless a > b.
    JumpUnlessGt(Read, Read, Forward);
    /// Jumps to c unless a >= b.
    JumpUnlessGe(Read, Read, Forward);
    /// Jumps to c unless a == b.
    JumpUnlessEq(Read, Read, Forward);
    /// Jumps to c unless a != b.
    JumpUnlessNe(Read, Read, Forward);
    /// Jumps to c unless a < the integer b.
    JumpUnlessLtInt(Read, Signed, Forward);
    /// Jumps to c unless a <= the integer b.
    JumpUnlessLeInt(Read, Signed, Forward);
    /// Jumps to c unless a > the integer b.
    JumpUnlessGtInt(Read, Signed, Forward);
    /// Jumps to c unless a >= the integer b.
    JumpUnlessGeInt(Read, Signed, Forward);
    /// Jumps to c unless a == the integer b.
    JumpUnlessEqInt(Read, Signed, Forward);
    /// Jumps to c unless a != the integer b.
    JumpUnlessNeInt(Read, Signed, Forward);
    /// Jumps to c unless a is a sequence, as patterns mean it, of b items.
    JumpUnlessItems(Read, Signed, Forward);
    /// Jumps back to c if a is true: the condition at the end of a `while` loop.
    JumpBackIf(Read, None, Backward) @ BackwardJump;
    /// Jumps back to c if a < b.
    JumpBackIfLt(Read, Read, Backward) @ BackwardJump;
    /// Jumps back to c if a <= b.
    JumpBackIfLe(Read, Read, Backward) @ BackwardJump;
    /// Jumps back to c if a > b.
    JumpBackIfGt(Read, Read, Backward) @ BackwardJump;
    /// Jumps back to c if a >= b.
    JumpBackIfGe(Read, Read, Backward) @ BackwardJump;

    // ---- iteration
    /// a = iter(b)
    GetIter(Write, Read, None);
    /// At the foot of a loop: a = next(iterator b) and jump back to c, or fall through when it is exhausted.
    ForIter(Write, Read, Backward) @ BackwardJump;

    // ---- building and taking apart
    /// a = tuple of the c registers from b
    BuildTuple(Write, Base, Count);
    /// a = list of the c registers from b
    BuildList(Write, Base, Count);
    /// a = set of the c registers from b
    BuildSet(Write, Base, Count);
    /// a = dict of the c key-value pairs in the registers from b
    BuildDict(Write, Base, Count);
    /// a = str joined of the c strings in the registers from b
    BuildString(Write, Base, Count);
    /// a = format(b): c bits 0–1 conversion (0 none, 1 str, 2 repr, 3 ascii), bit 2: a format spec lies in register b+1
    FormatValue(Write, Base, Count);
    /// a = template string (PEP 750) of the c parts from b: strings and interpolations
    BuildTemplate(Write, Base, Count);
    /// a = interpolation of b (value), b+1 (expression text), b+2 (format spec); c: conversion as in FormatValue
    BuildInterpolation(Write, Base, Count);
    /// a.append(b) on a list being built
    ListAppend(Read, Read, None);
    /// a.extend(b) on a list being built (`[*x]`, and `f(a, *x)`)
    ListExtend(Read, Read, None);
    /// a = tuple(list b)
    ListToTuple(Write, Read, None);
    /// a.add(b) on a set being built
    SetAdd(Read, Read, None);
    /// a.update(b) on a set being built
    SetUpdate(Read, Read, None);
    /// a[b] = register c on a dict being built
    DictSet(Read, Read, Read);
    /// a.update(b) on a dict being built (`{**x}`)
    DictUpdate(Read, Read, None);
    /// As DictUpdate for `f(**b)`: a duplicate key is a TypeError; register c holds the callable, to be named in it, and c+1 the positional arguments. If there are no other keywords a is unbound, and becomes the dict b itself where that will do.
    DictMerge(Update, Read, Base);
    /// Unpacks b into the c registers from a.
    UnpackSequence(Base, Read, Count);
    /// Unpacks b into registers from a: (c & 0xFFF) before the starred one, (c >> 12) after it.
    UnpackEx(Base, Read, Count);

    // ---- pattern matching
    /// a = len(b)
    GetLen(Write, Read, None);
    /// a = whether b can be matched by a sequence pattern
    MatchSequence(Write, Read, None);
    /// a = whether b can be matched by a mapping pattern
    MatchMapping(Write, Read, None);
    /// a = tuple of the values of mapping b for the keys in the tuple in register c, or None
    MatchKeys(Write, Read, Read);
    /// a = tuple of matched attributes, or None: b = subject; registers c: class, c+1: tuple of keyword names, c+2: number of positional patterns
    MatchClass(Write, Read, Base);
    /// a = dict(b) without the keys in the tuple in register c
    CopyDictWithoutKeys(Write, Read, Read);

    // ---- calls and functions
    /// b = a called with the c arguments from a+2, whatever a+1 holds
    Call(Base, Write, Arguments) @ Call;
    /// b = what `LoadMethod` found, a, called with the c arguments from a+2, preceded by a+1 unless that is unbound
    CallMethod(Base, Write, Arguments) @ Call;
    /// As CallMethod (or, if b has the bit `NO_SELF`, as Call), with the last arguments named by the tuple of constant c; b counts all; result into a.
    CallKw(Base, Count, Const) @ Call;
    /// Calls a with the positional arguments in the tuple (or, for a single `*args`, any iterable) a+1 and the keyword arguments in the dict a+2 (or unbound); result into a.
    CallEx(Base, None, None) @ Call;
    /// Returns a.
    Return(Read, None, None);
    /// Returns None.
    ReturnNone(None, None, None);
    /// a = function of code constant c; registers b: defaults tuple, b+1: keyword defaults dict, b+2: annotate function, b+3: tuple of cells; each may be unbound; b = `NO_PARTS`: all four are
    MakeFunction(Write, Base, Const);
    /// a = the built-in function that builds classes
    LoadBuildClass(Write, None, None);

    // ---- generators, coroutines
    /// Suspends, handing out b; when resumed, a = the value sent in.
    Yield(Write, Read, None) @ Resume;
    /// Sends a into the iterator b: a = what it yields, or, when it returns, a = its result and jump to c.
    Send(Update, Read, Forward);
    /// Like Yield, for a value b that the inner iterator in register c handed out (`yield from`, `await`): throw() and close() are passed on to that iterator. Stands right behind its Send, whose target is where an inner return continues; a plain Jump leads back to the Send.
    YieldFrom(Write, Read, Read) @ Resume;
    /// a = the iterator that `yield from b` runs over
    GetYieldFromIter(Write, Read, None);
    /// a = the iterator that `await b` runs over; c: 0 plain, 1 in `async with` entry, 2 in its exit (for the error's words)
    GetAwaitable(Write, Read, Count);
    /// a = type(b).__aiter__(b)
    GetAIter(Write, Read, None);
    /// a = awaitable of type(b).__anext__(b)
    GetANext(Write, Read, None);
    /// Jumps to c if the exception in a is StopAsyncIteration; raises it again otherwise.
    EndAsyncFor(Read, None, Forward);

    // ---- exceptions
    /// Raises: c = 0 the one being handled, 1 a, 2 a from b.
    Raise(Read, Read, Count);
    /// Raises the exception in a again, its traceback left as it is.
    Reraise(Read, None, None);
    /// a = the exception handled so far in this frame; b becomes the one being handled.
    PushHandled(Write, Read, None);
    /// a becomes the exception being handled again.
    PopHandled(Read, None, None);
    /// a = whether exception b matches the class or tuple in register c
    MatchException(Write, Read, Read);
    /// Splits exception b by the classes in register c: a = the matching group or None, a+1 = the rest or None.
    MatchExceptionGroup(Base, Read, Read);
    /// a = the exception to raise after `except*` handlers: b = the original, register c = list of what they raised or left; or None
    PrepareReraiseStar(Write, Read, Read);
    /// a = result of calling the exit method pair at b, b+1 with the exception in register c
    WithExit(Write, Base, Read) @ Call;
    /// a = AssertionError
    LoadAssertionError(Write, None, None);

    // ---- imports
    /// a = module named by name c; registers b: level, b+1: fromlist (tuple or None)
    ImportName(Write, Base, Name);
    /// a = attribute or submodule of module b, name c
    ImportFrom(Write, Read, Name);
    /// Binds all public names of module a in the frame's namespace.
    ImportStar(Read, None, None);

    // ---- the rest
    /// Makes sure that the frame's namespace has `__annotations__` (interactive use).
    SetupAnnotations(None, None, None);
    /// Hands a to sys.displayhook (interactive use).
    Display(Read, None, None);
    /// a = intrinsic number c (see `Intrinsic`) of the registers from b
    Intrinsic(Write, Base, Count);
}

/// The special methods that `LoadSpecial` looks up, in the order of their numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Special {
    Enter,
    Exit,
    AEnter,
    AExit,
}

/// What `Intrinsic` can do, in the order of its numbers; each names the registers from `b`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Intrinsic {
    /// TypeVar(name)
    TypeVar,
    /// TypeVar(name, function that evaluates the bound)
    TypeVarWithBound,
    /// TypeVar(name, function that evaluates the constraints)
    TypeVarWithConstraints,
    /// ParamSpec(name)
    ParamSpec,
    /// TypeVarTuple(name)
    TypeVarTuple,
    /// (type parameter, function that evaluates its default): the parameter
    SetTypeParamDefault,
    /// TypeAliasType(name, tuple of type parameters or None, function that evaluates the value)
    TypeAlias,
    /// Generic[*parameters] of (tuple of type parameters)
    SubscriptGeneric,
    /// (function, tuple of type parameters): the function
    SetFunctionTypeParams,
    /// (value that an asynchronous generator yields): the value, told apart from what the generator awaits
    AsyncGenWrap,
}

/// One instruction: see the module's documentation for its fields.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Instr(pub u64);

const _: () = assert!(size_of::<Instr>() == 8);

/// A native function with so many parameters, its object included, may be called without all of them in the shortest way.
pub const FEW_PARAMETERS: usize = 4;

impl Instr {
    /// The largest value of `c` read as unsigned.
    pub const C_MAX: u32 = (1 << 24) - 1;
    /// A bit in the count of `CallKw`: nothing is called a method here, whatever register a+1 holds.
    pub const NO_SELF: u16 = 1 << 15;
    /// So many registers from its base on a `Call` or `CallMethod` may use, however few its arguments: a native function's parameters for which
    /// there is none are unbound ones behind those.
    pub const CALL_ROOM: usize = 2 + FEW_PARAMETERS;
    /// The most arguments of a `Call` or `CallMethod`.
    pub const MOST_ARGUMENTS: usize = u8::MAX as usize;
    /// The `b` of a `MakeFunction` that needs nothing but the code.
    pub const NO_PARTS: u16 = u16::MAX;
    /// The range of `c` read as signed.
    pub const C_SIGNED: std::ops::RangeInclusive<i64> = -(1 << 23)..=(1 << 23) - 1;

    pub const fn new(op: Op, a: u16, b: u16, c: u32) -> Instr {
        Instr(op as u64 | (a as u64) << 8 | (b as u64) << 24 | (c as u64) << 40)
    }

    #[inline(always)]
    pub fn op(self) -> Op {
        // SAFETY: instructions are only made by `new`, from an `Op`, and `with_*` leave its byte alone.
        unsafe { std::mem::transmute::<u8, Op>(self.0 as u8) }
    }

    #[inline(always)]
    pub const fn a(self) -> usize {
        (self.0 >> 8) as u16 as usize
    }

    #[inline(always)]
    pub const fn b(self) -> usize {
        (self.0 >> 24) as u16 as usize
    }

    #[inline(always)]
    pub const fn b_signed(self) -> i64 {
        (self.0 >> 24) as u16 as i16 as i64
    }

    #[inline(always)]
    pub const fn c(self) -> usize {
        (self.0 >> 40) as usize
    }

    #[inline(always)]
    pub const fn c_signed(self) -> i64 {
        (self.0 as i64) >> 40
    }

    /// How many arguments a `Call` or `CallMethod` has.
    #[inline(always)]
    pub const fn arguments(self) -> usize {
        (self.0 >> 40) as u8 as usize
    }

    /// How many words behind a `Call` or `CallMethod`, as it runs, its guess lies; 0 if it has none within reach.
    pub const fn guess(self) -> usize {
        (self.0 >> 48) as usize
    }

    /// A `Call` or `CallMethod` whose guess lies so many words behind it.
    pub fn with_guess(self, distance: usize) -> Instr {
        let distance = u16::try_from(distance).unwrap_or(0);
        self.with_c(self.arguments() as u32 | u32::from(distance) << 8)
    }

    /// The same instruction with another `c`: how a jump is patched.
    pub const fn with_c(self, c: u32) -> Instr {
        Instr(self.0 & ((1 << 40) - 1) | (c as u64) << 40)
    }

    pub fn info(self) -> &'static OpInfo {
        &OPS[self.0 as u8 as usize]
    }

    /// Each field's operand, value and name.
    pub(super) fn operands(self) -> [(Operand, usize, char); 3] {
        let info = self.info();
        [(info.a, self.a(), 'a'), (info.b, self.b(), 'b'), (info.c, self.c(), 'c')]
    }

    /// How many registers the instruction reads or writes from the base in this field on.
    pub fn row_length(self, field: char) -> usize {
        let count = self.c();
        match (self.op(), field) {
            (Op::Call | Op::CallMethod, _) => (2 + self.arguments()).max(Instr::CALL_ROOM),
            (Op::CallKw, _) => 2 + (self.b() & !(Instr::NO_SELF as usize)),
            (Op::CallEx | Op::BuildSlice, _) => 3,
            (Op::LoadMethod | Op::LoadMethodToCall | Op::LoadSpecial | Op::SuperMethod, 'a') => 2,
            (Op::BuildDict, _) => 2 * count,
            (Op::BuildTuple | Op::BuildList | Op::BuildSet | Op::BuildString | Op::BuildTemplate, _) => count,
            (Op::FormatValue, _) => 1 + (count >> 2 & 1),
            (Op::BuildInterpolation | Op::MatchClass, _) => 3,
            (Op::UnpackSequence, _) => count,
            (Op::UnpackEx, _) => (count & 0xFFF) + (count >> 12) + 1,
            (Op::MakeFunction, _) => 4,
            (Op::MatchExceptionGroup | Op::WithExit | Op::ImportName | Op::DictMerge, _) => 2,
            _ => 1,
        }
    }

    /// Behind the last register that the instruction reads or writes.
    pub fn registers_end(self) -> usize {
        let end = |(operand, value, field)| match operand {
            Operand::Read | Operand::Write | Operand::Update => value + 1,
            Operand::Base if self.op() == Op::MakeFunction && value == Instr::NO_PARTS as usize => 0,
            // How many an intrinsic reads is its own business: no more than three.
            Operand::Base if self.op() == Op::Intrinsic => value + 3,
            Operand::Base => value + self.row_length(field),
            _ => 0,
        };
        self.operands().into_iter().map(end).max().unwrap_or(0)
    }
}

impl fmt::Debug for Instr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.info().name, self.a(), self.b(), self.c())
    }
}
