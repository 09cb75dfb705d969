//! Programs under `programs/`, and the trees that CPython makes of them (`dump.py` writes those).

use std::fs;
use std::path::Path;

use gilbox::syntax::{Arena, LineIndex, decode, parse_module};

use super::dump::dump;
use super::on_a_large_stack;

/// The first line in which two texts differ.
fn first_difference(ours: &str, theirs: &str) -> Option<String> {
    let (mut ours, mut theirs) = (ours.lines(), theirs.lines());
    for number in 1.. {
        let (our, their) = (ours.next(), theirs.next());
        if our != their {
            return Some(format!("line {number} of the dump:\n  ours   {our:?}\n  theirs {their:?}"));
        }
        our?;
    }
    None
}

/// Compares every program of a folder that has a golden tree beside it. Returns how many there were.
fn compare_folder(folder: &Path) -> usize {
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("readable").path();
        let Ok(golden) = fs::read_to_string(format!("{}.tree", path.display())) else { continue };
        count += 1;
        let source = fs::read(&path).expect("readable");
        let arena = Arena::new();
        let parsed = decode(&arena, &source, None).and_then(|text| parse_module(&arena, text));
        let difference = match parsed {
            Err(error) => Some(format!("{error}")),
            Ok(parsed) => first_difference(&dump(&LineIndex::new(parsed.text), &parsed.tree), &golden),
        };
        if let Some(difference) = difference {
            wrong.push(format!("{}: {difference}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
    count
}

#[test]
fn trees_are_those_of_cpython() {
    on_a_large_stack(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax/programs");
        assert!(compare_folder(&folder) > 0);
    });
}

/// For comparing with more than is kept here, such as the standard library.
#[test]
#[ignore = "needs a folder of programs with golden trees, named by GILBOX_TREES"]
fn trees_of_a_folder_are_those_of_cpython() {
    on_a_large_stack(|| {
        let folder = std::env::var("GILBOX_TREES").expect("GILBOX_TREES names a folder");
        println!("{} programs agree", compare_folder(Path::new(&folder)));
    });
}
