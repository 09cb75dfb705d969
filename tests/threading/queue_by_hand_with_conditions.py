"""A bounded queue: two conditions on one lock; order is kept for one producer and one consumer."""

import threading


class Queue:
    def __init__(self, size):
        self.items = []
        self.size = size
        lock = threading.Lock()
        self.not_empty = threading.Condition(lock)
        self.not_full = threading.Condition(lock)

    def put(self, item):
        with self.not_full:
            self.not_full.wait_for(lambda: len(self.items) < self.size)
            self.items.append(item)
            self.not_empty.notify()

    def get(self):
        with self.not_empty:
            self.not_empty.wait_for(lambda: self.items)
            item = self.items.pop(0)
            self.not_full.notify()
            return item


q = Queue(3)
got = []


def consume():
    while (item := q.get()) is not None:
        got.append(item)


t = threading.Thread(target=consume)
t.start()
for i in range(200):
    q.put(i)
q.put(None)
t.join()
print(got == list(range(200)), len(got))
results = []
q = Queue(2)


def worker():
    while (item := q.get()) is not None:
        results.append(item * item)


workers = [threading.Thread(target=worker) for _ in range(3)]
for w in workers:
    w.start()
for i in range(50):
    q.put(i)
for _ in workers:
    q.put(None)
for w in workers:
    w.join()
print(sorted(results) == [i * i for i in range(50)])
