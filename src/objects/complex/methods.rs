//! The type `complex`: constructor, methods, attributes.

use crate::heap::{Gc, Header, Value};
use crate::objects::exception::Exc;
use crate::objects::float::is_real;
use crate::objects::int;
use crate::objects::kinds;
use crate::objects::number::{self, comparison, operator, unary_operator};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, member, native};
use crate::vm::ops::{self, BinaryOp, Number};
use crate::vm::{Raised, Thread, report};

use super::{Complex, Operand, Parts, hash, new, parse};

pub static COMPLEX: TypeDef = TypeDef {
    methods: METHODS,
    getset: GETSET,
    subclassable: true,
    ..TypeDef::new(
        "complex",
        kinds::COMPLEX,
        "complex(real=0, imag=0)\n\nThe number real + imag*1j, or the complex number that a text spells.",
    )
};

fn accept(v: Value) -> Option<Number> {
    Number::of(v)
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, real=0, imag=0)", "Create a complex number.", complex_new).static_method().keywords(),
    operator!(accept, Add, "+", "__add__"),
    operator!(reflected accept, Add, "+", "__radd__"),
    operator!(accept, Sub, "-", "__sub__"),
    operator!(reflected accept, Sub, "-", "__rsub__"),
    operator!(accept, Mul, "*", "__mul__"),
    operator!(reflected accept, Mul, "*", "__rmul__"),
    operator!(accept, TrueDiv, "/", "__truediv__"),
    operator!(reflected accept, TrueDiv, "/", "__rtruediv__"),
    unary_operator!(accept, Neg, "-", "__neg__"),
    unary_operator!(accept, Pos, "+", "__pos__"),
    comparison!(accept, Eq, "==", "__eq__"),
    comparison!(accept, Ne, "!=", "__ne__"),
    comparison!(accept, Lt, "<", "__lt__"),
    comparison!(accept, Le, "<=", "__le__"),
    comparison!(accept, Gt, ">", "__gt__"),
    comparison!(accept, Ge, ">=", "__ge__"),
    native("__pow__", "($self, value, mod=None, /)", "Return pow(self, value, mod).", |th, a| {
        pow(th, [a[0], a[1]], a[2])
    }),
    native("__rpow__", "($self, value, mod=None, /)", "Return pow(value, self, mod).", |th, a| {
        pow(th, [a[1], a[0]], a[2])
    }),
    native("__abs__", "($self, /)", "abs(self)", complex_abs),
    native("__bool__", "($self, /)", "True if self else False", |_, a| Ok(Value::bool(this(a[0]) != (0.0, 0.0)))),
    native("__complex__", "($self, /)", "Convert to exactly complex.", |th, a| {
        let (re, im) = this(a[0]);
        Ok(new(th, re, im))
    }),
    native("__hash__", "($self, /)", "Return hash(self).", |th, a| Ok(th.int(hash(this(a[0]))))),
    native("__repr__", "($self, /)", "Return repr(self).", |th, a| {
        let (re, im) = this(a[0]);
        ops::repr(th, new(th, re, im)).map(Gc::value)
    }),
    native("__format__", "($self, format_spec, /)", "Format the number as the format spec says.", complex_format),
    native("__getnewargs__", "($self, /)", "Return the state for pickling.", |th, a| {
        let (re, im) = this(a[0]);
        Ok(th.tuple(&[Value::float(re), Value::float(im)]))
    }),
    native("conjugate", "($self, /)", "The complex conjugate: (3-4j).conjugate() == 3+4j.", |th, a| {
        let (re, im) = this(a[0]);
        Ok(new(th, re, -im))
    }),
    native("from_number", "(cls, number, /)", "A complex number from a number; texts are refused.", from_number)
        .class_method(),
];

const GETSET: &[GetSetDef] = &[
    member("real", "The real part.", |_, v| Ok(Value::float(this(v).0))),
    member("imag", "The imaginary part.", |_, v| Ok(Value::float(this(v).1))),
];

fn this(v: Value) -> Parts {
    match super::of(v) {
        Some(parts) => parts,
        None => unreachable!("methods found on a type get an instance of it"),
    }
}

/// A complex number of `class`, which is `complex` or a subclass.
fn instance(th: &Thread, class: Value, (re, im): Parts) -> Value {
    match class.as_class() {
        Some(class) if class != th.vm().class_of_kind(kinds::COMPLEX) => {
            th.instantiate(class, Complex { header: Header::of_kind(kinds::COMPLEX), re, im }).value()
        }
        _ => new(th, re, im),
    }
}

fn complex_new(th: &Thread, args: &[Value]) -> Result {
    let (class, real, imag) = (args[0], args[1], args[2]);
    let is_exactly_complex = |x: Value| x.header().is_some_and(|h| h.kind() == kinds::COMPLEX);
    for (part, name) in [(real, "real"), (imag, "imag")] {
        let by_name = name == "imag" || !imag.is_empty();
        if by_name && is_exactly_complex(part) {
            let message = format!("complex() argument '{name}' must be a real number, not {}", th.type_name(part));
            report::warn(th, Exc::DeprecationWarning, &message)?;
        }
    }
    if imag.is_empty() {
        if real.is_empty() {
            return Ok(instance(th, class, (0.0, 0.0)));
        }
        let made = real.downcast::<Complex>().is_some_and(|complex| complex.header.is_exact());
        if made && class.as_class() == Some(th.vm().class_of_kind(kinds::COMPLEX)) {
            return Ok(real);
        }
        return one_argument(th, class, real);
    }
    let re = if real.is_empty() { Operand::Real(0.0) } else { component(th, real, "real")? };
    // An imaginary part that is complex itself turns by a right angle.
    let parts = match (re, component(th, imag, "imag")?) {
        (Operand::Real(re), Operand::Real(im)) => (re, im),
        (Operand::Complex((re, extra)), Operand::Real(im)) => (re, extra + im),
        (Operand::Real(re), Operand::Complex((im, minus))) => (re - minus, im),
        (Operand::Complex((re, extra)), Operand::Complex((im, minus))) => (re - minus, extra + im),
    };
    Ok(instance(th, class, parts))
}

fn one_argument(th: &Thread, class: Value, x: Value) -> Result {
    if let Some(text) = x.as_str_cell() {
        return match text.as_str().and_then(parse::from_text) {
            Some(parts) => Ok(instance(th, class, parts)),
            None => Err(th.value_error("complex() arg is a malformed string")),
        };
    }
    match as_complex(th, x)? {
        Some(parts) => Ok(instance(th, class, parts)),
        None => {
            let type_name = th.full_type_name(x);
            Err(th.type_error(format_args!("complex() argument must be a string or a number, not {type_name}")))
        }
    }
}

/// Any number, or an object with `__complex__`, `__float__` or `__index__`.
fn as_complex(th: &Thread, x: Value) -> Result<Option<Parts>> {
    if let Some(parts) = by_special_method(th, x)? {
        return Ok(Some(parts));
    }
    if let Some(parts) = super::of(x) {
        return Ok(Some(parts));
    }
    if is_real(th, x) { Ok(Some((ops::float(th, x)?, 0.0))) } else { Ok(None) }
}

fn by_special_method(th: &Thread, x: Value) -> Result<Option<Parts>> {
    if x.header().is_none_or(|header| header.is_exact()) {
        return Ok(None);
    }
    let Some(result) = th.call_special(x, th.vm().names.__complex__, &[]) else { return Ok(None) };
    let result = result?;
    match super::of(result) {
        Some(parts) => {
            ops::not_exactly(th, "__complex__", "complex", result)?;
            Ok(Some(parts))
        }
        None => {
            let class = th.type_name(result);
            Err(th.type_error(format_args!("__complex__ returned non-complex (type {class})")))
        }
    }
}

/// The real or the imaginary argument of two.
fn component(th: &Thread, x: Value, name: &str) -> Result<Operand> {
    if let Some(parts) = super::of(x) {
        return Ok(Operand::Complex(parts));
    }
    if name == "real"
        && let Some(parts) = by_special_method(th, x)?
    {
        let message = format!("complex() argument 'real' must be a real number, not {}", th.type_name(x));
        report::warn(th, Exc::DeprecationWarning, &message)?;
        return Ok(Operand::Complex(parts));
    }
    if is_real(th, x) {
        return Ok(Operand::Real(ops::float(th, x)?));
    }
    Err(not_real(th, x, name))
}

#[cold]
fn not_real(th: &Thread, x: Value, name: &str) -> Raised {
    let class = th.type_name(x);
    th.type_error(format_args!("complex() argument '{name}' must be a real number, not {class}"))
}

fn from_number(th: &Thread, args: &[Value]) -> Result {
    let exact = args[0].as_class() == Some(th.vm().class_of_kind(kinds::COMPLEX));
    if exact && args[1].downcast::<Complex>().is_some_and(|complex| complex.header.is_exact()) {
        return Ok(args[1]);
    }
    match as_complex(th, args[1])? {
        Some(parts) => Ok(instance(th, args[0], parts)),
        None => {
            let class = th.type_name(args[1]);
            Err(th.type_error(format_args!("must be real number, not {class}")))
        }
    }
}

fn pow(th: &Thread, [a, b]: [Value; 2], modulus: Value) -> Result {
    if !modulus.is_empty() && !modulus.is_none() && [a, b].iter().all(|v| super::of(*v).is_some() || is_real(th, *v)) {
        return Err(th.value_error("complex modulo"));
    }
    number::binary(th, BinaryOp::Pow, accept, &[a, b])
}

fn complex_abs(th: &Thread, args: &[Value]) -> Result {
    let (re, im) = this(args[0]);
    let modulus = re.hypot(im);
    if modulus.is_infinite() && re.is_finite() && im.is_finite() {
        return Err(th.overflow_error("absolute value too large"));
    }
    Ok(Value::float(modulus))
}

fn complex_format(th: &Thread, args: &[Value]) -> Result {
    let spec = int::format_spec(th, args[1])?;
    crate::objects::format::convert::own_format(th, args[0], spec)
}
