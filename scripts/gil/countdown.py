"""Counting down in two threads is not faster than counting down twice.

David Beazley's program (PyCon 2010). One thread counts down; then the same work is split over two
and four threads. Under a lock only one of them runs at a time, so the work takes at best as long
as before; on the old lock of CPython 2 it took twice as long, since the threads fought for the
lock at every release. With the lock off, the time should fall to a half on two cores.

    gilbox compare scripts/gil/countdown.py
"""

import sys
import threading
import time

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000_000


def countdown(n):
    while n > 0:
        n -= 1


def timed(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def in_threads(k):
    def run():
        threads = [threading.Thread(target=countdown, args=(COUNT // k,)) for _ in range(k)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return run


sequential = timed(lambda: countdown(COUNT))
print(f"sequential    {sequential:6.3f} s", file=sys.stderr)
for k in (2, 4):
    spent = timed(in_threads(k))
    print(f"{k} threads     {spent:6.3f} s  {spent / sequential:5.2f} of sequential", file=sys.stderr)
print("counted down", COUNT, "three times")
