"""A cache with a size and a time to live, filled by workers from a bounded queue."""

import functools
import heapq
import itertools
import queue
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor, as_completed


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def advance(self, seconds):
        self.now += seconds


class Stats(Counter):
    def ratio(self):
        asked = self["hits"] + self["misses"]
        return self["hits"] / asked if asked else float("nan")

    def __format__(self, spec):
        if spec == "short":
            return "/".join(str(self[name]) for name in ("hits", "misses", "evicted", "expired"))
        return super().__format__(spec)


class TTLCache(MutableMapping):
    """The least recently used go first; nobody lives longer than `ttl`."""

    class _Entry:
        __slots__ = ("value", "expires")

        def __init__(self, value, expires):
            self.value, self.expires = value, expires

        def __repr__(self):
            return f"<{self.value!r} until {self.expires:g}>"

    def __init__(self, maxsize=3, ttl=10, clock=None):
        self._lock = threading.RLock()
        self._entries: OrderedDict = OrderedDict()
        self._heap = []
        self._order = itertools.count()
        self.maxsize, self.ttl, self.clock = maxsize, ttl, clock or Clock()
        self.stats = Stats()

    def _expire(self):
        while self._heap and self._heap[0][0] <= self.clock():
            when, _, key = heapq.heappop(self._heap)
            entry = self._entries.get(key)
            if entry is not None and entry.expires == when:
                del self._entries[key]
                self.stats["expired"] += 1

    def __getitem__(self, key):
        with self._lock:
            self._expire()
            try:
                entry = self._entries[key]
            except KeyError:
                self.stats["misses"] += 1
                return self.__missing__(key)
            self._entries.move_to_end(key)
            self.stats["hits"] += 1
            return entry.value

    def __missing__(self, key):
        raise KeyError(key)

    def __setitem__(self, key, value):
        with self._lock:
            self._expire()
            expires = self.clock() + self.ttl
            self._entries[key] = self._Entry(value, expires)
            self._entries.move_to_end(key)
            heapq.heappush(self._heap, (expires, next(self._order), key))
            while len(self._entries) > self.maxsize:
                self._entries.popitem(last=False)
                self.stats["evicted"] += 1

    def __delitem__(self, key):
        with self._lock:
            del self._entries[key]

    def __iter__(self) -> Iterator:
        with self._lock:
            self._expire()
            return iter(list(self._entries))

    def __len__(self):
        with self._lock:
            self._expire()
            return len(self._entries)

    def __repr__(self):
        return f"{type(self).__name__}({dict(self._entries)!r})"

    def __call__(self, function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            key = args, frozenset(kwargs.items())
            try:
                return self[key]
            except KeyError:
                pass
            value = self[key] = function(*args, **kwargs)
            return value
        wrapper.cache = self
        return wrapper


class Filling(TTLCache):
    def __missing__(self, key):
        value = self[key] = f"made {key}"
        return value


clock = Clock()
cache = TTLCache(clock=clock)
for key in "abc":
    cache[key] = key.upper()
print(cache, len(cache), list(cache))
print(cache["a"], cache.get("z"), "b" in cache, cache.pop("q", "none"))
cache["d"] = "D"
print(list(cache), f"{cache.stats:short}", f"{cache.stats.ratio():.1%}")
clock.advance(5)
cache["a"] = "again"
clock.advance(5)
print(list(cache.items()), cache.stats)
for wrong in (lambda: cache["b"], lambda: cache.popitem() and cache.popitem(), lambda: cache.__delitem__("x")):
    try:
        wrong()
    except KeyError as error:
        print("KeyError:", error)
cache.update({"x": 1}, y=2)
print(cache.setdefault("x", 5), cache.setdefault("z", 6), dict(cache), cache == {"x": 1, "y": 2, "z": 6})
cache.clear()
print(cache, bool(cache))
filling = Filling(2)
print(filling["one"], filling["one"], filling)


@TTLCache(maxsize=2, ttl=100)
def power(base, exponent=2):
    "Raise."
    print("computing", base, exponent)
    return base ** exponent


print(power(2), power(2), power(3), power(2, exponent=3), power(2))
print(power.__name__, power.__doc__, power.cache.stats["misses"], power.__wrapped__(5))


@functools.lru_cache(maxsize=2)
def slow(n):
    return n * n


print([slow(n) for n in (1, 2, 1, 3, 1, 2)], slow.cache_info(), slow.cache_parameters())
slow.cache_clear()
print(slow.cache_info())


# ---- workers and a bounded queue

jobs = queue.Queue(maxsize=4)
results = {}
shared = TTLCache(maxsize=100)
seen = threading.Barrier(4)
failures = []


def worker(name):
    seen.wait()
    while True:
        job = jobs.get()
        try:
            if job is None:
                return
            if job % 13 == 0:
                raise ValueError(f"unlucky {job}")
            shared[job % 10] = job % 10
            results[job] = sum(range(job))
        except ValueError as error:
            failures.append(str(error))
        finally:
            jobs.task_done()


workers = [threading.Thread(target=worker, args=(n,), name=f"worker-{n}") for n in range(3)]
for thread in workers:
    thread.start()
seen.wait()
for job in range(1, 60):
    jobs.put(job)
jobs.join()
for _ in workers:
    jobs.put(None)
for thread in workers:
    thread.join(5)
print(len(results), results[59], sorted(failures), [thread.is_alive() for thread in workers], jobs.qsize())
print(sorted(shared), all(shared[n] == n for n in shared))
full = queue.Queue(1)
full.put("only")
for attempt in (lambda: full.put_nowait("more"), lambda: full.put("more", timeout=0.01), lambda: queue.Queue().get(False)):
    try:
        attempt()
    except (queue.Full, queue.Empty) as error:
        print(type(error).__name__, error.args)
try:
    full.task_done()
    full.task_done()
except ValueError as error:
    print(error)
ranked = queue.PriorityQueue()
for entry in [(3, "c"), (1, "a"), (2, "b")]:
    ranked.put(entry)
print([ranked.get()[1] for _ in range(3)], ranked.empty())
full.shutdown(immediate=True)
try:
    full.get()
except queue.ShutDown as error:
    print(type(error).__mro__[1].__name__, "shut down")


def task(n):
    if n == 3:
        raise LookupError(f"no {n}")
    return n * 10


with ThreadPoolExecutor(max_workers=3, thread_name_prefix="pool") as pool:
    futures = {pool.submit(task, n): n for n in range(5)}
    done = {}
    for future in as_completed(futures):
        done[futures[future]] = future.exception() or future.result()
    print(sorted(done.items()))
    print(list(pool.map(task, [1, 2])), pool.submit(pow, 2, 5).result())
