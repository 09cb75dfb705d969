//! The constant pool. Two constants are one if CPython would call them so: equal *and* of one type, all the way down;
//! `1`, `1.0` and `True` differ, and so do `0.0` and `-0.0`.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use crate::compiler::code::Const;
use crate::compiler::opcodes::{Instr, Op};

use super::{Emitter, Reg};

#[derive(Default)]
pub(super) struct Pool {
    consts: Vec<Const>,
    index: FxHashMap<Key, u32>,
}

impl Pool {
    pub fn index(&mut self, value: Const) -> u32 {
        let next = self.consts.len() as u32;
        if matches!(value, Const::Code(_)) {
            self.consts.push(value);
            return next;
        }

        *self.index.entry(Key(value)).or_insert_with_key(|key| {
            self.consts.push(key.0.clone());
            next
        })
    }

    /// A place for a constant that is not known yet.
    pub fn reserve(&mut self) -> u32 {
        self.consts.push(Const::None);
        self.consts.len() as u32 - 1
    }

    pub fn fill(&mut self, at: u32, value: Const) {
        self.consts[at as usize] = value;
    }

    pub fn into_consts(self) -> Vec<Const> {
        self.consts
    }
}

struct Key(Const);

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.0, state);
    }
}

pub(super) fn same(left: &Const, right: &Const) -> bool {
    match (left, right) {
        (Const::Float(a), Const::Float(b)) => a.to_bits() == b.to_bits(),
        (Const::Complex(a, b), Const::Complex(c, d)) => a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits(),
        (Const::Tuple(a), Const::Tuple(b)) | (Const::FrozenSet(a), Const::FrozenSet(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        _ => left == right,
    }
}

fn hash<H: Hasher>(value: &Const, state: &mut H) {
    std::mem::discriminant(value).hash(state);
    match value {
        Const::None | Const::Ellipsis | Const::Code(_) => {}
        Const::Bool(value) => value.hash(state),
        Const::Int(value) => value.hash(state),
        Const::Float(value) => value.to_bits().hash(state),
        Const::Complex(real, imaginary) => (real.to_bits(), imaginary.to_bits()).hash(state),
        Const::Str(bytes) | Const::Bytes(bytes) => bytes.hash(state),
        Const::Tuple(items) | Const::FrozenSet(items) => items.iter().for_each(|item| hash(item, state)),
    }
}

impl Emitter<'_> {
    pub(super) fn load_const(&mut self, dst: Reg, value: Const) {
        if let Const::Int(number) = &value
            && let Some(number) = i64::try_from(number).ok().filter(|number| Instr::C_SIGNED.contains(number))
        {
            return self.load_int(dst, number);
        }
        if value == Const::None {
            return self.emit(Op::LoadNone, dst, 0, 0);
        }
        let at = self.constant(value);
        self.emit(Op::LoadConst, dst, 0, at);
    }

    /// `number` must fit into 24 bits.
    pub(super) fn load_int(&mut self, dst: Reg, number: i64) {
        self.emit(Op::LoadInt, dst, 0, number as u32 & Instr::C_MAX);
    }

    pub(super) fn load_str(&mut self, dst: Reg, text: &str) {
        self.load_const(dst, str_const(text));
    }
}

pub(super) fn str_const(text: &str) -> Const {
    Const::Str(text.as_bytes().into())
}
