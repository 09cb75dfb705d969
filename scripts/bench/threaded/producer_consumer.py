"""Producers and consumers over a bounded buffer with one `Condition`."""

import threading

CAPACITY = 64


class Buffer:
    def __init__(self):
        self.items = []
        self.changed = threading.Condition()
        self.closed = False

    def put(self, item):
        with self.changed:
            while len(self.items) >= CAPACITY:
                self.changed.wait()
            self.items.append(item)
            self.changed.notify_all()

    def get(self):
        with self.changed:
            while not self.items:
                if self.closed:
                    return None
                self.changed.wait()
            item = self.items.pop()
            self.changed.notify_all()
            return item

    def close(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()


def produce(buffer, n):
    for i in range(1, n + 1):
        buffer.put(i)


def consume(buffer, out):
    total = 0
    while True:
        item = buffer.get()
        if item is None:
            break
        total += item
    out.append(total)


def main():
    buffer = Buffer()
    out = []
    producers = [threading.Thread(target=produce, args=(buffer, 150000)) for _ in range(2)]
    consumers = [threading.Thread(target=consume, args=(buffer, out)) for _ in range(2)]
    for thread in producers + consumers:
        thread.start()
    for thread in producers:
        thread.join()
    buffer.close()
    for thread in consumers:
        thread.join()
    print("checksum", sum(out))


main()
