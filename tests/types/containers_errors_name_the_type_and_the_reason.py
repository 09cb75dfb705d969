"""What goes wrong with containers is said in CPython's words."""


def attempt(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


class Plain:
    pass


class Unhashable:
    __hash__ = None


class BadBool:
    def __bool__(self):
        return 3


class BadHash:
    def __hash__(self):
        return "x"


class NoContainer:
    __contains__ = None
    __iter__ = None


class Sized:
    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size


class BadIter:
    def __iter__(self):
        return 3


for f in [
    lambda: 1 in 5,
    lambda: 1 in Plain(),
    lambda: 1 in NoContainer(),
    lambda: iter(5),
    lambda: iter(NoContainer()),
    lambda: next([]),
    lambda: iter(BadIter()),
    lambda: len(5),
    lambda: len(Sized(-1)),
    lambda: len(Sized("a")),
    lambda: len(Sized(1 << 100)),
    lambda: len(Sized(True)),
    lambda: bool(BadBool()),
    lambda: bool(Sized(0)),
    lambda: bool(Sized(-1)),
    lambda: hash(BadHash()),
    lambda: hash(Unhashable()),
    lambda: hash([]),
    lambda: {}[[]],
    lambda: [] in {},
    lambda: {([],): 1},
    lambda: {[]},
    lambda: [] in {1},
    lambda: set() in {1, frozenset()},
    lambda: {1, frozenset({2})}.remove({2}),
    lambda: {}.get([]),
    lambda: {1}.discard([]),
    lambda: Plain()[1],
    lambda: Plain[1],
    lambda: int[1],
    lambda: [1].__getitem__("a"),
    lambda: [1][5],
    lambda: [1][-2],
    lambda: [1][1 << 100],
    lambda: (1,).__getitem__("a"),
    lambda: (1,)[5],
    lambda: {}[1],
    lambda: {}["text"],
    lambda: {}[(1, 2)],
    lambda: Plain() < Plain(),
    lambda: 1 < "a",
    lambda: None < 3,
    lambda: [1] < (1,),
    lambda: [1, "a"] < [1, 2],
    lambda: reversed(5),
    lambda: reversed(NoContainer()),
    lambda: reversed({1}),
    lambda: [1].__setitem__(slice(0, 1), 5),
    lambda: [1].__setitem__(slice(None, None, -1), [5, 6]),
    lambda: [1, 2][::0],
    lambda: [1, 2].__getitem__(slice("a", None)),
    lambda: [].pop(),
    lambda: [1].pop(5),
    lambda: [].remove(1),
    lambda: [].index(1),
    lambda: (1, 2).index(3),
    lambda: [1, 2].index(1, "a"),
    lambda: [1].insert("a", 1),
    lambda: [1] + (1,),
    lambda: [1] + 1,
    lambda: (1,) + [1],
    lambda: [1] * "a",
    lambda: "a" * [1],
    lambda: [1] * (1 << 100),
    lambda: [1] * -(1 << 100),
    lambda: [1] * (1 << 62),
    lambda: [].sort(1),
    lambda: [1, "a"].sort(),
    lambda: [2, 1].sort(key=3),
    lambda: [].extend(5),
    lambda: list(5),
    lambda: list(a=1),
    lambda: tuple(1),
    lambda: dict(1),
    lambda: dict([1]),
    lambda: dict([(1, 2, 3)]),
    lambda: dict(["ab"]),
    lambda: dict(1, 2),
    lambda: {**{"a": 1}, **5},
    lambda: {}.update([1]),
    lambda: {}.update(1, 2),
    lambda: {}.popitem(),
    lambda: {}.pop(1),
    lambda: {} | [],
    lambda: {} < {},
    lambda: {}.fromkeys(5),
    lambda: {1}.remove(2),
    lambda: set().pop(),
    lambda: set(5),
    lambda: {1} | [1],
    lambda: {1}.update(5),
    lambda: {1} < [1],
    lambda: {1: 2}.values() | [1],
    lambda: {1: []}.items() | [],
    lambda: {1: 2}.keys() < [1],
    lambda: type({}.keys())(),
    lambda: hash({}.keys()),
    lambda: type(Plain.__dict__)(1),
    lambda: hash(type(Plain.__dict__)({1: 2})),
    lambda: map(),
    lambda: map(1),
    lambda: map(1, 2),
    lambda: zip([], 1),
    lambda: filter(None, 5),
    lambda: enumerate(5),
    lambda: enumerate([], "a"),
    lambda: list(zip([1], [1, 2], strict=True)),
    lambda: list(zip([1, 2], [1], strict=True)),
    lambda: list(zip([1, 2], [1, 2], [1], strict=True)),
    lambda: list(map(lambda a, b: 1, [1, 2], [1], strict=True)),
]:
    attempt(f)


def store(o, k):
    o[k] = 1


def delete(o, k):
    del o[k]


for o in [5, Plain(), Plain, (1,), [1], "a"]:
    for k in ["x", 9]:
        attempt(lambda: store(o, k))
        attempt(lambda: delete(o, k))
