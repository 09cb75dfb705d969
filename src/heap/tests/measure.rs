//! Measurements, to be run by hand: `cargo test --profile fast --lib heap::tests::measure -- --ignored --nocapture --test-threads 1`.

use std::time::Duration;

use super::*;

/// Time that this process spent on a processor: on a busy machine the wall clock measures the neighbours.
struct Instant(Duration);

impl Instant {
    fn now() -> Instant {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: the clock exists and the time is written to a local.
        unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
        Instant(Duration::new(time.tv_sec as u64, time.tv_nsec as u32))
    }

    fn elapsed(&self) -> Duration {
        Instant::now().0 - self.0
    }
}

fn say(what: &str, took: Duration, count: usize) {
    println!("{what:<58} {:>8.2} ns each, {took:.1?}", took.as_nanos() as f64 / count as f64);
}

#[test]
#[ignore = "a measurement"]
fn allocation_of_small_cells() {
    let bench = Bench::new();
    let count = 10_000_000;
    for round in 0..3 {
        let mut collecting = Duration::ZERO;
        let start = Instant::now();
        for i in 0..count {
            std::hint::black_box(bench.pair(Value::NONE, Value::small_int(i)));
            if bench.heap.collection_wanted() {
                let before = Instant::now();
                bench.collect(&[]);
                collecting += before.elapsed();
            }
        }
        say("pairs (24 bytes), all dead", start.elapsed(), count as usize);
        say("  of it collecting", collecting, count as usize);
        let start = Instant::now();
        for i in 0..count {
            std::hint::black_box(bench.node(i as u64, (i & 3) as usize));
            if bench.heap.collection_wanted() {
                bench.collect(&[]);
            }
        }
        say(&format!("nodes with up to 3 slots, all dead (round {round})"), start.elapsed(), count as usize);
    }
    let fresh = Bench::with(HeapConfig { least_budget: usize::MAX, ..HeapConfig::default() });
    let start = Instant::now();
    for i in 0..count {
        std::hint::black_box(fresh.pair(Value::NONE, Value::small_int(i)));
    }
    say("pairs in memory fresh from the system", start.elapsed(), count as usize);
}

#[test]
#[ignore = "a measurement"]
fn allocation_into_holes() {
    let bench = Bench::new();
    let count = 4_000_000;
    let mut kept = Vec::new();
    for i in 0..count {
        let pair = bench.pair(Value::NONE, Value::small_int(i));
        if i % 2 == 0 {
            kept.push(pair.value());
        }
    }
    bench.collect(&kept);
    let start = Instant::now();
    for i in 0..count / 2 {
        std::hint::black_box(bench.pair(Value::NONE, Value::small_int(i)));
    }
    say("pairs into holes of one cell, sweeping included", start.elapsed(), count as usize / 2);
}

#[test]
#[ignore = "a measurement"]
fn allocation_by_two_threads() {
    let heap =
        Arc::new(Heap::new(&KINDS, HeapConfig { least_budget: usize::MAX, ..HeapConfig::default() }).expect("memory"));
    let count = 5_000_000;
    for threads in [1, 2] {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                let heap = heap.clone();
                scope.spawn(move || {
                    let bench = Bench { local: LocalHeap::new(heap.clone(), Arc::new(NoRequest)), heap };
                    for i in 0..count {
                        std::hint::black_box(bench.pair(Value::NONE, Value::small_int(i)));
                    }
                });
            }
        });
        say(&format!("pairs, {threads} threads at once"), start.elapsed(), threads * count as usize);
    }
}

#[test]
#[ignore = "a measurement"]
fn pause_with_ten_million_cells() {
    for markers in [1, 2] {
        let config = HeapConfig { max_markers: markers, least_budget: usize::MAX, ..HeapConfig::default() };
        let bench = Bench::with(config);
        let count = 10_000_000usize;
        let start = Instant::now();
        // Like a program's heap: many objects with a few references each, made in the order of use, then shuffled a bit.
        let store = bench.store(count / 4);
        let slots = store.tail_slots(count / 4);
        let mut random = 88172645463325252u64;
        for (at, slot) in slots.iter().enumerate() {
            let leaf = bench.node(at as u64, 1);
            let inner = bench.pair(leaf.value(), bench.node(1, 0).value());
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let other = slots[(random % slots.len() as u64) as usize].get();
            slot.set(bench.pair(inner.value(), other).value());
        }
        say("building the heap", start.elapsed(), count);
        for _ in 0..3 {
            let before = Instant::now();
            let report = bench.collect(&[store.value()]);
            let took = before.elapsed();
            say(
                &format!(
                    "collection, {} markers, {} MB, {} cells",
                    report.markers,
                    report.bytes_after >> 20,
                    report.marked
                ),
                took,
                report.marked,
            );
        }
    }
}

#[test]
#[ignore = "a measurement"]
fn pause_with_little_alive() {
    let bench = Bench::new();
    let kept: Vec<Value> = (0..20_000).map(|i| bench.node(i, 2).value()).collect();
    for _ in 0..5 {
        for i in 0..250_000 {
            std::hint::black_box(bench.node(i, 0));
        }
        let report = bench.collect(&kept);
        say("pause, 20,000 cells alive, 8 MB dead", Duration::from_nanos(report.pause_ns), report.marked);
    }
}
