"""Ranges as sequences; slices as objects."""

r = range(2, 20, 3)
print(r, list(r), len(r), r[0], r[-1], r[1:3], r[::-1], list(r[::2]), 5 in r, 6 in r, "a" in r, r.index(8), r.count(5))
print(range(3), range(1, 3), range(0), list(range(5, 0, -2)), list(range(0, -3, -1)), range(3) == range(0, 3, 1), range(0) == range(2, 2), hash(range(3)) == hash(range(3)))
print(r.start, r.stop, r.step, range(10**20)[10**19], len(range(0, 10**15, 7)), range(10**20).__len__ is None, bool(range(0)), max(range(5)), sum(range(101)))
print(list(reversed(range(4))), list(range(3))[1:], [*range(2)], range(5)[-2:], 10**25 in range(10**26), 3.0 in range(5), 3.5 in range(5))
for bad in ("range(1, 2, 0)", "range()", "range('a')", "r[99]", "r.index(3)", "range(1.0)", "r['x']", "range(1,2,3,4)", "len(range(10**20))"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
try:
    r[0] = 1
except TypeError as error:
    print(error)
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), s.indices(6), slice(None, None, -1).indices(5), s == slice(1, 10, 2), "abcdefghijk"[s])


class Show:
    def __getitem__(self, key):
        return key


print(Show()[1:2], Show()[1:2, ::3], Show()[...], Show()[1, 2], Show()[()], Show()[:], Show()["k":], Show()[1, *[2, 3]])
i = iter(range(3))
print(next(i), list(i), list(i), type(i).__name__)
for i in range(3):
    i = 10
print(i, [i for i in range(2)], i)
