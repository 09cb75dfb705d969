//! Build script: what the linker is asked for so that little of the program file is read into memory.
//!
//! * *Packed relocations*, where the machine's loader reads them. A position-independent program is full of addresses
//!   that the loader must adjust. Written out one by one they take 420 kB of the file, all of which is read at every
//!   start; packed (`DT_RELR`) they take 5 kB. glibc reads the packed form since 2.36, older loaders refuse such a program.
//! * *The order of functions*, in release builds: `scripts/order` says why, `order.ld` which.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    println!("cargo:rerun-if-changed=src/order.ld");
    let is_native = env::var("HOST") == env::var("TARGET");
    if is_native && glibc_version().is_some_and(|version| version >= (2, 36)) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    if is("OPT_LEVEL", "3") && is("CARGO_CFG_TARGET_OS", "linux") && links_as_usual() {
        let folder = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        println!("cargo:rustc-link-arg-bins=-Wl,-T,{folder}/src/order.ld");
    }
}

fn is(name: &str, wanted: &str) -> bool {
    env::var(name).is_ok_and(|value| value == wanted)
}

/// Whether the linker is the compiler's own choice: lld and GNU ld read scripts, others do not.
fn links_as_usual() -> bool {
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    env::var_os("RUSTC_LINKER").is_none() && !flags.contains("linker") && !flags.contains("fuse-ld")
}

/// The version of this machine's glibc; `None` where there is another C library.
fn glibc_version() -> Option<(u32, u32)> {
    let answer = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    let (major, minor) = text.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
