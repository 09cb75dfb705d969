//! Source text by kinds of words, for colours. Unlike the parser it takes any text, also half-typed.

use std::ops::Range;

use logos::Logos;

use super::tokens::Tok;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Keyword,
    Name,
    /// The name behind `def` or `class`.
    Definition,
    Number,
    String,
    Comment,
}

/// The words that cannot be names.
pub const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// The parts of the text that have a class, from left to right. Operators, brackets and what is no Python have none.
pub fn classes(text: &str) -> Vec<(Range<usize>, Class)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut defining = false;
    while at < text.len() {
        let mut lexer = Tok::lexer(&text[at..]);
        let Some(token) = lexer.next() else { break };
        let start = at + lexer.span().start;
        let mut end = at + lexer.span().end;
        let class = match token {
            Ok(Tok::Name | Tok::WideName) => Some(if defining { Class::Definition } else { Class::Name }),
            Ok(Tok::Number) => {
                end = number_end(text, start);
                Some(Class::Number)
            }
            Ok(Tok::String | Tok::BadPrefix | Tok::FStringStart | Tok::TStringStart) => {
                end = string_end(text, end);
                Some(Class::String)
            }
            Ok(Tok::Comment) => Some(Class::Comment),
            Ok(_) if KEYWORDS.contains(&&text[start..end]) => Some(Class::Keyword),
            _ => None,
        };
        defining = matches!(token, Ok(Tok::Def | Tok::Class));
        found.extend(class.map(|class| (start..end, class)));
        // What the lexer cannot read may lie in the middle of a character.
        at = (end.max(start + 1)..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    }
    found
}

fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start + 1;
    while let Some(byte) = bytes.get(end) {
        let sign = matches!(byte, b'+' | b'-') && matches!(bytes[end - 1], b'e' | b'E');
        let hexadecimal = text[start..].starts_with("0x") || text[start..].starts_with("0X");
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || sign && !hexadecimal {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// Where the literal ends whose opening quote is the last byte before `after`: behind the closing one, at the end of the
/// line, or, for triple quotes, at the end of the text.
fn string_end(text: &str, after: usize) -> usize {
    let quote = &text[after - 1..after];
    let triple = text[after..].starts_with(&quote.repeat(2));
    let (mut at, closing) = if triple { (after + 2, quote.repeat(3)) } else { (after, quote.to_string()) };
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(&closing) {
            return at + closing.len();
        }
        let character = rest.chars().next().map_or(1, char::len_utf8);
        match rest.as_bytes()[0] {
            b'\\' => at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            b'\n' if !triple => return at,
            _ => at += character,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(&str, Class)> {
        classes(text).into_iter().map(|(range, class)| (&text[range], class)).collect()
    }

    #[test]
    fn words_have_classes() {
        let seen = of("def f(x): return 0x1e+x, 1.5e-3, 'a\\'b' # why");
        let expected = [
            ("def", Class::Keyword),
            ("f", Class::Definition),
            ("x", Class::Name),
            ("return", Class::Keyword),
            ("0x1e", Class::Number),
            ("x", Class::Name),
            ("1.5e-3", Class::Number),
            ("'a\\'b'", Class::String),
            ("# why", Class::Comment),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn half_typed_text_is_read_to_its_end() {
        assert_eq!(of("x = 'é\\"), [("x", Class::Name), ("'é\\", Class::String)]);
        assert_eq!(of("f'''a\n{b}"), [("f'''a\n{b}", Class::String)]);
        assert_eq!(of("'a\nb"), [("'a", Class::String), ("b", Class::Name)]);
        assert_eq!(of("é = $ ?"), [("é", Class::Name)]);
    }
}
