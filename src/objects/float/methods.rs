//! The type `float`: constructor, methods, attributes.

use std::sync::atomic::Ordering;

use num_bigint::BigInt;

use crate::heap::{Gc, Header, Value};
use crate::objects::class::Class;
use crate::objects::int::{self, IntRef};
use crate::objects::kinds;
use crate::objects::number::{self, comparison, operator, unary_operator};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::ops::{self, Number};
use crate::vm::{Raised, Thread};

use super::{Float, hash, hex, integer_parts, parse, round};

pub static FLOAT: TypeDef = TypeDef {
    methods: METHODS,
    getset: GETSET,
    subclassable: true,
    match_self: true,
    quick: Some(|th, args| match args {
        [x] => Some(plain(th, *x)),
        _ => None,
    }),
    ..TypeDef::new("float", kinds::FLOAT, "float(x=0, /)\n\nA number, or the text of one, as a floating-point number.")
};

/// Floats take integers as operands too.
fn accept(v: Value) -> Option<Number> {
    Number::of(v).filter(|n| !matches!(n, Number::Complex(_)))
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, x=0, /)", "Create a float.", float_new).static_method(),
    operator!(accept, Add, "+", "__add__"),
    operator!(reflected accept, Add, "+", "__radd__"),
    operator!(accept, Sub, "-", "__sub__"),
    operator!(reflected accept, Sub, "-", "__rsub__"),
    operator!(accept, Mul, "*", "__mul__"),
    operator!(reflected accept, Mul, "*", "__rmul__"),
    operator!(accept, TrueDiv, "/", "__truediv__"),
    operator!(reflected accept, TrueDiv, "/", "__rtruediv__"),
    operator!(accept, FloorDiv, "//", "__floordiv__"),
    operator!(reflected accept, FloorDiv, "//", "__rfloordiv__"),
    operator!(accept, Mod, "%", "__mod__"),
    operator!(reflected accept, Mod, "%", "__rmod__"),
    unary_operator!(accept, Neg, "-", "__neg__"),
    unary_operator!(accept, Pos, "+", "__pos__"),
    comparison!(accept, Eq, "==", "__eq__"),
    comparison!(accept, Ne, "!=", "__ne__"),
    comparison!(accept, Lt, "<", "__lt__"),
    comparison!(accept, Le, "<=", "__le__"),
    comparison!(accept, Gt, ">", "__gt__"),
    comparison!(accept, Ge, ">=", "__ge__"),
    native("__divmod__", "($self, value, /)", "Return divmod(self, value).", |th, a| number::div_mod(th, accept, a)),
    native("__rdivmod__", "($self, value, /)", "Return divmod(value, self).", |th, a| {
        number::div_mod(th, accept, &[a[1], a[0]])
    }),
    native("__pow__", "($self, value, mod=None, /)", "Return pow(self, value, mod).", |th, a| {
        pow(th, [a[0], a[1]], a[2])
    }),
    native("__rpow__", "($self, value, mod=None, /)", "Return pow(value, self, mod).", |th, a| {
        pow(th, [a[1], a[0]], a[2])
    }),
    native("__abs__", "($self, /)", "abs(self)", |_, a| Ok(Value::float(this(a[0]).abs()))),
    native("__bool__", "($self, /)", "True if self else False", |_, a| Ok(Value::bool(this(a[0]) != 0.0))),
    native("__int__", "($self, /)", "int(self)", |th, a| int::from_float(th, this(a[0]))),
    native("__float__", "($self, /)", "float(self)", |_, a| Ok(Value::float(this(a[0])))),
    native("__hash__", "($self, /)", "Return hash(self).", |th, a| Ok(th.int(hash(this(a[0]))))),
    native("__repr__", "($self, /)", "Return repr(self).", |th, a| {
        ops::repr(th, Value::float(this(a[0]))).map(Gc::value)
    }),
    native("__format__", "($self, format_spec, /)", "Format the float as the format spec says.", float_format),
    native("__trunc__", "($self, /)", "The integer part, towards 0.", |th, a| int::from_float(th, this(a[0]))),
    native("__floor__", "($self, /)", "The largest integer that is not above.", |th, a| {
        int::from_float(th, this(a[0]).floor())
    }),
    native("__ceil__", "($self, /)", "The smallest integer that is not below.", |th, a| {
        int::from_float(th, this(a[0]).ceil())
    }),
    native(
        "__round__",
        "($self, ndigits=None, /)",
        "Round to so many decimal places; without them, to an int. Halves go to the even neighbour.",
        float_round,
    ),
    native("__getnewargs__", "($self, /)", "Return the state for pickling.", |th, a| {
        Ok(th.tuple(&[Value::float(this(a[0]))]))
    }),
    native("__getformat__", "(cls, typestr, /)", "How doubles and floats lie in memory.", get_format).class_method(),
    native("conjugate", "($self, /)", "Return self, the complex conjugate of any float.", |_, a| {
        Ok(Value::float(this(a[0])))
    }),
    native("is_integer", "($self, /)", "Whether the float is an integer.", |_, a| {
        let f = this(a[0]);
        Ok(Value::bool(f.is_finite() && f.trunc() == f))
    }),
    native(
        "as_integer_ratio",
        "($self, /)",
        "Return the pair of integers, without a common divisor, whose ratio is exactly the float.",
        as_integer_ratio,
    ),
    native("hex", "($self, /)", "The exact value in hexadecimal: '0x1.8000000000000p+0'.", |th, a| {
        Ok(th.str(&hex::to_hex(this(a[0]))))
    }),
    native("fromhex", "(cls, string, /)", "A float from its hexadecimal text.", from_hex).class_method(),
    native("from_number", "(cls, number, /)", "A float from a real number; texts are refused.", from_number)
        .class_method(),
];

const GETSET: &[GetSetDef] = &[
    getter("real", "The real part: the number itself.", |_, v| Ok(Value::float(this(v)))),
    getter("imag", "The imaginary part: 0.", |_, _| Ok(Value::float(0.0))),
];

fn this(v: Value) -> f64 {
    match super::of(v) {
        Some(f) => f,
        None => unreachable!("methods found on a type get an instance of it"),
    }
}

/// A float of `class`, which is `float` or a subclass.
fn instance(th: &Thread, class: Value, f: f64) -> Value {
    match class.as_class() {
        Some(class) if class != th.vm().class_of_kind(kinds::FLOAT) => subclass_instance(th, class, f),
        _ => Value::float(f),
    }
}

fn subclass_instance(th: &Thread, class: Gc<Class>, f: f64) -> Value {
    th.instantiate(class, Float { header: Header::of_kind(kinds::FLOAT), value: f }).value()
}

fn float_new(th: &Thread, args: &[Value]) -> Result {
    if args[1].is_empty() {
        return Ok(instance(th, args[0], 0.0));
    }
    if args[0].as_class() == Some(th.vm().class_of_kind(kinds::FLOAT)) {
        return plain(th, args[1]);
    }
    Ok(instance(th, args[0], from_object(th, args[1])?))
}

/// `float(x)`: a float is made of itself, and every NaN made of a text is another one.
fn plain(th: &Thread, x: Value) -> Result {
    if x.is_float() {
        return Ok(x);
    }
    let f = from_object(th, x)?;
    let is_new = f.is_nan() && int::text(x).is_some();
    if !is_new {
        return Ok(Value::float(f));
    }
    Ok(Value::own_nan(th.vm().nans.fetch_add(1, Ordering::Relaxed), f.is_sign_negative()))
}

/// `float(x)`
fn from_object(th: &Thread, x: Value) -> Result<f64> {
    if let Some(i) = x.as_small_int() {
        return Ok(i as f64);
    }
    if let Some(f) = x.as_inline_float() {
        return Ok(f);
    }
    // A subclass of str or bytes may know better.
    if x.header().is_some_and(|header| !header.is_exact()) && is_real(th, x) {
        return ops::float(th, x);
    }
    if let Some(text) = int::text(x) {
        return match parse::from_text(&text) {
            Some(f) => Ok(f),
            None => {
                let text = ops::repr(th, x)?.to_text();
                Err(th.value_error(format_args!("could not convert string to float: {text}")))
            }
        };
    }
    if is_real(th, x) {
        return ops::float(th, x);
    }
    let class = th.type_name(x);
    Err(th.type_error(format_args!("float() argument must be a string or a real number, not '{class}'")))
}

/// Whether `ops::float` can make a float of the object: a real number, or one with `__float__` or `__index__`.
pub fn is_real(th: &Thread, v: Value) -> bool {
    if accept(v).is_some() {
        return true;
    }
    let (class, names) = (th.class_of(v), &th.vm().names);
    th.lookup(class, names.__float__).is_some() || th.lookup(class, names.__index__).is_some()
}

fn from_number(th: &Thread, args: &[Value]) -> Result {
    if args[1].is_float() && args[0].as_class() == Some(th.vm().class_of_kind(kinds::FLOAT)) {
        return Ok(args[1]);
    }
    Ok(instance(th, args[0], ops::float(th, args[1])?))
}

/// As `instance`, by calling the class: its `__new__` and `__init__` shall run.
fn construct(th: &Thread, class: Value, f: f64) -> Result {
    match class.as_class() {
        Some(class) if class != th.vm().class_of_kind(kinds::FLOAT) => th.call(class.value(), &[Value::float(f)]),
        _ => Ok(Value::float(f)),
    }
}

fn from_hex(th: &Thread, args: &[Value]) -> Result {
    let Some(text) = args[1].as_str_cell() else {
        return Err(th.type_error("bad argument type for built-in operation"));
    };
    match text.as_str().map_or(Err(hex::Fault::Invalid), hex::from_hex) {
        Ok(f) => construct(th, args[0], f),
        Err(hex::Fault::Invalid) => Err(th.value_error("invalid hexadecimal floating-point string")),
        Err(hex::Fault::TooLarge) => Err(th.overflow_error("hexadecimal value too large to represent as a float")),
    }
}

fn pow(th: &Thread, [a, b]: [Value; 2], modulus: Value) -> Result {
    if !modulus.is_empty() && !modulus.is_none() {
        return Err(th.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    number::binary(th, ops::BinaryOp::Pow, accept, &[a, b])
}

fn float_format(th: &Thread, args: &[Value]) -> Result {
    let spec = int::format_spec(th, args[1])?;
    crate::objects::format::convert::own_format(th, args[0], spec)
}

fn float_round(th: &Thread, args: &[Value]) -> Result {
    let (f, digits) = (this(args[0]), args[1]);
    if digits.is_empty() || digits.is_none() {
        return int::from_float(th, f.round_ties_even());
    }
    let digits = ops::index(th, digits)?;
    let digits =
        IntRef::of(digits).map_or(0, |d| d.to_i64().unwrap_or(if d.is_negative() { i64::MIN } else { i64::MAX }));
    match round::to_places(f, digits) {
        Some(rounded) => Ok(Value::float(rounded)),
        None => Err(th.overflow_error("rounded value too large to represent")),
    }
}

fn get_format(th: &Thread, args: &[Value]) -> Result {
    let name = crate::objects::str::args::text(th, args[1], "__getformat__() argument")?;
    match name.as_str() {
        Some("double" | "float") if cfg!(target_endian = "little") => Ok(th.str("IEEE, little-endian")),
        Some("double" | "float") => Ok(th.str("IEEE, big-endian")),
        _ => Err(th.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
    }
}

fn as_integer_ratio(th: &Thread, args: &[Value]) -> Result {
    let f = this(args[0]);
    if !f.is_finite() {
        return Err(not_a_ratio(th, f));
    }
    let (mantissa, exponent) = integer_parts(f);
    let (mut numerator, mut denominator) = (BigInt::from(mantissa), BigInt::from(1));
    if exponent > 0 {
        numerator <<= exponent as u32;
    } else {
        denominator <<= exponent.unsigned_abs();
    }
    if f < 0.0 {
        numerator = -numerator;
    }
    Ok(th.tuple(&[int::from_big(th, numerator), int::from_big(th, denominator)]))
}

#[cold]
fn not_a_ratio(th: &Thread, f: f64) -> Raised {
    if f.is_nan() {
        th.value_error("cannot convert NaN to integer ratio")
    } else {
        th.overflow_error("cannot convert Infinity to integer ratio")
    }
}
