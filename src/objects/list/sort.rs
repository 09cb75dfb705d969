//! Sorting: stable, by `<` alone.
//!
//! Keys that are all of one built-in type are compared without running any code of the program's: then Rust's own sort
//! does it. Otherwise `<` may do anything, be inconsistent, raise, or look at the list; so a merge sort of our own orders
//! *numbers of items*, while the items themselves lie in a tuple that the collector knows, and the list is empty
//! meanwhile, as CPython's is.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::atomic;

use crate::heap::{Gc, Value};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::Result;
use crate::vm::ops::{self, CompareOp};

use super::{Items, List};

/// `list.sort(key=key, reverse=reverse)`; `key` is None or a callable.
pub fn sort(th: &Thread, list: Gc<List>, key: Value, reverse: bool) -> Result<()> {
    if key.is_none() && sort_at_once(th, list, reverse) {
        return Ok(());
    }
    let items = take(th, list);
    let order = order_of(th, items, key, reverse);
    let modified = put_back(th, list, items, order.as_deref().ok());
    match order {
        Err(raised) => Err(raised),
        Ok(_) if modified => Err(th.value_error("list modified during sort")),
        Ok(_) => Ok(()),
    }
}

/// Sorts under the lock if no code of the program's can run; false otherwise, and nothing has happened.
fn sort_at_once(th: &Thread, list: Gc<List>, reverse: bool) -> bool {
    let _writing = list.get().writing(th);
    let slots = &list.get().slots()[..list.len()];
    let mut values: Vec<Value> = slots.iter().map(|slot| slot.get()).collect();
    match KeyType::of(&values) {
        None => return false,
        // Equal integers are the same: no need to be stable.
        Some(KeyType::Int) if reverse => values.sort_unstable_by_key(|v| std::cmp::Reverse(v.as_int_unchecked())),
        Some(KeyType::Int) => values.sort_unstable_by_key(|v| v.as_int_unchecked()),
        Some(KeyType::Number) if reverse => values.sort_by(|a, b| compare_numbers(number(*b), number(*a))),
        Some(KeyType::Number) => values.sort_by(|a, b| compare_numbers(number(*a), number(*b))),
        Some(KeyType::Str) => {
            let order = order_of_strings(&values, reverse);
            values = order.into_iter().map(|at| values[at as usize]).collect();
        }
    }
    for (slot, value) in slots.iter().zip(values) {
        slot.set(value);
    }
    true
}

/// The types whose keys are compared without code of the program's, all keys being of the type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyType {
    /// Inline integers.
    Int,
    /// Inline integers and floats, none of them NaN.
    Number,
    /// Exact strings.
    Str,
}

impl KeyType {
    fn of(keys: &[Value]) -> Option<KeyType> {
        let first = *keys.first()?;
        if first.is_int() && keys.iter().all(|key| key.is_int()) {
            return Some(KeyType::Int);
        }
        if first.is_int() || first.is_float() {
            let fits = |key: &Value| key.is_int() || key.as_inline_float().is_some_and(|f| !f.is_nan());
            return keys.iter().all(fits).then_some(KeyType::Number);
        }
        let is_str = |key: &Value| key.downcast::<Str>().is_some_and(|s| s.header.is_exact());
        keys.iter().all(is_str).then_some(KeyType::Str)
    }
}

#[inline(always)]
fn number(key: Value) -> f64 {
    if key.is_int() { key.as_int_unchecked() as f64 } else { key.as_float_unchecked() }
}

/// Not `total_cmp`, which tells the zeros apart. Without NaN every pair compares.
#[inline(always)]
fn compare_numbers(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

fn text(key: Value) -> &'static [u8] {
    key.downcast::<Str>().map_or(&[][..], |s| s.wtf8())
}

/// The first bytes of a string, which mostly decide.
fn beginning(key: Value) -> u64 {
    let mut first = [0; 8];
    let text = text(key);
    let len = text.len().min(8);
    first[..len].copy_from_slice(&text[..len]);
    u64::from_be_bytes(first)
}

/// Empties the list and returns what it held.
fn take(th: &Thread, list: Gc<List>) -> Gc<Tuple> {
    let items = list.to_tuple(th);
    list.clear(th);
    items
}

/// Puts the items back, in the order found if there is one; true if somebody has put something there meanwhile.
fn put_back(th: &Thread, list: Gc<List>, items: Gc<Tuple>, order: Option<&[u32]>) -> bool {
    let items = items.items();
    let store = Items::new(th, items.len());
    for (at, slot) in store.slots().iter().enumerate() {
        slot.set(items[order.map_or(at, |order| order[at] as usize)]);
    }
    let _writing = list.get().writing(th);
    let modified = list.items.get().is_some();
    list.items.set(Some(store));
    list.len.store(items.len(), atomic::Ordering::Release);
    modified
}

/// The numbers of the items in sorted order.
fn order_of(th: &Thread, items: Gc<Tuple>, key: Value, reverse: bool) -> Result<Vec<u32>> {
    let keys = if key.is_none() {
        items
    } else {
        let keys = Tuple::unfilled(th, items.len());
        for (at, item) in items.items().iter().enumerate() {
            keys.fill(at, th.call(key, &[*item])?);
        }
        keys
    };
    if let Some(order) = order_built_in(keys.items(), reverse) {
        return Ok(order);
    }
    // Sorting backwards what is in reverse order, and reversing that, keeps equal items in their order.
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    if reverse {
        order.reverse();
    }
    let keys = keys.items();
    merge_sort(&mut order, &mut |a, b| ops::compare_bool(th, CompareOp::Lt, keys[a as usize], keys[b as usize]))?;
    if reverse {
        order.reverse();
    }
    Ok(order)
}

/// The order of keys that are all of a type that allows it.
fn order_built_in(keys: &[Value], reverse: bool) -> Option<Vec<u32>> {
    Some(match KeyType::of(keys)? {
        KeyType::Int => order_by(keys, reverse, Value::as_int_unchecked, |a, b| a.0.cmp(&b.0)),
        KeyType::Number => order_by(keys, reverse, number, |a, b| compare_numbers(a.0, b.0)),
        KeyType::Str => order_of_strings(keys, reverse),
    })
}

fn order_of_strings(keys: &[Value], reverse: bool) -> Vec<u32> {
    let rest = |at: u32| text(keys[at as usize]);
    order_by(keys, reverse, beginning, |a, b| a.0.cmp(&b.0).then_with(|| rest(a.1).cmp(rest(b.1))))
}

/// The order of the keys by something about each, which `compare` gets with the numbers of the keys.
fn order_by<K>(
    keys: &[Value],
    reverse: bool,
    key: impl Fn(Value) -> K,
    compare: impl Fn(&(K, u32), &(K, u32)) -> Ordering,
) -> Vec<u32> {
    let mut pairs: Vec<(K, u32)> = keys.iter().zip(0..).map(|(value, at)| (key(*value), at)).collect();
    if reverse {
        pairs.sort_by(|a, b| compare(b, a));
    } else {
        pairs.sort_by(compare);
    }
    pairs.into_iter().map(|(_, at)| at).collect()
}

type Less<'a> = &'a mut dyn FnMut(u32, u32) -> Result<bool>;

/// The fewest items that a run has; shorter ones are lengthened by insertion.
const MIN_RUN: usize = 32;

/// Sorts by merging runs: what is in order already, or in strictly descending order, is found and used. Nothing is
/// assumed of `less`; if it fails, `order` is left in any order, but complete.
fn merge_sort(order: &mut [u32], less: Less) -> Result<()> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut spare = Vec::new();
    let mut start = 0;
    while start < order.len() {
        let end = start + find_run(&mut order[start..], less)?;
        runs.push(start..end);
        start = end;
        while let Some(at) = unbalanced(&runs) {
            merge_at(order, &mut runs, at, &mut spare, less)?;
        }
    }
    while runs.len() > 1 {
        let at = runs.len() - 2;
        merge_at(order, &mut runs, at, &mut spare, less)?;
    }
    Ok(())
}

/// Which run to merge with the one behind it, so that each is longer than the two behind it together: then few are open,
/// and what is merged is of similar length.
fn unbalanced(runs: &[Range<usize>]) -> Option<usize> {
    let at = runs.len();
    match runs {
        [.., a, b, c] if a.len() <= b.len() + c.len() => Some(if a.len() < c.len() { at - 3 } else { at - 2 }),
        [.., a, b] if a.len() <= b.len() => Some(at - 2),
        _ => None,
    }
}

/// Merges run number `at` with the one behind it.
fn merge_at(
    order: &mut [u32],
    runs: &mut Vec<Range<usize>>,
    at: usize,
    spare: &mut Vec<u32>,
    less: Less,
) -> Result<()> {
    let second = runs.remove(at + 1);
    let first = &mut runs[at];
    let middle = first.len();
    first.end = second.end;
    merge(&mut order[first.clone()], middle, spare, less)
}

/// Makes the beginning of `order` a sorted run and returns its length.
fn find_run(order: &mut [u32], less: Less) -> Result<usize> {
    let mut len = order.len().min(1);
    if order.len() > 1 {
        let descending = less(order[1], order[0])?;
        len = 2;
        while len < order.len() && less(order[len], order[len - 1])? == descending {
            len += 1;
        }
        if descending {
            order[..len].reverse();
        }
    }
    let wanted = order.len().min(MIN_RUN);
    while len < wanted {
        let item = order[len];
        let (mut low, mut high) = (0, len);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(item, order[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        order[low..=len].rotate_right(1);
        len += 1;
    }
    Ok(len)
}

/// Merges the runs before and from `middle` on, of equal items those of the first one first.
fn merge(order: &mut [u32], middle: usize, spare: &mut Vec<u32>, less: Less) -> Result<()> {
    spare.clear();
    spare.extend_from_slice(&order[..middle]);
    let (mut left, mut right, mut to) = (0, middle, 0);
    let mut failure = Ok(());
    while left < middle && right < order.len() {
        match less(order[right], spare[left]) {
            Ok(true) => {
                order[to] = order[right];
                right += 1;
            }
            Ok(false) => {
                order[to] = spare[left];
                left += 1;
            }
            Err(raised) => {
                failure = Err(raised);
                break;
            }
        }
        to += 1;
    }
    // Between `to` and `right` there is room for just what is left of the first run.
    order[to..right].copy_from_slice(&spare[left..]);
    failure
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(keys: &[i32]) -> Vec<u32> {
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        merge_sort(&mut order, &mut |a, b| Ok(keys[a as usize] < keys[b as usize])).unwrap();
        order
    }

    proptest::proptest! {
        #[test]
        fn merge_sort_agrees_with_rusts_stable_sort(keys in proptest::collection::vec(0..50i32, 0..400)) {
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by_key(|at| keys[*at as usize]);
            assert_eq!(sorted(&keys), expected);
        }
    }

    #[test]
    fn merge_sort_compares_sorted_input_once() {
        for descending in [false, true] {
            let mut order: Vec<u32> = (0..1000).collect();
            let mut count = 0;
            let result = merge_sort(&mut order, &mut |a, b| {
                count += 1;
                Ok(if descending { a > b } else { a < b })
            });
            assert!(result.is_ok());
            assert_eq!(count, 999);
        }
    }
}
