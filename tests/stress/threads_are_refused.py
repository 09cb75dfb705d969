# gilbox: --max-threads 12
"""Many threads start more threads than are allowed: never more than the limit live, each start runs its function once or raises
a RuntimeError, and once they are gone there is room again."""

import threading
import time

from crew import finish, going_on, problems

LIMIT = 12
alive = []
ran = []
refused = []
most = [0]


def live(depth):
    alive.append(1)
    ran.append(depth)
    if len(alive) > LIMIT:
        problems.append(f"{len(alive)} threads live instead of {LIMIT}")
    time.sleep(0.0001 * (depth % 3))
    for _ in range(3 if depth else 0):
        start(depth - 1)
    most[0] = max(most[0], len(alive))
    alive.pop()


def start(depth):
    thread = threading.Thread(target=live, args=(depth,))
    try:
        thread.start()
    except RuntimeError as error:
        if str(error) != "can't start new thread" or thread.is_alive():
            problems.append(f"refused with {error!r}")
        refused.append(depth)
        return
    started.append(thread)


while going_on():
    ran.clear(), refused.clear()
    started = []
    for i in range(30):
        start(3)
    while any(t.is_alive() for t in started) or alive:
        for t in list(started):
            t.join()
    if len(ran) != len(started):
        problems.append(f"{len(started)} threads were started, {len(ran)} ran")
    if most[0] > LIMIT:
        problems.append(f"{most[0]} threads were there at once")
    # All are gone: there is room for as many again, and no more.
    gate = threading.Event()
    full = [threading.Thread(target=gate.wait) for _ in range(LIMIT + 1)]
    for t in full[:-1]:
        t.start()
    try:
        full[-1].start()
        problems.append("one thread too many was started")
    except RuntimeError:
        pass
    gate.set()
    for t in full[:-1]:
        t.join()
finish()
