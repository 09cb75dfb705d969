//! What `stats` says about a run that we know.

use super::super::thread::Reason;
use super::*;

#[test]
fn a_snapshot_counts_the_hold_and_the_wait_that_still_last() {
    let gil = lab(PolicyKind::Modern);
    gil.set_interval(NEVER);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        s.spawn(|| gil.attach(&waiter).unwrap());
        until_waiting(&waiter);
        pause(20);
        let stats = gil.stats();
        assert!(stats.threads[0].figures.hold_ns >= 20 * MS);
        assert!(stats.threads[1].figures.wait_ns >= 20 * MS);
        assert!(stats.threads[1].figures.longest_wait_ns >= 20 * MS);
        assert_eq!(stats.threads[1].figures.waits, 1);
        gil.detach(&holder, Reason::Io);
    });
}

#[test]
fn holds_of_two_threads_that_compute_fill_the_time_and_do_not_overlap() {
    let gil = lab(PolicyKind::Modern);
    gil.set_interval(MS);
    let compute = |name: &str| {
        let me = enter(&gil, name);
        while me.counters().figures(0).forced_switches < 30 {
            if is_asked(&me) {
                gil.handle_drop_request(&me).unwrap();
            }
        }
        // The other may need a few more; it gets them from a thread that goes on as long as somebody asks.
        until("the other has ended", || {
            if is_asked(&me) {
                gil.handle_drop_request(&me).unwrap();
            }
            gil.threads().iter().all(|t| t.id() == me.id() || t.counters().figures(0).forced_switches >= 30)
        });
        gil.unregister(&me);
    };
    thread::scope(|s| {
        s.spawn(|| compute("A"));
        s.spawn(|| compute("B"));
    });
    let stats = gil.stats();
    assert!(stats.busy_ns() <= stats.total_ns, "holds overlap");
    for thread in &stats.threads {
        let figures = &thread.figures;
        assert!(figures.waits >= 30 && figures.wait_ns > 0);
        assert!(figures.wait_histogram.iter().sum::<u64>() == figures.waits);
        assert!(!thread.alive);
    }
    assert!(stats.forced_switches() >= 60);
    assert!((0.0..=1.0).contains(&stats.contention_ratio()));
}

#[test]
fn time_without_a_lock_is_running_time() {
    let gil = lab(PolicyKind::Modern);
    let me = enter(&gil, "A");
    gil.set_mode(&me, Mode::off()).unwrap();
    pause(10);
    gil.set_mode(&me, Mode::default()).unwrap();
    let stats = gil.stats();
    let figures = &stats.threads[0].figures;
    assert!(figures.run_ns >= 10 * MS);
    assert!(figures.hold_ns > 0);
    assert!(stats.total_ns >= stats.lock_on_ns + 10 * MS);
}

#[test]
fn ended_threads_stay_in_the_figures() {
    let gil = lab(PolicyKind::Modern);
    let me = enter(&gil, "gone");
    pause(2);
    gil.unregister(&me);
    enter(&gil, "here");
    let stats = gil.stats();
    let named: Vec<_> = stats.threads.iter().map(|t| (t.name.as_str(), t.alive)).collect();
    assert_eq!(named, [("gone", false), ("here", true)]);
    assert!(stats.threads[0].figures.hold_ns >= 2 * MS);
    assert_eq!(stats.threads[0].figures.voluntary_switches[Reason::Exit as usize], 1);
}

#[test]
fn threads_beyond_a_thousand_are_summed_up() {
    let gil = lab(PolicyKind::Modern);
    for _ in 0..1100 {
        let me = enter(&gil, "T");
        gil.unregister(&me);
    }
    let stats = gil.stats();
    assert_eq!(stats.threads.len(), 1000);
    let (count, sum) = stats.unlisted.clone().unwrap();
    assert_eq!((count, sum.voluntary_releases[Reason::Exit as usize]), (100, 100));
    assert_eq!(stats.voluntary_switches(), 1100);
}

#[test]
fn a_switch_counts_as_soon_as_another_has_the_lock_and_once() {
    for kind in [PolicyKind::Modern, PolicyKind::Ticks, PolicyKind::Fair, PolicyKind::Priority] {
        let gil = lab(kind);
        let first = enter(&gil, "first");
        gil.detach(&first, Reason::Sleep);
        let counts = || {
            let stats = gil.stats();
            let sleeps = stats.threads[0].figures.voluntary_switches[Reason::Sleep as usize];
            (stats.switches(), sleeps, stats.forced_switches())
        };
        assert_eq!(counts(), (0, 0, 0), "{kind:?}: nobody else has it");
        let second = enter(&gil, "second");
        assert_eq!(counts(), (1, 1, 0), "{kind:?}: the first is still away");
        gil.unregister(&second);
        assert_eq!(counts(), (1, 1, 0), "{kind:?}");
        gil.attach(&first).unwrap();
        assert_eq!(counts(), (2, 1, 0), "{kind:?}: the second has ended");
        // Without a lock there is none to change hands; what was handed over before stays counted.
        gil.detach(&first, Reason::Sleep);
        let third = enter(&gil, "third");
        assert_eq!(counts(), (3, 2, 0), "{kind:?}");
        gil.set_mode(&third, Mode::off()).unwrap();
        gil.attach(&first).unwrap();
        gil.detach(&first, Reason::Sleep);
        gil.unregister(&third);
        assert_eq!(counts(), (3, 2, 0), "{kind:?}");
    }
}
