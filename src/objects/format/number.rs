//! Sign, prefix, grouping, padding: how the digits of any number become the formatted text.

use super::Fault;
use super::spec::{Align, Grouping, Spec, pad, push_fill, reserve};

/// A number taken apart.
pub struct Parts<'a> {
    pub negative: bool,
    /// `0x` and the like.
    pub prefix: &'a str,
    /// The digits before the point.
    pub digits: &'a [u8],
    /// The digits after it.
    pub fraction: Option<&'a [u8]>,
    /// Exponent, percent sign; `inf` and `nan`.
    pub rest: &'a [u8],
}

impl<'a> Parts<'a> {
    /// Takes a number as `float` writes it apart: `-12.5e+30`, `inf`.
    pub fn of_float(text: &'a [u8]) -> Parts<'a> {
        let (negative, text) = match text {
            [b'-', rest @ ..] => (true, rest),
            text => (false, text),
        };
        let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, mut rest) = text.split_at(digits);
        let mut fraction = None;
        if let [b'.', after @ ..] = rest {
            let (found, after) = after.split_at(after.iter().take_while(|b| b.is_ascii_digit()).count());
            (fraction, rest) = (Some(found), after);
        }
        Parts { negative, prefix: "", digits, fraction, rest }
    }
}

/// The number under its spec.
pub fn lay_out(parts: &Parts, spec: &Spec) -> Result<Vec<u8>, Fault> {
    let sign: &[u8] = match (parts.negative, spec.sign) {
        (true, _) => b"-",
        (false, Some(b'+')) => b"+",
        (false, Some(b' ')) => b" ",
        _ => b"",
    };
    let fraction_size = parts.fraction.map_or(0, |digits| {
        1 + digits.len() + if spec.fraction_grouping == Grouping::None { 0 } else { digits.len().saturating_sub(1) / 3 }
    });
    let width = spec.width.unwrap_or(0);
    let fixed = sign.len() + parts.prefix.len() + fraction_size + parts.rest.len();
    if spec.grouping == Grouping::None && spec.fraction_grouping == Grouping::None && spec.fill < 0x80 {
        return lay_out_plain(parts, spec, sign, fixed + parts.digits.len());
    }
    let zero_filled = spec.fill == b'0' as u32 && spec.align == Align::AfterSign;
    let wanted_digits = if zero_filled { width.saturating_sub(fixed) } else { 0 };

    let mut body = reserve(fixed + parts.digits.len() * 2, wanted_digits)?;
    body.extend_from_slice(sign);
    body.extend_from_slice(parts.prefix.as_bytes());
    let start = body.len();
    push_grouped(&mut body, parts.digits, wanted_digits, spec.grouping);
    if let Some(fraction) = parts.fraction {
        body.push(b'.');
        push_fraction(&mut body, fraction, spec.fraction_grouping);
    }
    body.extend_from_slice(parts.rest);

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

/// Without groups, and with fill characters of one byte: every piece goes straight to its place.
fn lay_out_plain(parts: &Parts, spec: &Spec, sign: &[u8], size: usize) -> Result<Vec<u8>, Fault> {
    let missing = spec.width.unwrap_or(0).saturating_sub(size);
    let (before, within) = match spec.align {
        Align::Left => (0, 0),
        Align::Right => (missing, 0),
        Align::Center => (missing / 2, 0),
        Align::AfterSign => (0, missing),
    };
    let mut out = reserve(size, missing)?;
    push_fill(&mut out, spec.fill, before);
    out.extend_from_slice(sign);
    out.extend_from_slice(parts.prefix.as_bytes());
    push_fill(&mut out, spec.fill, within);
    out.extend_from_slice(parts.digits);
    if let Some(fraction) = parts.fraction {
        out.push(b'.');
        out.extend_from_slice(fraction);
    }
    out.extend_from_slice(parts.rest);
    push_fill(&mut out, spec.fill, missing - before - within);
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
