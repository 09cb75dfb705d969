# heapq and bisect: what they say of wrong arguments, and lists that change while items are compared.
import bisect
import heapq


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


for args in [(1, 2), ((), 1), ([],), ([], 1, 2)]:
    for function in (heapq.heappush, heapq.heappushpop, heapq.heapreplace, heapq.heappush_max):
        attempt(function, *args)
for args in [((),), ({},), ([],), (), ([1], 2)]:
    for function in (heapq.heappop, heapq.heapify, heapq.heappop_max):
        attempt(function, *args)
attempt(heapq.heappush, heap=[], item=1)
for args, kwargs in [((1, 2), {}), (([1],), {}), (([1], 2, -1), {}), (([1], 2), {"key": 3}), (([1], "a"), {}),
                     (([1], 2, 0, 1, None), {}), (([1], 2), {"x": 3}), ((), {"a": [1, 1], "x": 1}), (([1], 2, 0.5), {}),
                     (([1], 2, 0, 5), {}), (([1, 2, 3], 2, 1), {"hi": None}), (((1, 2, 2, 3), 2), {})]:
    attempt(bisect.bisect, *args, **kwargs)
    attempt(bisect.bisect_left, *args, **kwargs)
attempt(bisect.insort, (1,), 2)
rows = [("a", 1), ("b", 5)]
bisect.insort(rows, ("c", 3), key=lambda row: row[1])
bisect.insort_left(rows, ("d", 3), key=lambda row: row[1])
print(rows, bisect.bisect(rows, 3, key=lambda row: row[1]), bisect.bisect_left(range(0, 100, 7), 50))


class Clears:
    def __init__(self, number, heap):
        self.number, self.heap = number, heap

    def __lt__(self, other):
        if len(self.heap) > 3:
            self.heap.clear()
        return self.number < other.number


heap = []
heap.extend(Clears(number, heap) for number in range(8))
attempt(heapq.heappop, heap)
print(len(heap))


class Wrong:
    def __lt__(self, other):
        raise KeyError("compared")


attempt(heapq.heapify, [Wrong(), Wrong()])
attempt(heapq.heappush, [Wrong()], Wrong())
numbers = [(n * 7919) % 1009 for n in range(500)]
heap = list(numbers)
heapq.heapify(heap)
print(heap[:10], [heapq.heappop(heap) for _ in range(500)] == sorted(numbers))
most = list(numbers)
heapq.heapify_max(most)
print(most[:10], [heapq.heappop_max(most) for _ in range(500)] == sorted(numbers, reverse=True))
