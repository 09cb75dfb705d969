"""Two threads that only count take turns under the lock; without it, both run.

    gilbox run --report scripts/gil/turns.py
    gilbox compare scripts/gil/turns.py
"""

import sys
import threading

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000_000


def count():
    for _ in range(COUNT):
        pass


threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"counted to {COUNT:,} twice")
