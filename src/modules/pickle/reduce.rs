//! Objects that say themselves how they are made again: `__reduce_ex__`, the functions registered for their class, and
//! plain instances, of which the same is known without asking.

use crate::heap::{Gc, Header, Value};
use crate::objects::class::{Class, flag};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::function::Function;
use crate::objects::module::Module;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::{instance, kinds};
use crate::vm::native::Result;
use crate::vm::{import, ops};

use super::encode::Encoder;
use super::errors::{note, pickling};
use super::opcodes::*;

impl Encoder<'_> {
    /// Whatever has no opcodes of its own.
    pub(super) fn other(&mut self, value: Value) -> Result<()> {
        let th = self.th;
        th.check_recursion(" while pickling an object")?;
        th.poll()?;
        if let Some(hook) = self.settings.reducer_override {
            let reduced = th.call(hook, &[value])?;
            if reduced != Value::NOT_IMPLEMENTED {
                return self.reduced(value, reduced);
            }
        }
        let class = th.class_of(value);
        let type_class = th.vm().class_of_kind(kinds::CLASS);
        if class == type_class {
            return self.class(value);
        }
        if value.downcast::<Function>().is_some() {
            return self.global(value, None);
        }
        if self.is_pickle_buffer(class) {
            return self.pickle_buffer(value);
        }
        if let Some(reducer) = self.registered(class)? {
            let reduced = th.call(reducer, &[value])?;
            return self.reduced(value, reduced);
        }
        if class.is_subclass_of(type_class) {
            return self.global(value, None);
        }
        if self.settings.protocol >= 2 && self.is_plain(value, class) {
            return self.instance(value, class);
        }
        let reduced = self.ask(value)?;
        self.reduced(value, reduced)
    }

    /// The function that makes the parts of objects of a class, if one is registered.
    fn registered(&mut self, class: Gc<Class>) -> Result<Option<Value>> {
        let th = self.th;
        let table = self.settings.dispatch_table;
        if !table.is_empty() {
            return match ops::get_item(th, table, class.value()) {
                Ok(reducer) => Ok(Some(reducer)),
                Err(raised) => th.caught(raised, Exc::KeyError).map(|_| None),
            };
        }
        if let Some(reducers) = self.settings.reducers
            && let Some(reducer) = reducers.get_item(th, class.value())?
        {
            return Ok(Some(reducer));
        }
        let reducers = match self.reducers {
            Some(reducers) => reducers,
            None => {
                let copyreg = import::import_by_name(th, th.intern("copyreg"))?;
                let table = ops::get_attr(th, copyreg, th.intern("dispatch_table"))?;
                let Some(table) = table.downcast::<Dict>() else {
                    return Err(pickling(
                        th,
                        "copyreg.dispatch_table should be a dict, not ".to_owned() + &th.type_name(table),
                    ));
                };
                *self.reducers.insert(table)
            }
        };
        reducers.get_item(th, class.value())
    }

    /// What the object's own methods say.
    fn ask(&mut self, value: Value) -> Result {
        let th = self.th;
        if let Some(method) = ops::find_attr(th, value, th.vm().names.__reduce_ex__)? {
            return th.call(method, &[Value::small_int(i64::from(self.settings.protocol))]);
        }
        if let Some(method) = ops::find_attr(th, value, th.vm().names.__reduce__)? {
            return th.call(method, &[]);
        }
        let (class, shown) = (th.type_name(value), ops::repr(th, value)?);
        Err(pickling(th, format_args!("can't pickle '{class}' object: {}", shown.to_text())))
    }

    // ---- plain instances

    /// Whether an object is nothing but a class and attributes, and has no other opinion.
    fn is_plain(&self, value: Value, class: Gc<Class>) -> bool {
        let th = self.th;
        if value.header().map(Header::kind) != Some(kinds::OBJECT)
            || class.def.is_some()
            || !class.has(flag::HAS_DICT)
            || class.has(flag::GETATTRIBUTE)
            || class.has(flag::GETATTR)
        {
            return false;
        }
        let names = &*th.vm().names;
        let object = th.vm().class_of_kind(kinds::OBJECT);
        let inherits = |name: Gc<Str>| th.lookup(class, name) == th.lookup(object, name);
        inherits(names.__reduce_ex__)
            && inherits(names.__reduce__)
            && inherits(names.__getstate__)
            && inherits(names.__class__)
            && th.lookup(class, names.__getnewargs__).is_none()
            && th.lookup(class, th.intern("__getnewargs_ex__")).is_none()
            && th.vm().shapes().get(class.root_shape()).is_some_and(|root| root.names.is_empty())
    }

    fn instance(&mut self, value: Value, class: Gc<Class>) -> Result<()> {
        let th = self.th;
        let names = &*th.vm().names;
        let own = instance::own_names(th, value);
        if own.iter().any(|name| [names.__reduce_ex__, names.__reduce__, names.__getstate__].contains(name)) {
            let reduced = self.ask(value)?;
            return self.reduced(value, reduced);
        }
        let named =
            |encoder: &Self, raised, what: &str| note(th, raised, format_args!("{} {what}", encoder.class_text(class)));
        let written = match self.save(class.value()) {
            Ok(()) => {
                self.out.push(&[EMPTY_TUPLE, NEWOBJ]);
                self.remember(value);
                self.attributes(value, own).map_err(|raised| named(self, raised, "state"))
            }
            Err(raised) => Err(named(self, raised, "class")),
        };
        written.map_err(|raised| named(self, raised, "object"))
    }

    /// The attributes as the dict that `__dict__` would be; nothing where there are none.
    fn attributes(&mut self, value: Value, own: Vec<Gc<Str>>) -> Result<()> {
        let th = self.th;
        let shape = value.header().and_then(|header| th.vm().shapes().get(header.shape()));
        if shape.is_none_or(|shape| shape.dictionary) {
            // Somebody may have seen the dict and hold on to it.
            let dict = instance::dictionary(th, value);
            if !dict.is_empty() {
                self.save(dict.value())?;
                self.out.op(BUILD);
            }
            return Ok(());
        }
        let pairs: Vec<Value> = own
            .into_iter()
            .filter_map(|name| Some([name.value(), instance::get_own(th, value, name)?]))
            .flatten()
            .collect();
        if pairs.is_empty() {
            return Ok(());
        }
        // What is written runs code of the program's: the collector has to know the values.
        let pairs = Tuple::new(th, &pairs);
        self.out.op(EMPTY_DICT);
        self.remember_unnamed();
        let grouped = pairs.len() > 2;
        for batch in pairs.items().chunks(2 * BATCH) {
            if grouped {
                self.out.op(MARK);
            }
            for pair in batch.chunks_exact(2) {
                self.save(pair[0])?;
                self.save(pair[1]).map_err(|raised| self.note_key(raised, "dict", pair[0]))?;
            }
            self.out.op(if grouped { SETITEMS } else { SETITEM });
        }
        self.out.op(BUILD);
        Ok(())
    }

    // ---- what `__reduce_ex__` gives

    pub(super) fn reduced(&mut self, value: Value, reduced: Value) -> Result<()> {
        if let Some(name) = reduced.as_str_cell() {
            return self.global(value, Some(name));
        }
        let Some(parts) = reduced.downcast::<Tuple>() else {
            let given = self.th.type_name(reduced);
            let message = format!("__reduce__ must return a string or tuple, not {given}");
            return Err(self.of_object(value, pickling(self.th, message)));
        };
        self.save_reduced(value, parts.items())
    }

    fn of_object(&self, value: Value, raised: crate::vm::Raised) -> crate::vm::Raised {
        note(self.th, raised, format_args!("{} object", self.class_text(self.th.class_of(value))))
    }

    /// Writes an object that is made by a call. The caller holds the parts.
    pub(super) fn save_reduced(&mut self, value: Value, parts: &[Value]) -> Result<()> {
        let owner = self.class_text(self.th.class_of(value));
        self.parts(value, parts, &owner).map_err(|raised| note(self.th, raised, format_args!("{owner} object")))
    }

    pub(super) fn parts(&mut self, value: Value, parts: &[Value], owner: &str) -> Result<()> {
        let th = self.th;
        let wrong = |place: &str, wanted: &str, given: Value| {
            let given = th.type_name(given);
            pickling(th, format_args!("{place} item of the tuple returned by __reduce__ must be {wanted}, not {given}"))
        };
        if !(2..=6).contains(&parts.len()) {
            return Err(pickling(th, "tuple returned by __reduce__ must contain 2 through 6 elements"));
        }
        let given = |at: usize| parts.get(at).copied().filter(|part| !part.is_none());
        let (function, state, items, pairs, setter) = (parts[0], given(2), given(3), given(4), given(5));
        if !ops::is_callable(th, function) {
            return Err(wrong("first", "callable", function));
        }
        let Some(arguments) = parts[1].downcast::<Tuple>() else { return Err(wrong("second", "a tuple", parts[1])) };
        if let Some(items) = items.filter(|items| !ops::is_iterator(th, *items)) {
            return Err(wrong("fourth", "an iterator", items));
        }
        if let Some(pairs) = pairs.filter(|pairs| !ops::is_iterator(th, *pairs)) {
            return Err(wrong("fifth", "an iterator", pairs));
        }
        if let Some(setter) = setter.filter(|setter| !ops::is_callable(th, *setter)) {
            return Err(wrong("sixth", "callable", setter));
        }
        self.construction(value, function, arguments, owner)?;
        self.remember_made(value)?;
        if let Some(items) = items {
            self.append_all(owner, items)?;
        }
        if let Some(pairs) = pairs {
            self.set_all(owner, pairs)?;
        }
        match (state, setter) {
            (None, _) => Ok(()),
            (Some(state), None) => {
                self.save(state).map_err(|raised| note(th, raised, format_args!("{owner} state")))?;
                self.out.op(BUILD);
                Ok(())
            }
            (Some(state), Some(setter)) => {
                self.save(setter).map_err(|raised| note(th, raised, format_args!("{owner} state setter")))?;
                self.save(value)?;
                self.save(state).map_err(|raised| note(th, raised, format_args!("{owner} state")))?;
                self.out.push(&[TUPLE2, REDUCE, POP]);
                Ok(())
            }
        }
    }

    /// The object has just been made; while its arguments were written, it may have been written as a whole.
    fn remember_made(&mut self, value: Value) -> Result<()> {
        match self.memo.find(value) {
            Some(number) => {
                self.out.op(POP);
                self.get(number);
            }
            None => self.remember(value),
        }
        Ok(())
    }

    fn construction(&mut self, value: Value, function: Value, arguments: Gc<Tuple>, owner: &str) -> Result<()> {
        let th = self.th;
        if self.settings.protocol >= 2
            && let Some(name) = ops::find_attr(th, function, th.vm().names.__name__)?.and_then(Value::as_str_cell)
        {
            match name.wtf8() {
                b"__newobj__" => return self.new_object(value, arguments.items(), owner),
                b"__newobj_ex__" => return self.new_object_with_keywords(arguments.items(), owner),
                _ => {}
            }
        }
        self.save(function).map_err(|raised| note(th, raised, format_args!("{owner} reconstructor")))?;
        self.save(arguments.value())
            .map_err(|raised| note(th, raised, format_args!("{owner} reconstructor arguments")))?;
        self.out.op(REDUCE);
        Ok(())
    }

    /// A class and the arguments of its `__new__`.
    fn new_object(&mut self, value: Value, arguments: &[Value], owner: &str) -> Result<()> {
        let th = self.th;
        let Some((class, arguments)) = arguments.split_first() else {
            return Err(pickling(th, "__newobj__ expected at least 1 argument, got 0"));
        };
        self.check_class(*class, "__newobj__")?;
        let own = ops::get_attr(th, value, th.vm().names.__class__)?;
        if own != *class {
            let (own, class) = (ops::repr(th, own)?.to_text(), ops::repr(th, *class)?.to_text());
            return Err(pickling(th, format_args!("first argument to __newobj__() must be {own}, not {class}")));
        }
        let arguments = th.tuple(arguments);
        self.save(*class).map_err(|raised| note(th, raised, format_args!("{owner} class")))?;
        self.save(arguments).map_err(|raised| note(th, raised, format_args!("{owner} __new__ arguments")))?;
        self.out.op(NEWOBJ);
        Ok(())
    }

    fn new_object_with_keywords(&mut self, arguments: &[Value], owner: &str) -> Result<()> {
        let th = self.th;
        let [class, positional, keywords] = *arguments else {
            let count = arguments.len();
            return Err(pickling(th, format_args!("__newobj_ex__ expected 3 arguments, got {count}")));
        };
        self.check_class(class, "__newobj_ex__")?;
        let wrong = |place: &str, wanted: &str, given: Value| {
            let given = th.type_name(given);
            pickling(th, format_args!("{place} argument to __newobj_ex__() must be a {wanted}, not {given}"))
        };
        let Some(positional) = positional.downcast::<Tuple>() else { return Err(wrong("second", "tuple", positional)) };
        let Some(keywords) = keywords.downcast::<Dict>() else { return Err(wrong("third", "dict", keywords)) };
        if self.settings.protocol >= 4 {
            self.save(class).map_err(|raised| note(th, raised, format_args!("{owner} class")))?;
            for part in [positional.value(), keywords.value()] {
                self.save(part).map_err(|raised| note(th, raised, format_args!("{owner} __new__ arguments")))?;
            }
            self.out.op(NEWOBJ_EX);
            return Ok(());
        }
        let partial = self.partial_new(class, positional, keywords)?;
        self.save(partial).map_err(|raised| note(th, raised, format_args!("{owner} reconstructor")))?;
        self.save(th.tuple(&[]))?;
        self.out.op(REDUCE);
        Ok(())
    }

    /// `functools.partial(class.__new__, class, *positional, **keywords)`: keywords for protocols that have none.
    fn partial_new(&self, class: Value, positional: Gc<Tuple>, keywords: Gc<Dict>) -> Result {
        let th = self.th;
        let functools = import::import_by_name(th, th.intern("functools"))?;
        let partial = ops::get_attr(th, functools, th.intern("partial"))?;
        let new = ops::get_attr(th, class, th.vm().names.__new__)?;
        let arguments: Vec<Value> = [new, class].into_iter().chain(positional.items().iter().copied()).collect();
        let arguments = Tuple::new(th, &arguments);
        th.call_unpacked(partial, arguments.items(), Some(keywords))
    }

    fn check_class(&self, class: Value, function: &str) -> Result<()> {
        let th = self.th;
        if class.as_class().is_some() && ops::find_attr(th, class, th.vm().names.__new__)?.is_some() {
            return Ok(());
        }
        let given = self.class_text(th.class_of(class));
        Err(pickling(th, format_args!("first argument to {function}() must be a class, not {given}")))
    }

    // ---- buffers

    fn is_pickle_buffer(&self, class: Gc<Class>) -> bool {
        let th = self.th;
        let Some(name) = class.name.get().filter(|name| name.wtf8() == b"PickleBuffer") else { return false };
        import::in_modules(th, "pickle")
            .and_then(|module| module.downcast::<Module>()?.namespace.get_str(th, name))
            .is_some_and(|known| known == class.value())
    }

    fn pickle_buffer(&mut self, value: Value) -> Result<()> {
        let th = self.th;
        if self.settings.protocol < 5 {
            return Err(pickling(th, "PickleBuffer can only be pickled with protocol >= 5"));
        }
        let raw = th.call_method(value, th.intern("raw"), &[])?;
        let read_only = ops::truthy(th, ops::get_attr(th, raw, th.intern("readonly"))?)?;
        let in_band = match self.settings.buffer_callback {
            None => true,
            Some(callback) => {
                let wanted = th.call(callback, &[value])?;
                ops::truthy(th, wanted)?
            }
        };
        if !in_band {
            self.out.op(NEXT_BUFFER);
            if read_only {
                self.out.op(READONLY_BUFFER);
            }
            return Ok(());
        }
        let content = crate::objects::bytes::required(th, raw)?;
        if read_only {
            self.write_bytes(&content)?
        } else {
            self.write_bytearray(&content)?
        }
        self.remember(value);
        Ok(())
    }
}
