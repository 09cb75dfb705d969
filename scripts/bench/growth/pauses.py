"""How long collections stop a program whose heap grows to 10 million objects, in milliseconds.

Collections are timed from their first callback to their last; then five full ones are asked for.
Prints `pauses`, the longest, the 99th percentile, and how many there were.
"""

import gc
import time

OBJECTS = 10_000_000

pauses = []
began = 0.0


def heard(phase, info):
    global began
    if phase == "start":
        began = time.perf_counter()
    else:
        pauses.append((time.perf_counter() - began) * 1e3)


gc.callbacks.append(heard)
heap = []
for i in range(OBJECTS // 2):
    heap.append([(i,)])
for _ in range(5):
    gc.collect()
pauses.sort()
print("pauses", f"{pauses[-1]:.1f}", f"{pauses[int(len(pauses) * 0.99)]:.1f}", len(pauses))
