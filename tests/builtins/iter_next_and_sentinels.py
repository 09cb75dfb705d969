"""`iter`, `next`, their defaults and errors."""

i = iter([1, 2])
print(next(i), next(i), next(i, None), next(i, "d"))
calls = iter(lambda c=[3]: c.append(c[-1] - 1) or c[-1], 0)
print(list(calls))
print([x for x in iter("ab")], list(iter({"k": 1})), list(iter(range(2))), list(iter((1, 2))), sorted(iter({3, 1})))
g = (n for n in range(3))
print(iter(g) is g, next(g), list(g), next(g, "over"))
for bad in ("next(5)", "iter(5)", "next(iter([]))", "iter()", "iter(5, 6)", "next()", "next(iter([]), 1, 2)", "iter(None)"):
    try:
        eval(bad)
    except (TypeError, StopIteration) as error:
        print(type(error).__name__, error)
print([*iter([1])], dict(iter([("a", 1)])), tuple(iter("xy")), set(iter([1])) == {1}, "".join(iter(["p", "q"])), max(iter([2, 9])))
e = enumerate("ab")
print(next(e), list(e))
a = iter([1, 2, 3])
print(2 in a, list(a))
d = {"x": 1}
k = iter(d)
print(next(k))
print(iter([]).__length_hint__(), iter([1, 2]).__length_hint__())
