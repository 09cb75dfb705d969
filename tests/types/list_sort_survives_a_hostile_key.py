"""Sorting with errors in comparison, changes while sorting, stability on larger input."""

import sys

data = [(i * 7919) % 1009 for i in range(2000)]
assert sorted(data) == sorted(sorted(data, reverse=True))
pairs = sorted(((x % 10, i) for i, x in enumerate(data)), key=lambda p: p[0])
print(all(a[0] < b[0] or a[1] < b[1] for a, b in zip(pairs, pairs[1:])))
print(sorted([3, 1.5, True, 2]), sorted(["b", "A", "a"]), sorted([(1, 2), (1,), ()]), sorted([[2], [1, 5]]))
print(sorted([b"b", b"a"]), sorted({3: 0, 1: 0}), sorted([float("inf"), -1, 2**70, 0.5]))


class Grumpy:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        if self.n == 3:
            raise ValueError("no three")
        return self.n < other.n


items = [Grumpy(n) for n in (5, 3, 1)]
try:
    items.sort()
except ValueError as error:
    print(error, len(items))
changing = [3, 2, 1]


def key(x):
    changing.append(x)
    return x


try:
    changing.sort(key=key)
except ValueError as error:
    print(error)
print(sorted([3, 1, 2], key=lambda x: -x), sorted([3, 1, 2], key=None), max([1, 5, 3], key=lambda x: -x))
try:
    [1, 2].sort(key=5)
except TypeError as error:
    print(error)
words = "the quick brown fox jumps over the lazy dog".split()
words.sort(key=lambda w: (len(w), w))
print(words)
