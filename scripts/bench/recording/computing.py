"""Two threads compute: they switch only when the interval is over. Prints how often."""

# bar: 1.03

import threading

import gil


def spin(n):
    x = 0
    for i in range(n):
        x += i & 7
    return x


threads = [threading.Thread(target=spin, args=(20_000_000,)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(gil.stats()["switches"], "switches")
