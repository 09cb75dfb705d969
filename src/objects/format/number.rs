//! Sign, prefix, grouping, padding: how the digits of any number become the formatted text.

use crate::objects::str::split::put;

use super::Fault;
use super::spec::{Align, Grouping, Spec, pad, push_fill, reserve};

/// A number taken apart.
pub struct Parts<'a> {
    pub negative: bool,
    /// `0x` and the like.
    pub prefix: &'a str,
    /// All that follows: digits, and for a float the point, the decimals, the exponent; `inf` and `nan`.
    pub body: &'a [u8],
    /// Whether the body is nothing but digits, of whatever base.
    pub whole: bool,
}

impl<'a> Parts<'a> {
    /// Takes a number as `float` writes it apart: `-12.5e+30`, `inf`.
    #[inline(always)]
    pub fn of_float(text: &'a [u8]) -> Parts<'a> {
        let (negative, body) = match text {
            [b'-', rest @ ..] => (true, rest),
            text => (false, text),
        };
        Parts { negative, prefix: "", body, whole: false }
    }

    /// The digits before the point, those after it, and the rest: exponent, percent sign; `inf` and `nan`.
    fn split(&self) -> (&'a [u8], Option<&'a [u8]>, &'a [u8]) {
        if self.whole {
            return (self.body, None, b"");
        }
        let digits = self.body.iter().take_while(|b| b.is_ascii_digit()).count();
        match self.body.split_at(digits) {
            (digits, [b'.', after @ ..]) => {
                let (fraction, rest) = after.split_at(after.iter().take_while(|b| b.is_ascii_digit()).count());
                (digits, Some(fraction), rest)
            }
            (digits, rest) => (digits, None, rest),
        }
    }
}

/// A text laid out without groups and with a fill character of one byte: how long each piece is, before any of them has been
/// written. So it can be written where it is to stand, and once. (`formatting`)
pub struct Plain<'a> {
    fill: u8,
    before: usize,
    sign: Option<u8>,
    prefix: &'a str,
    within: usize,
    body: &'a [u8],
    after: usize,
    missing: usize,
    /// Code points of the body.
    chars: usize,
}

/// Longer texts are made in memory that may be refused.
const MOST_PLAIN: usize = 4096;

impl<'a> Plain<'a> {
    /// A text, or a number without its sign and prefix; `None` if it takes more than this to lay it out.
    #[inline(always)]
    pub fn new(sign: Option<u8>, prefix: &'a str, body: &'a [u8], chars: usize, spec: &Spec) -> Option<Plain<'a>> {
        let missing = spec.width.unwrap_or(0).saturating_sub(sign.is_some() as usize + prefix.len() + chars);
        if spec.fill >= 0x80 || missing > MOST_PLAIN || body.len() > MOST_PLAIN {
            return None;
        }
        let (before, within) = match spec.align {
            Align::Left => (0, 0),
            Align::Right => (missing, 0),
            Align::Center => (missing / 2, 0),
            Align::AfterSign => (0, missing),
        };
        let after = missing - before - within;
        Some(Plain { fill: spec.fill as u8, before, sign, prefix, within, body, after, missing, chars })
    }

    /// Bytes of the whole.
    #[inline(always)]
    pub fn size(&self) -> usize {
        self.missing + self.sign.is_some() as usize + self.prefix.len() + self.body.len()
    }

    /// Code points of the whole.
    #[inline(always)]
    pub fn chars(&self) -> usize {
        self.missing + self.sign.is_some() as usize + self.prefix.len() + self.chars
    }

    /// Writes it; `to` has its size.
    #[inline(always)]
    pub fn write(&self, to: &mut [u8]) {
        let mut to = fill(to, self.fill, self.before);
        if let Some(sign) = self.sign {
            to = fill(to, sign, 1);
        }
        if !self.prefix.is_empty() {
            to = put(to, self.prefix.as_bytes());
        }
        to = put(fill(to, self.fill, self.within), self.body);
        fill(to, self.fill, self.after);
    }
}

#[inline(always)]
fn fill(to: &mut [u8], byte: u8, count: usize) -> &mut [u8] {
    let (here, rest) = to.split_at_mut(count);
    // Word by word, which overlap at the end: most are few.
    match here.len() {
        0 => {}
        1 => here[0] = byte,
        2..8 => {
            for place in here {
                *place = byte;
            }
        }
        len => {
            let word = [byte; 8];
            for chunk in here.chunks_exact_mut(8) {
                chunk.copy_from_slice(&word);
            }
            here[len - 8..].copy_from_slice(&word);
        }
    }
    rest
}

/// Where a formatted text goes.
pub trait Sink: Sized {
    type Text;
    fn plain(self, text: &Plain) -> Result<Self::Text, Fault>;
    /// A text that is not quite plain, or long.
    fn whole(self, text: Vec<u8>) -> Result<Self::Text, Fault>;
}

/// The number under its spec.
#[inline(always)]
pub fn lay_out<S: Sink>(parts: &Parts, spec: &Spec, sink: S) -> Result<S::Text, Fault> {
    let sign = match (parts.negative, spec.sign) {
        (true, _) => Some(b'-'),
        (false, Some(sign @ (b'+' | b' '))) => Some(sign),
        _ => None,
    };
    if spec.grouping == Grouping::None
        && spec.fraction_grouping == Grouping::None
        && let Some(plain) = Plain::new(sign, parts.prefix, parts.body, parts.body.len(), spec)
    {
        return sink.plain(&plain);
    }
    sink.whole(lay_out_groups(parts, sign, spec)?)
}

#[inline(never)]
fn lay_out_groups(parts: &Parts, sign: Option<u8>, spec: &Spec) -> Result<Vec<u8>, Fault> {
    let (digits, fraction, rest) = parts.split();
    let fraction_size = fraction.map_or(0, |digits| {
        1 + digits.len() + if spec.fraction_grouping == Grouping::None { 0 } else { digits.len().saturating_sub(1) / 3 }
    });
    let width = spec.width.unwrap_or(0);
    let fixed = sign.is_some() as usize + parts.prefix.len() + fraction_size + rest.len();
    let zero_filled = spec.fill == b'0' as u32 && spec.align == Align::AfterSign;
    let wanted_digits = if zero_filled { width.saturating_sub(fixed) } else { 0 };

    let mut body = reserve(fixed + digits.len() * 2, wanted_digits)?;
    body.extend(sign);
    body.extend_from_slice(parts.prefix.as_bytes());
    let start = body.len();
    push_grouped(&mut body, digits, wanted_digits, spec.grouping);
    if let Some(fraction) = fraction {
        body.push(b'.');
        push_fraction(&mut body, fraction, spec.fraction_grouping);
    }
    body.extend_from_slice(rest);

    let chars = body.len();
    if spec.align != Align::AfterSign || chars >= width {
        return pad(spec, body, chars);
    }
    let mut out = reserve(chars, (width - chars).saturating_mul(4))?;
    out.extend_from_slice(&body[..start]);
    push_fill(&mut out, spec.fill, width - chars);
    out.extend_from_slice(&body[start..]);
    Ok(out)
}

/// Digits with zeros in front to make `least` characters, separators included.
fn push_grouped(out: &mut Vec<u8>, digits: &[u8], least: usize, grouping: Grouping) {
    let start = out.len();
    let Some(separator) = grouping.separator() else {
        push_fill(out, b'0' as u32, least.saturating_sub(digits.len()));
        out.extend_from_slice(digits);
        return;
    };
    if digits.is_empty() {
        push_fill(out, b'0' as u32, least);
        return;
    }
    // From the last digit to the first, then turned around.
    let (mut left, mut least) = (digits.len(), least);
    loop {
        let group = grouping.size().min(left.max(least).max(1));
        let taken = group.min(left);
        out.extend(digits[left - taken..left].iter().rev());
        push_fill(out, b'0' as u32, group - taken);
        left -= taken;
        least = least.saturating_sub(group);
        if left == 0 && least == 0 {
            break;
        }
        out.push(separator);
        least = least.saturating_sub(1);
    }
    out[start..].reverse();
}

fn push_fraction(out: &mut Vec<u8>, digits: &[u8], grouping: Grouping) {
    let Some(separator) = grouping.separator() else {
        out.extend_from_slice(digits);
        return;
    };
    for (i, group) in digits.chunks(3).enumerate() {
        if i > 0 {
            out.push(separator);
        }
        out.extend_from_slice(group);
    }
}
