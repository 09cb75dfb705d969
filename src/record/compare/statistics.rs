//! What repeated measurements say, and how sure that is.

/// The middle of the values; 0 of none.
pub fn median(values: &[u64]) -> u64 {
    let mut values = values.to_vec();
    values.sort_unstable();
    match values.len() {
        0 => 0,
        n if n % 2 == 1 => values[n / 2],
        n => values[n / 2 - 1].midpoint(values[n / 2]),
    }
}

/// Where a ratio lies with a probability of 95%.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// Half its length as a share of its middle: ±2% is 0.02.
    pub fn spread(&self) -> f64 {
        (self.high - self.low) / (self.high + self.low).max(f64::MIN_POSITIVE)
    }

    pub fn contains(&self, ratio: f64) -> bool {
        self.low <= ratio && ratio <= self.high
    }
}

/// With fewer runs than that nothing is said about how sure a ratio is.
const FEWEST: usize = 3;
/// How often the bootstrap draws.
const DRAWS: usize = 2000;

/// The interval of median(`base`) ÷ median(`other`), by the bootstrap: from the values that there are, as many are drawn by
/// chance (some twice, some never) again and again, and 95% of the ratios that come out lie in it. The chance is always
/// the same: the same values have the same interval.
pub fn speed_up(base: &[u64], other: &[u64]) -> Option<Interval> {
    if base.len() < FEWEST || other.len() < FEWEST {
        return None;
    }
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut draw = |values: &[u64]| {
        let drawn: Vec<u64> = values.iter().map(|_| values[chance.below(values.len())]).collect();
        median(&drawn).max(1) as f64
    };
    let mut ratios: Vec<f64> = (0..DRAWS).map(|_| draw(base) / draw(other)).collect();
    ratios.sort_by(f64::total_cmp);
    Some(Interval { low: ratios[DRAWS / 40], high: ratios[DRAWS - 1 - DRAWS / 40] })
}

/// Numbers by chance: SplitMix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(z ^ (z >> 31)) * limit as u128) >> 64) as usize
    }
}

/// The values that are much larger than the others: by more than six times their usual distance from the median (1.48
/// times the median distance, which is what a standard deviation is made of), and by a fifth at least.
pub fn outliers(values: &[u64]) -> Vec<u64> {
    let middle = median(values);
    let distances: Vec<u64> = values.iter().map(|value| value.abs_diff(middle)).collect();
    let usual = median(&distances) as f64 * 1.4826;
    let is_far = |value: &u64| {
        let more = value.saturating_sub(middle) as f64;
        more > 6.0 * usual && more > 0.2 * middle as f64
    };
    if values.len() < FEWEST + 1 { Vec::new() } else { values.iter().copied().filter(is_far).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!([median(&[]), median(&[3]), median(&[9, 1, 5]), median(&[4, 2])], [0, 3, 5, 3]);
    }

    #[test]
    fn an_interval_is_as_narrow_as_the_values_are_near_to_each_other() {
        let interval = |base: &[u64], other: &[u64]| speed_up(base, other).expect("enough values");
        let sharp = interval(&[200, 200, 200], &[100, 100, 100]);
        assert_eq!((sharp.low, sharp.high, sharp.spread()), (2.0, 2.0, 0.0));
        let near = interval(&[198, 199, 200, 201, 202], &[99, 100, 101, 100, 100]);
        let far = interval(&[150, 180, 200, 220, 250], &[80, 90, 100, 110, 120]);
        assert!(near.contains(2.0) && far.contains(2.0) && near.spread() < 0.03 && far.spread() > 0.1);
        assert_eq!(near, interval(&[198, 199, 200, 201, 202], &[99, 100, 101, 100, 100]));
        assert_eq!(speed_up(&[1, 2], &[1, 2, 3]), None);
    }

    #[test]
    fn the_interval_holds_the_true_ratio_about_95_times_of_100() {
        let mut chance = Chance(7);
        let mut times = |mean: u64| -> Vec<u64> {
            (0..20).map(|_| mean + (0..8).map(|_| chance.below(mean as usize / 10) as u64).sum::<u64>()).collect()
        };
        let holds =
            (0..200).filter(|_| speed_up(&times(2_000), &times(1_000)).is_some_and(|i| i.contains(2.0))).count();
        assert!((176..=200).contains(&holds), "{holds} of 200");
    }

    #[test]
    fn a_run_that_was_disturbed_stands_out() {
        assert_eq!(outliers(&[100, 101, 99, 100, 180]), [180]);
        assert_eq!(outliers(&[100, 130, 80, 110, 150]), Vec::<u64>::new());
        assert_eq!(outliers(&[100, 100, 100, 101]), Vec::<u64>::new());
    }
}
