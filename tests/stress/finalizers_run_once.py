"""Objects with finalisers and weak references die while threads collect: each finaliser runs once, and no reference to a
dead object gives another one."""

import gc
import sys
import threading
import weakref

from crew import finish, keep_doing, problems, together

finalized = []
called_back = []
revived = []
pool = []
by_name = weakref.WeakValueDictionary()
by_object = weakref.WeakKeyDictionary()
members = weakref.WeakSet()
references = []


class Mortal:
    def __init__(self, tag):
        self.tag = tag
        self.me = self

    def __del__(self):
        finalized.append(self.tag)


class Reviving(Mortal):
    def __del__(self):
        finalized.append(self.tag)
        revived.append(self)


class Busy(Mortal):
    """Its finaliser makes things, takes locks, and lets others run."""

    lock = threading.Lock()

    def __del__(self):
        made = [Plain(i) for i in range(20)]
        if self.lock.acquire(timeout=0.001):
            try:
                sum(p.tag for p in made)
            finally:
                self.lock.release()
        finalized.append(self.tag)


class Plain:
    def __init__(self, tag):
        self.tag = tag


def make(kind, me):
    def step(n):
        tag = (me, n)
        thing = kind(tag)
        if n % 3 == 0:
            pool.append(thing)
            del pool[:-50]
        reference = weakref.ref(thing)
        if reference() is not thing or reference().tag != tag:
            problems.append("a weak reference to a living object gave something else")
        finalized_now = len(finalized)
        if n % 1000 == 0 and finalized_now > 100_000:
            check_once()

    step.__name__ = f"make_{kind.__name__}"
    return step


def check_once():
    seen = finalized.copy()
    if len(set(seen)) != len(seen):
        problems.append(f"{len(seen) - len(set(seen))} objects were finalised twice")
    del revived[:-10]


def refer(n):
    thing = Plain(n)
    references.append((n, weakref.ref(thing, lambda r, n=n: called_back.append(n))))
    for tag, reference in references[-30:]:
        found = reference()
        if found is not None and found.tag != tag:
            problems.append("a weak reference gave another object")
    del references[:-100], called_back[:-1000]


def name(n):
    key = f"name{n % 60}"
    thing = by_name.get(key)
    if thing is None:
        by_name[key] = thing = Plain(key)
    if thing.tag != key:
        problems.append("a weak dictionary gave another value")
    by_object[thing] = key
    members.add(thing)
    if by_object.get(thing, key) != key:
        problems.append("a weak dictionary lost a living key")
    if n % 20 == 0:
        len(by_name), len(by_object), len(members)
        for key in list(by_name.keys()):
            by_name.get(key)
        list(members)


def finalize_by_call(n):
    done = []
    thing = Plain(n)
    call = weakref.finalize(thing, done.append, n)
    call.atexit = False
    if n % 2:
        call()
        call()
        if done != [n] or call.alive:
            problems.append("a finaliser called by hand did not run once")
    del thing


def collect(n):
    gc.collect()


def look(n):
    thing = Plain(n)
    holder = [thing, thing]
    if sys.getrefcount(thing) < 2 or not any(r is holder for r in gc.get_referrers(thing)):
        problems.append("an object's holder was not found")
    gc.get_referents(holder)
    if n % 10 == 0:
        gc.get_objects()
    del holder[:]


may_change = (RuntimeError, KeyError)
together(
    keep_doing(make(Mortal, 0)),
    keep_doing(make(Reviving, 1)),
    keep_doing(make(Busy, 2)),
    keep_doing(refer),
    keep_doing(name, *may_change),
    keep_doing(name, *may_change),
    keep_doing(finalize_by_call),
    keep_doing(collect),
    keep_doing(look),
)
gc.collect()
check_once()
finish()
