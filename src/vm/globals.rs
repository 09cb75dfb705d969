//! Global names through their sites' caches: the module's namespace, then the built-ins.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::objects::code::Site;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;

use super::caches::{BUILTIN, GLOBAL, TAG};
use super::native::Result;
use super::stack::Frame;
use super::{Raised, Thread};

/// The value, if the cache's guard holds.
#[inline(always)]
pub fn cached(site: &Site, globals: Gc<Dict>, builtins: Gc<Dict>) -> Option<Value> {
    let word = site.cache.load(Ordering::Relaxed);
    let dict = match word & TAG {
        GLOBAL => globals,
        BUILTIN if globals.keys_version.load(Ordering::Acquire) == (word >> 32) as u32 => builtins,
        _ => return None,
    };
    let entry = dict.table.get()?.entry((word as u32 >> 2) as usize)?;
    let value = entry.value.get();
    if entry.key.get() == site.name.value() && !value.is_empty() { Some(value) } else { None }
}

/// Looks the name up, and remembers where it was found.
#[cold]
#[inline(never)]
pub fn load(th: &Thread, site: &Site, globals: Gc<Dict>, builtins: Gc<Dict>) -> Result {
    let version = globals.keys_version.load(Ordering::Acquire);
    if let Some((_, index)) = globals.find_str(th, site.name) {
        site.cache.store((index as u64) << 2 | GLOBAL, Ordering::Release);
        if let Some(value) = globals.get_str(th, site.name) {
            return Ok(value);
        }
    }
    if let Some((table, index)) = builtins.find_str(th, site.name)
        && let Some(value) = table.entry(index).map(|e| e.value.get()).filter(|v| !v.is_empty())
    {
        site.cache.store(u64::from(version) << 32 | (index as u64) << 2 | BUILTIN, Ordering::Release);
        return Ok(value);
    }
    Err(not_defined(th, site.name.value()))
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
    let word = site.cache.load(Ordering::Relaxed);
    if word & TAG != GLOBAL {
        return false;
    }
    let _guard = th.guard(&globals.header);
    let Some(entry) = globals.table.get().and_then(|t| t.entry((word as u32 >> 2) as usize)) else { return false };
    if entry.key.get() != site.name.value() || entry.value.get().is_empty() {
        return false;
    }
    entry.value.set(value);
    true
}

#[cold]
#[inline(never)]
pub fn store(th: &Thread, site: &Site, globals: Gc<Dict>, value: Value) {
    globals.set_str(th, site.name, value);
    if let Some((_, index)) = globals.find_str(th, site.name) {
        site.cache.store((index as u64) << 2 | GLOBAL, Ordering::Release);
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
