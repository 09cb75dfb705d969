//! Items and slices of lists: `l[key]`, `l[key] = v`, `del l[key]`.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Slot, Value};
use crate::objects::sequences::{Selection, item_index};
use crate::objects::slice::{Bounds, Slice};
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::{Items, List};

/// `list[key]`
#[inline(never)]
pub fn get_item(th: &Thread, list: Gc<List>, key: Value) -> Result {
    if let Some(slice) = key.downcast::<Slice>() {
        return Ok(get_slice(th, list, slice.unpack(th)?).value());
    }
    let index = item_index(th, "list", key, || list.len())?;
    match index.and_then(|index| list.at(index)) {
        Some(item) => Ok(item),
        None => Err(th.index_error("list index out of range")),
    }
}

/// `list[key] = value`
#[inline(never)]
pub fn set_item(th: &Thread, list: Gc<List>, key: Value, value: Value) -> Result<()> {
    if let Some(slice) = key.downcast::<Slice>() {
        return set_slice(th, list, slice.unpack(th)?, value);
    }
    match item_index(th, "list", key, || list.len())? {
        Some(index) if list.set_at(th, index, value) => Ok(()),
        _ => Err(th.index_error("list assignment index out of range")),
    }
}

/// `del list[key]`
pub fn del_item(th: &Thread, list: Gc<List>, key: Value) -> Result<()> {
    if let Some(slice) = key.downcast::<Slice>() {
        del_slice(th, list, slice.unpack(th)?);
        return Ok(());
    }
    match item_index(th, "list", key, || list.len())?.and_then(|index| list.remove_at(th, index)) {
        Some(_) => Ok(()),
        None => Err(th.index_error("list assignment index out of range")),
    }
}

/// `list[start:stop:step]`
pub fn get_slice(th: &Thread, list: Gc<List>, bounds: Bounds) -> Gc<List> {
    if !th.shares_objects() {
        // SAFETY: no thread runs but this one.
        let items = unsafe { Slot::as_values(&list.get().slots()[..list.len()]) };
        let selection = Selection::new(bounds, items.len());
        if selection.step == 1 {
            return List::new(th, &items[selection.start..][..selection.count]);
        }
    }
    list.at_one_moment(th, |slots| slice(th, slots, bounds))
}

fn slice(th: &Thread, slots: &[Slot], bounds: Bounds) -> Gc<List> {
    let selection = Selection::new(bounds, slots.len());
    let part = List::with_capacity(th, selection.count);
    let mut from = selection.start as i64;
    for to in &part.get().slots()[..selection.count] {
        to.set(slots[from as usize].get());
        // Beyond the last one the place means nothing, and a large step may lead beyond all numbers.
        from = from.wrapping_add(selection.step);
    }
    part.len.store(selection.count, Ordering::Release);
    part
}

/// `list[start:stop:step] = value`
pub fn set_slice(th: &Thread, list: Gc<List>, bounds: Bounds, value: Value) -> Result<()> {
    // What another thread may write must be copied, and so must the list itself.
    if let Some(other) = value.downcast::<List>()
        && other != list
        && !th.shares_objects()
    {
        return other.with_items(th, |values| assign(th, list, bounds, values));
    }
    assign(th, list, bounds, row_of(th, value)?.items())
}

fn assign(th: &Thread, list: Gc<List>, bounds: Bounds, values: &[Value]) -> Result<()> {
    let writing = list.get().writing(th);
    let slots = &list.get().slots()[..list.len()];
    let selection = Selection::new(bounds, slots.len());
    if selection.step == 1 {
        list.splice_locked(th, selection.start, selection.count, values);
        return Ok(());
    }
    if values.len() != selection.count {
        let (given, wanted) = (values.len(), selection.count);
        drop(writing);
        return Err(th.value_error(format_args!(
            "attempt to assign sequence of size {given} to extended slice of size {wanted}"
        )));
    }
    let mut to = selection.start as i64;
    for value in values {
        slots[to as usize].set(*value);
        // As in `get_slice`.
        to = to.wrapping_add(selection.step);
    }
    Ok(())
}

/// What is assigned to a slice, as a tuple.
fn row_of(th: &Thread, value: Value) -> Result<Gc<Tuple>> {
    if let Some(tuple) = value.downcast::<Tuple>() {
        return Ok(tuple);
    }
    if let Some(list) = value.downcast::<List>() {
        return Ok(list.to_tuple(th));
    }
    if !ops::is_iterable(th, value) {
        return Err(th.type_error("must assign iterable to extended slice"));
    }
    Ok(ops::collect(th, value)?.to_tuple(th))
}

fn del_slice(th: &Thread, list: Gc<List>, bounds: Bounds) {
    let _writing = list.get().writing(th);
    let slots = &list.get().slots()[..list.len()];
    let selection = ascending(Selection::new(bounds, slots.len()));
    if selection.step == 1 {
        list.splice_locked(th, selection.start, selection.count, &[]);
        return;
    }
    let kept = slots.len() - selection.count;
    let mut gone = selection.indices().peekable();
    let stay = slots.iter().enumerate().filter(|(at, _)| gone.next_if_eq(at).is_none());
    let items = Items::new(th, kept);
    for (to, (_, from)) in items.slots().iter().zip(stay) {
        to.set(Slot::get(from));
    }
    list.publish(items, kept);
}

/// The same items in ascending order.
fn ascending(selection: Selection) -> Selection {
    if selection.step > 0 || selection.count == 0 {
        return selection;
    }
    let last = selection.start as i64 + (selection.count as i64 - 1) * selection.step;
    Selection { start: last as usize, step: selection.step.saturating_neg(), count: selection.count }
}
