//! Quoted-printable.

/// Longest line, soft line break included.
const LINE: usize = 76;

/// What is written how.
#[derive(Clone, Copy)]
pub struct Style {
    /// Tabs and blanks are quoted.
    pub tabs: bool,
    /// Line ends stay as they are.
    pub text: bool,
    /// Blanks are underscores.
    pub header: bool,
}

pub fn decode(text: &[u8], header: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at + 1..];
        at += 1;
        match text[at - 1] {
            b'=' => match rest {
                [] => {}
                // A soft line break: all up to the end of the line is passed over.
                [b'\n' | b'\r', ..] => {
                    at += rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
                }
                [b'=', ..] => {
                    out.push(b'=');
                    at += 1;
                }
                [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    let digit = |digit: u8| (digit as char).to_digit(16).unwrap_or(0) as u8;
                    out.push(digit(*high) << 4 | digit(*low));
                    at += 2;
                }
                _ => out.push(b'='),
            },
            b'_' if header => out.push(b' '),
            byte => out.push(byte),
        }
    }
    out
}

pub fn encode(data: &[u8], style: Style) -> Vec<u8> {
    // Lines end as the first one does.
    let has_returns = data.iter().position(|byte| *byte == b'\n').is_some_and(|at| at > 0 && data[at - 1] == b'\r');
    let (end, soft): (&[u8], &[u8]) = if has_returns { (b"\r\n", b"=\r\n") } else { (b"\n", b"=\n") };
    let mut out = Vec::with_capacity(data.len());
    let mut length = 0;
    let mut at = 0;
    while at < data.len() {
        let rest = &data[at..];
        if must_be_quoted(rest, style, length) {
            if length + 3 >= LINE {
                out.extend_from_slice(soft);
                length = 0;
            }
            out.extend(format!("={:02X}", rest[0]).bytes());
            length += 3;
            at += 1;
            continue;
        }
        let line_end = match rest {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => 0,
        };
        if style.text && line_end > 0 {
            length = 0;
            quote_last_blank(&mut out);
            out.extend_from_slice(end);
            at += line_end;
            continue;
        }
        let is_last = rest.get(1) == Some(&b'\n') || rest.len() == 1;
        if !is_last && length + 1 >= LINE {
            out.extend_from_slice(soft);
            length = 0;
        }
        out.push(if style.header && rest[0] == b' ' { b'_' } else { rest[0] });
        length += 1;
        at += 1;
    }
    out
}

/// A blank at the end of a line would get lost.
fn quote_last_blank(out: &mut Vec<u8>) {
    if let Some(blank @ (b' ' | b'\t')) = out.last().copied() {
        out.pop();
        out.extend(format!("={blank:02X}").bytes());
    }
}

/// Whether the first of these bytes, with so many before it in its line, cannot stand for itself.
fn must_be_quoted(rest: &[u8], style: Style, length: usize) -> bool {
    let next = rest.get(1);
    match rest[0] {
        b'=' => true,
        b'_' => style.header,
        b'.' => length == 0 && matches!(next, None | Some(b'\n' | b'\r' | 0)),
        b'\r' | b'\n' => !style.text,
        b' ' | b'\t' if next.is_none() => true,
        b' ' | b'\t' => style.tabs,
        byte => !(33..=126).contains(&byte),
    }
}
