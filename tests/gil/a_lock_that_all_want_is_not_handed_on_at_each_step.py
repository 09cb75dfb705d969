# gilbox: --gil 3.14
"""Who is woken for a Lock competes for it when it may run, and the one that runs goes on meanwhile: there are
about as many switches as intervals, not as steps."""

import threading

import gil

STEPS = 200_000
counter = 0
lock = threading.Lock()


def count():
    global counter
    for _ in range(STEPS):
        with lock:
            counter += 1


before = gil.stats()["switches"]
threads = [threading.Thread(target=count) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
switches = gil.stats()["switches"] - before
print(counter == 4 * STEPS, switches < STEPS / 100 or switches)
