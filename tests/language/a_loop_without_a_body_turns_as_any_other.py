"""`for … in range(…): pass`: what is in the variable after it, shared iterators, large numbers, `else`, tracing."""

import sys


def last(numbers):
    i = "unbound"
    for i in numbers: pass
    return i


print(last(range(0)), last(range(1)), last(range(10)), last(range(10, 0, -3)), last(range(5, 5)), last(range(-3, 3)))
print(last(range(2**47 - 3, 2**47)), last(range(2**47 - 2, 2**47 + 3)), last(range(2**64, 2**64 + 5)))
print(last(range(-(2**47), -(2**47) + 4)), last(range(2**47 - 1, -(2**47), -(2**46))), last(range(0, 10**30, 10**29)))
print(last([1, 2]), last("abc"), last((x for x in range(3))), last({}))

numbers = iter(range(10))
print(next(numbers), next(numbers))
for _ in numbers: pass
print(_, list(numbers), numbers.__length_hint__())

for i in range(3):
    for j in range(4): pass
    else: print("else", i, j)

for [first, *rest] in [(1, 2), (3, 4, 5)]: pass
print(first, rest)


class Namespace:
    for attribute in range(7): pass


print(Namespace.attribute)
for Namespace.attribute in range(3): pass
print(Namespace.attribute)


def cell():
    for shared in range(4): pass
    return lambda: shared


print(cell()())


def generator():
    for i in range(3):
        for j in range(i): pass
        yield i


print(list(generator()))


def traced():
    for i in range(3):
        pass
    return i


events = []


def trace(frame, event, argument):
    if frame.f_code is traced.__code__:
        events.append((event, frame.f_lineno - traced.__code__.co_firstlineno))
    return trace


sys.settrace(trace)
traced()
sys.settrace(None)
print(events)


def stops_itself():
    seen = []

    def watch(frame, event, argument):
        if event == "line" and frame.f_code is loop.__code__:
            seen.append(frame.f_locals.get("i"))
            if len(seen) == 4:
                sys.settrace(None)
                frame.f_trace = None
                return None
        return watch

    def loop():
        for i in range(100):
            pass
        return i

    sys.settrace(watch)
    result = loop()
    sys.settrace(None)
    return seen, result


print(stops_itself())


def chosen(n):
    return "few" if n < 3 else "some" if n < 10 else "many"


print(chosen(1), chosen(5), chosen(50))


def chosen_in(n):
    for i in range(2):
        try:
            with memoryview(b""):
                return i if n else -1
        finally:
            n += 1
    return None


print(chosen_in(0), chosen_in(1))


def chosen_over(lines):
    return (
        lines[0]
        if lines
        else None
    )


events.clear()
traced = chosen_over
sys.settrace(trace)
chosen_over([1])
chosen_over([])
sys.settrace(None)
print(events)
