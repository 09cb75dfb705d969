//! Functions of the C library that Rust's floats do not have, or compute in another way. All are pure.

// SAFETY: these are C99's functions of doubles, with the C library's signatures; they have no preconditions.
unsafe extern "C" {
    pub safe fn acosh(x: f64) -> f64;
    pub safe fn asinh(x: f64) -> f64;
    pub safe fn atanh(x: f64) -> f64;
    pub safe fn erf(x: f64) -> f64;
    pub safe fn erfc(x: f64) -> f64;
    pub safe fn remainder(x: f64, y: f64) -> f64;
}
