//! `operator`: Python's operators as functions, and the callables `itemgetter`, `attrgetter` and `methodcaller`.

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::modules::ModuleDef;
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::sequences::Text;
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::ops::{self, BinaryOp, CompareOp, UnaryOp};
use crate::vm::{Thread, import, signature};

pub static OPERATOR: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    types: &[&ITEM_GETTER, &ATTR_GETTER, &METHOD_CALLER],
    init: Some(init),
    in_c: Some("_operator"),
    ..ModuleDef::new(
        "operator",
        "Operator interface.\n\nThis module exports a set of functions corresponding to the operators of Python.",
    )
};

macro_rules! binary {
    ($name:literal, $doc:literal, $run:path, $op:expr) => {
        native($name, "(a, b, /)", $doc, |th, args| $run(th, $op, args[0], args[1]))
    };
}

const FUNCTIONS: &[NativeDef] = &[
    native("abs", "(a, /)", "Same as abs(a).", |th, args| match th.call_special(args[0], th.vm().names.__abs__, &[]) {
        Some(result) => result,
        None => Err(th.type_error(format_args!("bad operand type for abs(): '{}'", th.type_name(args[0])))),
    }),
    binary!("add", "Same as a + b.", ops::binary, BinaryOp::Add),
    binary!("sub", "Same as a - b.", ops::binary, BinaryOp::Sub),
    binary!("mul", "Same as a * b.", ops::binary, BinaryOp::Mul),
    binary!("matmul", "Same as a @ b.", ops::binary, BinaryOp::MatMul),
    binary!("truediv", "Same as a / b.", ops::binary, BinaryOp::TrueDiv),
    binary!("floordiv", "Same as a // b.", ops::binary, BinaryOp::FloorDiv),
    binary!("mod", "Same as a % b.", ops::binary, BinaryOp::Mod),
    binary!("pow", "Same as a ** b.", ops::binary, BinaryOp::Pow),
    binary!("lshift", "Same as a << b.", ops::binary, BinaryOp::LShift),
    binary!("rshift", "Same as a >> b.", ops::binary, BinaryOp::RShift),
    binary!("and_", "Same as a & b.", ops::binary, BinaryOp::And),
    binary!("or_", "Same as a | b.", ops::binary, BinaryOp::Or),
    binary!("xor", "Same as a ^ b.", ops::binary, BinaryOp::Xor),
    binary!("iadd", "Same as a += b.", ops::in_place, BinaryOp::Add),
    binary!("isub", "Same as a -= b.", ops::in_place, BinaryOp::Sub),
    binary!("imul", "Same as a *= b.", ops::in_place, BinaryOp::Mul),
    binary!("imatmul", "Same as a @= b.", ops::in_place, BinaryOp::MatMul),
    binary!("itruediv", "Same as a /= b.", ops::in_place, BinaryOp::TrueDiv),
    binary!("ifloordiv", "Same as a //= b.", ops::in_place, BinaryOp::FloorDiv),
    binary!("imod", "Same as a %= b.", ops::in_place, BinaryOp::Mod),
    binary!("ipow", "Same as a **= b.", ops::in_place, BinaryOp::Pow),
    binary!("ilshift", "Same as a <<= b.", ops::in_place, BinaryOp::LShift),
    binary!("irshift", "Same as a >>= b.", ops::in_place, BinaryOp::RShift),
    binary!("iand", "Same as a &= b.", ops::in_place, BinaryOp::And),
    binary!("ior", "Same as a |= b.", ops::in_place, BinaryOp::Or),
    binary!("ixor", "Same as a ^= b.", ops::in_place, BinaryOp::Xor),
    binary!("lt", "Same as a < b.", ops::compare, CompareOp::Lt),
    binary!("le", "Same as a <= b.", ops::compare, CompareOp::Le),
    binary!("eq", "Same as a == b.", ops::compare, CompareOp::Eq),
    binary!("ne", "Same as a != b.", ops::compare, CompareOp::Ne),
    binary!("gt", "Same as a > b.", ops::compare, CompareOp::Gt),
    binary!("ge", "Same as a >= b.", ops::compare, CompareOp::Ge),
    native("neg", "(a, /)", "Same as -a.", |th, args| ops::unary(th, UnaryOp::Neg, args[0])),
    native("pos", "(a, /)", "Same as +a.", |th, args| ops::unary(th, UnaryOp::Pos, args[0])),
    native("inv", "(a, /)", "Same as ~a.", |th, args| ops::unary(th, UnaryOp::Invert, args[0])),
    native("invert", "(a, /)", "Same as ~a.", |th, args| ops::unary(th, UnaryOp::Invert, args[0])),
    native("not_", "(a, /)", "Same as not a.", |th, args| Ok(Value::bool(!ops::truthy(th, args[0])?))),
    native("truth", "(a, /)", "Return True if a is true, False otherwise.", |th, args| {
        Ok(Value::bool(ops::truthy(th, args[0])?))
    }),
    native("index", "(a, /)", "Same as a.__index__()", |th, args| ops::index(th, args[0])),
    native("is_", "(a, b, /)", "Same as a is b.", |_, args| Ok(Value::bool(args[0] == args[1]))),
    native("is_not", "(a, b, /)", "Same as a is not b.", |_, args| Ok(Value::bool(args[0] != args[1]))),
    native("is_none", "(a, /)", "Same as a is None.", |_, args| Ok(Value::bool(args[0].is_none()))),
    native("is_not_none", "(a, /)", "Same as a is not None.", |_, args| Ok(Value::bool(!args[0].is_none()))),
    native("getitem", "(a, b, /)", "Same as a[b].", |th, args| ops::get_item(th, args[0], args[1])),
    native("setitem", "(a, b, c, /)", "Same as a[b] = c.", |th, args| {
        ops::set_item(th, args[0], args[1], args[2]).map(|()| Value::NONE)
    }),
    native("delitem", "(a, b, /)", "Same as del a[b].", |th, args| {
        ops::del_item(th, args[0], args[1]).map(|()| Value::NONE)
    }),
    native("contains", "(a, b, /)", "Same as b in a (note reversed operands).", |th, args| {
        Ok(Value::bool(ops::contains(th, args[0], args[1])?))
    }),
    native("concat", "(a, b, /)", "Same as a + b, for a and b sequences.", |th, args| {
        sequence(th, args[0])?;
        ops::binary(th, BinaryOp::Add, args[0], args[1])
    }),
    native("iconcat", "(a, b, /)", "Same as a += b, for a and b sequences.", |th, args| {
        sequence(th, args[0])?;
        ops::in_place(th, BinaryOp::Add, args[0], args[1])
    }),
    native("countOf", "(a, b, /)", "Return the number of items in a which are, or which equal, b.", |th, args| {
        let mut count = 0;
        for_each_in(th, args[0], |item| {
            count += i64::from(ops::equal(th, item, args[1])?);
            Ok(true)
        })?;
        Ok(th.int(count))
    }),
    native("indexOf", "(a, b, /)", "Return the first index of b in a.", |th, args| {
        let (mut at, mut found) = (0, false);
        for_each_in(th, args[0], |item| {
            found = ops::equal(th, item, args[1])?;
            at += i64::from(!found);
            Ok(!found)
        })?;
        if found { Ok(th.int(at)) } else { Err(th.value_error("sequence.index(x): x not in sequence")) }
    }),
    native("length_hint", "(obj, default=0, /)", "Return an estimate of the number of items in obj.", |th, args| {
        if !args[1].is_empty() {
            ops::index_i64(th, args[1])?;
        }
        match ops::length_hint_if_any(th, args[0])? {
            Some(hint) => Ok(th.int(hint as i64)),
            None if args[1].is_empty() => Ok(Value::small_int(0)),
            None => Ok(args[1]),
        }
    }),
    native("call", "(obj, /, *args, **kwargs)", "Same as obj(*args, **kwargs).", |th, args| {
        th.call_unpacked(args[0], signature::items(args[1].downcast()), args[2].downcast())
    })
    .counted(),
];

/// TypeError for what cannot be concatenated.
fn sequence(th: &Thread, value: Value) -> Result<()> {
    let class = th.class_of(value);
    let names = &th.vm().names;
    if th.lookup(class, names.__getitem__).is_none() || value.downcast::<Dict>().is_some() {
        return Err(th.type_error(format_args!("'{}' object can't be concatenated", class.name())));
    }
    Ok(())
}

/// Calls `each` with the items until it says no.
fn for_each_in(th: &Thread, iterable: Value, mut each: impl FnMut(Value) -> Result<bool>) -> Result<()> {
    if !ops::is_iterable(th, iterable) {
        return Err(th.type_error(format_args!("argument of type '{}' is not iterable", th.type_name(iterable))));
    }
    let iterator = ops::iter(th, iterable)?;
    while let Some(item) = ops::next(th, iterator)? {
        if !each(item)? {
            break;
        }
    }
    Ok(())
}

/// The names with underscores (`__add__` for `add`), and `__all__`.
fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let special = [
        "abs",
        "add",
        "concat",
        "contains",
        "delitem",
        "eq",
        "floordiv",
        "ge",
        "getitem",
        "gt",
        "iadd",
        "iand",
        "iconcat",
        "ifloordiv",
        "ilshift",
        "imatmul",
        "imod",
        "imul",
        "index",
        "inv",
        "invert",
        "ior",
        "ipow",
        "irshift",
        "isub",
        "itruediv",
        "ixor",
        "le",
        "lshift",
        "lt",
        "matmul",
        "mod",
        "mul",
        "ne",
        "neg",
        "pos",
        "pow",
        "rshift",
        "setitem",
        "sub",
        "truediv",
        "xor",
        "and_",
        "or_",
        "not_",
        "call",
    ];
    for name in special {
        let alias = format!("__{}__", name.trim_end_matches('_'));
        if let Some(function) = module.namespace.get_str(th, th.intern(name)) {
            module.namespace.set_str(th, th.intern(&alias), function);
        }
    }
    let mut all: Vec<&str> = FUNCTIONS.iter().map(|def| def.name).collect();
    all.extend([ITEM_GETTER.name, ATTR_GETTER.name, METHOD_CALLER.name]);
    all.sort_unstable();
    let all: Vec<Value> = all.into_iter().map(|name| th.str(name)).collect();
    module.namespace.set_str(th, th.vm().names.__all__, th.list(&all));
    Ok(())
}

// ---- callables

/// What one of the callables was made with.
struct Call {
    /// A tuple: the items, the names of attributes, or a method's name and its arguments.
    args: Slot,
    /// A dict of a method's keyword arguments.
    keywords: Slot,
}

impl NativeState for Call {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.args);
        tracer.slot(&self.keywords);
    }
}

impl Call {
    fn args(&self) -> &'static [Value] {
        signature::items(self.args.get().downcast::<Tuple>())
    }
}

fn make(th: &Thread, class: Value, args: Value, keywords: Value) -> Result {
    let Some(class) = class.as_class() else {
        return Err(th.type_error("__new__(X): X is not a type object"));
    };
    let state = Call { args: Slot::new(args), keywords: Slot::new(keywords) };
    Ok(native_object::new(th, class, Box::new(state)).value())
}

fn call_of(th: &Thread, this: Value) -> Result<&'static Call> {
    let call = this.downcast::<NativeObject>().and_then(|object| object.state_as::<Call>());
    call.ok_or_else(|| th.type_error("an object of module operator is required"))
}

/// One thing as it is, several in a tuple.
fn each_of(th: &Thread, this: Value, get: impl Fn(Value) -> Result) -> Result {
    let args = call_of(th, this)?.args();
    if let [one] = args {
        return get(*one);
    }
    let row = Tuple::unfilled(th, args.len());
    for (at, arg) in args.iter().enumerate() {
        row.fill(at, get(*arg)?);
    }
    Ok(row.value())
}

fn at_least_one(th: &Thread, name: &str, args: Value) -> Result<()> {
    if signature::items(args.downcast::<Tuple>()).is_empty() {
        return Err(th.type_error(format_args!("{name} expected 1 argument, got 0")));
    }
    Ok(())
}

/// `a.b.c` of an object.
fn dotted(th: &Thread, object: Value, path: Value) -> Result {
    let Some(path) = path.as_str_cell() else { return Err(th.type_error("attribute name must be a string")) };
    if !path.wtf8().contains(&b'.') {
        return ops::get_attr(th, object, th.intern_str(path));
    }
    path.to_text().split('.').try_fold(object, |object, name| ops::get_attr(th, object, th.intern(name)))
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let call = call_of(th, args[0])?;
    let class: Gc<Class> = th.class_of(args[0]);
    let mut text = Text::default();
    text.push(&class.name());
    text.push("(");
    let mut separator = "";
    for arg in call.args() {
        text.push(separator);
        text.push_repr(th, *arg)?;
        separator = ", ";
    }
    for (name, value) in call.keywords.get().downcast::<Dict>().map(|dict| dict.entries()).unwrap_or_default() {
        text.push(separator);
        text.push(&ops::str(th, name)?.to_text());
        text.push("=");
        text.push_repr(th, value)?;
        separator = ", ";
    }
    text.push(")");
    Ok(text.finish(th))
}

fn reduce(th: &Thread, args: &[Value]) -> Result {
    let call = call_of(th, args[0])?;
    Ok(th.tuple(&[th.class_of(args[0]).value(), call.args.get()]))
}

/// As `reduce`; keyword arguments need `functools.partial`.
fn reduce_method_caller(th: &Thread, args: &[Value]) -> Result {
    let call = call_of(th, args[0])?;
    let Some(keywords) = call.keywords.get().downcast::<Dict>().filter(|keywords| !keywords.is_empty()) else {
        return reduce(th, args);
    };
    let functools = import::import_by_name(th, th.intern("functools"))?;
    let partial = ops::get_attr(th, functools, th.intern("partial"))?;
    let class = th.class_of(args[0]).value();
    let [name, rest @ ..] = call.args() else { return reduce(th, args) };
    let partial = th.call_unpacked(partial, &[class, *name], Some(keywords))?;
    Ok(th.tuple(&[partial, th.tuple(rest)]))
}

const REPR: NativeDef = native("__repr__", "($self, /)", "Return repr(self).", repr);
const REDUCE: NativeDef = native("__reduce__", "($self, /)", "Return state information for pickling.", reduce);

pub static ITEM_GETTER: TypeDef = TypeDef {
    module: "operator",
    methods: &[
        native("__new__", "(cls, /, *items)", "Create and return a new object.", |th, args| {
            at_least_one(th, "itemgetter", args[1])?;
            make(th, args[0], args[1], Value::NONE)
        })
        .static_method(),
        native("__call__", "($self, obj, /)", "Call self as a function.", |th, args| {
            each_of(th, args[0], |item| ops::get_item(th, args[1], item))
        }),
        REPR,
        REDUCE,
    ],
    ..TypeDef::new(
        "itemgetter",
        kinds::NATIVE_STATE,
        "Return a callable object that fetches the given item(s) from its operand.",
    )
};

pub static ATTR_GETTER: TypeDef = TypeDef {
    module: "operator",
    methods: &[
        native("__new__", "(cls, /, *attrs)", "Create and return a new object.", |th, args| {
            at_least_one(th, "attrgetter", args[1])?;
            if signature::items(args[1].downcast::<Tuple>()).iter().any(|name| name.as_str_cell().is_none()) {
                return Err(th.type_error("attribute name must be a string"));
            }
            make(th, args[0], args[1], Value::NONE)
        })
        .static_method(),
        native("__call__", "($self, obj, /)", "Call self as a function.", |th, args| {
            each_of(th, args[0], |path| dotted(th, args[1], path))
        }),
        REPR,
        REDUCE,
    ],
    ..TypeDef::new(
        "attrgetter",
        kinds::NATIVE_STATE,
        "Return a callable object that fetches the given attribute(s) from its operand.",
    )
};

pub static METHOD_CALLER: TypeDef = TypeDef {
    module: "operator",
    methods: &[
        native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
            match signature::items(args[1].downcast::<Tuple>()).first() {
                None => Err(th.raise(Exc::TypeError, "methodcaller needs at least one argument, the method name")),
                Some(name) if name.as_str_cell().is_none() => Err(th.type_error("method name must be a string")),
                Some(_) => make(th, args[0], args[1], args[2]),
            }
        })
        .static_method(),
        native("__call__", "($self, obj, /)", "Call self as a function.", |th, args| {
            let call = call_of(th, args[0])?;
            let [name, rest @ ..] = call.args() else { return Ok(Value::NONE) };
            let Some(name) = name.as_str_cell() else { return Ok(Value::NONE) };
            let method = ops::get_attr(th, args[1], th.intern_str(name))?;
            th.call_unpacked(method, rest, call.keywords.get().downcast())
        }),
        REPR,
        native("__reduce__", "($self, /)", "Return state information for pickling.", reduce_method_caller),
    ],
    ..TypeDef::new(
        "methodcaller",
        kinds::NATIVE_STATE,
        "Return a callable object that calls the given method on its operand.",
    )
};
