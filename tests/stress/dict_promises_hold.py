"""`setdefault` gives all threads one value; `pop` gives a key to one thread; stores are not lost."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []
rounds = 0
while time.monotonic() < deadline and not problems:
    rounds += 1
    shared = {}
    chosen = [[] for _ in range(4)]
    popped = [[] for _ in range(4)]
    gate = threading.Barrier(4)

    def work(me):
        gate.wait()
        for k in range(200):
            chosen[me].append(shared.setdefault(k, (me, k)))
        gate.wait()
        for k in range(200):
            shared["own", me, k] = k
        gate.wait()
        for k in range(200):
            if shared.pop(k, None) is not None:
                popped[me].append(k)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if not all(a is b is c is d for a, b, c, d in zip(*chosen)):
        problems.append("setdefault gave different values")
    if sorted(k for part in popped for k in part) != list(range(200)):
        problems.append("pop gave a key twice or not at all")
    if sorted(shared) != sorted(("own", m, k) for m in range(4) for k in range(200)):
        problems.append("a store was lost")
print("\n".join(problems) or "ok")
