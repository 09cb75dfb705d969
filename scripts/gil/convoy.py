"""The convoy: one busy thread makes a thread that waits often slow.

The second thread sleeps for a moment, as one that answers requests waits for the network, and
then wants to run for an instant. Alone it answers at its own pace. Beside a thread that computes
without a pause it must ask for the lock at every answer, and the holder gives it up only when the
switch interval has passed (CPython issue 7946). So each answer costs a whole interval more.
`--gil priority` is Beazley's remedy; `--gil off` needs none.

    gilbox scripts/gil/convoy.py
    gilbox --gil priority scripts/gil/convoy.py
    gilbox --gil off scripts/gil/convoy.py
"""

import sys
import threading
import time

SECONDS = 0.4
NAP = 0.0002


def answers_in(seconds):
    count = 0
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        time.sleep(NAP)
        count += 1
    return count


def beside(spinners):
    stop = []

    def spin():
        n = 0
        while not stop:
            n += 1

    threads = [threading.Thread(target=spin, name=f"spinner-{i}") for i in range(spinners)]
    for thread in threads:
        thread.start()
    count = answers_in(SECONDS)
    stop.append(True)
    for thread in threads:
        thread.join()
    return count / SECONDS


print(f"switch interval {sys.getswitchinterval() * 1000:g} ms")
for spinners in (0, 1, 2):
    print(f"beside {spinners} computing threads: {beside(spinners):8.0f} answers a second")
