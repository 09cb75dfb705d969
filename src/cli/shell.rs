//! `gilbox completions SHELL` and `gilbox man`: what a shell and a manual know of gilbox, from the one definition of its
//! command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;

use super::reason;

#[derive(Args)]
pub struct CompletionsOptions {
    /// Which shell. For bash: gilbox completions bash > ~/.local/share/bash-completion/completions/gilbox
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[derive(Args)]
pub struct ManOptions {
    /// The folder for gilbox.1, gilbox-run.1 and so on; without it gilbox.1 goes to standard output.
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

pub fn completions(gilbox: &mut Command, options: &CompletionsOptions) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, gilbox, "gilbox", &mut script);
    ended(std::io::stdout().write_all(&script), "standard output")
}

pub fn man(gilbox: Command, options: &ManOptions) -> ExitCode {
    match &options.folder {
        Some(folder) => ended(clap_mangen::generate_to(gilbox, folder), &folder.display().to_string()),
        None => {
            let mut page = Vec::new();
            let written = clap_mangen::Man::new(gilbox).render(&mut page);
            ended(written.and_then(|()| std::io::stdout().write_all(&page)), "standard output")
        }
    }
}

/// Whoever reads it may stop early (`| head`); that is no fault of ours.
fn ended(written: std::io::Result<()>, place: &str) -> ExitCode {
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gilbox: {place}: {}", reason(&error));
            ExitCode::from(1)
        }
    }
}
