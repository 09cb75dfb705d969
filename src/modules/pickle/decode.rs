//! From bytes to objects: the loop over the opcodes, the stack and the memo. What the opcodes say is read in `literals`, goes
//! into containers in `fill`, and is found and made in `make`.
//!
//! Nothing that the bytes say is believed: every length is compared with what there is before anything is allocated, every
//! stack access and every type is checked. The loop does not recurse however deep the objects are. What calls code of the
//! program's (`make`) finds everything that is held meanwhile in the stores of stack and memo, which the collector knows.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Gc, Value};
use crate::objects::bytes::{self, ByteArray};
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::set::Set;
use crate::objects::str::Str;
use crate::objects::str::codec::{self, Encoding};
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread};

use super::errors::unpickling;
use super::find::Trust;
use super::input::Input;
use super::opcodes::*;
use super::stack::Stack;

/// What an unpickler is asked for.
pub struct Settings<'a> {
    pub trust: Trust,
    pub fix_imports: bool,
    /// Of Python 2's str; `EMPTY` for ASCII and strict.
    pub encoding: Value,
    pub errors: Value,
    /// An iterator, `EMPTY` without buffers.
    pub buffers: Value,
    pub persistent_load: Option<Value>,
    pub find_class: Option<Value>,
    /// Where the unpickler wants the protocol noted.
    pub protocol: Option<&'a AtomicUsize>,
}

impl Settings<'_> {
    pub fn new(trust: Trust) -> Self {
        Settings {
            trust,
            fix_imports: true,
            encoding: Value::EMPTY,
            errors: Value::EMPTY,
            buffers: Value::EMPTY,
            persistent_load: None,
            find_class: None,
            protocol: None,
        }
    }
}

/// What has been read, by number: a row while the numbers are dense, a dict for those far beyond.
pub struct Memo {
    pub row: Stack,
    /// `EMPTY` until it is needed.
    pub far: Value,
}

/// Numbers up to so much beyond the last one go into the row.
const GAP: usize = 1 << 12;
/// CPython has no memory for numbers from about here on.
const MOST: usize = 1 << 31;

impl Memo {
    pub fn new(th: &Thread) -> Memo {
        Memo { row: Stack::new(th), far: Value::EMPTY }
    }

    #[inline]
    pub fn put(&mut self, th: &Thread, number: usize, value: Value) -> Result<()> {
        if number < self.row.len() + GAP {
            self.row.put(th, number, value);
            return Ok(());
        }
        if number >= MOST {
            return Err(th.memory_error());
        }
        let far = match self.far.downcast::<Dict>() {
            Some(far) => far,
            None => {
                let far = Dict::new(th);
                self.far = far.value();
                far
            }
        };
        far.set_item(th, Value::small_int(number as i64), value)
    }

    #[inline]
    fn get(&self, th: &Thread, number: usize) -> Result<Option<Value>> {
        if let Some(value) = self.row.get(number).filter(|value| !value.is_empty()) {
            return Ok(Some(value));
        }
        match self.far.downcast::<Dict>() {
            Some(far) if number < MOST => far.get_item(th, Value::small_int(number as i64)),
            _ => Ok(None),
        }
    }
}

pub struct Decoder<'a> {
    pub(super) th: &'a Thread,
    pub(super) settings: Settings<'a>,
    pub(super) input: Input,
    pub(super) stack: Stack,
    memo: Memo,
    marks: Vec<usize>,
    pub(super) protocol: u8,
    /// Opcodes so far.
    steps: u32,
}

/// Opcodes between two looks at what else is to be done.
const STEPS: u32 = 2048;

impl<'a> Decoder<'a> {
    pub fn new(th: &'a Thread, settings: Settings<'a>, input: Input, memo: Memo) -> Decoder<'a> {
        Decoder { th, settings, input, stack: Stack::new(th), memo, marks: Vec::new(), protocol: 0, steps: 0 }
    }

    /// Reads one pickle. The object, and the memo.
    pub fn load(mut self) -> (Result, Memo) {
        let loaded = self.run();
        (loaded, self.memo)
    }

    fn note_protocol(&self) {
        if let Some(noted) = self.settings.protocol {
            noted.store(usize::from(self.protocol), Ordering::Relaxed);
        }
    }

    fn run(&mut self) -> Result {
        self.note_protocol();
        loop {
            self.steps += 1;
            if self.steps.is_multiple_of(STEPS) {
                self.th.poll()?;
            }
            let op = self.input.opcode(self.th)?;
            if op == STOP {
                return self.pop();
            }
            self.step(op)?;
        }
    }

    fn step(&mut self, op: u8) -> Result<()> {
        let th = self.th;
        match op {
            MARK => self.marks.push(self.stack.len()),
            MEMOIZE => {
                let number = self.memo.row.len();
                let top = self.top()?;
                self.memo.put(th, number, top)?;
            }
            BININT1 => {
                let [int] = self.input.array(th)?;
                self.push(Value::small_int(i64::from(int)));
            }
            BININT2 => {
                let int = u16::from_le_bytes(self.input.array(th)?);
                self.push(Value::small_int(i64::from(int)));
            }
            BININT => {
                let int = i32::from_le_bytes(self.input.array(th)?);
                self.push(Value::small_int(i64::from(int)));
            }
            BINFLOAT => {
                let float = f64::from_be_bytes(self.input.array(th)?);
                self.push(Value::float(float));
            }
            SHORT_BINUNICODE => {
                let [len] = self.input.array(th)?;
                self.unicode(usize::from(len))?;
            }
            BINUNICODE => {
                let len = self.length4()?;
                self.unicode(len)?;
            }
            NONE => self.push(Value::NONE),
            NEWTRUE => self.push(Value::TRUE),
            NEWFALSE => self.push(Value::FALSE),
            EMPTY_TUPLE => self.push(th.tuple(&[])),
            EMPTY_LIST => self.push(List::new(th, &[]).value()),
            EMPTY_DICT => self.push(Dict::new(th).value()),
            EMPTY_SET => self.push(Set::new(th).value()),
            TUPLE1 => self.tuple_of(1)?,
            TUPLE2 => self.tuple_of(2)?,
            TUPLE3 => self.tuple_of(3)?,
            TUPLE => {
                let mark = self.mark()?;
                let tuple = self.stack.take_tuple(th, mark);
                self.push(tuple.value());
            }
            APPEND => {
                let at = self.below(1)?;
                self.append(at)?;
            }
            APPENDS => {
                let mark = self.mark()?;
                self.append(mark)?;
            }
            SETITEM => {
                let at = self.below(2)?;
                self.set_items(at)?;
            }
            SETITEMS => {
                let mark = self.mark()?;
                self.set_items(mark)?;
            }
            BINGET => {
                let [number] = self.input.array(th)?;
                self.get(usize::from(number))?;
            }
            LONG_BINGET => {
                let number = self.length4()?;
                self.get(number)?;
            }
            BINPUT => {
                let [number] = self.input.array(th)?;
                self.put(usize::from(number))?;
            }
            LONG_BINPUT => {
                let number = self.length4()?;
                self.put(number)?;
            }
            SHORT_BINBYTES => {
                let [len] = self.input.array(th)?;
                self.bytes(usize::from(len))?;
            }
            STACK_GLOBAL => self.stack_global()?,
            GLOBAL => self.global()?,
            REDUCE => self.reduce()?,
            NEWOBJ => self.new_object()?,
            NEWOBJ_EX => self.new_object_with_keywords()?,
            BUILD => self.build()?,
            FRAME => {
                let len = self.length8("FRAME length exceeds system's maximum of")?;
                self.input.fetch(th, len)?;
            }
            PROTO => {
                let [protocol] = self.input.array(th)?;
                if protocol > HIGHEST_PROTOCOL {
                    return Err(th.value_error(format_args!("unsupported pickle protocol: {protocol}")));
                }
                self.protocol = protocol;
                self.note_protocol();
            }
            _ => self.rare(op)?,
        }
        Ok(())
    }

    /// The opcodes that are met seldom.
    #[inline(never)]
    fn rare(&mut self, op: u8) -> Result<()> {
        let th = self.th;
        match op {
            POP => {
                // A mark on top is taken away like a value.
                if self.marks.last() == Some(&self.stack.len()) {
                    self.marks.pop();
                } else {
                    self.pop()?;
                }
            }
            POP_MARK => {
                let mark = self.mark()?;
                self.stack.truncate(mark);
            }
            DUP => {
                let top = self.top()?;
                self.push(top);
            }
            LIST => {
                let mark = self.mark()?;
                let list = List::new(th, &self.stack.copy_from(mark));
                self.stack.truncate(mark);
                self.push(list.value());
            }
            DICT => self.dict()?,
            ADDITEMS => self.add_items()?,
            FROZENSET => self.frozenset()?,
            LONG1 => {
                let [len] = self.input.array(th)?;
                self.long(usize::from(len))?;
            }
            LONG4 => {
                let len = i32::from_le_bytes(self.input.array(th)?);
                match usize::try_from(len) {
                    Ok(len) => self.long(len)?,
                    Err(_) => return Err(unpickling(th, "LONG pickle has negative byte count")),
                }
            }
            BINBYTES => {
                let len = self.length4()?;
                self.bytes(len)?;
            }
            BINBYTES8 => {
                let len = self.length8("BINBYTES exceeds system's maximum size of")?;
                self.bytes(len)?;
            }
            BINUNICODE8 => {
                let len = self.length8("BINUNICODE exceeds system's maximum size of")?;
                self.unicode(len)?;
            }
            BYTEARRAY8 => {
                let len = self.length8("BYTEARRAY8 exceeds system's maximum size of")?;
                let content = self.input.take(th, len)?;
                bytes::check_len(th, Some(len))?;
                self.push(ByteArray::new(th, content).value());
            }
            BINPERSID => {
                let id = self.pop()?;
                self.persistent(id)?;
            }
            NEXT_BUFFER => self.next_buffer()?,
            READONLY_BUFFER => self.read_only_buffer()?,
            EXT1 => {
                let [code] = self.input.array(th)?;
                self.extension(i64::from(code))?;
            }
            EXT2 => {
                let code = u16::from_le_bytes(self.input.array(th)?);
                self.extension(i64::from(code))?;
            }
            EXT4 => {
                let code = i32::from_le_bytes(self.input.array(th)?);
                self.extension(i64::from(code))?;
            }
            OBJ => self.object()?,
            INST => self.instance()?,
            _ => self.line_op(op)?,
        }
        Ok(())
    }

    /// The opcodes of protocol 0, most of them with an argument in a line of text.
    fn line_op(&mut self, op: u8) -> Result<()> {
        let th = self.th;
        match op {
            INT => {
                let line = self.line()?;
                self.int_line(line)?;
            }
            LONG => {
                let line = self.line()?;
                let digits = line.strip_suffix(b"L").unwrap_or(line);
                let int = self.int_of(digits, line)?;
                self.push(int);
            }
            FLOAT => {
                let line = self.line()?;
                match crate::objects::float::from_text(line) {
                    Some(float) => self.push(Value::float(float)),
                    None => return Err(th.value_error("could not convert string to float")),
                }
            }
            STRING => {
                let line = self.input.line(th)?;
                self.quoted_string(line)?;
            }
            BINSTRING => {
                let len = i32::from_le_bytes(self.input.array(th)?);
                match usize::try_from(len) {
                    Ok(len) => self.old_string(len)?,
                    Err(_) => return Err(unpickling(th, "BINSTRING pickle has negative byte count")),
                }
            }
            SHORT_BINSTRING => {
                let [len] = self.input.array(th)?;
                self.old_string(usize::from(len))?;
            }
            UNICODE => {
                let line = self.input.line(th)?;
                let source = bytes::new(th, line);
                let text = codec::decode_as(th, source, line, Encoding::RawUnicodeEscape, None)?;
                self.push(text.value());
            }
            GET => {
                let line = self.line()?;
                let number = self.number(line)?;
                match usize::try_from(number) {
                    Ok(number) => self.get(number)?,
                    Err(_) => return Err(not_in_memo(th, number)),
                }
            }
            PUT => {
                let line = self.line()?;
                match usize::try_from(self.number(line)?) {
                    Ok(number) => self.put(number)?,
                    Err(_) => return Err(th.value_error("negative PUT argument")),
                }
            }
            PERSID => {
                let line = self.input.line(th)?;
                if !line.is_ascii() {
                    return Err(unpickling(th, "persistent IDs in protocol 0 must be ASCII strings"));
                }
                let id = Str::from_wtf8(th, line).value();
                self.persistent(id)?;
            }
            op => {
                let shown = match op {
                    b'\'' => "\"'\"".to_owned(),
                    b'\\' => "'\\\\'".to_owned(),
                    0x20..0x7F => format!("'{}'", char::from(op)),
                    op => format!("'\\x{op:02x}'"),
                };
                return Err(unpickling(th, format_args!("invalid load key, {shown}.")));
            }
        }
        Ok(())
    }

    // ---- the stack

    #[inline(always)]
    pub(super) fn push(&mut self, value: Value) {
        self.stack.push(self.th, value);
    }

    /// Below this nothing may be taken: the last mark.
    #[inline(always)]
    pub(super) fn floor(&self) -> usize {
        self.marks.last().copied().unwrap_or(0)
    }

    #[inline(always)]
    pub(super) fn pop(&mut self) -> Result {
        if self.stack.len() > self.floor()
            && let Some(value) = self.stack.pop()
        {
            return Ok(value);
        }
        Err(self.underflow())
    }

    #[inline(always)]
    pub(super) fn top(&self) -> Result {
        match self.stack.len().checked_sub(1) {
            Some(at) if at >= self.floor() => self.stack.get(at).ok_or_else(|| self.underflow()),
            _ => Err(self.underflow()),
        }
    }

    /// Where the `count` topmost values begin, if there is another below them.
    fn below(&self, count: usize) -> Result<usize> {
        match self.stack.len().checked_sub(count) {
            Some(at) if at > self.floor() => Ok(at),
            _ => Err(self.underflow()),
        }
    }

    #[cold]
    pub(super) fn underflow(&self) -> Raised {
        let message = if self.marks.is_empty() { "unpickling stack underflow" } else { "unexpected MARK found" };
        unpickling(self.th, message)
    }

    /// Takes the last mark away: what was marked.
    #[inline]
    pub(super) fn mark(&mut self) -> Result<usize> {
        self.marks.pop().ok_or_else(|| unpickling(self.th, "could not find MARK"))
    }

    fn get(&mut self, number: usize) -> Result<()> {
        match self.memo.get(self.th, number)? {
            Some(value) => {
                self.push(value);
                Ok(())
            }
            None => Err(not_in_memo(self.th, number as i64)),
        }
    }

    fn put(&mut self, number: usize) -> Result<()> {
        let top = self.top()?;
        self.memo.put(self.th, number, top)
    }

    /// The values from a mark on, as arguments of a call.
    pub(super) fn take_tuple(&mut self, at: usize) -> Gc<Tuple> {
        self.stack.take_tuple(self.th, at)
    }
}

#[cold]
fn not_in_memo(th: &Thread, number: i64) -> Raised {
    unpickling(th, format_args!("Memo value not found at index {number}"))
}

impl Decoder<'_> {
    /// Whether the class of the value is `type` or a kind of it.
    pub(super) fn is_type(&self, value: Value) -> bool {
        value.header().is_some_and(|header| header.kind() == kinds::CLASS)
    }
}
