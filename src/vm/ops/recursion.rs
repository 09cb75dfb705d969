//! Native code that calls itself for nested objects (`repr`, `==`, `hash`), kept from running out of stack.

use crate::heap::Value;
use crate::vm::Thread;
use crate::vm::native::Result;

/// Runs `call` if there is native stack left for it: else RecursionError, `doing` being " in comparison" or the like.
#[inline]
pub fn recurse<R>(th: &Thread, doing: &str, call: impl FnOnce() -> Result<R>) -> Result<R> {
    th.check_recursion(doing)?;
    call()
}

/// How deep the `repr` of containers may nest, however large the stack is: each level copies the text of those below.
const DEEPEST_REPR: usize = 50_000;

/// Runs `call`, which builds the `repr` of a container; `None` if that is already under way further up.
pub fn repr_once<R>(th: &Thread, container: Value, call: impl FnOnce() -> Result<R>) -> Result<Option<R>> {
    let address = container.bits() as usize;
    if th.repr_active.borrow().len() >= DEEPEST_REPR {
        return Err(th.recursion_error(" while getting the repr of an object"));
    }
    if !th.repr_active.borrow_mut().insert(address) {
        return Ok(None);
    }
    let _active = Active { th, address };
    recurse(th, " while getting the repr of an object", call).map(Some)
}

/// A container whose `repr` is under way: until this is dropped, however the native code is left.
struct Active<'a> {
    th: &'a Thread,
    address: usize,
}

impl Drop for Active<'_> {
    fn drop(&mut self) {
        self.th.repr_active.borrow_mut().remove(&self.address);
    }
}
