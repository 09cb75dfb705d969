//! Writing text: what is printed, and when it goes on.

use std::borrow::Cow;

use crate::heap::{Gc, Value};
use crate::objects::bytes;
use crate::objects::str::Str;
use crate::objects::str::codec::{self, Encoding, Order};
use crate::vm::Thread;
use crate::vm::native::Result;

use crate::modules::io::{ask, buffered, exactly};

use super::{CHUNK, Text};

impl Text {
    /// Whether what was written last did not end its line.
    pub fn is_in_line(&self) -> bool {
        self.data().in_line
    }

    /// The line was ended by other means: by whoever typed on the same terminal.
    pub fn line_has_ended(&self) {
        self.data().in_line = false;
    }

    /// Writes text: into the buffer, and on when that is due. `this` is the stream's own object.
    pub fn write(&self, th: &Thread, this: Value, text: Gc<Str>) -> Result<()> {
        self.refuse_closed(th)?;
        let (coding, newline, mut at_start) = {
            let data = self.data();
            (data.coding, data.newline, data.at_start)
        };
        let has_line_end = memchr::memchr2(b'\n', b'\r', text.wtf8()).is_some();
        let written = newline.written();
        let translated = if written != b"\n" && memchr::memchr(b'\n', text.wtf8()).is_some() {
            Str::from_wtf8(th, &replace_line_ends(text.wtf8(), written))
        } else {
            text
        };
        let encoded = self.encode(th, translated, coding, &mut at_start)?;
        let due = {
            let mut data = self.data();
            data.at_start = at_start;
            // As CPython: text that would not fit lets what waits go first.
            data.pending.extend_from_slice(&encoded);
            if let Some(last) = text.wtf8().last() {
                data.in_line = *last != b'\n';
            }
            // What was read ahead from a socket or a pipe cannot be read again.
            if !data.text.is_empty() && data.seekable {
                data.forget_text();
            }
            let flushes = data.line_buffering && has_line_end;
            if flushes {
                Due::Flush
            } else if data.write_through || data.pending.len() >= CHUNK {
                Due::Below
            } else {
                Due::Later
            }
        };
        match due {
            Due::Later => Ok(()),
            Due::Below => self.write_out(th, this),
            Due::Flush => {
                self.write_out(th, this)?;
                self.flush_below(th)
            }
        }
    }

    fn encode(&self, th: &Thread, text: Gc<Str>, coding: Encoding, at_start: &mut bool) -> Result<Cow<'static, [u8]>> {
        if text.is_empty() {
            return Ok(Cow::Borrowed(&[]));
        }
        // Only the first text of a stream has the byte order mark.
        let now = match coding {
            _ if *at_start => coding,
            Encoding::Utf8Sig => Encoding::Utf8,
            Encoding::Utf16(None) => Encoding::Utf16(Some(Order::Little)),
            Encoding::Utf32(None) => Encoding::Utf32(Some(Order::Little)),
            coding => coding,
        };
        let encoded = codec::encode_as(th, text, now, Some(self.errors(th)))?;
        *at_start = false;
        Ok(encoded)
    }

    /// Hands what waits to the stream below. Whoever comes back here from below leaves its text waiting.
    pub fn write_out(&self, th: &Thread, this: Value) -> Result<()> {
        debug_assert!(this.is_cell());
        let Some(_turn) = self.turn.take(th)? else { return Ok(()) };
        let waiting = std::mem::take(&mut self.data().pending);
        if waiting.is_empty() {
            return Ok(());
        }
        let buffer = self.buffer(th)?;
        if let Some(written) = buffered::write_all(th, buffer, &waiting) {
            return written;
        }
        th.call_method(buffer, th.vm().names.write, &[bytes::new(th, &waiting)]).map(drop)
    }

    /// Before reading: what waits is written. (Who flushes must also wait for what another thread is just writing.)
    pub fn turn_to_reading(&self, th: &Thread, this: Value) -> Result<()> {
        if self.data().pending.is_empty() { Ok(()) } else { self.write_out(th, this) }
    }

    /// `flush` of the stream below.
    pub fn flush_below(&self, th: &Thread) -> Result<()> {
        let buffer = self.buffer(th)?;
        match buffered::flush(th, buffer) {
            Some(flushed) => flushed,
            None if exactly::<crate::modules::io::file::File>(th, buffer).is_some() => Ok(()),
            None => ask(th, buffer, "flush").map(drop),
        }
    }

    /// Whether anything waits here or in a native buffer below.
    pub fn has_pending(&self, th: &Thread) -> bool {
        let below = exactly::<buffered::Buffered>(th, self.buffer.get());
        !self.data().pending.is_empty() || below.is_some_and(|below| below.has_pending())
    }
}

enum Due {
    Later,
    Below,
    Flush,
}

fn replace_line_ends(text: &[u8], written: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 16);
    for (at, line) in text.split(|b| *b == b'\n').enumerate() {
        if at > 0 {
            out.extend_from_slice(written);
        }
        out.extend_from_slice(line);
    }
    out
}
