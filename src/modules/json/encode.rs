//! JSON text of values.

use std::collections::HashSet;

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::exception;
use crate::objects::float;
use crate::objects::format;
use crate::objects::int::IntRef;
use crate::objects::list::{self, List};
use crate::objects::str::{Str, check_size};
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread, ops};

use super::text;

pub(super) const ENCODE: NativeDef = native(
    "encode",
    "(obj, default, check_circular, ensure_ascii, indent, key_separator, item_separator, sort_keys, skipkeys, \
     allow_nan, write=None, /)",
    "The JSON text of obj; what was written before an error is given to write.",
    |th, args| {
        let flag = |at: usize| ops::truthy(th, args[at]);
        let (key_separator, item_separator) = (text_of(th, args, 5)?, text_of(th, args, 6)?);
        let mut encoder = Encoder {
            th,
            out: Vec::new(),
            checked: 0,
            level: 0,
            open: Open::default(),
            default: args[1],
            check_circular: flag(2)?,
            ascii: flag(3)?,
            indent: if args[4].is_none() { None } else { Some(text_of(th, args, 4)?) },
            key_separator,
            item_separator,
            sort_keys: flag(7)?,
            skip_keys: flag(8)?,
            allow_nan: flag(9)?,
        };
        match encoder.value(args[0]) {
            Ok(()) => encoder.finish(),
            Err(raised) if args[10].is_empty() || args[10].is_none() => Err(raised),
            Err(raised) => {
                let error = th.take_exception(raised);
                let written = encoder.finish()?;
                th.call(args[10], &[written])?;
                Err(th.raise_value(error))
            }
        }
    },
);

pub(super) const QUOTE: NativeDef =
    native("encode_basestring", "(string, /)", "Return a JSON representation of a Python string", |th, args| {
        quoted(th, args[0], false)
    });

pub(super) const QUOTE_ASCII: NativeDef = native(
    "encode_basestring_ascii",
    "(string, /)",
    "Return an ASCII-only JSON representation of a Python string",
    |th, args| quoted(th, args[0], true),
);

fn quoted(th: &Thread, string: Value, ascii: bool) -> Result {
    let Some(string) = string.as_str_cell() else {
        return Err(th.type_error(format_args!("first argument must be a string, not {}", th.type_name(string))));
    };
    let mut out = Vec::with_capacity(string.byte_count() + 2);
    text::quote(&mut out, string.wtf8(), ascii);
    check_size(th, out.len())?;
    Ok(Str::from_wtf8(th, &out).value())
}

/// The text of an argument, which the caller holds. The error is worded as that of the function that CPython has for this.
fn text_of(th: &Thread, args: &[Value], at: usize) -> Result<&'static [u8]> {
    match args[at].as_str_cell() {
        Some(string) => Ok(string.wtf8()),
        None => {
            let class = th.type_name(args[at]);
            Err(th.type_error(format_args!("make_encoder() argument {at} must be str, not {class}")))
        }
    }
}

/// Values that are being encoded are held by the native stack alone, where the collector finds them: hooks may take them
/// out of their containers.
struct Encoder<'a> {
    th: &'a Thread,
    /// WTF-8.
    out: Vec<u8>,
    /// How long the text may become before its size is looked at again.
    checked: usize,
    level: usize,
    /// The containers around the value, by their addresses.
    open: Open,
    default: Value,
    check_circular: bool,
    ascii: bool,
    indent: Option<&'static [u8]>,
    key_separator: &'static [u8],
    item_separator: &'static [u8],
    sort_keys: bool,
    skip_keys: bool,
    allow_nan: bool,
}

/// The containers around a value. Few are quickly looked through, without a hash.
#[derive(Default)]
struct Open {
    outer: Vec<u64>,
    inner: HashSet<u64>,
}

impl Open {
    const FEW: usize = 16;

    /// False if it is there already.
    fn add(&mut self, container: u64) -> bool {
        if self.outer.contains(&container) {
            return false;
        }
        if self.outer.len() == Open::FEW {
            return self.inner.insert(container);
        }
        self.outer.push(container);
        true
    }

    /// Takes away what was added last.
    fn remove(&mut self, container: u64) {
        if !self.inner.remove(&container) {
            self.outer.pop();
        }
    }
}

/// So many bytes of text are made between two looks at what else is to be done.
const STRETCH: usize = 1 << 20;

impl Encoder<'_> {
    fn finish(&self) -> Result {
        check_size(self.th, self.out.len())?;
        Ok(Str::from_wtf8(self.th, &self.out).value())
    }

    fn value(&mut self, value: Value) -> Result<()> {
        if let Some(string) = value.as_str_cell() {
            text::quote(&mut self.out, string.wtf8(), self.ascii);
            return Ok(());
        }
        if self.constant(value) || self.number(value)? {
            return Ok(());
        }
        if self.out.len() >= self.checked {
            check_size(self.th, self.out.len())?;
            self.th.safepoint()?;
            self.checked = self.out.len() + STRETCH;
        }
        if let Some(dict) = value.downcast::<Dict>() {
            return self.object(dict);
        }
        if value.downcast::<List>().is_some() || value.downcast::<Tuple>().is_some() {
            return self.array(value);
        }
        self.other(value)
    }

    fn constant(&mut self, value: Value) -> bool {
        let word: &[u8] = match value {
            Value::NONE => b"null",
            Value::TRUE => b"true",
            Value::FALSE => b"false",
            _ => return false,
        };
        self.out.extend_from_slice(word);
        true
    }

    /// Whether it is a number; those of subclasses are written as the built-in types would.
    fn number(&mut self, value: Value) -> Result<bool> {
        if let Some(int) = IntRef::of(value) {
            match int {
                IntRef::Small(int) => push_int(&mut self.out, int),
                int => self.out.extend_from_slice(format::convert::decimal(self.th, int)?.as_bytes()),
            }
            return Ok(true);
        }
        let Some(f) = float::of(value) else { return Ok(false) };
        let word = match f {
            f if f.is_finite() => {
                self.out.extend_from_slice(format::float::repr(f).as_bytes());
                return Ok(true);
            }
            f if f.is_nan() => "NaN",
            f64::INFINITY => "Infinity",
            _ => "-Infinity",
        };
        if !self.allow_nan {
            let shown = ops::repr(self.th, value)?.to_text();
            return Err(self.th.value_error(format_args!("Out of range float values are not JSON compliant: {shown}")));
        }
        self.out.extend_from_slice(word.as_bytes());
        Ok(true)
    }

    /// What `default` makes of a value of any other type.
    fn other(&mut self, value: Value) -> Result<()> {
        self.enter(value)?;
        let replacement = self.th.call(self.default, &[value])?;
        self.th.check_recursion(" while encoding a JSON object")?;
        if let Err(raised) = self.value(replacement) {
            return Err(self.note(raised, format_args!("{} object", self.th.type_name(value))));
        }
        self.leave(value);
        Ok(())
    }

    fn enter(&mut self, container: Value) -> Result<()> {
        if self.check_circular && !self.open.add(container.bits()) {
            return Err(self.th.value_error("Circular reference detected"));
        }
        Ok(())
    }

    fn leave(&mut self, container: Value) {
        if self.check_circular {
            self.open.remove(container.bits());
        }
    }

    /// Says of an error where it happened.
    #[cold]
    fn note(&self, raised: Raised, place: impl std::fmt::Display) -> Raised {
        exception::add_note(self.th, &format!("when serializing {place}"));
        raised
    }

    /// The comma between two members, if this is not the first, and the new line before one.
    fn separate(&mut self, first: bool) {
        if !first {
            self.out.extend_from_slice(self.item_separator);
        }
        self.new_line();
    }

    fn new_line(&mut self) {
        if let Some(indent) = self.indent {
            self.out.push(b'\n');
            for _ in 0..self.level {
                self.out.extend_from_slice(indent);
            }
        }
    }

    /// A list or a tuple.
    fn array(&mut self, array: Value) -> Result<()> {
        self.th.check_recursion(" while encoding a JSON object")?;
        let item_at = |at: usize| match array.downcast::<List>() {
            Some(list) => list.at(at),
            None => array.downcast::<Tuple>().and_then(|tuple| tuple.items().get(at).copied()),
        };
        if item_at(0).is_none() {
            self.out.extend_from_slice(b"[]");
            return Ok(());
        }
        self.enter(array)?;
        self.out.push(b'[');
        self.level += 1;
        let mut at = 0;
        while let Some(item) = item_at(at) {
            self.separate(at == 0);
            if let Err(raised) = self.value(item) {
                return Err(self.note(raised, format_args!("{} item {at}", self.th.type_name(array))));
            }
            at += 1;
        }
        self.close(b']', array);
        Ok(())
    }

    fn close(&mut self, bracket: u8, container: Value) {
        self.level -= 1;
        self.new_line();
        self.out.push(bracket);
        self.leave(container);
    }

    fn object(&mut self, dict: Gc<Dict>) -> Result<()> {
        self.th.check_recursion(" while encoding a JSON object")?;
        if dict.is_empty() {
            self.out.extend_from_slice(b"{}");
            return Ok(());
        }
        self.enter(dict.value())?;
        self.out.push(b'{');
        self.level += 1;
        let mut first = true;
        if dict.get().header.is_exact() && !self.sort_keys {
            for (_, key, value) in dict.live_entries() {
                self.member(dict, key, value, &mut first)?;
            }
        } else {
            let members = self.members(dict)?;
            for pair in members.items().chunks_exact(2) {
                self.member(dict, pair[0], pair[1], &mut first)?;
            }
        }
        if first && self.indent.is_some() {
            // Every key was skipped.
            self.level -= 1;
            self.out.push(b'}');
            self.leave(dict.value());
            return Ok(());
        }
        self.close(b'}', dict.value());
        Ok(())
    }

    /// Keys and values in turn: what `items()` gives where a class may have its own, sorted if that is wanted.
    fn members(&self, dict: Gc<Dict>) -> Result<Gc<Tuple>> {
        let th = self.th;
        let exact = dict.get().header.is_exact();
        let entries = if exact { dict.entries() } else { Vec::new() };
        if exact && let Some(sorted) = sorted_by_text(entries) {
            let flat: Vec<Value> = sorted.into_iter().flat_map(|(key, value)| [key, value]).collect();
            return Ok(Tuple::new(th, &flat));
        }
        let items = ops::collect(th, th.call_method(dict.value(), th.intern("items"), &[])?)?;
        if self.sort_keys {
            list::sort(th, items, Value::NONE, false)?;
        }
        let mut flat = Vec::with_capacity(2 * items.len());
        for item in items.items(th) {
            match item.downcast::<Tuple>().map(Gc::<Tuple>::items) {
                Some([key, value]) => flat.extend([*key, *value]),
                _ => return Err(th.value_error("items must return 2-tuples")),
            }
        }
        Ok(Tuple::new(th, &flat))
    }

    fn member(&mut self, dict: Gc<Dict>, key: Value, value: Value, first: &mut bool) -> Result<()> {
        let is_key = key.as_str_cell().is_some()
            || key.is_none()
            || key.is_bool()
            || IntRef::of(key).is_some()
            || float::of(key).is_some();
        if !is_key {
            if self.skip_keys {
                return Ok(());
            }
            let class = self.th.type_name(key);
            return Err(self.th.type_error(format_args!("keys must be str, int, float, bool or None, not {class}")));
        }
        self.separate(*first);
        *first = false;
        if key.as_str_cell().is_some() {
            self.value(key)?;
        } else {
            self.out.push(b'"');
            self.value(key)?;
            self.out.push(b'"');
        }
        self.out.extend_from_slice(self.key_separator);
        if let Err(raised) = self.value(value) {
            let error = self.th.take_exception(raised);
            let shown = ops::repr(self.th, key)?.to_text();
            let raised = self.th.raise_value(error);
            return Err(self.note(raised, format_args!("{} item {shown}", self.th.type_name(dict.value()))));
        }
        Ok(())
    }
}

/// The entries in the order of their keys, if all of these are strings of no subclass, so that no code of the program's runs.
fn sorted_by_text(entries: Vec<(Value, Value)>) -> Option<Vec<(Value, Value)>> {
    let mut keyed = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let text = key.as_str_cell().filter(|_| key.header().is_some_and(|header| header.is_exact()))?;
        keyed.push((text, value));
    }
    keyed.sort_by(|(a, _), (b, _)| a.order(b));
    Some(keyed.into_iter().map(|(key, value)| (key.value(), value)).collect())
}

/// Appends an integer in decimal.
fn push_int(out: &mut Vec<u8>, int: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = int.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if int < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}
