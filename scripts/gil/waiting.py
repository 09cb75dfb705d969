"""Threads that wait do not need the lock: five waits at once take as long as one.

A thread that sleeps, reads from the network or waits for another gives the lock up while it
waits (a *voluntary* switch). So threads help where a program waits, lock or no lock; where it
computes, they only take turns. The program does both, one after the other and in threads.

    gilbox run --report scripts/gil/waiting.py
    gilbox compare scripts/gil/waiting.py
"""

import sys
import threading
import time

JOBS = 5


def download(i, out):
    """Waits for a server that is not there."""
    time.sleep(0.1)
    out[i] = i * i


def compute(i, out):
    total = 0
    for k in range(400000):
        total += k ^ i
    out[i] = total


def one_after_the_other(job):
    out = [None] * JOBS
    for i in range(JOBS):
        job(i, out)
    return out


def in_threads(job):
    out = [None] * JOBS
    threads = [threading.Thread(target=job, args=(i, out)) for i in range(JOBS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return out


for job in (download, compute):
    spent = []
    results = []
    for way in (one_after_the_other, in_threads):
        start = time.perf_counter()
        results.append(way(job))
        spent.append(time.perf_counter() - start)
    print(
        f"{job.__name__:<9} alone {spent[0]:.3f} s, in threads {spent[1]:.3f} s:"
        f" {spent[0] / spent[1]:.2f} times as fast",
        file=sys.stderr,
    )
    print(job.__name__, "same results:", results[0] == results[1])
