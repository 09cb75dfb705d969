//! Single items: from objects to bytes and back.

use crate::heap::Value;
use crate::objects::bytes::{ByteArray, Bytes};
use crate::objects::complex;
use crate::objects::int::{self, IntRef};
use crate::objects::sequences;
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::error;
use super::layout::Run;

/// Writes an item to its bytes.
pub fn pack(th: &Thread, run: Run, big_endian: bool, v: Value, to: &mut [u8]) -> Result<()> {
    match run.code {
        b's' | b'p' => return pack_text(th, run.code, v, to),
        b'c' => {
            let Some([byte]) = v.downcast::<Bytes>().map(|bytes| bytes.get().bytes()) else {
                return Err(error(th, "char format requires a bytes object of length 1"));
            };
            to[0] = *byte;
        }
        b'?' => to[0] = ops::truthy(th, v)?.into(),
        b'F' | b'D' => {
            let half = run.size / 2;
            let (real, imaginary) = complex_of(th, v)?;
            to[..half].copy_from_slice(&float_bytes(th, if half == 4 { b'f' } else { b'd' }, real)?[..half]);
            to[half..].copy_from_slice(&float_bytes(th, if half == 4 { b'f' } else { b'd' }, imaginary)?[..half]);
            if big_endian {
                to[..half].reverse();
                to[half..].reverse();
            }
            return Ok(());
        }
        b'e' | b'f' | b'd' => {
            let Ok(float) = ops::float(th, v).map_err(|raised| th.take_exception(raised)) else {
                return Err(error(th, "required argument is not a float"));
            };
            to.copy_from_slice(&float_bytes(th, run.code, float)?[..run.size]);
        }
        _ => to.copy_from_slice(&integer(th, run, v)?.to_le_bytes()[..run.size]),
    }
    if big_endian {
        to.reverse();
    }
    Ok(())
}

fn pack_text(th: &Thread, code: u8, v: Value, to: &mut [u8]) -> Result<()> {
    let content = match v.downcast::<Bytes>() {
        Some(bytes) => bytes.get().bytes().to_vec(),
        None => match v.downcast::<ByteArray>() {
            Some(array) => array.to_vec(),
            None => {
                let code = code as char;
                return Err(error(th, format!("argument for '{code}' must be a bytes object")));
            }
        },
    };
    let to = match (code, to.split_first_mut()) {
        (b'p', Some((length, rest))) => {
            *length = content.len().min(rest.len()).min(255) as u8;
            rest
        }
        (_, Some(_)) => to,
        (_, None) => return Ok(()),
    };
    let len = content.len().min(to.len());
    to[..len].copy_from_slice(&content[..len]);
    Ok(())
}

fn integer(th: &Thread, run: Run, v: Value) -> Result<u64> {
    if !sequences::is_index(th, v) {
        return Err(error(th, "required argument is not an integer"));
    }
    let int = ops::index(th, v)?;
    let int = IntRef::of(int).and_then(IntRef::to_i128);
    let bits = 8 * run.size as u32;
    if run.code == b'P' {
        let fits = int.filter(|i| (i128::from(i64::MIN)..1 << 64).contains(i));
        return fits.map(|i| i as u64).ok_or_else(|| error(th, "int too large to convert"));
    }
    let (least, greatest) = match matches!(run.code, b'b' | b'h' | b'i' | b'l' | b'q' | b'n') {
        true => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        false => (0, (1i128 << bits) - 1),
    };
    match int.filter(|i| (least..=greatest).contains(i)) {
        Some(i) => Ok(i as u64),
        None => {
            let code = run.code as char;
            Err(error(th, format!("'{code}' format requires {least} <= number <= {greatest}")))
        }
    }
}

fn float_bytes(th: &Thread, code: u8, float: f64) -> Result<[u8; 8]> {
    let bits = match code {
        // What tells NaN objects apart here is nobody else's business.
        b'd' if float.is_nan() => return Ok(f64::NAN.copysign(float).to_le_bytes()),
        b'd' => return Ok(float.to_le_bytes()),
        b'f' if (float as f32).is_infinite() && float.is_finite() => None,
        b'f' => Some(u64::from((float as f32).to_bits())),
        _ => to_half(float).map(u64::from),
    };
    bits.map(u64::to_le_bytes)
        .ok_or_else(|| th.overflow_error(format_args!("float too large to pack with {} format", code as char)))
}

fn complex_of(th: &Thread, v: Value) -> Result<(f64, f64)> {
    if let Some(parts) = complex::of(v) {
        return Ok(parts);
    }
    match ops::float(th, v) {
        Ok(real) => Ok((real, 0.0)),
        Err(raised) => {
            th.take_exception(raised);
            Err(error(th, "required argument is not a complex"))
        }
    }
}

/// An item's bytes as an object.
pub fn unpack(th: &Thread, run: Run, big_endian: bool, bytes: &[u8]) -> Value {
    match run.code {
        b's' | b'c' => return Bytes::new(th, bytes).value(),
        b'p' => {
            let text = bytes.split_first().map_or(&[][..], |(len, text)| &text[..text.len().min(usize::from(*len))]);
            return Bytes::new(th, text).value();
        }
        b'F' | b'D' => {
            let part = |part: &[u8]| real(if part.len() == 4 { b'f' } else { b'd' }, word(part, big_endian));
            let (first, second) = bytes.split_at(bytes.len() / 2);
            return complex::new(th, part(first), part(second));
        }
        _ => {}
    }
    let bits = 8 * run.size as u32;
    let word = word(bytes, big_endian);
    match run.code {
        b'?' => Value::bool(word != 0),
        b'e' | b'f' | b'd' => Value::float(real(run.code, word)),
        b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => th.int((word << (64 - bits)) as i64 >> (64 - bits)),
        _ => int::from_u64(th, word),
    }
}

fn word(bytes: &[u8], big_endian: bool) -> u64 {
    let push = |word: u64, byte: &u8| word << 8 | u64::from(*byte);
    if big_endian { bytes.iter().fold(0, push) } else { bytes.iter().rev().fold(0, push) }
}

fn real(code: u8, word: u64) -> f64 {
    match code {
        b'e' => from_half(word as u16),
        b'f' => f32::from_bits(word as u32).into(),
        _ => f64::from_bits(word),
    }
}

/// The nearest half-precision float, ties to even; `None` if it is too large for one.
pub fn to_half(float: f64) -> Option<u16> {
    let sign = if float.is_sign_negative() { 0x8000 } else { 0 };
    let size = float.abs();
    if float.is_nan() {
        return Some(sign | 0x7e00);
    }
    if size.is_infinite() {
        return Some(sign | 0x7c00);
    }
    // Numbers below 2^-14 are counted in steps of 2^-24; above, ten bits follow the leading one.
    let exponent = ((size.to_bits() >> 52) as i32 - 1023).max(-14);
    let steps = (size * 2f64.powi(10 - exponent)).round_ties_even() as u32;
    // A carry into the exponent is what it should be.
    let bits = ((exponent + 14) as u32) * 1024 + steps;
    if bits >= 0x7c00 { None } else { Some(sign | bits as u16) }
}

pub fn from_half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, mantissa) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    match exponent {
        0 => sign * mantissa * 2f64.powi(-24),
        31 if mantissa == 0.0 => sign * f64::INFINITY,
        31 => f64::NAN.copysign(sign),
        _ => sign * (1024.0 + mantissa) * 2f64.powi(exponent - 25),
    }
}
