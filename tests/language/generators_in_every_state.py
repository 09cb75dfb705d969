"""Generators: what each method answers in each state, frames, delegation, return values."""


def t(label, function):
    try:
        print(label, "->", repr(function()).split(" at 0x")[0])
    except BaseException as error:
        print(label, "->", type(error).__name__, error, "| context", repr(error.__context__), "| cause", repr(error.__cause__))


def simple():
    got = yield 1
    print("got", got)
    got = yield 2
    print("got", got)
    return "result"


g = simple()
print(g.gi_running, g.gi_frame is not None, g.gi_frame.f_lineno, g.gi_yieldfrom, g.gi_suspended, g.gi_code.co_name, g.__name__, g.__qualname__)
t("send to new", lambda: g.send(5))
t("send None", lambda: g.send(None))
print(g.gi_frame.f_lineno, g.gi_frame.f_locals, g.gi_suspended)
t("send", lambda: g.send("x"))
t("last", lambda: next(g))
print(g.gi_frame, g.gi_suspended, g.gi_running)
for _ in range(2):
    t("exhausted", lambda: next(g))
t("send exhausted", lambda: g.send(1))
t("throw exhausted", lambda: g.throw(ValueError("late")))
t("close exhausted", lambda: g.close())
g = simple()
t("close new", lambda: g.close())
t("next closed", lambda: next(g))
g = simple()
t("throw new", lambda: g.throw(KeyError("early")))
t("after", lambda: next(g))
for args in [(5,), (), (ValueError, 1, 2, 3), (int,), ("x",)]:
    g = simple()
    next(g)
    t(f"throw {args}", lambda: g.throw(*args))


def stubborn():
    for _ in range(2):
        try:
            yield "still"
        except GeneratorExit:
            print("ignoring")


g = stubborn()
next(g)
t("close stubborn", lambda: g.close())
t("the rest", lambda: list(g))


def returns_on_close():
    try:
        yield 1
    except GeneratorExit:
        return "closing value"


g = returns_on_close()
next(g)
t("close value", lambda: g.close())


def raises_on_close():
    try:
        yield 1
    finally:
        raise OSError("in finally")


g = raises_on_close()
next(g)
t("close raises", lambda: g.close())


def reentrant():
    yield 1
    try:
        next(me)
    except ValueError as error:
        yield str(error)
    try:
        me.close()
    except ValueError as error:
        yield str(error)
    try:
        me.throw(KeyError)
    except ValueError as error:
        yield str(error)


me = reentrant()
print(list(me))


def stops():
    yield 1
    raise StopIteration("inner")


g = stops()
next(g)
t("StopIteration inside", lambda: next(g))


def inner():
    try:
        x = yield "in"
        print("inner got", x)
    except ValueError as error:
        print("inner caught", error)
        yield "handled"
    finally:
        print("inner done")
    return "inner result"


def outer():
    r = yield from inner()
    print("outer got", r)
    yield from [1, 2]
    r = yield from ()
    print(r)
    yield from "ab"


g = outer()
print(next(g), g.gi_yieldfrom.__name__)
print(g.send("hello"))
print(list(g))
g = outer()
next(g)
print(g.throw(ValueError("into")))
g.close()
g = outer()
next(g)
t("throw other", lambda: g.throw(KeyError("through")))


class Iter:
    def __init__(self, **methods):
        for name, function in methods.items():
            setattr(type(self), name, function)

    def __iter__(self):
        return self

    def __next__(self):
        return "next"


def delegate(to):
    return (yield from to)


class WithMethods:
    def __iter__(self):
        return self

    def __next__(self):
        return "next"

    def send(self, value):
        return ("sent", value)

    def throw(self, *args):
        return ("thrown", args)

    def close(self):
        print("closed")


g = delegate(WithMethods())
print(next(g), g.send(5), g.send(None))
t("throw into custom", lambda: g.throw(ValueError("v")))
t("close custom", lambda: g.close())


class Plain:
    def __iter__(self):
        return self

    def __next__(self):
        return "next"


g = delegate(Plain())
print(next(g))
t("send to plain", lambda: g.send(5))
g = delegate(Plain())
next(g)
t("throw to plain", lambda: g.throw(ValueError("v")))
t("delegate 5", lambda: next(delegate(5)))


class StopsWith:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration({"value": 7})


t("value of custom stop", lambda: list(delegate(StopsWith())))
try:
    next(delegate(StopsWith()))
except StopIteration as stop:
    print(stop.value)
ge = (x * y for x in range(3) for y in range(2) if x)
print(list(ge), list(ge), type(ge).__name__, ge.gi_code.co_name)
t("genexpr error", lambda: list(1 / x for x in [1, 0]))
t("genexpr iter error", lambda: (x for x in 5))
g = simple()
for text in ["g.gi_frame = 1", "g.gi_running = 1", "g.gi_code = 1", "g.__name__ = 5", "g.__qualname__ = 5", "g.__name__ = 'renamed'", "g.x = 1", "type(g)()"]:
    t(text, lambda: exec(text))
print(repr(g).split(" at ")[0], g.__name__)
a, b, *c = (i for i in range(5))
print(a, b, c)
print(max((len(w), w) for w in ["a", "bbb", "cc"]), dict((k, v) for k, v in [(1, 2)]), sum(x for x in range(4)), "".join(c for c in "abc"))


def deep(n):
    if n:
        yield from deep(n - 1)
    yield n


print(list(deep(20))[-1])


def swap():
    a = yield
    while True:
        a = yield a * 2


s = swap()
next(s)
print(s.send(1), s.send(2), s.send("x"))
