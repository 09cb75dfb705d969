"""What a thread's work costs with 1 to 64 threads at once: milliseconds a thread.

Each thread does work of its own. Prints a line: `threads` and a number for each count.
"""

import threading
import time

COUNTS = [1, 2, 4, 8, 16, 32, 64]


def work():
    total = 0
    kept = []
    for i in range(300_000):
        total += i * 3 & 255
        kept.append((i, total))
    return total


def run(count):
    threads = [threading.Thread(target=work) for _ in range(count)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - begin) / count * 1e3


run(2)
print("threads", *[f"{min(run(count) for _ in range(max(2, 16 // count))):.3f}" for count in COUNTS])
