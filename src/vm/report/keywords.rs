//! Misspelt keywords: which keyword was meant by a name in a text that makes no sense.

use crate::syntax;
use crate::syntax::highlight::KEYWORDS;
use crate::vm::source::{self, Mode, Text};
use crate::vm::suggest::closest;

/// Longer texts are not looked through.
const LONGEST: usize = 1024;
/// So many names of a text are tried, with so many keywords each.
const NAMES: usize = 10;
const MATCHES: usize = 3;
/// How alike two words must be, of 1.
const CUTOFF: f64 = 0.5;

/// A keyword that makes the text a program, where a name stands.
pub struct Meant {
    pub keyword: &'static str,
    /// Of the name, from 1.
    pub line: usize,
    /// The line's text, with its line break.
    pub text: String,
    /// Columns of the name in characters, from 0.
    pub start: usize,
    pub end: usize,
}

/// Looks through the names up to the line of the error (from 1), or only through those on that line. What comes before
/// the last block that ended before the error is left out.
pub fn meant(source: &str, error_line: usize, only_there: bool) -> Option<Meant> {
    let lines: Vec<String> = source.lines().take(error_line).map(str::to_string).collect();
    let first = last_block(&lines);
    let lines = super::carets::dedent(&lines[first..]);
    if lines.join("\n").chars().count() > LONGEST {
        return None;
    }
    let mut tried = 0;
    for (at, line) in lines.iter().enumerate() {
        if only_there && first + at + 1 != error_line {
            continue;
        }
        for (start, name) in names(line) {
            if KEYWORDS.contains(&name) {
                continue;
            }
            tried += 1;
            if tried > NAMES {
                return None;
            }
            for keyword in candidates(name).into_iter().filter(|keyword| *keyword != name) {
                let end = start + name.len();
                let mut changed = lines.clone();
                changed[at] = format!("{}{keyword}{}", &line[..start], &line[end..]);
                if makes_sense(&changed.join("\n")) {
                    let characters = |to: usize| line[..to].chars().count();
                    let (start, end) = (characters(start), characters(end));
                    // CPython counts from where it began to look.
                    return Some(Meant { keyword, line: at + 1, text: format!("{line}\n"), start, end });
                }
            }
        }
    }
    None
}

/// The index of the line on which the last statement with a block begins that is over before the last line; functions do
/// not count. 0 if there is none.
fn last_block(lines: &[String]) -> usize {
    const BLOCKS: &[&str] = &["if", "for", "while", "with", "try", "match", "class"];
    const CONTINUED: &[&str] = &["elif", "else", "except", "finally", "case"];
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let first_word = |line: &str| {
        let line = line.trim_start();
        line.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_string()
    };
    let begins = |at: &usize| {
        let line = &lines[*at];
        let is_block = BLOCKS.contains(&first_word(line).as_str()) && line.contains(':');
        let mut after = lines[*at + 1..].iter().filter(|next| !next.trim().is_empty());
        is_block
            && after
                .any(|next| indentation(next) <= indentation(line) && !CONTINUED.contains(&first_word(next).as_str()))
    };
    (0..lines.len().saturating_sub(1)).rev().find(begins).unwrap_or(0)
}

/// The names of a line with their offsets; strings and comments are passed over.
fn names(line: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut rest = line.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        match c {
            '#' => break,
            '\'' | '"' => {
                let mut escaped = false;
                for (_, inside) in rest.by_ref() {
                    if !escaped && inside == c {
                        break;
                    }
                    escaped = !escaped && inside == '\\';
                }
            }
            c if c == '_' || c.is_alphanumeric() => {
                let mut end = start + c.len_utf8();
                while let Some((at, next)) = rest.next_if(|(_, n)| *n == '_' || n.is_alphanumeric()) {
                    end = at + next.len_utf8();
                }
                if !c.is_numeric() {
                    found.push((start, &line[start..end]));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether the text is a program, or the beginning of one.
fn makes_sense(text: &str) -> bool {
    let compiled = source::unit(&Text::Str(text), "<input>", Mode::Module, &Default::default());
    compiled.is_ok() || syntax::is_incomplete(text)
}

/// The keywords that look like the name, the likeliest first.
fn candidates(name: &str) -> Vec<&'static str> {
    let nearest = closest(name, KEYWORDS.iter().map(|k| k.to_string()));
    let mut found: Vec<&'static str> = KEYWORDS.iter().copied().filter(|k| Some(*k) == nearest.as_deref()).collect();
    let mut alike: Vec<(f64, &'static str)> =
        KEYWORDS.iter().map(|k| (likeness(k, name), *k)).filter(|(likeness, _)| *likeness >= CUTOFF).collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.cmp(a.1)));
    found.extend(alike.into_iter().take(MATCHES).map(|(_, keyword)| keyword));
    found.truncate(MATCHES);
    found
}

/// Twice the length of what two words share, of the length of both: the measure of Ratcliff and Obershelp, which Python's
/// `difflib` uses.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    2.0 * shared(&a, &b) as f64 / (a.len() + b.len()).max(1) as f64
}

/// The length of the longest piece that both have, and of what they share on either side of it.
fn shared(a: &[char], b: &[char]) -> usize {
    let mut best = (0, 0, 0);
    for i in 0..a.len() {
        for j in 0..b.len() {
            let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if length > best.0 {
                best = (length, i, j);
            }
        }
    }
    match best {
        (0, ..) => 0,
        (length, i, j) => length + shared(&a[..i], &b[..j]) + shared(&a[i + length..], &b[j + length..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_keyword_is_recognised_by_what_it_makes_of_the_text() {
        let found = meant("whille True:\n  pass\n", 1, false).expect("a keyword");
        assert_eq!((found.keyword, found.line, found.start, found.end), ("while", 1, 0, 6));
        assert_eq!(meant("a = 1\nfro x in y:\n", 2, true).map(|m| m.keyword), Some("for"));
        assert!(meant("x = = 1\n", 1, false).is_none());
    }
}
