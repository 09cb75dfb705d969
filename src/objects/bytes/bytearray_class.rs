//! The type `bytearray`.

use std::sync::atomic::Ordering::Relaxed;

use crate::heap::{Gc, Value};
use crate::objects::kinds;
use crate::objects::sequences;
use crate::objects::slice::Slice;
use crate::objects::str::Str;
use crate::objects::str::args::given;
use crate::objects::str::class::class_argument;
use crate::objects::str::repr::quote_for;
use crate::vm::native::{NativeDef, Result, TypeDef, count_methods, join_methods, native};
use crate::vm::{Thread, ops};

use super::bytes_class::{SHARED, cannot_concatenate, index_of, selected};
use super::{
    BUFFER, ByteArray, Growing, RELEASE_BUFFER, byte, check_len, find, from_items, from_source, gathered, hex,
    in_one_piece, is_apart, repr, shape, split,
};

pub static BYTEARRAY: TypeDef = TypeDef {
    methods: METHODS,
    subclassable: true,
    unhashable: true,
    match_self: true,
    ..TypeDef::new(
        "bytearray",
        kinds::BYTEARRAY,
        "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n\
         bytearray(bytes_or_buffer) -> bytearray\nbytearray(int) -> bytearray\nbytearray() -> bytearray\n\n\
         A row of bytes that can change: from numbers, from text in an encoding, from other bytes, or so many zeros.",
    )
};

const GROUPS: &[&[NativeDef]] = &[OWN, SHARED, find::METHODS, split::METHODS, shape::METHODS];
const METHODS: &[NativeDef] = &join_methods::<{ count_methods(GROUPS) }>(GROUPS);

const OWN: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", new).static_method(),
    native("__init__", "($self, /, source=b'', encoding='utf-8', errors='strict')", "Fill the bytearray.", init)
        .keywords(),
    native("fromhex", "($type, string, /)", "Return the bytes that pairs of hexadecimal digits stand for.", fromhex)
        .class_method(),
    native("__repr__", "($self, /)", "Return repr(self).", dunder_repr),
    native("__str__", "($self, /)", "Return str(self).", dunder_repr),
    crate::objects::reduce::REDUCE_BYTEARRAY,
    BUFFER,
    RELEASE_BUFFER,
    native("__getitem__", "($self, key, /)", "Return self[key].", get_item),
    native("__setitem__", "($self, key, value, /)", "Set self[key] to value.", set_item),
    native("__delitem__", "($self, key, /)", "Delete self[key].", del_item),
    native("__iadd__", "($self, value, /)", "Implement self+=value.", iadd),
    native("__imul__", "($self, value, /)", "Implement self*=value.", imul),
    native("append", "($self, item, /)", "Append one byte.", append),
    native("extend", "($self, iterable_of_ints, /)", "Append the bytes of an iterable.", extend),
    native("insert", "($self, index, item, /)", "Insert one byte before the index.", insert),
    native("pop", "($self, index=-1, /)", "Remove the byte at the index and return it.", pop),
    native("remove", "($self, value, /)", "Remove the first byte of that value.", remove),
    native("reverse", "($self, /)", "Turn the order of the bytes around.", |th, a| {
        this(a).in_place(th, |bytes| {
            for at in 0..bytes.len() / 2 {
                let other = &bytes[bytes.len() - 1 - at];
                let swapped = other.swap(bytes[at].load(Relaxed), Relaxed);
                bytes[at].store(swapped, Relaxed);
            }
        });
        Ok(Value::NONE)
    }),
    native("clear", "($self, /)", "Remove all bytes.", |th, a| {
        this(a).splice(th, 0, usize::MAX, b"")?;
        Ok(Value::NONE)
    }),
    native("copy", "($self, /)", "Return a copy.", |th, a| Ok(ByteArray::new(th, &this(a).to_vec()).value())),
    native("resize", "($self, size, /)", "Make it so many bytes long, with zeros at the end where it grows.", resize),
    native("__alloc__", "($self, /)", "Return the number of bytes that are reserved.", |_, a| {
        Ok(Value::small_int(this(a).store().buffer().map_or(0, |store| store.capacity() as i64)))
    }),
];

fn this(args: &[Value]) -> Gc<ByteArray> {
    match args[0].downcast::<ByteArray>() {
        Some(array) => array,
        None => unreachable!("methods of bytearray are bound to bytearrays"),
    }
}

fn new(th: &Thread, args: &[Value]) -> Result {
    let class = class_argument(th, args[0], "bytearray", kinds::BYTEARRAY)?;
    Ok(th.instantiate(class, ByteArray::empty()).value())
}

fn init(th: &Thread, args: &[Value]) -> Result {
    let bytes = from_source(th, args[1], args[2], args[3], "bytearray")?;
    this(args).splice(th, 0, usize::MAX, b"")?;
    this(args).replace_all(th, &bytes)?;
    Ok(Value::NONE)
}

fn fromhex(th: &Thread, args: &[Value]) -> Result {
    let array = ByteArray::new(th, &hex::from_hex(th, args[1])?).value();
    if args[0].as_class() == Some(th.vm().class_of_kind(kinds::BYTEARRAY)) {
        return Ok(array);
    }
    th.call(args[0], &[array])
}

fn dunder_repr(th: &Thread, args: &[Value]) -> Result {
    let bytes = this(args).to_vec();
    let mut quoted = Vec::new();
    let quote = quote_for(&bytes);
    repr::push_repr_in(&mut quoted, &bytes, quote);
    if quote == b'"' {
        // Unlike those of bytes, single quotes are escaped whatever stands around them.
        quoted = quoted.iter().flat_map(|b| if *b == b'\'' { vec![b'\\', b'\''] } else { vec![*b] }).collect();
    }
    let mut out = th.class_of(args[0]).name().into_bytes();
    out.push(b'(');
    out.extend(quoted);
    out.push(b')');
    Ok(Str::from_wtf8(th, &out).value())
}

fn get_item(th: &Thread, args: &[Value]) -> Result {
    let array = this(args);
    if let Some(slice) = args[1].downcast::<Slice>() {
        let bounds = slice.unpack(th)?;
        let bytes = array.to_vec();
        let (start, step, count) = bounds.adjust(bytes.len());
        if step == 1 {
            let start = start.max(0) as usize;
            return Ok(ByteArray::new(th, &bytes[start..start + count]).value());
        }
        return Ok(ByteArray::new(th, &selected(th, &bytes, slice)?).value());
    }
    match index_of(th, args[1], array.len(), "bytearray")?.and_then(|at| array.at(at)) {
        Some(b) => Ok(Value::small_int(b as i64)),
        None => Err(th.index_error("bytearray index out of range")),
    }
}

fn set_item(th: &Thread, args: &[Value]) -> Result {
    let array = this(args);
    if let Some(slice) = args[1].downcast::<Slice>() {
        set_slice(th, array, slice, args[2])?;
        return Ok(Value::NONE);
    }
    let at = index_of(th, args[1], array.len(), "bytearray")?;
    // The value is looked at before it is known whether there is such a place.
    let b = byte(th, args[2], "bytearray")?;
    let Some(at) = at else { return Err(th.index_error("bytearray index out of range")) };
    if array.set(at, b) { Ok(Value::NONE) } else { Err(th.index_error("bytearray index out of range")) }
}

fn set_slice(th: &Thread, array: Gc<ByteArray>, slice: Gc<Slice>, value: Value) -> Result<()> {
    let bytes = match gathered(th, value)? {
        Some(bytes) => bytes.into_owned(),
        None if value.as_str_cell().is_some() || sequences::is_number(th, value) => {
            return Err(th.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
        }
        None => from_items(th, value, "bytearray")?,
    };
    let (start, step, count) = slice.resolve(th, array.len())?;
    if step == 1 {
        let start = start.max(0) as usize;
        check_len(th, array.len().checked_add(bytes.len()))?;
        return array.splice(th, start, start + count, &bytes);
    }
    if bytes.is_empty() {
        return del_slice(th, array, slice);
    }
    if bytes.len() != count {
        let size = bytes.len();
        return Err(
            th.value_error(format_args!("attempt to assign bytes of size {size} to extended slice of size {count}"))
        );
    }
    for (i, b) in bytes.iter().enumerate() {
        array.set((start + i as isize * step) as usize, *b);
    }
    Ok(())
}

fn del_item(th: &Thread, args: &[Value]) -> Result {
    let array = this(args);
    if let Some(slice) = args[1].downcast::<Slice>() {
        del_slice(th, array, slice)?;
        return Ok(Value::NONE);
    }
    let at = index_of(th, args[1], array.len(), "bytearray")?;
    let Some(at) = at else { return Err(th.index_error("bytearray index out of range")) };
    match array.take(th, at, 1)? {
        Some(_) => Ok(Value::NONE),
        None => Err(th.index_error("bytearray index out of range")),
    }
}

fn del_slice(th: &Thread, array: Gc<ByteArray>, slice: Gc<Slice>) -> Result<()> {
    let (start, step, count) = slice.resolve(th, array.len())?;
    if step == 1 {
        let start = start.max(0) as usize;
        return array.splice(th, start, start + count, b"");
    }
    let mut gone: Vec<usize> = (0..count).map(|i| (start + i as isize * step) as usize).collect();
    gone.sort_unstable();
    let kept: Vec<u8> = array
        .to_vec()
        .into_iter()
        .enumerate()
        .filter(|(i, _)| gone.binary_search(i).is_err())
        .map(|(_, b)| b)
        .collect();
    array.replace_all(th, &kept)
}

fn iadd(th: &Thread, args: &[Value]) -> Result {
    let Some(bytes) = in_one_piece(th, args[1])? else { return Err(cannot_concatenate(th, args[0], args[1])) };
    append_all(th, this(args), &bytes)?;
    Ok(args[0])
}

fn append_all(th: &Thread, array: Gc<ByteArray>, bytes: &[u8]) -> Result<()> {
    check_len(th, array.len().checked_add(bytes.len()))?;
    array.append(th, bytes)
}

fn imul(th: &Thread, args: &[Value]) -> Result {
    let times = sequences::repetitions(th, args[1])?;
    let array = this(args);
    let bytes = array.to_vec();
    check_len(th, bytes.len().checked_mul(times))?;
    array.replace_all(th, &bytes.repeat(times))?;
    Ok(args[0])
}

fn append(th: &Thread, args: &[Value]) -> Result {
    let b = byte(th, args[1], "bytearray")?;
    this(args).append(th, &[b])?;
    Ok(Value::NONE)
}

fn extend(th: &Thread, args: &[Value]) -> Result {
    let source = args[1];
    let bytes = match in_one_piece(th, source)? {
        Some(bytes) => bytes.into_owned(),
        None if is_apart(source) => {
            let found = th.type_name(source);
            return Err(th.type_error(format_args!("can't set bytearray slice from {found}")));
        }
        None => {
            let (class, names) = (th.class_of(source), &th.vm().names);
            if source.as_str_cell().is_some_and(|text| !text.is_empty()) {
                let found = class.name();
                return Err(th.type_error(format_args!("expected iterable of integers; got: '{found}'")));
            }
            if th.lookup(class, names.__iter__).is_none() && th.lookup(class, names.__getitem__).is_none() {
                return Err(th.type_error(format_args!("can't extend bytearray with {}", class.name())));
            }
            from_items(th, source, "bytearray")?
        }
    };
    append_all(th, this(args), &bytes)?;
    Ok(Value::NONE)
}

fn insert(th: &Thread, args: &[Value]) -> Result {
    let index = ops::index_i64(th, args[1])?;
    let b = byte(th, args[2], "bytearray")?;
    let array = this(args);
    let len = array.len() as i64;
    let at = if index < 0 { (index + len).max(0) } else { index.min(len) } as usize;
    array.splice(th, at, at, &[b])?;
    Ok(Value::NONE)
}

fn pop(th: &Thread, args: &[Value]) -> Result {
    let index = match given(args[1]) {
        None => -1,
        Some(v) => ops::index_i64(th, v)?,
    };
    let array = this(args);
    let len = array.len() as i64;
    if len == 0 {
        return Err(th.index_error("pop from empty bytearray"));
    }
    let index = if index < 0 { index + len } else { index };
    let Some(at) = usize::try_from(index).ok().filter(|at| (*at as i64) < len) else {
        return Err(th.index_error("pop index out of range"));
    };
    match array.take(th, at, 1)? {
        Some([b, ..]) => Ok(Value::small_int(b as i64)),
        None => Err(th.index_error("pop index out of range")),
    }
}

fn remove(th: &Thread, args: &[Value]) -> Result {
    let b = byte(th, args[1], "bytearray")?;
    let array = this(args);
    match array.to_vec().iter().position(|found| *found == b) {
        Some(at) => array.take(th, at, 1).map(|_| Value::NONE),
        None => Err(th.value_error("value not found in bytearray")),
    }
}

fn resize(th: &Thread, args: &[Value]) -> Result {
    let size = ops::index_i64(th, args[1])?;
    let Ok(size) = usize::try_from(size) else {
        return Err(th.value_error(format_args!("Can only resize to positive sizes, got {size}")));
    };
    check_len(th, Some(size))?;
    let array = this(args);
    let len = array.len();
    if size < len {
        array.splice(th, size, len, b"")?;
    } else {
        array.append(th, &vec![0; size - len])?;
    }
    Ok(Value::NONE)
}
