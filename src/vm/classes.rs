//! Making and changing classes: native ones at the bootstrap, `class` statements, the method resolution order, and what a
//! change of a class retires.

use crate::heap::{Cell, Gc, GcSlot, Header, Kind, ShapeId, Slot, Value};
use crate::objects::class::{Class, flag};
use crate::objects::descriptors::{ClassMethod, GetSet, Member, StaticMethod};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::function::{ClosureCell, Function};
use crate::objects::instance::{self, Instance};
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::native::Native;
use crate::objects::str::{Str, codec};
use crate::objects::tuple::Tuple;
use crate::objects::weakref;
use crate::objects::{TYPES, bool, exception, object, sequences};

use super::class_layout::{Layout, best_base, inline_slots, layout};
use super::class_order;
use super::native::{Binding, NativeDef, Result, TypeDef};
use super::{Thread, ops};

/// What an object can have in `__slots__`, inherited ones included.
const MOST_SLOTS: usize = 1 << 14;

impl Thread {
    /// Allocates an instance of `class` whose fixed part is `cell`: sets the shape and adds the attribute slots that the
    /// class's instances have. How every native `__new__` makes its objects, so that subclasses work.
    pub fn instantiate<T: Cell>(&self, class: Gc<Class>, cell: T) -> Gc<T> {
        let object = if has_attributes(class) {
            let object = self.alloc_with_tail(cell, instance::tail_bytes(class.inline_slots as usize));
            object.header().set_flag_of_new(Header::HAS_TAIL_VALUES);
            object
        } else {
            self.alloc(cell)
        };
        self.becomes_instance(class, object);
        object
    }

    /// Makes a new cell an instance of `class`; its attribute slots, if it has any, are there already.
    pub fn becomes_instance<T: Cell>(&self, class: Gc<Class>, object: Gc<T>) {
        object.header().set_shape(class.root_shape());
        if class.has(flag::FINALIZER) {
            object.header().set_flag(Header::HAS_FINALIZER);
            self.heap().register_finalizer(object);
        }
    }

    /// `object.__new__(class)`
    pub fn new_instance(&self, class: Gc<Class>) -> Value {
        self.instantiate(class, Instance { header: Header::of_kind(kinds::OBJECT) }).value()
    }

    /// Makes the class of a native definition, its base first, and registers it.
    pub fn make_native_class(&self, def: &'static TypeDef) -> Gc<Class> {
        if let Some(class) = self.vm().find_class(def) {
            return class;
        }
        let base = match def.base {
            Some(base) => Some(self.make_native_class(base)),
            None if def.kind == kinds::OBJECT && def.name == "object" => None,
            None => Some(self.vm().class_of_kind(kinds::OBJECT)),
        };
        let mut flags = flag::IMMUTABLE;
        // What `object` and `type` do is built into the protocols.
        let overrides = base.is_some() && def.kind != kinds::CLASS;
        for (yes, bit) in [
            (def.has_dict, flag::HAS_DICT),
            (def.weakrefs || base.is_some_and(|b| b.has(flag::WEAKREFS)), flag::WEAKREFS),
            (def.subclassable, flag::SUBCLASSABLE),
            (def.match_self, flag::MATCH_SELF),
            (
                matches!(
                    def.kind,
                    kinds::LIST | kinds::TUPLE | kinds::RANGE | kinds::MEMORYVIEW | kinds::DEQUE | kinds::ARRAY
                ),
                flag::SEQUENCE,
            ),
            (matches!(def.kind, kinds::DICT | kinds::MAPPING_PROXY), flag::MAPPING),
            (base.is_some_and(|b| b.has(flag::HAS_DICT)), flag::HAS_DICT),
            (base.is_some_and(|b| b.has(flag::EXCEPTION)), flag::EXCEPTION),
            (def.name == "BaseException", flag::EXCEPTION),
            (base.is_some_and(|b| b.has(flag::METACLASS)) || def.kind == kinds::CLASS, flag::METACLASS),
            (base.is_some_and(|b| b.has(flag::GETATTRIBUTE)), flag::GETATTRIBUTE),
            (base.is_some_and(|b| b.has(flag::SETATTR)), flag::SETATTR),
            (overrides && defines(def, "__getattribute__"), flag::GETATTRIBUTE),
            (base.is_some() && defines(def, "__getattr__"), flag::GETATTR),
            (overrides && defines(def, "__setattr__"), flag::SETATTR),
            (defines(def, "__del__"), flag::FINALIZER),
        ] {
            if yes {
                flags |= bit;
            }
        }
        let bases: Vec<Value> = base.iter().map(|b| b.value()).collect();
        let slots = def.slots.len() as u16;
        let class = self.alloc_class(self.intern(def.name), &bases, def.kind, slots, flags, Some(def), None);
        self.finish_native_class(def, class, base);
        class
    }

    fn finish_native_class(&self, def: &'static TypeDef, class: Gc<Class>, base: Option<Gc<Class>>) {
        let vm = self.vm();
        let mut mro = vec![class.value()];
        mro.extend(base.iter().flat_map(|b| b.mro().items()));
        class.mro.set(Some(Tuple::new(self, &mro)));
        let exact = !vm.has_class_of_kind(def.kind);
        let id = exact.then_some(ShapeId(def.kind.0.into()));
        let slots: Vec<Gc<Str>> = def.slots.iter().map(|name| self.intern(name)).collect();
        let shape = vm.shapes().root_of_built_in(id, class, attributes_at(def.kind), slots.clone());
        class.root_shape.store(shape.id.0, std::sync::atomic::Ordering::Release);
        if exact {
            vm.set_class_of_kind(def.kind, class);
        }
        vm.add_class(def, class);
        for method in def.methods {
            let name = self.intern(method.name);
            class.namespace.set_str(self, name, self.native_method(method, class));
        }
        for name in slots {
            let member = Member { header: Header::of_kind(kinds::MEMBER), name, owner: class.value() };
            class.namespace.set_str(self, name, self.alloc(member).value());
        }
        // Where CPython has a function for one comparison, it has it for all six.
        if defines(def, "__eq__") && base.is_some() {
            for method in sequences::COMPARISONS_LEFT_OUT.iter().filter(|method| !defines(def, method.name)) {
                class.namespace.set_str(self, self.intern(method.name), self.native_method(method, class));
            }
        }
        for getset in def.getset {
            let kind = if getset.member { kinds::MEMBER } else { kinds::GETSET };
            let cell = GetSet { header: kinds::header_of_type::<GetSet>(kind), def: getset, owner: class.value() };
            class.namespace.set_str(self, self.intern(getset.name), self.alloc(cell).value());
        }
        if def.has_dict && !class.namespace.has_str(self, vm.names.__dict__) {
            let cell = GetSet { header: Header::of_kind(kinds::GETSET), def: &object::DICT, owner: class.value() };
            class.namespace.set_str(self, vm.names.__dict__, self.alloc(cell).value());
        }
        if def.unhashable {
            class.namespace.set_str(self, vm.names.__hash__, Value::NONE);
        }
        if !class.namespace.has_str(self, vm.names.__doc__) {
            let doc = if def.doc.is_empty() { Value::NONE } else { self.str(def.doc) };
            class.namespace.set_str(self, vm.names.__doc__, doc);
        }
        // As with CPython's types that are made at run time; `dir` and instances show it. Those of these modules are static.
        let is_static = matches!(def.module, "builtins" | "types" | "typing" | "weakref" | "_contextvars");
        if !is_static && !class.namespace.has_str(self, vm.names.__module__) {
            class.namespace.set_str(self, vm.names.__module__, self.intern(def.module).value());
        }
    }

    fn native_method(&self, def: &'static NativeDef, class: Gc<Class>) -> Value {
        let header = crate::objects::native::header_of(def);
        let native = self.alloc(Native::new(header, def, Some(class), class.value()));
        match def.binding {
            Binding::Plain => native.value(),
            Binding::Class => {
                let header = kinds::header_of_type::<ClassMethod>(kinds::CLASSMETHOD_DESCRIPTOR);
                self.alloc(ClassMethod { header, function: Slot::new(native.value()) }).value()
            }
            Binding::Static => {
                let header = Header::of_kind(kinds::STATICMETHOD);
                self.alloc(StaticMethod { header, function: Slot::new(native.value()) }).value()
            }
        }
    }

    /// A function of a native module.
    pub fn native_function(&self, def: &'static NativeDef, module: Value) -> Value {
        self.alloc(Native::new(Header::of_kind(kinds::NATIVE), def, None, module)).value()
    }

    #[allow(clippy::too_many_arguments)]
    fn alloc_class(
        &self,
        name: Gc<Str>,
        bases: &[Value],
        kind: Kind,
        inline_slots: u16,
        flags: u32,
        def: Option<&'static TypeDef>,
        meta: Option<Gc<Class>>,
    ) -> Gc<Class> {
        let cell = Class {
            header: Header::of_kind(kinds::CLASS),
            name: GcSlot::new(Some(name)),
            qualname: GcSlot::new(Some(name)),
            bases: GcSlot::new(Some(Tuple::new(self, bases))),
            mro: GcSlot::new(None),
            namespace: Dict::new(self),
            instance_kind: kind,
            inline_slots,
            flags: Class::new_flags(flags),
            root_shape: Default::default(),
            def,
            subclasses: Slot::default(),
            construction: GcSlot::new(None),
        };
        match meta {
            Some(meta) => self.instantiate(meta, cell),
            None => self.alloc(cell),
        }
    }
}

/// Whether the native type has a special method of its own.
fn defines(def: &TypeDef, name: &str) -> bool {
    def.methods.iter().any(|method| method.name == name)
}

/// Whether instances have attribute slots (a dict, or `__slots__`).
pub fn has_attributes(class: Gc<Class>) -> bool {
    class.has(flag::HAS_DICT) || class.inline_slots > 0
}

/// Where the attributes of cells of this kind begin.
fn attributes_at(kind: Kind) -> u32 {
    kinds::KINDS[kind.0 as usize].size as u32
}

/// `type.__new__(meta, name, bases, namespace)`
pub fn new_class(
    th: &Thread,
    meta: Gc<Class>,
    name: Gc<Str>,
    bases: &[Value],
    namespace: Gc<Dict>,
) -> Result<Gc<Class>> {
    let vm = th.vm();
    let names = &*vm.names;
    let object = vm.class_of_kind(kinds::OBJECT).value();
    let bases = if bases.is_empty() { &[object][..] } else { bases };
    if name.wtf8().contains(&0) {
        return Err(th.value_error("type name must not contain null characters"));
    }
    codec::check_utf8(th, name)?;
    if let Some(doc) = namespace.get_str(th, names.__doc__).and_then(|doc| doc.as_str_cell()) {
        codec::check_utf8(th, doc)?;
    }
    let base = best_base(th, bases)?;
    let layout = layout(th, name, base, bases, namespace.get_str(th, names.__slots__))?;
    let inherited = vm.shapes().get(base.root_shape()).map_or(Vec::new(), |s| s.names.clone());
    if inherited.len() + layout.slots().len() > MOST_SLOTS {
        return Err(th.type_error(format_args!("__slots__ can have {MOST_SLOTS} names at most")));
    }
    let mut inline = inline_slots(th, namespace, &inherited, &layout, base, bases);
    let varying = matches!(base.instance_kind, kinds::STR | kinds::BYTES);
    if varying {
        inline = 0;
    }
    let mut flags = flag::SUBCLASSABLE;
    for bit in [flag::EXCEPTION, flag::METACLASS, flag::MATCH_SELF] {
        if bases.iter().filter_map(|b| b.as_class()).any(|b| b.has(bit)) {
            flags |= bit;
        }
    }
    for (yes, bit) in [(layout.has_dict, flag::HAS_DICT), (layout.has_weakrefs, flag::WEAKREFS)] {
        if yes {
            flags |= bit;
        }
    }
    let class = th.alloc_class(name, bases, base.instance_kind, inline, flags, None, Some(meta));
    class.namespace.fill_from(th, namespace);
    fill_cells(th, class)?;
    class_order::set(th, class, bases)?;
    inherit_pattern(class);
    shape_of_instances(th, class, &inherited, &layout, varying)?;
    finish_namespace(th, class, &layout)?;
    update_flags(th, class);
    register_with_bases(th, class, bases);
    after_creation(th, class)?;
    Ok(class)
}

/// Sequence or mapping to a pattern: the first class of the MRO that is one of them decides.
fn inherit_pattern(class: Gc<Class>) {
    let of = |base: &Value| base.as_class().map_or(0, |base| base.flag_bits() & (flag::SEQUENCE | flag::MAPPING));
    if let Some(bits) = class.mro().items().iter().skip(1).map(of).find(|bits| *bits != 0) {
        class.set(bits);
    }
}

/// The root shape of a new class: what is in `__slots__` has its place from the start.
fn shape_of_instances(
    th: &Thread,
    class: Gc<Class>,
    inherited: &[Gc<Str>],
    layout: &Layout,
    varying: bool,
) -> Result<()> {
    let shapes = th.vm().shapes();
    let names = if varying { Vec::new() } else { inherited.iter().copied().chain(layout.slots()).collect() };
    let attributes_at = attributes_at(class.instance_kind);
    let Some(mut shape) = shapes.root(class, attributes_at, class.inline_slots.into(), names) else {
        return Err(th.memory_error());
    };
    if varying {
        shape = shapes.dictionary(shape);
    }
    class.root_shape.store(shape.id.0, std::sync::atomic::Ordering::Release);
    Ok(())
}

/// What every namespace gets: `__module__`, `__doc__`, implicit class and static methods, members for slots.
fn finish_namespace(th: &Thread, class: Gc<Class>, layout: &Layout) -> Result<()> {
    let names = &*th.vm().names;
    let namespace = class.namespace;
    if let Some(qualname) = namespace.remove_str(th, names.__qualname__) {
        match qualname.as_str_cell() {
            Some(qualname) => class.qualname.set(Some(qualname)),
            None => {
                return Err(
                    th.type_error(format_args!("type __qualname__ must be a str, not {}", th.type_name(qualname)))
                );
            }
        }
    }
    if !namespace.has_str(th, names.__module__)
        && let Some(frame) = th.stack.frames().last()
        && let Some(module) = frame.globals.get_str(th, names.__name__)
    {
        namespace.set_str(th, names.__module__, module);
    }
    for (name, wrap_class) in [(names.__new__, false), (names.__init_subclass__, true), (names.__class_getitem__, true)]
    {
        if let Some(function) = namespace.get_str(th, name)
            && function.downcast::<Function>().is_some()
        {
            let wrapped = if wrap_class {
                th.alloc(ClassMethod { header: Header::of_kind(kinds::CLASSMETHOD), function: Slot::new(function) })
                    .value()
            } else {
                th.alloc(StaticMethod { header: Header::of_kind(kinds::STATICMETHOD), function: Slot::new(function) })
                    .value()
            };
            namespace.set_str(th, name, wrapped);
        }
    }
    for name in layout.slots() {
        if namespace.has_str(th, name) {
            return Err(th.value_error(format_args!("'{}' in __slots__ conflicts with class variable", name.to_text())));
        }
        let member = Member { header: Header::of_kind(kinds::MEMBER), name, owner: class.value() };
        namespace.set_str(th, name, th.alloc(member).value());
    }
    for (adds, name, def) in
        [(layout.adds_dict, names.__dict__, &object::DICT), (layout.adds_weakrefs, names.__weakref__, &object::WEAKREF)]
    {
        if adds && !namespace.has_str(th, name) {
            let getset = GetSet { header: Header::of_kind(kinds::GETSET), def, owner: class.value() };
            namespace.set_str(th, name, th.alloc(getset).value());
        }
    }
    if !namespace.has_str(th, names.__doc__) {
        namespace.set_str(th, names.__doc__, Value::NONE);
    }
    if namespace.has_str(th, names.__eq__) && !namespace.has_str(th, names.__hash__) {
        namespace.set_str(th, names.__hash__, Value::NONE);
    }
    Ok(())
}

/// Puts the class into the cells that its body has left for it in the namespace.
fn fill_cells(th: &Thread, class: Gc<Class>) -> Result<()> {
    let names = &*th.vm().names;
    if let Some(cell) = class.namespace.remove_str(th, names.__classcell__) {
        let Some(cell) = cell.downcast::<ClosureCell>() else {
            let given = th.class_of(cell).value();
            let given = ops::repr(th, given)?.to_text();
            return Err(th.type_error(format_args!("__classcell__ must be a nonlocal cell, not {given}")));
        };
        cell.contents.set(class.value());
    }
    if let Some(cell) = class.namespace.remove_str(th, names.__classdictcell__)
        && let Some(cell) = cell.downcast::<ClosureCell>()
    {
        cell.contents.set(class.namespace.value());
    }
    Ok(())
}

/// `__set_name__` of the attributes.
fn after_creation(th: &Thread, class: Gc<Class>) -> Result<()> {
    let names = &*th.vm().names;
    let entries = th.list(&class.namespace.entries().iter().flat_map(|(k, v)| [*k, *v]).collect::<Vec<_>>());
    let Some(entries) = entries.downcast::<List>() else { return Ok(()) };
    for at in (0..entries.len()).step_by(2) {
        let (Some(key), Some(value)) = (entries.at(at), entries.at(at + 1)) else { continue };
        if !value.is_cell() || value.downcast::<Function>().is_some() {
            continue;
        }
        if let Some(method) = th.lookup(th.class_of(value), names.__set_name__)
            && let Err(raised) = th.call_unbound(method, value, &[class.value(), key])
        {
            let note = format!(
                "Error calling __set_name__ on '{}' instance {} in '{}'",
                th.type_name(value),
                ops::repr(th, key).map(|s| s.to_text()).unwrap_or_default(),
                class.name()
            );
            crate::objects::exception::add_note(th, &note);
            return Err(raised);
        }
    }
    Ok(())
}

/// `super(class, class).__init_subclass__(**keywords)`
pub fn init_subclass(th: &Thread, class: Gc<Class>, args: &[Value], keyword_names: &[Value]) -> Result<()> {
    let name = th.vm().names.__init_subclass__;
    let order = class.mro();
    let Some(own) = order.items().iter().position(|base| *base == class.value()) else {
        // The metaclass's `mro` left the class itself out.
        return Err(th.type_error(format_args!(
            "super(type, obj): obj (type {0}) is not an instance or subtype of type ({0}).",
            class.name()
        )));
    };
    for base in &order.items()[own + 1..] {
        if let Some(base) = base.as_class()
            && let Some(method) = base.namespace.get_str(th, name)
        {
            let bound = ops::bind(th, method, Value::EMPTY, class)?;
            th.call_keywords(bound, args, keyword_names)?;
            return Ok(());
        }
    }
    Ok(())
}

/// Recomputes what the flags say of the methods of the class; whether anything changed.
pub fn update_flags(th: &Thread, class: Gc<Class>) -> bool {
    // Whoever comes last sees the changes of all that came before.
    let _guard = th.guard(&class.get().header);
    let before = class.flag_bits();
    let names = &*th.vm().names;
    // What `object` and `type` themselves have is built into the protocols.
    let built_in = [kinds::OBJECT, kinds::CLASS].map(|kind| th.vm().class_of_kind(kind));
    let own = |name: Gc<Str>| {
        let mut classes = class.mro().items().iter().filter_map(|c| c.as_class());
        classes.any(|c| !built_in.contains(&c) && c.namespace.has_str(th, name))
    };
    for (yes, bit) in [
        (own(names.__getattribute__), flag::GETATTRIBUTE),
        (own(names.__getattr__), flag::GETATTR),
        (own(names.__setattr__) || own(names.__delattr__), flag::SETATTR),
        (own(names.__del__), flag::FINALIZER),
    ] {
        if yes {
            class.set(bit);
        } else {
            class.unset(bit);
        }
    }
    class.flag_bits() != before
}

pub fn register_with_bases(th: &Thread, class: Gc<Class>, bases: &[Value]) {
    for base in bases.iter().filter_map(|b| b.as_class()) {
        let reference = weakref::new(th, class.value());
        let _guard = th.guard(&base.get().header);
        let mut known = base.subclasses.get().downcast::<List>().unwrap_or_else(|| List::new(th, &[]));
        // Dead references are swept out when the list has doubled since.
        if known.len() > 8 && known.len().is_power_of_two() {
            let alive: Vec<Value> = known.items(th).into_iter().filter(|r| !weakref::target(*r).is_none()).collect();
            known = List::new(th, &alive);
        }
        known.push(th, reference);
        base.subclasses.set(known.value());
    }
}

/// The living direct subclasses, which from now on live as long as the tuple does.
pub fn subclasses(th: &Thread, class: Gc<Class>) -> Gc<Tuple> {
    let mut found: Vec<Value> = native_subclasses(th, class).into_iter().map(Gc::value).collect();
    if let Some(list) = class.subclasses.get().downcast::<List>() {
        found.extend(list.items(th).into_iter().map(weakref::target).filter(|class| class.as_class().is_some()));
    }
    Tuple::new(th, &found)
}

/// Does the same to each living direct subclass.
pub fn each_subclass(th: &Thread, class: Gc<Class>, run: impl FnMut(Gc<Class>) -> Result<()>) -> Result<()> {
    subclasses(th, class).items().iter().filter_map(|subclass| subclass.as_class()).try_for_each(run)
}

/// The built-in ones, which are in no list.
fn native_subclasses(th: &Thread, class: Gc<Class>) -> Vec<Gc<Class>> {
    let Some(def) = class.def else { return Vec::new() };
    let is_object = def.base.is_none() && def.name == "object";
    let inherits = |other: &&'static TypeDef| match other.base {
        Some(base) => std::ptr::eq(base, def),
        None => is_object && !std::ptr::eq(*other, def),
    };
    let all = std::iter::once(&bool::BOOL).chain(TYPES.iter().copied()).chain(&exception::DEFINITIONS);
    all.filter(inherits).filter_map(|def| th.vm().find_class(def)).collect()
}

/// `class.name = value`, or `del class.name` where the value is `EMPTY`.
pub fn set_attribute(th: &Thread, class: Gc<Class>, name: Gc<Str>, value: Value) -> Result<()> {
    if class.has(flag::IMMUTABLE) {
        return Err(th.type_error(format_args!(
            "cannot set '{}' attribute of immutable type '{}'",
            name.to_text(),
            class.name()
        )));
    }
    let special = name.wtf8().starts_with(b"__");
    let old = {
        // Changes of one class come one after the other, and each has retired what is cached before the next begins: a
        // store to a table that a growing namespace has replaced would otherwise be missed by lookups cached before.
        let _guard = th.guard(&class.get().header);
        let old = class.namespace.get_str(th, name);
        if !value.is_empty() {
            class.namespace.set_str(th, name, value);
        } else {
            class.namespace.remove_str(th, name);
        }
        if old.is_none() || value.is_empty() || special {
            th.vm().classes_changed();
        }
        old
    };
    if value.is_empty() && old.is_none() {
        return Err(ops::no_attribute(th, class.value(), name));
    }
    let data = |v: Option<Value>| v.is_some_and(|v| !v.is_empty() && ops::is_data_descriptor(th, v));
    // What a slot's descriptor leads to is remembered as an object's own attribute too.
    let was_slot = old.is_some_and(|v| v.downcast::<crate::objects::descriptors::Member>().is_some());
    let otherwise_found = special && refresh(th, class);
    if otherwise_found || was_slot || data(Some(value)) != data(old) {
        th.vm().classes_changed();
        forget_caches(th);
    }
    Ok(())
}

/// Recomputes the flags of the class and of all that inherit from it; whether any changed.
fn refresh(th: &Thread, class: Gc<Class>) -> bool {
    let changed = update_flags(th, class);
    let below = subclasses(th, class).items().iter().filter_map(|subclass| subclass.as_class());
    below.fold(changed, |changed, subclass| refresh(th, subclass) | changed)
}

/// Empties the inline caches of all code: for the rare case that a class gains a data descriptor or a `__setattr__`, which
/// a cache of an instance's own attribute does not check for.
fn forget_caches(th: &Thread) {
    let vm = th.vm();
    th.with_world_stopped(|| {
        for address in vm.codes.lock().iter() {
            // SAFETY: the list names living code objects: the collector removes those it frees.
            let code: Gc<crate::objects::code::Code> = unsafe { Gc::from_address(*address) };
            for site in code.body.sites() {
                site.forget();
            }
        }
    });
}

/// Raises TypeError if the class has abstract methods left.
#[cold]
pub fn refuse_abstract(th: &Thread, class: Gc<Class>) -> Result<()> {
    let Some(methods) = class.namespace.get_str(th, th.intern("__abstractmethods__")) else { return Ok(()) };
    let mut names = Vec::new();
    ops::for_each(th, methods, |name| {
        names.push(format!("'{}'", ops::str(th, name)?.to_text()));
        Ok(())
    })?;
    if names.is_empty() {
        return Ok(());
    }
    names.sort();
    let s = if names.len() == 1 { "" } else { "s" };
    Err(th.raise(
        Exc::TypeError,
        format_args!(
            "Can't instantiate abstract class {} without an implementation for abstract method{s} {}",
            class.name(),
            names.join(", ")
        ),
    ))
}

/// The metaclass that a class statement with these bases gets.
pub fn winner(th: &Thread, meta: Gc<Class>, bases: &[Value]) -> Result<Gc<Class>> {
    let mut winner = meta;
    for base in bases {
        let candidate = th.class_of(*base);
        if winner.is_subclass_of(candidate) {
            continue;
        }
        if candidate.is_subclass_of(winner) {
            winner = candidate;
            continue;
        }
        return Err(th.type_error(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
        ));
    }
    Ok(winner)
}

/// `__build_class__(function, name, *bases, metaclass=…, **keywords)`
pub fn build_class(th: &Thread, function: Value, name: Value, given: &[Value], keywords: Gc<Dict>) -> Result {
    let names = &*th.vm().names;
    let Some(body) = function.downcast::<Function>() else {
        return Err(th.type_error("__build_class__: func must be a function"));
    };
    let bases = resolve_bases(th, given)?;
    let explicit = keywords.remove_str(th, names.metaclass);
    let meta_value = match explicit {
        Some(meta) => meta,
        None => bases.items().first().map_or(th.vm().class_of_kind(kinds::CLASS).value(), |b| th.class_of(*b).value()),
    };
    let meta_value = match meta_value.as_class() {
        Some(meta) => winner(th, meta, bases.items())?.value(),
        None => meta_value,
    };
    let namespace = match ops::find_attr(th, meta_value, names.__prepare__)? {
        Some(prepare) => th.call_unpacked(prepare, &[name, bases.value()], Some(keywords))?,
        None => Dict::new(th).value(),
    };
    if namespace.downcast::<Dict>().is_none() && th.lookup(th.class_of(namespace), names.__getitem__).is_none() {
        let meta = meta_value.as_class().map_or_else(|| "<metaclass>".to_owned(), |meta| meta.short_name());
        let given = th.type_name(namespace);
        return Err(th.type_error(format_args!("{meta}.__prepare__() must return a mapping, not {given}")));
    }
    let cell = th.run_code(body.code(), body.globals, namespace, Some(body))?;
    if bases.items() != given {
        ops::set_item(th, namespace, names.__orig_bases__.value(), th.tuple(given))?;
    }
    let class = th.call_unpacked(meta_value, &[name, bases.value(), namespace], Some(keywords))?;
    check_class_cell(th, cell, class)?;
    Ok(class)
}

/// That the cell of `__class__`, which the body returned, refers to the class that the metaclass made.
fn check_class_cell(th: &Thread, cell: Value, class: Value) -> Result<()> {
    let Some(cell) = cell.downcast::<ClosureCell>() else { return Ok(()) };
    let found = cell.contents.get();
    if found == class || !class.is_class() {
        return Ok(());
    }
    let (name, class_text) =
        (class.as_class().map_or_else(String::new, |c| c.short_name()), ops::repr(th, class)?.to_text());
    if found.is_empty() {
        return Err(th.runtime_error(format!(
            "__class__ not set defining '{name}' as {class_text}. Was __classcell__ propagated to type.__new__?"
        )));
    }
    let found = ops::repr(th, found)?.to_text();
    Err(th.type_error(format_args!("__class__ set to {found} defining '{name}' as {class_text}")))
}

/// Bases with `__mro_entries__` replaced by what that gives.
fn resolve_bases(th: &Thread, given: &[Value]) -> Result<Gc<Tuple>> {
    if given.iter().all(|b| b.is_class()) {
        return Ok(Tuple::new(th, given));
    }
    let list = List::new(th, &[]);
    let original = th.tuple(given);
    for base in given {
        if base.is_class() {
            list.push(th, *base);
            continue;
        }
        match ops::find_attr(th, *base, th.vm().names.__mro_entries__)? {
            Some(entries) => {
                let entries = th.call(entries, &[original])?;
                let Some(entries) = entries.downcast::<Tuple>() else {
                    return Err(th.type_error("__mro_entries__ must return a tuple"));
                };
                entries.items().iter().for_each(|b| list.push(th, *b));
            }
            None => list.push(th, *base),
        }
    }
    Ok(Tuple::new(th, &list.items(th)))
}
