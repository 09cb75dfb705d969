//! `_encodings`: what `codecs` needs of the interpreter's own encodings. The rest of it is written in Python.

use unicode_normalization::UnicodeNormalization;

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::objects::bytes;
use crate::objects::str::codec;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

pub static ENCODINGS: ModuleDef =
    ModuleDef { functions: FUNCTIONS, ..ModuleDef::new("_encodings", "The encodings that the interpreter has.") };

const FUNCTIONS: &[NativeDef] = &[
    native(
        "name_of",
        "(encoding, /)",
        "The usual name of a text encoding that the interpreter knows; LookupError for others.",
        |th, args| {
            let Some(name) = args[0].as_str_cell() else {
                let given = th.type_name(args[0]);
                return Err(th.type_error(format_args!("lookup() argument must be str, not {given}")));
            };
            Ok(th.str(codec::encoding_of(th, Some(name))?.canonical_name()))
        },
    ),
    native(
        "decode_part",
        "(data, encoding, errors, final, /)",
        "The text of bytes, and how many of them it takes: all of the final ones.",
        |th, args| {
            let data = bytes::required(th, args[0])?;
            let encoding = codec::encoding_of(th, args[1].as_str_cell())?;
            let last = ops::truthy(th, args[3])?;
            let (text, taken) = codec::decode_part(th, args[0], &data, encoding, args[2].as_str_cell(), last)?;
            Ok(th.tuple(&[text.value(), th.int(taken as i64)]))
        },
    ),
    native("nfkc", "(text, /)", "The text in Unicode's normal form KC.", |th, args| {
        let Some(text) = args[0].as_str_cell() else { return Ok(args[0]) };
        Ok(th.str(&text.to_text().nfkc().collect::<String>()))
    }),
    native(
        "escape_decode",
        "(data, errors, /)",
        "The bytes that a literal of them means, which escapes were wrong (None if none), and how many bytes were taken.",
        escape_decode,
    ),
];

fn escape_decode(th: &Thread, args: &[Value]) -> Result {
    let data = bytes::required(th, args[0])?;
    let errors = args[1].as_str_cell().map_or_else(|| "strict".to_string(), |errors| errors.to_text().to_string());
    let (mut out, mut at, mut odd) = (Vec::with_capacity(data.len()), 0, Value::NONE);
    while let Some(byte) = data.get(at) {
        if *byte != b'\\' {
            out.push(*byte);
            at += 1;
            continue;
        }
        let Some(kind) = data.get(at + 1) else { return Err(th.value_error("Trailing \\ in string")) };
        let digits = |from: usize, most: usize, is_one: fn(&u8) -> bool| {
            data[from..].iter().take(most).take_while(|digit| is_one(digit)).count()
        };
        let octal = |digit: &u8| (b'0'..=b'7').contains(digit);
        at += match kind {
            b'\n' => 2,
            b'0'..=b'7' => {
                let count = digits(at + 1, 3, octal);
                let value = data[at + 1..at + 1 + count].iter().fold(0, |value, d| value * 8 + u32::from(d - b'0'));
                if value > 255 && odd.is_none() {
                    odd = bytes::new(th, &data[at..at + 1 + count]);
                }
                out.push(value as u8);
                1 + count
            }
            b'x' => {
                let count = digits(at + 2, 2, u8::is_ascii_hexdigit);
                match std::str::from_utf8(&data[at + 2..at + 2 + count]).ok().filter(|_| count == 2) {
                    Some(text) => out.push(u8::from_str_radix(text, 16).unwrap_or(0)),
                    None => wrong_escape(th, &errors, at, &mut out)?,
                }
                2 + count
            }
            _ => {
                match b"\\'\"abtnvfr".iter().position(|known| known == kind) {
                    Some(known) => out.push(b"\\'\"\x07\x08\t\n\x0b\x0c\r"[known]),
                    None => {
                        if odd.is_none() {
                            odd = bytes::new(th, &data[at..at + 2]);
                        }
                        out.extend([b'\\', *kind]);
                    }
                }
                2
            }
        };
    }
    Ok(th.tuple(&[bytes::new(th, &out), odd, th.int(data.len() as i64)]))
}

fn wrong_escape(th: &Thread, errors: &str, at: usize, out: &mut Vec<u8>) -> Result<()> {
    match errors {
        "strict" => Err(th.value_error(format_args!("invalid \\x escape at position {at}"))),
        "replace" => {
            out.push(b'?');
            Ok(())
        }
        "ignore" => Ok(()),
        _ => Err(th.value_error(format_args!("decoding error; unknown error handling code: {errors}"))),
    }
}
