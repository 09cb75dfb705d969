"""Five philosophers, five forks, and the order that keeps them from starving.

If everyone takes the left fork first, all five can hold one fork and wait for ever: a deadlock.
Here every philosopher takes the fork with the lower number first, so that no circle of waiting
can close. Each eats a bounded number of times, and the program says how often a fork was not
free at once.

    gilbox run --report scripts/gil/philosophers.py
"""

import threading
import time

SEATS = 5
MEALS = 40

forks = [threading.Lock() for _ in range(SEATS)]
meals = [0] * SEATS
waits = [0] * SEATS


def take(fork, seat):
    if not forks[fork].acquire(blocking=False):
        waits[seat] += 1
        forks[fork].acquire()


def philosopher(seat):
    first, second = sorted((seat, (seat + 1) % SEATS))
    for _ in range(MEALS):
        take(first, seat)
        take(second, seat)
        meals[seat] += 1
        time.sleep(0.0005)
        forks[second].release()
        forks[first].release()


threads = [
    threading.Thread(target=philosopher, args=(seat,), name=f"philosopher-{seat}")
    for seat in range(SEATS)
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("meals:", *meals)
print("a fork was taken", sum(waits), "times of", 2 * MEALS * SEATS)
