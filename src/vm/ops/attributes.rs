//! Attributes: `o.x`, `o.x = v`, `del o.x`, with descriptors, classes, modules; and the inline caches of their sites.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Header, ShapeId, Slot, Value};
use crate::objects::class::{Class, flag};
use crate::objects::code::Site;
use crate::objects::descriptors::{self, ClassMethod, GetSet, Member, Property, StaticMethod};
use crate::objects::dict::Dict;
use crate::objects::exception::{self, Exc};
use crate::objects::function::{self, Function};
use crate::objects::instance;
use crate::objects::module::Module;
use crate::objects::native::{self, Native};
use crate::objects::str::Str;
use crate::objects::{kinds, module};
use crate::vm::caches::{AttrCache, GLOBAL, OWN, TAG};
use crate::vm::lookup::Found;
use crate::vm::native::Result;
use crate::vm::shape::Place;
use crate::vm::{Raised, Thread};

/// `o.name`
pub fn get_attr(th: &Thread, o: Value, name: Gc<Str>) -> Result {
    match try_attr(th, o, name)? {
        Some(value) => Ok(value),
        None => Err(no_attribute(th, o, name)),
    }
}

/// `o.name`, or `None` where that raises AttributeError.
pub fn find_attr(th: &Thread, o: Value, name: Gc<Str>) -> Result<Option<Value>> {
    match try_attr(th, o, name) {
        Ok(found) => Ok(found),
        Err(raised) => th.caught(raised, Exc::AttributeError).map(|_| None),
    }
}

/// The attribute; `None` where the default lookup found nothing and nobody raised.
fn try_attr(th: &Thread, o: Value, name: Gc<Str>) -> Result<Option<Value>> {
    let class = th.class_of(o);
    if !class.has(flag::GETATTRIBUTE | flag::GETATTR) {
        return generic(th, o, class, name);
    }
    let names = &*th.vm().names;
    let found = if class.has(flag::GETATTRIBUTE) {
        let method = th.lookup(class, names.__getattribute__).unwrap_or(Value::NONE);
        match th.call_unbound(method, o, &[name.value()]) {
            Ok(value) => return Ok(Some(value)),
            Err(raised) if class.has(flag::GETATTR) => {
                th.caught(raised, Exc::AttributeError)?;
                None
            }
            Err(raised) => return Err(raised),
        }
    } else {
        match generic(th, o, class, name) {
            Ok(found) => found,
            Err(raised) => {
                th.caught(raised, Exc::AttributeError)?;
                None
            }
        }
    };
    match (found, th.lookup(class, names.__getattr__)) {
        (None, Some(method)) => th.call_unbound(method, o, &[name.value()]).map(Some),
        (found, _) => Ok(found),
    }
}

/// `object.__getattribute__` (`type.__getattribute__` for classes, a module's for modules).
pub fn generic(th: &Thread, o: Value, class: Gc<Class>, name: Gc<Str>) -> Result<Option<Value>> {
    let on_class = th.lookup(class, name);
    if let Some(attribute) = on_class
        && is_data_descriptor(th, attribute)
    {
        return bind(th, attribute, o, class).map(Some);
    }
    if let Some(value) = own(th, o, name)? {
        return Ok(Some(value));
    }
    if let Some(attribute) = on_class {
        return bind(th, attribute, o, class).map(Some);
    }
    if let Some(module) = o.downcast::<Module>() {
        return module::missing_attribute(th, module, name);
    }
    Ok(None)
}

/// What lies in the object itself.
fn own(th: &Thread, o: Value, name: Gc<Str>) -> Result<Option<Value>> {
    match o.header().map(Header::kind) {
        Some(kinds::CLASS) => match o.as_class() {
            // An attribute of a class along its own MRO, bound as to the class.
            Some(class) => match th.lookup(class, name) {
                Some(attribute) => bind(th, attribute, Value::EMPTY, class).map(Some),
                None => Ok(None),
            },
            None => Ok(None),
        },
        Some(kinds::MODULE) => Ok(o.downcast::<Module>().and_then(|m| m.namespace.get_str(th, name))),
        Some(_) => Ok(instance::get_own(th, o, name)),
        None => Ok(None),
    }
}

/// Whether an attribute of a class comes before the instance's own.
pub fn is_data_descriptor(th: &Thread, attribute: Value) -> bool {
    let Some(header) = attribute.header() else { return false };
    match header.kind() {
        kinds::PROPERTY | kinds::GETSET | kinds::MEMBER => true,
        kinds::FUNCTION | kinds::NATIVE | kinds::STATICMETHOD | kinds::CLASSMETHOD | kinds::CLASS | kinds::STR => false,
        kinds::OBJECT | kinds::NATIVE_STATE => {
            let class = th.class_of(attribute);
            let names = &*th.vm().names;
            th.lookup(class, names.__set__).is_some() || th.lookup(class, names.__delete__).is_some()
        }
        _ => false,
    }
}

/// What looking `attribute`, found on `class`, up on `o` gives (`o` is `EMPTY` for a lookup on the class itself).
pub fn bind(th: &Thread, attribute: Value, o: Value, class: Gc<Class>) -> Result {
    let Some(header) = attribute.header() else { return Ok(attribute) };
    match header.kind() {
        kinds::FUNCTION if o.is_empty() => Ok(attribute),
        kinds::FUNCTION => Ok(function::new_method(th, attribute, o)),
        kinds::NATIVE => match attribute.downcast::<Native>() {
            Some(method) if method.is_method() && !o.is_empty() => Ok(native::bind(th, method, o)),
            _ => Ok(attribute),
        },
        kinds::STATICMETHOD => Ok(attribute.downcast::<StaticMethod>().map_or(Value::NONE, |s| s.function.get())),
        kinds::CLASSMETHOD => match attribute.downcast::<ClassMethod>() {
            Some(method) => descriptors::bind_class_method(th, method.function.get(), class),
            None => Ok(attribute),
        },
        kinds::PROPERTY if o.is_empty() => Ok(attribute),
        kinds::PROPERTY => match attribute.downcast::<Property>() {
            Some(property) => descriptors::property_get(th, property, o),
            None => Ok(attribute),
        },
        kinds::GETSET if o.is_empty() => Ok(attribute),
        kinds::GETSET => match attribute.downcast::<GetSet>() {
            Some(getset) => (getset.def.get)(th, o),
            None => Ok(attribute),
        },
        kinds::MEMBER if o.is_empty() => Ok(attribute),
        kinds::MEMBER => match attribute.downcast::<Member>() {
            Some(member) => descriptors::member_get(th, member, o),
            None => Ok(attribute),
        },
        kinds::OBJECT | kinds::NATIVE_STATE => match th.lookup(th.class_of(attribute), th.vm().names.__get__) {
            Some(get) => {
                let this = if o.is_empty() { Value::NONE } else { o };
                th.call_unbound(get, attribute, &[this, class.value()])
            }
            None => Ok(attribute),
        },
        _ => Ok(attribute),
    }
}

/// AttributeError in CPython's words, with the object and the name in it for "Did you mean".
#[cold]
pub fn no_attribute(th: &Thread, o: Value, name: Gc<Str>) -> Raised {
    let text = name.to_text();
    let raised = if let Some(class) = o.as_class() {
        th.attribute_error(format_args!("type object '{}' has no attribute '{text}'", class.name()))
    } else if let Some(module) = o.downcast::<Module>() {
        return module::no_attribute(th, module, name);
    } else {
        th.attribute_error(format_args!("'{}' object has no attribute '{text}'", th.type_name(o)))
    };
    exception::set_name_and_object(th, name.value(), o);
    raised
}

/// `o.name = value`
pub fn set_attr(th: &Thread, o: Value, name: Gc<Str>, value: Value) -> Result<()> {
    let class = th.class_of(o);
    if class.has(flag::SETATTR)
        && let Some(method) = th.lookup(class, th.vm().names.__setattr__)
    {
        return th.call_unbound(method, o, &[name.value(), value]).map(|_| ());
    }
    generic_set(th, o, class, name, value)
}

/// `del o.name`
pub fn del_attr(th: &Thread, o: Value, name: Gc<Str>) -> Result<()> {
    let class = th.class_of(o);
    if class.has(flag::SETATTR)
        && let Some(method) = th.lookup(class, th.vm().names.__delattr__)
    {
        return th.call_unbound(method, o, &[name.value()]).map(|_| ());
    }
    generic_set(th, o, class, name, Value::EMPTY)
}

/// `object.__setattr__`, and `object.__delattr__` where the value is `EMPTY`.
pub fn generic_set(th: &Thread, o: Value, class: Gc<Class>, name: Gc<Str>, value: Value) -> Result<()> {
    let on_class = th.lookup(class, name);
    if let Some(attribute) = on_class
        && let Some(done) = descriptors::set(th, attribute, o, name, value)
    {
        return done;
    }
    if let Some(class) = o.as_class() {
        return crate::vm::classes::set_attribute(th, class, name, value);
    }
    if let Some(module) = o.downcast::<Module>() {
        if !value.is_empty() {
            module.namespace.set_str(th, name, value);
            return Ok(());
        }
        return match module.namespace.remove_str(th, name) {
            Some(_) => Ok(()),
            None => Err(no_attribute(th, o, name)),
        };
    }
    if value.is_empty() {
        if instance::delete_own(th, o, name) {
            return Ok(());
        }
    } else if class.has(flag::HAS_DICT) && instance::set_own(th, o, name, value) {
        return Ok(());
    }
    Err(cannot_set(th, o, class, name, on_class))
}

#[cold]
fn cannot_set(th: &Thread, o: Value, class: Gc<Class>, name: Gc<Str>, on_class: Option<Value>) -> Raised {
    let text = name.to_text();
    let raised = match on_class {
        Some(_) if !class.has(flag::HAS_DICT) => {
            th.attribute_error(format_args!("'{}' object attribute '{text}' is read-only", class.name()))
        }
        None if !class.has(flag::HAS_DICT) => th.attribute_error(format_args!(
            "'{}' object has no attribute '{text}' and no __dict__ for setting new attributes",
            class.name()
        )),
        _ => th.attribute_error(format_args!("'{}' object has no attribute '{text}'", class.name())),
    };
    exception::set_name_and_object(th, name.value(), o);
    raised
}

// ---- sites

/// A value that looking it up on an instance gives as it is.
#[inline(always)]
fn is_plain(value: Value) -> bool {
    match value.header() {
        None => !value.is_empty(),
        Some(header) => matches!(
            header.kind(),
            kinds::STR
                | kinds::INT
                | kinds::WIDE_INT
                | kinds::LIST
                | kinds::DICT
                | kinds::TUPLE
                | kinds::SET
                | kinds::FROZENSET
                | kinds::BYTES
                | kinds::CLASS
        ),
    }
}

/// The attribute, if the site's cache knows where it lies and its guard holds.
#[inline(always)]
pub fn cached_attr(th: &Thread, o: Value, site: &Site) -> Option<Value> {
    let word = site.cache.load(Ordering::Acquire);
    let header = o.header()?;
    match word & TAG {
        OWN => own_slot(o, header, word).map(Slot::get).filter(|v| !v.is_empty()),
        GLOBAL => module_attr(o, word, site),
        0 if word != 0 => {
            let value = class_attr(th, o, header, word)?;
            if is_plain(value) { Some(value) } else { None }
        }
        _ => None,
    }
}

/// The callable and the object to pass first, if the site's cache knows and its guard holds.
#[inline(always)]
pub fn cached_method(th: &Thread, o: Value, site: &Site) -> Option<(Value, Value)> {
    let word = site.cache.load(Ordering::Acquire);
    let header = o.header()?;
    match word & TAG {
        0 if word != 0 => {
            let value = class_attr(th, o, header, word)?;
            let found = value.header()?;
            match found.kind() {
                kinds::FUNCTION if header.kind() != kinds::CLASS => Some((value, o)),
                kinds::FUNCTION => Some((value, Value::EMPTY)),
                kinds::NATIVE if header.kind() != kinds::CLASS && value.downcast::<Native>()?.is_method() => {
                    Some((value, o))
                }
                _ => None,
            }
        }
        OWN => own_slot(o, header, word).map(Slot::get).filter(|v| !v.is_empty()).map(|v| (v, Value::EMPTY)),
        GLOBAL => module_attr(o, word, site).map(|v| (v, Value::EMPTY)),
        _ => None,
    }
}

#[inline(always)]
fn own_slot(o: Value, header: &Header, word: u64) -> Option<&'static Slot> {
    if u64::from(header.shape().0) != word >> 32 {
        return None;
    }
    // SAFETY: the word was made for this shape, whose objects have an inline slot at that offset.
    Some(unsafe { instance::inline_slot(o, (word as u32 >> 2) as usize) })
}

#[inline(always)]
fn module_attr(o: Value, word: u64, site: &Site) -> Option<Value> {
    let module = o.downcast::<Module>()?;
    let entry = module.namespace.table.get()?.entry((word as u32 >> 2) as usize)?;
    let value = entry.value.get();
    if entry.key.get() == site.name.value() && !value.is_empty() { Some(value) } else { None }
}

#[inline(always)]
fn class_attr(th: &Thread, o: Value, header: &Header, word: u64) -> Option<Value> {
    // SAFETY: a word whose tag is zero is the address of an `AttrCache`, which the code object keeps alive.
    let cache: Gc<AttrCache> = unsafe { Gc::from_address(word as usize) };
    if cache.epoch != th.vm().class_epoch() {
        return None;
    }
    let guarded = if cache.object.is_empty() { header.shape() == cache.shape } else { o == cache.object };
    if !guarded || cache.slot.is_null() {
        return None;
    }
    // SAFETY: the slot lies in the table that the cache keeps alive.
    Some(unsafe { (*cache.slot).get() })
}

/// `o.name` of a site: looks it up, and remembers where it was found.
#[cold]
#[inline(never)]
pub fn get_attr_at(th: &Thread, o: Value, site: &Site) -> Result {
    // A property's getter, a method bound: the cache serves only as a lookup.
    if let Some(header) = o.header()
        && let word = site.cache.load(Ordering::Acquire)
        && word != 0
        && word & TAG == 0
        && let Some(attribute) = class_attr(th, o, header, word)
        && header.kind() != kinds::CLASS
    {
        return bind(th, attribute, o, th.class_of(o));
    }
    remember(th, o, site);
    get_attr(th, o, site.name)
}

/// What to call for `o.name(…)`: the callable, and the object to pass first or `EMPTY`.
#[cold]
#[inline(never)]
pub fn load_method_at(th: &Thread, o: Value, site: &Site) -> Result<(Value, Value)> {
    remember(th, o, site);
    load_method(th, o, site.name)
}

pub fn load_method(th: &Thread, o: Value, name: Gc<Str>) -> Result<(Value, Value)> {
    let class = th.class_of(o);
    if !class.has(flag::GETATTRIBUTE | flag::GETATTR)
        && !matches!(o.header().map(Header::kind), Some(kinds::CLASS | kinds::MODULE | kinds::SUPER))
        && let Some(attribute) = th.lookup(class, name)
        && is_method(attribute)
        && instance::get_own(th, o, name).is_none()
    {
        return Ok((attribute, o));
    }
    get_attr(th, o, name).map(|value| (value, Value::EMPTY))
}

fn is_method(attribute: Value) -> bool {
    attribute.downcast::<Function>().is_some() || attribute.downcast::<Native>().is_some_and(|n| n.is_method())
}

/// Fills the site's cache, if where the attribute of `o` lies can be remembered.
fn remember(th: &Thread, o: Value, site: &Site) {
    let epoch = th.vm().class_epoch();
    let Some(header) = o.header() else { return };
    let class = th.class_of(o);
    if class.has(flag::GETATTRIBUTE) {
        return;
    }
    let shape = header.shape();
    match header.kind() {
        kinds::MODULE => {
            if let Some(module) = o.downcast::<Module>()
                && th.lookup(class, site.name).is_none()
                && let Some((_, index)) = module.namespace.find_str(th, site.name)
            {
                site.cache.store((index as u64) << 2 | GLOBAL, Ordering::Release);
            }
        }
        kinds::CLASS => {
            if let Some(this) = o.as_class()
                && th.find(class, site.name).is_none()
                && let Some(found) = th.find(this, site.name)
            {
                store_class_attr(th, site, ShapeId(0), o, epoch, found);
            }
        }
        _ => {
            let found = th.find(class, site.name);
            if let Some(found) = found
                && is_data_descriptor(th, found.value())
            {
                return store_class_attr(th, site, shape, Value::EMPTY, epoch, found);
            }
            if header.has_flag(Header::HAS_TAIL_VALUES) {
                let Some(layout) = th.vm().shapes().get(shape) else { return };
                if layout.dictionary {
                    return;
                }
                match layout.find(site.name) {
                    Some(Place::Inline(offset)) => return site.cache.store(own_word(shape, offset), Ordering::Release),
                    Some(Place::Overflow(_)) => return,
                    None => {}
                }
            }
            if let Some(found) = found {
                store_class_attr(th, site, shape, Value::EMPTY, epoch, found);
            }
        }
    }
}

fn own_word(shape: ShapeId, offset: u32) -> u64 {
    u64::from(shape.0) << 32 | u64::from(offset << 2) | OWN
}

fn store_class_attr(th: &Thread, site: &Site, shape: ShapeId, object: Value, epoch: u32, found: Found) {
    let cache = th.alloc(AttrCache {
        header: Header::of_kind(kinds::ATTR_CACHE),
        shape,
        epoch,
        object,
        table: found.table.value(),
        slot: found.slot,
        next: ShapeId(0),
        offset: 0,
    });
    site.cache.store(cache.value().bits(), Ordering::Release);
}

/// Stores the attribute, if the site's cache knows where it goes and its guard holds.
#[inline(always)]
pub fn set_cached_attr(th: &Thread, o: Value, site: &Site, value: Value) -> bool {
    let word = site.cache.load(Ordering::Acquire);
    let Some(header) = o.header() else { return false };
    match word & TAG {
        OWN => {
            if u64::from(header.shape().0) != word >> 32 {
                return false;
            }
            let _guard = th.guard(header);
            match own_slot(o, header, word) {
                Some(slot) => {
                    slot.set(value);
                    true
                }
                None => false,
            }
        }
        0 if word != 0 => {
            // SAFETY: a word whose tag is zero is the address of an `AttrCache`, which the code object keeps alive.
            let cache: Gc<AttrCache> = unsafe { Gc::from_address(word as usize) };
            if cache.offset == 0 || cache.shape != header.shape() || cache.epoch != th.vm().class_epoch() {
                return false;
            }
            let _guard = th.guard(header);
            if cache.shape != header.shape() {
                return false;
            }
            // SAFETY: objects of the cached shape have room for the next shape's slot at that offset.
            unsafe { instance::inline_slot(o, cache.offset as usize) }.set(value);
            header.set_shape(cache.next);
            true
        }
        _ => false,
    }
}

/// `o.name = value` of a site: stores it, and remembers where it went.
#[cold]
#[inline(never)]
pub fn set_attr_at(th: &Thread, o: Value, site: &Site, value: Value) -> Result<()> {
    let epoch = th.vm().class_epoch();
    let class = th.class_of(o);
    let cacheable = !class.has(flag::SETATTR)
        && class.has(flag::HAS_DICT)
        && o.header().is_some_and(|h| h.has_flag(Header::HAS_TAIL_VALUES))
        && th.lookup(class, site.name).is_none_or(|found| !is_data_descriptor(th, found));
    let before = o.header().map(Header::shape);
    set_attr(th, o, site.name, value)?;
    let (Some(header), Some(before), true) = (o.header(), before, cacheable) else { return Ok(()) };
    let shapes = th.vm().shapes();
    let after = header.shape();
    let Some(layout) = shapes.get(after) else { return Ok(()) };
    let Some(Place::Inline(offset)) = layout.find(site.name) else { return Ok(()) };
    if after == before {
        site.cache.store(own_word(after, offset), Ordering::Release);
    } else if layout.names.last() == Some(&site.name)
        && let Some(old) = shapes.get(before)
        && old.names.len() + 1 == layout.names.len()
        && !old.dictionary
    {
        let cache = th.alloc(AttrCache {
            header: Header::of_kind(kinds::ATTR_CACHE),
            shape: before,
            epoch,
            object: Value::EMPTY,
            table: Value::EMPTY,
            slot: std::ptr::null(),
            next: after,
            offset,
        });
        site.cache.store(cache.value().bits(), Ordering::Release);
    }
    Ok(())
}

/// The `__dict__` of an object as a dict: an instance's own, a module's namespace.
pub fn dict_of(th: &Thread, o: Value) -> Option<Gc<Dict>> {
    if let Some(module) = o.downcast::<Module>() {
        return Some(module.namespace);
    }
    if !th.class_of(o).has(flag::HAS_DICT) || !o.header()?.has_flag(Header::HAS_TAIL_VALUES) {
        return None;
    }
    Some(instance::dictionary(th, o))
}
