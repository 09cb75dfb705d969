//! Runs made by hand, and what must be seen of them.

use std::collections::BTreeMap;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::gil::events::Awaited;
use crate::record::analysis::Analysis;
use crate::record::decode;
use crate::record::file::{self, Recording};
use crate::record::lines::OWN_THREAD;

use super::Kind;
use super::controls::{Action, Controls};
use super::model::Model;
use super::output::Output;
use super::screen::{self, Picture};
use super::snapshot::Snapshot;
use super::waits::{Cause, Sum};

const HEADER: &str = r#"{"gilbox":"recording","version":1,"figures":"measured","mode":"3.14","switch_interval_ns":5000000,"check_interval":null,"argv":["p.py"],"process":1,"started_ns":0,"machine":{"system":"linux","processors":2},"written_by":"0.1.0"}"#;
const NAMES: &str = r#"{"thread":1,"name":"MainThread","at":0}
{"thread":2,"name":"worker","at":0}
{"code":1,"file":"/some/where/p.py","function":"f","line":1}
{"source":"/some/where/p.py","text":"one\n  two = 2\nthree\n"}"#;
/// Main holds, is forced to let go, and takes the lock again when the worker sleeps.
const SWITCHES: &str = r#"[0,1,"run",0,0,1,0]
[100000000,2,"want",1,2]
[600000000,2,"ask",1,2,1]
[640000000,1,"want",1,3]
[660000000,2,"run",1,2,1,1]
[1000000000,2,"leave",1,2,"sleep"]
[1030000000,1,"run",1,3,1,2]"#;
const SCREEN: &str = "\
\x20gilbox watch  p.py  lock 3.14, interval 5.0 ms                  running  1.1 s
 contention 50.0%  lock busy 95.0%  free to run 0.95  threads 2 of 2
 switches/s 2.0: forced 1.0, sleep 1.0
── threads  █ runs ░ wants the lock ╌ blocked · sleeps ~ I/O ─── 50 ms/column ──
  lock: a MainThread       aaaaaaaaaaaaabbbbbbbaa                         waited
a MainThread has the lock  ████████████▇░░░░░░░▄█                            39%
b worker     sleeps :2     ~~░░░░░░░░░░░▇██████··                            62%
── sharpest waits of the last 10 s ─────────────────────────────────── by sum ──
 540.0 ms      1×  max 540.0 ms  b p.py:2 in f             lock: a at :3 in f
 340.0 ms      1×  max 340.0 ms  a p.py:3 in f             lock: b at :2 in f

── output ──────────────────────────────────────────────────────────────────────
counted far
and further









 q quit  o off/on  1-6 lock  [] interval  space pause  ←→ back  +- zoom  ? more
";
const MS: u64 = 1_000_000;

fn model(events: &str) -> Model {
    let mut model = Model::new(decode::header(HEADER.as_bytes()).expect("a header"));
    for line in NAMES.lines().chain(events.lines()) {
        model.take(decode::line(line.as_bytes()).unwrap_or_else(|| panic!("{line}")));
    }
    model
}

fn shares(model: &Model, thread: u32, from: u64, to: u64) -> Vec<(Kind, u64)> {
    let lane = model.lane(thread).expect("a lane");
    let shares = model.shares(lane, from * MS, to * MS);
    Kind::ALL.into_iter().zip(shares).filter(|(_, ns)| *ns > 0).map(|(kind, ns)| (kind, ns / MS)).collect()
}

/// The screen's rows, without what is empty at their ends.
fn drawn(model: &Model, controls: &mut Controls, (width, height): (u16, u16), colors: bool) -> Vec<String> {
    let mut output = Output::new(5, width);
    output.print(b"counted \x1b[1mfar\x1b[0m\r\nand further");
    let snapshot = Snapshot::new(model, controls);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    let mut picture = Picture {
        model: Some(model),
        snapshot: &snapshot,
        controls,
        output: Some(&mut output),
        title: "p.py",
        status: "running",
        colors,
    };
    terminal.draw(|frame| screen::draw(frame, &mut picture)).expect("it is drawn");
    let buffer = terminal.backend().buffer();
    let row = |y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_string();
    let plain = buffer.content().iter().all(|cell| {
        use ratatui::style::Color::Reset;
        (cell.fg, cell.bg) == (Reset, Reset)
    });
    assert_eq!(plain, !colors, "colours are there exactly where they are wanted");
    (0..height).map(row).collect()
}

fn press(controls: &mut Controls, snapshot: &Snapshot, key: KeyCode) -> Action {
    controls.key(KeyEvent::new(key, KeyModifiers::NONE), snapshot)
}

#[test]
fn lanes_follow_the_events_up_to_the_moment_that_has_come() {
    let mut model = model(SWITCHES);
    model.advance(300 * MS);
    assert_eq!(model.holder().map(|lane| lane.id), Some(1));
    assert_eq!(shares(&model, 1, 0, 300), [(Kind::Holds, 300)]);
    assert_eq!(shares(&model, 2, 0, 300), [(Kind::Waits, 200), (Kind::Away, 100)]);
    model.advance(1_100 * MS);
    assert_eq!(shares(&model, 1, 0, 1_100), [(Kind::Holds, 710), (Kind::Waits, 390)]);
    assert_eq!(
        shares(&model, 2, 0, 1_100),
        [(Kind::Holds, 340), (Kind::Waits, 560), (Kind::Sleeps, 100), (Kind::Away, 100)]
    );
    let snapshot = Snapshot::new(&model, &Controls::default());
    assert_eq!(snapshot.holder, Some(('a', "MainThread".to_string())));
    // In the last second 610 and 340 ms of running, 390 and 560 of waiting.
    assert!((snapshot.contention - 950.0 / 1_900.0).abs() < 0.001, "{}", snapshot.contention);
    let switches: Vec<&str> = snapshot.switches.iter().map(|(name, _)| *name).collect();
    assert_eq!(switches, ["forced", "sleep"]);
}

#[test]
fn events_of_different_threads_are_put_in_order_and_late_ones_count_as_of_now() {
    let mixed: Vec<&str> = SWITCHES.lines().rev().collect();
    let mut model = model(&mixed.join("\n"));
    model.advance(1_100 * MS);
    assert_eq!(shares(&model, 1, 0, 1_100), [(Kind::Holds, 710), (Kind::Waits, 390)]);
    model.take(decode::line(br#"[900000000,1,"leave",1,3,"I/O"]"#).expect("a line"));
    model.advance(1_200 * MS);
    assert_eq!(shares(&model, 1, 1_030, 1_200), [(Kind::Holds, 70), (Kind::Away, 100)]);
}

#[test]
fn waits_are_shown_with_their_lines_and_who_let_go_where() {
    let mut model = model(SWITCHES);
    model.advance(1_100 * MS);
    let waits = Snapshot::new(&model, &Controls::default()).waits.expect("they are known");
    let rows: Vec<_> =
        waits.iter().map(|w| (w.ns / MS, w.times, w.at.as_str(), w.of.as_str(), w.source.as_str())).collect();
    // The lock was nobody's for some 20 and 30 ms, as far as threads have said where they let go.
    let first = (540, 1, "b p.py:2 in f", "lock: a at :3 in f", "two = 2");
    assert_eq!(rows, [first, (340, 1, "a p.py:3 in f", "lock: b at :2 in f", "three")]);
}

#[test]
fn the_lock_that_was_chosen_is_shown_and_gilboxs_own_thread_is_not() {
    let turned = format!(
        "{SWITCHES}\n{{\"thread\":3,\"name\":\"{OWN_THREAD}\",\"at\":1100000000}}\n[1100000000,3,\"want\",0,0]\n\
         [1150000000,1,\"want\",1,3]\n[1150000000,3,\"run\",0,0,1,1]\n[1160000000,3,\"turn\",0,0,\"off\"]\n\
         [1161000000,3,\"leave\",0,0,\"exit\"]\n[1161000000,3,\"end\",0,0]\n[1162000000,1,\"run\",1,3,0,0]"
    );
    let mut model = model(&turned);
    model.advance(1_300 * MS);
    let snapshot = Snapshot::new(&model, &Controls::default());
    assert_eq!((snapshot.mode.as_str(), snapshot.has_lock, snapshot.interval_ns), ("off", false, None));
    assert_eq!(snapshot.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["MainThread", "worker"]);
    assert_eq!(shares(&model, 1, 1_200, 1_300), [(Kind::Runs, 100)]);
    let rows = drawn(&model, &mut Controls::default(), (80, 24), true);
    assert!(rows[0].contains("lock off") && rows[4].contains("▼off"), "{}", rows.join("\n"));
}

#[test]
fn collections_and_what_was_not_recorded_are_told_from_the_rest() {
    let events = "[0,1,\"run\",0,0,1,0]\n[100000000,1,\"collect\",1,2]\n[150000000,1,\"collected\",1,2]\n\
                  [200000000,1,\"leave\",1,2,\"I/O\"]\n[300000000,0,\"pause\",0,0]";
    let mut model = model(events);
    model.advance(120 * MS);
    assert_eq!(shares(&model, 1, 110, 120), [(Kind::Collects, 10)]);
    model.advance(400 * MS);
    let all = [(Kind::Holds, 150), (Kind::Away, 100), (Kind::Collects, 50), (Kind::Unknown, 100)];
    assert_eq!(shares(&model, 1, 0, 400), all);
}

#[test]
fn a_run_that_is_over_keeps_its_lanes_and_its_figures_are_of_all_of_it() {
    let mut model = model(&format!("{SWITCHES}\n{{\"end\":1500000000,\"events\":7,\"lost\":3}}"));
    model.advance(5_000 * MS);
    assert!(model.is_over && model.now == 1_500 * MS);
    let snapshot = Snapshot::new(&model, &Controls::default());
    assert_eq!((snapshot.lost, snapshot.living, snapshot.window_ns), (3, 0, 1_500 * MS));
    assert_eq!(shares(&model, 1, 1_000, 1_500), [(Kind::Holds, 470), (Kind::Waits, 30)]);
    // Held for 1110 and 340 ms of 1500.
    assert!((snapshot.busy - 1_450.0 / 1_500.0).abs() < 0.001, "{}", snapshot.busy);
}

#[test]
fn threads_that_are_over_do_not_fill_the_memory() {
    let mut model = model(SWITCHES);
    let first = model.lanes.iter().map(|lane| lane.id).max().unwrap_or(0) + 1;
    for id in 10..30_010_u32 {
        let at = 2_000 * MS + u64::from(id) * MS;
        for what in ["want\",1,2", "run\",1,2,1,0", "leave\",1,2,\"exit\"", "end\",1,2"] {
            model.take(decode::line(format!("[{at},{id},\"{what}]").as_bytes()).expect("a line"));
        }
        model.advance(at);
    }
    assert!(model.lanes.len() < 2_000, "{}", model.lanes.len());
    assert!(model.lane(1).is_some() && model.lane(first + 29_999).is_some() && model.lane(first).is_none());
}

#[test]
fn the_screen_at_80_columns() {
    let mut model = model(SWITCHES);
    model.advance(1_100 * MS);
    let rows = drawn(&model, &mut Controls::default(), (80, 24), true);
    assert_eq!(format!("{}\n", rows.join("\n")), SCREEN);
}

#[test]
fn larger_screens_show_more_and_small_ones_say_so() {
    let mut model = model(SWITCHES);
    model.advance(1_100 * MS);
    let rows = drawn(&model, &mut Controls::default(), (160, 50), true).join("\n");
    for text in ["as started", "stands", "two = 2", "and further", "lock 3.14, interval 5.0 ms"] {
        assert!(rows.contains(text), "no {text}:\n{rows}");
    }
    let rows = drawn(&model, &mut Controls::default(), (40, 10), false);
    assert_eq!(rows[0], "too small: needs 60x14, has 40x10");
    for size in [(60, 14), (61, 17), (79, 21), (200, 15), (60, 90), (300, 100)] {
        drawn(&model, &mut Controls::default(), size, true);
        drawn(&model, &mut Controls::default(), size, false);
    }
}

#[test]
fn every_control_leaves_a_screen_that_can_be_drawn() {
    let mut model = model(SWITCHES);
    model.advance(1_100 * MS);
    let mut controls = Controls::default();
    let keys = "o]+++++++++++b?s?bsb-----------------------fsrwvrwv i/";
    let codes = keys.chars().map(KeyCode::Char);
    for key in codes.chain([KeyCode::Esc, KeyCode::Home, KeyCode::Down, KeyCode::PageUp, KeyCode::End, KeyCode::Esc]) {
        let snapshot = Snapshot::new(&model, &controls);
        press(&mut controls, &snapshot, key);
        drawn(&model, &mut controls, (80, 24), true);
        let again = snapshot.again(&model, &controls);
        assert_eq!(again.contention, snapshot.contention, "what was seen stands");
    }
}

#[test]
fn threads_are_filtered_and_sorted() {
    let mut model = model(SWITCHES);
    model.advance(1_100 * MS);
    let names = |controls: &Controls| -> Vec<String> {
        Snapshot::new(&model, controls).rows.into_iter().map(|row| row.name).collect()
    };
    let mut controls = Controls::default();
    controls.filter.push_str("WORK");
    assert_eq!(names(&controls), ["worker"]);
    controls.filter.clear();
    press(&mut controls, &Snapshot::default(), KeyCode::Char('s'));
    assert_eq!(names(&controls), ["worker", "MainThread"]);
    press(&mut controls, &Snapshot::default(), KeyCode::Char('s'));
    assert_eq!(names(&controls), ["MainThread", "worker"]);
}

/// Four threads that take the lock from one another in all ways there are, as chance would have it; lines in order.
fn scuffle(mut chance: u64) -> Vec<(u64, String)> {
    let mut next = |most: u64| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) % most
    };
    let (mut at, mut holder, mut waiting, mut away) = (0, Some(1), Vec::new(), vec![2, 3, 4]);
    let mut lines = vec![(0, "[0,1,\"run\",1,2,1,0]".to_string())];
    for _ in 0..400 {
        at += 1 + next(20) * MS / 4;
        let line = 1 + next(3);
        match (next(5), holder) {
            (0 | 1, _) if !away.is_empty() => {
                let thread = away.swap_remove(next(away.len() as u64) as usize);
                waiting.push(thread);
                lines.push((at, format!("[{at},{thread},\"want\",1,{line}]")));
            }
            (2, Some(was)) if !waiting.is_empty() => {
                // It lets go, and is seen to only sometimes.
                if next(2) == 0 {
                    lines.push((at, format!("[{at},{was},\"want\",1,{line}]")));
                    at += next(3) * MS;
                }
                let thread = waiting.swap_remove(next(waiting.len() as u64) as usize);
                waiting.push(was);
                holder = Some(thread);
                lines.push((at, format!("[{at},{thread},\"run\",1,{line},1,{was}]")));
            }
            (3, Some(was)) => {
                (holder, away) = (None, [away, vec![was]].concat());
                if next(2) == 0 {
                    let other = 1 + next(4);
                    lines.push((at, format!("[{at},{was},\"block\",1,{line},\"Lock\",{},{other}]", 7 + next(2))));
                }
                lines.push((at, format!("[{at},{was},\"leave\",1,{line},\"lock\"]")));
            }
            (_, None) if !waiting.is_empty() => {
                let thread = waiting.remove(0);
                holder = Some(thread);
                lines.push((at, format!("[{at},{thread},\"run\",1,{line},1,0]")));
            }
            _ => {}
        }
    }
    lines
}

/// What the report says of the lines up to a moment, with the threads' names before them.
fn reported(names: &str, lines: &[(u64, String)], to: u64) -> Recording {
    let events: Vec<&str> = lines.iter().filter(|(at, _)| *at <= to).map(|(_, line)| line.as_str()).collect();
    let text = format!("{HEADER}\n{names}\n{}\n{{\"end\":{to},\"events\":1,\"lost\":0}}\n", events.join("\n"));
    file::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// Waiting time, and how often, by a key.
fn table<K: Ord>(rows: impl Iterator<Item = (K, u64, u64)>) -> BTreeMap<K, (u64, u64)> {
    let mut table = BTreeMap::new();
    for (key, ns, times) in rows {
        let entry = table.entry(key).or_insert((0, 0));
        *entry = (entry.0 + ns, entry.1 + times);
    }
    table
}

#[test]
fn waits_are_those_of_the_report() {
    let others = "{\"thread\":3,\"name\":\"third\",\"at\":0}\n{\"thread\":4,\"name\":\"fourth\",\"at\":0}";
    for chance in 1..20 {
        let lines = scuffle(chance);
        let names = format!("{NAMES}\n{others}");
        let end = lines.last().map_or(0, |(at, _)| *at) + MS;
        let mut model = Model::new(decode::header(HEADER.as_bytes()).expect("a header"));
        let all = names.lines().chain(lines.iter().map(|(_, line)| line.as_str()));
        all.for_each(|line| model.take(decode::line(line.as_bytes()).unwrap_or_else(|| panic!("{line}"))));
        // While it lasts: where the lock will be let go is not known yet, but by whom.
        for part in 1..4 {
            let to = end / 4 * part;
            model.advance(to);
            let recording = reported(&names, &lines, to);
            let report = Analysis::new(&recording);
            let sums = model.waits.recent(to, model.lasting_waits()).expect("they are known");
            let of_lock = sums.iter().filter(|sum| matches!(sum.key.cause, Cause::Gil(_)));
            let seen = table(of_lock.map(|sum| ((sum.key.who, sum.key.owner), sum.ns, sum.times)));
            let told = table(report.pairs.iter().map(|p| ((Some(p.waiter), Some(p.holder)), p.ns, p.times)));
            assert_eq!(seen, told, "{chance} up to {to}");
        }
        model.take(decode::line(format!("{{\"end\":{end},\"events\":1,\"lost\":0}}").as_bytes()).expect("a line"));
        model.advance(end);
        let recording = reported(&names, &lines, end);
        let report = Analysis::new(&recording);
        let sums = model.waits.all();
        let by_line = |sum: &Sum| match sum.key.cause {
            Cause::Gil(place) => Some(((sum.key.who, sum.key.owner, place), sum.ns, sum.times)),
            _ => None,
        };
        let told = report.blockings.iter().map(|b| ((Some(b.waiter), Some(b.holder), b.place), b.ns, b.times));
        assert_eq!(table(sums.iter().filter_map(by_line)), table(told), "{chance}");
        let own = |sum: &Sum| match sum.key.cause {
            Cause::Own(Awaited::Lock, _) => Some((sum.key.place, sum.ns, sum.times)),
            _ => None,
        };
        let told = table(report.own_waits.iter().map(|wait| (wait.place, wait.ns, wait.times)));
        assert_eq!(table(sums.iter().filter_map(own)), told, "{chance}");
    }
}

/// A second process with an interpreter of its own, in each of which one thread computes for half the time.
const PROCESSES: &str = r#"{"of":1,"interpreter":0}
[0,1,"run",0,0,1,0]
[500000000,1,"leave",0,0,"I/O"]
{"of":2,"interpreter":0}
{"name":"","mode":"3.14","switch_interval_ns":5000000,"check_interval":null,"at":1000000000}
{"thread":1,"name":"MainThread","at":1000000000}
[1000000000,1,"run",0,0,1,0]
[1600000000,1,"leave",0,0,"I/O"]
{"of":2,"interpreter":1}
{"name":"","mode":"3.14","switch_interval_ns":5000000,"check_interval":null,"at":1000000000}
{"thread":1,"name":"MainThread","at":1000000000}
[1000000000,1,"run",0,0,1,0]
[1700000000,1,"leave",0,0,"I/O"]
{"of":1,"interpreter":1}
{"name":"","mode":"3.14","switch_interval_ns":5000000,"check_interval":null,"at":1000000000}
{"thread":1,"name":"MainThread","at":1000000000}
[1000000000,1,"run",0,0,1,0]
[1700000000,1,"leave",0,0,"I/O"]
{"thread":2,"name":"MainThread","at":1800000000}
[1800000000,2,"run",0,0,1,0]
[1800000000,2,"leave",0,0,"I/O"]
{"of":1,"interpreter":0}
{"end":2000000000,"events":8,"lost":0}"#;

#[test]
fn the_figures_of_several_locks_are_those_of_the_report_and_interpreters_are_told_apart() {
    let mut model = model(PROCESSES);
    model.advance(1_900 * MS);
    let snapshot = Snapshot::new(&model, &Controls::default());
    // In the second before that nothing of the first, and 600 and twice 700 ms of 900 of the others.
    assert!((snapshot.busy - 2_000.0 / 3_700.0).abs() < 0.01, "{}", snapshot.busy);
    let rows = drawn(&model, &mut Controls::default(), (80, 24), true);
    assert!(rows[1].contains("locks busy") && rows[4].starts_with("  main lock: free"), "{}", rows.join("\n"));
    model.advance(2_000 * MS);
    let snapshot = Snapshot::new(&model, &Controls::default());
    let text = format!("{HEADER}\n{NAMES}\n{PROCESSES}\n");
    let recording = file::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let totals = Analysis::new(&recording).totals;
    assert_eq!((totals.hold_ns, totals.locks_ns), (2_500 * MS, 4_100 * MS));
    assert_eq!(snapshot.busy, totals.busy_ratio());
    assert_eq!(snapshot.contention, totals.contention_ratio());
    let names: Vec<&str> = snapshot.rows.iter().map(|row| row.name.as_str()).collect();
    let told: Vec<&str> = recording.threads.iter().map(|thread| thread.name.as_str()).collect();
    assert_eq!(names, told);
    let mut others: Vec<&str> = names.iter().copied().filter(|name| name.contains("interpreter")).collect();
    others.sort_unstable();
    assert_eq!(others, ["interpreter 1 of 1", "interpreter 1 of 1 (2)", "interpreter 1 of 2"]);
}

#[test]
fn who_looks_back_sees_figures_of_that_moment() {
    let turned = format!("{SWITCHES}\n[2000000000,1,\"turn\",1,3,\"off\"]\n[2000000000,1,\"leave\",1,3,\"sleep\"]");
    let mut model = model(&turned);
    model.advance(20_000 * MS);
    let mut controls = Controls::default();
    (controls.end, controls.is_paused) = (Some(800 * MS), true);
    press(&mut controls, &Snapshot::default(), KeyCode::Char('+'));
    press(&mut controls, &Snapshot::default(), KeyCode::Char('+'));
    let rows = drawn(&model, &mut controls, (80, 24), true).join("\n");
    let texts = [
        "lock 3.14, interval 5.0 ms",
        "0.8 s of 20.0 s",
        "lock: b worker",
        "worker     has the lock",
        "MainThread wants it",
        "sharpest waits of the 10 s before 0.8 s",
        "540.0 ms",
        "contention 48.0%",
        "switches/s 1.2: forced 1.2",
    ];
    for text in texts {
        assert!(rows.contains(text), "no {text}:\n{rows}");
    }
    controls.end = None;
    let rows = drawn(&model, &mut controls, (80, 24), true).join("\n");
    assert!(rows.contains("lock off") && rows.contains("no lock") && rows.contains("20.0 s"), "{rows}");
    // Commands are about the present.
    controls.end = Some(800 * MS);
    let snapshot = Snapshot::new(&model, &controls);
    assert_eq!(press(&mut controls, &snapshot, KeyCode::Char('o')), Action::Lock("3.14".to_string()));
}

#[test]
fn the_legend_never_cuts_how_long_a_column_is() {
    let mut model = model(SWITCHES);
    model.advance(1_100 * MS);
    for width in 60..200 {
        let mut controls = Controls::default();
        for _ in 0..9 {
            let rows = drawn(&model, &mut controls, (width, 24), true);
            assert!(rows[3].ends_with("column ──") && rows[3].contains("█ runs"), "{}", rows[3]);
            press(&mut controls, &Snapshot::default(), KeyCode::Char('-'));
        }
    }
}
