# f_locals of a function's frame is a mapping of its variables: what is set in it is set (PEP 667).
import collections.abc
import sys


def direct(argument=1):
    local = 2
    names = sys._getframe().f_locals
    names["argument"] = 10
    names["local"] = [20]
    names["new"] = 30
    print(argument, local, names["new"], "new" in names, "argument" in names, "nothing" in names)
    print(sorted(names), len(names), type(names).__name__, names == dict(names), list(names.keys()) == list(names))
    for attempt in ["names.pop('local')", "names.__delitem__('local')", "names['nothing']", "hash(names)", "names.update(5)", "names | 5"]:
        try:
            print(eval(attempt))
        except Exception as error:
            print(attempt, type(error).__name__, error)
    names.update({"argument": 11, "local": 12})
    names |= {"argument": 13}
    print(argument, local, names.get("argument"), names.get("nothing", "default"), names.setdefault("local", 99))
    print(isinstance(names, collections.abc.Mapping), "{...}" in repr(names))
    print(sorted((names | {"z": 1}).keys())[-1], type(names.copy()), names.items()[0], names.values()[0])


def closures():
    shared = 1

    def inner():
        return shared

    sys._getframe().f_locals["shared"] = 2
    print(inner(), shared)

    def reach():
        nonlocal_value = shared
        sys._getframe().f_locals["shared"] = 3
        return nonlocal_value, shared

    print(reach(), shared)


def callee(**names):
    sys._getframe(1).f_locals.update(names)


def caller():
    value, other = 1, "x"
    callee(value="changed", other=[1])
    print(value, other)
    for value in range(3):
        callee(value=value * 10)
        print(value, end=" ")
    print()


def generator():
    received = 1
    yield received
    yield received
    print("end with", received)


direct()
closures()
caller()
paused = generator()
next(paused)
paused.gi_frame.f_locals["received"] = "set from outside"
print(next(paused), dict(paused.gi_frame.f_locals))
paused.gi_frame.f_locals["received"] = "again"
print(list(paused), paused.gi_frame)
print(sys._getframe().f_locals is globals())


class Namespace:
    first = 1
    sys._getframe().f_locals["second"] = 2


print(Namespace.second)


def snapshot():
    value = 1
    taken = locals()
    taken["value"] = 2
    return value, sorted(taken)


print(snapshot())
