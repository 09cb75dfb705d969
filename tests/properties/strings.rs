//! Strings against rows of characters.

use proptest::prelude::*;

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
