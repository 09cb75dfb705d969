"""The protocol of generators, by hand."""


def echo():
    received = None
    while True:
        try:
            received = yield received
            print("got", received)
        except ValueError as error:
            print("caught", error)
            received = "recovered"
        except GeneratorExit:
            print("closing")
            raise


g = echo()
print(next(g))
print(g.send(1))
print(g.send("two"))
print(g.throw(ValueError("thrown")))
print(g.send(3))
g.close()
try:
    next(g)
except StopIteration as stop:
    print("stopped", stop.value)


def returns():
    yield 1
    return "result"


r = returns()
next(r)
try:
    next(r)
except StopIteration as stop:
    print(stop.value, stop.args)
fresh = echo()
try:
    fresh.send(1)
except TypeError as error:
    print(error)
try:
    fresh.throw(KeyError("early"))
except KeyError as error:
    print("early", error)


def stubborn():
    try:
        yield
    except GeneratorExit:
        yield "no"


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    print(error)


def running():
    try:
        next(me)
    except ValueError as error:
        print(error)
    yield


me = running()
next(me)


def leaks():
    yield next(iter([]))


try:
    list(leaks())
except RuntimeError as error:
    print(error, repr(error.__cause__))
print(type(me).__name__, me.gi_running, me.gi_frame is not None)
