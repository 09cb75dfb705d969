//! `math`: functions of real numbers and of integers.
//!
//! - `real`: functions of one or two floats, most of them the C library's
//! - `gamma`: the gamma function and its logarithm
//! - `integers`: `factorial`, `comb`, `gcd` and the like
//! - `sums`: `fsum`, `sumprod`, `prod`, `hypot`, `dist`
//! - `libm`: what the C library has and Rust's floats do not

use crate::heap::{Gc, Value};
use crate::objects::module::Module;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, count_methods, join_methods};

use super::ModuleDef;

mod exact;
mod gamma;
mod integers;
mod libm;
mod real;
mod sums;

pub static MATH: ModuleDef = ModuleDef {
    functions: &FUNCTIONS,
    init: Some(init),
    ..ModuleDef::new("math", "This module provides access to the mathematical functions\ndefined by the C standard.")
};

/// The functions, by subject: one line registers a file's.
const SUBJECTS: &[&[NativeDef]] = &[real::FUNCTIONS, gamma::FUNCTIONS, integers::FUNCTIONS, sums::FUNCTIONS];
static FUNCTIONS: [NativeDef; count_methods(SUBJECTS)] = join_methods(SUBJECTS);

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, value) in constants {
        module.namespace.set_str(th, th.intern(name), Value::float(value));
    }
    Ok(())
}
