//! Reading text: lines and pieces.

use crate::heap::Value;
use crate::objects::bytes;
use crate::objects::str::{Str, count_chars, decode_char};
use crate::vm::Thread;
use crate::vm::native::Result;

use crate::modules::io::lines::{self, Newline};
use crate::modules::io::{buffered, bytes_io, unsupported};

use super::{Data, Text};

impl Text {
    /// The next line with its end, at most `limit` characters of it; empty at the end. With the turn.
    pub(super) fn line(&self, th: &Thread, limit: usize) -> Result<Value> {
        let mut looked = 0;
        loop {
            {
                let mut data = self.data();
                let rest = &data.text[data.at..];
                let end = data.newline.line_end(rest, looked, data.ended);
                let end = end.or(data.ended.then_some(rest.len()));
                looked = rest.len();
                let cut = if limit == usize::MAX { None } else { byte_at_char(rest, limit) };
                let end = match (end, cut) {
                    // Both halves of a line's end are one character.
                    (Some(end), Some(cut)) if end == cut + 1 && data.newline == Newline::Universal => {
                        Some(if rest[..cut].last() == Some(&b'\r') { end } else { cut })
                    }
                    (Some(end), Some(cut)) => Some(end.min(cut)),
                    // A `\r` that may be half of a line's end is not cut off.
                    (None, Some(cut)) if rest[..cut].last() != Some(&b'\r') || cut < rest.len() => Some(cut),
                    (end, _) => end,
                };
                if let Some(end) = end {
                    let start = data.at;
                    data.at += end;
                    return Ok(lines::line_of(th, data.newline, &data.text[start..start + end]));
                }
            }
            self.fill(th)?;
        }
    }

    /// All the rest. With the turn.
    pub(super) fn read_all(&self, th: &Thread) -> Result<Value> {
        let buffer = self.buffer(th)?;
        let rest = th.call_method(buffer, th.vm().names.read, &[])?;
        let Some(rest) = bytes::content(rest) else { return Err(not_bytes(th, "read", rest)) };
        self.take_in(th, &rest, true)?;
        let mut data = self.data();
        let start = data.at;
        data.at = data.text.len();
        let text = &data.text[start..];
        let text = match data.newline {
            Newline::Universal if memchr::memchr(b'\r', text).is_some() => Str::from_wtf8(th, &lines::translated(text)),
            _ => Str::from_wtf8(th, text),
        };
        // The position is what the stream below says from now on.
        data.forget_text();
        Ok(text.value())
    }

    /// At most `count` characters. With the turn.
    pub(super) fn read(&self, th: &Thread, count: usize) -> Result<Value> {
        let mut out = Vec::new();
        let mut missing = count;
        while missing > 0 {
            {
                let mut data = self.data();
                let (taken, used) = data.take_characters(missing);
                data.at += used;
                missing -= count_chars(&taken);
                out.extend_from_slice(&taken);
                if missing == 0 || data.ended {
                    break;
                }
            }
            self.fill(th)?;
        }
        Ok(Str::from_wtf8(th, &out).value())
    }

    /// Reads another piece from below.
    fn fill(&self, th: &Thread) -> Result<()> {
        let buffer = self.buffer(th)?;
        let chunk = self.data().chunk;
        let native = buffered::read_once(th, buffer, chunk).or_else(|| bytes_io::read_once(th, buffer, chunk));
        let block = match native {
            Some(block) => block?,
            None => {
                let read1 = th.intern("read1");
                let has_read1 = crate::vm::ops::find_attr(th, buffer, read1)?.is_some();
                let name = if has_read1 { read1 } else { th.vm().names.read };
                let block = th.call_method(buffer, name, &[Value::small_int(chunk as i64)])?;
                match bytes::content(block) {
                    Some(block) => block.into_owned(),
                    None => return Err(not_bytes(th, if has_read1 { "read1" } else { "read" }, block)),
                }
            }
        };
        let is_last = block.is_empty();
        self.take_in(th, &block, is_last)
    }

    /// Decodes bytes from below and puts the text behind what is there.
    fn take_in(&self, th: &Thread, block: &[u8], is_last: bool) -> Result<()> {
        self.drop_used(th)?;
        let errors = self.errors(th);
        // The decoder may raise, which needs memory: it is taken out meanwhile.
        let mut decoder = {
            let mut data = self.data();
            let blank = crate::modules::io::decoder::Decoder::new(data.coding);
            std::mem::replace(&mut data.decoder, blank)
        };
        let piece = decoder.decode(th, errors, block, is_last);
        let mut data = self.data();
        data.decoder = decoder;
        data.ended = is_last;
        let piece = piece?;
        if data.newline.is_universal() {
            let mut before = data.text.last().copied().filter(|b| *b == b'\r').into_iter().collect::<Vec<u8>>();
            if before.is_empty() {
                data.seen.note(&piece.text, is_last);
            } else {
                before.extend_from_slice(&piece.text);
                data.seen.note(&before, is_last);
            }
        }
        data.add(piece);
        Ok(())
    }

    /// Lets go of text that was given out, and of the bytes it came from.
    fn drop_used(&self, th: &Thread) -> Result<()> {
        if self.data().at == 0 {
            return Ok(());
        }
        let used = self.used_bytes(th)?;
        let mut data = self.data();
        let at = std::mem::take(&mut data.at);
        data.text.drain(..at);
        if data.text.is_empty() {
            data.bytes = None;
        } else if let Some(bytes) = &mut data.bytes {
            bytes.drain(..used.min(bytes.len()));
        }
        data.mark = 0;
        Ok(())
    }

    /// How many bytes of those that `text` came from have been given out.
    pub(super) fn used_bytes(&self, th: &Thread) -> Result<usize> {
        let (bytes, text, mark) = {
            let data = self.data();
            let Some(bytes) = &data.bytes else { return Ok(data.at) };
            if data.at == data.text.len() {
                return Ok(bytes.len());
            }
            if data.at == 0 {
                return Ok(0);
            }
            (bytes.clone(), data.text[..data.at].to_vec(), data.mark)
        };
        let errors = self.errors(th);
        // Nobody else has the turn, so the decoder stays as it is; a copy of what matters is enough.
        let decoder = self.data().decoder.settled();
        decoder.bytes_of(th, errors, &bytes, mark, &text)
    }
}

impl Data {
    fn add(&mut self, piece: crate::modules::io::decoder::Piece) {
        if let Some(bytes) = piece.bytes {
            let before = self.bytes.get_or_insert_with(|| self.text.clone());
            if before.is_empty() {
                self.mark = piece.mark;
            }
            before.extend_from_slice(&bytes);
        } else if let Some(before) = &mut self.bytes {
            before.extend_from_slice(&piece.text);
        }
        self.text.extend_from_slice(&piece.text);
    }

    /// At most `count` characters as the program gets them, and how many bytes of text they are here.
    fn take_characters(&self, count: usize) -> (Vec<u8>, usize) {
        let rest = &self.text[self.at..];
        if self.newline != Newline::Universal || memchr::memchr(b'\r', rest).is_none() {
            let end = byte_at_char(rest, count).unwrap_or(rest.len());
            return (rest[..end].to_vec(), end);
        }
        let (mut out, mut at, mut left) = (Vec::new(), 0, count);
        while left > 0 && at < rest.len() {
            let width = decode_char(&rest[at..]).1.min(rest.len() - at);
            match (rest[at], rest.get(at + 1)) {
                (b'\r', None) if !self.ended => break,
                (b'\r', next) => {
                    out.push(b'\n');
                    at += 1 + usize::from(next == Some(&b'\n'));
                }
                _ => {
                    out.extend_from_slice(&rest[at..at + width]);
                    at += width;
                }
            }
            left -= 1;
        }
        (out, at)
    }
}

/// Where the character number `count` begins; `None` if there are not more than that.
fn byte_at_char(text: &[u8], count: usize) -> Option<usize> {
    if count >= text.len() {
        return (count_chars(text) == count).then_some(text.len());
    }
    let mut starts = text.iter().enumerate().filter(|(_, b)| (**b as i8) >= -0x40).map(|(at, _)| at);
    starts.nth(count).or_else(|| (count_chars(text) == count).then_some(text.len()))
}

#[cold]
fn not_bytes(th: &Thread, method: &str, found: Value) -> crate::vm::Raised {
    let class = th.type_name(found);
    th.type_error(format_args!("underlying {method}() should have returned a bytes-like object, not '{class}'"))
}

/// UnsupportedOperation unless the stream below can be read.
pub(super) fn refuse_unreadable(th: &Thread, text: &Text) -> Result<()> {
    text.refuse_closed(th)?;
    let buffer = text.buffer(th)?;
    if crate::modules::io::says(th, buffer, "readable")? { Ok(()) } else { Err(unsupported(th, "not readable")) }
}
