//! Calls: of functions written in Python, native functions, methods, classes and objects with `__call__`.

use crate::compiler::code::flags;
use crate::compiler::opcodes::FEW_PARAMETERS;
use crate::heap::{Gc, Header, Value};
use crate::objects::class::{Class, flag};
use crate::objects::code::Code;
use crate::objects::dict::{Dict, Entry};
use crate::objects::function::{Function, Method};
use crate::objects::generator::{Generator, Maker};
use crate::objects::kinds;
use crate::objects::native::Native;
use crate::objects::str::Str;

use super::binding::{Keywords, bind, copy_few, empty_few, with_copy};
use super::dispatch;
use super::native::{Binding, Result};
use super::stack::{Destination, Frame};
use super::wording::Callee;
use super::{Raised, Thread, generators};

/// What became of a call that was begun.
pub enum Begun {
    /// A frame was pushed: run it.
    Frame,
    /// It is done already: the result.
    Done(Value),
}

impl Thread {
    /// Calls `callable` with positional arguments. A safepoint.
    pub fn call(&self, callable: Value, args: &[Value]) -> Result {
        let Some(function) = callable.downcast::<Function>() else { return self.call_keywords(callable, args, &[]) };
        self.check_recursion("")?;
        let code = function.code();
        let window = self.stack.top();
        let top = window.wrapping_add(code.registers as usize);
        if args.len() != code.simple_args as usize || !self.stack.has_room(top) {
            return self.call_function(function, args, &[]);
        }
        // SAFETY: the stack has room for the window, which nobody uses.
        unsafe {
            copy_few(args.as_ptr(), window, args.len());
            empty_few(window.add(args.len()), code.unbound as usize);
        }
        self.stack.push_call(function, code, window, top, Destination::NATIVE);
        dispatch::run(self)
    }

    /// Calls with keyword arguments as well: the last `names.len()` of `args` are named by `names` (strings).
    pub fn call_keywords(&self, callable: Value, args: &[Value], names: &[Value]) -> Result {
        self.check_recursion("")?;
        match callable.header().map(|h| h.kind()) {
            Some(kinds::FUNCTION) => match callable.downcast::<Function>() {
                Some(function) => self.call_function(function, args, names),
                None => unreachable!("kind and type agree"),
            },
            Some(kinds::NATIVE) => match callable.downcast::<Native>() {
                Some(native) => self.call_native(native, args, names),
                None => unreachable!("kind and type agree"),
            },
            Some(kinds::METHOD) => match callable.downcast::<Method>() {
                Some(method) => {
                    self.with_first(method.object, args, |args| self.call_keywords(method.function, args, names))
                }
                None => unreachable!("kind and type agree"),
            },
            Some(kinds::CLASS) => match callable.as_class() {
                Some(class) => self.call_class(class, args, names),
                None => unreachable!("kind and type agree"),
            },
            _ => self.call_object(callable, args, names),
        }
    }

    /// Calls `object.name(*args)`.
    pub fn call_method(&self, object: Value, name: Gc<Str>, args: &[Value]) -> Result {
        let (callable, this) = super::ops::load_method(self, object, name)?;
        if this.is_empty() {
            self.call(callable, args)
        } else {
            self.with_first(this, args, |args| self.call(callable, args))
        }
    }

    /// Calls the special method `name` of the object's *type*, if it has one.
    pub fn call_special(&self, object: Value, name: Gc<Str>, args: &[Value]) -> Option<Result> {
        let method = self.lookup(self.class_of(object), name)?;
        Some(self.call_unbound(method, object, args))
    }

    /// Calls what was found on the type of `object` as a method of it.
    pub fn call_unbound(&self, method: Value, object: Value, args: &[Value]) -> Result {
        match method.header().map(|h| h.kind()) {
            Some(kinds::FUNCTION | kinds::NATIVE) if method.downcast::<Native>().is_none_or(|n| n.is_method()) => {
                self.with_first(object, args, |args| self.call(method, args))
            }
            _ => {
                let bound = super::ops::bind(self, method, object, self.class_of(object))?;
                self.call(bound, args)
            }
        }
    }

    /// Calls `f` with `first` before the arguments, on the native stack.
    pub fn with_first<R>(&self, first: Value, args: &[Value], f: impl FnOnce(&[Value]) -> R) -> R {
        const FEW: usize = 8;
        if args.len() < FEW {
            let mut all = [Value::EMPTY; FEW];
            all[0] = first;
            all[1..=args.len()].copy_from_slice(args);
            return f(&all[..=args.len()]);
        }
        // The tuple keeps what the vector holds alive while the call runs.
        let all: Vec<Value> = std::iter::once(first).chain(args.iter().copied()).collect();
        self.keep(self.tuple(&all));
        let result = f(&all);
        self.unkeep(1);
        result
    }

    fn call_function(&self, function: Gc<Function>, args: &[Value], names: &[Value]) -> Result {
        match self.begin_function(function, args, names, self.stack.top(), Destination::NATIVE)? {
            Begun::Frame => dispatch::run(self),
            Begun::Done(value) => Ok(value),
        }
    }

    /// Binds the arguments and pushes the frame of a call; a generator function's call makes the generator instead.
    /// `window`: where the registers begin; the arguments may lie there already.
    pub(super) fn begin_function(
        &self,
        function: Gc<Function>,
        args: &[Value],
        names: &[Value],
        window: *mut Value,
        to: Destination,
    ) -> Result<Begun> {
        if names.is_empty() {
            return self.begin_with(function, args, Keywords::NONE, window, to);
        }
        let (positional, values) = args.split_at(args.len() - names.len());
        with_copy(values, |values| self.begin_with(function, positional, Keywords { names, values }, window, to))
    }

    /// The same with the keywords somewhere else.
    #[inline(always)]
    fn begin_with(
        &self,
        function: Gc<Function>,
        positional: &[Value],
        keywords: Keywords,
        window: *mut Value,
        to: Destination,
    ) -> Result<Begun> {
        // Another thread may give the function another code meanwhile.
        let code = function.code();
        if !self.stack.make_room(window, code.registers.max(code.parameters) as usize) {
            return Err(self.recursion_error(""));
        }
        bind(self, function, code, positional, keywords, window)?;
        if code.flags & (flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR) != 0 {
            // SAFETY: `bind` has filled so many registers of the window.
            let variables = unsafe { std::slice::from_raw_parts(window, super::binding::variables(code)) };
            return Ok(Begun::Done(self.make_generator(code, Maker::function(function), variables)));
        }
        let top = window.wrapping_add(code.registers as usize);
        self.stack.push_call(function, code, window, top, to);
        Ok(Begun::Frame)
    }

    /// The generator, coroutine or asynchronous generator of this code, whose first registers are filled already.
    fn make_generator(&self, code: Gc<Code>, maker: Maker, variables: &[Value]) -> Value {
        let class = self.vm().class(crate::objects::coroutines::type_of(code.flags));
        let generator = Generator::new(
            self,
            |header| {
                let mut generator = Generator::made_by(header, code, maker);
                if code.flags & flags::COROUTINE != 0
                    && let Some(caller) = self.stack.frames().last()
                {
                    (generator.made_in, generator.made_at) = (Some(caller.code), caller.at() as u32);
                }
                generator
            },
            class.root_shape(),
        );
        if generators::has_last_word(code) {
            generator.header.set_flag_of_new(Header::HAS_FINALIZER);
            self.heap().register_finalizer(generator);
        }
        for (slot, value) in generator.registers().iter().zip(variables) {
            slot.set(*value);
        }
        if self.origin_depth.get() > 0 && code.flags & flags::COROUTINE != 0 {
            generator.extra.set(generators::origin(self));
        }
        generator.value()
    }

    /// Calls a native function with positional arguments, which need no binding if their number is a usual one.
    fn call_native_positional(&self, native: Gc<Native>, args: &[Value]) -> Result {
        let quick = &native.get().quick;
        if !quick.accepts(args) {
            return self.call_native_unbound(native, args, &[]);
        }
        let parameters = quick.parameters as usize;
        if args.len() >= parameters {
            return (quick.function)(self, args);
        }
        let mut filled = [Value::EMPTY; FEW_PARAMETERS];
        for (to, from) in filled.iter_mut().zip(args) {
            *to = *from;
        }
        (quick.function)(self, &filled[..parameters])
    }

    /// Calls a native function: its arguments bound, then in.
    pub(super) fn call_native(&self, native: Gc<Native>, args: &[Value], names: &[Value]) -> Result {
        if !native.bound.is_empty() {
            return self.with_first(native.bound, args, |args| self.call_native_unbound(native, args, names));
        }
        if names.is_empty() {
            return self.call_native_positional(native, args);
        }
        self.call_native_unbound(native, args, names)
    }

    #[inline(never)]
    pub(super) fn call_native_unbound(&self, native: Gc<Native>, args: &[Value], names: &[Value]) -> Result {
        let signature = native.signature(self);
        if native.is_method() {
            self.check_self(native, &args[..args.len() - names.len()])?;
        }
        if names.is_empty() && signature.plain && args.len() == signature.positional {
            return (native.def.function)(self, args);
        }
        const FEW: usize = 8;
        let count = signature.parameters.len();
        if count <= FEW {
            let mut bound = [Value::EMPTY; FEW];
            signature.bind(self, &Callee::Native(native.get()), args, names, &mut bound[..count])?;
            return (native.def.function)(self, &bound[..count]);
        }
        let mut bound = [Value::EMPTY; 64];
        signature.bind(self, &Callee::Native(native.get()), args, names, &mut bound[..count])?;
        (native.def.function)(self, &bound[..count])
    }

    /// A method of a built-in type wants an instance of it first.
    fn check_self(&self, native: Gc<Native>, args: &[Value]) -> Result<()> {
        let Some(owner) = native.owner.as_class() else { return Ok(()) };
        match native.def.binding {
            Binding::Plain => {}
            Binding::Static if native.def.name == "__new__" => return self.check_new(native, owner, args),
            _ => return Ok(()),
        }
        match args.first() {
            Some(this) if self.is_instance(*this, owner) => Ok(()),
            Some(this) => Err(self.wrong_self(native, owner, *this)),
            None => Err(self.no_self(native, owner)),
        }
    }

    /// The `__new__` of a built-in type makes instances of it and of its subclasses, and of no class in between that
    /// has cells, or a `__new__`, of its own.
    fn check_new(&self, native: Gc<Native>, owner: Gc<Class>, args: &[Value]) -> Result<()> {
        let Some(class) = args.first().and_then(|class| class.as_class()) else {
            return Err(self.wrong_new(owner, args));
        };
        if class == owner {
            return Ok(());
        }
        if !class.is_subclass_of(owner) {
            return Err(self.wrong_new(owner, args));
        }
        if class.instance_kind == owner.instance_kind && class.def.is_none() {
            return Ok(());
        }
        let new = self.vm().names.__new__;
        let built_in = class.mro().items().iter().filter_map(|c| c.as_class()).find(|c| c.def.is_some());
        match built_in {
            Some(base) if self.lookup(base, new) != self.lookup(owner, new) => Err(self.type_error(format_args!(
                "{0}.{1}({2}) is not safe, use {3}.{1}()",
                owner.name(),
                native.def.name,
                class.name(),
                base.name()
            ))),
            _ => Ok(()),
        }
    }

    #[cold]
    fn wrong_new(&self, owner: Gc<Class>, args: &[Value]) -> Raised {
        let owner = owner.name();
        match args.first() {
            None => self.type_error(format_args!("{owner}.__new__(): not enough arguments")),
            Some(given) => match given.as_class().map(|class| class.name()) {
                Some(class) => {
                    self.type_error(format_args!("{owner}.__new__({class}): {class} is not a subtype of {owner}"))
                }
                None => {
                    let class = self.type_name(*given);
                    self.type_error(format_args!("{owner}.__new__(X): X is not a type object ({class})"))
                }
            },
        }
    }

    #[cold]
    fn wrong_self(&self, native: Gc<Native>, owner: Gc<Class>, this: Value) -> Raised {
        let (name, owner, given) = (native.def.name, owner.name(), self.type_name(this));
        if native.def.is_slot() {
            return self
                .type_error(format_args!("descriptor '{name}' requires a '{owner}' object but received a '{given}'"));
        }
        self.type_error(format_args!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object"))
    }

    #[cold]
    fn no_self(&self, native: Gc<Native>, owner: Gc<Class>) -> Raised {
        let (name, owner) = (native.def.name, owner.name());
        if native.def.is_slot() {
            return self.type_error(format_args!("descriptor '{name}' of '{owner}' object needs an argument"));
        }
        self.type_error(format_args!("unbound method {owner}.{name}() needs an argument"))
    }

    /// `class(*args)`: the metaclass's `__call__`, for most `type`'s.
    pub fn call_class(&self, class: Gc<Class>, args: &[Value], names: &[Value]) -> Result {
        if let Some(def) = class.def {
            let result = match (def.quick, def.named) {
                (Some(quick), _) if names.is_empty() => quick(self, args),
                (_, Some(named)) if names.len() == args.len() => Some(named(self, names, args)),
                _ => None,
            };
            if let Some(result) = result {
                return result;
            }
        }
        let meta = self.class_of(class.value());
        if meta == self.vm().class_of_kind(kinds::CLASS) {
            return self.construct(class, args, names);
        }
        self.call_object(class.value(), args, names)
    }

    /// `type.__call__`: `__new__`, then `__init__` if that made an instance of the class.
    pub fn construct(&self, class: Gc<Class>, args: &[Value], names: &[Value]) -> Result {
        let type_class = self.vm().class_of_kind(kinds::CLASS);
        if class == type_class && args.len() == 1 && names.is_empty() {
            return Ok(self.class_of(args[0]).value());
        }
        if class.has(flag::EXCEPTION)
            && names.is_empty()
            && let Some(made) = crate::objects::exception::construct(self, class, args)
        {
            return made;
        }
        if class == type_class && args.len() == names.len() + 1 {
            return Err(self.type_error("type() takes no keyword arguments"));
        }
        if class == type_class && args.len() - names.len() != 3 {
            return Err(self.type_error("type() takes 1 or 3 arguments"));
        }
        let well_known = &*self.vm().names;
        let Some(new) = self.lookup(class, well_known.__new__) else {
            return Err(self.type_error(format_args!("cannot create '{}' instances", class.name())));
        };
        if class.def.is_some() && class.instance_kind != kinds::OBJECT && new == self.vm().object_new() {
            return Err(self.type_error(format_args!("cannot create '{}' instances", class.name())));
        }
        if args.is_empty()
            && new == self.vm().object_new()
            && class.instance_kind == kinds::OBJECT
            && !class.has(flag::ABSTRACT)
            && self.lookup(class, well_known.__init__) == Some(self.vm().object_init())
        {
            return Ok(self.new_instance(class));
        }
        if names.is_empty()
            && let Some(native) = new.downcast::<Native>()
            && native.owner == class.value()
            && let Some(count) = native.filled_for_new(args.len())
            && count <= FEW_PARAMETERS
        {
            // Its own `__new__`, whose arguments need no binding.
            let mut filled = [Value::EMPTY; FEW_PARAMETERS];
            filled[0] = class.value();
            filled[1..=args.len()].copy_from_slice(args);
            let object = (native.def.function)(self, &filled[..count])?;
            return self.initialize(class, new, object, args, names);
        }
        let object = self.with_first(class.value(), args, |args| {
            let new = super::ops::bind(self, new, Value::EMPTY, class)?;
            self.call_keywords(new, args, names)
        })?;
        self.initialize(class, new, object, args, names)
    }

    /// Calls the `__init__` of what a class's `__new__` has made, if it is an instance of the class.
    fn initialize(&self, class: Gc<Class>, new: Value, object: Value, args: &[Value], names: &[Value]) -> Result {
        let well_known = &*self.vm().names;
        let made = self.class_of(object);
        if !made.is_subclass_of(class) {
            return Ok(object);
        }
        let Some(init) = self.lookup(made, well_known.__init__) else { return Ok(object) };
        if init == self.vm().object_init() && new != self.vm().object_new() {
            return Ok(object);
        }
        let result = if init.downcast::<Function>().is_some() || init.downcast::<Native>().is_some() {
            self.with_first(object, args, |args| self.call_keywords(init, args, names))?
        } else {
            let init = super::ops::bind(self, init, object, made)?;
            self.call_keywords(init, args, names)?
        };
        if !result.is_none() {
            return Err(self.init_returned(result));
        }
        Ok(object)
    }

    #[cold]
    pub(super) fn init_returned(&self, result: Value) -> Raised {
        self.type_error(format_args!("__init__() should return None, not '{}'", self.type_name(result)))
    }

    fn call_object(&self, callable: Value, args: &[Value], names: &[Value]) -> Result {
        let Some(call) = self.lookup(self.class_of(callable), self.vm().names.__call__) else {
            return Err(self.not_callable(callable));
        };
        if call.downcast::<Function>().is_some() || call.downcast::<Native>().is_some_and(|n| n.is_method()) {
            return self.with_first(callable, args, |args| self.call_keywords(call, args, names));
        }
        let bound = super::ops::bind(self, call, callable, self.class_of(callable))?;
        self.call_keywords(bound, args, names)
    }

    #[cold]
    fn not_callable(&self, callable: Value) -> Raised {
        self.type_error(format_args!("'{}' object is not callable", self.type_name(callable)))
    }

    /// Runs module-level or class-level code in a namespace. Code that awaits something is made a coroutine.
    pub fn run_code(
        &self,
        code: Gc<Code>,
        globals: Gc<crate::objects::dict::Dict>,
        locals: Value,
        function: Option<Gc<Function>>,
    ) -> Result {
        self.check_recursion("")?;
        let window = self.stack.top();
        if !self.stack.make_room(window, code.registers as usize) {
            return Err(self.recursion_error(""));
        }
        let builtins = super::globals::builtins_of(self, globals);
        if code.flags & (flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR) != 0 {
            return Ok(self.make_generator(code, Maker { function, globals, builtins, locals }, &[]));
        }
        // SAFETY: `make_room` has said that the window fits.
        let top = unsafe {
            std::slice::from_raw_parts_mut(window, code.registers as usize).fill(Value::EMPTY);
            window.add(code.registers as usize)
        };
        self.stack.push(Frame {
            resumed: std::ptr::null(),
            code,
            function,
            globals,
            builtins,
            registers: window,
            top,
            pc: code.body.start(),
            locals,
            handled: Value::EMPTY,
            generator: Value::EMPTY,
            object: Value::EMPTY,
            to: Destination::NATIVE,
        });
        dispatch::run(self)
    }

    /// Calls with the arguments in a tuple and the keywords in a dict.
    pub fn call_unpacked(&self, callable: Value, args: &[Value], keywords: Option<Gc<Dict>>) -> Result {
        self.with_unpacked(args, keywords, |all, names| self.call_keywords(callable, all, names))
    }

    /// As [`Thread::call_unpacked`], but the call of a Python function is only begun: its frame is pushed on top of the
    /// running one, in whose register `target` the result belongs.
    pub(super) fn begin_unpacked(
        &self,
        callable: Value,
        args: &[Value],
        keywords: Option<Gc<Dict>>,
        target: u32,
    ) -> Result<Begun> {
        let Some(function) = callable.downcast::<Function>() else {
            return self.call_unpacked(callable, args, keywords).map(Begun::Done);
        };
        let to = Destination::register(target);
        match keywords {
            None => self.begin_with(function, args, Keywords::NONE, self.stack.top(), to),
            Some(keywords) => self.begin_with_dict(function, args, keywords, to),
        }
    }

    #[inline(never)]
    fn begin_with_dict(
        &self,
        function: Gc<Function>,
        args: &[Value],
        keywords: Gc<Dict>,
        to: Destination,
    ) -> Result<Begun> {
        let window = self.stack.top();
        let (mut names, mut values) = ([Value::EMPTY; FEW], [Value::EMPTY; FEW]);
        if let Some(count) = few_keywords(keywords, &mut names, &mut values) {
            let keywords = Keywords { names: &names[..count], values: &values[..count] };
            self.check_names(keywords.names)?;
            return self.begin_with(function, args, keywords, window, to);
        }
        self.with_unpacked(args, Some(keywords), |all, names| self.begin_function(function, all, names, window, to))
    }

    /// Calls `f` with all arguments, and the names of the last ones.
    fn with_unpacked<R>(
        &self,
        args: &[Value],
        keywords: Option<Gc<Dict>>,
        f: impl FnOnce(&[Value], &[Value]) -> Result<R>,
    ) -> Result<R> {
        let Some(keywords) = keywords.filter(|k| !k.is_empty()) else { return f(args, &[]) };
        // A few lie on the native stack, which the collector scans; more are kept by tuples.
        let (mut all, mut names) = ([Value::EMPTY; FEW], [Value::EMPTY; FEW]);
        if args.len() < FEW
            && let Some(count) = few_keywords(keywords, &mut names, &mut all[args.len()..])
        {
            all[..args.len()].copy_from_slice(args);
            self.check_names(&names[..count])?;
            return f(&all[..args.len() + count], &names[..count]);
        }
        let (mut all, mut names) = (args.to_vec(), Vec::new());
        for (name, value) in keywords.entries() {
            names.push(name);
            all.push(value);
        }
        self.check_names(&names)?;
        self.keep(self.tuple(&all));
        self.keep(self.tuple(&names));
        let result = f(&all, &names);
        self.unkeep(2);
        result
    }

    fn check_names(&self, names: &[Value]) -> Result<()> {
        if names.iter().all(|name| name.as_str_cell().is_some()) {
            return Ok(());
        }
        Err(self.type_error("keywords must be strings"))
    }
}

/// So many arguments of a call are unpacked to the native stack.
const FEW: usize = 8;

/// The names and values of keyword arguments, if they are few; how many. The dict may be one that other threads change.
#[inline(always)]
fn few_keywords(keywords: Gc<Dict>, names: &mut [Value; FEW], values: &mut [Value]) -> Option<usize> {
    let Some(table) = keywords.table.get() else { return Some(0) };
    let entries = table.entries();
    if entries.len() > values.len() {
        return None;
    }
    let mut count = 0;
    for (name, value) in entries.iter().filter_map(Entry::live) {
        (names[count], values[count]) = (name, value);
        count += 1;
    }
    Some(count)
}
