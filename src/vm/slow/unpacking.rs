//! Taking iterables apart: `a, *b = c`.

use std::cmp::Ordering;

use crate::heap::Value;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::tuple::Tuple;

use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

#[cold]
fn cannot_unpack(th: &Thread, source: Value) -> Raised {
    th.type_error(format_args!("cannot unpack non-iterable {} object", th.type_name(source)))
}

pub fn unpack(th: &Thread, source: Value, count: usize, mut put: impl FnMut(usize, Value)) -> Result<()> {
    let exact = source.header().is_some_and(|h| h.is_exact());
    // As many as are wanted, and all at once; or else how many there are.
    let mut put_all = |items: &[Value]| {
        if items.len() == count {
            items.iter().enumerate().for_each(|(at, item)| put(at, *item));
        }
        items.len()
    };
    let found = match source.header().map(|h| h.kind()) {
        Some(kinds::LIST) if exact => source.downcast::<List>().map(|list| list.with_items(th, &mut put_all)),
        Some(kinds::TUPLE) if exact => source.downcast::<Tuple>().map(|tuple| put_all(tuple.items())),
        _ => None,
    };
    if let Some(found) = found {
        return match found.cmp(&count) {
            Ordering::Less => Err(too_few(th, count, found, false)),
            Ordering::Equal => Ok(()),
            Ordering::Greater => {
                Err(th.value_error(format_args!("too many values to unpack (expected {count}, got {found})")))
            }
        };
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
        let total = if exact && source.downcast::<Dict>().is_some() { ops::len(th, source).ok() } else { None };
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
    let list = List::new(th, &[]);
    for at in 0..before {
        match ops::next(th, iterator)? {
            Some(item) => list.push(th, item),
            None => return Err(too_few(th, before + after, at, true)),
        }
    }
    list.extend(th, iterator)?;
    let items = list.items(th);
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
