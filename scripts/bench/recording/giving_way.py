"""Two threads give the lock up between short pieces of work, some 300,000 times a second. Prints how often."""

# bar: 1.15

import threading
import time

import gil


def work():
    x = 0
    for i in range(150):
        x += i


def player(turns):
    for _ in range(turns):
        work()
        time.sleep(0)


threads = [threading.Thread(target=player, args=(200_000,)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(sum(thread["voluntary_releases_by_reason"].values()) for thread in gil.stats()["threads"]), "releases")
