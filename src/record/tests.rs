//! Recordings made by hand, and what must follow from them.

use super::analysis::Analysis;
use super::figures::Spread;
use super::file::{self, Interpreter, Recording, Unreadable, tell_apart};
use super::relations::awaited;
use super::timeline::{Doing, Release};

const HEADER: &str = r#"{"gilbox":"recording","version":1,"figures":"measured","mode":"3.14","switch_interval_ns":5000000,"check_interval":null,"argv":["p.py"],"process":1,"started_ns":0,"machine":{"system":"linux","processors":2},"written_by":"0.1.0"}"#;
const NAMES: &str = r#"{"thread":1,"name":"main","at":0}
{"thread":2,"name":"other","at":0}
{"code":1,"file":"p.py","function":"f","line":1}"#;

fn read(events: &str) -> Recording {
    let text = format!("{HEADER}\n{NAMES}\n{}", events.trim_start());
    match file::read(text.as_bytes()) {
        Ok(recording) => recording,
        Err(error) => panic!("{error}"),
    }
}

/// Spans of a thread as (from, to, what).
fn spans(analysis: &Analysis, lane: usize) -> Vec<(u64, u64, Doing)> {
    analysis.timeline.lanes[lane].spans.iter().map(|s| (s.from, s.to, s.doing)).collect()
}

/// What holds of every recording.
fn check(analysis: &Analysis) {
    for (lane, figures) in analysis.timeline.lanes.iter().zip(&analysis.threads) {
        let mut at = lane.from;
        for span in &lane.spans {
            assert!(span.from == at && span.to > at, "the spans of {} do not lie end to end: {span:?}", lane.name);
            at = span.to;
        }
        assert!(lane.spans.is_empty() || at == lane.to, "{} ends at {at} and {}", lane.name, lane.to);
        let parts = figures.runnable_ns() + figures.stopped_ns + figures.unknown_ns;
        assert_eq!(parts + figures.away_ns.iter().sum::<u64>(), figures.life_ns, "{}", lane.name);
    }
    for (task, figures) in analysis.timeline.tasks.iter().zip(&analysis.tasks) {
        let mut at = task.lane.from;
        for span in &task.lane.spans {
            assert!(span.from == at && span.to > at, "the spans of {} do not lie end to end: {span:?}", task.lane.name);
            at = span.to;
        }
        assert_eq!(at, task.lane.to);
        let parts = [figures.ran_ns, figures.lock_wait_ns, figures.blocked_ns, figures.awaited_ns, figures.other_ns];
        assert_eq!(parts.iter().sum::<u64>() + figures.ready.total_ns, figures.life_ns, "{}", figures.name);
    }
    let totals = &analysis.totals;
    assert_eq!(totals.switches, totals.forced_switches + totals.voluntary(), "each switch has a reason");
    for lock in &analysis.timeline.locks {
        let holds: Vec<_> = lock.holds.iter().map(|(l, s)| analysis.timeline.lanes[*l].spans[*s]).collect();
        assert!(holds.windows(2).all(|pair| pair[0].to <= pair[1].from), "two threads hold the lock at once");
    }
}

#[test]
fn a_forced_switch_is_a_hold_a_wait_and_a_hand_over() {
    let recording = read(
        "[0,1,\"run\",0,0,1,0]\n[10,2,\"want\",1,7]\n[60,2,\"ask\",1,7,1]\n[64,1,\"want\",1,3]\n\
         [66,2,\"run\",1,7,1,1]\n[100,2,\"leave\",1,8,\"sleep\"]\n[103,1,\"run\",1,3,1,2]\n{\"end\":150,\"events\":7,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    check(&analysis);
    use crate::gil::Reason::{Other, Sleep};
    assert_eq!(spans(&analysis, 0), [(0, 64, Doing::Holds), (64, 103, Doing::Waits), (103, 150, Doing::Holds)]);
    let away = |from, to, reason| (from, to, Doing::Away(reason));
    let other = [away(0, 10, Other), (10, 66, Doing::Waits), (66, 100, Doing::Holds), away(100, 150, Sleep)];
    assert_eq!(spans(&analysis, 1), other);
    assert_eq!((analysis.totals.switches, analysis.totals.forced_switches, analysis.totals.voluntary()), (2, 1, 1));
    // From 64 to 66, and from 100 to 103.
    assert_eq!((analysis.totals.handoffs.total_ns, analysis.totals.handoffs.count()), (5, 2));
    let worst = analysis.blockings[0];
    assert_eq!((worst.waiter, worst.holder, worst.place.line, worst.ns), (2, 1, 3, 54));
    let lines: Vec<_> = analysis.costly_lines.iter().map(|l| (l.place.line, l.ns, l.holds, l.forced)).collect();
    assert_eq!(lines, [(3, 54, 1, 1), (8, 34, 1, 0)]);
    // One ran and one waited from 10 to 100, and there are two processors.
    assert_eq!(analysis.totals.parallel_ns, 56 + 39);
}

#[test]
fn a_hold_that_ended_unseen_ends_where_the_next_begins() {
    let recording = read(
        "[0,1,\"run\",0,0,1,0]\n[50,2,\"want\",1,7]\n[60,2,\"run\",1,7,1,1]\n[62,1,\"want\",1,3]\n\
         [80,1,\"run\",1,3,1,2]\n[82,2,\"want\",1,7]\n[90,2,\"run\",1,7,1,1]\n[95,1,\"run\",1,3,1,2]\n\
         {\"end\":100,\"events\":8,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    check(&analysis);
    assert_eq!(spans(&analysis, 0)[..2], [(0, 60, Doing::Holds), (60, 80, Doing::Waits)]);
    let first = analysis.timeline.lanes[0].spans[0];
    assert_eq!((first.release, first.by), (Release::Forced, None));
    assert_eq!((analysis.totals.switches, analysis.totals.forced_switches), (4, 4));
}

#[test]
fn what_was_not_recorded_is_unknown() {
    let recording = read(
        "[0,1,\"run\",0,0,1,0]\n[40,0,\"pause\",0,0]\n[70,0,\"resume\",0,0]\n[70,1,\"run\",0,0,1,0]\n\
         [80,1,\"lost\",1,2,5]\n[90,1,\"leave\",1,2,\"sleep\"]\n[100,0,\"pause\",0,0]\n{\"end\":100,\"events\":4,\"lost\":5}",
    );
    let analysis = Analysis::new(&recording);
    check(&analysis);
    use Doing::{Away, Holds, Unknown};
    let sleep = Away(crate::gil::Reason::Sleep);
    let expected = [(0, 40, Holds), (40, 70, Unknown), (70, 80, Holds), (80, 90, Unknown), (90, 100, sleep)];
    assert_eq!(spans(&analysis, 0), expected);
    assert_eq!(analysis.totals.recorded_ns, 70);
    assert_eq!(recording.lost, 5);
}

#[test]
fn a_hold_ends_with_its_thread() {
    let recording = read(
        "[105,1,\"end\",0,0]\n[105,1,\"run\",1,2,1,0]\n[106,2,\"run\",1,2,1,0]\n{\"end\":150,\"events\":3,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    check(&analysis);
    let other = Doing::Away(crate::gil::Reason::Other);
    assert_eq!(spans(&analysis, 0), [(0, 105, other)]);
    assert_eq!(spans(&analysis, 1), [(0, 106, other), (106, 150, Doing::Holds)]);
}

#[test]
fn a_file_that_was_cut_off_is_read_up_to_there() {
    let whole =
        format!("{HEADER}\n{NAMES}\n[0,1,\"run\",0,0,1,0]\n[10,1,\"leave\",1,2,\"sleep\"]\n[12,1,\"want\",1,2]\n");
    for cut in HEADER.len()..whole.len() {
        let recording = match file::read(&whole.as_bytes()[..cut]) {
            Ok(recording) => recording,
            Err(error) => panic!("cut at {cut}: {error}"),
        };
        assert!(recording.is_cut);
        check(&Analysis::new(&recording));
    }
}

#[test]
fn what_is_no_recording_is_refused() {
    for text in ["", "hello\n", "{}\n", "{\"gilbox\":\"recording\",\"version\":99}\n"] {
        assert!(file::read(text.as_bytes()).is_err(), "{text:?}");
    }
    let broken = format!("{HEADER}\n[1,2,\"dance\",0,0]\n{NAMES}\n");
    assert!(matches!(file::read(broken.as_bytes()), Err(Unreadable::Line(2))));
}

#[test]
fn percentiles_are_of_the_spans_that_were() {
    let spread = Spread::of(1..=100);
    assert_eq!([50, 90, 99, 100].map(|p| spread.percentile(p)), [50, 90, 99, 100]);
    assert_eq!((spread.total_ns, spread.longest(), spread.count()), (5050, 100, 100));
    assert_eq!(Spread::default().percentile(50), 0);
}

proptest::proptest! {
    /// Whatever is in a file, the figures add up, and nobody panics.
    #[test]
    fn any_events_make_a_timeline(
        events in proptest::collection::vec((0u64..200, 1u32..4, 0usize..18, 0u32..4), 0..60)
    ) {
        let line = |(at, thread, kind, other): &(u64, u32, usize, u32)| {
            let what = [
                "\"want\",1,1".to_string(), format!("\"run\",1,2,1,{other}"), "\"run\",1,3,0,0".into(),
                "\"stand\",0,0".into(), "\"leave\",1,4,\"lock\"".into(), format!("\"block\",1,4,\"Lock\",9,{other}"),
                "\"lost\",1,1,3".into(), format!("\"wake\",1,1,{other},9"), "\"leave\",1,4,\"exit\"".into(),
                "\"end\",0,0".into(), format!("\"task\",1,5,{other},\"ready\""), format!("\"task\",1,5,{other},\"steps\""),
                format!("\"task\",1,5,{other},\"awaits\""), format!("\"task\",1,5,{other},\"fails\""),
                "\"delay\",0,0,7".into(),
            ];
            match what.get(*kind) {
                Some(what) => format!("[{at},{thread},{what}]\n"),
                None => format!("\n{{\"of\":{other},\"interpreter\":0}}\n{{\"name\":\"{other}\",\"mode\":\"3.14\",\
                                 \"switch_interval_ns\":1,\"check_interval\":null,\"at\":{at}}}\n"),
            }
        };
        let recording = read(&events.iter().map(line).collect::<String>());
        check(&Analysis::new(&recording));
    }
}

const LOCKS: &str = r#"{"of":1,"interpreter":0}
{"name":"","mode":"3.14","switch_interval_ns":5000000,"check_interval":null,"at":0}
{"thread":1,"name":"MainThread","at":0}
{"code":1,"file":"p.py","function":"f","line":1}
[0,1,"run",0,0,1,0]
[40,1,"leave",1,3,"process"]

{"of":2,"interpreter":0}
{"name":"","mode":"3.14","switch_interval_ns":5000000,"check_interval":null,"at":20}
{"thread":1,"name":"MainThread","at":0}
{"thread":2,"name":"second","at":30}
{"code":7,"file":"p.py","function":"f","line":1}
[20,1,"run",0,0,1,0]
[30,2,"want",7,5]
[50,1,"want",7,6]
[52,2,"run",7,5,1,1]
[60,2,"lea
{"of":2,"interpreter":0}
{"name":"child","mode":"3.14","switch_interval_ns":5000000,"check_interval":null,"at":20}
[80,0,"alive",0,0]

{"of":1,"interpreter":0}
[90,1,"run",1,4,1,0]
{"end":100,"events":3,"lost":0}
"#;

#[test]
fn each_interpreter_has_a_lock_and_threads_of_its_own() {
    let recording = match file::read(format!("{HEADER}\n{LOCKS}").as_bytes()) {
        Ok(recording) => recording,
        Err(error) => panic!("{error}"),
    };
    let analysis = Analysis::new(&recording);
    check(&analysis);
    let names: Vec<&str> = analysis.threads.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["MainThread", "child", "child/second"]);
    // Both hold a lock at once, each its own. The child was killed, and heard of at 80 for the last time.
    assert_eq!(spans(&analysis, 0)[0], (0, 40, Doing::Holds));
    assert_eq!(spans(&analysis, 1), [(20, 50, Doing::Holds), (50, 80, Doing::Waits)]);
    assert_eq!(spans(&analysis, 2), [(30, 52, Doing::Waits), (52, 80, Doing::Holds)]);
    assert_eq!((recording.is_cut, recording.interpreters[1].is_cut), (false, true));
    let locks: Vec<_> = analysis.locks.iter().map(|l| (l.life_ns, l.hold_ns, l.wait_ns, l.switches)).collect();
    assert_eq!(locks, [(100, 50, 0, 0), (60, 58, 52, 1)]);
    // Who waits in one process waits for nobody of another.
    let pairs: Vec<_> = analysis.pairs.iter().map(|pair| (pair.waiter, pair.holder, pair.ns)).collect();
    assert_eq!(pairs, [(2, 3, 28), (3, 2, 20)]);
    // The same code has one number, whatever each process calls it.
    assert_eq!(recording.codes.len(), 1);
}

#[test]
fn a_torn_line_is_excused_only_before_another_piece() {
    let torn = format!("{HEADER}\n{NAMES}\n[5,1,\"ru\n[6,1,\"run\",0,0,1,0]\n");
    assert!(matches!(file::read(torn.as_bytes()), Err(Unreadable::Line(5))));
}

#[test]
fn a_task_does_in_its_steps_what_the_thread_of_its_loop_does() {
    let recording = read(
        "{\"task\":4,\"name\":\"slow\"}\n{\"task\":5,\"name\":\"other\"}\n[0,1,\"run\",0,0,1,0]\n\
         [10,1,\"task\",1,2,4,\"ready\"]\n[20,1,\"task\",1,2,4,\"steps\"]\n[22,1,\"task\",1,8,5,\"ready\"]\n\
         [30,1,\"leave\",1,3,\"sleep\"]\n[70,1,\"run\",1,3,1,0]\n[80,1,\"task\",1,4,4,\"awaits\"]\n\
         [81,1,\"task\",1,8,5,\"steps\"]\n[85,1,\"task\",0,0,5,\"fails\"]\n{\"end\":100,\"events\":9,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    check(&analysis);
    let of = |at: usize| -> Vec<(u64, u64, Doing)> {
        analysis.timeline.tasks[at].lane.spans.iter().map(|s| (s.from, s.to, s.doing)).collect()
    };
    use crate::gil::Reason::Sleep;
    let slow = [(10, 20, Doing::Ready), (20, 30, Doing::Steps), (30, 70, Doing::Blocks(Sleep)), (70, 80, Doing::Steps)];
    assert_eq!((&of(0)[..4], of(0)[4]), (&slow[..], (80, 100, Doing::Awaits)));
    assert_eq!(of(1), [(22, 81, Doing::Ready), (81, 85, Doing::Steps)]);
    let figures = &analysis.tasks[0];
    assert_eq!((figures.name.as_str(), figures.life_ns, figures.ran_ns, figures.blocked_ns), ("slow", 90, 20, 40));
    assert_eq!((figures.ready.total_ns, figures.awaited_ns, figures.steps.count()), (10, 20, 1));
    assert_eq!(analysis.tasks[1].outcome, Some(crate::gil::events::TaskDoes::Fails));
    // It blocked at line 3, and the other one was ready from 22 on.
    let costs: Vec<_> = analysis.loop_costs.iter().map(|c| (c.place.line, c.ns, c.longest_ns, c.others)).collect();
    assert_eq!(costs[0], (3, 58, 60, 1));
}

#[test]
fn who_has_the_lock_and_no_processor_is_preempted() {
    let recording = read(
        "[0,1,\"run\",0,0,1,0]\n[5,2,\"want\",1,7]\n[100,1,\"delay\",0,0,60]\n[110,1,\"want\",1,3]\n\
         [110,2,\"run\",1,7,1,1]\n[200,1,\"delay\",0,0,30]\n[200,2,\"delay\",0,0,40]\n\
         {\"end\":200,\"events\":7,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    check(&analysis);
    let found: Vec<_> = analysis.preemptions.iter().map(|one| (one.thread, one.ns, one.held_ns)).collect();
    // The first had the lock for 100 of the first 100, and for 10 of the second: more than that it did not keep from others.
    assert_eq!(found, [(1, 70, 110), (2, 40, 90)]);
    assert!(analysis.findings().iter().any(|sentence| sentence.contains("lock-holder pre-emption")));
}

#[test]
fn a_lock_that_was_handed_on_is_the_takers_before_it_runs() {
    let recording = read(
        "{\"thread\":3,\"name\":\"third\",\"at\":0}\n[0,1,\"run\",0,0,1,0]\n[10,2,\"block\",1,7,\"Lock\",9,1]\n\
         [10,2,\"leave\",1,7,\"lock\"]\n[20,1,\"wake\",1,3,2,9]\n[21,3,\"block\",1,8,\"Lock\",9,1]\n[21,3,\"leave\",1,8,\"lock\"]\n\
         [22,1,\"block\",1,4,\"Lock\",9,1]\n[23,1,\"leave\",1,4,\"lock\"]\n[30,2,\"run\",1,7,1,1]\n{\"end\":90,\"events\":9,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    let owners: Vec<_> = analysis.own_waits.iter().map(|wait| (wait.place.line, wait.owner)).collect();
    assert_eq!(owners, [(8, Some(2)), (4, Some(2)), (7, Some(1))]);
}

#[test]
fn what_different_threads_had_is_told_apart_on_one_line() {
    let joins = |targets: &[u32]| {
        let waits = targets.iter().enumerate().map(|(at, target)| {
            let from = 10 + 20 * at;
            let object = 100 + target;
            format!(
                "[{from},1,\"block\",1,7,\"join\",{object},{target}]\n[{from},1,\"leave\",1,7,\"join\"]\n\
                 [{},1,\"run\",1,7,1,0]\n",
                from + 5 + 2 * at
            )
        });
        let threads = (3..9).map(|id| format!("{{\"thread\":{id},\"name\":\"t{id}\",\"at\":0}}\n"));
        let lines: String = threads.chain(["[0,1,\"run\",0,0,1,0]\n".to_string()]).chain(waits).collect();
        read(&format!("{lines}{{\"end\":200,\"events\":9,\"lost\":0}}"))
    };
    let shown = |recording: &Recording| -> Vec<(String, String, u64, u64)> {
        let rows = Analysis::new(recording).own_waits;
        rows.iter().map(|w| (awaited(w.on, w.objects), w.of(recording), w.ns, w.times)).collect()
    };
    let row = |of: &str, ns, times| ("join".to_string(), of.to_string(), ns, times);
    assert_eq!(shown(&joins(&[3, 4])), [row("t4", 7, 1), row("t3", 5, 1)]);
    // Of very many only the sum is shown.
    assert_eq!(shown(&joins(&[3, 4, 5, 6, 7])), [row("5 threads", 5 + 7 + 9 + 11 + 13, 5)]);
    let locks = "[0,1,\"run\",0,0,1,0]\n[10,1,\"block\",1,7,\"Lock\",8,2]\n[10,1,\"leave\",1,7,\"lock\"]\n\
                 [15,1,\"run\",1,7,1,0]\n[20,1,\"block\",1,7,\"Lock\",9,2]\n[20,1,\"leave\",1,7,\"lock\"]\n\
                 [29,1,\"run\",1,7,1,0]\n{\"end\":30,\"events\":9,\"lost\":0}";
    let recording = read(locks);
    let owner = recording.thread_name(2).to_string();
    assert_eq!(shown(&recording), [("2 Locks".to_string(), owner.clone(), 14, 2)]);
    let said = Analysis::new(&recording).findings();
    let sentence =
        format!("in 2 waits for 2 Locks of the program's own at p.py:7 in f, which {owner} had: hold them for less");
    assert!(said.iter().any(|one| one.contains(&sentence)), "{said:?}");
}

#[test]
fn advice_counts_the_locks_of_a_line_whoever_had_them() {
    let waits = |second: u64| {
        read(&format!(
            "{{\"thread\":3,\"name\":\"third\",\"at\":0}}\n[0,1,\"run\",0,0,1,0]\n[10,1,\"block\",1,7,\"Lock\",8,2]\n\
             [10,1,\"leave\",1,7,\"lock\"]\n[15,1,\"run\",1,7,1,0]\n[20,1,\"block\",1,7,\"Lock\",{second},3]\n\
             [20,1,\"leave\",1,7,\"lock\"]\n[29,1,\"run\",1,7,1,0]\n{{\"end\":30,\"events\":9,\"lost\":0}}"
        ))
    };
    for (second, said) in [(8, "2 waits for a Lock of"), (9, "2 waits for 2 Locks of")] {
        let recording = waits(second);
        let findings = Analysis::new(&recording).findings();
        let is_said = |one: &String| one.contains(said) && one.contains("which third had mostly");
        assert!(findings.iter().any(is_said), "{findings:?}");
    }
}

#[test]
fn interpreters_of_different_processes_are_told_apart() {
    let named =
        |process, number, name: &str| Interpreter { process, number, name: name.into(), ..Interpreter::default() };
    let mut all =
        [named(1, 0, ""), named(1, 1, ""), named(2, 1, ""), named(2, 2, ""), named(3, 0, "worker"), named(4, 0, "")];
    tell_apart(&mut all);
    let titles: Vec<String> = all[1..].iter().map(Interpreter::title).collect();
    assert_eq!(titles, ["interpreter 1 of 1", "interpreter 1 of 2", "interpreter 2", "worker", "process 4"]);
}

#[test]
fn a_lock_that_hardly_anybody_had_was_a_lock_all_the_same() {
    let recording = read(
        "[0,1,\"run\",0,0,1,0]\n[1,1,\"leave\",1,2,\"sleep\"]\n[900,1,\"run\",1,2,1,0]\n[900,1,\"turn\",1,2,\"off\"]\n\
         [900,1,\"run\",1,2,0,0]\n{\"end\":1000,\"events\":5,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    check(&analysis);
    assert_eq!((analysis.totals.hold_ns, analysis.totals.locked_ns, analysis.had_lock()), (1, 900, true));
    let text = HEADER.replace("\"3.14\"", "\"off\"");
    let events = "[0,1,\"run\",0,0,0,0]\n[5,2,\"run\",0,0,0,0]\n[9,2,\"leave\",1,2,\"exit\"]\n[9,2,\"end\",1,2]\n[99,0,\"alive\",0,0]";
    let Ok(recording) = file::read(format!("{text}\n{NAMES}\n{events}").as_bytes()) else { panic!("it can be read") };
    let analysis = Analysis::new(&recording);
    check(&analysis);
    assert_eq!((analysis.had_lock(), analysis.totals.voluntary()), (false, 0));
}

#[test]
fn a_switch_counts_for_the_thread_that_gave_the_lock_up_though_that_still_waits() {
    let recording = read(
        "[0,1,\"run\",0,0,1,0]\n[10,2,\"want\",1,7]\n[60,2,\"ask\",1,7,1]\n[64,1,\"want\",1,3]\n\
         [66,2,\"run\",1,7,1,1]\n{\"end\":150,\"events\":5,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    check(&analysis);
    let forced: Vec<u64> = analysis.threads.iter().map(|thread| thread.forced_switches).collect();
    assert_eq!((analysis.totals.switches, forced), (1, vec![1, 0]));
}

#[test]
fn who_ran_while_it_had_the_lock_was_not_preempted() {
    let recording = read(
        "[0,1,\"run\",0,0,1,0]\n[5,2,\"want\",1,7]\n[100,1,\"delay\",0,0,60,90,100]\n[110,1,\"want\",1,3]\n\
         [110,2,\"run\",1,7,1,1]\n{\"end\":200,\"events\":5,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    let found: Vec<_> = analysis.preemptions.iter().map(|one| (one.thread, one.ns, one.held_ns)).collect();
    // It had the lock for 100 and a processor for 90 of that.
    assert_eq!(found, [(1, 10, 100)]);
}

/// Milliseconds, as thread 2 waits from the beginning to 300.
fn with_a_long_wait(events: &str) -> Vec<String> {
    let recording = read(&format!(
        "{{\"thread\":3,\"name\":\"third\",\"at\":0}}\n[0,1,\"run\",0,0,1,0]\n[0,2,\"want\",1,7]\n{events}\
         [300000000,2,\"run\",1,7,1,1]\n{{\"end\":310000000,\"events\":9,\"lost\":0}}"
    ));
    Analysis::new(&recording).findings()
}

#[test]
fn a_thread_starves_if_others_have_the_lock_again_and_again() {
    let starved = |findings: Vec<String>| findings.iter().any(|sentence| sentence.contains("it starved"));
    // One hold that took long, and one of each of two others, are no starvation.
    assert!(!starved(with_a_long_wait("")));
    assert!(!starved(with_a_long_wait("[99000000,1,\"want\",1,3]\n[99000000,3,\"run\",1,7,1,1]\n")));
    let again = "[99000000,1,\"leave\",1,3,\"sleep\"]\n[99900000,1,\"run\",1,3,1,0]\n";
    assert!(starved(with_a_long_wait(again)), "{:?}", with_a_long_wait(again));
}

#[test]
fn a_deadlock_is_told_first() {
    let recording = read(
        "[0,1,\"run\",0,0,1,0]\n{\"deadlock\":4000000,\"kind\":\"circle\",\"chain\":[{\"thread\":\"main\",\"for\":\"Lock\",\
         \"owner\":\"other\",\"at\":{\"file\":\"/x/p.py\",\"line\":6,\"function\":\"f\"}},{\"thread\":\"other\",\"for\":\"RLock\",\
         \"owner\":\"main\",\"at\":null}],\"others\":[]}\n{\"end\":5000000,\"events\":1,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    assert_eq!(
        analysis.findings()[0],
        "The program ended in a deadlock, found at 4.0 ms: main waits for a Lock that other has, at p.py:6 in f; \
         other waits for an RLock that main has. Take the locks in the same order everywhere, or with a timeout."
    );
    let json = &analysis.to_json()["deadlocks"][0];
    assert_eq!((&json["chain"][0]["at"]["line"], &json["chain"][1]["for"]), (&6.into(), &"RLock".into()));
}

#[test]
fn a_thread_that_ended_while_nothing_was_recorded_is_over_when_it_goes_on() {
    let recording = read(
        "[0,1,\"run\",0,0,1,0]\n[10,2,\"leave\",1,3,\"sleep\"]\n[40,0,\"pause\",0,0]\n[70,0,\"resume\",0,0]\n\
         [70,2,\"end\",0,0]\n[70,1,\"run\",0,0,1,0]\n{\"end\":100,\"events\":4,\"lost\":0}",
    );
    let analysis = Analysis::new(&recording);
    check(&analysis);
    assert_eq!(analysis.timeline.lanes[1].to, 70);
}
