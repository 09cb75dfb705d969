//! From offsets to lines and columns: where the lines of a text start, and lookups in that table.

use super::tree::Span;

/// Where the lines of a text start. Lines end at `\n`, `\r\n` or `\r`.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
}

/// A place for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// In characters, from 0.
    pub column: u32,
}

impl<'a> LineIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at as u32 + 1);
            }
        }
        LineIndex { text, starts }
    }

    /// The line of an offset, from 1. Costs a binary search; see [`LineCursor`] for many in a row.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32
    }

    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1] as usize;
        let end = (offset as usize).min(self.text.len());
        let before = &self.text.as_bytes()[start.min(end)..end];
        Position { line, column: count_characters(before) }
    }

    /// The column in bytes, from 0, as `ast` and `co_positions` count.
    pub fn byte_column(&self, offset: u32) -> u32 {
        offset - self.starts[self.line(offset) as usize - 1]
    }

    /// The column, in characters, that lies some bytes into a line, or its end.
    pub fn column_in(&self, line: u32, bytes: u32) -> u32 {
        let line = self.text(line).as_bytes();
        count_characters(&line[..line.len().min(bytes as usize)])
    }

    /// The number of lines, counting an empty one after the last line break.
    pub fn len(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Never: even an empty text has a line.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The offset at which a line (from 1) starts.
    pub fn start(&self, line: u32) -> u32 {
        self.starts[line as usize - 1]
    }

    /// A line (from 1) without its line break; empty when there is no such line.
    pub fn text(&self, line: u32) -> &'a str {
        let Some(&start) = self.starts.get((line as usize).wrapping_sub(1)) else {
            return "";
        };
        let end = self.starts.get(line as usize).map_or(self.text.len(), |&next| next as usize);
        self.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }

    pub fn source(&self) -> &'a str {
        self.text
    }

    pub fn lines_of(&self, span: Span) -> std::ops::RangeInclusive<u32> {
        self.line(span.start)..=self.line(span.end)
    }
}

/// A lookup that remembers the line it found last: nodes are mostly visited in the order of the text.
pub struct LineCursor<'i, 'a> {
    index: &'i LineIndex<'a>,
    line: u32,
}

impl<'i, 'a> LineCursor<'i, 'a> {
    pub fn new(index: &'i LineIndex<'a>) -> Self {
        LineCursor { index, line: 1 }
    }

    pub fn line(&mut self, offset: u32) -> u32 {
        let starts = &self.index.starts;
        let here = self.line as usize;
        if starts[here - 1] <= offset {
            for ahead in here..here + 4 {
                if starts.get(ahead).is_none_or(|&start| offset < start) {
                    self.line = ahead as u32;
                    return self.line;
                }
            }
        }
        self.line = self.index.line(offset);
        self.line
    }
}

fn count_characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_break_counts_once() {
        let index = LineIndex::new("a\nb\r\nc\rd");
        assert_eq!(index.len(), 4);
        assert_eq!(
            ["a", "b", "c", "d"].map(|line| index.source().find(line).unwrap() as u32).map(|at| index.line(at)),
            [1, 2, 3, 4]
        );
        assert_eq!(index.text(2), "b");
        assert_eq!(index.text(9), "");
    }

    #[test]
    fn columns_count_characters() {
        let index = LineIndex::new("é = x\n");
        assert_eq!(index.position(5), Position { line: 1, column: 4 });
        assert_eq!(index.byte_column(5), 5);
    }

    #[test]
    fn a_cursor_agrees_with_the_search_in_any_order() {
        let text = "a\n\n\n\n\n\nbcd\n\ne\n";
        let index = LineIndex::new(text);
        let mut cursor = LineCursor::new(&index);
        let there = 0..=text.len() as u32;
        for offset in there.clone().chain(there.rev()) {
            assert_eq!(cursor.line(offset), index.line(offset), "at {offset}");
        }
    }
}
