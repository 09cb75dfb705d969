//! What the dispatch loop's rarer arms do, out of its way.

use crate::compiler::opcodes::Special;
use crate::heap::{Gc, Header, Value};
use crate::objects::class::{Class, flag};
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::exception::{self, Exc, Exception};
use crate::objects::function::{ClosureCell, Function};
use crate::objects::instance::Instance;
use crate::objects::list::List;
use crate::objects::module::Module;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::{kinds, set};

use super::caches::Construction;
use super::native::Result;
use super::stack::Frame;
use super::{Raised, Thread, ops};

// ---- names

#[cold]
pub fn unbound_local(th: &Thread, frame: &Frame, name: usize) -> Raised {
    let name = frame.code.names[name];
    if frame.code.flags & crate::compiler::code::flags::OPTIMIZED == 0 {
        return super::globals::not_defined(th, name.value());
    }
    let raised = th.raise(
        Exc::UnboundLocalError,
        format_args!("cannot access local variable '{}' where it is not associated with a value", name.to_text()),
    );
    exception::set_name(th, name.value());
    raised
}

#[cold]
pub fn unbound_free(th: &Thread, frame: &Frame, index: usize) -> Raised {
    let name = frame.code.free_names[index];
    let raised = th.raise(
        Exc::NameError,
        format_args!(
            "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
            name.to_text()
        ),
    );
    exception::set_name(th, name.value());
    raised
}

/// A mapping's item, or `None` where it raises KeyError.
fn mapping_get(th: &Thread, mapping: Value, key: Value) -> Result<Option<Value>> {
    if let Some(dict) = mapping.downcast::<Dict>()
        && dict.header.is_exact()
    {
        return dict.get_item(th, key);
    }
    match ops::get_item(th, mapping, key) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => th.caught(raised, Exc::KeyError).map(|_| None),
    }
}

fn global_or_builtin(th: &Thread, frame: &Frame, name: Gc<Str>) -> Result {
    if let Some(value) = frame.globals.get_str(th, name).or_else(|| frame.builtins.get_str(th, name)) {
        return Ok(value);
    }
    Err(super::globals::not_defined(th, name.value()))
}

/// `LoadName`; `site` numbers a site.
pub fn load_name(th: &Thread, frame: &Frame, site: usize) -> Result {
    let name = frame.code.sites[site].name;
    if !frame.locals.is_empty()
        && let Some(value) = mapping_get(th, frame.locals, name.value())?
    {
        return Ok(value);
    }
    global_or_builtin(th, frame, name)
}

pub fn store_name(th: &Thread, frame: &Frame, name: usize, value: Value) -> Result<()> {
    let name = frame.code.names[name];
    match frame.locals.downcast::<Dict>() {
        Some(dict) if dict.header.is_exact() => {
            dict.set_str(th, name, value);
            Ok(())
        }
        _ if frame.locals.is_empty() => {
            frame.globals.set_str(th, name, value);
            Ok(())
        }
        _ => ops::set_item(th, frame.locals, name.value(), value),
    }
}

pub fn delete_name(th: &Thread, frame: &Frame, name: usize) -> Result<()> {
    let name = frame.code.names[name];
    let namespace = if frame.locals.is_empty() { frame.globals.value() } else { frame.locals };
    match ops::del_item(th, namespace, name.value()) {
        Ok(()) => Ok(()),
        Err(raised) => {
            th.caught(raised, Exc::KeyError)?;
            Err(super::globals::not_defined(th, name.value()))
        }
    }
}

/// `LoadLocals`, and `locals()`: the namespace, or a fresh dict of a function's variables.
pub fn locals(th: &Thread, frame: &Frame) -> Result {
    if !frame.locals.is_empty() {
        return Ok(frame.locals);
    }
    if frame.code.flags & crate::compiler::code::flags::OPTIMIZED == 0 {
        return Ok(frame.globals.value());
    }
    let dict = Dict::new(th);
    for (at, name) in frame.code.var_names.iter().enumerate() {
        // SAFETY: variables are the first registers of the window.
        let mut value = unsafe { *frame.registers.add(at) };
        if frame.code.cell_registers.contains(&(at as u16))
            && let Some(cell) = value.downcast::<ClosureCell>()
        {
            value = cell.contents.get();
        }
        if !value.is_empty() {
            dict.set_str(th, *name, value);
        }
    }
    let closure = frame.function.and_then(|f| f.closure.get());
    for (name, cell) in frame.code.free_names.iter().zip(super::signature::items(closure)) {
        let value = cell.downcast::<ClosureCell>().map_or(Value::EMPTY, |c| c.contents.get());
        if !value.is_empty() {
            dict.set_str(th, *name, value);
        }
    }
    Ok(dict.value())
}

pub fn load_from_dict_or_globals(th: &Thread, frame: &Frame, mapping: Value, name: usize) -> Result {
    let name = frame.code.names[name];
    match mapping_get(th, mapping, name.value())? {
        Some(value) => Ok(value),
        None => global_or_builtin(th, frame, name),
    }
}

pub fn load_from_dict_or_cell(th: &Thread, frame: &Frame, mapping: Value, cell: Value, name: usize) -> Result {
    if let Some(value) = mapping_get(th, mapping, frame.code.names[name].value())? {
        return Ok(value);
    }
    let value = cell.downcast::<ClosureCell>().map_or(Value::EMPTY, |c| c.contents.get());
    if !value.is_empty() {
        return Ok(value);
    }
    let text = frame.code.names[name].to_text();
    Err(th.raise(
        Exc::NameError,
        format_args!("cannot access free variable '{text}' where it is not associated with a value in enclosing scope"),
    ))
}

// ---- items

#[inline(never)]
pub fn get_item(th: &Thread, object: Value, key: Value) -> Result {
    ops::get_item(th, object, key)
}

#[inline(never)]
pub fn set_item(th: &Thread, object: Value, key: Value, value: Value) -> Result<()> {
    ops::set_item(th, object, key, value)
}

// ---- calls and functions

/// A class whose instances are plain objects and whose `__init__` is a Python function: a fresh instance, and that function.
#[inline]
pub fn quick_construct(th: &Thread, class: Gc<Class>) -> Option<(Value, Gc<Function>)> {
    let known = class.construction.get().filter(|known| known.epoch == th.vm().class_epoch());
    let known = match known {
        Some(known) => known,
        None => learn_construction(th, class)?,
    };
    Some((th.instantiate(class, Instance { header: Header::of_kind(kinds::OBJECT) }).value(), known.init))
}

#[cold]
#[inline(never)]
fn learn_construction(th: &Thread, class: Gc<Class>) -> Option<Gc<Construction>> {
    let (vm, epoch) = (th.vm(), th.vm().class_epoch());
    let names = &*vm.names;
    if class.instance_kind != kinds::OBJECT || class.has(flag::ABSTRACT) || !class.header.is_exact() {
        return None;
    }
    let init = th.lookup(class, names.__init__)?.downcast::<Function>()?;
    if th.lookup(class, names.__new__)? != vm.object_new() || init.code().flags & GENERATORS != 0 {
        return None;
    }
    let known = th.alloc(Construction { header: Header::of_kind(kinds::CONSTRUCTION), epoch, init });
    class.construction.set(Some(known));
    Some(known)
}

const GENERATORS: u32 = {
    use crate::compiler::code::flags::{ASYNC_GENERATOR, COROUTINE, GENERATOR};
    GENERATOR | COROUTINE | ASYNC_GENERATOR
};

pub fn call_ex(th: &Thread, callable: Value, args: Value, keywords: Value) -> Result {
    let args = match args.downcast::<Tuple>() {
        Some(tuple) => tuple,
        // The only argument of `f(*args)` comes as it is.
        None => match ops::collect(th, args) {
            Ok(items) => Tuple::new(th, &items.items(th)),
            Err(_) if th.pending_is(Exc::TypeError) && !ops::is_iterable(th, args) => {
                return Err(th.type_error(format_args!(
                    "{} argument after * must be an iterable, not {}",
                    callable_name(th, callable),
                    th.type_name(args)
                )));
            }
            Err(raised) => return Err(raised),
        },
    };
    if keywords.is_empty() || keywords.is_none() {
        return th.call(callable, args.items());
    }
    th.call_unpacked(callable, args.items(), keywords.downcast())
}

/// `MakeFunction`: defaults, keyword defaults, annotate function, cells.
pub fn make_function(th: &Thread, frame: &Frame, code: Value, extras: &[Value]) -> Result {
    let Some(code) = code.downcast::<Code>() else { unreachable!("the compiler names a code constant") };
    let function = crate::objects::function::new(th, code, frame.globals, frame.builtins);
    function.defaults.set(extras[0].downcast());
    function.keyword_defaults.set(extras[1].downcast());
    function.annotate.set(extras[2]);
    function.closure.set(extras[3].downcast());
    Ok(function.value())
}

pub fn build_class_function(th: &Thread, frame: &Frame) -> Result {
    match frame.builtins.get_str(th, th.vm().names.__build_class__) {
        Some(function) => Ok(function),
        None => Err(th.raise(Exc::NameError, "__build_class__ not found")),
    }
}

/// `LoadSpecial`
pub fn load_special(th: &Thread, object: Value, which: usize) -> Result<(Value, Value)> {
    let names = &*th.vm().names;
    let name = match which {
        w if w == Special::Enter as usize => names.__enter__,
        w if w == Special::Exit as usize => names.__exit__,
        w if w == Special::AEnter as usize => names.__aenter__,
        _ => names.__aexit__,
    };
    let class = th.class_of(object);
    let Some(method) = th.lookup(class, name) else { return Err(no_context_manager(th, class, name, which)) };
    match method.header().map(|h| h.kind()) {
        Some(kinds::FUNCTION) => Ok((method, object)),
        Some(kinds::NATIVE) => Ok((method, object)),
        _ => ops::bind(th, method, object, class).map(|bound| (bound, Value::EMPTY)),
    }
}

#[cold]
fn no_context_manager(th: &Thread, class: Gc<Class>, name: Gc<Str>, which: usize) -> Raised {
    let names = &*th.vm().names;
    let is_async = which >= Special::AEnter as usize;
    let other = if is_async { names.__enter__ } else { names.__aenter__ };
    let (_manager, keyword) = if is_async { ("an asynchronous", "async with") } else { ("a", "with") };
    let hint = match (th.lookup(class, other).is_some(), is_async) {
        (true, true) => " but it supports the context manager protocol. Did you mean to use 'with'?",
        (true, false) => {
            " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?"
        }
        _ => "",
    };
    let (manager, article) =
        if is_async { ("asynchronous context manager", "the") } else { ("context manager", "the") };
    let _ = keyword;
    th.type_error(format_args!(
        "'{}' object does not support {article} {manager} protocol (missed {} method){hint}",
        class.name(),
        name.to_text()
    ))
}

/// `WithExit`: the exit method called with the exception's class, the exception, its traceback.
pub fn with_exit(th: &Thread, exit: Value, this: Value, raised: Value) -> Result {
    let traceback = raised.downcast::<Exception>().map_or(Value::NONE, |e| e.traceback.get());
    let traceback = if traceback.is_empty() { Value::NONE } else { traceback };
    let args = [th.class_of(raised).value(), raised, traceback];
    if this.is_empty() { th.call(exit, &args) } else { th.with_first(this, &args, |args| th.call(exit, args)) }
}

// ---- building

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
pub(super) fn format_value(th: &Thread, value: Value, flags: usize, spec: *mut Value) -> Result {
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
    let _ = parts;
    Err(th.raise(Exc::NotImplementedError, "template strings are not supported yet"))
}

pub fn build_interpolation(th: &Thread, parts: &[Value], conversion: usize) -> Result {
    let _ = (parts, conversion);
    Err(th.raise(Exc::NotImplementedError, "template strings are not supported yet"))
}

pub fn list_extend(th: &Thread, list: Value, items: Value) -> Result<()> {
    let Some(list) = list.downcast::<List>() else { unreachable!("the compiler built a list") };
    match ops::for_each(th, items, |item| {
        list.push(th, item);
        Ok(())
    }) {
        Err(_) if th.pending_is(Exc::TypeError) && !ops::is_iterable(th, items) => {
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

pub fn set_add(th: &Thread, target: Value, item: Value) -> Result<()> {
    match target.downcast::<set::Set>() {
        Some(set) => set.add(th, item),
        None => unreachable!("the compiler built a set"),
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
    if let Some(source) = source.downcast::<Dict>()
        && source.header.is_exact()
    {
        return Some(source.live_entries().try_for_each(|(_, key, value)| each(key, value)));
    }
    let keys = match ops::find_attr(th, source, th.vm().names.keys) {
        Ok(Some(keys)) => keys,
        Ok(None) => return None,
        Err(raised) => return Some(Err(raised)),
    };
    Some(th.call(keys, &[]).and_then(|keys| ops::for_each(th, keys, |key| each(key, ops::get_item(th, source, key)?))))
}

pub fn dict_merge(th: &Thread, target: Value, source: Value, callable: Value) -> Result<()> {
    let target = dict(target);
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
    })
}

/// `module.f()` as messages name what is called.
fn callable_name(th: &Thread, callable: Value) -> String {
    let names = &*th.vm().names;
    let attribute =
        |name| ops::find_attr(th, callable, name).ok().flatten().and_then(|v| v.as_str_cell()).map(|s| s.to_text());
    match (attribute(names.__module__), attribute(names.__qualname__)) {
        (Some(module), Some(name)) if module != "builtins" => format!("{module}.{name}()"),
        (_, Some(name)) => format!("{name}()"),
        _ => format!("{} object", th.type_name(callable)),
    }
}

// ---- taking apart

#[cold]
fn cannot_unpack(th: &Thread, source: Value) -> Raised {
    th.type_error(format_args!("cannot unpack non-iterable {} object", th.type_name(source)))
}

pub fn unpack(th: &Thread, source: Value, count: usize, mut put: impl FnMut(usize, Value)) -> Result<()> {
    let exact = source.header().is_some_and(|h| h.is_exact());
    let items: Option<Vec<Value>> = match source.header().map(|h| h.kind()) {
        Some(kinds::LIST) if exact => source.downcast::<List>().map(|l| l.items(th)),
        Some(kinds::TUPLE) => source.downcast::<Tuple>().map(|t| t.items().to_vec()),
        _ => None,
    };
    if let Some(items) = items {
        if items.len() < count {
            return Err(too_few(th, count, items.len(), false));
        }
        if items.len() > count {
            return Err(
                th.value_error(format_args!("too many values to unpack (expected {count}, got {})", items.len()))
            );
        }
        items.into_iter().enumerate().for_each(|(at, item)| put(at, item));
        return Ok(());
    }
    let iterator = iterator_of(th, source)?;
    // Kept back until all are there: the registers may be variables, which an error must leave as they are.
    let few = &mut [Value::EMPTY; 8][..];
    let many = (count > few.len()).then(|| List::new(th, &[]));
    for at in 0..count {
        match (ops::next(th, iterator)?, many, few.get_mut(at)) {
            (None, ..) => return Err(too_few(th, count, at, false)),
            (Some(item), None, Some(place)) => *place = item,
            (Some(item), Some(list), _) => list.push(th, item),
            (Some(_), None, None) => unreachable!("a list is made for more than there are places"),
        }
    }
    if ops::next(th, iterator)?.is_some() {
        let total = if source.downcast::<Dict>().is_some() || source.downcast::<set::Set>().is_some() {
            ops::len(th, source).ok()
        } else {
            None
        };
        return Err(match total {
            Some(total) => th.value_error(format_args!("too many values to unpack (expected {count}, got {total})")),
            None => th.value_error(format_args!("too many values to unpack (expected {count})")),
        });
    }
    match many {
        None => few[..count].iter().enumerate().for_each(|(at, item)| put(at, *item)),
        Some(list) => list.items(th).into_iter().enumerate().for_each(|(at, item)| put(at, item)),
    }
    Ok(())
}

#[cold]
fn too_few(th: &Thread, wanted: usize, got: usize, at_least: bool) -> Raised {
    let at_least = if at_least { "at least " } else { "" };
    th.value_error(format_args!("not enough values to unpack (expected {at_least}{wanted}, got {got})"))
}

fn iterator_of(th: &Thread, source: Value) -> Result {
    ops::iter(th, source).map_err(|raised| {
        if th.pending_is(Exc::TypeError) && !ops::is_iterable(th, source) { cannot_unpack(th, source) } else { raised }
    })
}

pub fn unpack_starred(
    th: &Thread,
    source: Value,
    before: usize,
    after: usize,
    mut put: impl FnMut(usize, Value),
) -> Result<()> {
    let iterator = iterator_of(th, source)?;
    let items = ops::collect(th, iterator)?.items(th);
    if items.len() < before + after {
        return Err(too_few(th, before + after, items.len(), true));
    }
    let (head, rest) = items.split_at(before);
    let (middle, tail) = rest.split_at(rest.len() - after);
    head.iter().enumerate().for_each(|(at, item)| put(at, *item));
    put(before, th.list(middle));
    tail.iter().enumerate().for_each(|(at, item)| put(before + 1 + at, *item));
    Ok(())
}

// ---- patterns

pub fn match_keys(th: &Thread, subject: Value, keys: Value) -> Result {
    let keys = super::signature::items(keys.downcast());
    let list = List::new(th, &[]);
    let get = ops::find_attr(th, subject, th.vm().names.get)?;
    let missing = th.new_instance(th.vm().class_of_kind(kinds::OBJECT));
    for (at, key) in keys.iter().enumerate() {
        for earlier in &keys[..at] {
            if ops::equal(th, *earlier, *key)? {
                let key = ops::repr(th, *key)?.to_text();
                return Err(th.value_error(format_args!("mapping pattern checks duplicate key ({key})")));
            }
        }
        let value = match (subject.downcast::<Dict>(), get) {
            (Some(dict), _) if dict.header.is_exact() => dict.get_item(th, *key)?.unwrap_or(missing),
            (_, Some(get)) => th.call(get, &[*key, missing])?,
            _ => missing,
        };
        if value == missing {
            return Ok(Value::NONE);
        }
        list.push(th, value);
    }
    Ok(th.tuple(&list.items(th)))
}

/// `MatchClass`: class, keyword names, number of positional patterns.
pub fn match_class(th: &Thread, subject: Value, operands: &[Value]) -> Result {
    let Some(class) = operands[0].as_class() else {
        return Err(th.type_error("called match pattern must be a class"));
    };
    let keywords = super::signature::items(operands[1].downcast());
    let positional = operands[2].as_small_int().unwrap_or(0) as usize;
    if !ops::is_instance(th, subject, class.value())? {
        return Ok(Value::NONE);
    }
    let found = List::new(th, &[]);
    let mut seen: Vec<String> = Vec::new();
    if positional > 0 {
        match ops::find_attr(th, class.value(), th.vm().names.__match_args__)? {
            Some(names) => {
                let Some(names) = names.downcast::<Tuple>() else {
                    return Err(th.type_error(format_args!(
                        "{}.__match_args__ must be a tuple (got {})",
                        class.name(),
                        th.type_name(names)
                    )));
                };
                if names.len() < positional {
                    return Err(too_many_patterns(th, class, names.len(), positional));
                }
                for name in &names.items()[..positional] {
                    let Some(name) = name.as_str_cell() else {
                        return Err(th.type_error(format_args!(
                            "__match_args__ elements must be strings (got {})",
                            th.type_name(*name)
                        )));
                    };
                    if !match_attribute(th, class, subject, name, &mut seen, found)? {
                        return Ok(Value::NONE);
                    }
                }
            }
            None if class.has(flag::MATCH_SELF) => {
                if positional > 1 {
                    return Err(too_many_patterns(th, class, 1, positional));
                }
                found.push(th, subject);
            }
            None => return Err(too_many_patterns(th, class, 0, positional)),
        }
    }
    for name in keywords {
        let Some(name) = name.as_str_cell() else { continue };
        if !match_attribute(th, class, subject, name, &mut seen, found)? {
            return Ok(Value::NONE);
        }
    }
    Ok(th.tuple(&found.items(th)))
}

fn match_attribute(
    th: &Thread,
    class: Gc<Class>,
    subject: Value,
    name: Gc<Str>,
    seen: &mut Vec<String>,
    found: Gc<List>,
) -> Result<bool> {
    let text = name.to_text();
    if seen.contains(&text) {
        return Err(th.type_error(format_args!("{}() got multiple sub-patterns for attribute '{text}'", class.name())));
    }
    seen.push(text);
    match ops::find_attr(th, subject, th.intern_str(name))? {
        Some(value) => {
            found.push(th, value);
            Ok(true)
        }
        None => Ok(false),
    }
}

#[cold]
fn too_many_patterns(th: &Thread, class: Gc<Class>, most: usize, given: usize) -> Raised {
    let s = if most == 1 { "" } else { "s" };
    th.type_error(format_args!("{}() accepts {most} positional sub-pattern{s} ({given} given)", class.name()))
}

pub fn dict_without(th: &Thread, subject: Value, keys: Value) -> Result {
    let rest = Dict::new(th);
    dict_update(th, rest.value(), subject)?;
    for key in super::signature::items(keys.downcast()) {
        rest.remove_item(th, *key)?;
    }
    Ok(rest.value())
}

// ---- exceptions

/// `raise exception from cause` (`EMPTY`: no cause given).
pub fn raise(th: &Thread, exception: Value, cause: Value) -> Raised {
    let raised = th.raise_object(exception);
    if cause.is_empty() {
        return raised;
    }
    let made = th.take_exception(raised);
    let cause = if cause.is_none() {
        Value::NONE
    } else if let Some(class) = cause.as_class() {
        if !class.has(flag::EXCEPTION) {
            return th.type_error("exception causes must derive from BaseException");
        }
        match th.call(cause, &[]) {
            Ok(cause) => cause,
            Err(raised) => return raised,
        }
    } else if th.is_exception(cause) {
        cause
    } else {
        return th.type_error("exception causes must derive from BaseException");
    };
    if let Some(exception) = made.downcast::<Exception>() {
        exception.cause.set(if cause.is_none() { Value::EMPTY } else { cause });
        exception.suppress_context.store(true, std::sync::atomic::Ordering::Relaxed);
    }
    th.raise_value(made)
}

/// A bare `raise`.
pub fn raise_current(th: &Thread) -> Raised {
    let handled = th.handled();
    if handled.is_empty() {
        return th.runtime_error("No active exception to reraise");
    }
    th.raise_again(handled)
}

pub fn match_exception(th: &Thread, exception: Value, classes: Value) -> Result<bool> {
    if let Some(class) = classes.as_class()
        && class.has(flag::EXCEPTION)
    {
        return Ok(th.class_of(exception).is_subclass_of(class));
    }
    if let Some(tuple) = classes.downcast::<Tuple>() {
        let all_classes = tuple.items().iter().all(|c| c.as_class().is_some_and(|c| c.has(flag::EXCEPTION)));
        if all_classes {
            let of = th.class_of(exception);
            return Ok(tuple.items().iter().filter_map(|c| c.as_class()).any(|c| of.is_subclass_of(c)));
        }
    }
    Err(th.type_error("catching classes that do not inherit from BaseException is not allowed"))
}

pub fn match_group(th: &Thread, exception: Value, classes: Value) -> Result<(Value, Value)> {
    let group = th.vm().exception_class(Exc::BaseExceptionGroup);
    let listed = match classes.downcast::<Tuple>() {
        Some(tuple) => tuple.items().to_vec(),
        None => vec![classes],
    };
    if listed.iter().filter_map(|c| c.as_class()).any(|c| c.is_subclass_of(group)) {
        return Err(th.type_error("catching ExceptionGroup with except* is not allowed. Use except instead."));
    }
    if exception.is_none() {
        return Ok((Value::NONE, Value::NONE));
    }
    if !th.is_instance(exception, group) {
        if !match_exception(th, exception, classes)? {
            return Ok((Value::NONE, exception));
        }
        let wrapped = exception::wrap(th, exception)?;
        return Ok((wrapped, Value::NONE));
    }
    let pair = th.call_method(exception, th.intern("split"), &[classes])?;
    match super::signature::items(pair.downcast()) {
        [matched, rest] => Ok((*matched, *rest)),
        _ => Err(th.type_error(format_args!("{}.split must return a 2-tuple", th.type_name(exception)))),
    }
}

pub fn prepare_reraise_star(th: &Thread, original: Value, raised: Value) -> Result {
    exception::reraise_star(th, original, raised)
}

// ---- imports and interactive use

pub fn import_name(th: &Thread, frame: &Frame, name: usize, level: Value, from: Value) -> Result {
    let name = frame.code.names[name];
    let level = level.as_small_int().unwrap_or(0);
    if let Some(import) = frame.builtins.get_str(th, th.vm().names.__import__)
        && import.downcast::<crate::objects::native::Native>().is_none()
    {
        let locals = if frame.locals.is_empty() { Value::NONE } else { frame.locals };
        return th.call(import, &[name.value(), frame.globals.value(), locals, from, Value::small_int(level)]);
    }
    super::import::import(th, name, frame.globals, from, level as usize)
}

pub fn import_from(th: &Thread, frame: &Frame, module: Value, name: usize) -> Result {
    super::import::import_from(th, module, frame.code.names[name])
}

pub fn import_star(th: &Thread, frame: &Frame, module: Value) -> Result<()> {
    let names = &*th.vm().names;
    let all = ops::find_attr(th, module, names.__all__)?;
    let bind = |name: Value| -> Result<()> {
        let Some(name) = name.as_str_cell() else {
            return Err(th.type_error(format_args!("Item in __all__ must be str, not {}", th.type_name(name))));
        };
        let name = th.intern_str(name);
        let value = ops::get_attr(th, module, name)?;
        match frame.locals {
            Value::EMPTY => {
                frame.globals.set_str(th, name, value);
                Ok(())
            }
            locals => ops::set_item(th, locals, name.value(), value),
        }
    };
    if let Some(all) = all {
        return ops::for_each(th, all, bind);
    }
    let Some(module) = module.downcast::<Module>() else { return Ok(()) };
    let public: Vec<Value> = module
        .namespace
        .entries()
        .into_iter()
        .map(|(key, _)| key)
        .filter(|key| key.as_str_cell().is_some_and(|k| !k.wtf8().starts_with(b"_")))
        .collect();
    let public = Tuple::new(th, &public);
    public.items().iter().try_for_each(|name| bind(*name))
}

pub fn setup_annotations(th: &Thread, frame: &Frame) -> Result<()> {
    let name = th.vm().names.__annotations__;
    let namespace = if frame.locals.is_empty() { frame.globals.value() } else { frame.locals };
    if mapping_get(th, namespace, name.value())?.is_none() {
        ops::set_item(th, namespace, name.value(), Dict::new(th).value())?;
    }
    Ok(())
}

/// An expression statement typed at the prompt.
pub fn display(th: &Thread, value: Value) -> Result<()> {
    let hook = super::import::sys_attribute(th, th.vm().names.displayhook);
    match hook {
        Some(hook) => th.call(hook, &[value]).map(|_| ()),
        None => Err(th.runtime_error("lost sys.displayhook")),
    }
}

/// The value that an asynchronous generator yields, told apart from what it awaits.
pub fn wrap_async(th: &Thread, value: Value) -> Value {
    crate::objects::coroutines::wrap(th, value)
}
