"""The lock is switched off, on and to other policies while threads change what they share: every promise is kept."""

import gc
import sys
import threading
import time

import gil
from crew import finish, going_on, keep_doing, problems, together

POLICIES = ("3.14", "3.9", "2.7", "fair", "priority")
items = []
stored = {}
tallies = [0] * 3
guard = threading.Lock()
guarded = 0
done_under_guard = [0] * 2


class Box:
    pass


box = Box()


def toggle(n):
    gil.disable()
    items.append(("toggle", n))
    gil.enable(POLICIES[n % len(POLICIES)])
    tallies[0] += 1
    if n % 10 == 0:
        time.sleep(0.001)


def tune(n):
    sys.setswitchinterval(0.00001 * (1 + n % 50))
    time.sleep(0.0005)
    gil.enabled(), gil.policy()
    if n % 20 == 0:
        gil.stats()


def append(n):
    items.append(("append", n))
    tallies[1] += 1


def extend(n):
    items.extend([("extend", n), ("extend", -n)])
    tallies[2] += 2


def store(me):
    def step(n):
        key = (me, n % 100)
        stored[key] = n
        if stored[key] != n or stored.get(key) != n or key not in stored:
            problems.append("a stored value was not found")
        if n % 3 == 0 and stored.pop(key) != n:
            problems.append("a popped value is another")

    return step


def attributes(n):
    name = f"attr{n % 30}"
    setattr(box, name, (name, n))
    if getattr(box, name) != (name, n):
        problems.append("an attribute was not found")
    if n % 2:
        delattr(box, name)


def count(me):
    def step(n):
        global guarded
        with guard:
            guarded += 1
            done_under_guard[me] += 1
            if n % 50 == 0:
                time.sleep(0)

    return step


def collect(n):
    gc.collect()
    time.sleep(0.001)


while going_on():
    items.clear()
    tallies[:] = [0] * 3
    stop = time.monotonic() + 0.3

    def briefly(step):
        def run():
            n = 0
            while time.monotonic() < stop and not problems:
                n += 1
                step(n)

        run.__name__ = step.__name__
        return run

    steps = (toggle, toggle, tune, append, extend, store(1), store(2), attributes, count(0), count(1), collect)
    together(*map(briefly, steps))
    toggles = sum(kind == "toggle" for kind, _ in items)
    # Two threads add to the tally of `toggle` without a lock; it may be too low.
    if toggles < tallies[0] or len(items) != toggles + tallies[1] + tallies[2]:
        problems.append(f"{len(items)} items of {toggles} + {tallies[1]} + {tallies[2]}")
    if guarded != sum(done_under_guard):
        problems.append(f"counted {guarded} under a lock instead of {sum(done_under_guard)}")
finish()
