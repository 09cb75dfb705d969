//! A `float` under a format spec, and floats as text: correctly rounded, shortest where no precision is asked for.

use super::Fault;
use super::integer::Digits;
use super::number::{Parts, Sink, lay_out};
use super::spec::Spec;

/// More decimals than any double has: what is asked for beyond them is zeros.
const MOST_DECIMALS: usize = 1100;

/// How the digits are chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// So many decimals.
    Fixed,
    /// One digit before the point, so many after it.
    Exponent,
    /// So many significant digits, without trailing zeros.
    General,
    /// As few digits as tell the double from its neighbours.
    Shortest,
}

/// How a double becomes text.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub mode: Mode,
    pub precision: usize,
    pub upper: bool,
    /// Keep the point, and `General`'s trailing zeros.
    pub alternate: bool,
    /// `.0` after a number that would look like an integer.
    pub point_zero: bool,
    pub percent: bool,
    /// A negative zero loses its sign.
    pub no_negative_zero: bool,
}

impl Style {
    pub const REPR: Style = Style {
        mode: Mode::Shortest,
        precision: 0,
        upper: false,
        alternate: false,
        point_zero: true,
        percent: false,
        no_negative_zero: false,
    };
    pub const REPR_WITHOUT_POINT: Style = Style { point_zero: false, ..Style::REPR };
}

/// `repr(f)`
pub fn repr(f: f64) -> String {
    // Neither tiny nor huge: it has no exponent, and what the library writes is what Python does.
    if (1e-4..1e16).contains(&f.abs()) {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format_finite(f);
        if !text.as_bytes().contains(&b'e') {
            return text.to_owned();
        }
    }
    to_text(f, &Style::REPR)
}

/// The float as the spec wants it.
pub fn format<S: Sink>(f: f64, spec: &Spec, sink: S) -> Result<S::Text, Fault> {
    let style = style_of(spec)?;
    match quick_fixed(f, &style) {
        Some(text) => lay_out(&Parts::of_float(text.bytes()), spec, sink),
        None => lay_out(&Parts::of_float(to_text(f, &style).as_bytes()), spec, sink),
    }
}

/// What the spec's type character and precision ask for.
pub fn style_of(spec: &Spec) -> Result<Style, Fault> {
    let mut style =
        Style { alternate: spec.alternate, no_negative_zero: spec.no_negative_zero, point_zero: false, ..Style::REPR };
    let code = match spec.code {
        None => None,
        Some(code) => Some(char::from_u32(code).ok_or(Fault::UnknownCode(code))?),
    };
    style.mode = match code {
        None => Mode::Shortest,
        Some('e' | 'E') => Mode::Exponent,
        Some('f' | 'F' | '%') => Mode::Fixed,
        Some('g' | 'G' | 'n') => Mode::General,
        Some(other) => return Err(Fault::UnknownCode(other as u32)),
    };
    style.upper = matches!(code, Some('E' | 'F' | 'G'));
    style.percent = code == Some('%');
    style.point_zero = code.is_none();
    match spec.precision {
        None => style.precision = 6,
        Some(precision) if precision > i32::MAX as usize => return Err(Fault::value("precision too big")),
        Some(precision) => {
            style.precision = precision;
            if code.is_none() {
                style.mode = Mode::General;
            }
        }
    }
    if matches!(style.mode, Mode::Fixed | Mode::Exponent) || style.alternate {
        super::spec::reserve(0, style.precision)?;
    }
    Ok(style)
}

/// A double as text.
pub fn to_text(f: f64, style: &Style) -> String {
    let f = if style.percent { f * 100.0 } else { f };
    if !f.is_finite() {
        let mut text = if f.is_nan() {
            "nan"
        } else if f < 0.0 {
            "-inf"
        } else {
            "inf"
        }
        .to_owned();
        if style.upper {
            text.make_ascii_uppercase();
        }
        if style.percent {
            text.push('%');
        }
        return text;
    }
    if style.mode == Mode::Fixed && style.precision <= MOST_DECIMALS && !style.alternate && !style.no_negative_zero {
        let percent = if style.percent { "%" } else { "" };
        if let Some(text) = fixed_by_words(f, style.precision) {
            return String::from_utf8_lossy(text.bytes()).into_owned() + percent;
        }
        return format!("{f:.*}{percent}", style.precision);
    }
    let (digits, point) = digits_of(f.abs(), style);
    let zero = digits.bytes().all(|b| b == b'0');
    let mut out = String::with_capacity(digits.len() + 10);
    if f.is_sign_negative() && !(style.no_negative_zero && zero) {
        out.push('-');
    }
    let exponent = match style.mode {
        Mode::Fixed => false,
        Mode::Exponent => true,
        Mode::General => !(-3..=significant(style)).contains(&point),
        Mode::Shortest => !(-3..=16).contains(&point),
    };
    // A precision as the float's own format code has it: with a point, so one digit more goes to the exponent form.
    let exponent = exponent || (style.mode == Mode::General && style.point_zero && point == significant(style));
    if exponent {
        push_exponent(&mut out, &digits, point, style)
    } else {
        push_fixed(&mut out, &digits, point, style)
    }
    if style.percent {
        out.push('%');
    }
    out
}

/// The text of a double with few decimals and nothing else to it, without a place on the heap.
pub fn quick_fixed(f: f64, style: &Style) -> Option<Digits> {
    let plain = style.mode == Mode::Fixed && !style.percent && !style.alternate && !style.no_negative_zero;
    if plain && f.is_finite() { fixed_by_words(f, style.precision) } else { None }
}

/// A finite double with so many decimals, where 128 bits hold it all: a multiplication and a shift, exact and rounded to
/// even, instead of the general way, which falls back to arithmetic on long numbers just for "round" ones.
fn fixed_by_words(f: f64, decimals: usize) -> Option<Digits> {
    const MOST: usize = 15;
    const POWERS: [u64; MOST + 1] = {
        let mut powers = [1; MOST + 1];
        let mut at = 1;
        while at <= MOST {
            powers[at] = powers[at - 1] * 10;
            at += 1;
        }
        powers
    };
    if decimals > MOST {
        return None;
    }
    let (fraction, exponent) = (f.to_bits() & ((1 << 52) - 1), (f.to_bits() >> 52 & 0x7FF) as i32);
    let (mantissa, exponent) = match exponent {
        0 => (fraction, -1074),
        _ => (fraction | 1 << 52, exponent - 1075),
    };
    // Less than 2^53 * 10^15 < 2^103.
    let scaled = mantissa as u128 * POWERS[decimals] as u128;
    let whole = match -exponent {
        128.. => 0,
        shift @ 1.. => {
            let (whole, rest, half) = (scaled >> shift, scaled & ((1 << shift) - 1), 1 << (shift - 1));
            whole + (rest > half || rest == half && whole & 1 == 1) as u128
        }
        shift @ -20..=0 => scaled << -shift,
        _ => return None,
    };
    let mut text = Digits::fixed(u64::try_from(whole).ok()?, decimals);
    if f.is_sign_negative() {
        text.put_before("-");
    }
    Some(text)
}

/// `General`'s precision: at least one digit.
fn significant(style: &Style) -> i32 {
    style.precision.clamp(1, i32::MAX as usize) as i32
}

/// Decimal digits of a finite non-negative double, and where the point stands: after so many of them (before or
/// beyond them if negative or large).
fn digits_of(f: f64, style: &Style) -> (String, i32) {
    match style.mode {
        Mode::Shortest => {
            let mut buffer = zmij::Buffer::new();
            from_shortest(buffer.format_finite(f))
        }
        Mode::Exponent => exact(f, style.precision),
        Mode::General => {
            let (mut digits, point) = exact(f, significant(style) as usize - 1);
            if !style.alternate {
                digits.truncate(digits.trim_end_matches('0').len().max(1));
            }
            (digits, point)
        }
        Mode::Fixed => {
            let decimals = style.precision.min(MOST_DECIMALS);
            let text = format!("{f:.decimals$}");
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            let mut digits = String::with_capacity(text.len());
            digits.push_str(whole);
            digits.push_str(fraction);
            push_zeros(&mut digits, style.precision - decimals);
            (digits, whole.len() as i32)
        }
    }
}

/// One digit and `decimals` more, correctly rounded.
fn exact(f: f64, decimals: usize) -> (String, i32) {
    let held = decimals.min(MOST_DECIMALS);
    let (mut digits, point) = from_scientific(&format!("{f:.held$e}"));
    push_zeros(&mut digits, decimals - held);
    (digits, point)
}

/// `1.25e-3` as its digits and the position of the point.
fn from_scientific(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let digits = mantissa.chars().filter(|c| *c != '.').collect();
    (digits, exponent.parse::<i32>().unwrap_or(0) + 1)
}

/// `0.00125` or `1.25e-3` or `12.0`, whichever it is, as its digits without zeros around them, and the position of the point.
fn from_shortest(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_start_matches('0');
    if digits.is_empty() {
        return ("0".to_owned(), 1);
    }
    let leading = (all.len() - digits.len()) as i32;
    let point = whole.len() as i32 - leading + exponent.parse::<i32>().unwrap_or(0);
    (digits.trim_end_matches('0').to_owned(), point)
}

fn push_zeros(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n('0', count));
}

fn push_exponent(out: &mut String, digits: &str, point: i32, style: &Style) {
    let (first, rest) = digits.split_at(1);
    out.push_str(first);
    if !rest.is_empty() || style.alternate {
        out.push('.');
    }
    out.push_str(rest);
    let exponent = point - 1;
    out.push(if style.upper { 'E' } else { 'e' });
    out.push(if exponent < 0 { '-' } else { '+' });
    out.push_str(&format!("{:02}", exponent.abs()));
}

fn push_fixed(out: &mut String, digits: &str, point: i32, style: &Style) {
    let have = digits.len();
    if point <= 0 {
        out.push('0');
    } else {
        let whole = (point as usize).min(have);
        out.push_str(&digits[..whole]);
        push_zeros(out, point as usize - whole);
    }
    let fraction = &digits[(point.max(0) as usize).min(have)..];
    if fraction.is_empty() {
        out.push_str(if style.point_zero {
            ".0"
        } else if style.alternate {
            "."
        } else {
            ""
        });
        return;
    }
    out.push('.');
    push_zeros(out, point.min(0).unsigned_abs() as usize);
    out.push_str(fraction);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_of_common_sizes_are_written_as_all_others_are() {
        let mut seed = 0x2545_F491_4F6C_DD1Du64;
        let edges = [1e-4, 1e16, 9.999e-5, 9_007_199_254_740_993.0, 1e15, 123_456_789_012_345_680.0, 1e5, 0.1, 100.0];
        let random = (0..50_000).map(|round| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            match round % 3 {
                0 => f64::from_bits(seed),
                1 => (seed % 1_000_000_000_000) as f64 / 8.0,
                _ => (seed >> 20) as f64 / 1e7,
            }
        });
        for f in edges.into_iter().chain(random).filter(|f| f.is_finite()) {
            for f in [f, -f, f.next_up(), f.next_down()] {
                assert_eq!(repr(f), to_text(f, &Style::REPR), "{f:?}");
            }
        }
    }

    #[test]
    fn words_round_as_long_arithmetic_does() {
        let mut seed = 0x2545_F491_4F6C_DD1Du64;
        let mut all = vec![0.0, -0.0, 0.5, 1.5, 2.5, 0.125, 2.675, 1e15, 999_999.999_5, 5e-324, 1e-30, -1e-9, 1.8e19];
        for round in 0..20_000 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            all.push(match round % 3 {
                0 => f64::from_bits(seed),
                1 => (seed % 1_000_000) as f64 / 8.0,
                _ => (seed % 1_000_000_000) as f64 / 1000.0,
            });
        }
        let mut done = 0;
        for f in all.into_iter().filter(|f| f.is_finite()) {
            for decimals in [0, 1, 2, 3, 6, 10, 15] {
                if let Some(text) = fixed_by_words(f, decimals) {
                    assert_eq!(text.bytes(), format!("{f:.decimals$}").as_bytes(), "{f:?}");
                    done += 1;
                }
            }
        }
        assert!(done > 80_000, "{done}");
    }
}
