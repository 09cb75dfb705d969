//! Global names through their sites' caches: the module's namespace, then the built-ins.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Header, Slot, Value};
use crate::objects::code::Site;
use crate::objects::dict::{Dict, Table};
use crate::objects::exception::Exc;
use crate::objects::kinds;

use super::caches::{GlobalCache, cell};
use super::native::Result;
use super::stack::Frame;
use super::{Raised, Thread};

/// The value, if the cache's guard holds.
#[inline(always)]
pub fn cached(site: &Site, globals: Gc<Dict>, builtins: Gc<Dict>) -> Option<Value> {
    let cache = cell::<GlobalCache>(site.cache.load(Ordering::Acquire))?;
    let in_table = |dict: Gc<Dict>| dict.table.as_slot().get() == cache.table;
    let holds =
        in_table(globals) || in_table(builtins) && globals.keys_version.load(Ordering::Acquire) == cache.version;
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

fn remember(th: &Thread, site: &Site, version: u32, table: Gc<Table>, slot: &Slot) {
    let header = Header::of_kind(kinds::GLOBAL_CACHE);
    let cache = th.alloc(GlobalCache { header, version, table: table.value(), slot });
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
