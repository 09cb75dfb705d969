//! What is reached is kept, with its contents; nothing else is.

use super::*;

/// A list `length` cells long, linked by the left side of pairs.
fn chain(bench: &Bench, length: usize) -> Value {
    (0..length).fold(Value::NONE, |rest, i| bench.pair(rest, Value::small_int(i as i64)).value())
}

/// A tree in which every inner node is a store of `width` children.
fn tree(bench: &Bench, depth: usize, width: usize) -> Value {
    if depth == 0 {
        return bench.node(1, 1).value();
    }
    let store = bench.store(width);
    for slot in store.tail_slots(width) {
        slot.set(tree(bench, depth - 1, width));
    }
    store.value()
}

#[test]
fn what_is_reached_through_any_kind_of_field_survives() {
    let bench = Bench::new();
    let leaf = bench.node(42, 0);
    let through_tail = bench.node(0, 3);
    through_tail.tail_slots(3)[2].set(leaf.value());
    let through_store = bench.store(1000);
    through_store.tail_slots(1000)[999].set(through_tail.value());
    let root = bench.pair(Value::NONE, through_store.value());
    let report = bench.collect(&[root.value()]);
    assert_eq!((report.marked, report.freed), (4, 0));
    assert_eq!(leaf.number, 42);
    let report = bench.collect(&[]);
    assert_eq!((report.marked, report.freed), (0, 4));
}

#[test]
fn cycles_die_together() {
    let bench = Bench::new();
    let a = bench.pair(Value::NONE, Value::NONE);
    let b = bench.pair(a.value(), a.value());
    a.left.set(b.value());
    assert_eq!(bench.collect(&[a.value()]).marked, 2);
    assert_eq!(bench.collect(&[]).freed, 2);
}

#[test]
fn a_chain_of_a_million_cells_is_marked_without_recursion() {
    let bench = Bench::new();
    let first = chain(&bench, 1_000_000);
    assert_eq!(bench.collect(&[first]).marked, 1_000_000);
}

#[test]
fn a_long_list_does_not_put_all_its_items_on_the_stack_at_once() {
    let bench = Bench::new();
    let store = bench.store(300_000);
    store.tail_slots(300_000).iter().for_each(|slot| slot.set(bench.node(0, 0).value()));
    let mut tracer = Tracer::new(&bench.heap, 1, false);
    tracer.value(store.value());
    tracer.drain();
    assert_eq!(tracer.marked, 300_001);
    assert!(tracer.stack.capacity() < 5000, "{}", tracer.stack.capacity());
}

#[test]
fn freed_and_marked_add_up_to_what_was_there() {
    let bench = Bench::new();
    let mut kept = Vec::new();
    let mut alive = 0;
    for round in 0..20 {
        for i in 0..1000 {
            let node = bench.node(i, (i % 40) as usize);
            if i % 7 == round % 7 {
                kept.push(node.value());
            }
        }
        let report = bench.collect(&kept);
        assert_eq!(report.marked, kept.len());
        assert_eq!(report.freed, alive + 1000 - kept.len());
        assert!(report.bytes_after <= report.bytes_before);
        alive = kept.len();
    }
}

fn parallel(markers: usize) -> HeapConfig {
    HeapConfig { parallel_cells: 0, max_markers: markers, ..HeapConfig::default() }
}

#[test]
fn parallel_marking_equals_serial_marking() {
    let survivors = |markers| {
        let bench = Bench::with(parallel(markers));
        let garbage = tree(&bench, 3, 20);
        let roots = [tree(&bench, 4, 12), chain(&bench, 20_000), tree(&bench, 1, 50_000)];
        let report = bench.collect(&roots);
        assert_eq!(report.markers, markers);
        assert!(!is_alive(&bench.heap, garbage.bits() as usize));
        let mut count = 0;
        bench.heap.each_cell(|_| count += 1);
        assert_eq!(report.marked, count);
        (report.marked, report.freed)
    };
    let serial = survivors(1);
    for _ in 0..10 {
        assert_eq!(survivors(2), serial);
        assert_eq!(survivors(5), serial);
    }
}

#[test]
fn small_heaps_are_marked_by_one_thread() {
    let bench = Bench::new();
    let root = tree(&bench, 2, 10);
    assert_eq!(bench.collect(&[root]).markers, 1);
}

#[test]
fn the_references_of_a_cell_can_be_listed() {
    let bench = Bench::new();
    let leaf = bench.node(1, 0).value();
    let long = bench.store(1000);
    long.tail_slots(1000)[3].set(leaf);
    long.tail_slots(1000)[700].set(leaf);
    let mut found = 0;
    bench.heap.each_reference(long.value(), |value| {
        assert_eq!(value, leaf);
        found += 1;
    });
    assert_eq!(found, 2);
}

#[test]
fn a_handle_keeps_its_value_alive_until_it_is_dropped() {
    let bench = Bench::new();
    let cell = bench.pair(bench.node(5, 0).value(), Value::NONE);
    let first = Rooted::new(&bench.heap, cell.value());
    let second = first.clone();
    assert_eq!(bench.collect(&[]).marked, 2);
    drop(first);
    assert_eq!(bench.collect(&[]).marked, 2);
    second.set(cell.left.get());
    assert_eq!(bench.collect(&[]).marked, 1);
    assert_eq!(second.get().downcast::<Node>().map(|node| node.number), Some(5));
    drop(second);
    assert_eq!(bench.collect(&[]).marked, 0);
}

#[test]
fn a_handle_may_be_sent_to_another_thread_and_dropped_there() {
    let bench = Bench::new();
    let handle = Rooted::new(&bench.heap, bench.node(5, 0).value());
    assert_eq!(bench.collect(&[]).marked, 1);
    std::thread::spawn(move || drop(handle)).join().expect("the thread ends well");
    assert_eq!(bench.collect(&[]).marked, 0);
}

#[test]
fn a_published_cell_is_seen_whole_by_other_threads() {
    // Release publication: whoever loads the pointer sees the contents, without any lock.
    let heap = Arc::new(Heap::new(&KINDS, HeapConfig::default()).expect("address space"));
    let place = Arc::new(Slot::default());
    let reader = std::thread::spawn({
        let place = place.clone();
        move || {
            let mut last = 0;
            while last < 100_000 {
                if let Some(node) = place.get().downcast::<Node>() {
                    assert!(node.number >= last && node.tail_slots(1)[0].get() == Value::small_int(node.number as i64));
                    last = node.number;
                }
            }
        }
    });
    let bench = Bench { local: LocalHeap::new(heap.clone(), Arc::new(NoRequest)), heap };
    for i in 1..=100_000 {
        let node = bench.node(i, 1);
        node.tail_slots(1)[0].set(Value::small_int(i as i64));
        place.set(node.value());
    }
    reader.join().expect("the reader saw whole cells only");
}
