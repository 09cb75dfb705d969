//! An `int` under a format spec, and integers as text.

use crate::objects::int::IntRef;

use super::Fault;
use super::number::{Parts, Sink, lay_out};
use super::spec::{Align, Spec, pad};

/// The digits of an integer's absolute value, in lower case.
pub fn digits(i: IntRef, base: u32) -> String {
    match (i, base) {
        (IntRef::Small(i), 10) => i.unsigned_abs().to_string(),
        (IntRef::Small(i), 2) => format!("{:b}", i.unsigned_abs()),
        (IntRef::Small(i), 8) => format!("{:o}", i.unsigned_abs()),
        (IntRef::Small(i), _) => format!("{:x}", i.unsigned_abs()),
        (IntRef::Wide(i), 10) => i.unsigned_abs().to_string(),
        (IntRef::Wide(i), 2) => format!("{:b}", i.unsigned_abs()),
        (IntRef::Wide(i), 8) => format!("{:o}", i.unsigned_abs()),
        (IntRef::Wide(i), _) => format!("{:x}", i.unsigned_abs()),
        (IntRef::Big(i), _) => i.magnitude().to_str_radix(base),
    }
}

/// All numbers of two digits: half as many divisions as digit by digit.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut at = 0;
    while at < 100 {
        pairs[at] = [b'0' + (at / 10) as u8, b'0' + (at % 10) as u8];
        at += 1;
    }
    pairs
};

/// Writes a number's decimal digits so that they end at `end`; where they begin.
#[inline(always)]
fn put_decimal(to: &mut [u8], end: usize, number: u64) -> usize {
    let (mut at, mut rest) = (end, number);
    while rest >= 100 {
        at -= 2;
        to[at..at + 2].copy_from_slice(&PAIRS[(rest % 100) as usize]);
        rest /= 100;
    }
    if rest >= 10 {
        at -= 2;
        to[at..at + 2].copy_from_slice(&PAIRS[rest as usize]);
    } else {
        at -= 1;
        to[at] = b'0' + rest as u8;
    }
    at
}

/// The decimal text of a small integer, on the stack.
pub struct Decimal {
    digits: [u8; 20],
    start: usize,
}

impl Decimal {
    #[inline]
    pub fn new(i: i64) -> Decimal {
        let mut text = Decimal { digits: [0; 20], start: 20 };
        text.start = put_decimal(&mut text.digits, 20, i.unsigned_abs());
        if i < 0 {
            text.start -= 1;
            text.digits[text.start] = b'-';
        }
        text
    }

    #[inline]
    pub fn bytes(&self) -> &[u8] {
        &self.digits[self.start..]
    }
}

/// The digits of a small integer's absolute value in any base, on the stack, with room for a sign and a prefix.
pub struct Digits {
    digits: [u8; 68],
    start: usize,
}

impl Digits {
    pub fn new(i: i64, base: u64, upper: bool) -> Digits {
        let mut text = Digits { digits: [0; 68], start: 68 };
        // By one of these each digit takes a multiplication or a shift; by any number it would take a division.
        match base {
            2 => text.put_number::<2>(i.unsigned_abs(), upper),
            8 => text.put_number::<8>(i.unsigned_abs(), upper),
            10 => text.start = put_decimal(&mut text.digits, 68, i.unsigned_abs()),
            16 => text.put_number::<16>(i.unsigned_abs(), upper),
            _ => unreachable!("no other base has a format"),
        }
        text
    }

    #[inline(always)]
    fn put_number<const BASE: u64>(&mut self, number: u64, upper: bool) {
        let table = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
        let mut rest = number;
        loop {
            self.put(table[(rest % BASE) as usize]);
            rest /= BASE;
            if rest == 0 {
                return;
            }
        }
    }

    /// A number of `decimals` decimals, which is `scaled` times ten to the power of minus as many; there are 20 at most.
    pub fn fixed(scaled: u64, decimals: usize) -> Digits {
        let mut text = Digits { digits: [0; 68], start: 68 };
        let mut rest = scaled;
        for _ in 0..decimals {
            text.put(b'0' + (rest % 10) as u8);
            rest /= 10;
        }
        if decimals > 0 {
            text.put(b'.');
        }
        text.start = put_decimal(&mut text.digits, text.start, rest);
        text
    }

    #[inline(always)]
    fn put(&mut self, byte: u8) {
        self.start -= 1;
        self.digits[self.start] = byte;
    }

    /// Puts a sign or a prefix in front; both have no more than three bytes.
    pub fn put_before(&mut self, text: &str) {
        self.start -= text.len();
        self.digits[self.start..self.start + text.len()].copy_from_slice(text.as_bytes());
    }

    pub fn bytes(&self) -> &[u8] {
        &self.digits[self.start..]
    }
}

/// The integer as the spec wants it.
#[inline]
pub fn format<S: Sink>(i: IntRef, spec: &Spec, sink: S) -> Result<S::Text, Fault> {
    let Some(code) = spec.code.or(Some(b'd' as u32)).and_then(char::from_u32) else {
        return Err(Fault::UnknownCode(spec.code.unwrap_or(0)));
    };
    if matches!(code, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') {
        let f = i.to_f64().ok_or(Fault::Overflow("int too large to convert to float"))?;
        return super::float::format(f, spec, sink);
    }
    if !matches!(code, 'b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n') {
        return Err(Fault::UnknownCode(code as u32));
    }
    if spec.precision.is_some() {
        return Err(Fault::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(Fault::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    let (base, prefix) = match code {
        'c' => return sink.whole(character(i, spec)?),
        'b' => (2, "0b"),
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let prefix = if spec.alternate { prefix } else { "" };
    let negative = i.is_negative();
    if let IntRef::Small(i) = i {
        let digits = Digits::new(i, base as u64, code == 'X');
        return lay_out(&Parts { negative, prefix, body: digits.bytes(), whole: true }, spec, sink);
    }
    let mut digits = digits(i, base);
    if code == 'X' {
        digits.make_ascii_uppercase();
    }
    lay_out(&Parts { negative, prefix, body: digits.as_bytes(), whole: true }, spec, sink)
}

/// `c`: the character of that code point.
fn character(i: IntRef, spec: &Spec) -> Result<Vec<u8>, Fault> {
    if spec.sign.is_some() {
        return Err(Fault::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(Fault::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let Some(i) = i.to_i64() else {
        return Err(Fault::Overflow("Python int too large to convert to C long"));
    };
    if !(0..0x11_0000).contains(&i) {
        return Err(Fault::Overflow("%c arg not in range(0x110000)"));
    }
    let mut text = Vec::new();
    crate::objects::str::push_char(&mut text, i as u32);
    pad(
        &Spec { align: if spec.align == Align::AfterSign { Align::Right } else { spec.align }, ..spec.clone() },
        &text,
        1,
    )
}
