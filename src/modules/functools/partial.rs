//! `functools.partial` and `functools.Placeholder`.

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::generic_alias;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::sequences::Text;
use crate::objects::tuple::Tuple;
use crate::objects::{function, instance, kinds};
use crate::vm::native::{NativeDef, Result, TypeDef, member, native};
use crate::vm::ops::repr_once;
use crate::vm::{Thread, ops, signature};

// ---- the placeholder

pub static PLACEHOLDER: TypeDef = TypeDef {
    module: "functools",
    methods: &[
        native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
            if !signature::items(args[1].downcast()).is_empty()
                || args[2].downcast::<Dict>().is_some_and(|given| !given.is_empty())
            {
                return Err(th.type_error("PlaceholderType takes no arguments"));
            }
            Ok(th.vm().placeholder.get())
        })
        .static_method(),
        native("__repr__", "($self, /)", "Return repr(self).", |th, _| Ok(th.str("Placeholder"))),
        native("__reduce__", "($self, /)", "Helper for pickle.", |th, _| Ok(th.str("Placeholder"))),
    ],
    ..TypeDef::new(
        "_PlaceholderType",
        kinds::NATIVE_STATE,
        "The type of the Placeholder singleton.\n\nUsed as a placeholder for partial arguments.",
    )
};

/// Makes the one placeholder, unless it is there.
pub fn placeholder(th: &Thread) -> Value {
    let slot = &th.vm().placeholder;
    if slot.get().is_empty() {
        slot.set(super::mark(th, &PLACEHOLDER));
    }
    slot.get()
}

fn is_placeholder(th: &Thread, value: Value) -> bool {
    value == th.vm().placeholder.get()
}

fn holes(th: &Thread, args: &[Value]) -> usize {
    args.iter().filter(|arg| is_placeholder(th, **arg)).count()
}

// ---- partial

/// What a partial object calls. `__setstate__` may change all three; a call that races with it in another thread sees
/// some of the old and some of the new.
struct Partial {
    function: Slot,
    /// A tuple.
    args: Slot,
    /// A dict.
    keywords: Slot,
}

impl NativeState for Partial {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.function);
        tracer.slot(&self.args);
        tracer.slot(&self.keywords);
    }
}

impl Partial {
    fn args(&self) -> &'static [Value] {
        signature::items(self.args.get().downcast::<Tuple>())
    }

    fn keywords(&self) -> Option<Gc<Dict>> {
        self.keywords.get().downcast()
    }
}

fn find(value: Value) -> Option<&'static Partial> {
    value.downcast::<NativeObject>().and_then(|object| object.state_as::<Partial>())
}

fn partial(th: &Thread, this: Value) -> Result<&'static Partial> {
    find(this).ok_or_else(|| th.type_error("a 'functools.partial' object is required"))
}

fn new(th: &Thread, args: &[Value]) -> Result {
    let Some(class) = args[0].as_class() else {
        return Err(th.type_error("functools.partial.__new__(X): X is not a type object"));
    };
    let Some((given_function, given)) = signature::items(args[1].downcast()).split_first() else {
        return Err(th.type_error("type 'partial' takes at least one argument"));
    };
    if !ops::is_callable(th, *given_function) {
        return Err(th.type_error("the first argument must be callable"));
    }
    if given.last().is_some_and(|last| is_placeholder(th, *last)) {
        return Err(th.type_error("trailing Placeholders are not allowed"));
    }
    let named = args[2].downcast::<Dict>();
    if named.is_some_and(|named| named.live_entries().any(|(_, _, value)| is_placeholder(th, value))) {
        return Err(th.type_error("Placeholder cannot be passed as a keyword argument"));
    }
    // An object with attributes of its own stays what it is.
    let inner = find(*given_function).filter(|_| ops::dict_of(th, *given_function).is_none_or(|own| own.is_empty()));
    let (function, all, keywords) = match inner {
        Some(inner) => {
            let keywords = merged(th, inner.keywords(), named)?;
            (inner.function.get(), with_holes_filled(th, inner.args(), given), keywords)
        }
        None => (*given_function, Tuple::new(th, given), merged(th, None, named)?),
    };
    let state =
        Partial { function: Slot::new(function), args: Slot::new(all.value()), keywords: Slot::new(keywords.value()) };
    Ok(native_object::new(th, class, Box::new(state)).value())
}

/// The keywords of two calls together; the second's win.
fn merged(th: &Thread, first: Option<Gc<Dict>>, second: Option<Gc<Dict>>) -> Result<Gc<Dict>> {
    let all = first.map_or_else(|| Dict::new(th), |first| first.copy(th));
    if let Some(second) = second {
        all.update(th, second.value())?;
    }
    Ok(all)
}

/// The arguments of a partial object made of another: those given now fill the other's holes first. Holes that are left
/// at the end are none: whatever is given follows there anyhow.
fn with_holes_filled(th: &Thread, known: &[Value], given: &[Value]) -> Gc<Tuple> {
    let mut given = given.iter().copied();
    let mut all: Vec<Value> =
        known.iter().map(|arg| if is_placeholder(th, *arg) { given.next().unwrap_or(*arg) } else { *arg }).collect();
    all.extend(given);
    while all.last().is_some_and(|last| is_placeholder(th, *last)) {
        all.pop();
    }
    Tuple::new(th, &all)
}

/// Calls the function with its known arguments and these.
fn run(th: &Thread, this: &Partial, given: &[Value], named: Option<Gc<Dict>>) -> Result {
    /// So many arguments are passed without making a tuple.
    const FEW: usize = 8;
    let (known, holes) = (this.args(), holes(th, this.args()));
    if given.len() < holes {
        return Err(th.type_error(format_args!(
            "missing positional arguments in 'partial' call; expected at least {holes}, got {}",
            given.len()
        )));
    }
    let keywords = match (this.keywords().filter(|known| !known.is_empty()), named.filter(|named| !named.is_empty())) {
        (known, None) => known,
        (None, named) => named,
        (known, named) => Some(merged(th, known, named)?),
    };
    let function = this.function.get();
    if known.is_empty() {
        return th.call_unpacked(function, given, keywords);
    }
    let (first, rest) = given.split_at(holes);
    let mut first = first.iter().copied();
    let known = known.iter().map(|arg| if is_placeholder(th, *arg) { first.next().unwrap_or(*arg) } else { *arg });
    let count = known.len() + rest.len();
    if count <= FEW {
        let mut all = [Value::EMPTY; FEW];
        for (place, arg) in all.iter_mut().zip(known.chain(rest.iter().copied())) {
            *place = arg;
        }
        return th.call_unpacked(function, &all[..count], keywords);
    }
    let all = Tuple::unfilled(th, count);
    for (at, arg) in known.chain(rest.iter().copied()).enumerate() {
        all.fill(at, arg);
    }
    th.call_unpacked(function, all.items(), keywords)
}

/// `functools.partial(f, 1, x=2)`; a part that is this very object is shown as dots.
fn repr(th: &Thread, args: &[Value]) -> Result {
    let this = partial(th, args[0])?;
    let class: Gc<Class> = th.class_of(args[0]);
    let text = repr_once(th, args[0], || {
        let mut text = Text::default();
        let module = ops::get_attr(th, class.value(), th.vm().names.__module__)?;
        let name = ops::get_attr(th, class.value(), th.vm().names.__qualname__)?;
        text.push(&format!("{}.{}(", ops::str(th, module)?.to_text(), ops::str(th, name)?.to_text()));
        // As they were when it was asked for: what is shown may change them.
        let (function, args, keywords) = (this.function.get(), this.args(), this.keywords());
        text.push_repr(th, function)?;
        for arg in args {
            text.push(", ");
            text.push_repr(th, *arg)?;
        }
        for (_, name, value) in keywords.into_iter().flat_map(|keywords| keywords.live_entries()) {
            text.push(&format!(", {}=", ops::str(th, name)?.to_text()));
            text.push_repr(th, value)?;
        }
        text.push(")");
        Ok(text.finish(th))
    })?;
    Ok(text.unwrap_or_else(|| th.str("...")))
}

fn reduce(th: &Thread, args: &[Value]) -> Result {
    let this = partial(th, args[0])?;
    let function = this.function.get();
    let own = ops::dict_of(th, args[0]).filter(|own| !own.is_empty()).map_or(Value::NONE, Gc::value);
    let state = th.tuple(&[function, this.args.get(), this.keywords.get(), own]);
    Ok(th.tuple(&[th.class_of(args[0]).value(), th.tuple(&[function]), state]))
}

fn set_state(th: &Thread, args: &[Value]) -> Result {
    let this = partial(th, args[0])?;
    let invalid = || th.type_error("invalid partial state");
    let [function, known, named, own] = *signature::items(args[1].downcast()) else { return Err(invalid()) };
    let (Some(known), true) = (known.downcast::<Tuple>(), ops::is_callable(th, function)) else {
        return Err(invalid());
    };
    let dict_or_none = |value: Value| value.is_none() || value.downcast::<Dict>().is_some();
    if !dict_or_none(named) || !dict_or_none(own) {
        return Err(invalid());
    }
    if known.items().last().is_some_and(|last| is_placeholder(th, *last)) {
        return Err(th.type_error("trailing Placeholders are not allowed"));
    }
    // Exactly a tuple and a dict: objects of classes derived from these are copied.
    let is_plain = |value: Value| th.class_of(value).def.is_some();
    let known = if is_plain(known.value()) { known } else { Tuple::new(th, known.items()) };
    let named = match named.downcast::<Dict>() {
        Some(named) if is_plain(named.value()) => named,
        named => merged(th, None, named)?,
    };
    this.function.set(function);
    this.args.set(known.value());
    this.keywords.set(named.value());
    instance::set_dictionary(th, args[0], own.downcast::<Dict>().unwrap_or_else(|| Dict::new(th)));
    Ok(Value::NONE)
}

const GET: NativeDef =
    native("__get__", "($self, instance, owner=None, /)", "Return an attribute of instance.", |th, args| {
        match (args[1].is_none(), args[2].is_empty() || args[2].is_none()) {
            (true, true) => Err(th.type_error("__get__(None, None) is invalid")),
            (true, false) => Ok(args[0]),
            (false, _) => Ok(function::new_method(th, args[0], args[1])),
        }
    });

pub static PARTIAL: TypeDef = TypeDef {
    module: "functools",
    methods: &[
        native("__new__", "(cls, /, *args, **keywords)", "Create and return a new object.", new).static_method(),
        native("__call__", "($self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
            run(th, partial(th, args[0])?, signature::items(args[1].downcast()), args[2].downcast())
        })
        .positional(|th, args| run(th, partial(th, args[0])?, &args[1..], None)),
        GET,
        native("__repr__", "($self, /)", "Return repr(self).", repr),
        native("__reduce__", "($self, /)", "Helper for pickle.", reduce),
        native("__setstate__", "($self, object, /)", "Set state information for unpickling.", set_state),
        generic_alias::CLASS_GETITEM,
    ],
    getset: &[
        member("func", "function object to use in future partial calls", |th, this| {
            Ok(partial(th, this)?.function.get())
        }),
        member("args", "tuple of arguments to future partial calls", |th, this| Ok(partial(th, this)?.args.get())),
        member("keywords", "dictionary of keyword arguments to future partial calls", |th, this| {
            Ok(partial(th, this)?.keywords.get())
        }),
    ],
    subclassable: true,
    has_dict: true,
    weakrefs: true,
    ..TypeDef::new(
        "partial",
        kinds::NATIVE_STATE,
        "Create a new function with partial application of the given arguments\nand keywords.",
    )
};
