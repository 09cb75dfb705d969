//! `str.translate` and the tables for it.

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::int::IntRef;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::args::{given, text, this};
use super::{Str, check_size, push_char};

pub const METHODS: &[NativeDef] = &[
    native(
        "translate",
        "($self, table, /)",
        "Return a copy with each character replaced by what the table has for its code point: a string, a code point, or \
         None to drop it. Characters that it has nothing for stay.",
        translate,
    ),
    native(
        "maketrans",
        "(x, y=<unrepresentable>, z=<unrepresentable>, /)",
        "Return a table for translate(): from a dict of characters, from two strings of equal length, and the characters \
         of a third one to be dropped.",
        maketrans,
    )
    .static_method(),
];

fn translate(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    let table = args[1];
    let mut out = Vec::with_capacity(s.byte_count());
    for c in s.code_points() {
        let mapped = match ops::get_item(th, table, Value::small_int(c as i64)) {
            Ok(mapped) => mapped,
            Err(raised) => {
                th.caught(raised, Exc::LookupError)?;
                push_char(&mut out, c);
                continue;
            }
        };
        if mapped.is_none() {
            continue;
        }
        if let Some(text) = mapped.as_str_cell() {
            check_size(th, out.len() + text.byte_count())?;
            out.extend_from_slice(text.wtf8());
            continue;
        }
        let Some(code_point) = IntRef::of(mapped) else {
            return Err(th.type_error("character mapping must return integer, None or str"));
        };
        match code_point.to_i64() {
            Some(c @ 0..0x11_0000) => push_char(&mut out, c as u32),
            _ => return Err(th.value_error("character mapping must be in range(0x110000)")),
        }
    }
    check_size(th, out.len())?;
    Ok(Str::from_wtf8(th, &out).value())
}

fn maketrans(th: &Thread, args: &[Value]) -> Result {
    let table = th.dict();
    let Some(y) = given(args[1]) else {
        return from_dict(th, args[0], table).map(|()| table.value());
    };
    let y = text(th, y, "maketrans() argument 2")?;
    let Some(x) = args[0].as_str_cell() else {
        return Err(th.type_error("first maketrans argument must be a string if there is a second argument"));
    };
    let z = given(args[2]).map(|z| text(th, z, "maketrans() argument 3")).transpose()?;
    if x.char_len() != y.char_len() {
        return Err(th.value_error("the first two maketrans arguments must have equal length"));
    }
    for (from, to) in x.code_points().zip(y.code_points()) {
        table.set_item(th, Value::small_int(from as i64), Value::small_int(to as i64))?;
    }
    for dropped in z.into_iter().flat_map(|z| z.code_points()) {
        table.set_item(th, Value::small_int(dropped as i64), Value::NONE)?;
    }
    Ok(table.value())
}

fn from_dict(th: &Thread, source: Value, table: Gc<Dict>) -> Result<()> {
    let Some(source) = source.downcast::<Dict>() else {
        return Err(th.type_error("if you give only one argument to maketrans it must be a dict"));
    };
    for (key, value) in source.entries() {
        let key = if let Some(s) = key.as_str_cell() {
            match (s.char_len(), s.code_points().next()) {
                (1, Some(c)) => Value::small_int(c as i64),
                _ => return Err(th.value_error("string keys in translatetable must be of length 1")),
            }
        } else if IntRef::of(key).is_some() {
            // Exactly an int, whose hash runs nothing: the entries are not rooted.
            ops::index(th, key)?
        } else {
            return Err(th.type_error("keys in translate table mustbe strings or integers"));
        };
        table.set_item(th, key, value)?;
    }
    Ok(())
}
