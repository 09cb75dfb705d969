//! Programs that are none, and what CPython says about them. A file holds cases between lines `%%`:
//! the program, then a line with the exception, its place (line:column, start and end) and its message.
//! `expect.py` writes that line.

use std::fs;
use std::path::Path;

use gilbox::syntax::{Arena, parse_module};

use super::on_a_large_stack;

/// What we say, in the form of the golden lines.
fn verdict(source: &str) -> String {
    let arena = Arena::new();
    match parse_module(&arena, source) {
        Ok(_) => "fine".to_string(),
        Err(error) => format!(
            "{} {}:{}-{}:{} {}",
            error.kind.exception_name(),
            error.lineno,
            error.offset,
            error.end_lineno,
            error.end_offset,
            error.message
        ),
    }
}

/// Returns the number of cases and those that differ.
fn compare_file(path: &Path) -> (usize, Vec<String>) {
    let text = fs::read_to_string(path).expect("readable");
    let (mut count, mut wrong) = (0, Vec::new());
    for case in text.split("%%\n").filter(|case| !case.is_empty()) {
        let (source, golden) = case.rsplit_once("\n=> ").expect("a case ends with a golden line");
        let (ours, golden) = (verdict(source), golden.trim_end_matches('\n'));
        count += 1;
        if ours != golden {
            wrong.push(format!("{source}\n  ours   {ours}\n  theirs {golden}"));
        }
    }
    (count, wrong)
}

#[test]
fn errors_are_those_of_cpython() {
    on_a_large_stack(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax/errors");
        for entry in fs::read_dir(folder).expect("the folder exists") {
            let path = entry.expect("readable").path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                let (count, wrong) = compare_file(&path);
                let name = path.display();
                assert!(wrong.is_empty(), "{name}: {} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
            }
        }
    });
}

/// For comparing with more than is kept here; counts instead of insisting.
#[test]
#[ignore = "needs a file of cases, named by GILBOX_ERRORS"]
fn errors_of_a_file_are_counted() {
    on_a_large_stack(|| {
        let path = std::env::var("GILBOX_ERRORS").expect("GILBOX_ERRORS names a file");
        let (count, wrong) = compare_file(Path::new(&path));
        for case in &wrong {
            println!("{case}\n");
        }
        println!("{} of {count} differ", wrong.len());
    });
}
