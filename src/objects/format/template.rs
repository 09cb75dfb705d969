//! `str.format` and `str.format_map`.

use std::cell::Cell;

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::str::args::this;
use crate::objects::str::{Str, check_size, decode_char};
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::convert::format_to;
use super::growing::Growing;
use super::integer::Decimal;
use super::spec::code_text;

pub const METHODS: &[NativeDef] = &[
    native(
        "format",
        "($self, /, *args, **kwargs)",
        "Return the string with its replacement fields, in braces, filled from the arguments.",
        |th, args| match args[1].downcast::<Tuple>() {
            Some(positional) => format(th, this(args), positional.items(), args[2]),
            None => unreachable!("`*args` are a tuple"),
        },
    )
    .positional(|th, args| format(th, this(args), &args[1..], Value::EMPTY)),
    native(
        "format_map",
        "($self, mapping, /)",
        "Return the string with its replacement fields, in braces, filled from the mapping.",
        format_map,
    ),
];

/// A piece of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece<'a> {
    /// Text as it is.
    Literal(&'a [u8]),
    Field(Field<'a>),
}

/// `{name!conversion:spec}`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field<'a> {
    pub name: &'a [u8],
    pub conversion: Option<u32>,
    pub spec: &'a [u8],
    /// The spec has fields itself.
    pub nested: bool,
}

/// The pieces of a template, in order; an error is the text of a ValueError.
pub struct Pieces<'a>(pub &'a [u8]);

type Parsed<T> = std::result::Result<T, &'static str>;

impl<'a> Iterator for Pieces<'a> {
    type Item = Parsed<Piece<'a>>;

    fn next(&mut self) -> Option<Parsed<Piece<'a>>> {
        if self.0.is_empty() {
            return None;
        }
        let piece = self.piece();
        if piece.is_err() {
            self.0 = b"";
        }
        Some(piece)
    }
}

impl<'a> Pieces<'a> {
    fn piece(&mut self) -> Parsed<Piece<'a>> {
        let at = self.0.iter().position(|b| matches!(b, b'{' | b'}')).unwrap_or(self.0.len());
        let (literal, rest) = self.0.split_at(at);
        match rest {
            [b'{', b'{', after @ ..] | [b'}', b'}', after @ ..] => {
                let literal = &self.0[..at + 1];
                self.0 = after;
                Ok(Piece::Literal(literal))
            }
            [b'}', ..] => Err("Single '}' encountered in format string"),
            [b'{'] => Err("Single '{' encountered in format string"),
            _ if at > 0 => {
                self.0 = rest;
                Ok(Piece::Literal(literal))
            }
            _ => {
                let (field, after) = parse_field(&rest[1..])?;
                self.0 = after;
                Ok(Piece::Field(field))
            }
        }
    }
}

/// A field after its opening brace, and what follows its closing one.
fn parse_field(text: &[u8]) -> Parsed<(Field<'_>, &[u8])> {
    let mut at = 0;
    let end = loop {
        match text.get(at) {
            Some(b'{') => return Err("unexpected '{' in field name"),
            Some(b'[') => at += text[at..].iter().position(|b| *b == b']').unwrap_or(text.len() - at),
            Some(b'}' | b':' | b'!') => break at,
            Some(_) => at += 1,
            None => return Err("expected '}' before end of string"),
        }
    };
    let (name, mut rest) = text.split_at(end);
    let mut conversion = None;
    match rest[0] {
        b'}' => return Ok((Field { name, conversion, spec: b"", nested: false }, &rest[1..])),
        b'!' => {
            if rest.len() == 1 {
                return Err("end of string while looking for conversion specifier");
            }
            let (c, width) = decode_char(&rest[1..]);
            conversion = Some(c);
            rest = &rest[(1 + width).min(rest.len())..];
            match rest.first() {
                Some(b'}') => return Ok((Field { name, conversion, spec: b"", nested: false }, &rest[1..])),
                Some(b':') => rest = &rest[1..],
                Some(_) => return Err("expected ':' after conversion specifier"),
                None => {}
            }
        }
        _ => rest = &rest[1..],
    }
    let (mut depth, mut nested) = (1, false);
    for (i, b) in rest.iter().enumerate() {
        match b {
            b'{' => (depth, nested) = (depth + 1, true),
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok((Field { name, conversion, spec: &rest[..i], nested }, &rest[i + 1..]));
        }
    }
    Err("unmatched '{' in format spec")
}

/// A step from an object to something in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step<'a> {
    Attribute(&'a [u8]),
    Item(&'a [u8]),
}

/// Where the first part of a field's name ends.
pub fn first_part(name: &[u8]) -> usize {
    name.iter().position(|b| matches!(b, b'.' | b'[')).unwrap_or(name.len())
}

/// The next step of what follows the first part of a field's name, and what is left.
pub fn next_step(rest: &[u8]) -> Parsed<(Step<'_>, &[u8])> {
    const EMPTY: &str = "Empty attribute in format string";
    match rest {
        [b'.', rest @ ..] => {
            let (name, rest) = rest.split_at(first_part(rest));
            if name.is_empty() { Err(EMPTY) } else { Ok((Step::Attribute(name), rest)) }
        }
        [b'[', rest @ ..] => {
            let Some(end) = rest.iter().position(|b| *b == b']') else { return Err("Missing ']' in format string") };
            if end == 0 { Err(EMPTY) } else { Ok((Step::Item(&rest[..end]), &rest[end + 1..])) }
        }
        _ => Err("Only '.' or '[' may follow ']' in format field specifier"),
    }
}

/// A name that is a number; an error if it is too large.
pub fn as_index(name: &[u8]) -> Parsed<Option<i64>> {
    if name.is_empty() || !name.iter().all(u8::is_ascii_digit) {
        return Ok(None);
    }
    let value = name.iter().try_fold(0i64, |n, d| n.checked_mul(10)?.checked_add((d - b'0') as i64));
    value.map(Some).ok_or("Too many decimal digits in format string")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Undecided,
    /// The next field gets this number.
    Automatic(i64),
    Manual,
}

/// What fields are filled from.
struct Source<'a> {
    /// The positional arguments; `None` for `format_map`.
    positional: Option<&'a [Value]>,
    /// A dict or `EMPTY` for `format`, any mapping for `format_map`.
    mapping: Value,
    numbering: Cell<Numbering>,
}

fn format(th: &Thread, template: Gc<Str>, positional: &[Value], mapping: Value) -> Result {
    let source = Source { positional: Some(positional), mapping, numbering: Cell::new(Numbering::Undecided) };
    build(th, template, &source)
}

fn format_map(th: &Thread, args: &[Value]) -> Result {
    let source = Source { positional: None, mapping: args[1], numbering: Cell::new(Numbering::Undecided) };
    build(th, this(args), &source)
}

fn build(th: &Thread, template: Gc<Str>, source: &Source) -> Result {
    // A text that is all there is to say is not copied.
    match (template.wtf8(), source.positional) {
        (b"{}", Some([text])) if text.downcast_exact::<Str>().is_some() => return Ok(*text),
        (text, _) if !text.iter().any(|b| matches!(b, b'{' | b'}')) => return Ok(template.value()),
        _ => {}
    }
    let mut out = Growing::empty();
    expand(th, template.wtf8(), source, 2, &mut out)?;
    check_size(th, out.size())?;
    Ok(Str::from_wtf8(th, out.bytes()).value())
}

fn expand(th: &Thread, template: &[u8], source: &Source, depth: u32, out: &mut Growing) -> Result<()> {
    if depth == 0 {
        return Err(th.value_error("Max string recursion exceeded"));
    }
    for piece in Pieces(template) {
        match piece.map_err(|message| th.value_error(message))? {
            Piece::Literal(text) => out.push(text),
            Piece::Field(field) if field.conversion.is_none() && field.spec.is_empty() => {
                let value = look_up(th, field.name, source)?;
                match value.as_small_int() {
                    Some(i) => out.push(Decimal::new(i).bytes()),
                    None => {
                        let text = ops::format(th, value, th.vm().singles.empty(th))?;
                        check_size(th, out.size() + text.byte_count())?;
                        out.push(text.wtf8());
                    }
                }
            }
            Piece::Field(field) => fill(th, &field, source, depth, out)?,
        }
    }
    Ok(())
}

/// Appends the text of a field.
fn fill(th: &Thread, field: &Field, source: &Source, depth: u32, out: &mut Growing) -> Result<()> {
    let mut value = look_up(th, field.name, source)?;
    match field.conversion.map(|c| (c, char::from_u32(c))) {
        None => {}
        Some((_, Some('r'))) => value = ops::repr(th, value)?.value(),
        Some((_, Some('s'))) => value = ops::str(th, value)?.value(),
        Some((_, Some('a'))) => value = ops::ascii(th, value)?.value(),
        Some((c, _)) => return Err(th.value_error(format_args!("Unknown conversion specifier {}", code_text(c)))),
    }
    let spec = if field.nested {
        let mut spec = Growing::empty();
        expand(th, field.spec, source, depth - 1, &mut spec)?;
        Str::from_wtf8(th, spec.bytes())
    } else {
        // A number or a string needs neither a string for the spec nor one for what comes of it.
        if !field.spec.is_empty()
            && value.header().is_none_or(|header| header.is_exact())
            && let Some(done) = format_to(th, value, field.spec, &mut *out)
        {
            done?;
            return check_size(th, out.size());
        }
        Str::from_wtf8(th, field.spec)
    };
    let text = ops::format(th, value, spec)?;
    check_size(th, out.size() + text.byte_count())?;
    out.push(text.wtf8());
    Ok(())
}

/// The object that a field names.
fn look_up(th: &Thread, name: &[u8], source: &Source) -> Result {
    let (first, mut rest) = name.split_at(first_part(name));
    let wrong = |message: &'static str| th.value_error(message);
    let mut value = match number_of(th, first, source)? {
        Some(index) => match source.positional {
            None => return Err(th.value_error("Format string contains positional fields")),
            Some(args) => usize::try_from(index).ok().and_then(|at| args.get(at).copied()).ok_or_else(|| {
                th.index_error(format_args!("Replacement index {index} out of range for positional args tuple"))
            })?,
        },
        None => {
            let key = Str::from_wtf8(th, first);
            match source.mapping.downcast::<Dict>() {
                None if source.positional.is_some() => return Err(th.key_error(key.value())),
                Some(dict) if source.positional.is_some() => {
                    dict.get_str(th, key).ok_or_else(|| th.key_error(key.value()))?
                }
                _ => ops::get_item(th, source.mapping, key.value())?,
            }
        }
    };
    while !rest.is_empty() {
        let (step, after) = next_step(rest).map_err(wrong)?;
        rest = after;
        value = match step {
            Step::Attribute(name) => {
                let name = Str::from_wtf8(th, name);
                ops::get_attr(th, value, th.intern_str(name))?
            }
            Step::Item(key) => {
                let key = match as_index(key).map_err(wrong)? {
                    Some(index) => th.int(index),
                    None => Str::from_wtf8(th, key).value(),
                };
                ops::get_item(th, value, key)?
            }
        };
    }
    Ok(value)
}

/// The number of a positional field, given or counted; `None` for a name.
fn number_of(th: &Thread, first: &[u8], source: &Source) -> Result<Option<i64>> {
    let index = as_index(first).map_err(|message| th.value_error(message))?;
    if !first.is_empty() && index.is_none() {
        return Ok(None);
    }
    match (index, source.numbering.get()) {
        (Some(_), Numbering::Automatic(_)) => {
            Err(th.value_error("cannot switch from automatic field numbering to manual field specification"))
        }
        (None, Numbering::Manual) => {
            Err(th.value_error("cannot switch from manual field specification to automatic field numbering"))
        }
        (Some(index), _) => {
            source.numbering.set(Numbering::Manual);
            Ok(Some(index))
        }
        (None, numbering) => {
            let index = if let Numbering::Automatic(next) = numbering { next } else { 0 };
            source.numbering.set(Numbering::Automatic(index + 1));
            Ok(Some(index))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field<'a>(name: &'a str, conversion: Option<char>, spec: &'a str) -> Piece<'a> {
        let nested = spec.contains('{');
        Piece::Field(Field {
            name: name.as_bytes(),
            conversion: conversion.map(u32::from),
            spec: spec.as_bytes(),
            nested,
        })
    }

    #[test]
    fn templates_come_apart_into_text_and_fields() {
        let pieces: Vec<_> = Pieces(b"a{{b{0.x[y:z]!r:>{w}}c").collect();
        assert_eq!(
            pieces,
            [
                Ok(Piece::Literal(b"a{")),
                Ok(Piece::Literal(b"b")),
                Ok(field("0.x[y:z]", Some('r'), ">{w}")),
                Ok(Piece::Literal(b"c")),
            ]
        );
    }

    #[test]
    fn broken_templates_say_what_is_wrong() {
        for (template, message) in [
            ("}", "Single '}' encountered in format string"),
            ("{", "Single '{' encountered in format string"),
            ("{0", "expected '}' before end of string"),
            ("{0!r", "unmatched '{' in format spec"),
            ("{0!", "end of string while looking for conversion specifier"),
            ("{0!rx}", "expected ':' after conversion specifier"),
            ("{a{b}}", "unexpected '{' in field name"),
        ] {
            assert_eq!(Pieces(template.as_bytes()).last(), Some(Err(message)), "{template}");
        }
    }
}
