"""Readers share, writers exclude: built from a Condition."""

import threading


class ReadWriteLock:
    def __init__(self):
        self.readers = 0
        self.writing = False
        self.changed = threading.Condition()

    def __enter__(self):
        with self.changed:
            self.changed.wait_for(lambda: not self.writing and not self.readers)
            self.writing = True

    def __exit__(self, *_):
        with self.changed:
            self.writing = False
            self.changed.notify_all()

    def start_reading(self):
        with self.changed:
            self.changed.wait_for(lambda: not self.writing)
            self.readers += 1

    def stop_reading(self):
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()


lock = ReadWriteLock()
pair = [0, 0]
torn = []


def write():
    for _ in range(200):
        with lock:
            pair[0] += 1
            pair[1] += 1


def read():
    for _ in range(200):
        lock.start_reading()
        a, b = pair
        if a != b:
            torn.append((a, b))
        lock.stop_reading()


threads = [threading.Thread(target=f) for f in (write, write, read, read, read)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(pair, torn)
