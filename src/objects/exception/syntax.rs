//! `SyntaxError`: where in which text.

use crate::heap::{Gc, Value};
use crate::objects::int::IntRef;
use crate::objects::tuple::Tuple;
use crate::vm::native::{GetSetDef, NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::{Exception, field, items, no_keywords, of};

/// The fields, in the order of the details tuple from `FILENAME` on.
pub mod field {
    pub const MESSAGE: usize = 0;
    pub const FILENAME: usize = 1;
    pub const LINE: usize = 2;
    pub const OFFSET: usize = 3;
    pub const TEXT: usize = 4;
    pub const END_LINE: usize = 5;
    pub const END_OFFSET: usize = 6;
    pub const METADATA: usize = 7;
    pub const PRINT_FILE_AND_LINE: usize = 8;
}

pub(super) const METHODS: &[NativeDef] = &[
    native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |th, args| {
        no_keywords(th, th.class_of(args[0]), args[2])?;
        of(args[0]).args.set(args[1]);
        initialize(th, of(args[0]), items(args[1]))?;
        Ok(Value::NONE)
    }),
    native("__str__", "(self, /)", "Return str(self).", str),
];

pub(super) const ATTRIBUTES: &[GetSetDef] = &[
    field!("msg", "exception msg", field::MESSAGE),
    field!("filename", "exception filename", field::FILENAME),
    field!("lineno", "exception lineno", field::LINE),
    field!("offset", "exception offset", field::OFFSET),
    field!("text", "exception text", field::TEXT),
    field!("end_lineno", "exception end lineno", field::END_LINE),
    field!("end_offset", "exception end offset", field::END_OFFSET),
    field!("print_file_and_line", "exception print_file_and_line", field::PRINT_FILE_AND_LINE),
    field!("_metadata", "exception private metadata", field::METADATA),
];

impl Exception {
    /// A SyntaxError's field (one of [`field`]), `None` where it is not set.
    pub fn syntax_field(&self, at: usize) -> Value {
        let value = self.field(at);
        if value.is_empty() { Value::NONE } else { value }
    }
}

impl Gc<Exception> {
    /// Sets a SyntaxError's field (one of [`field`]).
    pub fn set_syntax_field(self, th: &Thread, at: usize, value: Value) {
        self.set_field(th, at, value);
    }
}

/// `SyntaxError(message, (filename, line, offset, text[, end line, end offset[, metadata]]))`
pub(super) fn initialize(th: &Thread, this: Gc<Exception>, args: &[Value]) -> Result<()> {
    if let Some(message) = args.first() {
        this.set_field(th, field::MESSAGE, *message);
    }
    let [_, details] = args else { return Ok(()) };
    let details = match details.downcast::<Tuple>() {
        Some(tuple) => tuple,
        None => ops::collect(th, *details)?.to_tuple(th),
    };
    let given = details.items().len();
    if given < 4 {
        return Err(th.type_error(format_args!("function takes at least 4 arguments ({given} given)")));
    }
    if given > 7 {
        return Err(th.type_error(format_args!("function takes at most 7 arguments ({given} given)")));
    }
    for (at, value) in details.items().iter().enumerate() {
        this.set_field(th, field::FILENAME + at, *value);
    }
    if given == 5 {
        return Err(th.type_error("end_offset must be provided when end_lineno is provided"));
    }
    Ok(())
}

/// The message, and in brackets the file without its folder and the line, as far as they are known.
fn str(th: &Thread, args: &[Value]) -> Result {
    let this = of(args[0]);
    let message = ops::str(th, this.syntax_field(field::MESSAGE))?.to_text();
    let file = this.field(field::FILENAME).as_str_cell().map(|name| {
        let name = name.to_text();
        name.rsplit('/').next().unwrap_or_default().to_string()
    });
    let line = IntRef::of_exact(this.field(field::LINE)).and_then(IntRef::to_i64);
    Ok(th.str(&match (file, line) {
        (None, None) => message,
        (Some(file), None) => format!("{message} ({file})"),
        (None, Some(line)) => format!("{message} (line {line})"),
        (Some(file), Some(line)) => format!("{message} ({file}, line {line})"),
    }))
}
