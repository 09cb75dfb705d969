//! `_abc`: which classes an abstract base class counts as its own, for `abc`.
//!
//! Answers are remembered by the address of the class that was asked about, with a weak reference that says whether the
//! address still is that class's; "no" holds until any class is registered anywhere.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::modules::ModuleDef;
use crate::objects::class::{Class, flag};
use crate::objects::dict::Dict;
use crate::objects::list::List;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::set::algebra;
use crate::objects::{kinds, weakref};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, classes, ops};

pub static ABC: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    types: &[&DATA],
    ..ModuleDef::new("_abc", "Module contains faster C implementation of abc.ABCMeta")
};

/// What an abstract class remembers.
struct Data {
    /// A list of the classes that were registered.
    registry: Slot,
    /// Dicts from addresses of classes to weak references to them.
    subclasses: Slot,
    strangers: Slot,
    /// `Vm::abc_registrations` as it was when `strangers` was begun.
    asked_at: AtomicU64,
}

impl NativeState for Data {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.registry, &self.subclasses, &self.strangers] {
            tracer.slot(slot);
        }
    }
}

static DATA: TypeDef = TypeDef {
    module: "_abc",
    ..TypeDef::new("_abc_data", kinds::NATIVE_STATE, "Internal state held by ABC machinery.")
};

const FUNCTIONS: &[NativeDef] = &[
    native("get_cache_token", "()", "Returns the current ABC cache token.", |th, _| {
        Ok(th.int(th.vm().abc_registrations.load(Ordering::Acquire) as i64))
    }),
    native("_abc_init", "(self, /)", "Internal ABC helper for class set-up.", |th, args| {
        let class = class(th, args[0])?;
        set_abstract_methods(th, class)?;
        set_pattern_flags(th, class)?;
        let data = Data {
            registry: Slot::new(th.list(&[])),
            subclasses: Slot::new(th.dict().value()),
            strangers: Slot::new(th.dict().value()),
            asked_at: AtomicU64::new(0),
        };
        let data = native_object::new(th, th.vm().class(&DATA), Box::new(data)).value();
        classes::set_attribute(th, class, th.intern(IMPL), data)?;
        Ok(Value::NONE)
    }),
    native("_abc_register", "(self, subclass, /)", "Internal ABC helper for subclasss registration.", register),
    native("_abc_instancecheck", "(self, instance, /)", "Internal ABC helper for instance checks.", |th, args| {
        let instance = args[1];
        // An object may deny that it has a class.
        let claimed = ops::find_attr(th, instance, th.vm().names.__class__)?;
        let claimed = claimed.unwrap_or_else(|| th.class_of(instance).value());
        if let Some(known) = remembered(th, data(th, args[0])?, claimed)? {
            return Ok(Value::bool(known));
        }
        let check = th.vm().names.__subclasscheck__;
        let answer = ops::truthy(th, th.call_method(args[0], check, &[claimed])?)?;
        let class = th.class_of(instance).value();
        if answer || class == claimed {
            return Ok(Value::bool(answer));
        }
        th.call_method(args[0], check, &[class])
    }),
    native("_abc_subclasscheck", "(self, subclass, /)", "Internal ABC helper for subclasss checks.", |th, args| {
        if args[1].as_class().is_none() {
            return Err(th.type_error("issubclass() arg 1 must be a class"));
        }
        let data = data(th, args[0])?;
        if let Some(known) = remembered(th, data, args[1])? {
            return Ok(Value::bool(known));
        }
        let before = th.vm().abc_registrations.load(Ordering::Acquire);
        let answer = is_subclass(th, args[0], data, args[1])?;
        let store = if answer {
            &data.subclasses
        } else {
            if data.asked_at.swap(before, Ordering::AcqRel) != before {
                data.strangers.set(th.dict().value());
            }
            &data.strangers
        };
        if let Some(dict) = store.get().downcast::<Dict>() {
            dict.set_item(th, address(th, args[1]), weakref::new(th, args[1]))?;
        }
        Ok(Value::bool(answer))
    }),
    native("_get_registered", "(self, /)", "The classes registered with an abstract one.", |th, args| {
        Ok(data(th, args[0])?.registry.get())
    }),
    native("_reset_caches", "(self, /)", "Internal ABC helper to reset both caches of a given class.", |th, args| {
        let data = data(th, args[0])?;
        data.subclasses.set(th.dict().value());
        data.strangers.set(th.dict().value());
        Ok(Value::NONE)
    }),
];

/// The attribute of an abstract class that holds its [`Data`].
const IMPL: &str = "_abc_impl";

fn class(th: &Thread, value: Value) -> Result<Gc<Class>> {
    value.as_class().ok_or_else(|| th.type_error("Argument must be a class"))
}

fn data(th: &Thread, class: Value) -> Result<&'static Data> {
    let data = ops::get_attr(th, class, th.intern(IMPL))?;
    let data = data.downcast::<NativeObject>().and_then(|object| object.state_as::<Data>());
    data.ok_or_else(|| th.type_error("_abc_impl is set to a wrong type"))
}

fn address(th: &Thread, class: Value) -> Value {
    th.int(class.bits() as i64)
}

/// What was found out before about `subclass`, if it still holds.
fn remembered(th: &Thread, data: &Data, subclass: Value) -> Result<Option<bool>> {
    let known = |slot: &Slot| -> Result<bool> {
        let Some(dict) = slot.get().downcast::<Dict>() else { return Ok(false) };
        Ok(dict.get_item(th, address(th, subclass))?.is_some_and(|found| weakref::target(found) == subclass))
    };
    if known(&data.subclasses)? {
        return Ok(Some(true));
    }
    let fresh = data.asked_at.load(Ordering::Acquire) == th.vm().abc_registrations.load(Ordering::Acquire);
    Ok((fresh && known(&data.strangers)?).then_some(false))
}

/// The long way: the class's own hook, inheritance, registration, and both through its subclasses.
fn is_subclass(th: &Thread, class: Value, data: &Data, subclass: Value) -> Result<bool> {
    let hook = th.call_method(class, th.vm().names.__subclasshook__, &[subclass])?;
    if hook != Value::NOT_IMPLEMENTED {
        return ops::truthy(th, hook);
    }
    if let (Some(class), Some(subclass)) = (class.as_class(), subclass.as_class())
        && subclass.is_subclass_of(class)
    {
        return Ok(true);
    }
    let own = th.call_method(class, th.vm().names.__subclasses__, &[])?;
    for others in [data.registry.get(), own] {
        let others = ops::collect(th, others)?;
        let mut at = 0;
        while let Some(other) = others.at(at) {
            if ops::is_subclass(th, subclass, other)? {
                return Ok(true);
            }
            at += 1;
        }
    }
    Ok(false)
}

fn register(th: &Thread, args: &[Value]) -> Result {
    let (Some(abstract_class), Some(subclass)) = (args[0].as_class(), args[1].as_class()) else {
        return Err(th.type_error("Can only register classes"));
    };
    if ops::is_subclass(th, args[1], args[0])? {
        return Ok(args[1]);
    }
    if ops::is_subclass(th, args[0], args[1])? {
        return Err(th.runtime_error("Refusing to create an inheritance cycle"));
    }
    if let Some(registry) = data(th, args[0])?.registry.get().downcast::<List>() {
        registry.push(th, args[1]);
    }
    th.vm().abc_registrations.fetch_add(1, Ordering::AcqRel);
    if let Some(bit) = [flag::SEQUENCE, flag::MAPPING].into_iter().find(|bit| abstract_class.has(*bit)) {
        set_pattern(th, subclass, bit)?;
    }
    Ok(args[1])
}

/// From now on, instances of the class and of those made from it match as sequences, or as mappings. Built-in types stay
/// what they are: a string is no sequence to a pattern.
fn set_pattern(th: &Thread, class: Gc<Class>, bit: u32) -> Result<()> {
    if class.has(flag::IMMUTABLE) || class.has(bit) {
        return Ok(());
    }
    class.unset(flag::SEQUENCE | flag::MAPPING);
    class.set(bit);
    let type_class = th.vm().class_of_kind(kinds::CLASS);
    let subclasses = th.lookup(type_class, th.vm().names.__subclasses__).unwrap_or(Value::EMPTY);
    ops::for_each(th, th.call(subclasses, &[class.value()])?, |child| match child.as_class() {
        Some(child) => set_pattern(th, child, bit),
        None => Ok(()),
    })
}

/// `__abc_tpflags__`: the bits by which CPython's own ABCs say that pattern matching takes their instances for sequences
/// or mappings.
fn set_pattern_flags(th: &Thread, class: Gc<Class>) -> Result<()> {
    let Some(bits) = class.namespace.remove_str(th, th.intern("__abc_tpflags__")) else { return Ok(()) };
    let bits = ops::index_i64(th, bits)?;
    for (bit, flag) in [(1 << 5, flag::SEQUENCE), (1 << 6, flag::MAPPING)] {
        if bits & bit != 0 {
            class.set(flag);
        }
    }
    Ok(())
}

/// Gathers the names of the methods that are still abstract.
fn set_abstract_methods(th: &Thread, class: Gc<Class>) -> Result<()> {
    let names = List::new(th, &[]);
    let is_abstract = |value: Value| -> Result<bool> {
        match ops::find_attr(th, value, th.intern("__isabstractmethod__"))? {
            Some(answer) => ops::truthy(th, answer),
            None => Ok(false),
        }
    };
    let items = ops::collect(th, class.namespace.value())?;
    ops::for_each(th, items.value(), |name| {
        if let Some(value) = class.namespace.get_item(th, name)?
            && is_abstract(value)?
        {
            names.push(th, name);
        }
        Ok(())
    })?;
    let abstract_methods = th.intern("__abstractmethods__");
    for base in class.bases.get().map_or(&[][..], |bases| bases.items()) {
        let Some(inherited) = ops::find_attr(th, *base, abstract_methods)? else { continue };
        ops::for_each(th, inherited, |name| {
            if let Some(text) = name.as_str_cell()
                && let Some(value) = ops::find_attr(th, class.value(), th.intern_str(text))?
                && is_abstract(value)?
            {
                names.push(th, name);
            }
            Ok(())
        })?;
    }
    let set = algebra::frozen_from(th, names.value())?;
    ops::set_attr(th, class.value(), abstract_methods, set.value())
}
