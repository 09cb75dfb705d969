//! The `repr` of bytes.

use crate::objects::str::repr::quote_for;

/// `b'…'` with everything but printable ASCII escaped.
pub fn push_repr(out: &mut Vec<u8>, bytes: &[u8]) {
    push_repr_in(out, bytes, quote_for(bytes));
}

/// The same in quotes that were chosen already.
pub fn push_repr_in(out: &mut Vec<u8>, bytes: &[u8], quote: u8) {
    out.extend_from_slice(&[b'b', quote]);
    for b in bytes {
        match b {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b if *b == quote || *b == b'\\' => out.extend_from_slice(&[b'\\', *b]),
            b' '..0x7F => out.push(*b),
            _ => out.extend_from_slice(format!("\\x{b:02x}").as_bytes()),
        }
    }
    out.push(quote);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_printable_ascii_stays() {
        let mut out = Vec::new();
        push_repr(&mut out, b"it's\n\x00\xff\\");
        assert_eq!(out, b"b\"it's\\n\\x00\\xff\\\\\"");
    }
}
