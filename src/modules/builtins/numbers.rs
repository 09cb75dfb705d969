//! Built-in functions of numbers: `abs`, `bin`, `divmod`, `hex`, `oct`, `pow`, `round`, `sum`.

use crate::heap::Value;
use crate::objects::format::integer::{Digits, digits};
use crate::objects::int::IntRef;
use crate::objects::str::Str;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

mod sum;

pub const FUNCTIONS: &[NativeDef] = &[
    native("abs", "(x, /)", "Return the absolute value of a number.", abs),
    native("bin", "(number, /)", "The binary text of an integer: bin(5) == '0b101'.", |th, a| {
        in_base(th, a[0], 2, "0b")
    }),
    native("hex", "(number, /)", "The hexadecimal text of an integer: hex(255) == '0xff'.", |th, a| {
        in_base(th, a[0], 16, "0x")
    }),
    native("oct", "(number, /)", "The octal text of an integer: oct(8) == '0o10'.", |th, a| in_base(th, a[0], 8, "0o")),
    native("divmod", "(x, y, /)", "Return the tuple (x//y, x%y).", |th, a| ops::div_mod(th, a[0], a[1])),
    native(
        "pow",
        "(base, exp, mod=None)",
        "Return base**exp, or with a third argument (base**exp) % mod, computed without the large power.",
        |th, a| ops::power(th, a[0], a[1], if a[2].is_empty() { Value::NONE } else { a[2] }),
    )
    .keywords(),
    native(
        "round",
        "(number, ndigits=None)",
        "Round to so many decimal places, which may be negative; without them, to an integer.",
        round,
    )
    .keywords(),
    native(
        "sum",
        "(iterable, /, start=0)",
        "Return start plus the sum of the iterable's numbers. Floats are summed with compensation for rounding.",
        sum,
    )
    .keywords(),
];

fn abs(th: &Thread, args: &[Value]) -> Result {
    let x = args[0];
    if let Some(i) = x.as_small_int() {
        return Ok(th.int(i.abs()));
    }
    if let Some(f) = x.as_inline_float() {
        return Ok(Value::float(f.abs()));
    }
    match th.call_special(x, th.vm().names.__abs__, &[]) {
        Some(result) => result,
        None => {
            let class = th.type_name(x);
            Err(th.type_error(format_args!("bad operand type for abs(): '{class}'")))
        }
    }
}

fn in_base(th: &Thread, number: Value, base: u32, prefix: &str) -> Result {
    let number = ops::index(th, number)?;
    if let Some(i) = number.as_small_int() {
        let mut text = Digits::new(i, base as u64, false);
        text.put_before(prefix);
        text.put_before(if i < 0 { "-" } else { "" });
        return Ok(Str::new(th, text.bytes(), text.bytes().len()).value());
    }
    let (negative, digits) = match IntRef::of(number) {
        Some(i) => (i.is_negative(), digits(i, base)),
        None => unreachable!("index gives an int"),
    };
    let sign = if negative { "-" } else { "" };
    Ok(th.str(&format!("{sign}{prefix}{digits}")))
}

fn round(th: &Thread, args: &[Value]) -> Result {
    let (number, digits) = (args[0], args[1]);
    let digits: &[Value] = if digits.is_empty() || digits.is_none() { &[] } else { &args[1..2] };
    match th.call_special(number, th.vm().names.__round__, digits) {
        Some(result) => result,
        None => {
            let class = th.type_name(number);
            Err(th.type_error(format_args!("type {class} doesn't define __round__ method")))
        }
    }
}

fn sum(th: &Thread, args: &[Value]) -> Result {
    let iterator = ops::iter(th, args[0])?;
    let start = if args[1].is_empty() { Value::small_int(0) } else { args[1] };
    let refused = if start.as_str_cell().is_some() {
        Some(("strings", "''"))
    } else if let Some(header) = start.header() {
        match header.kind() {
            crate::objects::kinds::BYTES => Some(("bytes", "b''")),
            crate::objects::kinds::BYTEARRAY => Some(("bytearray", "b''")),
            _ => None,
        }
    } else {
        None
    };
    if let Some((what, empty)) = refused {
        return Err(th.type_error(format_args!("sum() can't sum {what} [use {empty}.join(seq) instead]")));
    }
    let mut total = sum::Total::new(start);
    ops::for_each(th, iterator, |item| total.add(th, item))?;
    Ok(total.result(th))
}
