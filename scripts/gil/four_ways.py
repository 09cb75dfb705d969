"""Threads, interpreters, processes, tasks: four ways to do several things at once, on the same work.

    threads        one interpreter, one lock: those that compute take turns
    interpreters   threads as well, but each in an interpreter with a lock and objects of its own (PEP 734): they compute at
                   the same time, and what they exchange is copied
    processes      the same with processes: more to start, more memory, and one that crashes takes no other with it
    tasks          one thread, one loop: they wait at the same time, and compute one after the other

Three questions to each way: how long it takes to start one worker and see it end, how long some workers compute, and how
long they wait for something that takes a while.

    gilbox scripts/gil/four_ways.py
    gilbox --gil off scripts/gil/four_ways.py
    gilbox run --report scripts/gil/four_ways.py
"""

import asyncio
import multiprocessing
import os
import sys
import threading
import time
from concurrent import interpreters

WORKERS = min(4, os.cpu_count() or 1)
STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000_000
PAUSE = 0.1


def nothing(_):
    pass


def compute(steps):
    while steps:
        steps -= 1


def wait(seconds):
    import time
    time.sleep(seconds)


def with_threads(work, amount):
    crew = [threading.Thread(target=work, args=(amount,)) for _ in range(WORKERS)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()


def with_interpreters(work, amount):
    crew = [interpreters.create() for _ in range(WORKERS)]
    threads = [one.call_in_thread(work, amount) for one in crew]
    for thread in threads:
        thread.join()
    for one in crew:
        one.close()


def with_processes(work, amount):
    crew = [multiprocessing.Process(target=work, args=(amount,)) for _ in range(WORKERS)]
    for process in crew:
        process.start()
    for process in crew:
        process.join()


def with_tasks(work, amount):
    async def one():
        if work is wait:
            await asyncio.sleep(amount)
        else:
            work(amount)

    async def all_of_them():
        await asyncio.gather(*(one() for _ in range(WORKERS)))

    asyncio.run(all_of_them())


def seconds(way, work, amount):
    start = time.perf_counter()
    way(work, amount)
    return time.perf_counter() - start


def main():
    start = time.perf_counter()
    compute(STEPS)
    alone = time.perf_counter() - start
    print(f"{STEPS:,} steps take {alone:.2f} s; {WORKERS} workers do so much each, or wait for {PAUSE} s\n")
    print(f"{'':14}{'start and end':>14}{'computing':>13}{'waiting':>13}")
    for name, way in (("threads", with_threads), ("interpreters", with_interpreters), ("processes", with_processes),
                      ("tasks", with_tasks)):
        way(nothing, 0)
        start = seconds(way, nothing, 0) / WORKERS
        computing, waiting = seconds(way, compute, STEPS), seconds(way, wait, PAUSE)
        print(f"{name:14}{start * 1e3:>11.2f} ms{computing / alone:>9.2f} x 1{waiting / PAUSE:>9.2f} x 1")


if __name__ == "__main__":
    main()
