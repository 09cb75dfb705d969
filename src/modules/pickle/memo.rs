//! What the encoder has written already, by identity, and under which number.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::heap::Value;
use crate::objects::list::Items;
use crate::vm::Thread;

use super::stack::Stack;

pub struct Memo {
    /// Numbers by the bits of the values.
    numbers: HashMap<u64, u32, FxBuildHasher>,
    /// The values by their numbers: kept, so that no other object gets the address of one.
    kept: Stack,
}

/// A memo between two uses of its pickler, apart from its store, which the pickler's cell holds.
#[derive(Default)]
pub struct Rest {
    numbers: HashMap<u64, u32, FxBuildHasher>,
    len: usize,
}

impl Rest {
    pub fn entries(&self) -> impl Iterator<Item = (u64, u32)> {
        self.numbers.iter().map(|(bits, number)| (*bits, *number))
    }
}

impl Memo {
    pub fn new(th: &Thread) -> Memo {
        Memo { numbers: HashMap::default(), kept: Stack::new(th) }
    }

    /// The memo whose values lie in `store` (`EMPTY` where there are none).
    pub fn resume(th: &Thread, store: Value, rest: Rest) -> Memo {
        match store.downcast::<Items>() {
            Some(items) => Memo { numbers: rest.numbers, kept: Stack::over(items, rest.len) },
            None => Memo::new(th),
        }
    }

    /// The store with the values, and the rest.
    pub fn suspend(self) -> (Value, Rest) {
        (self.kept.store().value(), Rest { numbers: self.numbers, len: self.kept.len() })
    }

    /// The next number.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    #[inline(always)]
    pub fn find(&self, value: Value) -> Option<u32> {
        self.numbers.get(&value.bits()).copied()
    }

    /// Gives the value the next number.
    #[inline(always)]
    pub fn add(&mut self, th: &Thread, value: Value) -> u32 {
        let number = self.kept.len() as u32;
        self.numbers.insert(value.bits(), number);
        self.kept.push(th, value);
        number
    }

    /// Gives the next number to something that nobody else can refer to.
    pub fn add_unnamed(&mut self, th: &Thread) -> u32 {
        let number = self.kept.len() as u32;
        self.kept.push(th, Value::NONE);
        number
    }
}
