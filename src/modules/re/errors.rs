//! From what is wrong with a pattern to the exception.

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::str::Str;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::parser::Failure;

/// The exception for a pattern or template that could not be read.
pub fn raise(th: &Thread, failure: Failure, source: Value) -> Raised {
    match failure {
        Failure::Pattern { message, position } => match pattern_error(th, &message, source, position) {
            Ok(error) => th.raise_value(error),
            Err(raised) => raised,
        },
        Failure::Overflow => th.raise(Exc::OverflowError, "the repetition number is too large"),
        Failure::Value(message) => th.value_error(message),
        Failure::Raised(raised) => raised,
    }
}

/// `re.PatternError(message, source, position)`
pub fn pattern_error(th: &Thread, message: &[u8], source: Value, position: Option<usize>) -> Result {
    let class = ops::get_attr(th, super::python_part(th)?, th.intern("PatternError"))?;
    let position = position.map_or(Value::NONE, |position| th.int(position as i64));
    th.call(class, &[Str::from_wtf8(th, message).value(), source, position])
}
