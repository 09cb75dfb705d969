//! Values from JSON text.

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::list::{Gathered, List};
use crate::objects::str::{Str, count_chars, decode_char, equal_bytes};
use crate::objects::{float, int};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread, import, ops};

use super::text::{self, Fault};

pub(super) const SCAN: NativeDef = native(
    "scan",
    "(string, idx, strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant, /)",
    "The value at idx and the index behind it; hooks are None where values are made the usual way.",
    |th, args| {
        let (source, start) = source_and_start(th, args)?;
        let mut scanner = Scanner {
            th,
            source,
            text: source.wtf8(),
            strict: ops::truthy(th, args[2])?,
            hooks: Hooks { object: args[3], pairs: args[4], float: args[5], int: args[6], constant: args[7] },
            keys: [const { None }; KEYS],
        };
        match scanner.value(start) {
            Ok((value, end)) => Ok(th.tuple(&[value, th.int(chars_before(source, end))])),
            Err(Failure::Missing(at)) => Err(missing(th, chars_before(source, at))),
            Err(Failure::Raised(raised)) => Err(raised),
        }
    },
);

pub(super) const SCAN_STRING: NativeDef = native(
    "scanstring",
    "(string, end, strict=True, /)",
    "Scan the string s for a JSON string. End is the index of the\ncharacter in s after the quote that started the JSON string.",
    |th, args| {
        let Some(source) = args[0].as_str_cell() else { return Err(not_text(th, args[0])) };
        let Some(start) = usize::try_from(ops::index_i64(th, args[1])?).ok().and_then(|at| byte_of(source, at)) else {
            return Err(th.value_error("end is out of bounds"));
        };
        let strict = args[2].is_empty() || ops::truthy(th, args[2])?;
        let text = source.wtf8();
        let (end, decoded) = text::read(text, start, strict).map_err(|fault| raise_fault(th, source, start, fault))?;
        let string = Str::from_wtf8(th, decoded.as_deref().unwrap_or(&text[start..end - 1]));
        Ok(th.tuple(&[string.value(), th.int(chars_before(source, end))]))
    },
);

pub(super) const SKIP: NativeDef = native(
    "skip",
    "(string, idx, /)",
    "The index of the first character from idx on that is no white space.",
    |th, args| {
        let (source, start) = source_and_start(th, args)?;
        let rest = &source.wtf8()[start..];
        Ok(th.int(chars_before(source, start + rest.iter().take_while(|b| is_space(**b)).count())))
    },
);

/// The text, and the byte of it at which the character with the index lies.
fn source_and_start(th: &Thread, args: &[Value]) -> Result<(Gc<Str>, usize)> {
    let Some(source) = args[0].as_str_cell() else { return Err(not_text(th, args[0])) };
    let index = ops::index_i64(th, args[1])?;
    let Ok(at) = usize::try_from(index) else {
        return Err(th.value_error("idx cannot be negative"));
    };
    match byte_of(source, at) {
        Some(start) => Ok((source, start)),
        None => Err(missing(th, index)),
    }
}

#[cold]
fn not_text(th: &Thread, value: Value) -> Raised {
    th.type_error(format_args!("first argument must be a string, not {}", th.type_name(value)))
}

/// The byte at which the character with an index lies; that of the end is the length.
fn byte_of(source: Gc<Str>, index: usize) -> Option<usize> {
    if index > source.char_len() {
        return None;
    }
    let text = source.wtf8();
    Some(if source.is_ascii() { index } else { (0..index).fold(0, |at, _| at + decode_char(&text[at..]).1) })
}

/// StopIteration, as `JSONDecoder.scan_once` says that no value begins at an index.
#[cold]
fn missing(th: &Thread, index: i64) -> Raised {
    th.raise_with(Exc::StopIteration, &[th.int(index)])
}

/// How many characters lie before a byte.
fn chars_before(source: Gc<Str>, at: usize) -> i64 {
    if source.is_ascii() { at as i64 } else { count_chars(&source.wtf8()[..at]) as i64 }
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r')
}

/// Why there is no value.
enum Failure {
    /// None begins at this byte.
    Missing(usize),
    Raised(Raised),
}

impl From<Raised> for Failure {
    fn from(raised: Raised) -> Failure {
        Failure::Raised(raised)
    }
}

/// Raises `JSONDecodeError(message, source, position of the byte at)`.
#[cold]
fn raise(th: &Thread, source: Gc<Str>, message: &str, at: usize) -> Raised {
    let make = || {
        let module = import::import_by_name(th, th.intern("json.decoder"))?;
        let class = ops::get_attr(th, module, th.intern("JSONDecodeError"))?;
        th.call(class, &[th.str(message), source.value(), th.int(chars_before(source, at))])
    };
    match make() {
        Ok(error) => th.raise_value(error),
        Err(raised) => raised,
    }
}

/// Raises what is wrong with a string that starts at a byte.
#[cold]
fn raise_fault(th: &Thread, source: Gc<Str>, start: usize, fault: Fault) -> Raised {
    let (message, at) = match fault {
        Fault::Unterminated => ("Unterminated string starting at", start - 1),
        Fault::Control(at) => ("Invalid control character at", at),
        Fault::Escape(at) => ("Invalid \\escape", at),
        Fault::Unicode(at) => ("Invalid \\uXXXX escape", at),
    };
    raise(th, source, message, at)
}

/// What makes values in place of the scanner; None where nothing does.
struct Hooks {
    object: Value,
    pairs: Value,
    float: Value,
    int: Value,
    constant: Value,
}

/// A value and the byte behind it.
type Scanned = std::result::Result<(Value, usize), Failure>;

struct Scanner<'a> {
    th: &'a Thread,
    source: Gc<Str>,
    /// The text of `source`, which never changes.
    text: &'static [u8],
    strict: bool,
    hooks: Hooks,
    /// The keys that were read last, each where its text says: objects in an array mostly have the same. They lie on the
    /// native stack, where the collector finds them.
    keys: [Option<Gc<Str>>; KEYS],
}

const KEYS: usize = 64;

/// Where a key of this text lies among those read last.
#[inline(always)]
fn place_of_key(text: &[u8]) -> usize {
    let [first, middle, last] = match text {
        [] => [0; 3],
        [first, ..] => [*first, text[text.len() / 2], text[text.len() - 1]].map(usize::from),
    };
    (first ^ middle << 1 ^ last << 3 ^ text.len() << 2) % KEYS
}

impl Scanner<'_> {
    fn skip(&self, mut at: usize) -> usize {
        while self.text.get(at).is_some_and(|b| is_space(*b)) {
            at += 1;
        }
        at
    }

    fn error(&self, message: &str, at: usize) -> Failure {
        Failure::Raised(raise(self.th, self.source, message, at))
    }

    /// The value that begins at a byte.
    fn value(&mut self, at: usize) -> Scanned {
        match self.text.get(at) {
            Some(b'"') => self.string(at + 1),
            Some(b'{') => {
                self.th.check_recursion(" while decoding a JSON object from a unicode string")?;
                self.object(at + 1)
            }
            Some(b'[') => {
                self.th.check_recursion(" while decoding a JSON array from a unicode string")?;
                self.array(at + 1)
            }
            Some(b'-' | b'0'..=b'9') => self.number(at),
            Some(_) => self.word(at),
            None => Err(Failure::Missing(at)),
        }
    }

    /// As `value`, where one must be: in an array or an object.
    fn inner(&mut self, at: usize) -> Scanned {
        match self.value(at) {
            Err(Failure::Missing(at)) => Err(self.error("Expecting value", at)),
            scanned => scanned,
        }
    }

    fn word(&self, at: usize) -> Scanned {
        const WORDS: [(&str, Value); 3] = [("null", Value::NONE), ("true", Value::TRUE), ("false", Value::FALSE)];
        const CONSTANTS: [(&str, f64); 3] =
            [("NaN", f64::NAN), ("Infinity", f64::INFINITY), ("-Infinity", f64::NEG_INFINITY)];
        let rest = &self.text[at..];
        if let Some((word, value)) = WORDS.iter().find(|(word, _)| rest.starts_with(word.as_bytes())) {
            return Ok((*value, at + word.len()));
        }
        let Some((word, f)) = CONSTANTS.iter().find(|(word, _)| rest.starts_with(word.as_bytes())) else {
            return Err(Failure::Missing(at));
        };
        let value = match self.hooks.constant {
            Value::NONE => Value::float(*f),
            hook => self.th.call(hook, &[self.th.str(word)])?,
        };
        Ok((value, at + word.len()))
    }

    fn number(&self, start: usize) -> Scanned {
        let text = self.text;
        let digits = |from: usize| text[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let whole = start + usize::from(text[start] == b'-');
        let mut end = match text.get(whole) {
            Some(b'0') => whole + 1,
            Some(b'1'..=b'9') => whole + digits(whole),
            // Or -Infinity.
            _ => return self.word(start),
        };
        let integer_end = end;
        if text.get(end) == Some(&b'.') {
            let fraction = digits(end + 1);
            end += if fraction > 0 { 1 + fraction } else { 0 };
        }
        if matches!(text.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
            let exponent = if end + 1 + sign < text.len() { digits(end + 1 + sign) } else { 0 };
            end += if exponent > 0 { 1 + sign + exponent } else { 0 };
        }
        let number = &text[start..end];
        let value = match (end == integer_end, self.hooks.int, self.hooks.float) {
            (true, Value::NONE, _) => self.integer(number)?,
            (false, _, Value::NONE) => match float::from_text(number) {
                Some(f) => Value::float(f),
                None => return Err(Failure::Missing(start)),
            },
            (true, hook, _) | (false, _, hook) => self.th.call(hook, &[Str::from_wtf8(self.th, number).value()])?,
        };
        Ok((value, end))
    }

    fn integer(&self, number: &[u8]) -> Result {
        /// With a sign they surely fit an `i64`.
        const FEW: usize = 18;
        if number.len() > FEW {
            return int::from_text(self.th, number, 10, Str::from_wtf8(self.th, number).value());
        }
        let (negative, digits) = match number {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let magnitude = digits.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        Ok(self.th.int(if negative { -magnitude } else { magnitude }))
    }

    fn string(&self, start: usize) -> Scanned {
        let (end, decoded) = text::read(self.text, start, self.strict)
            .map_err(|fault| raise_fault(self.th, self.source, start, fault))?;
        let string = Str::from_wtf8(self.th, decoded.as_deref().unwrap_or(&self.text[start..end - 1]));
        Ok((string.value(), end))
    }

    /// A key, which is the same object as an equal one before.
    fn key(&mut self, start: usize) -> std::result::Result<(Gc<Str>, usize), Failure> {
        let (end, decoded) = text::read(self.text, start, self.strict)
            .map_err(|fault| raise_fault(self.th, self.source, start, fault))?;
        if let Some(decoded) = decoded {
            return Ok((Str::from_wtf8(self.th, &decoded), end));
        }
        let raw = &self.text[start..end - 1];
        let place = &mut self.keys[place_of_key(raw)];
        match place {
            Some(known) if equal_bytes(known.wtf8(), raw) => Ok((*known, end)),
            _ => Ok((*place.insert(Str::from_wtf8(self.th, raw)), end)),
        }
    }

    fn array(&mut self, start: usize) -> Scanned {
        let mut items = Gathered::new(self.th);
        let mut at = self.skip(start);
        if self.text.get(at) == Some(&b']') {
            return Ok((List::new(self.th, &[]).value(), at + 1));
        }
        loop {
            let (item, end) = self.inner(at)?;
            items.push(item);
            at = self.skip(end);
            match self.text.get(at) {
                Some(b']') => return Ok((items.finish(), at + 1)),
                Some(b',') => {}
                _ => return Err(self.error("Expecting ',' delimiter", at)),
            }
            let comma = at;
            at = self.skip(at + 1);
            if self.text.get(at) == Some(&b']') {
                return Err(self.error("Illegal trailing comma before end of array", comma));
            }
        }
    }

    fn object(&mut self, start: usize) -> Scanned {
        let members = Members::new(self);
        let mut at = self.skip(start);
        if self.text.get(at) == Some(&b'}') {
            return Ok((self.hooked(members)?, at + 1));
        }
        loop {
            if self.text.get(at) != Some(&b'"') {
                return Err(self.error("Expecting property name enclosed in double quotes", at));
            }
            let (key, end) = self.key(at + 1)?;
            at = self.skip(end);
            if self.text.get(at) != Some(&b':') {
                return Err(self.error("Expecting ':' delimiter", at));
            }
            let (value, end) = self.inner(self.skip(at + 1))?;
            members.add(self.th, key, value);
            at = self.skip(end);
            match self.text.get(at) {
                Some(b'}') => return Ok((self.hooked(members)?, at + 1)),
                Some(b',') => {}
                _ => return Err(self.error("Expecting ',' delimiter", at)),
            }
            let comma = at;
            at = self.skip(at + 1);
            if self.text.get(at) == Some(&b'}') {
                return Err(self.error("Illegal trailing comma before end of object", comma));
            }
        }
    }

    /// What the hooks make of an object.
    fn hooked(&self, members: Members) -> Result {
        match (members, self.hooks.object) {
            (Members::Pairs(pairs), _) => self.th.call(self.hooks.pairs, &[pairs.value()]),
            (Members::Dict(dict), Value::NONE) => Ok(dict.value()),
            (Members::Dict(dict), hook) => self.th.call(hook, &[dict.value()]),
        }
    }
}

/// An object in the making: a dict, or all its pairs in order for `object_pairs_hook`.
enum Members {
    Dict(Gc<Dict>),
    Pairs(Gc<List>),
}

impl Members {
    fn new(scanner: &Scanner) -> Members {
        match scanner.hooks.pairs {
            Value::NONE => Members::Dict(Dict::new(scanner.th)),
            _ => Members::Pairs(List::with_capacity(scanner.th, 0)),
        }
    }

    fn add(&self, th: &Thread, key: Gc<Str>, value: Value) {
        match self {
            Members::Dict(dict) => dict.set_str(th, key, value),
            Members::Pairs(pairs) => pairs.push(th, th.tuple(&[key.value(), value])),
        }
    }
}
