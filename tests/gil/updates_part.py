# part of the programs about lost updates
"""Four threads add to one counter in every way of the table in scripts/gil/lost_updates.py."""

import os
import sys
import threading
import time

THREADS = 4
# Fewer where each of them costs a collection.
UPDATES = 100 if os.environ.get("GILBOX_GC_STRESS") else 5000
PATIENCE_S = 8

c = 0


class Holder:
    n = 0
    _m = 0

    @property
    def m(self):
        return self._m

    @m.setter
    def m(self, value):
        self._m = value


o = Holder()
d = {"k": 0}


def f():
    return 1


def plain(n):
    global c
    for _ in range(n):
        c += 1


def three_lines(n):
    global c
    for _ in range(n):
        x = c
        x = x + 1
        c = x


def attribute(n):
    for _ in range(n):
        o.n += 1


def item(n):
    for _ in range(n):
        d["k"] += 1


def call(n):
    global c
    for _ in range(n):
        c += f()


def native_call(n):
    global c
    for _ in range(n):
        c += int("1")


def through_property(n):
    for _ in range(n):
        o.m += 1


STRAIGHT = (plain, three_lines, attribute, item)
CALLING = (call, native_call, through_property)


def lost(worker, n=UPDATES):
    """How many of the updates did not arrive, in one go of all threads."""
    global c
    c = 0
    o.n = o._m = 0
    d["k"] = 0
    gate = threading.Barrier(THREADS)

    def run():
        gate.wait()
        worker(n)

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return THREADS * n - (c + o.n + o._m + d["k"])


def ever_loses(worker):
    """Whether updates are lost, sooner or later: long enough a look to be sure of a yes."""
    sys.setswitchinterval(1e-6)
    end = time.monotonic() + PATIENCE_S
    n = UPDATES
    while time.monotonic() < end:
        if lost(worker, n):
            return True
        n = min(n * 2, 2000000)
    return False


def never_loses(worker):
    """Whether nothing was lost in a dozen goes."""
    sys.setswitchinterval(1e-6)
    return not any(lost(worker) for _ in range(12))


def show(workers, question):
    for worker in workers:
        print(worker.__name__, question.__name__.replace("_", " "), question(worker))
