//! The native part of the library's event loops: what is ready, what has a time, and how the next round runs it.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::modules::thread::class_of;
use crate::objects::deque::{DEQUE, Deque, End};
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::native::Native;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::set::{self, Set};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::future::{self, Flag, Task, or_none};
use super::handle::{self, Handle};
use super::task;

pub struct Loop {
    /// A deque of handles and tasks.
    ready: Slot,
    /// A list of timers, a heap by their time.
    timers: Slot,
    /// A set of the tasks that are not done.
    tasks: Slot,
    /// The task whose step runs, or `EMPTY`.
    pub current: Slot,
    /// What makes the tasks, or `NONE`.
    factory: Slot,
    /// How many of the timers were cancelled.
    pub cancelled_timers: AtomicUsize,
    pub closed: Flag,
    pub debug: Flag,
    /// A future has failed: those that are lost are looked for when the loop is closed.
    pub has_failures: Flag,
    /// The class has a `call_soon` of its own, which wants to hear of everything.
    overridden: bool,
}

impl NativeState for Loop {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.ready, &self.timers, &self.tasks, &self.current, &self.factory] {
            tracer.slot(slot);
        }
    }
}

/// The native part of a loop, if it has one.
pub fn of(event_loop: Value) -> Option<&'static Loop> {
    event_loop.downcast::<NativeObject>()?.state_as()
}

fn this(th: &Thread, value: Value) -> Result<&'static Loop> {
    of(value).ok_or_else(|| th.type_error("an event loop is required"))
}

impl Loop {
    /// Whether calls are put into its queue without asking it.
    pub fn takes_directly(&self) -> bool {
        !self.overridden
    }

    pub fn check_open(&self, th: &Thread) -> Result<()> {
        if self.closed.is_set() {
            return Err(th.runtime_error("Event loop is closed"));
        }
        Ok(())
    }

    pub fn put(&self, th: &Thread, ready: Value) {
        if let Some(queue) = self.ready.get().downcast::<Deque>() {
            queue.push(th, End::Right, ready);
        }
    }

    pub fn add_task(&self, th: &Thread, task: Value) -> Result<()> {
        match self.tasks.get().downcast::<Set>() {
            Some(tasks) => tasks.add(th, task),
            None => Ok(()),
        }
    }

    pub fn forget_task(&self, th: &Thread, task: Value) -> Result<()> {
        if let Some(tasks) = set::of(self.tasks.get()) {
            set::discard(th, tasks, task)?;
        }
        Ok(())
    }

    fn add_timer(&self, th: &Thread, timer: Gc<Handle>) {
        let Some(heap) = self.timers.get().downcast::<List>() else { return };
        heap.push(th, timer.value());
        let mut at = heap.len().saturating_sub(1);
        while at > 0 {
            let above = (at - 1) / 2;
            let (Some(own), Some(parent)) = (heap.at(at), heap.at(above)) else { return };
            if when(own) >= when(parent) {
                return;
            }
            heap.set_at(th, at, parent);
            heap.set_at(th, above, own);
            at = above;
        }
    }

    /// Takes the first timer out of the heap.
    fn pop_timer(&self, th: &Thread, heap: Gc<List>) -> Option<Value> {
        let last = heap.pop(th)?;
        let first = match heap.at(0) {
            None => return Some(last),
            Some(first) => first,
        };
        heap.set_at(th, 0, last);
        let mut at = 0;
        loop {
            let (left, right) = (2 * at + 1, 2 * at + 2);
            let Some(mut child) = heap.at(left) else { break };
            let mut below = left;
            if let Some(other) = heap.at(right)
                && when(other) < when(child)
            {
                (child, below) = (other, right);
            }
            if when(child) >= when(last) {
                break;
            }
            heap.set_at(th, at, child);
            heap.set_at(th, below, last);
            at = below;
        }
        Some(first)
    }
}

fn when(timer: Value) -> f64 {
    timer.downcast::<Handle>().map_or(f64::INFINITY, |timer| timer.when())
}

pub static LOOP: TypeDef = TypeDef {
    module: "_asyncio",
    methods: METHODS,
    getset: ATTRIBUTES,
    subclassable: true,
    ..TypeDef::new("_LoopCore", kinds::NATIVE_STATE, "What the event loops of this library have in common.")
};

const CALL_SOON: NativeDef = native(
    "call_soon",
    "(self, callback, *args, context=None)",
    "Have a call made in the next round, after those that were asked for before.",
    |th, args| {
        let native = this(th, args[0])?;
        native.check_open(th)?;
        check_call(th, native, args[0], args[1], "call_soon")?;
        let handle = handle::new(th, args[0], args[1], args[2], args[3])?;
        native.put(th, handle.value());
        Ok(handle.value())
    },
)
.keywords();

/// In debug mode: that the thread is the loop's, and the callback can be called.
fn check_call(th: &Thread, native: &Loop, event_loop: Value, callback: Value, name: &str) -> Result<()> {
    if native.debug.is_set() {
        th.call_method(event_loop, th.intern("_check_thread"), &[])?;
        th.call_method(event_loop, th.intern("_check_callback"), &[callback, th.str(name)])?;
    }
    Ok(())
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let class = class_of(th, args[0])?;
        let own = th.lookup(class, th.intern("call_soon")).and_then(|found| found.downcast::<Native>());
        let state = Loop {
            ready: Slot::new(th.instantiate(th.vm().class(&DEQUE), Deque::empty()).value()),
            timers: Slot::new(th.list(&[])),
            tasks: Slot::new(Set::new(th).value()),
            current: Slot::default(),
            factory: Slot::new(Value::NONE),
            cancelled_timers: AtomicUsize::new(0),
            closed: Flag::default(),
            debug: Flag::default(),
            has_failures: Flag::default(),
            overridden: !own.is_some_and(|own| std::ptr::fn_addr_eq(own.def.function, CALL_SOON.function)),
        };
        Ok(native_object::new(th, class, Box::new(state)).value())
    })
    .static_method(),
    CALL_SOON,
    native(
        "call_at",
        "(self, when, callback, *args, context=None)",
        "Have a call made at a time of the loop's clock.",
        |th, args| {
            if args[1].is_none() {
                return Err(th.type_error("when cannot be None"));
            }
            let native = this(th, args[0])?;
            native.check_open(th)?;
            check_call(th, native, args[0], args[2], "call_at")?;
            let timer = handle::new_timer(th, args[1], args[0], args[2], args[3], args[4])?;
            native.add_timer(th, timer);
            timer.scheduled.put(true);
            Ok(timer.value())
        },
    )
    .keywords(),
    native("create_future", "(self)", "Create a Future object attached to the loop.", |th, args| {
        future::create(th, args[0], this(th, args[0])?.debug.is_set())
    }),
    native("create_task", "(self, coro, **kwargs)", "Have a coroutine run; return its Task.", |th, args| {
        let native = this(th, args[0])?;
        native.check_open(th)?;
        task::create(th, args[0], args[1], native.factory.get(), args[2].downcast::<Dict>())
    })
    .keywords(),
    native(
        "_run_ready",
        "(self)",
        "Run what is ready, once each; what becomes ready meanwhile waits for the next round.",
        run_ready,
    ),
    native("_take_due", "(self, end)", "Make the timers ready whose time is before the end.", |th, args| {
        let native = this(th, args[0])?;
        let end = ops::float(th, args[1])?;
        let Some(heap) = native.timers.get().downcast::<List>() else { return Ok(Value::NONE) };
        while heap.at(0).is_some_and(|first| when(first) < end) {
            let Some(timer) = native.pop_timer(th, heap) else { break };
            if let Some(handle) = timer.downcast::<Handle>() {
                handle.scheduled.put(false);
            }
            native.put(th, timer);
        }
        Ok(Value::NONE)
    }),
    native("get_debug", "(self)", "Return whether the loop is in debug mode.", |th, args| {
        Ok(Value::bool(this(th, args[0])?.debug.is_set()))
    }),
    native("set_debug", "(self, enabled)", "Set debug mode.", |th, args| {
        let on = ops::truthy(th, args[1])?;
        this(th, args[0])?.debug.put(on);
        Ok(Value::NONE)
    })
    .keywords(),
    native("is_closed", "(self)", "Return True if it was closed.", |th, args| {
        Ok(Value::bool(this(th, args[0])?.closed.is_set()))
    }),
    native("_check_closed", "(self)", "Raise RuntimeError if it was closed.", |th, args| {
        this(th, args[0])?.check_open(th).map(|()| Value::NONE)
    }),
];

fn run_ready(th: &Thread, args: &[Value]) -> Result {
    let Some(queue) = this(th, args[0])?.ready.get().downcast::<Deque>() else { return Ok(Value::NONE) };
    for _ in 0..queue.len() {
        let Some(next) = queue.pop(th, End::Left) else { break };
        run_one(th, next)?;
    }
    Ok(Value::NONE)
}

fn run_one(th: &Thread, next: Value) -> Result<()> {
    if let Some(task) = next.downcast::<Task>() {
        return task::run(th, task);
    }
    match next.downcast::<Handle>() {
        Some(handle) => handle::run(th, handle),
        None => th.call_method(next, th.intern("_run"), &[]).map(drop),
    }
}

/// An attribute that is one of the slots.
macro_rules! slot {
    ($name:literal, $doc:literal, $field:ident) => {
        getter($name, $doc, |th, v| Ok(or_none(this(th, v)?.$field.get()))).settable(|th, v, new| {
            this(th, v)?.$field.set(new);
            Ok(())
        })
    };
}

/// An attribute that is one of the flags.
macro_rules! flag {
    ($name:literal, $doc:literal, $field:ident) => {
        getter($name, $doc, |th, v| Ok(Value::bool(this(th, v)?.$field.is_set()))).settable(|th, v, new| {
            this(th, v)?.$field.put(!new.is_empty() && ops::truthy(th, new)?);
            Ok(())
        })
    };
}

const ATTRIBUTES: &[GetSetDef] = &[
    slot!("_ready", "Handles and tasks that are ready.", ready),
    slot!("_scheduled", "Timers, a heap by their time.", timers),
    slot!("_tasks", "The tasks that are not done.", tasks),
    slot!("_current_task", "The task whose step runs, or None.", current),
    slot!("_task_factory", "What makes the tasks, or None.", factory),
    flag!("_closed", "Whether it was closed.", closed),
    flag!("_debug", "Whether it is in debug mode.", debug),
    flag!("_has_failures", "Whether a future has failed.", has_failures),
    getter("_cancelled_timers", "How many of the timers were cancelled.", |th, v| {
        Ok(th.int(this(th, v)?.cancelled_timers.load(Ordering::Relaxed) as i64))
    })
    .settable(|th, v, new| {
        let count = ops::index_i64(th, new)?;
        this(th, v)?.cancelled_timers.store(count.max(0) as usize, Ordering::Relaxed);
        Ok(())
    }),
];
