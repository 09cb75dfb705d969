//! `UnicodeDecodeError`, `UnicodeEncodeError`, `UnicodeTranslateError`: which part of what could not be converted, and why.

use crate::heap::{Gc, Value};
use crate::objects::kinds;
use crate::vm::native::{GetSetDef, NativeDef, Result, native};
use crate::vm::{Raised, Thread, ops};

use super::{Exc, Exception, field, is_instance, items, no_keywords, of};

const ENCODING: usize = 0;
const OBJECT: usize = 1;
const START: usize = 2;
const END: usize = 3;
const REASON: usize = 4;

macro_rules! init {
    ($function:path) => {
        native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |th, args| {
            no_keywords(th, th.class_of(args[0]), args[2])?;
            of(args[0]).args.set(args[1]);
            $function(th, of(args[0]), items(args[1]))?;
            Ok(Value::NONE)
        })
    };
}

/// One end of the range: an integer.
macro_rules! bound {
    ($name:literal, $doc:literal, $at:expr) => {
        field!($name, $doc, $at).settable(|th, this, value| {
            if value.is_empty() {
                return Err(th.type_error("can't delete numeric/char attribute"));
            }
            if !value.is_int() {
                return Err(th.type_error("an integer is required"));
            }
            of(this).set_field(th, $at, value);
            Ok(())
        })
    };
}

pub(super) const DECODE_METHODS: &[NativeDef] =
    &[init!(initialize), native("__str__", "(self, /)", "Return str(self).", |th, args| decode_text(th, of(args[0])))];

pub(super) const ENCODE_METHODS: &[NativeDef] = &[
    init!(initialize),
    native("__str__", "(self, /)", "Return str(self).", |th, args| character_text(th, of(args[0]), "encode")),
];

pub(super) const TRANSLATE_METHODS: &[NativeDef] = &[
    init!(initialize_translate),
    native("__str__", "(self, /)", "Return str(self).", |th, args| character_text(th, of(args[0]), "translate")),
];

pub(super) const ATTRIBUTES: &[GetSetDef] = &[
    field!("encoding", "exception encoding", ENCODING),
    field!("object", "exception object", OBJECT),
    bound!("start", "exception start", START),
    bound!("end", "exception end", END),
    field!("reason", "exception reason", REASON),
];

/// `(encoding, object, start, end, reason)`
pub(super) fn initialize(th: &Thread, this: Gc<Exception>, args: &[Value]) -> Result<()> {
    if args.len() != 5 {
        return Err(th.type_error(format_args!("function takes exactly 5 arguments ({} given)", args.len())));
    }
    string(th, args[0], 1)?;
    let mut object = args[1];
    if is_instance(th, this.value(), Exc::UnicodeDecodeError) {
        if object.as_str_cell().is_some() {
            return Err(th.type_error("a bytes-like object is required, not 'str'"));
        }
        if !is_bytes(object) {
            object = th.call(th.vm().class_of_kind(kinds::BYTES).value(), &[object])?;
        }
    } else {
        string(th, object, 2)?;
    }
    this.set_field(th, ENCODING, args[0]);
    set_range(th, this, object, &args[2..], 5)
}

/// `(object, start, end, reason)`
pub(super) fn initialize_translate(th: &Thread, this: Gc<Exception>, args: &[Value]) -> Result<()> {
    if args.len() != 4 {
        return Err(th.type_error(format_args!("function takes exactly 4 arguments ({} given)", args.len())));
    }
    string(th, args[0], 1)?;
    set_range(th, this, args[0], &args[1..], 4)
}

fn set_range(th: &Thread, this: Gc<Exception>, object: Value, rest: &[Value], last: usize) -> Result<()> {
    let (start, end) = (ops::index(th, rest[0])?, ops::index(th, rest[1])?);
    string(th, rest[2], last)?;
    for (at, value) in [(OBJECT, object), (START, start), (END, end), (REASON, rest[2])] {
        this.set_field(th, at, value);
    }
    Ok(())
}

fn string(th: &Thread, value: Value, position: usize) -> Result<()> {
    if value.as_str_cell().is_some() {
        return Ok(());
    }
    let given = th.type_name(value);
    Err(th.type_error(format_args!("argument {position} must be str, not {given}")))
}

fn is_bytes(value: Value) -> bool {
    value.header().is_some_and(|h| h.kind() == kinds::BYTES)
}

/// The range as programs may have set it.
fn range(this: Gc<Exception>) -> (i64, i64) {
    let int = |at: usize| this.field(at).as_small_int().unwrap_or(0);
    (int(START), int(END))
}

fn text_of(th: &Thread, this: Gc<Exception>, at: usize) -> Result<String> {
    let value = this.field(at);
    if value.is_empty() { Ok("<NULL>".to_string()) } else { ops::str(th, value).map(|s| s.to_text()) }
}

/// What cannot be converted has been replaced by something of another kind.
#[cold]
fn not_of_kind(th: &Thread, kind: &str) -> Raised {
    th.type_error(format_args!("UnicodeError 'object' attribute must be a {kind}"))
}

fn decode_text(th: &Thread, this: Gc<Exception>) -> Result {
    let object = this.field(OBJECT);
    if !is_bytes(object) {
        return if object.is_empty() { Ok(th.str("")) } else { Err(not_of_kind(th, "bytes")) };
    }
    let (encoding, reason) = (text_of(th, this, ENCODING)?, text_of(th, this, REASON)?);
    let (start, end) = range(this);
    let is_single = end == start + 1 && start >= 0 && start < ops::len(th, object)? as i64;
    let single = if is_single { ops::get_item(th, object, Value::small_int(start))?.as_small_int() } else { None };
    Ok(th.str(&match single {
        Some(byte) => format!("'{encoding}' codec can't decode byte {byte:#04x} in position {start}: {reason}"),
        None => format!("'{encoding}' codec can't decode bytes in position {start}-{}: {reason}", end - 1),
    }))
}

fn character_text(th: &Thread, this: Gc<Exception>, verb: &str) -> Result {
    let object = this.field(OBJECT);
    let Some(object) = object.as_str_cell() else {
        return if object.is_empty() { Ok(th.str("")) } else { Err(not_of_kind(th, "string")) };
    };
    let reason = text_of(th, this, REASON)?;
    let codec = if verb == "encode" { format!("'{}' codec ", text_of(th, this, ENCODING)?) } else { String::new() };
    let (start, end) = range(this);
    let single = usize::try_from(start).ok().filter(|_| end == start + 1).and_then(|at| object.code_points().nth(at));
    Ok(th.str(&match single {
        Some(c) => {
            let shown = match c {
                0..0x100 => format!("\\x{c:02x}"),
                0x100..0x1_0000 => format!("\\u{c:04x}"),
                _ => format!("\\U{c:08x}"),
            };
            format!("{codec}can't {verb} character '{shown}' in position {start}: {reason}")
        }
        None => format!("{codec}can't {verb} characters in position {start}-{}: {reason}", end - 1),
    }))
}
