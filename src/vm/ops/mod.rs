//! The protocols: what Python's operators and built-in functions do with any objects.
//!
//! Each tries what is built in first and falls back on special methods, looked up on the type. All may run Python code and
//! reach safepoints, so no object lock may be held around them.

mod arithmetic;
mod attributes;
mod classes;
mod compare;
mod convert;
mod hash;
mod items;
mod iterate;
mod recursion;
mod sites;
mod supers;

pub use arithmetic::*;
pub use attributes::*;
pub use classes::*;
pub use compare::*;
pub use convert::*;
pub use hash::*;
pub use items::*;
pub use iterate::*;
pub use recursion::*;
pub use sites::*;
pub use supers::*;
