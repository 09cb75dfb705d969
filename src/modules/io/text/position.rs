//! Where a text stream is: `tell`, `seek`, `truncate`.
//!
//! A position is the number of bytes below, and above its lowest 64 bits what the decoder knows besides: whether a byte
//! order mark at the start, which a stream that begins in the middle does not see, said that the order is big.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::int::{self, IntRef};
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use crate::modules::io::{ask, offset, says, unsupported};

use super::Text;

/// The bit that says that the order is big.
const BIG: u32 = 65;

impl Text {
    /// The position as the program sees it.
    pub(super) fn tell(&self, th: &Thread, this: Value) -> Result {
        self.refuse_closed(th)?;
        let buffer = self.buffer(th)?;
        let (seekable, iterating) = {
            let data = self.data();
            (data.seekable, data.iterating)
        };
        if !seekable {
            return Err(unsupported(th, "underlying stream is not seekable"));
        }
        if iterating {
            return Err(th.raise(Exc::OSError, "telling position disabled by next() call"));
        }
        ask(th, this, "flush")?;
        let below = ask(th, buffer, "tell")?;
        let below = offset(th, below)?;
        let used = self.used_bytes(th)?;
        let data = self.data();
        let have = data.bytes.as_ref().map_or(data.text.len(), Vec::len);
        let at = below - data.decoder.waiting() as i64 - (have - used.min(have)) as i64;
        let is_big = data.decoder.is_big() && !data.text.is_empty();
        drop(data);
        if is_big { Ok(int::from_big(th, BigInt::from(at) + (BigInt::from(1) << BIG))) } else { Ok(th.int(at)) }
    }

    pub(super) fn seek(&self, th: &Thread, this: Value, to: Value, whence: i64) -> Result {
        self.refuse_closed(th)?;
        let buffer = self.buffer(th)?;
        if !self.data().seekable {
            return Err(unsupported(th, "underlying stream is not seekable"));
        }
        let to = match whence {
            0 => to,
            1 | 2 => {
                if !ops::equal(th, to, Value::small_int(0))? {
                    let which = if whence == 1 { "cur" } else { "end" };
                    return Err(unsupported(th, &format!("can't do nonzero {which}-relative seeks")));
                }
                ask(th, this, "flush")?;
                if whence == 1 { self.tell(th, this)? } else { Value::EMPTY }
            }
            _ => return Err(th.value_error(format_args!("invalid whence ({whence}, should be 0, 1 or 2)"))),
        };
        if to.is_empty() {
            self.start_over(false, false);
            let end = th.call_method(buffer, th.intern("seek"), &[Value::small_int(0), Value::small_int(2)])?;
            let is_start = ops::index_i64(th, end)? == 0;
            self.data().at_start = is_start;
            return Ok(end);
        }
        let position = ops::index(th, to)?;
        let Some(position) = IntRef::of(position).map(IntRef::to_big) else { return Ok(Value::NONE) };
        if position < BigInt::from(0) {
            let shown = ops::repr(th, to)?.to_text();
            return Err(th.value_error(format_args!("negative seek position {shown}")));
        }
        ask(th, this, "flush")?;
        let at: BigInt = &position & BigInt::from(u64::MAX);
        let Some(at) = at.to_i64() else { return Err(th.overflow_error("Python int too large to convert to C long")) };
        th.call_method(buffer, th.intern("seek"), &[th.int(at)])?;
        self.start_over(at == 0, position.bit(BIG.into()));
        Ok(to)
    }

    /// Forgets what was read: the stream below is elsewhere.
    fn start_over(&self, is_start: bool, big: bool) {
        let mut data = self.data();
        data.forget_text();
        data.decoder.reset(is_start, big);
        data.at_start = is_start;
        data.iterating = false;
    }

    pub(super) fn truncate(&self, th: &Thread, this: Value, size: Value) -> Result {
        self.refuse_closed(th)?;
        ask(th, this, "flush")?;
        let buffer = self.buffer(th)?;
        let args = if size.is_empty() { vec![] } else { vec![size] };
        th.call_method(buffer, th.intern("truncate"), &args)
    }

    pub(super) fn is_seekable(&self, th: &Thread) -> Result<bool> {
        let buffer = self.buffer(th)?;
        says(th, buffer, "seekable")
    }
}
