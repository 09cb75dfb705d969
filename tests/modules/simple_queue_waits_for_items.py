import queue
import threading
import time


def report(function):
    try:
        return function()
    except Exception as exc:
        return repr(exc)


simple = queue.SimpleQueue()
print(simple.empty(), simple.qsize(), simple.put(1), simple.put_nowait(2), simple.put(item=3, block=False, timeout=-1))
print(simple.qsize(), simple.get(), simple.get_nowait(), simple.get(block=True, timeout=None), simple.empty())
print(report(simple.get_nowait), report(lambda: simple.get(False)), report(lambda: simple.get(False, -1)))
print(report(lambda: simple.get(timeout=0)), report(lambda: simple.get(timeout=0.01)), report(lambda: simple.get(True, 0.01)))
print(report(lambda: simple.get(timeout=-1)), report(lambda: simple.get(timeout="a")))
print(report(lambda: simple.put()), report(lambda: simple.put(1, 2, 3, 4)))
print(type(simple), queue.SimpleQueue.__module__)


class Named(queue.SimpleQueue):
    def __init__(self, name):
        self.name = name


named = Named("n")
named.put([1])
print(named.name, named.get())

start = time.monotonic()
print(report(lambda: simple.get(timeout=0.1)), 0.08 < time.monotonic() - start < 5)

# Every item reaches exactly one of the threads that wait.
results, lock = [], threading.Lock()


def take():
    mine = []
    while (item := simple.get()) is not None:
        mine.append(item)
    with lock:
        results.extend(mine)


def give(first):
    for number in range(first, first + 500):
        simple.put(number)


takers = [threading.Thread(target=take) for _ in range(4)]
givers = [threading.Thread(target=give, args=(first,)) for first in range(0, 2000, 500)]
for thread in takers + givers:
    thread.start()
for thread in givers:
    thread.join()
for _ in takers:
    simple.put(None)
for thread in takers:
    thread.join()
print(sorted(results) == list(range(2000)), simple.empty())


# One thread's items come in the order in which it put them, also with timeouts that end while others put.
def impatient():
    while True:
        try:
            item = simple.get(timeout=0.0005)
        except queue.Empty:
            continue
        if item is None:
            return
        results.append(item)


results = []
thread = threading.Thread(target=impatient)
thread.start()
for number in range(300):
    simple.put(number)
    if number % 50 == 0:
        time.sleep(0.002)
simple.put(None)
thread.join()
print(results == list(range(300)))


# A put from within a finaliser or a comparison cannot lock up: there is nothing to hold meanwhile.
class Item:
    def __eq__(self, other):
        simple.put("from __eq__")
        return True

    __hash__ = None


print(Item() == Item(), simple.get())
