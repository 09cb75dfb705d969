//! Native stacks: spilling registers and saying which part of a stack the collector is to read.
//!
//! Native code holds values in locals, that is, in registers and on its stack. Before a thread lets go of its right to
//! touch the heap (to block, to park for a collection, or to collect) it calls [`with_spilled_registers`] and publishes
//! what lies between the stack pointer it is given and the stack's base, *then* announces that it is detached.

use std::ffi::c_void;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The native stack of one thread: where it begins, and how much of it is to be scanned.
pub struct NativeStack {
    /// The lowest address to scan; 0 while the thread runs.
    low: AtomicUsize,
    /// The stack's base, its highest address.
    base: usize,
}

impl NativeStack {
    /// The stack of the calling thread.
    pub fn of_current_thread() -> NativeStack {
        let here = 0u64;
        // Where the system cannot tell, the caller's frame is the base: values live only in the frames it calls.
        let base = stack_base().unwrap_or((&raw const here as usize).next_multiple_of(64));
        NativeStack { low: AtomicUsize::new(0), base: base & !7 }
    }

    /// Lets the collector scan from `stack_pointer` (as given by [`with_spilled_registers`]) to the base. To be called
    /// before the thread announces that it is detached or parked, and from within the closure that got the pointer.
    pub fn publish(&self, stack_pointer: *const u8) {
        self.low.store(stack_pointer as usize & !7, Ordering::Release);
    }

    /// The thread runs again (it has been told so: it is attached).
    pub fn withdraw(&self) {
        self.low.store(0, Ordering::Release);
    }

    /// What to scan, or `None` while the thread runs.
    pub fn published(&self) -> Option<Range<*const usize>> {
        match self.low.load(Ordering::Acquire) {
            0 => None,
            low => Some(self.range_from(low)),
        }
    }

    /// What to scan if the stack pointer is this: for the collecting thread itself.
    pub fn range_from(&self, low: usize) -> Range<*const usize> {
        (low & !7) as *const usize..self.base as *const usize
    }
}

#[cfg(target_os = "linux")]
fn stack_base() -> Option<usize> {
    // SAFETY: the attributes are initialised by the call that fills them and destroyed after they were read.
    unsafe {
        let mut attributes: libc::pthread_attr_t = std::mem::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), &mut attributes) != 0 {
            return None;
        }
        let mut lowest = std::ptr::null_mut();
        let mut size = 0;
        let known = libc::pthread_attr_getstack(&attributes, &mut lowest, &mut size) == 0;
        libc::pthread_attr_destroy(&mut attributes);
        known.then_some(lowest as usize + size)
    }
}

#[cfg(target_os = "macos")]
fn stack_base() -> Option<usize> {
    // SAFETY: asks about the calling thread, which exists.
    Some(unsafe { libc::pthread_get_stackaddr_np(libc::pthread_self()) } as usize)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn stack_base() -> Option<usize> {
    None
}

pub(super) type Callback = extern "C" fn(data: *mut c_void, stack_pointer: *const u8);

/// Pushes the registers that a callee must preserve onto the stack and calls `callback` with the stack pointer. (All
/// other registers are the caller's to save, and the call makes it save them.)
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
pub(super) extern "C" fn spill(data: *mut c_void, callback: Callback) {
    std::arch::naked_asm!(
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        // Six pushes and the return address: eight bytes more align the stack to sixteen.
        "sub rsp, 8",
        "mov rax, rsi",
        "mov rsi, rsp",
        "call rax",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
pub(super) extern "C" fn spill(data: *mut c_void, callback: Callback) {
    // d8 to d15 as well: a compiler may keep a pointer in a vector register.
    std::arch::naked_asm!(
        "stp x29, x30, [sp, #-160]!",
        "mov x29, sp",
        "stp x19, x20, [sp, #16]",
        "stp x21, x22, [sp, #32]",
        "stp x23, x24, [sp, #48]",
        "stp x25, x26, [sp, #64]",
        "stp x27, x28, [sp, #80]",
        "stp d8, d9, [sp, #96]",
        "stp d10, d11, [sp, #112]",
        "stp d12, d13, [sp, #128]",
        "stp d14, d15, [sp, #144]",
        "mov x9, x1",
        "mov x1, sp",
        "blr x9",
        "ldp d14, d15, [sp, #144]",
        "ldp d12, d13, [sp, #128]",
        "ldp d10, d11, [sp, #112]",
        "ldp d8, d9, [sp, #96]",
        "ldp x27, x28, [sp, #80]",
        "ldp x25, x26, [sp, #64]",
        "ldp x23, x24, [sp, #48]",
        "ldp x21, x22, [sp, #32]",
        "ldp x19, x20, [sp, #16]",
        "ldp x29, x30, [sp], #160",
        "ret",
    )
}

/// Calls `f` with a stack pointer such that everything the callers hold, in callee-saved registers too, lies at or above
/// it on the stack for as long as `f` runs.
#[inline(never)]
pub fn with_spilled_registers<R>(f: impl FnOnce(*const u8) -> R) -> R {
    struct Call<F, R> {
        f: Option<F>,
        result: Option<std::thread::Result<R>>,
    }

    // A panic must not pass through `spill`, which has no unwind information: it is carried around it.
    extern "C" fn run<F: FnOnce(*const u8) -> R, R>(data: *mut c_void, stack_pointer: *const u8) {
        // SAFETY: `data` is the `call` below, which outlives `spill` and is borrowed by nobody else meanwhile.
        let call = unsafe { &mut *data.cast::<Call<F, R>>() };
        if let Some(f) = call.f.take() {
            call.result = Some(catch_unwind(AssertUnwindSafe(|| f(stack_pointer))));
        }
    }

    fn start<F: FnOnce(*const u8) -> R, R>(call: &mut Call<F, R>) {
        spill((&raw mut *call).cast(), run::<F, R>);
    }

    let mut call = Call { f: Some(f), result: None };
    start(&mut call);
    match call.result {
        Some(Ok(result)) => result,
        Some(Err(panic)) => resume_unwind(panic),
        None => unreachable!("spill calls back exactly once"),
    }
}
