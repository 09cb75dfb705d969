//! The type `str`: construction, operators, items, and its place among the types.

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::exception::Exc;
use crate::objects::iterators::StrIter;
use crate::objects::sequences::{self, is_index};
use crate::objects::slice::{Bounds, Slice};
use crate::objects::{format, kinds};
use crate::vm::native::{NativeDef, Result, TypeDef, count_methods, join_methods, native};
use crate::vm::ops::{self, CompareOp};
use crate::vm::{Raised, Thread};

use super::args::{given, text, this};
use super::{Str, case, codec, find, layout, split, translate};

pub static STR: TypeDef = TypeDef {
    methods: METHODS,
    subclassable: true,
    match_self: true,
    quick: Some(|th, args| match args {
        [object] => Some(ops::str(th, *object).map(Gc::value)),
        _ => None,
    }),
    ..TypeDef::new(
        "str",
        kinds::STR,
        "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nText. Of an object its readable form, \
         as str() or print() show it; of bytes what they say in an encoding.",
    )
};

const GROUPS: &[&[NativeDef]] = &[
    OWN,
    find::METHODS,
    split::METHODS,
    case::METHODS,
    layout::METHODS,
    translate::METHODS,
    format::template::METHODS,
];
const METHODS: &[NativeDef] = &join_methods::<{ count_methods(GROUPS) }>(GROUPS);

const OWN: &[NativeDef] = &[
    native(
        "__new__",
        "(cls, /, object='', encoding='utf-8', errors='strict')",
        "Create and return a new object.",
        new,
    )
    .static_method()
    .counted(),
    native("__repr__", "($self, /)", "Return repr(self).", |th, a| Ok(super::repr::repr(th, this(a)).value())),
    native("__str__", "($self, /)", "Return str(self).", |th, a| Ok(this(a).exact(th).value())),
    native("__format__", "($self, format_spec, /)", "Return the string as the format spec wants it.", dunder_format),
    native("__hash__", "($self, /)", "Return hash(self).", |th, a| Ok(th.int(this(a).hash(th) as i64))),
    LT,
    LE,
    EQ,
    NE,
    GT,
    GE,
    native("__len__", "($self, /)", "Return len(self).", |_, a| Ok(Value::small_int(this(a).char_len() as i64))),
    native("__getitem__", "($self, key, /)", "Return self[key].", |th, a| get_item(th, this(a), a[1])),
    native("__contains__", "($self, key, /)", "Return bool(key in self).", |th, a| {
        contains(th, this(a), a[1]).map(Value::bool)
    }),
    native("__iter__", "($self, /)", "Implement iter(self).", |th, a| Ok(StrIter::over(th, this(a)))),
    native("__add__", "($self, value, /)", "Return self+value.", add),
    native("__mul__", "($self, value, /)", "Return self*value.", mul),
    native("__rmul__", "($self, value, /)", "Return value*self.", mul),
    native("__mod__", "($self, value, /)", "Return self%value.", modulo),
    native("__rmod__", "($self, value, /)", "Return value%self.", rmod),
    native("__getnewargs__", "($self, /)", "Return the arguments that make an equal string.", |th, a| {
        Ok(th.tuple(&[this(a).exact(th).value()]))
    }),
    native("__sizeof__", "($self, /)", "Return the size of the string in memory, in bytes.", sizeof),
    native(
        "encode",
        "($self, /, encoding='utf-8', errors='strict')",
        "Return the string in bytes of an encoding. What the encoding lacks is treated as `errors` says: 'strict' (raise \
         UnicodeEncodeError), 'ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'namereplace', \
         'surrogateescape', 'surrogatepass'.",
        encode,
    )
    .keywords(),
];

fn compare(_: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    match (a.as_str_cell(), b.as_str_cell()) {
        (Some(a), Some(b)) => Ok(Value::bool(op.holds(a.order(&b)))),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

sequences::comparisons!(compare);

/// The class argument of a native `__new__`: TypeError unless its instances are cells of `kind`.
pub fn class_argument(th: &Thread, v: Value, name: &str, kind: crate::heap::Kind) -> Result<Gc<Class>> {
    let Some(class) = v.as_class() else {
        let found = th.type_name(v);
        return Err(th.type_error(format_args!("{name}.__new__(X): X is not a type object ({found})")));
    };
    if class.instance_kind != kind {
        let found = class.name();
        return Err(th.type_error(format_args!("{name}.__new__({found}): {found} is not a subtype of {name}")));
    }
    Ok(class)
}

fn new(th: &Thread, args: &[Value]) -> Result {
    let class = class_argument(th, args[0], "str", kinds::STR)?;
    let s = converted(th, args[1], args[2], args[3])?;
    if class == th.vm().class_of_kind(kinds::STR) {
        return Ok(s.value());
    }
    Ok(Str::instance(th, class, s).value())
}

/// `str(object, encoding, errors)`
fn converted(th: &Thread, object: Value, encoding: Value, errors: Value) -> Result<Gc<Str>> {
    let Some(object) = given(object) else { return Ok(th.vm().singles.empty(th)) };
    let text_argument = |v: Value, name: &str| match v.as_str_cell() {
        Some(text) => Ok(text),
        None => Err(th.type_error(format_args!("str() argument '{name}' must be str, not {}", th.full_type_name(v)))),
    };
    let encoding = given(encoding).map(|v| text_argument(v, "encoding")).transpose()?;
    let errors = given(errors).map(|v| text_argument(v, "errors")).transpose()?;
    if encoding.is_none() && errors.is_none() {
        return ops::str(th, object);
    }
    if object.as_str_cell().is_some() {
        return Err(th.type_error("decoding str is not supported"));
    }
    match crate::objects::bytes::content(object) {
        Some(bytes) => codec::decode(th, object, &bytes, encoding, errors),
        None => {
            Err(th
                .type_error(format_args!("decoding to str: need a bytes-like object, {} found", th.type_name(object))))
        }
    }
}

fn dunder_format(th: &Thread, args: &[Value]) -> Result {
    let spec = text(th, args[1], "__format__() argument")?;
    format::convert::own_format(th, args[0], spec)
}

/// `s[key]`
#[inline]
pub fn get_item(th: &Thread, s: Gc<Str>, key: Value) -> Result {
    // A place in ASCII, counted from the front, calls nothing and so saves nothing. (`tokenizer`)
    if s.is_ascii()
        && let Some(index) = key.as_small_int()
        && let Some(byte) = s.wtf8().get(index as usize)
    {
        return Ok(th.vm().singles.get(th, *byte).value());
    }
    get_other_item(th, s, key)
}

#[inline(never)]
fn get_other_item(th: &Thread, s: Gc<Str>, key: Value) -> Result {
    if let Some(slice) = key.downcast::<Slice>() {
        return Ok(sliced(th, s, slice.unpack(th)?));
    }
    let index = match key.as_small_int() {
        Some(index) => index,
        None if is_index(th, key) => ops::index_sized(th, key, Exc::IndexError)?,
        None => {
            let found = th.type_name(key);
            return Err(th.type_error(format_args!("string indices must be integers, not '{found}'")));
        }
    };
    let index = if index < 0 { index + s.char_len() as i64 } else { index };
    match usize::try_from(index).ok().and_then(|at| s.char_at(th, at)) {
        Some(character) => Ok(character.value()),
        None => Err(th.index_error("string index out of range")),
    }
}

/// `s[start:stop:step]`
pub fn sliced(th: &Thread, s: Gc<Str>, bounds: Bounds) -> Value {
    let (start, step, count) = bounds.adjust(s.char_len());
    if count == 0 {
        return th.vm().singles.empty(th).value();
    }
    let start = start.max(0) as usize;
    if step == 1 {
        return s.substring(th, start, start + count).value();
    }
    let at = |i: usize| (start as isize + i as isize * step) as usize;
    if s.is_ascii() {
        let text = s.wtf8();
        if count == 1 {
            return th.vm().singles.get(th, text[start]).value();
        }
        let fill = |to: &mut [u8]| to.iter_mut().enumerate().for_each(|(i, to)| *to = text[at(i)]);
        return Str::build(th, count, count, fill).value();
    }
    let characters: Vec<u32> = s.code_points().collect();
    let mut out = Vec::with_capacity(count);
    for i in 0..count {
        super::push_char(&mut out, characters[at(i)]);
    }
    Str::from_wtf8(th, &out).value()
}

/// `item in s`
pub fn contains(th: &Thread, s: Gc<Str>, item: Value) -> Result<bool> {
    match item.as_str_cell() {
        Some(needle) => Ok(super::search::find(s.wtf8(), needle.wtf8()).is_some()),
        None => {
            let found = th.type_name(item);
            Err(th.type_error(format_args!("'in <string>' requires string as left operand, not {found}")))
        }
    }
}

fn add(th: &Thread, args: &[Value]) -> Result {
    match args[1].as_str_cell() {
        Some(other) => Ok(this(args).concat(th, other)?.value()),
        None => Err(cannot_concatenate(th, args[1])),
    }
}

#[cold]
fn cannot_concatenate(th: &Thread, other: Value) -> Raised {
    sequences::cannot_concatenate(th, "str", other)
}

fn mul(th: &Thread, args: &[Value]) -> Result {
    let count = ops::index_sized(th, args[1], Exc::OverflowError)?;
    Ok(this(args).repeat(th, count)?.value())
}

fn modulo(th: &Thread, args: &[Value]) -> Result {
    Ok(format::percent::format(th, this(args), args[1])?.value())
}

fn rmod(th: &Thread, args: &[Value]) -> Result {
    match args[1].as_str_cell() {
        Some(template) => Ok(format::percent::format(th, template, args[0])?.value()),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// What CPython's representation would take, which depends on the widest character.
fn sizeof(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    let widest = s.code_points().max().unwrap_or(0);
    let (fixed, width) = match widest {
        0..0x80 => (40, 1),
        0x80..0x100 => (56, 1),
        0x100..0x1_0000 => (56, 2),
        _ => (56, 4),
    };
    Ok(th.int(fixed + (s.char_len() as i64 + 1) * width))
}

fn encode(th: &Thread, args: &[Value]) -> Result {
    let encoding = given(args[1]).map(|v| text(th, v, "encode() argument 'encoding'")).transpose()?;
    let errors = given(args[2]).map(|v| text(th, v, "encode() argument 'errors'")).transpose()?;
    let bytes = codec::encode(th, this(args), encoding, errors)?;
    Ok(crate::objects::bytes::Bytes::new(th, &bytes).value())
}
