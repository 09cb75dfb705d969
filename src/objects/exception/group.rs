//! Exception groups: several exceptions as one, taken apart by `except*`, `split` and `subgroup`.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::objects::class::flag;
use crate::objects::list::List;
use crate::objects::str::Str;
use crate::objects::str::args::text;
use crate::objects::tuple::Tuple;
use crate::vm::native::{GetSetDef, NativeDef, Result, member, native};
use crate::vm::{Thread, ops};

use super::{Exc, Exception, allocate, base, is_instance, items, list_of, no_keywords, of};

const MESSAGE: usize = 0;
/// A tuple.
const EXCEPTIONS: usize = 1;
/// How a sequence that is neither list nor tuple showed itself when the group was made of it.
const SHOWN: usize = 2;

pub(super) const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        make(th, args[0], items(args[1]))
    })
    .static_method(),
    native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |th, args| {
        no_keywords(th, th.class_of(args[0]), args[2])?;
        of(args[0]).args.set(args[1]);
        Ok(Value::NONE)
    }),
    native("__str__", "(self, /)", "Return str(self).", |th, args| {
        let this = of(args[0]);
        let count = exceptions(args[0]).items().len();
        let s = if count == 1 { "" } else { "s" };
        let mut text = ops::str(th, this.field(MESSAGE))?.wtf8().to_vec();
        text.extend_from_slice(format!(" ({count} sub-exception{s})").as_bytes());
        Ok(Str::from_wtf8(th, &text).value())
    }),
    native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
        let this = of(args[0]);
        let parts = exceptions(args[0]);
        // Shown as the kind of sequence it was made from; one that is neither list nor tuple as it showed itself then.
        let was_tuple = this.args().get(1).is_some_and(|a| a.downcast::<Tuple>().is_some());
        let shown = if was_tuple { parts.value() } else { List::new(th, parts.items()).value() };
        let shown = match this.field(SHOWN).as_str_cell() {
            Some(shown) => shown,
            None => ops::repr(th, shown)?,
        };
        let message = ops::repr(th, this.field(MESSAGE))?;
        Ok(th.str(&format!("{}({}, {})", th.type_name(args[0]), message.to_text(), shown.to_text())))
    }),
    native("derive", "($self, excs, /)", "", |th, args| {
        let class = th.vm().exception_class(Exc::BaseExceptionGroup).value();
        th.call(class, &[of(args[0]).field(MESSAGE), args[1]])
    }),
    native("split", "($self, matcher_value, /)", "", |th, args| {
        let matcher = Matcher::of(th, args[1])?;
        let parts = split(th, args[0], &matcher, true)?;
        let shown = |v: Value| if v.is_empty() { Value::NONE } else { v };
        Ok(th.tuple(&[shown(parts.matching), shown(parts.rest)]))
    }),
    native("subgroup", "($self, matcher_value, /)", "", |th, args| {
        let matcher = Matcher::of(th, args[1])?;
        let found = split(th, args[0], &matcher, false)?.matching;
        Ok(if found.is_empty() { Value::NONE } else { found })
    }),
    crate::objects::generic_alias::CLASS_GETITEM,
];

pub(super) const ATTRIBUTES: &[GetSetDef] = &[
    member("message", "exception message", |_, this| Ok(of(this).field(MESSAGE))),
    member("exceptions", "nested exceptions", |_, this| Ok(exceptions(this).value())),
];

/// The exceptions of a group.
pub fn exceptions(group: Value) -> Gc<Tuple> {
    match of(group).field(EXCEPTIONS).downcast() {
        Some(tuple) => tuple,
        None => unreachable!("a group gets its exceptions when it is made"),
    }
}

/// `BaseExceptionGroup.__new__`: without a base exception among them, an ExceptionGroup.
fn make(th: &Thread, class: Value, args: &[Value]) -> Result {
    let mut class = base::class_argument(th, class)?;
    let [message, sequence] = args else {
        return Err(th.type_error(format_args!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
            args.len()
        )));
    };
    text(th, *message, "BaseExceptionGroup.__new__() argument 1")?;
    let parts = sequence_of_exceptions(th, *sequence)?;
    let vm = th.vm();
    let (base_group, group) = (vm.exception_class(Exc::BaseExceptionGroup), vm.exception_class(Exc::ExceptionGroup));
    let all_plain = parts.items().iter().all(|e| is_instance(th, *e, Exc::Exception));
    if all_plain && class == base_group {
        class = group;
    } else if !all_plain && class == group {
        return Err(th.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
    } else if !all_plain && class.is_subclass_of(vm.exception_class(Exc::Exception)) {
        return Err(th.type_error(format_args!("Cannot nest BaseExceptions in '{}'", class.name())));
    }
    let plain = list_of(*sequence).is_some() || sequence.downcast::<Tuple>().is_some();
    let shown = if plain { Value::EMPTY } else { ops::repr(th, *sequence)?.value() };
    let this = allocate(th, class, Tuple::new(th, args));
    this.set_field(th, SHOWN, shown);
    this.set_field(th, MESSAGE, *message);
    this.set_field(th, EXCEPTIONS, parts.value());
    Ok(this.value())
}

fn sequence_of_exceptions(th: &Thread, sequence: Value) -> Result<Gc<Tuple>> {
    let is_sequence = list_of(sequence).is_some()
        || sequence.downcast::<Tuple>().is_some()
        || sequence.as_str_cell().is_some()
        || th.class_of(sequence).has(flag::SEQUENCE)
        || (th.lookup(th.class_of(sequence), th.intern("__getitem__")).is_some()
            && sequence.downcast::<crate::objects::dict::Dict>().is_none());
    if !is_sequence {
        return Err(th.type_error("second argument (exceptions) must be a sequence"));
    }
    let parts = match sequence.downcast::<Tuple>() {
        Some(tuple) => tuple,
        None => ops::collect(th, sequence)?.to_tuple(th),
    };
    if parts.is_empty() {
        return Err(th.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    for (at, part) in parts.items().iter().enumerate() {
        if !is_instance(th, *part, Exc::BaseException) {
            return Err(th.value_error(format_args!("Item {at} of second argument (exceptions) is not an exception")));
        }
    }
    Ok(parts)
}

/// For `exception::new`, where the arguments are known to be right.
pub(super) fn initialize(th: &Thread, this: Gc<Exception>, args: &[Value]) -> Result<()> {
    let [message, sequence] = args else { return Err(th.type_error("a group needs a message and exceptions")) };
    let parts = sequence_of_exceptions(th, *sequence)?;
    this.set_field(th, MESSAGE, *message);
    this.set_field(th, EXCEPTIONS, parts.value());
    Ok(())
}

/// `BaseExceptionGroup(message, exceptions)`; `exceptions` is a tuple or a list.
pub fn new_group(th: &Thread, message: &str, exceptions: Value) -> Result {
    let class = th.vm().exception_class(Exc::BaseExceptionGroup).value();
    make(th, class, &[th.str(message), exceptions])
}

/// The group that `except*` makes of a single exception: it was raised where the clause stands.
pub fn wrap(th: &Thread, exception: Value) -> Result {
    let group = new_group(th, "", th.tuple(&[exception]))?;
    if let Some(frame) = th.stack.frames().last() {
        of(group).traceback.set(crate::objects::traceback::new(th, Value::EMPTY, frame, true));
    }
    Ok(group)
}

/// Which exceptions belong to the part that is looked for.
enum Matcher<'a> {
    /// Instances of a class, or of one of several.
    Classes(&'a [Value]),
    /// Those for which a function returns true.
    Predicate(Value),
    /// These very objects.
    Objects(&'a [Value]),
}

impl<'a> Matcher<'a> {
    /// Of what `split` and `subgroup` get. The slice lies in a tuple that the returned matcher keeps on the native stack.
    fn of(th: &Thread, value: Value) -> Result<Matcher<'a>> {
        let is_exception_class = |v: &Value| v.as_class().is_some_and(|c| c.has(flag::EXCEPTION));
        if is_exception_class(&value) {
            return Ok(Matcher::Classes(Tuple::new(th, &[value]).items()));
        }
        if let Some(tuple) = value.downcast::<Tuple>()
            && tuple.items().iter().all(is_exception_class)
        {
            return Ok(Matcher::Classes(tuple.items()));
        }
        let is_callable = th.lookup(th.class_of(value), th.intern("__call__")).is_some();
        if value.as_class().is_none() && is_callable {
            return Ok(Matcher::Predicate(value));
        }
        Err(th.type_error("expected an exception type, a tuple of exception types, or a callable (other than a class)"))
    }

    fn matches(&self, th: &Thread, exception: Value) -> Result<bool> {
        match self {
            Matcher::Classes(classes) => {
                let class = th.class_of(exception);
                Ok(classes.iter().filter_map(|c| c.as_class()).any(|c| class.is_subclass_of(c)))
            }
            Matcher::Predicate(function) => {
                let result = th.call(*function, &[exception])?;
                ops::truthy(th, result)
            }
            Matcher::Objects(objects) => Ok(objects.contains(&exception)),
        }
    }
}

/// The two parts of a group; `EMPTY` where there is nothing.
struct Parts {
    matching: Value,
    rest: Value,
}

fn split(th: &Thread, exception: Value, matcher: &Matcher<'_>, with_rest: bool) -> Result<Parts> {
    th.check_recursion(" in exception_group_split_recursive")?;
    if matcher.matches(th, exception)? {
        return Ok(Parts { matching: exception, rest: Value::EMPTY });
    }
    if !is_instance(th, exception, Exc::BaseExceptionGroup) {
        return Ok(Parts { matching: Value::EMPTY, rest: exception });
    }
    let (matching, rest) = (List::new(th, &[]), List::new(th, &[]));
    for part in exceptions(exception).items() {
        let parts = split(th, *part, matcher, with_rest)?;
        if !parts.matching.is_empty() {
            matching.push(th, parts.matching);
        }
        if with_rest && !parts.rest.is_empty() {
            rest.push(th, parts.rest);
        }
    }
    let matching = subset(th, exception, matching)?;
    Ok(Parts { matching, rest: if with_rest { subset(th, exception, rest)? } else { Value::EMPTY } })
}

/// A group of some of the exceptions of `group`, otherwise like it; `EMPTY` for none.
fn subset(th: &Thread, group: Value, parts: Gc<List>) -> Result {
    if parts.is_empty() {
        return Ok(Value::EMPTY);
    }
    let derived = th.call_method(group, th.intern("derive"), &[parts.value()])?;
    if !is_instance(th, derived, Exc::BaseExceptionGroup) {
        return Err(th.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    let (from, to) = (of(group), of(derived));
    to.traceback.set(from.traceback.get());
    to.context.set(from.context.get());
    to.cause.set(from.cause.get());
    // As setting a cause does, even none.
    to.suppress_context.store(true, Ordering::Relaxed);
    let name = th.intern("__notes__");
    if let Some(notes) = ops::find_attr(th, group, name)?
        && let Some(notes) = list_of(notes)
    {
        // A list of its own: adding a note to one part leaves the other as it is.
        ops::set_attr(th, derived, name, List::new(th, notes.to_tuple(th).items()).value())?;
    }
    Ok(derived)
}

/// What is raised at the end of `except*` clauses: from `original`, what was raised again or not handled at all, in its
/// old structure; beside it, what the handlers raised anew. `None` for nothing.
pub fn reraise_star(th: &Thread, original: Value, raised: Value) -> Result {
    let Some(raised) = list_of(raised) else { return Ok(Value::NONE) };
    let raised = raised.to_tuple(th);
    if raised.is_empty() {
        return Ok(Value::NONE);
    }
    if !is_instance(th, original, Exc::BaseExceptionGroup) {
        // A single exception that was wrapped for the clauses: at most one of them ran.
        return Ok(raised.items()[0]);
    }
    let (anew, again) = (List::new(th, &[]), List::new(th, &[]));
    for exception in raised.items().iter().filter(|e| !e.is_none()) {
        if same_origin(th, *exception, original)? { &again } else { &anew }.push(th, *exception);
    }
    let again = if again.is_empty() { Value::EMPTY } else { projection(th, original, again)? };
    if anew.is_empty() {
        return Ok(if again.is_empty() { Value::NONE } else { again });
    }
    if !again.is_empty() {
        anew.push(th, again);
    }
    match anew.to_tuple(th).items() {
        [one] => Ok(*one),
        _ => new_group(th, "", anew.value()),
    }
}

/// Whether `exception` is a part of `original` (which shares notes, traceback, cause and context), not a new one.
fn same_origin(th: &Thread, exception: Value, original: Value) -> Result<bool> {
    if !is_instance(th, exception, Exc::BaseExceptionGroup) {
        return Ok(false);
    }
    let (a, b) = (of(exception), of(original));
    let name = th.intern("__notes__");
    let same_notes = match (ops::find_attr(th, exception, name)?, ops::find_attr(th, original, name)?) {
        (None, None) => true,
        (Some(a), Some(b)) => ops::equal(th, a, b)?,
        _ => false,
    };
    Ok(same_notes
        && a.traceback.get() == b.traceback.get()
        && a.cause.get() == b.cause.get()
        && a.context.get() == b.context.get())
}

/// `original` reduced to the leaves that are in one of `parts`.
fn projection(th: &Thread, original: Value, parts: Gc<List>) -> Result {
    let leaves = List::new(th, &[]);
    for part in parts.to_tuple(th).items() {
        collect_leaves(th, *part, leaves)?;
    }
    let leaves = leaves.to_tuple(th);
    Ok(split(th, original, &Matcher::Objects(leaves.items()), false)?.matching)
}

fn collect_leaves(th: &Thread, exception: Value, leaves: Gc<List>) -> Result<()> {
    th.check_recursion("")?;
    if !is_instance(th, exception, Exc::BaseExceptionGroup) {
        leaves.push(th, exception);
        return Ok(());
    }
    exceptions(exception).items().iter().try_for_each(|part| collect_leaves(th, *part, leaves))
}
