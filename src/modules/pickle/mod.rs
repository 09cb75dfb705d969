//! `_pickle`: objects as bytes and back, wire-compatible with CPython's protocols 0 to 5. What users import is `pickle`, in
//! `python/pickle.py`.
//!
//! - `opcodes`, `names`: the format's vocabulary, and Python 2's names
//! - `encode`, `containers`, `reduce`, `globals`: from objects to `output`, with `memo`
//! - `decode`, `literals`, `fill`, `make`, `find`: from `input` to objects, with `stack`; `find` says what a pickle may name
//! - `pickler`, `unpickler`: the classes and functions that programs use; `errors`: what goes wrong

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, native};

mod containers;
mod decode;
mod encode;
mod errors;
mod fill;
mod find;
mod globals;
mod input;
mod literals;
mod make;
mod memo;
mod names;
mod opcodes;
mod output;
mod pickler;
mod reduce;
mod stack;
mod unpickler;

pub static PICKLE: ModuleDef = ModuleDef {
    functions: &[
        pickler::DUMP,
        pickler::DUMPS,
        pickler::DUMPS_WITH,
        unpickler::LOAD,
        unpickler::LOADS,
        unpickler::LOADS_OWN,
        OPCODES,
    ],
    types: &[
        &pickler::PICKLER,
        &pickler::PICKLER_MEMO,
        &unpickler::UNPICKLER,
        &unpickler::UNPICKLER_MEMO,
        &errors::PICKLE_ERROR,
        &errors::PICKLING_ERROR,
        &errors::UNPICKLING_ERROR,
    ],
    ..ModuleDef::new("_pickle", "Optimized C implementation for the Python pickle module.")
};

const OPCODES: NativeDef =
    native("opcodes", "()", "The opcodes by their names, each as a bytes object.", |th, _| -> Result {
        let dict = th.dict();
        for (name, code) in opcodes::ALL {
            dict.set_str(th, th.intern(name), crate::objects::bytes::new(th, &[*code]));
        }
        Ok(dict.value())
    });

/// An argument, if it was given and is not None.
fn given(argument: Value) -> Option<Value> {
    if argument.is_empty() || argument.is_none() { None } else { Some(argument) }
}

/// A flag that is true where it is not given.
fn flag(th: &Thread, argument: Value) -> Result<bool> {
    if argument.is_empty() { Ok(true) } else { crate::vm::ops::truthy(th, argument) }
}
