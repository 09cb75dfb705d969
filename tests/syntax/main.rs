//! Source text to tree: golden trees and golden errors, both made by CPython 3.14 and kept here, so
//! that the tests need no Python.

mod dump;
mod errors;
mod inputs;
mod robustness;
mod trees;

/// Parsing recurses; the tests' own threads are too small for the deepest programs.
fn on_a_large_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(512 << 20).spawn(test);
    thread.expect("a thread").join().expect("the test passes");
}
