//! The format mini-language against a model of it.

use num_bigint::BigInt;
use num_traits::Signed;
use proptest::prelude::*;

use super::integers::integer;
use super::{Expected, ascii};

#[derive(Clone, Debug)]
struct Spec {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    alternate: bool,
    zero: bool,
    width: usize,
    grouping: Option<char>,
}

fn spec() -> impl Strategy<Value = Spec> {
    let fill = prop::option::of(prop::sample::select(vec!['*', ' ', '0', 'é', '☃', '<']));
    let align = prop::option::of(prop::sample::select(vec!['<', '>', '^', '=']));
    let sign = prop::option::of(prop::sample::select(vec!['+', '-', ' ']));
    let grouping = prop::option::of(prop::sample::select(vec![',', '_']));
    (fill, align, sign, any::<bool>(), any::<bool>(), 0usize..24, grouping).prop_map(
        |(fill, align, sign, alternate, zero, width, grouping)| Spec {
            fill: fill.filter(|_| align.is_some()),
            align,
            sign,
            alternate,
            zero,
            width,
            grouping,
        },
    )
}

pub fn expression() -> impl Strategy<Value = Expected> {
    let text = prop::collection::vec(prop::sample::select(vec!['a', 'é', '☃', '😀']), 0..9);
    prop_oneof![
        (integer(), spec(), prop::sample::select(vec!["", "d", "b", "o", "x", "X", "n"]))
            .prop_map(|(value, spec, kind)| integer_format(&value, &spec, kind)),
        (text, spec(), prop::option::of(0usize..9)).prop_map(|(text, spec, precision)| text_format(
            &text.iter().collect::<String>(),
            &spec,
            precision
        )),
        (integer(), 0usize..20, any::<bool>(), any::<bool>(), prop::sample::select(vec!['d', 'x', 'o']))
            .prop_map(|(value, width, left, zero, kind)| percent(&value, width, left, zero, kind)),
    ]
}

fn prefix_of(spec: &Spec) -> String {
    let mut text: String = spec.fill.into_iter().chain(spec.align).chain(spec.sign).collect();
    if spec.alternate {
        text.push('#');
    }
    if spec.zero {
        text.push('0');
    }
    if spec.width > 0 {
        text.push_str(&spec.width.to_string());
    }
    text.extend(spec.grouping);
    text
}

/// Digits with a separator after every `size` of them, from the right.
fn grouped(digits: &str, separator: Option<char>, size: usize) -> String {
    let Some(separator) = separator else { return digits.to_string() };
    let count = digits.len();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (count - at).is_multiple_of(size) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn integer_format(value: &BigInt, spec: &Spec, kind: &str) -> Expected {
    let source = format!("format({value}, {})", ascii(&(prefix_of(spec) + kind)));
    let (base, size, prefix) = match kind {
        "b" => (2, 4, "0b"),
        "o" => (8, 4, "0o"),
        "x" => (16, 4, "0x"),
        "X" => (16, 4, "0X"),
        _ => (10, 3, ""),
    };
    if spec.grouping.is_some() && kind == "n" || spec.grouping == Some(',') && base != 10 {
        return (source, "ValueError".to_string());
    }
    let mut digits = value.magnitude().to_str_radix(base);
    if kind == "X" {
        digits.make_ascii_uppercase();
    }
    let sign = match (value.is_negative(), spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    let head = format!("{sign}{}", if spec.alternate { prefix } else { "" });
    // A zero before the width is a fill of zeros behind the sign, unless a fill or an alignment is given.
    let fill = spec.fill.unwrap_or(if spec.zero { '0' } else { ' ' });
    let align = spec.align.unwrap_or(if spec.zero { '=' } else { '>' });
    if fill == '0' && align == '=' {
        // The zeros are digits, and are grouped with the others; a separator does not come first.
        let mut padded = digits.clone();
        while head.len() + grouped(&padded, spec.grouping, size).len() < spec.width {
            padded.insert(0, '0');
        }
        return (source, ascii(&format!("{head}{}", grouped(&padded, spec.grouping, size))));
    }
    let body = grouped(&digits, spec.grouping, size);
    let missing = spec.width.saturating_sub(head.len() + body.len());
    (source, ascii(&aligned(&head, &body, fill, align, missing)))
}

fn aligned(head: &str, body: &str, fill: char, align: char, missing: usize) -> String {
    let of = |count: usize| fill.to_string().repeat(count);
    match align {
        '<' => format!("{head}{body}{}", of(missing)),
        '>' => format!("{}{head}{body}", of(missing)),
        '=' => format!("{head}{}{body}", of(missing)),
        _ => format!("{}{head}{body}{}", of(missing / 2), of(missing - missing / 2)),
    }
}

fn text_format(text: &str, spec: &Spec, precision: Option<usize>) -> Expected {
    let precise = precision.map_or(String::new(), |precision| format!(".{precision}"));
    let source = format!("format({}, {})", ascii(text), ascii(&(prefix_of(spec) + &precise)));
    if spec.sign.is_some() || spec.alternate || spec.grouping.is_some() || spec.align == Some('=') {
        return (source, "ValueError".to_string());
    }
    let shown: String = text.chars().take(precision.unwrap_or(usize::MAX)).collect();
    let fill = spec.fill.unwrap_or(if spec.zero { '0' } else { ' ' });
    let missing = spec.width.saturating_sub(shown.chars().count());
    (source, ascii(&aligned("", &shown, fill, spec.align.unwrap_or('<'), missing)))
}

fn percent(value: &BigInt, width: usize, left: bool, zero: bool, kind: char) -> Expected {
    let flags = format!("{}{}", if left { "-" } else { "" }, if zero { "0" } else { "" });
    let source = format!("'%{flags}{width}{kind}' % ({value})");
    let source = if width == 0 { format!("'%{flags}{kind}' % ({value})") } else { source };
    let base = if kind == 'd' {
        10
    } else if kind == 'x' {
        16
    } else {
        8
    };
    let (sign, digits) = (if value.is_negative() { "-" } else { "" }, value.magnitude().to_str_radix(base));
    let missing = width.saturating_sub(sign.len() + digits.len());
    let (fill, align) = if left {
        (' ', '<')
    } else if zero {
        ('0', '=')
    } else {
        (' ', '>')
    };
    (source, ascii(&aligned(sign, &digits, fill, align, missing)))
}
