//! `_struct`: numbers packed into bytes as C has them; `struct` re-exports it.
//!
//! - `layout`: what a format string means
//! - `items`: single items to bytes and back

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;

use crate::heap::{Slot, Tracer, Value};
use crate::modules::ModuleDef;
use crate::modules::io::targets;
use crate::objects::exception::{self, Exc};
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::{bytes, kinds, tuple::Tuple};
use crate::vm::native::{NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Raised, Thread, ops, signature};

pub mod items;
mod layout;

use layout::Layout;

pub static STRUCT: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    types: &[&STRUCT_TYPE],
    init: Some(|th, module| {
        module.namespace.set_str(th, th.intern("error"), th.make_native_class(&ERROR).value());
        th.make_native_class(&UNPACK_ITERATOR);
        Ok(())
    }),
    ..ModuleDef::new("_struct", "Functions to convert between Python values and C structs.")
};

static ERROR: TypeDef = TypeDef {
    module: "struct",
    base: Some(&exception::DEFINITIONS[Exc::Exception as usize]),
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("error", kinds::EXCEPTION, "")
};

/// Raises `struct.error`.
#[cold]
fn error(th: &Thread, message: impl std::fmt::Display) -> Raised {
    let message = th.str(&message.to_string());
    th.raise_value(exception::new(th, th.make_native_class(&ERROR), &[message]))
}

const FUNCTIONS: &[NativeDef] = &[
    native("calcsize", "(format, /)", "Return size in bytes of the struct described by the format string.", |th, a| {
        Ok(th.int(Layout::of(th, a[0])?.size as i64))
    }),
    native(
        "pack",
        "(*args=<null>)",
        "Return a bytes object containing values packed according to the format.",
        |th, a| {
            let (layout, values) = with_format(th, a[0])?;
            pack(th, &layout, values)
        },
    ),
    native("pack_into", "(*args=<null>)", "Pack values and write the packed bytes into a writable buffer.", |th, a| {
        let (layout, values) = with_format(th, a[0])?;
        pack_into(th, &layout, values)
    }),
    native("unpack", "(format, buffer, /)", "Return a tuple containing unpacked values.", |th, a| {
        unpack(th, &Layout::of(th, a[0])?, a[1])
    }),
    native(
        "unpack_from",
        "(format, /, buffer, offset=0)",
        "Return a tuple containing values unpacked from a buffer.",
        |th, a| unpack_from(th, &Layout::of(th, a[0])?, a[1], a[2]),
    )
    .keywords(),
    native(
        "iter_unpack",
        "(format, buffer, /)",
        "Return an iterator yielding tuples unpacked from the given bytes.",
        |th, a| iter_unpack(th, Arc::new(Layout::of(th, a[0])?), a[1]),
    ),
    native("_clearcache", "()", "Clear the internal cache.", |_, _| Ok(Value::NONE)),
];

/// The layout that the first argument describes, and the other arguments.
fn with_format(th: &Thread, args: Value) -> Result<(Layout, &'static [Value])> {
    match signature::items(args.downcast::<Tuple>()).split_first() {
        Some((format, values)) => Ok((Layout::of(th, *format)?, values)),
        None => Err(th.type_error("missing format argument")),
    }
}

/// The packed bytes of the objects; `name` is the function's, for messages.
fn packed(th: &Thread, layout: &Layout, values: &[Value], name: &str) -> Result<Vec<u8>> {
    if values.len() != layout.items {
        let (expected, given) = (layout.items, values.len());
        return Err(error(th, format_args!("{name} expected {expected} items for packing (got {given})")));
    }
    bytes::check_len(th, Some(layout.size))?;
    let mut out = vec![0; layout.size];
    fill(th, layout, values, &mut out)?;
    Ok(out)
}

/// Packs as many objects as there are in a layout, up to the first that cannot be.
fn fill(th: &Thread, layout: &Layout, values: &[Value], out: &mut [u8]) -> Result<()> {
    let mut values = values.iter();
    for run in &layout.runs {
        for (at, value) in values.by_ref().take(run.count).enumerate() {
            let start = run.offset + at * run.size;
            items::pack(th, *run, layout.big_endian, *value, &mut out[start..start + run.size])?;
        }
    }
    Ok(())
}

fn pack(th: &Thread, layout: &Layout, values: &[Value]) -> Result {
    Ok(bytes::new(th, &packed(th, layout, values, "pack")?))
}

fn pack_into(th: &Thread, layout: &Layout, args: &[Value]) -> Result {
    let Some((buffer, args)) = args.split_first() else { return Err(error(th, "pack_into expected buffer argument")) };
    let Some((offset, values)) = args.split_first() else {
        return Err(error(th, "pack_into expected offset argument"));
    };
    if values.len() != layout.items {
        return packed(th, layout, values, "pack_into").map(|_| Value::NONE);
    }
    let room = targets::required_room(th, *buffer, "argument")?;
    let offset = ops::index_i64(th, *offset)?;
    let size = layout.size;
    let at = place(th, offset, room, |from_end| {
        (from_end < size).then(|| format!("no space to pack {size} bytes at offset {offset}"))
    })?;
    if room.saturating_sub(at) < size {
        let needed = at.saturating_add(size);
        return Err(error(
            th,
            format_args!(
                "pack_into requires a buffer of at least {needed} bytes for packing {size} bytes at offset {at} (actual \
                 buffer size is {room})"
            ),
        ));
    }
    bytes::check_len(th, Some(size))?;
    // As CPython, which packs in place: what cannot be packed leaves zeros, after what could be.
    let mut packed = vec![0; size];
    let filled = fill(th, layout, values, &mut packed);
    bytes::write_at(th, *buffer, at, &packed);
    filled.map(|()| Value::NONE)
}

/// Where an offset lies in so many bytes, negative ones counted from the end; `too_near` says what is wrong with one that
/// lies so many bytes from there.
fn place(th: &Thread, offset: i64, len: usize, too_near: impl Fn(usize) -> Option<String>) -> Result<usize> {
    if offset >= 0 {
        return Ok(offset as usize);
    }
    let from_end = offset.unsigned_abs() as usize;
    if let Some(message) = too_near(from_end) {
        return Err(error(th, message));
    }
    match len.checked_sub(from_end) {
        Some(at) => Ok(at),
        None => Err(error(th, format_args!("offset {offset} out of range for {len}-byte buffer"))),
    }
}

fn unpacked(th: &Thread, layout: &Layout, bytes: &[u8]) -> Value {
    let mut values = Vec::with_capacity(layout.items);
    for run in &layout.runs {
        for at in 0..run.count {
            let start = run.offset + at * run.size;
            values.push(items::unpack(th, *run, layout.big_endian, &bytes[start..start + run.size]));
        }
    }
    th.tuple(&values)
}

fn unpack(th: &Thread, layout: &Layout, buffer: Value) -> Result {
    let content = bytes::required(th, buffer)?;
    if content.len() != layout.size {
        return Err(error(th, format_args!("unpack requires a buffer of {} bytes", layout.size)));
    }
    Ok(unpacked(th, layout, &content))
}

fn unpack_from(th: &Thread, layout: &Layout, buffer: Value, offset: Value) -> Result {
    let content = bytes::required(th, buffer)?;
    let offset = if offset.is_empty() { 0 } else { ops::index_i64(th, offset)? };
    let (size, len) = (layout.size, content.len());
    let at = place(th, offset, len, |from_end| {
        (from_end < size).then(|| format!("not enough data to unpack {size} bytes at offset {offset}"))
    })?;
    match content.get(at..at.saturating_add(size)) {
        Some(part) => Ok(unpacked(th, layout, part)),
        None => {
            let needed = at.saturating_add(size);
            Err(error(
                th,
                format_args!(
                    "unpack_from requires a buffer of at least {needed} bytes for unpacking {size} bytes at offset {at} \
                     (actual buffer size is {len})"
                ),
            ))
        }
    }
}

/// What `iter_unpack` gives.
struct UnpackIter {
    layout: Arc<Layout>,
    /// `EMPTY` once it has ended.
    buffer: Slot,
    at: AtomicUsize,
}

impl NativeState for UnpackIter {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.buffer);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        let buffer = self.buffer.get();
        let content = if buffer.is_empty() { None } else { bytes::content(buffer) };
        let at = self.at.fetch_add(self.layout.size, Ordering::Relaxed);
        let part = content.as_ref().and_then(|content| content.get(at..at + self.layout.size));
        if part.is_none() {
            self.buffer.set(Value::EMPTY);
        }
        Some(Ok(part.map(|part| unpacked(th, &self.layout, part))))
    }
}

static UNPACK_ITERATOR: TypeDef = TypeDef {
    module: "_struct",
    methods: &[
        ITER,
        NEXT,
        native("__length_hint__", "($self, /)", "Return how many tuples are left.", |th, a| {
            let state = a[0].downcast::<NativeObject>().and_then(|object| object.state_as::<UnpackIter>());
            let Some(state) = state else { return Ok(Value::small_int(0)) };
            let len = bytes::content(state.buffer.get()).map_or(0, |content| content.len());
            let left = len.saturating_sub(state.at.load(Ordering::Relaxed));
            Ok(th.int((left / state.layout.size) as i64))
        }),
    ],
    ..TypeDef::new("unpack_iterator", kinds::NATIVE_STATE, "")
};

fn iter_unpack(th: &Thread, layout: Arc<Layout>, buffer: Value) -> Result {
    let size = layout.size;
    if size == 0 {
        return Err(error(th, "cannot iteratively unpack with a struct of length 0"));
    }
    // What cannot change is read where it lies; everything else as it is now.
    let content = bytes::required(th, buffer)?;
    if content.len() % size != 0 {
        return Err(error(th, format_args!("iterative unpacking requires a buffer of a multiple of {size} bytes")));
    }
    let buffer = if buffer.downcast::<bytes::Bytes>().is_some() { buffer } else { bytes::new(th, &content) };
    let state = UnpackIter { layout, buffer: Slot::new(buffer), at: AtomicUsize::new(0) };
    Ok(native_object::new(th, th.vm().class(&UNPACK_ITERATOR), Box::new(state)).value())
}

/// A `Struct` object.
struct State(Mutex<Option<Arc<Layout>>>);

impl NativeState for State {}

fn layout(th: &Thread, this: Value) -> Result<Arc<Layout>> {
    let state = this.downcast::<NativeObject>().and_then(|object| object.state_as::<State>());
    let layout = state.and_then(|state| state.0.lock().clone());
    layout.ok_or_else(|| th.runtime_error("Struct object is not initialized"))
}

static STRUCT_TYPE: TypeDef = TypeDef {
    weakrefs: true,
    module: "_struct",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, a| {
            let Some(class) = a[0].as_class() else {
                return Err(th.type_error("Struct.__new__(X): X is not a type object"));
            };
            Ok(native_object::new(th, class, Box::new(State(Mutex::new(None)))).value())
        })
        .static_method(),
        native("__init__", "($self, /, format)", "Initialize self.", |th, a| {
            let layout = Layout::of(th, a[1])?;
            if let Some(state) = a[0].downcast::<NativeObject>().and_then(|object| object.state_as::<State>()) {
                *state.0.lock() = Some(Arc::new(layout));
            }
            Ok(Value::NONE)
        })
        .keywords(),
        native("__repr__", "($self, /)", "Return repr(self).", |th, a| {
            let format = String::from_utf8_lossy(&layout(th, a[0])?.format).into_owned();
            let format = ops::repr(th, th.str(&format))?.to_text();
            Ok(th.str(&format!("{}({format})", th.class_of(a[0]).short_name())))
        }),
        native("pack", "($self, /, *args=<null>)", "Return a bytes object containing the packed values.", |th, a| {
            pack(th, &*layout(th, a[0])?, signature::items(a[1].downcast::<Tuple>()))
        }),
        native(
            "pack_into",
            "($self, /, *args=<null>)",
            "Pack values and write them into a writable buffer.",
            |th, a| pack_into(th, &*layout(th, a[0])?, signature::items(a[1].downcast::<Tuple>())),
        ),
        native("unpack", "($self, buffer, /)", "Return a tuple containing unpacked values.", |th, a| {
            unpack(th, &*layout(th, a[0])?, a[1])
        }),
        native("unpack_from", "($self, /, buffer, offset=0)", "Return a tuple containing unpacked values.", |th, a| {
            unpack_from(th, &*layout(th, a[0])?, a[1], a[2])
        })
        .keywords(),
        native("iter_unpack", "($self, buffer, /)", "Return an iterator yielding tuples.", |th, a| {
            iter_unpack(th, layout(th, a[0])?, a[1])
        }),
    ],
    getset: &[
        getter("format", "struct format string", |th, v| Ok(th.str(&String::from_utf8_lossy(&layout(th, v)?.format)))),
        getter("size", "struct size in bytes", |th, v| Ok(th.int(layout(th, v)?.size as i64))),
    ],
    ..TypeDef::new("Struct", kinds::NATIVE_STATE, "Create a compiled struct object.")
};
