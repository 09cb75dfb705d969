import concurrent.futures as futures
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.thread import BrokenThreadPool


def report(function):
    try:
        return repr(function())
    except BaseException as exc:
        return f"{type(exc).__name__}: {exc}"


for arguments in ({"max_workers": 0}, {"max_workers": -1}, {"max_workers": "a"}, {"initializer": 3}):
    print(report(lambda: ThreadPoolExecutor(**arguments)))

with ThreadPoolExecutor(2, thread_name_prefix="worker") as pool:
    print(pool.submit(pow, 2, 10).result(), pool.submit(int, "ff", base=16).result())
    print(pool.submit(lambda: threading.current_thread().name).result() in ("worker_0", "worker_1"))
    print(pool.submit(lambda: threading.current_thread().daemon).result())
    print(report(pool.submit(lambda: 1 / 0).result), report(pool.submit(3).result), report(pool.submit))
    print(list(pool.map(pow, [2, 3, 4], [5, 6, 7, 8])), list(pool.map(str, [])))
print(report(lambda: pool.submit(print)), report(lambda: pool.map(print, [1])))

# At most so many at once; a worker that is idle is used again.
with ThreadPoolExecutor(3) as pool:
    running, most, lock, meeting = 0, 0, threading.Lock(), threading.Barrier(3)

    def work(number):
        global running, most
        with lock:
            running += 1
            most = max(most, running)
        meeting.wait(30)
        with lock:
            running -= 1
        meeting.wait(30)
        return number * number

    print(sum(pool.map(work, range(12))), most)
with ThreadPoolExecutor(50) as pool:
    for _ in range(10):
        pool.submit(time.sleep, 0).result()
        while not pool._idle_semaphore._value:
            time.sleep(0.001)
    print(len(pool._threads))

# map: results in order, the first error ends it, buffersize keeps it from running ahead, and timeouts.
pool = ThreadPoolExecutor(2)
results = pool.map(lambda n: 10 // n, [5, 0, 2])
print(next(results), report(lambda: next(results)), report(lambda: next(results)))
print(report(lambda: list(pool.map(time.sleep, [0.2], timeout=0.02))))
print(report(lambda: list(pool.map(str, [1], timeout=10))))
asked = []


def numbers():
    for number in range(10):
        asked.append(number)
        yield number


results = pool.map(str, numbers(), buffersize=2)
print(len(asked), next(results), len(asked), next(results), len(asked), list(results), len(asked))
print(report(lambda: pool.map(str, [1], buffersize=0)), report(lambda: pool.map(str, [1], buffersize="a")))
results = pool.map(str, numbers())
print(len(asked), list(results))
pool.shutdown()

# Cancelling: what runs goes on, what waits does not begin.
pool = ThreadPoolExecutor(1)
begun, go_on = threading.Event(), threading.Event()
first = pool.submit(lambda: (begun.set(), go_on.wait(), "finished")[-1])
begun.wait()
second, third = pool.submit(print, "never"), pool.submit(print, "never")
print(first.cancel(), second.cancel(), second.cancelled(), report(second.result), first.running())
pool.shutdown(wait=False, cancel_futures=True)
print(third.cancelled(), report(lambda: pool.submit(print)))
go_on.set()
print(first.result())

# The initialiser runs once in each thread; if it raises, the pool is broken.
local = threading.local()


def initialize(value):
    local.value = value


with ThreadPoolExecutor(2, initializer=initialize, initargs=("set up",)) as pool:
    print(set(pool.map(lambda _: local.value, range(8))))


def fail():
    raise ValueError("no start")


pool = ThreadPoolExecutor(1, initializer=fail)
print(report(lambda: pool.submit(print).result()))
while not pool._broken:
    time.sleep(0.001)
print(report(lambda: pool.submit(print)), BrokenThreadPool.__mro__[1:3])
pool.shutdown()

pool = ThreadPoolExecutor(4)
gates = [threading.Event() for _ in range(3)]
waiting = [pool.submit(lambda n=n: (gates[n].wait(), n)[1]) for n in range(3)]
gates[1].set()
order = []
for future in futures.as_completed(waiting):
    order.append(future.result())
    gates[2 if future is waiting[1] else 0].set()
print(order)
done = futures.wait([pool.submit(lambda: 1), pool.submit(lambda: 2)])
print(sorted(f.result() for f in done.done), done.not_done)
print(pool.submit(lambda: threading.current_thread().name).result().startswith("ThreadPoolExecutor-"))
# Nobody shuts this one down: its threads end with the program, after what was submitted.
pool.submit(lambda: (time.sleep(0.05), print("the last word")))
