import queue
import threading
import time


def report(function):
    try:
        return function()
    except Exception as exc:
        return repr(exc)


print(queue.__all__, queue.Empty, queue.Full, queue.ShutDown)
print(queue.Empty.__mro__[1], queue.Full.__mro__[1], queue.ShutDown.__mro__[1])

for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
    items = kind()
    for item in (3, 1, 2):
        items.put(item)
    print(kind.__name__, items.qsize(), items.empty(), items.full(), [items.get() for _ in range(3)], items.empty())
    print(report(items.get_nowait), report(lambda: items.get(False)), report(lambda: items.get(timeout=0.01)))
    print(report(lambda: items.get(timeout=-1)), report(lambda: items.get(True, 0)))

bounded = queue.Queue(maxsize=2)
bounded.put("a"), bounded.put_nowait("b")
print(bounded.maxsize, bounded.full(), report(lambda: bounded.put_nowait("c")), report(lambda: bounded.put("c", False)))
print(report(lambda: bounded.put("c", timeout=0.01)), report(lambda: bounded.put("c", timeout=-1)), bounded.unfinished_tasks)
print(bounded.get(), bounded.get(), bounded.unfinished_tasks)
bounded.task_done(), bounded.task_done()
print(report(bounded.task_done), report(bounded.join))
print(report(lambda: queue.Queue("a").put(1)), report(lambda: queue.Queue().put()))
print(queue.Queue[int], queue.SimpleQueue[str], sorted(vars(queue.Queue())))

# Who puts into a full queue and who takes from an empty one wait for each other.
small = queue.Queue(1)
taken = []


def take():
    while (item := small.get()) is not None:
        taken.append(item)
        small.task_done()


threads = [threading.Thread(target=take) for _ in range(3)]
for thread in threads:
    thread.start()
for number in range(200):
    small.put(number)
small.join()
for thread in threads:
    small.put(None)
for thread in threads:
    thread.join()
print(sorted(taken) == list(range(200)))


class Sorted(queue.Queue):
    def _init(self, maxsize):
        self.items = []

    def _qsize(self):
        return len(self.items)

    def _put(self, item):
        self.items = sorted(self.items + [item], reverse=True)

    def _get(self):
        return self.items.pop()


ordered = Sorted(2)
ordered.put(9), ordered.put(4)
print(ordered.full(), ordered.get(), ordered.get(), ordered.qsize())

# shutdown: nothing more comes in, what is there may be taken.
closed = queue.Queue()
closed.put(1), closed.put(2)
closed.shutdown()
print(closed.is_shutdown, report(lambda: closed.put(3)), closed.get(), closed.get(), report(closed.get), report(closed.get_nowait))
print(closed.unfinished_tasks)
dropped = queue.Queue()
dropped.put(1), dropped.put(2), dropped.get()
dropped.shutdown(immediate=True)
print(dropped.qsize(), dropped.unfinished_tasks, report(dropped.get), report(lambda: dropped.get(timeout=1)))

waiting = queue.Queue(1)
waiting.put(0)
results = []


def note(function):
    results.append(report(function))


empty = queue.Queue()
threads = [
    threading.Thread(target=note, args=(function,))
    for function in (lambda: waiting.put(1), lambda: waiting.put(1, timeout=10), empty.get, lambda: empty.get(timeout=10))
]
for thread in threads:
    thread.start()
time.sleep(0.05)
waiting.shutdown(), empty.shutdown()
for thread in threads:
    thread.join()
print(sorted(results))
