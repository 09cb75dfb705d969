"""Hashing large blocks in threads: work that needs no lock runs in parallel under it.

`hashlib` and `zlib` give the lock up for data of more than 2,047 bytes, since they touch no object meanwhile. So threads that
hash large blocks use all processors, lock or no lock; on short ones they only take turns, and with the lock off they
do not. This is how libraries written in C or Rust scale under the lock.

    gilbox run --report scripts/gil/hashing.py
    gilbox compare scripts/gil/hashing.py
"""

import hashlib
import sys
import threading
import time

MEGABYTES = int(sys.argv[1]) if len(sys.argv) > 1 else 256


def digest(block, times):
    for _ in range(times):
        hashlib.sha256(block).digest()


def seconds(block, threads):
    times = MEGABYTES * (1 << 20) // len(block) // threads
    crew = [threading.Thread(target=digest, args=(block, times)) for _ in range(threads)]
    start = time.perf_counter()
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    return time.perf_counter() - start


for name, size in (("blocks of 1 MB", 1 << 20), ("blocks of 2,000 bytes", 2000)):
    block = bytes(size)
    one = seconds(block, 1)
    print(f"{name}: one thread {one:.2f} s", end="")
    for threads in (2, 4):
        print(f", {threads} threads {one / seconds(block, threads):.2f} times as fast", end="")
    print(flush=True)
