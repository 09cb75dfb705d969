"""Two locks, two threads, two orders: each holds what the other wants.

Thread `left` takes A, then B; thread `right` takes B, then A. When each has its first lock, neither
can have its second: a circle of waiting. Here the second lock is asked for with a time limit, so
that the program ends: it counts how often the circle closed, then shows that one order for all
makes it impossible.

    gilbox run --report scripts/gil/deadlock.py
"""

import threading
import time

ROUNDS = 20

a = threading.Lock()
b = threading.Lock()


def meet(first, second, gate, stuck):
    """Takes both locks, first one, then the other; gives up after a while."""
    gate.wait()
    with first:
        time.sleep(0.001)
        if second.acquire(timeout=0.01):
            second.release()
        else:
            stuck.append(threading.current_thread().name)


def rounds(orders):
    circles = 0
    for _ in range(ROUNDS):
        gate = threading.Barrier(2)
        stuck = []
        threads = [
            threading.Thread(target=meet, args=(*order, gate, stuck), name=name)
            for name, order in zip(("left", "right"), orders)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        circles += len(stuck) > 0
    return circles


print("opposite orders: somebody was stuck in", rounds([(a, b), (b, a)]), "of", ROUNDS, "rounds")
print("the same order:  somebody was stuck in", rounds([(a, b), (a, b)]), "of", ROUNDS, "rounds")
