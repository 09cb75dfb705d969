"""Everything a dict can do; insertion order is kept."""

d = {"b": 1, "a": 2}
d["c"] = 3
d["b"] = 9
print(d, len(d), "a" in d, "z" in d, list(d), d["a"], d.get("z"), d.get("z", 0))
print(d.pop("a"), d, d.pop("a", "gone"), d.setdefault("n", []), d.setdefault("b", 5))
d["a"] = "again"
print(d, list(reversed(d)))
print(d.popitem(), d)
d.update({"b": 0}, x=1)
d.update([("y", 2)])
d.update(z=3)
print(d, d.copy() == d, d.copy() is d)
print(dict(a=1), dict([("k", "v")]), dict({"q": 1}, r=2), dict(zip("ab", range(2))), dict(), dict.fromkeys("ab"), dict.fromkeys([1], 0))
print(d | {"new": 1}, {"a": 1} | {"a": 2}, {1: "int", 1.0: "float", True: "bool"})
print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {} == {}, {"a": 1} != {"a": 2}, bool({}), bool({0: 0}))
print(sorted(d), max({"p": 1, "q": 2}), {(1, 2): [3]}, {None: 1, (): 2, frozenset(): 3})
del d["b"]
print(d, str({}), repr({"k": {"nested": [1]}}))
for bad in ("d['nope']", "d.pop('nope')", "{}.popitem()", "{[]: 1}", "d[[]]", "d < d", "dict(5)", "dict([1])", "dict([(1, 2, 3)])", "d + d", "d.get()", "{{}: 1}", "d.update(5)", "{}[1]"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
d.clear()
print(d)
big = {i: str(i) for i in range(1000)}
for i in range(0, 1000, 3):
    del big[i]
big[0] = "back"
print(len(big), list(big)[:3], list(big)[-1], 999 in big, 998 in big, sum(big))
