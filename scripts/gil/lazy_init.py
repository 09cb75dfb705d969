"""Made twice: a shared object that each thread makes if it is not there yet.

`if thing is None: thing = make()` is check-then-act. Two threads can both find nothing, and both
make one. A lock around it, or `dict.setdefault` on a dict that all share, gives all of them the
same object: `setdefault` is atomic.

    gilbox --gil off scripts/gil/lazy_init.py
"""

import threading
import time

ROUNDS = 40
THREADS = 4


def experiment(get):
    """How often all threads got the same object."""
    same = 0
    for _ in range(ROUNDS):
        cache = {}
        got = []
        gate = threading.Barrier(THREADS)

        def work():
            gate.wait()
            got.append(get(cache))

        threads = [threading.Thread(target=work) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        same += all(thing is got[0] for thing in got)
    return same


def make():
    time.sleep(0.0005)
    return object()


def check_then_act(cache):
    if "thing" not in cache:
        cache["thing"] = make()
    return cache["thing"]


def setdefault(cache):
    return cache.setdefault("thing", make())


lock = threading.Lock()


def locked(cache):
    with lock:
        return check_then_act(cache)


for name, get in (("check, then act", check_then_act), ("setdefault", setdefault), ("under a lock", locked)):
    print(f"{name:<16} all threads share one object in {experiment(get):2} of {ROUNDS} rounds")
