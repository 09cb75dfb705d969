//! The type `bytes`, and the natives that `bytearray` shares with it.

use crate::heap::{Gc, Value};
use crate::objects::array::Array;
use crate::objects::exception::Exc;
use crate::objects::format;
use crate::objects::kinds;
use crate::objects::sequences::{self, is_index};
use crate::objects::slice::Slice;
use crate::objects::str::args::{given, text};
use crate::objects::str::class::class_argument;
use crate::objects::str::{Str, codec};
use crate::vm::native::{NativeDef, Result, TypeDef, count_methods, join_methods, native};
use crate::vm::ops::{self, CompareOp};
use crate::vm::{Raised, Thread};

use super::args::{checked, like, type_name};
use super::iter::BytesIter;
use super::{BUFFER, ByteArray, Bytes, MemoryView, args, content, find, from_source, hex, in_one_piece, shape, split};

pub static BYTES: TypeDef = TypeDef {
    methods: METHODS,
    subclassable: true,
    match_self: true,
    ..TypeDef::new(
        "bytes",
        kinds::BYTES,
        "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> bytes\n\
         bytes(int) -> bytes\nbytes() -> bytes\n\nA row of bytes that cannot change: from numbers, from text in an \
         encoding, from other bytes, or so many zeros.",
    )
};

const GROUPS: &[&[NativeDef]] = &[OWN, SHARED, find::METHODS, split::METHODS, shape::METHODS];
const METHODS: &[NativeDef] = &join_methods::<{ count_methods(GROUPS) }>(GROUPS);

const OWN: &[NativeDef] = &[
    native(
        "__new__",
        "(cls, /, source=b'', encoding='utf-8', errors='strict')",
        "Create and return a new object.",
        new,
    )
    .static_method()
    .keywords(),
    native("fromhex", "($type, string, /)", "Return the bytes that pairs of hexadecimal digits stand for.", fromhex)
        .class_method(),
    native("__hash__", "($self, /)", "Return hash(self).", |th, a| Ok(th.int(this(a).hash(th) as i64))),
    native("__repr__", "($self, /)", "Return repr(self).", repr),
    native("__str__", "($self, /)", "Return str(self).", repr),
    native("__bytes__", "($self, /)", "Return these bytes as an exact bytes object.", |th, a| {
        Ok(args::unchanged(th, a[0]))
    }),
    native("__getnewargs__", "($self, /)", "Return the arguments that make equal bytes.", |th, a| {
        Ok(th.tuple(&[Bytes::new(th, this(a).bytes()).value()]))
    }),
    native("__getitem__", "($self, key, /)", "Return self[key].", |th, a| get_item(th, this(a), a[1])),
    BUFFER,
];

/// What a bytearray has as well.
pub const SHARED: &[NativeDef] = &[
    native("__len__", "($self, /)", "Return len(self).", |_, a| Ok(Value::small_int(len(a[0]) as i64))),
    native("__iter__", "($self, /)", "Implement iter(self).", |th, a| Ok(BytesIter::over(th, a[0]))),
    native("__add__", "($self, value, /)", "Return self+value.", add),
    native("__mul__", "($self, value, /)", "Return self*value.", mul),
    native("__rmul__", "($self, value, /)", "Return value*self.", mul),
    native("__mod__", "($self, value, /)", "Return self%value.", modulo),
    native("__rmod__", "($self, value, /)", "Return value%self.", rmod),
    LT,
    LE,
    EQ,
    NE,
    GT,
    GE,
    hex::HEX,
    native(
        "decode",
        "($self, /, encoding='utf-8', errors='strict')",
        "Return the text that the bytes are in an encoding. What means nothing in it is treated as `errors` says: 'strict' \
         (raise UnicodeDecodeError), 'ignore', 'replace', 'backslashreplace', 'surrogateescape', 'surrogatepass'.",
        decode,
    )
    .keywords(),
];

fn this(args: &[Value]) -> Gc<Bytes> {
    match args[0].downcast::<Bytes>() {
        Some(bytes) => bytes,
        None => unreachable!("methods of bytes are bound to bytes"),
    }
}

fn len(v: Value) -> usize {
    match v.downcast::<Bytes>() {
        Some(bytes) => bytes.len(),
        None => v.downcast::<ByteArray>().map_or(0, |array| array.len()),
    }
}

fn compare(_: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    // Only a bytearray compares itself with whatever lends bytes.
    let lends = b.downcast::<Array>().is_some() || b.downcast::<MemoryView>().is_some();
    let other = if a.downcast::<Bytes>().is_some() && lends { None } else { content(b) };
    match (content(a), other) {
        (Some(a), Some(b)) => Ok(Value::bool(op.holds(a.cmp(&b)))),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

sequences::comparisons!(compare);

fn new(th: &Thread, args: &[Value]) -> Result {
    let class = class_argument(th, args[0], "bytes", kinds::BYTES)?;
    let exact = class == th.vm().class_of_kind(kinds::BYTES);
    let plain = args[2].is_empty() && args[3].is_empty();
    if exact && plain && args[1].downcast::<Bytes>().is_some_and(|bytes| bytes.header.is_exact()) {
        return Ok(args[1]);
    }
    let bytes = from_source(th, args[1], args[2], args[3], "bytes")?;
    if exact {
        return Ok(Bytes::new(th, &bytes).value());
    }
    Ok(Bytes::instance(th, class, &bytes).value())
}

fn fromhex(th: &Thread, args: &[Value]) -> Result {
    let bytes = Bytes::new(th, &hex::from_hex(th, args[1])?).value();
    if args[0].as_class() == Some(th.vm().class_of_kind(kinds::BYTES)) {
        return Ok(bytes);
    }
    th.call(args[0], &[bytes])
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let mut out = Vec::new();
    super::repr::push_repr(&mut out, this(args).bytes());
    Ok(Str::from_wtf8(th, &out).value())
}

/// `key` as an index into `len` bytes. `what` has the index and its type worded.
pub fn index_of(th: &Thread, key: Value, len: usize, what: &str) -> Result<Option<usize>> {
    if !is_index(th, key) {
        let found = th.type_name(key);
        return Err(th.type_error(format_args!("{what} indices must be integers or slices, not {found}")));
    }
    let index = ops::index_sized(th, key, Exc::IndexError)?;
    let index = if index < 0 { index + len as i64 } else { index };
    Ok(usize::try_from(index).ok().filter(|at| *at < len))
}

/// The bytes that a slice selects.
pub fn selected(th: &Thread, bytes: &[u8], slice: Gc<Slice>) -> Result<Vec<u8>> {
    let (start, step, count) = slice.resolve(th, bytes.len())?;
    let mut selected = vec![0; count];
    copy_stepwise(&mut selected, bytes, start, step);
    Ok(selected)
}

/// Fills `to` with every `step`th byte from `start` on; a negative step goes backwards.
fn copy_stepwise(to: &mut [u8], bytes: &[u8], start: isize, step: isize) {
    let (start, stride) = (start.max(0) as usize, step.unsigned_abs());
    let backwards = bytes.get(..=start).unwrap_or_default().iter().rev();
    match step {
        // A loop of its own, of which the compiler makes one that takes many bytes at once.
        -1 => to.iter_mut().zip(backwards).for_each(|(to, from)| *to = *from),
        ..-1 => to.iter_mut().zip(backwards.step_by(stride)).for_each(|(to, from)| *to = *from),
        _ => to.iter_mut().zip(bytes.iter().skip(start).step_by(stride)).for_each(|(to, from)| *to = *from),
    }
}

fn get_item(th: &Thread, bytes: Gc<Bytes>, key: Value) -> Result {
    if let Some(slice) = key.downcast::<Slice>() {
        let (start, step, count) = slice.resolve(th, bytes.len())?;
        if step == 1 {
            let start = start.max(0) as usize;
            if count == bytes.len() && bytes.header.is_exact() {
                return Ok(bytes.value());
            }
            return Ok(Bytes::new(th, &bytes.bytes()[start..start + count]).value());
        }
        return Ok(Bytes::build(th, count, |to| copy_stepwise(to, bytes.bytes(), start, step)).value());
    }
    match index_of(th, key, bytes.len(), "byte")? {
        Some(at) => Ok(Value::small_int(bytes.bytes()[at] as i64)),
        None => Err(th.index_error("index out of range")),
    }
}

#[cold]
pub fn cannot_concatenate(th: &Thread, this: Value, other: Value) -> Raised {
    let (other, this) = (th.type_name(other), th.type_name(this));
    th.type_error(format_args!("can't concat {other} to {this}"))
}

fn add(th: &Thread, args: &[Value]) -> Result {
    let (Some(right), left) = (in_one_piece(th, args[1])?, args::this(args)) else {
        return Err(cannot_concatenate(th, args[0], args[1]));
    };
    checked(th, left.len().checked_add(right.len()))?;
    if args[0].downcast::<Bytes>().is_none() {
        return Ok(ByteArray::new(th, &[&left[..], &right[..]].concat()).value());
    }
    let both = Bytes::build(th, left.len() + right.len(), |to| {
        to[..left.len()].copy_from_slice(&left);
        to[left.len()..].copy_from_slice(&right);
    });
    Ok(both.value())
}

fn mul(th: &Thread, args: &[Value]) -> Result {
    let times = sequences::repetitions(th, args[1])?;
    let bytes = args::this(args);
    let is_bytes = args[0].downcast::<Bytes>().is_some();
    if is_bytes && bytes.len() as u128 * times as u128 > i64::MAX as u128 {
        return Err(th.overflow_error("repeated bytes are too long"));
    }
    let len = checked(th, bytes.len().checked_mul(times))?;
    if times == 1 {
        return Ok(args::unchanged(th, args[0]));
    }
    if type_name(args[0]) == "bytes" {
        let repeated = Bytes::build(th, len, |to| match *bytes {
            [] => {}
            [b] => to.fill(b),
            _ => to.chunks_exact_mut(bytes.len()).for_each(|piece| piece.copy_from_slice(&bytes)),
        });
        return Ok(repeated.value());
    }
    Ok(like(th, args[0], &bytes.repeat(times)))
}

fn modulo(th: &Thread, args: &[Value]) -> Result {
    let out = format::percent::format_bytes(th, &args::this(args), args[1])?;
    Ok(like(th, args[0], &out))
}

fn rmod(th: &Thread, args: &[Value]) -> Result {
    match content(args[1]).filter(|_| type_name(args[0]) == type_name(args[1])) {
        Some(template) => {
            let out = format::percent::format_bytes(th, &template, args[0])?;
            Ok(like(th, args[1], &out))
        }
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn decode(th: &Thread, args: &[Value]) -> Result {
    let encoding = given(args[1]).map(|v| text(th, v, "decode() argument 'encoding'")).transpose()?;
    let errors = given(args[2]).map(|v| text(th, v, "decode() argument 'errors'")).transpose()?;
    Ok(codec::decode(th, args[0], &args::this(args), encoding, errors)?.value())
}
