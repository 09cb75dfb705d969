"""Heaps: lists whose first item is the least, where adding and taking it cost little.

Item k is at most as large as items 2 * k + 1 and 2 * k + 2.
"""

from _heapq import (heapify, heapify_max, heappop, heappop_max, heappush, heappush_max, heappushpop, heappushpop_max,
                    heapreplace, heapreplace_max)

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop", "heappush_max",
           "heappop_max", "heapify_max", "heapreplace_max", "heappushpop_max"]


def merge(*iterables, key=None, reverse=False):
    """Merge multiple sorted inputs into a single sorted output, lazily."""
    push, pop, replace = (heappush_max, heappop_max, heapreplace_max) if reverse else (heappush, heappop, heapreplace)
    # Of those that are equal the first iterable's comes first.
    direction = -1 if reverse else 1
    heap = []
    for order, iterable in enumerate(map(iter, iterables)):
        for value in iterable:
            heap.append((value if key is None else key(value), order * direction, value, iterable))
            break
    (heapify_max if reverse else heapify)(heap)
    while heap:
        _, order, value, iterable = heap[0]
        yield value
        for value in iterable:
            replace(heap, (value if key is None else key(value), order, value, iterable))
            break
        else:
            pop(heap)


def nsmallest(n, iterable, key=None):
    """Find the n smallest elements in a dataset."""
    return _first(n, iterable, sorted(iterable, key=key))


def nlargest(n, iterable, key=None):
    """Find the n largest elements in a dataset."""
    return _first(n, iterable, sorted(iterable, key=key, reverse=True))


def _first(n, iterable, ordered):
    """Compares n with the length, where there is one: whatever does so may be asked for."""
    if hasattr(iterable, "__len__") and n >= len(ordered):
        return ordered
    return ordered[:len(range(n))]
