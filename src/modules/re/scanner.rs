//! Match after match over one string: what `finditer` gives, and `Pattern.scanner`.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Gc, Tracer, Value};
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::kinds;
use crate::objects::native_object::{NativeObject, NativeState};
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, member, native};

use super::matcher::Ending;
use super::pattern::{How, Pattern, Range, Run};
use super::subject::Subject;

/// Threads that share one see each match once or several times, and nothing worse.
pub struct Scanner {
    pattern: Gc<Pattern>,
    subject: Subject,
    range: Range,
    /// Where the next match may begin, times two; plus one if it must not be empty there. [`DONE`] at the end.
    state: AtomicUsize,
}

// SAFETY: like every cell's, its values are only touched by attached threads; its state is an atomic.
unsafe impl Send for Scanner {}
// SAFETY: as for `Send`.
unsafe impl Sync for Scanner {}

const DONE: usize = usize::MAX;

impl Scanner {
    pub fn new(pattern: Gc<Pattern>, subject: Subject, range: Range) -> Scanner {
        Scanner { pattern, subject, range, state: AtomicUsize::new(range.from << 1) }
    }

    /// The next match.
    fn step(&self, th: &Thread, how: How) -> Result<Option<Value>> {
        let state = self.state.load(Ordering::Relaxed);
        if state == DONE {
            return Ok(None);
        }
        let mut run = Run::new(th, self.pattern, &self.subject, self.range, Ending::Anywhere);
        run.resume(state >> 1, state & 1 != 0);
        if !run.advance(how)? {
            self.state.store(DONE, Ordering::Relaxed);
            return Ok(None);
        }
        let (from, to) = run.span();
        self.state.store(to << 1 | usize::from(from == to), Ordering::Relaxed);
        Ok(Some(run.to_match()))
    }
}

impl NativeState for Scanner {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.pattern);
        tracer.value(self.subject.value);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        Some(self.step(th, How::Search))
    }
}

fn scanner(th: &Thread, v: Value) -> Result<&'static Scanner> {
    let state = v.downcast::<NativeObject>().and_then(|object| object.state_as::<Scanner>());
    state.ok_or_else(|| th.type_error("a '_sre.SRE_Scanner' object is required"))
}

pub static SCANNER: TypeDef = TypeDef {
    module: "_sre",
    methods: &[
        native("match", "($self, /)", "The next match, if it begins where the last one ended.", |th, args| {
            Ok(scanner(th, args[0])?.step(th, How::Match)?.unwrap_or(Value::NONE))
        }),
        native("search", "($self, /)", "The next match.", |th, args| {
            Ok(scanner(th, args[0])?.step(th, How::Search)?.unwrap_or(Value::NONE))
        }),
    ],
    getset: &[member("pattern", "The pattern that is looked for.", |th, v| Ok(scanner(th, v)?.pattern.value()))],
    ..TypeDef::new("SRE_Scanner", kinds::NATIVE_STATE, "")
};

/// What `finditer` returns: in CPython the calls of a scanner's `search` until it gives None.
pub static MATCHES: TypeDef =
    TypeDef { methods: &[ITER, NEXT], ..TypeDef::new("callable_iterator", kinds::NATIVE_STATE, "") };
