//! `dict.keys()`, `values()`, `items()`.

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::objects::kinds;
use crate::objects::sequences::{self, Text};
use crate::objects::set::{self, Set};
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::ops::{self, CompareOp, recurse, repr_once};

use super::iter::{Part, iter};
use super::{Dict, ordered, proxy};

#[repr(C)]
pub struct DictView {
    pub header: Header,
    pub dict: Gc<Dict>,
    part: Part,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for DictView {
    const KIND: Kind = kinds::DICT_VIEW;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.dict);
    }
}

pub(super) fn new(th: &Thread, dict: Gc<Dict>, part: Part) -> Value {
    let kinds = if ordered::is_ordered(th, dict.value()) { &ORDERED_KINDS } else { &VIEW_KINDS };
    th.alloc(DictView { header: kinds::header_of_type::<DictView>(kinds[part as usize]), dict, part }).value()
}

/// In the order of [`Part`].
const VIEW_KINDS: [Kind; 3] = [kinds::DICT_VIEW, kinds::DICT_VALUES, kinds::DICT_ITEMS];
/// The same of ordered dicts.
const ORDERED_KINDS: [Kind; 3] = [kinds::ORDERED_KEYS, kinds::ORDERED_VALUES, kinds::ORDERED_ITEMS];

fn this(th: &Thread, args: &[Value]) -> Result<Gc<DictView>> {
    args[0].downcast::<DictView>().ok_or_else(|| th.type_error("a dict view is required"))
}

impl DictView {
    pub fn iter(&self, th: &Thread) -> Value {
        iter(th, self.dict, self.part, false)
    }

    /// What it shows at one moment. It is not scanned by the collector: no safepoint while it is used.
    pub fn items(&self, th: &Thread) -> Vec<Value> {
        let _guard = th.guard(&self.dict.get().header);
        let of = |(_, key, value)| match self.part {
            Part::Key => key,
            Part::Value => value,
            Part::Item => th.tuple(&[key, value]),
        };
        self.dict.live_entries().map(of).collect()
    }

    /// Whether the values are what the dict says when it is asked for each: so those of subclasses of ordered dicts.
    pub fn asks(&self, th: &Thread) -> bool {
        self.part != Part::Key && ordered::is_ordered(th, self.dict.value()) && !ordered::is_exact(th, self.dict)
    }

    fn contains(&self, th: &Thread, item: Value) -> Result<bool> {
        if self.part == Part::Key {
            return Ok(self.dict.get_item(th, item)?.is_some());
        }
        let Some([key, value]) = item.downcast::<Tuple>().map(|pair| pair.items()) else { return Ok(false) };
        match self.dict.get_item(th, *key)? {
            Some(found) => ops::equal(th, found, *value),
            None => Ok(false),
        }
    }
}

/// Whether it can be compared with a view: a set, or a view of keys or items.
fn is_set_like(v: Value) -> bool {
    set::of(v).is_some() || is_set_view(v)
}

/// Whether it is a view of keys or items.
fn is_set_view(v: Value) -> bool {
    v.downcast::<DictView>().is_some_and(|view| view.part != Part::Value)
}

fn all_contained(th: &Thread, few: Value, many: Value) -> Result<bool> {
    let iterator = ops::iter(th, few)?;
    while let Some(item) = ops::next(th, iterator)? {
        if !ops::contains(th, many, item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    if !is_set_like(a) || !is_set_like(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (x, y) = (ops::len(th, a)?, ops::len(th, b)?);
    recurse(th, " in comparison", || {
        Ok(Value::bool(match op {
            CompareOp::Eq => x == y && all_contained(th, a, b)?,
            CompareOp::Ne => !(x == y && all_contained(th, a, b)?),
            CompareOp::Lt => x < y && all_contained(th, a, b)?,
            CompareOp::Le => x <= y && all_contained(th, a, b)?,
            CompareOp::Gt => x > y && all_contained(th, b, a)?,
            CompareOp::Ge => x >= y && all_contained(th, b, a)?,
        }))
    })
}

sequences::comparisons!(compare);

fn repr(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    let text = repr_once(th, args[0], || {
        let mut text = Text::default();
        text.push(&th.type_name(args[0]));
        text.push("([");
        let asks = view.asks(th);
        for (at, (_, key, mut value)) in view.dict.live_entries().enumerate() {
            if at > 0 {
                text.push(", ");
            }
            if asks {
                value = ops::get_item(th, view.dict.value(), key)?;
            }
            match view.part {
                Part::Key => text.push_repr(th, key)?,
                Part::Value => text.push_repr(th, value)?,
                Part::Item => text.push_repr(th, th.tuple(&[key, value]))?,
            }
        }
        text.push("])");
        Ok(text.finish(th))
    })?;
    Ok(text.unwrap_or_else(|| th.str("...")))
}

fn set_of(th: &Thread, iterable: Value) -> Result<Gc<Set>> {
    let set = Set::new(th);
    set.update(th, iterable)?;
    Ok(set)
}

/// A set operator between a view and anything that can be iterated over, either being on the left.
fn operator(th: &Thread, args: &[Value], apply: fn(&Thread, Gc<Set>, Value) -> Result<()>, reflected: bool) -> Result {
    let (left, right) = if reflected { (args[1], args[0]) } else { (args[0], args[1]) };
    let set = set_of(th, left)?;
    apply(th, set, right)?;
    Ok(set.value())
}

fn unite(th: &Thread, set: Gc<Set>, other: Value) -> Result<()> {
    set.update(th, other)
}

/// `view & other`: what `other` yields of what the view has; of two views the larger is asked.
fn intersection(th: &Thread, args: &[Value]) -> Result {
    let (mut view, mut other) = (args[0], args[1]);
    if view.downcast::<DictView>().is_none() {
        (view, other) = (other, view);
    }
    if is_set_view(other) && ops::len(th, view)? > ops::len(th, other)? {
        (view, other) = (other, view);
    }
    let result = Set::new(th);
    ops::for_each(th, other, |item| if ops::contains(th, view, item)? { result.add(th, item) } else { Ok(()) })?;
    Ok(result.value())
}

fn subtract(th: &Thread, set: Gc<Set>, other: Value) -> Result<()> {
    set::algebra::remove_all(th, set.any(), other)
}

/// `view ^ other`. Of two views of items, what has the same key and an equal value in both is never hashed.
fn exclusive(th: &Thread, args: &[Value], reflected: bool) -> Result {
    let views = (args[0].downcast::<DictView>(), args[1].downcast::<DictView>());
    let (Some(a), Some(b)) = views else { return operator(th, args, toggle, reflected) };
    if a.part != Part::Item || b.part != Part::Item {
        return operator(th, args, toggle, reflected);
    }
    let (a, b) = if reflected { (b, a) } else { (a, b) };
    let (rest, result) = (a.dict.copy(th), Set::new(th));
    ops::for_each(th, b.value(), |pair| {
        let Some([key, value]) = pair.downcast::<Tuple>().map(|pair| pair.items()) else { return Ok(()) };
        match rest.get_item(th, *key)? {
            Some(found) if ops::equal(th, found, *value)? => rest.remove_item(th, *key).map(drop),
            _ => result.add(th, pair),
        }
    })?;
    result.update(th, new(th, rest, Part::Item))?;
    Ok(result.value())
}

fn toggle(th: &Thread, set: Gc<Set>, other: Value) -> Result<()> {
    set::algebra::toggle_all(th, set.any(), other)
}

fn is_disjoint(th: &Thread, args: &[Value]) -> Result {
    let (mut view, mut other) = (args[0], args[1]);
    if (is_set_view(other) || set::of(other).is_some()) && ops::len(th, other)? > ops::len(th, view)? {
        (view, other) = (other, view);
    }
    let iterator = ops::iter(th, other)?;
    while let Some(item) = ops::next(th, iterator)? {
        if ops::contains(th, view, item)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

const REPR: NativeDef = native("__repr__", "($self, /)", "Return repr(self).", repr);
const LEN: NativeDef =
    native("__len__", "($self, /)", "Return len(self).", |th, args| Ok(th.int(this(th, args)?.dict.len() as i64)));
const VIEW_ITER: NativeDef =
    native("__iter__", "($self, /)", "Implement iter(self).", |th, args| Ok(this(th, args)?.iter(th)));
const REVERSED: NativeDef = native("__reversed__", "($self, /)", "Return a reverse iterator.", |th, args| {
    let view = this(th, args)?;
    Ok(iter(th, view.dict, view.part, true))
});
const MAPPING: &[GetSetDef] =
    &[getter("mapping", "The dict that this view refers to.", |th, v| match v.downcast::<DictView>() {
        Some(view) => Ok(proxy::new(th, view.dict.value())),
        None => Err(th.type_error("a dict view is required")),
    })];

const SET_LIKE: &[NativeDef] = &[
    REPR,
    LEN,
    VIEW_ITER,
    REVERSED,
    LT,
    LE,
    EQ,
    NE,
    GT,
    GE,
    native("__contains__", "($self, key, /)", "Return bool(key in self).", |th, args| {
        Ok(Value::bool(this(th, args)?.contains(th, args[1])?))
    }),
    native("__or__", "($self, value, /)", "Return self|value.", |th, args| operator(th, args, unite, false)),
    native("__ror__", "($self, value, /)", "Return value|self.", |th, args| operator(th, args, unite, true)),
    native("__and__", "($self, value, /)", "Return self&value.", intersection),
    native("__rand__", "($self, value, /)", "Return value&self.", intersection),
    native("__sub__", "($self, value, /)", "Return self-value.", |th, args| operator(th, args, subtract, false)),
    native("__rsub__", "($self, value, /)", "Return value-self.", |th, args| operator(th, args, subtract, true)),
    native("__xor__", "($self, value, /)", "Return self^value.", |th, args| exclusive(th, args, false)),
    native("__rxor__", "($self, value, /)", "Return value^self.", |th, args| exclusive(th, args, true)),
    native(
        "isdisjoint",
        "($self, other, /)",
        "Return True if the view and the given iterable have a null intersection.",
        is_disjoint,
    ),
];

const fn view_type(
    kinds: [Kind; 3],
    part: Part,
    name: &'static str,
    doc: &'static str,
    methods: &'static [NativeDef],
    unhashable: bool,
) -> TypeDef {
    TypeDef { methods, getset: MAPPING, unhashable, ..TypeDef::new(name, kinds[part as usize], doc) }
}

const KEYS: &str = "The keys of a dict, as they are when they are looked at.";
const VALUES: &str = "The values of a dict, as they are when they are looked at.";
const ITEMS: &str = "The items of a dict, as they are when they are looked at.";
const VALUE_METHODS: &[NativeDef] = &[REPR, LEN, VIEW_ITER, REVERSED];

/// In the order of [`Part`].
pub static DICT_VIEWS: [TypeDef; 3] = [
    view_type(VIEW_KINDS, Part::Key, "dict_keys", KEYS, SET_LIKE, true),
    view_type(VIEW_KINDS, Part::Value, "dict_values", VALUES, VALUE_METHODS, false),
    view_type(VIEW_KINDS, Part::Item, "dict_items", ITEMS, SET_LIKE, true),
];

/// In the order of [`Part`].
pub static ORDERED_VIEWS: [TypeDef; 3] = [
    view_type(ORDERED_KINDS, Part::Key, "odict_keys", KEYS, SET_LIKE, true),
    view_type(ORDERED_KINDS, Part::Value, "odict_values", VALUES, VALUE_METHODS, false),
    view_type(ORDERED_KINDS, Part::Item, "odict_items", ITEMS, SET_LIKE, true),
];
