"""`__iter__` and `__next__`, the old `__getitem__` protocol, `iter` with a sentinel."""


class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        self.i = 0
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i


print(list(Count(3)), sum(Count(4)), [*Count(2)], max(Count(5)), 3 in Count(3))


class Old:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * 10


print(list(Old()), 20 in Old(), 25 in Old())
values = iter([1, 2, 0, 3])
print(list(iter(lambda: next(values), 0)), list(values))
a, b, c = Count(3)
print(a, b, c)
for bad in (5, Count):
    try:
        iter(bad)
    except TypeError as error:
        print(error)


class NotIterator:
    def __iter__(self):
        return 5


try:
    for _ in NotIterator():
        pass
except TypeError as error:
    print(error)
it = iter("ab")
print(next(it), next(it), next(it, "end"))
try:
    next(it)
except StopIteration as stop:
    print(repr(stop))
try:
    next(5)
except TypeError as error:
    print(error)
print(iter(it) is it, type(it).__name__, type(iter([])).__name__, type(iter({})).__name__)
r = reversed([1, 2, 3])
print(list(r), list(r))
