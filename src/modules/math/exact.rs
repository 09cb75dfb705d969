//! Sums of floats without rounding on the way: what rounding loses is kept as further floats.

/// `a + b`, and what rounding lost of it.
#[inline]
pub fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
}

/// `a * b`, and what rounding lost of it.
#[inline]
pub fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

/// A sum of floats, kept exactly: partial sums of rising size whose digits do not overlap (Shewchuk's method).
#[derive(Default)]
pub struct Exact {
    partials: Vec<f64>,
}

impl Exact {
    /// Adds a finite float; `false` where a partial sum overflows.
    pub fn add(&mut self, mut x: f64) -> bool {
        let mut kept = 0;
        for at in 0..self.partials.len() {
            let (sum, lost) = two_sum(x, self.partials[at]);
            if !sum.is_finite() {
                return false;
            }
            if lost != 0.0 {
                self.partials[kept] = lost;
                kept += 1;
            }
            x = sum;
        }
        self.partials.truncate(kept);
        self.partials.push(x);
        true
    }

    pub fn is_empty(&self) -> bool {
        self.partials.is_empty()
    }

    /// The sum, rounded once.
    pub fn result(&self) -> f64 {
        let Some((last, rest)) = self.partials.split_last() else { return 0.0 };
        let mut high = *last;
        let mut rest = rest.iter().rev();
        let mut low = 0.0;
        for partial in rest.by_ref() {
            let sum = high + partial;
            low = partial - (sum - high);
            high = sum;
            if low != 0.0 {
                break;
            }
        }
        // A tie was rounded to even; what follows says which way it has to go.
        if let Some(next) = rest.next()
            && ((low < 0.0 && *next < 0.0) || (low > 0.0 && *next > 0.0))
        {
            let doubled = low * 2.0;
            let away = high + doubled;
            if doubled == away - high {
                high = away;
            }
        }
        high
    }
}

/// The square root of the sum of the squares of floats whose absolute values are given, rounded nearly always correctly.
pub fn norm(lengths: &[f64]) -> f64 {
    let largest = lengths.iter().copied().fold(0.0, f64::max);
    if lengths.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    if lengths.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if largest == 0.0 || lengths.len() == 1 {
        return largest;
    }
    // Scaled by a power of two, squares neither overflow nor vanish.
    let (_, exponent) = crate::objects::float::frexp(largest);
    let (down, up) = halves(-exponent);
    let (mut high, mut low) = (0.0, 0.0);
    for x in lengths {
        let x = x * down * up;
        let (square, square_lost) = two_product(x, x);
        let (sum, lost) = two_sum(high, square);
        high = sum;
        low += lost + square_lost;
    }
    let root = (high + low).sqrt();
    // One step of Newton's, with the exact square of the root.
    let (square, square_lost) = two_product(root, root);
    let (difference, lost) = two_sum(high, -square);
    let correction = (difference + (lost + low - square_lost)) / (2.0 * root);
    let (up, again) = halves(exponent);
    (root + correction) * up * again
}

/// Two powers of two whose product is 2 to the given power, which may itself be out of range.
fn halves(exponent: i32) -> (f64, f64) {
    let first = exponent / 2;
    (2f64.powi(first), 2f64.powi(exponent - first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(items: &[f64]) -> f64 {
        let mut exact = Exact::default();
        assert!(items.iter().all(|x| exact.add(*x)));
        exact.result()
    }

    #[test]
    fn sums_are_rounded_once() {
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[1e100, 1.0, -1e100, 1e-100, 1e50, -1.0, -1e50]), 1e-100);
        assert_eq!(sum(&[2f64.powi(53), 1.0, 2f64.powi(-100)]), 9007199254740994.0);
        assert_eq!(sum(&[1e16, 1.0, 1e-16]), 10000000000000002.0);
        assert_eq!(sum(&[]), 0.0);
    }

    #[test]
    fn norms_do_not_overflow() {
        assert_eq!(norm(&[3.0, 4.0]), 5.0);
        assert_eq!(norm(&[1e308, 1e308]), 1.4142135623730951e308);
        assert_eq!(norm(&[1e-200, 1e-200]), 1.414213562373095e-200);
        assert_eq!(norm(&[1e-320, 1e-320]), 1.414e-320);
        assert_eq!(norm(&[1.0; 100]), 10.0);
        assert_eq!(norm(&[f64::INFINITY, f64::NAN]), f64::INFINITY);
    }
}
