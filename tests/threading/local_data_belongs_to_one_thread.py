"""threading.local and its subclasses."""

import threading

data = threading.local()
data.x = "main"
seen = []


def work(i):
    seen.append(hasattr(data, "x"))
    data.x = i
    barrier.wait()
    seen.append(data.x)
    del data.x
    seen.append(hasattr(data, "x"))


barrier = threading.Barrier(3)
threads = [threading.Thread(target=work, args=(i,)) for i in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(map(str, seen)), data.x, data.__dict__)


class Counter(threading.local):
    kind = "class attribute"

    def __init__(self, start):
        self.n = start

    def up(self):
        self.n += 1
        return self.n


c = Counter(10)
print(c.up(), c.up(), c.kind)
got = []
t = threading.Thread(target=lambda: got.append((c.up(), c.kind)))
t.start()
t.join()
print(got, c.n)
try:
    data.missing
except AttributeError as error:
    print(error)
