//! Tuples, lists, dicts and sets, written piece by piece.

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::set::AnySet;
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Raised, ops};

use super::encode::Encoder;
use super::errors::note;
use super::opcodes::*;

impl Encoder<'_> {
    pub(super) fn tuple(&mut self, tuple: Gc<Tuple>) -> Result<()> {
        let items = tuple.items();
        let protocol = self.settings.protocol;
        if items.is_empty() {
            self.out.push(if protocol >= 1 { &[EMPTY_TUPLE] } else { &[MARK, TUPLE] });
            return Ok(());
        }
        self.th.check_recursion(" while pickling an object")?;
        let short = protocol >= 2 && items.len() <= 3;
        if !short {
            self.out.op(MARK);
        }
        for (at, item) in items.iter().enumerate() {
            self.save(*item).map_err(|raised| note(self.th, raised, format_args!("tuple item {at}")))?;
        }
        if let Some(number) = self.memo.find(tuple.value()) {
            // It holds itself, and was written when its items were.
            match (short, protocol) {
                (true, _) => self.out.push(&[POP; 3][..items.len()]),
                (false, 1..) => self.out.op(POP_MARK),
                (false, _) => (0..=items.len()).for_each(|_| self.out.op(POP)),
            }
            self.get(number);
            return Ok(());
        }
        self.out.op(if short { [TUPLE1, TUPLE2, TUPLE3][items.len() - 1] } else { TUPLE });
        self.remember(tuple.value());
        Ok(())
    }

    pub(super) fn list(&mut self, list: Gc<List>) -> Result<()> {
        self.enter(list.value())?;
        self.out.push(if self.binary() { &[EMPTY_LIST] } else { &[MARK, LIST] });
        self.remember(list.value());
        let grouped = self.binary() && list.len() != 1;
        // Others may add and take items away meanwhile: the list ends where it ends then.
        let mut at = 0;
        while at < list.len() {
            if grouped {
                self.out.op(MARK);
            }
            let end = if grouped { at + BATCH } else { at + 1 };
            while at < end
                && let Some(item) = list.at(at)
            {
                self.save(item).map_err(|raised| note(self.th, raised, format_args!("list item {at}")))?;
                at += 1;
            }
            self.out.op(if grouped { APPENDS } else { APPEND });
        }
        self.leave();
        Ok(())
    }

    pub(super) fn dict(&mut self, dict: Gc<Dict>) -> Result<()> {
        self.enter(dict.value())?;
        self.out.push(if self.binary() { &[EMPTY_DICT] } else { &[MARK, DICT] });
        self.remember(dict.value());
        let len = dict.len();
        let grouped = self.binary() && len > 1;
        let mut written = 0;
        for (_, key, value) in dict.live_entries() {
            if grouped && written % BATCH == 0 {
                self.out.op(MARK);
            }
            self.save(key)?;
            if let Err(raised) = self.save(value) {
                return Err(self.note_key(raised, "dict", key));
            }
            written += 1;
            if dict.len() != len {
                return Err(self.th.runtime_error("dictionary changed size during iteration"));
            }
            if !grouped {
                self.out.op(SETITEM);
            } else if written % BATCH == 0 {
                self.out.op(SETITEMS);
            }
        }
        if grouped && written % BATCH != 0 {
            self.out.op(SETITEMS);
        }
        self.leave();
        Ok(())
    }

    /// Says of an error which key's value was being written.
    #[cold]
    pub(super) fn note_key(&self, raised: Raised, owner: &str, key: Value) -> Raised {
        let error = self.th.take_exception(raised);
        // What the key shows of itself may be code of the program's.
        self.th.keep(error);
        let shown = ops::repr(self.th, key);
        self.th.unkeep(1);
        match shown {
            Ok(shown) => {
                let raised = self.th.raise_value(error);
                note(self.th, raised, format_args!("{owner} item {}", shown.to_text()))
            }
            Err(raised) => raised,
        }
    }

    pub(super) fn set(&mut self, value: Value, set: AnySet) -> Result<()> {
        self.th.check_recursion(" while pickling an object")?;
        self.th.poll()?;
        let frozen = value.header().is_some_and(|header| header.kind() == kinds::FROZENSET);
        // A snapshot, which the collector has to know while code of the program's runs.
        let items = Tuple::new(self.th, &set.items(self.th));
        if self.settings.protocol < 4 {
            let class = self.th.class_of(value);
            let items = self.th.list(items.items());
            let parts = [class.value(), self.th.tuple(&[items])];
            // The notes of an error do not name the set itself, as in CPython.
            return self.parts(value, &parts, &self.class_text(class));
        }
        if frozen { self.frozenset(value, items) } else { self.mutable_set(value, set, items) }
    }

    fn mutable_set(&mut self, value: Value, set: AnySet, items: Gc<Tuple>) -> Result<()> {
        self.out.op(EMPTY_SET);
        self.remember(value);
        for batch in items.items().chunks(BATCH) {
            self.out.op(MARK);
            for item in batch {
                self.save(*item).map_err(|raised| note(self.th, raised, "set element"))?;
                if set.len() != items.len() {
                    return Err(self.th.runtime_error("set changed size during iteration"));
                }
            }
            self.out.op(ADDITEMS);
        }
        Ok(())
    }

    fn frozenset(&mut self, value: Value, items: Gc<Tuple>) -> Result<()> {
        self.out.op(MARK);
        for item in items.items() {
            self.save(*item).map_err(|raised| note(self.th, raised, "frozenset element"))?;
        }
        if let Some(number) = self.memo.find(value) {
            // It holds itself.
            self.out.op(POP_MARK);
            self.get(number);
            return Ok(());
        }
        self.out.op(FROZENSET);
        self.remember(value);
        Ok(())
    }

    /// Items that an iterator gives, for the list-like object just written.
    pub(super) fn append_all(&mut self, owner: &str, iterator: Value) -> Result<()> {
        let mut count = 0;
        self.in_batches(
            APPEND,
            APPENDS,
            |encoder| ops::next(encoder.th, iterator),
            |encoder, item| {
                encoder.save(item).map_err(|raised| note(encoder.th, raised, format_args!("{owner} item {count}")))?;
                count += 1;
                Ok(())
            },
        )
    }

    /// Pairs of keys and values that an iterator gives, for the dict-like object just written.
    pub(super) fn set_all(&mut self, owner: &str, iterator: Value) -> Result<()> {
        self.in_batches(
            SETITEM,
            SETITEMS,
            |encoder| encoder.next_pair(iterator),
            |encoder, [key, value]| {
                encoder.save(key)?;
                encoder.save(value).map_err(|raised| encoder.note_key(raised, owner, key))
            },
        )
    }

    /// Writes what `next` gives: several together behind a mark, one alone without.
    fn in_batches<T>(
        &mut self,
        one: u8,
        many: u8,
        mut next: impl FnMut(&mut Self) -> Result<Option<T>>,
        mut save: impl FnMut(&mut Self, T) -> Result<()>,
    ) -> Result<()> {
        while let Some(first) = next(self)? {
            let second = if self.binary() { next(self)? } else { None };
            if second.is_none() {
                save(self, first)?;
                self.out.op(one);
                continue;
            }
            self.out.op(MARK);
            save(self, first)?;
            let (mut pending, mut count) = (second, 1);
            while let Some(item) = pending {
                save(self, item)?;
                count += 1;
                pending = if count < BATCH { next(self)? } else { None };
            }
            self.out.op(many);
        }
        Ok(())
    }

    fn next_pair(&self, iterator: Value) -> Result<Option<[Value; 2]>> {
        let Some(pair) = ops::next(self.th, iterator)? else { return Ok(None) };
        match pair.downcast::<Tuple>().map(Gc::<Tuple>::items) {
            Some([key, value]) => Ok(Some([*key, *value])),
            _ => Err(self.th.type_error("dict items iterator must return 2-tuples")),
        }
    }
}
