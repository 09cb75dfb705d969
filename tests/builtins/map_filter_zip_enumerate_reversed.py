"""Lazy iterators over iterables."""

print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(map(len, [])))
print(list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x % 2, range(5))))
print(list(zip([1, 2], "ab", (True, False))), list(zip()), list(zip([1, 2, 3], [1])), dict(zip("ab", [1, 2])), list(zip(*[(1, 2), (3, 4)])))
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate(start=1, iterable="x")))
print(list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(3))), list(reversed({"a": 1, "b": 2})), list(reversed((1, 2))))
m = map(int, ["1", "x", "3"])
print(next(m))
try:
    next(m)
except ValueError as error:
    print(error)
print(next(m))


class R:
    def __reversed__(self):
        return iter("backwards")


class S:
    def __len__(self):
        return 3

    def __getitem__(self, i):
        return i * 10


print("".join(reversed(R())), list(reversed(S())))
print(list(zip([1, 2], [3, 4], strict=True)))
for bad in ("list(zip([1], [1, 2], strict=True))", "list(zip([1, 2], [1], strict=True))", "reversed({1})", "reversed(5)", "map()", "map(len)", "zip(5)", "enumerate(5)", "filter(None)", "list(map(5, [1]))", "enumerate()", "list(map(len, [1]))", "zip([1], 5)"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
i = iter([1, 2, 3, 4])
print(list(zip(i, i)), list(map(None.__class__, [])), [list(x) for x in (map(abs, [-1]), filter(bool, [0]))])
