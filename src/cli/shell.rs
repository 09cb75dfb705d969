//! `gilbox completions SHELL` and `gilbox man`: what a shell and a manual know of gilbox, from the one definition of its
//! command line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

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

pub fn man(mut gilbox: Command, options: &ManOptions) -> ExitCode {
    gilbox.build();
    match &options.folder {
        Some(folder) => {
            let mut pages = std::iter::once(&gilbox).chain(gilbox.get_subcommands());
            let written = pages.try_for_each(|command| write_page(command, folder));
            ended(written, &folder.display().to_string())
        }
        None => ended(page(&gilbox).and_then(|page| std::io::stdout().write_all(&page)), "standard output"),
    }
}

fn write_page(command: &Command, folder: &Path) -> std::io::Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    std::fs::write(folder.join(format!("{name}.1")), page(command)?)
}

/// The manual page of one command.
fn page(command: &Command) -> std::io::Result<Vec<u8>> {
    let man = Man::new(command.clone());
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    synopsis(command, &mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut out)?;
    }
    if command.get_after_help().is_some() {
        man.render_extra_section(&mut out)?;
    }
    if command.get_version().is_some() {
        man.render_version_section(&mut out)?;
    }
    Ok(out)
}

/// The lines that `--help` begins with: all options by name would fill the screen.
fn synopsis(command: &Command, out: &mut dyn Write) -> std::io::Result<()> {
    let usage = command.clone().render_usage().to_string();
    let mut page = Roff::new();
    page.control("SH", ["SYNOPSIS"]);
    for (at, line) in usage.trim_start_matches("Usage:").lines().enumerate() {
        if at > 0 {
            page.control("br", []);
        }
        page.text([roman(line.trim())]);
    }
    page.to_writer(out)
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
