//! The lock in the child of a fork.

use super::super::thread::Reason;
use super::*;

/// What the child does: runs alone, then with a new thread that competes for the lock. True if all went well.
fn live_in_the_child(gil: &Gil, me: &Arc<GilThread>) -> bool {
    assert_eq!(gil.threads().len(), 1);
    gil.detach(me, Reason::Io);
    assert_eq!(gil.attach(me).unwrap().from, None, "the parent's waiters are not here");
    gil.set_interval(MS);
    let other = gil.register("other");
    thread::scope(|s| {
        let competing = s.spawn(|| {
            for _ in 0..20 {
                gil.attach(&other).unwrap();
                gil.detach(&other, Reason::Io);
            }
        });
        while !competing.is_finished() {
            if is_asked(me) || gil.counts_ticks() {
                gil.handle_drop_request(me).unwrap();
            }
        }
    });
    if !gil.mode().policy.has_lock() {
        return true;
    }
    // A wake-up that goes to a thread of the parent would have to be made up for by an interval that never ends.
    gil.set_interval(NEVER);
    thread::scope(|s| {
        s.spawn(|| gil.attach(&other).unwrap());
        until_waiting(&other);
        gil.detach(me, Reason::Io);
    });
    drop(gil.stop_the_world(&other).unwrap());
    other.is_attached()
}

#[test]
fn the_child_of_a_fork_goes_on_alone() {
    for policy in [PolicyKind::Modern, PolicyKind::Ticks, PolicyKind::Fair, PolicyKind::Priority, PolicyKind::Off] {
        let gil = lab(policy);
        gil.set_interval(NEVER);
        let me = enter(&gil, "forker");
        let waiters: Vec<_> = (0..3).map(|_| gil.register("waiter")).collect();
        thread::scope(|s| {
            for waiter in &waiters {
                s.spawn(|| {
                    gil.attach(waiter).unwrap();
                    gil.unregister(waiter);
                });
            }
            pause(20);
            // SAFETY: the child calls what `live_in_the_child` calls and then _exit: it does not come back into the test
            // harness, whose other threads it lacks.
            let pid = gil.around_fork(&me, || unsafe { libc::fork() }, |&pid| pid == 0).unwrap();
            if pid == 0 {
                let lived = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| live_in_the_child(&gil, &me)));
                // SAFETY: ends the process, whatever the state of its memory.
                unsafe { libc::_exit(if matches!(lived, Ok(true)) { 0 } else { 1 }) };
            }
            gil.unregister(&me);
            let status = await_child(pid);
            assert_eq!(status, Some(0), "the child under {policy:?}");
        });
    }
}

#[test]
fn the_child_of_a_fork_counts_from_nothing() {
    for policy in [PolicyKind::Modern, PolicyKind::Off] {
        let gil = lab(policy);
        let me = enter(&gil, "forker");
        gil.detach(&me, Reason::Io);
        gil.attach(&me).unwrap();
        pause(30);
        // SAFETY: the child looks at its counters and then calls _exit.
        let pid = gil.around_fork(&me, || unsafe { libc::fork() }, |&pid| pid == 0).unwrap();
        let stats = gil.stats();
        let [thread] = &stats.threads[..] else { panic!("{stats:?}") };
        let figures = &thread.figures;
        let busy = figures.hold_ns + figures.run_ns;
        let releases: u64 = figures.voluntary_releases.iter().sum();
        if pid == 0 {
            let since = stats.now_ns - figures.start_ns;
            let is_new = (releases, stats.stops) == (0, 0) && busy == since && since == stats.total_ns;
            // SAFETY: ends the process, whatever the state of its memory.
            unsafe { libc::_exit(i32::from(!(is_new && busy < 30 * MS))) };
        }
        assert!(releases == 1 && busy >= 30 * MS, "the parent goes on counting: {figures:?}");
        assert_eq!(await_child(pid), Some(0), "the child under {policy:?}");
    }
}

/// Waits for the child; its status, or nothing if it hung for ten seconds (then it is ended).
fn await_child(pid: i32) -> Option<i32> {
    let start = Instant::now();
    loop {
        let mut status = 0;
        // SAFETY: writes one int, and `status` is one.
        if unsafe { libc::waitpid(pid, &mut status, libc::WNOHANG) } == pid {
            return Some(status);
        }
        if start.elapsed() > Duration::from_secs(10) {
            // SAFETY: signals the child that we have not waited for yet, so the pid is still its own.
            unsafe { libc::kill(pid, libc::SIGKILL) };
            return None;
        }
        pause(2);
    }
}
