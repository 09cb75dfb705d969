//! The opcodes that find globals and make objects of them: from here code of the program's may run.

use crate::heap::{Gc, Header, Value};
use crate::objects::class::flag;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::module::Module;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::{bytes, instance, kinds};
use crate::vm::native::Result;
use crate::vm::{import, ops};

use super::decode::Decoder;
use super::errors::unpickling;
use super::find::{Trust, find_class, looks_behind, refused};

impl Decoder<'_> {
    // ---- globals

    fn find(&mut self, module: Gc<Str>, name: Gc<Str>) -> Result {
        let th = self.th;
        if let Some(hook) = self.settings.find_class {
            return th.call(hook, &[module.value(), name.value()]);
        }
        let old = self.protocol < 3 && self.settings.fix_imports;
        find_class(th, module, name, old, self.protocol >= 4, self.settings.trust)
    }

    pub(super) fn global(&mut self) -> Result<()> {
        let (module, name) = self.two_lines()?;
        let found = self.find(module, name)?;
        self.push(found);
        Ok(())
    }

    fn two_lines(&mut self) -> Result<(Gc<Str>, Gc<Str>)> {
        let (module, name) = (self.line()?, self.line()?);
        Ok((self.text(module)?, self.text(name)?))
    }

    fn text(&self, line: &[u8]) -> Result<Gc<Str>> {
        let source = bytes::new(self.th, line);
        crate::objects::str::codec::decode(self.th, source, line, None, None)
    }

    pub(super) fn stack_global(&mut self) -> Result<()> {
        let (name, module) = (self.pop()?, self.pop()?);
        let exact = |value: Value| value.as_str_cell().filter(|text| text.header().is_exact());
        let (Some(module), Some(name)) = (exact(module), exact(name)) else {
            return Err(unpickling(self.th, "STACK_GLOBAL requires str"));
        };
        let found = self.find(module, name)?;
        self.push(found);
        Ok(())
    }

    /// The global that `copyreg.add_extension` has given a number.
    pub(super) fn extension(&mut self, code: i64) -> Result<()> {
        let th = self.th;
        if code <= 0 {
            return Err(unpickling(th, "EXT specifies code <= 0"));
        }
        let copyreg = import::import_by_name(th, th.intern("copyreg"))?;
        let table = |name| {
            let module = copyreg.downcast::<Module>()?;
            module.namespace.get_str(th, th.intern(name))?.downcast::<Dict>()
        };
        let (Some(cache), Some(registry)) = (table("_extension_cache"), table("_inverted_registry")) else {
            return Err(unpickling(th, "copyreg has no registry of extensions"));
        };
        let code = th.int(code);
        // With a hook of its own an unpickler decides every time.
        if self.settings.find_class.is_none()
            && let Some(known) = cache.get_item(th, code)?
        {
            self.push(known);
            return Ok(());
        }
        let Some(key) = registry.get_item(th, code)? else {
            let shown = ops::repr(th, code)?.to_text();
            return Err(th.value_error(format_args!("unregistered extension code {shown}")));
        };
        let names = key.downcast::<Tuple>().map_or(&[][..], Gc::<Tuple>::items);
        let [Some(module), Some(name)] = [names.first(), names.get(1)].map(|name| name.and_then(|n| n.as_str_cell()))
        else {
            return Err(th.value_error("_inverted_registry[code] isn't a 2-tuple of strings"));
        };
        let found = self.find(module, name)?;
        cache.set_item(th, code, found)?;
        self.push(found);
        Ok(())
    }

    pub(super) fn persistent(&mut self, id: Value) -> Result<()> {
        let Some(hook) = self.settings.persistent_load else {
            return Err(unpickling(
                self.th,
                "A load persistent id instruction was encountered, but no persistent_load function was specified.",
            ));
        };
        let found = self.th.call(hook, &[id])?;
        self.push(found);
        Ok(())
    }

    // ---- calls

    fn call(&mut self, function: Value, arguments: Gc<Tuple>) -> Result<()> {
        if self.settings.trust == Trust::Anybody && looks_behind(function, arguments.items()) {
            return Err(refused(self.th, "getattr"));
        }
        // The arguments are held by their tuple, the tuple by the native stack.
        let made = self.th.call(function, arguments.items())?;
        self.push(made);
        Ok(())
    }

    pub(super) fn reduce(&mut self) -> Result<()> {
        let (arguments, function) = (self.pop()?, self.pop()?);
        let Some(arguments) = arguments.downcast::<Tuple>() else {
            return Err(self.th.type_error("argument list must be a tuple"));
        };
        self.call(function, arguments)
    }

    pub(super) fn object(&mut self) -> Result<()> {
        let mark = self.mark()?;
        if self.stack.len() <= mark {
            return Err(self.underflow());
        }
        let arguments = self.take_tuple(mark + 1);
        let Some(class) = self.stack.pop() else { return Err(self.underflow()) };
        self.instantiate(class, arguments)
    }

    pub(super) fn instance(&mut self) -> Result<()> {
        let mark = self.mark()?;
        let (module, name) = self.two_lines()?;
        let class = self.find(module, name)?;
        let arguments = self.take_tuple(mark);
        self.instantiate(class, arguments)
    }

    /// A class called; without arguments, and if it is a type, only its `__new__`.
    fn instantiate(&mut self, class: Value, arguments: Gc<Tuple>) -> Result<()> {
        if arguments.is_empty()
            && self.is_type(class)
            && ops::find_attr(self.th, class, self.th.intern("__getinitargs__"))?.is_none()
        {
            return self.by_new(class, Tuple::new(self.th, &[]), None);
        }
        self.call(class, arguments)
    }

    pub(super) fn new_object(&mut self) -> Result<()> {
        let (arguments, class) = (self.pop()?, self.pop()?);
        if !self.is_type(class) {
            let given = self.th.type_name(class);
            let message = format!("NEWOBJ class argument must be a type, not {given}");
            return Err(unpickling(self.th, message));
        }
        let Some(arguments) = arguments.downcast::<Tuple>() else {
            let given = self.th.type_name(arguments);
            return Err(unpickling(self.th, format_args!("NEWOBJ args argument must be a tuple, not {given}")));
        };
        self.by_new(class, arguments, None)
    }

    pub(super) fn new_object_with_keywords(&mut self) -> Result<()> {
        let (keywords, arguments, class) = (self.pop()?, self.pop()?, self.pop()?);
        let wrong = |what: &str, given: Value| {
            let given = self.th.type_name(given);
            unpickling(self.th, format_args!("NEWOBJ_EX {what}, not {given}"))
        };
        if !self.is_type(class) {
            return Err(wrong("class argument must be a type", class));
        }
        let Some(arguments) = arguments.downcast::<Tuple>() else {
            return Err(wrong("args argument must be a tuple", arguments));
        };
        let Some(keywords) = keywords.downcast::<Dict>() else {
            return Err(wrong("kwargs argument must be a dict", keywords));
        };
        self.by_new(class, arguments, Some(keywords))
    }

    /// `class.__new__(class, *arguments, **keywords)`
    fn by_new(&mut self, class: Value, arguments: Gc<Tuple>, keywords: Option<Gc<Dict>>) -> Result<()> {
        let th = self.th;
        let names = &*th.vm().names;
        if let Some(class) = class.as_class()
            && class.instance_kind == kinds::OBJECT
            && class.def.is_none()
            && arguments.is_empty()
            && keywords.is_none()
            && !class.has(flag::ABSTRACT)
            && th.lookup(class, names.__new__) == Some(th.vm().object_new())
        {
            self.push(th.new_instance(class));
            return Ok(());
        }
        if self.settings.trust == Trust::Anybody && looks_behind(class, arguments.items()) {
            return Err(refused(th, "getattr"));
        }
        let new = ops::get_attr(th, class, names.__new__)?;
        let all: Vec<Value> = std::iter::once(class).chain(arguments.items().iter().copied()).collect();
        let all = Tuple::new(th, &all);
        let made = match keywords {
            Some(keywords) => th.call_unpacked(new, all.items(), Some(keywords))?,
            None => th.call(new, all.items())?,
        };
        self.push(made);
        Ok(())
    }

    // ---- state

    pub(super) fn build(&mut self) -> Result<()> {
        let th = self.th;
        let (state, object) = (self.pop()?, self.top()?);
        if let Some(set_state) = ops::find_attr(th, object, th.intern("__setstate__"))? {
            th.call(set_state, &[state])?;
            return Ok(());
        }
        let (state, slots) = match state.downcast::<Tuple>().map(Gc::<Tuple>::items) {
            Some([state, slots]) => (*state, *slots),
            _ => (state, Value::NONE),
        };
        if !state.is_none() {
            let Some(state) = state.downcast::<Dict>() else {
                return Err(unpickling(th, "state is not a dictionary"));
            };
            self.set_attributes(object, state)?;
        }
        if !slots.is_none() {
            let Some(slots) = slots.downcast::<Dict>() else {
                return Err(unpickling(th, "slot state is not a dictionary"));
            };
            for (_, name, value) in slots.live_entries() {
                let Some(name) = name.as_str_cell() else {
                    return Err(th.type_error("attribute name must be string"));
                };
                ops::set_attr(th, object, th.intern_str(name), value)?;
            }
        }
        Ok(())
    }

    /// Puts the state into the object's `__dict__`, past whatever its class does when attributes are set.
    fn set_attributes(&self, object: Value, state: Gc<Dict>) -> Result<()> {
        let th = self.th;
        let class = th.class_of(object);
        let plain = object.header().map(Header::kind) == Some(kinds::OBJECT)
            && class.has(flag::HAS_DICT)
            && !class.has(flag::GETATTRIBUTE)
            && th.vm().shapes().get(class.root_shape()).is_some_and(|root| root.names.is_empty())
            && state.live_entries().all(|(_, name, _)| name.as_str_cell().is_some_and(|name| name.header().is_exact()));
        if plain {
            for (_, name, value) in state.live_entries() {
                let Some(name) = name.as_str_cell() else { continue };
                instance::set_own(th, object, th.intern_str(name), value);
            }
            return Ok(());
        }
        let own = ops::get_attr(th, object, th.vm().names.__dict__)?;
        for (_, name, value) in state.live_entries() {
            let name = match name.as_str_cell() {
                Some(name) if name.header().is_exact() => th.intern_str(name).value(),
                _ => name,
            };
            ops::set_item(th, own, name, value)?;
        }
        Ok(())
    }

    // ---- buffers

    pub(super) fn next_buffer(&mut self) -> Result<()> {
        let th = self.th;
        if self.settings.buffers.is_empty() {
            return Err(unpickling(th, "pickle stream refers to out-of-band data but no *buffers* argument was given"));
        }
        match ops::next(th, self.settings.buffers)? {
            Some(buffer) => {
                self.push(buffer);
                Ok(())
            }
            None => Err(unpickling(th, "not enough out-of-band buffers")),
        }
    }

    pub(super) fn read_only_buffer(&mut self) -> Result<()> {
        let th = self.th;
        let buffer = self.pop()?;
        let view = th.call(th.vm().class_of_kind(kinds::MEMORYVIEW).value(), &[buffer])?;
        let read_only = ops::truthy(th, ops::get_attr(th, view, th.intern("readonly"))?)?;
        let made = if read_only { buffer } else { th.call_method(view, th.intern("toreadonly"), &[])? };
        self.push(made);
        Ok(())
    }
}

/// An iterator over the buffers that came beside a pickle; `EMPTY` without any.
pub fn buffers(th: &crate::vm::Thread, given: Value) -> Result {
    if given.is_empty() || given.is_none() {
        return Ok(Value::EMPTY);
    }
    match ops::iter(th, given) {
        Ok(iterator) => Ok(iterator),
        Err(raised) => {
            th.caught(raised, Exc::TypeError)?;
            let given = th.type_name(given);
            Err(th.type_error(format_args!("'{given}' object is not iterable")))
        }
    }
}
