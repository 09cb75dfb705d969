//! The opcodes that make containers of what lies on the stack, or fill those that lie below it. Items are kept in a tuple
//! while methods of the program's own containers are called.

use crate::heap::Gc;
use crate::objects::dict::Dict;
use crate::objects::list::List;
use crate::objects::set::{FrozenSet, Set};
use crate::vm::native::Result;
use crate::vm::ops;

use super::decode::Decoder;
use super::errors::unpickling;

impl Decoder<'_> {
    pub(super) fn tuple_of(&mut self, count: usize) -> Result<()> {
        let at = match self.stack.len().checked_sub(count) {
            Some(at) if at >= self.floor() => at,
            _ => return Err(self.underflow()),
        };
        let tuple = self.stack.take_tuple(self.th, at);
        self.push(tuple.value());
        Ok(())
    }

    /// What lies below the values from `at` on: the container that they go into.
    fn container(&self, at: usize) -> Result {
        match at.checked_sub(1) {
            Some(place) if place >= self.floor() => self.stack.get(place).ok_or_else(|| self.underflow()),
            _ => Err(self.underflow()),
        }
    }

    pub(super) fn append(&mut self, at: usize) -> Result<()> {
        let th = self.th;
        let container = self.container(at)?;
        if let Some(list) = container.downcast::<List>().filter(|list| list.header().is_exact()) {
            list.push_all(th, &self.stack.copy_from(at));
            self.stack.truncate(at);
            return Ok(());
        }
        let items = self.stack.take_tuple(th, at);
        if items.is_empty() {
            return Ok(());
        }
        if let Some(extend) = ops::find_attr(th, container, th.intern("extend"))? {
            th.call(extend, &[th.list(items.items())])?;
            return Ok(());
        }
        let append = ops::get_attr(th, container, th.vm().names.append)?;
        for item in items.items() {
            th.call(append, &[*item])?;
        }
        Ok(())
    }

    pub(super) fn set_items(&mut self, at: usize) -> Result<()> {
        let container = self.container(at)?;
        if !(self.stack.len() - at).is_multiple_of(2) {
            return Err(unpickling(self.th, "odd number of items for SETITEMS"));
        }
        if let Some(dict) = container.downcast::<Dict>().filter(|dict| dict.header().is_exact()) {
            return self.fill(dict, at);
        }
        let pairs = self.stack.take_tuple(self.th, at);
        for pair in pairs.items().chunks_exact(2) {
            ops::set_item(self.th, container, pair[0], pair[1])?;
        }
        Ok(())
    }

    /// Stores the keys and values from `at` on, and drops them.
    fn fill(&mut self, dict: Gc<Dict>, at: usize) -> Result<()> {
        for place in (at..self.stack.len()).step_by(2) {
            let (Some(key), Some(value)) = (self.stack.get(place), self.stack.get(place + 1)) else { break };
            dict.set_item(self.th, key, value)?;
        }
        self.stack.truncate(at);
        Ok(())
    }

    pub(super) fn dict(&mut self) -> Result<()> {
        let mark = self.mark()?;
        let count = self.stack.len() - mark;
        if !count.is_multiple_of(2) {
            return Err(unpickling(self.th, "odd number of items for DICT"));
        }
        let dict = Dict::with_capacity(self.th, count / 2);
        self.fill(dict, mark)?;
        self.push(dict.value());
        Ok(())
    }

    pub(super) fn add_items(&mut self) -> Result<()> {
        let th = self.th;
        let mark = self.mark()?;
        let container = self.container(mark)?;
        let items = self.stack.take_tuple(th, mark);
        if let Some(set) = container.downcast::<Set>().filter(|set| set.header().is_exact()) {
            return set.update(th, items.value());
        }
        let add = ops::get_attr(th, container, th.intern("add"))?;
        for item in items.items() {
            th.call(add, &[*item])?;
        }
        Ok(())
    }

    pub(super) fn frozenset(&mut self) -> Result<()> {
        let mark = self.mark()?;
        let items = self.stack.take_tuple(self.th, mark);
        let set = FrozenSet::new(self.th);
        set.any_frozen().update(self.th, items.value())?;
        self.push(set.value());
        Ok(())
    }
}
