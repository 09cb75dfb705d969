//! Weak references and finalisers.

use super::*;

#[test]
fn a_weak_slot_is_cleared_when_its_target_dies_and_not_before() {
    let bench = Bench::new();
    let target = bench.node(1, 0);
    let weak = bench.weak(target.value());
    let report = bench.collect(&[weak.value(), target.value()]);
    assert_eq!(report.dead_weakrefs, 0);
    assert_eq!(weak.target.get(), target.value());
    let report = bench.collect(&[weak.value()]);
    assert_eq!(report.dead_weakrefs, 1);
    assert!(weak.target.get().is_empty());
    assert_eq!(bench.heap.next_dead_weakref(), Some(weak.value()));
    assert_eq!(bench.heap.next_dead_weakref(), None);
    assert_eq!(bench.collect(&[weak.value()]).dead_weakrefs, 0);
}

#[test]
fn a_dead_weak_reference_waits_for_its_callback_alive() {
    let bench = Bench::new();
    let weak = bench.weak(bench.node(1, 0).value());
    bench.collect(&[weak.value()]);
    // Nobody but the heap's queue holds it now.
    assert_eq!(bench.collect(&[]).marked, 1);
    assert_eq!(bench.heap.next_dead_weakref(), Some(weak.value()));
    assert_eq!(bench.collect(&[]).marked, 0);
}

#[test]
fn a_weak_reference_that_dies_with_its_target_has_no_callback() {
    let bench = Bench::new();
    let target = bench.pair(Value::NONE, Value::NONE);
    let weak = bench.weak(target.value());
    target.left.set(weak.value());
    let report = bench.collect(&[]);
    assert_eq!((report.marked, report.dead_weakrefs), (0, 0));
    assert_eq!(bench.heap.next_dead_weakref(), None);
}

#[test]
fn a_weak_slot_set_to_a_value_that_is_no_cell_stays() {
    let bench = Bench::new();
    let weak = bench.weak(Value::small_int(3));
    bench.collect(&[weak.value()]);
    assert_eq!(weak.target.get(), Value::small_int(3));
}

#[test]
fn an_unreachable_cell_with_a_finaliser_is_resurrected_once_with_all_it_reaches() {
    let bench = Bench::new();
    let friend = bench.pair(Value::NONE, Value::NONE);
    let dying = bench.local.alloc_with_tail(Node::with_finalizer(9), 8);
    dying.tail_slots(1)[0].set(friend.value());
    assert_eq!(bench.collect(&[dying.value()]).finalizers, 0);
    let report = bench.collect(&[]);
    assert_eq!((report.finalizers, report.marked), (1, 2));
    // It waits in the queue, alive.
    assert_eq!(bench.collect(&[]).marked, 2);
    assert_eq!(bench.heap.next_finalizer(), Some(dying.value()));
    assert_eq!((dying.number, dying.header.has_flag(Header::HAS_FINALIZER)), (9, false));
    assert_eq!(bench.heap.next_finalizer(), None);
    let report = bench.collect(&[]);
    assert_eq!((report.finalizers, report.marked), (0, 0));
}

#[test]
fn finalisers_that_reach_one_another_are_all_due_in_the_order_of_birth() {
    let bench = Bench::new();
    let nodes: Vec<_> = (0..5).map(|i| bench.local.alloc_with_tail(Node::with_finalizer(i), 8)).collect();
    for i in 0..5 {
        nodes[i].tail_slots(1)[0].set(nodes[(i + 1) % 5].value());
    }
    assert_eq!(bench.collect(&[]).finalizers, 5);
    let order: Vec<_> = std::iter::from_fn(|| bench.heap.next_finalizer()).collect();
    assert_eq!(order, nodes.iter().map(|node| node.value()).collect::<Vec<_>>());
}

#[test]
fn a_finaliser_given_later_counts_as_well() {
    let bench = Bench::new();
    let node = bench.node(0, 0);
    node.header.set_flag(Header::HAS_FINALIZER);
    bench.local.register_finalizer(node);
    bench.local.register_finalizer(node);
    assert_eq!(bench.collect(&[]).finalizers, 1);
}

#[test]
fn finalisers_of_a_thread_that_ended_are_not_forgotten() {
    let bench = Bench::new();
    let heap = bench.heap.clone();
    let born = std::thread::spawn(move || {
        LocalHeap::new(heap, Arc::new(NoRequest)).alloc(Node::with_finalizer(1));
    });
    born.join().expect("the thread ends well");
    assert_eq!(bench.collect(&[]).finalizers, 1);
}

#[test]
fn weak_references_die_before_a_finaliser_can_use_them() {
    let bench = Bench::new();
    let dying = bench.local.alloc_with_tail(Node::with_finalizer(9), 8);
    let outside = bench.weak(dying.value());
    let inside = bench.weak(dying.value());
    dying.tail_slots(1)[0].set(inside.value());
    let report = bench.collect(&[outside.value()]);
    assert_eq!((report.finalizers, report.dead_weakrefs, report.marked), (1, 1, 3));
    assert!(outside.target.get().is_empty() && inside.target.get().is_empty());
}

#[test]
fn tables_are_pruned_after_finalisers_have_resurrected() {
    struct Table {
        entries: Vec<Value>,
    }
    impl RootSource for Table {
        fn precise(&mut self, _: &mut Tracer) {}
        fn native_stacks(&mut self, _: &mut dyn FnMut(Range<*const usize>)) {}
        fn after_marking(&mut self, is_alive: &dyn Fn(Value) -> bool) {
            self.entries.retain(|&entry| is_alive(entry));
        }
    }
    let bench = Bench::new();
    let dead = bench.node(0, 0);
    let reached = bench.node(1, 0);
    bench.local.alloc_with_tail(Node::with_finalizer(9), 8).tail_slots(1)[0].set(reached.value());
    let mut table = Table { entries: vec![dead.value(), reached.value(), Value::NONE] };
    bench.heap.collect(&mut table);
    assert_eq!(table.entries, [reached.value(), Value::NONE]);
}

#[test]
fn at_the_end_every_finaliser_is_due_once() {
    let bench = Bench::new();
    let alive = bench.local.alloc_with_tail(Node::with_finalizer(1), 8);
    bench.collect(&[alive.value()]);
    let young = bench.local.alloc_with_tail(Node::with_finalizer(2), 8);
    bench.heap.finalize_all();
    assert_eq!(bench.heap.next_finalizer(), Some(alive.value()));
    assert_eq!(bench.heap.next_finalizer(), Some(young.value()));
    assert_eq!(bench.heap.next_finalizer(), None);
    bench.heap.finalize_all();
    assert_eq!(bench.collect(&[]).finalizers, 0);
}

#[test]
fn permanent_cells_and_what_they_refer_to_live_unvisited() {
    let bench = Bench::new();
    let referred = bench.node(7, 1);
    let permanent = bench.pair(referred.value(), Value::NONE);
    bench.node(8, 0);
    let address = permanent.address();
    bench.heap.make_permanent(|value| value.bits() as usize == address);
    for round in 0..600 {
        // In the cell referred to there may be something else each time; the permanent one never changes. The colours start
        // over meanwhile.
        let inner = bench.node(round, 0);
        referred.tail_slots(1)[0].set(inner.value());
        let report = bench.collect(&[]);
        assert_eq!(report.marked, 3, "round {round}");
        assert_eq!(report.freed, 1, "round {round}");
        assert!(is_alive(&bench.heap, address) && is_alive(&bench.heap, inner.address()), "round {round}");
        assert_eq!((permanent.left.get(), inner.number), (referred.value(), round));
    }
    assert_eq!(bench.heap.reported(|tracer| tracer.cell(permanent)), [permanent.value()]);
}

#[test]
fn a_block_of_permanent_cells_is_swept_of_the_others() {
    let bench = Bench::new();
    let cells: Vec<Gc<Node>> = (0..20_000).map(|number| bench.node(number, 0)).collect();
    bench.heap.make_permanent(|value| value.downcast::<Node>().is_some_and(|node| node.number % 1000 == 0));
    for _ in 0..3 {
        let report = bench.collect(&[]);
        assert_eq!(report.marked, 20);
        // Fresh cells lie where the dead ones lay, between the permanent ones.
        let fresh: Vec<Gc<Node>> = (0..20_000).map(|_| bench.node(1, 0)).collect();
        assert!(fresh.iter().all(|node| node.number == 1));
        assert!(cells.iter().step_by(1000).enumerate().all(|(at, node)| node.number == at as u64 * 1000));
    }
}

#[test]
fn a_collection_that_was_asked_to_frees_at_once_what_dead_cells_own() {
    let bench = Bench::new();
    let dropped = Arc::default();
    // The living one keeps its block from being freed as a whole.
    let living = bench.owner(&dropped);
    for _ in 0..10 {
        bench.owner(&dropped);
    }
    bench.heap.free_owned_at_next_collection();
    bench.collect(&[living.value()]);
    assert_eq!(dropped.load(Ordering::Relaxed), 10);
    bench.owner(&dropped);
    bench.collect(&[living.value()]);
    assert_eq!(dropped.load(Ordering::Relaxed), 10, "only the one that was asked");
}
