//! Uuencode: lines of up to 45 bytes, the first character saying how many.

pub fn encode(data: &[u8], backtick: bool) -> Vec<u8> {
    let character = |value: u32| match value {
        0 if backtick => b'`',
        value => value as u8 + b' ',
    };
    let mut out = vec![character(data.len() as u32)];
    for part in data.chunks(3) {
        let word = part.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - part.len()));
        out.extend((0..4).map(|at| character(word >> (18 - 6 * at) & 63)));
    }
    out.push(b'\n');
    out
}

pub fn decode(line: &[u8]) -> Result<Vec<u8>, &'static str> {
    let (first, rest) = line.split_first().ok_or("Missing length byte")?;
    let len = usize::from(first.wrapping_sub(b' ') & 63);
    let mut out = Vec::with_capacity(len);
    let mut rest = rest.iter();
    let (mut word, mut bits) = (0u32, 0);
    while out.len() < len {
        // A line whose blanks at the end were cut off is read as if they were there.
        let value = match rest.next() {
            None | Some(b'\n' | b'\r') => {
                rest = [].iter();
                0
            }
            Some(character) if (b' '..=b' ' + 64).contains(character) => u32::from(character - b' ') & 63,
            Some(_) => return Err("Illegal char"),
        };
        word = word << 6 | value;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((word >> bits) as u8);
        }
    }
    match rest.all(|character| matches!(character, b' ' | b'`' | b'\n' | b'\r')) {
        true => Ok(out),
        false => Err("Trailing garbage"),
    }
}
