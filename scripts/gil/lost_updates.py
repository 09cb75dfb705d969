"""Which updates are lost when threads share a counter?

Four threads add 1 to the same counter, all of them for a quarter of a second and at least 50,000
times: threads that are done before the next one starts lose nothing. `c += 1` is three steps: load,
add, store. A thread that is stopped between its load and its store later writes an old value back,
and every update made in between is lost.

Where a thread can be stopped is up to the interpreter. CPython up to 3.9 could stop between any
two instructions, so every row below loses updates. CPython 3.10 and later looks only at backward
jumps, function entries and after calls of native functions: a plain `c += 1` loses nothing, yet
`c += f()` still does, since the call lies between load and store. That is an accident of the
implementation and no promise. With the lock off, everything loses.

    gilbox scripts/gil/lost_updates.py              switch points as in CPython 3.14
    gilbox --gil 3.9 scripts/gil/lost_updates.py    between any two instructions
    gilbox --gil 2.7 scripts/gil/lost_updates.py    ... every 100 ticks
    gilbox --gil off scripts/gil/lost_updates.py    no lock

It runs unchanged on CPython.
"""

import sys
import threading
import time

THREADS = 4
LEAST_UPDATES = 50_000
BUSY_S = 0.25
# Between two looks at the clock.
CHUNK = 5_000


def mode():
    """The name of the lock that this program runs under."""
    try:
        import gil

        return "gilbox --gil " + str(gil.policy())
    except ImportError:
        version = "CPython %d.%d" % sys.version_info[:2]
        enabled = getattr(sys, "_is_gil_enabled", lambda: True)()
        return version if enabled else version + " without its lock"


c = 0


class Holder:
    def __init__(self):
        self.n = 0
        self._m = 0

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


def run(worker):
    """Lets the threads run at once; tells how many updates they made, and how many arrived."""
    global c
    c = 0
    o.n = o._m = 0
    d["k"] = 0
    gate = threading.Barrier(THREADS)
    made = [0] * THREADS

    def work(own):
        gate.wait()
        end = time.perf_counter() + BUSY_S
        while made[own] < LEAST_UPDATES or time.perf_counter() < end:
            worker(CHUNK)
            made[own] += CHUNK

    threads = [threading.Thread(target=work, args=(own,)) for own in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(made), c + o.n + o._m + d["k"]


ROWS = (
    ("c += 1", plain),
    ("load, add, store on three lines", three_lines),
    ("o.n += 1", attribute),
    ("d[k] += 1", item),
    ("c += f()", call),
    ("c += int('1')", native_call),
    ("through a property", through_property),
)


def main():
    sys.setswitchinterval(1e-6)
    print(f"{mode()}: updates that {THREADS} threads lost")
    for name, worker in ROWS:
        made, arrived = run(worker)
        lost = made - arrived
        share = 100 * lost / made
        verdict = "none" if lost == 0 else f"{share:.1f}%" if share >= 0.1 else f"{lost} updates"
        print(f"  {name:<32} {verdict:>10}  of {made:>10,}")


main()
