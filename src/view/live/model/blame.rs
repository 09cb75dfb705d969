//! Who kept whom waiting for the lock. A hold is laid to those who waited meanwhile as soon as it is over: only then is it
//! known where its thread let go. So it is added up as in a report: by [`relations::part_of_wait`].

use std::collections::BTreeSet;

use crate::record::file::Place;
use crate::record::relations;
use crate::record::timeline::{Doing, Span};
use crate::world::Ns;

use super::super::waits::{Cause, Key, Wait};
use super::Model;

/// Who waits for one lock.
#[derive(Default)]
pub(super) struct Waiters {
    waiting: BTreeSet<u32>,
    /// Waits that are over, while a hold that was their cause may last still.
    over: Vec<Waited>,
}

/// A thread waits, or has waited.
#[derive(Clone, Copy)]
struct Waited {
    who: u32,
    place: Place,
    from: Ns,
    to: Ns,
}

impl Waited {
    /// What of it is due to a hold.
    fn due_to(&self, holder: u32, hold: (Ns, Ns), place: Place) -> Option<Wait> {
        let ns = relations::part_of_wait((self.from, self.to), hold);
        let key = Key { who: Some(self.who), place: self.place, cause: Cause::Gil(place), owner: Some(holder) };
        let from = self.from.max(hold.0);
        (ns > 0 && self.who != holder).then_some(Wait { key, from, to: from + ns })
    }
}

impl Waiters {
    /// A wait for the lock has ended.
    pub fn ended(&mut self, who: u32, span: &Span) {
        self.over.push(Waited { who, place: span.place, from: span.from, to: span.to });
    }
}

impl Model {
    /// Whether a thread waits may be another matter now.
    pub(super) fn may_wait(&mut self, of: usize, thread: u32) {
        let waits = self.follower.get(thread).is_some_and(|open| open.doing == Doing::Waits);
        let waiting = &mut self.interpreters[of].waiters.waiting;
        if waits {
            waiting.insert(thread)
        } else {
            waiting.remove(&thread)
        };
    }

    /// Forgets the waits for which nobody can be to blame any more.
    pub(super) fn forget_waits(&mut self, of: usize) {
        if self.interpreters[of].waiters.over.is_empty() {
            return;
        }
        let since = self.follower.holder(of).and_then(|id| self.follower.get(id)).map(|open| open.since);
        self.interpreters[of].waiters.over.retain(|waited| since.is_some_and(|since| waited.to > since));
    }

    /// The waits of an interpreter up to now, for its lock.
    fn waits_for(&self, of: usize) -> impl Iterator<Item = Waited> {
        let Waiters { waiting, over } = &self.interpreters[of].waiters;
        let lasting = waiting.iter().filter_map(|id| {
            let open = self.follower.get(*id).filter(|open| open.doing == Doing::Waits)?;
            Some(Waited { who: *id, place: open.place, from: open.since, to: self.now.max(open.since) })
        });
        lasting.chain(over.iter().copied())
    }

    /// A thread had the lock from when to when, and let it go there.
    pub(super) fn blame(&mut self, of: usize, holder: u32, hold: (Ns, Ns), place: Place) {
        let due: Vec<Wait> = self.waits_for(of).filter_map(|waited| waited.due_to(holder, hold, place)).collect();
        due.into_iter().for_each(|wait| self.waits.add(wait));
    }

    /// The waits that last still, as far as it is clear who is to blame.
    pub fn lasting_waits(&self) -> impl Iterator<Item = Wait> {
        let for_locks =
            (0..self.interpreters.len()).filter(|of| !self.interpreters[*of].is_over()).flat_map(move |of| {
                let holder = self.follower.holder(of).and_then(|id| self.follower.get(id));
                holder.into_iter().flat_map(move |open| {
                    let hold = (open.since, self.now);
                    // Where it will let go nobody knows yet.
                    self.waits_for(of).filter_map(move |w| w.due_to(open.lane.thread, hold, Place::default()))
                })
            });
        let own =
            self.lanes.iter().filter(|lane| lane.ended.is_none()).filter_map(|lane| self.own_wait(lane.id, self.now));
        for_locks.chain(own)
    }

    /// What a thread waits for up to `to` that is the program's own.
    fn own_wait(&self, thread: u32, to: Ns) -> Option<Wait> {
        let open = self.follower.get(thread)?;
        let (Doing::Away(_), Some((on, object, owner))) = (open.doing, open.awaited) else { return None };
        let key = Key { who: Some(thread), place: open.place, cause: Cause::Own(on, object), owner };
        Some(Wait { key, from: open.since, to })
    }

    /// Of an interpreter nothing more will come: what lasts still is added up as of then.
    pub(super) fn end_waits(&mut self, of: usize, at: Ns) {
        let holder = self.follower.holder(of).and_then(|id| self.follower.get(id));
        if let Some((thread, since, place)) = holder.map(|open| (open.lane.thread, open.since, open.place)) {
            self.blame(of, thread, (since, at), place);
        }
        let theirs = self.lanes.iter().filter(|lane| lane.interpreter == of && lane.ended.is_none());
        let own: Vec<Wait> = theirs.filter_map(|lane| self.own_wait(lane.id, at)).collect();
        own.into_iter().for_each(|wait| self.waits.add(wait));
        self.interpreters[of].waiters = Waiters::default();
    }
}

/// What a span of a thread that has ended says about waiting for what is the program's own.
pub(super) fn own_wait(who: u32, span: &Span) -> Option<Wait> {
    let (Doing::Away(_), Some((on, object, owner))) = (span.doing, span.awaited) else { return None };
    let key = Key { who: Some(who), place: span.place, cause: Cause::Own(on, object), owner };
    Some(Wait { key, from: span.from, to: span.to })
}
