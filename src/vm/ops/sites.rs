//! Attributes at a place in the code: the inline caches of `o.x`, `o.x = v` and `o.f(…)`.
//!
//! The fast paths are the functions that the dispatch loop inlines: an object's own attribute, and a method found on the
//! class. A site that objects of several shapes pass remembers up to [`WAYS`] of them, in a list that `get_attr_at` and its
//! like walk; one that keeps learning gives up, and asks the thread's method cache each time.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Header, ShapeId, Slot, Value};
use crate::objects::class::flag;
use crate::objects::code::Site;
use crate::objects::descriptors::{ClassMethod, Member, Property, StaticMethod};
use crate::objects::function::Function;
use crate::objects::instance::{self, Slots};
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::objects::native::Native;
use crate::vm::Thread;
use crate::vm::caches::{AttrCache, BEYOND_OFFSETS, GIVEN_UP, How, NO_METHOD, NOWHERE, OWN, TAG, UNKNOWN, cell};
use crate::vm::lookup::Found;
use crate::vm::native::Result;
use crate::vm::shape::{FIRST_OF_PROGRAMS, Place, Shape};

use super::attributes::{bind, get_attr, is_data_descriptor, load_method, of_program, set_attr};

/// How many shapes a site remembers.
const WAYS: usize = 4;
/// After learning this often a site gives up.
const PATIENCE: u8 = 40;

/// What an attribute's site gives.
pub enum Got {
    Value(Value),
    /// A property: this function is to be called with the object.
    Getter(Gc<Function>),
}

// ---- fast paths

/// Where the attribute lies, if it is the object's own and the site's cache knows. The slot may be empty.
#[inline(always)]
pub fn cached_attr(o: Value, site: &Site) -> Option<&'static Slot> {
    let word = site.cache.load(Ordering::Acquire);
    own_slot(o, o.header()?, word)
}

/// The callable and the object to pass first, if the site's cache knows and its guard holds.
#[inline(always)]
pub fn cached_method(th: &Thread, o: Value, site: &Site) -> Option<(Value, Value)> {
    let cache = cell::<AttrCache>(site.cache.load(Ordering::Acquire))?;
    let header = o.header()?;
    if cache.shape != header.shape() || cache.epoch != th.vm().class_epoch() {
        return None;
    }
    // SAFETY: the slot lies in the table that the cache keeps alive, or is `NOWHERE`.
    let value = unsafe { (*cache.slot).get() };
    // No slot holds `NO_METHOD`.
    if value == cache.method { Some((value, o)) } else { None }
}

#[inline(always)]
pub(super) fn is_method(value: Value) -> bool {
    match value.header().map(Header::kind) {
        Some(kinds::FUNCTION) => true,
        Some(kinds::NATIVE) => value.downcast::<Native>().is_some_and(|native| native.is_method()),
        _ => false,
    }
}

/// Where an attribute of this object's own lies, if the word says so: no other word has a number in its upper half that an
/// object with attributes can have for a shape.
///
/// The shape is taken out of the word, which leaves the offset if it was the right one, and else a number that is larger than
/// any: three instructions less than asking for the one half and cutting off the other. (`attributes`)
#[inline(always)]
fn own_slot(o: Value, header: &Header, word: u64) -> Option<&'static Slot> {
    let offset = word ^ u64::from(header.shape().0) << 32;
    if offset >= BEYOND_OFFSETS {
        return None;
    }
    // SAFETY: the word was made for this shape, whose objects have an inline slot at that offset.
    Some(unsafe { instance::inline_slot(o, (offset as usize).wrapping_sub(OWN as usize)) })
}

/// Stores the attribute, if it is the object's own and the site's cache knows where it lies.
#[inline(always)]
pub fn set_cached_attr(th: &Thread, o: Value, site: &Site, value: Value) -> bool {
    let word = site.cache.load(Ordering::Acquire);
    let Some(header) = o.header() else { return false };
    let Some(slot) = own_slot(o, header, word) else { return false };
    if !th.shares_objects() {
        slot.set(value);
        return true;
    }
    let _guard = th.guard(header);
    // It may have got another shape before it was locked.
    let still = own_slot(o, header, word).is_some();
    if still {
        slot.set(value);
    }
    still
}

// ---- the list

/// The site's entry whose guard holds for this object.
#[inline(always)]
fn entry(th: &Thread, o: Value, header: &Header, word: u64) -> Option<Gc<AttrCache>> {
    let mut cache = cell::<AttrCache>(word)?;
    loop {
        if holds(th, o, header, cache) {
            return Some(cache);
        }
        cache = cache.next_way()?;
    }
}

#[inline(always)]
fn holds(th: &Thread, o: Value, header: &Header, cache: Gc<AttrCache>) -> bool {
    match cache.how {
        How::Own | How::Overflow => cache.shape == header.shape(),
        How::OnClass | How::Add => cache.shape == header.shape() && cache.epoch == th.vm().class_epoch(),
        How::OfClass => cache.object == o && cache.epoch == th.vm().class_epoch(),
        How::OfModule => {
            cache.object == o
                && o.downcast::<Module>().and_then(|m| m.namespace.table.get()).map(|t| t.value()) == Some(cache.table)
        }
    }
}

/// The value that the entry leads to, `EMPTY` if it is gone.
#[inline(always)]
fn value_at(o: Value, cache: Gc<AttrCache>) -> Value {
    match cache.how {
        // SAFETY: the guard holds: objects of this shape have an inline slot there.
        How::Own => unsafe { instance::inline_slot(o, cache.offset as usize) }.get(),
        How::Overflow => overflow_slot(o, cache).map_or(Value::EMPTY, Slot::get),
        // SAFETY: the slot lies in the table that the cache keeps alive.
        How::OnClass | How::OfClass | How::OfModule => unsafe { (*cache.slot).get() },
        How::Add => Value::EMPTY,
    }
}

/// The slot in the object's overflow store, unless another thread has moved the object to dictionary mode meanwhile.
#[inline(always)]
fn overflow_slot(o: Value, cache: Gc<AttrCache>) -> Option<&'static Slot> {
    // SAFETY: the guard held: objects of this shape have an overflow pointer there.
    let store = unsafe { instance::inline_slot(o, cache.offset as usize) }.get().downcast::<Slots>()?;
    store.slots().get(cache.index as usize)
}

/// What the entry for this object leads to, of a site that has a list of them; `EMPTY` if there is none, or what lies there is
/// not to be had as it is. A function of its own, which needs no stack: inlined, it would cost the dispatch loop registers.
/// (`attributes`, `richards`)
#[inline(never)]
pub fn listed_attr(th: &Thread, o: Value, site: &Site) -> Value {
    let (Some(header), Some(mut cache)) = (o.header(), cell::<AttrCache>(site.cache.load(Ordering::Acquire))) else {
        return Value::EMPTY;
    };
    let shape = header.shape();
    loop {
        // The commonest first, and what the list is walked by alone.
        if cache.shape == shape {
            return match cache.how {
                // SAFETY: objects of this shape have an inline slot there.
                How::Own => unsafe { instance::inline_slot(o, cache.offset as usize) }.get(),
                How::OnClass if cache.epoch == th.vm().class_epoch() => plain(cache.on_class()),
                _ => Value::EMPTY,
            };
        }
        if cache.object == o {
            return match cache.how {
                How::OfClass if cache.epoch == th.vm().class_epoch() => plain(cache.on_class()),
                How::OfModule if holds(th, o, header, cache) => cache.on_class(),
                _ => Value::EMPTY,
            };
        }
        match cache.next_way() {
            Some(next) => cache = next,
            None => return Value::EMPTY,
        }
    }
}

/// The same for a call of `o.name(…)`: the callable and the object to pass first, or twice `EMPTY`. (`methods`, `richards`)
#[inline(never)]
pub fn listed_method(th: &Thread, o: Value, site: &Site) -> (Value, Value) {
    const NONE: (Value, Value) = (Value::EMPTY, Value::EMPTY);
    let (Some(header), Some(mut cache)) = (o.header(), cell::<AttrCache>(site.cache.load(Ordering::Acquire))) else {
        return NONE;
    };
    let shape = header.shape();
    loop {
        if cache.shape == shape {
            return match cache.how {
                // SAFETY: objects of this shape have an inline slot there.
                How::Own => (unsafe { instance::inline_slot(o, cache.offset as usize) }.get(), Value::EMPTY),
                How::OnClass if cache.epoch == th.vm().class_epoch() => {
                    let value = cache.on_class();
                    // No slot holds `NO_METHOD`.
                    if value == cache.method {
                        return (value, o);
                    }
                    class_or_static(th, value, th.class_of(o).value()).unwrap_or(NONE)
                }
                _ => NONE,
            };
        }
        if cache.object == o {
            return match cache.how {
                How::OfClass if cache.epoch == th.vm().class_epoch() => {
                    let value = cache.on_class();
                    if value.downcast::<Function>().is_some() {
                        return (value, Value::EMPTY);
                    }
                    class_or_static(th, value, o).unwrap_or(NONE)
                }
                How::OfModule if holds(th, o, header, cache) => (cache.on_class(), Value::EMPTY),
                _ => NONE,
            };
        }
        match cache.next_way() {
            Some(next) => cache = next,
            None => return NONE,
        }
    }
}

/// The value, if looking it up gives it as it is, or `EMPTY`.
#[inline(always)]
fn plain(value: Value) -> Value {
    if is_plain(value) { value } else { Value::EMPTY }
}

/// `o.name` of a site, where the fast path does not know it.
#[inline(never)]
pub fn get_attr_at(th: &Thread, o: Value, site: &Site) -> Result<Got> {
    let word = site.cache.load(Ordering::Acquire);
    if let Some(header) = o.header()
        && let Some(cache) = entry(th, o, header, word)
        && let value = value_at(o, cache)
        && !value.is_empty()
    {
        return match cache.how {
            How::OnClass => found_on_class(th, o, value),
            How::OfClass => bind(th, value, Value::EMPTY, o.as_class().unwrap_or(th.class_of(o))).map(Got::Value),
            _ => Ok(Got::Value(value)),
        };
    }
    learn(th, o, site, word);
    get_attr(th, o, site.name).map(Got::Value)
}

#[inline(always)]
pub(super) fn found_on_class(th: &Thread, o: Value, value: Value) -> Result<Got> {
    if is_plain(value) {
        return Ok(Got::Value(value));
    }
    if let Some(getter) =
        value.downcast::<Property>().filter(|_| !of_program(th, value)).and_then(|p| p.get.get().downcast::<Function>())
    {
        return Ok(Got::Getter(getter));
    }
    bind(th, value, o, th.class_of(o)).map(Got::Value)
}

/// A value that looking it up on an instance gives as it is.
#[inline(always)]
fn is_plain(value: Value) -> bool {
    match value.header() {
        None => !value.is_empty(),
        // Not by its kind: instances of a class that a program derives from such a type may have a `__get__`.
        Some(header) => matches!(
            header.shape().exact_kind(),
            Some(
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
            )
        ),
    }
}

/// What to call for `o.name(…)` of a site: the callable, and the object to pass first or `EMPTY`.
#[inline(never)]
pub fn load_method_at(th: &Thread, o: Value, site: &Site) -> Result<(Value, Value)> {
    let word = site.cache.load(Ordering::Acquire);
    if let Some(header) = o.header()
        && let Some(cache) = entry(th, o, header, word)
        && let value = value_at(o, cache)
        && !value.is_empty()
    {
        match cache.how {
            How::OnClass if is_method(value) => return Ok((value, o)),
            How::OfClass if value.downcast::<Function>().is_some() => return Ok((value, Value::EMPTY)),
            How::Own | How::Overflow | How::OfModule => return Ok((value, Value::EMPTY)),
            How::OnClass => {
                if let Some(found) = class_or_static(th, value, th.class_of(o).value()) {
                    return Ok(found);
                }
            }
            How::OfClass => {
                if let Some(found) = class_or_static(th, value, o) {
                    return Ok(found);
                }
            }
            How::Add => {}
        }
        return load_method(th, o, site.name);
    }
    learn(th, o, site, word);
    load_method(th, o, site.name)
}

/// What to call for a class method or a static method written in Python, without binding it.
#[inline(always)]
pub(super) fn class_or_static(th: &Thread, attribute: Value, class: Value) -> Option<(Value, Value)> {
    if !matches!(attribute.header()?.kind(), kinds::CLASSMETHOD | kinds::STATICMETHOD) || of_program(th, attribute) {
        return None;
    }
    if let Some(method) = attribute.downcast::<ClassMethod>() {
        let function = method.function.get();
        return function.downcast::<Function>().map(|_| (function, class));
    }
    let function = attribute.downcast::<StaticMethod>()?.function.get();
    if function.is_empty() { None } else { Some((function, Value::EMPTY)) }
}

/// `o.name = value` of a site, where the fast path does not know it.
#[inline(never)]
pub fn set_attr_at(th: &Thread, o: Value, site: &Site, value: Value) -> Result<()> {
    let word = site.cache.load(Ordering::Acquire);
    if let Some(header) = o.header()
        && let Some(cache) = entry(th, o, header, word)
        && store_at(th, o, header, cache, value)
    {
        return Ok(());
    }
    set_attr_learning(th, o, site, value)
}

#[inline(always)]
fn store_at(th: &Thread, o: Value, header: &Header, cache: Gc<AttrCache>, value: Value) -> bool {
    if !matches!(cache.how, How::Own | How::Overflow | How::Add) {
        return false;
    }
    let _guard = th.guard(header);
    if cache.shape != header.shape() {
        return false;
    }
    if cache.how == How::Overflow {
        return overflow_slot(o, cache).map(|slot| slot.set(value)).is_some();
    }
    // SAFETY: objects of the cached shape have an inline slot there, or (`Add`) room for the next shape's.
    unsafe { instance::inline_slot(o, cache.offset as usize) }.set(value);
    if cache.how == How::Add {
        header.set_shape(cache.next);
    }
    true
}

// ---- learning

/// Adds what looking up the attribute of `o` finds to the site's list, if that can be remembered.
#[cold]
#[inline(never)]
fn learn(th: &Thread, o: Value, site: &Site, word: u64) {
    if word == GIVEN_UP {
        return;
    }
    if let Some(new) = find(th, o, site) {
        remember(th, site, word, new);
    }
}

/// Where the attribute of `o` lies.
fn find(th: &Thread, o: Value, site: &Site) -> Option<AttrCache> {
    let header = o.header()?;
    // The class is that of this shape, whatever `o.__class__ = …` of another thread does meanwhile.
    let (shape, epoch) = (header.shape(), th.vm().class_epoch());
    let class = th.vm().shapes().class(shape);
    if class.has(flag::GETATTRIBUTE) {
        return None;
    }
    let found = th.find(class, site.name);
    match header.kind() {
        kinds::MODULE if found.is_none() => {
            let module = o.downcast::<Module>()?;
            let (table, index) = module.namespace.find_str(th, site.name)?;
            let slot: *const Slot = &table.entry(index)?.value;
            Some(AttrCache { object: o, table: table.value(), slot, ..blank(How::OfModule) })
        }
        kinds::CLASS if found.is_none() => {
            let found = th.find(o.as_class()?, site.name)?;
            let cache = AttrCache { object: o, table: found.table.value(), slot: found.slot, ..blank(How::OfClass) };
            Some(AttrCache { epoch, ..cache })
        }
        kinds::MODULE | kinds::CLASS => None,
        _ => {
            let on_class = |found: Found| AttrCache {
                shape,
                epoch,
                table: found.table.value(),
                slot: found.slot,
                method: Some(found.value()).filter(|value| is_method(*value)).unwrap_or(NO_METHOD),
                ..blank(How::OnClass)
            };
            if let Some(found) = found
                && is_data_descriptor(th, found.value())
                && !is_own_member(th, o, site, found.value())
            {
                return Some(on_class(found));
            }
            if header.has_flag(Header::HAS_TAIL_VALUES) {
                let layout = th.vm().shapes().get(shape)?;
                match layout.find(site.name) {
                    Some(Place::Inline(offset)) => return Some(AttrCache { shape, offset, ..blank(How::Own) }),
                    Some(Place::Overflow(index)) => return Some(in_overflow(layout, index)),
                    None if layout.dictionary => return None,
                    None => {}
                }
            }
            found.map(on_class)
        }
    }
}

/// Whether a class's attribute is the descriptor of one of its `__slots__`, whose values lie in the object like any.
fn is_own_member(th: &Thread, o: Value, site: &Site, attribute: Value) -> bool {
    attribute.downcast::<Member>().is_some_and(|member| {
        member.name == site.name && member.owner.as_class().is_some_and(|owner| th.is_instance(o, owner))
    })
}

fn in_overflow(layout: &Shape, index: u32) -> AttrCache {
    AttrCache { shape: layout.id, offset: layout.attributes_at, index, ..blank(How::Overflow) }
}

pub(super) fn blank(how: How) -> AttrCache {
    AttrCache {
        header: Header::of_kind(kinds::ATTR_CACHE),
        shape: ShapeId(0),
        epoch: 0,
        object: Value::EMPTY,
        table: Value::EMPTY,
        slot: &NOWHERE,
        method: NO_METHOD,
        next: ShapeId(0),
        offset: 0,
        index: 0,
        how,
        learnt: 0,
        rest: Value::EMPTY,
    }
}

/// Puts `new` before what the site knew, which `word` says. An own attribute alone fits the word itself.
pub(super) fn remember(th: &Thread, site: &Site, word: u64, new: AttrCache) {
    if word == UNKNOWN
        && new.how == How::Own
        && new.shape.0 >= FIRST_OF_PROGRAMS
        && u64::from(new.offset) < BEYOND_OFFSETS
    {
        return site.cache.store(own_word(new.shape, new.offset), Ordering::Release);
    }
    let mut known = Vec::new();
    let mut learnt = 0;
    if word & TAG == OWN {
        known.push(AttrCache {
            shape: ShapeId((word >> 32) as u32),
            offset: word as u32 - OWN as u32,
            ..blank(How::Own)
        });
    }
    let mut next = cell::<AttrCache>(word);
    while let Some(old) = next {
        learnt = learnt.max(old.learnt);
        known.push(AttrCache { header: Header::of_kind(kinds::ATTR_CACHE), ..*old });
        next = old.next_way();
    }
    if learnt >= PATIENCE {
        return site.cache.store(GIVEN_UP, Ordering::Release);
    }
    let epoch = th.vm().class_epoch();
    known.retain(|old| {
        (old.shape != new.shape || old.object != new.object)
            && (matches!(old.how, How::Own | How::Overflow | How::OfModule) || old.epoch == epoch)
    });
    known.truncate(WAYS - 1);
    // No safepoint is reached, so the cells that only this function knows yet are not collected.
    let rest = known
        .into_iter()
        .rev()
        .fold(Value::EMPTY, |rest, old| th.heap().alloc_for_all(AttrCache { rest, ..old }).value());
    let head = th.heap().alloc_for_all(AttrCache { rest, learnt: learnt + 1, ..new });
    site.cache.store(head.value().bits(), Ordering::Release);
}

fn own_word(shape: ShapeId, offset: u32) -> u64 {
    debug_assert!(offset.is_multiple_of(8) && shape.0 >= FIRST_OF_PROGRAMS && u64::from(offset) < BEYOND_OFFSETS);
    u64::from(shape.0) << 32 | u64::from(offset) | OWN
}

/// Stores the attribute, and remembers where it went.
#[cold]
#[inline(never)]
fn set_attr_learning(th: &Thread, o: Value, site: &Site, value: Value) -> Result<()> {
    // What is stored to classes and modules lies in a dict, whose slots are not remembered.
    if matches!(o.header().map(Header::kind), None | Some(kinds::CLASS | kinds::MODULE)) {
        return set_attr(th, o, site.name, value);
    }
    let epoch = th.vm().class_epoch();
    let before = o.header().map(Header::shape);
    set_attr(th, o, site.name, value)?;
    let (Some(header), Some(before)) = (o.header(), before) else { return Ok(()) };
    let shapes = th.vm().shapes();
    let after = header.shape();
    // Asked only now: a `__setattr__` or a property may have run, and the class may have changed meanwhile.
    let class = shapes.class(after);
    let cacheable = !class.has(flag::SETATTR)
        && header.has_flag(Header::HAS_TAIL_VALUES)
        && match th.lookup(class, site.name) {
            Some(found) if is_data_descriptor(th, found) => is_own_member(th, o, site, found),
            _ => class.has(flag::HAS_DICT),
        };
    let word = site.cache.load(Ordering::Acquire);
    if !cacheable || word == GIVEN_UP {
        return Ok(());
    }
    let Some(layout) = shapes.get(after) else { return Ok(()) };
    let offset = match layout.find(site.name) {
        Some(Place::Inline(offset)) => offset,
        Some(Place::Overflow(index)) if after == before => {
            remember(th, site, word, in_overflow(layout, index));
            return Ok(());
        }
        _ => return Ok(()),
    };
    if after == before {
        remember(th, site, word, AttrCache { shape: after, offset, ..blank(How::Own) });
    } else if layout.names.last() == Some(&site.name)
        && let Some(old) = shapes.get(before)
        && old.names.len() + 1 == layout.names.len()
        && old.class == class
        && !layout.dictionary
    {
        remember(th, site, word, AttrCache { shape: before, epoch, next: after, offset, ..blank(How::Add) });
    }
    Ok(())
}
