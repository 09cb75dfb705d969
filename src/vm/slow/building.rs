//! Building strings, containers and templates from registers.

use crate::heap::{Gc, Value};
use crate::objects::dict::{Dict, walkable};
use crate::objects::exception::Exc;
use crate::objects::list::List;
use crate::objects::set;
use crate::objects::tuple::Tuple;

use crate::objects::template_string;
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

pub fn build_set(th: &Thread, items: &[Value]) -> Result {
    let set = set::Set::new(th);
    items.iter().try_for_each(|item| set.add(th, *item)).map(|()| set.value())
}

pub fn build_dict(th: &Thread, pairs: &[Value]) -> Result {
    let dict = Dict::with_capacity(th, pairs.len() / 2);
    for pair in pairs.chunks_exact(2) {
        dict.set_item(th, pair[0], pair[1])?;
    }
    Ok(dict.value())
}

/// The strings joined.
pub fn build_string(th: &Thread, parts: &[Value]) -> Result {
    crate::objects::str::concat::concat_values(th, parts)
}

/// `FormatValue`; the spec lies at `spec` if the flags say so.
pub(crate) fn format_value(th: &Thread, value: Value, flags: usize, spec: *mut Value) -> Result {
    let value = match flags & 3 {
        1 => ops::str(th, value)?.value(),
        2 => ops::repr(th, value)?.value(),
        3 => ops::ascii(th, value)?.value(),
        _ => value,
    };
    if flags & 4 == 0 {
        if value.as_str_cell().is_some_and(|s| s.header().is_exact()) {
            return Ok(value);
        }
        if let Some(i) = value.as_small_int() {
            return Ok(crate::objects::format::convert::small_int_text(th, i).value());
        }
        return ops::format(th, value, th.vm().singles.empty(th)).map(|s| s.value());
    }
    // SAFETY: the compiler put the format spec into the register behind the value.
    let spec = unsafe { *spec };
    match spec.as_str_cell() {
        Some(spec) => ops::format(th, value, spec).map(|s| s.value()),
        None => Err(th.type_error("format spec must be a string")),
    }
}

pub fn build_template(th: &Thread, parts: &[Value]) -> Result {
    template_string::of_parts(th, parts)
}

pub fn build_interpolation(th: &Thread, parts: &[Value], conversion: usize) -> Result {
    Ok(template_string::new_interpolation(th, parts[0], parts[1], parts[2], conversion))
}

pub fn list_extend(th: &Thread, list: Value, items: Value) -> Result<()> {
    let Some(list) = list.downcast::<List>() else { unreachable!("the compiler built a list") };
    match list.extend(th, items) {
        Err(_)
            if th.pending_is(Exc::TypeError)
                && th.lookup(th.class_of(items), th.vm().names.__iter__).is_none()
                && !ops::is_iterable(th, items) =>
        {
            Err(th.type_error(format_args!("Value after * must be an iterable, not {}", th.type_name(items))))
        }
        result => result,
    }
}

pub fn list_to_tuple(th: &Thread, list: Value) -> Value {
    match list.downcast::<List>() {
        Some(list) => th.tuple(&list.items(th)),
        None => unreachable!("the compiler built a list"),
    }
}

/// The compiler has built the set, but for `__conditional_annotations__`, which a program can put something else for.
pub fn set_add(th: &Thread, target: Value, item: Value) -> Result<()> {
    match target.downcast::<set::Set>() {
        Some(set) => set.add(th, item),
        None => Err(th.type_error(format_args!("'{}' object is not a set", th.type_name(target)))),
    }
}

pub fn set_update(th: &Thread, target: Value, items: Value) -> Result<()> {
    match target.downcast::<set::Set>() {
        Some(set) => set.update(th, items),
        None => unreachable!("the compiler built a set"),
    }
}

fn dict(value: Value) -> Gc<Dict> {
    match value.downcast::<Dict>() {
        Some(dict) => dict,
        None => unreachable!("the compiler built a dict"),
    }
}

pub fn dict_set(th: &Thread, target: Value, key: Value, value: Value) -> Result<()> {
    dict(target).set_item(th, key, value)
}

pub fn dict_update(th: &Thread, target: Value, source: Value) -> Result<()> {
    dict(target).update_from_unpacked(th, source)
}

/// Runs `each` over the pairs of a mapping; `None` if it is none.
fn each_pair(th: &Thread, source: Value, mut each: impl FnMut(Value, Value) -> Result<()>) -> Option<Result<()>> {
    if let Some(source) = walkable(th, source) {
        return Some(source.live_entries().try_for_each(|(_, key, value)| each(key, value)));
    }
    let keys = match ops::find_attr(th, source, th.vm().names.keys) {
        Ok(Some(keys)) => keys,
        Ok(None) => return None,
        Err(raised) => return Some(Err(raised)),
    };
    Some(th.call(keys, &[]).and_then(|keys| ops::for_each(th, keys, |key| each(key, ops::get_item(th, source, key)?))))
}

/// `DictMerge`: the keywords of a call, of which there are those in `target` (`EMPTY`, where `source` has the only ones) and those
/// in `source`. `call`: the callable, and its positional arguments.
pub fn dict_merge(th: &Thread, target: Value, source: Value, call: &[Value]) -> Result {
    let callable = call[0];
    let target = match target.downcast::<Dict>() {
        Some(target) => target,
        None if is_ready(source, call[1]) => return Ok(source),
        None => Dict::new(th),
    };
    let merged = each_pair(th, source, |key, value| {
        if key.as_str_cell().is_none() {
            return Err(th.type_error("keywords must be strings"));
        }
        if target.get_item(th, key)?.is_some() {
            let key = ops::str(th, key)?.to_text();
            return Err(th.type_error(format_args!(
                "{} got multiple values for keyword argument '{key}'",
                callable_name(th, callable)
            )));
        }
        target.set_item(th, key, value)
    });
    merged.unwrap_or_else(|| {
        Err(th.type_error(format_args!(
            "{} argument after ** must be a mapping, not {}",
            callable_name(th, callable),
            th.type_name(source)
        )))
    })?;
    Ok(target.value())
}

/// Whether the keywords of a call can be taken from `source` itself: nothing runs between here and the call that might change it,
/// as an iterable that `*` unpacks would.
fn is_ready(source: Value, args: Value) -> bool {
    args.downcast::<Tuple>().is_some()
        && source
            .downcast_exact::<Dict>()
            .is_some_and(|source| source.live_entries().all(|(_, key, _)| key.as_str_cell().is_some()))
}

/// `module.f()` as messages name what is called.
pub(super) fn callable_name(th: &Thread, callable: Value) -> String {
    let names = &*th.vm().names;
    let attribute =
        |name| ops::find_attr(th, callable, name).ok().flatten().and_then(|v| v.as_str_cell()).map(|s| s.to_text());
    match (attribute(names.__module__), attribute(names.__qualname__)) {
        (Some(module), Some(name)) if module != "builtins" => format!("{module}.{name}()"),
        (_, Some(name)) => format!("{name}()"),
        // What has no name is shown as it is.
        _ => ops::str(th, callable).map_or_else(|_| th.type_name(callable), |text| text.to_text()),
    }
}
