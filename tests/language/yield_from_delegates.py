"""`yield from` passes values, sends, throws and the result."""


def inner():
    x = yield "first"
    print("inner got", x)
    try:
        yield "second"
    except KeyError as error:
        print("inner caught", error)
        yield "third"
    return "inner result"


def outer():
    result = yield from inner()
    print("outer has", result)
    yield from "xy"
    yield from range(2)
    return "done"


g = outer()
print(next(g))
print(g.send("hello"))
print(g.throw(KeyError("k")))
for x in g:
    print(x)


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, [3, [], [4]]], 5])))


def closing():
    try:
        yield 1
    finally:
        print("inner closed")


def wrapper():
    yield from closing()


w = wrapper()
next(w)
w.close()


def total():
    s = 0
    while (x := (yield)) is not None:
        s += x
    return s


def collect(out):
    while True:
        out.append((yield from total()))


out = []
c = collect(out)
next(c)
for x in (1, 2, None, 10, None):
    c.send(x)
print(out)
