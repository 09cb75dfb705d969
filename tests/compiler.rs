//! What the compiler makes of small programs: disassemblies (`tests/compiler/NAME.py` and `NAME.dis`), scopes, errors.
//!
//! `GILBOX_REWRITE=1 cargo test --test compiler` writes the disassemblies anew; look at the difference before you commit
//! it. `errors.txt` and `scopes.txt` hold what CPython 3.14 says: `ask_cpython` writes them.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use gilbox::compiler::code::{CodeUnit, Const, flags};
use gilbox::compiler::dis::{Switches, disassemble, opcodes_text};
use gilbox::compiler::opcodes::OPS;
use gilbox::compiler::{Compiled, Options, Source, compile, verify};
use gilbox::syntax::{Arena, LineIndex, parse_module};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compiler")
}

/// Compiles a text, or says what is wrong with it as Python would.
fn compiled(text: &str, name: &str) -> Result<Compiled, String> {
    let arena = Arena::new();
    let lines = LineIndex::new(text);
    let result = parse_module(&arena, text)
        .map_err(|error| *error)
        .and_then(|parsed| compile(Source::Module(&parsed.tree), &arena, &lines, name, &Options::default()));
    result.map_err(|error| {
        let place = format!("{}:{}-{}:{}", error.lineno, error.offset, error.end_lineno, error.end_offset);
        format!("{}: {} @{place}", error.kind.exception_name(), error.message)
    })
}

#[test]
fn disassemblies_are_as_they_were() {
    let rewrite = env::var_os("GILBOX_REWRITE").is_some();
    let mut programs: Vec<PathBuf> = fs::read_dir(folder())
        .expect("tests/compiler can be read")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    programs.sort();
    assert!(!programs.is_empty());
    let mut different = String::new();
    for program in programs {
        let name = program.file_name().expect("it has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&program).expect("the program can be read");
        let code = compiled(&text, &name).unwrap_or_else(|error| panic!("{name}: {error}")).code;
        verify::verify(&code).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let listing = disassemble(&code, Switches::Since310);
        let golden = program.with_extension("dis");
        if rewrite {
            fs::write(&golden, &listing).expect("the listing can be written");
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if wanted != listing {
            let line = wanted.lines().zip(listing.lines()).position(|(old, new)| old != new);
            let _ = writeln!(different, "{name}: differs from line {} on", line.map_or(0, |line| line + 1));
            let shown = listing.lines().skip(line.unwrap_or(0)).take(8);
            shown.for_each(|line| different.push_str(&format!("    {line}\n")));
        }
    }
    assert!(different.is_empty(), "{different}GILBOX_REWRITE=1 writes them anew.");
}

/// Texts in one line, with `\n` for a line break, each followed by an indented answer.
fn cases(file: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(folder().join(file)).expect("the file can be read");
    let mut cases: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("    "), cases.last_mut()) {
            (Some(answer), Some(case)) => case.1 += &format!("{answer}\n"),
            _ => cases.push((line.replace("\\n", "\n"), String::new())),
        }
    }
    cases
}

#[test]
fn errors_and_warnings_are_cpythons() {
    let mut wrong = String::new();
    for (source, wanted) in cases("errors.txt") {
        let mut answer = match compiled(&source, "f") {
            Ok(compiled) => {
                let lines = LineIndex::new(&source);
                let mut answer = "ok".to_string();
                for warning in &compiled.warnings {
                    let _ = write!(answer, "\nSyntaxWarning: {} @{}", warning.message, lines.line(warning.span.start));
                }
                answer
            }
            Err(error) => error,
        };
        answer.push('\n');
        if answer != wanted {
            let _ = writeln!(wrong, "{source}\n  gilbox:  {answer}  CPython: {wanted}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn scopes_are_cpythons() {
    let mut wrong = String::new();
    for (source, wanted) in cases("scopes.txt") {
        let mut answer = String::new();
        let compiled = compiled(&source, "f").unwrap_or_else(|error| panic!("{error} in\n{source}"));
        describe(&compiled.code, &mut answer);
        let sorted = |text: &str| {
            let mut lines: Vec<&str> = text.lines().collect();
            lines.sort_unstable();
            lines.join("\n")
        };
        if sorted(&answer) != sorted(&wanted) {
            let _ = writeln!(wrong, "{source}\n  gilbox:\n{answer}\n  CPython:\n{wanted}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A line for each code object: name, flags, parameters, cells and free variables. What only an annotation scope
/// makes a class keep (`__classdict__`) is left out, as CPython is less thrifty with it.
fn describe(code: &CodeUnit, text: &mut String) {
    let is_set = |flag: u32| u16::from(code.flags & flag != 0);
    let parameters = code.arg_count + code.keyword_only + is_set(flags::VARARGS) + is_set(flags::VARKEYWORDS);
    let names = |names: &[std::rc::Rc<str>]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>().join(",");
    let mut cells: Vec<&str> = code.cell_registers.iter().map(|&at| &*code.var_names[at as usize]).collect();
    cells.retain(|name| *name != "__classdict__");
    cells.sort_unstable();
    // CPython completes the qualified name of such a function when it is made.
    let qualname = if &*code.name == "__annotate__" { &code.name } else { &code.qualname };
    let _ = writeln!(
        text,
        "{} {:x} {}/{}/{} ({}) cells={} free={}",
        qualname,
        code.flags,
        code.arg_count,
        code.positional_only,
        code.keyword_only,
        names(&code.var_names[..parameters as usize]),
        cells.join(","),
        names(&code.free_names)
    );
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            describe(inner, text);
        }
    }
}

#[test]
fn long_chains_need_no_native_stack() {
    let long = 100_000;
    let programs = [
        format!("x = {}", vec!["a"; long].join(" + ")),
        format!("x = a{}", ".b".repeat(long)),
        format!("x = a{}", ".b()".repeat(long)),
        format!("x = a{}", "[0]".repeat(long)),
        format!("x = {}", vec!["a"; long].join(" < ")),
        format!("x = {}", vec!["a"; long].join(" and ")),
        format!("if a: pass\n{}", "elif b: c\n".repeat(long)),
        format!("x = [{}]", vec!["a"; long].join(",")),
        format!("f({})", vec!["a"; long].join(",")),
        format!("x = f'{}'", "{a} ".repeat(long)),
    ];
    for program in programs {
        let code = compiled(&program, "f").unwrap_or_else(|error| panic!("{error} in {}", &program[..40])).code;
        assert!(code.registers < 200, "{} registers for {}", code.registers, &program[..40]);
    }
}

#[test]
fn every_opcode_is_documented() {
    let text = opcodes_text();
    for info in OPS {
        assert!(!info.doc.trim().is_empty(), "{} has no documentation", info.name);
        assert!(text.contains(info.name));
    }
}
