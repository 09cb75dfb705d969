//! `match`: mappings' keys, classes' attributes.

use crate::heap::{Gc, Value};
use crate::objects::class::{Class, flag};
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;

use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

/// Whether the subject is a sequence, as patterns mean it, of so many items.
pub fn has_items(th: &Thread, subject: Value, count: usize) -> Result<bool> {
    Ok(th.class_of(subject).has(flag::SEQUENCE) && ops::len(th, subject)? == count)
}

pub fn match_keys(th: &Thread, subject: Value, keys: Value) -> Result {
    let keys = crate::vm::signature::items(keys.downcast());
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
    let keywords = crate::vm::signature::items(operands[1].downcast());
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
    super::dict_update(th, rest.value(), subject)?;
    for key in crate::vm::signature::items(keys.downcast()) {
        rest.remove_item(th, *key)?;
    }
    Ok(rest.value())
}
