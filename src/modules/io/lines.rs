//! Where lines end: the `newline` argument, for text as WTF-8 and as code points.

use crate::heap::Value;
use crate::objects::str::Str;
use crate::vm::Thread;
use crate::vm::native::Result;

/// What ends lines, and what becomes of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Newline {
    /// None: `\n`, `\r` and `\r\n` all end lines and are read as `\n`.
    Universal,
    /// "": the same, and they stay what they are.
    Untranslated,
    Lf,
    Cr,
    CrLf,
}

/// A unit of text in which the ends of lines are looked for.
pub trait Unit: Copy + PartialEq + From<u8> {
    fn find(text: &[Self], wanted: u8) -> Option<usize>;
    fn find_either(text: &[Self], wanted: [u8; 2]) -> Option<usize>;
}

impl Unit for u8 {
    fn find(text: &[u8], wanted: u8) -> Option<usize> {
        memchr::memchr(wanted, text)
    }

    fn find_either(text: &[u8], wanted: [u8; 2]) -> Option<usize> {
        memchr::memchr2(wanted[0], wanted[1], text)
    }
}

impl Unit for u32 {
    fn find(text: &[u32], wanted: u8) -> Option<usize> {
        text.iter().position(|c| *c == u32::from(wanted))
    }

    fn find_either(text: &[u32], wanted: [u8; 2]) -> Option<usize> {
        text.iter().position(|c| wanted.iter().any(|wanted| *c == u32::from(*wanted)))
    }
}

impl Newline {
    /// The `newline` argument, as its text; `None` for None.
    pub fn named(text: Option<&[u8]>) -> Option<Newline> {
        Some(match text {
            None => Newline::Universal,
            Some(b"") => Newline::Untranslated,
            Some(b"\n") => Newline::Lf,
            Some(b"\r") => Newline::Cr,
            Some(b"\r\n") => Newline::CrLf,
            _ => return None,
        })
    }

    /// Whether all kinds of line ends count.
    pub fn is_universal(self) -> bool {
        matches!(self, Newline::Universal | Newline::Untranslated)
    }

    /// What `\n` is written as.
    pub fn written(self) -> &'static [u8] {
        match self {
            Newline::Cr => b"\r",
            Newline::CrLf => b"\r\n",
            _ => b"\n",
        }
    }

    /// Where the first line of the text ends, its end included; `None` if that cannot be told yet. `is_all`: no more text
    /// follows. Line ends in the first `looked` units were looked for before.
    pub fn line_end<T: Unit>(self, text: &[T], looked: usize, is_all: bool) -> Option<usize> {
        // A `\r` that was the last unit then may have got its `\n`.
        let from = looked.saturating_sub(1);
        let (cr, lf) = (T::from(b'\r'), T::from(b'\n'));
        match self {
            Newline::Lf => T::find(&text[from..], b'\n').map(|at| from + at + 1),
            Newline::Cr => T::find(&text[from..], b'\r').map(|at| from + at + 1),
            Newline::CrLf => {
                let mut from = from;
                while let Some(at) = T::find(&text[from..], b'\n') {
                    let at = from + at;
                    if at > 0 && text[at - 1] == cr {
                        return Some(at + 1);
                    }
                    from = at + 1;
                }
                None
            }
            Newline::Universal | Newline::Untranslated => {
                let at = from + T::find_either(&text[from..], [b'\n', b'\r'])?;
                if text[at] == lf {
                    return Some(at + 1);
                }
                match text.get(at + 1) {
                    Some(next) if *next == lf => Some(at + 2),
                    Some(_) => Some(at + 1),
                    None if is_all => Some(at + 1),
                    None => None,
                }
            }
        }
    }
}

/// A text with every kind of line end as `\n`.
pub fn translated<T: Unit>(text: &[T]) -> Vec<T> {
    let (cr, lf) = (T::from(b'\r'), T::from(b'\n'));
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = T::find(rest, b'\r') {
        out.extend_from_slice(&rest[..at]);
        out.push(lf);
        let next = at + 1 + usize::from(rest.get(at + 1) == Some(&lf));
        rest = &rest[next..];
    }
    debug_assert!(!rest.contains(&cr));
    out.extend_from_slice(rest);
    out
}

/// Which kinds of line ends were seen: the attribute `newlines`.
#[derive(Clone, Copy, Default)]
pub struct Seen {
    lf: bool,
    cr: bool,
    crlf: bool,
}

impl Seen {
    /// Notes the line ends of a text. A `\r` at its end is left for the text that follows, unless it `is_all`.
    pub fn note<T: Unit>(&mut self, text: &[T], is_all: bool) {
        let (cr, lf) = (T::from(b'\r'), T::from(b'\n'));
        if T::find(text, b'\r').is_none() {
            self.lf |= T::find(text, b'\n').is_some();
            return;
        }
        for (at, unit) in text.iter().enumerate() {
            let next = text.get(at + 1);
            if *unit == cr {
                match next {
                    Some(next) if *next == lf => self.crlf = true,
                    Some(_) => self.cr = true,
                    None => self.cr |= is_all,
                }
            } else if *unit == lf && (at == 0 || text[at - 1] != cr) {
                self.lf = true;
            }
        }
    }

    /// None, a string, or a tuple of strings.
    pub fn value(self, th: &Thread) -> Value {
        let kinds = [(self.cr, "\r"), (self.lf, "\n"), (self.crlf, "\r\n")];
        let seen: Vec<Value> = kinds.iter().filter(|(yes, _)| *yes).map(|(_, text)| th.str(text)).collect();
        match seen[..] {
            [] => Value::NONE,
            [one] => one,
            _ => th.tuple(&seen),
        }
    }
}

/// The `newline` argument of a function: str or None.
pub fn argument(th: &Thread, value: Value, type_error: &str, illegal: impl Fn(&str) -> String) -> Result<Newline> {
    if value.is_none() {
        return Ok(Newline::Universal);
    }
    let Some(text) = value.as_str_cell() else {
        let class = th.type_name(value);
        return Err(th.type_error(format_args!("{type_error} must be str or None, not {class}")));
    };
    match Newline::named(Some(text.wtf8())) {
        Some(newline) => Ok(newline),
        None => Err(th.value_error(illegal(&text.to_text()))),
    }
}

/// A line as the program gets it.
pub fn line_of(th: &Thread, newline: Newline, line: &[u8]) -> Value {
    if newline == Newline::Universal && memchr::memchr(b'\r', line).is_some() {
        return Str::from_wtf8(th, &translated(line)).value();
    }
    Str::from_wtf8(th, line).value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_they_should() {
        assert_eq!(Newline::Universal.line_end(b"a\r\nb", 0, false), Some(3));
        assert_eq!(Newline::Universal.line_end(b"a\r", 0, false), None);
        assert_eq!(Newline::Universal.line_end(b"a\r", 0, true), Some(2));
        assert_eq!(Newline::Universal.line_end(b"a\rb", 2, false), Some(2));
        assert_eq!(Newline::CrLf.line_end(b"a\nb\r\n", 0, false), Some(5));
        assert_eq!(Newline::Cr.line_end(b"a\nb\rc", 0, false), Some(4));
    }

    #[test]
    fn all_ends_become_one() {
        assert_eq!(translated(b"a\r\nb\rc\n\r"), b"a\nb\nc\n\n");
    }
}
