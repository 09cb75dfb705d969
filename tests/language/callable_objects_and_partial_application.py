"""Objects, classes, bound methods and lambdas as functions."""


class Multiply:
    def __init__(self, n):
        self.n = n

    def __call__(self, x, *, plus=0):
        return self.n * x + plus


double = Multiply(2)
print(double(4), double(4, plus=1), list(map(double, range(3))), callable(double))


def partial(f, *args, **options):
    return lambda *more, **extra: f(*args, *more, **options, **extra)


print(partial(double, plus=5)(1), partial(max, 5)(3, 9), partial(print, "a", sep="-")("b"))
methods = [str.upper, str.title, "-".join, [].append, len, int, Multiply]
print([f("ab") if f not in (int, Multiply) else f(3).__class__.__name__ for f in methods])


class A:
    def m(self):
        return self.x

    k = len
    n = Multiply(3)


a = A()
a.x = 7
print(A.m(a), a.m(), a.k("abc"), a.n(2))
a.own = lambda: "no self"
print(a.own())
A.added = lambda self: self.x + 1
print(a.added(), list(map(A.added, [a])))
f = a.m
a.x = 8
print(f(), f.__self__ is a)
table = {"add": lambda x, y: x + y, "sub": lambda x, y: x - y}
print({name: op(5, 3) for name, op in table.items()})
print(sorted(["b", "A", "c"], key=str.lower), (lambda: (yield))().__class__.__name__)
