"""Counters under Lock, RLock, Condition and Semaphore stay exact while waits time out and threads come and go."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []
guards = [threading.Lock(), threading.RLock(), threading.Condition(), threading.Semaphore(1), threading.BoundedSemaphore(1)]
counters = [0] * len(guards)
expected = [[0] * len(guards) for _ in range(6)]


def work(me):
    n = me
    try:
        while time.monotonic() < deadline:
            n += 1
            which = n % len(guards)
            guard = guards[which]
            if n % 7 == 0:
                if not guard.acquire(timeout=0.001) if which != 2 else not guard.acquire(False):
                    continue
            else:
                guard.acquire()
            counters[which] += 1
            expected[me][which] += 1
            if which == 2:
                guard.notify()
                if n % 3 == 0:
                    guard.wait(0.0005)
            guard.release()
    except BaseException as error:
        problems.append(repr(error))


threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for which, guard in enumerate(guards):
    total = sum(row[which] for row in expected)
    if counters[which] != total:
        problems.append(f"{guard!r}: {counters[which]} of {total}")
print("\n".join(problems) or "ok")
