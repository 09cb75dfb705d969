//! A `complex` under a format spec, and its `repr`.

use super::Fault;
use super::float::{self, Style};
use super::growing::Growing;
use super::number::{Parts, lay_out};
use super::spec::{Align, Grouping, Spec, pad};

/// `repr(complex(re, im))`
pub fn repr(re: f64, im: f64) -> String {
    let imaginary = float::to_text(im, &Style::REPR_WITHOUT_POINT);
    if re == 0.0 && re.is_sign_positive() {
        return format!("{imaginary}j");
    }
    let real = float::to_text(re, &Style::REPR_WITHOUT_POINT);
    let plus = if imaginary.starts_with('-') { "" } else { "+" };
    format!("({real}{plus}{imaginary}j)")
}

/// The number as the spec wants it.
pub fn format(re: f64, im: f64, spec: &Spec) -> Result<Vec<u8>, Fault> {
    if let Some(code) = spec.code
        && !matches!(char::from_u32(code), Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n'))
    {
        return Err(Fault::UnknownCode(code));
    }
    if spec.fill == b'0' as u32 {
        return Err(Fault::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(Fault::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    let mut style = float::style_of(spec)?;
    style.point_zero = false;
    let plain = spec.code.is_none();
    let skip_real = plain && re == 0.0 && re.is_sign_positive();
    let part_spec = |sign| Spec {
        sign,
        width: None,
        align: Align::Right,
        fill: b' ' as u32,
        grouping: spec.grouping,
        fraction_grouping: spec.fraction_grouping,
        ..Spec::empty(Align::Right)
    };
    let mut body = Growing::empty();
    let push = |body: &mut Growing, f: f64, sign| {
        lay_out(&Parts::of_float(float::to_text(f, &style).as_bytes()), &part_spec(sign), body)
    };
    if plain && !skip_real {
        body.push(b"(");
    }
    if !skip_real {
        push(&mut body, re, spec.sign)?;
    }
    push(&mut body, im, if skip_real { spec.sign } else { Some(b'+') })?;
    body.push(b"j");
    if plain && !skip_real {
        body.push(b")");
    }
    let chars = body.size();
    debug_assert!(spec.grouping != Grouping::UnderscoreFour);
    pad(spec, body.bytes(), chars)
}
