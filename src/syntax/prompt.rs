//! What has been typed at a prompt so far: whether more lines are wanted, and how it is run.

use super::tree::{Stmt, StmtKind};
use super::{Arena, ErrorKind, is_incomplete, last_line_is_blank, parse_interactive, parse_module};

/// What some lines at a prompt, joined by `\n`, amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Another line is wanted.
    More,
    /// One statement, or an error to be told about.
    Whole,
    /// Several statements, as when text is pasted: the last line of statements begins at this offset.
    Several(usize),
}

/// Looks at what has been typed. A statement with blocks ends with an empty line.
pub fn typed(text: &str) -> Typed {
    let arena = Arena::new();
    match parse_interactive(&arena, text) {
        Ok(_) => return Typed::Whole,
        Err(error) if error.kind == ErrorKind::Incomplete => {
            return if lacks_a_block(&arena, text) { Typed::Whole } else { Typed::More };
        }
        Err(_) if !text.trim_end().contains('\n') => return Typed::Whole,
        Err(_) => {}
    }
    match parse_module(&arena, text) {
        Ok(parsed) => match parsed.tree.body {
            [_, .., last] if has_blocks(last) && !last_line_is_blank(text) => Typed::More,
            [_, .., last] => Typed::Several(line_start(text, first_offset(last))),
            _ => Typed::Whole,
        },
        Err(_) if is_incomplete(text) && !last_line_is_blank(text) => Typed::More,
        Err(_) => Typed::Whole,
    }
}

/// Whether an empty line stands where a block should.
fn lacks_a_block(arena: &Arena, text: &str) -> bool {
    text.contains('\n')
        && last_line_is_blank(text)
        && matches!(parse_module(arena, text), Err(error) if error.kind == ErrorKind::Indentation)
}

fn has_blocks(statement: &Stmt<'_>) -> bool {
    matches!(
        statement.kind,
        StmtKind::FunctionDef(_)
            | StmtKind::ClassDef(_)
            | StmtKind::If { .. }
            | StmtKind::For { .. }
            | StmtKind::While { .. }
            | StmtKind::With { .. }
            | StmtKind::Try { .. }
            | StmtKind::Match { .. }
    )
}

/// Where the statement begins, its decorators among it.
fn first_offset(statement: &Stmt<'_>) -> usize {
    let decorators = match statement.kind {
        StmtKind::FunctionDef(def) => def.decorators,
        StmtKind::ClassDef(def) => def.decorators,
        _ => &[],
    };
    decorators.first().map_or(statement.span.start, |decorator| decorator.span.start) as usize
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_with_blocks_wants_lines_until_an_empty_one() {
        assert_eq!(typed("if x:"), Typed::More);
        assert_eq!(typed("if x:\n    y"), Typed::More);
        assert_eq!(typed("if x:\n    y\n"), Typed::Whole);
        assert_eq!(typed("if x:\n    y\n    "), Typed::Whole);
        assert_eq!(typed("@d"), Typed::More);
        assert_eq!(typed("def f():\n    if x:"), Typed::More);
        assert_eq!(typed("class C:\n    def f(self):\n        if x:"), Typed::More);
        assert_eq!(typed("if x:\n"), Typed::Whole);
    }

    #[test]
    fn brackets_and_strings_want_lines_until_they_are_closed() {
        assert_eq!(typed("f(1,"), Typed::More);
        assert_eq!(typed("f(1,\n\n"), Typed::More);
        assert_eq!(typed("f(1,\n2)"), Typed::Whole);
        assert_eq!(typed("s = '''a\n"), Typed::More);
        assert_eq!(typed("s = '''a\n'''"), Typed::Whole);
        assert_eq!(typed("x = 1 + \\"), Typed::More);
    }

    #[test]
    fn what_is_empty_or_wrong_wants_no_more() {
        for text in ["", "   ", "# only a comment", "x y", "'abc", ")", "if x:\n  y\n z", "1 +"] {
            assert_eq!(typed(text), Typed::Whole, "{text:?}");
        }
    }

    #[test]
    fn pasted_text_holds_several_statements() {
        assert_eq!(typed("x = 1\ny = 2"), Typed::Several(6));
        assert_eq!(typed("x = 1\ny = (2,"), Typed::More);
        assert_eq!(typed("x = 1\ndef f():\n    pass"), Typed::More);
        assert_eq!(typed("x = 1\n@d\ndef f():\n    pass\n"), Typed::Several(6));
        assert_eq!(typed("def f():\n    pass\n\nf()"), Typed::Several(19));
        assert_eq!(typed("x = 1; y = 2"), Typed::Whole);
    }
}
