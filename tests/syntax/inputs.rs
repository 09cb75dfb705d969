//! What else can be asked of the parser: expressions, statements typed at a prompt, warnings.

use gilbox::syntax::{
    Arena, ErrorKind, LineIndex, SyntaxError, parse_expression, parse_interactive, parse_module, parse_single,
};

#[test]
fn an_expression_may_have_space_around_it_and_nothing_else() {
    let arena = Arena::new();
    for source in ["a", "a\n", "a \n\n# comment\n", "a, b", "(a\n)", "lambda: a"] {
        assert!(parse_expression(&arena, source).is_ok(), "{source:?}");
    }
    let message = |source| parse_expression(&arena, source).unwrap_err().message;
    for source in ["", "a b", "a; b", "a = b", "pass", "*a", "yield", "a\nb"] {
        assert_eq!(message(source), "invalid syntax", "{source:?}");
    }
    assert_eq!(message(" a"), "unexpected indent");
    assert_eq!(message("(a"), "'(' was never closed");
}

#[test]
fn a_single_statement_is_one_line_or_one_compound_statement() {
    let arena = Arena::new();
    for source in ["a", "a; b\n", "if a: b\n", "if a:\n  b", "if a:\n  b\n", "a # comment\n\n"] {
        assert!(parse_single(&arena, source).is_ok(), "{source:?}");
    }
    let message = |source| parse_single(&arena, source).unwrap_err().message;
    assert_eq!(message("a\nb"), "multiple statements found while compiling a single statement");
    assert_eq!(message("if a: b\nc\n"), "invalid syntax");
    assert_eq!(message(""), "invalid syntax");
    assert_eq!(message("a b"), "invalid syntax");
    // Another line may belong to it, as in CPython.
    assert_eq!(message("if a: b"), "invalid syntax");
}

fn typed(source: &str) -> Result<usize, ErrorKind> {
    let arena = Arena::new();
    let parsed = parse_interactive(&arena, source);
    parsed.map(|parsed| parsed.tree.body.len()).map_err(|error: Box<SyntaxError>| error.kind)
}

#[test]
fn a_prompt_knows_when_more_is_to_come() {
    let more = Err(ErrorKind::Incomplete);
    for source in [
        "(",
        "a = [1,",
        "'''a",
        "f'''{a}",
        "f'{(",
        "a \\",
        "if a:",
        "if a:\n  b",
        "if a: b",
        "def f():",
        "@a",
        "class A:\n  b",
        "try:",
        "try:\n  a",
        "try:\n  a\n",
        "for a in b:\n  c\n  d",
        "if a:\n  b\nelse:",
        "while a: b",
        "match a:",
        "match a:\n  case b: c",
        "with a: b",
        "async def f(): a",
        "a = (1,\n  2",
    ] {
        assert_eq!(typed(source), more, "{source:?}");
    }
    for source in
        ["a", "a; b", "a = (1,\n2)", "if a: b\n", "if a:\n  b\n", "def f():\n  a\n", "", "# comment", "match = 1"]
    {
        assert!(typed(source).is_ok(), "{source:?}: {:?}", typed(source));
    }
    for source in ["a b", "a =", "'abc", ")", "if a\n", "f'{a b}'", "x = $"] {
        assert_eq!(typed(source), Err(ErrorKind::Syntax), "{source:?}");
    }
    assert_eq!(typed("if a:\nb"), Err(ErrorKind::Indentation));
}

/// The lines and the first words of all warnings.
fn warnings(source: &str) -> Vec<(u32, String)> {
    let arena = Arena::new();
    let parsed = parse_module(&arena, source).unwrap();
    let lines = LineIndex::new(source);
    let first_words = |message: &str| message.split(" escape").next().unwrap_or_default().to_string();
    parsed.warnings.iter().map(|warning| (lines.line(warning.span.start), first_words(&warning.message))).collect()
}

#[test]
fn reading_warns_of_what_will_be_an_error() {
    let escape = |line, sequence: &str| (line, format!("\"{sequence}\" is an invalid"));
    assert_eq!(warnings(r"'\d' + b'\e'"), [escape(1, r"\d"), escape(1, r"\e")]);
    // Only the first of each literal.
    assert_eq!(warnings("x = 1\ny = '''a\nb\\d\n\\e'''"), [escape(3, r"\d")]);
    assert_eq!(warnings(r"f'\d{x}\e'"), [escape(1, r"\d"), escape(1, r"\e")]);
    assert_eq!(warnings(r"f'\{x}'"), [escape(1, r"\{")]);
    assert_eq!(warnings(r"'\400'"), [(1, r#""\400" is an invalid octal"#.to_string())]);
    assert_eq!(warnings(r"r'\d'; '\é'; rb'\d'; rf'\d{x}'"), []);
    let number = |kind: &str| (1, format!("invalid {kind} literal"));
    assert_eq!(warnings("1if 2else 3"), [number("decimal"), number("decimal")]);
    assert_eq!(warnings("[0x1for x in y]; 1jor 2"), [number("hexadecimal"), number("imaginary")]);
}

#[test]
fn a_warning_is_given_once_however_often_a_line_is_tried() {
    assert_eq!(warnings("match['\\d']: int\nwith ('\\d'), b: pass\n").len(), 2);
    assert_eq!(warnings("match '\\d':\n  case '\\e': pass\n").len(), 2);
}
