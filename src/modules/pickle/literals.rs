//! What a pickle says outright: lengths, numbers, texts and bytes, those of Python 2 as well. No length is believed before
//! the input has so much.

use crate::heap::Value;
use crate::objects::bytes::{self, Bytes};
use crate::objects::int;
use crate::objects::str::Str;
use crate::objects::str::codec::{self, Encoding};
use crate::vm::Thread;
use crate::vm::native::Result;

use super::decode::Decoder;
use super::errors::unpickling;
use super::input::truncated;

impl Decoder<'_> {
    // ---- lengths and numbers

    pub(super) fn line(&mut self) -> Result<&'static [u8]> {
        let line = self.input.line(self.th)?;
        if line.is_empty() { Err(truncated(self.th)) } else { Ok(line) }
    }

    pub(super) fn length4(&mut self) -> Result<usize> {
        Ok(u32::from_le_bytes(self.input.array(self.th)?) as usize)
    }

    pub(super) fn length8(&mut self, too_long: &str) -> Result<usize> {
        let len = u64::from_le_bytes(self.input.array(self.th)?);
        match i64::try_from(len) {
            Ok(len) => Ok(len as usize),
            Err(_) => Err(self.th.overflow_error(format_args!("{too_long} {} bytes", i64::MAX))),
        }
    }

    pub(super) fn number(&self, line: &[u8]) -> Result<i64> {
        let int = self.int_of(line, line)?;
        match int::IntRef::of(int).and_then(int::IntRef::to_i64) {
            Some(number) => Ok(number),
            None => Err(self.th.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }

    /// The integer that digits stand for; `line`: what the error shows, with its end.
    pub(super) fn int_of(&self, digits: &[u8], line: &[u8]) -> Result {
        let mut shown = String::from_utf8_lossy(line).into_owned();
        shown.push('\n');
        int::from_text(self.th, digits, 10, self.th.str(&shown))
    }

    pub(super) fn int_line(&mut self, line: &[u8]) -> Result<()> {
        let value = match line {
            b"00" => Value::FALSE,
            b"01" => Value::TRUE,
            _ => {
                let text = std::str::from_utf8(line).ok().map(str::trim);
                match text.and_then(|text| text.parse::<i64>().ok()) {
                    Some(int) => self.th.int(int),
                    None => {
                        let made = self.int_of(line, line);
                        made.map_err(|raised| {
                            self.th.take_exception(raised);
                            self.th.value_error("could not convert string to int")
                        })?
                    }
                }
            }
        };
        self.push(value);
        Ok(())
    }

    pub(super) fn long(&mut self, len: usize) -> Result<()> {
        let bytes = self.input.take(self.th, len)?;
        let int = match bytes.len() {
            0 => Value::small_int(0),
            1..=16 => {
                let sign = if bytes[len - 1] >= 0x80 { 0xFF } else { 0 };
                let mut all = [sign; 16];
                all[..len].copy_from_slice(bytes);
                int::from_i128(self.th, i128::from_le_bytes(all))
            }
            _ => int::from_big(self.th, num_bigint::BigInt::from_signed_bytes_le(bytes)),
        };
        self.push(int);
        Ok(())
    }

    // ---- texts and bytes

    #[inline]
    pub(super) fn unicode(&mut self, len: usize) -> Result<()> {
        let th = self.th;
        let content = self.input.take(th, len)?;
        let text = if content.is_ascii() || std::str::from_utf8(content).is_ok() {
            if len > crate::objects::str::MAX_BYTES {
                return Err(th.memory_error());
            }
            Str::from_wtf8(th, content)
        } else {
            let source = bytes::new(th, content);
            codec::decode_as(th, source, content, Encoding::Utf8, Some(th.intern("surrogatepass")))?
        };
        self.push(text.value());
        Ok(())
    }

    pub(super) fn bytes(&mut self, len: usize) -> Result<()> {
        let content = self.input.take(self.th, len)?;
        bytes::check_len(self.th, Some(len))?;
        self.push(Bytes::new(self.th, content).value());
        Ok(())
    }

    /// Python 2's str: bytes, if they are wanted, or what they say in an encoding.
    pub(super) fn old_string(&mut self, len: usize) -> Result<()> {
        let content = self.input.take(self.th, len)?;
        self.push_old_string(content)
    }

    fn push_old_string(&mut self, content: &[u8]) -> Result<()> {
        let th = self.th;
        let source = bytes::new(th, content);
        let encoding = self.settings.encoding.as_str_cell().unwrap_or_else(|| th.intern("ASCII"));
        let value = if encoding.wtf8() == b"bytes" {
            source
        } else {
            let errors = self.settings.errors.as_str_cell();
            codec::decode(th, source, content, Some(encoding), errors)?.value()
        };
        self.push(value);
        Ok(())
    }

    /// A str of Python 2's as its `repr` shows it.
    pub(super) fn quoted_string(&mut self, line: &[u8]) -> Result<()> {
        let th = self.th;
        let inner = match line {
            [b'\'', inner @ .., b'\''] | [b'"', inner @ .., b'"'] => inner,
            _ => return Err(unpickling(th, "the STRING opcode argument must be quoted")),
        };
        let content = unescaped(th, inner)?;
        self.push_old_string(&content)
    }
}

/// What escapes in Python 2's `repr` of a str stand for.
fn unescaped(th: &Thread, text: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += 1;
        if *byte != b'\\' {
            out.push(*byte);
            continue;
        }
        let Some(escape) = text.get(at) else { return Err(th.value_error("Trailing \\ in string")) };
        at += 1;
        match escape {
            b'\n' => {}
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'v' => out.push(11),
            b'\\' | b'\'' | b'"' => out.push(*escape),
            b'x' => {
                let digit = |at: usize| text.get(at).and_then(|b| char::from(*b).to_digit(16));
                let (Some(high), Some(low)) = (digit(at), digit(at + 1)) else {
                    return Err(th.value_error(format_args!("invalid \\x escape at position {}", at - 2)));
                };
                out.push((high << 4 | low) as u8);
                at += 2;
            }
            b'0'..=b'7' => {
                let mut code = u32::from(escape - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = text.get(at) else { break };
                    code = code << 3 | u32::from(digit - b'0');
                    at += 1;
                }
                out.push(code as u8);
            }
            other => out.extend_from_slice(&[b'\\', *other]),
        }
    }
    Ok(out)
}
