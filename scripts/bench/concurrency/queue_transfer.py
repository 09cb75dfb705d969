"""Items go through a `Queue` that holds a hundred, and back through one without a limit."""

import queue
import threading

ITEMS = 150_000


def double(taken, given):
    while (item := taken.get()) is not None:
        given.put(item * 2)
    given.put(None)


def feed(into):
    for item in range(ITEMS):
        into.put(item)
    into.put(None)


def main():
    forth = queue.Queue(maxsize=100)
    back = queue.Queue()
    workers = [threading.Thread(target=double, args=(forth, back)), threading.Thread(target=feed, args=(forth,))]
    for worker in workers:
        worker.start()
    total = 0
    while (item := back.get()) is not None:
        total += item
    for worker in workers:
        worker.join()
    print("checksum", total)


main()
