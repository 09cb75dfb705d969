//! Programs of the suite with parts cut out, doubled and exchanged: whatever they do, they end with an exit code.
//!
//! `GILBOX_MUTANTS=5000` runs that many instead of a few; `GILBOX_MUTANTS_SEED=7` makes others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a mutant may take; `--timeout` ends it from within, and this is from without.
const PATIENCE: Duration = Duration::from_secs(30);

/// Numbers that follow from a seed (xorshift), so that a mutant can be made again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn programs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut found = Vec::new();
    for subject in ["language", "types", "builtins", "errors"] {
        for entry in fs::read_dir(root.join(subject)).expect("a folder of tests").flatten() {
            if entry.path().extension().is_some_and(|extension| extension == "py") {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// Words, numbers, strings, runs of white space and single signs.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| match first {
            _ if first.is_alphanumeric() || first == '_' => c.is_alphanumeric() || c == '_',
            ' ' => c == ' ',
            _ => false,
        };
        let length =
            first.len_utf8() + rest[first.len_utf8()..].find(|c| !same(c)).unwrap_or(rest.len() - first.len_utf8());
        let (piece, after) = rest.split_at(length);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// A part of a program with a few pieces changed.
fn mutant(text: &str, chance: &mut Chance) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let start = chance.below(lines.len());
    let part = lines[start..(start + 5 + chance.below(60)).min(lines.len())].concat();
    let all = pieces(text);
    let mut changed: Vec<&str> = pieces(&part);
    if changed.is_empty() {
        return String::new();
    }
    for _ in 0..1 + chance.below(6) {
        let at = chance.below(changed.len());
        let other = all[chance.below(all.len())];
        match chance.below(5) {
            0 => changed[at] = other,
            1 => changed.insert(at, other),
            2 if changed.len() > 1 => drop(changed.remove(at)),
            3 => {
                changed[at] =
                    ["0", "-1", "None", "''", "[]", "yield", "await x", "*a", "lambda: 0", "9"][chance.below(10)]
            }
            _ => {
                let with = chance.below(changed.len());
                changed.swap(at, with);
            }
        }
    }
    changed.concat()
}

/// How it ended, if not with an exit code of its own.
fn trouble(folder: &Path, source: &str) -> Option<String> {
    let path = folder.join("mutant.py");
    fs::write(&path, source).expect("a file");
    let binary = std::env::var("GILBOX").unwrap_or_else(|_| env!("CARGO_BIN_EXE_gilbox").to_owned());
    let mut child = Command::new(binary)
        .args(["--timeout", "3", "--max-memory", "1G"])
        .arg(&path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(fs::File::create(folder.join("errors")).expect("a file"))
        .spawn()
        .expect("gilbox starts");
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("a child") {
            Some(status) => break Some(status),
            None if start.elapsed() > PATIENCE => {
                child.kill().expect("a child");
                child.wait().expect("a child");
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let errors = String::from_utf8_lossy(&fs::read(folder.join("errors")).unwrap_or_default()).into_owned();
    match status {
        None => Some("does not end".to_owned()),
        Some(status) if status.code().is_none() => Some(format!("{status}: {errors}")),
        Some(_) if errors.contains("panicked at") => Some(errors),
        Some(_) => None,
    }
}

#[test]
fn mutated_programs_do_no_harm() {
    let (count, seed) = (setting("GILBOX_MUTANTS", 60), setting("GILBOX_MUTANTS_SEED", 20_251));
    let folder = std::env::temp_dir().join(format!("gilbox-mutants-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let texts: Vec<String> = programs().iter().map(|path| fs::read_to_string(path).unwrap_or_default()).collect();
    let mut found = String::new();
    for number in 0..count {
        let mut chance = Chance((seed + number).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let text = &texts[chance.below(texts.len())];
        if text.is_empty() {
            continue;
        }
        let source = mutant(text, &mut chance);
        if let Some(trouble) = trouble(&folder, &source) {
            found += &format!("=== mutant {}\n{source}\n--- {trouble}\n", seed + number);
        }
    }
    fs::remove_dir_all(&folder).expect("a folder");
    assert!(found.is_empty(), "{found}");
}
