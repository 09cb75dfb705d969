"""Creation, indexing, methods, comparison, hashing."""

t = (1, "a", 2.0, None)
print(t, t[0], t[-1], t[1:3], t[::-1], len(t), "a" in t, t.index("a"), t.count(1))
print((), (1,), 1, (1, 2) + (3,), (0,) * 3, tuple("ab"), tuple([1]), tuple(), tuple(x for x in range(2)))
print((1, 2) < (1, 3), (1, 2) < (1, 2, 0), () < (0,), (1, 2) == (1.0, 2.0), (1,) == [1])
print(hash((1, 2)) == hash((1.0, 2)), {(1, 2): "v"}[1, 2], {(1, (2, 3))})
a = (1, [2])
a[1].append(3)
print(a)
for bad in ("t[9]", "t.index(9)", "t['a']", "hash(([],))", "t + [1]", "tuple(5)", "t.append(1)", "t * 'x'", "(1,) < 1"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
for bad in ("t[0] = 1", "del t[0]"):
    try:
        exec(bad)
    except TypeError as error:
        print(error)
x, y = y, x = 1, 2
print(x, y)
print(repr((1, (2, (3,)))), str(("a'b",)), bool(()), min((3, 1)), sorted((3, 1, 2)))


class Point(tuple):
    @property
    def x(self):
        return self[0]


p = Point((4, 5))
print(p.x, p, p == (4, 5), isinstance(p, tuple), type(p[:1]).__name__)
print(tuple(t) is t, t[:] is t, (1, 2).__len__(), (1, 2).__contains__(1))
