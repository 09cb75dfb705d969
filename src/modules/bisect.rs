//! `bisect`: finding places in sorted sequences by halving.

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::objects::list::List;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::ops::{self, CompareOp};

pub static BISECT: ModuleDef = ModuleDef { functions: FUNCTIONS, ..ModuleDef::new("_bisect", "Bisection algorithms.") };

const SIGNATURE: &str = "(a, x, lo=0, hi=None, *, key=None)";

const FUNCTIONS: &[NativeDef] = &[
    native(
        "bisect_right",
        SIGNATURE,
        "Return the index where to insert item x in list a, assuming a is sorted: after those equal to it.",
        |th, args| place(th, args, args[1], Side::Right).map(|at| th.int(at)),
    ),
    native(
        "bisect_left",
        SIGNATURE,
        "Return the index where to insert item x in list a, assuming a is sorted: before those equal to it.",
        |th, args| place(th, args, args[1], Side::Left).map(|at| th.int(at)),
    ),
    native(
        "insort_right",
        SIGNATURE,
        "Insert item x in list a, and keep it sorted assuming a is sorted: after those equal to it.",
        |th, args| insert(th, args, Side::Right),
    ),
    native(
        "insort_left",
        SIGNATURE,
        "Insert item x in list a, and keep it sorted assuming a is sorted: before those equal to it.",
        |th, args| insert(th, args, Side::Left),
    ),
];

/// Of the items that are equal.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

fn key_of(args: &[Value]) -> Option<Value> {
    Some(args[4]).filter(|key| !key.is_empty() && !key.is_none())
}

/// Where `x`, which is a key where there is a function for keys, belongs.
fn place(th: &Thread, args: &[Value], x: Value, side: Side) -> Result<i64> {
    let row = args[0];
    let mut low = if args[2].is_empty() { 0 } else { ops::index_i64(th, args[2])? };
    if low < 0 {
        return Err(th.value_error("lo must be non-negative"));
    }
    let mut high = match args[3] {
        end if end.is_empty() || end.is_none() => ops::len(th, row)? as i64,
        end => ops::index_i64(th, end)?,
    };
    while low < high {
        let middle = low + (high - low) / 2;
        let mut item = match row.downcast::<List>().and_then(|list| list.at(middle as usize)) {
            Some(item) => item,
            None => ops::get_item(th, row, th.int(middle))?,
        };
        if let Some(key) = key_of(args) {
            item = th.call(key, &[item])?;
        }
        let (less, more) = match side {
            Side::Left => (item, x),
            Side::Right => (x, item),
        };
        let said = ops::compare(th, CompareOp::Lt, less, more)?;
        match (ops::truthy(th, said)?, side) {
            (true, Side::Left) | (false, Side::Right) => low = middle + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}

fn insert(th: &Thread, args: &[Value], side: Side) -> Result {
    let x = match key_of(args) {
        Some(key) => th.call(key, &[args[1]])?,
        None => args[1],
    };
    let at = place(th, args, x, side)?;
    th.call_method(args[0], th.intern("insert"), &[th.int(at), args[1]])?;
    Ok(Value::NONE)
}
