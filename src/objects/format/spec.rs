//! A format spec: `[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]`.

use std::borrow::Cow;

use crate::objects::str::{decode_char, push_char};

use super::Fault;

/// No formatted text is longer.
pub const MAX_WIDTH: usize = i64::MAX as usize;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Align {
    Left,
    Right,
    Center,
    /// Padding goes between the sign and the digits.
    AfterSign,
}

/// What stands between groups of digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grouping {
    None,
    Comma,
    Underscore,
    /// Underscores between groups of four digits: binary, octal and hexadecimal.
    UnderscoreFour,
}

impl Grouping {
    pub fn separator(self) -> Option<u8> {
        match self {
            Grouping::None => None,
            Grouping::Comma => Some(b','),
            Grouping::Underscore | Grouping::UnderscoreFour => Some(b'_'),
        }
    }

    pub fn size(self) -> usize {
        if self == Grouping::UnderscoreFour { 4 } else { 3 }
    }

    #[inline(always)]
    fn of(c: u8) -> Option<Grouping> {
        match c {
            b',' => Some(Grouping::Comma),
            b'_' => Some(Grouping::Underscore),
            _ => None,
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spec {
    pub fill: u32,
    pub align: Align,
    /// `+`, `-`, a space, or nothing.
    pub sign: Option<u8>,
    /// `z`: a negative zero loses its sign.
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: Option<usize>,
    pub grouping: Grouping,
    pub precision: Option<usize>,
    pub fraction_grouping: Grouping,
    /// The type character; the default one if there is none in the spec.
    pub code: Option<u32>,
}

/// Reads the spec. All but the fill character and the last one is ASCII.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    #[inline(always)]
    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    #[inline(always)]
    fn take(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.skip(1);
        }
        found
    }

    #[inline(always)]
    fn number(&mut self) -> Result<Option<usize>, Fault> {
        let Some(first @ b'0'..=b'9') = self.peek() else { return Ok(None) };
        let mut value = (first - b'0') as usize;
        self.skip(1);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value = match value.checked_mul(10).and_then(|n| n.checked_add((digit - b'0') as usize)) {
                Some(n) if n <= MAX_WIDTH => n,
                _ => return Err(too_many_digits()),
            };
            self.skip(1);
        }
        Ok(Some(value))
    }

    /// `,` or `_`, if one stands here, but not both in any order.
    #[inline(always)]
    fn grouping(&mut self) -> Result<Grouping, Fault> {
        let Some(grouping) = self.peek().and_then(Grouping::of) else { return Ok(Grouping::None) };
        self.skip(1);
        match self.peek().and_then(Grouping::of) {
            Some(other) if other != grouping => Err(Fault::value("Cannot specify both ',' and '_'.")),
            _ => Ok(grouping),
        }
    }
}

#[cold]
fn too_many_digits() -> Fault {
    Fault::value("Too many decimal digits in format string")
}

#[inline(always)]
fn alignment(c: u8) -> Option<Align> {
    match c {
        b'<' => Some(Align::Left),
        b'>' => Some(Align::Right),
        b'^' => Some(Align::Center),
        b'=' => Some(Align::AfterSign),
        _ => None,
    }
}

impl Spec {
    /// The spec that says nothing.
    pub fn empty(align: Align) -> Spec {
        Spec {
            fill: b' ' as u32,
            align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: Grouping::None,
            precision: None,
            fraction_grouping: Grouping::None,
            code: None,
        }
    }

    /// Parses `text` (WTF-8); `align` is the type's default.
    pub fn parse(text: &[u8], align: Align) -> Result<Spec, Fault> {
        let mut spec = Spec::empty(align);
        let mut reader = Reader { rest: text };
        let (mut filled, mut aligned) = (false, false);
        let (first, width) = match text {
            [] => (0, 0),
            [c @ 0..0x80, ..] => (*c as u32, 1),
            text => decode_char(text),
        };
        if let Some(found) = text.get(width).copied().and_then(alignment) {
            (spec.fill, spec.align) = (first, found);
            (filled, aligned) = (true, true);
            reader.skip(width + 1);
        } else if let Some(found) = reader.peek().and_then(alignment) {
            spec.align = found;
            aligned = true;
            reader.skip(1);
        }
        if let Some(sign @ (b'+' | b'-' | b' ')) = reader.peek() {
            spec.sign = Some(sign);
            reader.skip(1);
        }
        spec.no_negative_zero = reader.take(b'z');
        spec.alternate = reader.take(b'#');
        if !filled && reader.take(b'0') {
            spec.fill = b'0' as u32;
            if !aligned && align == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec.width = reader.number()?;
        spec.grouping = reader.grouping()?;
        if reader.take(b'.') {
            spec.precision = reader.number()?;
            spec.fraction_grouping = reader.grouping()?;
            if spec.precision.is_none() && spec.fraction_grouping == Grouping::None {
                return Err(Fault::value("Format specifier missing precision"));
            }
        }
        if !reader.rest.is_empty() {
            spec.code = Some(match reader.rest {
                [code @ 0..0x80] => *code as u32,
                rest => match decode_char(rest) {
                    (code, width) if width >= rest.len() => code,
                    _ => return Err(Fault::Invalid),
                },
            });
        }
        if spec.grouping != Grouping::None || spec.fraction_grouping != Grouping::None {
            spec.check_grouping(if align == Align::Left { 's' } else { 'd' })?;
        }
        Ok(spec)
    }

    /// Grouping fits decimal numbers; underscores fit other bases as well, four digits at a time.
    fn check_grouping(&mut self, default: char) -> Result<(), Fault> {
        let code = self.code.unwrap_or(default as u32);
        for (grouping, decimal_only) in [(&mut self.grouping, false), (&mut self.fraction_grouping, true)] {
            let Some(separator) = grouping.separator() else { continue };
            match char::from_u32(code) {
                Some('d' | 'e' | 'f' | 'g' | 'E' | 'F' | 'G' | '%') => {}
                Some('b' | 'o' | 'x' | 'X') if decimal_only || separator == b'_' => {
                    *grouping = Grouping::UnderscoreFour
                }
                Some(other) if decimal_only && other != 'n' => {}
                _ => {
                    let code = code_text(code);
                    return Err(Fault::Value(format!("Cannot specify '{}' with '{code}'.", separator as char)));
                }
            }
        }
        Ok(())
    }
}

/// A type character as messages show it.
pub fn code_text(code: u32) -> String {
    match u8::try_from(code) {
        Ok(c @ 33..128) => (c as char).to_string(),
        _ => format!("\\x{code:x}"),
    }
}

/// `body` (of `chars` code points) padded to the spec's width.
pub fn pad<'a>(spec: &Spec, body: impl Into<Cow<'a, [u8]>>, chars: usize) -> Result<Vec<u8>, Fault> {
    let body = body.into();
    let missing = spec.width.unwrap_or(0).saturating_sub(chars);
    if missing == 0 {
        return Ok(body.into_owned());
    }
    let left = match spec.align {
        Align::Left => 0,
        Align::Right | Align::AfterSign => missing,
        Align::Center => missing / 2,
    };
    let mut out = reserve(body.len(), missing)?;
    push_fill(&mut out, spec.fill, left);
    out.extend_from_slice(&body);
    push_fill(&mut out, spec.fill, missing - left);
    Ok(out)
}

/// The size of two texts together, unless that is more than a string can have.
pub fn check_sum(a: usize, b: usize) -> Result<usize, Fault> {
    a.checked_add(b).filter(|size| *size <= crate::objects::str::MAX_BYTES).ok_or(Fault::Memory)
}

/// An empty text with room for what is coming, unless that is more than a string can have.
pub fn reserve(body: usize, fill: usize) -> Result<Vec<u8>, Fault> {
    let size = check_sum(body, fill)?;
    let mut out = Vec::new();
    out.try_reserve(size).map_err(|_| Fault::Memory)?;
    Ok(out)
}

pub fn push_fill(out: &mut Vec<u8>, fill: u32, count: usize) {
    if fill < 0x80 {
        out.resize(out.len() + count, fill as u8);
    } else {
        for _ in 0..count {
            push_char(out, fill);
        }
    }
}
