//! Base 64.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub fn encode(data: &[u8], newline: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for part in data.chunks(3) {
        let word = part.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - part.len()));
        for at in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= part.len() { digit } else { b'=' });
        }
    }
    if newline {
        out.push(b'\n');
    }
    out
}

fn value_of(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// What the text stands for. Strictly, nothing but digits and what padding belongs there may stand in it; otherwise what
/// does not belong there is passed over.
pub fn decode(text: &[u8], strict: bool) -> Result<Vec<u8>, String> {
    let fault = |message: &str| Err(message.to_string());
    if strict && text.first() == Some(&b'=') {
        return fault("Leading padding not allowed");
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    // Bits that wait for others, digits of the group, padding seen since the last digit.
    let (mut word, mut digits, mut padding) = (0u32, 0usize, 0usize);
    let mut padded = false;
    for byte in text {
        if *byte == b'=' {
            padded = true;
            match (strict, digits) {
                (true, 0) => return fault("Excess padding not allowed"),
                (true, 1) => break,
                (_, 0 | 1) => {}
                _ => padding += 1,
            }
            if strict && digits + padding > 4 {
                return fault("Excess padding not allowed");
            }
            continue;
        }
        let Some(value) = value_of(*byte) else {
            if strict {
                return fault("Only base64 data is allowed");
            }
            continue;
        };
        if strict && padded {
            let complete = digits + padding >= 4;
            return fault(if complete { "Excess data after padding" } else { "Discontinuous padding not allowed" });
        }
        padding = 0;
        word = word << 6 | value;
        digits = (digits + 1) % 4;
        if digits != 1 {
            let unused = (4 - digits) % 4 * 2;
            out.push((word >> unused) as u8);
        }
    }
    match digits {
        0 => Ok(out),
        _ if digits > 1 && digits + padding >= 4 => Ok(out),
        1 => Err(format!(
            "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
            out.len() / 3 * 4 + 1
        )),
        _ => fault("Incorrect padding"),
    }
}
