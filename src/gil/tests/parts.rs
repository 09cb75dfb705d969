//! The small parts by themselves: requests, names, knobs, counters.

use super::super::breaker::SERVICING_ORDER;
use super::super::counters::{Phase, ThreadCounters, WAIT_BUCKETS, wait_bucket};
use super::super::policy::{Mode, Rules, SHORTEST_INTERVAL};
use super::super::thread::{Reason, ThreadId};
use crate::world::World;

#[test]
fn the_lowest_bit_is_served_first() {
    assert!(SERVICING_ORDER.is_sorted());
}

#[test]
fn every_name_is_read_back_as_printed() {
    for (name, _) in Mode::names() {
        assert_eq!(name.parse::<Mode>().unwrap().to_string(), name);
    }
}

#[test]
fn an_unknown_name_is_answered_with_those_there_are() {
    let error = "3.15".parse::<Mode>().unwrap_err();
    assert_eq!(error.to_string(), "there is no lock named '3.15'; choose one of: 3.14, 3.9, 2.7, fair, priority, off");
}

#[test]
fn intervals_have_a_lower_bound() {
    let rules = Rules::new(World::real());
    rules.set_interval(1);
    assert_eq!(rules.interval(), SHORTEST_INTERVAL);
    rules.set_check_interval(0);
    assert_eq!(rules.check_interval(), 1);
}

#[test]
fn every_nanosecond_belongs_to_one_phase() {
    let counters = ThreadCounters::new(100);
    counters.begin_run(Phase::Holding, None, || 110);
    counters.begin_away(Reason::Io, false, 130);
    counters.begin_wait(|| 170);
    let waited = counters.begin_run(Phase::Holding, Some(ThreadId(9)), || 250);
    assert_eq!(waited, 80);
    let figures = counters.figures(410);
    assert_eq!(figures.away_ns[Reason::Other as usize], 10);
    assert_eq!(figures.hold_ns, 20 + 160, "the current hold is part of the figure");
    assert_eq!(figures.away_ns[Reason::Io as usize], 40);
    assert_eq!(figures.wait_ns, 80);
    assert_eq!(figures.voluntary_switches[Reason::Io as usize], 1);
}

#[test]
fn a_wait_that_still_lasts_is_counted() {
    let counters = ThreadCounters::new(0);
    counters.begin_wait(|| 10);
    let figures = counters.figures(1010);
    assert_eq!((figures.waits, figures.wait_ns), (1, 1000));
    assert_eq!((figures.longest_wait_ns, figures.longest_wait_at_ns), (1000, 10));
}

#[test]
fn the_longest_wait_is_kept_with_its_moment() {
    let counters = ThreadCounters::new(0);
    for (from, to) in [(10, 20), (30, 130), (200, 250)] {
        counters.begin_wait(|| from);
        counters.begin_run(Phase::Holding, Some(ThreadId(9)), || to);
    }
    let figures = counters.figures(300);
    assert_eq!((figures.longest_wait_ns, figures.longest_wait_at_ns, figures.waits), (100, 30, 3));
    assert_eq!(figures.wait_histogram[3], 1, "10 ns");
    assert_eq!(figures.wait_histogram[5], 1, "50 ns");
    assert_eq!(figures.wait_histogram[6], 1, "100 ns");
}

#[test]
fn buckets_are_powers_of_two() {
    assert_eq!([0, 1, 2, 3, 4, 1023, 1024].map(wait_bucket), [0, 0, 1, 1, 2, 9, 10]);
    assert_eq!(wait_bucket(u64::MAX), WAIT_BUCKETS - 1);
}
