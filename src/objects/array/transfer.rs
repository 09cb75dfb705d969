//! Arrays from and to lists, bytes, text, files and pickles.

use crate::heap::{Gc, Value};
use crate::objects::bytes::store::Growing;
use crate::objects::bytes::{self, Bytes};
use crate::objects::exception::Exc;
use crate::objects::int::{self, IntRef};
use crate::objects::list::List;
use crate::objects::str::Str;
use crate::objects::str::codec::{self, Encoding, Order};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread, import, ops};

use super::methods::{check_whole, this};
use super::{Array, CODES, pack};

pub(super) const METHODS: &[NativeDef] = &[
    native("tolist", "($self, /)", "Convert array to an ordinary list with the same items.", |th, a| {
        Ok(th.list(&this(a).items(th)))
    }),
    native("fromlist", "($self, list, /)", "Append items to array from list.", from_list),
    native("tobytes", "($self, /)", "Convert the array to an array of machine values.", |th, a| {
        Ok(bytes::new(th, &this(a).bytes(th)))
    }),
    native("frombytes", "($self, buffer, /)", "Appends items from the bytes.", |th, a| {
        append_bytes(th, this(a), &bytes::required(th, a[1])?)?;
        Ok(Value::NONE)
    }),
    native("tounicode", "($self, /)", "Convert the array to a unicode string.", |th, a| match this(a).is_text() {
        true => text(th, this(a)),
        false => Err(only_text(th, "tounicode")),
    }),
    native("fromunicode", "($self, ustr, /)", "Extends this array with data from the unicode string.", |th, a| {
        let text = crate::objects::str::args::text(th, a[1], "fromunicode() argument")?;
        if !this(a).is_text() {
            return Err(only_text(th, "fromunicode"));
        }
        append_text(th, this(a), text)?;
        Ok(Value::NONE)
    }),
    native("tofile", "($self, f, /)", "Write all items (as machine values) to the file object f.", |th, a| {
        let write = ops::get_attr(th, a[1], th.intern("write"))?;
        for block in this(a).bytes(th).chunks(BLOCK) {
            th.call(write, &[bytes::new(th, block)])?;
        }
        Ok(Value::NONE)
    })
    .keywords(),
    native("fromfile", "($self, f, n, /)", "Read n objects from the file object f and append them.", from_file)
        .keywords(),
    native("buffer_info", "($self, /)", "Return a tuple (address, length).", |th, a| {
        let address = this(a).store().buffer().map_or(0, |buffer| buffer.address());
        Ok(th.tuple(&[th.int(address as i64), th.int(this(a).len() as i64)]))
    }),
    native("__reduce_ex__", "($self, value, /)", "Return state information for pickling.", reduce_ex),
];

/// Bytes that are written to a file at a time.
const BLOCK: usize = 64 << 10;

#[cold]
fn only_text(th: &Thread, method: &str) -> Raised {
    th.value_error(format_args!("{method}() may only be called on unicode type arrays ('u' or 'w')"))
}

#[cold]
pub(super) fn not_whole(th: &Thread) -> Raised {
    th.value_error("bytes length not a multiple of item size")
}

pub(super) fn append_bytes(th: &Thread, array: Gc<Array>, content: &[u8]) -> Result<()> {
    check_whole(th, array, content)?;
    bytes::check_len(th, array.store().len().checked_add(content.len()))?;
    array.append(th, content)
}

pub(super) fn append_text(th: &Thread, array: Gc<Array>, text: Gc<Str>) -> Result<()> {
    let units: Vec<u8> = text.code_points().flat_map(|point| point.to_ne_bytes()).collect();
    array.append(th, &units)
}

/// The characters of an array of them.
pub(super) fn text(th: &Thread, array: Gc<Array>) -> Result {
    let content = array.bytes(th);
    if array.code == b'u' {
        let points = content.chunks_exact(4).map(|unit| u32::from_ne_bytes([unit[0], unit[1], unit[2], unit[3]]));
        if let Some(point) = points.into_iter().find(|point| *point > 0x10FFFF) {
            return Err(th.value_error(format_args!("character U+{point:x} is not in range [U+0000; U+10ffff]")));
        }
    }
    let errors = th.str("surrogatepass").as_str_cell();
    Ok(codec::decode_as(th, Value::NONE, &content, Encoding::Utf32(Some(Order::Little)), errors)?.value())
}

/// All of the list or nothing.
fn from_list(th: &Thread, args: &[Value]) -> Result {
    let (array, size) = (this(args), this(args).item_size());
    let Some(list) = args[1].downcast::<List>() else { return Err(th.type_error("arg must be list")) };
    let mut packed = Vec::new();
    let mut at = 0;
    while let Some(item) = list.at(at) {
        packed.extend_from_slice(&pack(th, array.code, item)?[..size]);
        at += 1;
    }
    array.append(th, &packed)?;
    Ok(Value::NONE)
}

fn from_file(th: &Thread, args: &[Value]) -> Result {
    let (array, size) = (this(args), this(args).item_size());
    let count = ops::index_i64(th, args[2])?;
    let Ok(count) = usize::try_from(count) else { return Err(th.value_error("negative count")) };
    let Some(wanted) = count.checked_mul(size) else { return Err(th.memory_error()) };
    let read = th.call_method(args[1], th.intern("read"), &[th.int(wanted as i64)])?;
    let Some(content) = read.downcast::<Bytes>() else { return Err(th.type_error("read() didn't return bytes")) };
    append_bytes(th, array, content.get().bytes())?;
    if content.len() != wanted {
        return Err(th.raise(Exc::EOFError, "read() didn't return enough bytes"));
    }
    Ok(Value::NONE)
}

/// CPython's numbers for machine formats, as they stand in pickles: a type code, its width, how it is signed, its order.
const MACHINE_FORMATS: [(u8, usize, bool, bool); 22] = [
    (b'B', 1, false, false),
    (b'b', 1, true, false),
    (b'H', 2, false, false),
    (b'H', 2, false, true),
    (b'h', 2, true, false),
    (b'h', 2, true, true),
    (b'I', 4, false, false),
    (b'I', 4, false, true),
    (b'i', 4, true, false),
    (b'i', 4, true, true),
    (b'Q', 8, false, false),
    (b'Q', 8, false, true),
    (b'q', 8, true, false),
    (b'q', 8, true, true),
    (b'f', 4, true, false),
    (b'f', 4, true, true),
    (b'd', 8, true, false),
    (b'd', 8, true, true),
    (b'u', 2, false, false),
    (b'u', 2, false, true),
    (b'w', 4, false, false),
    (b'w', 4, false, true),
];

fn machine_format(code: u8) -> i64 {
    let code = match code {
        b'l' => b'q',
        b'L' => b'Q',
        b'u' => b'w',
        code => code,
    };
    MACHINE_FORMATS.iter().position(|format| format.0 == code).unwrap_or(0) as i64
}

fn reduce_ex(th: &Thread, args: &[Value]) -> Result {
    let array = this(args);
    if IntRef::of(args[1]).is_none() {
        return Err(th.type_error("__reduce_ex__ argument should be an integer"));
    }
    let state = match ops::dict_of(th, args[0]) {
        Some(dict) => dict.value(),
        None => Value::NONE,
    };
    let class = th.class_of(args[0]).value();
    let code = th.str(&char::from(array.code).to_string());
    if ops::index_i64(th, args[1])? < 3 {
        let items = th.list(&array.items(th));
        return Ok(th.tuple(&[class, th.tuple(&[code, items]), state]));
    }
    let module = import::import_by_name(th, th.intern("array"))?;
    let reconstruct = ops::get_attr(th, module, th.intern("_array_reconstructor"))?;
    let content = bytes::new(th, &array.bytes(th));
    let made_of = th.tuple(&[class, code, Value::small_int(machine_format(array.code)), content]);
    Ok(th.tuple(&[reconstruct, made_of, state]))
}

pub const RECONSTRUCT: NativeDef = native(
    "_array_reconstructor",
    "(arraytype, typecode, mformat_code, items, /)",
    "Internal. Used for pickling support.",
    reconstruct,
);

fn reconstruct(th: &Thread, args: &[Value]) -> Result {
    let Some(class) = args[0].as_class() else {
        let found = th.type_name(args[0]);
        return Err(th.type_error(format_args!("first argument must be a type object, not {found}")));
    };
    if !class.is_subclass_of(th.vm().class(&super::ARRAY)) {
        return Err(th.type_error(format_args!("{} is not a subtype of array.array", class.name())));
    }
    let code = args[1].as_str_cell().map(|text| text.wtf8());
    let Some([code]) = code.filter(|code| code.len() == 1 && CODES.as_bytes().contains(&code[0])) else {
        return Err(th.value_error("second argument must be a valid type code"));
    };
    let number = ops::index_i64(th, args[2])?;
    let Some((format, width, signed, big)) =
        usize::try_from(number).ok().and_then(|at| MACHINE_FORMATS.get(at).copied())
    else {
        return Err(th.value_error("third argument must be a valid machine format code."));
    };
    let Some(content) = args[3].downcast::<Bytes>() else {
        let found = th.type_name(args[3]);
        return Err(th.type_error(format_args!("fourth argument should be bytes, not {found}")));
    };
    // As CPython, which takes units of two bytes only in pairs.
    let text = b"uw".contains(&format);
    if !content.len().is_multiple_of(if text { 4 } else { width }) {
        return Err(if text { th.value_error("string length not a multiple of item size") } else { not_whole(th) });
    }
    // An array of integers gets the type that fits the foreign ones.
    let code = if b"bBhHiIqQ".contains(&format) && number != machine_format(*code) { &format } else { code };
    let array = th.instantiate(class, Array::empty(*code));
    if text && array.is_text() {
        let order = Some(if big { Order::Big } else { Order::Little });
        let encoding = if width == 2 { Encoding::Utf16(order) } else { Encoding::Utf32(order) };
        append_text(th, array, codec::decode_as(th, args[3], content.get().bytes(), encoding, None)?)?;
        return Ok(array.value());
    }
    for item in content.get().bytes().chunks_exact(width) {
        let item = pack(th, *code, foreign(th, format, signed, big, item))?;
        array.append(th, &item[..array.item_size()])?;
    }
    Ok(array.value())
}

/// An item in another machine's format as an object.
fn foreign(th: &Thread, format: u8, signed: bool, big: bool, item: &[u8]) -> Value {
    let mut word = [0u8; 8];
    word[..item.len()].copy_from_slice(item);
    if big {
        word[..item.len()].reverse();
    }
    let unsigned = u64::from_le_bytes(word);
    match format {
        b'f' => Value::float(f64::from(f32::from_bits(unsigned as u32))),
        b'd' => Value::float(f64::from_bits(unsigned)),
        b'u' | b'w' => Str::from_char(th, (unsigned as u32).min(0x10FFFF)).value(),
        _ if signed => {
            let unused = 64 - 8 * item.len() as u32;
            th.int((unsigned << unused) as i64 >> unused)
        }
        _ => int::from_u64(th, unsigned),
    }
}
