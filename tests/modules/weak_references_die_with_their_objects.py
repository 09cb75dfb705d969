"""weakref: references, callbacks, dictionaries."""

import gc
import weakref


class Thing:
    pass


def make():
    thing = Thing()
    r = weakref.ref(thing, lambda ref: gone.append("callback"))
    print(r() is thing, weakref.getweakrefcount(thing))
    return r


class Other:
    pass


def overwrite(depth):
    """Calls that leave nothing of earlier ones on the stack, which a collector may scan conservatively."""
    other = Other()
    r = weakref.ref(other, lambda ref: None)
    return r() is other and weakref.getweakrefcount(other) == 1 and depth and overwrite(depth - 1)


gone = []
r = make()
overwrite(20)
gc.collect()
print(r(), gone)
t = Thing()
d = weakref.WeakValueDictionary()
d["k"] = t
print(d["k"] is t, len(d), weakref.ref(t) is weakref.ref(t))
p = weakref.proxy(t)
p.x = 5
print(t.x)
for bad in (5, "text", (1,), None):
    try:
        weakref.ref(bad)
    except TypeError as error:
        print(error)


def reversed_words():
    thing = Thing()
    references = [weakref.ref(thing, lambda ref, n=n: gone.append(n)) for n in range(5)]
    finalizers = [weakref.finalize(thing, gone.append, f"finalizer {n}") for n in range(3)]
    finalizers[1].detach()
    return references, finalizers


# The newest callback is called first.
gone = []
kept = reversed_words()
overwrite(20)
gc.collect()
print(gone)
