//! `itertools`: building blocks of iterators.
//!
//! - `endless`: `count`, `cycle`, `repeat`
//! - `selecting`: `compress`, `dropwhile`, `takewhile`, `filterfalse`, `islice`
//! - `joining`: `chain`, `zip_longest`, `starmap`, `pairwise`, `batched`, `accumulate`
//! - `grouping`: `groupby`, `tee`
//! - `combinatoric`: `product`, `permutations`, `combinations`, `combinations_with_replacement`
//!
//! Each is a [`NativeState`] whose `next` is the iterator's step. What changes lies in atomics and slots: threads that share
//! one with the lock off may see items twice or not at all, and nothing worse.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::class::Class;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

mod combinatoric;
mod endless;
mod grouping;
mod joining;
mod selecting;

pub static ITERTOOLS: ModuleDef = ModuleDef {
    functions: &[grouping::TEE],
    types: &[
        &joining::ACCUMULATE,
        &joining::BATCHED,
        &joining::CHAIN,
        &joining::PAIRWISE,
        &joining::STARMAP,
        &joining::ZIP_LONGEST,
        &endless::COUNT,
        &endless::CYCLE,
        &endless::REPEAT,
        &selecting::COMPRESS,
        &selecting::DROP_WHILE,
        &selecting::FILTER_FALSE,
        &selecting::ISLICE,
        &selecting::TAKE_WHILE,
        &grouping::GROUP_BY,
        &grouping::GROUPER,
        &grouping::TEE_TYPE,
        &grouping::LINK,
        &combinatoric::COMBINATIONS,
        &combinatoric::COMBINATIONS_WITH_REPLACEMENT,
        &combinatoric::PERMUTATIONS,
        &combinatoric::PRODUCT,
    ],
    ..ModuleDef::new("itertools", "Functional tools for creating and using iterators.")
};

/// An object of the class that a `__new__` was called for.
fn make(th: &Thread, class: Value, state: impl NativeState) -> Result {
    match class.as_class() {
        Some(class) => Ok(native_object::new(th, class, Box::new(state)).value()),
        None => Err(th.type_error("__new__(X): X is not a type object")),
    }
}

fn state<T: NativeState>(th: &Thread, this: Value) -> Result<&'static T> {
    let state = this.downcast::<NativeObject>().and_then(|object| object.state_as::<T>());
    state.ok_or_else(|| th.type_error("an object of module itertools is required"))
}

/// The iterators of all of `iterables`.
fn iterators_of(th: &Thread, iterables: &[Value]) -> Result<Gc<Tuple>> {
    let iterators = Tuple::unfilled(th, iterables.len());
    for (at, iterable) in iterables.iter().enumerate() {
        iterators.fill(at, ops::iter(th, *iterable)?);
    }
    Ok(iterators)
}

/// A name for messages and `repr`: subclasses show their own.
fn shown_name(class: Gc<Class>) -> String {
    class.short_name()
}

/// The size `r` of what is to be chosen.
fn size(th: &Thread, given: Value) -> Result<usize> {
    usize::try_from(ops::index_i64(th, given)?).map_err(|_| th.value_error("r must be non-negative"))
}
