"""All slices of a short list: taken, assigned to, deleted; tuples alike."""

marks = [None, -9, -4, -3, -1, 0, 1, 2, 3, 5, 9, 1 << 80, -(1 << 80)]
steps = [None, 1, 2, 3, -1, -2, -5, 1 << 80, -(1 << 80)]
total = 0
for start in marks:
    for stop in marks:
        for step in steps:
            s = slice(start, stop, step)
            items = [10, 11, 12, 13, 14]
            got = items[s]
            assert tuple(items)[s] == tuple(got)
            assert got == [items[i] for i in range(*s.indices(5))]
            for n, x in enumerate(got):
                total += (n + 1) * x
            copy = items[:]
            del copy[s]
            assert len(copy) == 5 - len(got) and all(x not in got for x in copy)
            for new in ([], [1], [1, 2, 3], range(7)):
                copy = items[:]
                try:
                    copy[s] = new
                    total = total * 31 % 1000003 + sum((i + 1) * x for i, x in enumerate(copy))
                except ValueError as e:
                    total += len(str(e))
print(total)
l = list(range(10))
l[2:5] = "abc"
l[::3] = [0, 0, 0, 0]
l[-1:] = l
l[5:5] = iter((7, 8))
print(l)
del l[::2], l[-1], l[1:3]
print(l)
l[:] = []
print(l, l[5:], l[:-1])
l.extend(range(5))
l += (x * x for x in range(3))
l *= 2
l.insert(-100, "first")
l.insert(100, "last")
l.insert(-1, "before last")
print(l, l.index(4), l.index(4, 6), l.count(1), l.pop(0), l.pop(), l.pop(-2), l.pop(3))
l.remove(4)
l.reverse()
print(l, 4 in l, 5 in l, [1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [0], [1] == [1.0], (1, 2) > (1,), () == ())


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


print([1, 2, 3][Index(-1)], (1, 2, 3)[Index(1) :], [1, 2] * Index(2), [0, 1, 2].pop(Index(1)))
big = []
for i in range(100000):
    big.append(i)
for i in range(99990):
    assert big.pop() == 99999 - i
print(big, len(big * 1000))
