"""Two threads that compute for many intervals take turns: the lock is handed over by force."""

import sys
import threading
import time

sys.setswitchinterval(0.001)
turns = []
last = None
# For a machine that has other things to do.
deadline = time.perf_counter() + 20


def work(name):
    global last
    while len(turns) < 6 and time.perf_counter() < deadline:
        if last != name:
            last = name
            turns.append(name)


threads = [threading.Thread(target=work, args=(n,)) for n in "ab"]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(turns) > 3, sorted(set(turns)))
