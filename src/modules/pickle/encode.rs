//! From objects to bytes: which way a value goes, and what is written without going deeper.
//!
//! `containers` writes what holds other values, `reduce` what objects say of themselves, `globals` what is found by its name.
//! Between two values any code of the program's may run (`__reduce__`, `persistent_id`), and with the interpreter's lock off
//! other threads change what is being written. So containers are read piece by piece, and what is held meanwhile lies on the
//! native stack or in the memo's store, where the collector finds it.

use crate::heap::{Gc, Header, Value};

use crate::objects::bytes::{self, ByteArray, Bytes};
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::int::IntRef;
use crate::objects::list::List;
use crate::objects::set;
use crate::objects::str::{CodePoints, Str, push_char};
use crate::objects::tuple::Tuple;
use crate::objects::{format, kinds};
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::errors::{self, pickling};
use super::memo::Memo;
use super::opcodes::*;
use super::output::Output;

/// What a pickler is asked for besides an object.
pub struct Settings {
    pub protocol: u8,
    /// Whether Python 2's names are written for protocols below 3.
    pub fix_imports: bool,
    /// Whether nothing is remembered.
    pub fast: bool,
    pub write: Option<Value>,
    pub buffer_callback: Option<Value>,
    pub persistent_id: Option<Value>,
    pub reducer_override: Option<Value>,
    /// `EMPTY`: that of `copyreg`.
    pub dispatch_table: Value,
    /// Functions that are asked before those of `copyreg`.
    pub reducers: Option<Gc<Dict>>,
}

impl Settings {
    pub fn new(protocol: u8) -> Settings {
        Settings {
            protocol,
            fix_imports: true,
            fast: false,
            write: None,
            buffer_callback: None,
            persistent_id: None,
            reducer_override: None,
            dispatch_table: Value::EMPTY,
            reducers: None,
        }
    }
}

pub struct Encoder<'a> {
    pub(super) th: &'a Thread,
    pub(super) settings: Settings,
    pub(super) out: Output,
    pub(super) memo: Memo,
    /// Lists and dicts being written in fast mode, by their addresses.
    open: Vec<u64>,
    /// `copyreg.dispatch_table`, once it has been asked for.
    pub(super) reducers: Option<Gc<Dict>>,
}

/// In fast mode cycles are looked for from this depth on.
const FAST_DEPTH: usize = 50;

impl<'a> Encoder<'a> {
    pub fn new(th: &'a Thread, settings: Settings, memo: Memo) -> Encoder<'a> {
        let out = Output::new(settings.write);
        Encoder { th, settings, out, memo, open: Vec::new(), reducers: None }
    }

    /// Writes a whole pickle. What was not given to a file, and the memo.
    pub fn dump(mut self, value: Value) -> (Result<Vec<u8>>, Memo) {
        let written = self.write_pickle(value);
        (written.and_then(|()| self.out.finish(self.th)), self.memo)
    }

    fn write_pickle(&mut self, value: Value) -> Result<()> {
        if self.settings.protocol >= 2 {
            self.out.push(&[PROTO, self.settings.protocol]);
        }
        if self.settings.protocol >= 4 {
            self.out.start_framing();
        }
        self.save(value)?;
        self.out.op(STOP);
        Ok(())
    }

    pub(super) fn binary(&self) -> bool {
        self.settings.protocol >= 1
    }

    /// Writes a value.
    pub(super) fn save(&mut self, value: Value) -> Result<()> {
        if let Some(hook) = self.settings.persistent_id
            && self.save_persistent(hook, value)?
        {
            return Ok(());
        }
        match value.header() {
            Some(header) => self.cell(value, header)?,
            None => self.inline(value)?,
        }
        self.out.boundary(self.th)
    }

    /// Asks for a persistent id; false if the object has none.
    fn save_persistent(&mut self, hook: Value, value: Value) -> Result<bool> {
        let th = self.th;
        let id = th.call(hook, &[value])?;
        if id.is_none() {
            return Ok(false);
        }
        if self.binary() {
            let hook = self.settings.persistent_id.take();
            let saved = self.save(id);
            self.settings.persistent_id = hook;
            saved?;
            self.out.op(BINPERSID);
            return Ok(true);
        }
        let line = ops::str(th, id)?;
        if !line.is_ascii() {
            return Err(pickling(th, "persistent IDs in protocol 0 must be ASCII strings"));
        }
        self.out.op(PERSID);
        self.out.push(line.wtf8());
        self.out.op(b'\n');
        Ok(true)
    }

    /// What has no cell.
    #[inline]
    fn inline(&mut self, value: Value) -> Result<()> {
        if let Some(int) = value.as_small_int() {
            self.small_int(int);
            return Ok(());
        }
        if let Some(float) = value.as_inline_float() {
            self.float(float);
            return Ok(());
        }
        let binary = self.settings.protocol >= 2;
        match value {
            Value::NONE => self.out.op(NONE),
            Value::TRUE if binary => self.out.op(NEWTRUE),
            Value::TRUE => self.out.push(b"I01\n"),
            Value::FALSE if binary => self.out.op(NEWFALSE),
            Value::FALSE => self.out.push(b"I00\n"),
            _ => return self.remembered_or(value, Encoder::other),
        }
        Ok(())
    }

    fn cell(&mut self, value: Value, header: &Header) -> Result<()> {
        if !header.is_exact() {
            // Floats of a class of their own have a kind of their own shape, integers of many bits the shape of `int`.
            if let Some(int) = wide_int(self.th, value) {
                return self.wide_int(int);
            }
            return self.remembered_or(value, Encoder::other);
        }
        if let Some(number) = self.memo.find(value) {
            self.get(number);
            return Ok(());
        }
        match header.kind() {
            kinds::STR => match value.as_str_cell() {
                Some(text) => self.str(text),
                None => unreachable!("kind and type agree"),
            },
            kinds::INT | kinds::WIDE_INT => match IntRef::of(value) {
                Some(int) => self.wide_int(int),
                None => unreachable!("kind and type agree"),
            },
            kinds::TUPLE => match value.downcast::<Tuple>() {
                Some(tuple) => self.tuple(tuple),
                None => unreachable!("kind and type agree"),
            },
            kinds::LIST => match value.downcast::<List>() {
                Some(list) => self.list(list),
                None => unreachable!("kind and type agree"),
            },
            kinds::DICT => match value.downcast::<Dict>() {
                Some(dict) => self.dict(dict),
                None => unreachable!("kind and type agree"),
            },
            kinds::BYTES => match value.downcast::<Bytes>() {
                Some(bytes) => self.bytes(bytes),
                None => unreachable!("kind and type agree"),
            },
            kinds::BYTEARRAY => match value.downcast::<ByteArray>() {
                Some(bytes) => self.bytearray(bytes),
                None => unreachable!("kind and type agree"),
            },
            kinds::SET | kinds::FROZENSET => match set::of(value) {
                Some(set) => self.set(value, set),
                None => unreachable!("kind and type agree"),
            },
            _ => self.other(value),
        }
    }

    fn remembered_or(&mut self, value: Value, write: impl FnOnce(&mut Self, Value) -> Result<()>) -> Result<()> {
        match self.memo.find(value) {
            Some(number) => {
                self.get(number);
                Ok(())
            }
            None => write(self, value),
        }
    }

    // ---- the memo

    /// Remembers the value just written.
    #[inline]
    pub(super) fn remember(&mut self, value: Value) {
        if self.settings.fast {
            return;
        }
        let number = self.memo.add(self.th, value);
        self.put(number);
    }

    /// As `remember`, where the value is nothing that could be met again.
    pub(super) fn remember_unnamed(&mut self) {
        if !self.settings.fast {
            let number = self.memo.add_unnamed(self.th);
            self.put(number);
        }
    }

    #[inline]
    fn put(&mut self, number: u32) {
        match (self.settings.protocol, u8::try_from(number)) {
            (4.., _) => self.out.op(MEMOIZE),
            (0, _) => self.out.push(format!("p{number}\n").as_bytes()),
            (_, Ok(number)) => self.out.push(&[BINPUT, number]),
            (_, Err(_)) => self.with_u32(LONG_BINPUT, number),
        }
    }

    /// Writes what the memo holds.
    pub(super) fn get(&mut self, number: u32) {
        match (self.settings.protocol, u8::try_from(number)) {
            (0, _) => self.out.push(format!("g{number}\n").as_bytes()),
            (_, Ok(number)) => self.out.push(&[BINGET, number]),
            (_, Err(_)) => self.with_u32(LONG_BINGET, number),
        }
    }

    pub(super) fn with_u32(&mut self, op: u8, number: u32) {
        let [a, b, c, d] = number.to_le_bytes();
        self.out.push(&[op, a, b, c, d]);
    }

    /// Before a list or dict is written: in fast mode nothing else would find a cycle.
    pub(super) fn enter(&mut self, container: Value) -> Result<()> {
        self.th.check_recursion(" while pickling an object")?;
        self.th.poll()?;
        if !self.settings.fast {
            return Ok(());
        }
        if self.open.len() >= FAST_DEPTH && self.open.contains(&container.bits()) {
            let (class, at) = (self.th.type_name(container), container.bits());
            return Err(self.th.value_error(format_args!(
                "fast mode: can't pickle cyclic objects including object type {class} at {at:#x}"
            )));
        }
        self.open.push(container.bits());
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.open.pop();
    }

    // ---- numbers

    #[inline]
    fn small_int(&mut self, int: i64) {
        let Ok(short) = i32::try_from(int) else { return self.long(IntRef::Small(int)) };
        if !self.binary() {
            self.out.push(format!("I{int}\n").as_bytes());
        } else if let Ok(byte) = u8::try_from(short) {
            self.out.push(&[BININT1, byte]);
        } else if let Ok(two) = u16::try_from(short) {
            let [a, b] = two.to_le_bytes();
            self.out.push(&[BININT2, a, b]);
        } else {
            let [a, b, c, d] = short.to_le_bytes();
            self.out.push(&[BININT, a, b, c, d]);
        }
    }

    fn wide_int(&mut self, int: IntRef) -> Result<()> {
        if self.settings.protocol < 2 && matches!(int, IntRef::Big(_)) {
            // As many digits as there are: the limit for texts does not hold here.
            let text = int.to_big().to_string();
            self.out.push(format!("L{text}L\n").as_bytes());
            return Ok(());
        }
        self.long(int);
        Ok(())
    }

    /// An integer of more than four bytes.
    fn long(&mut self, int: IntRef) {
        if self.settings.protocol < 2 {
            self.out.push(format!("L{}L\n", int.to_big()).as_bytes());
            return;
        }
        let bytes = match int {
            IntRef::Small(int) => int.to_le_bytes().to_vec(),
            IntRef::Wide(int) => int.to_le_bytes().to_vec(),
            IntRef::Big(big) => big.to_signed_bytes_le(),
        };
        let bytes = shortest(&bytes);
        match u8::try_from(bytes.len()) {
            Ok(len) => self.out.push(&[LONG1, len]),
            Err(_) => self.with_u32(LONG4, bytes.len() as u32),
        }
        self.out.push(bytes);
    }

    #[inline]
    fn float(&mut self, float: f64) {
        if self.binary() {
            self.out.op(BINFLOAT);
            // What tells one NaN from another is nobody else's business.
            let bits = if float.is_nan() { f64::NAN.to_bits() & (i64::MAX as u64) } else { float.to_bits() };
            self.out.push(&bits.to_be_bytes());
        } else {
            self.out.push(format!("F{}\n", format::float::repr(float)).as_bytes());
        }
    }

    // ---- texts and bytes

    fn str(&mut self, text: Gc<Str>) -> Result<()> {
        let content = text.wtf8();
        match (self.settings.protocol, content.len()) {
            (0, _) => {
                self.out.op(UNICODE);
                self.out.push(&one_line(content));
                self.out.op(b'\n');
            }
            (4.., len @ 0..=0xFF) => {
                self.out.push(&[SHORT_BINUNICODE, len as u8]);
                self.out.push(content);
            }
            (_, len) => self.sized(BINUNICODE, BINUNICODE8, len, content)?,
        }
        self.remember(text.value());
        Ok(())
    }

    /// Content behind its length in four bytes, or in eight where four are too few.
    fn sized(&mut self, op: u8, long_op: u8, len: usize, content: &[u8]) -> Result<()> {
        match u32::try_from(len) {
            Ok(short) => {
                let [a, b, c, d] = short.to_le_bytes();
                self.out.content(self.th, &[op, a, b, c, d], content)
            }
            Err(_) if self.settings.protocol < 4 => Err(self.th.overflow_error(format_args!(
                "serializing a {} object larger than 4 GiB requires pickle protocol 4 or higher",
                if op == BINBYTES { "bytes" } else { "string" }
            ))),
            Err(_) => self.long_sized(long_op, content),
        }
    }

    fn long_sized(&mut self, op: u8, content: &[u8]) -> Result<()> {
        let mut header = [op; 9];
        header[1..].copy_from_slice(&(content.len() as u64).to_le_bytes());
        self.out.content(self.th, &header, content)
    }

    fn bytes(&mut self, bytes: Gc<Bytes>) -> Result<()> {
        if self.settings.protocol < 3 {
            return self.old_bytes(bytes);
        }
        self.write_bytes(bytes.get().bytes())?;
        self.remember(bytes.value());
        Ok(())
    }

    pub(super) fn write_bytes(&mut self, content: &[u8]) -> Result<()> {
        match u8::try_from(content.len()) {
            Ok(len) => {
                self.out.push(&[SHORT_BINBYTES, len]);
                self.out.push(content);
                Ok(())
            }
            Err(_) => self.sized(BINBYTES, BINBYTES8, content.len(), content),
        }
    }

    /// Bytes for protocols that have none: a call of `bytes`, or the text that encoded in Latin-1 gives them.
    fn old_bytes(&mut self, bytes: Gc<Bytes>) -> Result<()> {
        let th = self.th;
        let (function, arguments) = match bytes.get().bytes() {
            [] => (th.vm().class_of_kind(kinds::BYTES).value(), th.tuple(&[])),
            content => {
                let mut text = Vec::with_capacity(content.len() * 2);
                content.iter().for_each(|b| push_char(&mut text, u32::from(*b)));
                let text = Str::from_wtf8(th, &text).value();
                let codecs = crate::vm::import::import_by_name(th, th.intern("_codecs"))?;
                let encode = ops::get_attr(th, codecs, th.vm().names.encode)?;
                (encode, th.tuple(&[text, th.intern("latin1").value()]))
            }
        };
        self.save_reduced(bytes.value(), &[function, arguments])
    }

    fn bytearray(&mut self, array: Gc<ByteArray>) -> Result<()> {
        let content = array.to_vec();
        if self.settings.protocol >= 5 {
            self.write_bytearray(&content)?;
            self.remember(array.value());
            return Ok(());
        }
        let th = self.th;
        let arguments = if content.is_empty() { Vec::new() } else { vec![bytes::new(th, &content)] };
        let parts = [th.vm().class_of_kind(kinds::BYTEARRAY).value(), th.tuple(&arguments)];
        self.save_reduced(array.value(), &parts)
    }

    pub(super) fn write_bytearray(&mut self, content: &[u8]) -> Result<()> {
        self.long_sized(BYTEARRAY8, content)
    }

    /// The class of the value as notes name it.
    pub(super) fn class_text(&self, class: Gc<Class>) -> String {
        errors::class_text(self.th, class)
    }
}

/// The integer of a cell whose shape is not that of its kind, but whose class is `int`.
fn wide_int(th: &Thread, value: Value) -> Option<IntRef<'static>> {
    let int = IntRef::of_exact(value)?;
    (th.class_of(value) == th.vm().class_of_kind(kinds::INT)).then_some(int)
}

/// Two's complement without the bytes that only repeat the sign.
fn shortest(bytes: &[u8]) -> &[u8] {
    let mut len = bytes.len();
    while let [.., before, last] = bytes[..len] {
        let repeats = (last == 0 && before < 0x80) || (last == 0xFF && before >= 0x80);
        if !repeats {
            break;
        }
        len -= 1;
    }
    &bytes[..len]
}

/// A text as protocol 0 writes it: Latin-1, with escapes for what would end the line and for what is beyond.
fn one_line(text: &[u8]) -> Vec<u8> {
    let mut line = Vec::with_capacity(text.len());
    for c in CodePoints(text) {
        match c {
            0 | 0x0A | 0x0D | 0x1A | 0x5C | 0x100..0x1_0000 => line.extend_from_slice(format!("\\u{c:04x}").as_bytes()),
            0x1_0000.. => line.extend_from_slice(format!("\\U{c:08x}").as_bytes()),
            c => line.push(c as u8),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_lose_the_bytes_that_repeat_their_sign() {
        let of = |int: i64| shortest(&int.to_le_bytes()).to_vec();
        assert_eq!(of(0x8000_0000), [0, 0, 0, 0x80, 0]);
        assert_eq!(of(-0x8000_0000), [0, 0, 0, 0x80]);
        assert_eq!(of(-1), [0xFF]);
        assert_eq!(of(0), [0]);
        assert_eq!(of(i64::MIN), [0, 0, 0, 0, 0, 0, 0, 0x80]);
    }

    #[test]
    fn lines_hold_any_text() {
        assert_eq!(one_line("a\n\\é\u{1234}\u{12345}".as_bytes()), b"a\\u000a\\u005c\xe9\\u1234\\U00012345");
    }
}
