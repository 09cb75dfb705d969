//! Global names through their sites' caches: the module's namespace, then the built-ins.
//!
//! Built-ins are a dict nearly always, and so frames hold one. A program may give any other mapping to `exec` as
//! `__builtins__`, though; then frames hold a dict that stands for it, which only this file looks into.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Header, Slot, Value};
use crate::objects::code::Site;
use crate::objects::dict::{Dict, Table};
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::objects::str::Str;

use super::caches::{GlobalCache, cell};
use super::native::Result;
use super::slow::mapping_get;
use super::stack::Frame;
use super::{Raised, Thread};

/// The value, if the cache's guard holds.
#[inline(always)]
pub fn cached(site: &Site, frame: &Frame) -> Option<Value> {
    let cache = cell::<GlobalCache>(site.cache.load(Ordering::Acquire))?;
    let in_table = |dict: Gc<Dict>| dict.table.as_slot().get() == cache.table;
    let holds = in_table(frame.globals)
        || in_table(frame.builtins) && frame.globals.keys_version.load(Ordering::Acquire) == cache.version;
    if !holds {
        return None;
    }
    // SAFETY: the slot lies in the table that the cache keeps alive.
    let value = unsafe { (*cache.slot).get() };
    if value.is_empty() { None } else { Some(value) }
}

/// Looks the name up, and remembers where it was found.
#[cold]
#[inline(never)]
pub fn load(th: &Thread, site: &Site, globals: Gc<Dict>, builtins: Gc<Dict>) -> Result {
    if !globals.header.is_exact() || !is_plain(builtins) {
        return find(th, site.name, globals, builtins);
    }
    let version = globals.keys_version.load(Ordering::Acquire);
    for dict in [globals, builtins] {
        if let Some((table, index)) = dict.find_str(th, site.name)
            && let Some(entry) = table.entry(index)
            && let value = entry.value.get()
            && !value.is_empty()
        {
            remember(th, site, version, table, &entry.value);
            return Ok(value);
        }
    }
    Err(not_defined(th, site.name.value()))
}

/// Looks the name up; as items of mappings, where the namespace or the built-ins are not plain dicts.
pub fn find(th: &Thread, name: Gc<Str>, globals: Gc<Dict>, builtins: Gc<Dict>) -> Result {
    if let Some(value) = mapping_get(th, globals.value(), name.value())? {
        return Ok(value);
    }
    builtin(th, builtins, name)?.ok_or_else(|| not_defined(th, name.value()))
}

/// The flag of a dict that stands for a mapping of another kind, which is its only value.
const STANDS_FOR_A_MAPPING: u8 = Header::KIND_FLAG;

fn is_plain(builtins: Gc<Dict>) -> bool {
    builtins.header.is_exact() && !builtins.header.has_flag(STANDS_FOR_A_MAPPING)
}

/// What the code of a namespace finds its built-ins in: what it says itself, else the interpreter's.
pub fn builtins_of(th: &Thread, globals: Gc<Dict>) -> Gc<Dict> {
    let name = th.vm().names.__builtins__;
    let Some(said) = globals.get_str(th, name) else { return th.vm().builtins() };
    if let Some(module) = said.downcast::<Module>() {
        return module.namespace;
    }
    said.downcast().unwrap_or_else(|| {
        let stand_in = Dict::new(th);
        stand_in.set_str(th, name, said);
        stand_in.header.set_flag(STANDS_FOR_A_MAPPING);
        stand_in
    })
}

/// The built-ins of a frame or a function as the program gave them.
pub fn builtins_as_given(th: &Thread, builtins: Gc<Dict>) -> Value {
    if !builtins.header.has_flag(STANDS_FOR_A_MAPPING) {
        return builtins.value();
    }
    builtins.get_str(th, th.vm().names.__builtins__).unwrap_or(Value::NONE)
}

/// The built-in object of a name, if there is one.
pub fn builtin(th: &Thread, builtins: Gc<Dict>, name: Gc<Str>) -> Result<Option<Value>> {
    if is_plain(builtins) {
        return Ok(builtins.get_str(th, name));
    }
    mapping_get(th, builtins_as_given(th, builtins), name.value())
}

fn remember(th: &Thread, site: &Site, version: u32, table: Gc<Table>, slot: &Slot) {
    let header = Header::of_kind(kinds::GLOBAL_CACHE);
    let cache = th.heap().alloc_for_all(GlobalCache { header, version, table: table.value(), slot });
    site.cache.store(cache.value().bits(), Ordering::Release);
}

#[cold]
pub fn not_defined(th: &Thread, name: Value) -> Raised {
    let text = name.as_str_cell().map(|s| s.to_text()).unwrap_or_default();
    let raised = th.raise(Exc::NameError, format_args!("name '{text}' is not defined"));
    crate::objects::exception::set_name(th, name);
    raised
}

/// Stores to an existing global, if the cache's guard holds.
#[inline(always)]
pub fn store_cached(th: &Thread, site: &Site, globals: Gc<Dict>, value: Value) -> bool {
    let Some(cache) = cell::<GlobalCache>(site.cache.load(Ordering::Acquire)) else { return false };
    let _guard = th.guard(&globals.header);
    if globals.table.as_slot().get() != cache.table {
        return false;
    }
    // SAFETY: the slot lies in the table that the cache keeps alive.
    let slot = unsafe { &*cache.slot };
    if slot.get().is_empty() {
        return false;
    }
    slot.set(value);
    true
}

#[cold]
#[inline(never)]
pub fn store(th: &Thread, site: &Site, globals: Gc<Dict>, value: Value) {
    globals.set_str(th, site.name, value);
    if let Some((table, index)) = globals.find_str(th, site.name)
        && let Some(entry) = table.entry(index)
    {
        remember(th, site, globals.keys_version.load(Ordering::Acquire), table, &entry.value);
    }
}

#[cold]
pub fn delete(th: &Thread, frame: &Frame, name: usize) -> Result<()> {
    let name = frame.code.names[name];
    match frame.globals.remove_str(th, name) {
        Some(_) => Ok(()),
        None => Err(not_defined(th, name.value())),
    }
}
