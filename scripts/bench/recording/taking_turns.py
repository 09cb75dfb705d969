"""Two threads hand a turn to each other through a pair of locks, some 100,000 times a second. Prints how often."""

# bar: 1.15

import threading

import gil

ping = threading.Lock()
pong = threading.Lock()
pong.acquire()


def work():
    x = 0
    for i in range(1_600):
        x += i


def player(mine, other, turns):
    for _ in range(turns):
        mine.acquire()
        work()
        other.release()


threads = [threading.Thread(target=player, args=pair) for pair in ((ping, pong, 60_000), (pong, ping, 60_000))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(gil.stats()["switches"], "switches")
