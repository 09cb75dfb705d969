//! `binascii`: bytes as text and back, in base 16 and 64, quoted-printable and uuencode.

use std::borrow::Cow;

use crate::heap::Value;
use crate::modules::{ModuleDef, zlib};
use crate::objects::exception::{self, Exc};
use crate::objects::{bytes, kinds};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Raised, Thread, ops};

pub mod base64;
mod quoted;
mod uu;

pub static BINASCII: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    init: Some(|th, module| {
        for def in [&ERROR, &INCOMPLETE] {
            module.namespace.set_str(th, th.intern(def.name), th.make_native_class(def).value());
        }
        Ok(())
    }),
    ..ModuleDef::new("binascii", "Conversion between binary data and ASCII")
};

static ERROR: TypeDef = TypeDef {
    module: "binascii",
    base: Some(&exception::DEFINITIONS[Exc::ValueError as usize]),
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("Error", kinds::EXCEPTION, "")
};

static INCOMPLETE: TypeDef = TypeDef {
    module: "binascii",
    base: Some(&exception::DEFINITIONS[Exc::Exception as usize]),
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("Incomplete", kinds::EXCEPTION, "")
};

#[cold]
fn error(th: &Thread, message: impl std::fmt::Display) -> Raised {
    let message = th.str(&message.to_string());
    th.raise_value(exception::new(th, th.make_native_class(&ERROR), &[message]))
}

const HEXLIFY: NativeDef = native(
    "hexlify",
    "(data, sep=<unrepresentable>, bytes_per_sep=1)",
    "Hexadecimal representation of binary data.",
    hexlify,
)
.keywords();
const UNHEXLIFY: NativeDef =
    native("unhexlify", "(hexstr, /)", "Binary data of hexadecimal representation.", unhexlify);

const FUNCTIONS: &[NativeDef] = &[
    HEXLIFY,
    HEXLIFY.named("b2a_hex"),
    UNHEXLIFY,
    UNHEXLIFY.named("a2b_hex"),
    native("a2b_base64", "(data, /, *, strict_mode=False)", "Decode a line of base64 data.", |th, args| {
        let text = ascii(th, args[0])?;
        let strict = !args[1].is_empty() && ops::truthy(th, args[1])?;
        match base64::decode(&text, strict) {
            Ok(data) => Ok(bytes::new(th, &data)),
            Err(message) => Err(error(th, message)),
        }
    })
    .keywords(),
    native("b2a_base64", "(data, /, *, newline=True)", "Base64-code line of data.", |th, args| {
        let data = bytes::required(th, args[0])?;
        let newline = args[1].is_empty() || ops::truthy(th, args[1])?;
        Ok(bytes::new(th, &base64::encode(&data, newline)))
    })
    .keywords(),
    native("a2b_uu", "(data, /)", "Decode a line of uuencoded data.", |th, args| {
        let text = ascii(th, args[0])?;
        uu::decode(&text).map(|data| bytes::new(th, &data)).map_err(|message| error(th, message))
    }),
    native("b2a_uu", "(data, /, *, backtick=False)", "Uuencode line of data.", |th, args| {
        let data = bytes::required(th, args[0])?;
        let backtick = !args[1].is_empty() && ops::truthy(th, args[1])?;
        if data.len() > 45 {
            return Err(error(th, "At most 45 bytes at once"));
        }
        Ok(bytes::new(th, &uu::encode(&data, backtick)))
    })
    .keywords(),
    native("a2b_qp", "(data, header=False)", "Decode a string of qp-encoded data.", |th, args| {
        let text = ascii(th, args[0])?;
        let header = !args[1].is_empty() && ops::truthy(th, args[1])?;
        Ok(bytes::new(th, &quoted::decode(&text, header)))
    })
    .keywords(),
    native(
        "b2a_qp",
        "(data, quotetabs=False, istext=True, header=False)",
        "Encode a string using quoted-printable encoding.",
        |th, args| {
            let data = bytes::required(th, args[0])?;
            let is = |v: Value, default: bool| if v.is_empty() { Ok(default) } else { ops::truthy(th, v) };
            let style =
                quoted::Style { tabs: is(args[1], false)?, text: is(args[2], true)?, header: is(args[3], false)? };
            Ok(bytes::new(th, &quoted::encode(&data, style)))
        },
    )
    .keywords(),
    native("crc32", "(data, crc=0, /)", "Compute CRC-32 incrementally.", |th, args| {
        zlib::checksum(th, args, 0, zlib::crc32)
    }),
    native("crc_hqx", "(data, crc, /)", "Compute CRC-CCITT incrementally.", |th, args| {
        let data = bytes::required(th, args[0])?;
        let start = zlib::low_bits(th, args[1])? as u16;
        let crc = data.iter().fold(start, |crc, byte| {
            (0..8).fold(
                crc ^ u16::from(*byte) << 8,
                |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 },
            )
        });
        Ok(Value::small_int(crc.into()))
    }),
];

/// Text as bytes: a string of ASCII characters, or any bytes-like object.
fn ascii(th: &Thread, v: Value) -> Result<Cow<'static, [u8]>> {
    if let Some(text) = v.as_str_cell() {
        return match text.is_ascii() {
            true => Ok(Cow::Borrowed(text.wtf8())),
            false => Err(th.value_error("string argument should contain only ASCII characters")),
        };
    }
    bytes::borrowed(th, v)?.ok_or_else(|| {
        let found = th.type_name(v);
        th.type_error(format_args!("argument should be bytes, buffer or ASCII string, not '{found}'"))
    })
}

fn hexlify(th: &Thread, args: &[Value]) -> Result {
    let data = bytes::required(th, args[0])?;
    let group = if args[2].is_empty() { 1 } else { ops::index_i32(th, args[2])? };
    let separator = if args[1].is_empty() { None } else { Some(separator(th, args[1])?) };
    let mut out = Vec::with_capacity(data.len() * 2);
    let every = group.unsigned_abs() as usize;
    for (at, byte) in data.iter().enumerate() {
        // Groups are counted from the end, or with a negative number from the beginning.
        let place = if group < 0 { at } else { data.len() - at };
        if let Some(separator) = separator
            && at > 0
            && every > 0
            && place % every == 0
        {
            out.push(separator);
        }
        for digit in [byte >> 4, byte & 15] {
            out.push(b"0123456789abcdef"[usize::from(digit)]);
        }
    }
    Ok(bytes::new(th, &out))
}

fn separator(th: &Thread, v: Value) -> Result<u8> {
    if ops::len(th, v)? != 1 {
        return Err(th.value_error("sep must be length 1."));
    }
    match v.as_str_cell() {
        Some(text) => match text.code_points().next() {
            Some(point) if point < 256 => Ok(point as u8),
            _ => Err(th.value_error("sep must be ASCII.")),
        },
        None => match bytes::borrowed(th, v)?.as_deref() {
            Some([byte]) => Ok(*byte),
            _ => Err(th.type_error("sep must be str or bytes.")),
        },
    }
}

fn unhexlify(th: &Thread, args: &[Value]) -> Result {
    let text = ascii(th, args[0])?;
    if text.len() % 2 == 1 {
        return Err(error(th, "Odd-length string"));
    }
    let digit = |digit: u8| (digit as char).to_digit(16).map(|digit| digit as u8);
    let pairs = text.chunks_exact(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?));
    match pairs.collect::<Option<Vec<u8>>>() {
        Some(data) => Ok(bytes::new(th, &data)),
        None => Err(error(th, "Non-hexadecimal digit found")),
    }
}
