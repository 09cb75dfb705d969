//! Build script: asks the linker for packed relocations where the machine's loader reads them.
//!
//! A position-independent program is full of addresses that the loader must adjust. Written out one by one they take
//! 420 kB of the file, all of which is read into memory at every start; packed (`DT_RELR`) they take 5 kB. glibc reads
//! the packed form since 2.36, older loaders refuse such a program.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    let native = std::env::var("HOST") == std::env::var("TARGET");
    if native && glibc_version().is_some_and(|version| version >= (2, 36)) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of this machine's glibc; `None` where there is another C library.
fn glibc_version() -> Option<(u32, u32)> {
    let answer = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    let (major, minor) = text.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
