# Threads that work together: queues, pools, barriers, conditions, events, a limited resource, and thread-local data.
import concurrent.futures
import contextlib
import heapq
import itertools
import logging
import queue
import random
import sys
import threading
import time
from collections import Counter, deque


class ListHandler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


handler = ListHandler()
handler.setFormatter(logging.Formatter("%(threadName)s:%(levelname)s:%(message)s"))
logger = logging.getLogger("pipeline")
logger.setLevel(logging.INFO)
logger.addHandler(handler)
logger.propagate = False


class Stage(threading.Thread):
    """Takes items from one queue, works on them, and hands them to the next."""

    stop = object()

    def __init__(self, name, work, source, sink):
        super().__init__(name=name)
        self.work, self.source, self.sink = work, source, sink
        self.count, self.failed = 0, []

    def run(self):
        for item in iter(self.source.get, self.stop):
            try:
                result = self.work(item)
            except Exception as error:
                self.failed.append((item, repr(error)))
                logger.error("%r: %s", item, error)
            else:
                self.count += 1
                self.sink.put(result)
            finally:
                self.source.task_done()
        self.sink.put(self.stop)
        logger.info("done with %d", self.count)


def pipeline(items, *works):
    queues = [queue.Queue(maxsize=3) for _ in range(len(works) + 1)]
    stages = [Stage(f"stage-{n}", work, queues[n], queues[n + 1]) for n, work in enumerate(works)]
    for stage in stages:
        stage.start()

    def feed():
        for item in [*items, Stage.stop]:
            queues[0].put(item)

    feeder = threading.Thread(target=feed)
    feeder.start()
    results = list(iter(queues[-1].get, Stage.stop))
    feeder.join()
    for stage in stages:
        stage.join()
    return results, [(stage.name, stage.count, stage.failed) for stage in stages]


print(pipeline(range(-2, 4), lambda x: x * 2, lambda x: 12 // x, str))
print(sorted(handler.lines))


class BoundedBuffer:
    def __init__(self, size):
        self.items, self.size = deque(), size
        lock = threading.Lock()
        self.not_full, self.not_empty = threading.Condition(lock), threading.Condition(lock)
        self.highest = 0

    def put(self, item):
        with self.not_full:
            self.not_full.wait_for(lambda: len(self.items) < self.size)
            self.items.append(item)
            self.highest = max(self.highest, len(self.items))
            self.not_empty.notify()

    def get(self):
        with self.not_empty:
            while not self.items:
                self.not_empty.wait()
            item = self.items.popleft()
            self.not_full.notify()
            return item


buffer, taken, taken_lock = BoundedBuffer(4), Counter(), threading.Lock()


def produce(start):
    for n in range(start, start + 50):
        buffer.put(n)


def consume():
    for _ in range(50):
        item = buffer.get()
        with taken_lock:
            taken[item] += 1


threads = [threading.Thread(target=produce, args=(n * 50,)) for n in range(3)] + [
    threading.Thread(target=consume) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(taken), set(taken.values()), buffer.highest <= 4, len(buffer.items))


class Account:
    numbers = itertools.count(1)

    def __init__(self, amount):
        self.number, self.amount, self.lock = next(self.numbers), amount, threading.RLock()


def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        if source.amount < amount:
            raise ValueError(f"{source.number} has only {source.amount}")
        source.amount -= amount
        target.amount += amount
        return source.number, target.number


accounts = [Account(100) for _ in range(4)]
with concurrent.futures.ThreadPoolExecutor(max_workers=4, thread_name_prefix="teller") as pool:
    chance = random.Random(7)
    pairs = [chance.sample(range(4), 2) for _ in range(200)]
    futures = [pool.submit(transfer, accounts[a], accounts[b], 1 + n % 5) for n, (a, b) in enumerate(pairs)]
    done, pending = concurrent.futures.wait(futures, timeout=10)
    refused = [future.exception() for future in futures if future.exception()]
print(sum(account.amount for account in accounts), len(done), len(pending), {type(error).__name__ for error in refused})
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    print(list(pool.map(pow, [2, 3, 4], [5, 2, 3])))
    late = pool.submit(time.sleep, 0.05)
    late.add_done_callback(lambda future: logger.info("slept %s", future.result()))
    try:
        list(pool.map(lambda x: 1 // x, [1, 0]))
    except ZeroDivisionError as error:
        print("from the pool:", error)
    results = [future.result() for future in concurrent.futures.as_completed([pool.submit(len, "abc"), late])]
print(results in ([3, None], [None, 3]), handler.lines[-1].split(":", 1)[1])
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)

barrier_log = []
barrier = threading.Barrier(3, action=lambda: barrier_log.append("all here"), timeout=5)


def phased(name):
    for phase in range(2):
        barrier_log.append(phase)
        barrier.wait()


threads = [threading.Thread(target=phased, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(barrier_log, barrier.parties, barrier.n_waiting, barrier.broken)

inside = most = 0
gate = threading.BoundedSemaphore(2)
local = threading.local()


def limited(n):
    global inside, most
    local.name = f"mine-{n}"
    with gate:
        with taken_lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.01)
        with taken_lock:
            inside -= 1
    return local.name


with concurrent.futures.ThreadPoolExecutor(5) as pool:
    print(sorted(pool.map(limited, range(5))), 1 <= most <= 2, inside, hasattr(local, "name"))
with contextlib.suppress(ValueError):
    gate.release()
    print("released too often")

jobs = queue.PriorityQueue()
for priority, name in [(3, "low"), (1, "high"), (2, "middle")]:
    jobs.put((priority, name))
print([jobs.get()[1] for _ in range(3)], jobs.empty())
try:
    jobs.get_nowait()
except queue.Empty as error:
    print("empty", repr(error))
jobs.shutdown()
try:
    jobs.put((1, "x"))
except queue.ShutDown as error:
    print(type(error).__name__)


def hooked(args):
    print("hook:", args.exc_type.__name__, args.exc_value, args.thread.name)


threading.excepthook = hooked
broken = threading.Thread(target=lambda: [].pop(), name="broken")
broken.start()
broken.join()
fired = threading.Event()
timer = threading.Timer(0.01, fired.set)
timer.start()
fired.wait(5)
timer.join()
print(fired.is_set(), timer.finished.is_set(), threading.active_count(), threading.current_thread() is threading.main_thread())
