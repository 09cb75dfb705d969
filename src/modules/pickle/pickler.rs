//! `Pickler`, `dump` and `dumps`.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use parking_lot::Mutex;

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::bytes;
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::list::Items;
use crate::objects::native::Native;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::encode::{Encoder, Settings};
use super::errors::pickling;
use super::memo::{Memo, Rest};
use super::opcodes::HIGHEST_PROTOCOL;
use super::{flag, given};

/// The protocol that an argument asks for.
fn protocol(th: &Thread, argument: Value) -> Result<u8> {
    let Some(argument) = given(argument) else { return Ok(HIGHEST_PROTOCOL) };
    match ops::index_i64(th, argument)? {
        ..0 => Ok(HIGHEST_PROTOCOL),
        protocol @ 0..=5 => Ok(protocol as u8),
        _ => Err(th.value_error(format_args!("pickle protocol must be <= {HIGHEST_PROTOCOL}"))),
    }
}

/// What the arguments `protocol`, `fix_imports` and `buffer_callback` say.
fn settings(th: &Thread, [protocol_argument, fix_imports, callback]: [Value; 3]) -> Result<Settings> {
    let mut settings = Settings::new(protocol(th, protocol_argument)?);
    settings.fix_imports = flag(th, fix_imports)?;
    settings.buffer_callback = given(callback);
    if settings.buffer_callback.is_some() && settings.protocol < 5 {
        return Err(th.value_error("buffer_callback needs protocol >= 5"));
    }
    Ok(settings)
}

fn write_of(th: &Thread, file: Value) -> Result {
    match ops::find_attr(th, file, th.intern("write"))? {
        Some(write) => Ok(write),
        None => Err(th.type_error("file must have a 'write' attribute")),
    }
}

pub const DUMPS: NativeDef = native(
    "dumps",
    "(obj, protocol=None, *, fix_imports=True, buffer_callback=None)",
    "Return the pickled representation of the object as a bytes object.",
    |th, args| {
        let settings = settings(th, [args[1], args[2], args[3]])?;
        let (written, _) = Encoder::new(th, settings, Memo::new(th)).dump(args[0]);
        Ok(bytes::new(th, &written?))
    },
);

pub const DUMP: NativeDef = native(
    "dump",
    "(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)",
    "Write a pickled representation of obj to the open file object file.",
    |th, args| {
        let mut settings = settings(th, [args[2], args[3], args[4]])?;
        settings.write = Some(write_of(th, args[1])?);
        let (written, _) = Encoder::new(th, settings, Memo::new(th)).dump(args[0]);
        written.map(|_| Value::NONE)
    },
);

/// For `multiprocessing`, which has reducers of its own.
pub const DUMPS_WITH: NativeDef = native(
    "dumps_with",
    "(obj, reducers, /)",
    "As dumps, with functions by their classes that are asked before those of copyreg.",
    |th, args| {
        let mut settings = Settings::new(HIGHEST_PROTOCOL);
        settings.reducers = args[1].downcast();
        let (written, _) = Encoder::new(th, settings, Memo::new(th)).dump(args[0]);
        Ok(bytes::new(th, &written?))
    },
);

/// A pickler; what may change has a lock of its own or is a slot.
#[derive(Default)]
struct State {
    /// `EMPTY` until `__init__` has run.
    write: Slot,
    buffer_callback: Slot,
    dispatch_table: Slot,
    /// Negative until `__init__` has run.
    protocol: AtomicI64,
    fix_imports: AtomicBool,
    bin: AtomicI64,
    fast: AtomicI64,
    memo: Mutex<Rest>,
    memo_store: Slot,
}

impl NativeState for State {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.write, &self.buffer_callback, &self.dispatch_table, &self.memo_store] {
            tracer.slot(slot);
        }
    }
}

impl State {
    /// Takes the memo: whoever writes with the pickler meanwhile begins with an empty one.
    fn take_memo(&self, th: &Thread) -> Memo {
        let rest = std::mem::take(&mut *self.memo.lock());
        Memo::resume(th, self.memo_store.replace(Value::EMPTY), rest)
    }

    fn put_memo(&self, memo: Memo) {
        let (store, rest) = memo.suspend();
        let mut held = self.memo.lock();
        self.memo_store.set(store);
        *held = rest;
    }

    /// The numbers and the objects they belong to.
    fn memoized(&self) -> Vec<(u64, u32, Value)> {
        let held = self.memo.lock();
        let Some(store) = self.memo_store.get().downcast::<Items>() else { return Vec::new() };
        let object = |number: u32| store.slots().get(number as usize).map(Slot::get).filter(|value| !value.is_empty());
        let mut all: Vec<_> =
            held.entries().filter_map(|(bits, number)| Some((bits, number, object(number)?))).collect();
        all.sort_by_key(|(_, number, _)| *number);
        all
    }

    /// As a dict: identities, and pairs of number and object.
    fn memo_dict(&self, th: &Thread) -> Gc<Dict> {
        let dict = th.dict();
        for (bits, number, object) in self.memoized() {
            let pair = th.tuple(&[Value::small_int(i64::from(number)), object]);
            // Identities are integers: storing them runs no code of the program's.
            if dict.set_item(th, Value::small_int(bits as i64 & ((1 << 47) - 1)), pair).is_err() {
                break;
            }
        }
        dict
    }
}

fn state_of(value: Value) -> Option<&'static State> {
    value.downcast::<NativeObject>().and_then(Gc::<NativeObject>::state_as::<State>)
}

fn this(th: &Thread, value: Value) -> Result<&'static State> {
    match state_of(value) {
        Some(state) if !state.write.get().is_empty() => Ok(state),
        _ => {
            let class = th.type_name(value);
            Err(pickling(th, format_args!("Pickler.__init__() was not called by {class}.__init__()")))
        }
    }
}

pub static PICKLER: TypeDef = TypeDef {
    module: "_pickle",
    subclassable: true,
    has_dict: true,
    methods: METHODS,
    getset: ATTRIBUTES,
    ..TypeDef::new("Pickler", kinds::NATIVE_STATE, "This takes a binary file for writing a pickle data stream.")
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let Some(class) = args[0].as_class() else { return Err(th.type_error("a class is required")) };
        Ok(native_object::new(th, class, Box::new(State::default())).value())
    })
    .static_method(),
    native(
        "__init__",
        "(self, /, file, protocol=None, fix_imports=True, buffer_callback=None)",
        "Initialize self.",
        |th, args| {
            let settings = settings(th, [args[2], args[3], args[4]])?;
            let write = write_of(th, args[1])?;
            let Some(state) = state_of(args[0]) else { return Err(th.type_error("a Pickler is required")) };
            state.protocol.store(i64::from(settings.protocol), Ordering::Relaxed);
            state.fix_imports.store(settings.fix_imports, Ordering::Relaxed);
            state.bin.store(i64::from(settings.protocol > 0), Ordering::Relaxed);
            state.fast.store(0, Ordering::Relaxed);
            state.buffer_callback.set(settings.buffer_callback.unwrap_or(Value::EMPTY));
            state.put_memo(Memo::new(th));
            state.write.set(write);
            Ok(Value::NONE)
        },
    ),
    native("dump", "(self, obj, /)", "Write a pickled representation of the given object to the open file.", dump),
    native("clear_memo", "(self, /)", "Clears the pickler's \"memo\".", |th, args| {
        this(th, args[0])?.put_memo(Memo::new(th));
        Ok(Value::NONE)
    }),
    native("persistent_id", "(self, obj, /)", "None: objects have no persistent ids by themselves.", |_, _| {
        Ok(Value::NONE)
    }),
];

fn dump(th: &Thread, args: &[Value]) -> Result {
    let state = this(th, args[0])?;
    let own = |name| ops::find_attr(th, args[0], th.intern(name));
    let mut settings = Settings::new(state.protocol.load(Ordering::Relaxed) as u8);
    settings.fix_imports = state.fix_imports.load(Ordering::Relaxed);
    settings.fast = state.fast.load(Ordering::Relaxed) != 0;
    settings.write = Some(state.write.get());
    settings.buffer_callback = given(state.buffer_callback.get());
    settings.persistent_id = own("persistent_id")?.filter(|hook| !is_default(*hook, "persistent_id"));
    settings.reducer_override = own("reducer_override")?;
    settings.dispatch_table = own("dispatch_table")?.unwrap_or(Value::EMPTY);
    let (written, memo) = Encoder::new(th, settings, state.take_memo(th)).dump(args[1]);
    state.put_memo(memo);
    written.map(|_| Value::NONE)
}

/// Whether a hook is the one that does nothing.
pub(super) fn is_default(hook: Value, name: &str) -> bool {
    hook.downcast::<Native>()
        .is_some_and(|native| native.def.name == name && native.owner.as_class().is_some_and(|c| c.def.is_some()))
}

/// An integer that programs may set.
macro_rules! number {
    ($name:ident) => {
        GetSetDef {
            member: true,
            ..getter(stringify!($name), "", |_, value| {
                Ok(Value::small_int(state_of(value).map_or(0, |state| state.$name.load(Ordering::Relaxed))))
            })
            .settable(|th, value, new| {
                if new.is_empty() {
                    return Err(th.type_error("can't delete numeric/char attribute"));
                }
                let new = i64::from(ops::index_i32(th, new)?);
                if let Some(state) = state_of(value) {
                    state.$name.store(new, Ordering::Relaxed);
                }
                Ok(())
            })
        }
    };
}

const ATTRIBUTES: &[GetSetDef] = &[
    getter("memo", "What has been written already.", |th, value| {
        this(th, value)?;
        let class = th.make_native_class(&PICKLER_MEMO);
        Ok(native_object::new(th, class, Box::new(Proxy(Slot::new(value)))).value())
    })
    .settable(set_memo),
    number!(bin),
    number!(fast),
    GetSetDef { member: true, ..DISPATCH_TABLE },
];

const DISPATCH_TABLE: GetSetDef = getter("dispatch_table", "Functions by the classes of the objects.", |th, value| {
    match state_of(value).map(|state| state.dispatch_table.get()).filter(|table| !table.is_empty()) {
        Some(table) => Ok(table),
        None => Err(ops::no_attribute(th, value, th.intern("dispatch_table"))),
    }
})
.settable(|_, value, new| {
    if let Some(state) = state_of(value) {
        state.dispatch_table.set(new);
    }
    Ok(())
});

fn set_memo(th: &Thread, value: Value, new: Value) -> Result<()> {
    let state = this(th, value)?;
    if new.is_empty() {
        return Err(th.type_error("attribute deletion is not supported"));
    }
    let given = match new.downcast::<NativeObject>().and_then(Gc::<NativeObject>::state_as::<Proxy>) {
        Some(proxy) => this(th, proxy.0.get())?.memo_dict(th),
        None => match new.downcast::<Dict>() {
            Some(dict) => dict,
            None => {
                let given = th.type_name(new);
                return Err(th.type_error(format_args!(
                    "'memo' attribute must be a PicklerMemoProxy object or dict, not {given}"
                )));
            }
        },
    };
    let mut pairs = Vec::new();
    for (_, _, pair) in given.live_entries() {
        let Some([number, object]) = pair.downcast::<Tuple>().map(Gc::<Tuple>::items) else {
            return Err(th.type_error("'memo' values must be 2-item tuples"));
        };
        pairs.push((ops::index_i64(th, *number)?, *object));
    }
    pairs.sort_by_key(|(number, _)| *number);
    let mut memo = Memo::new(th);
    for (number, object) in pairs {
        // Numbers that nobody has: what is written later must not get them.
        if number > 1 << 24 {
            return Err(th.memory_error());
        }
        while (memo.len() as i64) < number {
            memo.add_unnamed(th);
        }
        memo.add(th, object);
    }
    state.put_memo(memo);
    Ok(())
}

/// What `Pickler.memo` gives: the pickler it belongs to.
struct Proxy(Slot);

impl NativeState for Proxy {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.0);
    }
}

fn proxied(th: &Thread, value: Value) -> Result<&'static State> {
    match value.downcast::<NativeObject>().and_then(Gc::<NativeObject>::state_as::<Proxy>) {
        Some(proxy) => this(th, proxy.0.get()),
        None => Err(th.type_error("a PicklerMemoProxy is required")),
    }
}

pub static PICKLER_MEMO: TypeDef = TypeDef {
    module: "_pickle",
    methods: &[
        native("clear", "(self, /)", "Remove all items from memo.", |th, args| {
            proxied(th, args[0])?.put_memo(Memo::new(th));
            Ok(Value::NONE)
        }),
        native("copy", "(self, /)", "Copy the memo to a new object.", |th, args| {
            Ok(proxied(th, args[0])?.memo_dict(th).value())
        }),
        native("__reduce__", "(self, /)", "Implement pickle support.", |th, args| {
            let dict = proxied(th, args[0])?.memo_dict(th).value();
            Ok(th.tuple(&[th.vm().class_of_kind(kinds::DICT).value(), th.tuple(&[dict])]))
        }),
    ],
    unhashable: true,
    ..TypeDef::new("PicklerMemoProxy", kinds::NATIVE_STATE, "")
};
