"""`with`: order, several at once, exceptions swallowed and not, `as` targets."""


class M:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind.__name__ if kind else None, value)
        return self.swallow


with M("a") as a, M("b") as b:
    print(a, b)
with (
    M("c") as c,
    M("d"),
):
    print(c)
with M("quiet", swallow=True):
    raise ValueError("swallowed")
try:
    with M("outer"):
        with M("inner", swallow=True) as x:
            1 / 0
        raise KeyError("through")
except KeyError as error:
    print("caught", error)


def f():
    with M("return"):
        return 1


print(f())
for i in range(2):
    with M(f"loop{i}"):
        continue
with M("t") as (p):
    print(p)


class Pair:
    def __enter__(self):
        return 1, [2, 3]

    def __exit__(self, *args):
        print(len(args))


with Pair() as (a, [b, c]):
    print(a, b, c)
for bad in (1, object()):
    try:
        with bad:
            pass
    except TypeError as error:
        print(error)


class NoExit:
    def __enter__(self):
        pass


try:
    with NoExit():
        pass
except TypeError as error:
    print(error)
