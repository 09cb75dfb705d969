//! `compile`, and the compiled patterns that are kept, so that `re.match("…", s)` in a loop compiles once.
//!
//! A dict from `(type, pattern, flags)` to patterns, as in CPython; before it a small table in which the patterns of a
//! loop are found without a tuple being made.

use crate::heap::{Gc, Header, Slot, Tracer, Value};
use crate::objects::bytes::Bytes;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::int::IntRef;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::native::{Result, TypeDef};
use crate::vm::{Thread, ops};

use super::parser::{code_points, parse};
use super::pattern::Pattern;
use super::{compile, errors, flags};

/// Patterns kept at most.
const MOST: usize = 512;
/// Entries of the small table.
const QUICK: usize = 64;

struct Cache {
    /// Patterns; the flags that each was asked for with are its own.
    quick: [Slot; QUICK],
    all: Slot,
}

impl NativeState for Cache {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slots(&self.quick);
        tracer.slot(&self.all);
    }
}

static CACHE: TypeDef =
    TypeDef { module: "re", ..TypeDef::new("_cache", kinds::NATIVE_STATE, "Patterns that were compiled.") };

/// The interpreter's cache.
fn cache(th: &Thread) -> &'static Cache {
    let place = &th.vm().pattern_cache;
    if let Some(found) = place.get().downcast::<NativeObject>().and_then(|object| object.state_as::<Cache>()) {
        return found;
    }
    let quick = std::array::from_fn(|_| Slot::default());
    let new = Cache { quick, all: Slot::new(Dict::new(th).value()) };
    let object = native_object::new(th, th.make_native_class(&CACHE), Box::new(new));
    // Another thread may have been quicker: then its cache is the one.
    place.replace_if(Value::EMPTY, object.value());
    match place.get().downcast::<NativeObject>().and_then(|object| object.state_as::<Cache>()) {
        Some(found) => found,
        None => unreachable!("only caches are put there"),
    }
}

/// Forgets all patterns.
pub fn purge(th: &Thread) {
    let cache = cache(th);
    cache.quick.iter().for_each(|entry| entry.set(Value::EMPTY));
    cache.all.set(Dict::new(th).value());
}

/// Where in the small table the pattern is, if it can be there.
fn quick_place(th: &Thread, source: Value, flags: u32) -> Option<usize> {
    let hash = match source.as_str_cell() {
        Some(text) if text.header.is_exact() => text.hash(th),
        Some(_) => return None,
        None => source.downcast::<Bytes>().filter(|bytes| bytes.header.is_exact())?.hash(th) ^ 1,
    };
    Some((hash ^ u64::from(flags)) as usize % QUICK)
}

fn is_same_source(a: Value, b: Value) -> bool {
    if a == b {
        return true;
    }
    match (a.as_str_cell(), b.as_str_cell()) {
        (Some(a), Some(b)) => a.header.is_exact() && b.header.is_exact() && a.same_text(b.get()),
        (None, None) => match (a.downcast::<Bytes>(), b.downcast::<Bytes>()) {
            (Some(a), Some(b)) => a.header.is_exact() && b.header.is_exact() && a.same_bytes(b),
            _ => false,
        },
        _ => false,
    }
}

/// The flags that a program gives, as bits.
fn given_flags(th: &Thread, flags: Value) -> Result<u32> {
    if flags.is_empty() {
        return Ok(0);
    }
    match IntRef::of(flags) {
        Some(number) => match number.to_i64().map(i32::try_from) {
            Some(Ok(number)) => Ok(number as u32),
            _ => Err(th.raise(Exc::OverflowError, "Python int too large to convert to C int")),
        },
        None => {
            let found = th.type_name(flags);
            Err(th.type_error(format_args!("unsupported operand type(s) for &: '{found}' and 'int'")))
        }
    }
}

/// The compiled pattern, from the cache if it is there.
pub fn get(th: &Thread, source: Value, asked: Value) -> Result<Gc<Pattern>> {
    if let Some(pattern) = source.downcast::<Pattern>() {
        return match asked {
            Value::EMPTY => Ok(pattern),
            asked if !ops::truthy(th, asked)? => Ok(pattern),
            _ => Err(th.value_error("cannot process flags argument with a compiled pattern")),
        };
    }
    let flags = if asked.is_empty() { Some(0) } else { small_flags(asked) };
    if let Some(flags) = flags
        && let Some(place) = quick_place(th, source, flags)
        && let Some(pattern) = cache(th).quick[place].get().downcast::<Pattern>()
        && pattern.asked == flags
        && is_same_source(pattern.source, source)
    {
        return Ok(pattern);
    }
    get_slowly(th, source, asked)
}

fn small_flags(asked: Value) -> Option<u32> {
    IntRef::of(asked)?.to_i64().and_then(|flags| u32::try_from(flags).ok())
}

#[cold]
#[inline(never)]
fn get_slowly(th: &Thread, source: Value, asked: Value) -> Result<Gc<Pattern>> {
    let asked_value = if asked.is_empty() { Value::small_int(0) } else { asked };
    let key = th.tuple(&[th.class_of(source).value(), source, asked_value]);
    let cache = cache(th);
    let all = || cache.all.get().downcast::<Dict>().unwrap_or_else(|| Dict::new(th));
    let known = all().get_item(th, key)?.and_then(|found| found.downcast::<Pattern>());
    let pattern = match known {
        Some(pattern) => pattern,
        None => {
            let is_source = source.as_str_cell().is_some() || source.downcast::<Bytes>().is_some();
            if !is_source {
                return Err(th.type_error("first argument must be string or compiled pattern"));
            }
            compiled(th, source, given_flags(th, asked)?)?
        }
    };
    if pattern.asked & flags::DEBUG != 0 {
        return Ok(pattern);
    }
    if let Some(place) = quick_place(th, source, pattern.asked) {
        cache.quick[place].set(pattern.value());
    }
    if known.is_none() {
        let all = all();
        if all.len() >= MOST {
            // The oldest goes.
            if let Some((oldest, _)) = all.entries().first() {
                all.remove_item(th, *oldest)?;
            }
        }
        all.set_item(th, key, pattern.value())?;
    }
    Ok(pattern)
}

/// Compiles a string or bytes.
fn compiled(th: &Thread, source: Value, asked: u32) -> Result<Gc<Pattern>> {
    let (text, is_text) = code_points(source).unwrap_or_default();
    let parsed = parse(th, &text, is_text, asked).map_err(|failure| errors::raise(th, failure, source))?;
    let program = match compile::compile(th, &parsed, is_text) {
        Ok(program) => program,
        Err(compile::Failure::Raised(raised)) => return Err(raised),
        Err(compile::Failure::Pattern(message)) => {
            let error = errors::pattern_error(th, message.as_bytes(), Value::NONE, None)?;
            return Err(th.raise_value(error));
        }
    };
    let group_index = Dict::new(th);
    let mut names = vec![Value::NONE; parsed.groups as usize + 1];
    for (name, group) in &parsed.names {
        let name = th.intern_str(Str::from_wtf8(th, name));
        group_index.set_str(th, name, Value::small_int((*group).into()));
        names[*group as usize] = name.value();
    }
    th.heap().note_external(program.size());
    Ok(th.alloc(Pattern {
        header: Header::of_kind(kinds::PATTERN),
        source,
        flags: parsed.flags,
        asked,
        program: Box::new(program),
        group_index,
        names: Tuple::new(th, &names),
    }))
}
