//! Random graphs, compared with a model that knows what is reachable.

use std::collections::{HashMap, HashSet};

use super::*;

/// A small generator of random numbers (xorshift): every seed is a test that can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// What the program believes: numbered nodes, what their slots refer to, and which are roots.
#[derive(Default)]
struct Model {
    slots: HashMap<u64, Vec<Option<u64>>>,
    at: HashMap<u64, Gc<Node>>,
    roots: Vec<u64>,
    next: u64,
}

impl Model {
    fn reachable(&self) -> HashSet<u64> {
        let mut reached = HashSet::new();
        let mut todo = self.roots.clone();
        while let Some(number) = todo.pop() {
            if reached.insert(number) {
                todo.extend(self.slots[&number].iter().flatten());
            }
        }
        reached
    }

    fn any(&self, random: &mut Random) -> Option<u64> {
        // What is not reachable any more may not be touched, as in a real program.
        let mut current = *self.roots.get(random.below(self.roots.len().max(1)))?;
        for _ in 0..random.below(6) {
            let slots = &self.slots[&current];
            if slots.is_empty() {
                break;
            }
            current = slots[random.below(slots.len())].unwrap_or(current);
        }
        Some(current)
    }

    fn step(&mut self, bench: &Bench, random: &mut Random) {
        match random.below(10) {
            0..=4 => {
                let slots = match random.below(50) {
                    0 => 300 + random.below(900),
                    1 => 3000,
                    _ => random.below(12),
                };
                let number = self.next;
                self.next += 1;
                let node = bench.node(number, slots);
                self.at.insert(number, node);
                let mut targets = vec![None; slots];
                for (slot, target) in node.tail_slots(slots).iter().zip(&mut targets).take(20) {
                    *target = self.any(random);
                    slot.set(target.map_or(Value::NONE, |target| self.at[&target].value()));
                }
                self.slots.insert(number, targets);
                self.roots.push(number);
            }
            5..=7 => {
                let (Some(from), to) = (self.any(random), self.any(random)) else { return };
                let count = self.slots[&from].len();
                if count > 0 {
                    let at = random.below(count);
                    self.at[&from].tail_slots(count)[at].set(to.map_or(Value::EMPTY, |to| self.at[&to].value()));
                    if let Some(slots) = self.slots.get_mut(&from) {
                        slots[at] = to;
                    }
                }
            }
            _ if self.roots.len() > 100 => {
                let at = random.below(self.roots.len());
                self.roots.swap_remove(at);
            }
            _ => {}
        }
    }

    fn collect_and_compare(&mut self, bench: &Bench) {
        let roots: Vec<Value> = self.roots.iter().map(|number| self.at[number].value()).collect();
        let report = bench.collect(&roots);
        let reachable = self.reachable();
        assert_eq!(report.marked, reachable.len());
        assert_eq!(report.freed, self.slots.len() - reachable.len());
        let mut there = HashSet::new();
        bench.heap.each_cell(|value| {
            there.extend(value.downcast::<Node>().map(|node| node.number));
        });
        assert_eq!(there, reachable);
        self.slots.retain(|number, _| reachable.contains(number));
        self.at.retain(|number, _| reachable.contains(number));
        for (number, targets) in &self.slots {
            let node = self.at[number];
            assert_eq!(node.number, *number);
            for (slot, target) in node.tail_slots(targets.len()).iter().zip(targets) {
                let found = slot.get().downcast::<Node>().map(|node| node.number);
                assert_eq!(found, *target);
            }
        }
    }
}

fn run(config: &HeapConfig, seed: u64) {
    let bench = Bench::with(config.clone());
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut model = Model::default();
    for _ in 0..20 {
        for _ in 0..random.below(1200) {
            model.step(&bench, &mut random);
        }
        model.collect_and_compare(&bench);
    }
}

#[test]
fn random_graphs_keep_exactly_what_is_reachable() {
    for seed in 0..4 {
        run(&HeapConfig::default(), seed);
    }
}

#[test]
fn random_graphs_keep_exactly_what_is_reachable_when_marked_in_parallel() {
    for seed in 10..13 {
        run(&HeapConfig { parallel_cells: 0, max_markers: 3, ..HeapConfig::default() }, seed);
    }
}

#[test]
fn random_graphs_keep_exactly_what_is_reachable_under_stress() {
    for seed in 16..18 {
        run(&HeapConfig { stress: true, ..HeapConfig::default() }, seed);
    }
}
