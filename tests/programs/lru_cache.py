"""A cache that forgets what was used least recently, with statistics and a decorator."""

import functools
import threading
from collections import OrderedDict
from dataclasses import dataclass, field


@dataclass
class Statistics:
    hits: int = 0
    misses: int = 0
    evictions: list = field(default_factory=list, repr=False)

    @property
    def ratio(self):
        total = self.hits + self.misses
        return self.hits / total if total else 0.0

    def __str__(self):
        return f"{self.hits} hits, {self.misses} misses ({self.ratio:.1%}), evicted {self.evictions}"


class LRUCache:
    def __init__(self, capacity, on_evict=None):
        if capacity <= 0:
            raise ValueError(f"capacity must be positive, not {capacity!r}")
        self.capacity = capacity
        self.on_evict = on_evict
        self.statistics = Statistics()
        self._items = OrderedDict()
        self._lock = threading.RLock()

    def __len__(self):
        return len(self._items)

    def __contains__(self, key):
        return key in self._items

    def __iter__(self):
        yield from reversed(self._items)

    def __getitem__(self, key):
        with self._lock:
            try:
                value = self._items[key]
            except KeyError:
                self.statistics.misses += 1
                raise
            self.statistics.hits += 1
            self._items.move_to_end(key)
            return value

    def __setitem__(self, key, value):
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
            self._items[key] = value
            while len(self._items) > self.capacity:
                old, gone = self._items.popitem(last=False)
                self.statistics.evictions.append(old)
                if self.on_evict:
                    self.on_evict(old, gone)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __repr__(self):
        inside = ", ".join(f"{key!r}: {value!r}" for key, value in self._items.items())
        return f"{type(self).__name__}({self.capacity}, {{{inside}}})"


def cached(capacity):
    def decorate(function):
        cache = LRUCache(capacity)

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            key = (args, tuple(sorted(kwargs.items())))
            try:
                return cache[key]
            except KeyError:
                result = cache[key] = function(*args, **kwargs)
                return result

        wrapper.cache = cache
        return wrapper

    return decorate


@cached(capacity=3)
def slow_square(n, *, offset=0):
    """The square of a number."""
    print(f"  computing {n}² + {offset}")
    return n * n + offset


@functools.lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def main():
    dropped = []
    cache = LRUCache(2, on_evict=lambda key, value: dropped.append((key, value)))
    cache["a"] = 1
    cache["b"] = 2
    print(cache["a"], cache, list(cache), "b" in cache, len(cache))
    cache["c"] = 3
    print(cache, dropped, cache.get("b"), cache.get("b", "gone"))
    try:
        cache["b"]
    except KeyError as error:
        print("missing:", error)
    try:
        LRUCache(0)
    except ValueError as error:
        print("error:", error)
    print(cache.statistics)
    print(repr(cache.statistics))
    for n in [1, 2, 1, 3, 4, 2]:
        print(slow_square(n))
    print(slow_square(4, offset=1), slow_square.__name__, slow_square.__doc__)
    print(slow_square.cache.statistics)
    print(fibonacci(90), fibonacci.cache_info())
    fibonacci.cache_clear()
    print(fibonacci.cache_info())


if __name__ == "__main__":
    main()
