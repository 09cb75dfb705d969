//! The type `int`: constructor, methods, attributes.

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::number::{self, comparison, operator, unary_operator};
use crate::objects::str::Str;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::arith;
use super::{IntRef, from_big, from_i64, from_text, hash, subclass_instance};

pub static INT: TypeDef = TypeDef {
    methods: METHODS,
    getset: GETSET,
    subclassable: true,
    match_self: true,
    quick: Some(|th, args| match args {
        [x] if x.is_int() => Some(Ok(*x)),
        [x] => Some(from_object(th, *x)),
        _ => None,
    }),
    ..TypeDef::new(
        "int",
        kinds::INT,
        "int([x]) -> integer\nint(x, base=10) -> integer\n\n\
         A number, or the text of one in some base, as an integer; 0 without an argument.\n\
         Fractions are cut off. Base 0 takes the base from the text's prefix, as in Python source.",
    )
};

fn accept(v: Value) -> Option<ops::Number> {
    IntRef::of(v).map(ops::Number::Int)
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, x=<unrepresentable>, /, base=10)", "Create an integer.", int_new)
        .static_method()
        .counted(),
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
    operator!(accept, LShift, "<<", "__lshift__"),
    operator!(reflected accept, LShift, "<<", "__rlshift__"),
    operator!(accept, RShift, ">>", "__rshift__"),
    operator!(reflected accept, RShift, ">>", "__rrshift__"),
    operator!(accept, And, "&", "__and__"),
    operator!(reflected accept, And, "&", "__rand__"),
    operator!(accept, Or, "|", "__or__"),
    operator!(reflected accept, Or, "|", "__ror__"),
    operator!(accept, Xor, "^", "__xor__"),
    operator!(reflected accept, Xor, "^", "__rxor__"),
    unary_operator!(accept, Neg, "-", "__neg__"),
    unary_operator!(accept, Pos, "+", "__pos__"),
    unary_operator!(accept, Invert, "~", "__invert__"),
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
        pow(th, a[0], a[1], a[2])
    }),
    native("__rpow__", "($self, value, mod=None, /)", "Return pow(value, self, mod).", |th, a| {
        pow(th, a[1], a[0], a[2])
    }),
    native("__abs__", "($self, /)", "abs(self)", |th, a| Ok(arith::abs(th, this(a[0])))),
    native("__bool__", "($self, /)", "True if self else False", |_, a| Ok(Value::bool(!this(a[0]).is_zero()))),
    native("__int__", "($self, /)", "int(self)", as_int),
    native("__index__", "($self, /)", "Return self as an integer, for use as an index.", as_int),
    native("__float__", "($self, /)", "float(self)", |th, a| this(a[0]).to_float(th).map(Value::float)),
    native("__hash__", "($self, /)", "Return hash(self).", |th, a| Ok(from_i64(th, hash(this(a[0]))))),
    native("__repr__", "($self, /)", "Return repr(self).", int_repr),
    native("__format__", "($self, format_spec, /)", "Format the integer as the format spec says.", int_format),
    native("__trunc__", "($self, /)", "Truncating an Integral returns itself.", as_int),
    native("__floor__", "($self, /)", "Flooring an Integral returns itself.", as_int),
    native("__ceil__", "($self, /)", "Ceiling of an Integral returns itself.", as_int),
    native(
        "__round__",
        "($self, ndigits=<unrepresentable>, /)",
        "Round to a power of ten, halves to the even neighbour.",
        int_round,
    ),
    native("__getnewargs__", "($self, /)", "Return the state for pickling.", |th, a| Ok(th.tuple(&[as_int(th, a)?]))),
    native("__sizeof__", "($self, /)", "Return the size in memory, in bytes.", int_size),
    native("conjugate", "($self, /)", "Return self, the complex conjugate of any int.", as_int),
    native("bit_length", "($self, /)", "How many bits the number has in binary, without sign.", bit_length),
    native("bit_count", "($self, /)", "How many ones the absolute value has in binary.", bit_count),
    native("as_integer_ratio", "($self, /)", "Return the pair (self, 1).", |th, a| {
        Ok(th.tuple(&[as_int(th, a)?, Value::small_int(1)]))
    }),
    super::bytes::TO_BYTES,
    super::bytes::FROM_BYTES,
    native("is_integer", "($self, /)", "Return True: every int is an integer.", |_, _| Ok(Value::TRUE)),
];

const GETSET: &[GetSetDef] = &[
    getter("real", "The real part: the number itself.", |th, v| as_int(th, &[v])),
    getter("imag", "The imaginary part: 0.", |_, _| Ok(Value::small_int(0))),
    getter("numerator", "The number itself, as a fraction's numerator.", |th, v| as_int(th, &[v])),
    getter("denominator", "A fraction's denominator: 1.", |_, _| Ok(Value::small_int(1))),
];

fn this(v: Value) -> IntRef<'static> {
    match IntRef::of(v) {
        Some(int) => int,
        None => unreachable!("methods found on a type get an instance of it"),
    }
}

/// The number as an instance of exactly `int`.
fn as_int(th: &Thread, args: &[Value]) -> Result {
    let v = args[0];
    match v.header() {
        Some(header) if header.is_exact() => Ok(v),
        _ => Ok(this(v).to_value(th)),
    }
}

/// An instance of `class`, which is `int` or a subclass, with the value of an int object.
pub fn instance(th: &Thread, class: Gc<Class>, int: Value) -> Result {
    if class == th.vm().class_of_kind(kinds::INT) {
        return Ok(int);
    }
    Ok(subclass_instance(th, class, this(int)))
}

fn int_new(th: &Thread, args: &[Value]) -> Result {
    let (class, x, base) = (args[0], args[1], args[2]);
    let int = if base.is_empty() {
        if x.is_empty() { Value::small_int(0) } else { from_object(th, x)? }
    } else if x.is_empty() {
        return Err(th.type_error("int() missing string argument"));
    } else {
        with_base(th, x, base)?
    };
    match class.as_class() {
        Some(class) => instance(th, class, int),
        None => Ok(int),
    }
}

/// `int(x, base)`
fn with_base(th: &Thread, x: Value, base: Value) -> Result {
    let base = match ops::index_i64(th, base) {
        Ok(base) => base,
        Err(raised) => {
            // Too large for an index is not in range either.
            let _ = th.caught(raised, Exc::OverflowError)?;
            -1
        }
    };
    if base != 0 && !(2..=36).contains(&base) {
        return Err(th.value_error("int() base must be >= 2 and <= 36, or 0"));
    }
    let spells = |kind| matches!(kind, kinds::STR | kinds::BYTES | kinds::BYTEARRAY);
    match text(x).filter(|_| x.header().is_some_and(|header| spells(header.kind()))) {
        Some(text) => from_text(th, &text, base as u32, x),
        None => Err(th.type_error("int() can't convert non-string with explicit base")),
    }
}

/// The text of a str, as WTF-8, or of a bytes-like object that can spell a number.
pub fn text(x: Value) -> Option<std::borrow::Cow<'static, [u8]>> {
    use crate::objects::bytes;
    x.as_str_cell().map(|s| s.wtf8().into()).or_else(|| bytes::content(x).filter(|_| !bytes::is_apart(x)))
}

/// `int(x)`
fn from_object(th: &Thread, x: Value) -> Result {
    if x.is_int() {
        return Ok(x);
    }
    if let Some(f) = x.as_inline_float() {
        return from_float(th, f);
    }
    if let Some(int) = IntRef::of_exact(x) {
        return Ok(int.to_value(th));
    }
    let names = &th.vm().names;
    for (name, text) in [(names.__int__, "__int__"), (names.__index__, "__index__")] {
        if let Some(result) = th.call_special(x, name, &[]) {
            let result = result?;
            return match IntRef::of(result) {
                Some(int) => {
                    ops::not_exactly(th, text, "int", result)?;
                    Ok(int.to_value(th))
                }
                None => {
                    let class = th.type_name(result);
                    Err(th.type_error(format_args!("{text} returned non-int (type {class})")))
                }
            };
        }
    }
    if let Some(text) = text(x) {
        return from_text(th, &text, 10, x);
    }
    let class = th.type_name(x);
    Err(th.type_error(format_args!(
        "int() argument must be a string, a bytes-like object or a real number, not '{class}'"
    )))
}

/// The integer part of a float.
pub fn from_float(th: &Thread, f: f64) -> Result {
    if f.abs() < (1i64 << 47) as f64 {
        return Ok(Value::small_int(f as i64));
    }
    match BigInt::from_f64(f) {
        Some(big) => Ok(from_big(th, big)),
        None if f.is_nan() => Err(th.value_error("cannot convert float NaN to integer")),
        None => Err(th.overflow_error("cannot convert float infinity to integer")),
    }
}

fn pow(th: &Thread, a: Value, b: Value, modulus: Value) -> Result {
    let (Some(x), Some(y)) = (IntRef::of(a), IntRef::of(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    if modulus.is_empty() || modulus.is_none() {
        return arith::pow(th, x, y);
    }
    match IntRef::of(modulus) {
        Some(m) => arith::pow_mod(th, x, y, m),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn int_repr(th: &Thread, args: &[Value]) -> Result {
    let int = as_int(th, args)?;
    ops::repr(th, int).map(Gc::value)
}

/// The format spec that `__format__` got.
pub fn format_spec(th: &Thread, spec: Value) -> Result<Gc<Str>> {
    crate::objects::str::args::text(th, spec, "__format__() argument")
}

fn int_format(th: &Thread, args: &[Value]) -> Result {
    let spec = format_spec(th, args[1])?;
    crate::objects::format::convert::own_format(th, args[0], spec)
}

fn int_round(th: &Thread, args: &[Value]) -> Result {
    let digits = args[1];
    if digits.is_empty() || digits.is_none() {
        return as_int(th, args);
    }
    let digits = ops::index(th, digits)?;
    let Some(digits) = IntRef::of(digits).filter(|d| d.is_negative()) else { return as_int(th, args) };
    let value = this(args[0]);
    // Further than twice the number's length everything rounds to zero.
    let places = digits.to_i64().map_or(u64::MAX, i64::unsigned_abs);
    let bits = value.bits();
    if places > bits {
        return Ok(Value::small_int(0));
    }
    let unit = arith::pow(th, IntRef::Small(10), IntRef::Small(places as i64))?;
    Ok(from_big(th, round_half_even(&value.to_big(), &this(unit).to_big())))
}

/// `value` rounded to a multiple of `unit` (positive), halves to the even multiple.
fn round_half_even(value: &BigInt, unit: &BigInt) -> BigInt {
    use num_integer::Integer;
    let (mut quotient, rest) = value.div_mod_floor(unit);
    let order = (rest * 2u32).cmp(unit);
    if order.is_gt() || (order.is_eq() && quotient.is_odd()) {
        quotient += 1;
    }
    quotient * unit
}

/// As CPython counts: digits of 30 bits.
fn int_size(th: &Thread, args: &[Value]) -> Result {
    let digits = this(args[0]).bits().div_ceil(30).max(1);
    Ok(from_i64(th, 24 + 4 * digits as i64))
}

fn bit_length(th: &Thread, args: &[Value]) -> Result {
    Ok(from_i64(th, this(args[0]).bits() as i64))
}

fn bit_count(th: &Thread, args: &[Value]) -> Result {
    let ones = match this(args[0]) {
        IntRef::Small(i) => i.unsigned_abs().count_ones() as u64,
        IntRef::Wide(i) => i.unsigned_abs().count_ones() as u64,
        IntRef::Big(big) => big.magnitude().count_ones(),
    };
    Ok(from_i64(th, ones as i64))
}
