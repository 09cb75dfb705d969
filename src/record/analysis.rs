//! What a recording means: worked out once, and shown by every view.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::gil::Reason;
use crate::world::Ns;

use super::advice;
use super::deadlock::Alarm;
use super::figures::{LockFigures, Spread, ThreadFigures, Totals};
use super::file::{Place, Recording};
use super::relations::{
    self, Blocking, Convoy, CostlyLine, LineCost, LongestWait, ObjectWait, OwnWait, Pair, Preemption,
};
use super::tasks::{self, LoopCost, TaskFigures};
use super::timeline::Timeline;

/// A recording with all that follows from it.
pub struct Analysis<'a> {
    pub recording: &'a Recording,
    pub timeline: Timeline,
    /// By interpreter, and for each in the order in which they were registered.
    pub threads: Vec<ThreadFigures>,
    /// Of each interpreter, in the recording's order.
    pub locks: Vec<LockFigures>,
    pub totals: Totals,
    /// In the order in which they were first heard of.
    pub tasks: Vec<TaskFigures>,
    pub loop_costs: Vec<LoopCost>,
    /// Who blocked whom where; this and the following: the worst first.
    pub blockings: Vec<Blocking>,
    pub pairs: Vec<Pair>,
    pub costly_lines: Vec<CostlyLine>,
    pub own_waits: Vec<OwnWait>,
    pub object_waits: Vec<ObjectWait>,
    /// What each line cost, by file and line.
    pub lines: BTreeMap<(&'a str, u32), LineCost>,
    pub convoys: Vec<Convoy>,
    /// The longest wait in which another thread had the lock again and again.
    pub passed_by: Option<LongestWait>,
    pub preemptions: Vec<Preemption>,
}

impl Analysis<'_> {
    pub fn new(recording: &Recording) -> Analysis<'_> {
        let timeline = Timeline::new(recording);
        let threads: Vec<ThreadFigures> = timeline.lanes.iter().map(ThreadFigures::of).collect();
        let totals = Totals::of(recording, &timeline, &threads);
        let intervals: Vec<Ns> = recording.interpreters.iter().map(|one| one.interval_ns).collect();
        // Under 2.7's lock one hold is many: the thread that has it lets go, and takes it again, without anybody's noticing.
        let least_holds = if recording.header.check_interval.is_some() { 1 } else { 2 };
        let blockings = relations::blockings(&timeline);
        let costly_lines = relations::costly_lines(&timeline, &blockings);
        let own_waits = relations::own_waits(&timeline);
        let object_waits = relations::object_waits(recording);
        Analysis {
            recording,
            locks: LockFigures::of_all(recording, &timeline, &threads),
            threads,
            totals,
            tasks: timeline.tasks.iter().map(TaskFigures::of).collect(),
            loop_costs: tasks::loop_costs(&timeline.tasks),
            pairs: relations::pairs(&blockings),
            lines: relations::line_costs(recording, &costly_lines, &own_waits, &object_waits),
            costly_lines,
            blockings,
            own_waits,
            object_waits,
            convoys: relations::convoys(&timeline, &intervals),
            passed_by: relations::longest_wait(&timeline, least_holds),
            preemptions: relations::preemptions(recording, &timeline),
            timeline,
        }
    }

    /// Whether there was a lock for more than a moment, whether anybody held it or not.
    pub fn had_lock(&self) -> bool {
        100 * self.totals.locked_ns >= self.totals.locks_ns
    }

    /// What happened, in sentences, the most important first.
    pub fn findings(&self) -> Vec<String> {
        advice::of(self)
    }

    pub fn to_json(&self) -> Value {
        let header = &self.recording.header;
        let blockings = self.blockings.iter().map(|b| {
            json!({
                "waiter": self.recording.thread_name(b.waiter),
                "holder": self.recording.thread_name(b.holder),
                "at": self.place(b.place),
                "wait_ns": b.ns,
                "holds": b.times,
            })
        });
        let pairs = self.pairs.iter().map(|pair| {
            json!({
                "waiter": self.recording.thread_name(pair.waiter),
                "holder": self.recording.thread_name(pair.holder),
                "wait_ns": pair.ns,
                "holds": pair.times,
            })
        });
        let costs = self.lines.iter().map(|((file, line), cost)| {
            json!({
                "file": file,
                "line": line,
                "others_waited_ns": cost.others_ns,
                "own_wait_ns": cost.own_ns,
                "object_wait_ns": cost.object_ns,
            })
        });
        let lines = self.costly_lines.iter().map(|l| {
            json!({
                "at": self.place(l.place),
                "others_waited_ns": l.ns,
                "holds": l.holds,
                "forced": l.forced,
                "longest_hold_ns": l.longest_ns,
            })
        });
        let own = self.own_waits.iter().map(|w| {
            json!({
                "at": self.place(w.place),
                "for": relations::awaited(w.on, w.objects),
                "objects": w.objects,
                "owner": w.owner.map(|id| self.recording.thread_name(id)),
                "owners": w.owners,
                "of": w.of(self.recording),
                "wait_ns": w.ns,
                "waits": w.times,
                "longest_ns": w.longest_ns,
            })
        });
        let objects = self.object_waits.iter().map(|w| {
            json!({
                "at": self.place(w.place),
                "kind": w.kind,
                "objects": w.objects,
                "wait_ns": w.ns,
                "waits": w.times,
            })
        });
        let interpreters = self.recording.interpreters.iter().zip(&self.locks).enumerate().map(|(at, (one, lock))| {
            json!({
                "title": if at == 0 { "the program".to_string() } else { one.title() },
                "process": one.process,
                "interpreter": one.number,
                "name": one.name,
                "mode": one.mode,
                "switch_interval_ns": one.interval_ns,
                "begins_ns": one.born_ns,
                "ends_ns": one.end_ns,
                "is_cut": one.is_cut,
                "threads": lock.threads,
                "recorded_ns": lock.life_ns,
                "hold_ns": lock.hold_ns,
                "run_ns": lock.run_ns,
                "wait_ns": lock.wait_ns,
                "busy_ratio": lock.busy_ratio(),
                "contention_ratio": lock.contention_ratio(),
                "switches": lock.switches,
                "forced_switches": lock.forced_switches,
            })
        });
        let preemptions = self.preemptions.iter().map(|one| {
            json!({
                "thread": self.recording.thread_name(one.thread),
                "at_most_ns": one.ns,
                "held_ns": one.held_ns,
            })
        });
        let loop_costs = self.loop_costs.iter().map(|cost| {
            json!({
                "at": self.place(cost.place),
                "others_waited_ns": cost.ns,
                "steps": cost.steps,
                "longest_ns": cost.longest_ns,
                "other_tasks": cost.others,
                "blocked_ns": cost.blocked_ns,
            })
        });
        json!({
            "figures": "measured",
            "program": self.recording.program(),
            "mode": header.mode,
            "switch_interval_ns": header.interval_ns,
            "processors": header.processors,
            "recorded_ns": self.totals.recorded_ns,
            "is_cut": self.recording.is_cut,
            "lost_events": self.recording.lost,
            "locked_ns": self.totals.locked_ns,
            "hold_ns": self.totals.hold_ns,
            "run_ns": self.totals.run_ns,
            "wait_ns": self.totals.wait_ns,
            "busy_ratio": self.totals.busy_ratio(),
            "contention_ratio": self.totals.contention_ratio(),
            "switches": self.totals.switches,
            "forced_switches": self.totals.forced_switches,
            "voluntary_switches": self.totals.voluntary(),
            "voluntary_switches_by_reason": by_reason(&self.totals.voluntary_switches),
            "holds": spread(&self.totals.holds),
            "waits": spread(&self.totals.waits),
            "handoffs": spread(&self.totals.handoffs),
            "parallel_at_best_ns": self.totals.parallel_ns,
            "interpreters": interpreters.collect::<Vec<_>>(),
            "threads": self.threads.iter().map(thread).collect::<Vec<_>>(),
            "tasks": self.tasks.iter().map(task).collect::<Vec<_>>(),
            "deadlocks": self.recording.alarms.iter().map(Alarm::line).collect::<Vec<_>>(),
            "loop_costs": loop_costs.collect::<Vec<_>>(),
            "blockings": blockings.collect::<Vec<_>>(),
            "pairs": pairs.collect::<Vec<_>>(),
            "costly_lines": lines.collect::<Vec<_>>(),
            "own_waits": own.collect::<Vec<_>>(),
            "preemptions": preemptions.collect::<Vec<_>>(),
            "object_waits": objects.collect::<Vec<_>>(),
            "lines": costs.collect::<Vec<_>>(),
            "findings": self.findings(),
        })
    }

    fn place(&self, place: Place) -> Value {
        match self.recording.codes.get(&place.code) {
            Some(code) => json!({"file": code.file, "line": place.line, "function": code.function}),
            None => Value::Null,
        }
    }
}

fn by_reason(counts: &[u64; Reason::COUNT]) -> Value {
    let named = Reason::ALL.iter().zip(counts).filter(|(_, count)| **count > 0);
    named.map(|(reason, count)| (reason.name().to_string(), json!(count))).collect()
}

fn spread(spread: &Spread) -> Value {
    json!({
        "count": spread.count(),
        "total_ns": spread.total_ns,
        "p50_ns": spread.percentile(50),
        "p90_ns": spread.percentile(90),
        "p99_ns": spread.percentile(99),
        "longest_ns": spread.longest(),
    })
}

fn thread(thread: &ThreadFigures) -> Value {
    json!({
        "name": thread.name,
        "interpreter": thread.interpreter,
        "life_ns": thread.life_ns,
        "hold_ns": thread.hold_ns(),
        "run_ns": thread.run_ns,
        "wait_ns": thread.wait_ns(),
        "stopped_ns": thread.stopped_ns,
        "away_ns": by_reason(&thread.away_ns),
        "unknown_ns": thread.unknown_ns,
        "waits": thread.times_waited,
        "forced_switches": thread.forced_switches,
        "voluntary_switches": thread.voluntary(),
        "voluntary_switches_by_reason": by_reason(&thread.voluntary_switches),
        "voluntary_releases_by_reason": by_reason(&thread.leaves),
        "holds_by_length": spread(&thread.holds),
        "waits_by_length": spread(&thread.waits),
        "contention_ratio": thread.wait_ratio(),
    })
}

fn task(task: &TaskFigures) -> Value {
    json!({
        "name": task.name,
        "interpreter": task.interpreter,
        "life_ns": task.life_ns,
        "steps": spread(&task.steps),
        "ready": spread(&task.ready),
        "ran_ns": task.ran_ns,
        "lock_wait_ns": task.lock_wait_ns,
        "blocked_ns": task.blocked_ns,
        "awaited_ns": task.awaited_ns,
        "other_ns": task.other_ns,
        "outcome": task.outcome.map(|outcome| outcome.name()),
    })
}
