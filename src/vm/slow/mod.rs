//! What the dispatch loop's rarer arms do, out of its way.
//!
//! names.rs       names: locals that are not bound, namespaces of modules and class bodies
//! calls.rs       items of any object; calls that need more than a frame: classes, unpacked arguments, `with`
//! building.rs    building strings, containers and templates from registers
//! unpacking.rs   taking iterables apart: `a, *b = c`
//! patterns.rs    `match`: mappings' keys, classes' attributes
//! exceptions.rs  `raise`, and which handler an exception is for
//! imports.rs     `import`, annotations, and what the prompt shows

mod building;
mod calls;
mod exceptions;
mod imports;
mod names;
mod patterns;
mod unpacking;

pub use building::*;
pub use calls::*;
pub use exceptions::*;
pub use imports::*;
pub use names::*;
pub use patterns::*;
pub use unpacking::*;
