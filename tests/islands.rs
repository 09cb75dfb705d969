//! The list of islands of `unsafe` in the crate's documentation is the truth.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn unsafe_code_stands_only_where_the_documentation_says() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let islands = islands(&fs::read_to_string(source.join("lib.rs")).expect("src/lib.rs"));
    assert!(islands.len() > 10, "the table was not found");
    let mut used = vec![false; islands.len()];
    let mut strangers = Vec::new();
    for file in files(&source) {
        let path = file.strip_prefix(&source).expect("below src").to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("a source file");
        if !text.lines().any(is_unsafe) {
            continue;
        }
        match islands.iter().position(|island| path == *island || island.ends_with('/') && path.starts_with(island)) {
            Some(at) => used[at] = true,
            None => strangers.push(path),
        }
    }
    assert!(strangers.is_empty(), "unsafe code in files that src/lib.rs does not list: {strangers:?}");
    let stale: Vec<&String> = islands.iter().zip(&used).filter(|(_, used)| !**used).map(|(island, _)| island).collect();
    assert!(stale.is_empty(), "src/lib.rs lists islands without unsafe code: {stale:?}");
}

/// The paths in the table under "Islands of `unsafe`".
fn islands(documentation: &str) -> Vec<String> {
    let (_, rest) = documentation.split_once("# Islands of `unsafe`").expect("the heading");
    let (section, _) = rest.split_once("\n//! # ").expect("the next heading");
    section.lines().filter_map(|line| line.strip_prefix("//! | `")?.split('`').next().map(str::to_string)).collect()
}

/// Whether a line opens a block or a function that is unsafe. What implements an unsafe trait only promises something.
fn is_unsafe(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let mut words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.any(|word| word == "unsafe") && !code.contains("unsafe impl")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a readable folder");
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}
