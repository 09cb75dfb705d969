//! Build script: what the linker is asked for so that little of the program file is read into memory.
//!
//! * *Fixed addresses*, as Debian's CPython has them. A position-independent program is full of addresses that the loader
//!   must adjust at every start, all over half a megabyte that is thus read and copied.
//! * *The order of functions*, in release builds: `scripts/order` says why, `order.ld` which.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    println!("cargo:rerun-if-changed=src/order.ld");
    if !is("CARGO_CFG_TARGET_OS", "linux") || !links_as_usual() {
        return;
    }
    println!("cargo:rustc-link-arg-bins=-no-pie");
    if is("OPT_LEVEL", "3") {
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
