//! `_queue`: a queue without a limit that threads hand items through, `queue.SimpleQueue`.
//!
//! Its items lie in a deque; who finds none waits in a line of parked threads. A put wakes the first of the line, which looks
//! again, as does everybody who gives up waiting, so that no item is left behind by a wake-up that came too late.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::gil::events::Awaited;
use crate::heap::{Gc, Slot, Tracer, Value};
use crate::modules::thread::{class_of, deadline, state};
use crate::modules::{ModuleDef, new_exception};
use crate::objects::deque::{Deque, End};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::generic_alias;
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::objects::native_object::{self, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::import::in_modules;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread, ops};
use crate::world::parking::Mutex;
use crate::world::{Outcome, Parker};

pub static QUEUE: ModuleDef = ModuleDef {
    types: &[&SIMPLE_QUEUE],
    init: Some(init),
    ..ModuleDef::new("_queue", "C implementation of the Python queue module.")
};

struct SimpleQueue {
    /// A deque.
    items: Slot,
    /// Who waits for an item, longest first. A waiter enters by its own hand; a put takes it out.
    line: Mutex<VecDeque<Arc<Parker>>>,
}

impl NativeState for SimpleQueue {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.items);
    }
}

impl SimpleQueue {
    fn items(&self, th: &Thread) -> Result<Gc<Deque>> {
        self.items.get().downcast::<Deque>().ok_or_else(|| th.runtime_error("a queue without items"))
    }

    fn put(&self, th: &Thread, item: Value) -> Result<()> {
        self.items(th)?.push(th, End::Right, item);
        th.tell_woken(self.wake_first(), self.items.get().bits());
        Ok(())
    }

    /// Wakes who has waited longest; the number of that thread, 0 if nobody waits.
    fn wake_first(&self) -> u32 {
        let first = {
            let mut line = self.line.lock();
            // Who waited in the parent of this process will take nothing here.
            std::iter::from_fn(|| line.pop_front()).find(|parker| !parker.is_gone())
        };
        if let Some(parker) = first {
            parker.unpark();
            return parker.owner();
        }
        0
    }

    /// The next item, waited for until `until`; `None` if the time is over.
    fn get(&self, th: &Thread, until: Option<u64>) -> Result<Option<Value>> {
        let items = self.items(th)?;
        let clock = th.vm().world().clock;
        let parker = th.gil_thread().parker().clone();
        loop {
            if let Some(item) = items.pop(th, End::Left) {
                return Ok(Some(item));
            }
            self.line.lock().push_back(parker.clone());
            // What was put in between met no line.
            let outcome = if items.is_empty() {
                th.tell_blocked(Awaited::Queue, self.items.get().bits(), 0);
                let standing = th.gil_thread().standing();
                if until.is_none() {
                    th.begin_standing(Awaited::Queue, self.items.get().bits());
                }
                let outcome = th.detached(Reason::Lock, || {
                    parker.watch(&clock);
                    parker.park(&clock, until)
                });
                standing.end();
                outcome
            } else {
                Outcome::Unparked
            };
            let chosen = self.leave(&parker);
            match outcome {
                Outcome::Unparked => {}
                Outcome::TimedOut => return Ok(items.pop(th, End::Left)),
                Outcome::Interrupted => {
                    parker.forget_interrupt();
                    if let Err(raised) = th.serve() {
                        if chosen {
                            self.wake_first();
                        }
                        return Err(raised);
                    }
                }
            }
        }
    }

    /// Leaves the line; whether a put had taken this thread out of it.
    fn leave(&self, me: &Arc<Parker>) -> bool {
        let mut line = self.line.lock();
        match line.iter().position(|parker| Arc::ptr_eq(parker, me)) {
            Some(place) => {
                line.remove(place);
                false
            }
            None => true,
        }
    }
}

static SIMPLE_QUEUE: TypeDef = TypeDef {
    weakrefs: true,
    module: "_queue",
    methods: &[
        native("__new__", "(cls, /, *args, **kwargs)", "Simple, unbounded, reentrant FIFO queue.", |th, args| {
            let class = class_of(th, args[0])?;
            let plain = class == th.vm().class(&SIMPLE_QUEUE);
            if plain && args[1].downcast::<Tuple>().is_some_and(|given| !given.is_empty()) {
                return Err(th.type_error("SimpleQueue() takes no positional arguments"));
            }
            if plain && args[2].downcast::<Dict>().is_some_and(|given| !given.is_empty()) {
                return Err(th.type_error("SimpleQueue() takes no keyword arguments"));
            }
            let items = th.alloc(Deque::empty()).value();
            let state = SimpleQueue { items: Slot::new(items), line: Mutex::default() };
            Ok(native_object::new(th, class, Box::new(state)).value())
        })
        .static_method(),
        native(
            "put",
            "(self, /, item, block=True, timeout=None)",
            "Put the item on the queue; it never waits, whatever block and timeout say.",
            |th, args| state::<SimpleQueue>(th, args[0])?.put(th, args[1]).map(|()| Value::NONE),
        )
        .keywords(),
        native("put_nowait", "(self, /, item)", "Put an item into the queue without blocking.", |th, args| {
            state::<SimpleQueue>(th, args[0])?.put(th, args[1]).map(|()| Value::NONE)
        })
        .keywords(),
        GET,
        native("get_nowait", "(self, /)", "Remove and return an item from the queue without blocking.", |th, args| {
            match state::<SimpleQueue>(th, args[0])?.items(th)?.pop(th, End::Left) {
                Some(item) => Ok(item),
                None => Err(empty(th)),
            }
        }),
        native("qsize", "(self, /)", "Return the approximate size of the queue (not reliable!).", |th, args| {
            Ok(th.int(state::<SimpleQueue>(th, args[0])?.items(th)?.len() as i64))
        }),
        native(
            "empty",
            "(self, /)",
            "Return True if the queue is empty, False otherwise (not reliable!).",
            |th, args| Ok(Value::bool(state::<SimpleQueue>(th, args[0])?.items(th)?.is_empty())),
        ),
        generic_alias::CLASS_GETITEM,
    ],
    subclassable: true,
    ..TypeDef::new("SimpleQueue", kinds::NATIVE_STATE, "Simple, unbounded, reentrant FIFO queue.")
};

const GET: NativeDef = native(
    "get",
    "(self, /, block=True, timeout=None)",
    "Remove and return an item from the queue, waiting for one unless told not to.",
    |th, args| {
        let queue = state::<SimpleQueue>(th, args[0])?;
        let blocking = args[1].is_empty() || ops::truthy(th, args[1])?;
        let found = if blocking {
            let until = deadline(th, args[2])?;
            if !args[2].is_empty() && !args[2].is_none() && ops::float(th, args[2])? < 0.0 {
                return Err(th.value_error("'timeout' must be a non-negative number"));
            }
            queue.get(th, until)?
        } else {
            queue.items(th)?.pop(th, End::Left)
        };
        found.ok_or_else(|| empty(th))
    },
)
.keywords();

/// Raises `_queue.Empty`.
#[cold]
fn empty(th: &Thread) -> Raised {
    let class = in_modules(th, "_queue")
        .and_then(|module| module.downcast::<Module>())
        .and_then(|module| module.namespace.get_str(th, th.intern("Empty")));
    match class {
        Some(class) => th.raise_object(class),
        None => th.raise(Exc::Exception, "the queue is empty"),
    }
}

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let base = th.vm().exception_class(Exc::Exception).value();
    let empty = new_exception(th, "_queue", "Empty", base, "Exception raised by Queue.get(block=0)/get_nowait().")?;
    module.namespace.set_str(th, th.intern("Empty"), empty);
    Ok(())
}
