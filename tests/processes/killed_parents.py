# gilbox: -A
"""A parent that is killed leaves no child behind, nor the children of its children."""

import multiprocessing
import os
import signal
import time


def spin(numbers):
    numbers.put(os.getpid())
    while True:
        pass


def parent(method, numbers):
    context = multiprocessing.get_context(method)
    # The last one is started by one that waits; a daemon may have none.
    for target in (spin, grandparent):
        context.Process(target=target, args=(numbers,)).start()
    while True:
        time.sleep(1)


def grandparent(numbers):
    multiprocessing.Process(target=spin, args=(numbers,)).start()
    while True:
        time.sleep(1)


def lives(pid):
    # What has ended and waits for somebody to ask for its exit code lives no more.
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        numbers = multiprocessing.get_context(method).SimpleQueue()
        victim = multiprocessing.get_context(method).Process(target=parent, args=(method, numbers))
        victim.start()
        spinning = [numbers.get(), numbers.get()]
        print(method, [lives(pid) for pid in spinning])
        victim.kill()
        victim.join()
        patience = time.monotonic() + 20
        while any(map(lives, spinning)) and time.monotonic() < patience:
            time.sleep(0.01)
        print(victim.exitcode == -signal.SIGKILL, [lives(pid) for pid in spinning])
