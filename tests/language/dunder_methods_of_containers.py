"""`__missing__`, `__contains__` by iteration, `__length_hint__`, `__reversed__`, `__index__`."""


class Missing(dict):
    def __missing__(self, key):
        self[key] = value = key * 2
        return value


m = Missing()
print(m["ab"], m, "zz" in m, m.get("zz"))


class OnlyIter:
    def __iter__(self):
        return iter([1, 2, 3])


print(2 in OnlyIter(), 9 in OnlyIter(), [*OnlyIter()], max(OnlyIter()))


class Grid:
    def __init__(self):
        self.cells = {}

    def __setitem__(self, key, value):
        self.cells[key] = value

    def __getitem__(self, key):
        if isinstance(key, slice):
            return (key.start, key.stop, key.step)
        return self.cells.get(key, ".")

    def __delitem__(self, key):
        del self.cells[key]

    def __len__(self):
        return len(self.cells)


g = Grid()
g[1, 2] = "x"
g[-1:2] = "slice"
print(g[1, 2], g[0, 0], g[1:2:3], len(g), bool(g))
del g[1, 2]
print(len(g))


class Index:
    def __index__(self):
        return 2


print([10, 20, 30][Index()], "abc"[Index()], list(range(Index())), [0] * Index(), (1, 2, 3)[Index() :], hex(Index()))


class Num:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return self.v == getattr(other, "v", other)

    def __hash__(self):
        return hash(self.v)


print({Num(1): "a"}[1], {1: "b"}[Num(1)], Num(2) in [1, 2], [1, Num(3)].index(3), {Num(1), 1, Num(2)} == {1, 2}, [Num(1)].count(1))
for thing in (Grid(), OnlyIter()):
    try:
        len(thing)
    except TypeError as error:
        print(error)
