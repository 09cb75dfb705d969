//! `raise`, and which handler an exception is for.

use crate::heap::Value;
use crate::objects::class::flag;
use crate::objects::exception::{self, Exc, Exception};
use crate::objects::tuple::Tuple;

use crate::vm::native::Result;
use crate::vm::{Raised, Thread};

/// `raise exception from cause` (`EMPTY`: no cause given).
pub fn raise(th: &Thread, exception: Value, cause: Value) -> Raised {
    let raised = th.raise_object(exception);
    if cause.is_empty() {
        return raised;
    }
    let made = th.take_exception(raised);
    let cause = if cause.is_none() {
        Value::NONE
    } else if let Some(class) = cause.as_class() {
        if !class.has(flag::EXCEPTION) {
            return th.type_error("exception causes must derive from BaseException");
        }
        match th.call(cause, &[]) {
            Ok(made) if th.is_exception(made) => made,
            Ok(made) => return th.made_no_exception(cause, made),
            Err(raised) => return raised,
        }
    } else if th.is_exception(cause) {
        cause
    } else {
        return th.type_error("exception causes must derive from BaseException");
    };
    if let Some(exception) = made.downcast::<Exception>() {
        exception.cause.set(if cause.is_none() { Value::EMPTY } else { cause });
        exception.suppress_context.store(true, std::sync::atomic::Ordering::Relaxed);
    }
    th.raise_value(made)
}

/// A bare `raise`.
pub fn raise_current(th: &Thread) -> Raised {
    let handled = th.handled();
    if handled.is_empty() {
        return th.runtime_error("No active exception to reraise");
    }
    th.raise_again(handled)
}

pub fn match_exception(th: &Thread, exception: Value, classes: Value) -> Result<bool> {
    if let Some(class) = classes.as_class()
        && class.has(flag::EXCEPTION)
    {
        return Ok(th.class_of(exception).is_subclass_of(class));
    }
    if let Some(tuple) = classes.downcast::<Tuple>() {
        let all_classes = tuple.items().iter().all(|c| c.as_class().is_some_and(|c| c.has(flag::EXCEPTION)));
        if all_classes {
            let of = th.class_of(exception);
            return Ok(tuple.items().iter().filter_map(|c| c.as_class()).any(|c| of.is_subclass_of(c)));
        }
    }
    Err(th.type_error("catching classes that do not inherit from BaseException is not allowed"))
}

pub fn match_group(th: &Thread, exception: Value, classes: Value) -> Result<(Value, Value)> {
    let group = th.vm().exception_class(Exc::BaseExceptionGroup);
    let listed = match classes.downcast::<Tuple>() {
        Some(tuple) => tuple.items().to_vec(),
        None => vec![classes],
    };
    if listed.iter().filter_map(|c| c.as_class()).any(|c| c.is_subclass_of(group)) {
        return Err(th.type_error("catching ExceptionGroup with except* is not allowed. Use except instead."));
    }
    if exception.is_none() {
        return Ok((Value::NONE, Value::NONE));
    }
    if !th.is_instance(exception, group) {
        if !match_exception(th, exception, classes)? {
            return Ok((Value::NONE, exception));
        }
        let wrapped = exception::wrap(th, exception)?;
        return Ok((wrapped, Value::NONE));
    }
    let pair = th.call_method(exception, th.intern("split"), &[classes])?;
    let class = || th.type_name(exception);
    let Some(pair) = pair.downcast::<Tuple>() else {
        let given = th.type_name(pair);
        return Err(th.type_error(format_args!("{}.split must return a tuple, not {given}", class())));
    };
    match pair.items() {
        [matched, rest, ..] => Ok((*matched, *rest)),
        items => {
            let given = items.len();
            Err(th.type_error(format_args!("{}.split must return a 2-tuple, got tuple of size {given}", class())))
        }
    }
}

pub fn prepare_reraise_star(th: &Thread, original: Value, raised: Value) -> Result {
    exception::reraise_star(th, original, raised)
}
