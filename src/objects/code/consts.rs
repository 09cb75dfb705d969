//! `co_consts`: the constants of the source, as CPython lists them. Here the small ones lie within instructions and never
//! reach the pool, so the list is put together from the instructions when somebody asks for it.

use crate::compiler::code::flags;
use crate::compiler::opcodes::Op;
use crate::heap::{Gc, Value};
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::Code;

/// Integers that CPython has an instruction for; only as the first constant do they stay in the list.
const SMALL: std::ops::RangeInclusive<i64> = 0..=255;

/// The same tuple each time.
pub(super) fn of(th: &Thread, code: Gc<Code>) -> Gc<Tuple> {
    if let Some(tuple) = code.consts_tuple.get() {
        return tuple;
    }
    let tuple = Tuple::new(th, &list(th, code));
    code.consts_tuple.set(Some(tuple));
    tuple
}

/// In the order of the instructions; what the compiler computed from other constants comes last.
fn list(th: &Thread, code: Gc<Code>) -> Vec<Value> {
    let mut shown = Shown { values: Vec::new(), computed: Vec::new(), is_first: true };
    if code.flags & flags::HAS_DOCSTRING != 0
        && let Some(doc) = code.body.consts().first()
    {
        shown.add(th, *doc);
    }
    let last = code.body.instructions().len().saturating_sub(1);
    for (at, instr) in code.body.compiled().enumerate() {
        match instr.op() {
            Op::LoadConst | Op::MakeFunction | Op::CallKw => {
                if let Some(value) = code.body.consts().get(instr.c()) {
                    shown.add(th, *value);
                }
            }
            Op::LoadInt | Op::AddInt | Op::SubInt | Op::MulInt | Op::FloorDivInt | Op::ModInt => {
                shown.add(th, th.int(instr.c_signed()));
            }
            Op::IAddInt | Op::ISubInt => shown.add(th, th.int(instr.c_signed())),
            Op::JumpUnlessLtInt
            | Op::JumpUnlessLeInt
            | Op::JumpUnlessGtInt
            | Op::JumpUnlessGeInt
            | Op::JumpUnlessEqInt
            | Op::JumpUnlessNeInt => shown.add(th, th.int(instr.b_signed())),
            Op::LoadNone => shown.add(th, Value::NONE),
            Op::ReturnNone if at < last => shown.add(th, Value::NONE),
            _ => {}
        }
    }
    if code.body.instructions().last().is_some_and(|instr| instr.op() == Op::ReturnNone) {
        shown.add(th, Value::NONE);
    }
    shown.values.append(&mut shown.computed);
    shown.values
}

struct Shown {
    values: Vec<Value>,
    computed: Vec<Value>,
    is_first: bool,
}

impl Shown {
    fn add(&mut self, th: &Thread, value: Value) {
        let negative = value.as_small_int().filter(|number| *number < 0);
        // The first constant stays although it is not used any more: what a computed one was computed from.
        if std::mem::take(&mut self.is_first) {
            let first = match (negative, first_leaf(value)) {
                (Some(number), _) => th.int(-number),
                (None, leaf) => leaf,
            };
            self.values.push(first);
        }
        let is_computed = negative.is_some() || value.downcast::<Tuple>().is_some();
        let is_listed = |list: &[Value]| list.iter().any(|listed| same(th, *listed, value).unwrap_or(false));
        if value.as_small_int().is_some_and(|number| SMALL.contains(&number))
            || is_listed(&self.values)
            || is_listed(&self.computed)
        {
            return;
        }
        if is_computed { self.computed.push(value) } else { self.values.push(value) }
    }
}

fn first_leaf(value: Value) -> Value {
    let mut leaf = value;
    while let Some(first) = leaf.downcast::<Tuple>().and_then(|tuple| tuple.items().first().copied()) {
        leaf = first;
    }
    leaf
}

/// Whether two constants are one: equal and of one type, all the way down (`0.0` and `-0.0` differ).
pub(super) fn same(th: &Thread, a: Value, b: Value) -> Result<bool> {
    if a == b {
        return Ok(true);
    }
    if th.class_of(a) != th.class_of(b) || a.is_float() || b.is_float() {
        return Ok(false);
    }
    if let (Some(a), Some(b)) = (a.downcast::<Tuple>(), b.downcast::<Tuple>()) {
        if a.len() != b.len() {
            return Ok(false);
        }
        for (x, y) in a.items().iter().zip(b.items()) {
            if !same(th, *x, *y)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    ops::equal(th, a, b)
}
