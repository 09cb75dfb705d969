//! The bytes that are written, in frames from protocol 4 on, and the file they go to, if there is one.

use crate::heap::Value;
use crate::objects::bytes;
use crate::vm::Thread;
use crate::vm::native::Result;

use super::opcodes::FRAME;

/// A frame ends at the first value with which it has so many bytes; as many at once are written without a frame.
const FRAME_SIZE: usize = 64 << 10;
/// Fewer bytes are not worth a frame.
const LEAST_FRAME: usize = 4;
/// The opcode and the length.
const FRAME_HEADER: usize = 9;
const NO_FRAME: usize = usize::MAX;

pub struct Output {
    bytes: Vec<u8>,
    /// Whether frames are made.
    framing: bool,
    /// Where the header of the open frame lies.
    frame: usize,
    /// The `write` of the file.
    write: Option<Value>,
    /// How long the bytes may become before memory is looked at again.
    checked: usize,
}

const STRETCH: usize = 1 << 20;

impl Output {
    pub fn new(write: Option<Value>) -> Output {
        Output { bytes: Vec::new(), framing: false, frame: NO_FRAME, write, checked: STRETCH }
    }

    /// Makes frames from here on.
    pub fn start_framing(&mut self) {
        self.framing = true;
    }

    #[inline(always)]
    pub fn op(&mut self, op: u8) {
        self.open_frame();
        self.bytes.push(op);
    }

    #[inline(always)]
    pub fn push(&mut self, bytes: &[u8]) {
        self.open_frame();
        self.bytes.extend_from_slice(bytes);
    }

    #[inline(always)]
    fn open_frame(&mut self) {
        if self.framing && self.frame == NO_FRAME {
            self.frame = self.bytes.len();
            self.bytes.extend_from_slice(&[0; FRAME_HEADER]);
        }
    }

    fn close_frame(&mut self) {
        if self.frame == NO_FRAME {
            return;
        }
        let (start, content) = (self.frame, self.frame + FRAME_HEADER);
        let len = self.bytes.len() - content;
        if len < LEAST_FRAME {
            self.bytes.copy_within(content.., start);
            self.bytes.truncate(start + len);
        } else {
            self.bytes[start] = FRAME;
            self.bytes[start + 1..content].copy_from_slice(&(len as u64).to_le_bytes());
        }
        self.frame = NO_FRAME;
    }

    /// Writes content behind its opcode and length: what is long is written by itself, outside of any frame.
    pub fn content(&mut self, th: &Thread, header: &[u8], content: &[u8]) -> Result<()> {
        if content.len() < FRAME_SIZE {
            self.push(header);
            self.push(content);
            return Ok(());
        }
        bytes::check_len(th, Some(self.bytes.len() + content.len()))?;
        self.close_frame();
        self.bytes.extend_from_slice(header);
        match self.write {
            None => self.bytes.extend_from_slice(content),
            Some(write) => {
                self.flush(th)?;
                th.call(write, &[bytes::new(th, content)])?;
            }
        }
        Ok(())
    }

    /// Between two values: ends a frame that is long enough.
    #[inline(always)]
    pub fn boundary(&mut self, th: &Thread) -> Result<()> {
        let len = self.bytes.len();
        if self.framing && self.frame != NO_FRAME && len - self.frame - FRAME_HEADER >= FRAME_SIZE {
            self.end_frame(th)?;
        }
        if len >= self.checked { self.check(th) } else { Ok(()) }
    }

    #[cold]
    #[inline(never)]
    fn end_frame(&mut self, th: &Thread) -> Result<()> {
        self.close_frame();
        self.flush(th)
    }

    #[cold]
    #[inline(never)]
    fn check(&mut self, th: &Thread) -> Result<()> {
        bytes::check_len(th, Some(self.bytes.len()))?;
        th.poll()?;
        self.checked = self.bytes.len() + STRETCH;
        Ok(())
    }

    fn flush(&mut self, th: &Thread) -> Result<()> {
        if let Some(write) = self.write
            && !self.bytes.is_empty()
        {
            let written = bytes::new(th, &self.bytes);
            self.bytes.clear();
            th.call(write, &[written])?;
        }
        Ok(())
    }

    /// Ends everything. The bytes are what was not given to the file: all of them, where there is none.
    pub fn finish(mut self, th: &Thread) -> Result<Vec<u8>> {
        self.close_frame();
        self.flush(th)?;
        Ok(self.bytes)
    }
}
