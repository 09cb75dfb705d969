//! How objects say what they are made of, for `copy` and `pickle`: `object.__reduce_ex__`, `__reduce__`, `__getstate__`.

use crate::heap::{Gc, Header, Value};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread, import, ops};

use super::class::Class;
use super::dict::Dict;
use super::kinds;
use super::list::List;
use super::native::Native;
use super::tuple::Tuple;

pub const REDUCE: NativeDef = native("__reduce__", "(self, /)", "Helper for pickle.", |th, args| {
    by_module(th, "_reduce_ex", &[args[0], Value::small_int(0)])
});

pub const REDUCE_EX: NativeDef = native("__reduce_ex__", "(self, protocol, /)", "Helper for pickle.", reduce_ex);

pub const GETSTATE: NativeDef =
    native("__getstate__", "(self, /)", "Helper for pickle.", |th, args| default_state(th, args[0], false));

/// `__reduce__` of functions written in Rust: their names, to be looked up again.
pub const REDUCE_NATIVE: NativeDef = native("__reduce__", "(self, /)", "Helper for pickle.", |th, args| {
    let name = ops::get_attr(th, args[0], th.vm().names.__qualname__)?;
    let owner = match args[0].downcast::<Native>() {
        Some(native) if native.bound.is_empty() && native.owner.is_class() => native.owner,
        Some(native) if !native.bound.is_empty() => native.bound,
        _ => return Ok(name),
    };
    let getattr = th.vm().builtins().get_str(th, th.intern("getattr")).unwrap_or(Value::NONE);
    let name = ops::get_attr(th, args[0], th.vm().names.__name__)?;
    Ok(th.tuple(&[getattr, th.tuple(&[owner, name])]))
});

/// `__reduce__` of sets: a list of what is in them.
pub const REDUCE_SET: NativeDef =
    native("__reduce__", "($self, /)", "Return state information for pickling.", |th, args| {
        let items = ops::collect(th, args[0])?;
        let state = state_of(th, args[0], false)?;
        Ok(th.tuple(&[th.class_of(args[0]).value(), th.tuple(&[items.value()]), state]))
    });

/// `__reduce__` of bytearrays: their bytes as text.
pub const REDUCE_BYTEARRAY: NativeDef =
    native("__reduce__", "($self, /)", "Return state information for pickling.", |th, args| {
        let text: String = super::bytes::content(args[0]).iter().flat_map(|b| b.iter()).map(|b| *b as char).collect();
        let state = state_of(th, args[0], false)?;
        let made_of = th.tuple(&[th.str(&text), th.str("latin-1")]);
        Ok(th.tuple(&[th.class_of(args[0]).value(), made_of, state]))
    });

/// A function of `copyreg`.
fn by_module(th: &Thread, function: &str, args: &[Value]) -> Result {
    let module = import::import_by_name(th, th.intern("copyreg"))?;
    th.call_method(module, th.intern(function), args)
}

fn reduce_ex(th: &Thread, args: &[Value]) -> Result {
    let (this, protocol) = (args[0], ops::index_i64(th, args[1])?);
    let reduce = th.intern("__reduce__");
    let class = th.class_of(this);
    let object = th.vm().class_of_kind(kinds::OBJECT);
    if th.lookup(class, reduce) != th.lookup(object, reduce) {
        return th.call_method(this, reduce, &[]);
    }
    if protocol < 2 {
        return by_module(th, "_reduce_ex", &[this, Value::small_int(protocol)]);
    }
    reduce_to_new(th, this, class)
}

/// `(copyreg.__newobj__, (class, *arguments), state, items, pairs)`
fn reduce_to_new(th: &Thread, this: Value, class: Gc<Class>) -> Result {
    let (arguments, keywords) = new_arguments(th, this)?;
    let (list, dict) = (this.downcast::<List>(), this.downcast::<Dict>());
    let state = state_of(th, this, arguments.is_none() && list.is_none() && dict.is_none())?;
    let copyreg = import::import_by_name(th, th.intern("copyreg"))?;
    let (function, parts) = match keywords {
        Some(keywords) => {
            let arguments = arguments.map_or(th.tuple(&[]), Gc::value);
            ("__newobj_ex__", th.tuple(&[class.value(), arguments, keywords.value()]))
        }
        None => {
            let arguments = arguments.iter().flat_map(|arguments| arguments.items()).copied();
            ("__newobj__", th.tuple(&std::iter::once(class.value()).chain(arguments).collect::<Vec<_>>()))
        }
    };
    let function = ops::get_attr(th, copyreg, th.intern(function))?;
    let items = if list.is_some() { ops::iter(th, this)? } else { Value::NONE };
    let pairs = if dict.is_some() {
        let pairs = th.call_method(this, th.intern("items"), &[])?;
        ops::iter(th, pairs)?
    } else {
        Value::NONE
    };
    Ok(th.tuple(&[function, parts, state, items, pairs]))
}

type NewArguments = (Option<Gc<Tuple>>, Option<Gc<Dict>>);

/// What `__getnewargs_ex__` or `__getnewargs__` gives: arguments and keywords for the class's `__new__`.
fn new_arguments(th: &Thread, this: Value) -> Result<NewArguments> {
    if let Some(method) = ops::find_attr(th, this, th.intern("__getnewargs_ex__"))? {
        let both = th.call(method, &[])?;
        let Some(both) = both.downcast::<Tuple>() else {
            let given = th.type_name(both);
            return Err(th.type_error(format_args!("__getnewargs_ex__ should return a tuple, not '{given}'")));
        };
        let [arguments, keywords] = *both.items() else {
            let count = both.len();
            return Err(
                th.value_error(format_args!("__getnewargs_ex__ should return a tuple of length 2, not {count}"))
            );
        };
        let Some(arguments) = arguments.downcast::<Tuple>() else {
            let given = th.type_name(arguments);
            return Err(th.type_error(format_args!(
                "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{given}'"
            )));
        };
        let Some(keywords) = keywords.downcast::<Dict>() else {
            let given = th.type_name(keywords);
            return Err(th.type_error(format_args!(
                "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{given}'"
            )));
        };
        return Ok((Some(arguments), Some(keywords).filter(|keywords| !keywords.is_empty())));
    }
    let Some(method) = ops::find_attr(th, this, th.intern("__getnewargs__"))? else { return Ok((None, None)) };
    let arguments = th.call(method, &[])?;
    match arguments.downcast::<Tuple>() {
        Some(arguments) => Ok((Some(arguments), None)),
        None => {
            let given = th.type_name(arguments);
            Err(th.type_error(format_args!("__getnewargs__ should return a tuple, not '{given}'")))
        }
    }
}

/// The state as the object itself tells it. `whole`: the state is all there is to tell.
pub fn state_of(th: &Thread, this: Value, whole: bool) -> Result {
    let method = ops::get_attr(th, this, th.intern("__getstate__"))?;
    match method.downcast::<Native>() {
        Some(native) if native.owner == th.vm().class_of_kind(kinds::OBJECT).value() => default_state(th, this, whole),
        _ => th.call(method, &[]),
    }
}

/// The `__dict__`, with the values of `__slots__` beside it where there are any; None for nothing at all.
fn default_state(th: &Thread, this: Value, whole: bool) -> Result {
    if whole && !state_is_all(this) {
        return Err(cannot_pickle(th, this));
    }
    let dict = ops::dict_of(th, this).filter(|dict| !dict.is_empty()).map_or(Value::NONE, Gc::value);
    let names = by_module(th, "_slotnames", &[th.class_of(this).value()])?;
    let values = Dict::new(th);
    // Reading an attribute may run code of the program's, and the class forget the list meanwhile.
    let names = names.downcast::<List>().map_or_else(|| Tuple::new(th, &[]), |names| names.to_tuple(th));
    for name in names.items() {
        let Some(text) = name.as_str_cell() else { continue };
        if let Some(value) = ops::find_attr(th, this, th.intern_str(text))? {
            values.set_item(th, *name, value)?;
        }
    }
    Ok(if values.is_empty() { dict } else { th.tuple(&[dict, values.value()]) })
}

/// Whether the object holds nothing but its attributes.
fn state_is_all(this: Value) -> bool {
    match this.header().map(Header::kind) {
        None | Some(kinds::OBJECT) => true,
        Some(kind) => matches!(kind, kinds::EXCEPTION),
    }
}

#[cold]
fn cannot_pickle(th: &Thread, this: Value) -> Raised {
    let name = th.type_name(this);
    if this.header().is_some_and(|h| matches!(h.kind(), kinds::MEMORYVIEW | kinds::CODE)) {
        return th.type_error(format_args!("cannot pickle {name} objects"));
    }
    th.type_error(format_args!("cannot pickle '{name}' object"))
}
