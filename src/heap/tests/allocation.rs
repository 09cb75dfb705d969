//! Where cells come from and where their memory goes.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::*;
use crate::heap::size::MAX_SMALL;
use crate::heap::space::BLOCK_SIZE;

#[test]
fn a_new_cell_has_its_contents_and_a_zeroed_tail() {
    let bench = Bench::new();
    for slots in [0, 1, 2, 7, 30, 100, 500, 2000, 100_000] {
        let node = bench.node(slots as u64, slots);
        assert_eq!(node.number, slots as u64);
        assert!(node.tail_slots(slots).iter().all(|slot| slot.get().is_empty()), "{slots}");
        assert_eq!(node.address() % 16, 0);
    }
}

#[test]
fn tails_are_zeroed_in_reused_memory_too() {
    let bench = Bench::new();
    for round in 0..4 {
        for slots in [1, 3, 5, 40, 700, 5000] {
            for _ in 0..50 {
                let node = bench.node(1, slots);
                for slot in node.tail_slots(slots) {
                    assert!(slot.get().is_empty(), "round {round}, {slots} slots");
                    slot.set(Value::small_int(-1));
                }
            }
        }
        bench.collect(&[]);
    }
}

#[test]
fn an_allocation_never_collects_but_requests_a_collection() {
    struct Flag(AtomicBool);
    impl CollectionRequest for Flag {
        fn request_collection(&self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let config = HeapConfig { least_budget: 1 << 20, ..HeapConfig::default() };
    let heap = Arc::new(Heap::new(&KINDS, config).expect("address space"));
    let flag = Arc::new(Flag(AtomicBool::new(false)));
    let bench = Bench { local: LocalHeap::new(heap.clone(), flag.clone()), heap };
    let first = bench.node(7, 0);
    assert!(!flag.0.load(Ordering::Relaxed) && !bench.heap.collection_wanted());
    for _ in 0..200_000 {
        bench.node(0, 0);
    }
    assert!(flag.0.load(Ordering::Relaxed) && bench.heap.collection_wanted());
    assert_eq!(bench.heap.collections(), 0);
    assert_eq!(first.number, 7);
    bench.collect(&[]);
    assert!(!bench.heap.collection_wanted());
}

#[test]
fn large_cells_and_external_bytes_count_against_the_budget() {
    let bench = Bench::with(HeapConfig { least_budget: 4 << 20, ..HeapConfig::default() });
    bench.store(300_000);
    assert!(!bench.heap.collection_wanted());
    bench.store(300_000);
    assert!(bench.heap.collection_wanted());
    bench.collect(&[]);
    bench.local.note_external(3 << 20);
    assert!(!bench.heap.collection_wanted());
    bench.local.note_external(1 << 20);
    assert!(bench.heap.collection_wanted());
}

#[test]
fn blocks_of_dead_cells_are_reused() {
    let bench = Bench::new();
    let mut highest = 0;
    for round in 0..10 {
        for _ in 0..100_000 {
            let at = bench.node(0, 2).address();
            assert!(round < 2 || at <= highest, "round {round} went on to new memory");
            highest = highest.max(at);
        }
        bench.collect(&[]);
    }
}

#[test]
fn holes_between_live_cells_are_reused() {
    let bench = Bench::new();
    let mut kept = Vec::new();
    let mut highest = 0;
    for i in 0..100_000 {
        let node = bench.node(i, 2);
        highest = highest.max(node.address());
        if i % 3 == 0 {
            kept.push(node.value());
        }
    }
    bench.collect(&kept);
    for i in 0..60_000 {
        assert!(bench.node(i, 2).address() <= highest);
    }
    for (i, value) in kept.iter().enumerate() {
        assert_eq!(value.downcast::<Node>().map(|node| node.number), Some(i as u64 * 3));
    }
}

#[test]
fn large_cells_are_freed_and_their_memory_serves_again() {
    let bench = Bench::new();
    let first = bench.store(1 << 20).address();
    let kept = bench.store(1 << 16);
    bench.collect(&[kept.value()]);
    assert!(!is_alive(&bench.heap, first) && is_alive(&bench.heap, kept.address()));
    assert_eq!(bench.store(1 << 20).address(), first);
}

#[test]
fn a_large_cell_grows_in_place_where_there_is_room() {
    let bench = Bench::new();
    let dirt = bench.store(100_000);
    dirt.tail_slots(100_000).iter().for_each(|slot| slot.set(Value::NONE));
    bench.collect(&[]);
    let cell = bench.store(1500);
    assert_eq!(cell.address(), dirt.address(), "where there is dirt");
    let mut len = 1500;
    for longer in [1501, 3000, 4200, 20_000, 90_000, 400_000] {
        cell.tail_slots(len).iter().for_each(|slot| slot.set(Value::TRUE));
        assert!(bench.local.try_extend(cell, longer * 8), "{longer}");
        assert!(cell.tail_slots(len).iter().all(|slot| slot.get() == Value::TRUE));
        assert!(cell.tail_slots(longer)[len..].iter().all(|slot| slot.get().is_empty()), "{longer}");
        len = longer;
        let report = bench.collect(&[cell.value()]);
        assert_eq!((report.marked, report.freed), (1, 0));
    }
    let last_word = cell.tail_slots(len)[len - 1].get();
    assert!(last_word.is_empty());
    let behind = bench.store(2000);
    assert!(!bench.local.try_extend(cell, len * 16), "another cell is in the way");
    assert!(behind.tail_slots(2000).iter().all(|slot| slot.get().is_empty()));
    let small = bench.store(3);
    assert!(!bench.local.try_extend(small, 80));
}

#[test]
fn memory_that_stays_unused_goes_back_to_the_system() {
    let bench = Bench::with(HeapConfig { least_budget: 1 << 20, ..HeapConfig::default() });
    let count = 100 << 17;
    let address = {
        let store = bench.store(count);
        store.tail_slots(count).iter().for_each(|slot| slot.set(Value::NONE));
        store.address()
    };
    (0..20).for_each(|_| {
        bench.collect(&[]);
    });
    let mut resident = vec![0u8; count * 8 / 4096];
    // SAFETY: the range is mapped, and the vector has a byte for each page of it.
    let asked = unsafe { libc::mincore(address as *mut libc::c_void, count * 8, resident.as_mut_ptr().cast()) };
    assert_eq!(asked, 0);
    let pages = resident.iter().filter(|&&page| page & 1 != 0).count();
    assert!(pages < 1000, "{pages} of {} pages are still resident", resident.len());
}

#[test]
fn cells_allocated_while_a_block_waits_to_be_swept_survive_the_next_collection() {
    let bench = Bench::new();
    let mut kept = Vec::new();
    for round in 0..600u64 {
        // More than 255 rounds: the colours start over.
        for i in 0..200 {
            let node = bench.node(round << 32 | i, (i % 5) as usize);
            if i % 50 == round % 50 {
                kept.push(node.value());
            }
        }
        bench.collect(&kept);
        if kept.len() > 500 {
            kept.drain(..100);
        }
        assert!(kept.iter().all(|value| value.downcast::<Node>().is_some()), "round {round}");
    }
}

#[test]
fn a_block_that_nobody_sweeps_for_long_revives_nothing() {
    let bench = Bench::new();
    let dropped = Arc::new(AtomicUsize::new(0));
    let kept: Vec<Value> = (0..100).map(|_| bench.owner(&dropped).value()).collect();
    let dead: Vec<usize> = (0..100).map(|_| bench.owner(&dropped).address()).collect();
    for round in 0..700 {
        // Nobody allocates owners: their block stays unswept.
        let report = bench.collect(&kept);
        assert_eq!(report.marked, 100);
        assert!(round % 100 > 0 || dead.iter().all(|&address| !is_alive(&bench.heap, address)));
    }
    assert_eq!(dropped.load(Ordering::Relaxed), 100, "when the colours started over, the block was swept");
}

#[test]
fn what_a_dead_cell_owns_is_dropped_once() {
    let dropped = Arc::new(AtomicUsize::new(0));
    {
        let bench = Bench::new();
        let kept: Vec<Value> = (0..1000).map(|_| bench.owner(&dropped).value()).collect();
        for _ in 0..5000 {
            bench.owner(&dropped);
        }
        bench.collect(&kept);
        // The dead are dropped as their blocks are swept: by those who allocate owners.
        for _ in 0..20_000 {
            bench.owner(&dropped);
        }
        assert_eq!(dropped.load(Ordering::Relaxed), 5000);
        bench.collect(&[]);
    }
    assert_eq!(dropped.load(Ordering::Relaxed), 26_000, "the heap's end drops the rest");
}

#[test]
fn dead_cells_that_own_much_are_dropped_by_the_collection_itself() {
    let bench = Bench::new();
    let dropped = Arc::new(AtomicUsize::new(0));
    let kept = bench.owner(&dropped).value();
    for _ in 0..2000 {
        bench.owner(&dropped);
        bench.local.note_external(1 << 16);
    }
    bench.collect(&[kept]);
    assert_eq!(dropped.load(Ordering::Relaxed), 2000);
    assert_eq!(bench.collect(&[kept]).marked, 1);
    bench.collect(&[]);
}

#[test]
fn threads_that_end_return_their_blocks() {
    let heap = Arc::new(Heap::new(&KINDS, HeapConfig::default()).expect("address space"));
    for _ in 0..1000 {
        let heap = heap.clone();
        let ended = std::thread::spawn(move || {
            let bench = Bench { local: LocalHeap::new(heap.clone(), Arc::new(NoRequest)), heap };
            for slots in 0..20 {
                bench.node(0, slots);
            }
        });
        ended.join().expect("the thread ends well");
    }
    // 20 cells of 16 to 176 bytes for each thread: about two megabytes, not a block for each class of each thread.
    assert!(heap.bytes_in_use() < 4 << 20, "{} bytes in use", heap.bytes_in_use());
    assert!(heap.blocks.lists().used()[0] < 200, "{:?} blocks", heap.blocks.lists().used());
}

#[test]
fn threads_that_allocate_little_share_blocks() {
    let heap = Arc::new(Heap::new(&KINDS, HeapConfig::default()).expect("address space"));
    let locals: Vec<_> = (0..1000).map(|_| LocalHeap::new(heap.clone(), Arc::new(NoRequest))).collect();
    let mut nodes = Vec::new();
    for (i, local) in locals.iter().enumerate() {
        for slots in 0..20 {
            nodes.push((i, local.alloc_with_tail(Node::new(i as u64), slots * 8)));
        }
    }
    let blocks = heap.blocks.lists().used()[0] as usize;
    assert!(blocks * BLOCK_SIZE < 32 << 20, "{blocks} blocks for a thousand threads");
    assert!(nodes.iter().all(|(i, node)| node.number == *i as u64));
}

#[test]
fn many_threads_allocate_at_once_without_sharing_a_cell() {
    let heap = Arc::new(Heap::new(&KINDS, HeapConfig::default()).expect("address space"));
    let threads: Vec<_> = (0..8u64)
        .map(|thread| {
            let heap = heap.clone();
            std::thread::spawn(move || {
                let bench = Bench { local: LocalHeap::new(heap.clone(), Arc::new(NoRequest)), heap };
                let nodes: Vec<_> = (0..20_000u64).map(|i| bench.node(thread << 32 | i, (i % 9) as usize)).collect();
                std::thread::sleep(Duration::from_millis(5));
                nodes.iter().enumerate().all(|(i, node)| node.number == thread << 32 | i as u64)
            })
        })
        .collect();
    for thread in threads {
        assert!(thread.join().expect("the thread ends well"));
    }
}

#[test]
fn a_tail_beyond_the_limit_is_refused() {
    let bench = Bench::with(HeapConfig { max_bytes: Some(10 << 20), ..HeapConfig::default() });
    let store = |len: usize| {
        let cell = Store { header: Header::of_kind(STORE), len };
        bench.local.try_alloc_with_tail(cell, len.saturating_mul(8)).map(|store| store.value())
    };
    let kept = store(1 << 20).expect("8 MiB of 10");
    assert_eq!(store(1 << 20), Err(OutOfMemory));
    assert_eq!(store(usize::MAX / 8), Err(OutOfMemory));
    assert!(!bench.collect(&[kept]).over_limit);
    assert_eq!(store(1 << 20), Err(OutOfMemory));
    bench.collect(&[]);
    assert!(store(1 << 20).is_ok());
}

#[test]
fn a_usable_tail_is_one_that_costs_nothing_more() {
    for tail in [0, 8, 16, 24, 100, 128, 136, 1000, 5000, 9000, 100_000] {
        let usable = LocalHeap::usable_tail::<Store>(tail);
        assert!(usable >= tail);
        assert_eq!(LocalHeap::usable_tail::<Store>(usable), usable, "{tail}");
    }
    const { assert!(MAX_SMALL == 8192) };
}

#[test]
fn no_two_threads_write_to_one_cache_line() {
    const LINE: usize = 64;
    let bench = Bench::new();
    let other = LocalHeap::new(bench.heap.clone(), Arc::new(NoRequest));
    let node = |local: &LocalHeap, slots: usize| local.alloc_with_tail(Node::new(1), slots * 8).address();
    // Holes that the first thread left: every second cell dies.
    let row: Vec<_> = (0..2000).map(|at| bench.node(at, 4).value()).collect();
    let kept: Vec<_> = row.into_iter().step_by(2).collect();
    bench.collect(&kept);
    let lines_of = |address: usize, slots: usize| address / LINE..=(address + 16 + slots * 8 - 1) / LINE;
    for slots in [0, 1, 4, 9, 20] {
        let mut owners = std::collections::HashMap::new();
        if slots == 4 {
            owners.extend(kept.iter().flat_map(|cell| lines_of(cell.bits() as usize, 4)).map(|line| (line, 0)));
        }
        for _ in 0..3000 {
            for (owner, local) in [(0, &bench.local), (1, &other)] {
                for line in lines_of(node(local, slots), slots) {
                    assert_eq!(*owners.entry(line).or_insert(owner), owner, "{slots} slots");
                }
            }
        }
    }
}

#[test]
fn what_all_read_lies_apart_from_what_one_writes() {
    let bench = Bench::new();
    let pair = || Pair { header: Header::of_kind(PAIR), left: Slot::new(Value::EMPTY), right: Slot::new(Value::EMPTY) };
    for _ in 0..1000 {
        let own = bench.local.alloc(pair()).address();
        let read = bench.local.alloc_for_all(pair()).address();
        assert!(own.abs_diff(read) > 128, "{own:x} {read:x}");
    }
}
