"""Heaps: lists whose first item is the least, where adding and taking it cost little.

Item k is at most as large as items 2 * k + 1 and 2 * k + 2.
"""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop", "heappush_max",
           "heappop_max", "heapify_max", "heapreplace_max", "heappushpop_max"]


def _make(before, suffix, adjective):
    """The five functions of a heap whose first item comes `before` all others."""

    def check(name, heap):
        if not isinstance(heap, list):
            where = "argument" if name == "heapify" else "argument 1"
            raise TypeError(f"{name}{suffix}() {where} must be list, not {type(heap).__name__}")

    def rise(heap, start, at):
        """The item at `at` may come before its parents."""
        item = heap[at]
        while at > start:
            parent = (at - 1) >> 1
            above = heap[parent]
            if not before(item, above):
                break
            heap[at] = above
            at = parent
        heap[at] = item

    def sink(heap, at):
        """The item at `at` may come after its children: it goes down to a leaf, whence it rises to its place."""
        end, start = len(heap), at
        item = heap[at]
        child = 2 * at + 1
        while child < end:
            if child + 1 < end and not before(heap[child], heap[child + 1]):
                child += 1
            heap[at] = heap[child]
            at = child
            child = 2 * at + 1
        heap[at] = item
        rise(heap, start, at)

    def heappush(heap, item, /):
        check("heappush", heap)
        heap.append(item)
        rise(heap, 0, len(heap) - 1)

    def heappop(heap, /):
        check("heappop", heap)
        if not heap:
            raise IndexError("index out of range")
        last = heap.pop()
        if not heap:
            return last
        first, heap[0] = heap[0], last
        sink(heap, 0)
        return first

    def heapreplace(heap, item, /):
        check("heapreplace", heap)
        if not heap:
            raise IndexError("index out of range")
        first, heap[0] = heap[0], item
        sink(heap, 0)
        return first

    def heappushpop(heap, item, /):
        check("heappushpop", heap)
        if heap and before(heap[0], item):
            item, heap[0] = heap[0], item
            sink(heap, 0)
        return item

    def heapify(heap, /):
        check("heapify", heap)
        for at in reversed(range(len(heap) // 2)):
            sink(heap, at)

    heappush.__doc__ = "Push item onto heap, maintaining the heap invariant."
    heappop.__doc__ = f"Pop the {adjective} item off the heap, maintaining the heap invariant."
    heapreplace.__doc__ = f"Pop and return the current {adjective} value, and add the new item."
    heappushpop.__doc__ = f"Push item on the heap, then pop and return the {adjective} item from the heap."
    heapify.__doc__ = "Transform list into a heap, in-place, in O(len(heap)) time."
    for function in (heappush, heappop, heapreplace, heappushpop, heapify):
        function.__name__ += suffix
        function.__qualname__ = function.__name__
    return heappush, heappop, heapreplace, heappushpop, heapify


heappush, heappop, heapreplace, heappushpop, heapify = _make(lambda a, b: a < b, "", "smallest")
heappush_max, heappop_max, heapreplace_max, heappushpop_max, heapify_max = _make(lambda a, b: b < a, "_max", "largest")
del _make


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
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    """Find the n largest elements in a dataset."""
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
