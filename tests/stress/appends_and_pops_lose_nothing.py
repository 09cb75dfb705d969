"""`append` and `pop` are atomic: what four threads append is what four threads pop."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
rounds = 0
while time.monotonic() < deadline and rounds < 10000:
    rounds += 1
    shared = []
    taken = [[] for _ in range(4)]
    per_thread = 400

    def produce(base):
        for i in range(per_thread):
            shared.append(base + i)

    def consume(mine):
        misses = 0
        while len(mine) < per_thread and misses < 10**6:
            try:
                mine.append(shared.pop())
            except IndexError:
                misses += 1

    threads = [threading.Thread(target=produce, args=(k * per_thread,)) for k in range(4)]
    threads += [threading.Thread(target=consume, args=(taken[k],)) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    everything = sorted(x for part in taken + [shared] for x in part)
    if everything != list(range(4 * per_thread)):
        print("lost or doubled", len(everything))
        break
else:
    print("ok")
