//! `Unpickler`, `load` and `loads`.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::list::Items;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::decode::{Decoder, Memo, Settings};
use super::errors::unpickling;
use super::find::{Trust, find_class};
use super::flag;
use super::input::{File, Input};
use super::make::buffers;
use super::pickler::is_default;
use super::stack::Stack;

/// What the arguments `fix_imports`, `encoding`, `errors` and `buffers` say.
fn settings(th: &Thread, [fix_imports, encoding, errors, given_buffers]: [Value; 4]) -> Result<Settings<'static>> {
    let text = |value: Value, name: &str| {
        if value.is_empty() || value.as_str_cell().is_some() {
            return Ok(value);
        }
        let found = th.type_name(value);
        Err(th.type_error(format_args!("loads() argument '{name}' must be str, not {found}")))
    };
    Ok(Settings {
        fix_imports: flag(th, fix_imports)?,
        encoding: text(encoding, "encoding")?,
        errors: text(errors, "errors")?,
        buffers: buffers(th, given_buffers)?,
        ..Settings::new(Trust::Anybody)
    })
}

pub const LOADS: NativeDef = native(
    "loads",
    "(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
    "Read and return an object from the given pickle data.",
    |th, args| {
        let settings = settings(th, [args[1], args[2], args[3], args[4]])?;
        let input = Input::of_bytes(th, args[0])?;
        Decoder::new(th, settings, input, Memo::new(th)).load().0
    },
);

pub const LOAD: NativeDef = native(
    "load",
    "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
    "Read and return an object from the pickle data stored in a file.",
    |th, args| {
        let settings = settings(th, [args[1], args[2], args[3], args[4]])?;
        let input = Input::of_file(File::of(th, args[0])?);
        Decoder::new(th, settings, input, Memo::new(th)).load().0
    },
);

/// For `multiprocessing`: what another process of this program has written.
pub const LOADS_OWN: NativeDef =
    native("loads_own", "(data, /)", "As loads, of what a process of this program wrote.", |th, args| {
        let input = Input::of_bytes(th, args[0])?;
        Decoder::new(th, Settings::new(Trust::Own), input, Memo::new(th)).load().0
    });

#[derive(Default)]
struct State {
    /// The methods of the file; `EMPTY` until `__init__` has run.
    file: [Slot; 2],
    encoding: Slot,
    errors: Slot,
    buffers: Slot,
    fix_imports: AtomicBool,
    /// The protocol of the pickle read last: it says how `find_class` takes names.
    protocol: AtomicUsize,
    memo_row: Slot,
    memo_len: AtomicUsize,
    memo_far: Slot,
}

impl NativeState for State {
    fn trace(&self, tracer: &mut Tracer) {
        let [read, readline] = &self.file;
        for slot in [read, readline, &self.encoding, &self.errors, &self.buffers, &self.memo_row, &self.memo_far] {
            tracer.slot(slot);
        }
    }
}

impl State {
    fn take_memo(&self, th: &Thread) -> Memo {
        let len = self.memo_len.swap(0, Ordering::AcqRel);
        let far = self.memo_far.replace(Value::EMPTY);
        match self.memo_row.replace(Value::EMPTY).downcast::<Items>() {
            Some(items) => Memo { row: Stack::over(items, len.min(items.slots().len())), far },
            None => Memo::new(th),
        }
    }

    fn put_memo(&self, memo: Memo) {
        self.memo_row.set(memo.row.store().value());
        self.memo_far.set(memo.far);
        self.memo_len.store(memo.row.len(), Ordering::Release);
    }

    fn memo_dict(&self, th: &Thread) -> Result<Gc<Dict>> {
        let dict = th.dict();
        if let Some(items) = self.memo_row.get().downcast::<Items>() {
            let row = items.slots().iter().take(self.memo_len.load(Ordering::Acquire)).map(Slot::get).enumerate();
            for (number, value) in row.filter(|(_, value)| !value.is_empty()) {
                dict.set_item(th, Value::small_int(number as i64), value)?;
            }
        }
        if let Some(far) = self.memo_far.get().downcast::<Dict>() {
            for (_, number, value) in far.live_entries() {
                dict.set_item(th, number, value)?;
            }
        }
        Ok(dict)
    }
}

fn state_of(value: Value) -> Option<&'static State> {
    value.downcast::<NativeObject>().and_then(Gc::<NativeObject>::state_as::<State>)
}

fn this(th: &Thread, value: Value) -> Result<&'static State> {
    match state_of(value) {
        Some(state) if !state.file[0].get().is_empty() => Ok(state),
        _ => {
            let class = th.type_name(value);
            Err(unpickling(th, format_args!("Unpickler.__init__() was not called by {class}.__init__()")))
        }
    }
}

pub static UNPICKLER: TypeDef = TypeDef {
    module: "_pickle",
    subclassable: true,
    has_dict: true,
    methods: METHODS,
    getset: ATTRIBUTES,
    ..TypeDef::new("Unpickler", kinds::NATIVE_STATE, "This takes a binary file for reading a pickle data stream.")
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let Some(class) = args[0].as_class() else { return Err(th.type_error("a class is required")) };
        Ok(native_object::new(th, class, Box::new(State::default())).value())
    })
    .static_method(),
    native(
        "__init__",
        "(self, /, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
        "Initialize self.",
        |th, args| {
            let settings = settings(th, [args[2], args[3], args[4], args[5]])?;
            let file = File::of(th, args[1])?;
            let Some(state) = state_of(args[0]) else { return Err(th.type_error("an Unpickler is required")) };
            state.fix_imports.store(settings.fix_imports, Ordering::Relaxed);
            state.encoding.set(settings.encoding);
            state.errors.set(settings.errors);
            state.buffers.set(settings.buffers);
            state.put_memo(Memo::new(th));
            for (slot, value) in state.file.iter().zip(file.values()) {
                slot.set(value);
            }
            Ok(Value::NONE)
        },
    ),
    native("load", "(self, /)", "Load a pickle.", load),
    native(
        "find_class",
        "(self, module_name, global_name, /)",
        "Return an object from a specified module.",
        |th, args| {
            let state = this(th, args[0])?;
            let Some(module) = args[1].as_str_cell() else { return Err(th.type_error("module name must be a string")) };
            let Some(name) = args[2].as_str_cell() else { return Err(th.type_error("global name must be a string")) };
            let protocol = state.protocol.load(Ordering::Relaxed);
            let old = protocol < 3 && state.fix_imports.load(Ordering::Relaxed);
            find_class(th, module, name, old, protocol >= 4, Trust::Anybody)
        },
    ),
    native("persistent_load", "(self, pid, /)", "Load the object behind a persistent id: there are none.", |th, _| {
        Err(unpickling(
            th,
            "A load persistent id instruction was encountered, but no persistent_load function was specified.",
        ))
    }),
];

fn load(th: &Thread, args: &[Value]) -> Result {
    let state = this(th, args[0])?;
    let own = |name: &str| -> Result<Option<Value>> {
        Ok(ops::find_attr(th, args[0], th.intern(name))?.filter(|hook| !is_default(*hook, name)))
    };
    let settings = Settings {
        trust: Trust::Anybody,
        fix_imports: state.fix_imports.load(Ordering::Relaxed),
        encoding: state.encoding.get(),
        errors: state.errors.get(),
        buffers: state.buffers.get(),
        persistent_load: own("persistent_load")?,
        find_class: own("find_class")?,
        protocol: Some(&state.protocol),
    };
    let file = File::from_values([state.file[0].get(), state.file[1].get()]);
    let (loaded, memo) = Decoder::new(th, settings, Input::of_file(file), state.take_memo(th)).load();
    state.put_memo(memo);
    loaded
}

const ATTRIBUTES: &[GetSetDef] = &[getter("memo", "What has been read already.", |th, value| {
    this(th, value)?;
    let class = th.make_native_class(&UNPICKLER_MEMO);
    Ok(native_object::new(th, class, Box::new(Proxy(Slot::new(value)))).value())
})
.settable(set_memo)];

fn set_memo(th: &Thread, value: Value, new: Value) -> Result<()> {
    let state = this(th, value)?;
    if new.is_empty() {
        return Err(th.type_error("attribute deletion is not supported"));
    }
    let given = match new.downcast::<NativeObject>().and_then(Gc::<NativeObject>::state_as::<Proxy>) {
        Some(proxy) => this(th, proxy.0.get())?.memo_dict(th)?,
        None => match new.downcast::<Dict>() {
            Some(dict) => dict,
            None => {
                let given = th.type_name(new);
                return Err(th.type_error(format_args!(
                    "'memo' attribute must be an UnpicklerMemoProxy object or dict, not {given}"
                )));
            }
        },
    };
    let mut memo = Memo::new(th);
    for (_, number, object) in given.live_entries() {
        let Some(number) = number.as_small_int() else { return Err(th.type_error("memo key must be integers")) };
        let Ok(number) = usize::try_from(number) else {
            return Err(th.value_error("memo key must be positive integers."));
        };
        memo.put(th, number, object)?;
    }
    state.put_memo(memo);
    Ok(())
}

/// What `Unpickler.memo` gives: the unpickler it belongs to.
struct Proxy(Slot);

impl NativeState for Proxy {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.0);
    }
}

fn proxied(th: &Thread, value: Value) -> Result<&'static State> {
    match value.downcast::<NativeObject>().and_then(Gc::<NativeObject>::state_as::<Proxy>) {
        Some(proxy) => this(th, proxy.0.get()),
        None => Err(th.type_error("an UnpicklerMemoProxy is required")),
    }
}

pub static UNPICKLER_MEMO: TypeDef = TypeDef {
    module: "_pickle",
    methods: &[
        native("clear", "(self, /)", "Remove all items from memo.", |th, args| {
            proxied(th, args[0])?.put_memo(Memo::new(th));
            Ok(Value::NONE)
        }),
        native("copy", "(self, /)", "Copy the memo to a new object.", |th, args| {
            Ok(proxied(th, args[0])?.memo_dict(th)?.value())
        }),
        native("__reduce__", "(self, /)", "Implement pickling support.", |th, args| {
            let dict = proxied(th, args[0])?.memo_dict(th)?.value();
            Ok(th.tuple(&[th.vm().class_of_kind(kinds::DICT).value(), th.tuple(&[dict])]))
        }),
    ],
    unhashable: true,
    ..TypeDef::new("UnpicklerMemoProxy", kinds::NATIVE_STATE, "")
};
