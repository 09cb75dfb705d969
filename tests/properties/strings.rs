//! Strings against rows of characters.

use proptest::prelude::*;

use super::integers::hex;
use super::{Expected, ascii, python_bool};

/// Few different characters, so that they are found in each other; one to four bytes long in UTF-8.
fn text() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec!['a', 'b', 'A', ' ', '\n', '\'', '"', '\\', 'é', 'ß', 'Ω', '☃', '😀', 'x']);
    prop::collection::vec(letters, 0..14).prop_map(|row| row.into_iter().collect())
}

fn part() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!['a', 'b', 'é', '☃', ' ']), 1..3)
        .prop_map(|row| row.into_iter().collect())
}

fn bound() -> impl Strategy<Value = Option<i64>> {
    prop::option::of(-16i64..17)
}

pub fn expression() -> impl Strategy<Value = Expected> {
    prop_oneof![
        (text(), part(), bound(), bound(), 0usize..6)
            .prop_map(|(text, part, start, stop, which)| within(&text, &part, start, stop, which)),
        (text(), part(), -1i64..4, 0usize..4).prop_map(|(text, part, most, which)| limited(&text, &part, most, which)),
        (tabbed(), 0usize..10, 0usize..4).prop_map(|(text, size, which)| laid_out(&text, size, which)),
        (text(), prop::collection::vec((0usize..14, prop::option::of(part())), 0..4))
            .prop_map(|(text, table)| translated(&text, &table)),
        (
            text(),
            prop::sample::select(vec!["ignore", "replace", "xmlcharrefreplace", "backslashreplace", "strict"]),
            any::<bool>()
        )
            .prop_map(|(text, errors, latin)| encoded(&text, errors, latin)),
        (damaged(), prop::sample::select(vec!["ignore", "replace", "backslashreplace", "strict"]))
            .prop_map(|(bytes, errors)| decoded(&bytes, errors)),
        (text(), any::<bool>(), any::<bool>()).prop_map(|(text, wide, little)| wide_encoded(&text, wide, little)),
        (prop::collection::vec(part(), 0..5), part()).prop_map(|(parts, between)| {
            (format!("{}.join({})", ascii(&between), list(parts.iter())), ascii(&parts.join(&between)))
        }),
        (text(), part(), 0usize..12).prop_map(|(text, part, which)| with_part(&text, &part, which)),
        (text(), bound(), bound(), prop::option::of((-4i64..5).prop_filter("no step", |step| *step != 0)))
            .prop_map(|(text, start, stop, step)| slice(&text, start, stop, step)),
        (text(), 0usize..7).prop_map(|(text, which)| alone(&text, which)),
        (text(), 0usize..20, prop::sample::select(vec!['*', 'é', '😀']), 0usize..4)
            .prop_map(|(text, width, fill, which)| padded(&text, width, fill, which)),
        (text(), text()).prop_map(|(a, b)| {
            let (less, same) = (a.chars().lt(b.chars()), a == b);
            (
                format!("({0} < {1}, {0} == {1})", ascii(&a), ascii(&b)),
                format!("({}, {})", python_bool(less), python_bool(same)),
            )
        }),
        (text(), -3i64..17).prop_map(|(text, at)| {
            let row: Vec<char> = text.chars().collect();
            let place = if at < 0 { at + row.len() as i64 } else { at };
            let found = usize::try_from(place).ok().and_then(|place| row.get(place));
            (format!("{}[{at}]", ascii(&text)), found.map_or("IndexError".to_string(), |c| ascii(&c.to_string())))
        }),
    ]
}

fn list(items: impl Iterator<Item = impl AsRef<str>>) -> String {
    format!("[{}]", items.map(|item| ascii(item.as_ref())).collect::<Vec<_>>().join(", "))
}

/// The number of characters before a byte; -1 for none.
fn place(text: &str, at: Option<usize>) -> String {
    at.map_or("-1".to_string(), |at| text[..at].chars().count().to_string())
}

fn with_part(text: &str, part: &str, which: usize) -> Expected {
    let (source, arg) = (ascii(text), ascii(part));
    let call = |method: &str| format!("{source}.{method}({arg})");
    let in_set = |c: char| part.contains(c);
    match which {
        0 => (call("find"), place(text, text.find(part))),
        1 => (call("rfind"), place(text, text.rfind(part))),
        2 => (call("count"), text.matches(part).count().to_string()),
        3 => (call("split"), list(text.split(part))),
        4 => (format!("{source}.replace({arg}, '<>')"), ascii(&text.replace(part, "<>"))),
        5 => (format!("{source}.replace({arg}, '', 1)"), ascii(&text.replacen(part, "", 1))),
        6 => (call("strip"), ascii(text.trim_matches(in_set))),
        7 => (call("rstrip"), ascii(text.trim_end_matches(in_set))),
        8 => (call("removeprefix"), ascii(text.strip_prefix(part).unwrap_or(text))),
        9 => (call("partition"), {
            let (before, between, after) = match text.split_once(part) {
                Some((before, after)) => (before, part, after),
                None => (text, "", ""),
            };
            format!("({}, {}, {})", ascii(before), ascii(between), ascii(after))
        }),
        10 => (format!("({arg} in {source}, {source}.startswith({arg}), {source}.endswith({arg}))"), {
            let all = [text.contains(part), text.starts_with(part), text.ends_with(part)];
            format!("({})", all.map(python_bool).join(", "))
        }),
        _ => (format!("{source}.rsplit({arg}, 1)"), {
            let mut parts: Vec<&str> = text.rsplitn(2, part).collect();
            parts.reverse();
            list(parts.iter())
        }),
    }
}

fn slice(text: &str, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Expected {
    let shown = |bound: Option<i64>| bound.map_or(String::new(), |bound| bound.to_string());
    let row: Vec<char> = text.chars().collect();
    let (len, by) = (row.len() as i64, step.unwrap_or(1));
    let clip = |bound: i64| {
        let bound = if bound < 0 { bound + len } else { bound };
        if by > 0 { bound.clamp(0, len) } else { bound.clamp(-1, len - 1) }
    };
    let mut at = start.map_or(if by > 0 { 0 } else { len - 1 }, clip);
    let end = stop.map_or(if by > 0 { len } else { -1 }, clip);
    let mut taken = String::new();
    while (by > 0 && at < end) || (by < 0 && at > end) {
        taken.push(row[at as usize]);
        at += by;
    }
    let step = step.map_or(String::new(), |step| format!(":{step}"));
    (format!("{}[{}:{}{step}]", ascii(text), shown(start), shown(stop)), ascii(&taken))
}

fn alone(text: &str, which: usize) -> Expected {
    let source = ascii(text);
    match which {
        0 => (format!("len({source})"), text.chars().count().to_string()),
        1 => (format!("{source}.upper()"), ascii(&text.to_uppercase())),
        2 => (format!("{source}.lower()"), ascii(&text.to_lowercase())),
        3 => (format!("{source}.split()"), list(text.split_whitespace())),
        4 => (format!("{source}.encode().hex()"), {
            ascii(&text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>())
        }),
        5 => (
            format!("{source}.encode('utf-16-le').decode('utf-16-le')[::-1]"),
            ascii(&text.chars().rev().collect::<String>()),
        ),
        _ => (format!("{source}.splitlines()"), list(text.split_terminator('\n'))),
    }
}

fn padded(text: &str, width: usize, fill: char, which: usize) -> Expected {
    let missing = width.saturating_sub(text.chars().count());
    let of = |count: usize| fill.to_string().repeat(count);
    let (source, arg) = (ascii(text), ascii(&fill.to_string()));
    match which {
        0 => (format!("{source}.ljust({width}, {arg})"), ascii(&format!("{text}{}", of(missing)))),
        1 => (format!("{source}.rjust({width}, {arg})"), ascii(&format!("{}{text}", of(missing)))),
        2 => (format!("{source} * {}", width % 4), ascii(&text.repeat(width % 4))),
        _ => {
            // Of an odd rest, the left gets the greater half where the width is odd.
            let left = missing / 2 + (missing & width & 1);
            (format!("{source}.center({width}, {arg})"), ascii(&format!("{}{text}{}", of(left), of(missing - left))))
        }
    }
}

fn tabbed() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec!['a', 'B', '\t', '\n', '\r', 'é', '+', '-', '7', ' ']);
    prop::collection::vec(letters, 0..14).prop_map(|row| row.into_iter().collect())
}

/// UTF-8 with some bytes that are none.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "a".as_bytes(),
        "é".as_bytes(),
        "☃".as_bytes(),
        "😀".as_bytes(),
        b"\x80",
        b"\xc3",
        b"\xe2\x98",
        b"\xe2",
        b"\xf0\x9f\x98",
        b"\xf0\x9f",
        b"\xed\xa0\x80",
        b"\xff",
        b"\xc0\xaf",
        b"\xf4\x90\x80\x80",
    ]);
    prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

/// Searches in a part of the text, which is given by places as of a slice.
fn within(text: &str, part: &str, start: Option<i64>, stop: Option<i64>, which: usize) -> Expected {
    let (row, wanted): (Vec<char>, Vec<char>) = (text.chars().collect(), part.chars().collect());
    let len = row.len() as i64;
    let clip = |bound: i64| if bound < 0 { (bound + len).max(0) } else { bound };
    let (from, to) = (start.map_or(0, clip), stop.map_or(len, clip).min(len));
    let fits = |at: &i64| row[*at as usize..].starts_with(&wanted) && at + wanted.len() as i64 <= to;
    let mut found = (from..=to - wanted.len() as i64).filter(fits);
    let bounds = [start, stop].map(|bound| bound.map_or("None".to_string(), |bound| bound.to_string())).join(", ");
    let names = ["find", "rfind", "index", "count", "startswith", "endswith"];
    let or_none = |at: Option<i64>| at.map_or("-1".to_string(), |at| at.to_string());
    let expected = match which {
        0 => or_none(found.next()),
        1 => or_none(found.next_back()),
        2 => found.next().map_or("ValueError".to_string(), |at| at.to_string()),
        3 => {
            // They must not overlap.
            let (mut count, mut next) = (0, from);
            for at in found {
                if at >= next {
                    (count, next) = (count + 1, at + wanted.len() as i64);
                }
            }
            count.to_string()
        }
        4 => python_bool(from <= to && found.next() == Some(from)),
        _ => python_bool(found.next_back() == Some(to - wanted.len() as i64)),
    };
    (format!("{}.{}({}, {bounds})", ascii(text), names[which], ascii(part)), expected)
}

/// Splits and replaces at most so many times; negative: as often as there is something.
fn limited(text: &str, part: &str, most: i64, which: usize) -> Expected {
    let (source, arg) = (ascii(text), ascii(part));
    let pieces = if most < 0 { usize::MAX } else { most as usize + 1 };
    let reversed = |mut parts: Vec<&str>| {
        parts.reverse();
        list(parts.iter())
    };
    match which {
        0 => (format!("{source}.split({arg}, {most})"), list(text.splitn(pieces, part))),
        1 => (format!("{source}.rsplit({arg}, {most})"), reversed(text.rsplitn(pieces, part).collect())),
        2 => {
            let times = if most < 0 { usize::MAX } else { most as usize };
            (format!("{source}.replace({arg}, '<é>', {most})"), ascii(&text.replacen(part, "<é>", times)))
        }
        _ => {
            // At white space: what is left keeps its end.
            let (mut rest, mut parts) = (text.trim_start(), Vec::new());
            while !rest.is_empty() && (parts.len() as i64) != most {
                let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                parts.push(word);
                rest = behind.trim_start();
            }
            parts.extend((!rest.is_empty()).then_some(rest));
            (format!("{source}.split(None, {most})"), list(parts.iter()))
        }
    }
}

fn laid_out(text: &str, size: usize, which: usize) -> Expected {
    let source = ascii(text);
    match which {
        0 => {
            let (mut out, mut column) = (String::new(), 0);
            for c in text.chars() {
                match c {
                    '\t' if size > 0 => {
                        let blanks = size - column % size;
                        out.push_str(&" ".repeat(blanks));
                        column += blanks;
                    }
                    '\t' => {}
                    c => {
                        out.push(c);
                        column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
                    }
                }
            }
            (format!("{source}.expandtabs({size})"), ascii(&out))
        }
        1 => {
            let (sign, digits) = text.split_at(usize::from(text.starts_with(['+', '-'])));
            let zeros = "0".repeat((size + 4).saturating_sub(text.chars().count()));
            (format!("{source}.zfill({})", size + 4), ascii(&format!("{sign}{zeros}{digits}")))
        }
        2 => {
            let swapped =
                |c: char| if c.is_lowercase() { c.to_uppercase().to_string() } else { c.to_lowercase().to_string() };
            (format!("{source}.swapcase()"), ascii(&text.chars().map(swapped).collect::<String>()))
        }
        _ => {
            let (mut lines, mut line) = (Vec::new(), String::new());
            let mut characters = text.chars().peekable();
            while let Some(c) = characters.next() {
                line.push(c);
                if c == '\n' || c == '\r' && characters.peek() != Some(&'\n') {
                    lines.push(std::mem::take(&mut line));
                }
            }
            lines.extend((!line.is_empty()).then_some(line));
            (format!("{source}.splitlines(True)"), list(lines.iter()))
        }
    }
}

fn translated(text: &str, table: &[(usize, Option<String>)]) -> Expected {
    let letters = ['a', 'b', 'A', ' ', '\n', '\'', '"', '\\', 'é', 'ß', 'Ω', '☃', '😀', 'x'];
    let mut out = String::new();
    for c in text.chars() {
        match table.iter().rev().find(|(at, _)| letters[*at] == c) {
            Some((_, to)) => out.extend(to.as_deref()),
            None => out.push(c),
        }
    }
    let entries = table
        .iter()
        .map(|(at, to)| format!("{}: {}", letters[*at] as u32, to.as_ref().map_or("None".to_string(), |to| ascii(to))));
    (format!("{}.translate({{{}}})", ascii(text), entries.collect::<Vec<_>>().join(", ")), ascii(&out))
}

fn escaped(c: char) -> String {
    match c as u32 {
        number @ 0..0x100 => format!("\\x{number:02x}"),
        number @ 0x100..0x10000 => format!("\\u{number:04x}"),
        number => format!("\\U{number:08x}"),
    }
}

fn encoded(text: &str, errors: &str, latin: bool) -> Expected {
    let (name, end) = if latin { ("latin-1", 256) } else { ("ascii", 128) };
    let source = format!("{}.encode('{name}', '{errors}').hex()", ascii(text));
    let mut out = Vec::new();
    for c in text.chars() {
        match errors {
            _ if (c as u32) < end => out.push(c as u8),
            "strict" => return (source, "UnicodeEncodeError".to_string()),
            "replace" => out.push(b'?'),
            "xmlcharrefreplace" => out.extend(format!("&#{};", c as u32).bytes()),
            "backslashreplace" => out.extend(escaped(c).bytes()),
            _ => {}
        }
    }
    (source, ascii(&hex(&out)))
}

fn decoded(bytes: &[u8], errors: &str) -> Expected {
    let source = format!("bytes.fromhex('{}').decode('utf-8', '{errors}')", hex(bytes));
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        match errors {
            _ if chunk.invalid().is_empty() => {}
            "strict" => return (source, "UnicodeDecodeError".to_string()),
            "replace" => out.push('\u{fffd}'),
            "backslashreplace" => out.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}"))),
            _ => {}
        }
    }
    (source, ascii(&out))
}

fn wide_encoded(text: &str, wide: bool, little: bool) -> Expected {
    let name = format!("utf-{}-{}", if wide { 32 } else { 16 }, if little { "le" } else { "be" });
    let bytes: Vec<u8> = match (wide, little) {
        (true, true) => text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
        (true, false) => text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect(),
        (false, true) => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        (false, false) => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    };
    let (source, hex) = (ascii(text), hex(&bytes));
    let both = format!("({source}.encode('{name}').hex(), bytes.fromhex('{hex}').decode('{name}'))");
    (both, format!("('{hex}', {source})"))
}
