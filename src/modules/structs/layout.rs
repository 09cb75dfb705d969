//! Format strings: from text to where each item lies.

use crate::heap::Value;
use crate::objects::bytes;
use crate::objects::str::codec;
use crate::vm::Thread;
use crate::vm::native::Result;

use super::error;

/// A row of items of one code, side by side.
#[derive(Clone, Copy)]
pub struct Run {
    pub code: u8,
    pub offset: usize,
    /// Bytes of one item.
    pub size: usize,
    /// Items; 1 for `s` and `p`.
    pub count: usize,
}

/// What a format string means.
pub struct Layout {
    pub format: Vec<u8>,
    pub size: usize,
    /// Objects that it takes.
    pub items: usize,
    pub runs: Vec<Run>,
    pub big_endian: bool,
}

/// Bytes and alignment of an item; `None` for what is no code. The native mode has some of its own.
fn item(code: u8, native: bool) -> Option<(usize, usize)> {
    let (size, aligned) = match code {
        b'x' | b'c' | b'b' | b'B' | b'?' | b's' | b'p' => (1, 1),
        b'h' | b'H' | b'e' => (2, 2),
        b'i' | b'I' | b'f' => (4, 4),
        b'l' | b'L' if !native => (4, 4),
        b'l' | b'L' | b'q' | b'Q' | b'd' => (8, 8),
        b'n' | b'N' | b'P' if native => (8, 8),
        b'F' => (8, 4),
        b'D' => (16, 8),
        _ => return None,
    };
    Some((size, if native { aligned } else { 1 }))
}

const TOO_LONG: &str = "total struct size too long";

impl Layout {
    pub fn parse(th: &Thread, format: &[u8]) -> Result<Layout> {
        let fault = |message: &str| error(th, message);
        if format.contains(&0) {
            return Err(fault("embedded null character"));
        }
        let (native, big_endian, codes) = match format.first() {
            Some(b'@') => (true, false, &format[1..]),
            Some(b'=' | b'<') => (false, false, &format[1..]),
            Some(b'>' | b'!') => (false, true, &format[1..]),
            _ => (true, false, format),
        };
        let mut layout = Layout { format: format.to_vec(), size: 0, items: 0, runs: Vec::new(), big_endian };
        let mut rest = codes.iter().copied().peekable();
        while let Some(first) = rest.next() {
            if first.is_ascii_whitespace() {
                continue;
            }
            let (mut code, mut count) = (first, None);
            while code.is_ascii_digit() {
                let digit = usize::from(code - b'0');
                let more = count.unwrap_or(0usize).checked_mul(10).and_then(|count| count.checked_add(digit));
                count = Some(more.filter(|count| isize::try_from(*count).is_ok()).ok_or_else(|| fault(TOO_LONG))?);
                code = rest.next().ok_or_else(|| fault("repeat count given without format specifier"))?;
            }
            let (size, alignment) = item(code, native).ok_or_else(|| fault("bad char in struct format"))?;
            layout.add(code, size, alignment, count.unwrap_or(1)).ok_or_else(|| fault(TOO_LONG))?;
        }
        Ok(layout)
    }

    /// Adds a run; `None` if the whole gets too long.
    fn add(&mut self, code: u8, size: usize, alignment: usize, count: usize) -> Option<()> {
        let fits = |size: &usize| isize::try_from(*size).is_ok();
        let offset = self.size.checked_next_multiple_of(alignment).filter(fits)?;
        self.size = offset.checked_add(size.checked_mul(count)?).filter(fits)?;
        match code {
            b'x' => {}
            b's' | b'p' => {
                self.runs.push(Run { code, offset, size: count, count: 1 });
                self.items += 1;
            }
            _ if count == 0 => {}
            _ => {
                self.runs.push(Run { code, offset, size, count });
                self.items += count;
            }
        }
        Some(())
    }

    /// Of what a program gave as a format.
    pub fn of(th: &Thread, format: Value) -> Result<Layout> {
        if let Some(text) = format.as_str_cell() {
            let ascii = th.intern("ascii");
            return Layout::parse(th, &codec::encode(th, text, Some(ascii), None)?);
        }
        match format.downcast::<bytes::Bytes>() {
            Some(format) => Layout::parse(th, format.get().bytes()),
            None => {
                let found = th.type_name(format);
                Err(th.type_error(format_args!("Struct() argument 1 must be a str or bytes object, not {found}")))
            }
        }
    }
}
