//! The type `array`: construction, items, slices, operators.

use crate::heap::{Gc, Value};
use crate::objects::bytes::store::Growing;
use crate::objects::bytes::{self, ByteArray, Bytes};
use crate::objects::exception::Exc;
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::sequences::{self, Selection, Text};
use crate::objects::slice::Slice;
use crate::objects::{kinds, list::List, tuple::Tuple};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, count_methods, getter, join_methods, native};
use crate::vm::ops::{self, CompareOp};
use crate::vm::{Raised, Thread, report};

use super::transfer::{self, not_whole};
use super::{Array, CODES, Items, iterator, pack};

pub static ARRAY: TypeDef = TypeDef {
    module: "array",
    methods: METHODS,
    getset: GETSET,
    subclassable: true,
    unhashable: true,
    ..TypeDef::new(
        "array",
        kinds::ARRAY,
        "array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and\n\
         initialized from the optional initializer value, which must be a list,\nbytes-like object, or iterable over \
         elements of the appropriate type.",
    )
};

const GROUPS: &[&[NativeDef]] = &[OWN, transfer::METHODS];
const METHODS: &[NativeDef] = &join_methods::<{ count_methods(GROUPS) }>(GROUPS);

const OWN: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", new).static_method(),
    native("__repr__", "($self, /)", "Return repr(self).", repr),
    native("__len__", "($self, /)", "Return len(self).", |th, a| Ok(th.int(this(a).len() as i64))),
    native("__iter__", "($self, /)", "Implement iter(self).", |th, a| Ok(iterator::over(th, a[0]))),
    native("__getitem__", "($self, key, /)", "Return self[key].", get_item),
    native("__setitem__", "($self, key, value, /)", "Set self[key] to value.", set_item),
    native("__delitem__", "($self, key, /)", "Delete self[key].", del_item),
    native("__contains__", "($self, key, /)", "Return bool(key in self).", |th, a| {
        sequences::contains(th, Items(this(a), th), a[1]).map(Value::bool)
    }),
    native("__add__", "($self, value, /)", "Return self+value.", add),
    native("__iadd__", "($self, value, /)", "Implement self+=value.", |th, a| {
        if a[1].downcast::<Array>().is_none() {
            let found = th.type_name(a[1]);
            return Err(th.type_error(format_args!("can only extend array with array (not \"{found}\")")));
        }
        extend(th, this(a), a[1])?;
        Ok(a[0])
    }),
    native("__mul__", "($self, value, /)", "Return self*value.", mul),
    native("__rmul__", "($self, value, /)", "Return value*self.", mul),
    native("__imul__", "($self, value, /)", "Implement self*=value.", |th, a| {
        let bytes = repeated(th, this(a), a[1])?;
        this(a).replace_all(th, &bytes)?;
        Ok(a[0])
    }),
    LT,
    LE,
    EQ,
    NE,
    GT,
    GE,
    CLASS_GETITEM,
    bytes::BUFFER,
    bytes::RELEASE_BUFFER,
    native("append", "($self, v, /)", "Append new value v to the end of the array.", |th, a| {
        let item = pack(th, this(a).code, a[1])?;
        this(a).append(th, &item[..this(a).item_size()])?;
        Ok(Value::NONE)
    }),
    native("extend", "($self, bb, /)", "Append items to the end of the array.", |th, a| {
        extend(th, this(a), a[1])?;
        Ok(Value::NONE)
    })
    .keywords(),
    native("insert", "($self, i, v, /)", "Insert a new item v into the array before position i.", insert),
    native("pop", "($self, i=-1, /)", "Return the i-th element and delete it from the array.", pop),
    native("remove", "($self, v, /)", "Remove the first occurrence of v in the array.", |th, a| {
        let size = this(a).item_size();
        match sequences::position(th, Items(this(a), th), a[1], 0, usize::MAX)? {
            Some(at) => this(a).take(th, at * size, size).map(|_| Value::NONE),
            None => Err(th.value_error("array.remove(x): x not in array")),
        }
    }),
    native(
        "index",
        "($self, v, start=0, stop=sys.maxsize, /)",
        "Return index of first occurrence of v in the array.",
        |th, a| match sequences::index_of(th, Items(this(a), th), a)? {
            Some(at) => Ok(th.int(at as i64)),
            None => Err(th.value_error("array.index(x): x not in array")),
        },
    ),
    native("count", "($self, v, /)", "Return number of occurrences of v in the array.", |th, a| {
        sequences::count(th, Items(this(a), th), a[1])
    }),
    native("reverse", "($self, /)", "Reverse the order of the items in the array.", |th, a| {
        reorder(th, this(a), |items, size| items.chunks_exact(size).rev().flatten().copied().collect());
        Ok(Value::NONE)
    }),
    native("byteswap", "($self, /)", "Byteswap all items of the array.", |th, a| {
        reorder(th, this(a), |items, size| {
            items.chunks_exact(size).flat_map(|item| item.iter().rev()).copied().collect()
        });
        Ok(Value::NONE)
    }),
    native("clear", "($self, /)", "Remove all items from the array.", |th, a| {
        this(a).splice(th, 0, usize::MAX, b"")?;
        Ok(Value::NONE)
    }),
    native("__copy__", "($self, /)", "Return a copy of the array.", |th, a| Ok(like(th, this(a), &this(a).bytes(th)))),
    native("__deepcopy__", "($self, unused, /)", "Return a copy of the array.", |th, a| {
        Ok(like(th, this(a), &this(a).bytes(th)))
    }),
    native("__sizeof__", "($self, /)", "Size of the array in memory, in bytes.", |th, a| {
        Ok(th.int(80 + this(a).store().buffer().map_or(0, |buffer| buffer.capacity()) as i64))
    }),
];

const GETSET: &[GetSetDef] = &[
    getter("typecode", "The typecode character used to create the array.", |th, v| {
        Ok(th.str(&char::from(this(&[v]).code).to_string()))
    }),
    getter("itemsize", "The size, in bytes, of one array item.", |th, v| Ok(th.int(this(&[v]).item_size() as i64))),
];

pub(super) fn this(args: &[Value]) -> Gc<Array> {
    match args[0].downcast::<Array>() {
        Some(array) => array,
        None => unreachable!("methods of array are bound to arrays"),
    }
}

/// A plain array of the same type code with these bytes.
fn like(th: &Thread, array: Gc<Array>, bytes: &[u8]) -> Value {
    let new = th.instantiate(th.vm().class(&ARRAY), Array::empty(array.code));
    new.store().fill_new(th, bytes);
    new.value()
}

fn new(th: &Thread, args: &[Value]) -> Result {
    let Some(class) = args[0].as_class() else { return Err(th.type_error("array.__new__(X): X is not a type object")) };
    let given = args[1].downcast::<Tuple>().map_or(&[][..], |tuple| tuple.items());
    let has_keywords = args[2].downcast::<crate::objects::dict::Dict>().is_some_and(|dict| !dict.is_empty());
    if has_keywords && th.lookup(class, th.vm().names.__init__) == Some(th.vm().object_init()) {
        return Err(th.type_error("array.array() takes no keyword arguments"));
    }
    let (code, initial) = match given {
        [code] => (*code, Value::EMPTY),
        [code, initial] => (*code, *initial),
        [] => return Err(th.type_error("array() takes at least 1 argument (0 given)")),
        _ => return Err(th.type_error(format_args!("array() takes at most 2 arguments ({} given)", given.len()))),
    };
    let code = type_code(th, code)?;
    let array = th.instantiate(class, Array::empty(code));
    if !initial.is_empty() {
        fill(th, array, initial)?;
    }
    Ok(array.value())
}

fn type_code(th: &Thread, v: Value) -> Result<u8> {
    let Some(text) = v.as_str_cell() else {
        let found = th.type_name(v);
        return Err(th.type_error(format_args!("array() argument 1 must be a unicode character, not {found}")));
    };
    if text.char_len() != 1 {
        let len = text.char_len();
        return Err(
            th.type_error(format_args!("array() argument 1 must be a unicode character, not a string of length {len}"))
        );
    }
    let code = text.wtf8()[0];
    if code == b'u' {
        let message = "The 'u' type code is deprecated and will be removed in Python 3.16";
        report::warn(th, Exc::DeprecationWarning, message)?;
    }
    if !CODES.as_bytes().contains(&code) {
        return Err(th.value_error("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)"));
    }
    Ok(code)
}

/// Puts what the constructor was given into a new array.
fn fill(th: &Thread, array: Gc<Array>, initial: Value) -> Result<()> {
    let code = array.code as char;
    if let Some(text) = initial.as_str_cell() {
        if !array.is_text() {
            return Err(th.type_error(format_args!("cannot use a str to initialize an array with typecode '{code}'")));
        }
        return transfer::append_text(th, array, text);
    }
    if let Some(other) = initial.downcast::<Array>() {
        if other.is_text() && !array.is_text() {
            return Err(
                th.type_error(format_args!("cannot use a unicode array to initialize an array with typecode '{code}'"))
            );
        }
        if other.code == array.code || other.is_text() {
            return array.append(th, &other.bytes(th));
        }
    }
    if initial.downcast::<Bytes>().is_some() || initial.downcast::<ByteArray>().is_some() {
        return transfer::append_bytes(th, array, &bytes::required(th, initial)?);
    }
    append_items(th, array, initial)
}

fn append_items(th: &Thread, array: Gc<Array>, items: Value) -> Result<()> {
    let size = array.item_size();
    ops::for_each(th, items, |item| {
        let item = pack(th, array.code, item)?;
        array.append(th, &item[..size])
    })
}

fn extend(th: &Thread, array: Gc<Array>, with: Value) -> Result<()> {
    match with.downcast::<Array>() {
        Some(other) if other.code != array.code => Err(th.type_error("can only extend with array of same kind")),
        Some(other) => {
            bytes::check_len(th, array.store().len().checked_add(other.store().len()))?;
            array.append(th, &other.bytes(th))
        }
        None => append_items(th, array, with),
    }
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let array = this(args);
    let name = th.class_of(args[0]).short_name();
    let code = array.code as char;
    if array.is_empty() {
        return Ok(th.str(&format!("{name}('{code}')")));
    }
    let mut out = Text::default();
    out.push(&format!("{name}('{code}', "));
    if array.is_text() {
        out.push_repr(th, transfer::text(th, array)?)?;
    } else {
        out.push_repr(th, List::new(th, &array.items(th)).value())?;
    }
    out.push(")");
    Ok(out.finish(th))
}

fn indices(th: &Thread) -> Raised {
    th.type_error("array indices must be integers")
}

/// The index that a key means, if it lies within.
fn place(th: &Thread, array: Gc<Array>, key: Value) -> Result<Option<usize>> {
    if !sequences::is_index(th, key) {
        return Err(indices(th));
    }
    sequences::item_index(th, "array", key, || array.len())
}

fn get_item(th: &Thread, args: &[Value]) -> Result {
    let array = this(args);
    if let Some(slice) = args[1].downcast::<Slice>() {
        let bounds = slice.unpack(th)?;
        let (bytes, size) = (array.bytes(th), array.item_size());
        let selected = Selection::new(bounds, bytes.len() / size);
        let items = selected.indices().flat_map(|at| &bytes[at * size..at * size + size]);
        return Ok(like(th, array, &items.copied().collect::<Vec<u8>>()));
    }
    let at = place(th, array, args[1])?;
    at.and_then(|at| array.at(th, at)).ok_or_else(|| th.index_error("array index out of range"))
}

fn out_of_range(th: &Thread) -> Raised {
    th.index_error("array assignment index out of range")
}

fn set_item(th: &Thread, args: &[Value]) -> Result {
    let (array, size) = (this(args), this(args).item_size());
    if let Some(slice) = args[1].downcast::<Slice>() {
        let Some(other) = args[2].downcast::<Array>() else {
            let found = th.type_name(args[2]);
            return Err(th.type_error(format_args!("can only assign array (not \"{found}\") to array slice")));
        };
        if other.code != array.code {
            return Err(th.type_error("bad argument type for built-in operation"));
        }
        set_slice(th, array, slice, &other.bytes(th))?;
        return Ok(Value::NONE);
    }
    let Some(at) = place(th, array, args[1])? else { return Err(out_of_range(th)) };
    let item = pack(th, array.code, args[2])?;
    // Asking the object for its number may have shortened the array.
    if at >= array.len() {
        return Err(out_of_range(th));
    }
    array.splice(th, at * size, at * size + size, &item[..size])?;
    Ok(Value::NONE)
}

fn set_slice(th: &Thread, array: Gc<Array>, slice: Gc<Slice>, items: &[u8]) -> Result<()> {
    let size = array.item_size();
    let (start, step, count) = slice.resolve(th, array.len())?;
    if step == 1 {
        let start = start.max(0) as usize;
        bytes::check_len(th, array.store().len().checked_add(items.len()))?;
        return array.splice(th, start * size, (start + count) * size, items);
    }
    if items.is_empty() {
        return del_slice(th, array, slice);
    }
    if items.len() != count * size {
        let given = items.len() / size;
        return Err(
            th.value_error(format_args!("attempt to assign array of size {given} to extended slice of size {count}"))
        );
    }
    for (i, item) in items.chunks_exact(size).enumerate() {
        let at = (start + i as isize * step) as usize;
        array.splice(th, at * size, at * size + size, item)?;
    }
    Ok(())
}

fn del_slice(th: &Thread, array: Gc<Array>, slice: Gc<Slice>) -> Result<()> {
    let (size, bytes) = (array.item_size(), array.bytes(th));
    let (start, step, count) = slice.resolve(th, bytes.len() / size)?;
    if step == 1 {
        let start = start.max(0) as usize;
        return array.splice(th, start * size, (start + count) * size, b"");
    }
    let mut gone: Vec<usize> = (0..count).map(|i| (start + i as isize * step) as usize).collect();
    gone.sort_unstable();
    let kept = bytes.chunks_exact(size).enumerate().filter(|(i, _)| gone.binary_search(i).is_err());
    let kept: Vec<u8> = kept.flat_map(|(_, item)| item).copied().collect();
    array.replace_all(th, &kept)
}

fn del_item(th: &Thread, args: &[Value]) -> Result {
    let (array, size) = (this(args), this(args).item_size());
    if let Some(slice) = args[1].downcast::<Slice>() {
        del_slice(th, array, slice)?;
        return Ok(Value::NONE);
    }
    let Some(at) = place(th, array, args[1])? else { return Err(out_of_range(th)) };
    match array.take(th, at * size, size)? {
        Some(_) => Ok(Value::NONE),
        None => Err(out_of_range(th)),
    }
}

fn add(th: &Thread, args: &[Value]) -> Result {
    let Some(other) = args[1].downcast::<Array>() else {
        let found = th.type_name(args[1]);
        return Err(th.type_error(format_args!("can only append array (not \"{found}\") to array")));
    };
    if other.code != this(args).code {
        return Err(th.type_error("bad argument type for built-in operation"));
    }
    let (left, right) = (this(args).bytes(th), other.bytes(th));
    bytes::check_len(th, left.len().checked_add(right.len()))?;
    Ok(like(th, this(args), &[left, right].concat()))
}

fn repeated(th: &Thread, array: Gc<Array>, times: Value) -> Result<Vec<u8>> {
    if !sequences::is_index(th, times) {
        let found = th.type_name(times);
        return Err(th.type_error(format_args!("can't multiply sequence by non-int of type '{found}'")));
    }
    let times = sequences::repetitions(th, times)?;
    let bytes = array.bytes(th);
    bytes::check_len(th, bytes.len().checked_mul(times))?;
    Ok(bytes.repeat(times))
}

fn mul(th: &Thread, args: &[Value]) -> Result {
    let bytes = repeated(th, this(args), args[1])?;
    Ok(like(th, this(args), &bytes))
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    match (a.downcast::<Array>(), b.downcast::<Array>()) {
        (Some(a), Some(b)) => ops::compare_rows(th, op, Items(a, th), Items(b, th)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

sequences::comparisons!(compare);

fn insert(th: &Thread, args: &[Value]) -> Result {
    let (array, size) = (this(args), this(args).item_size());
    let at = ops::index_i64(th, args[1])?;
    let item = pack(th, array.code, args[2])?;
    let len = array.len() as i64;
    let at = if at < 0 { (at + len).max(0) } else { at.min(len) } as usize;
    array.splice(th, at * size, at * size, &item[..size])?;
    Ok(Value::NONE)
}

fn pop(th: &Thread, args: &[Value]) -> Result {
    let (array, size) = (this(args), this(args).item_size());
    let at = if args[1].is_empty() { -1 } else { ops::index_i64(th, args[1])? };
    let len = array.len() as i64;
    if len == 0 {
        return Err(th.index_error("pop from empty array"));
    }
    let at = if at < 0 { at + len } else { at };
    let Some(at) = usize::try_from(at).ok().filter(|at| (*at as i64) < len) else {
        return Err(th.index_error("pop index out of range"));
    };
    match array.take(th, at * size, size)? {
        Some(item) => Ok(super::unpack(th, array.code, item)),
        None => Err(th.index_error("pop index out of range")),
    }
}

/// Puts other bytes in the place of those that are there, as many.
fn reorder(th: &Thread, array: Gc<Array>, order: impl FnOnce(&[u8], usize) -> Vec<u8>) {
    array.in_place(th, |bytes| {
        let ordered = order(&array.store().to_vec(), array.item_size());
        for (place, byte) in bytes.iter().zip(ordered) {
            place.store(byte, std::sync::atomic::Ordering::Relaxed);
        }
    });
}

/// ValueError where bytes are no whole number of items.
pub(super) fn check_whole(th: &Thread, array: Gc<Array>, bytes: &[u8]) -> Result<()> {
    if bytes.len().is_multiple_of(array.item_size()) { Ok(()) } else { Err(not_whole(th)) }
}
