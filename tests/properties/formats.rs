//! The format mini-language against a model of it.

use dashu_int::IBig;
use proptest::prelude::*;

use super::floats::{self, float};
use super::integers::{digits, integer, is_negative};
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
        (
            integer(),
            flags(),
            0usize..30,
            prop::option::of(0usize..30),
            prop::sample::select(vec!['d', 'x', 'X', 'o', 'i'])
        )
            .prop_map(|(value, flags, width, precision, kind)| precise(&value, flags, width, precision, kind)),
        (float(), flags(), 0usize..30, 0usize..9, prop::sample::select(vec!['f', 'F', 'e', 'E']))
            .prop_map(|(value, flags, width, places, kind)| float_percent(value, flags, width, places, kind)),
        (float(), spec(), 0usize..9, prop::sample::select(vec!["f", "e", "%"]))
            .prop_map(|(value, spec, places, kind)| float_format(value, &spec, places, kind)),
        (words(), any::<bool>(), 0usize..12, prop::option::of(0usize..9)).prop_map(text_percent),
        (prop::collection::vec(words(), 1..4), prop::collection::vec((0usize..4, 0usize..3, 0usize..9), 1..5))
            .prop_map(|(words, fields)| fields_filled(&words, &fields)),
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
pub fn grouped(digits: &str, separator: Option<char>, size: usize) -> String {
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

fn integer_format(value: &IBig, spec: &Spec, kind: &str) -> Expected {
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
    let mut digits = digits(value, base);
    if kind == "X" {
        digits.make_ascii_uppercase();
    }
    let sign = match (is_negative(value), spec.sign) {
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

fn percent(value: &IBig, width: usize, left: bool, zero: bool, kind: char) -> Expected {
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
    let (sign, digits) = (if is_negative(value) { "-" } else { "" }, digits(value, base));
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

#[derive(Clone, Copy, Debug)]
struct Flags {
    left: bool,
    zero: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
}

fn flags() -> impl Strategy<Value = Flags> {
    any::<[bool; 5]>().prop_map(|[left, zero, plus, blank, alternate]| Flags { left, zero, plus, blank, alternate })
}

impl Flags {
    fn text(self) -> String {
        let all = [(self.left, '-'), (self.zero, '0'), (self.plus, '+'), (self.blank, ' '), (self.alternate, '#')];
        all.into_iter().filter_map(|(is_set, flag)| is_set.then_some(flag)).collect()
    }

    fn sign(self, negative: bool) -> &'static str {
        match (negative, self.plus, self.blank) {
            (true, ..) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        }
    }

    /// A number filled up to a width: with blanks, or with zeros behind its sign.
    fn filled(self, head: &str, body: &str, width: usize) -> String {
        let missing = width.saturating_sub(head.len() + body.len());
        let (fill, align) = match (self.left, self.zero) {
            (true, _) => (' ', '<'),
            (_, true) => ('0', '='),
            _ => (' ', '>'),
        };
        aligned(head, body, fill, align, missing)
    }
}

fn shown_width(width: usize) -> String {
    if width == 0 { String::new() } else { width.to_string() }
}

/// The precision of an integer is its least number of digits.
fn precise(value: &IBig, flags: Flags, width: usize, precision: Option<usize>, kind: char) -> Expected {
    let dot = precision.map_or(String::new(), |precision| format!(".{precision}"));
    let source = format!("'%{}{}{dot}{kind}' % ({value})", flags.text(), shown_width(width));
    let (base, prefix) = match kind {
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        'o' => (8, "0o"),
        _ => (10, ""),
    };
    let mut body = digits(value, base);
    if kind == 'X' {
        body.make_ascii_uppercase();
    }
    let missing = precision.unwrap_or(0).saturating_sub(body.len());
    let body = "0".repeat(missing) + &body;
    let head = format!("{}{}", flags.sign(is_negative(value)), if flags.alternate { prefix } else { "" });
    (source, ascii(&flags.filled(&head, &body, width)))
}

/// The magnitude of a float with so many places, as `f` and `e` show it.
fn magnitude(value: f64, places: usize, is_fixed: bool, alternate: bool) -> String {
    if !value.is_finite() {
        return floats::repr(value.abs());
    }
    let point = if alternate && places == 0 { "." } else { "" };
    if is_fixed {
        return format!("{:.places$}{point}", value.abs());
    }
    let text = format!("{:.places$e}", value.abs());
    let (digits, exponent) = text.split_once('e').expect("an exponent");
    let exponent: i32 = exponent.parse().expect("a number");
    format!("{digits}{point}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

fn is_below(value: f64) -> bool {
    value.is_sign_negative() && !value.is_nan()
}

fn float_percent(value: f64, flags: Flags, width: usize, places: usize, kind: char) -> Expected {
    let source = format!("'%{}{}.{places}{kind}' % {}", flags.text(), shown_width(width), floats::source(value));
    let mut body = magnitude(value, places, matches!(kind, 'f' | 'F'), flags.alternate);
    if kind.is_uppercase() {
        body.make_ascii_uppercase();
    }
    (source, ascii(&flags.filled(flags.sign(is_below(value)), &body, width)))
}

fn float_format(value: f64, spec: &Spec, places: usize, kind: &str) -> Expected {
    let spec = Spec { grouping: None, ..spec.clone() };
    let source =
        format!("format({}, {})", floats::source(value), ascii(&format!("{}.{places}{kind}", prefix_of(&spec))));
    let (shown, end) = if kind == "%" { (value * 100.0, "%") } else { (value, "") };
    let body = magnitude(shown, places, kind != "e", spec.alternate) + end;
    let sign = match (is_below(value), spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    let fill = spec.fill.unwrap_or(if spec.zero { '0' } else { ' ' });
    let align = spec.align.unwrap_or(if spec.zero { '=' } else { '>' });
    let missing = spec.width.saturating_sub(sign.len() + body.len());
    (source, ascii(&aligned(sign, &body, fill, align, missing)))
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!['a', 'é', '☃', '😀', '\'', '{', '%']), 0..7)
        .prop_map(|row| row.into_iter().collect())
}

fn text_percent((text, left, width, precision): (String, bool, usize, Option<usize>)) -> Expected {
    let dot = precision.map_or(String::new(), |precision| format!(".{precision}"));
    let source = format!("'%{}{}{dot}s|%%' % ({},)", if left { "-" } else { "" }, shown_width(width), ascii(&text));
    let shown: String = text.chars().take(precision.unwrap_or(usize::MAX)).collect();
    let missing = width.saturating_sub(shown.chars().count());
    (source, ascii(&(aligned("", &shown, ' ', if left { '<' } else { '>' }, missing) + "|%")))
}

/// `str.format` and an f-string with the same fields: which word, how converted, how wide (a field of its own).
fn fields_filled(words: &[String], fields: &[(usize, usize, usize)]) -> Expected {
    let (mut format, mut out) = (String::new(), String::new());
    for (which, conversion, width) in fields {
        let which = which % words.len();
        let word = &words[which];
        let ending = ["", "!s", "!a"][*conversion];
        format.push_str(&format!("{{{which}{ending}:>{{{}}}}}{{{{", words.len()));
        // Each field is as wide as the first of them says.
        let width = fields.first().map_or(*width, |first| first.2);
        let shown = if *conversion == 2 { ascii(word) } else { word.clone() };
        let missing = width.saturating_sub(shown.chars().count());
        out.push_str(&aligned("", &shown, ' ', '>', missing));
        out.push('{');
    }
    let width = fields.first().map_or(0, |first| first.2);
    let arguments: Vec<String> = words.iter().map(|word| ascii(word)).chain([width.to_string()]).collect();
    (format!("{}.format({})", ascii(&format), arguments.join(", ")), ascii(&out))
}
