//! Stress mode: poison, checks, and eager sweeping.

use super::*;

/// An address as no conservative scan and no tracer recognises it.
fn hide(cell: Gc<Node>) -> usize {
    !cell.address()
}

#[test]
fn poison_shows_that_a_hidden_pointer_is_dangling() {
    let bench = Bench::stressed();
    let hidden = hide(bench.node(42, 4));
    bench.collect(&[]);
    // SAFETY: the block stays mapped; that this is no cell any more is what the test shows.
    let words = unsafe { std::slice::from_raw_parts(!hidden as *const u64, 6) };
    assert_eq!(words[0] as u8, Kind::FREE.0);
    assert!(words[2..].iter().all(|&word| word == u64::from_ne_bytes([POISON; 8])), "{words:x?}");
}

#[test]
#[should_panic(expected = "pair refers to a freed cell")]
fn a_slot_that_refers_to_a_freed_cell_is_reported_with_its_holder() {
    let bench = Bench::stressed();
    let neighbour = bench.node(1, 4).value();
    let hidden = hide(bench.node(42, 4));
    bench.collect(&[neighbour]);
    let pair = bench.pair(Value::from_bits(!hidden as u64), Value::NONE);
    bench.collect(&[pair.value(), neighbour]);
}

#[test]
#[should_panic(expected = "node refers to")]
fn a_slot_that_refers_into_a_freed_block_is_reported_with_its_holder() {
    let bench = Bench::stressed();
    bench.node(41, 4);
    let hidden = hide(bench.node(42, 4));
    bench.collect(&[]);
    let holder = bench.node(1, 1);
    holder.tail_slots(1)[0].set(Value::from_bits(!hidden as u64));
    bench.collect(&[holder.value()]);
}

#[test]
#[should_panic(expected = "a root refers to")]
fn a_root_that_refers_to_a_freed_cell_is_reported() {
    let bench = Bench::stressed();
    let node = bench.node(42, 4);
    bench.collect(&[]);
    bench.collect(&[node.value()]);
}

#[test]
fn everything_dead_is_dropped_at_once() {
    let bench = Bench::stressed();
    let dropped = Arc::new(AtomicUsize::new(0));
    let kept: Vec<_> = (0..100).map(|_| bench.owner(&dropped).value()).collect();
    (0..900).for_each(|_| {
        bench.owner(&dropped);
    });
    bench.collect(&kept);
    assert_eq!(dropped.load(Ordering::Relaxed), 900);
    bench.collect(&[]);
    assert_eq!(dropped.load(Ordering::Relaxed), 1000);
}
