//! Queues between interpreters: `_interpreters.Channel`, on which `concurrent.interpreters.Queue` is built.
//!
//! A channel is the process's. Its items are parcels, so no interpreter holds on to another one's values. Who finds nothing
//! to take, or no room to give, waits in a line of parked threads, whichever interpreters they are of.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Weak};

use crate::heap::Value;
use crate::modules::thread::{class_of, deadline, state};
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeState};
use crate::vm::native::{NativeDef, Result, TypeDef, getter, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};
use crate::world::clock::Ns;
use crate::world::parking::Mutex;
use crate::world::{Outcome, Parker, forks};

use super::parcel::Parcel;

/// All channels of the process that somebody has.
#[derive(Default)]
pub struct Channels {
    known: Mutex<BTreeMap<i64, Weak<Channel>>>,
    next: AtomicI64,
}

pub struct Channel {
    pub id: i64,
    /// 0 or less for no limit.
    most: i64,
    /// What becomes of items whose interpreter has been closed, unless who put them in said otherwise.
    unbound: i64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    items: VecDeque<Item>,
    takers: VecDeque<Arc<Parker>>,
    givers: VecDeque<Arc<Parker>>,
}

struct Item {
    /// `None` once its interpreter has been closed.
    parcel: Option<Parcel>,
    from: i64,
    unbound: i64,
}

/// The item goes with its interpreter: `UNBOUND_REMOVE`.
const REMOVE: i64 = 1;

/// What a thread waits for.
#[derive(Clone, Copy)]
enum Side {
    Taking,
    Giving,
}

impl State {
    fn line(&mut self, side: Side) -> &mut VecDeque<Arc<Parker>> {
        match side {
            Side::Taking => &mut self.takers,
            Side::Giving => &mut self.givers,
        }
    }

    fn wake_first(&mut self, side: Side) {
        let line = self.line(side);
        // Who waited in the parent of this process does nothing here.
        if let Some(parker) = std::iter::from_fn(|| line.pop_front()).find(|parker| !parker.is_gone()) {
            parker.unpark();
        }
    }
}

/// A thread's place in a line. However it leaves, a call that was meant for it goes on to the next.
struct Place<'a> {
    channel: &'a Channel,
    side: Side,
    parker: Arc<Parker>,
    /// It will look again, and needs the call itself.
    heeds: bool,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let _whole = forks::whole();
        let mut state = self.channel.state.lock();
        let line = state.line(self.side);
        match line.iter().position(|parker| Arc::ptr_eq(parker, &self.parker)) {
            Some(at) => drop(line.remove(at)),
            None if !self.heeds => state.wake_first(self.side),
            None => {}
        }
    }
}

impl Channel {
    /// Does `act` as soon as it can be done; `None` if that is not before `until`.
    fn attempt<R>(
        &self,
        th: &Thread,
        side: Side,
        until: Option<Ns>,
        mut act: impl FnMut(&mut State) -> Option<R>,
    ) -> Result<Option<R>> {
        let (clock, parker) = (th.vm().world().clock, th.gil_thread().parker().clone());
        loop {
            let mut place = {
                let _whole = forks::whole();
                let mut state = self.state.lock();
                if let Some(done) = act(&mut state) {
                    return Ok(Some(done));
                }
                if until.is_some_and(|until| clock.now() >= until) {
                    return Ok(None);
                }
                state.line(side).push_back(parker.clone());
                Place { channel: self, side, parker: parker.clone(), heeds: false }
            };
            let outcome = th.detached(Reason::Lock, || {
                parker.watch(&clock);
                parker.park(&clock, until)
            });
            if outcome == Outcome::Interrupted {
                parker.forget_interrupt();
                th.serve()?;
            }
            place.heeds = true;
        }
    }

    fn put(&self, th: &Thread, item: Item, until: Option<Ns>) -> Result<bool> {
        let mut item = Some(item);
        let put = self.attempt(th, Side::Giving, until, |state| {
            if self.most > 0 && state.items.len() as i64 >= self.most {
                return None;
            }
            state.items.push_back(item.take()?);
            state.wake_first(Side::Taking);
            Some(())
        })?;
        Ok(put.is_some())
    }

    fn get(&self, th: &Thread, until: Option<Ns>) -> Result<Option<Item>> {
        self.attempt(th, Side::Taking, until, |state| {
            let item = state.items.pop_front()?;
            state.wake_first(Side::Giving);
            Some(item)
        })
    }

    fn len(&self) -> usize {
        let _whole = forks::whole();
        self.state.lock().items.len()
    }

    /// An interpreter is no more, and what it put in goes with it, or is marked.
    fn forget_member(&self, id: i64) {
        let _whole = forks::whole();
        let mut state = self.state.lock();
        state.items.retain(|item| item.from != id || item.unbound != REMOVE);
        state.items.iter_mut().filter(|item| item.from == id).for_each(|item| item.parcel = None);
        // There may be room now.
        while !state.givers.is_empty() {
            state.wake_first(Side::Giving);
        }
    }
}

impl Channels {
    fn create(&self, most: i64, unbound: i64) -> Arc<Channel> {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let channel = Arc::new(Channel { id, most, unbound, state: Mutex::default() });
        let _whole = forks::whole();
        let mut known = self.known.lock();
        known.retain(|_, channel| channel.strong_count() > 0);
        known.insert(id, Arc::downgrade(&channel));
        channel
    }

    fn find(&self, id: i64) -> Option<Arc<Channel>> {
        let _whole = forks::whole();
        self.known.lock().get(&id).and_then(Weak::upgrade)
    }

    fn all(&self) -> Vec<Arc<Channel>> {
        let _whole = forks::whole();
        self.known.lock().values().filter_map(Weak::upgrade).collect()
    }

    pub fn forget_member(&self, id: i64) {
        self.all().iter().for_each(|channel| channel.forget_member(id));
    }
}

/// A channel as a value of one interpreter.
pub struct ChannelObject(pub Arc<Channel>);

impl NativeState for ChannelObject {}

pub static CHANNEL: TypeDef = TypeDef {
    weakrefs: true,
    subclassable: true,
    module: "_interpreters",
    methods: &[
        native("__new__", "(cls, id, /)", "The channel of that number; LookupError if there is none.", |th, args| {
            let id = ops::index_i64(th, args[1])?;
            match th.vm().family.channels.find(id) {
                Some(channel) => {
                    Ok(native_object::new(th, class_of(th, args[0])?, Box::new(ChannelObject(channel))).value())
                }
                None => Err(th.raise(Exc::LookupError, format_args!("queue {id} not found"))),
            }
        })
        .static_method(),
        native("_put", "(self, obj, unbound, timeout, /)", "Put an item in; False if there is no room in time.", put),
        native("_get", "(self, timeout, /)", "Take an item out: a tuple of it, or None if there is none in time.", get),
        native("qsize", "(self, /)", "Return the number of items in the queue.", |th, args| {
            Ok(Value::small_int(this(th, args[0])?.len() as i64))
        }),
    ],
    getset: &[
        getter("id", "The queue's number.", |th, object| Ok(th.int(this(th, object)?.id))),
        getter("maxsize", "The most items that it holds; 0 or less for no limit.", |th, object| {
            Ok(th.int(this(th, object)?.most))
        }),
        getter("_unbound", "What becomes of items whose interpreter is closed.", |th, object| {
            Ok(th.int(this(th, object)?.unbound))
        }),
    ],
    ..TypeDef::new("Channel", kinds::NATIVE_STATE, "A queue between interpreters.")
};

fn this(th: &Thread, object: Value) -> Result<&'static Channel> {
    Ok(&state::<ChannelObject>(th, object)?.0)
}

fn put(th: &Thread, args: &[Value]) -> Result {
    let channel = this(th, args[0])?;
    let until = deadline(th, args[3])?;
    let unbound = if args[2].is_none() { channel.unbound } else { ops::index_i64(th, args[2])? };
    let parcel = Some(Parcel::of_any(th, args[1])?);
    let item = Item { parcel, from: th.vm().id, unbound };
    channel.put(th, item, until).map(Value::bool)
}

/// The item and what it stands for where its interpreter is closed, or None.
fn get(th: &Thread, args: &[Value]) -> Result {
    let until = deadline(th, args[1])?;
    let Some(item) = this(th, args[0])?.get(th, until)? else { return Ok(Value::NONE) };
    match item.parcel {
        Some(parcel) => {
            let value = parcel.open(th)?;
            Ok(th.tuple(&[value, Value::NONE]))
        }
        None => Ok(th.tuple(&[Value::NONE, th.int(item.unbound)])),
    }
}

pub const FUNCTIONS: [NativeDef; 2] = [
    native(
        "create_channel",
        "(maxsize, unbound, /)",
        "Make a channel; a tuple that keeps it and its number.",
        |th, args| {
            let most = ops::index_i64(th, args[0])?;
            let channel = th.vm().family.channels.create(most, ops::index_i64(th, args[1])?);
            let id = th.int(channel.id);
            let keeper = native_object::new(th, th.vm().class(&CHANNEL), Box::new(ChannelObject(channel))).value();
            Ok(th.tuple(&[keeper, id]))
        },
    ),
    native("list_channels", "()", "The numbers of all channels.", |th, _| {
        let ids: Vec<Value> = th.vm().family.channels.all().iter().map(|channel| th.int(channel.id)).collect();
        Ok(th.list(&ids))
    }),
];
