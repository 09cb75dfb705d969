//! `gilbox dis FILE`: the bytecode, with the points where the lock can change hands.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::reason;
use crate::compiler::dis;
use crate::vm::source::{self, Mode, Text};

#[derive(Args)]
pub struct DisOptions {
    /// The program.
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// Text instead of a file.
    #[arg(short = 'c', value_name = "CODE")]
    code: Option<String>,
    /// Mark every instruction as a switch point, as before CPython 3.10.
    #[arg(long)]
    every: bool,
    /// Document the opcodes instead.
    #[arg(long)]
    opcodes: bool,
}

/// Whoever reads it may stop early (`| head`); that is no fault of ours.
fn write(text: &str) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gilbox: standard output: {}", reason(&error));
            ExitCode::from(1)
        }
    }
}

pub fn main(options: &DisOptions) -> ExitCode {
    if options.opcodes {
        return write(&dis::opcodes_text());
    }
    let (text, filename) = match (&options.code, &options.file) {
        (Some(code), _) => (code.clone().into_bytes(), "<string>".to_string()),
        (None, Some(file)) => match std::fs::read(file) {
            Ok(text) => (text, file.clone()),
            Err(error) => {
                eprintln!("gilbox: can't open file '{file}': {}", reason(&error));
                return ExitCode::from(2);
            }
        },
        (None, None) => {
            eprintln!("gilbox: dis needs a FILE, or -c CODE");
            return ExitCode::from(2);
        }
    };
    let every = options.every;
    // Compiling deeply nested programs needs a deep stack.
    let compile = move || match source::unit(&Text::Bytes(&text), &filename, Mode::Module, &Default::default()) {
        Ok(compiled) => {
            Ok(dis::disassemble(&compiled.code, if every { dis::Switches::Every } else { dis::Switches::Since310 }))
        }
        Err(error) => Err(format!(
            "  File \"{filename}\", line {}\n{}: {}",
            error.lineno,
            error.kind.exception_name(),
            error.message
        )),
    };
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(compile);
    match thread.map(|t| t.join()) {
        Ok(Ok(Ok(text))) => write(&text),
        Ok(Ok(Err(message))) => {
            eprintln!("{message}");
            ExitCode::from(1)
        }
        _ => ExitCode::from(1),
    }
}
