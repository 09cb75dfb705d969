//! `super().name` at a place in the code, without an object of class `super`.
//!
//! Where the global name `super` is the built-in one, the attribute is looked up straight away: after the method's class in
//! the MRO of its first argument's class. The site's cache remembers where it lies; the classes that it was found for are
//! among its guards, for the same code can be a method of several. Anything else makes the object, as a program would.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, ShapeId, Value};
use crate::objects::class::Class;
use crate::objects::code::Site;
use crate::objects::kinds;
use crate::vm::Thread;
use crate::vm::caches::{AttrCache, GIVEN_UP, How, cell};
use crate::vm::native::Result;
use crate::vm::slow::unbound_local;

use super::attributes::{bind, get_attr, load_method};
use super::sites::{Got, blank, class_or_static, found_on_class, is_method, remember};

/// What an instruction for `super().name` reads.
#[derive(Clone, Copy)]
pub struct SuperCall {
    /// What the global name `super` stands for.
    pub global: Value,
    /// The contents of `__class__`.
    pub class: Value,
    /// The method's first argument, `EMPTY` if it was deleted.
    pub this: Value,
}

/// What to call for `super().name(…)`: the callable, and the object to pass first or `EMPTY`.
#[inline(always)]
pub fn super_method_at(th: &Thread, of: SuperCall, site: &Site) -> Result<(Value, Value)> {
    match cached(th, of, site) {
        Some(value) if is_method(value) => Ok((value, of.this)),
        _ => look_for_method(th, of, site),
    }
}

#[inline(never)]
fn look_for_method(th: &Thread, of: SuperCall, site: &Site) -> Result<(Value, Value)> {
    match attribute(th, of, site) {
        Some(Attribute::OfObject(value)) if is_method(value) => Ok((value, of.this)),
        Some(Attribute::OfObject(value)) => {
            let class = th.class_of(of.this);
            match class_or_static(th, value, class.value()) {
                Some(found) => Ok(found),
                None => bind(th, value, of.this, class).map(|value| (value, Value::EMPTY)),
            }
        }
        Some(Attribute::OfClass(value, class)) => match class_or_static(th, value, class.value()) {
            Some(found) => Ok(found),
            None => bind(th, value, Value::EMPTY, class).map(|value| (value, Value::EMPTY)),
        },
        None => load_method(th, made(th, of)?, site.name),
    }
}

/// `super().name`.
#[inline(never)]
pub fn super_attr_at(th: &Thread, of: SuperCall, site: &Site) -> Result<Got> {
    match attribute(th, of, site) {
        Some(Attribute::OfObject(value)) => found_on_class(th, of.this, value),
        Some(Attribute::OfClass(value, class)) => bind(th, value, Value::EMPTY, class).map(Got::Value),
        None => get_attr(th, made(th, of)?, site.name).map(Got::Value),
    }
}

/// The object that `super()` makes.
#[cold]
fn made(th: &Thread, of: SuperCall) -> Result {
    if of.this.is_empty()
        && of.global == built_in(th)
        && let Some(frame) = th.stack.frames().last()
    {
        // The parameter is read as any variable is.
        return Err(unbound_local(th, frame.code.var_names[0]));
    }
    th.call(of.global, &[])
}

enum Attribute {
    /// Found for the object: to be bound to it.
    OfObject(Value),
    /// Found for the class, which is the first argument of a class method.
    OfClass(Value, Gc<Class>),
}

fn attribute(th: &Thread, of: SuperCall, site: &Site) -> Option<Attribute> {
    if let Some(value) = cached(th, of, site) {
        return Some(Attribute::OfObject(value));
    }
    if of.global != built_in(th) {
        return None;
    }
    let (class, header) = (of.class.as_class()?, of.this.header()?);
    if let Some(given) = of.this.as_class()
        && given.is_subclass_of(class)
    {
        let found = after(th, class, given, site)?;
        return Some(Attribute::OfClass(found, given));
    }
    let (shape, epoch) = (header.shape(), th.vm().class_epoch());
    let own = th.vm().shapes().class(shape);
    if !own.is_subclass_of(class) {
        return None;
    }
    learn(th, of, site, shape, epoch);
    after(th, class, own, site).map(Attribute::OfObject)
}

fn built_in(th: &Thread) -> Value {
    th.vm().shapes().class_value(ShapeId(u32::from(kinds::SUPER.0)))
}

/// The attribute that the site's cache knows for these classes.
#[inline(always)]
fn cached(th: &Thread, of: SuperCall, site: &Site) -> Option<Value> {
    let mut cache = cell::<AttrCache>(site.cache.load(Ordering::Acquire))?;
    let shape = of.this.header()?.shape();
    loop {
        if cache.shape == shape && cache.object == of.class && cache.epoch == th.vm().class_epoch() {
            let value = cache.on_class();
            return if of.global == built_in(th) && !value.is_empty() { Some(value) } else { None };
        }
        cache = cache.next_way()?;
    }
}

/// The attribute of the first class behind `class` in the MRO of `of` that has it, unbound.
fn after(th: &Thread, class: Gc<Class>, of: Gc<Class>, site: &Site) -> Option<Value> {
    behind(class, of).find_map(|base| base.namespace.get_str(th, site.name))
}

fn behind(class: Gc<Class>, of: Gc<Class>) -> impl Iterator<Item = Gc<Class>> {
    of.mro().items().iter().skip_while(move |c| **c != class.value()).skip(1).filter_map(|c| c.as_class())
}

#[cold]
fn learn(th: &Thread, of: SuperCall, site: &Site, shape: ShapeId, epoch: u32) {
    let word = site.cache.load(Ordering::Acquire);
    let Some(class) = of.class.as_class() else { return };
    let own = th.vm().shapes().class(shape);
    let found = behind(class, own).find_map(|base| {
        let (table, index) = base.namespace.find_str(th, site.name)?;
        Some((table, &raw const table.entry(index)?.value))
    });
    if word != GIVEN_UP
        && let Some((table, slot)) = found
    {
        let cache = AttrCache { shape, epoch, object: of.class, table: table.value(), slot, ..blank(How::OnClass) };
        remember(th, site, word, cache);
    }
}
