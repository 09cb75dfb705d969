"""Event."""

import threading

e = threading.Event()
print(e.is_set(), e.wait(0.01), e.wait(timeout=0))
e.set()
print(e.is_set(), e.wait(), e.wait(1))
e.clear()
print(e.is_set())
woken = []
threads = [threading.Thread(target=lambda i=i: woken.append((i, e.wait(5)))) for i in range(4)]
for t in threads:
    t.start()
e.set()
for t in threads:
    t.join()
print(sorted(woken))
order = []
first, second = threading.Event(), threading.Event()


def a():
    order.append("a1")
    first.set()
    second.wait()
    order.append("a2")


def b():
    first.wait()
    order.append("b1")
    second.set()


ts = [threading.Thread(target=f) for f in (b, a)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(order)
print(repr(e).split(" at ")[0], repr(e).rsplit(": ")[-1])
