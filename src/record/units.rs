//! Figures with their units, as people read them: in sentences, and in every view.

/// A time in nanoseconds, in the unit that suits it.
pub fn duration(ns: u64) -> String {
    match ns {
        0..1_000 => format!("{ns} ns"),
        1_000..1_000_000 => format!("{:.1} µs", ns as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} ms", ns as f64 / 1e6),
        _ => format!("{:.3} s", ns as f64 / 1e9),
    }
}

/// Two times in the unit that suits the longer one.
pub fn range(from_ns: u64, to_ns: u64) -> String {
    let (unit, ns, digits) = match to_ns {
        0..1_000 => ("ns", 1.0, 0),
        1_000..1_000_000 => ("µs", 1e3, 1),
        1_000_000..1_000_000_000 => ("ms", 1e6, 1),
        _ => ("s", 1e9, 2),
    };
    format!("{:.digits$} – {:.digits$} {unit}", from_ns as f64 / ns, to_ns as f64 / ns)
}

/// A share of one.
pub fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A number with its thousands apart.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Bytes.
pub fn bytes(n: u64) -> String {
    match n {
        0..1024 => format!("{n} B"),
        1024..1_048_576 => format!("{:.1} KiB", n as f64 / 1024.0),
        1_048_576..1_073_741_824 => format!("{:.1} MiB", n as f64 / 1_048_576.0),
        _ => format!("{:.2} GiB", n as f64 / 1_073_741_824.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_carry_the_unit_that_suits_them() {
        assert_eq!(duration(999), "999 ns");
        assert_eq!(duration(1_500), "1.5 µs");
        assert_eq!(duration(5_000_000), "5.0 ms");
        assert_eq!(duration(1_234_000_000), "1.234 s");
        assert_eq!(range(900_000, 12_340_000), "0.9 – 12.3 ms");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(percent(0.4931), "49.3%");
        assert_eq!(bytes(10 << 20), "10.0 MiB");
    }
}
