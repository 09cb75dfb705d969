//! What the instances of a new class are made of: the names in `__slots__`, whether they have a `__dict__` and may be weakly
//! referenced, and which base they inherit the layout from.

use crate::heap::{Gc, Kind, Value};
use crate::objects::class::{Class, flag};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::function::Function;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::str::{Str, case};
use crate::objects::tuple::Tuple;

use super::native::Result;
use super::{Raised, Thread, ops};

/// More attributes than this go to the overflow store from the start, unless they are slots.
const MOST_INLINE: u16 = 24;

/// What a class adds to the instances of its best base.
pub struct Layout {
    /// Names of `__slots__`, mangled and sorted, without the two below. A tuple, so that the collector sees them: they may have
    /// been made just now, and a metaclass's `mro` runs before the class has them.
    slots: Gc<Tuple>,
    /// Instances have a `__dict__`, this class's own or a base's.
    pub has_dict: bool,
    /// This class is the one that gives them theirs.
    pub adds_dict: bool,
    pub adds_weakrefs: bool,
    pub has_weakrefs: bool,
}

impl Layout {
    /// The names in `slots`.
    pub fn slots(&self) -> impl ExactSizeIterator<Item = Gc<Str>> {
        self.slots.items().iter().map(|name| match name.as_str_cell() {
            Some(name) => name,
            None => unreachable!("`slot_names` returns strings"),
        })
    }
}

/// The layout of a class `name` with these bases, of which `base` is the best.
pub fn layout(th: &Thread, name: Gc<Str>, base: Gc<Class>, bases: &[Value], slots: Option<Value>) -> Result<Layout> {
    let names = &*th.vm().names;
    let (base_dict, base_weakrefs) = (has_dict(th, base), has_weakrefs(base));
    let Some(slots) = slots else {
        let adds_weakrefs = !base_weakrefs && !varies(base.instance_kind);
        return Ok(Layout {
            slots: Tuple::new(th, &[]),
            has_dict: true,
            adds_dict: !base_dict,
            adds_weakrefs,
            has_weakrefs: base_weakrefs || adds_weakrefs,
        });
    };
    let mut own = slot_names(th, name, slots)?;
    if !own.is_empty() && varies(base.instance_kind) {
        return Err(th.type_error(format_args!("nonempty __slots__ not supported for subtype of '{}'", base.name())));
    }
    let mut special = |wanted: Gc<Str>, there: bool| {
        let count = own.iter().filter(|name| **name == wanted.value()).count();
        own.retain(|name| *name != wanted.value());
        if count > usize::from(!there) {
            let wanted = wanted.to_text();
            return Err(th.type_error(format_args!("{wanted} slot disallowed: we already got one")));
        }
        Ok(count == 1)
    };
    let mut adds_dict = special(names.__dict__, base_dict)?;
    let mut adds_weakrefs = special(names.__weakref__, base_weakrefs)?;
    // Other bases may bring what neither the best one nor `__slots__` has.
    let others = || bases.iter().filter_map(|b| b.as_class()).filter(|b| *b != base);
    adds_dict |= !base_dict && others().any(|other| has_dict(th, other));
    adds_weakrefs |= !base_weakrefs && !varies(base.instance_kind) && others().any(has_weakrefs);
    own.sort_by_key(|name| name.as_str_cell().map(|name| name.to_text()));
    own.dedup();
    Ok(Layout {
        slots: Tuple::new(th, &own),
        has_dict: base_dict || adds_dict,
        adds_dict,
        adds_weakrefs,
        has_weakrefs: base_weakrefs || adds_weakrefs,
    })
}

/// How many attributes instances have room for in the object itself: as many as `__slots__`, inherited ones included, and as the
/// compiler saw methods store, those of all bases and of the class itself. What a program stores beyond that goes to an
/// overflow store. (`classes`)
pub fn inline_slots(
    th: &Thread,
    namespace: Gc<Dict>,
    inherited: &[Gc<Str>],
    layout: &Layout,
    base: Gc<Class>,
    bases: &[Value],
) -> u16 {
    let mut names: Vec<Value> = inherited.iter().copied().chain(layout.slots()).map(|name| name.value()).collect();
    let slots = names.len() as u16;
    if !layout.has_dict {
        return slots;
    }
    add_stored(th, namespace, &mut names);
    for base in bases.iter().filter_map(|base| base.as_class()) {
        for class in base.mro().items().iter().filter_map(|class| class.as_class()) {
            add_stored(th, class.namespace, &mut names);
        }
    }
    let annotated = annotated_count(th, namespace);
    let inherited = if annotated > 0 { base.inline_slots.saturating_add(annotated) } else { base.inline_slots };
    (names.len() as u16).min(MOST_INLINE).max(inherited.min(MOST_INLINE)).max(slots).max(base.inline_slots)
}

/// Adds the attributes that the compiler saw the class's methods store.
fn add_stored(th: &Thread, namespace: Gc<Dict>, names: &mut Vec<Value>) {
    let stored = namespace.get_str(th, th.vm().names.__static_attributes__).and_then(|names| names.downcast::<Tuple>());
    for name in stored.iter().flat_map(|stored| stored.items()) {
        if names.len() < MOST_INLINE.into() && !names.contains(name) {
            names.push(*name);
        }
    }
}

/// How many names the class annotates, at most: instances of data classes have attributes of these names, which methods store
/// that nobody has written down. They are constants of the function that computes the annotations.
fn annotated_count(th: &Thread, namespace: Gc<Dict>) -> u16 {
    let function = namespace.get_str(th, th.vm().names.__annotate_func__).and_then(|f| f.downcast::<Function>());
    let is_name = |constant: &&Value| constant.as_str_cell().is_some();
    function.map_or(0, |f| f.code().body.consts().iter().filter(is_name).count().min(MOST_INLINE.into()) as u16)
}

fn has_dict(th: &Thread, class: Gc<Class>) -> bool {
    class.has(flag::HAS_DICT) || th.lookup(class, th.vm().names.__dict__).is_some()
}

fn has_weakrefs(class: Gc<Class>) -> bool {
    class.has(flag::WEAKREFS)
        || matches!(class.instance_kind, kinds::SET | kinds::FROZENSET | kinds::CLASS | kinds::MODULE)
}

/// Whether the size of instances varies in CPython, so that nothing can be put behind it.
fn varies(kind: Kind) -> bool {
    matches!(kind, kinds::INT | kinds::TUPLE | kinds::BYTES | kinds::CLASS)
}

/// The names in a `__slots__`: private ones as the class mangles them. Until they lie in a cell there must be no safepoint.
fn slot_names(th: &Thread, class: Gc<Str>, slots: Value) -> Result<Vec<Value>> {
    let given = if slots.as_str_cell().is_some() { List::new(th, &[slots]) } else { ops::collect(th, slots)? };
    let owner = class.to_text();
    let owner = owner.trim_start_matches('_');
    let mangled = |name: &Value| {
        let Some(name) = name.as_str_cell() else {
            let given = th.type_name(*name);
            return Err(th.type_error(format_args!("__slots__ items must be strings, not '{given}'")));
        };
        if !case::is_identifier(name) {
            return Err(th.type_error("__slots__ must be identifiers"));
        }
        let text = name.to_text();
        let is_private = text.starts_with("__") && !text.ends_with("__") && !owner.is_empty();
        Ok(th.intern(&if is_private { format!("_{owner}{text}") } else { text }).value())
    };
    given.items(th).iter().map(mangled).collect()
}

/// The base whose instances' layout the new class inherits.
pub fn best_base(th: &Thread, bases: &[Value]) -> Result<Gc<Class>> {
    let mut best: Option<Gc<Class>> = None;
    for base in bases {
        let Some(base) = base.as_class() else {
            return Err(th.type_error("bases must be types"));
        };
        if base.mro().is_empty() {
            return Err(th.type_error(format_args!("Cannot extend an incomplete type '{}'", base.name())));
        }
        if !base.has(flag::SUBCLASSABLE) {
            return Err(th.type_error(format_args!("type '{}' is not an acceptable base type", base.name())));
        }
        best = Some(match best {
            None => base,
            Some(best) => better(th, best, base)?,
        });
    }
    match best {
        Some(best) => Ok(best),
        None => Err(th.type_error("a new-style class can't have only classic bases")),
    }
}

/// Which of two bases has the layout that holds the other's as well.
fn better(th: &Thread, a: Gc<Class>, b: Gc<Class>) -> Result<Gc<Class>> {
    let slots = |c: Gc<Class>| th.vm().shapes().get(c.root_shape()).map_or(0, |s| s.names.len());
    let plain = |c: Gc<Class>| c.instance_kind == kinds::OBJECT && slots(c) == 0;
    if plain(b) || a.is_subclass_of(b) {
        return Ok(a);
    }
    if plain(a) || b.is_subclass_of(a) {
        return Ok(b);
    }
    let same_kind = a.instance_kind == b.instance_kind;
    if same_kind && a.instance_kind == kinds::EXCEPTION {
        match (fielded(a), fielded(b)) {
            (Some(a), Some(b)) if !a.is_subclass_of(b) && !b.is_subclass_of(a) => return Err(conflict(th)),
            (Some(x), y) if y.is_none_or(|y| x != y && x.is_subclass_of(y)) && slots(b) == 0 => return Ok(a),
            (x, Some(y)) if x.is_none_or(|x| x != y && y.is_subclass_of(x)) && slots(a) == 0 => return Ok(b),
            _ => {}
        }
    }
    match (slots(a), slots(b)) {
        (_, 0) if same_kind => Ok(a),
        (0, _) if same_kind => Ok(b),
        // What counts is the class that brought the slots: one with empty `__slots__` adds nothing to its base's.
        _ if bringer(th, a).is_subclass_of(bringer(th, b)) => Ok(a),
        _ if bringer(th, b).is_subclass_of(bringer(th, a)) => Ok(b),
        _ => Err(conflict(th)),
    }
}

/// The nearest class of exceptions that has fields of its own: such ones exclude one another.
fn fielded(class: Gc<Class>) -> Option<Gc<Class>> {
    let classes = class.mro().items().iter().filter_map(|class| class.as_class());
    classes.into_iter().find(|class| {
        class.def.is_some_and(|def| !def.getset.is_empty() && !std::ptr::eq(def, Exc::BaseException.definition()))
    })
}

#[cold]
fn conflict(th: &Thread) -> Raised {
    th.type_error("multiple bases have instance lay-out conflict")
}

/// The class among this one and its bases whose instances first had as many slots.
fn bringer(th: &Thread, class: Gc<Class>) -> Gc<Class> {
    let slots = |c: Gc<Class>| th.vm().shapes().get(c.root_shape()).map_or(0, |s| s.names.len());
    let bases = class.bases.get().map_or(&[][..], |bases| bases.items());
    let same = |base: &Gc<Class>| slots(*base) == slots(class) && base.instance_kind == class.instance_kind;
    match bases.iter().filter_map(|base| base.as_class()).find(same) {
        Some(base) => bringer(th, base),
        None => class,
    }
}
