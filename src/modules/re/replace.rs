//! `sub` and `subn`.

use crate::heap::{Gc, Value};
use crate::objects::bytes;
use crate::objects::str::{Str, check_size};
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::matcher::Ending;
use super::pattern::{How, Pattern, Range, Run};
use super::subject::Subject;
use super::template::{self, Piece};

/// What comes in the place of a match.
enum Replacement {
    /// Always the same: its bytes, or why they cannot be taken, which only matters once there is a match.
    Same(Vec<u8>),
    Unfit(Value),
    Template(Vec<Piece>),
    /// A template of the other kind: an error once there is a match.
    Mismatched,
    Call(Value),
}

fn replacement(th: &Thread, pattern: Gc<Pattern>, value: Value) -> Result<Replacement> {
    if ops::is_callable(th, value) {
        return Ok(Replacement::Call(value));
    }
    let content = value.as_str_cell().map(|text| text.wtf8().into()).or_else(|| bytes::content(value));
    let fits = value.as_str_cell().is_some() == pattern.is_text();
    match content {
        Some(content) if !content.contains(&b'\\') => {
            Ok(if fits { Replacement::Same(content.into_owned()) } else { Replacement::Unfit(value) })
        }
        _ => {
            let template = template::read(th, pattern, value)?;
            Ok(if template.is_text == pattern.is_text() {
                Replacement::Template(template.pieces)
            } else {
                Replacement::Mismatched
            })
        }
    }
}

/// The pieces of the result, put together as they come.
struct Joined<'a> {
    th: &'a Thread,
    is_text: bool,
    out: Vec<u8>,
    pieces: usize,
    /// The first piece that is none, and its place: an error once all are there.
    unfit: Option<(usize, Value)>,
}

impl Joined<'_> {
    fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.pieces += 1;
        check_size(self.th, self.out.len() + bytes.len())?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn push_value(&mut self, value: Value) -> Result<()> {
        if value.is_none() {
            return Ok(());
        }
        match value.as_str_cell() {
            Some(text) if self.is_text => self.push(text.wtf8()),
            None if !self.is_text
                && let Some(content) = bytes::content(value) =>
            {
                self.push(&content)
            }
            _ => {
                self.unfit.get_or_insert((self.pieces, value));
                self.pieces += 1;
                Ok(())
            }
        }
    }

    fn finish(self) -> Result {
        let th = self.th;
        if let Some((at, value)) = self.unfit {
            let found = th.type_name(value);
            let wanted = if self.is_text { "expected str instance" } else { "expected a bytes-like object" };
            return Err(th.type_error(format_args!("sequence item {at}: {wanted}, {found} found")));
        }
        Ok(if self.is_text { Str::from_wtf8(th, &self.out).value() } else { bytes::new(th, &self.out) })
    }
}

/// The string with matches replaced, `most` at most; and how many were.
pub fn sub(th: &Thread, pattern: Gc<Pattern>, by: Value, string: Value, most: usize) -> Result<(Value, usize)> {
    let by = replacement(th, pattern, by)?;
    let subject = Subject::for_pattern(th, string, pattern.is_text())?;
    let mut run = Run::new(th, pattern, &subject, Range::all(&subject), Ending::Anywhere);
    let mut joined = Joined { th, is_text: pattern.is_text(), out: Vec::new(), pieces: 0, unfit: None };
    let (mut last, mut count) = (0, 0);
    while count < most && run.advance(How::Search)? {
        let (from, to) = run.span();
        if last < from {
            joined.push(&subject.bytes()[last..from])?;
        }
        match &by {
            Replacement::Same(bytes) => joined.push(bytes)?,
            Replacement::Unfit(value) => joined.push_value(*value)?,
            Replacement::Mismatched => return Err(template::mismatched(th, pattern.is_text())),
            Replacement::Template(pieces) => {
                for piece in pieces {
                    match piece {
                        Piece::Literal(bytes) => joined.push(bytes)?,
                        Piece::Group(group) => {
                            if let Some((from, to)) = run.group_span(*group) {
                                joined.push(&subject.bytes()[from..to])?;
                            }
                        }
                    }
                }
            }
            Replacement::Call(function) => {
                let item = th.call(*function, &[run.to_match()])?;
                joined.push_value(item)?;
            }
        }
        last = to;
        count += 1;
        th.poll()?;
    }
    if count == 0 {
        return Ok((subject.part(th, 0, subject.bytes().len()), 0));
    }
    if last < subject.bytes().len() {
        joined.push(&subject.bytes()[last..])?;
    }
    Ok((joined.finish()?, count))
}
