"""The same signatures called with names, in any order, from tuples and from dicts, and what does not fit."""

import itertools


def plain(a, b=2, c=3):
    return a, b, c


def only(a, *, scale=1, offset=0):
    return a, scale, offset


def collects(a, *rest, b=4, **options):
    return a, rest, b, options


def by_position(a, b=1, /, c=2, **options):
    return a, b, c, options


def everything(*args, **options):
    return args, options


def generate(a, b=2, *args, c=3, **options):
    yield a, b, args, c, options


class Holder:
    def __init__(self, a, b=2, *, c=3, **options):
        self.held = a, b, c, options

    def method(self, a, *args, b=2, **options):
        return self.held, a, args, b, options

    def __call__(self, *args, **options):
        return "called", args, options


functions = [plain, only, collects, by_position, everything, lambda **all: list(generate(**all)), Holder(0).method, Holder(1)]


def show(call, *given):
    try:
        print(*given, call())
    except TypeError as error:
        print(*given, error)


# Every few of these names in every order.
for number, function in enumerate(functions):
    for count in range(4):
        for names in itertools.permutations(["a", "b", "c", "z"], count):
            options = {name: ord(name) for name in names}
            show(lambda: function(**options), number, "**", *names)
            show(lambda: function(0, **options), number, 0, "**", *names)
            show(lambda: function(*(7, 8), **options), number, 7, 8, "**", *names)

# Names in the call itself: the same names are the very strings that the parameters have.
for _ in range(3):
    show(lambda: plain(1, c=5))
    show(lambda: plain(c=5, a=1))
    show(lambda: plain(b=1, c=2))
    show(lambda: plain(1, a=2))
    show(lambda: plain(1, 2, 3, c=4))
    show(lambda: plain(1, d=4))
    show(lambda: only(1, offset=2, scale=3))
    show(lambda: only(1, 2, scale=3))
    show(lambda: only(offset=2))
    show(lambda: collects(1, 2, 3, b=5, z=6, y=7, x=8))
    show(lambda: collects(b=5, z=6))
    show(lambda: collects(1, a=5))
    show(lambda: by_position(1, 2, a=3, b=4, c=5))
    show(lambda: by_position(a=3))
    show(lambda: everything(1, self=2, args=3, options=4))
    show(lambda: list(generate(1, c=5, d=6)))
    show(lambda: Holder(1, c=5, d=6).held)
    show(lambda: Holder(1, c=5).method(1, b=8, e=9))
    show(lambda: Holder(b=1))


# A call collects the keywords into a dict of its own, whatever it is given.
def change(**options):
    options["more"] = len(options)
    options.pop("a", None)
    return options


kept = {"a": 1, "b": 2}
print(change(**kept), kept, change(**{}), change(**kept, c=3), change(c=3, **kept))
many = {f"name{at}": at for at in range(20)}
print(change(**many), len(many), everything(*range(12), **many) == (tuple(range(12)), many))
grown = change(a=1, b=2, c=3)
for at in range(12):
    grown[at] = at
    grown[f"n{at}"] = at
print(grown, len(grown), 5 in grown, "n5" in grown, "n50" in grown)
del many["name3"]
print(list(change(**many)))


# Keys that are equal to a parameter's name, but another string; and strings of a class of their own.
class Text(str):
    pass


print(plain(**{"".join(["a"]): 1, "".join(["", "c"]): 2}), plain(**{Text("a"): 1}), everything(**{Text("x y"): 1}))
show(lambda: plain(**{1: 2}))
show(lambda: everything(**{1: 2}))
show(lambda: everything(*[1], **{"a": 1, 2: 3}))
show(lambda: everything(**{"a": 1}, **{"a": 2}))
show(lambda: everything(a=1, **{"a": 2}))
show(lambda: everything(**{"a": 1}, a=2))
show(lambda: everything(**5))
show(lambda: everything(*5, **{}))
show(lambda: dict(**{"a": 1, "b": 2}))
show(lambda: max(*[3, 1, 2], **{"key": lambda x: -x}))
show(lambda: int(**{"base": 3}))


# Mappings that are no dicts, and dicts that are more than that.
class Mapping:
    def keys(self):
        print("keys")
        return ["b", "a"]

    def __getitem__(self, key):
        print("item", key)
        return key * 2


class Sub(dict):
    def keys(self):
        return ["a"]

    def __getitem__(self, key):
        return "own"


print(plain(**Mapping()), plain(**Sub(a=1, b=2)), everything(**Sub(a=1, b=2)))


# Positional arguments are unpacked after the keywords were looked at, which are as they were then.
def unpacked():
    later["c"] = "late"
    yield 1
    later.clear()
    yield 2


later = {"c": "early"}
print(plain(*unpacked(), **later), later)


# The defaults and the code that count are those of the moment.
def shifting(a, b=1, *, c=2):
    return a, b, c


def other(b, c, a=9):
    return "other", a, b, c


for step in range(6):
    print(step, end=" ")
    show(lambda: shifting(0))
    show(lambda: shifting(0, c=5))
    show(lambda: shifting(c=5, a=1, b=2))
    if step == 0:
        shifting.__defaults__ = (10, 11)
    if step == 1:
        shifting.__kwdefaults__ = {"c": 12}
    if step == 2:
        shifting.__kwdefaults__ = None
    if step == 3:
        shifting.__code__ = other.__code__
    if step == 4:
        shifting.__defaults__ = (1, 2, 3, 4, 5)
print(shifting(), shifting(c=0), shifting(7))


# In generators the windows of calls lie elsewhere.
def calling():
    for at in range(3):
        yield plain(at), plain(at, c=at), only(at, offset=at), collects(at, at, z=at), everything(*(at, at), **{"k": at})


print(*calling(), sep="\n")


# Recursion through each way of calling ends as any does.
def again(n, *args, **options):
    return again(n, *args, **options)


def anew(n, step=1):
    return anew(n, step=step)


def bare(n, step=1):
    return bare(n)


for function in again, anew, bare:
    try:
        function(1, step=2)
    except RecursionError as error:
        print(error)
