//! Native stacks: registers, bounds, and what words keep alive.

use std::hint::black_box;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::heap::space::BLOCK_SIZE;

/// Collects with these words as the only stack.
fn collect_with_words(bench: &Bench, words: &[usize]) -> CollectionReport {
    bench.heap.collect(&mut Roots { values: Vec::new(), stack: Some(words.as_ptr_range()) })
}

#[test]
fn pointers_into_a_cell_keep_it_alive() {
    let bench = Bench::new();
    for len in [1, 10, 100, 1000, 3000, 100_000] {
        let store = bench.store(len);
        let (first, last) = (store.address(), store.tail_slots(len)[len - 1].as_address());
        for word in [first, first + 1, first + 8, (first + last) / 2, last, last + 7] {
            assert_eq!(collect_with_words(&bench, &[0, word, 1]).marked, 1, "{len} slots, word {}", word - first);
        }
        assert_eq!(collect_with_words(&bench, &[]).marked, 0);
    }
}

#[test]
fn a_pointer_to_the_end_of_a_long_tail_keeps_it_alive() {
    let bench = Bench::new();
    for len in [16, 30, 62, 100, 126, 254, 510, 1022, 4094, 4096, 100_000] {
        let end = bench.store(len).tail_slots(len)[len - 1].as_address() + 8;
        assert_eq!(collect_with_words(&bench, &[end]).marked, 1, "{len} slots");
    }
}

#[test]
fn words_that_point_to_no_cell_are_passed_over() {
    let bench = Bench::new();
    let node = bench.node(1, 0);
    let store = bench.store(5000);
    let free_cell_behind = node.address() + 32;
    let large_end = store.address() + 2 * BLOCK_SIZE;
    let words = [
        0,
        1,
        usize::MAX,
        1 << 47,
        bench.heap.space.address_of(0) - 1,
        free_cell_behind,
        large_end,
        large_end + 10 * BLOCK_SIZE,
        large_end + (64 << 20),
        black_box(&words_on_stack) as *const _ as usize,
    ];
    assert_eq!(collect_with_words(&bench, &words).marked, 0);
    // And once more with everything freed, dirty and unswept.
    assert_eq!(collect_with_words(&bench, &[store.address(), node.address()]).marked, 0);
}

fn words_on_stack() {}

#[test]
fn a_word_does_not_revive_a_dead_cell_that_waits_to_be_swept() {
    let bench = Bench::new();
    let kept = bench.node(1, 0);
    let dead = bench.pair(bench.node(2, 100).value(), Value::NONE);
    bench.collect(&[kept.value()]);
    // What `dead` pointed to may long serve another purpose.
    assert_eq!(collect_with_words(&bench, &[kept.address(), dead.address()]).marked, 1);
    assert_eq!(collect_with_words(&bench, &[kept.address(), dead.address()]).marked, 1);
}

#[test]
fn a_local_is_kept_by_the_stack_or_a_register() {
    let bench = Bench::new();
    let stack = NativeStack::of_current_thread();
    let node = bench.node(77, 2);
    let report = with_spilled_registers(|pointer| {
        let range = stack.range_from(pointer as usize);
        bench.heap.collect(&mut Roots { values: Vec::new(), stack: Some(range) })
    });
    assert_eq!(report.marked, 1);
    assert_eq!(black_box(node).number, 77);
}

/// Calls `with_spilled_registers` while the callee-saved registers, and nothing else, hold six values.
#[cfg(target_arch = "x86_64")]
#[test]
fn every_callee_saved_register_is_spilled() {
    use std::ffi::c_void;

    use crate::heap::stack::{Callback, spill};

    #[unsafe(naked)]
    extern "C" fn fill_and_spill(values: *const [usize; 6], callback: Callback, data: *mut c_void) {
        std::arch::naked_asm!(
            "push rbp",
            "push rbx",
            "push r12",
            "push r13",
            "push r14",
            "push r15",
            "sub rsp, 8",
            // The values come inverted, so that memory holds no copy of them.
            "mov rbx, [rdi]",
            "not rbx",
            "mov rbp, [rdi + 8]",
            "not rbp",
            "mov r12, [rdi + 16]",
            "not r12",
            "mov r13, [rdi + 24]",
            "not r13",
            "mov r14, [rdi + 32]",
            "not r14",
            "mov r15, [rdi + 40]",
            "not r15",
            "mov rdi, rdx",
            "call {spill}",
            "add rsp, 8",
            "pop r15",
            "pop r14",
            "pop r13",
            "pop r12",
            "pop rbx",
            "pop rbp",
            "ret",
            spill = sym spill,
        )
    }

    struct Scene {
        bench: Bench,
        base: *const usize,
        marked: usize,
    }

    extern "C" fn collect(data: *mut c_void, stack_pointer: *const u8) {
        // SAFETY: `data` is the scene below, borrowed by nobody else meanwhile.
        let scene = unsafe { &mut *data.cast::<Scene>() };
        let stack = Some(stack_pointer.cast::<usize>()..scene.base);
        scene.marked = scene.bench.heap.collect(&mut Roots { values: Vec::new(), stack }).marked;
    }

    #[inline(never)]
    fn hidden_nodes(bench: &Bench) -> [usize; 6] {
        std::array::from_fn(|i| !bench.node(i as u64, 3).address())
    }

    let mut scene = Scene { bench: Bench::new(), base: std::ptr::null(), marked: 0 };
    let hidden = hidden_nodes(&scene.bench);
    // From here on: whatever addresses are left over from making the nodes lie below and are overwritten or above.
    scene.base = (&raw const hidden).cast();
    let below = 0usize;
    scene.base = scene.base.min(&raw const below);
    fill_and_spill(&hidden, collect, (&raw mut scene).cast());
    assert_eq!(scene.marked, 6);
    assert_eq!(scene.bench.collect(&[]).marked, 0, "hidden, they keep nothing alive");
}

#[test]
fn a_panic_passes_through_the_spilling() {
    let caught = std::panic::catch_unwind(|| with_spilled_registers(|_| std::panic::resume_unwind(Box::new(17))));
    assert_eq!(caught.err().and_then(|panic| panic.downcast::<i32>().ok()), Some(Box::new(17)));
}

#[test]
fn a_thread_publishes_its_stack_before_it_says_that_it_is_detached() {
    let heap = Arc::new(Heap::new(&KINDS, HeapConfig::default()).expect("address space"));
    let bench = Bench { local: LocalHeap::new(heap.clone(), Arc::new(NoRequest)), heap };
    for _ in 0..50 {
        let detached = AtomicBool::new(false);
        let go_on = AtomicBool::new(false);
        let stack = std::sync::OnceLock::new();
        std::thread::scope(|scope| {
            let heap = bench.heap.clone();
            let thread = scope.spawn(|| {
                let stack = stack.get_or_init(NativeStack::of_current_thread);
                let other = Bench { local: LocalHeap::new(heap.clone(), Arc::new(NoRequest)), heap };
                let node = other.node(4711, 4);
                with_spilled_registers(|pointer| {
                    stack.publish(pointer);
                    detached.store(true, Ordering::Release);
                    while !go_on.load(Ordering::Acquire) {
                        std::thread::yield_now();
                    }
                    stack.withdraw();
                });
                assert_eq!(black_box(node).number, 4711);
            });
            while !detached.load(Ordering::Acquire) {
                std::thread::yield_now();
            }
            let range = stack.get().and_then(NativeStack::published);
            assert!(range.is_some(), "detached, but nothing published");
            let report = bench.heap.collect(&mut Roots { values: Vec::new(), stack: range });
            assert_eq!(report.marked, 1);
            // What dies is overwritten now, if it was wrongly thought dead.
            (0..1000).for_each(|i| {
                bench.node(i, 4);
            });
            go_on.store(true, Ordering::Release);
            thread.join().expect("the thread finds its node unharmed");
            assert!(stack.get().is_some_and(|stack| stack.published().is_none()));
        });
    }
}

trait SlotAddress {
    fn as_address(&self) -> usize;
}

impl SlotAddress for Slot {
    fn as_address(&self) -> usize {
        std::ptr::from_ref(self) as usize
    }
}
