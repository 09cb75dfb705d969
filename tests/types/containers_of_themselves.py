"""Containers that contain themselves, and deep ones."""

l = []
l.append(l)
d = {}
d["d"] = d
d["k"] = d.keys()
t = ([],)
t[0].append(t)
print(l, d, t, d.values(), d.items())


class S(set):
    __hash__ = object.__hash__


s = S([1])
s.add(s)
print(sorted(repr(s)) == sorted("S({1, S(...)})"))


def attempt(f):
    try:
        return f()
    except RecursionError as e:
        return "RecursionError"


m = []
m.append(m)
print(attempt(lambda: l == m), l == l, attempt(lambda: l < m), l in [l], l.index(l), l.count(l))
e = {}
e["d"] = e
e["k"] = e.keys()
print(attempt(lambda: d["d"] == {"d": e["d"], "k": 1}))
deep = []
for i in range(200000):
    deep = [deep]
print(attempt(lambda: repr(deep)), len(deep))
deep = ()
for i in range(200000):
    deep = (deep,)
print(attempt(lambda: hash(deep)) is not None, len(deep))
