"""Decorators of functions and classes, with arguments, stacked, any expression."""


def trace(f):
    print("decorate", f.__name__)

    def wrapper(*args, **options):
        print("call", f.__name__, args, options)
        return f(*args, **options)

    return wrapper


def repeat(n):
    print("make repeat", n)

    def decorate(f):
        print("apply repeat")
        return lambda *args: [f(*args) for _ in range(n)]

    return decorate


@repeat(2)
@trace
def add(a, b=0):
    return a + b


print(add(1, 2))


def register(cls):
    cls.registered = True
    return cls


@register
class Plugin:
    pass


print(Plugin.registered)


@lambda f: "replaced"
def gone():
    pass


print(gone)
table = {"deco": trace}


@table["deco"]
def looked_up():
    return "ok"


print(looked_up())


class Memo:
    def __init__(self, f):
        self.f = f
        self.cache = {}

    def __call__(self, n):
        if n not in self.cache:
            self.cache[n] = self.f(n)
        return self.cache[n]


@Memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(50), len(fib.cache))
