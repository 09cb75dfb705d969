"""The messages of calls that do not fit the signature."""


def f(a, b):
    pass


def g(a, b=1, *, c):
    pass


def h(a, /, b):
    pass


def none():
    pass


class C:
    def m(self, x):
        pass


def attempt(call):
    try:
        call()
    except TypeError as error:
        print(error)


attempt(lambda: f())
attempt(lambda: f(1))
attempt(lambda: f(1, 2, 3))
attempt(lambda: f(1, 2, c=3))
attempt(lambda: f(1, a=3))
attempt(lambda: f(b=1))
attempt(lambda: g(1))
attempt(lambda: g(1, 2, 3))
attempt(lambda: g(1, 2, 3, c=1))
attempt(lambda: g(c=1))
attempt(lambda: h(a=1, b=2))
attempt(lambda: h(1, 2, 3))
attempt(lambda: none(1))
attempt(lambda: none(x=1))
attempt(lambda: C().m())
attempt(lambda: C().m(1, 2))
attempt(lambda: f(*1))
attempt(lambda: f(**1))
attempt(lambda: f(**{1: 2}))
attempt(lambda: f(1, **{"a": 2, "b": 3}))
attempt(lambda: f(b=1, **{"b": 2}))
attempt(lambda: (lambda x: x)())
for thing in (5, "text", None, [], {}, ()):
    attempt(lambda: thing())
