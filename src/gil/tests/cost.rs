//! What the lock costs where nobody contends for it. Prints; run with an optimised build:
//! `cargo test --profile fast --lib gil::tests::cost -- --ignored --nocapture`.

use super::super::thread::Reason;
use super::*;

fn ns_each(what: &str, times: u32, mut act: impl FnMut()) {
    for _ in 0..times / 10 {
        act();
    }
    let start = Instant::now();
    for _ in 0..times {
        act();
    }
    println!("{what:40} {:7.1} ns", start.elapsed().as_nanos() as f64 / f64::from(times));
}

#[test]
#[ignore = "a measurement"]
fn uncontended_costs() {
    let world = World::real();
    ns_each("one look at the clock", 5_000_000, || {
        std::hint::black_box(world.clock.now());
    });
    for policy in [PolicyKind::Modern, PolicyKind::Ticks, PolicyKind::Fair, PolicyKind::Priority, PolicyKind::Off] {
        let gil = lab(policy);
        let me = enter(&gil, "A");
        ns_each(&format!("{policy:?}: detach and attach"), 3_000_000, || {
            gil.detach(&me, Reason::Io);
            gil.attach(&me).unwrap();
        });
        ns_each(&format!("{policy:?}: drop request served"), 3_000_000, || {
            gil.handle_drop_request(&me).unwrap();
        });
        ns_each(&format!("{policy:?}: stop and resume"), 300_000, || drop(gil.stop_the_world(&me).unwrap()));
    }
}
