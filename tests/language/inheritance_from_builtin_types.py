"""Subclasses of int, str, list, dict, tuple, Exception, set keep their powers."""


class Level(int):
    def __new__(cls, value):
        return super().__new__(cls, min(value, 10))

    def __repr__(self):
        return f"Level({int(self)})"

    def __add__(self, other):
        return Level(int(self) + other)


print(Level(50), Level(3) + 4, Level(3) * 2, [Level(1)], Level(5) == 5, hash(Level(5)) == hash(5), f"{Level(7):03d}", {5: "five"}[Level(5)])


class Loud(str):
    def __str__(self):
        return super().__str__() + "!"

    def __eq__(self, other):
        return str.lower(self) == str.lower(other)

    __hash__ = str.__hash__


s = Loud("Hey")
print(s, len(s), s[0], s == "HEY", s.upper(), f"{s}", "%s" % s, isinstance(s.upper(), Loud))


class History(list):
    def append(self, item):
        super().append((len(self), item))

    def __getitem__(self, i):
        return super().__getitem__(i)[1] if isinstance(i, int) else super().__getitem__(i)


h = History()
h.append("a")
h.append("b")
print(h, h[0], h[-1], h[:1], len(h), ("x" in h), [x for x in h])


class Upper(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)

    def __getitem__(self, key):
        return super().__getitem__(key.upper())


u = Upper(x=1)
u["y"] = 2
print(u, u["y"], u.get("y"), dict(u), {**u}, list(u))


class Pair(tuple):
    __slots__ = ()

    def __new__(cls, a, b):
        return tuple.__new__(cls, (a, b))

    first = property(lambda self: self[0])


p = Pair(1, 2)
print(p, p.first, p + (3,), p == (1, 2), len(p))
a, b = p
print(a, b)


class Bag(set):
    def add(self, item):
        super().add(str(item))


bag = Bag()
bag.add(1)
print(bag, bag | {2} == {"1", 2}, type(bag | {2}).__name__)


class Err(KeyError):
    def __str__(self):
        return "custom"


try:
    raise Err(1)
except LookupError as error:
    print(error, repr(error), error.args)
