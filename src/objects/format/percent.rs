//! `%` formatting, of `str` and of `bytes`.

use crate::heap::{Gc, Value};
use crate::objects::bytes::{Bytes, content};
use crate::objects::exception::Exc;
use crate::objects::int::{IntRef, from_float};
use crate::objects::str::index::char_width;
use crate::objects::str::{Str, check_size, count_chars, decode_char, push_char};
use crate::objects::tuple::Tuple;
use crate::objects::{float as floats, kinds};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::Fault;
use super::convert::{decimal, raise_plain};
use super::float::{self, Mode, Style};
use super::growing::Growing;
use super::integer::Decimal;
use super::number::{Parts, Plain, Sink, lay_out};
use super::spec::{Align, Spec, pad};

/// What is being made: it decides about `%s`, `%c`, and what a width counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Text,
    Bytes,
}

/// `template % args` of strings.
pub fn format(th: &Thread, template: Gc<Str>, args: Value) -> Result<Gc<Str>> {
    if template.wtf8() == b"%s"
        && let Some(whole) = args.downcast_exact::<Str>()
    {
        return Ok(whole);
    }
    let mut out = Growing::empty();
    run(th, template.wtf8(), args, Target::Text, &mut out)?;
    check_size(th, out.size())?;
    Ok(Str::from_wtf8(th, out.bytes()))
}

/// `template % args` of bytes.
pub fn format_bytes(th: &Thread, template: &[u8], args: Value) -> Result<Vec<u8>> {
    let mut out = Growing::empty();
    run(th, template, args, Target::Bytes, &mut out)?;
    Ok(out.into_vec())
}

/// The right operand: a tuple of arguments, or one, or a mapping.
struct Args {
    value: Value,
    tuple: Option<Gc<Tuple>>,
    mapping: bool,
    taken: usize,
}

impl Args {
    fn new(th: &Thread, value: Value, target: Target) -> Args {
        let tuple = value.downcast::<Tuple>();
        let text = match value.header().map(|h| h.kind()) {
            Some(kinds::STR) => true,
            Some(kinds::BYTES | kinds::BYTEARRAY) => target == Target::Bytes,
            _ => false,
        };
        // What is no cell is a number or a constant.
        let mapping = value.is_cell()
            && tuple.is_none()
            && !text
            && th.lookup(th.class_of(value), th.vm().names.__getitem__).is_some();
        Args { value, tuple, mapping, taken: 0 }
    }

    fn next(&mut self, th: &Thread) -> Result {
        let next = match self.tuple {
            Some(tuple) => tuple.items().get(self.taken).copied(),
            None if self.taken == 0 => Some(self.value),
            None => None,
        };
        self.taken += 1;
        next.ok_or_else(|| th.type_error("not enough arguments for format string"))
    }

    fn left_over(&self) -> bool {
        match self.tuple {
            Some(tuple) => self.taken < tuple.len(),
            None => self.taken == 0 && !self.mapping,
        }
    }
}

/// One `%…` of a template.
#[derive(Default)]
struct Directive {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

/// The most frequent directives, without the detour over a piece of their own: `%s`, and `%d` of a small integer.
#[inline(always)]
fn push_plain(th: &Thread, out: &mut Growing, code: u8, value: Value) -> Result<bool> {
    if code == b's' {
        let text = ops::str(th, value)?;
        check_size(th, out.size() + text.byte_count())?;
        out.push(text.wtf8());
        return Ok(true);
    }
    match value.as_small_int() {
        Some(i) if code == b'd' => {
            out.push(Decimal::new(i).bytes());
            Ok(true)
        }
        _ => Ok(false),
    }
}

fn run(th: &Thread, template: &[u8], args: Value, target: Target, out: &mut Growing) -> Result<()> {
    let mut args = Args::new(th, args, target);
    let mut at = 0;
    // What lies between two of them is short: a call would cost more than it saves.
    while let Some(found) = template[at..].iter().position(|b| *b == b'%') {
        out.push(&template[at..at + found]);
        at += found + 1;
        if template.get(at) == Some(&b'%') {
            out.push(b"%");
            at += 1;
            continue;
        }
        // What is written most, without anything between the sign and the letter.
        if target == Target::Text
            && let Some(code @ (b's' | b'd')) = template.get(at).copied()
        {
            let value = args.next(th)?;
            if push_plain(th, out, code, value)? {
                at += 1;
                continue;
            }
            args.taken -= 1;
        }
        let mut reader = Reader { th, template, at, target };
        let mut keyed = None;
        if reader.peek() == Some(b'(') {
            keyed = Some(reader.key(&args)?);
            // A mapping that gave a value by its key is no argument itself.
            args.taken += 1;
        }
        let directive = reader.directive(&mut args, keyed)?;
        let before = &template[..reader.at];
        let code = reader.code()?;
        let value = match keyed {
            Some(value) => value,
            None => args.next(th)?,
        };
        at = reader.at;
        convert(th, &directive, code, value, target, before, Onto { th, out })?;
    }
    out.push(&template[at..]);
    if args.left_over() {
        let what = if target == Target::Text { "string" } else { "bytes" };
        return Err(th.type_error(format_args!("not all arguments converted during {what} formatting")));
    }
    Ok(())
}

/// The end of the text, with an eye on how much memory that takes.
struct Onto<'a> {
    th: &'a Thread,
    out: &'a mut Growing,
}

impl Sink for Onto<'_> {
    type Text = ();

    #[inline(always)]
    fn plain(self, text: &Plain) -> std::result::Result<(), Fault> {
        self.out.plain(text)
    }

    fn whole(self, text: Vec<u8>) -> std::result::Result<(), Fault> {
        if self.th.heap().would_exceed_limit(text.len()) { Err(Fault::Memory) } else { self.out.whole(text) }
    }
}

struct Reader<'a> {
    th: &'a Thread,
    template: &'a [u8],
    at: usize,
    target: Target,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.template.get(self.at).copied()
    }

    /// The value of `(key)`.
    fn key(&mut self, args: &Args) -> Result {
        if !args.mapping {
            return Err(self.th.type_error("format requires a mapping"));
        }
        let start = self.at + 1;
        let mut depth = 1;
        while depth > 0 {
            self.at += 1;
            match self.peek() {
                Some(b'(') => depth += 1,
                Some(b')') => depth -= 1,
                Some(_) => {}
                None => return Err(self.th.value_error("incomplete format key")),
            }
        }
        let key = &self.template[start..self.at];
        self.at += 1;
        let key = match self.target {
            Target::Text => Str::from_wtf8(self.th, key).value(),
            Target::Bytes => Bytes::new(self.th, key).value(),
        };
        ops::get_item(self.th, args.value, key)
    }

    fn directive(&mut self, args: &mut Args, keyed: Option<Value>) -> Result<Directive> {
        let mut directive = Directive::default();
        while let Some(flag) = self.peek() {
            match flag {
                b'-' => directive.left = true,
                b'+' => directive.plus = true,
                b' ' => directive.space = true,
                b'#' => directive.alternate = true,
                b'0' => directive.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        if let Some(width) = self.number(args, keyed, "width too big")? {
            directive.left |= width < 0;
            directive.width = Some(width.unsigned_abs() as usize);
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            let too_big = if self.target == Target::Bytes { "prec too big" } else { "precision too big" };
            let precision = self.number(args, keyed, too_big)?;
            directive.precision = Some(usize::try_from(precision.unwrap_or(0)).unwrap_or(0));
        }
        if let Some(b'h' | b'l' | b'L') = self.peek() {
            self.at += 1;
        }
        Ok(directive)
    }

    /// Digits, or `*` for the next argument.
    fn number(&mut self, args: &mut Args, keyed: Option<Value>, too_big: &str) -> Result<Option<i64>> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            let value = match keyed {
                Some(value) => value,
                None => args.next(self.th)?,
            };
            let too_large = match too_big {
                "width too big" => "Python int too large to convert to C ssize_t",
                _ => "Python int too large to convert to C int",
            };
            return match IntRef::of(value) {
                Some(i) => i.to_i64().map(Some).ok_or_else(|| self.th.overflow_error(too_large)),
                None => Err(self.th.type_error("* wants int")),
            };
        }
        let digits = self.template[self.at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return Ok(None);
        }
        let text = &self.template[self.at..self.at + digits];
        self.at += digits;
        let value = text.iter().try_fold(0i64, |n, d| n.checked_mul(10)?.checked_add((d - b'0') as i64));
        value.map(Some).ok_or_else(|| self.th.value_error(too_big))
    }

    fn code(&mut self) -> Result<u32> {
        match self.template.get(self.at..) {
            None | Some([]) => Err(self.th.value_error("incomplete format")),
            Some(rest) => {
                let (code, width) = match self.target {
                    Target::Text => decode_char(rest),
                    Target::Bytes => (rest[0] as u32, 1),
                };
                self.at += width;
                Ok(code)
            }
        }
    }
}

fn convert(
    th: &Thread,
    directive: &Directive,
    code: u32,
    value: Value,
    target: Target,
    before: &[u8],
    out: Onto,
) -> Result<()> {
    match char::from_u32(code) {
        Some('s' | 'b') if target == Target::Bytes => bytes_piece(th, directive, value, out),
        Some('s') => {
            let text = ops::str(th, value)?;
            text_piece(th, directive, text.wtf8(), target, out)
        }
        Some('r') if target == Target::Text => {
            let text = ops::repr(th, value)?;
            text_piece(th, directive, text.wtf8(), target, out)
        }
        Some('a' | 'r') => {
            let text = ops::ascii(th, value)?;
            text_piece(th, directive, text.wtf8(), target, out)
        }
        Some('c') => {
            let character = match target {
                Target::Text => character(th, value)?,
                Target::Bytes => vec![single_byte(th, value)?],
            };
            text_piece(th, &Directive { precision: None, ..*directive }, &character, target, out)
        }
        Some(code @ ('d' | 'i' | 'u' | 'o' | 'x' | 'X')) => integer_piece(th, directive, code, value, out),
        Some(code @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G')) => float_piece(th, directive, code, value, target, out),
        _ => {
            let position = if target == Target::Text { count_chars(before) } else { before.len() };
            let shown = if (32..127).contains(&code) { char::from(code as u8) } else { '?' };
            Err(th.value_error(format_args!("unsupported format character '{shown}' ({code:#x}) at index {position}")))
        }
    }
}

fn spec_of(directive: &Directive) -> Spec {
    Spec { width: directive.width, ..Spec::empty(if directive.left { Align::Left } else { Align::Right }) }
}

/// Text cut to the precision and padded to the width.
fn text_piece(th: &Thread, directive: &Directive, text: &[u8], target: Target, out: Onto) -> Result<()> {
    let mut text = text;
    let chars = |text: &[u8]| if target == Target::Text { count_chars(text) } else { text.len() };
    if let Some(most) = directive.precision
        && most < chars(text)
    {
        let mut end = 0;
        for _ in 0..most {
            end += if target == Target::Text { char_width(text[end]) } else { 1 };
        }
        text = &text[..end];
    }
    let (spec, chars) = (spec_of(directive), chars(text));
    let done = match Plain::new(None, "", text, chars, &spec) {
        Some(plain) => out.plain(&plain),
        None => pad(&spec, text, chars).and_then(|text| out.whole(text)),
    };
    done.map_err(|fault| raise_plain(th, fault))
}

fn bytes_piece(th: &Thread, directive: &Directive, value: Value, out: Onto) -> Result<()> {
    if let Some(bytes) = content(value) {
        return text_piece(th, directive, &bytes, Target::Bytes, out);
    }
    if let Some(result) = th.call_special(value, th.vm().names.__bytes__, &[]) {
        let result = result?;
        return match result.downcast::<Bytes>() {
            Some(bytes) => text_piece(th, directive, bytes.bytes(), Target::Bytes, out),
            None => Err(th.type_error(format_args!("__bytes__ returned non-bytes (type {})", th.type_name(result)))),
        };
    }
    Err(th.type_error(format_args!(
        "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
        th.type_name(value)
    )))
}

/// `%c`: a character, or the code point of one.
fn character(th: &Thread, value: Value) -> Result<Vec<u8>> {
    if let Some(s) = value.as_str_cell() {
        return match s.char_len() {
            1 => Ok(s.wtf8().to_vec()),
            len => Err(
                th.type_error(format_args!("%c requires an int or a unicode character, not a string of length {len}"))
            ),
        };
    }
    if !crate::objects::sequences::is_index(th, value) {
        let found = th.type_name(value);
        return Err(th.type_error(format_args!("%c requires an int or a unicode character, not {found}")));
    }
    let i = ops::index(th, value)?;
    match IntRef::of(i).and_then(IntRef::to_i64) {
        Some(c @ 0..0x11_0000) => {
            let mut text = Vec::new();
            push_char(&mut text, c as u32);
            Ok(text)
        }
        _ => Err(th.overflow_error("%c arg not in range(0x110000)")),
    }
}

fn single_byte(th: &Thread, value: Value) -> Result<u8> {
    let wrong =
        |what: String| th.type_error(format_args!("%c requires an integer in range(256) or a single byte, not {what}"));
    if value.header().is_some_and(|h| matches!(h.kind(), kinds::BYTES | kinds::BYTEARRAY))
        && let Some(bytes) = content(value)
    {
        let (found, len) = (th.type_name(value), bytes.len());
        return match *bytes {
            [b] => Ok(b),
            _ => Err(wrong(format!("a {found} object of length {len}"))),
        };
    }
    if !crate::objects::sequences::is_index(th, value) {
        return Err(wrong(th.type_name(value)));
    }
    let i = ops::index(th, value)?;
    match IntRef::of(i).and_then(IntRef::to_i64) {
        Some(b @ 0..256) => Ok(b as u8),
        _ => Err(th.overflow_error("%c arg not in range(256)")),
    }
}

/// Sign and padding of a number.
fn number_spec(directive: &Directive) -> Spec {
    let mut spec = spec_of(directive);
    spec.sign = if directive.plus {
        Some(b'+')
    } else if directive.space {
        Some(b' ')
    } else {
        None
    };
    if directive.zero && !directive.left {
        (spec.fill, spec.align) = (b'0' as u32, Align::AfterSign);
    }
    spec
}

fn integer_piece(th: &Thread, directive: &Directive, code: char, value: Value, out: Onto) -> Result<()> {
    let i = integer(th, code, value)?;
    let Some(i) = IntRef::of(i) else { return Err(not_a_number(th, code, value)) };
    let mut digits = match code {
        'x' => super::integer::digits(i, 16),
        'X' => super::integer::digits(i, 16).to_ascii_uppercase(),
        'o' => super::integer::digits(i, 8),
        _ => decimal(th, i)?.trim_start_matches('-').to_owned(),
    };
    if let Some(least) = directive.precision
        && least > digits.len()
    {
        check_size(th, least)?;
        digits.insert_str(0, &"0".repeat(least - digits.len()));
    }
    let prefix = match code {
        'x' if directive.alternate => "0x",
        'X' if directive.alternate => "0X",
        'o' if directive.alternate => "0o",
        _ => "",
    };
    let parts = Parts { negative: i.is_negative(), prefix, body: digits.as_bytes(), whole: true };
    lay_out(&parts, &number_spec(directive), out).map_err(|fault| raise_plain(th, fault))
}

/// The integer for `%d` (which takes any real number) or `%x` (which wants an integer).
fn integer(th: &Thread, code: char, value: Value) -> Result {
    if IntRef::of(value).is_some() {
        return Ok(value);
    }
    let names = &th.vm().names;
    if matches!(code, 'd' | 'i' | 'u') {
        if let Some(f) = floats::of(value) {
            return from_float(th, f);
        }
        if let Some(result) = th.call_special(value, names.__int__, &[]) {
            let result = result?;
            if IntRef::of(result).is_some() {
                ops::not_exactly(th, "__int__", "int", result)?;
                return Ok(result);
            }
            let found = th.type_name(result);
            return Err(th.type_error(format_args!("__int__ returned non-int (type {found})")));
        }
    }
    if th.lookup(th.class_of(value), names.__index__).is_none() {
        return Err(not_a_number(th, code, value));
    }
    ops::index(th, value)
}

#[cold]
fn not_a_number(th: &Thread, code: char, value: Value) -> Raised {
    let wanted = if matches!(code, 'd' | 'i' | 'u') { "a real number" } else { "an integer" };
    th.type_error(format_args!("%{code} format: {wanted} is required, not {}", th.type_name(value)))
}

fn float_piece(th: &Thread, directive: &Directive, code: char, value: Value, target: Target, out: Onto) -> Result<()> {
    let f = match ops::float(th, value) {
        Err(raised) if target == Target::Bytes => {
            th.caught(raised, Exc::TypeError)?;
            return Err(th.type_error(format_args!("float argument required, not {}", th.type_name(value))));
        }
        result => result?,
    };
    let style = Style {
        mode: match code.to_ascii_lowercase() {
            'e' => Mode::Exponent,
            'f' => Mode::Fixed,
            _ => Mode::General,
        },
        precision: directive.precision.unwrap_or(6),
        upper: code.is_ascii_uppercase(),
        alternate: directive.alternate,
        point_zero: false,
        ..Style::REPR
    };
    if style.precision > i32::MAX as usize {
        return Err(th.value_error("precision too big"));
    }
    check_size(th, style.precision)?;
    let spec = number_spec(directive);
    let done = match float::quick_fixed(f, &style) {
        Some(text) => lay_out(&Parts::of_float(text.bytes()), &spec, out),
        None => lay_out(&Parts::of_float(float::to_text(f, &style).as_bytes()), &spec, out),
    };
    done.map_err(|fault| raise_plain(th, fault))
}
