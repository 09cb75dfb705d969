//! The gamma function and its logarithm, by Lanczos' approximation (the coefficients for doubles with g = 6.0246… are
//! those of the Boost library).

use crate::heap::Value;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::real::{domain_error, range_error};

pub const FUNCTIONS: &[NativeDef] = &[
    native("gamma", "(x, /)", "The gamma function: gamma(n) == factorial(n-1).", gamma),
    native("lgamma", "(x, /)", "The natural logarithm of the absolute value of gamma(x).", log_gamma),
];

const PI: f64 = std::f64::consts::PI;
const LOG_PI: f64 = 1.144729885849400174143427351353058711647;
const G: f64 = 6.024_680_040_776_73;
const G_MINUS_HALF: f64 = 5.524_680_040_776_73;

/// Numerator and denominator of the Lanczos sum, by rising powers.
const SUM: [(f64, f64); 13] = [
    (23_531_376_880.410_76, 0.0),
    (42_919_803_642.649_1, 39916800.0),
    (35_711_959_237.355_67, 120543840.0),
    (17_921_034_426.037_21, 150917976.0),
    (6_039_542_586.352_028, 105258076.0),
    (1_439_720_407.311_721_6, 45995730.0),
    (248_874_557.862_054_17, 13339535.0),
    (31_426_415.585_400_194, 2637558.0),
    (2_876_370.628_935_372_5, 357423.0),
    (186_056.265_395_223_48, 32670.0),
    (8_071.672_002_365_816, 1925.0),
    (210.824_277_751_579_36, 66.0),
    (2.506_628_274_631_000_2, 1.0),
];

/// The Lanczos sum at a positive argument; a large one is taken by its inverse powers, which do not overflow.
fn lanczos(x: f64) -> f64 {
    let step = |x: f64| move |(n, d): (f64, f64), (a, b): &(f64, f64)| (n * x + a, d * x + b);
    let (numerator, denominator) = if x < 5.0 {
        SUM.iter().rev().fold((0.0, 0.0), step(x))
    } else {
        let divide = |(n, d): (f64, f64), (a, b): &(f64, f64)| (n / x + a, d / x + b);
        SUM.iter().fold((0.0, 0.0), divide)
    };
    numerator / denominator
}

/// `sin(pi * x)`, exact at the integers.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let sine = match (2.0 * y).round() as u8 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    sine * 1f64.copysign(x)
}

fn pole(x: f64) -> bool {
    x <= 0.0 && x == x.floor()
}

fn gamma(th: &Thread, args: &[Value]) -> Result {
    let x = ops::float(th, args[0])?;
    if pole(x) {
        return Err(domain_error(th, "a noninteger or positive integer", x));
    }
    let result = gamma_of(x);
    if result.is_infinite() && x.is_finite() { Err(range_error(th)) } else { Ok(Value::float(result)) }
}

/// The gamma function where it has no pole.
fn gamma_of(x: f64) -> f64 {
    if !x.is_finite() {
        return x;
    }
    if x == x.floor() && x <= 23.0 {
        // Factorials up to 22! are exact as doubles.
        return (2..x as u64).map(|i| i as f64).product();
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        return 1.0 / x;
    }
    if magnitude > 200.0 {
        return if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY };
    }
    let y = magnitude + G_MINUS_HALF;
    // What rounding took from y, as a share of the result.
    let lost = if magnitude > G_MINUS_HALF { y - magnitude - G_MINUS_HALF } else { y - G_MINUS_HALF - magnitude };
    let lost = lost * G / y;
    // The power alone may overflow where the result does not: then half of it at a time.
    let (power, twice) =
        if magnitude < 140.0 { (y.powf(magnitude - 0.5), false) } else { (y.powf(magnitude / 2.0 - 0.25), true) };
    if x < 0.0 {
        let mut result = -PI / sin_pi(magnitude) / magnitude * y.exp() / lanczos(magnitude);
        result -= lost * result;
        result /= power;
        if twice { result / power } else { result }
    } else {
        let mut result = lanczos(magnitude) / y.exp();
        result += lost * result;
        result *= power;
        if twice { result * power } else { result }
    }
}

fn log_gamma(th: &Thread, args: &[Value]) -> Result {
    let x = ops::float(th, args[0])?;
    if pole(x) && x.is_finite() {
        return Err(domain_error(th, "a noninteger or positive integer", x));
    }
    let result = log_gamma_of(x);
    if result.is_infinite() && x.is_finite() { Err(range_error(th)) } else { Ok(Value::float(result)) }
}

fn log_gamma_of(x: f64) -> f64 {
    if !x.is_finite() {
        return if x.is_nan() { x } else { f64::INFINITY };
    }
    if x == 1.0 || x == 2.0 {
        return 0.0;
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        return -magnitude.ln();
    }
    let mut result = lanczos(magnitude).ln() - G;
    result += (magnitude - 0.5) * ((magnitude + G - 0.5).ln() - 1.0);
    if x < 0.0 { LOG_PI - sin_pi(magnitude).abs().ln() - magnitude.ln() - result } else { result }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_agrees_with_cpython_to_the_last_bit() {
        for (x, result) in [
            (5.0, 24.0),
            (0.5, 1.7724538509055159),
            (-1.5, 2.3632718012073544),
            (171.6, 1.5858969096672563e308),
            (-170.5, -3.312739521538607e-308),
            (0.1, 9.513507698668732),
            (10.1, 454760.7514415857),
            (100.5, 9.320963104082718e156),
            (-1e-5, -100000.57722555556),
        ] {
            assert_eq!(gamma_of(x), result, "gamma({x})");
        }
        for (x, result) in [
            (10.0, 12.801827480081467),
            (0.5, 0.5723649429247004),
            (-0.5, 1.265512123484645),
            (3.5, 1.2009736023470738),
            (1e300, 6.897755278982137e302),
            (1e-10, 23.025850929882736),
            (100.5, 361.4355404677776),
        ] {
            assert_eq!(log_gamma_of(x), result, "lgamma({x})");
        }
    }
}
