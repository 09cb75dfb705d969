"""A thousand threads, each adding one to a counter ten thousand times.

Ten million is what everybody expects. CPython 3.10 and later get there, by accident: between the load and the store of
`counter += 1` nobody looks whether another thread wants the lock. Before 3.10, and without a lock, updates are lost. Under a
`threading.Lock` none is, whatever the interpreter does.

    gilbox scripts/gil/thousand_threads.py
    gilbox --gil 3.9 scripts/gil/thousand_threads.py
    gilbox --gil off scripts/gil/thousand_threads.py
"""

import sys
import threading
import time

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
TIMES = 10_000

counter = 0
lock = threading.Lock()


def add():
    global counter
    for _ in range(TIMES):
        counter += 1


def add_safely():
    global counter
    for _ in range(TIMES // 100):
        with lock:
            counter += 1


for name, target, times in (("counter += 1", add, TIMES), ("with a lock", add_safely, TIMES // 100)):
    counter = 0
    start = time.perf_counter()
    crew = [threading.Thread(target=target) for _ in range(THREADS)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    wanted = THREADS * times
    spent = time.perf_counter() - start
    print(f"{name:<14}{counter:>12,} of {wanted:,}, {1 - counter / wanted:.0%} lost, {spent:.2f} s", flush=True)
