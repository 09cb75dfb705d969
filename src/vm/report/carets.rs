//! The source lines of a traceback's entry with the marks under them: which part of the line was running, and within it
//! the operator, subscript or call that raised.
//!
//! The rules are those of CPython 3.13 and 3.14 (`Lib/traceback.py`): columns come from the instruction's position; the
//! text between them is parsed again to find the operator or the brackets; no marks where they would cover the whole line
//! without saying more.

use unicode_width::UnicodeWidthChar;

use crate::syntax::tree::{ExprKind, Span, StmtKind};
use crate::syntax::{self, Arena, LineIndex};

use super::colors::Theme;

/// The lines of an entry's instruction, without white space at their ends, and its columns in bytes: of the first and of
/// the last line.
pub struct Extent<'a> {
    pub lines: &'a [String],
    pub column: usize,
    pub end_column: usize,
}

/// A place in the lines: number of the line from 0, and character in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Place {
    line: usize,
    column: usize,
}

/// What is marked `^` while the rest of the extent is marked `~`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Anchors {
    start: Place,
    end: Place,
}

/// The lines to show under a `File …` line, indented, with their marks; empty if the source is not known.
pub fn excerpt(extent: &Extent<'_>, theme: &Theme) -> String {
    let dedented = dedent(extent.lines);
    if dedented.iter().all(|line| line.trim().is_empty()) {
        return String::new();
    }
    let lines: Vec<Vec<char>> = dedented.iter().map(|line| line.chars().collect()).collect();
    let removed = extent.lines[0].chars().count().saturating_sub(lines[0].len());
    let last = lines.len() - 1;
    let start = characters_before(&extent.lines[0], extent.column).saturating_sub(removed);
    let end = characters_before(&extent.lines[last], extent.end_column).saturating_sub(removed);
    let marks = Marks::new(&lines, &dedented, start, end);
    let mut shown: Vec<String> = Vec::new();
    let mut before: Option<usize> = None;
    for line in marks.significant_lines() {
        match before.map(|before| line - before) {
            Some(2) => marks.show(line - 1, theme, &mut shown),
            Some(gap) if gap > 2 => shown.push(format!("...<{} lines>...", gap - 1)),
            _ => {}
        }
        marks.show(line, theme, &mut shown);
        before = Some(line);
    }
    dedent(&shown).iter().map(|line| format!("    {line}\n")).collect()
}

/// Where the marks go.
struct Marks<'a> {
    lines: &'a [Vec<char>],
    /// In columns of the terminal: where the extent starts in the first line and ends in the last.
    start: usize,
    end: usize,
    /// In columns of the terminal.
    anchors: Option<Anchors>,
    are_shown: bool,
}

impl<'a> Marks<'a> {
    /// `start` and `end` in characters of the first and the last line; `texts` are the lines as strings.
    fn new(lines: &'a [Vec<char>], texts: &[String], start: usize, end: usize) -> Marks<'a> {
        let last = lines.len() - 1;
        let anchors = segment(lines, start, end).and_then(|segment| anchors(&segment));
        let are_shown = !is_plain_call(texts, start, end)
            && (anchors.is_some()
                || lines[0].iter().take(start).any(|c| !c.is_whitespace())
                || lines[last].iter().skip(end).any(|c| !c.is_whitespace()));
        let on_screen = |place: Place| {
            // The segment begins in the middle of the first line.
            let column = place.column + if place.line == 0 { start } else { 0 };
            Place { line: place.line, column: width(&lines[place.line], column) }
        };
        Marks {
            lines,
            start: width(&lines[0], start),
            end: width(&lines[last], end),
            anchors: anchors.map(|a| Anchors { start: on_screen(a.start), end: on_screen(a.end) }),
            are_shown,
        }
    }

    /// The first line, the last one, and those around the anchors.
    fn significant_lines(&self) -> Vec<usize> {
        let last = self.lines.len() - 1;
        let mut lines = vec![0, last];
        if let Some(anchors) = self.anchors {
            for line in [anchors.start.line, anchors.end.line] {
                lines.extend(line.saturating_sub(1)..=(line + 1).min(last));
            }
        }
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    fn show(&self, line: usize, theme: &Theme, shown: &mut Vec<String>) {
        let text = &self.lines[line];
        if !self.are_shown {
            shown.push(text.iter().collect());
            return;
        }
        let marks = self.under(line);
        if theme.reset.is_empty() {
            shown.push(text.iter().collect());
            shown.push(marks.into_iter().collect());
        } else {
            let (text, marks) = colored(text, &marks, theme);
            shown.push(text);
            shown.push(marks);
        }
    }

    /// The marks under one line, a character for each column.
    fn under(&self, line: usize) -> Vec<char> {
        let text = &self.lines[line];
        let indentation = text.iter().take_while(|c| c.is_whitespace()).count();
        let count = if line == self.lines.len() - 1 { self.end } else { width(text, text.len()) };
        let mark = |column: usize| {
            if column < indentation || (line == 0 && column < self.start) {
                return ' ';
            }
            let here = Place { line, column };
            match self.anchors {
                Some(anchors) if here < anchors.start || here >= anchors.end => '~',
                _ => '^',
            }
        };
        (0..count).map(mark).collect()
    }
}

/// A line and its marks in colours: runs of the same mark are coloured together.
fn colored(text: &[char], marks: &[char], theme: &Theme) -> (String, String) {
    let (mut line, mut under) = (String::new(), String::new());
    let mut at = 0;
    let length = text.len().max(marks.len());
    while at < length {
        let mark = marks.get(at);
        let run = (at..length).take_while(|i| marks.get(*i) == mark).count();
        let color = match mark {
            Some('^') => theme.highlight,
            Some('~') => theme.range,
            _ => "",
        };
        let reset = if color.is_empty() { "" } else { theme.reset };
        let part: String = text.iter().skip(at).take(run).collect();
        line.push_str(&format!("{color}{part}{reset}"));
        let part: String = marks.iter().skip(at).take(run).collect();
        if !part.is_empty() {
            under.push_str(&format!("{color}{part}{reset}"));
        }
        at += run;
    }
    (line, under)
}

/// The text of the extent.
fn segment(lines: &[Vec<char>], start: usize, end: usize) -> Option<String> {
    let last = lines.len() - 1;
    let mut parts: Vec<String> = lines.iter().map(|line| line.iter().collect()).collect();
    parts[last] = lines[last].iter().take(end).collect();
    if last == 0 {
        parts[0] = lines[0].get(start..end.min(lines[0].len()))?.iter().collect();
    } else {
        parts[0] = lines[0].get(start..)?.iter().collect();
    }
    Some(parts.join("\n"))
}

/// What comes before the segment when it is parsed: brackets, so that an expression may span lines.
const BEFORE: &str = "(\n";

/// The operator of a binary operation, or the brackets of a subscript or call, if that is what the segment is.
fn anchors(segment: &str) -> Option<Anchors> {
    let arena = Arena::new();
    let text = format!("{BEFORE}{segment}\n)");
    let parsed = syntax::parse_module(&arena, &text).ok()?;
    let [statement] = parsed.tree.body else { return None };
    let StmtKind::Expr(expression) = statement.kind else { return None };
    let inside = |offset: u32| (offset as usize).checked_sub(BEFORE.len()).filter(|at| *at <= segment.len());
    let scan = Scan { text: segment };
    match expression.kind {
        ExprKind::BinOp(operation) => {
            let from = inside(operation.left.span.end)?;
            let operator = scan.find(from, |c| !c.is_whitespace() && c != ')')?;
            let first = segment[operator..].chars().next()?;
            let mut end = operator + first.len_utf8();
            let right = inside(operation.right.span.start)?;
            if let Some(second) = segment[end..].chars().next()
                && end < right
                && !second.is_whitespace()
                && second != '\\'
                && second != '#'
            {
                end += second.len_utf8();
            }
            Some(Anchors { start: scan.place(operator), end: scan.place(end) })
        }
        ExprKind::Subscript { value, .. } => {
            brackets(&scan, inside(value.span.end)?, '[', inside(expression.span.end)?)
        }
        ExprKind::Call { func, .. } => brackets(&scan, inside(func.span.end)?, '(', inside(expression.span.end)?),
        _ => None,
    }
}

fn brackets(scan: &Scan<'_>, from: usize, bracket: char, end: usize) -> Option<Anchors> {
    let open = scan.find(from, |c| c == bracket)?;
    Some(Anchors { start: scan.place(open), end: scan.place(end) })
}

/// Walks a segment by characters.
struct Scan<'a> {
    text: &'a str,
}

impl Scan<'_> {
    /// The offset of the first character from `from` on that `wanted` accepts; what follows a backslash or a `#` is passed
    /// over up to the end of the line.
    fn find(&self, from: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
        let mut is_comment = false;
        for (at, c) in self.text[from..].char_indices() {
            match c {
                '\n' => is_comment = false,
                _ if is_comment => {}
                '\\' | '#' => is_comment = true,
                _ if wanted(c) => return Some(from + at),
                _ => {}
            }
        }
        None
    }

    fn place(&self, offset: usize) -> Place {
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place { line: before.matches('\n').count(), column: before[line_start..].chars().count() }
    }
}

/// Whether the extent is all of `return f(…)`'s call or of `name = …(…)`'s: marks would only repeat the line.
fn is_plain_call(lines: &[String], start: usize, end: usize) -> bool {
    let arena = Arena::new();
    let text = lines.join("\n");
    let Ok(parsed) = syntax::parse_module(&arena, &text) else { return false };
    let Some(statement) = parsed.tree.body.first() else { return false };
    let call = match statement.kind {
        StmtKind::Return(Some(value)) => match value.kind {
            ExprKind::Call { func, .. } if matches!(func.kind, ExprKind::Name(_)) => value,
            _ => return false,
        },
        StmtKind::Assign { targets: [target], value } if matches!(target.kind, ExprKind::Name(_)) => match value.kind {
            ExprKind::Call { .. } => value,
            _ => return false,
        },
        _ => return false,
    };
    let index = LineIndex::new(&text);
    let Span { start: from, end: to } = call.span;
    index.line(from) == 1
        && index.line(to) as usize == lines.len()
        && index.byte_column(from) as usize == start
        && index.byte_column(to) as usize == end
}

/// How many characters begin before a byte offset.
fn characters_before(line: &str, bytes: usize) -> usize {
    line.char_indices().take_while(|(at, _)| *at < bytes).count()
}

/// Columns of the terminal that so many characters of a line take.
fn width(line: &[char], characters: usize) -> usize {
    let beyond = characters.saturating_sub(line.len());
    line.iter().take(characters).map(|c| if c.width() == Some(2) { 2 } else { 1 }).sum::<usize>() + beyond
}

/// The lines without the white space that all of them begin with; blank ones become empty.
pub fn dedent(lines: &[String]) -> Vec<String> {
    let indentation = |line: &str| line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect::<String>();
    let mut margin: Option<String> = None;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let own = indentation(line);
        margin = Some(match margin {
            None => own,
            Some(margin) => {
                let common = margin.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
                margin[..common].to_string()
            }
        });
    }
    let margin = margin.unwrap_or_default().len();
    lines.iter().map(|line| if line.trim().is_empty() { String::new() } else { line[margin..].to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::colors::PLAIN;
    use super::*;

    /// The excerpt of `part` of a text, which is marked by the characters `«` and `»`.
    fn marked(text: &str) -> String {
        let start = text.find('«').expect("a start");
        let before_end = text.find('»').expect("an end");
        let clean = text.replace(['«', '»'], "");
        let first = clean[..start].matches('\n').count();
        let end = before_end - '«'.len_utf8();
        let last = clean[..end].matches('\n').count();
        let lines: Vec<String> = clean.split('\n').map(|l| l.trim_end().to_string()).collect();
        let column_of = |at: usize| at - clean[..at].rfind('\n').map_or(0, |n| n + 1);
        let extent = Extent { lines: &lines[first..=last], column: column_of(start), end_column: column_of(end) };
        excerpt(&extent, &PLAIN)
    }

    #[test]
    fn an_operator_is_told_from_its_operands() {
        assert_eq!(marked("    x = «1 / 0»"), "    x = 1 / 0\n        ~~^~~\n");
        assert_eq!(marked("«a // b»"), "    a // b\n    ~~^^~~\n");
        assert_eq!(marked("«(a) + (b)»"), "    (a) + (b)\n    ~~~~^~~~~\n");
    }

    #[test]
    fn brackets_of_subscripts_and_calls_are_marked() {
        assert_eq!(marked("x = «d['k']»"), "    x = d['k']\n        ~^^^^^\n");
        assert_eq!(marked("print(«f(1)»)"), "    print(f(1))\n          ~^^^\n");
    }

    #[test]
    fn marks_that_would_cover_the_whole_line_are_left_out() {
        assert_eq!(marked("  «raise ValueError»"), "    raise ValueError\n");
        assert_eq!(marked("return «f(1)»"), "    return f(1)\n");
        assert_eq!(marked("x = «f(1)»"), "    x = f(1)\n");
        assert_eq!(marked("«f(1)»"), "    f(1)\n    ~^^^\n");
    }

    #[test]
    fn long_ranges_are_shortened_to_the_lines_that_matter() {
        let text = "x = «f(\n    1,\n    2,\n    3,\n    4,\n)»";
        assert_eq!(
            marked(text),
            "    x = f(\n        1,\n    ...<3 lines>...\n    )\n"
                .replace("        1,\n    ...<3 lines>...", "        1,\n    ...<2 lines>...\n        4,")
        );
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(marked("«'日' + 1»"), "    '日' + 1\n    ~~~~~^~~\n");
    }
}
