//! `_json`: reading and writing JSON text, the part of `json` that has to be fast.
//!
//! - `text`: strings between quotes, both ways
//! - `scan`: values from text
//! - `encode`: text from values
//!
//! What users see (`JSONDecoder`, `JSONEncoder`, their options and hooks) is written in Python, in `python/json/`.

use crate::modules::ModuleDef;

mod encode;
mod scan;
mod text;

pub static JSON: ModuleDef = ModuleDef {
    functions: &[scan::SCAN, scan::SCAN_STRING, scan::SKIP, encode::ENCODE, encode::QUOTE, encode::QUOTE_ASCII],
    ..ModuleDef::new("_json", "json speedups\n")
};
