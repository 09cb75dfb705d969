//! `round(f, places)`: to decimal places of the float's exact value, halves to the even neighbour.

use num_bigint::BigInt;
use num_traits::FromPrimitive;

/// More places than any double has digits behind the point, and fewer than any has before it.
const MOST: i64 = 323;
const FEWEST: i64 = -308;

/// The float nearest to `f` rounded to so many decimal places; `None` where it is too large.
pub fn to_places(f: f64, places: i64) -> Option<f64> {
    if !f.is_finite() || f == 0.0 || places > MOST {
        return Some(f);
    }
    if places < FEWEST {
        return Some(0f64.copysign(f));
    }
    if places >= 0 {
        // Formatting works on the exact value.
        return format!("{f:.*}", places as usize).parse().ok();
    }
    let exponent = decimal_exponent(f);
    let digits = exponent + places;
    let rounded = if digits >= 0 {
        format!("{f:.*e}", digits as usize).parse().unwrap_or(f)
    } else if digits == -1 && above_half(f.abs(), -places) {
        format!("1e{}", -places).parse::<f64>().unwrap_or(f).copysign(f)
    } else {
        0f64.copysign(f)
    };
    rounded.is_finite().then_some(rounded)
}

/// The exponent of the first decimal digit.
fn decimal_exponent(f: f64) -> i64 {
    let text = format!("{f:e}");
    text.rsplit('e').next().and_then(|e| e.parse().ok()).unwrap_or(0)
}

/// Whether `f` is more than half of ten to the given power.
fn above_half(f: f64, power: i64) -> bool {
    let half = BigInt::from(10).pow(power as u32) / 2u32;
    let whole = BigInt::from_f64(f.floor()).unwrap_or_default();
    whole > half || (whole == half && f.fract() > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_value_is_rounded() {
        for (f, places, rounded) in [
            (2.675, 2, 2.67),
            (5.015, 2, 5.01),
            (0.5, 0, 0.0),
            (2.5, 0, 2.0),
            (1234.5678, -2, 1200.0),
            (15.0, -1, 20.0),
            (25.0, -1, 20.0),
            (5.0, -1, 0.0),
            (6.0, -1, 10.0),
            (4.9, -1, 0.0),
            (1.5, 400, 1.5),
            (1.5, -400, 0.0),
            (9e307, -308, 1e308),
            (5e-324, 320, 0.0),
            (1e22, 1, 1e22),
            (-5.1, -1, -10.0),
            (99.0, -1, 100.0),
        ] {
            assert_eq!(to_places(f, places), Some(rounded), "round({f}, {places})");
        }
        assert_eq!(to_places(1.7e308, -308), None);
    }
}
