"""Subclasses of the containers: overridden methods, attributes, what operations return."""


class L(list):
    def __getitem__(self, i):
        return ("item", i)

    def __len__(self):
        return 42


class D(dict):
    def __missing__(self, key):
        return f"no {key}"


class E(dict):
    def __getitem__(self, key):
        return "always"

    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)


class T(tuple):
    def __new__(cls, *items):
        self = super().__new__(cls, items)
        self.made = len(items)
        return self


class S(set):
    def add(self, x):
        super().add(x * 2)


class F(frozenset):
    pass


class Point(tuple):
    __slots__ = ()

    def __new__(cls, x, y):
        return tuple.__new__(cls, (x, y))

    @property
    def x(self):
        return self[0]


l = L([1, 2])
l.name = "n"
print(l[0], len(l), list(l), l, l.name, bool(L()), l[0:1], 1 in l, l + [3], l == [1, 2], type(l.copy()).__name__, isinstance(l, list))
d = D(a=1)
print(d["a"], d["b"], d.get("b"), "b" in d, d, d == {"a": 1}, type(d.copy()).__name__, type(d | {}).__name__)
e = E(a=1)
e["b"] = 2
print(e["x"], e, e.get("a"), dict(e), {**e}, list(e.values()), dict.__getitem__(e, "b"))
t = T(1, 2, 3)
t.extra = "more"
print(t, t.made, t.extra, t[1], t[1:], len(t), t + (4,), t == (1, 2, 3), hash(t) == hash((1, 2, 3)), t * 2, vars(t), {t: 1}[(1, 2, 3)])
print([T(*range(n)).made for n in range(5)], [x for x in T(5, 6)], max(T(3, 9)), T() or "empty", T(1) < T(2), (*T(7, 8),))
p = Point(3, 4)
a, b = p
print(p, p.x, a, b, type(p).__name__, p == (3, 4), isinstance(p, tuple), p[::-1])
s = S([1, 2])
s.add(5)
s.update([7])
print(s, type(s | {1}).__name__, type(s.copy()).__name__, s == {1, 2, 10, 7}, S(), F([1]), F(), type(F([1]) | {2}).__name__, hash(F([1])) == hash(frozenset([1])))
print(type({1} | frozenset([2])).__name__, type(frozenset([2]) | {1}).__name__, {1} == frozenset([1]), {frozenset([1]): 2}[F([1])])


class Reflected:
    def __radd__(self, other):
        return ("radd", other)

    def __rmul__(self, other):
        return ("rmul", other)

    def __ror__(self, other):
        return ("ror", other)

    def __eq__(self, other):
        return "equal"

    def __gt__(self, other):
        return "greater"

    __hash__ = None


r = Reflected()
print([1] + r, (1,) + r, [1] * r, {1: 2} | r, {1} | r, [1] == r, [1] < r, r == (1,), {} == r)


class Small(list):
    def __lt__(self, other):
        return "Small.__lt__"

    def __gt__(self, other):
        return "Small.__gt__"


print([1] < Small(), Small() < [1], [1] > Small())


class Iter(dict):
    def __iter__(self):
        return iter(["shown"])

    def keys(self):
        return ["k"]

    def __getitem__(self, key):
        return key * 2


print(dict(Iter(a=1)), {**Iter(a=1)}, list(Iter(a=1)), {}.fromkeys(Iter(a=1)))
print(dict.fromkeys([1, 2], "v"), D.fromkeys("ab"), type(D.fromkeys("ab")).__name__)
