"""Who gets the lock next? Fair and unfair ways to hand it on.

Four threads take turns of computing for a fixed time; how many steps each of them made shows how
evenly the lock was handed on. CPython's lock keeps no queue: whoever wakes first has it. `--gil
fair` serves first come, first served. The old ticking lock lets the holder win again and again.

    gilbox scripts/gil/starvation.py
    gilbox --gil fair scripts/gil/starvation.py
    gilbox --gil 2.7 scripts/gil/starvation.py
"""

import threading
import time

THREADS = 4
SECONDS = 0.6

steps = [0] * THREADS
gate = threading.Barrier(THREADS)


def work(me):
    gate.wait()
    deadline = time.perf_counter() + SECONDS
    count = 0
    while time.perf_counter() < deadline:
        for _ in range(200):
            count += 1
    steps[me] = count


threads = [threading.Thread(target=work, args=(i,)) for i in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
total = sum(steps)
for me, count in enumerate(steps):
    share = 100 * count / total
    print(f"thread {me}: {share:5.1f}%  {'#' * round(share / 2)}")
print(f"the busiest made {max(steps) / min(steps):.2f} times the steps of the idlest")
