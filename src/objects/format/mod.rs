//! Formatting: the mini-language of `format()` and f-strings, `str.format` and `%`.
//!
//! - `spec`: parsing a format spec and the options that all types share
//! - `integer`, `float`, `complex`, `text`: what each type makes of a spec; number to text
//! - `number`: sign, grouping and padding, which the numeric types share
//! - `growing`: a text that is made of pieces
//! - `template`: `str.format` and `format_map`
//! - `percent`: `%` on `str`; and on `bytes`
//!
//! The first four know nothing of threads and objects but numbers and WTF-8, and fail with a [`Fault`]; `convert` words
//! faults as exceptions.

pub mod complex;
pub mod convert;
pub mod float;
pub mod growing;
pub mod integer;
pub mod number;
pub mod percent;
pub mod spec;
pub mod template;
pub mod text;

/// Why a value cannot be formatted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// ValueError with this text.
    Value(String),
    /// OverflowError with this text.
    Overflow(&'static str),
    /// "Unknown format code '…' for object of type '…'".
    UnknownCode(u32),
    /// "Invalid format specifier '…' for object of type '…'".
    Invalid,
    /// The result would be too large.
    Memory,
}

impl Fault {
    fn value(message: &str) -> Fault {
        Fault::Value(message.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::growing::Growing;
    use super::spec::{Align, Spec};
    use super::*;
    use crate::objects::int::IntRef;

    fn text(spec: Result<Spec, Fault>, format: impl FnOnce(&Spec, &mut Growing) -> Result<(), Fault>) -> String {
        let mut out = Growing::empty();
        out.push(b"before ");
        match spec.and_then(|spec| format(&spec, &mut out)) {
            Ok(()) => String::from_utf8_lossy(&out.bytes()[7..]).into_owned(),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn integers_follow_their_spec() {
        for (i, spec, expected) in [
            (1234567, ",", "1,234,567"),
            (1234, "012,", "0,000,001,234"),
            (1234, "010,", "00,001,234"),
            (-255, "#06x", "-0x0ff"),
            (65535, "_b", "1111_1111_1111_1111"),
            (42, "x=+8", "+xxxxx42"),
            (42, "^6", "  42  "),
            (42, ".2f", "42.00"),
            (233, "c", "é"),
        ] {
            let spec = Spec::parse(spec.as_bytes(), Align::Right);
            assert_eq!(text(spec, |spec, out| integer::format(IntRef::Small(i), spec, out)), expected);
        }
    }

    #[test]
    fn floats_follow_their_spec() {
        for (f, spec, expected) in [
            (2.5, ".0f", "2"),
            (0.125, ".2f", "0.12"),
            (2.675, ".2f", "2.67"),
            (1e16, "", "1e+16"),
            (1e15, "", "1000000000000000.0"),
            (1e22, "#", "1.e+22"),
            (100.0, ".3", "1e+02"),
            (100.0, ".5", "100.0"),
            (-0.04, "z.1f", "0.0"),
            (0.256, ".1%", "25.6%"),
            (1234567.891, "_.3_f", "1_234_567.891"),
            (f64::INFINITY, "08", "00000inf"),
            (1e-7, "g", "1e-07"),
            (0.0, "#g", "0.00000"),
        ] {
            let spec = Spec::parse(spec.as_bytes(), Align::Right);
            assert_eq!(text(spec, |spec, out| float::format(f, spec, out)), expected);
        }
    }

    #[test]
    fn floats_read_back_from_their_repr() {
        for (f, expected) in [
            (0.1, "0.1"),
            (-0.0, "-0.0"),
            (1e-5, "1e-05"),
            (5e-324, "5e-324"),
            (123456.0, "123456.0"),
            (1e15 + 0.25, "1000000000000000.2"),
        ] {
            assert_eq!(float::repr(f), expected);
        }
        assert_eq!(complex::repr(3.0, 4.0), "(3+4j)");
        assert_eq!(complex::repr(0.0, -0.0), "-0j");
        assert_eq!(complex::repr(-0.0, 2.5), "(-0+2.5j)");
    }

    #[test]
    fn texts_follow_their_spec() {
        for (s, spec, expected) in [("abc", ">5", "  abc"), ("héllo", ".2", "hé"), ("abc", "é^7s", "ééabcéé")] {
            let spec = Spec::parse(spec.as_bytes(), Align::Left);
            assert_eq!(
                text(spec, |spec, out| super::text::format(s.as_bytes(), s.chars().count(), spec, out)),
                expected
            );
        }
    }
}
