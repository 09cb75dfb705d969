//! No text, however long, deep or mangled, may do more harm than an error.

use gilbox::syntax::{Arena, ErrorKind, decode, parse_module};
use proptest::prelude::*;

use super::on_a_large_stack;

fn kind_of_error(source: &str) -> Option<(ErrorKind, String)> {
    let arena = Arena::new();
    parse_module(&arena, source).err().map(|error| (error.kind, error.message))
}

#[test]
fn long_chains_need_no_stack() {
    let count = 100_000;
    let join = |item: &str, by: &str| vec![item; count].join(by);
    for source in [
        join("a", " + "),
        join("a", "."),
        join("a", " and "),
        join("a", " < "),
        join("a", ", "),
        format!("a{}", "()".repeat(count)),
        format!("a{}", "[0]".repeat(count)),
        format!("{} = 1", join("a", " = ")),
        join("a", "; "),
        format!("x = {}", join("'a'", " ")),
        format!("if a: pass\n{}else: pass", "elif a: pass\n".repeat(count)),
        format!("try: pass\n{}", "except A: pass\n".repeat(count)),
        format!("[{}]", join("a", " for b in c if ")) + "\n",
    ] {
        let error = kind_of_error(&source);
        if source.starts_with("[a for") {
            continue;
        }
        assert_eq!(error, None, "{}", &source[..20]);
    }
}

#[test]
fn deep_nesting_ends_in_an_error() {
    on_a_large_stack(|| {
        let brackets = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(kind_of_error(&brackets(200)), None);
        assert_eq!(kind_of_error(&brackets(201)), Some((ErrorKind::Syntax, "too many nested parentheses".to_string())));
        let blocks = |depth: usize| (0..depth).map(|level| format!("{}if a:\n", " ".repeat(level))).collect::<String>();
        assert_eq!(kind_of_error(&format!("{}{}pass", blocks(99), " ".repeat(99))), None);
        assert_eq!(
            kind_of_error(&format!("{}{}pass", blocks(100), " ".repeat(100))),
            Some((ErrorKind::Indentation, "too many levels of indentation".to_string()))
        );
        for unit in ["not ", "- ", "~", "lambda: ", "a if b else ", "a ** ", "await "] {
            let error = kind_of_error(&format!("{}a", unit.repeat(100_000)));
            let expected = if unit == "await " { ErrorKind::Syntax } else { ErrorKind::TooDeep };
            assert_eq!(error.map(|(kind, _)| kind), Some(expected), "{unit}");
            assert_eq!(kind_of_error(&format!("{}a", unit.repeat(if unit == "await " { 1 } else { 1000 }))), None);
        }
        assert!(kind_of_error(&format!("{}a{}", "f'{".repeat(140), "}'".repeat(140))).is_none());
    });
}

#[test]
fn unfinished_programs_of_any_depth_end_in_an_error() {
    on_a_large_stack(|| {
        for unit in
            ["(", "[", "{", "f(", "a[", "{a:", "lambda a=(", "f'{", "f'''{a:{", "[x for x in (", "match (", "print ["]
        {
            for depth in [10, 100, 150, 1000] {
                assert!(kind_of_error(&unit.repeat(depth)).is_some(), "{unit} {depth}");
            }
        }
    });
}

const PROGRAM: &str = include_str!("programs/grammar.py");

proptest! {
    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let arena = Arena::new();
        if let Ok(text) = decode(&arena, &bytes, None) {
            let _ = parse_module(&arena, text);
        }
    }

    #[test]
    fn arbitrary_pieces_of_python_do_no_harm(pieces in proptest::collection::vec(piece(), 0..40)) {
        let source = pieces.concat();
        let arena = Arena::new();
        let _ = parse_module(&arena, &source);
    }

    #[test]
    fn mutated_programs_do_no_harm(start in 0..PROGRAM.len(), length in 0..40usize, piece in piece(), size in 100..3000usize) {
        let floor = |mut at: usize| { while !PROGRAM.is_char_boundary(at) { at -= 1 } at };
        let cut = floor(start.saturating_sub(size));
        let end = floor((start + length).min(PROGRAM.len()));
        let stop = floor((start + size).min(PROGRAM.len())).max(end);
        let source = format!("{}{piece}{}", &PROGRAM[cut..floor(start)], &PROGRAM[end..stop]);
        let arena = Arena::new();
        let _ = parse_module(&arena, &source);
    }
}

/// Something that means something to the parser.
fn piece() -> impl Strategy<Value = &'static str> {
    let pieces = "( ) [ ] { } , : ; . = := == -> * ** / @ + - ~ ! != <> < | & ^ % ' \" ''' \"\"\" f' f\" f''' t' rb' \\ \n \
        \r\n \t # a b _ print match case type if else elif for in while def class return yield await async with as \
        try except finally raise from import lambda not and or is None True pass break del global nonlocal assert \
        1 0 0x 1. 1e5 1j 07 é € 𝒳 \u{a0} \u{c} \\N{ {{ }} !r ...";
    let mut list: Vec<&'static str> = pieces.split(' ').filter(|piece| !piece.is_empty()).collect();
    list.extend([" ", "  ", "\n", "\n    ", ":\n    ", "a ", "f'{a", "}'"]);
    proptest::sample::select(list)
}
