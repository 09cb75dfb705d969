//! Properties: what gilbox computes with chance integers, floats and strings, and how it formats them, against references:
//! dashu-int, the standard library, and models of a few lines.
//!
//! A case is a batch of expressions, each with the `repr` that it must have; one run of gilbox prints all of them. Where
//! one differs, proptest makes the batch smaller. `PROPTEST_CASES=200` tries more batches.

use std::fmt::Write as _;
use std::process::Command;

use proptest::collection::vec;
use proptest::prelude::*;

#[path = "properties/floats.rs"]
mod floats;
#[path = "properties/formats.rs"]
mod formats;
#[path = "properties/integers.rs"]
mod integers;
#[path = "properties/strings.rs"]
mod strings;

/// An expression and what it must print.
type Expected = (String, String);

/// How many expressions a batch has at most.
const BATCH: usize = 120;

/// Fails at the first expression that prints something else.
fn check(batch: &[Expected]) -> Result<(), TestCaseError> {
    let mut source = String::from(
        "import math, sys\nsys.set_int_max_str_digits(0)\ndef show(f):\n    try: print(ascii(f()))\n    except Exception as e: print(type(e).__name__)\n",
    );
    for (expression, _) in batch {
        writeln!(source, "show(lambda: {expression})").expect("a string takes any text");
    }
    let program = std::env::var("GILBOX").unwrap_or_else(|_| env!("CARGO_BIN_EXE_gilbox").to_string());
    let folder = std::env::temp_dir().join(format!("gilbox-properties-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the program");
    let path = folder.join(format!("{:?}.py", std::thread::current().id()));
    std::fs::write(&path, source).expect("a place for the program");
    let output = Command::new(program).arg(&path).output().expect("gilbox runs");
    let text = String::from_utf8_lossy(&output.stdout);
    prop_assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    prop_assert_eq!(text.lines().count(), batch.len());
    for ((expression, expected), found) in batch.iter().zip(text.lines()) {
        prop_assert_eq!(found, expected.as_str(), "{}", expression);
    }
    Ok(())
}

fn settings() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn integers_compute_as_the_reference(batch in vec(integers::expression(), 1..BATCH)) {
        check(&batch)?;
    }

    #[test]
    fn floats_compute_as_the_reference(batch in vec(floats::expression(), 1..BATCH)) {
        check(&batch)?;
    }

    #[test]
    fn strings_are_rows_of_characters(batch in vec(strings::expression(), 1..BATCH)) {
        check(&batch)?;
    }

    #[test]
    fn formats_follow_the_mini_language(batch in vec(formats::expression(), 1..BATCH)) {
        check(&batch)?;
    }
}

/// As Python's `ascii` writes a text.
fn ascii(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c if (c as u32) < 0x100 => out.push_str(&format!("\\x{:02x}", c as u32)),
            c if (c as u32) < 0x10000 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push_str(&format!("\\U{:08x}", c as u32)),
        }
    }
    out.push(quote);
    out
}

fn python_bool(value: bool) -> String {
    if value { "True" } else { "False" }.to_string()
}
