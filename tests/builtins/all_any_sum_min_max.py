"""Folds over iterables."""

print(all([]), all([1, 0]), all("ab"), any([]), any([0, "", 1]), any(x > 2 for x in range(4)))
print(sum([]), sum([1, 2]), sum([1.5, 2]), sum(range(5), 10), sum([[1], [2]], []), sum((1, 2), start=5), sum([2**70, 1]), sum([True, True]))
print(min(3, 1, 2), max([3, 1]), min("hello"), max("a", "b", key=lambda c: -ord(c)), min([], default="none"), max({1: 2, 5: 0}), min((x for x in [2, 1])), max([1, 2], [1, 3]))
print(max("aa", "b", key=len), min([-1, 1], key=abs), max([1, 1.0, True]), max(1.0, 1))
seen = []
print(any(seen.append(x) or x > 1 for x in range(5)), seen)
for bad in ("min()", "min([])", "max(1)", "sum(['a'])", "sum('ab', '')", "sum(5)", "all(5)", "any()", "max(1, 'a')", "min([], key=len)", "min(1, 2, default=3)", "sum([1], 2, 3)", "sum([b'a'], b'')", "max([1], nope=1)"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
